//! Bookings of sessions at the trust: without a date, for a month, confirmed on a day, attended, and given back.

use ::clinic::{
    BookSession, BookingForm, CancelBooking, Clinic, ConfirmBooking, EndBooking, RegisterPatient, RemindBooking,
    SessionDateForm, WriteSessionDate,
};
use kit::another_patient_form;
use kit::clock::DAY;
use serde_json::{Value, json};

use crate::clinic::{a_clinic_on, desk_when};
use crate::{network, server};

async fn sent(clinic: &Clinic) {
    desk_when(clinic, |desk| desk.sending.phrase == "sent" && desk.sending.waiting == 0).await;
}

/// The one appointment with this identifier of ours.
fn there(record: &str) -> Value {
    let is_it = |one: &Value| one["identifier"].as_array().into_iter().flatten().any(|id| id["value"] == record);
    let mut found: Vec<_> = server().all("Appointment").into_iter().filter(is_it).collect();
    assert_eq!(found.len(), 1);
    found.remove(0)
}

fn a_date(known: &str) -> SessionDateForm {
    SessionDateForm {
        known: Some(known.into()),
        on: "04-Dec-2026".into(),
        starts: "10:00".into(),
        ends: "11:30".into(),
        month: "December 2026".into(),
        place: String::new(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_is_proposed_until_it_has_a_day_and_then_follows_what_becomes_of_it() {
    let network = network();
    let (shift, _folder) = a_clinic_on(&network, 782).await;
    let clinic = &shift.clinic;
    let form = another_patient_form(782, "Anna", "Invented");
    let anna = clinic.register_patient(RegisterPatient { form, not_the_same: true }).await.unwrap().banner.id;
    let sessions = clinic.list_sessions().await.unwrap().sessions;
    let [month, any] = [&sessions[0], &sessions[1]].map(|line| line.id.to_string());
    let write = |revision, date: Option<&str>, known: &str| WriteSessionDate {
        session: month.clone(),
        revision,
        date: date.map(str::to_owned),
        form: a_date(known),
    };
    clinic.write_session_date(write(0, None, "month")).await.unwrap();
    let book = |session: &str, date: Option<&str>| BookSession {
        patient: anna.to_string(),
        session: session.into(),
        form: BookingForm { date: date.map(str::to_owned), relatives: "2".into(), note: "Ring first".into() },
    };
    let id = clinic.book_session(book(&month, Some("d-1"))).await.unwrap().line.id.to_string();
    let unknown = clinic.book_session(book(&any, None)).await.unwrap().line.id.to_string();
    sent(clinic).await;
    let [asked, waits] = [there(&id), there(&unknown)];
    for proposed in [&asked, &waits] {
        assert_eq!((&proposed["status"], proposed.get("start")), (&json!("proposed"), None));
        assert_eq!(proposed["participant"][1]["actor"]["display"], "Cancer Support Workers");
    }
    assert_eq!(asked["requestedPeriod"], json!([{ "start": "2026-12-01", "end": "2026-12-31" }]));
    assert_eq!(waits.get("requestedPeriod"), None);
    assert_eq!(asked["comment"], "2 relatives come along. Ring first");

    clinic.write_session_date(write(1, Some("d-1"), "exact")).await.unwrap();
    clinic.confirm_booking(ConfirmBooking { booking: id.clone(), date: Some("d-1".into()) }).await.unwrap();
    let cancel = CancelBooking { booking: unknown.clone(), reason: "Feels better".into() };
    clinic.cancel_booking(cancel).await.unwrap();
    sent(clinic).await;
    let booked = there(&id);
    assert_eq!(
        (&booked["status"], &booked["id"], booked.get("requestedPeriod")),
        (&json!("booked"), &asked["id"], None)
    );
    let [start, end] = ["start", "end"].map(|moment| booked[moment].as_str().unwrap().to_owned());
    assert_eq!([start, end], ["2026-12-04T10:00:00.000Z", "2026-12-04T11:30:00.000Z"]);
    let off = there(&unknown);
    assert_eq!((&off["status"], &off["cancelationReason"]["text"]), (&json!("cancelled"), &json!("Feels better")));

    shift.room.clock.step(11 * DAY);
    clinic.remind_booking(RemindBooking { booking: id.clone() }).await.unwrap();
    clinic.end_booking(EndBooking { booking: id.clone(), attended: Some(true) }).await.unwrap();
    sent(clinic).await;
    assert_eq!(there(&id)["status"], "fulfilled");
    clinic.close().await;
}
