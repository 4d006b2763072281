//! How concerns changed over all assessments of a patient: what each was in each, in which order they are told, and what is said of one.

use std::cmp::Reverse;

use jiff::civil::Date;

use crate::checklist::Checklist;
use crate::hna::{Answer, Concern, Hna, HnaStatus, Rating};
use crate::id::HnaId;

/// What a concern was in one assessment: four different things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stood {
    /// 0 only where it was scored again.
    Rated(Rating),
    /// The patient did not want to answer it, or anything of its area.
    Declined,
    /// It was raised, and nothing was answered.
    Unanswered,
    NotRaised,
}

/// An assessment with the checklist version it was made on and the day on which it was answered.
#[derive(Clone, Copy, Debug)]
pub struct Assessment<'a> {
    pub hna: &'a Hna,
    pub checklist: &'a Checklist,
    pub on: Date,
}

/// Every concern over the completed assessments of one patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The completed assessments, oldest first by the day of the answers.
    pub assessments: Vec<HnaId>,
    /// What matters most in the newest assessment first, in the patient's order; then by newer score, the highest first; ties in the order of
    /// the checklist, own words after it. Those without a newer score come last.
    pub concerns: Vec<Changed>,
}

/// One concern over the assessments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The code that names it across checklists; None for the patient's own words.
    pub code: Option<String>,
    /// As the newest assessment words it that has it.
    pub text: String,
    /// Its place among what matters most in the newest assessment, from 0.
    pub rank: Option<usize>,
    /// In the newest assessment the patient wanted to talk about it privately.
    pub private: bool,
    /// What it was in each of [`Change::assessments`].
    pub stood: Vec<Stood>,
}

/// What is said of a concern: how it stands now, and what it was before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// It has a score now, and had one.
    Was { was: Rating, now: Rating },
    /// It was never raised before.
    New { now: Rating },
    /// It was raised before without a score.
    FirstScore { now: Rating },
    /// It was not raised in the assessment it is compared with, but had been before.
    Back { now: Rating },
    /// The patient did not want to answer it now.
    Declined { was: Option<Rating> },
    /// It is raised, and nothing was answered now.
    Unanswered { was: Option<Rating> },
    /// It is not raised now.
    NotRaised { was: Option<Rating> },
}

impl Change {
    /// Over these assessments of one patient, given in any order; those that are not completed do not count.
    pub fn over<'a>(given: impl IntoIterator<Item = Assessment<'a>>) -> Change {
        let mut all: Vec<_> = given.into_iter().filter(|one| one.hna.status == HnaStatus::Completed).collect();
        // Of one day, the one that was started later is the newer.
        all.sort_by_key(|one| (one.on, one.hna.started_at));
        let mut concerns: Vec<Changed> = Vec::new();
        // Newest first, so that each concern has the words and the place that it has there.
        for one in all.iter().rev() {
            for concern in &one.hna.concerns {
                let code = code(one, concern).map(str::to_owned);
                let text = concern.text(one.checklist);
                if !concerns.iter().any(|known| known.is(code.as_deref(), text)) {
                    let text = text.to_owned();
                    concerns.push(Changed { code, text, rank: None, private: false, stood: Vec::new() });
                }
            }
        }
        for concern in &mut concerns {
            concern.stood = all.iter().map(|one| stood(one, concern)).collect();
            concern.rank = all.last().and_then(|newest| rank(newest, concern));
            let now = all.last().and_then(|newest| find(newest, concern));
            concern.private = now.is_some_and(|now| now.private);
        }
        if let Some(newest) = all.last() {
            let items = || newest.checklist.domains.iter().flat_map(|area| &area.items);
            let place = |concern: &Changed| match &concern.code {
                Some(code) => items().position(|item| &item.code == code).unwrap_or(usize::MAX - 1),
                None => usize::MAX,
            };
            let score = |concern: &Changed| concern.now_rated().map(Rating::score);
            concerns
                .sort_by_key(|concern| (concern.rank.unwrap_or(usize::MAX), Reverse(score(concern)), place(concern)));
        }
        Change { assessments: all.iter().map(|one| one.hna.id).collect(), concerns }
    }
}

impl Changed {
    /// Is it the concern of this code, or in these words where there is no code?
    pub fn is(&self, code: Option<&str>, words: &str) -> bool {
        match (&self.code, code) {
            (Some(known), Some(code)) => known == code,
            (None, None) => self.text.to_lowercase() == words.to_lowercase(),
            _ => false,
        }
    }

    /// What it is in the newest assessment.
    pub fn now(&self) -> Stood {
        self.stood.last().copied().unwrap_or(Stood::NotRaised)
    }

    /// Its newest score against the first it ever had: what a patient is told of all that was done.
    pub fn since_first(&self) -> Said {
        let before = self.before();
        let first = before.iter().copied().find_map(rated);
        self.said(first, before.iter().any(|stood| *stood != Stood::NotRaised), false)
    }

    /// Its newest score against the assessment before.
    pub fn since_last(&self) -> Said {
        let before = self.before();
        let last = before.last().copied().unwrap_or(Stood::NotRaised);
        let raised = before.iter().any(|stood| *stood != Stood::NotRaised);
        self.said(rated(last), raised, last == Stood::NotRaised)
    }

    /// The newest score less the first one, -10 to 9: below 0 is lighter. None without two scores.
    pub fn difference(&self) -> Option<i16> {
        match self.since_first() {
            Said::Was { was, now } => Some(i16::from(now.score()) - i16::from(was.score())),
            _ => None,
        }
    }

    fn said(&self, was: Option<Rating>, raised: bool, back: bool) -> Said {
        match (self.now(), was) {
            (Stood::Rated(now), Some(was)) => Said::Was { was, now },
            (Stood::Rated(now), None) if !raised => Said::New { now },
            (Stood::Rated(now), None) if back => Said::Back { now },
            (Stood::Rated(now), None) => Said::FirstScore { now },
            (Stood::Declined, was) => Said::Declined { was },
            (Stood::Unanswered, was) => Said::Unanswered { was },
            (Stood::NotRaised, was) => Said::NotRaised { was },
        }
    }

    fn before(&self) -> &[Stood] {
        self.stood.split_last().map_or(&[], |(_, before)| before)
    }

    fn now_rated(&self) -> Option<Rating> {
        rated(self.now())
    }
}

fn rated(stood: Stood) -> Option<Rating> {
    if let Stood::Rated(rating) = stood { Some(rating) } else { None }
}

fn code<'a>(one: &Assessment<'a>, concern: &Concern) -> Option<&'a str> {
    one.checklist.item(concern.key.as_str()).map(|(_, item)| item.code.as_str())
}

fn find<'a>(one: &Assessment<'a>, wanted: &Changed) -> Option<&'a Concern> {
    one.hna.concerns.iter().find(|concern| wanted.is(code(one, concern), concern.text(one.checklist)))
}

fn rank(newest: &Assessment<'_>, wanted: &Changed) -> Option<usize> {
    let concern = find(newest, wanted)?;
    newest.hna.ranked.iter().position(|key| *key == concern.key)
}

fn stood(one: &Assessment<'_>, wanted: &Changed) -> Stood {
    match find(one, wanted).map(|concern| concern.answer) {
        Some(Answer::Rated(rating)) => Stood::Rated(rating),
        Some(Answer::Declined) => Stood::Declined,
        Some(Answer::Unanswered) => Stood::Unanswered,
        None if area_declined(one, wanted) => Stood::Declined,
        None => Stood::NotRaised,
    }
}

/// Whoever does not want to be asked about an area does not say that its concerns are gone.
fn area_declined(one: &Assessment<'_>, wanted: &Changed) -> bool {
    let has = |code: &str| one.checklist.domains.iter().find(|area| area.items.iter().any(|item| item.code == code));
    let area = wanted.code.as_deref().and_then(has);
    area.is_some_and(|area| one.hna.declined_domains.contains(&area.key))
}

#[cfg(test)]
#[path = "change_tests.rs"]
mod tests;
