//! Sessions of the timetable: their rows and how a snapshot reads back.

use domain::id::SessionId;
use domain::record::{Record, RecordKind};
use domain::session::{DateKey, Session, SessionDate, SessionGroup, SessionHeld, SessionWhen};
use jiff::civil::{Date, DateTime, Time};
use rusqlite::Params;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::open::Store;
use crate::snapshot::known;
use crate::write::Writing;

const FORM: i64 = 1;

#[derive(Serialize, Deserialize)]
struct SessionForm {
    group: String,
    title: String,
    about: String,
    held: String,
    place: String,
    relatives_welcome: bool,
    dates: Vec<DateForm>,
    retired: bool,
}

#[derive(Serialize, Deserialize)]
struct DateForm {
    key: String,
    when: WhenForm,
    place: String,
    cancel_reason: String,
}

/// A moment has a start and an end, a month its first day, and what is not known nothing.
#[derive(Serialize, Deserialize)]
pub(crate) struct WhenForm {
    start: Option<DateTime>,
    end: Option<Time>,
    month: Option<Date>,
}

impl From<SessionWhen> for WhenForm {
    fn from(when: SessionWhen) -> Self {
        let (start, end) = match when {
            SessionWhen::Exact { start, end } => (Some(start), Some(end)),
            SessionWhen::Month(_) | SessionWhen::Unknown => (None, None),
        };
        WhenForm { start, end, month: when.month() }
    }
}

impl WhenForm {
    pub(crate) fn read(&self) -> Option<SessionWhen> {
        match (self.start, self.end, self.month) {
            (Some(start), Some(end), None) => Some(SessionWhen::Exact { start, end }),
            (None, None, Some(first)) => Some(SessionWhen::Month(first)),
            (None, None, None) => Some(SessionWhen::Unknown),
            _ => None,
        }
    }
}

impl From<&Session> for SessionForm {
    fn from(session: &Session) -> Self {
        let date = |date: &SessionDate| DateForm {
            key: date.key.as_str().to_owned(),
            when: date.when.into(),
            place: date.place.clone(),
            cancel_reason: date.cancel_reason.clone(),
        };
        SessionForm {
            group: session.group.code().to_owned(),
            title: session.title.clone(),
            about: session.about.clone(),
            held: session.held.code().to_owned(),
            place: session.place.clone(),
            relatives_welcome: session.relatives_welcome,
            dates: session.dates.iter().map(date).collect(),
            retired: session.retired,
        }
    }
}

impl SessionForm {
    /// None for a form that this version of Holdfast does not know, and for what does not read back in it.
    fn read(id: &str, form_version: i64, snapshot: &str) -> Option<Session> {
        let form: SessionForm = known(form_version, FORM, snapshot)?;
        let date = |date: DateForm| {
            let when = date.when.read()?;
            let key = DateKey::new(&date.key);
            Some(SessionDate { key, when, place: date.place, cancel_reason: date.cancel_reason })
        };
        Some(Session {
            id: SessionId::parse(id)?,
            group: SessionGroup::from_code(&form.group)?,
            title: form.title,
            about: form.about,
            held: SessionHeld::from_code(&form.held)?,
            place: form.place,
            relatives_welcome: form.relatives_welcome,
            dates: form.dates.into_iter().map(date).collect::<Option<_>>()?,
            retired: form.retired,
        })
    }
}

/// A session as last saved.
pub struct SavedSession {
    pub session: Session,
    pub revision: i64,
    /// When it was saved, UTC milliseconds.
    pub saved_at: i64,
}

const CURRENT: &str = "SELECT s.id, r.form_version, r.snapshot, r.revision, r.at
     FROM session s JOIN revision r ON r.id = s.id AND r.revision = (SELECT max(revision) FROM revision WHERE id = s.id)";

impl Store {
    pub fn session(&self, id: SessionId) -> Result<Option<SavedSession>, Error> {
        Ok(self.sessions_where("s.id = ?1", [id.to_string()])?.pop())
    }

    /// Every session that is kept here, in the order in which they came.
    pub fn sessions(&self) -> Result<Vec<SavedSession>, Error> {
        self.sessions_where("1 ORDER BY s.rowid", [])
    }

    fn sessions_where(&self, condition: &str, params: impl Params) -> Result<Vec<SavedSession>, Error> {
        let mut statement = self.conn.prepare_cached(&format!("{CURRENT} WHERE {condition}"))?;
        let mut rows = statement.query(params)?;
        let mut sessions = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, form, snapshot): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let session = SessionForm::read(&id, form, &snapshot).ok_or(Error::Unreadable(RecordKind::Session))?;
            sessions.push(SavedSession { session, revision: row.get(3)?, saved_at: row.get(4)? });
        }
        Ok(sessions)
    }
}

impl Writing<'_> {
    /// Adds a session (`from` is None) or keeps the revision that follows `from`.
    pub fn save_session(&mut self, session: &Session, from: Option<i64>) -> Result<(), Error> {
        if from.is_none() && self.newest(&session.id.to_string())?.is_none() {
            self.tx.prepare_cached("INSERT INTO session (id) VALUES (?1)")?.execute([session.id.to_string()])?;
        }
        let form = SessionForm::from(session);
        let snapshot = serde_json::to_string(&form).map_err(|_| Error::Unreadable(RecordKind::Session))?;
        self.save(Record::session(session.id), FORM, &snapshot, from)
    }
}
