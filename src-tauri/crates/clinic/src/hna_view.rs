//! An assessment and its checklist as the screen shows them.

use domain::checklist::{Checklist, Item};
use domain::hna::{Answer, AnsweredBy, Concern, HnaStatus, MOST_RANKED, Method, PathwayPoint};
use domain::id::{HnaId, PatientId};
use serde::Serialize;
use store::{SavedHna, Store};
use ts_rs::TS;

use crate::content::Content;
use crate::death::answered_on;
use crate::hand_over::HandOverLine;
use crate::patient_view::Banner;
use crate::problem::{Code, Problem};
use crate::when::{Day, When, day_of};

#[derive(Serialize, TS)]
pub struct HnaView {
    #[ts(type = "HnaId")]
    pub id: HnaId,
    #[ts(type = "PatientId")]
    pub patient: PatientId,
    pub banner: Banner,
    #[ts(type = "HnaStatus")]
    pub status: HnaStatus,
    pub revision: i64,
    /// `url|version`.
    pub checklist: String,
    #[ts(type = "AnsweredBy")]
    pub answered_by: AnsweredBy,
    pub helper: Option<String>,
    #[ts(type = "Method")]
    pub method: Method,
    /// The day on which it was answered, where it was typed in or came in later; null when it was typed while it was answered.
    pub answered_on: Option<Day>,
    #[ts(type = "PathwayPoint")]
    pub pathway_point: PathwayPoint,
    pub typed_by: String,
    pub started: When,
    pub completed: Option<When>,
    /// When the last answer became durable.
    pub saved: When,
    /// In checklist order, the patient's own words last.
    pub concerns: Vec<ConcernView>,
    pub declined_domains: Vec<String>,
    /// How many may be ranked.
    pub most_ranked: usize,
    /// What matters most today, most important first.
    #[ts(type = "Array<ConcernKey>")]
    pub ranked: Vec<String>,
    pub information: Vec<String>,
    pub questions: String,
    /// The day of the assessment whose concerns are scored again, where 0 is a score too; null for any other assessment.
    pub again: Option<Day>,
    /// First concern without an answer, or null.
    #[ts(type = "ConcernKey | null")]
    pub next_unanswered: Option<String>,
    pub discard_reason: Option<String>,
    /// When the patient last answered alone at this PC, and what came of it; null when that never was.
    pub hand_over: Option<HandOverLine>,
    /// The patient answered alone, and what was answered could not be taken in yet: nothing changes before it was.
    pub answers_waiting: bool,
}

#[derive(Serialize, TS)]
pub struct ConcernView {
    #[ts(type = "ConcernKey")]
    pub key: String,
    /// The area's key; null for the patient's own words.
    pub domain: Option<String>,
    pub text: String,
    pub own: bool,
    pub answer: AnswerView,
    pub private: bool,
}

#[derive(Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(rename = "Answer")]
pub enum AnswerView {
    Unanswered,
    Declined,
    Rated { rating: u8 },
}

impl From<Answer> for AnswerView {
    fn from(answer: Answer) -> AnswerView {
        match answer {
            Answer::Unanswered => AnswerView::Unanswered,
            Answer::Declined => AnswerView::Declined,
            Answer::Rated(rating) => AnswerView::Rated { rating: rating.score() },
        }
    }
}

#[derive(Serialize, TS)]
pub struct ChecklistView {
    pub key: String,
    pub title: String,
    pub question: String,
    pub low: String,
    pub high: String,
    pub domains: Vec<DomainView>,
    pub topics: Vec<TopicView>,
}

#[derive(Serialize, TS)]
pub struct DomainView {
    pub key: String,
    pub title: String,
    pub items: Vec<ItemView>,
}

#[derive(Serialize, TS)]
pub struct ItemView {
    #[ts(type = "ConcernKey")]
    pub key: String,
    pub text: String,
}

#[derive(Serialize, TS)]
pub struct TopicView {
    pub key: String,
    pub text: String,
}

impl ChecklistView {
    pub(crate) fn of(list: &Checklist) -> ChecklistView {
        let item = |item: &Item| ItemView { key: item.key.clone(), text: item.text.clone() };
        let domains = list.domains.iter().map(|area| DomainView {
            key: area.key.clone(),
            title: area.title.clone(),
            items: area.items.iter().map(item).collect(),
        });
        ChecklistView {
            key: list.canonical.clone(),
            title: list.title.clone(),
            question: list.question.clone(),
            low: list.low.clone(),
            high: list.high.clone(),
            domains: domains.collect(),
            topics: list
                .topics
                .iter()
                .map(|topic| TopicView { key: topic.key.clone(), text: topic.text.clone() })
                .collect(),
        }
    }
}

/// Shows an assessment as it was saved.
pub(crate) fn hna_view(store: &Store, content: &Content, saved: &SavedHna, now: i64) -> Result<HnaView, Problem> {
    let hna = &saved.hna;
    let (patient, _) = store.patient(hna.patient)?.ok_or(Code::Gone)?;
    let checklist = content.checklist(store, &hna.checklist)?;
    let unanswered = hna.concerns.iter().find(|concern| concern.answer == Answer::Unanswered);
    let former = match hna.again {
        Some(former) => store.hna(former)?,
        None => None,
    };
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Ok(HnaView {
        id: hna.id,
        patient: hna.patient,
        banner: Banner::of(&patient, day_of(now)),
        status: hna.status,
        revision: saved.revision,
        checklist: hna.checklist.clone(),
        answered_by: hna.answered_by,
        helper: some(&hna.helper),
        method: hna.method,
        answered_on: hna.answered_on.map(Day::new),
        pathway_point: hna.pathway_point,
        typed_by: hna.typed_by_name.clone(),
        started: When::new(hna.started_at),
        completed: hna.completed_at.map(When::new),
        saved: When::new(saved.saved_at),
        next_unanswered: unanswered.map(|concern| concern.key.as_str().to_owned()),
        concerns: hna.concerns.iter().map(|concern| ConcernView::of(&checklist, concern)).collect(),
        declined_domains: hna.declined_domains.clone(),
        most_ranked: MOST_RANKED,
        ranked: hna.ranked.iter().map(|key| key.as_str().to_owned()).collect(),
        information: hna.information.clone(),
        questions: hna.questions.clone(),
        again: former.map(|saved| Day::new(answered_on(&saved.hna))),
        discard_reason: some(&hna.discard_reason),
        hand_over: HandOverLine::of(store, hna.id)?,
        answers_waiting: !store.handed_over_of(hna.id)?.is_empty(),
    })
}

impl ConcernView {
    pub(crate) fn of(checklist: &Checklist, concern: &Concern) -> ConcernView {
        ConcernView {
            key: concern.key.as_str().to_owned(),
            domain: checklist.item(concern.key.as_str()).map(|(area, _)| area.key.clone()),
            text: concern.text(checklist).to_owned(),
            own: concern.words.is_some(),
            answer: concern.answer.into(),
            private: concern.private,
        }
    }
}
