//! What the engine is told and what it asks: the words between it and whoever carries out what it wants.

use domain::id::SendingId;
use store::{Due, Kept, Learnt, Outgoing, Theirs, TrustRef};

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
    /// Nothing went out: these are there under our own ids already, or that could not be found out.
    There(Result<Vec<(SendingId, Standing)>, Trouble>),
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
    /// One under our own id that this database does not know of: from a try whose answer was lost, or from after it was copied.
    Ours(Vec<Theirs>),
    /// The same, and it says what is about to be sent: from a transaction that broke off in the middle.
    Same(Vec<TrustRef>),
    /// The one that was believed to be the patient is not, and nothing was sent to it: ours is to be made.
    Forget,
    Several,
    OtherBirthDate,
    OtherName,
    /// Out of use, or the number is a former one.
    NotCurrent,
    /// The patient does not read back here.
    Unreadable,
    /// The number or the birth date was corrected, and what was sent is with somebody else.
    Corrected,
}

/// What became at the trust of what a sending was to change.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Standing {
    AsKnown,
    /// At versions that were not known here, saying what ours says or said: nobody else wrote there.
    Same(Vec<TrustRef>),
    /// The same once more: this server leaves behind what it did before it met the content that it refuses.
    Left {
        refs: Vec<TrustRef>,
        said: String,
    },
    Moved(Vec<Theirs>),
    Removed(Vec<Theirs>),
    /// The trust's own Patient that it refers to is gone or out of use.
    PatientGone,
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
    pub learnt: Vec<Learnt>,
    pub ask: Ask,
}
