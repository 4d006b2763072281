//! One appointment from the first start to the locked care plan, played through `clinic`, one act a second.

use std::future::Future;

use clinic::*;
use serde::Serialize;
use serde_json::Value;

use crate::clock::{Clock, MONDAY_MORNING};
use crate::people::*;

/// The patients of one appointment: who is assessed, and somebody else.
pub const PATIENTS: [(&str, &str); 6] = [
    ("Anna", "Invented"),
    ("Zofia", "Łęcka-Ŵyn"),
    ("Siôn", "O’Fiction"),
    ("Nkechi", "Notional"),
    ("Piotr", "Imaginary"),
    ("Mei", "Pretend"),
];

/// The concerns that are ticked, in the order of the talk; the last is declined, the one before stays unanswered.
pub const CONCERNS: [&str; 14] = [
    "physical.sleep",
    "physical.pain",
    "physical.fatigue",
    "emotional.mood",
    "emotional.anxiety",
    "physical.eating",
    "practical.work",
    "financial.money",
    "family.children",
    "emotional.hope",
    "practical.transport",
    "physical.memory",
    "spiritual.faith",
    "physical.sex",
];

/// What matters about the concerns that matter most, in the patient's words.
pub const MATTERS: [(&str, &str); 3] = [
    ("own-1", "He is all I have at home.\nIf he is walked I can rest: £5 a day, ŵ ŷ ł"),
    ("physical.pain", "To sleep through a night"),
    ("emotional.mood", "Not to be a burden to my daughter’s family"),
];

/// What is agreed, in the order in which it is written down: the concern, and what is typed.
pub const ACTIONS: [(&str, Typed); 5] = [
    ("own-1", ["signpost", "Ring the Invented Dog Walkers", "patient", "", "30-Nov-2026"]),
    ("own-1", ["inform", "Leaflet on help at home", "support_worker", "Nkechi Notional", "30/11/2026"]),
    ("physical.pain", ["refer", "Pain clinic – first visit", "nurse", "Ruth Invented", "2 December 2026"]),
    ("physical.pain", ["review", "Look at the tablets again", "gp", "", "14.12.26"]),
    ("emotional.mood", ["self_care", "A walk by the river every day", "patient", "", "2026-12-24"]),
];

/// One act that the nurse was told is saved.
#[derive(Clone, Debug, PartialEq, Serialize, serde::Deserialize)]
pub struct Acknowledged {
    pub act: String,
    /// UTC milliseconds; no two acts have the same.
    pub at: i64,
    /// What the act showed.
    pub seen: Value,
}

/// Hands every acknowledged act on as soon as it is.
pub struct Play<'a> {
    clock: &'a Clock,
    acknowledge: &'a mut dyn FnMut(Acknowledged),
}

/// The moment of the n-th act, from 1.
pub fn moment(act: usize) -> i64 {
    MONDAY_MORNING + act as i64 * 1000
}

impl<'a> Play<'a> {
    pub fn new(clock: &'a Clock, acknowledge: &'a mut dyn FnMut(Acknowledged)) -> Play<'a> {
        Play { clock, acknowledge }
    }

    /// Does one act a second after the one before.
    pub async fn act<V>(
        &mut self,
        name: &str,
        act: impl Future<Output = Result<V, Problem>>,
        see: impl FnOnce(&V) -> Value,
    ) -> Result<V, Problem> {
        self.clock.step(1000);
        let view = act.await?;
        (self.acknowledge)(Acknowledged { act: name.to_owned(), at: self.clock.now(), seen: see(&view) });
        Ok(view)
    }

    /// The first start: Ruth, her recovery code typed back, and Omar.
    pub async fn first_start(&mut self, house: &House) -> Result<Clinic, Problem> {
        let clinic = self.act("enrol_first_nurse", house.enrol_first_nurse(an_enrolment()), |_| Value::Null).await?;
        let code = self.act("issue_recovery_code", clinic.issue_recovery_code(a_new_code()), shown).await?;
        let groups = code.ask.iter().map(|place| code.groups[place - 1].clone()).collect();
        self.act("confirm_recovery_code", clinic.confirm_recovery_code(ConfirmRecoveryCode { groups }), shown).await?;
        self.act("add_nurse", clinic.add_nurse(a_colleague()), shown).await?;
        Ok(clinic)
    }

    /// Two patients are registered, and the first is offered an assessment, assessed and planned for: the `round`-th pair of [`PATIENTS`], from 0. Its last
    /// act locks the plan.
    pub async fn appointment(&mut self, clinic: &Clinic, round: usize) -> Result<(), Problem> {
        let form = |place: usize| {
            let (given, family) = PATIENTS[place % PATIENTS.len()];
            RegisterPatient { form: another_patient_form(place as u32 + 1, given, family), not_the_same: false }
        };
        let one = self.act("register_patient", clinic.register_patient(form(round * 2)), overview).await?.banner.id;
        self.act("register_patient", clinic.register_patient(form(round * 2 + 1)), overview).await?;
        self.act("record_offer", clinic.record_offer(an_offer(one)), offered).await?;
        let started = self.act("start_hna", clinic.start_hna(an_assessment(one)), shown).await?;
        let hna = started.id.to_string();
        self.keep_place(clinic, &one.to_string(), &hna, "hna_tick", None).await?;
        for concern in CONCERNS {
            self.act("tick_concern", clinic.tick_concern(one_of(&hna, concern)), shown).await?;
        }
        let words =
            AddOwnConcern { hna: hna.clone(), words: "Who will walk the dog? £5 for the ’bus, ŵ ŷ ł".to_owned() };
        self.act("add_own_concern", clinic.add_own_concern(words), shown).await?;
        let area = DeclineDomain { hna: hna.clone(), domain: "financial".to_owned(), declined: true };
        self.act("decline_domain", clinic.decline_domain(area), shown).await?;
        for (place, concern) in CONCERNS.iter().chain(["own-1"].iter()).enumerate().filter(|(place, _)| *place != 12) {
            if place % 4 == 0 {
                self.keep_place(clinic, &one.to_string(), &hna, "hna_score", Some(concern)).await?;
            }
            if place == 13 {
                self.act("decline_concern", clinic.decline_concern(one_of(&hna, concern)), shown).await?;
            } else {
                let score =
                    RateConcern { hna: hna.clone(), concern: (*concern).to_owned(), rating: place as i64 % 10 + 1 };
                self.act("rate_concern", clinic.rate_concern(score), shown).await?;
            }
        }
        let private = TalkPrivately { hna: hna.clone(), concern: "physical.sex".to_owned(), wanted: true };
        self.act("talk_privately", clinic.talk_privately(private), shown).await?;
        let order = ["own-1", "physical.pain", "emotional.mood"].map(str::to_owned).to_vec();
        self.act("rank_concerns", clinic.rank_concerns(RankConcerns { hna: hna.clone(), order }), shown).await?;
        for topic in ["information.diet", "information.exercise"] {
            let topic = WantInformation { hna: hna.clone(), topic: topic.to_owned(), wanted: true };
            self.act("want_information", clinic.want_information(topic), shown).await?;
        }
        let words = "Can I still swim?\nMay my daughter come along?".to_owned();
        self.act("write_questions", clinic.write_questions(WriteQuestions { hna: hna.clone(), words }), shown).await?;
        self.keep_place(clinic, &one.to_string(), &hna, "hna_check", None).await?;
        let end = CompleteHna { hna: hna.clone(), day: "14".to_owned(), month: "07".to_owned() };
        self.act("complete_hna", clinic.complete_hna(end), shown).await?;
        self.plan(clinic, &one.to_string(), &hna).await
    }

    /// A plan is made from the assessment and locked.
    async fn plan(&mut self, clinic: &Clinic, patient: &str, hna: &str) -> Result<(), Problem> {
        let start = StartCarePlan { hna: hna.to_owned() };
        let plan = self.act("start_care_plan", clinic.start_care_plan(start), shown).await?.id.to_string();
        for (concern, words) in MATTERS {
            let (plan, concern) = (plan.clone(), concern.to_owned());
            self.keep_place_in(clinic, patient, &plan, "care_plan", Some(&concern)).await?;
            let request = WriteWhatMatters { plan, concern, words: words.to_owned() };
            self.act("write_what_matters", clinic.write_what_matters(request), shown).await?;
        }
        for (place, (concern, typed)) in ACTIONS.iter().enumerate() {
            let request = AddAction { plan: plan.clone(), concern: (*concern).to_owned() };
            self.act("add_action", clinic.add_action(request), shown).await?;
            let typed = an_action(&plan, &format!("a-{}", place + 1), *typed);
            self.act("write_action", clinic.write_action(typed), shown).await?;
        }
        let one_too_many = AddAction { plan: plan.clone(), concern: "own-1".to_owned() };
        self.act("add_action", clinic.add_action(one_too_many), shown).await?;
        let action = format!("a-{}", ACTIONS.len() + 1);
        let remove = RemoveAction { plan: plan.clone(), action };
        let read = self.act("remove_action", clinic.remove_action(remove), shown).await?.revision;
        self.keep_place_in(clinic, patient, &plan, "plan_agree", None).await?;
        self.act("lock_care_plan", clinic.lock_care_plan(a_lock_of(&plan, read)), shown).await?;
        Ok(())
    }

    /// Locks the desk.
    pub async fn close(&mut self, clinic: &Clinic) {
        let close = async {
            clinic.close().await;
            Ok(())
        };
        self.act("lock", close, |()| Value::Null).await.unwrap();
    }

    async fn keep_place(
        &mut self,
        clinic: &Clinic,
        patient: &str,
        hna: &str,
        screen: &str,
        item: Option<&str>,
    ) -> Result<(), Problem> {
        let place = Place {
            screen: screen.to_owned(),
            patient: Some(patient.to_owned()),
            hna: Some(hna.to_owned()),
            record: None,
            item: item.map(str::to_owned),
        };
        let shown = shown(&place);
        self.act("keep_place", clinic.keep_place(place), |()| shown).await
    }

    /// The same on a screen that is about a plan.
    async fn keep_place_in(
        &mut self,
        clinic: &Clinic,
        patient: &str,
        record: &str,
        screen: &str,
        item: Option<&str>,
    ) -> Result<(), Problem> {
        let place = Place {
            screen: screen.to_owned(),
            patient: Some(patient.to_owned()),
            hna: None,
            record: Some(record.to_owned()),
            item: item.map(str::to_owned),
        };
        let shown = shown(&place);
        self.act("keep_place", clinic.keep_place(place), |()| shown).await
    }
}

/// What is typed into an action: its kind, what was agreed, who does it, that one's name, and by when.
pub type Typed = [&'static str; 5];

/// An action as it is typed, not done yet.
pub fn an_action(plan: &str, action: &str, [kind, what, owner, owner_name, due]: Typed) -> WriteAction {
    WriteAction {
        plan: plan.to_owned(),
        action: action.to_owned(),
        kind: Some(kind.to_owned()),
        what: what.to_owned(),
        owner: Some(owner.to_owned()),
        owner_name: owner_name.to_owned(),
        due: due.to_owned(),
    }
}

/// Ruth reads the plan of somebody who was born on 14 July, and locks it as she has read it.
pub async fn a_lock(clinic: &Clinic, plan: &str) -> LockCarePlan {
    let read = clinic.read_care_plan(ReadCarePlan { plan: plan.to_owned(), version: None }).await;
    // One that cannot be read has no revision.
    a_lock_of(plan, read.map_or(0, |view| view.revision))
}

/// The same when this revision was read.
pub fn a_lock_of(plan: &str, revision: i64) -> LockCarePlan {
    LockCarePlan {
        plan: plan.to_owned(),
        revision,
        day: "14".to_owned(),
        month: "7".to_owned(),
        passphrase: typed(RUTHS_PASSPHRASE),
    }
}

/// A request about one concern.
pub fn one_of(hna: &str, concern: &str) -> OneConcern {
    OneConcern { hna: hna.to_owned(), concern: concern.to_owned() }
}

/// A view as the screen gets it.
pub fn shown<V: Serialize>(view: &V) -> Value {
    serde_json::to_value(view).unwrap()
}

/// What stays of an overview while others look at the patient and assess her.
pub fn overview(view: &Overview) -> Value {
    serde_json::json!({ "banner": view.banner, "revision": view.revision, "form": view.form })
}

/// What an overview shows of offers, and whose they are.
pub fn offered(view: &Overview) -> Value {
    serde_json::json!({ "patient": view.banner.id, "offers": view.offers })
}

/// What somebody began and nobody ended: everything of the work list but the offers that are due by the dates of the cancer alone.
pub fn begun(today: Today) -> Vec<WorkItem> {
    today.work.into_iter().filter(|item| item.kind != WorkKind::OfferDue).collect()
}
