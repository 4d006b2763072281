//! What the header and the lists say of sending, and the acts of a person about it.

use domain::id::SendingId;
use domain::op::Op;
use domain::record::RecordKind;
use serde::Serialize;
use store::{Stopped, Store, Waiting, readable};
use sync::{Fault, Live, Reason};
use ts_rs::TS;

use crate::clinic::{Clinic, Desk, Open};
use crate::conflict_view::Correct;
use crate::patient_view::Banner;
use crate::problem::{Code, Problem};
use crate::request::requests;
use crate::when::{When, day_of};

/// The longest list of refused records that is shown.
pub(crate) const MOST_REFUSED: u32 = 200;

requests! {
    TryAgain { #[ts(type = "SendingId")] sending: String }
}

/// One of the four phrases, and why.
#[derive(Serialize, TS)]
pub struct Sending {
    #[ts(type = "\"saved_here\" | \"waiting\" | \"sent\" | \"needs_you\"")]
    pub phrase: &'static str,
    /// Records, not rows.
    pub count: u32,
    /// With `sent`: when the trust last acknowledged one. Else: since when nothing can be sent.
    pub at: Option<When>,
    #[ts(
        type = "\"no_server\" | \"server_unusable\" | \"other_server\" | \"server_unsafe\" | \"no_network\" | \"server_busy\" | \"sign_in\" | \"refused_here\" | \"sending\" | null"
    )]
    pub reason: Option<&'static str>,
    /// Records that wait, whatever the phrase is.
    pub waiting: u32,
    /// Records that need a person, whatever the phrase is.
    pub needs_you: u32,
    /// Records that were ever to be sent: those that neither wait nor need a person are at the trust.
    pub records: u32,
    /// When the trust last acknowledged one, whatever the phrase is.
    pub sent: Option<When>,
}

/// A record that the trust has not taken, and why.
#[derive(Serialize, TS)]
pub struct RefusedLine {
    #[ts(type = "SendingId")]
    pub sending: SendingId,
    /// Whose record it is; null for one that is nobody's.
    pub banner: Option<Banner>,
    #[ts(type = "Noun")]
    pub kind: RecordKind,
    /// The record's own id.
    pub record: String,
    pub at: When,
    #[ts(type = "RefusalReason")]
    pub reason_code: Reason,
    /// The server's own words, for IT; may be empty.
    pub reason: String,
    /// It may be tried again as it is.
    pub can_try_again: bool,
    /// Somebody changed or removed it at the trust: both versions can be seen beside each other.
    pub conflict: bool,
    /// Where it is corrected, so that the corrected one goes in its place; null where it cannot be.
    pub correct: Option<Correct>,
}

/// The word of one record from the state of its newest sending; None: it was never to be sent.
pub(crate) fn sending_word(state: Option<&str>, has_server: bool) -> &'static str {
    match state {
        None => "draft",
        Some("acked") => "sent",
        Some("conflict" | "quarantined" | "held") => "needs_you",
        // It never goes: it stays here.
        Some("withdrawn") => "saved_here",
        Some(_) if has_server => "waiting",
        // Without a server nothing waits to be sent: it is saved here.
        Some(_) => "saved_here",
    }
}

/// The way to the trust's server.
#[derive(Clone, Copy)]
enum Way {
    /// No server is set: nothing leaves this PC.
    None,
    /// One is set and cannot be used, or one was set when something was sent.
    Unusable,
    Live(Live),
}

/// The phrase of the header.
fn phrase(count: Waiting, way: Way) -> Sending {
    let Waiting { waiting, needs_you, records, acked_at } = count;
    let sent = acked_at.map(When::new);
    let (since, trouble) = match way {
        Way::None if acked_at.is_none() && needs_you == 0 => {
            // Nothing ever left this PC, so nothing is waiting: it is saved here.
            let reason = Some("no_server");
            return Sending { phrase: "saved_here", count: 0, at: None, reason, waiting: 0, needs_you, records, sent };
        }
        Way::None | Way::Unusable => (None, Some("server_unusable")),
        Way::Live(live) => match live.trouble {
            None => (None, None),
            Some((since, fault)) => (Some(since), Some(why(fault))),
        },
    };
    // What is there is there: only where nothing at all can go is it said beside "Sent", too.
    let standing = trouble.filter(|_| !matches!(way, Way::Live(_)));
    let (phrase, count, at, reason) = match (needs_you, waiting, acked_at) {
        (1.., _, _) => ("needs_you", needs_you, since, trouble),
        (0, 1.., _) => ("waiting", waiting, since, Some(trouble.unwrap_or("sending"))),
        (0, 0, Some(acked)) => ("sent", 0, Some(acked), standing),
        (0, 0, None) => ("saved_here", 0, None, standing),
    };
    Sending { phrase, count, at: at.map(When::new), reason, waiting, needs_you, records, sent }
}

/// The same for whoever has no open clinic at hand: `live` is None without a server that can be used.
pub(crate) fn phrase_of(count: Waiting, live: Option<Live>, server_unusable: bool) -> Sending {
    let none = if server_unusable { Way::Unusable } else { Way::None };
    phrase(count, live.map_or(none, Way::Live))
}

fn why(fault: Fault) -> &'static str {
    match fault {
        Fault::Busy => "server_busy",
        Fault::SignIn => "sign_in",
        Fault::OtherServer => "other_server",
        Fault::ServerUnsafe => "server_unsafe",
        Fault::RefusedHere => "refused_here",
        Fault::NotReached | Fault::CutOff | Fault::NotFhir => "no_network",
    }
}

impl Open {
    /// A server of the trust is set for this desk, whether it can be used or not.
    pub(crate) fn has_server(&self) -> bool {
        self.courier.is_some() || matches!(self.way(), Way::Unusable)
    }

    fn way(&self) -> Way {
        match &self.courier {
            Some(courier) => Way::Live(courier.live()),
            // Nothing of training mode ever leaves the PC.
            None if self.training.is_none() && self.profile.configuration.server_unusable => Way::Unusable,
            None => Way::None,
        }
    }
}

impl Clinic {
    /// Every record that the trust has not taken, the oldest first.
    pub async fn list_refused(&self) -> Result<Vec<RefusedLine>, Problem> {
        let by = self.by_for(Op::ListRefused)?;
        self.0
            .queue
            .run(move |store| {
                let lines = refused_lines(store, MOST_REFUSED, by.at)?;
                store.write::<_, Problem>(&by, Op::ListRefused, |w| {
                    w.detail(&format!("shown {}", lines.len()));
                    Ok(())
                })?;
                Ok(lines)
            })
            .await
    }

    /// Puts a record that was not taken back into the queue as it is, and shows what is left. `gone` when it needs nobody any more.
    pub async fn try_again(&self, request: TryAgain) -> Result<Vec<RefusedLine>, Problem> {
        let by = self.by_for(Op::TryAgain)?;
        let sending = SendingId::parse(&request.sending).ok_or(Code::Gone)?;
        let again = move |store: &mut Store| {
            store.write::<_, Problem>(&by, Op::TryAgain, |w| {
                w.try_again(sending)?.then_some(()).ok_or_else(|| Code::Gone.into())
            })
        };
        self.0.queue.run(again).await?;
        self.changed(&[]);
        self.list_refused().await
    }

    /// Tries at once, whatever pause the last fault asked for.
    pub async fn send_now(&self) -> Result<Desk, Problem> {
        let by = self.by_for(Op::SendNow)?;
        self.0.queue.run(move |store| store.write::<_, Problem>(&by, Op::SendNow, |_| Ok(()))).await?;
        if let Some(courier) = &self.0.courier {
            courier.try_now();
        }
        self.desk().await
    }

    /// What the header says of sending.
    pub(crate) fn sending(&self, waiting: Waiting) -> Sending {
        phrase(waiting, self.0.way())
    }
}

/// Every record that the trust has not taken, the oldest first, at most `most`.
pub(crate) fn refused_lines(store: &Store, most: u32, now: i64) -> Result<Vec<RefusedLine>, Problem> {
    let mut lines = Vec::new();
    for one in store.stopped(most)? {
        let patient = one.patient.map(|patient| readable(store.patient(patient))).transpose()?.flatten().flatten();
        let banner = patient.map(|(patient, _)| Banner::of(&patient, day_of(now)));
        lines.push(refused_line(one, banner));
    }
    Ok(lines)
}

fn refused_line(one: Stopped, banner: Option<Banner>) -> RefusedLine {
    let reason = Reason::from_code(&one.reason).unwrap_or(Reason::RefusedContent);
    let correct = correct(&one, reason);
    RefusedLine {
        sending: one.sending,
        banner,
        kind: one.kind,
        record: one.id,
        at: When::new(one.at),
        reason_code: reason,
        reason: one.said,
        can_try_again: !one.conflict,
        conflict: one.conflict,
        correct,
    }
}

/// Only what the content was refused for can be put right by correcting it.
fn correct(one: &Stopped, reason: Reason) -> Option<Correct> {
    if !matches!(reason, Reason::RefusedContent | Reason::TooLarge) {
        return None;
    }
    let screen = match one.kind {
        RecordKind::Patient => "register",
        RecordKind::CarePlan => "care_plan",
        RecordKind::TreatmentSummary => "summary",
        RecordKind::Appointment => "appointment",
        RecordKind::Booking => "booking",
        RecordKind::Invitation => "invitation",
        // A completed assessment is not changed, an offer is marked as a mistake where it stands.
        RecordKind::Offer => return Some(Correct { screen: "overview", record: one.patient?.to_string() }),
        _ => return None,
    };
    Some(Correct { screen, record: one.id.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(
        waiting: u32,
        needs_you: u32,
        acked_at: Option<i64>,
        fault: Option<Fault>,
    ) -> (&'static str, u32, Option<i64>) {
        let live = Live { trouble: fault.map(|fault| (5_000, fault)), busy: false };
        let said = phrase(Waiting { waiting, needs_you, records: 9, acked_at }, Way::Live(live));
        (said.phrase, said.count, said.at.map(|at| at.ms))
    }

    #[test]
    fn four_phrases_and_no_other() {
        assert_eq!(said(0, 0, None, None), ("saved_here", 0, None));
        assert_eq!(said(3, 0, Some(1), None), ("waiting", 3, None));
        assert_eq!(said(3, 0, None, Some(Fault::NotReached)), ("waiting", 3, Some(5_000)), "since when");
        assert_eq!(said(0, 0, Some(9_000), None), ("sent", 0, Some(9_000)));
        assert_eq!(said(2, 1, Some(9_000), None), ("needs_you", 1, None));
        assert_eq!(said(2, 1, Some(9_000), Some(Fault::CutOff)), ("needs_you", 1, Some(5_000)));
    }

    #[test]
    fn a_failure_never_reads_as_sent() {
        assert_eq!(said(1, 0, Some(9_000), Some(Fault::CutOff)).0, "waiting");
    }

    #[test]
    fn without_a_server_it_is_saved_here_and_what_a_server_has_or_refused_is_never_hidden() {
        let never = phrase(Waiting { waiting: 4, needs_you: 0, records: 4, acked_at: None }, Way::None);
        assert_eq!((never.phrase, never.count, never.reason), ("saved_here", 0, Some("no_server")));
        for way in [Way::None, Way::Unusable] {
            let rows = [(4, 0, "waiting", 4), (4, 1, "needs_you", 1), (0, 0, "sent", 0)];
            for (waiting, needs_you, words, count) in rows {
                let said = phrase(Waiting { waiting, needs_you, records: 9, acked_at: Some(1) }, way);
                assert_eq!((said.phrase, said.count, said.reason), (words, count, Some("server_unusable")));
                assert_eq!((said.waiting, said.needs_you, said.records), (waiting, needs_you, 9));
            }
        }
        let first = phrase(Waiting { waiting: 1, needs_you: 0, records: 1, acked_at: None }, Way::Unusable);
        assert_eq!((first.phrase, first.count, first.reason), ("waiting", 1, Some("server_unusable")));
    }

    #[test]
    fn each_fault_has_words_of_its_own() {
        for (fault, expected) in [
            (Fault::SignIn, "sign_in"),
            (Fault::OtherServer, "other_server"),
            (Fault::RefusedHere, "refused_here"),
            (Fault::NotFhir, "no_network"),
        ] {
            let live = Live { trouble: Some((5_000, fault)), busy: false };
            let said = phrase(Waiting { waiting: 2, needs_you: 0, records: 9, acked_at: None }, Way::Live(live));
            assert_eq!((said.phrase, said.reason), ("waiting", Some(expected)));
        }
    }

    #[test]
    fn a_record_waits_only_where_there_is_a_server() {
        assert_eq!(sending_word(None, true), "draft");
        assert_eq!(
            (sending_word(Some("unknown"), true), sending_word(Some("queued"), false)),
            ("waiting", "saved_here")
        );
        assert_eq!((sending_word(Some("acked"), true), sending_word(Some("held"), true)), ("sent", "needs_you"));
    }
}
