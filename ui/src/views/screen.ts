// The closed union of screens. A new member fails to compile until it has a view, a title and a place.
import type { AnswersId, AppointmentId, BookingId, CarePlanId, DirectoryEntryId, ClinicVisitId, ConcernKey, HnaId, HnaView, InvitationId, PaperKind, PatientId, Place, PlanAt, SendingId, SessionId, TreatmentSummaryId } from "../ipc/bindings";

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
  /** Two versions of the record that `sending` was to bring to the trust. */
  | { name: "conflict"; sending: SendingId }
  | { name: "reports" }
  /** For key holders: the trust's server and its check. */
  | { name: "server" }
  /** Lies over the screen `over`, which stays as it is; never kept as a place. */
  | { name: "guide"; over: InsideName }
  /** `patient` null registers someone new, filled in `from` a file where it is there; otherwise corrects. */
  | { name: "register"; patient: PatientId | null; from?: RegisterFrom }
  | { name: "overview"; patient: PatientId }
  /** What the record yields for the cancer dataset. */
  | { name: "cosd"; patient: PatientId }
  | { name: "offer"; patient: PatientId }
  /** `hna` is the assessment whose plan is offered. */
  | { name: "plan_offer"; patient: PatientId; hna: HnaId }
  | { name: "death"; patient: PatientId }
  /** `again` is the assessment whose concerns are scored again; null starts from nothing. */
  | { name: "hna_start"; patient: PatientId; again: HnaId | null }
  /** How concerns changed over all assessments. */
  | { name: "changes"; patient: PatientId }
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
  /** Two plans beside each other; `version` null is the plan as it stands. */
  | { name: "plan_compare"; left: PlanAt; right: PlanAt }
  | { name: "summary_start"; patient: PatientId }
  | { name: "summary"; summary: TreatmentSummaryId; section: string | null; field?: string }
  | { name: "summary_sign"; summary: TreatmentSummaryId }
  | { name: "summary_read"; summary: TreatmentSummaryId; version: number }
  /** `again` is the completed assessment whose concerns are to be scored again; null asks for a new one. */
  | { name: "invite"; patient: PatientId; again: HnaId | null }
  | { name: "invitation"; invitation: InvitationId }
  | { name: "take_in" }
  | { name: "clinic_list" }
  | { name: "clinic_add"; patient: PatientId }
  | { name: "clinic_visit"; visit: ClinicVisitId }
  | { name: "answers"; answers: AnswersId }
  /** `about` is the assessment that is talked about. */
  | { name: "appointment_book"; patient: PatientId; about: HnaId | null }
  | { name: "appointment"; appointment: AppointmentId }
  | { name: "directory" }
  /** `entry` null adds one to the directory. */
  | { name: "directory_entry"; entry: DirectoryEntryId | null }
  | { name: "sessions" }
  /** `session` null adds one to the timetable. */
  | { name: "session"; session: SessionId | null }
  /** `session` null lets one be chosen. */
  | { name: "session_book"; patient: PatientId; session: SessionId | null }
  | { name: "booking"; booking: BookingId }
  /** `record` is the plan or the summary; `version` null is it as it stands: its newest version while locked or signed, else a draft. */
  | { name: "paper"; kind: RecordPaper; record: string; version: number | null };

/** The row of a clinic list, or the answers from home, that name somebody who is not here. */
export type RegisterFrom = { kind: "visit"; visit: ClinicVisitId } | { kind: "answers"; answers: AnswersId };

/** The papers that are made of a record. */
export type RecordPaper = Exclude<PaperKind, "blank_checklist">;

export type ScreenName = Screen["name"];
export type At<N extends ScreenName> = Extract<Screen, { name: N }>;

/** The screens of a locked PC: they know no patient and are never kept as a place. */
export type OutsideName = "cannot_open" | "first_start" | "lock" | "cannot_get_in";
export type InsideName = Exclude<ScreenName, OutsideName>;
export type HnaName = Exclude<Extract<Screen, { hna: HnaId }>["name"], "plan_offer">;
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
    hna: "hna" in screen ? screen.hna : "about" in screen ? screen.about : "again" in screen ? screen.again : null,
    record: recordOf(screen),
    item: itemOf(screen),
  };
}

/** The record that the screen is about, other than a patient or an assessment. */
function recordOf(screen: Screen): string | null {
  if ("plan" in screen) return screen.plan;
  if ("left" in screen) return screen.left.plan;
  if ("summary" in screen) return screen.summary;
  if ("visit" in screen) return screen.visit;
  if (screen.name === "register") return screen.from ? (screen.from.kind === "visit" ? screen.from.visit : screen.from.answers) : null;
  if ("invitation" in screen) return screen.invitation;
  if ("answers" in screen) return screen.answers;
  if ("appointment" in screen) return screen.appointment;
  if ("entry" in screen) return screen.entry;
  if ("session" in screen) return screen.session;
  if ("sending" in screen) return screen.sending;
  if ("booking" in screen) return screen.booking;
  // A letter is of one action of a plan: that stands in the item.
  return "record" in screen ? screen.record.split("/", 1).join("") : null;
}

/** The part of the record that stands in the window: a concern, a section, a version, or a paper as `kind` or `kind-version`. */
function itemOf(screen: Screen): string | null {
  if (screen.name === "paper" && screen.kind === "referral_letter") return [screen.kind, screen.version ?? 0, screen.record.split("/")[1] ?? ""].join("-");
  if (screen.name === "paper") return screen.version === null ? screen.kind : `${screen.kind}-${screen.version}`;
  if (screen.name === "register") return screen.from?.kind ?? null;
  if (screen.name === "blank_form") return screen.named ? "named" : "unnamed";
  if (screen.name === "plan_compare") return `${screen.left.version ?? "draft"}/${screen.right.version ?? "draft"}/${screen.right.plan}`;
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
    case "reports":
    case "server":
    case "take_in":
      return { name: place.screen as "recovery_code" | "staff" | "today" | "find" | "sending" | "reports" | "server" | "take_in" };
    case "register":
      return { name: "register", patient, ...registerFrom(record, item) };
    case "clinic_list":
      return { name: "clinic_list" };
    case "clinic_add":
      return patient && { name: "clinic_add", patient };
    case "clinic_visit":
      return record === null ? null : { name: "clinic_visit", visit: record as ClinicVisitId };
    case "overview":
    case "cosd":
    case "offer":
    case "death":
    case "changes":
    case "summary_start":
      return patient && { name: place.screen as "overview" | "cosd" | "offer" | "death" | "changes" | "summary_start", patient };
    case "hna_start":
    case "invite":
      return patient && { name: place.screen as "hna_start" | "invite", patient, again: hna };
    case "blank_form":
      return patient && (item === "named" || item === "unnamed") ? { name: "blank_form", patient, checklist: null, named: item === "named" } : null;
    case "plan_offer":
      return patient && hna && { name: "plan_offer", patient, hna };
    case "appointment_book":
      return patient && { name: "appointment_book", patient, about: hna };
    case "invitation":
      return record === null ? null : { name: "invitation", invitation: record as InvitationId };
    case "answers":
      return record === null ? null : { name: "answers", answers: record as AnswersId };
    case "appointment":
      return record === null ? null : { name: "appointment", appointment: record as AppointmentId };
    case "conflict":
      return record === null ? null : { name: "conflict", sending: record as SendingId };
    case "directory":
      return { name: "directory" };
    case "directory_entry":
      return { name: "directory_entry", entry: record as DirectoryEntryId | null };
    case "sessions":
      return { name: "sessions" };
    case "session":
      return { name: "session", session: record as SessionId | null };
    case "session_book":
      return patient && { name: "session_book", patient, session: record as SessionId | null };
    case "booking":
      return record === null ? null : { name: "booking", booking: record as BookingId };
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
    case "plan_compare":
      return plan && item !== null ? compareAt(plan, item) : null;
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

function registerFrom(record: string | null, item: string | null): { from?: RegisterFrom } {
  if (record === null) return {};
  if (item === "visit") return { from: { kind: "visit", visit: record as ClinicVisitId } };
  return item === "answers" ? { from: { kind: "answers", answers: record as AnswersId } } : {};
}

/** A version is a whole number from 1; anything else names none. */
function versionIn(item: string | null): number | null {
  return item !== null && /^[1-9][0-9]*$/.test(item) ? Number(item) : null;
}

/** Two plans, of a place whose item is `<version>/<version>/<other plan>`. */
function compareAt(plan: CarePlanId, item: string): Screen | null {
  const [older = "", newer = "", other = ""] = item.split("/");
  const versions = [older, newer].map((part) => (part === "draft" ? null : (versionIn(part) ?? undefined)));
  const [left, right] = versions;
  if (left === undefined || right === undefined || other === "") return null;
  return { name: "plan_compare", left: { plan, version: left }, right: { plan: other as CarePlanId, version: right } };
}

function paperAt(record: string, item: string): Screen | null {
  const letter = /^referral_letter-([0-9]+)-(a-[0-9]+)$/.exec(item);
  if (letter) return { name: "paper", kind: "referral_letter", record: `${record}/${letter[2]}`, version: versionIn(letter[1] ?? null) };
  const kinds: readonly RecordPaper[] = ["care_plan", "invitation", "summary_patient", "summary_gp", "session_invitation", "changes", "score_again_form"];
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
