//! What of a group that was refused stands at the trust as it is known here, by one request for all of it; of the rest each is read.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::SendingId;
use fhir::Resource;
use serde_json::Value;

use crate::answer::same_version;
use crate::asking::is;
use crate::bundle::Carried;
use crate::fault::Trouble;
use crate::match_patient::is_in_use;
use crate::push::{Books, Push, Stopped};
use crate::together::{MOST_IDS, Question};
use crate::transport::Wire;

/// Of a group: nothing is said of what is not in here.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Unmoved {
    /// What these change is at the versions that are known, and what they make is not there.
    pub sendings: BTreeSet<SendingId>,
    /// The trust's own Patients, by their ids, that are there and in use.
    pub patients: BTreeSet<String>,
}

impl<B: Books, W: Wire> Push<B, W> {
    pub(crate) async fn unmoved(&self, carried: &[Carried]) -> Result<Result<Unmoved, Trouble>, Stopped> {
        let mut ids: BTreeMap<&'static str, BTreeSet<&str>> = BTreeMap::new();
        for one in carried {
            for (resource, _) in wanted(one) {
                ids.entry(resource.kind).or_default().insert(&resource.id);
            }
            if let Some(patient) = &one.patient {
                ids.entry("Patient").or_default().insert(patient);
            }
        }
        let mut questions = Vec::new();
        for (kind, ids) in ids {
            let ids: Vec<&str> = ids.into_iter().collect();
            let elements = if kind == "Patient" { "id,meta,active,link" } else { "id,meta" };
            questions.extend(ids.chunks(MOST_IDS).map(|ids| Question::by_id(kind, ids, elements)));
        }
        Ok(match self.found(&questions).await? {
            Ok((_, true)) => Ok(Unmoved::default()),
            Ok((found, _)) => Ok(of(carried, &found)),
            Err(trouble) => Err(trouble),
        })
    }
}

fn wanted(one: &Carried) -> impl Iterator<Item = (&Resource, Option<&str>)> {
    let updates = one.updates().map(|(resource, known)| (resource, Some(known)));
    updates.chain(one.first().map(|resource| (resource, None)))
}

fn of(carried: &[Carried], found: &[Value]) -> Unmoved {
    let stands = |(resource, known): (&Resource, Option<&str>)| {
        let version = found.iter().find(|found| is(found, resource)).map(|found| found.pointer("/meta/versionId"));
        match (version, known) {
            (None, None) => true,
            (Some(version), Some(known)) => version.and_then(Value::as_str).is_some_and(|id| same_version(id, known)),
            _ => false,
        }
    };
    let there = |id: &&str| {
        let mut same = found.iter().filter(|one| one.get("id").and_then(Value::as_str) == Some(id));
        same.any(|one| one.get("resourceType").and_then(Value::as_str) == Some("Patient") && is_in_use(one))
    };
    Unmoved {
        sendings: carried.iter().filter(|one| wanted(one).all(stands)).map(|one| one.sending).collect(),
        patients: carried.iter().filter_map(|one| one.patient.as_deref()).filter(there).map(str::to_owned).collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::bundle::Entry;

    fn carried(byte: u8, known: Option<&str>, patient: Option<&str>) -> Carried {
        let id = format!("r{byte}");
        let resource =
            Resource { kind: "CarePlan", id: id.clone(), body: json!({ "resourceType": "CarePlan", "id": id }) };
        let entries = vec![Entry { resource, version: known.map(str::to_owned) }];
        let (sending, patient) = (SendingId::from_random([byte; 16]), patient.map(str::to_owned));
        Carried { sending, record: id, patient, entries, before: Vec::new() }
    }

    #[test]
    fn only_what_is_at_its_version_or_not_there_at_all_has_not_moved() {
        let plan =
            |id: &str, version: &str| json!({ "resourceType": "CarePlan", "id": id, "meta": { "versionId": version } });
        let all = [
            carried(1, Some("W/\"3\""), None),
            carried(2, Some("W/\"3\""), None),
            carried(3, Some("W/\"3\""), None),
            carried(4, None, None),
            carried(5, None, None),
            carried(6, Some("W/\"3\""), None),
        ];
        let bare = json!({ "resourceType": "CarePlan", "id": "r6" });
        let unmoved = of(&all, &[plan("r1", "3"), plan("r2", "4"), plan("r5", "1"), bare]);
        let expected: BTreeSet<SendingId> = [1, 4].map(|byte: u8| SendingId::from_random([byte; 16])).into();
        assert_eq!(unmoved.sendings, expected, "the others are each read");
    }

    #[test]
    fn a_patient_out_of_use_is_looked_at() {
        let all = [carried(1, None, Some("a")), carried(2, None, Some("b")), carried(3, None, Some("c"))];
        let patient = |id: &str, active: bool| json!({ "resourceType": "Patient", "id": id, "active": active });
        let unmoved = of(&all, &[patient("a", true), patient("b", false)]);
        assert_eq!(unmoved.patients, BTreeSet::from(["a".to_owned()]));
    }
}
