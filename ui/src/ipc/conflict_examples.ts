// Two versions of a record with ordinary values, for tests only.
import type { ClashView, ConflictView } from "./bindings";
import { PLAN, SENDING, aBanner, at } from "./examples";

export function aClash(more: Partial<ClashView> = {}): ClashView {
  return {
    item: "action/a-1/what",
    label: "action-what",
    about: "Refer to community dietitian",
    coded: false,
    base: "Refer to dietitian",
    ours: "Refer to community dietitian, Fernleigh",
    theirs: "Refer to hospital dietitian, Fernleigh",
    ...more,
  };
}

/** The same action is to be done by another day. */
export const dueClash = aClash({ item: "action/a-1/due", label: "action-due", base: "", ours: "11-Dec-2026", theirs: "04-Dec-2026" });

export function aConflict(more: Partial<ConflictView> = {}): ConflictView {
  return {
    sending: SENDING,
    banner: aBanner(),
    kind: "care_plan",
    record: PLAN,
    when_ours: at("15:42", "19-Nov-2026"),
    who_ours: "Ruth Invented",
    when_theirs: at("10:10", "20-Nov-2026"),
    who_theirs: "Tom Invented",
    whole: false,
    removed: false,
    same: 9,
    taken: [{ item: "action/a-2/ended", label: "action-ended", about: "Pain clinic", coded: true, theirs: "done\n20-Nov-2026\nSeen by the team" }],
    clashes: [aClash(), dueClash],
    ...more,
  };
}
