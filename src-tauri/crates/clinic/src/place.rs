//! Keeping where a nurse is.

use domain::id::{HnaId, PatientId};
use domain::op::Op;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::clinic::Clinic;
use crate::problem::{Code, Problem};

/// Where a nurse is: a member of the `Screen` union and what it is about.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Place {
    pub screen: String,
    #[ts(type = "PatientId | null")]
    pub patient: Option<String>,
    #[ts(type = "HnaId | null")]
    pub hna: Option<String>,
    /// The care plan or treatment summary.
    pub record: Option<String>,
    pub item: Option<String>,
}

impl From<domain::place::Place> for Place {
    fn from(place: domain::place::Place) -> Place {
        Place {
            screen: place.screen,
            patient: place.patient.map(|id| id.to_string()),
            hna: place.hna.map(|id| id.to_string()),
            record: place.record,
            item: place.item,
        }
    }
}

impl Clinic {
    /// Keeps where this nurse is, so that a lock or a crash leads back there.
    pub async fn keep_place(&self, request: Place) -> Result<(), Problem> {
        let by = self.by_for(Op::KeepPlace)?;
        let patient = request.patient.map(|id| PatientId::parse(&id).ok_or(Code::Gone)).transpose()?;
        let hna = request.hna.map(|id| HnaId::parse(&id).ok_or(Code::Gone)).transpose()?;
        let (record, item) = (request.record.as_deref(), request.item.as_deref());
        let place = domain::place::Place::new(&request.screen, patient, hna, record, item).ok_or(Code::Gone)?;
        self.0
            .queue
            .run(move |store| store.write::<_, Problem>(&by, Op::KeepPlace, |w| Ok(w.keep_place(&place)?)))
            .await
    }
}
