//! Bookings of sessions: their rows and how a snapshot reads back.

use domain::booking::{Agreed, Booking, BookingState, Said};
use domain::id::{BookingId, PatientId, SessionId, StaffId};
use domain::record::{Record, RecordKind};
use domain::session::{DateKey, SessionHeld};
use rusqlite::Params;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::open::Store;
use crate::session::WhenForm;
use crate::snapshot::known;
use crate::write::Writing;

const FORM: i64 = 1;

#[derive(Serialize, Deserialize)]
pub(crate) struct BookingForm {
    patient: String,
    session: String,
    date: Option<String>,
    state: String,
    agreed: AgreedForm,
    relatives: u8,
    note: String,
    team: String,
    asked_at: i64,
    asked_by: String,
    asked_by_name: String,
    confirmed: Option<SaidForm>,
    reminded: Option<SaidForm>,
    cancel_reason: String,
}

#[derive(Serialize, Deserialize)]
struct AgreedForm {
    title: String,
    held: String,
    place: String,
    when: WhenForm,
}

#[derive(Serialize, Deserialize)]
struct SaidForm {
    at: i64,
    by_name: String,
}

impl From<&Booking> for BookingForm {
    fn from(booking: &Booking) -> Self {
        let Agreed { title, held, place, when } = booking.agreed.clone();
        let said = |said: &Said| SaidForm { at: said.at, by_name: said.by_name.clone() };
        BookingForm {
            patient: booking.patient.to_string(),
            session: booking.session.to_string(),
            date: booking.date.as_ref().map(|key| key.as_str().to_owned()),
            state: booking.state.code().to_owned(),
            agreed: AgreedForm { title, held: held.code().to_owned(), place, when: when.into() },
            relatives: booking.relatives,
            note: booking.note.clone(),
            team: booking.team.clone(),
            asked_at: booking.asked_at,
            asked_by: booking.asked_by.to_string(),
            asked_by_name: booking.asked_by_name.clone(),
            confirmed: booking.confirmed.as_ref().map(said),
            reminded: booking.reminded.as_ref().map(said),
            cancel_reason: booking.cancel_reason.clone(),
        }
    }
}

impl BookingForm {
    /// None for a form that this version of Holdfast does not know, and for what does not read back in it.
    pub(crate) fn read(id: &str, form_version: i64, snapshot: &str) -> Option<Booking> {
        let form: BookingForm = known(form_version, FORM, snapshot)?;
        let said = |said: SaidForm| Said { at: said.at, by_name: said.by_name };
        let AgreedForm { title, held, place, when } = form.agreed;
        Some(Booking {
            id: BookingId::parse(id)?,
            patient: PatientId::parse(&form.patient)?,
            session: SessionId::parse(&form.session)?,
            date: form.date.as_deref().map(DateKey::new),
            state: BookingState::from_code(&form.state)?,
            agreed: Agreed { title, held: SessionHeld::from_code(&held)?, place, when: when.read()? },
            relatives: form.relatives,
            note: form.note,
            team: form.team,
            asked_at: form.asked_at,
            asked_by: StaffId::parse(&form.asked_by)?,
            asked_by_name: form.asked_by_name,
            confirmed: form.confirmed.map(said),
            reminded: form.reminded.map(said),
            cancel_reason: form.cancel_reason,
        })
    }
}

/// A booking as last saved.
pub struct SavedBooking {
    pub booking: Booking,
    pub revision: i64,
    /// State of its newest sending; None when it was never to be sent.
    pub sending: Option<String>,
}

const CURRENT: &str = "SELECT b.id, r.form_version, r.snapshot, r.revision,
        (SELECT s.state FROM sending s WHERE s.id = b.id ORDER BY s.seq DESC LIMIT 1)
     FROM booking b JOIN revision r ON r.id = b.id AND r.revision = (SELECT max(revision) FROM revision WHERE id = b.id)";

impl Store {
    pub fn booking(&self, id: BookingId) -> Result<Option<SavedBooking>, Error> {
        Ok(self.bookings_where("b.id = ?1", [id.to_string()])?.pop())
    }

    /// All bookings of a patient, newest first.
    pub fn bookings_of(&self, patient: PatientId) -> Result<Vec<SavedBooking>, Error> {
        self.bookings_where("b.patient = ?1 ORDER BY b.rowid DESC", [patient.to_string()])
    }

    /// All bookings of a session, in the order in which they were asked for.
    pub fn bookings_in(&self, session: SessionId) -> Result<Vec<SavedBooking>, Error> {
        self.bookings_where("b.session = ?1 ORDER BY b.rowid", [session.to_string()])
    }

    /// The bookings of everybody that are to come or whose outcome nobody has said, in the order in which they were asked for.
    pub fn bookings_open(&self) -> Result<Vec<SavedBooking>, Error> {
        self.bookings_where("b.ended = 0 ORDER BY b.rowid", [])
    }

    fn bookings_where(&self, condition: &str, params: impl Params) -> Result<Vec<SavedBooking>, Error> {
        let mut statement = self.conn.prepare_cached(&format!("{CURRENT} WHERE {condition}"))?;
        let mut rows = statement.query(params)?;
        let mut bookings = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, form, snapshot): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let booking = BookingForm::read(&id, form, &snapshot).ok_or(Error::Unreadable(RecordKind::Booking))?;
            bookings.push(SavedBooking { booking, revision: row.get(3)?, sending: row.get(4)? });
        }
        Ok(bookings)
    }
}

impl Writing<'_> {
    /// Adds a booking of a session that is kept here (`from` is None) or keeps the revision that follows `from`.
    pub fn save_booking(&mut self, booking: &Booking, from: Option<i64>) -> Result<(), Error> {
        let (id, ended) = (booking.id.to_string(), !booking.is_open());
        if from.is_none() {
            self.tx
                .prepare_cached("INSERT INTO booking (id, patient, session, ended) VALUES (?1, ?2, ?3, ?4)")?
                .execute((&id, booking.patient.to_string(), booking.session.to_string(), ended))?;
        } else {
            self.tx
                .prepare_cached("UPDATE booking SET ended = ?2 WHERE id = ?1 AND ended <> ?2")?
                .execute((&id, ended))?;
        }
        let form = BookingForm::from(booking);
        let snapshot = serde_json::to_string(&form).map_err(|_| Error::Unreadable(RecordKind::Booking))?;
        self.save(Record::booking(booking.id, booking.patient), FORM, &snapshot, from)
    }
}

#[cfg(test)]
#[path = "booking_tests.rs"]
mod tests;
