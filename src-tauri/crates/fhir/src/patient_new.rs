//! A patient whom this PC does not know yet, read from what stands at the trust.

use domain::id::PatientId;
use domain::patient::{Cancer, Gender, Name, Needs, PRINT_POINTS, Patient};
use domain::staff::Organisation;
use jiff::civil::date;
use serde_json::Value;

use crate::id;
use crate::patient_read::{MOST_TREATMENTS, cancer, demographics, is_identifier, sound};
use crate::read_fault::{ReadFault, is};
use crate::value::RECORD;

/// Before every day on which anybody here can have checked anything, UTC milliseconds: 1 January 1900.
const LONG_AGO: i64 = -2_208_988_800_000;

/// The patient whom we made at the trust as this Patient: one that has our own identifier, which is its id as well. None for everybody
/// else's.
pub fn our_patient(body: &Value) -> Option<PatientId> {
    let identifiers = body.get("identifier")?.as_array()?;
    let one = identifiers.iter().find(|one| is_identifier(one, RECORD))?;
    let id = PatientId::parse(one.get("value")?.as_str()?)?;
    is(body, "Patient", &id.to_string()).then_some(id)
}

/// The patient `id` as the Patient `body` has them, with the cancer as those of `resources` say it that are part of this patient's record;
/// `at` is when that was written, UTC milliseconds, and counts as checked then unless it says otherwise. The Patient may be the trust's
/// own.
pub fn new_patient(body: &Value, resources: &[Value], id: PatientId, at: i64) -> Result<Patient, ReadFault> {
    if body.get("resourceType").and_then(Value::as_str) != Some("Patient") {
        return Err(ReadFault::NotOurs("resourceType"));
    }
    let mut read = demographics(body, &Patient { checked_at: at, ..blank_patient(id) })?;
    let of_cancer: Vec<Value> = cancer_of(resources, id).into_iter().cloned().collect();
    let of_cancer = cancer(&of_cancer, &blank_patient(id))?;
    (read.cancer, read.diagnosed_at) = (of_cancer.cancer, of_cancer.diagnosed_at);
    sound(read)
}

/// `ours` with the details as the trust's own Patient says them now; what it says nothing of, such as the cancer, stays.
pub fn read_details(body: &Value, ours: &Patient) -> Result<Patient, ReadFault> {
    sound(demographics(body, ours)?)
}

/// The Conditions and Procedures among these that are part of this patient's record here.
pub fn cancer_of(resources: &[Value], patient: PatientId) -> Vec<&Value> {
    let id = |role: &str| id::of(patient.bytes(), role);
    let conditions = [id("diagnosis"), id("recurrence")];
    let procedures: Vec<String> = (1..=MOST_TREATMENTS).map(|number| id(&format!("treatment/{number}"))).collect();
    let ours = |one: &&Value| {
        conditions.iter().any(|id| is(one, "Condition", id)) || procedures.iter().any(|id| is(one, "Procedure", id))
    };
    resources.iter().filter(ours).collect()
}

/// A patient of whom nothing is known, for what is known to be laid over.
pub fn blank_patient(id: PatientId) -> Patient {
    let [standard, ..] = PRINT_POINTS;
    Patient {
        id,
        nhs_number: None,
        hospital_number: String::new(),
        name: Name::default(),
        born: date(1900, 1, 1),
        gender: Gender::Unknown,
        address: String::new(),
        postcode: String::new(),
        phone: String::new(),
        mobile: String::new(),
        email: String::new(),
        practice: Organisation::default(),
        needs: Needs { print_points: standard, interpreter: String::new(), other: String::new() },
        cancer: Cancer::default(),
        key_worker: String::new(),
        team: String::new(),
        diagnosed_at: Organisation::default(),
        followed_up_at: Organisation::default(),
        died: None,
        death_taken_back: String::new(),
        checked_at: LONG_AGO,
    }
}
