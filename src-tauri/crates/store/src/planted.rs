//! Mistakes that a build of the tests can turn on, one at a time, to see that they are noticed. The shipped program is built without
//! the feature `planted`: there a place is what stands in it for right, and nothing of this file is left.

/// `planted!(Bug, wrong, right)` is `wrong` while that mistake is on, else `right`; `planted!(Bug, wrong)` does `wrong` or nothing;
/// `planted!(sql right)` is a statement that several mistakes change.
#[cfg(not(feature = "planted"))]
macro_rules! planted {
    (sql $right:expr) => {
        $right
    };
    ($bug:ident, $wrong:expr, $right:expr) => {
        $right
    };
    ($bug:ident, $wrong:expr) => {};
}

#[cfg(feature = "planted")]
macro_rules! planted {
    (sql $right:expr) => {
        &crate::planted::in_another_order($right)
    };
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
pub(crate) use on::{in_another_order, is_on};

#[cfg(feature = "planted")]
mod on {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use domain::codes;

    codes! {
        /// A mistake of the outbox.
        Bug {
            /// An acknowledgement is written on all that wait.
            AllAreAcked = "all_are_acked",
            /// An acknowledgement is written on all revisions of the record.
            RecordIsAcked = "record_is_acked",
            /// What the trust now has is not kept with the acknowledgement.
            VersionsNotKept = "versions_not_kept",
            /// The version that was kept first stays.
            OlderVersionKept = "older_version_kept",
            /// What was on its way at a crash is taken for done.
            DoneAtCrash = "done_at_crash",
            /// What was on its way at a crash is left as it is.
            LeftAtCrash = "left_at_crash",
            /// The queue is in the order of the clock.
            OrderOfTheClock = "order_of_the_clock",
            /// The newest goes first.
            NewestFirst = "newest_first",
            /// A lane is no order: what waits or is in doubt is gone past.
            LaneIsNoOrder = "lane_is_no_order",
            /// A lane goes on past what is stopped in it.
            PastWhatIsStopped = "past_what_is_stopped",
            /// A pause is believed, however far away its end is.
            PauseIsBelieved = "pause_is_believed",
            /// What is to be tried again is dropped.
            TriedAgainIsDropped = "tried_again_is_dropped",
            /// The newer sending is deleted in place of the refused one.
            NewerIsDeleted = "newer_is_deleted",
            /// A newer revision takes the place of one that waits.
            OlderIsReplaced = "older_is_replaced",
            /// What a nurse saves while something is on its way is not put into the queue.
            SavedIsNotQueued = "saved_is_not_queued",
            /// A conflict is resolved without learning the version that stood there.
            TheirsNotLearnt = "theirs_not_learnt",
            /// What a conflict became is not put into the queue.
            ResolvedIsNotQueued = "resolved_is_not_queued",
            /// What is withdrawn goes all the same.
            WithdrawnGoes = "withdrawn_goes",
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

    const MISTAKEN: &[(Bug, &str, &str)] = &[
        (
            Bug::OrderOfTheClock,
            "ORDER BY s.seq",
            "ORDER BY (SELECT at FROM revision r WHERE r.id = s.id AND r.revision = s.revision)",
        ),
        (Bug::NewestFirst, "ORDER BY s.seq", "ORDER BY s.seq DESC"),
        (Bug::LaneIsNoOrder, "b.seq < s.seq AND", "FALSE AND"),
        (
            Bug::PastWhatIsStopped,
            "b.state <> 'acked' AND b.state <> 'withdrawn'",
            "b.state NOT IN ('acked', 'withdrawn', 'conflict', 'quarantined', 'held')",
        ),
        (
            Bug::PauseIsBelieved,
            "coalesce(s.not_before, 0) NOT BETWEEN ?1 + 1 AND ?1 + 3600000",
            "coalesce(s.not_before, 0) <= ?1",
        ),
        (Bug::WithdrawnGoes, "s.state IN ('queued', 'unknown')", "s.state IN ('queued', 'unknown', 'withdrawn')"),
    ];

    /// The statement that reads the queue, as a mistake has it.
    pub(crate) fn in_another_order(sql: &str) -> String {
        let on = MISTAKEN.iter().find(|(bug, ..)| is_on(*bug));
        on.map_or(sql.to_owned(), |(_, right, wrong)| {
            assert!(sql.contains(right), "the statement has changed: {right}");
            sql.replace(right, wrong)
        })
    }
}
