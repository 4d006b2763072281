//! How a patient's concerns changed over all assessments, as the screen shows it and as the overview says it.

use std::collections::BTreeMap;

use domain::change::{Assessment, Change, Changed, Said, Stood};
use domain::hna::{ConcernKey, Hna, HnaStatus, Method, Rating};
use domain::id::{HnaId, PatientId};
use domain::op::Op;
use domain::record::Record;
use jiff::civil::Date;
use serde::Serialize;
use store::Store;
use ts_rs::TS;

use crate::clinic::Clinic;
use crate::content::Content;
use crate::death::answered_on;
use crate::patient_view::Banner;
use crate::problem::{Code, Problem};
use crate::request::requests;
use crate::when::{Day, day_of};

requests! {
    ReadChanges { #[ts(type = "PatientId")] patient: String }
}

/// Every concern over the completed assessments of a patient.
#[derive(Serialize, TS)]
pub struct ChangesView {
    #[ts(type = "PatientId")]
    pub patient: PatientId,
    pub banner: Banner,
    /// The newest assessment: what the paper of it is named by.
    #[ts(type = "HnaId")]
    pub newest: HnaId,
    /// Two or more, oldest first.
    pub assessments: Vec<AssessmentOf>,
    /// What matters most now first, then by newer score, then in the order of the checklist.
    pub concerns: Vec<ChangedView>,
}

#[derive(Serialize, TS)]
pub struct AssessmentOf {
    #[ts(type = "HnaId")]
    pub id: HnaId,
    pub on: Day,
    #[ts(type = "Method")]
    pub method: Method,
}

#[derive(Serialize, TS)]
pub struct ChangedView {
    pub text: String,
    /// Among what matters most now.
    pub ranked: bool,
    /// The patient wants to talk about it privately.
    pub private: bool,
    /// What it was in each assessment.
    pub stood: Vec<StoodView>,
    /// Now against the first score.
    pub since_first: ChangeSaidView,
    /// Now against the assessment before.
    pub since_last: ChangeSaidView,
}

/// What changed since the assessment before the newest, for the overview.
#[derive(Serialize, TS)]
pub struct SinceLast {
    pub from: Day,
    pub to: Day,
    pub assessments: usize,
    /// Every concern, in the order in which they are told.
    pub concerns: Vec<ChangedLine>,
}

#[derive(Serialize, TS)]
pub struct ChangedLine {
    pub text: String,
    pub ranked: bool,
    /// The patient wants to talk about it privately.
    pub private: bool,
    pub said: ChangeSaidView,
}

/// What a concern was in one assessment.
#[derive(Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(rename = "Stood")]
pub enum StoodView {
    Rated { rating: u8 },
    Declined,
    Unanswered,
    NotRaised,
}

/// What is said of a concern.
#[derive(Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(rename = "ChangeSaid")]
pub enum ChangeSaidView {
    Was { was: u8, now: u8 },
    New { now: u8 },
    FirstScore { now: u8 },
    Back { now: u8 },
    Declined { was: Option<u8> },
    Unanswered { was: Option<u8> },
    NotRaised { was: Option<u8> },
}

impl Clinic {
    /// How a patient's concerns changed; the look is an audit line. `gone` while there are not two completed assessments.
    pub async fn read_changes(&self, request: ReadChanges) -> Result<ChangesView, Problem> {
        let by = self.by_for(Op::ReadChanges)?;
        let (open, id) = (self.0.clone(), PatientId::parse(&request.patient).ok_or(Code::Gone)?);
        let read = move |store: &mut Store| {
            let Over { change, hnas } = Over::all(store, &open.content, id)?.compared()?;
            let (person, _) = store.patient(id)?.ok_or(Code::Gone)?;
            let newest = *change.assessments.last().ok_or(Code::Gone)?;
            store.write::<_, Problem>(&by, Op::ReadChanges, |w| {
                w.about(Record::hna(newest, id));
                Ok(())
            })?;
            let assessments =
                hnas.iter().map(|hna| AssessmentOf { id: hna.id, on: Day::new(answered_on(hna)), method: hna.method });
            Ok(ChangesView {
                patient: id,
                banner: Banner::of(&person, day_of(by.at)),
                newest,
                assessments: assessments.collect(),
                concerns: change.concerns.iter().map(ChangedView::of).collect(),
            })
        };
        self.0.queue.run(read).await
    }
}

/// A change and the assessments it is over, oldest first.
pub(crate) struct Over {
    pub change: Change,
    pub hnas: Vec<Hna>,
}

impl Over {
    /// Over every completed assessment of a patient.
    pub fn all(store: &Store, content: &Content, patient: PatientId) -> Result<Over, Problem> {
        // Oldest first: of two that were started at the same moment the later one is the newer.
        let all = store.hnas_of(patient)?.into_iter().rev().map(|saved| saved.hna);
        Over::of(store, content, all.filter(|hna| hna.status == HnaStatus::Completed).collect())
    }

    /// The same as it stood when this assessment was the newest; later ones are left out.
    pub fn until(store: &Store, content: &Content, newest: &Hna) -> Result<Over, Problem> {
        let place = |hna: &Hna| (answered_on(hna), hna.started_at);
        let mut over = Over::all(store, content, newest.patient)?;
        over.hnas.retain(|hna| place(hna) <= place(newest));
        Over::of(store, content, over.hnas)
    }

    /// Refused as `gone` while there are not two to compare.
    pub fn compared(self) -> Result<Over, Problem> {
        if self.hnas.len() < 2 { Err(Code::Gone.into()) } else { Ok(self) }
    }

    /// The days of the answers, oldest first.
    pub fn days(&self) -> Vec<Date> {
        self.hnas.iter().map(answered_on).collect()
    }

    /// What each concern of the newest assessment was in the one before, where it has a score in both.
    pub fn was(&self, store: &Store, content: &Content) -> Result<BTreeMap<ConcernKey, Rating>, Problem> {
        let Some(newest) = self.hnas.last() else { return Ok(BTreeMap::new()) };
        let checklist = content.checklist(store, &newest.checklist)?;
        let was = newest.concerns.iter().filter_map(|concern| {
            let code = checklist.item(concern.key.as_str()).map(|(_, item)| item.code.as_str());
            let changed = self.change.concerns.iter().find(|one| one.is(code, concern.text(&checklist)))?;
            match changed.since_last() {
                Said::Was { was, .. } => Some((concern.key.clone(), was)),
                _ => None,
            }
        });
        Ok(was.collect())
    }

    /// What the overview says; None while there are not two assessments.
    pub fn since_last(&self) -> Option<SinceLast> {
        let [.., before, newest] = self.hnas.as_slice() else { return None };
        let line = |one: &Changed| ChangedLine {
            text: one.text.clone(),
            ranked: one.rank.is_some(),
            private: one.private,
            said: one.since_last().into(),
        };
        Some(SinceLast {
            from: Day::new(answered_on(before)),
            to: Day::new(answered_on(newest)),
            assessments: self.hnas.len(),
            concerns: self.change.concerns.iter().map(line).collect(),
        })
    }

    fn of(store: &Store, content: &Content, mut hnas: Vec<Hna>) -> Result<Over, Problem> {
        let mut lists = Vec::with_capacity(hnas.len());
        for hna in &hnas {
            lists.push(content.checklist(store, &hna.checklist)?);
        }
        let given = hnas.iter().zip(&lists);
        let change = Change::over(given.map(|(hna, checklist)| Assessment { hna, checklist, on: answered_on(hna) }));
        hnas.sort_by_key(|hna| change.assessments.iter().position(|id| *id == hna.id));
        Ok(Over { change, hnas })
    }
}

impl ChangedView {
    fn of(changed: &Changed) -> ChangedView {
        ChangedView {
            text: changed.text.clone(),
            ranked: changed.rank.is_some(),
            private: changed.private,
            stood: changed.stood.iter().map(|stood| StoodView::from(*stood)).collect(),
            since_first: changed.since_first().into(),
            since_last: changed.since_last().into(),
        }
    }
}

impl From<Stood> for StoodView {
    fn from(stood: Stood) -> StoodView {
        match stood {
            Stood::Rated(rating) => StoodView::Rated { rating: rating.score() },
            Stood::Declined => StoodView::Declined,
            Stood::Unanswered => StoodView::Unanswered,
            Stood::NotRaised => StoodView::NotRaised,
        }
    }
}

impl From<Said> for ChangeSaidView {
    fn from(said: Said) -> ChangeSaidView {
        let score = |rating: Option<Rating>| rating.map(Rating::score);
        match said {
            Said::Was { was, now } => ChangeSaidView::Was { was: was.score(), now: now.score() },
            Said::New { now } => ChangeSaidView::New { now: now.score() },
            Said::FirstScore { now } => ChangeSaidView::FirstScore { now: now.score() },
            Said::Back { now } => ChangeSaidView::Back { now: now.score() },
            Said::Declined { was } => ChangeSaidView::Declined { was: score(was) },
            Said::Unanswered { was } => ChangeSaidView::Unanswered { was: score(was) },
            Said::NotRaised { was } => ChangeSaidView::NotRaised { was: score(was) },
        }
    }
}
