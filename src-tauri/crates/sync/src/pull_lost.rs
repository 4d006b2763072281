//! A server that was put back to an earlier day has lost what it acknowledged since: its commit records are gone. What it lost goes again,
//! from whatever stands there now.

use std::collections::BTreeSet;
use std::pin::Pin;

use serde_json::Value;
use store::{About, Latest, NO_VERSION, Outgoing, Store};

use crate::answer::{Read, of_bundle, of_read};
use crate::bundle::is_changed_later;
use crate::fault::Trouble;
use crate::pull::Pull;
use crate::pull_wire::Pages;
use crate::push::{Books, Stopped};
use crate::reading::carried;

/// How many commit records are asked for at once, and how many in all.
const A_SAMPLE: u32 = 20;
const MOST: u32 = 1_000;

impl<B: Books, W: Pages> Pull<B, W> {
    /// Looks for the commit records of what was acknowledged last; where one is gone, further back, until all of a sample are there. A few
    /// that are lost go again by themselves, of more somebody is told. Answers the trouble that kept it from finding out.
    pub fn lost(&mut self) -> Pin<Box<dyn Future<Output = Result<Option<Trouble>, Stopped>> + Send + '_>> {
        Box::pin(self.find_lost())
    }

    async fn find_lost(&mut self) -> Result<Option<Trouble>, Stopped> {
        // Another server has none of it, and has lost nothing.
        if let Some(trouble) = self.other_server().await? {
            return Ok(Some(trouble));
        }
        let mut lost: Vec<Outgoing> = Vec::new();
        // A clock that was wrong for a day puts what was acknowledged then before or behind everything else.
        for latest in [Latest::Acknowledged, Latest::Saved] {
            if let Some(trouble) = self.lost_of(latest, &mut lost).await? {
                return Ok(Some(trouble));
            }
        }
        if lost.is_empty() {
            return Ok(None);
        }
        // The oldest revision of a record is what goes first.
        lost.sort_by_key(|one| one.revision);
        let mut about: Vec<About> = Vec::new();
        for one in lost {
            let sending = one.sending.to_string();
            match self.standing_of(one, &mut about).await? {
                Ok(()) => about.push(About { kind: "Provenance".to_owned(), server_id: sending, version: None }),
                Err(trouble) => return Ok(Some(trouble)),
            }
        }
        let (at, pc) = (self.books.now(), self.books.pc());
        self.books.run(move |store| store.keep_lost(at, &pc, about)).await?;
        Ok(None)
    }

    async fn lost_of(&self, latest: Latest, lost: &mut Vec<Outgoing>) -> Result<Option<Trouble>, Stopped> {
        // A record of which something newer is there still was not lost, whatever became of an older commit record.
        let mut there: BTreeSet<String> = BTreeSet::new();
        let mut from = 0;
        while from < MOST {
            let sample = self.books.run(move |store| store.acked(latest, from, A_SAMPLE)).await?;
            let gone = match self.gone(&sample).await? {
                Ok(gone) => gone,
                Err(trouble) => return Ok(Some(trouble)),
            };
            let none = gone.is_empty();
            for one in sample {
                if !gone.contains(&one.sending.to_string()) {
                    there.insert(one.id);
                } else if !there.contains(&one.id) && lost.iter().all(|known| known.sending != one.sending) {
                    // What is acknowledged meanwhile moves the others on.
                    lost.push(one);
                }
            }
            if none {
                break;
            }
            from += A_SAMPLE;
        }
        Ok(None)
    }

    /// Whose commit records are gone: not in a list, and not there when they are asked for one by one.
    async fn gone(&self, sample: &[Outgoing]) -> Result<Result<Vec<String>, Trouble>, Stopped> {
        let ids: Vec<String> = sample.iter().map(|one| one.sending.to_string()).collect();
        if ids.is_empty() {
            return Ok(Ok(Vec::new()));
        }
        let query = [("_id", &*ids.join(",")), ("_elements", "id"), ("_count", &*ids.len().to_string())];
        let found = match of_bundle(&self.server.get("Provenance", &query, &self.id()?).await, "searchset") {
            Ok((found, _)) => found,
            Err(trouble) => return Ok(Err(trouble)),
        };
        let listed = |id: &String| found.iter().any(|one| one.get("id").and_then(Value::as_str) == Some(id));
        let mut gone = Vec::new();
        for id in ids.into_iter().filter(|id| !listed(id)) {
            match of_read(&self.server.get(&format!("Provenance/{id}"), &[], &self.id()?).await, "Provenance", &id) {
                Read::Found { .. } => {}
                Read::Absent => gone.push(id),
                Read::Fault(trouble) => return Ok(Err(trouble)),
            }
        }
        Ok(Ok(gone))
    }

    /// What each resource of a lost sending is to be changed from: what stands there, where that is our own.
    async fn standing_of(&self, one: Outgoing, about: &mut Vec<About>) -> Result<Result<(), Trouble>, Stopped> {
        let packs = self.books.packs();
        let read = move |store: &mut Store| carried(store, packs.as_ref(), &one);
        let Some(carried) = self.books.run(read).await? else { return Ok(Ok(())) };
        for entry in carried.entries.iter().filter(|entry| is_changed_later(&entry.resource)) {
            let resource = &entry.resource;
            if about.iter().any(|known| known.kind == resource.kind && known.server_id == resource.id) {
                continue;
            }
            let version = match of_read(
                &self.server.get(&resource.reference(), &[], &self.id()?).await,
                resource.kind,
                &resource.id,
            ) {
                Read::Found { etag, body } if carried.has_said(&body, resource) => Some(etag),
                Read::Found { .. } => Some(NO_VERSION.to_owned()),
                Read::Absent => None,
                Read::Fault(trouble) => return Ok(Err(trouble)),
            };
            about.push(About { kind: resource.kind.to_owned(), server_id: resource.id.clone(), version });
        }
        Ok(Ok(()))
    }
}
