// Invented people and records with ordinary values, for tests only. 999 numbers belong to nobody.
import type { Answer, Banner, ChecklistView, ConcernView, Day, Desk, Front, HnaId, HnaView, Overview, PatientForm, PatientId, Place, StaffId, StaffView, Today, When } from "./bindings";

export const RUTH = "7d0f7f58-0000-4000-8000-000000000001" as StaffId;
export const TOM = "7d0f7f58-0000-4000-8000-000000000002" as StaffId;
export const SAM = "7d0f7f58-0000-4000-8000-000000000011" as PatientId;
export const HNA = "7d0f7f58-0000-4000-8000-000000000021" as HnaId;

export const at = (time: string, date = "23-Nov-2026"): When => ({ ms: 0, date, time });
export const day = (iso: string, short: string, long: string): Day => ({ iso, short, long });

export function aNurse(more: Partial<StaffView> = {}): StaffView {
  return { id: RUTH, name: "Ruth Invented", role: "cancer_nurse_specialist", key_holder: true, team: "Colorectal", organisation: { ods: "RZ9", name: "Thamesbank Hospitals" }, can_unlock: true, ...more };
}

export function aFront(more: Partial<Front> = {}): Front {
  return {
    state: "locked",
    nurses: [
      { id: RUTH, name: "Ruth Invented", role: "cancer_nurse_specialist" },
      { id: TOM, name: "Tom Invented", role: "support_worker" },
    ],
    key: null,
    trust: "Thamesbank Hospitals",
    pc: "Clinic room 3",
    now: at("08:54"),
    training_left_open: false,
    configuration_fault: null,
    ...more,
  };
}

export function aDesk(more: Partial<Desk> = {}): Desk {
  return {
    nurse: aNurse(),
    training: false,
    ready: true,
    by_recovery_code: false,
    trust: "Thamesbank Hospitals",
    pc: "Clinic room 3",
    sending: { phrase: "saved_here", count: 0, at: null, reason: "no_server" },
    idle_minutes: 10,
    place: null,
    today: day("2026-11-23", "23-Nov-2026", "23 November 2026"),
    ...more,
  };
}

export const aPlace = (screen: string, more: Partial<Place> = {}): Place => ({ screen, patient: null, hna: null, item: null, ...more });

export function aBanner(more: Partial<Banner> = {}): Banner {
  return {
    id: SAM,
    family: "Invented-Bell",
    given: "Samuel John",
    title: "Mr",
    preferred: "Sam",
    called: "Sam",
    born: day("1961-03-02", "02-Mar-1961", "2 March 1961"),
    age: 65,
    gender: "male",
    nhs_number: "999 000 0026",
    test: true,
    hospital_number: null,
    print_points: 14,
    interpreter: null,
    checked: at("09:12", "20-Nov-2026"),
    address: "4 Harbour Row",
    phone: "",
    mobile: "",
    email: "",
    needs_other: "",
    ...more,
  };
}

export function aForm(more: Partial<PatientForm> = {}): PatientForm {
  const none = { day: "", month: "", year: "" };
  return {
    nhs_number: "999 000 0026",
    title: "Mr",
    given: "Samuel John",
    family: "Invented-Bell",
    preferred: "Sam",
    born: { day: "2", month: "3", year: "1961" },
    gender: "male",
    address: "",
    postcode: "",
    phone: "",
    mobile: "",
    email: "",
    practice: { ods: "", name: "" },
    hospital_number: "",
    needs: { print_points: 18, interpreter: "", other: "" },
    cancer_type: "Bowel cancer",
    diagnosed: { ...none },
    recurred: { ...none },
    treatments: [],
    key_worker: "",
    team: "",
    diagnosed_at: { ods: "", name: "" },
    followed_up_at: { ods: "", name: "" },
    ...more,
  };
}

export function anOverview(more: Partial<Overview> = {}): Overview {
  return { banner: aBanner(), revision: 4, form: aForm(), diagnosis: null, treatments: [], key_worker: null, hnas: [], looked: [], ...more };
}

export const aToday = (more: Partial<Today> = {}): Today => ({ today: aDesk().today, work: [], recent: [], ...more });

export function aChecklist(): ChecklistView {
  return {
    key: "https://example.test/checklist|1",
    title: "Concerns",
    question: "Over the last week, how much has this bothered you?",
    low: "a little",
    high: "the worst it could be",
    domains: [
      { key: "physical", title: "Physical", items: [{ key: "physical.pain", text: "Pain" }, { key: "physical.sleep", text: "Sleep" }, { key: "physical.fatigue", text: "Tiredness or fatigue" }] },
      { key: "emotional", title: "Emotional", items: [{ key: "emotional.worry", text: "Worry, fear or anxiety" }] },
    ],
    topics: [{ key: "diet", text: "Diet" }, { key: "exercise", text: "Exercise" }],
  };
}

export const rated = (rating: number): Answer => ({ kind: "rated", rating });
export const UNANSWERED: Answer = { kind: "unanswered" };

export function aConcern(key: string, text: string, answer: Answer = UNANSWERED, more: Partial<ConcernView> = {}): ConcernView {
  return { key, domain: "physical", text, own: false, answer, private: false, ...more };
}

export function anHna(more: Partial<HnaView> = {}): HnaView {
  return {
    id: HNA,
    patient: SAM,
    banner: aBanner(),
    status: "draft",
    revision: 1,
    checklist: "https://example.test/checklist|1",
    answered_by: "patient",
    helper: null,
    method: "face_to_face",
    pathway_point: "start_of_treatment",
    typed_by: "Ruth Invented",
    started: at("09:41"),
    completed: null,
    saved: at("09:48"),
    concerns: [],
    declined_domains: [],
    most_ranked: 4,
    ranked: [],
    information: [],
    questions: "",
    next_unanswered: null,
    discard_reason: null,
    ...more,
  };
}
