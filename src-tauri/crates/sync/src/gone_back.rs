//! A server that was put back to an earlier day gives its version numbers out again: the version that we know may be somebody else's now,
//! and If-Match would hold. What it was put back from took our commit records along.

use std::collections::HashMap;

use domain::id::SendingId;
use serde_json::Value;
use store::Theirs;

use crate::answer::{Read, of_bundle, of_read};
use crate::bundle::Carried;
use crate::event::Standing;
use crate::fault::Trouble;
use crate::push::{Books, Push, Stopped};
use crate::transport::Wire;

impl<B: Books, W: Wire> Push<B, W> {
    /// Which of these change a record whose last acknowledged sending the trust knows nothing of: as they stand there now, made from
    /// nothing that is known, so that a person looks.
    pub(crate) async fn gone_back(
        &self,
        carried: &[Carried],
    ) -> Result<Result<Vec<(SendingId, Standing)>, Trouble>, Stopped> {
        let changing: Vec<&Carried> = carried.iter().filter(|one| one.updates().next().is_some()).collect();
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
            match self.left(one).await? {
                Ok(theirs) => {
                    let unknown = theirs.into_iter().map(|theirs| Theirs { base: None, ..theirs }).collect();
                    gone.push((one.sending, Standing::Moved(unknown)));
                }
                Err(trouble) => return Ok(Err(trouble)),
            }
        }
        Ok(Ok(gone))
    }
}
