//! What happened at the trust that a person should know of, and what a person says to it. Nothing here is changed by it.

use domain::op::Op;
use domain::record::RecordKind;
use serde::Serialize;
use store::{Notice, NoticeKind, Settled, Store, readable};
use ts_rs::TS;

use crate::clinic::Clinic;
use crate::patient_view::Banner;
use crate::problem::{Code, Problem};
use crate::request::requests;
use crate::sync_page::{SyncPage, ViewSync};
use crate::when::{When, day_of};

/// The longest list of notices that is shown.
pub(crate) const MOST_NOTICES: u32 = 100;

requests! {
    SettleNotice {
        notice: i64,
        #[ts(type = "Settled")]
        answer: String,
        /// As in `ViewSync`.
        visit: u32,
    }
}

/// Something at the trust that waits for a person to see it, or to say what it means.
#[derive(Serialize, TS)]
pub struct NoticeLine {
    #[ts(type = "number")]
    pub notice: i64,
    pub at: When,
    #[ts(type = "NoticeKind")]
    pub kind: NoticeKind,
    /// Whom it is about; null for several, and for somebody who is not here.
    pub banner: Option<Banner>,
    /// What kind of record it is about; null for several, and for what is none of ours.
    #[ts(type = "Noun | null")]
    pub noun: Option<RecordKind>,
    /// How many it is about.
    pub count: u32,
    /// What a person can say to it.
    #[ts(type = "Array<Settled>")]
    pub answers: &'static [Settled],
    /// What it is called there, for IT: type and id, or the id of the patient there; may be empty.
    pub there: String,
}

impl Clinic {
    /// Keeps what a person says to a notice, and shows how sending stands then. `gone` when nobody is asked any more, or not that. What was
    /// lost at the trust goes again from here; what is to be looked for is looked for at the next look at the trust.
    pub async fn settle_notice(&self, request: SettleNotice) -> Result<SyncPage, Problem> {
        let answer = Settled::from_code(&request.answer).ok_or(Code::Gone)?;
        let op = if answer == Settled::SendAgain { Op::SendAgain } else { Op::SettleNotice };
        let by = self.by_for(op)?;
        let settle = move |store: &mut Store| {
            store.write::<_, Problem>(&by, op, |w| {
                w.settle_notice(request.notice, answer)?.then_some(()).ok_or_else(|| Code::Gone.into())
            })
        };
        self.0.queue.run(settle).await?;
        self.changed(&[]);
        self.view_sync(ViewSync { visit: request.visit }).await
    }
}

/// The notices that wait for a person, the oldest first.
pub(crate) fn notice_lines(store: &Store, now: i64) -> Result<Vec<NoticeLine>, Problem> {
    let mut lines = Vec::new();
    for one in store.notices(MOST_NOTICES)? {
        let patient = one.patient.map(|patient| readable(store.patient(patient))).transpose()?.flatten().flatten();
        let banner = patient.map(|(patient, _)| Banner::of(&patient, day_of(now)));
        lines.push(notice_line(one, banner));
    }
    Ok(lines)
}

fn notice_line(one: Notice, banner: Option<Banner>) -> NoticeLine {
    let resource = one.resource.as_ref().map(|(kind, id)| format!("{kind}/{id}"));
    NoticeLine {
        notice: one.id,
        at: When::new(one.at),
        kind: one.kind,
        banner,
        noun: one.resource.as_ref().and_then(|(kind, _)| noun(kind)),
        count: one.count,
        answers: answers(one.kind),
        there: resource.or_else(|| one.there.map(|id| format!("Patient/{id}"))).unwrap_or_default(),
    }
}

/// What a person can say to a notice of this kind.
fn answers(kind: NoticeKind) -> &'static [Settled] {
    match kind {
        NoticeKind::ManyRemoved => &[Settled::LookAgain, Settled::Gone],
        NoticeKind::WentBack => &[Settled::SendAgain],
        _ => &[Settled::Seen],
    }
}

/// The record here that resources of this type there belong to.
fn noun(kind: &str) -> Option<RecordKind> {
    match kind {
        "Patient" | "Condition" | "Procedure" => Some(RecordKind::Patient),
        "QuestionnaireResponse" => Some(RecordKind::Hna),
        "CarePlan" | "Goal" | "ServiceRequest" => Some(RecordKind::CarePlan),
        "Composition" | "DocumentReference" | "Binary" => Some(RecordKind::TreatmentSummary),
        "Appointment" => Some(RecordKind::Appointment),
        "Task" => Some(RecordKind::Invitation),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_can_be_answered_and_what_means_something_is_never_just_seen() {
        for kind in NoticeKind::ALL {
            assert!(!answers(*kind).is_empty(), "{}", kind.code());
        }
        for kind in [NoticeKind::ManyRemoved, NoticeKind::WentBack] {
            assert!(!answers(kind).contains(&Settled::Seen), "{}", kind.code());
        }
    }
}
