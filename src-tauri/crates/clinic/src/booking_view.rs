//! A booking as the screen shows it.

use domain::booking::{Booking, BookingStanding, Said};
use domain::id::{BookingId, PatientId, SessionId};
use domain::session::{Session, SessionHeld};
use jiff::civil::Date;
use serde::Serialize;
use store::{SavedBooking, Store};
use ts_rs::TS;

use crate::booking::BookingForm;
use crate::clinic::Open;
use crate::patient_view::Banner;
use crate::problem::{Code, Problem};
use crate::sending::sending_word;
use crate::session_pack::session;
use crate::session_view::{SessionLine, SessionWhenView};
use crate::when::{When, day_of};

#[derive(Serialize, TS)]
pub struct BookingLine {
    #[ts(type = "BookingId")]
    pub id: BookingId,
    #[ts(type = "SessionId")]
    pub session: SessionId,
    #[ts(type = "BookingStanding")]
    pub standing: BookingStanding,
    /// It can still be changed, confirmed or cancelled.
    pub open: bool,
    /// As it was when it was last agreed, whatever the timetable says now; the same for `when`, `held` and `place`. Of who waits, as the
    /// timetable has it.
    pub title: String,
    pub when: SessionWhenView,
    #[ts(type = "SessionHeld")]
    pub held: SessionHeld,
    pub place: String,
    /// The date of the session; null for whichever comes first.
    pub date: Option<String>,
    /// How many come along.
    pub relatives: u8,
    pub note: String,
    /// The team that confirms it.
    pub team: String,
    pub asked: When,
    pub by: String,
    pub confirmed: Option<SaidView>,
    pub reminded: Option<SaidView>,
    pub cancel_reason: Option<String>,
    /// Its day is today or past, and nobody has said whether the patient came.
    pub due: bool,
    #[ts(type = "RecordSending")]
    pub sending: &'static str,
}

#[derive(Serialize, TS)]
pub struct SaidView {
    pub at: When,
    pub by: String,
}

#[derive(Serialize, TS)]
pub struct BookingView {
    #[ts(type = "PatientId")]
    pub patient: PatientId,
    pub banner: Banner,
    pub revision: i64,
    pub line: BookingLine,
    /// The session as it stands in the timetable now.
    pub session: SessionLine,
    pub form: BookingForm,
}

impl BookingLine {
    pub(crate) fn of(saved: &SavedBooking, session: &Session, open: &Open, today: Date) -> BookingLine {
        let booking = &saved.booking;
        let told = booking.told(session);
        let said = |said: &Said| SaidView { at: When::new(said.at), by: said.by_name.clone() };
        BookingLine {
            id: booking.id,
            session: booking.session,
            standing: booking.standing(session, today),
            open: booking.is_open(),
            when: SessionWhenView::of(&told.when),
            title: told.title,
            held: told.held,
            place: told.place,
            date: booking.date.as_ref().map(|key| key.as_str().to_owned()),
            relatives: booking.relatives,
            note: booking.note.clone(),
            team: booking.team.clone(),
            asked: When::new(booking.asked_at),
            by: booking.asked_by_name.clone(),
            confirmed: booking.confirmed.as_ref().map(said),
            reminded: booking.reminded.as_ref().map(said),
            cancel_reason: (!booking.cancel_reason.is_empty()).then(|| booking.cancel_reason.clone()),
            due: booking.is_due(today),
            sending: sending_word(saved.sending.as_deref(), open.has_server()),
        }
    }
}

impl BookingForm {
    fn of(booking: &Booking) -> BookingForm {
        BookingForm {
            date: booking.date.as_ref().map(|key| key.as_str().to_owned()),
            relatives: booking.relatives.to_string(),
            note: booking.note.clone(),
        }
    }
}

/// The bookings of a patient, newest first.
pub(crate) fn booking_lines(
    store: &Store,
    open: &Open,
    patient: PatientId,
    today: Date,
) -> Result<Vec<BookingLine>, Problem> {
    let mut lines = Vec::new();
    for saved in store.bookings_of(patient)? {
        let of = session(store, saved.booking.session)?.session;
        lines.push(BookingLine::of(&saved, &of, open, today));
    }
    Ok(lines)
}

/// Shows a booking as it was saved.
pub(crate) fn booking_view(store: &Store, open: &Open, id: BookingId, now: i64) -> Result<BookingView, Problem> {
    let (saved, today) = (store.booking(id)?.ok_or(Code::Gone)?, day_of(now));
    let patient = saved.booking.patient;
    let (person, _) = store.patient(patient)?.ok_or(Code::Gone)?;
    let of = session(store, saved.booking.session)?.session;
    Ok(BookingView {
        patient,
        banner: Banner::of(&person, today),
        revision: saved.revision,
        line: BookingLine::of(&saved, &of, open, today),
        session: SessionLine::of(&of, &store.bookings_in(of.id)?, today),
        form: BookingForm::of(&saved.booking),
    })
}
