//! What a locked plan and a signed summary have in common: who looked at one, and that it stands on the patient who was read for it.

use domain::id::PatientId;
use domain::op::Op;
use domain::record::Record;
use domain::staff::By;
use store::Store;

use crate::problem::{Code, Problem};

/// Writes down that somebody looked at a record, and which version was asked for.
pub(crate) fn look(store: &mut Store, by: &By, op: Op, record: Record, version: Option<u32>) -> Result<(), Problem> {
    store.write(by, op, |w| {
        w.about(record);
        if let Some(version) = version {
            w.detail(&format!("version {version}"));
        }
        Ok(())
    })
}

/// `changed_meanwhile` when the newest revision of the patient is not this one, which was read before.
pub(crate) fn still(store: &Store, patient: PatientId, known: i64) -> Result<(), Problem> {
    let newest = store.patient(patient)?.map(|(_, newest)| newest);
    (newest == Some(known)).then_some(()).ok_or_else(|| Code::ChangedMeanwhile.into())
}
