import { afterEach, describe, expect, it, vi } from "vitest";
import { Typed } from "./typed.svelte";

/** A send that stays under way until it is answered. */
function sending() {
  const answers: Array<(saved: boolean) => void> = [];
  const sent: string[] = [];
  const send = (value: string): Promise<boolean> => {
    sent.push(value);
    return new Promise((resolve) => answers.push(resolve));
  };
  return { sent, send, answer: (saved: boolean) => answers.shift()?.(saved) };
}

describe("something typed", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is unsaved until it was sent and taken", async () => {
    const { sent, send, answer } = sending();
    const text = new Typed<string>("", send);
    expect(await text.save()).toBe(true);
    text.value = "a";
    expect(text.unsaved).toBe(true);
    const done = text.save();
    expect(text.unsaved).toBe(true);
    answer(true);
    expect(await done).toBe(true);
    expect([text.unsaved, sent]).toEqual([false, ["a"]]);
  });

  it("is not sent twice by two who ask for the same", async () => {
    const { sent, send, answer } = sending();
    const text = new Typed<string>("", send);
    text.value = "a";
    const both = [text.save(), text.save()];
    answer(true);
    expect(await Promise.all(both)).toEqual([true, true]);
    expect(sent).toEqual(["a"]);
  });

  it("sends what was typed on meanwhile, after what is under way", async () => {
    const { sent, send, answer } = sending();
    const text = new Typed<string>("", send);
    text.value = "a";
    const first = text.save();
    text.value = "ab";
    const second = text.save();
    answer(true);
    await vi.waitFor(() => expect(sent).toEqual(["a", "ab"]));
    expect(text.unsaved).toBe(true);
    answer(true);
    expect(await Promise.all([first, second])).toEqual([true, true]);
    expect([text.unsaved, sent]).toEqual([false, ["a", "ab"]]);
  });

  it("stays as typed when it was refused, and can be sent again", async () => {
    const { sent, send, answer } = sending();
    const text = new Typed<string>("", send);
    text.value = "a";
    const refused = text.save();
    answer(false);
    expect([await refused, text.value, text.unsaved]).toEqual([false, "a", true]);
    const again = text.save();
    answer(true);
    expect([await again, sent]).toEqual([true, ["a", "a"]]);
  });

  it("is saved while somebody types steadily", async () => {
    vi.useFakeTimers();
    const sent: string[] = [];
    const text = new Typed<string>("", async (value) => sent.push(value) > 0);
    for (const value of ["a", "ab", "abc"]) {
      text.value = value;
      text.typed();
      await vi.advanceTimersByTimeAsync(400);
    }
    expect(sent).toEqual(["abc"]);
  });

  it("waits no longer once its control is gone", async () => {
    vi.useFakeTimers();
    const sent: string[] = [];
    const text = new Typed<string>("", async (value) => sent.push(value) > 0);
    text.value = "a";
    text.typed();
    text.stop();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sent).toEqual([]);
  });

  it("shows how it was saved, unless somebody has typed on; a space at the end stays", async () => {
    const { send, answer } = sending();
    let saved = "04-Dec-2026";
    const text = new Typed<string>("", send, () => saved);
    text.value = "4/12/26";
    let done = text.save();
    answer(true);
    await done;
    expect([text.value, text.unsaved]).toEqual(["04-Dec-2026", false]);
    saved = "Ring";
    text.value = "Ring ";
    done = text.save();
    answer(true);
    await done;
    expect([text.value, text.unsaved]).toEqual(["Ring ", false]);
  });
});
