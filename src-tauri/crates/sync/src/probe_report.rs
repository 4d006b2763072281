//! What a check of a server found, as values: each question and how it was answered, what that means for the records, and what Holdfast does
//! about it. Pure: the same report always says the same.

use domain::codes;
use serde_json::{Value, json};

codes! {
    /// A question of the check, in the order in which they are reported.
    Check {
        Version = "fhir_version",
        Create = "create_under_own_id",
        Etag = "etag",
        Updated = "last_updated",
        StaleAlone = "stale_version_alone",
        StaleTogether = "stale_version_in_transaction",
        Rollback = "rollback",
        NoneMatch = "if_none_match",
        Named = "answers_named",
        CommitRecord = "commit_record",
        FoundById = "search_by_id",
        Since = "search_since",
        Elements = "elements",
        Dangling = "dangling_reference",
        Deleted = "removed_is_gone",
        History = "history_of_removal",
        Largest = "largest_request",
        Packed = "gzip",
        Clock = "clock",
    }
}

codes! {
    /// How a question was answered.
    Outcome {
        /// As FHIR R4 has it.
        Meets = "meets",
        OtherVersion = "other_version",
        /// 200 for what was made, where 201 is meant.
        Made200 = "made_200",
        Refused = "refused",
        /// An ETag that tells no order.
        Opaque = "opaque",
        /// Not in a header.
        InBodyOnly = "in_body_only",
        Missing = "missing",
        /// What the client wrote is kept in place of the server's own.
        KeepsOurs = "keeps_ours",
        /// Refused with another status than the one that is meant.
        OtherStatus = "other_status",
        Overwrites = "overwrites",
        HalfStays = "half_stays",
        InOrder = "in_order",
        Ignored = "ignored",
        NotFound = "not_found",
        StillThere = "still_there",
        Accepted = "accepted",
        Small = "small",
        NotOffered = "not_offered",
        OfferedAndRefused = "offered_and_refused",
        Differs = "differs",
        /// This PC may not ask that there.
        NotPermitted = "not_permitted",
        /// No answer came, or none that is one.
        NoAnswer = "no_answer",
        /// It could not be asked because of an earlier answer.
        NotAsked = "not_asked",
    }
}

codes! {
    /// What an answer means for the records.
    Safe {
        Safe = "safe",
        /// Otherwise than meant, and met by what Holdfast does.
        Handled = "handled",
        /// Records cannot be sent to such a server: nothing is.
        Unsafe = "unsafe",
        /// Not found out; the careful way is taken.
        Unknown = "unknown",
    }
}

/// One question and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub check: Check,
    pub outcome: Outcome,
    /// What came, such as `412`; made of what the check itself asked, never of a record.
    pub came: String,
    /// With [`Check::Largest`] the bytes that were taken, with [`Check::Clock`] by how many milliseconds the server's clock is ahead.
    pub amount: Option<i64>,
}

impl Finding {
    pub(crate) fn of(check: Check, outcome: Outcome, came: impl Into<String>) -> Finding {
        Finding { check, outcome, came: came.into(), amount: None }
    }

    /// What this means for the records.
    pub fn safe(&self) -> Safe {
        match (self.check, self.outcome) {
            (_, Outcome::NotPermitted | Outcome::NoAnswer | Outcome::NotAsked) => Safe::Unknown,
            (_, Outcome::Meets) | (Check::Create, Outcome::Made200) | (Check::Deleted, Outcome::NotFound) => Safe::Safe,
            (Check::Packed, Outcome::NotOffered) | (Check::Etag, Outcome::Opaque) => Safe::Safe,
            (Check::Version, Outcome::OtherVersion)
            | (Check::Create, Outcome::Refused)
            | (Check::Etag, Outcome::Missing)
            | (Check::CommitRecord, Outcome::Missing | Outcome::Refused)
            | (Check::FoundById, Outcome::Missing | Outcome::Refused) => Safe::Unsafe,
            _ => Safe::Handled,
        }
    }
}

/// What a check of one server found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The server's address.
    pub address: String,
    /// When it was checked, UTC milliseconds.
    pub at: i64,
    /// What the server calls itself; empty when it does not.
    pub software: String,
    /// One for each [`Check`], in their order.
    pub findings: Vec<Finding>,
    /// What the check made and could not remove (`Type/id`).
    pub left: Vec<String>,
}

impl Report {
    /// The answer to one question.
    pub fn outcome(&self, check: Check) -> Option<Outcome> {
        self.findings.iter().find(|one| one.check == check).map(|one| one.outcome)
    }

    /// How many answers mean this.
    pub fn count(&self, safe: Safe) -> usize {
        self.findings.iter().filter(|one| one.safe() == safe).count()
    }

    /// The report as it is kept and as a program reads it; [`Report::read`] reads it back.
    pub fn json(&self) -> Value {
        let finding = |one: &Finding| {
            json!({
                "check": one.check.code(),
                "outcome": one.outcome.code(),
                "safe": one.safe().code(),
                "came": one.came,
                "amount": one.amount,
                "asked": one.check.asked(),
                "means": one.means(),
                "specification": one.check.specification(),
            })
        };
        json!({
            "report": "holdfast-server-check",
            "version": 1,
            "address": self.address,
            "at": self.at,
            "software": self.software,
            "findings": self.findings.iter().map(finding).collect::<Vec<_>>(),
            "left_behind": self.left,
        })
    }

    /// Reads a report that was kept; None when it is none, or has a question or an answer that is not known here.
    pub fn read(kept: &Value) -> Option<Report> {
        let text = |of: &Value, name: &str| Some(of.get(name)?.as_str()?.to_owned());
        let finding = |one: &Value| {
            Some(Finding {
                check: Check::from_code(one.get("check")?.as_str()?)?,
                outcome: Outcome::from_code(one.get("outcome")?.as_str()?)?,
                came: text(one, "came")?,
                amount: one.get("amount").and_then(Value::as_i64),
            })
        };
        let list = |name: &str| kept.get(name).and_then(Value::as_array);
        Some(Report {
            address: text(kept, "address")?,
            at: kept.get("at")?.as_i64()?,
            software: text(kept, "software")?,
            findings: list("findings")?.iter().map(finding).collect::<Option<_>>()?,
            left: list("left_behind")?.iter().map(|one| Some(one.as_str()?.to_owned())).collect::<Option<_>>()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let findings = Check::ALL.iter().map(|check| Finding::of(*check, Outcome::Meets, "412")).collect();
        Report {
            address: "https://fhir.invented".to_owned(),
            at: 7,
            software: String::new(),
            findings,
            left: Vec::new(),
        }
    }

    #[test]
    fn what_is_kept_reads_back() {
        let mut kept = report();
        kept.findings[16].amount = Some(8);
        kept.left = vec!["Basic/a".to_owned()];
        assert_eq!(Report::read(&kept.json()), Some(kept));
    }

    #[test]
    fn what_is_no_report_is_none() {
        let mut other = report().json();
        other["findings"][0]["outcome"] = json!("splendid");
        assert_eq!((Report::read(&other), Report::read(&json!({}))), (None, None));
    }

    #[test]
    fn what_was_not_found_out_is_never_called_safe() {
        for check in Check::ALL {
            for outcome in [Outcome::NotPermitted, Outcome::NoAnswer, Outcome::NotAsked] {
                assert_eq!(Finding::of(*check, outcome, "").safe(), Safe::Unknown);
            }
        }
    }
}
