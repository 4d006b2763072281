//! The transaction that carries sendings: a PUT under our own id for each resource, with the version we know where we know one, and
//! for each sending its Provenance, the commit record. What
//! is new carries If-None-Match as well, and is asked for before all the same: servers are known to overwrite in spite of it.

use domain::id::SendingId;
use fhir::Resource;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::TrustRef;

use crate::same::says_the_same;

/// The most bytes of one transaction; one sending that is larger goes alone.
pub(crate) const MOST_BYTES: usize = 4 * 1024 * 1024;

/// One resource of a sending.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub resource: Resource,
    /// Its ETag at the trust as we know it; None for what is not there yet.
    pub version: Option<String>,
}

/// What one sending puts at the trust.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Carried {
    pub sending: SendingId,
    /// Our id of the record.
    pub record: String,
    /// The trust's own Patient that it refers to; None for one of ours.
    pub patient: Option<String>,
    /// The last is the commit record.
    pub entries: Vec<Entry>,
    /// What the trust last took of the record.
    pub before: Vec<Resource>,
}

/// A transaction ready to go.
pub(crate) struct Transaction {
    pub body: String,
    /// `Type/id` of each entry, in order.
    pub names: Vec<String>,
    /// SHA-256 of each sending's entries, as sent.
    pub digests: Vec<String>,
}

impl Carried {
    /// The resources it changes at the trust, rather than makes.
    pub fn updates(&self) -> impl Iterator<Item = (&Resource, &str)> {
        self.entries.iter().filter_map(|entry| Some((&entry.resource, entry.version.as_deref()?)))
    }

    /// What it begins to put there: the record's own resource, when the trust has no version of it that we know.
    pub fn first(&self) -> Option<&Resource> {
        let entry = self.entries.first()?;
        (entry.version.is_none() && is_changed_later(&entry.resource)).then_some(&entry.resource)
    }

    /// The resources it makes beside the first of all.
    pub fn others(&self) -> impl Iterator<Item = &Resource> {
        let first = self.first().map(|first| &first.id);
        let made = self.entries.iter().filter(|entry| entry.version.is_none()).map(|entry| &entry.resource);
        made.filter(move |one| is_changed_later(one) && Some(&one.id) != first)
    }

    /// Whether this, under the id of a resource of it, is what it says or what the trust took before: our own words.
    pub fn has_said(&self, theirs: &Value, resource: &Resource) -> bool {
        let before = self.before.iter().filter(|one| one.kind == resource.kind && one.id == resource.id);
        before.chain([resource]).any(|ours| says_the_same(theirs, &ours.body))
    }

    /// What the trust has once it took this with these ETags.
    pub fn refs(&self, etags: &[String]) -> Vec<TrustRef> {
        let written = self.entries.iter().zip(etags).filter(|(entry, _)| is_changed_later(&entry.resource));
        written.map(|(entry, etag)| there(&entry.resource, etag)).collect()
    }

    fn serialised(&self, base: &str) -> String {
        let entries = self.entries.iter().map(|entry| {
            let name = entry.resource.reference();
            let mut request = json!({ "method": "PUT", "url": name });
            if let Some(request) = planted!(VersionLeftOut, None, request.as_object_mut()) {
                match &entry.version {
                    Some(version) => request.insert("ifMatch".to_owned(), json!(version)),
                    None => request.insert("ifNoneMatch".to_owned(), json!("*")),
                };
            }
            json!({ "fullUrl": format!("{base}/{name}"), "resource": entry.resource.body, "request": request })
                .to_string()
        });
        entries.collect::<Vec<_>>().join(",")
    }
}

/// As many of the first sendings as go together: within so many bytes, and without naming a resource twice, whose second version can only
/// be known when the first is there; nor two revisions of one record, the second of which withdraws what the first one put there.
pub(crate) fn transaction(carried: &[Carried], base: &str, most_bytes: usize) -> Transaction {
    let mut made = Transaction { body: String::new(), names: Vec::new(), digests: Vec::new() };
    let mut parts = Vec::new();
    let mut bytes = 0;
    let mut records: Vec<&str> = Vec::new();
    for one in carried {
        let names: Vec<String> = one.entries.iter().map(|entry| entry.resource.reference()).collect();
        let text = one.serialised(base);
        bytes += text.len();
        let fits = bytes <= most_bytes && !names.iter().any(|name| made.names.contains(name));
        let fits = fits && !records.contains(&one.record.as_str());
        if !fits && !parts.is_empty() {
            break;
        }
        made.digests.push(Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect());
        made.names.extend(names);
        records.push(&one.record);
        parts.push(text);
    }
    made.body = format!(r#"{{"resourceType":"Bundle","type":"transaction","entry":[{}]}}"#, parts.join(","));
    made
}

/// A commit record and a paper are written once.
pub(crate) fn is_changed_later(resource: &Resource) -> bool {
    !matches!(resource.kind, "Provenance" | "Binary")
}

pub(crate) fn there(resource: &Resource, etag: &str) -> TrustRef {
    TrustRef {
        kind: resource.kind.to_owned(),
        local_id: resource.id.clone(),
        server_id: resource.id.clone(),
        version: Some(etag.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carried(byte: u8, id: &str, version: Option<&str>, size: usize) -> Carried {
        let resource = |kind: &'static str, id: &str| Resource {
            kind,
            id: id.to_owned(),
            body: json!({ "resourceType": kind, "id": id, "text": "x".repeat(size) }),
        };
        let sending = SendingId::from_random([byte; 16]);
        let entries = vec![
            Entry { resource: resource("Patient", id), version: version.map(str::to_owned) },
            Entry { resource: resource("Provenance", &sending.to_string()), version: None },
        ];
        Carried { sending, record: format!("record-{byte}"), patient: None, entries, before: Vec::new() }
    }

    #[test]
    fn an_update_names_the_version_and_a_new_one_does_not() {
        let made =
            transaction(&[carried(1, "a", Some("W/\"3\""), 1), carried(2, "b", None, 1)], "http://h/fhir", MOST_BYTES);
        let body: Value = serde_json::from_str(&made.body).unwrap();
        assert_eq!(body["entry"][0]["request"], json!({"method": "PUT", "url": "Patient/a", "ifMatch": "W/\"3\""}));
        assert_eq!(body["entry"][2]["request"], json!({"method": "PUT", "url": "Patient/b", "ifNoneMatch": "*"}));
        assert_eq!(body["entry"][0]["fullUrl"], "http://h/fhir/Patient/a");
        assert_eq!((made.names.len(), made.digests.len()), (4, 2));
        assert_ne!(made.digests[0], made.digests[1]);
    }

    #[test]
    fn two_versions_of_one_resource_never_go_together() {
        let made = transaction(
            &[carried(1, "a", None, 1), carried(2, "b", None, 1), carried(3, "a", None, 1)],
            "b",
            MOST_BYTES,
        );
        assert_eq!(made.digests.len(), 2);
    }

    #[test]
    fn two_revisions_of_one_record_never_go_together_even_without_a_resource_of_both() {
        let second = Carried { record: "record-1".to_owned(), ..carried(2, "b", None, 1) };
        assert_eq!(transaction(&[carried(1, "a", None, 1), second], "b", MOST_BYTES).digests.len(), 1);
    }

    #[test]
    fn a_transaction_is_bounded_and_one_sending_always_goes() {
        let large = MOST_BYTES / 2 + 1;
        assert_eq!(
            transaction(&[carried(1, "a", None, large), carried(2, "b", None, 1)], "b", MOST_BYTES).digests.len(),
            1
        );
        assert_eq!(
            transaction(&[carried(1, "a", None, 9), carried(2, "b", None, large)], "b", MOST_BYTES).digests.len(),
            1
        );
    }

    #[test]
    fn papers_and_commit_records_are_not_followed() {
        let one = carried(1, "a", None, 1);
        let refs = one.refs(&["W/\"1\"".to_owned(), "W/\"1\"".to_owned()]);
        assert_eq!(refs.iter().map(|one| one.kind.as_str()).collect::<Vec<_>>(), ["Patient"]);
    }
}
