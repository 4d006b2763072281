// Invented work and clinic lists, for tests only.
import type { ClinicVisitId, ClinicVisitView, ListLine, TakenList, WorkItem } from "./bindings";
import { HNA, aBanner, at } from "./examples";

export const VISIT = "7d0f7f58-0000-4000-8000-000000000071" as ClinicVisitId;

export function aWorkItem(more: Partial<WorkItem> = {}): WorkItem {
  return { kind: "draft_hna", banner: aBanner(), record: HNA, action: null, noun: null, point: null, owner: "Ruth Invented", team: "Colorectal", mine: true, my_team: true, needs_you: false, at: at("09:12"), days: 0, ...more };
}

export function aListLine(more: Partial<ListLine> = {}): ListLine {
  return { record: VISIT, source: "imported", time: "09:40", clinic: "Colorectal", reason: "First assessment", nurse: "", channel: null, banner: aBanner(), given: null, state: "not_started", goes_on: null, assessed: null, plan: null, former: false, similar: false, next: false, ...more };
}

export const aGivenPerson = (): NonNullable<ListLine["given"]> => ({ family: "Newcomer", given: "Nadia", born: { iso: "1966-04-05", short: "05-Apr-1966", long: "5 April 1966" }, nhs_number: "999 000 0034", code: null });

export function aClinicVisit(more: Partial<ClinicVisitView> = {}): ClinicVisitView {
  return { id: VISIT, source: "imported", day: { iso: "2026-11-23", short: "23-Nov-2026", long: "23 November 2026" }, time: "09:40", clinic: "Colorectal", reason: "", nurse: "", banner: null, differs: false, given: aGivenPerson(), file: "monday.csv", by: "Ruth Invented", at: at("07:30"), taken_off: false, cancelled: false, ...more };
}

export function aTakenList(more: Partial<TakenList> = {}): TakenList {
  return { file: "monday.csv", fault: null, line: null, columns: [], added: [], already_here: 0, stay_off: [], stay_off_count: 0, refused: [], refused_count: 0, ...more };
}
