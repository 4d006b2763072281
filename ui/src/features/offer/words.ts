// Words and lists that the screens of an offer share.
import type { Decision, PathwayPoint } from "../../ipc/bindings";
import { say } from "../../words/say";

export const decisions: readonly Decision[] = ["accepted", "undecided", "declined", "unable", "not_offered"];

/** Nobody can read from these alone why it is so. */
export const needsReason = (decision: Decision | null): boolean => decision === "not_offered" || decision === "unable";

export const points: readonly PathwayPoint[] = [
  "initial_diagnosis",
  "start_of_treatment",
  "during_treatment",
  "end_of_treatment",
  "recurrence",
  "transition_to_palliative",
  "prehabilitation",
  "palliative_care",
  "other",
];

/** The noun phrase of each field of the form. */
export function fieldName(id: string): string {
  switch (id) {
    case "point":
      return say("what-point");
    case "decision":
      return say("what-decision");
    case "on":
      return say("what-on");
    default:
      return say("what-offer-reason");
  }
}
