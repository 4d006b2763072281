//! The report in plain English, for the people who look after the server: what was sent, what came, what it means and where FHIR R4 has it.
//! The same words on the screen, in the file and on the command line.

use jiff::Timestamp;

use crate::probe_report::{Check, Finding, Outcome, Report, Safe};

impl Check {
    /// What the check sent, in words.
    pub fn asked(self) -> &'static str {
        match self {
            Check::Version => "Read the server's own statement of what it is.",
            Check::Create => "Put a new resource under an id that the client made.",
            Check::Etag => "Read a resource and looked for its version.",
            Check::Updated => "Looked at who sets the moment of a version (meta.lastUpdated).",
            Check::StaleAlone => "Put a resource by itself for a version that was no longer there (If-Match).",
            Check::StaleTogether => "Put a resource in a transaction for a version that was no longer there (ifMatch).",
            Check::Rollback => "Sent a transaction that could not be done as a whole, and looked what was left of it.",
            Check::NoneMatch => {
                "Put a resource in a transaction only if it was not there (ifNoneMatch), although it was."
            }
            Check::Named => "Sent a transaction and looked whether each answer names its resource.",
            Check::CommitRecord => "Wrote a Provenance in a transaction and read it by its id.",
            Check::FoundById => "Searched for that Provenance by its id at once (_id).",
            Check::Since => "Searched by the moment of change, in its order (_lastUpdated, _sort).",
            Check::Elements => "Searched for some elements only (_elements).",
            Check::Dangling => "Sent a resource that refers to one that does not exist.",
            Check::Deleted => "Removed a resource and read it.",
            Check::History => "Read the history of a resource that was removed.",
            Check::Largest => {
                "Sent transactions of 1, 8 and 32 MB that are to be refused for their content, or are removed again."
            }
            Check::Packed => {
                "Looked whether the server takes requests packed with gzip (RFC 7694), and sent one if it says so."
            }
            Check::Clock => "Compared the server's clock (the header Date) with the clock of this PC.",
        }
    }

    /// Where the standard has it.
    pub fn specification(self) -> &'static str {
        match self {
            Check::Version => "FHIR R4 3.1.0.10, http.html#capabilities",
            Check::Create => "FHIR R4 3.1.0.4.1, http.html#upsert",
            Check::Etag => "FHIR R4 3.1.0.1.3, http.html#versioning",
            Check::Updated => "FHIR R4 2.26.3.1, resource.html#Meta",
            Check::StaleAlone | Check::StaleTogether => "FHIR R4 3.1.0.5, http.html#concurrency",
            Check::Rollback => "FHIR R4 3.1.0.11.2, http.html#trules",
            Check::NoneMatch => "FHIR R4 2.36, bundle-definitions.html#Bundle.entry.request.ifNoneMatch",
            Check::Named => "FHIR R4 3.1.0.11.3, http.html#transaction-response",
            Check::CommitRecord => "FHIR R4 3.1.0.2, http.html#read",
            Check::FoundById => "FHIR R4 3.1.1.4, search.html#id",
            Check::Since => "FHIR R4 3.1.1.4 and 3.1.1.5.1, search.html#lastUpdated and search.html#sort",
            Check::Elements => "FHIR R4 3.1.1.5.9, search.html#elements",
            Check::Dangling => "FHIR R4 2.3.0, references.html",
            Check::Deleted => "FHIR R4 3.1.0.7, http.html#delete",
            Check::History => "FHIR R4 3.1.0.12, http.html#history",
            Check::Largest => "RFC 9110 15.5.14, 413 Content Too Large",
            Check::Packed => "RFC 7694 3",
            Check::Clock => "RFC 9110 6.6.1",
        }
    }
}

impl Finding {
    /// What it means, and what Holdfast does about it.
    pub fn means(&self) -> &'static str {
        match (self.check, self.outcome) {
            (_, Outcome::NotPermitted) => {
                "This PC may not do that there, so it was not found out. Holdfast takes the careful way."
            }
            (_, Outcome::NoAnswer) => "No usable answer came, so it was not found out. Holdfast takes the careful way.",
            (_, Outcome::NotAsked) => {
                "It could not be asked because of an earlier answer. Holdfast takes the careful way."
            }
            (Check::Version, Outcome::Meets) => "The server speaks FHIR R4.",
            (Check::Version, _) => "The server does not say that it speaks FHIR R4 (4.0). Nothing is sent to it.",
            (Check::Create, Outcome::Meets | Outcome::Made200) => {
                "It takes new resources under the client's ids, so that sending again makes no second one."
            }
            (Check::Create, _) => {
                "It does not take resources under the client's ids. Sent again after a lost answer, a record would be there twice. Nothing is sent to it."
            }
            (Check::Etag, Outcome::Meets) => "Versions are numbered; a change names the version that it was made from.",
            (Check::Etag, Outcome::Opaque) => {
                "Versions are named without an order; a change names the version that it was made from. Which is newer is told by the moment of the version."
            }
            (Check::Etag, Outcome::InBodyOnly) => "The version stands in the resource only and is taken from there.",
            (Check::Etag, _) => {
                "No version is told. A change could not name what it was made from, and would overwrite a colleague's. Nothing is sent to it."
            }
            (Check::Updated, Outcome::Meets) => "The server sets the moment of each version itself.",
            (Check::Updated, Outcome::KeepsOurs) => {
                "The server keeps the moment that a client wrote. Holdfast writes none, and compares versions by their names."
            }
            (Check::Updated, _) => {
                "No moment of a version is told. Holdfast compares versions by their names and order."
            }
            (Check::StaleAlone, Outcome::Meets) => "A change by itself of an old version is refused.",
            (Check::StaleAlone, Outcome::OtherStatus) => {
                "A change by itself of an old version is refused, with another status than 412."
            }
            (Check::StaleAlone, _) => {
                "A change by itself of an old version overwrites the newer one. Holdfast changes nothing by itself, only in transactions."
            }
            (Check::StaleTogether, Outcome::Meets) => {
                "A change of an old version is refused, and both versions are shown to a person."
            }
            (Check::StaleTogether, Outcome::OtherStatus) => {
                "A change of an old version is refused with another status than 412. Holdfast reads the versions before it calls any refusal one of content."
            }
            (Check::StaleTogether, _) => {
                "ifMatch is ignored in transactions: a change of an old version overwrites the newer one. Holdfast reads each version right before it sends the change, and shows both versions to a person when it moved. A gap remains: what a colleague saves within the seconds between is overwritten; the server's history keeps it."
            }
            (Check::Rollback, Outcome::Meets) => "A transaction is done as a whole or not at all.",
            (Check::Rollback, _) => {
                "A transaction that is refused leaves a part of itself behind. Holdfast finds such a part by its own ids, sends the rest, and counts a record as sent only with its commit record."
            }
            (Check::NoneMatch, Outcome::Meets) => "What is there is not overwritten by a new resource of the same id.",
            (Check::NoneMatch, _) => {
                "ifNoneMatch is ignored. Holdfast searches for its own ids before it sends anything new."
            }
            (Check::Named, Outcome::Meets) => "Each answer names its resource; their order does not matter.",
            (Check::Named, _) => {
                "The answers to a transaction do not say which resource each is for. Holdfast asks for the commit record of each sending before it counts as sent: one more request for each."
            }
            (Check::CommitRecord, Outcome::Meets) => {
                "The commit record can be read: after a lost answer it tells whether the record arrived."
            }
            (Check::CommitRecord, _) => {
                "The commit record of a transaction cannot be written and read by its id. Nothing would ever be known to have arrived. Nothing is sent to it."
            }
            (Check::FoundById, Outcome::Meets) => "What was written is found by its id at once.",
            (Check::FoundById, _) => {
                "What was written is not found by its id at once. What is new could not be told from what is there. Nothing is sent to it."
            }
            (Check::Since, Outcome::Meets) => "What changed since a moment is found, in order.",
            (Check::Since, _) => {
                "What changed since a moment cannot be asked for reliably. Holdfast compares the versions of everything of a patient instead: more requests."
            }
            (Check::Elements, Outcome::Meets) => "Only what is needed to compare versions is read.",
            (Check::Elements, _) => {
                "Whole resources come where some elements are asked for: comparing takes more of the network."
            }
            (Check::Dangling, Outcome::Accepted) => {
                "A reference to what is not there is accepted. Holdfast sends what is referred to first, or with it."
            }
            (Check::Dangling, _) => "A reference to what is not there is refused.",
            (Check::Deleted, Outcome::Meets) => "What was removed is told to be removed (410).",
            (Check::Deleted, Outcome::NotFound) => {
                "What was removed reads as if it had never been there (404). Holdfast remembers what it knew to be there."
            }
            (Check::Deleted, Outcome::Refused) => {
                "The check may not remove what it made; what is left is listed below. Holdfast itself removes nothing."
            }
            (Check::Deleted, _) => "What was removed is still read. A removal at the trust is not noticed here.",
            (Check::History, Outcome::Meets) => "The history tells of the removal.",
            (Check::History, _) => {
                "No history tells of a removal. Holdfast notices it when it compares what it knows with what is there."
            }
            (Check::Largest, Outcome::Meets) => "Requests as large as Holdfast's largest are taken.",
            (Check::Largest, _) => {
                "Large requests are refused. Holdfast keeps its transactions smaller; a single record that is larger is held, and a person is told."
            }
            (Check::Packed, Outcome::Meets) => "Requests go packed.",
            (Check::Packed, Outcome::NotOffered) => {
                "The server does not offer to take packed requests. They go as they are."
            }
            (Check::Packed, _) => "The server offers to take packed requests and refuses them. They go as they are.",
            (Check::Clock, Outcome::Meets) => "Both clocks agree to the minute.",
            (Check::Clock, Outcome::Missing) => {
                "The server does not tell its time. No order of ours depends on a clock."
            }
            (Check::Clock, _) => {
                "The clocks of this PC and of the server differ by more than a minute. No order of ours depends on a clock, but signing in may: have the wrong one set."
            }
        }
    }
}

impl Safe {
    /// One word for a list.
    pub fn word(self) -> &'static str {
        match self {
            Safe::Safe => "Safe",
            Safe::Handled => "Handled",
            Safe::Unsafe => "Unsafe",
            Safe::Unknown => "Not found out",
        }
    }
}

impl Report {
    /// What the whole report comes to, in one sentence.
    pub fn verdict(&self) -> &'static str {
        if self.count(Safe::Unsafe) > 0 {
            "Records are not sent to this server: see what is unsafe."
        } else if self.count(Safe::Unknown) > 0 {
            "Records are sent to this server. Not everything could be found out, and the careful way is taken there."
        } else {
            "Records are sent to this server."
        }
    }

    /// The report as a text to read.
    pub fn text(&self) -> String {
        let at = Timestamp::from_millisecond(self.at).map(|at| at.to_string()).unwrap_or_default();
        let mut lines = vec![
            "Holdfast: check of a FHIR server".to_owned(),
            format!("Address: {}", self.address),
            format!("Checked: {at}"),
        ];
        if !self.software.is_empty() {
            lines.push(format!("Calls itself: {}", self.software));
        }
        lines.push(format!("Result: {}", self.verdict()));
        let counts = Safe::ALL.iter().map(|safe| format!("{} {}", self.count(*safe), safe.word().to_lowercase()));
        lines.push(format!("Answers: {}", counts.collect::<Vec<_>>().join(", ")));
        for (number, one) in (1..).zip(&self.findings) {
            lines.push(String::new());
            lines.push(format!("{number}. {}: {}", one.safe().word(), one.check.asked()));
            if !one.came.is_empty() {
                lines.push(format!("   Came: {}", one.came));
            }
            lines.push(format!("   {}", one.means()));
            lines.push(format!("   {}", one.check.specification()));
        }
        if !self.left.is_empty() {
            lines.push(String::new());
            lines.push(format!("Left behind, about nobody, and may be removed: {}", self.left.join(", ")));
        }
        lines.join("\n") + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stops_sending_says_so_and_nothing_else_does() {
        for check in Check::ALL {
            for outcome in Outcome::ALL {
                let one = Finding::of(*check, *outcome, "");
                let says = one.means().contains("Nothing is sent to it.");
                if one.safe() == Safe::Unsafe {
                    assert!(says, "{check:?} {outcome:?}");
                }
            }
            assert!(!check.asked().is_empty() && !check.specification().is_empty());
        }
    }

    #[test]
    fn the_text_says_what_came_and_what_was_left() {
        let findings = vec![Finding::of(Check::StaleTogether, Outcome::Overwrites, "200")];
        let report = Report {
            address: "https://a".to_owned(),
            at: 1_795_425_120_000,
            software: "Invented 3".to_owned(),
            findings,
            left: vec!["Basic/x".to_owned()],
        };
        let text = report.text();
        for part in ["2026-11-23T09:12:00Z", "Invented 3", "1. Handled:", "Came: 200", "A gap remains", "Basic/x"] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}
