//! Sendings as they are carried to the trust by hand: for each the resources it would put there, with what the importer needs to know so
//! that it may. Read on the database's thread; nothing is written here.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use store::{Error, Outgoing, SHARED_LANE, Store};

use crate::reading::{Earlier, Packs, carried_after, known};

/// The form of the messages; another one is not understood.
pub(crate) const FORM: i64 = 1;

/// What is carried, one message after the other.
#[derive(Default)]
pub struct CarryOut {
    earlier: Earlier,
    /// Lanes of which nothing more is carried, because one of theirs cannot be.
    left: BTreeSet<String>,
}

impl CarryOut {
    /// The first message: what this is, and which server's versions it knows; None when no server has anything of this PC.
    pub fn opening(server: Option<&str>) -> Value {
        json!({ "form": FORM, "server": server })
    }

    /// The last message: so many came before it.
    pub fn closing(sendings: u32) -> Value {
        json!({ "end": sendings })
    }

    /// The message of a sending, after those that come before it; None for one that stays here, and whatever comes after it in its lane
    /// stays with it: it does not read back, or it is not certain who its patient is at the trust.
    pub fn message(&mut self, store: &Store, packs: &dyn Packs, one: &Outgoing) -> Result<Option<Value>, Error> {
        let message = match self.left.contains(&one.lane) {
            false => self.read(store, packs, one)?,
            true => None,
        };
        if message.is_none() {
            self.left.insert(one.lane.clone());
        }
        Ok(message)
    }

    fn read(&mut self, store: &Store, packs: &dyn Packs, one: &Outgoing) -> Result<Option<Value>, Error> {
        let stranger = one.lane != SHARED_LANE && !one.matched;
        let sought = match stranger {
            false => None,
            true => match known(store, &one.lane)?.filter(|known| known.there.is_none()) {
                None => return Ok(None),
                Some(known) => Some(json!({
                    "number": known.patient.nhs_number.as_ref().map(|number| number.digits()),
                    "born": known.patient.born.to_string(),
                    "family": known.patient.name.family,
                })),
            },
        };
        let Some(carried) = carried_after(store, packs, one, &self.earlier)? else { return Ok(None) };
        self.earlier.note(one, &carried);
        let entries =
            carried.entries.iter().map(|entry| json!({ "resource": entry.resource.body, "version": entry.version }));
        let entries: Vec<Value> = entries.collect();
        let last = store.last_acked(&one.id)?.map(|last| last.to_string());
        Ok(Some(json!({
            "sending": one.sending.to_string(),
            "lane": one.lane,
            "record": one.id,
            "kind": one.kind.code(),
            "patient": carried.patient,
            "sought": sought,
            "last": last,
            "entries": entries,
        })))
    }
}
