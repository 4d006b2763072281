//! The acts of an assessment: each answer is durable before its view is returned.

use std::sync::Arc;

use domain::Refused;
use domain::checklist::Checklist;
use domain::hna::{Answer, AnsweredBy, Beginning, ConcernKey, Hna, Method, PathwayPoint};
use domain::id::{HnaId, PatientId};
use domain::op::Op;
use domain::record::Record;
use store::{SavedHna, Store};

use crate::clinic::{Clinic, Noun, Open};
use crate::death::answered_on;
use crate::faults::Faults;
use crate::hna_view::{ChecklistView, HnaView, hna_view};
use crate::patient_form::TypedDate;
use crate::problem::{Code, Problem};
use crate::request::requests;
use crate::when::day_of;

requests! {
    StartHna {
        #[ts(type = "PatientId")] patient: String,
        day: String,
        month: String,
        #[ts(type = "AnsweredBy | null")] answered_by: Option<String>,
        helper: String,
        #[ts(type = "Method | null")] method: Option<String>,
        #[ts(type = "PathwayPoint | null")] pathway_point: Option<String>,
        /// `url|version` of one that is offered; null for the usual one.
        checklist: Option<String>,
        /// The day on which a paper form was filled in; null when the answers are taken now.
        answered_on: Option<TypedDate>,
    }
    /// The concerns of a completed assessment are scored again, on the checklist version that it was made on.
    ScoreAgain {
        #[ts(type = "HnaId")] hna: String,
        day: String,
        month: String,
        #[ts(type = "AnsweredBy | null")] answered_by: Option<String>,
        helper: String,
        #[ts(type = "Method | null")] method: Option<String>,
        #[ts(type = "PathwayPoint | null")] pathway_point: Option<String>,
        /// The day on which a paper form was filled in; null when the answers are taken now.
        answered_on: Option<TypedDate>,
    }
    ReadHna { #[ts(type = "HnaId")] hna: String }
    OneConcern { #[ts(type = "HnaId")] hna: String, #[ts(type = "ConcernKey")] concern: String }
    AddOwnConcern { #[ts(type = "HnaId")] hna: String, words: String }
    DeclineDomain { #[ts(type = "HnaId")] hna: String, domain: String, declined: bool }
    RateConcern { #[ts(type = "HnaId")] hna: String, #[ts(type = "ConcernKey")] concern: String, rating: i64 }
    TalkPrivately { #[ts(type = "HnaId")] hna: String, #[ts(type = "ConcernKey")] concern: String, wanted: bool }
    RankConcerns { #[ts(type = "HnaId")] hna: String, #[ts(type = "Array<ConcernKey>")] order: Vec<String> }
    WantInformation { #[ts(type = "HnaId")] hna: String, topic: String, wanted: bool }
    WriteQuestions { #[ts(type = "HnaId")] hna: String, words: String }
    CompleteHna { #[ts(type = "HnaId")] hna: String, day: String, month: String }
    DiscardHna { #[ts(type = "HnaId")] hna: String, reason: String }
    ReadChecklist { checklist: String }
}

impl Clinic {
    /// Starts an assessment for the patient whose day and month of birth were typed again (`identity_differs` when they differ).
    pub async fn start_hna(&self, request: StartHna) -> Result<HnaView, Problem> {
        let by = self.by_for(Op::StartHna)?;
        let open = self.0.clone();
        let patient = PatientId::parse(&request.patient).ok_or(Code::Gone)?;
        let id = HnaId::from_random(open.profile.world.bytes()?);
        let mut hna = Hna::start(id, beginning(patient, &request)?, &by);
        let seen = self
            .0
            .queue
            .run(move |store| {
                let (person, _) = store.patient(patient)?.ok_or(Code::Gone)?;
                person.confirm(&request.day, &request.month)?;
                hna.check_day(person.born, day_of(by.at))?;
                person.living_on(answered_on(&hna))?;
                hna.checklist = open.content.chosen(store, request.checklist.as_deref())?.canonical.clone();
                let body = open.content.body(store, &hna.checklist)?.ok_or(Code::Gone)?;
                store.write::<_, Problem>(&by, Op::StartHna, |w| {
                    w.keep_checklist(&hna.checklist, &body)?;
                    Ok(w.save_hna(&hna, None)?)
                })?;
                let saved = SavedHna { hna, revision: 1, saved_at: by.at, sending: None };
                hna_view(store, &open.content, &saved, by.at)
            })
            .await?;
        self.changed(&[Noun::Hna]);
        Ok(seen)
    }

    /// Starts an assessment in which the concerns of a completed one are listed to be scored again, 0 to 10, for the patient whose day and
    /// month of birth were typed again.
    pub async fn score_again(&self, request: ScoreAgain) -> Result<HnaView, Problem> {
        let by = self.by_for(Op::ScoreAgain)?;
        let (open, former) = (self.0.clone(), HnaId::parse(&request.hna).ok_or(Code::Gone)?);
        let id = HnaId::from_random(open.profile.world.bytes()?);
        let start = move |store: &mut Store| {
            let former = store.hna(former)?.ok_or(Code::Gone)?.hna;
            let (person, _) = store.patient(former.patient)?.ok_or(Code::Gone)?;
            let request = request.start(former.patient);
            let hna = Hna::start(id, beginning(former.patient, &request)?, &by).scores_again(&former)?;
            person.confirm(&request.day, &request.month)?;
            hna.check_day(person.born, day_of(by.at))?;
            person.living_on(answered_on(&hna))?;
            store.write::<_, Problem>(&by, Op::ScoreAgain, |w| Ok(w.save_hna(&hna, None)?))?;
            let saved = SavedHna { hna, revision: 1, saved_at: by.at, sending: None };
            hna_view(store, &open.content, &saved, by.at)
        };
        let seen = self.0.queue.run(start).await?;
        self.changed(&[Noun::Hna]);
        Ok(seen)
    }

    /// Reads an assessment; the look is an audit line.
    pub async fn read_hna(&self, request: ReadHna) -> Result<HnaView, Problem> {
        let by = self.by_for(Op::ReadHna)?;
        let open = self.0.clone();
        let id = HnaId::parse(&request.hna).ok_or(Code::Gone)?;
        self.0
            .queue
            .run(move |store| {
                let saved = store.hna(id)?.ok_or(Code::Gone)?;
                store.write::<_, Problem>(&by, Op::ReadHna, |w| {
                    w.about(Record::hna(id, saved.hna.patient));
                    Ok(())
                })?;
                hna_view(store, &open.content, &saved, by.at)
            })
            .await
    }

    /// Raises a concern of the checklist.
    pub async fn tick_concern(&self, request: OneConcern) -> Result<HnaView, Problem> {
        let key = ConcernKey::new(&request.concern);
        self.change_hna(Op::TickConcern, &request.hna, move |hna, list| hna.tick(list, &key)).await
    }

    /// Takes a concern off with its answer and rank.
    pub async fn untick_concern(&self, request: OneConcern) -> Result<HnaView, Problem> {
        let key = ConcernKey::new(&request.concern);
        self.change_hna(Op::UntickConcern, &request.hna, move |hna, _| hna.untick(&key)).await
    }

    /// Adds something else in the patient's own words.
    pub async fn add_own_concern(&self, request: AddOwnConcern) -> Result<HnaView, Problem> {
        self.change_hna(Op::AddOwnConcern, &request.hna, move |hna, _| hna.add_own(&request.words)).await
    }

    /// Records that the patient does not want to answer questions of an area.
    pub async fn decline_domain(&self, request: DeclineDomain) -> Result<HnaView, Problem> {
        let DeclineDomain { hna, domain, declined } = request;
        self.change_hna(Op::DeclineDomain, &hna, move |hna, list| hna.decline_domain(list, &domain, declined)).await
    }

    /// Scores a concern, 1-10; also 0 where concerns are scored again.
    pub async fn rate_concern(&self, request: RateConcern) -> Result<HnaView, Problem> {
        let (key, rating) = (ConcernKey::new(&request.concern), request.rating);
        self.change_hna(Op::RateConcern, &request.hna, move |hna, _| hna.rate(&key, rating)).await
    }

    /// Records that the patient does not want to answer this one.
    pub async fn decline_concern(&self, request: OneConcern) -> Result<HnaView, Problem> {
        let key = ConcernKey::new(&request.concern);
        self.change_hna(Op::DeclineConcern, &request.hna, move |hna, _| hna.answer(&key, Answer::Declined)).await
    }

    /// Records the wish to talk about a concern privately.
    pub async fn talk_privately(&self, request: TalkPrivately) -> Result<HnaView, Problem> {
        let key = ConcernKey::new(&request.concern);
        self.change_hna(Op::TalkPrivately, &request.hna, move |hna, _| hna.talk_privately(&key, request.wanted)).await
    }

    /// Puts up to four concerns first.
    pub async fn rank_concerns(&self, request: RankConcerns) -> Result<HnaView, Problem> {
        let order = request.order.iter().map(|key| ConcernKey::new(key)).collect();
        self.change_hna(Op::RankConcerns, &request.hna, move |hna, _| hna.rank(order)).await
    }

    /// Records that information about a topic is wanted.
    pub async fn want_information(&self, request: WantInformation) -> Result<HnaView, Problem> {
        let WantInformation { hna, topic, wanted } = request;
        self.change_hna(Op::WantInformation, &hna, move |hna, list| hna.want_information(list, &topic, wanted)).await
    }

    /// Keeps the patient's questions.
    pub async fn write_questions(&self, request: WriteQuestions) -> Result<HnaView, Problem> {
        self.change_hna(Op::WriteQuestions, &request.hna, move |hna, _| hna.write_questions(&request.words)).await
    }

    /// Completes the assessment of the patient whose day and month of birth were typed again; the same transaction adds the sending.
    pub async fn complete_hna(&self, request: CompleteHna) -> Result<HnaView, Problem> {
        let (open, id) = (self.0.clone(), HnaId::parse(&request.hna).ok_or(Code::Gone)?);
        let at = open.profile.world.now();
        let (check, by) = (open.clone(), self.by());
        let look = move |store: &mut store::Store| {
            let hna = store.hna(id)?.ok_or(Code::Gone)?.hna;
            let (patient, _) = store.patient(hna.patient)?.ok_or(Code::Gone)?;
            patient.confirm(&request.day, &request.month)?;
            // Before the day is looked at: what the patient answered alone has a day of its own.
            check.profile.take_back_of(store, &check.content, &by, check.training.is_some(), id)?;
            Ok(patient.living_on(hna.answered_on.unwrap_or_else(|| day_of(at)))?)
        };
        open.queue.run(look).await?;
        self.change_hna(Op::CompleteHna, &request.hna, move |hna, _| hna.complete(at)).await
    }

    /// Ends a draft that will not be completed, with a reason.
    pub async fn discard_hna(&self, request: DiscardHna) -> Result<HnaView, Problem> {
        self.change_hna(Op::DiscardHna, &request.hna, move |hna, _| hna.discard(&request.reason)).await
    }

    /// The wording of a checklist version.
    pub async fn read_checklist(&self, request: ReadChecklist) -> Result<ChecklistView, Problem> {
        let open = self.0.clone();
        self.0.queue.run(move |store| Ok(ChecklistView::of(&*open.content.checklist(store, &request.checklist)?))).await
    }

    /// Reads the draft, applies one change and makes it durable; a change that changes nothing writes nothing.
    async fn change_hna(
        &self,
        op: Op,
        hna: &str,
        change: impl FnOnce(Hna, &Checklist) -> Result<Hna, Refused> + Send + 'static,
    ) -> Result<HnaView, Problem> {
        let by = self.by_for(op)?;
        let open: Arc<Open> = self.0.clone();
        let id = HnaId::parse(hna).ok_or(Code::Gone)?;
        let seen = self
            .0
            .queue
            .run(move |store| {
                // Nothing that the patient answered alone, and was told is saved, is left behind.
                open.profile.take_back_of(store, &open.content, &by, open.training.is_some(), id)?;
                let before = store.hna(id)?.ok_or(Code::Gone)?;
                let checklist = open.content.checklist(store, &before.hna.checklist)?;
                let after = change(before.hna.clone(), &checklist)?;
                if after == before.hna {
                    return hna_view(store, &open.content, &before, by.at);
                }
                store.write::<_, Problem>(&by, op, |w| Ok(w.save_hna(&after, Some(before.revision))?))?;
                let saved = SavedHna { hna: after, revision: before.revision + 1, saved_at: by.at, ..before };
                hna_view(store, &open.content, &saved, by.at)
            })
            .await?;
        self.changed(&[Noun::Hna]);
        Ok(seen)
    }
}

impl ScoreAgain {
    /// The same as a start, for the patient of the assessment that is scored again.
    fn start(self, patient: PatientId) -> StartHna {
        let ScoreAgain { hna: _, day, month, answered_by, helper, method, pathway_point, answered_on } = self;
        let (patient, checklist) = (patient.to_string(), None);
        StartHna { patient, day, month, answered_by, helper, method, pathway_point, checklist, answered_on }
    }
}

/// What was chosen at the start; nothing is chosen beforehand.
fn beginning(patient: PatientId, request: &StartHna) -> Result<Beginning, Problem> {
    let mut faults = Faults::default();
    let answered_by = request.answered_by.as_deref().and_then(AnsweredBy::from_code);
    // The patient alone at this PC, and at home: those begin otherwise.
    let method = request.method.as_deref().and_then(Method::from_code);
    let method = method.filter(|method| !matches!(method, Method::ThisPc | Method::Home));
    let pathway_point = request.pathway_point.as_deref().and_then(PathwayPoint::from_code);
    let missing = [
        ("answered_by", answered_by.is_none()),
        ("method", method.is_none()),
        ("pathway_point", pathway_point.is_none()),
    ];
    for (field, _) in missing.iter().filter(|(_, missing)| *missing) {
        faults.add(field, "missing");
    }
    // Not every interpreter's name is known: an empty one says so.
    let helper = faults.optional_line("helper", &request.helper);
    let answered_on = match (method, &request.answered_on) {
        (Some(Method::Paper), Some(typed)) if !typed.is_empty() => typed.read("answered_on", &mut faults),
        (Some(Method::Paper), _) => {
            faults.add("answered_on", "missing");
            None
        }
        _ => None,
    };
    faults.none()?;
    let (Some(answered_by), Some(method), Some(pathway_point)) = (answered_by, method, pathway_point) else {
        return Err(Problem::unexpected());
    };
    // Named beside the database, which knows the newest versions.
    let checklist = String::new();
    Ok(Beginning { patient, checklist, answered_by, helper, method, pathway_point, answered_on })
}
