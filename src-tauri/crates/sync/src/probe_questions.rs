//! What the check asks, in the order in which one answer needs another. A question that got no answer is one that was not found out, and the
//! next is asked all the same.

use serde_json::{Value, json};

use crate::answer::{Meaning, same_version};
use crate::probe::{Surroundings, Unchecked};
use crate::probe_asking::{Asking, Condition, LONG_AGO, basic, generic, provenance, say};
use crate::probe_report::{Check, Outcome};
use crate::probe_wire::Trial;

/// A moment that is after everything.
const NEVER: &str = "ge2999-01-01T00:00:00Z";

/// A resource as it stands: its version and its moment.
struct Stands {
    id: String,
    etag: String,
}

impl<W: Trial, S: Surroundings> Asking<'_, W, S> {
    /// Asks everything but what the server says of itself, and the clocks.
    pub async fn questions(&mut self) -> Result<(), Unchecked> {
        let Some(first) = self.create().await? else {
            for check in Check::ALL.iter().filter(|check| !matches!(check, Check::Version | Check::Clock)) {
                if !self.findings.iter().any(|one| one.check == *check) {
                    self.found(*check, Outcome::NotAsked, "");
                }
            }
            return Ok(());
        };
        let old = self.stale_alone(&first).await?;
        let holds = self.stale_together(&first.id, &old).await?;
        self.rollback(&first.id, &old, holds).await?;
        self.none_match(&first.id).await?;
        self.commit_record().await?;
        self.since(&first.id).await?;
        self.elements(&first.id).await?;
        self.dangling().await?;
        self.largest(holds).await?;
        self.removed(&first.id).await
    }

    /// Makes the resource that the next questions are about; None where that is not taken.
    async fn create(&mut self) -> Result<Option<Stands>, Unchecked> {
        let id = self.new_one("Basic")?;
        let mut body = basic(&id, "first");
        if let Some(meta) = body.get_mut("meta") {
            say(meta, "lastUpdated", json!(LONG_AGO));
        }
        let Some(made) = self.put(&body, None).await? else {
            self.found(Check::Create, Outcome::NoAnswer, "no answer");
            return Ok(None);
        };
        let outcome = match made.status {
            201 => Outcome::Meets,
            200 => Outcome::Made200,
            other => generic(other),
        };
        self.found(Check::Create, outcome, made.status.to_string());
        if !matches!(outcome, Outcome::Meets | Outcome::Made200) {
            return Ok(None);
        }
        let read = self.get(&format!("Basic/{id}"), &[]).await?;
        let Some((answered, body)) = read.as_ref().and_then(|read| Some((read, read.resource("Basic")?))) else {
            let status = read.map_or(0, |read| read.status);
            self.found(Check::Etag, generic(status), status.to_string());
            self.found(Check::Updated, Outcome::NotAsked, "");
            return Ok(None);
        };
        let version = body.pointer("/meta/versionId").and_then(Value::as_str).map(|id| format!("W/\"{id}\""));
        let (etag, outcome) = match (&answered.etag, version) {
            (Some(etag), _) if is_number(etag) => (etag.clone(), Outcome::Meets),
            (Some(etag), _) => (etag.clone(), Outcome::Opaque),
            (None, Some(version)) => (version, Outcome::InBodyOnly),
            (None, None) => (String::new(), Outcome::Missing),
        };
        self.found(Check::Etag, outcome, etag.clone());
        let outcome = match body.pointer("/meta/lastUpdated").and_then(Value::as_str) {
            None => Outcome::Missing,
            Some(at) if at.starts_with("2001-01-01") => Outcome::KeepsOurs,
            Some(_) => Outcome::Meets,
        };
        self.found(Check::Updated, outcome, "");
        Ok(if etag.is_empty() { None } else { Some(Stands { id, etag }) })
    }

    /// Changes it, and then once more for the version before; the ETag of that.
    async fn stale_alone(&mut self, first: &Stands) -> Result<String, Unchecked> {
        self.put(&basic(&first.id, "second"), None).await?;
        let tried = self.put(&basic(&first.id, "stale alone"), Some(&first.etag)).await?;
        let status = tried.map_or(0, |tried| tried.status);
        let text = self.text(&first.id).await?;
        let outcome = match (text.as_deref(), status) {
            (Some("stale alone"), _) => Outcome::Overwrites,
            (Some("second"), 403) => Outcome::NotPermitted,
            (Some("second"), 409 | 412) => Outcome::Meets,
            (Some("second"), 400..=499) => Outcome::OtherStatus,
            _ => Outcome::NoAnswer,
        };
        self.found(Check::StaleAlone, outcome, came(status));
        Ok(first.etag.clone())
    }

    /// The same inside a transaction, after something new; whether it is refused.
    async fn stale_together(&mut self, id: &str, old: &str) -> Result<bool, Unchecked> {
        let body = basic(id, "stale together");
        let (meaning, status) = self.transaction(&[(&body, Condition::Match(old))]).await?;
        let overwritten = self.text(id).await?.as_deref() == Some("stale together");
        let outcome = match meaning {
            _ if overwritten => Outcome::Overwrites,
            Meaning::NotPermitted { .. } => Outcome::NotPermitted,
            Meaning::Clash => Outcome::Meets,
            Meaning::Refused { .. } | Meaning::Gone => Outcome::OtherStatus,
            _ => Outcome::NoAnswer,
        };
        self.found(Check::StaleTogether, outcome, status);
        Ok(matches!(outcome, Outcome::Meets | Outcome::OtherStatus))
    }

    /// A transaction whose second entry cannot be done, for an old version or else for its content, and what is left of its first.
    async fn rollback(&mut self, id: &str, old: &str, holds: bool) -> Result<(), Unchecked> {
        let new = self.new_one("Basic")?;
        let (good, stale) = (basic(&new, "rolled back"), basic(id, "rolled back"));
        let mut broken = basic(&self.new_one("Basic")?, "no code");
        say(&mut broken, "code", json!("no CodeableConcept"));
        let bad = if holds { (&stale, Condition::Match(old)) } else { (&broken, Condition::None) };
        let (meaning, status) = self.transaction(&[(&good, Condition::None), bad]).await?;
        let refused = matches!(meaning, Meaning::Clash | Meaning::Refused { .. } | Meaning::Gone);
        let outcome = match (refused, self.text(&new).await?) {
            (true, Some(_)) => Outcome::HalfStays,
            (true, None) => Outcome::Meets,
            // It takes everything: nothing could be made that it would have to take back.
            (false, _) if matches!(meaning, Meaning::Accepted(_) | Meaning::Unnamed) => Outcome::NotAsked,
            (false, _) => Outcome::NoAnswer,
        };
        self.found(Check::Rollback, outcome, status);
        Ok(())
    }

    async fn none_match(&mut self, id: &str) -> Result<(), Unchecked> {
        let body = basic(id, "made again");
        let (meaning, status) = self.transaction(&[(&body, Condition::Absent)]).await?;
        let outcome = match self.text(id).await?.as_deref() {
            Some("made again") => Outcome::Overwrites,
            Some(_) if !matches!(meaning, Meaning::Later(_) | Meaning::Unclear(_) | Meaning::NotPermitted { .. }) => {
                Outcome::Meets
            }
            _ => Outcome::NoAnswer,
        };
        self.found(Check::NoneMatch, outcome, status);
        Ok(())
    }

    /// A transaction as every sending is one: something new and its commit record.
    async fn commit_record(&mut self) -> Result<(), Unchecked> {
        let (new, record) = (self.new_one("Basic")?, self.new_one("Provenance")?);
        let body = basic(&new, "committed");
        let commit = provenance(&record, &format!("Basic/{new}"), self.around.now());
        let (meaning, status) = self.transaction(&[(&body, Condition::Absent), (&commit, Condition::Absent)]).await?;
        let named = match &meaning {
            Meaning::Accepted(_) => Outcome::Meets,
            Meaning::Unnamed => Outcome::InOrder,
            Meaning::NotPermitted { .. } => Outcome::NotPermitted,
            Meaning::Clash | Meaning::Refused { .. } | Meaning::Gone => Outcome::Refused,
            _ => Outcome::NoAnswer,
        };
        self.found(Check::Named, named, status);
        let packed = match (self.offered, self.wire.packs()) {
            (false, false) => Outcome::NotOffered,
            (true, false) => Outcome::OfferedAndRefused,
            (_, true) => Outcome::Meets,
        };
        self.found(Check::Packed, packed, "");
        let read = self.get(&format!("Provenance/{record}"), &[]).await?;
        let status = read.as_ref().map_or(0, |read| read.status);
        let is_it = |body: &Value| body.get("id").and_then(Value::as_str) == Some(&record);
        let there =
            read.as_ref().is_some_and(|read| read.status == 200 && read.resource("Provenance").is_some_and(is_it));
        let outcome = match named {
            _ if there => Outcome::Meets,
            // It may be written and may not be read, or is not there in spite of the answer: that is an answer, too.
            Outcome::Meets | Outcome::InOrder if (400..500).contains(&status) => Outcome::Missing,
            Outcome::Refused | Outcome::NotPermitted => Outcome::Refused,
            _ => Outcome::NoAnswer,
        };
        self.found(Check::CommitRecord, outcome, came(status));
        if outcome != Outcome::Meets {
            self.found(Check::FoundById, Outcome::NotAsked, "");
            return Ok(());
        }
        let query = [("_id", record.as_str()), ("_elements", "id"), ("_count", "1")];
        let (outcome, many) = match self.search("Provenance", &query).await? {
            Ok(found) if found.iter().any(is_it) => (Outcome::Meets, found.len()),
            Ok(found) => (Outcome::Missing, found.len()),
            Err(outcome) => (outcome, 0),
        };
        self.found(Check::FoundById, outcome, format!("{many} found"));
        Ok(())
    }

    async fn since(&mut self, id: &str) -> Result<(), Unchecked> {
        let ask = |at| [("_id", id), ("_lastUpdated", at), ("_sort", "_lastUpdated")];
        let past = self.search("Basic", &ask("ge2001-01-01T00:00:00Z")).await?;
        let future = self.search("Basic", &ask(NEVER)).await?;
        let outcome = match (past, future) {
            (Err(outcome), _) | (_, Err(outcome)) => outcome,
            (_, Ok(future)) if !future.is_empty() => Outcome::Ignored,
            (Ok(past), Ok(_)) if past.is_empty() => Outcome::Missing,
            (Ok(_), Ok(_)) => Outcome::Meets,
        };
        self.found(Check::Since, outcome, "");
        Ok(())
    }

    async fn elements(&mut self, id: &str) -> Result<(), Unchecked> {
        let outcome = match self.search("Basic", &[("_id", id), ("_elements", "id,meta")]).await? {
            Err(outcome) => outcome,
            Ok(found) => match found.first() {
                None => Outcome::Missing,
                Some(found) if found.get("created").is_some() => Outcome::Ignored,
                Some(_) => Outcome::Meets,
            },
        };
        self.found(Check::Elements, outcome, "");
        Ok(())
    }

    async fn dangling(&mut self) -> Result<(), Unchecked> {
        let (id, nobody) = (self.new_one("Basic")?, self.id()?);
        let mut body = basic(&id, "dangling");
        say(&mut body, "subject", json!({ "reference": format!("Basic/{nobody}") }));
        let (meaning, status) = self.transaction(&[(&body, Condition::None)]).await?;
        let outcome = match meaning {
            Meaning::Accepted(_) | Meaning::Unnamed => Outcome::Accepted,
            Meaning::Clash | Meaning::Refused { .. } | Meaning::Gone => Outcome::Meets,
            Meaning::NotPermitted { .. } => Outcome::NotPermitted,
            _ => Outcome::NoAnswer,
        };
        self.found(Check::Dangling, outcome, status);
        Ok(())
    }

    /// Removes the first resource and looks what is left of it.
    async fn removed(&mut self, id: &str) -> Result<(), Unchecked> {
        let name = format!("Basic/{id}");
        let asked_at = self.around.now();
        let reply = self.wire.delete(&name, &self.id()?).await;
        let status = self.heard(&reply, asked_at)?.map_or(0, |answered| answered.status);
        if !matches!(status, 200 | 202 | 204) {
            self.found(Check::Deleted, generic(status), came(status));
            self.found(Check::History, Outcome::NotAsked, "");
            return Ok(());
        }
        self.made.retain(|made| *made != name);
        let read = self.get(&name, &[]).await?.map_or(0, |read| read.status);
        let outcome = match read {
            410 => Outcome::Meets,
            404 => Outcome::NotFound,
            200 => Outcome::StillThere,
            _ => Outcome::NoAnswer,
        };
        self.found(Check::Deleted, outcome, came(read));
        let asked_at = self.around.now();
        let reply = self.wire.history(&name, "10", &self.id()?).await;
        let answered = self.heard(&reply, asked_at)?;
        let entries = answered.and_then(|answered| answered.resource("Bundle")?.get("entry")?.as_array());
        let told = entries.map(|entries| {
            entries.iter().any(|one| one.pointer("/request/method").and_then(Value::as_str) == Some("DELETE"))
        });
        let status = answered.map_or(0, |answered| answered.status);
        let outcome = match told {
            Some(true) => Outcome::Meets,
            Some(false) => Outcome::Missing,
            None => generic(status),
        };
        self.found(Check::History, outcome, came(status));
        Ok(())
    }
}

fn is_number(etag: &str) -> bool {
    let opaque = etag.trim().trim_start_matches("W/").trim_matches('"');
    opaque.parse::<u64>().is_ok() && same_version(etag, opaque)
}

fn came(status: u16) -> String {
    if status == 0 { "no answer".to_owned() } else { status.to_string() }
}
