// Invented people and records with ordinary values, for tests only. 999 numbers belong to nobody.
import type { ActionView, Answer, Banner, CarePlanId, CarePlanView, Checklists, ChecklistView, ChosenView, ConcernView, Day, Desk, FilledSlot, Front, HnaId, HnaView, LineView, OfferId, OfferLine, Overview, PaperView, PatientAnswers, PatientForm, PatientFront, PatientId, Place, PlanConcernView, RefusedLine, Sending, SendingId, SignatureView, SlotView, StaffId, StaffView, SummaryView, TemplateView, Today, TreatmentSummaryId, When } from "./bindings";

export const RUTH = "7d0f7f58-0000-4000-8000-000000000001" as StaffId;
export const TOM = "7d0f7f58-0000-4000-8000-000000000002" as StaffId;
export const SAM = "7d0f7f58-0000-4000-8000-000000000011" as PatientId;
export const HNA = "7d0f7f58-0000-4000-8000-000000000021" as HnaId;
export const PLAN = "7d0f7f58-0000-4000-8000-000000000031" as CarePlanId;
export const SUMMARY = "7d0f7f58-0000-4000-8000-000000000041" as TreatmentSummaryId;

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
    handed_back: false,
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
    fetched: null,
    sending: { phrase: "saved_here", count: 0, at: null, reason: "no_server", waiting: 0, needs_you: 0, records: 0, sent: null },
    notices: 0,
    place: null,
    today: day("2026-11-23", "23-Nov-2026", "23 November 2026"),
    ...more,
  };
}

export const aPlace = (screen: string, more: Partial<Place> = {}): Place => ({ screen, patient: null, hna: null, record: null, item: null, ...more });

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
    died: null,
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
  return { banner: aBanner(), revision: 4, form: aForm(), diagnosis: null, treatments: [], key_worker: null, offer_due: null, offers: [], death_taken_back: null, since_last: null, hnas: [], plans: [], summaries: [], invitations: [], answers: [], appointments: [], bookings: [], portal: true, conflicts: [], looked: [], ...more };
}

export const OFFER = "7d0f7f58-0000-4000-8000-000000000061" as OfferId;

export function anOffer(more: Partial<OfferLine> = {}): OfferLine {
  return { id: OFFER, plan_for: null, assessed: null, point: "initial_diagnosis", decision: "declined", reason: null, on: day("2026-11-20", "20-Nov-2026", "20 November 2026"), by: aSignature(), mistaken: null, sending: "saved_here", ...more };
}

export const aToday = (more: Partial<Today> = {}): Today => ({ today: aDesk().today, list: [], list_file: null, work: [], unmatched: [], recent: [], ...more });

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

export function checklists(more: Partial<Checklists> = {}): Checklists {
  return {
    offered: [
      { key: "https://example.test/checklist|1.0.0", title: "Holistic needs assessment", language: "en-GB", kind: "standard", concerns: 4, usual: true },
      { key: "https://example.test/easy|1.0.0", title: "Holistic needs assessment: easy read", language: "en-GB", kind: "easy_read", concerns: 4, usual: false },
    ],
    refused: [],
    ...more,
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
    answered_on: null,
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
    again: null,
    next_unanswered: null,
    discard_reason: null,
    hand_over: null,
    answers_waiting: false,
    ...more,
  };
}

export function anAction(key: string, more: Partial<ActionView> = {}): ActionView {
  return { key, kind: "refer", what: "Counselling, Riverside support centre", owner: "nurse", owner_name: "Ruth Invented", due: day("2026-11-30", "30-Nov-2026", "30 November 2026"), ended: null, outcome: "", overdue: false, entry: null, contact: "", carried_from: null, ...more };
}

export function aPlanConcern(key: string, text: string, more: Partial<PlanConcernView> = {}): PlanConcernView {
  return { key, text, own: false, origin: "assessment", code: key, answer: rated(8), private: false, ranked: false, matters: "", actions: [], nothing: null, ...more };
}

export const aSignature = (more: Partial<SignatureView> = {}): SignatureView => ({ name: "Ruth Invented", role: "cancer_nurse_specialist", at: at("10:31"), ...more });

export function aPlan(more: Partial<CarePlanView> = {}): CarePlanView {
  return {
    id: PLAN,
    patient: SAM,
    banner: aBanner(),
    hna: HNA,
    follows: null,
    checklist: "https://holdfast.example/fhir/Questionnaire/default|1.0.0",
    status: "draft",
    revision: 1,
    version: 0,
    shown_version: null,
    assessed: day("2026-11-23", "23-Nov-2026", "23 November 2026"),
    started: at("09:55"),
    saved: at("10:02"),
    concerns: [],
    signed: null,
    unlock_reason: null,
    review: false,
    former: [],
    versions: [],
    unfinished: [],
    conflict: null,
    me: "Ruth Invented",
    ...more,
  };
}

export function aTemplate(): TemplateView {
  const line = (key: string, words: string, words_gp: string, more: Partial<LineView> = {}): LineView => ({ key, group: null, urgent: false, repeats: false, words, words_gp, slots: [], source: "NHS public advice", confidence: "H", ...more });
  const date: SlotView = { key: "date", label: "Date of diagnosis", kind: "date", precision: "day", most: null, options: [] };
  const side: SlotView = { key: "side", label: "Side", kind: "choice", precision: null, most: null, options: [{ key: "left", words: "left breast" }, { key: "right", words: "right breast" }] };
  const phone: SlotView = { key: "phone", label: "Number", kind: "text", precision: null, most: 40, options: [] };
  return {
    key: "https://example.test/template|1",
    title: "Breast cancer",
    version: "1",
    sections: [
      {
        key: "diagnosis",
        title: "Your diagnosis",
        title_gp: "Diagnosis and staging",
        needed: true,
        lead: null,
        groups: [],
        lines: [
          line("invasive", "You were told on [Date of diagnosis] about your [Side].", "Invasive, [Side], [Date of diagnosis].", { slots: [date, side] }),
          line("other", "The type is [Type].", "Type: [Type].", { repeats: true, slots: [{ key: "type", label: "Type", kind: "text", precision: null, most: 120, options: [] }], confidence: "R" }),
        ],
      },
      {
        key: "alerts",
        title: "When to get help",
        title_gp: "Alert symptoms",
        needed: false,
        lead: "Get help if you have any of these.",
        groups: [],
        lines: [line("fever", "A temperature of 38 °C or more. Ring the urgent number now.", "Temperature 38 °C or more: same day.", { urgent: true }), line("same", "A new lump.", "A new lump.")],
      },
      {
        key: "contacts",
        title: "Who to ring",
        title_gp: "Contacts",
        needed: false,
        lead: null,
        groups: [{ key: "hours", title: "In the daytime" }, { key: "night", title: "At night" }],
        lines: [line("day", "Ring [Number].", "In hours [Number].", { group: "hours", slots: [phone] }), line("night", "At night ring [Number].", "Out of hours [Number].", { group: "night", slots: [phone] })],
      },
    ],
  };
}

export function aSummary(more: Partial<SummaryView> = {}): SummaryView {
  return {
    id: SUMMARY,
    patient: SAM,
    banner: aBanner(),
    template: "https://example.test/template|1",
    title: "Breast cancer",
    status: "draft",
    revision: 1,
    version: 0,
    shown_version: null,
    started: at("11:02"),
    saved: at("11:18"),
    chosen: [],
    own: [],
    signed: null,
    amend_reason: null,
    versions: [],
    unfinished: [],
    ...more,
  };
}

/** A line of `aTemplate` as it was chosen, with what was filled in. */
export function aChosen(key: string, line: string, values: Partial<FilledSlot>[] = [], more: Partial<ChosenView> = {}): ChosenView {
  const section = aTemplate().sections.find((one) => one.lines.some((other) => other.key === line));
  const found = section?.lines.find((other) => other.key === line);
  const slots = (found?.slots ?? []).map((slot, index) => ({ key: slot.key, value: "", shown: "", offers: [], ...values[index] }));
  return { key, section: section?.key ?? "", line, words: found?.words ?? "", words_gp: found?.words_gp ?? "", slots, ...more };
}

export function aPaper(more: Partial<PaperView> = {}): PaperView {
  const page = (texts: string): string => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 595.28 841.89" role="img" aria-label="A page"><rect width="595.28" height="841.89" fill="#fff"/><g>${texts}</g></svg>`;
  const text = (y: number, size: number, words: string, weight = 400): string => `<text x="56.69" y="${y}" font-size="${size}" font-weight="${weight}">${words}</text>`;
  return {
    kind: "summary_patient",
    record: SUMMARY,
    patient: SAM,
    banner: aBanner(),
    title: null,
    version: null,
    draft: true,
    newest: null,
    details_changed: false,
    points: 18,
    pages: [page(text(120, 24, "Your treatment summary", 700) + text(200, 19, "Your diagnosis", 700) + text(230, 18, "First page.")), page(text(130, 19, "When to get", 700) + text(150, 19, "help", 700) + text(180, 18, "Second page."))],
    file: "treatment-summary-patient-draft.pdf",
    folder: "/srv/papers",
    ...more,
  };
}

/** With a server and nothing to say. */
export function aSending(more: Partial<Sending> = {}): Sending {
  return { phrase: "saved_here", count: 0, at: null, reason: null, waiting: 0, needs_you: 0, records: 0, sent: null, ...more };
}

export const SENDING = "7d0f7f58-0000-4000-8000-000000000051" as SendingId;

export function aRefusal(more: Partial<RefusedLine> = {}): RefusedLine {
  return { sending: SENDING, banner: aBanner(), kind: "care_plan", record: PLAN, at: at("16:52", "20-Nov-2026"), reason_code: "refused_content", reason: "CarePlan.activity[0]: end before start", can_try_again: true, conflict: false, correct: { screen: "care_plan", record: PLAN }, ...more };
}

/** What the patient's window is given: the name, the checklist and the answers so far. */
export function aPatientFront(more: Partial<PatientFront> = {}): PatientFront {
  return { called: "Sam", nurse: "Ruth Invented", trust: "Thamesbank Hospitals", training: false, idle_minutes: 10, tries_left: 5, checklist: aChecklist(), again: false, answers: someAnswers(), ...more };
}

export function someAnswers(more: Partial<PatientAnswers> = {}): PatientAnswers {
  return { saved: null, concerns: [], declined_domains: [], most_ranked: 4, ranked: [], information: [], questions: "", next_unanswered: null, ...more };
}
