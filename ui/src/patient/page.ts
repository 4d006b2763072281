// The pages of the patient's window, and the one way through them. Pure: what is saved belongs to the record.
import type { ChecklistView, ConcernKey, PatientAnswers } from "../ipc/bindings";

export type PatientPage =
  | { name: "patient_welcome" }
  | { name: "patient_area"; area: string }
  | { name: "patient_own_words" }
  | { name: "patient_rate"; concern: ConcernKey }
  | { name: "patient_matters" }
  | { name: "patient_information" }
  | { name: "patient_questions" }
  | { name: "patient_check" }
  | { name: "patient_give_back" }
  | { name: "patient_not_me" };

export type PatientPageName = PatientPage["name"];

/** Every page from the greeting to giving the PC back, in order; scoring and ordering only where there is something to score. */
export function way(checklist: ChecklistView, { concerns }: PatientAnswers): PatientPage[] {
  return [
    { name: "patient_welcome" },
    ...checklist.domains.map((domain) => ({ name: "patient_area" as const, area: domain.key })),
    { name: "patient_own_words" },
    ...concerns.map((concern) => ({ name: "patient_rate" as const, concern: concern.key })),
    ...(concerns.length > 0 ? [{ name: "patient_matters" as const }] : []),
    { name: "patient_information" },
    { name: "patient_questions" },
    { name: "patient_check" },
    { name: "patient_give_back" },
  ];
}

/** The page `by` steps along the way from `here`; the nearest end where there is none, and the greeting from a page beside the way. */
export function along(pages: readonly PatientPage[], here: PatientPage, by: 1 | -1): PatientPage {
  const at = pages.findIndex((page) => samePage(page, here));
  const to = at < 0 ? 0 : Math.min(Math.max(at + by, 0), pages.length - 1);
  return pages[to] ?? { name: "patient_welcome" };
}

export function samePage(one: PatientPage, other: PatientPage): boolean {
  if (one.name === "patient_area") return other.name === "patient_area" && one.area === other.area;
  if (one.name === "patient_rate") return other.name === "patient_rate" && one.concern === other.concern;
  return one.name === other.name;
}
