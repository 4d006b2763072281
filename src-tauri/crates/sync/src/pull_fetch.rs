//! The questions that fetch patients: lists of what stands there, what of it differs, and who wrote it. A page is kept while the next one
//! is on its way, one after another, so a pull that is cut off goes on from there.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde_json::Value;
use store::{About, Differing, NoticeKind, Seen, There};

use crate::answer::{Read, of_read};
use crate::fault::{Fault, Trouble};
use crate::match_patient::is_in_use;
use crate::pull::{A_PAGE, How, Lane, Missing, Pull, Round};
use crate::pull_read::{KINDS, invited, is_ours, page, papers, seen, seen_whole, text, whole};
use crate::pull_wire::{Pages, below};
use crate::push::{Books, Stopped};
use crate::together::MOST_IDS;

/// How far back a server's list of changes is asked for beyond what was seen of it: it commits in another order than it dates.
pub(crate) const OVERLAP: i64 = 10 * 60 * 1000;

/// The most pages of one list: a server whose pages never end is not followed for ever.
const MOST_PAGES: usize = 2_000;

/// The most appointments of one question.
const MOST_VISITS: usize = 1_000;

/// What is asked for of each resource in a list: what it is, which version, and about whom.
const ELEMENTS: &str = "id,meta,identifier,subject,for,participant";

/// What was known of a group before it was asked for.
struct Group {
    patients: BTreeSet<String>,
    known: BTreeMap<(String, String), String>,
    /// Nothing was ever fetched or sent of them: everything is asked for at once.
    new: bool,
}

impl Group {
    /// Reads a page of one type; where it is only to be compared, without what its resources say.
    fn read(&self, kind: &str, resources: Vec<Value>, digest: bool) -> OnPage {
        let mut page = OnPage::default();
        for one in &resources {
            let Some(seen) = seen(one, &self.patients) else { continue };
            let name = (!self.known.is_empty()).then(|| (kind.to_owned(), seen.server_id.clone()));
            let name = name.filter(|name| self.known.contains_key(name));
            // Of the appointments at the trust, those are followed that were made here or that a clinic list named.
            if kind == "Appointment" && name.is_none() && !is_ours(one) {
                continue;
            }
            page.named += 1;
            page.newest = page.newest.max(seen.updated);
            page.known.extend(name);
            match digest {
                true => page.seen.push(seen),
                false => page.whole.extend(seen_whole(one, seen)),
            }
        }
        page
    }
}

/// What stands on a page about the patients of a group.
#[derive(Default)]
struct OnPage {
    /// How many resources it names.
    named: usize,
    /// The newest time that the server wrote one of them at.
    newest: Option<i64>,
    /// Those of them that were known before, by type and id.
    known: Vec<(String, String)>,
    /// Each as the list names it, where it is to be compared,
    seen: Vec<Seen>,
    /// else all that it says.
    whole: Vec<There>,
}

/// What the lists of a group named.
#[derive(Default)]
struct Listed {
    /// How many, whether known or new.
    all: usize,
    /// Of what was known before, by type and id.
    known: BTreeSet<(String, String)>,
}

impl<B: Books, W: Pages> Pull<B, W> {
    /// Fetches these patients, all or none of whom are complete afterwards.
    pub(crate) async fn group(
        &mut self,
        round: &mut Round,
        patients: &[String],
        how: How,
        count: &str,
    ) -> Result<Result<(), Trouble>, Stopped> {
        let ids = patients.to_vec();
        let read = move |store: &mut store::Store| {
            let (mut known, mut since) = (BTreeMap::new(), Some(i64::MAX));
            for id in &ids {
                known.extend(store.known_there(id)?.into_iter().map(|one| (one, id.clone())));
                let to = store.pulled_to(id)?.and_then(|to| to.since);
                since = since.zip(to).map(|(one, other)| one.min(other));
            }
            Ok((known, since, store.server_time()?))
        };
        let (known, since, now) = self.books.run(read).await?;
        let new = known.keys().all(|(kind, _)| matches!(kind.as_str(), "Patient" | "Appointment"));
        let group = Group { patients: patients.iter().cloned().collect(), known, new };
        let since = since.filter(|_| how == How::Since);
        let mut listed = Listed::default();
        for kind in ["Patient"].into_iter().chain(KINDS) {
            match self.kind(round, &group, kind, since, count, &mut listed).await? {
                Ok(()) => {}
                Err(trouble) => return Ok(Err(trouble)),
            }
        }
        match self.beside(round, patients).await? {
            Ok(()) => {}
            Err(trouble) => return Ok(Err(trouble)),
        }
        if since.is_none() {
            round.listed += listed.all;
            round.known += group.known.len();
            let missing = group.known.into_iter().filter(|(one, _)| !listed.known.contains(one));
            round.missing.extend(missing.map(|((kind, id), patient)| Missing { patient, kind, id }));
        }
        // What was committed before this began is here now.
        self.completed(round, patients, now).await.map(Ok)
    }

    /// Everything of one type, listed or changed.
    async fn kind(
        &self,
        round: &mut Round,
        group: &Group,
        kind: &str,
        since: Option<i64>,
        count: &str,
        listed: &mut Listed,
    ) -> Result<Result<(), Trouble>, Stopped> {
        let ids: Vec<String> = group
            .patients
            .iter()
            .map(|id| if kind == "Patient" { id.clone() } else { format!("Patient/{id}") })
            .collect();
        let (ids, changed) = (ids.join(","), since.map(|since| format!("ge{}", instant(since - OVERLAP))));
        let mut query = vec![(if kind == "Patient" { "_id" } else { "patient" }, ids.as_str()), ("_count", count)];
        if let Some(changed) = &changed {
            query.extend([("_lastUpdated", changed.as_str()), ("_sort", "_lastUpdated")]);
        }
        let digest = since.is_none() && !group.new;
        if digest {
            query.push(("_elements", ELEMENTS));
        }
        let mut pages = match List::begin(self, kind, &query).await? {
            Ok(pages) => pages,
            Err(trouble) => return Ok(Err(trouble)),
        };
        let mut page = pages.resources.take().map(|resources| group.read(kind, resources, digest));
        while let Some(read) = page {
            round.newest = round.newest.max(read.newest);
            listed.all += read.named;
            listed.known.extend(read.known);
            let next = async {
                let turned = pages.turn(self).await?;
                Ok(turned.map(|()| pages.resources.take().map(|resources| group.read(kind, resources, digest))))
            };
            let turned = if digest {
                match self.differing(round, group, kind, read.seen).await? {
                    Ok(()) => next.await?,
                    Err(trouble) => Err(trouble),
                }
            } else {
                let (kept, next) = tokio::join!(self.keep(round, kind, read.whole), next);
                kept.and(next)?
            };
            page = match turned {
                Ok(page) => page,
                Err(trouble) => return Ok(Err(trouble)),
            };
        }
        Ok(Ok(()))
    }

    /// Fetches what of these is not here, or newer there.
    async fn differing(
        &self,
        round: &mut Round,
        group: &Group,
        kind: &str,
        seen: Vec<Seen>,
    ) -> Result<Result<(), Trouble>, Stopped> {
        let of = kind.to_owned();
        let compare = move |store: &mut store::Store| store.differing(&of, &seen).map(|differing| (differing, seen));
        let (differing, seen) = self.books.run(compare).await?;
        let newer = differing.newer.clone();
        let of = |id: &str| seen.iter().find(|one| one.server_id == id).map(|one| (&*one.patient, &*one.version));
        self.left_out(round, kind, of, differing).await?;
        self.by_ids(round, group, kind, &newer).await
    }

    /// The resources of these ids, whole.
    async fn by_ids(
        &self,
        round: &mut Round,
        group: &Group,
        kind: &str,
        ids: &[String],
    ) -> Result<Result<(), Trouble>, Stopped> {
        for some in ids.chunks(MOST_IDS) {
            let query = [("_id", &*some.join(",")), ("_count", &*some.len().to_string())];
            let mut pages = match List::begin(self, kind, &query).await? {
                Ok(pages) => pages,
                Err(trouble) => return Ok(Err(trouble)),
            };
            while let Some(resources) = pages.resources.take() {
                let asked = |one: &There| some.contains(&one.server_id);
                let page = resources.iter().filter_map(|one| whole(one, &group.patients)).filter(asked).collect();
                self.keep(round, kind, page).await?;
                match pages.turn(self).await? {
                    Ok(()) => {}
                    Err(trouble) => return Ok(Err(trouble)),
                }
            }
        }
        Ok(Ok(()))
    }

    async fn keep(&self, round: &mut Round, kind: &str, page: Vec<There>) -> Result<(), Stopped> {
        if kind == "Patient" {
            for one in &page {
                let body: Value = serde_json::from_str(&one.body).unwrap_or_default();
                if !is_in_use(&body) {
                    let about = about(kind, &one.server_id, &one.version);
                    self.tell(NoticeKind::PatientNotInUse, &one.patient, Some(about)).await?;
                }
            }
        }
        let keep = move |store: &mut store::Store| store.keep_there(&page).map(|done| (done, page));
        let ((staged, left), page) = self.books.run(keep).await?;
        round.pulled.staged += staged;
        let of = |id: &str| page.iter().find(|one| one.server_id == id).map(|one| (&*one.patient, &*one.version));
        self.left_out(round, kind, of, left).await
    }

    /// What was older than it should be is counted; of what is about somebody else now a person is told.
    /// `of` says whom a resource of this id is about, and at which version it stands.
    async fn left_out<'a>(
        &self,
        round: &mut Round,
        kind: &str,
        of: impl Fn(&str) -> Option<(&'a str, &'a str)>,
        left: Differing,
    ) -> Result<(), Stopped> {
        round.pulled.older += u32::try_from(left.older.len()).unwrap_or(u32::MAX);
        for id in left.other_patient {
            let Some((patient, version)) = of(&id) else { continue };
            self.tell(NoticeKind::OtherPatient, patient, Some(about(kind, &id, version))).await?;
        }
        Ok(())
    }

    /// Who wrote what was fetched of these patients, and the papers that documents of ours are in.
    async fn beside(&self, round: &mut Round, patients: &[String]) -> Result<Result<(), Trouble>, Stopped> {
        let of = patients.to_vec();
        let read = move |store: &mut store::Store| {
            let of_one = |patient: &String| {
                let names = store.staged_names(patient)?;
                let documents = names.iter().any(|(kind, _)| kind == "DocumentReference");
                let mut waiting = if documents { store.staged(patient)? } else { Vec::new() };
                waiting.retain(|one| one.kind == "DocumentReference");
                Ok((names, waiting))
            };
            of.iter().map(of_one).collect::<Result<Vec<_>, store::Error>>()
        };
        for (patient, (names, waiting)) in patients.iter().zip(self.books.run(read).await?) {
            let targets: Vec<String> = names.iter().map(|(kind, id)| format!("{kind}/{id}")).collect();
            for some in targets.chunks(MOST_IDS) {
                let query = [("target", &*some.join(",")), ("_count", A_PAGE)];
                let mut pages = match List::begin(self, "Provenance", &query).await? {
                    Ok(pages) => pages,
                    Err(trouble) => return Ok(Err(trouble)),
                };
                while let Some(resources) = pages.resources.take() {
                    let page = resources.into_iter().filter_map(|one| commit_record(one, patient, some)).collect();
                    self.keep(round, "Provenance", page).await?;
                    match pages.turn(self).await? {
                        Ok(()) => {}
                        Err(trouble) => return Ok(Err(trouble)),
                    }
                }
            }
            let bodies = waiting.iter().filter_map(|one| serde_json::from_str::<Value>(&one.body).ok());
            for id in bodies.filter(is_ours).flat_map(|body| papers(&body)).collect::<Vec<_>>() {
                let asked = id.clone();
                if self.books.run(move |store| store.is_known_there("Binary", &asked)).await? {
                    continue;
                }
                match of_read(&self.server.get(&format!("Binary/{id}"), &[], &self.id()?).await, "Binary", &id) {
                    Read::Found { etag, body } => {
                        let (kind, patient, body) = ("Binary".to_owned(), patient.clone(), body.to_string());
                        let one = There { kind, server_id: id, patient, version: etag, updated: None, body };
                        self.keep(round, "Binary", vec![one]).await?;
                    }
                    // A paper that is not there or does not come: the summary it belongs to is not taken in.
                    Read::Absent => {}
                    Read::Fault(trouble) if matches!(trouble.fault, Fault::CutOff | Fault::NotFhir) => {
                        let about = About { kind: "Binary".to_owned(), server_id: id, version: None };
                        self.tell(NoticeKind::NotRead, patient, Some(about)).await?;
                    }
                    Read::Fault(trouble) => return Ok(Err(trouble)),
                }
            }
        }
        Ok(Ok(()))
    }

    /// The appointments of these days at these places; answers whose they are.
    pub(crate) async fn visits(
        &mut self,
        days: &[Date],
        places: &[String],
    ) -> Result<Result<Vec<Lane>, Trouble>, Stopped> {
        let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) else { return Ok(Ok(Vec::new())) };
        let from = format!("ge{first}");
        let Ok(after) = last.checked_add(1.day()) else { return Ok(Ok(Vec::new())) };
        let until = format!("lt{after}");
        let (identifiers, references): (Vec<&String>, Vec<&String>) = places.iter().partition(|one| one.contains('|'));
        let mut round = Round::default();
        let mut lanes: Vec<Lane> = Vec::new();
        for (name, some) in [("actor", references), ("actor:identifier", identifiers)] {
            if some.is_empty() {
                continue;
            }
            let at = some.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(",");
            let query = [("date", from.as_str()), ("date", until.as_str()), (name, at.as_str()), ("_count", A_PAGE)];
            let mut pages = match List::begin(self, "Appointment", &query).await? {
                Ok(pages) => pages,
                Err(trouble) => return Ok(Err(trouble)),
            };
            while let Some(resources) = pages.resources.take() {
                let mut page = Vec::new();
                for one in resources.iter().filter(|one| is_on(one, *first, *last) && is_at(one, &some)) {
                    let Some(patient) = invited(one) else { continue };
                    page.extend(whole(one, &[patient.clone()].into()));
                    let lane = Lane::There(patient);
                    if !lanes.contains(&lane) && lanes.len() < MOST_VISITS {
                        lanes.push(lane);
                    }
                }
                self.keep(&mut round, "Appointment", page).await?;
                match pages.turn(self).await? {
                    Ok(()) => {}
                    Err(trouble) => return Ok(Err(trouble)),
                }
            }
        }
        Ok(Ok(lanes))
    }
}

/// A list that is read page after page.
struct List {
    kind: String,
    /// The page that was read last; None when there is none more.
    resources: Option<Vec<Value>>,
    next: Option<String>,
    /// The links that were followed: a list that leads back into itself has no end.
    followed: BTreeSet<String>,
    read: u64,
    total: Option<u64>,
}

impl List {
    async fn begin<B: Books, W: Pages>(
        pull: &Pull<B, W>,
        kind: &str,
        query: &[(&str, &str)],
    ) -> Result<Result<List, Trouble>, Stopped> {
        let reply = pull.server.page(kind, query, &pull.id()?).await;
        let mut list = List {
            kind: kind.to_owned(),
            resources: None,
            next: None,
            followed: BTreeSet::new(),
            read: 0,
            total: None,
        };
        Ok(list.take_in(pull.server.base(), reply).map(|()| list))
    }

    /// Reads the next page; none is left when there is no link to one.
    async fn turn<B: Books, W: Pages>(&mut self, pull: &Pull<B, W>) -> Result<Result<(), Trouble>, Stopped> {
        let Some(path) = self.next.take() else { return Ok(Ok(())) };
        let reply = pull.server.next(&path, &pull.id()?).await;
        Ok(self.take_in(pull.server.base(), reply))
    }

    fn take_in(&mut self, base: &str, reply: crate::answer::Reply) -> Result<(), Trouble> {
        let not_fhir = Trouble::of(Fault::NotFhir);
        let page = page(reply, &self.kind)?;
        self.read += page.named;
        self.total = self.total.or(page.total);
        self.next = match page.next {
            Some(link) => {
                let path = below(base, &link).ok_or(not_fhir)?;
                if self.followed.len() >= MOST_PAGES || !self.followed.insert(path.clone()) {
                    return Err(not_fhir);
                }
                Some(path)
            }
            // It says how many there are and names fewer: the rest was lost on the way.
            None if self.total.is_some_and(|total| total > self.read) => return Err(not_fhir),
            None => None,
        };
        self.resources = Some(page.resources);
        Ok(())
    }
}

fn about(kind: &str, id: &str, version: &str) -> About {
    About { kind: kind.to_owned(), server_id: id.to_owned(), version: Some(version.to_owned()) }
}

/// A commit record of one of these resources, which all are this patient's.
fn commit_record(mut record: Value, patient: &str, targets: &[String]) -> Option<There> {
    let of_these = |to: &Value| text(to, "reference").is_some_and(|to| targets.iter().any(|one| one == to));
    let named = record.get("target").and_then(Value::as_array).into_iter().flatten().any(of_these);
    // It names no subject: for reading its version it is given that of what it is about.
    let members = record.as_object_mut().filter(|_| named)?;
    members.insert("subject".to_owned(), serde_json::json!({ "reference": format!("Patient/{patient}") }));
    let mut there = whole(&record, &[patient.to_owned()].into())?;
    record.as_object_mut()?.remove("subject");
    there.body = record.to_string();
    Some(there)
}

/// Whether an appointment may be on one of these days: a server that does not know the parameter answers with any.
fn is_on(appointment: &Value, first: Date, last: Date) -> bool {
    let day = text(appointment, "start").and_then(|start| start.get(..10)?.parse::<Date>().ok());
    day.is_some_and(|day| day >= first && day <= last)
}

/// Whether it takes place at one of these.
fn is_at(appointment: &Value, places: &[&String]) -> bool {
    let all = appointment.get("participant").and_then(Value::as_array).into_iter().flatten();
    let mut actors = all.filter_map(|one| one.get("actor"));
    let is = |actor: &Value| {
        let identifier = actor.get("identifier");
        let part = |name: &str| identifier.and_then(|one| text(one, name));
        let identifier = part("system").zip(part("value")).map(|(system, value)| format!("{system}|{value}"));
        let named = |place: &&String| text(actor, "reference") == Some(place) || identifier.as_ref() == Some(*place);
        places.iter().any(named)
    };
    actors.any(is)
}

/// A moment as FHIR writes it; the epoch when it lies outside all calendars.
fn instant(ms: i64) -> String {
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}
