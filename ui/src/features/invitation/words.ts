// Words that several parts of an invitation share.
import type { CodeKind, InvitationLine } from "../../ipc/bindings";
import { say } from "../../words/say";

export const codeKinds: readonly CodeKind[] = ["recorded", "issued"];

/** How an invitation stands, with the last day and how far off it is. */
export function standingWords({ standing, expires, days_left }: InvitationLine): string {
  const state = say(`standing-${standing}`);
  if (standing === "answered" || standing === "withdrawn") return state;
  if (expires === null || days_left === null) return `${state}, ${say("standing-no-end")}`;
  if (standing === "expired") return say("standing-past", { date: expires.short });
  return `${state} ${say("standing-until", { date: expires.short, days: days_left })}`;
}

/** The noun phrase of each field on the form of an invitation. */
export function fieldName(id: string): string {
  switch (id) {
    case "kind":
      return say("what-invite-kind");
    case "code":
      return say("what-invite-code");
    case "checklist":
      return say("what-invite-checklist");
    case "pathway_point":
      return say("what-pathway_point");
    case "expires":
      return say("what-invite-expires");
    default:
      return say("what-identity");
  }
}
