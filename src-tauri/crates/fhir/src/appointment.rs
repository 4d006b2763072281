//! A talk about an assessment as an Appointment. A day that is not known is left out, and the appointment is then proposed.

use domain::appointment::{Appointment, AppointmentStatus, Channel, MINUTES};
use domain::day;
use serde_json::json;

use crate::hna::hna_response;
use crate::id;
use crate::resource::Resource;
use crate::value::{RECORD, coded, instant, to, uk_core};

pub(crate) const CHANNEL: &str = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-DeliveryChannel";
pub(crate) const CHANNELS: &str = "https://fhir.hl7.org.uk/CodeSystem/UKCore-DeliveryChannel";

/// The appointment. `patient` is the reference by which the trust knows the patient.
pub fn appointment(appointment: &Appointment, patient: &str) -> Vec<Resource> {
    let status = match appointment.status {
        AppointmentStatus::Proposed => "proposed",
        AppointmentStatus::Booked => "booked",
        AppointmentStatus::Kept => "fulfilled",
        AppointmentStatus::Missed => "noshow",
        AppointmentStatus::Cancelled => "cancelled",
    };
    let channel = match appointment.channel {
        Channel::FaceToFace => "In-person",
        Channel::Telephone => "Telephone",
        Channel::Video => "Video",
    };
    // Start and end stand together or not at all (app-2).
    let start = appointment.start.map(day::moment);
    let came = match appointment.status {
        AppointmentStatus::Proposed => "needs-action",
        _ => "accepted",
    };
    let mut participants = vec![
        json!({ "actor": to(patient), "status": came }),
        json!({ "actor": { "type": "Practitioner", "display": appointment.with_whom }, "status": came }),
    ];
    if !appointment.place.is_empty() {
        participants.push(json!({ "actor": { "type": "Location", "display": appointment.place }, "status": came }));
    }
    let body = json!({
        "meta": uk_core("Appointment"),
        "extension": [{
            "url": CHANNEL,
            "valueCodeableConcept": { "coding": [{ "system": CHANNELS, "code": channel }] },
        }],
        "identifier": [{ "system": RECORD, "value": appointment.id.to_string() }],
        "status": status,
        "cancelationReason": { "text": appointment.cancel_reason },
        "serviceType": [coded(&[("task", "talk-about-assessment")])],
        "description": "Talk about the holistic needs assessment",
        "start": start.map(instant),
        "end": start.map(|start| instant(start + MINUTES * 60_000)),
        "minutesDuration": MINUTES,
        "created": instant(appointment.booked_at),
        "supportingInformation": appointment.hna.map(|hna| [to(&hna_response(hna))]),
        "participant": participants,
    });
    vec![Resource::new("Appointment", id::of(appointment.id.bytes(), "appointment"), body)]
}
