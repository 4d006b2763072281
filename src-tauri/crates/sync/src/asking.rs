//! The questions that the engine has for the trust: whom it knows, what is there, what became of it. Nothing here changes anything.

use std::collections::{HashMap, VecDeque};

use domain::id::SendingId;
use fhir::Resource;
use serde_json::Value;
use store::{Learnt, Outgoing, SHARED_LANE, Store, Theirs, TrustRef};

use crate::answer::{Read, of_bundle, of_read, same_version};
use crate::bundle::{Carried, is_changed_later, there};
use crate::event::{Match, Standing};
use crate::fault::{Fault, Trouble};
use crate::match_patient;
use crate::push::{Books, Push, Stopped};
use crate::reading::known;
use crate::together::Question;
use crate::transport::Wire;
use crate::unmoved::Unmoved;

/// The most versions of a resource that are looked through.
const MOST_VERSIONS: &str = "100";

impl<B: Books, W: Wire> Push<B, W> {
    /// Which of these are at the trust under our ids although nothing here knows of it: from a disk that was newer than this one.
    pub(crate) async fn there(
        &self,
        carried: &[Carried],
    ) -> Result<Result<Vec<(SendingId, Standing)>, Trouble>, Stopped> {
        let mut asked: Vec<(&Resource, &Carried)> =
            carried.iter().filter_map(|one| Some((one.first()?, one))).collect();
        asked.sort_by_key(|(resource, _)| resource.kind);
        let questions: Vec<Question> = asked
            .chunk_by(|(one, _), (other, _)| one.kind == other.kind)
            .filter_map(|of_kind| {
                let ids: Vec<&str> = of_kind.iter().map(|(resource, _)| resource.id.as_str()).collect();
                Some(Question::by_id(of_kind.first()?.0.kind, &ids, "id"))
            })
            .collect();
        let found = match self.found(&questions).await? {
            Ok((found, _)) => found,
            Err(trouble) => return Ok(Err(trouble)),
        };
        let mut there = Vec::new();
        for (_, one) in asked.iter().filter(|(resource, _)| found.iter().any(|found| is(found, resource))) {
            match self.standing(one).await? {
                Ok(Standing::AsKnown) => {}
                Ok(standing) => there.push((one.sending, standing)),
                Err(trouble) => return Ok(Err(trouble)),
            }
        }
        Ok(Ok(there))
    }

    pub(crate) async fn compare(
        &self,
        sendings: Vec<Outgoing>,
    ) -> Result<Result<Vec<(SendingId, Standing)>, Trouble>, Stopped> {
        let mut standings = Vec::new();
        let alone = sendings.len() == 1;
        let carried: Vec<Carried> = self.carried(sendings).await?.into_iter().flatten().collect();
        let unmoved = match if alone { Ok(Unmoved::default()) } else { self.unmoved(&carried).await? } {
            Ok(unmoved) => unmoved,
            Err(trouble) => return Ok(Err(trouble)),
        };
        let mut patients: HashMap<String, bool> = unmoved.patients.into_iter().map(|id| (id, false)).collect();
        for one in carried {
            if let Some(id) = &one.patient {
                if !patients.contains_key(id) {
                    let reply = self.server.get(&format!("Patient/{id}"), &[], &self.id()?).await;
                    let gone = match of_read(&reply, "Patient", id) {
                        Read::Found { body, .. } => !match_patient::is_in_use(&body),
                        Read::Absent => true,
                        Read::Fault(trouble) => return Ok(Err(trouble)),
                    };
                    patients.insert(id.clone(), gone);
                }
                if patients.get(id) == Some(&true) {
                    standings.push((one.sending, Standing::PatientGone));
                    continue;
                }
            }
            if unmoved.sendings.contains(&one.sending) {
                standings.push((one.sending, Standing::AsKnown));
                continue;
            }
            let standing = if alone { self.standing_of_all(&one).await? } else { self.standing(&one).await? };
            match standing {
                Ok(standing) => standings.push((one.sending, standing)),
                Err(trouble) => return Ok(Err(trouble)),
            }
        }
        Ok(Ok(standings))
    }

    pub(crate) async fn standing(&self, one: &Carried) -> Result<Result<Standing, Trouble>, Stopped> {
        let updates = one.updates().map(|(resource, known)| (resource, Some(known)));
        let mut looked: VecDeque<_> = updates.chain(one.first().map(|resource| (resource, None))).collect();
        let mut same = Vec::new();
        while let Some((resource, known)) = looked.pop_front() {
            let reply = self.server.get(&resource.reference(), &[], &self.id()?).await;
            match (of_read(&reply, resource.kind, &resource.id), known) {
                (Read::Found { etag, .. }, Some(known)) if same_version(&etag, known) => {}
                (Read::Absent, None) => {}
                (Read::Found { etag, body }, _) if one.has_said(&body, resource) => {
                    if same.is_empty() {
                        // A transaction broke off: what else it was to make may be there.
                        looked.extend(one.others().map(|other| (other, None)));
                    }
                    same.push(there(resource, &etag));
                }
                (Read::Found { .. }, _) | (Read::Absent, Some(_)) => {
                    return Ok(self.left(one).await?.map(|theirs| match theirs.first() {
                        Some(Theirs { body: None, .. }) => Standing::Removed(theirs),
                        _ => Standing::Moved(theirs),
                    }));
                }
                (Read::Fault(trouble), _) => return Ok(Err(trouble)),
            }
        }
        Ok(Ok(if same.is_empty() { Standing::AsKnown } else { Standing::Same(same) }))
    }

    /// Asks for the commit record; when it is there, for the versions that were committed with it.
    pub(crate) async fn commit(&self, one: Outgoing) -> Result<Result<Option<Vec<TrustRef>>, Trouble>, Stopped> {
        planted!(CommitNotAsked, return Ok(Ok(None)));
        let id = one.sending.to_string();
        let reply = self.server.get(&format!("Provenance/{id}"), &[], &self.id()?).await;
        let record = match of_read(&reply, "Provenance", &id) {
            Read::Found { body, .. } => body,
            Read::Absent => return Ok(Ok(None)),
            Read::Fault(trouble) => return Ok(Err(trouble)),
        };
        if !one.matched && one.lane != SHARED_LANE {
            match self.met_by_hand(&one).await? {
                Ok(true) => {}
                // It arrived, and whoever it is about is somebody else by now: nothing of it is known to be as we left it.
                Ok(false) => return Ok(Ok(Some(Vec::new()))),
                Err(trouble) => return Ok(Err(trouble)),
            }
        }
        let mut refs = Vec::new();
        for one in self.carried(vec![one]).await?.into_iter().flatten() {
            for entry in one.entries.iter().filter(|entry| is_changed_later(&entry.resource)) {
                let resource = &entry.resource;
                match self.committed(resource, entry.version.as_deref(), &record).await? {
                    Ok(etag) => refs.push(there(resource, &etag)),
                    Err(trouble) => return Ok(Err(trouble)),
                }
            }
        }
        Ok(Ok(Some(refs)))
    }

    /// What was carried by hand is there before it was asked whom the trust knows the lane's patient as: its own, where there is none of
    /// ours. Whether there is either.
    async fn met_by_hand(&self, one: &Outgoing) -> Result<Result<bool, Trouble>, Stopped> {
        let (lane, of, sending) = (one.lane.as_str(), one.lane.clone(), one.sending);
        let of_carried = move |store: &mut Store| {
            if store.was_carried(sending)? { known(store, &of) } else { Ok(None) }
        };
        let known = self.books.run(of_carried).await?;
        let Some(known) = known.filter(|known| known.there.is_none()) else { return Ok(Ok(true)) };
        let reply = self.server.get(&format!("Patient/{lane}"), &[], &self.id()?).await;
        match of_read(&reply, "Patient", lane) {
            Read::Found { .. } => return Ok(Ok(true)),
            Read::Absent => {}
            Read::Fault(trouble) => return Ok(Err(trouble)),
        }
        match self.looked_up(&known.patient).await? {
            Ok(Match::One(there)) => {
                let learnt = [Learnt::Known(there)];
                self.books.run(move |store| store.keep_patients(&learnt)).await.map(|()| Ok(true))
            }
            Ok(_) => Ok(Ok(false)),
            Err(trouble) => Ok(Err(trouble)),
        }
    }

    /// The version of a resource that stood when the commit record was written.
    async fn committed(
        &self,
        resource: &Resource,
        base: Option<&str>,
        record: &Value,
    ) -> Result<Result<String, Trouble>, Stopped> {
        let reply = self.server.get(&resource.reference(), &[], &self.id()?).await;
        let at = updated(record);
        match of_read(&reply, resource.kind, &resource.id) {
            Read::Found { etag, .. } if planted!(NewestIsOurs, true, false) => return Ok(Ok(etag)),
            Read::Found { etag, body } if at.is_some() && updated(&body).is_some_and(|now| Some(now) <= at) => {
                return Ok(Ok(etag));
            }
            Read::Found { .. } | Read::Absent => {}
            Read::Fault(trouble) => return Ok(Err(trouble)),
        }
        // Somebody has changed it since: our next change has to meet theirs, so it must not begin from it.
        let reply = self.server.history(&resource.reference(), MOST_VERSIONS, &self.id()?).await;
        Ok(of_bundle(&reply, "history").and_then(|(mut versions, _)| {
            versions.retain(|one| is(one, resource));
            let id = then(&versions, at, base).ok_or(Trouble::of(Fault::NotFhir))?;
            Ok(format!("W/\"{id}\""))
        }))
    }
}

/// Whether this is a version of that resource.
pub(crate) fn is(one: &Value, resource: &Resource) -> bool {
    let part = |name: &str| one.get(name).and_then(Value::as_str);
    part("resourceType") == Some(resource.kind) && part("id") == Some(&resource.id)
}

/// When a version was written, to the millisecond.
pub(crate) fn updated(resource: &Value) -> Option<i64> {
    let at = resource.get("meta")?.get("lastUpdated").and_then(Value::as_str)?;
    at.parse::<jiff::Timestamp>().ok().map(|at| at.as_millisecond())
}

/// The id of the version that stood at that moment, of versions with the newest first: the newest that is not younger. Without times
/// it is the one after the version that ours was made from. Where neither is found it is the oldest, which is never too new: at
/// worst our next change is asked about once too often.
fn then<'a>(versions: &'a [Value], at: Option<i64>, base: Option<&str>) -> Option<&'a str> {
    let id = |one: &'a Value| one.pointer("/meta/versionId").and_then(Value::as_str);
    let dated = || versions.iter().filter(|one| updated(one).is_some());
    if at.is_some() && dated().next().is_some() {
        let newest = dated().filter(|one| updated(one) <= at).max_by_key(|one| updated(one));
        return newest.or_else(|| dated().min_by_key(|one| updated(one))).and_then(id);
    }
    let ids: Vec<&str> = versions.iter().filter_map(id).collect();
    let base = base.and_then(|base| ids.iter().position(|id| same_version(id, base)));
    base.map_or(ids.last(), |place| ids.get(place.saturating_sub(1))).copied()
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::sync::{Arc, Mutex};
    use std::task::{Context, Poll, Waker};

    use super::*;
    use crate::answer::{Answered, Reply};
    use crate::merging::tests::{anna, registered};
    use crate::reading::Packs;
    use crate::status::Live;
    use serde_json::json;

    struct Ledger(Mutex<Store>);

    impl Books for Ledger {
        async fn run<R: Send + 'static>(
            &self,
            work: impl FnOnce(&mut Store) -> Result<R, store::Error> + Send + 'static,
        ) -> Result<R, Stopped> {
            work(&mut self.0.lock().unwrap()).map_err(|error| panic!("{error:?}"))
        }

        fn now(&self) -> i64 {
            5
        }

        fn chance(&self) -> Option<[u8; 16]> {
            Some([7; 16])
        }

        fn pc(&self) -> String {
            String::new()
        }

        fn packs(&self) -> Arc<dyn Packs> {
            Arc::new(Empty)
        }

        fn changed(&self, _: Live) {}
    }

    struct Empty;

    impl Packs for Empty {
        fn checklist(&self, _: &Store, _: &str) -> Option<Arc<domain::checklist::Checklist>> {
            None
        }

        fn template(&self, _: &Store, _: &str) -> Option<Arc<domain::summary_template::SummaryTemplate>> {
            None
        }
    }

    /// Finds Anna under our own id, and is not reached after that.
    struct Gone;

    impl Wire for Gone {
        fn base(&self) -> &str {
            "https://trust.example"
        }

        async fn get(&self, _: &str, _: &[(&str, &str)], _: &str) -> Reply {
            Reply::NotReached
        }

        async fn history(&self, _: &str, _: &str, _: &str) -> Reply {
            Reply::NotReached
        }

        async fn search(&self, _: &str, _: &[(&str, &str)], _: &str) -> Reply {
            let anna = fhir::patient(&anna(""), true, "").remove(0).body;
            let body = json!({ "resourceType": "Bundle", "type": "searchset", "entry": [{ "resource": anna }] });
            let media = "application/fhir+json".to_owned();
            Reply::Answered(Answered { status: 200, media, body: Some(body), ..Answered::default() })
        }

        async fn post(&self, _: String, _: &str, _: &str) -> Reply {
            Reply::NotReached
        }
    }

    #[test]
    fn a_server_that_goes_away_while_it_is_asked_is_no_answer() {
        let (store, _folder) = registered("gone-away");
        let strangers = store.sendings_due(5, 16).unwrap().sendings;
        let push = Push::new(Ledger(Mutex::new(store)), Arc::new(Gone));
        let mut asked = pin!(push.matched(strangers));
        match asked.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Ok(Err(_))) => {}
            Poll::Ready(Ok(Ok(found))) => panic!("{found:?}"),
            _ => panic!("it waits"),
        }
    }

    fn version(id: &str, at: Option<&str>) -> Value {
        json!({ "resourceType": "Patient", "meta": { "versionId": id, "lastUpdated": at } })
    }

    #[test]
    fn without_times_somebody_elses_newer_version_is_never_taken_for_ours() {
        let versions: Vec<Value> = ["4", "3", "2", "1"].iter().map(|id| version(id, None)).collect();
        assert_eq!(then(&versions, None, Some("W/\"2\"")), Some("3"), "ours came after what it was made from");
        assert_eq!(then(&versions, Some(5), None), Some("1"), "ours was the first");
        assert_eq!(then(&versions, None, Some("W/\"9\"")), Some("1"));
        assert_eq!(then(&[], None, None), None);
    }

    #[test]
    fn with_times_it_is_the_newest_that_is_not_younger() {
        let day = |day: u8| format!("2026-11-{day:02}T10:00:00Z");
        let versions: Vec<Value> =
            [("3", 23), ("2", 22), ("1", 21)].iter().map(|(id, at)| version(id, Some(&day(*at)))).collect();
        let at = |text: u8| updated(&version("0", Some(&day(text))));
        assert_eq!(then(&versions, at(22), None), Some("2"));
        assert_eq!(then(&versions, at(20), None), Some("1"));
    }
}
