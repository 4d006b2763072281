//! What somebody else left of a record at the trust, all of it: a conflict is kept with every resource that belongs to the record there.

use std::collections::HashSet;

use domain::id::{CarePlanId, SendingId};
use domain::text;
use fhir::parts_of_plan;
use serde_json::Value;
use store::Theirs;

use crate::answer::{Read, of_bundle, of_read};
use crate::asking::updated;
use crate::bundle::{Carried, is_changed_later};
use crate::fault::Trouble;
use crate::push::{Books, Push, Stopped};
use crate::transport::Wire;

/// The most resources of one record that are read, and about how many bytes of them. What a server has beyond is not read: the record then
/// does not read back as a whole, and a person looks.
const MOST_RESOURCES: usize = 300;
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// The most commit records that are looked through for who wrote a resource last.
const MOST_RECORDS: &str = "20";

impl<B: Books, W: Wire> Push<B, W> {
    /// The record of a sending as it stands at the trust: its own resource first, even when it was removed; then what ours yields and
    /// what theirs names of this record, of which only what is there or was known to be.
    pub(crate) async fn left(&self, one: &Carried) -> Result<Result<Vec<Theirs>, Trouble>, Stopped> {
        let ours = one.entries.iter().filter(|entry| is_changed_later(&entry.resource));
        let mut asked: Vec<(String, String, Option<String>)> = ours
            .map(|entry| (entry.resource.kind.to_owned(), entry.resource.id.clone(), entry.version.clone()))
            .collect();
        let mut known: HashSet<String> = asked.iter().map(|(kind, id, _)| format!("{kind}/{id}")).collect();
        let (mut theirs, mut place, mut bytes, mut told) = (Vec::new(), 0, 0, false);
        while let Some((kind, id, base)) = asked.get(place).cloned() {
            if place >= MOST_RESOURCES || bytes > MOST_BYTES {
                break;
            }
            let reply = self.server.get(&format!("{kind}/{id}"), &[], &self.id()?).await;
            let (etag, body) = match of_read(&reply, &kind, &id) {
                Read::Found { etag, body } => (Some(etag), Some(body)),
                Read::Absent => (None, None),
                Read::Fault(trouble) => return Ok(Err(trouble)),
            };
            if let Some(plan) = CarePlanId::parse(&one.record).filter(|_| kind == "CarePlan") {
                // Invariant: nothing of another record is read and learnt with this one: that would take a change of it for seen.
                // Test: a_plan_names_no_part_of_another_plan.
                let parts = body.as_ref().map(|body| parts_of_plan(body, plan)).unwrap_or_default();
                for part in parts.into_iter().filter(|part| known.insert(part.clone())) {
                    let Some((kind, id)) = part.split_once('/').filter(|(_, id)| is_id(id)) else { continue };
                    asked.push((kind.to_owned(), id.to_owned(), None));
                }
            }
            let who = match &body {
                Some(body) if !told && etag != base => {
                    told = true;
                    self.who_left(&kind, &id, body).await?
                }
                _ => None,
            };
            if place == 0 || base.is_some() || body.is_some() {
                let body = body.map(|body| body.to_string());
                bytes += body.as_ref().map_or(0, String::len);
                theirs.push(Theirs { kind, server_id: id, base, etag, body, who });
            }
            place += 1;
        }
        Ok(Ok(theirs))
    }

    /// Who wrote a resource as it stands, where the trust has a commit record of that which is no older. Nothing depends on it.
    async fn who_left(&self, kind: &str, id: &str, body: &Value) -> Result<Option<String>, Stopped> {
        let target = format!("{kind}/{id}");
        let query = [("target", target.as_str()), ("_sort", "-_lastUpdated"), ("_count", MOST_RECORDS)];
        let reply = self.server.get("Provenance", &query, &self.id()?).await;
        let Ok((records, _)) = of_bundle(&reply, "searchset") else { return Ok(None) };
        let written = updated(body);
        let of_this = |record: &&Value| {
            let is_id = |id: &str| SendingId::parse(id).is_some();
            let ours = record.get("id").and_then(Value::as_str).is_some_and(is_id);
            // A server that does not know the parameter answers with any.
            let targets = record.get("target").and_then(Value::as_array).into_iter().flatten();
            let mut named = targets.filter_map(|to| to.get("reference")?.as_str());
            ours && named.any(|to| to == target) && written.is_some() && updated(record) >= written
        };
        let record = records.iter().filter(of_this).max_by_key(|record| updated(record));
        let who = record.and_then(|record| record.pointer("/agent/0/who/display")).and_then(Value::as_str);
        Ok(who.and_then(text::told).map(str::to_owned))
    }
}

/// Whether this is an identifier as FHIR has them, and leads nowhere else.
pub(crate) fn is_id(id: &str) -> bool {
    let dots = id.bytes().all(|byte| byte == b'.');
    !dots && id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_leads_to_a_resource_and_nowhere_else() {
        assert!(is_id("1b4e28ba-2fa1-11d2-883f-0016d3cca427") && is_id("a.1"));
        for id in ["", ".", "..", "..%2Fmetadata", "a/_history/1", "a?b=c", &"x".repeat(65)] {
            assert!(!is_id(id), "{id}");
        }
    }
}
