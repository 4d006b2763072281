// The clinic list in words: how far each person is, and what goes on with a row.
import type { GivenPerson, ListLine } from "../../ipc/bindings";
import { say, type WordKey } from "../../words/say";

/** The person as a file names them, like everybody else in a list. */
export function givenName({ family, given }: Pick<GivenPerson, "family" | "given">): string {
  return `${family.toLocaleUpperCase("en-GB")}, ${given}`;
}

/** How far the person is; `today` is the date of today as staff read it. */
export function stateWords(line: ListLine, today: string): string[] {
  const words = [stateOf(line, today)];
  if (line.plan && line.state !== "agreed" && line.state !== "not_here") words.push(say("list-state-plan", { date: line.plan.signed.date }));
  if (line.plan && line.plan.overdue > 0) words.push(say("list-state-overdue", { count: line.plan.overdue }));
  return words;
}

function stateOf({ state, goes_on, assessed, plan }: ListLine, today: string): string {
  if (state === "begun" && goes_on) {
    const { at } = goes_on;
    return say(`list-begun-${goes_on.kind}` as WordKey, { when: at.date === today ? at.time : at.date });
  }
  // With concerns it stands here only where a plan was declined, or cannot be.
  if (state === "assessed") return say(assessed && assessed.concerns > 0 ? "list-state-assessed-no-plan" : "list-state-assessed", { time: assessed?.at.time ?? "" });
  if (state === "agreed") return say("list-state-agreed", { time: plan?.signed.time ?? "" });
  return say(`list-state-${state}` as WordKey);
}

/** The words of the one button of a row; null where the person needs none here. */
export function stepWords({ state, goes_on, given, former }: ListLine): WordKey {
  // Without a number nobody who is registered could be matched with the row.
  if (state === "not_here" && given?.nhs_number === null) return "today-list-look";
  // Whoever has been here before is met with the record, not with a blank assessment.
  if (state === "not_started" && former) return "today-open";
  if (state === "begun" && goes_on) return steps[goes_on.kind] ?? "today-open";
  return { not_here: "today-list-register", differs: "today-list-look", died: "today-open", not_started: "today-list-start", begun: "today-open", assessed: "today-list-read", agreed: "today-list-plan" }[state] as WordKey;
}

const steps: Partial<Record<NonNullable<ListLine["goes_on"]>["kind"], WordKey>> = {
  draft_hna: "today-continue",
  answers_to_confirm: "today-unmatched-open",
  answers_from_home: "today-see-answers",
  hna_without_plan: "today-write-plan",
  plan_to_lock: "today-continue-plan",
  draft_plan: "today-continue-plan",
  draft_summary: "today-continue-summary",
};

/** The noun phrase of each field of the form. */
export function fieldName(field: string): string {
  return say(({ on: "what-clinic-on", time: "what-clinic-time", clinic: "what-clinic-clinic", reason: "what-clinic-reason", nurse: "what-clinic-nurse" }[field] ?? "what-clinic-on") as WordKey);
}
