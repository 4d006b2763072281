// The closed union of screens. A new member fails to compile until it has a view, a title and a place.
import type { AnswersId, AppointmentId, CarePlanId, ConcernKey, HnaId, HnaView, InvitationId, PaperKind, PatientId, Place, TreatmentSummaryId } from "../ipc/bindings";

export type Screen =
  | { name: "cannot_open" }
  | { name: "first_start" }
  | { name: "lock" }
  | { name: "cannot_get_in" }
  | { name: "recovery_code" }
  | { name: "staff" }
  | { name: "today" }
  | { name: "find" }
  | { name: "sending" }
  /** `patient` null registers someone new, otherwise corrects. */
  | { name: "register"; patient: PatientId | null }
  | { name: "overview"; patient: PatientId }
  | { name: "offer"; patient: PatientId }
  | { name: "death"; patient: PatientId }
  | { name: "hna_start"; patient: PatientId }
  /** `named` has the patient's name on it. `checklist` is its canonical, null the usual one; it is never kept. */
  | { name: "blank_form"; patient: PatientId; checklist: string | null; named: boolean }
  | { name: "hna_ticks"; hna: HnaId }
  | { name: "hna_score"; hna: HnaId; concern: ConcernKey }
  | { name: "hna_matters"; hna: HnaId }
  | { name: "hna_information"; hna: HnaId }
  | { name: "hna_check"; hna: HnaId }
  | { name: "hna_read"; hna: HnaId }
  /** The PIN for giving the PC to the patient, whose window is another one. */
  | { name: "hand_over"; hna: HnaId }
  /** `concern` null shows the first; `field` is the control that a link led to, never kept. A locked plan is read here until it is unlocked. */
  | { name: "care_plan"; plan: CarePlanId; concern: ConcernKey | null; field?: string }
  | { name: "plan_agree"; plan: CarePlanId }
  | { name: "plan_read"; plan: CarePlanId; version: number }
  | { name: "summary_start"; patient: PatientId }
  | { name: "summary"; summary: TreatmentSummaryId; section: string | null; field?: string }
  | { name: "summary_sign"; summary: TreatmentSummaryId }
  | { name: "summary_read"; summary: TreatmentSummaryId; version: number }
  | { name: "invite"; patient: PatientId }
  | { name: "invitation"; invitation: InvitationId }
  | { name: "take_in" }
  | { name: "answers"; answers: AnswersId }
  /** `about` is the assessment that is talked about. */
  | { name: "appointment_book"; patient: PatientId; about: HnaId | null }
  | { name: "appointment"; appointment: AppointmentId }
  /** `record` is the plan or the summary; `version` null is it as it stands: its newest version while locked or signed, else a draft. */
  | { name: "paper"; kind: RecordPaper; record: string; version: number | null };

/** The papers that are made of a record. */
export type RecordPaper = Exclude<PaperKind, "blank_checklist">;

export type ScreenName = Screen["name"];
export type At<N extends ScreenName> = Extract<Screen, { name: N }>;

/** The screens of a locked PC: they know no patient and are never kept as a place. */
export type OutsideName = "cannot_open" | "first_start" | "lock" | "cannot_get_in";
export type InsideName = Exclude<ScreenName, OutsideName>;
export type HnaName = Extract<Screen, { hna: HnaId }>["name"];
export type PlanName = Extract<Screen, { plan: CarePlanId }>["name"];
export type SummaryName = Extract<Screen, { summary: TreatmentSummaryId }>["name"];

export function isOutside(screen: Screen): screen is At<OutsideName> {
  const outside: ReadonlyArray<ScreenName> = ["cannot_open", "first_start", "lock", "cannot_get_in"] satisfies OutsideName[];
  return outside.includes(screen.name);
}

/** Where the nurse is, to be kept for after a lock or a crash. */
export function placeOf(screen: Screen): Place {
  return {
    screen: screen.name,
    patient: "patient" in screen ? screen.patient : null,
    hna: "hna" in screen ? screen.hna : "about" in screen ? screen.about : null,
    record: recordOf(screen),
    item: itemOf(screen),
  };
}

/** The record that the screen is about, other than a patient or an assessment. */
function recordOf(screen: Screen): string | null {
  if ("plan" in screen) return screen.plan;
  if ("summary" in screen) return screen.summary;
  if ("invitation" in screen) return screen.invitation;
  if ("answers" in screen) return screen.answers;
  if ("appointment" in screen) return screen.appointment;
  return "record" in screen ? screen.record : null;
}

/** The part of the record that stands in the window: a concern, a section, a version, or a paper as `kind` or `kind-version`. */
function itemOf(screen: Screen): string | null {
  if (screen.name === "paper") return screen.version === null ? screen.kind : `${screen.kind}-${screen.version}`;
  if (screen.name === "blank_form") return screen.named ? "named" : "unnamed";
  if ("concern" in screen) return screen.concern;
  if ("section" in screen) return screen.section;
  return "version" in screen ? String(screen.version) : null;
}

/** The screen that a kept place names, or null when it names none that can be opened. */
export function screenAt(place: Place | null): Screen | null {
  if (!place) return null;
  const { patient, hna, record, item } = place;
  const plan = record as CarePlanId | null;
  const summary = record as TreatmentSummaryId | null;
  const version = versionIn(item);
  switch (place.screen as ScreenName) {
    case "recovery_code":
    case "staff":
    case "today":
    case "find":
    case "sending":
    case "take_in":
      return { name: place.screen as "recovery_code" | "staff" | "today" | "find" | "sending" | "take_in" };
    case "register":
      return { name: "register", patient };
    case "overview":
    case "offer":
    case "death":
    case "hna_start":
    case "summary_start":
    case "invite":
      return patient && { name: place.screen as "overview" | "offer" | "death" | "hna_start" | "summary_start" | "invite", patient };
    case "blank_form":
      return patient && (item === "named" || item === "unnamed") ? { name: "blank_form", patient, checklist: null, named: item === "named" } : null;
    case "appointment_book":
      return patient && { name: "appointment_book", patient, about: hna };
    case "invitation":
      return record === null ? null : { name: "invitation", invitation: record as InvitationId };
    case "answers":
      return record === null ? null : { name: "answers", answers: record as AnswersId };
    case "appointment":
      return record === null ? null : { name: "appointment", appointment: record as AppointmentId };
    case "hna_score":
      return hna && item ? { name: "hna_score", hna, concern: item } : null;
    case "hna_ticks":
    case "hna_matters":
    case "hna_information":
    case "hna_check":
    case "hna_read":
    case "hand_over":
      return hna && { name: place.screen as Exclude<HnaName, "hna_score">, hna };
    case "care_plan":
      return plan && { name: "care_plan", plan, concern: item };
    case "plan_agree":
      return plan && { name: "plan_agree", plan };
    case "plan_read":
      return plan && version ? { name: "plan_read", plan, version } : null;
    case "summary":
      return summary && { name: "summary", summary, section: item };
    case "summary_sign":
      return summary && { name: "summary_sign", summary };
    case "summary_read":
      return summary && version ? { name: "summary_read", summary, version } : null;
    case "paper":
      return record && item ? paperAt(record, item) : null;
    default:
      return null;
  }
}

/** A version is a whole number from 1; anything else names none. */
function versionIn(item: string | null): number | null {
  return item !== null && /^[1-9][0-9]*$/.test(item) ? Number(item) : null;
}

function paperAt(record: string, item: string): Screen | null {
  const kinds: readonly RecordPaper[] = ["care_plan", "invitation", "summary_patient", "summary_gp"];
  const [name, number] = item.split("-");
  const kind = kinds.find((known) => known === name);
  const version = versionIn(number ?? null);
  return kind && (number === undefined || version) ? { name: "paper", kind, record, version } : null;
}

/** Where an assessment goes on when it is opened from a list. */
export function whereToGoOn(view: HnaView): Screen {
  const hna = view.id;
  if (view.status !== "draft") return { name: "hna_read", hna };
  const answered = view.concerns.some((concern) => concern.answer.kind !== "unanswered");
  if (!answered) return { name: "hna_ticks", hna };
  return view.next_unanswered === null ? { name: "hna_check", hna } : { name: "hna_score", hna, concern: view.next_unanswered };
}
