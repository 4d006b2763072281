//! What the engine is told and what it asks: the words between it and whoever carries out what it wants.

use domain::id::SendingId;
use store::{Due, Kept, Outgoing, Theirs, TrustRef};

use crate::answer::Meaning;
use crate::fault::Trouble;

/// What has happened.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    /// Something was saved, time has passed, or the engine has just been made.
    Woken,
    /// A person, or the network, says that it may be tried now.
    TryNow,
    Loaded(Due),
    Matched(Result<Vec<(String, Match)>, Trouble>),
    /// The first so many of the sendings went out together, and this is what the answer means.
    Sent {
        count: usize,
        meaning: Meaning,
        refs: Vec<Vec<TrustRef>>,
    },
    /// The sending's record does not read back.
    Unreadable(SendingId),
    /// For each sending, what became at the trust of what it was to change.
    Compared(Result<Vec<(SendingId, Standing)>, Trouble>),
    /// Whether the trust has the sending's commit record, and its resources as they were then.
    Asked(Result<Option<Vec<TrustRef>>, Trouble>),
}

/// What the trust knows of a lane's patient.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Match {
    /// Nobody with this NHS number, or no number to look for: ours is to be made.
    None,
    /// One: this is to be referred to.
    One(TrustRef),
    Several,
    OtherBirthDate,
}

/// What became at the trust of what a sending was to change.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Standing {
    AsKnown,
    Moved(Theirs),
    Removed(Theirs),
}

/// The one thing to find out next.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Ask {
    /// What is due?
    Load,
    /// Whom does the trust know in these lanes?
    Match(Vec<Outgoing>),
    /// Mark them, send them in one transaction (or as many of the first of them as fit) and read the answer.
    Send(Vec<Outgoing>),
    /// What became of the resources these sendings change?
    Compare(Vec<Outgoing>),
    /// Is its commit record there?
    Commit(Outgoing),
    /// Nothing, before this moment (UTC milliseconds) or before something happens.
    Rest { until: Option<i64> },
}

/// What a step gives: what is to be kept, in one transaction, and then the question.
#[derive(Debug)]
pub(crate) struct Step {
    pub keep: Vec<(SendingId, Kept)>,
    pub refs: Vec<TrustRef>,
    pub ask: Ask,
}
