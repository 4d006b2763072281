//! Reads what a patient's records have for the blanks of a summary: when it is asked for, never kept beside the record. What of it is
//! offered is decided in `domain::summary_offers`.

use domain::id::PatientId;
use domain::summary_offers::Known;
use store::Store;

use crate::content::Content;
use crate::problem::{Code, Problem};

/// What can be offered about a patient.
pub(crate) fn known(store: &Store, content: &Content, patient: PatientId) -> Result<Known, Problem> {
    let (about, _) = store.patient(patient)?.ok_or(Code::Gone)?;
    let mut known = Known::about(about);
    for saved in store.hnas_of(patient)? {
        known.add_hna(&saved.hna, &*content.checklist(store, &saved.hna.checklist)?);
    }
    for saved in store.care_plans_of(patient)? {
        known.add_plan(&saved.plan);
    }
    Ok(known)
}
