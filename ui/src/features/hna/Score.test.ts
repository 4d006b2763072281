import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { HNA, UNANSWERED, aChecklist, aConcern, anHna, at, day, rated } from "../../ipc/examples";
import { fakeApplication, held, refuse } from "../../ipc/fake";
import type { Answer, HnaView } from "../../ipc/bindings";
import Harness from "./ScoreHarness.test.svelte";

const view = (answer: Answer = UNANSWERED, more: Partial<HnaView> = {}): HnaView => anHna({ concerns: [aConcern("physical.pain", "Pain", answer), aConcern("physical.sleep", "Sleep")], ...more });

function show(hna: HnaView = view()) {
  const doors = { back: vi.fn(), previous: vi.fn(), next: vi.fn() };
  render(Harness, { hna, checklist: aChecklist(), concern: "physical.pain", name: "Sam", ...doors });
  return doors;
}
const ratings = (): HTMLInputElement[] => screen.getAllByRole<HTMLInputElement>("radio");
const chosen = (): string[] => ratings().filter((radio) => radio.checked).map((radio) => radio.value);

describe("score", () => {
  it("never has a score chosen beforehand: ten scores and the wish not to answer in one group", () => {
    fakeApplication({});
    show();
    expect(ratings().map((radio) => radio.value)).toEqual(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "declined"]);
    expect(new Set(ratings().map((radio) => radio.name))).toEqual(new Set(["rating"]));
    expect(chosen()).toEqual([]);
  });

  it("has 0 too, and says what it means, only where concerns are scored again", async () => {
    const app = fakeApplication({ rate_concern: () => view(rated(0)) });
    show(view(UNANSWERED, { again: day("2026-10-12", "12-Oct-2026", "12 October 2026") }));
    expect(ratings().map((radio) => radio.value)).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "declined"]);
    expect(chosen()).toEqual([]);
    expect(document.querySelector(".scale ~ .only-heard")?.textContent).toMatch(/^0 is no concern now, 1 is/);
    await userEvent.click(screen.getByRole("radio", { name: "0" }));
    expect(app.asked).toEqual([{ command: "rate_concern", request: { hna: HNA, concern: "physical.pain", rating: 0 } }]);
    await waitFor(() => expect(screen.getByRole("status").textContent).toContain("Sam chose 0."));
  });

  it("sends the score the moment it is chosen, and says Saved here only after the answer", async () => {
    const saving = held<HnaView>();
    const app = fakeApplication({ rate_concern: () => saving.promise });
    show();
    await userEvent.click(screen.getByRole("radio", { name: "8" }));
    expect(app.asked).toEqual([{ command: "rate_concern", request: { hna: HNA, concern: "physical.pain", rating: 8 } }]);
    expect(screen.getByRole("status").textContent).not.toContain("Saved here");
    saving.settle(view(rated(8), { saved: at("10:12") }));
    await waitFor(() => expect(screen.getByRole("status").textContent).toContain("Sam chose 8. Saved here 10:12"));
    expect(chosen()).toEqual(["8"]);
  });

  it("goes back to what is saved when the disk is full, says so, and does not say Saved here", async () => {
    fakeApplication({ rate_concern: () => refuse("disk_full") });
    show(view(rated(3)));
    await userEvent.click(screen.getByRole("radio", { name: "8" }));
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("disk_full");
    await waitFor(() => expect(chosen()).toEqual(["3"]));
    expect(screen.getByRole("status").textContent).not.toContain("Saved here");
  });

  it("leaves nothing chosen when the first score could not be saved", async () => {
    fakeApplication({ rate_concern: () => refuse("not_saved") });
    show();
    await userEvent.click(screen.getByRole("radio", { name: "8" }));
    await screen.findByRole("alert");
    await waitFor(() => expect(chosen()).toEqual([]));
  });

  it("records not wanting to answer as its own answer, and private talk apart from it", async () => {
    const app = fakeApplication({ decline_concern: () => view({ kind: "declined" }), talk_privately: () => view({ kind: "declined" }) });
    show();
    await userEvent.click(screen.getByRole("radio", { name: "Sam does not want to answer this" }));
    await waitFor(() => expect(chosen()).toEqual(["declined"]));
    await userEvent.click(screen.getByRole("checkbox", { name: "Sam wants to talk about this privately" }));
    expect(app.asked).toEqual([
      { command: "decline_concern", request: { hna: HNA, concern: "physical.pain" } },
      { command: "talk_privately", request: { hna: HNA, concern: "physical.pain", wanted: true } },
    ]);
  });

  it("goes on to the next concern by name", async () => {
    fakeApplication({});
    const { next } = show();
    await userEvent.click(screen.getByRole("button", { name: "Next: Sleep" }));
    expect(next).toHaveBeenCalledOnce();
  });
});
