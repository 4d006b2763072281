import { FluentBundle, FluentResource } from "@fluent/bundle";
import { describe, expect, it } from "vitest";
import type { ActionKind, AnsweredBy, AnswersFault, AppointmentStatus, BookingStanding, Channel, ChecklistKind, Code, CodeKind, Commands, CosdFault, CosdForm, DateKnown, Doubt, EntryKind, FoundPatient, Gender, HnaStatus, InvitationStanding, ListColumn, ListFault, ListState, ListedEvent, Method, Offered, OwnerKind, PackFault, PathwayPoint, PlanStanding, RecordSending, RefusalReason, RefusedLine, ReportForm, ReportFormat, Role, Sending, SessionGroup, SessionHeld, TreatmentKind, V9Type, WorkItem } from "../ipc/bindings";
import type { ScreenName } from "../views/screen";
import bindings from "../ipc/bindings.ts?raw";
import keysFile from "./keys.ts?raw";
import { say, sayIfKnown, type WordKey } from "./say";

const files: Record<string, string> = import.meta.glob(["../../../assets/words/en-GB/*.ftl", "!**/paper.ftl"], { query: "?raw", import: "default", eager: true });
const source = Object.values(files).join("\n");
const ids = [...source.matchAll(/^([A-Za-z][A-Za-z0-9_-]*) *=/gm)].map((match) => match[1] ?? "");

// One entry for each member: a new member does not compile here until its words exist.
const codes: Record<Code, [WordKey, WordKey]> = {
  wrong_passphrase: ["problem-wrong_passphrase", "problem-wrong_passphrase-next"],
  wait: ["problem-wait", "problem-wait-next"],
  no_key_store: ["problem-no_key_store", "problem-no_key_store-next"],
  key_store_locked: ["problem-key_store_locked", "problem-key_store_locked-next"],
  no_entry: ["problem-no_entry", "problem-no_entry-next"],
  key_changed: ["problem-key_changed", "problem-key_changed-next"],
  vault_unreadable: ["problem-vault_unreadable", "problem-vault_unreadable-next"],
  database_unreadable: ["problem-database_unreadable", "problem-database_unreadable-next"],
  wrong_recovery_code: ["problem-wrong_recovery_code", "problem-wrong_recovery_code-next"],
  recovery_code_mistyped: ["problem-recovery_code_mistyped", "problem-recovery_code_mistyped-next"],
  profile_in_use: ["problem-profile_in_use", "problem-profile_in_use-next"],
  profile_unwritable: ["problem-profile_unwritable", "problem-profile_unwritable-next"],
  disk_full: ["problem-disk_full", "problem-disk_full-next"],
  not_saved: ["problem-not_saved", "problem-not_saved-next"],
  field: ["problem-field", "problem-field-next"],
  not_ready: ["problem-not_ready", "problem-not_ready-next"],
  not_allowed: ["problem-not_allowed", "problem-not_allowed-next"],
  locked: ["problem-locked", "problem-locked-next"],
  gone: ["problem-gone", "problem-gone-next"],
  changed_meanwhile: ["problem-changed_meanwhile", "problem-changed_meanwhile-next"],
  identity_differs: ["problem-identity_differs", "problem-identity_differs-next"],
  already_completed: ["problem-already_completed", "problem-already_completed-next"],
  duplicate_patient: ["problem-duplicate_patient", "problem-duplicate_patient-next"],
  likely_duplicate: ["problem-likely_duplicate", "problem-likely_duplicate-next"],
  duplicate_offer: ["problem-duplicate_offer", "problem-duplicate_offer-next"],
  after_death: ["problem-after_death", "problem-after_death-next"],
  events_after_death: ["problem-events_after_death", "problem-events_after_death-next"],
  two_facts: ["problem-two_facts", "problem-two_facts-next"],
  no_portal: ["problem-no_portal", "problem-no_portal-next"],
  no_match: ["problem-no_match", "problem-no_match-next"],
  invitation_closed: ["problem-invitation_closed", "problem-invitation_closed-next"],
  booking_ended: ["problem-booking_ended", "problem-booking_ended-next"],
  appointment_ended: ["problem-appointment_ended", "problem-appointment_ended-next"],
  already_planned: ["problem-already_planned", "problem-already_planned-next"],
  nothing_to_plan: ["problem-nothing_to_plan", "problem-nothing_to_plan-next"],
  plan_locked: ["problem-plan_locked", "problem-plan_locked-next"],
  summary_signed: ["problem-summary_signed", "problem-summary_signed-next"],
  plan_unlocked: ["problem-plan_unlocked", "problem-plan_unlocked-next"],
  still_needed: ["problem-still_needed", "problem-still_needed-next"],
  no_glyph: ["problem-no_glyph", "problem-no_glyph-next"],
  folder_unwritable: ["problem-folder_unwritable", "problem-folder_unwritable-next"],
  no_printer: ["problem-no_printer", "problem-no_printer-next"],
  printer_paused: ["problem-printer_paused", "problem-printer_paused-next"],
  not_printed: ["problem-not_printed", "problem-not_printed-next"],
  maybe_printed: ["problem-maybe_printed", "problem-maybe_printed-next"],
  unexpected: ["problem-unexpected", "problem-unexpected-next"],
};

/** Commands that leave no line about one patient: nobody reads them under "Who has looked". Every other command is an act that stands there by its name. */
const unseen = [
  "front",
  "enrol_first_nurse",
  "unlock",
  "unlock_with_recovery_code",
  "open_training",
  "lock",
  "stay",
  "desk",
  "keep_place",
  "list_staff",
  "add_nurse",
  "set_passphrase",
  "issue_recovery_code",
  "confirm_recovery_code",
  "today",
  "cancer_types",
  "find_patients",
  "read_checklist",
  "list_checklists",
  "list_templates",
  "read_template",
  "list_printers",
  // Its rows are nobody's until they are matched.
  "take_in_clinic_list",
  // About the timetable, which belongs to no patient.
  "look_up",
  "read_directory_entry",
  "add_directory_entry",
  "change_directory_entry",
  "check_directory_entry",
  "retire_directory_entry",
  "list_sessions",
  "read_session",
  "add_session",
  "change_session",
  "write_session_date",
  "cancel_session_date",
  "retire_session",
  "report_period",
  // Written down as `save_paper`.
  "save_paper_elsewhere",
  "view_sync",
  "settle_notice",
  // One word of one record, and nothing of anybody.
  "record_standing",
  "send_now",
  // About the trust's server, which belongs to no patient.
  "read_server",
  "check_server",
  "save_server_report",
  "take_in_server_key",
  // Written down as `hand_over` and `take_back`.
  "come_back",
] as const satisfies ReadonlyArray<keyof Commands>;

/** Acts that no window asks for by name: they come with opening the PC, and with what the trust sends back. */
const unasked = ["take_back", "merge_from_trust", "receive_from_trust", "receive_answers", "follow_clinic_list", "carry_outbox"];

/** Kinds of record that never go to the trust, and so are never refused by it. */
type NeverSent = "clinic_visit" | "session" | "staff" | "care_review" | "follow_up" | "answers" | "wellbeing" | "directory" | "report" | "server";

/** Template types make a message without words a compile error; the values are looked up below. */
type Shown =
  | `role-${Role}`
  | `gender-${Gender}`
  | `treatment-${TreatmentKind}`
  | `answered_by-${AnsweredBy}`
  | `method-${Method}`
  | `pathway-${PathwayPoint}`
  | `checklist-kind-${ChecklistKind}`
  | `checklist_fault-${PackFault}`
  | `checklist_fault-${PackFault}-next`
  | `hna-status-${HnaStatus}`
  | `record-${RecordSending}`
  | `sending-${Sending["phrase"]}`
  | `sending-reason-${NonNullable<Sending["reason"]>}`
  | `refusal-${RefusalReason}`
  | `refusal-${RefusalReason}-next`
  | `kind-${Exclude<RefusedLine["kind"], NeverSent>}`
  | `op-${Exclude<keyof Commands, (typeof unseen)[number]>}`
  | `work-${WorkItem["kind"]}`
  | `action-${ActionKind}`
  | `action-${ActionKind}-means`
  | `owner-${OwnerKind}`
  | `matched-${FoundPatient["matched"][number]}`
  | `code_kind-${CodeKind}`
  | `invite-kind-${CodeKind}`
  | `standing-${InvitationStanding}`
  | `doubt-${Doubt}`
  | `answers-fault-${AnswersFault}`
  | `answers-fault-${AnswersFault}-next`
  | `channel-${Channel}`
  | `appointment-status-${AppointmentStatus}`
  | `list-state-${ListState}`
  | `list-column-${ListColumn}`
  | `clinic_list-fault-${ListFault}`
  | `directory-kind-${EntryKind}`
  | `cosd-type-${V9Type}`
  | `cosd-offered-${Offered}`
  | `cosd-plan-${PlanStanding}`
  | `cosd-fault-${CosdFault}`
  | `cosd-fault-${CosdFault}-next`
  | `report-listed-form-${CosdForm}`
  | `listed-${ListedEvent}`
  | `report-form-${ReportForm}`
  | `report-format-${ReportFormat}`
  | `session-group-${SessionGroup}`
  | `session-held-${SessionHeld}`
  | `session-date-${DateKnown}`
  | `session-date-known-${DateKnown}`
  | `booking-standing-${BookingStanding}`
  | `title-${ScreenName}`;
const everyShownMemberHasWords: Shown extends WordKey ? true : never = true;

describe("words", () => {
  it("names in keys.ts exactly the messages that exist, in byte order", () => {
    const sorted = [...new Set(ids)].sort((a, b) => (a < b ? -1 : 1));
    expect([...keysFile.matchAll(/ \| "([^"]+)"/g)].map(([, id]) => id)).toEqual(sorted);
  });

  it("reads every message: none is broken, none is there twice", () => {
    const bundle = new FluentBundle("en-GB");
    for (const text of Object.values(files)) expect(bundle.addResource(new FluentResource(text))).toEqual([]);
    for (const id of ids) expect(bundle.getMessage(id)?.value, id).toBeTruthy();
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("says for every code what happened and what to do, as sentences", () => {
    expect(everyShownMemberHasWords).toBe(true);
    for (const [what, next] of Object.values(codes)) {
      expect(say(what)).toMatch(/\.$/);
      expect(say(next, { seconds: 30 })).toMatch(/\.$/);
      expect(say(what)).not.toBe(say(next, { seconds: 30 }));
    }
  });

  it("says that nothing is lost where the key is missing", () => {
    expect(say("problem-no_entry")).toBe("This account has no key for this PC. Nothing has been lost.");
  });

  it("has other words for each fault of an NHS number", () => {
    const faults = ["letters", "too_short", "too_long", "failed_check"].map((fault) => sayIfKnown(`field-nhs_number_${fault}`, "field-unknown"));
    expect(new Set(faults).size).toBe(4);
  });

  it("says each act that can stand under Who has looked, and none that cannot", () => {
    const commands = [...(/interface Commands \{([^}]*)\}/.exec(bindings)?.[1] ?? "").matchAll(/^ *(\w+):/gm)].map((match) => match[1] ?? "");
    expect(commands).toContain("open_patient");
    const acts = commands.filter((command) => !unseen.some((other) => other === command));
    expect(ids.filter((id) => id.startsWith("op-")).sort()).toEqual([...acts, ...unasked, "other"].map((act) => `op-${act}`).sort());
  });

  it("names the kinds of record that are sent to the trust, and no other", () => {
    expect(ids.filter((id) => id.startsWith("kind-")).sort()).toEqual(["kind-appointment", "kind-booking", "kind-care_plan", "kind-hna", "kind-invitation", "kind-offer", "kind-patient", "kind-treatment_summary"]);
  });

  it("counts in words", () => {
    expect([0, 1, 3].map((count) => say("find-count", { count }))).toEqual(["Nobody found", "1 person found", "3 people found"]);
    expect(say("problem-wait-next", { seconds: 30 })).toBe("Try again in 30 seconds.");
  });
});
