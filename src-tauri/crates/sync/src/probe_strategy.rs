//! What a report changes in the way of sending and fetching. Pure. A server that was never checked is believed as FHIR has it.

use serde_json::Value;

use crate::bundle::MOST_BYTES;
use crate::probe_report::{Check, Outcome, Report, Safe};

/// The most bytes of a transaction where not even the smallest large request is taken.
const FEW_BYTES: usize = 256 * 1024;

/// How one server is sent to and fetched from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Strategy {
    /// What a transaction changes is read right before it goes, because the server does not hold `ifMatch`, or nobody knows.
    pub reread: bool,
    /// The most bytes of one transaction.
    pub most_bytes: usize,
    /// What changed since a moment is asked for during the day; else everything is compared each time.
    pub since: bool,
    /// What keeps this PC from sending there at all.
    pub stops: Vec<Check>,
}

impl Default for Strategy {
    fn default() -> Strategy {
        Strategy { reread: false, most_bytes: MOST_BYTES, since: true, stops: Vec::new() }
    }
}

impl Strategy {
    /// What the report that is kept says of the server at this address; the default where none is kept, or one of another server.
    pub fn of(kept: Option<&str>, address: &str) -> Strategy {
        let read = kept.and_then(|kept| Report::read(&serde_json::from_str::<Value>(kept).ok()?));
        read.filter(|report| report.address == address).map_or_else(Strategy::default, |report| report.strategy())
    }
}

impl Report {
    pub(crate) fn strategy(&self) -> Strategy {
        let held = matches!(self.outcome(Check::StaleTogether), Some(Outcome::Meets | Outcome::OtherStatus));
        let largest = self.findings.iter().find(|one| one.check == Check::Largest && one.safe() != Safe::Unknown);
        let taken = largest.and_then(|one| usize::try_from(one.amount?).ok());
        let stops = self.findings.iter().filter(|one| one.safe() == Safe::Unsafe).map(|one| one.check).collect();
        let most_bytes = taken.map_or(MOST_BYTES, |taken| taken.clamp(FEW_BYTES, MOST_BYTES));
        let meets = |check| self.outcome(check) == Some(Outcome::Meets);
        Strategy { reread: !held, most_bytes, since: meets(Check::Updated) && meets(Check::Since), stops }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe_report::Finding;

    fn report(changes: &[(Check, Outcome, Option<i64>)]) -> Report {
        let mut findings: Vec<Finding> =
            Check::ALL.iter().map(|check| Finding::of(*check, Outcome::Meets, "")).collect();
        for (check, outcome, amount) in changes {
            let one = findings.iter_mut().find(|one| one.check == *check).unwrap();
            (one.outcome, one.amount) = (*outcome, *amount);
        }
        Report { address: "https://a".to_owned(), at: 0, software: String::new(), findings, left: Vec::new() }
    }

    #[test]
    fn a_server_that_does_what_fhir_says_is_sent_to_as_ever() {
        assert_eq!(report(&[]).strategy(), Strategy::default());
        assert_eq!(report(&[(Check::StaleTogether, Outcome::OtherStatus, None)]).strategy(), Strategy::default());
    }

    #[test]
    fn what_is_overwritten_or_not_known_is_read_before() {
        for outcome in [Outcome::Overwrites, Outcome::NotPermitted, Outcome::NoAnswer, Outcome::NotAsked] {
            assert!(report(&[(Check::StaleTogether, outcome, None)]).strategy().reread);
        }
    }

    #[test]
    fn what_changed_is_asked_for_only_where_it_is_found() {
        for check in [Check::Since, Check::Updated] {
            for outcome in [Outcome::Missing, Outcome::NotPermitted, Outcome::NoAnswer, Outcome::NotAsked] {
                assert!(!report(&[(check, outcome, None)]).strategy().since);
            }
        }
    }

    #[test]
    fn a_server_without_commit_records_is_sent_nothing() {
        let stops = report(&[(Check::CommitRecord, Outcome::Missing, None)]).strategy().stops;
        assert_eq!(stops, [Check::CommitRecord]);
    }

    #[test]
    fn no_transaction_is_larger_than_what_was_taken() {
        let most = |amount| report(&[(Check::Largest, Outcome::Small, Some(amount))]).strategy().most_bytes;
        assert_eq!((most(0), most(1024 * 1024), most(64 * 1024 * 1024)), (FEW_BYTES, 1024 * 1024, MOST_BYTES));
    }

    #[test]
    fn a_report_of_another_server_changes_nothing() {
        let kept = report(&[(Check::CommitRecord, Outcome::Missing, None)]).json().to_string();
        assert_eq!(Strategy::of(Some(&kept), "https://b"), Strategy::default());
        assert_eq!(Strategy::of(Some(&kept), "https://a").stops.len(), 1);
        assert_eq!(Strategy::of(Some("{"), "https://a"), Strategy::default());
    }
}
