import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { PLAN, SAM, aBanner, aDesk, aPlanConcern, aSignature, anAction, at, day, rated } from "../../ipc/examples";
import type { ActionView, CarePlanId, ConcernPair, DifferenceKind, DifferenceView, PlanComparison, PlanSide } from "../../ipc/bindings";
import Compare from "./Compare.svelte";
import { differenceWords } from "./compare";

const FORMER = "7d0f7f58-0000-4000-8000-000000000032" as CarePlanId;
const assessed = day("2026-10-12", "12-Oct-2026", "12 October 2026");
const before: PlanSide = { plan: FORMER, version: 1, assessed, signed: aSignature({ at: at("10:31", "12-Oct-2026") }), review: false };
const reviewed: PlanSide = { ...before, version: 2, signed: aSignature(), review: true };
const draft: PlanSide = { plan: PLAN, version: null, assessed: aDesk().today, signed: null, review: false };
const today = aDesk().today;

const one = (kind: DifferenceKind, left: string | null = null, right: string | null = null): DifferenceView => ({ kind, left, right });

function comparison(pairs: ConcernPair[]): PlanComparison {
  return { patient: SAM, banner: aBanner(), left: before, right: draft, pairs, choices: [draft, reviewed, before] };
}

const pain: ConcernPair = {
  left: aPlanConcern("physical.pain", "Pain", { answer: rated(9), actions: [anAction("a-1", { what: "Pain clinic" })] }),
  right: aPlanConcern("physical.pain", "Pain", { answer: rated(6), actions: [anAction("a-3", { what: "Pain clinic", ended: { how: "done", on: today }, outcome: "Seen" })] }),
  differences: [one("answer"), one("action_ended", "a-1", "a-3")],
};
const sleep: ConcernPair = { left: aPlanConcern("physical.sleep", "Sleep"), right: null, differences: [one("concern_gone")] };
const worry: ConcernPair = { left: aPlanConcern("emotional.worry", "Worry"), right: aPlanConcern("emotional.worry", "Worry"), differences: [] };

function show(pairs: ConcernPair[] = [pain, worry, sleep]) {
  const choose = vi.fn();
  render(Compare, { comparison: comparison(pairs), today, back: { label: "Overview", go: vi.fn() }, choose });
  return choose;
}

describe("two plans beside each other", () => {
  it("says in words in what each concern differs, then what each side says", () => {
    show();
    expect(screen.getByText("2 of 3 concerns differ")).toBeTruthy();
    const section = screen.getByRole("region", { name: "1. Pain" });
    const sentences = within(section).getAllByRole("listitem").map((item) => item.textContent);
    expect(sentences).toContain("The score was 9, now 6.");
    expect(sentences).toContain("Pain clinic: Done today");
    expect(within(section).getAllByRole("heading", { level: 3 }).map((heading) => heading.textContent)).toEqual(["Version 1, agreed 12-Oct-2026 10:31, from the assessment of 12-Oct-2026", "Draft, from the assessment of 23-Nov-2026"]);
    expect(section.textContent).toContain("What came of it: Seen");
    expect(screen.getByRole("region", { name: "2. Worry" }).textContent).toContain("No difference");
    const gone = screen.getByRole("region", { name: "3. Sleep" }).textContent;
    expect(gone).toContain("Only on the left.");
    expect(gone).toContain("Not in this plan");
  });

  it("says when they say the same", () => {
    show([worry]);
    expect(screen.getByText("They say the same")).toBeTruthy();
  });

  it("compares others once they are chosen, not while the keyboard walks the choices", async () => {
    const choose = show();
    await userEvent.selectOptions(screen.getByLabelText("Right"), "Version 2, a review, agreed 23-Nov-2026 10:31, from the assessment of 12-Oct-2026");
    expect(choose).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole("button", { name: "Compare these" }));
    expect(choose).toHaveBeenCalledWith(before, reviewed);
  });

  it("names the side on which nothing is chosen", async () => {
    const choose = show();
    await userEvent.selectOptions(screen.getByLabelText("Left"), "");
    await userEvent.click(screen.getByRole("button", { name: "Compare these" }));
    expect((await screen.findByRole("alert")).textContent).toContain("what stands on the left");
    expect(choose).not.toHaveBeenCalled();
  });

  const pair = (was: Partial<ActionView>, now: Partial<ActionView>): ConcernPair => ({
    left: aPlanConcern("physical.pain", "Pain", { actions: [anAction("a-1", { what: "Ask", ...was })] }),
    right: aPlanConcern("physical.pain", "Pain", { actions: [anAction("a-2", { what: "Ask", ...now })] }),
    differences: [],
  });
  it.each([
    ["concern_added", {}, {}, "Only on the right."],
    ["matters", {}, {}, "What matters to Sam is worded differently."],
    ["nothing", {}, {}, "What was said about agreeing nothing differs."],
    ["action_added", {}, {}, "New: Ask"],
    ["action_gone", {}, {}, "No longer there: Ask"],
    ["action_kind", {}, { kind: "signpost" }, "Ask: was Refer, now Signpost"],
    ["action_what", {}, { what: "Tell" }, "Was “Ask”, now “Tell”"],
    ["action_owner", {}, { owner: "patient", owner_name: "" }, "Ask: fell to Ruth Invented, now to Sam"],
    ["action_due", {}, { due: null }, "Ask: by 30-Nov-2026, now by No day yet"],
    ["action_reopened", {}, {}, "Ask: open again"],
  ] as const)("has a sentence for %s", (kind, was, now, words) => {
    expect(differenceWords(one(kind, "a-1", "a-2"), pair(was, now), "Sam", today)).toBe(words);
  });

  it("never says of what was not scored that it was", () => {
    const unasked: ConcernPair = { ...pain, right: aPlanConcern("physical.pain", "Pain", { origin: "carried", answer: { kind: "unanswered" } }) };
    expect(differenceWords(one("answer"), unasked, "Sam", today)).toBe("The score was 9, now Not raised.");
  });
});
