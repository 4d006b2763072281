import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { AnswersFault, TakenIn } from "../../ipc/bindings";
import { fakeApplication, refuse } from "../../ipc/fake";
import { ANSWERS, anAnswersView } from "../../ipc/home_examples";
import { say } from "../../words/say";
import TakeIn from "./TakeIn.svelte";

const taken = (more: Partial<TakenIn> = {}): TakenIn => ({ outcome: "completed", file: "answers.json", place: null, reason: null, answers: anAnswersView(), ...more });
const show = () => {
  const open = vi.fn();
  render(TakeIn, { open, back: vi.fn() });
  return open;
};
const choose = (): Promise<void> => userEvent.click(screen.getByRole("button", { name: "Choose the file" }));

// A new fault does not compile here until it is tried.
const faults: Record<AnswersFault, true> = {
  unreadable: true,
  too_large: true,
  not_json: true,
  too_deep: true,
  too_many: true,
  not_answers: true,
  several_answers: true,
  several_patients: true,
  not_completed: true,
  no_day: true,
  in_future: true,
  no_checklist: true,
  unknown_checklist: true,
  unknown_item: true,
  twice: true,
  wrong_answer: true,
  text: true,
  nobody: true,
};

describe("take in answers from a file", () => {
  it.each(["completed", "to_confirm"] as const)("goes on to what came of it: %s", async (outcome) => {
    const app = fakeApplication({ take_in_answers: () => taken({ outcome }) });
    const open = show();
    await choose();
    expect(app.asked).toEqual([{ command: "take_in_answers", request: null }]);
    expect(open).toHaveBeenCalledWith(ANSWERS);
  });

  it("says that nothing has changed when they were taken in before, and shows them", async () => {
    fakeApplication({ take_in_answers: () => taken({ outcome: "already_here" }) });
    const open = show();
    await choose();
    const said = await screen.findByText("The answers in answers.json were taken in before. Nothing has changed.");
    expect(document.activeElement?.contains(said)).toBe(true);
    expect(open).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole("button", { name: "See them" }));
    expect(open).toHaveBeenCalledWith(ANSWERS);
  });

  it.each(Object.keys(faults) as AnswersFault[])("says of a file refused as %s what is wrong, where, and what to do", async (reason) => {
    fakeApplication({ take_in_answers: () => taken({ outcome: "refused", reason, place: "QuestionnaireResponse.item[2]", answers: null }) });
    const open = show();
    await choose();
    const notice = await screen.findByRole("alert");
    expect(document.activeElement).toBe(notice);
    const [what, next] = [say(`answers-fault-${reason}`), say(`answers-fault-${reason}-next`)];
    expect(what).not.toBe(next);
    for (const words of ["The file answers.json was not taken in.", what, next, "Where in the file: QuestionnaireResponse.item[2]", "Nothing of it was kept, and the file is where it was."]) expect(notice.textContent).toContain(words);
    expect(open).not.toHaveBeenCalled();
  });

  it("has other words for each refusal", () => {
    expect(new Set(Object.keys(faults).map((reason) => say(`answers-fault-${reason as AnswersFault}`))).size).toBe(Object.keys(faults).length);
  });

  it("names no place when the whole file is meant, and forgets the refusal with the next file", async () => {
    const app = fakeApplication({ take_in_answers: () => taken({ outcome: "refused", reason: "not_json", answers: null }) });
    const open = show();
    await choose();
    expect((await screen.findByRole("alert")).textContent).not.toContain("Where in the file");
    app.answers.take_in_answers = () => taken();
    await choose();
    expect(screen.queryByRole("alert")).toBeNull();
    expect(open).toHaveBeenCalledWith(ANSWERS);
  });

  it("says that no file was chosen, and why nothing could be kept", async () => {
    const app = fakeApplication({ take_in_answers: () => null });
    const open = show();
    await choose();
    expect((await screen.findByText("No file was chosen.")).getAttribute("role")).toBe("status");
    app.answers.take_in_answers = () => refuse("disk_full");
    await choose();
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("disk_full");
    expect(screen.queryByText("No file was chosen.")).toBeNull();
    expect(open).not.toHaveBeenCalled();
  });
});
