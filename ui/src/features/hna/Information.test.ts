import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { mayLeave } from "../../design/leaving";
import { HNA, aChecklist, anHna, at } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import Information from "./Information.svelte";
import { HnaRecord } from "./record.svelte";

const show = (): void => void render(Information, { record: new HnaRecord(anHna()), checklist: aChecklist(), name: "Sam", back: { label: "Overview", go: vi.fn() }, previous: vi.fn(), next: vi.fn() });
const questions = (): HTMLTextAreaElement => screen.getByLabelText("Sam has questions about");

describe("information", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("saves a topic the moment it is ticked", async () => {
    const app = fakeApplication({ want_information: () => anHna({ information: ["diet"] }) });
    show();
    await userEvent.click(screen.getByRole("checkbox", { name: "Diet" }));
    expect(app.asked).toEqual([{ command: "want_information", request: { hna: HNA, topic: "diet", wanted: true } }]);
  });

  it("saves typed text after a pause, and says Not saved yet until then", async () => {
    vi.useFakeTimers();
    const app = fakeApplication({ write_questions: ({ words }) => anHna({ questions: words, saved: at("10:12") }) });
    show();
    await fireEvent.input(questions(), { target: { value: "Can I fly?" } });
    expect(screen.getByText("Not saved yet")).toBeTruthy();
    expect(app.asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(app.asked).toEqual([{ command: "write_questions", request: { hna: HNA, words: "Can I fly?" } }]);
    await vi.waitFor(() => expect(screen.getByText("Saved here 10:12")).toBeTruthy());
  });

  it("saves on leaving the field without waiting", async () => {
    const app = fakeApplication({ write_questions: ({ words }) => anHna({ questions: words }) });
    show();
    await userEvent.type(questions(), "Can I fly?");
    await userEvent.tab();
    await waitFor(() => expect(app.asked.at(-1)?.request).toEqual({ hna: HNA, words: "Can I fly?" }));
  });

  it("is not left while the text cannot be saved, and keeps the text", async () => {
    let full = true;
    fakeApplication({ write_questions: ({ words }) => (full ? refuse("disk_full") : anHna({ questions: words })) });
    show();
    await userEvent.type(questions(), "Can I fly?");
    expect(await mayLeave(vi.fn())).toBe(false);
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("disk_full");
    expect(questions().value).toBe("Can I fly?");
    full = false;
    expect(await mayLeave(vi.fn())).toBe(true);
  });

  it("forgets a refusal when what is saved is typed back, and holds nobody back", async () => {
    fakeApplication({ write_questions: () => refuse("field", { fields: [{ field: "questions", reason: "too_long" }] }) });
    const record = new HnaRecord(anHna());
    render(Information, { record, checklist: aChecklist(), name: "Sam", back: { label: "Overview", go: vi.fn() }, previous: vi.fn(), next: vi.fn() });
    await userEvent.type(questions(), "x");
    await userEvent.tab();
    await waitFor(() => expect(questions().getAttribute("aria-invalid")).toBe("true"));
    await userEvent.type(questions(), "{Backspace}");
    await userEvent.tab();
    await waitFor(() => expect(questions().getAttribute("aria-invalid")).toBeNull());
    expect(screen.getByText("Saved here 09:48")).toBeTruthy();
    expect(await record.mayLeave()).toBe(true);
  });
});
