//! Mistakes that a build of the tests can turn on, one at a time, to see that they are noticed. The shipped program is built without
//! the feature `planted`: there a place is what stands in it for right, and nothing of this file is left.

/// `planted!(Bug, wrong, right)` is `wrong` while that mistake is on, else `right`; `planted!(Bug, wrong)` does `wrong` or nothing.
#[cfg(not(feature = "planted"))]
macro_rules! planted {
    ($bug:ident, $wrong:expr, $right:expr) => {
        $right
    };
    ($bug:ident, $wrong:expr) => {};
}

#[cfg(feature = "planted")]
macro_rules! planted {
    ($bug:ident, $wrong:expr, $right:expr) => {
        if crate::planted::is_on(crate::planted::Bug::$bug) { $wrong } else { $right }
    };
    ($bug:ident, $wrong:expr) => {
        if crate::planted::is_on(crate::planted::Bug::$bug) {
            $wrong;
        }
    };
}

#[cfg(feature = "planted")]
pub use on::{Bug, plant};
#[cfg(feature = "planted")]
pub(crate) use on::{anew, by_place, is_on, made_anew, overlooked};

#[cfg(feature = "planted")]
mod on {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use domain::codes;
    use domain::id::SendingId;
    use fhir::Resource;
    use serde_json::{Value, json};
    use store::{Kept, Outgoing, Theirs, TrustRef};

    use crate::answer::Meaning;
    use crate::engine::{Engine, Group};
    use crate::event::{Ask, Standing, Step};

    codes! {
        /// A mistake of the queue.
        Bug {
            /// What went out is acknowledged whatever the answer is.
            AckedBeforeCommit = "acked_before_commit",
            /// An answer that was lost is taken for a good one.
            LostAnswerIsDone = "lost_answer_is_done",
            /// A failure of the server is taken for a good answer.
            FailureIsDone = "failure_is_done",
            /// Any page with 200 is taken for a good answer.
            PageIsDone = "page_is_done",
            /// An answer that breaks off is taken for a good one.
            TruncatedIsDone = "truncated_is_done",
            /// 409 and 412 are taken for a good answer.
            ClashIsDone = "clash_is_done",
            /// Whatever the server refuses is dropped.
            RefusedIsDropped = "refused_is_dropped",
            /// The one that is refused is dropped, not kept for a person.
            PoisonIsDropped = "poison_is_dropped",
            /// A transaction that is not taken at once is never sent again.
            LaterIsForgotten = "later_is_forgotten",
            /// ETags are read by the place of an answer, not by its name.
            ReadByPlace = "read_by_place",
            /// Answers without names are taken as they come, without the versions.
            UnnamedIsDone = "unnamed_is_done",
            /// The commit record has a new id at each try.
            NewIdEachTry = "new_id_each_try",
            /// What is sent again is made anew by the server, without asking whether it is there.
            RetriedByPost = "retried_by_post",
            /// The newest revision is sent in place of the one that was saved.
            NewestIsSent = "newest_is_sent",
            /// An update names no version.
            VersionLeftOut = "version_left_out",
            /// The version that stands now is taken for the one that was committed.
            NewestIsOurs = "newest_is_ours",
            /// Nobody is looked up before their first sending.
            NobodyIsMatched = "nobody_is_matched",
            /// The halves of a group are forgotten at a pause.
            HalvesAreLost = "halves_are_lost",
            /// The later half of a group is forgotten.
            HalfIsDropped = "half_is_dropped",
            /// A change at the trust is overwritten by ours.
            OursWins = "ours_wins",
            /// A change at the trust is taken, and ours is dropped.
            TheirsWins = "theirs_wins",
            /// Whatever was in doubt is held to be not there.
            CommitNotAsked = "commit_not_asked",
            /// One commit record that is found speaks for all that are in doubt.
            AskedOnceForAll = "asked_once_for_all",
            /// A moment in the future is waited for, however far it is.
            ClockIsBelieved = "clock_is_believed",
            /// What was taken up of a lane goes on although the lane was stopped.
            LaneGoesOn = "lane_goes_on",
            /// Two versions that can be merged are merged by leaving theirs out.
            MergedAsOurs = "merged_as_ours",
        }
    }

    /// The place of the mistake that is on, counted from 1; 0 for none.
    static ON: AtomicUsize = AtomicUsize::new(0);

    /// Turns this mistake on and every other one off.
    pub fn plant(bug: Option<Bug>) {
        let place = bug.and_then(|bug| Bug::ALL.iter().position(|one| *one == bug));
        ON.store(place.map_or(0, |place| place + 1), Ordering::SeqCst);
    }

    pub(crate) fn is_on(bug: Bug) -> bool {
        ON.load(Ordering::SeqCst) == bug as usize + 1
    }

    impl Engine {
        pub(crate) fn all_acked(&mut self, group: &Group, now: i64, step: &mut Step) -> Ask {
            let acked = |one: &Outgoing| (one.sending, Kept::Acked { refs: Vec::new() });
            step.keep.extend(group.sendings.iter().map(acked));
            self.on(now)
        }
    }

    /// What moved, as if it had not.
    pub(crate) fn overlooked(standing: Standing) -> Standing {
        let Standing::Moved(theirs) = standing else { return standing };
        let there = |one: &Theirs| {
            let (id, version) = (one.server_id.clone(), one.etag.clone());
            version.is_some().then(|| TrustRef { kind: one.kind.clone(), local_id: id.clone(), server_id: id, version })
        };
        Standing::Same(theirs.iter().filter_map(there).collect())
    }

    /// The ETags in the order in which they stand.
    pub(crate) fn by_place(answers: &[Value]) -> Meaning {
        let etag =
            |answer: &Value| answer.pointer("/response/etag").and_then(Value::as_str).unwrap_or_default().to_owned();
        Meaning::Accepted(answers.iter().map(etag).collect())
    }

    /// An id for this try.
    pub(crate) fn anew(one: &Outgoing, id: [u8; 16]) -> SendingId {
        SendingId::from_random(id.map(|byte| byte.wrapping_add(u8::try_from(one.attempts).unwrap_or(u8::MAX))))
    }

    /// The record's own resource as the server would make it once more.
    pub(crate) fn made_anew(one: &Outgoing, resources: &mut [Resource]) {
        if let Some(first) = resources.first_mut().filter(|_| one.attempts > 0) {
            first.id = anew(one, one.sending.bytes()).to_string();
            let id = json!(first.id);
            first.body.as_object_mut().and_then(|body| body.insert("id".to_owned(), id));
        }
    }
}
