//! The acts of a booking: a place in a session is asked for, confirmed, reminded of, given back; and whether the patient came.

use domain::booking::{Booking, BookingStanding, BookingState, TypedBooking};
use domain::day;
use domain::id::{BookingId, PatientId, SessionId};
use domain::op::Op;
use domain::record::Record;
use domain::session::Session;
use domain::staff::By;
use serde::{Deserialize, Serialize};
use store::{SavedBooking, Store};
use ts_rs::TS;

use crate::booking_view::{BookingView, booking_view};
use crate::clinic::{Clinic, Noun};
use crate::death::{alive, living};
use crate::problem::{Code, Problem};
use crate::request::requests;
use crate::session_pack::{follows, session, team};
use crate::version::look;
use crate::when::day_of;

/// A booking as it is typed, and as the form is filled.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BookingForm {
    /// A date of the session; null for whichever comes first.
    pub date: Option<String>,
    /// How many come along, as typed in one box.
    pub relatives: String,
    /// What the team should know; may be empty.
    pub note: String,
}

requests! {
    BookSession {
        #[ts(type = "PatientId")] patient: String,
        #[ts(type = "SessionId")] session: String,
        form: BookingForm,
    }
    ReadBooking { #[ts(type = "BookingId")] booking: String }
    ChangeBooking {
        #[ts(type = "BookingId")] booking: String,
        /// The revision the form was filled from.
        revision: i64,
        form: BookingForm,
    }
    ConfirmBooking {
        #[ts(type = "BookingId")] booking: String,
        /// A date on which a place can be confirmed; null while nobody has chosen one.
        date: Option<String>,
    }
    RemindBooking { #[ts(type = "BookingId")] booking: String }
    EndBooking {
        #[ts(type = "BookingId")] booking: String,
        /// The patient came.
        attended: Option<bool>,
    }
    CancelBooking { #[ts(type = "BookingId")] booking: String, reason: String }
}

impl Clinic {
    /// Asks the team for a place in a session. Refused for the field `session` when the patient is booked on it already, or when it is no
    /// longer offered.
    pub async fn book_session(&self, request: BookSession) -> Result<BookingView, Problem> {
        let by = self.by_for(Op::BookSession)?;
        let BookSession { patient, session: of, form } = request;
        let open = self.0.clone();
        let patient = PatientId::parse(&patient).ok_or(Code::Gone)?;
        let of = SessionId::parse(&of).ok_or(Code::Gone)?;
        let id = BookingId::from_random(open.profile.world.bytes()?);
        let act = move |store: &mut Store| {
            let (person, _) = store.patient(patient)?.ok_or(Code::Gone)?;
            alive(&person)?;
            let saved = session(store, of)?;
            let booking = Booking::ask(id, patient, &saved.session, &form.typed(), team()?, &by, day_of(by.at))?;
            let here = |other: &SavedBooking| other.booking.session == of && other.booking.is_open();
            if store.bookings_of(patient)?.iter().any(here) {
                return Err(Problem::field("session", "already_there"));
            }
            store.write::<_, Problem>(&by, Op::BookSession, |w| {
                // From now on somebody counts on it, whatever a later version of the app ships.
                if follows(&saved).is_none() {
                    w.save_session(&saved.session, None)?;
                }
                Ok(w.save_booking(&booking, None)?)
            })?;
            booking_view(store, &open, id, by.at)
        };
        let seen = self.0.queue.run(act).await?;
        self.changed(&[Noun::Booking, Noun::Session]);
        Ok(seen)
    }

    /// Reads a booking; the look is an audit line.
    pub async fn read_booking(&self, request: ReadBooking) -> Result<BookingView, Problem> {
        let by = self.by_for(Op::ReadBooking)?;
        let (open, id) = (self.0.clone(), BookingId::parse(&request.booking).ok_or(Code::Gone)?);
        let read = move |store: &mut Store| {
            let patient = store.booking(id)?.ok_or(Code::Gone)?.booking.patient;
            look(store, &by, Op::ReadBooking, Record::booking(id, patient), None)?;
            booking_view(store, &open, id, by.at)
        };
        self.0.queue.run(read).await
    }

    /// Replaces what was asked for; `changed_meanwhile` when it is not the revision the form was filled from. Another date has to be
    /// confirmed anew.
    pub async fn change_booking(&self, request: ChangeBooking) -> Result<BookingView, Problem> {
        let ChangeBooking { booking, revision, form } = request;
        let change = move |store: &Store, before: SavedBooking, session: &Session, by: &By| {
            if before.revision != revision {
                return Err(Code::ChangedMeanwhile.into());
            }
            lives(store, &before.booking)?;
            Ok(before.booking.change(session, &form.typed(), day_of(by.at))?)
        };
        self.alter_booking(Op::ChangeBooking, &booking, change).await
    }

    /// Confirms the place on a date as it stands in the timetable now.
    pub async fn confirm_booking(&self, request: ConfirmBooking) -> Result<BookingView, Problem> {
        let ConfirmBooking { booking, date } = request;
        let confirm = move |store: &Store, before: SavedBooking, session: &Session, by: &By| {
            lives(store, &before.booking)?;
            Ok(before.booking.confirm(session, date.as_deref().unwrap_or_default(), by, day_of(by.at))?)
        };
        self.alter_booking(Op::ConfirmBooking, &booking, confirm).await
    }

    /// Says that the patient was sent the details and reminded, from seven days before the day.
    pub async fn remind_booking(&self, request: RemindBooking) -> Result<BookingView, Problem> {
        let remind = move |store: &Store, before: SavedBooking, session: &Session, by: &By| {
            lives(store, &before.booking)?;
            Ok(before.booking.remind(session, by, day_of(by.at))?)
        };
        self.alter_booking(Op::RemindBooking, &request.booking, remind).await
    }

    /// Says whether the patient came, from the day on; `after_death` when the patient who is said to have come had died by then.
    pub async fn end_booking(&self, request: EndBooking) -> Result<BookingView, Problem> {
        let EndBooking { booking, attended } = request;
        let end = move |store: &Store, before: SavedBooking, _: &Session, by: &By| {
            let after = before.booking.end(attended, day_of(by.at))?;
            if let (BookingState::Attended, Some(start)) = (after.state, after.agreed.when.start()) {
                living(store, after.patient, start.date())?;
            }
            Ok(after)
        };
        self.alter_booking(Op::EndBooking, &booking, end).await
    }

    /// Gives a place back, with a reason.
    pub async fn cancel_booking(&self, request: CancelBooking) -> Result<BookingView, Problem> {
        let CancelBooking { booking, reason } = request;
        let cancel = move |_: &Store, before: SavedBooking, _: &Session, _: &By| Ok(before.booking.cancel(&reason)?);
        self.alter_booking(Op::CancelBooking, &booking, cancel).await
    }

    async fn alter_booking(
        &self,
        op: Op,
        booking: &str,
        alter: impl FnOnce(&Store, SavedBooking, &Session, &By) -> Result<Booking, Problem> + Send + 'static,
    ) -> Result<BookingView, Problem> {
        let by = self.by_for(op)?;
        let (open, id) = (self.0.clone(), BookingId::parse(booking).ok_or(Code::Gone)?);
        let act = move |store: &mut Store| {
            let before = store.booking(id)?.ok_or(Code::Gone)?;
            let from = Some(before.revision);
            let of = session(store, before.booking.session)?.session;
            let after = alter(store, before, &of, &by)?;
            store.write::<_, Problem>(&by, op, |w| Ok(w.save_booking(&after, from)?))?;
            booking_view(store, &open, id, by.at)
        };
        let seen = self.0.queue.run(act).await?;
        self.changed(&[Noun::Booking, Noun::Session]);
        Ok(seen)
    }
}

impl BookingForm {
    fn typed(&self) -> TypedBooking {
        let BookingForm { date, relatives, note } = self.clone();
        TypedBooking { date, relatives, note }
    }
}

fn lives(store: &Store, booking: &Booking) -> Result<(), Problem> {
    alive(&store.patient(booking.patient)?.ok_or(Code::Gone)?.0)
}

/// One booking with which somebody has something to do.
pub(crate) struct BookingLeft {
    pub booking: BookingId,
    pub patient: PatientId,
    /// Waiting, to be confirmed, moved, to be reminded of, or due.
    pub standing: BookingStanding,
    /// Whose work it is.
    pub team: String,
    /// Since when, UTC milliseconds; of a reminder and of what is due, the start of the session.
    pub at: i64,
}

/// What is left to do about bookings of everybody, in the order in which they were asked for.
pub(crate) fn left(store: &Store, now: i64) -> Result<Vec<BookingLeft>, Problem> {
    let mut left = Vec::new();
    for SavedBooking { booking, .. } in store.bookings_open()? {
        let of = session(store, booking.session)?;
        let standing = booking.standing(&of.session, day_of(now));
        let start = booking.agreed.when.start().map(day::moment);
        let at = match standing {
            BookingStanding::Waiting => booking.asked_at,
            // The later of the two: nothing could be done about it before.
            BookingStanding::ToConfirm | BookingStanding::Moved => booking.asked_at.max(of.saved_at),
            BookingStanding::ToRemind | BookingStanding::Due => start.unwrap_or(booking.asked_at),
            BookingStanding::Confirmed
            | BookingStanding::Attended
            | BookingStanding::Missed
            | BookingStanding::Cancelled => continue,
        };
        left.push(BookingLeft { booking: booking.id, patient: booking.patient, standing, team: booking.team, at });
    }
    Ok(left)
}
