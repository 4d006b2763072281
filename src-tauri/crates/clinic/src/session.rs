//! The acts of the timetable: reading it, and what the team changes in it.

use domain::day;
use domain::id::SessionId;
use domain::op::Op;
use domain::record::Record;
use domain::session::{DateKey, Session, TypedSession, TypedSessionDate};
use domain::staff::By;
use serde::{Deserialize, Serialize};
use store::{SavedSession, Store};
use ts_rs::TS;

use crate::clinic::{Clinic, Noun};
use crate::problem::{Code, Problem};
use crate::request::requests;
use crate::session_pack::{follows, session};
use crate::session_view::{SessionView, Timetable, session_view, timetable_view};
use crate::version::look;

/// A session as it is typed, and as the form is filled.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SessionForm {
    #[ts(type = "SessionGroup | null")]
    pub group: Option<String>,
    pub title: String,
    /// May be empty.
    pub about: String,
    #[ts(type = "SessionHeld | null")]
    pub held: Option<String>,
    /// The room, or what it is held on; may be empty.
    pub place: String,
    pub relatives_welcome: Option<bool>,
}

/// A date of a session as it is typed, and as the form is filled. What is typed for another kind of date is not looked at.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SessionDateForm {
    #[ts(type = "DateKnown | null")]
    pub known: Option<String>,
    /// The day as typed in one box.
    pub on: String,
    /// "14:30", "9.15" or "0915".
    pub starts: String,
    pub ends: String,
    /// "October 2026".
    pub month: String,
    /// Where, if not where the session usually is.
    pub place: String,
}

requests! {
    ReadSession { #[ts(type = "SessionId")] session: String }
    AddSession { form: SessionForm }
    ChangeSession {
        #[ts(type = "SessionId")] session: String,
        /// The revision the form was filled from.
        revision: i64,
        form: SessionForm,
    }
    WriteSessionDate {
        #[ts(type = "SessionId")] session: String,
        revision: i64,
        /// The date that is changed; null adds one.
        date: Option<String>,
        form: SessionDateForm,
    }
    CancelSessionDate {
        #[ts(type = "SessionId")] session: String,
        revision: i64,
        date: String,
        reason: String,
    }
    RetireSession {
        #[ts(type = "SessionId")] session: String,
        revision: i64,
        /// False offers it again.
        retired: bool,
    }
}

impl Clinic {
    /// The whole timetable, with how many people are booked.
    pub async fn list_sessions(&self) -> Result<Timetable, Problem> {
        let by = self.by_for(Op::ListSessions)?;
        let read = move |store: &mut Store| {
            let seen = timetable_view(store, by.at)?;
            store.write::<_, Problem>(&by, Op::ListSessions, |w| {
                w.detail(&format!("shown {}", seen.sessions.len()));
                Ok(())
            })?;
            Ok(seen)
        };
        self.0.queue.run(read).await
    }

    /// Reads a session with everybody who is booked; the look is an audit line.
    pub async fn read_session(&self, request: ReadSession) -> Result<SessionView, Problem> {
        let by = self.by_for(Op::ReadSession)?;
        let (open, id) = (self.0.clone(), SessionId::parse(&request.session).ok_or(Code::Gone)?);
        let read = move |store: &mut Store| {
            let seen = session_view(store, &open, id, by.at)?;
            look(store, &by, Op::ReadSession, Record::session(id), None)?;
            Ok(seen)
        };
        self.0.queue.run(read).await
    }

    /// Adds a session of the team's own, without a date.
    pub async fn add_session(&self, request: AddSession) -> Result<SessionView, Problem> {
        let by = self.by_for(Op::AddSession)?;
        let open = self.0.clone();
        let session = Session::add(SessionId::from_random(open.profile.world.bytes()?), &request.form.typed())?;
        let act = move |store: &mut Store| {
            store.write::<_, Problem>(&by, Op::AddSession, |w| Ok(w.save_session(&session, None)?))?;
            session_view(store, &open, session.id, by.at)
        };
        let seen = self.0.queue.run(act).await?;
        self.changed(&[Noun::Session]);
        Ok(seen)
    }

    /// Replaces what a session is; `changed_meanwhile` when it is not the revision the form was filled from.
    pub async fn change_session(&self, request: ChangeSession) -> Result<SessionView, Problem> {
        let ChangeSession { session, revision, form } = request;
        let change = move |before: Session, _: &By| Ok(before.change(&form.typed())?);
        self.alter_session(Op::ChangeSession, &session, revision, change).await
    }

    /// Adds a date, or replaces one: what was a month becomes a day.
    pub async fn write_session_date(&self, request: WriteSessionDate) -> Result<SessionView, Problem> {
        let WriteSessionDate { session, revision, date, form } = request;
        let write = move |before: Session, by: &By| {
            let (typed, now) = (form.typed(), day::london(by.at));
            Ok(match date {
                Some(key) => before.change_date(&DateKey::new(&key), &typed, now)?,
                None => before.add_date(&typed, now)?,
            })
        };
        self.alter_session(Op::WriteSessionDate, &session, revision, write).await
    }

    /// Calls a date off, with a reason; who is booked on it stands in the work of the team from then on.
    pub async fn cancel_session_date(&self, request: CancelSessionDate) -> Result<SessionView, Problem> {
        let CancelSessionDate { session, revision, date, reason } = request;
        let cancel = move |before: Session, _: &By| Ok(before.cancel_date(&DateKey::new(&date), &reason)?);
        self.alter_session(Op::CancelSessionDate, &session, revision, cancel).await
    }

    /// Takes a session out of what is offered, or puts it back; what was booked stays.
    pub async fn retire_session(&self, request: RetireSession) -> Result<SessionView, Problem> {
        let RetireSession { session, revision, retired } = request;
        let retire = move |before: Session, _: &By| Ok(before.retire(retired));
        self.alter_session(Op::RetireSession, &session, revision, retire).await
    }

    async fn alter_session(
        &self,
        op: Op,
        id: &str,
        revision: i64,
        alter: impl FnOnce(Session, &By) -> Result<Session, Problem> + Send + 'static,
    ) -> Result<SessionView, Problem> {
        let by = self.by_for(op)?;
        let (open, id) = (self.0.clone(), SessionId::parse(id).ok_or(Code::Gone)?);
        let act = move |store: &mut Store| {
            let before: SavedSession = session(store, id)?;
            if before.revision != revision {
                return Err(Code::ChangedMeanwhile.into());
            }
            let from = follows(&before);
            let after = alter(before.session, &by)?;
            store.write::<_, Problem>(&by, op, |w| Ok(w.save_session(&after, from)?))?;
            session_view(store, &open, id, by.at)
        };
        let seen = self.0.queue.run(act).await?;
        self.changed(&[Noun::Session, Noun::Booking]);
        Ok(seen)
    }
}

impl SessionForm {
    fn typed(&self) -> TypedSession {
        let SessionForm { group, title, about, held, place, relatives_welcome } = self.clone();
        TypedSession { group, title, about, held, place, relatives_welcome }
    }

    pub(crate) fn of(session: &Session) -> SessionForm {
        SessionForm {
            group: Some(session.group.code().to_owned()),
            title: session.title.clone(),
            about: session.about.clone(),
            held: Some(session.held.code().to_owned()),
            place: session.place.clone(),
            relatives_welcome: Some(session.relatives_welcome),
        }
    }
}

impl SessionDateForm {
    fn typed(&self) -> TypedSessionDate {
        let SessionDateForm { known, on, starts, ends, month, place } = self.clone();
        TypedSessionDate { known, on, starts, ends, month, place }
    }
}
