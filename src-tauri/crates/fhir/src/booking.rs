//! A booking of a session as an Appointment. A date that is not known is left out, and the appointment is then proposed; of a month that
//! is known the month is asked for.

use domain::booking::{Booking, BookingState};
use domain::day;
use domain::session::{SessionHeld, SessionWhen};
use serde_json::json;

use crate::appointment::{CHANNEL, CHANNELS};
use crate::id;
use crate::resource::Resource;
use crate::value::{RECORD, coded, instant, to, uk_core};

/// The booking. `patient` is the reference by which the trust knows the patient.
pub fn booking(booking: &Booking, patient: &str) -> Vec<Resource> {
    let agreed = &booking.agreed;
    // Start and end stand together or not at all (app-2); of these, proposed and cancelled ones alone may have none (app-3).
    let moment = match agreed.when {
        SessionWhen::Exact { start, end } => Some((start, start.date().to_datetime(end))),
        SessionWhen::Month(_) | SessionWhen::Unknown => None,
    };
    let status = match booking.state {
        BookingState::Waiting => "proposed",
        BookingState::Requested => "pending",
        BookingState::Confirmed => "booked",
        BookingState::Attended => "fulfilled",
        BookingState::Missed => "noshow",
        BookingState::Cancelled => "cancelled",
    };
    let team = match booking.state {
        BookingState::Waiting | BookingState::Requested => "needs-action",
        BookingState::Cancelled => "declined",
        BookingState::Confirmed | BookingState::Attended | BookingState::Missed => "accepted",
    };
    let came = if booking.state == BookingState::Cancelled { "declined" } else { "accepted" };
    let channel = match agreed.held {
        SessionHeld::Online => "Video",
        SessionHeld::InPerson => "In-person",
    };
    let mut participants = vec![
        json!({ "actor": to(patient), "status": came }),
        json!({ "actor": { "type": "HealthcareService", "display": booking.team }, "status": team }),
    ];
    if !agreed.place.is_empty() {
        participants.push(json!({ "actor": { "type": "Location", "display": agreed.place }, "status": team }));
    }
    let relatives = match booking.relatives {
        0 => String::new(),
        1 => "1 relative comes along.".to_owned(),
        many => format!("{many} relatives come along."),
    };
    let said = [relatives.as_str(), booking.note.as_str()].into_iter().filter(|part| !part.is_empty());
    let month = agreed
        .when
        .month()
        .map(|first| json!([{ "start": first.to_string(), "end": first.last_of_month().to_string() }]));
    let body = json!({
        "meta": uk_core("Appointment"),
        "extension": [{
            "url": CHANNEL,
            "valueCodeableConcept": { "coding": [{ "system": CHANNELS, "code": channel }] },
        }],
        "identifier": [{ "system": RECORD, "value": booking.id.to_string() }],
        "status": status,
        "cancelationReason": { "text": booking.cancel_reason },
        "serviceType": [coded(&[("task", "session")])],
        "description": agreed.title,
        "start": moment.map(|(start, _)| instant(day::moment(start))),
        "end": moment.map(|(_, end)| instant(day::moment(end))),
        "created": instant(booking.asked_at),
        "comment": said.collect::<Vec<_>>().join(" "),
        "participant": participants,
        "requestedPeriod": month,
    });
    vec![Resource::new("Appointment", id::of(booking.id.bytes(), "booking"), body)]
}
