//! An Appointment of the trust read as a place on the clinic list, and the Patient of one as a row names a person.
//!
//! | element | read as | where it is missing there |
//! | --- | --- | --- |
//! | `status` | whether it takes place | not read |
//! | `start` | day and time in London | it does not take place |
//! | `participant` with a Patient | whose it is | not read, as with two |
//! | `participant` with a Location, else `serviceType` | the clinic | empty |
//! | `reasonCode`, else `appointmentType`, `description` | what it is for | empty |
//! | `participant` with a Practitioner or PractitionerRole | who sees the patient | empty |
//!
//! What is only shown is shortened where it is too long: nobody is left off a list for it. What Holdfast itself made carries our identifier
//! and comes as the record that it is.

use domain::clinic_visit::{TrustAppointment, TrustVisit};
use domain::day;
use domain::home_answers::GivenPerson;
use domain::text;
use jiff::civil::DateTime;
use serde_json::Value;

use crate::answers_person::person;
use crate::read_fault::{ReadFault, moment, objects, words};
use crate::value::RECORD;

/// An appointment as it stands at the trust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadVisit {
    /// The Patient as the participant is called there; may be empty.
    pub called: String,
    /// When it takes place, in London; None when nobody knows.
    pub when: Option<DateTime>,
    /// Holdfast made it, here or at another PC.
    pub ours: bool,
    appointment: TrustAppointment,
    clinic: String,
    reason: String,
    nurse: String,
}

impl ReadVisit {
    /// The trust's identifier of the appointment.
    pub fn id(&self) -> &str {
        &self.appointment.id
    }

    /// The trust's identifier of the Patient.
    pub fn patient(&self) -> &str {
        &self.appointment.patient
    }

    /// The place on the list of this person; `before` is when it was to take place as far as was known. None when it never had a day.
    pub fn visit(self, given: GivenPerson, before: Option<DateTime>) -> Option<TrustVisit> {
        let when = self.when.or(before)?;
        let cancelled = self.appointment.cancelled || self.when.is_none();
        Some(TrustVisit {
            appointment: TrustAppointment { cancelled, ..self.appointment },
            day: when.date(),
            time: when.time(),
            clinic: self.clinic,
            reason: self.reason,
            nurse: self.nurse,
            given,
        })
    }
}

/// Reads an Appointment.
pub fn read_visit(body: &Value) -> Result<ReadVisit, ReadFault> {
    if words(body, "resourceType")? != Some("Appointment") {
        return Err(ReadFault::NotOurs("resourceType"));
    }
    let id = words(body, "id")?.filter(|id| is_id(id)).ok_or(ReadFault::Missing("id"))?;
    let cancelled = match words(body, "status")?.ok_or(ReadFault::Missing("status"))? {
        "pending" | "booked" | "arrived" | "checked-in" | "fulfilled" | "noshow" => false,
        "proposed" | "waitlist" | "cancelled" | "entered-in-error" => true,
        _ => return Err(ReadFault::Unreadable("status")),
    };
    let mut people = Vec::new();
    let (mut place, mut nurse, mut called) = (String::new(), String::new(), String::new());
    for participant in objects(body, "participant")? {
        let Some(actor) = participant.get("actor").filter(|actor| actor.is_object()) else { continue };
        let reference = words(actor, "reference")?.unwrap_or_default();
        let kind = reference.split_once('/').map(|(kind, _)| kind).or(words(actor, "type")?);
        let name = said(actor.get("display"));
        match kind {
            Some("Patient") => {
                let id = reference.strip_prefix("Patient/").filter(|id| is_id(id));
                let id = id.ok_or(ReadFault::Unreadable("participant"))?;
                if !people.contains(&id) {
                    people.push(id);
                }
                called = name;
            }
            Some("Location" | "HealthcareService") if place.is_empty() => place = name,
            Some("Practitioner" | "PractitionerRole") if nurse.is_empty() => nurse = name,
            _ => {}
        }
    }
    let [patient] = people.as_slice() else {
        return Err(if people.is_empty() {
            ReadFault::Missing("participant")
        } else {
            ReadFault::Unreadable("participant")
        });
    };
    let start = moment(body, "start")?.map(day::london);
    let first = |named: [String; 3]| named.into_iter().find(|said| !said.is_empty()).unwrap_or_default();
    let our = |one: &&Value| one.get("system").and_then(Value::as_str) == Some(RECORD);
    Ok(ReadVisit {
        called,
        when: start.filter(|when| day::YEARS.contains(&when.date().year())),
        ours: objects(body, "identifier")?.iter().any(our),
        appointment: TrustAppointment { id: id.to_owned(), patient: (*patient).to_owned(), cancelled },
        clinic: first([place, concept(body.pointer("/serviceType/0")), String::new()]),
        reason: first([
            concept(body.pointer("/reasonCode/0")),
            concept(body.get("appointmentType")),
            said(body.get("description")),
        ]),
        nurse,
    })
}

/// The person of a Patient as a row of the clinic list names them. A part that is missing, cannot be read or says two different things is
/// left out: such a row is nobody's here until a nurse has looked.
pub fn read_person(patient: &Value) -> GivenPerson {
    let mut unclear = false;
    person(&Value::Null, Some(patient), &mut unclear)
}

/// The words of a CodeableConcept; empty where it has none.
fn concept(of: Option<&Value>) -> String {
    let Some(of) = of else { return String::new() };
    let text = said(of.get("text"));
    if text.is_empty() { said(of.pointer("/coding/0/display")) } else { text }
}

/// A text that is only shown, on one line and of a line's length; empty where there is none.
fn said(of: Option<&Value>) -> String {
    let Some(text) = of.and_then(Value::as_str) else { return String::new() };
    let shown: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(text::LINE).collect();
    text::line(&shown).unwrap_or_default()
}

/// Is it an identifier as FHIR allows one, that as a part of a path leads nowhere else?
fn is_id(id: &str) -> bool {
    id.chars().any(|c| c != '.')
        && (1..=64).contains(&id.len())
        && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))
}

#[cfg(test)]
#[path = "visit_read_tests.rs"]
mod tests;
