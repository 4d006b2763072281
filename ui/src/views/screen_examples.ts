// One screen of each name, for tests only.
import { HNA, PLAN, SAM, SUMMARY } from "../ipc/examples";
import { ANSWERS, APPOINTMENT, INVITATION } from "../ipc/home_examples";
import type { Screen, ScreenName } from "./screen";

// A new member does not compile here until it has an example.
export const oneOfEach: { [N in ScreenName]: Extract<Screen, { name: N }> } = {
  cannot_open: { name: "cannot_open" },
  first_start: { name: "first_start" },
  lock: { name: "lock" },
  cannot_get_in: { name: "cannot_get_in" },
  recovery_code: { name: "recovery_code" },
  staff: { name: "staff" },
  today: { name: "today" },
  find: { name: "find" },
  sending: { name: "sending" },
  register: { name: "register", patient: SAM },
  overview: { name: "overview", patient: SAM },
  offer: { name: "offer", patient: SAM },
  death: { name: "death", patient: SAM },
  hna_start: { name: "hna_start", patient: SAM },
  blank_form: { name: "blank_form", patient: SAM, checklist: null, named: true },
  hna_ticks: { name: "hna_ticks", hna: HNA },
  hna_score: { name: "hna_score", hna: HNA, concern: "physical.pain" },
  hna_matters: { name: "hna_matters", hna: HNA },
  hna_information: { name: "hna_information", hna: HNA },
  hna_check: { name: "hna_check", hna: HNA },
  hna_read: { name: "hna_read", hna: HNA },
  hand_over: { name: "hand_over", hna: HNA },
  care_plan: { name: "care_plan", plan: PLAN, concern: "emotional.worry" },
  plan_agree: { name: "plan_agree", plan: PLAN },
  plan_read: { name: "plan_read", plan: PLAN, version: 1 },
  summary_start: { name: "summary_start", patient: SAM },
  summary: { name: "summary", summary: SUMMARY, section: "treatment" },
  summary_sign: { name: "summary_sign", summary: SUMMARY },
  summary_read: { name: "summary_read", summary: SUMMARY, version: 1 },
  invite: { name: "invite", patient: SAM },
  invitation: { name: "invitation", invitation: INVITATION },
  take_in: { name: "take_in" },
  answers: { name: "answers", answers: ANSWERS },
  appointment_book: { name: "appointment_book", patient: SAM, about: HNA },
  appointment: { name: "appointment", appointment: APPOINTMENT },
  paper: { name: "paper", kind: "care_plan", record: PLAN, version: 1 },
};
