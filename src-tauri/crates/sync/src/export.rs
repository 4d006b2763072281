//! A sending that the trust did not take, for people to look at: what would go, and what waits for it.

use domain::id::SendingId;
use domain::record::RecordKind;
use serde_json::{Value, json};
use store::{Error, Outgoing, Store};

use crate::bundle::{MOST_BYTES, transaction};
use crate::reading::{Packs, carried};

/// The transaction of a sending as it would go to the server at `base`, beside why it was stopped and the server's own words. Null in place
/// of the transaction when the record does not read back. None when there is no such sending, or nothing is to be decided about it.
pub fn refused_copy(
    store: &Store,
    packs: &dyn Packs,
    sending: SendingId,
    base: &str,
) -> Result<Option<(Outgoing, Value)>, Error> {
    let Some((one, reason, said)) = store.unsent(sending)?.filter(|(_, reason, _)| !reason.is_empty()) else {
        return Ok(None);
    };
    let carried = carried(store, packs, &one)?;
    let bundle =
        carried.and_then(|carried| serde_json::from_str::<Value>(&transaction(&[carried], base, MOST_BYTES).body).ok());
    let copy = json!({
        "sending": sending.to_string(),
        "record": { "kind": one.kind.code(), "id": one.id, "revision": one.revision },
        "reason": reason,
        "said": said,
        "transaction": bundle,
    });
    Ok(Some((one, copy)))
}

/// The kinds of record that wait in the lane and refer to something that only this sending would put at the trust: without it, the trust
/// could not take them. The patient's own details where nothing waits and the trust has no Patient for the lane: whatever is saved
/// of the patient later refers to it.
pub fn still_needed(store: &Store, packs: &dyn Packs, sending: SendingId) -> Result<Vec<RecordKind>, Error> {
    let mut kinds: Vec<RecordKind> = waits_for(store, packs, sending)?.iter().map(|one| one.kind).collect();
    kinds.sort_unstable_by_key(|kind| kind.code());
    kinds.dedup();
    if kinds.is_empty() && leaves_nobody(store, sending)? {
        kinds.push(RecordKind::Patient);
    }
    Ok(kinds)
}

/// Whether the trust would have no Patient for what is sent of this patient, because nobody but this sending makes it.
fn leaves_nobody(store: &Store, sending: SendingId) -> Result<bool, Error> {
    let Some((one, ..)) = store.unsent(sending)?.filter(|(one, ..)| one.kind == RecordKind::Patient) else {
        return Ok(false);
    };
    Ok(store.trust_ref("Patient", &one.lane)?.is_none() && store.theirs(sending)?.is_none())
}

/// What waits in the lane and refers to something that only this sending would put at the trust: without it, the trust could not take it.
fn waits_for(store: &Store, packs: &dyn Packs, sending: SendingId) -> Result<Vec<Outgoing>, Error> {
    let Some((one, ..)) = store.unsent(sending)? else { return Ok(Vec::new()) };
    let Some(mine) = carried(store, packs, &one)? else { return Ok(Vec::new()) };
    let new = mine.entries.iter().filter(|entry| entry.version.is_none() && entry.resource.kind != "Provenance");
    let new: Vec<String> = new.map(|entry| entry.resource.reference()).collect();
    // With a conflict the later revisions of the record are withdrawn as well.
    let all_of_it = store.conflict(sending)?.is_some();
    let mut waiting = Vec::new();
    for later in store.behind(sending)? {
        if later.id == one.id && all_of_it {
            continue;
        }
        // A later revision of the same record puts there what this one would have.
        if later.id == one.id {
            break;
        }
        let refers = carried(store, packs, &later)?
            .is_some_and(|later| later.entries.iter().any(|entry| refers_to(&entry.resource.body, &new)));
        if refers {
            waiting.push(later);
        }
    }
    Ok(waiting)
}

/// Whether a reference to one of these stands anywhere in it.
fn refers_to(body: &Value, names: &[String]) -> bool {
    match body {
        Value::Object(members) => members.iter().any(|(name, value)| {
            let named = name == "reference" && value.as_str().is_some_and(|to| names.iter().any(|name| name == to));
            named || refers_to(value, names)
        }),
        Value::Array(all) => all.iter().any(|one| refers_to(one, names)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_found_wherever_it_stands_and_text_is_none() {
        let names = ["Patient/a".to_owned()];
        assert!(refers_to(&json!({ "x": [{ "subject": { "reference": "Patient/a" } }] }), &names));
        assert!(!refers_to(&json!({ "note": [{ "text": "Patient/a" }], "reference": "Patient/ab" }), &names));
    }
}
