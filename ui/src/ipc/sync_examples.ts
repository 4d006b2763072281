// Invented ways in which sending stands, for tests only.
import type { NoticeLine, PatientSending, SyncPage, Unsent } from "./bindings";
import { aBanner, aSending, at } from "./examples";

export function anUnsent(more: Partial<Unsent> = {}): Unsent {
  return { since: at("08:52"), day: "Monday 23 November", minutes: 20, wait: "fresh", nothing_since: true, ...more };
}

export function aPatientSending(more: Partial<PatientSending> = {}): PatientSending {
  return { banner: aBanner(), waiting: 0, needs_you: 0, oldest: null, sent: at("14:04"), ...more };
}

export function aNotice(more: Partial<NoticeLine> = {}): NoticeLine {
  return { notice: 7, at: at("09:12"), kind: "removed_there", banner: aBanner(), noun: "care_plan", count: 1, answers: ["seen"], there: "CarePlan/cp-1", ...more };
}

/** With nothing that waits or needs anybody. */
export function aSyncPage(more: Partial<SyncPage> = {}): SyncPage {
  return { sending: aSending(), oldest: null, patients: [], more: 0, refused: [], notices: [], it_desk: null, ...more };
}
