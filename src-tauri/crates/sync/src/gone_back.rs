//! A server that was put back to an earlier day gives its version numbers out again: the version that we know may be somebody else's now,
//! and If-Match would hold. What it was put back from took our commit records along.

use std::collections::HashMap;

use domain::id::SendingId;
use serde_json::Value;
use store::{ROUNDED, Theirs};

use crate::answer::{Read, of_bundle, of_read, same_version};
use crate::asking::updated;
use crate::bundle::Carried;
use crate::event::Standing;
use crate::fault::Trouble;
use crate::push::{Books, Push, Stopped};
use crate::together::{MOST_IDS, Question};
use crate::transport::Wire;

impl<B: Books, W: Wire> Push<B, W> {
    /// Which of these change a record whose last acknowledged sending the trust knows nothing of: as they stand there now, made from
    /// nothing that is known, so that a person looks.
    pub(crate) async fn gone_back(
        &self,
        carried: &[Carried],
    ) -> Result<Result<Vec<(SendingId, Standing)>, Trouble>, Stopped> {
        let changing: Vec<&Carried> = carried.iter().filter(|one| one.updates().next().is_some()).collect();
        match self.reused(&changing).await? {
            Ok(reused) if reused.is_empty() => {}
            known => return Ok(known),
        }
        let records: Vec<String> = changing.iter().map(|one| one.record.clone()).collect();
        let last = move |store: &mut store::Store| {
            records.into_iter().map(|id| Ok((store.last_acked(&id)?, id))).collect::<Result<Vec<_>, store::Error>>()
        };
        let last = if changing.is_empty() { Vec::new() } else { self.books.run(last).await? };
        let last: HashMap<String, String> =
            last.into_iter().filter_map(|(sending, id)| Some((id, sending?.to_string()))).collect();
        if last.is_empty() {
            return Ok(Ok(Vec::new()));
        }
        let mut ids: Vec<&str> = last.values().map(String::as_str).collect();
        ids.sort_unstable();
        let query = [("_id", &*ids.join(",")), ("_elements", "id"), ("_count", &*ids.len().to_string())];
        let found = match of_bundle(&self.server.get("Provenance", &query, &self.id()?).await, "searchset") {
            Ok((found, _)) => found,
            Err(trouble) => return Ok(Err(trouble)),
        };
        let is_there = |id: &str| found.iter().any(|one| one.get("id").and_then(Value::as_str) == Some(id));
        let mut gone = Vec::new();
        for one in changing {
            if last.get(&one.record).is_none_or(|sending| is_there(sending)) {
                continue;
            }
            // A search may be answered in part, or from an index that lags behind.
            let sending = last.get(&one.record).map(String::as_str).unwrap_or_default();
            let reply = self.server.get(&format!("Provenance/{sending}"), &[], &self.id()?).await;
            match of_read(&reply, "Provenance", sending) {
                Read::Found { .. } => continue,
                Read::Absent => {}
                Read::Fault(trouble) => return Ok(Err(trouble)),
            }
            match self.unknown(one).await? {
                Ok(standing) => gone.push((one.sending, standing)),
                Err(trouble) => return Ok(Err(trouble)),
            }
        }
        Ok(Ok(gone))
    }

    /// Which of these change what was fetched from somebody else, and stands there under the same number at another time: If-Match would
    /// hold, and nothing of ours is missing there that would tell.
    async fn reused(&self, changing: &[&Carried]) -> Result<Result<Vec<(SendingId, Standing)>, Trouble>, Stopped> {
        let updates = changing
            .iter()
            .flat_map(|one| one.updates().map(move |(resource, version)| (one.sending, resource, version)));
        let named: Vec<(SendingId, &'static str, String, String)> =
            updates.map(|(sending, to, version)| (sending, to.kind, to.id.clone(), version.to_owned())).collect();
        let written = move |store: &mut store::Store| {
            let mut written = Vec::new();
            for (sending, kind, id, version) in named {
                if let Some(at) = store.written_there(kind, &id, &version)? {
                    written.push((sending, kind, id, version, at));
                }
            }
            Ok(written)
        };
        let mut written = if changing.is_empty() { Vec::new() } else { self.books.run(written).await? };
        written.sort_unstable_by_key(|(_, kind, ..)| *kind);
        let of_kinds = written.chunk_by(|one, other| one.1 == other.1).flat_map(|of_kind| of_kind.chunks(MOST_IDS));
        let questions: Vec<Question> = of_kinds
            .filter_map(|of_kind| {
                let ids: Vec<&str> = of_kind.iter().map(|(_, _, id, ..)| id.as_str()).collect();
                Some(Question::by_id(of_kind.first()?.1, &ids, "id,meta"))
            })
            .collect();
        let found = match self.found(&questions).await? {
            Ok((found, _)) => found,
            Err(trouble) => return Ok(Err(trouble)),
        };
        let is_other = |found: &Value, (_, kind, id, version, at): &(SendingId, &str, String, String, i64)| {
            let part = |name: &str| found.get(name).and_then(Value::as_str);
            let stands = found.pointer("/meta/versionId").and_then(Value::as_str);
            part("resourceType") == Some(kind)
                && part("id") == Some(id)
                && stands.is_some_and(|stands| same_version(stands, version))
                && updated(found).is_some_and(|now| (now - at).abs() > ROUNDED)
        };
        let mut reused = Vec::new();
        for one in changing {
            let mut its = written.iter().filter(|(sending, ..)| *sending == one.sending);
            if its.any(|its| found.iter().any(|found| is_other(found, its))) {
                match self.unknown(one).await? {
                    Ok(standing) => reused.push((one.sending, standing)),
                    Err(trouble) => return Ok(Err(trouble)),
                }
            }
        }
        Ok(Ok(reused))
    }

    /// A record as it stands there, made from nothing that is known.
    async fn unknown(&self, one: &Carried) -> Result<Result<Standing, Trouble>, Stopped> {
        let left = self.left(one).await?;
        Ok(left
            .map(|theirs| Standing::Moved(theirs.into_iter().map(|theirs| Theirs { base: None, ..theirs }).collect())))
    }
}
