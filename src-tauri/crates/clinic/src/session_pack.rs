//! The timetable that ships: sessions without dates, which the team fills in. What the team has changed comes before what ships.

use std::sync::OnceLock;

use domain::id::SessionId;
use domain::session::{Session, SessionGroup, SessionHeld};
use serde::Deserialize;
use store::{SavedSession, Store};

use crate::problem::{Code, Problem};

const SESSIONS: &str = include_str!("../../../../assets/content/sessions-1.0.0.json");

/// What ships, read.
struct Pack {
    team: String,
    sessions: Vec<Session>,
}

#[derive(Deserialize)]
struct PackForm {
    team: String,
    sessions: Vec<ShippedForm>,
}

#[derive(Deserialize)]
struct ShippedForm {
    id: String,
    group: String,
    title: String,
    about: String,
    held: String,
    place: String,
    relatives_welcome: bool,
}

/// The team that takes bookings.
pub(crate) fn team() -> Result<&'static str, Problem> {
    Ok(&pack()?.team)
}

/// Every session: what ships, as the team left it, then what the team has added.
pub(crate) fn timetable(store: &Store) -> Result<Vec<SavedSession>, Problem> {
    let mut kept = store.sessions()?;
    let mut sessions = Vec::new();
    for shipped in &pack()?.sessions {
        let place = kept.iter().position(|saved| saved.session.id == shipped.id);
        sessions.push(place.map_or_else(|| as_shipped(shipped), |place| kept.remove(place)));
    }
    sessions.extend(kept);
    sessions.sort_by_key(|saved| saved.session.group);
    Ok(sessions)
}

/// One session; `gone` when there is none of that name. One that ships and was never kept here has revision 0.
pub(crate) fn session(store: &Store, id: SessionId) -> Result<SavedSession, Problem> {
    if let Some(kept) = store.session(id)? {
        return Ok(kept);
    }
    let shipped = pack()?.sessions.iter().find(|session| session.id == id);
    shipped.map(as_shipped).ok_or_else(|| Code::Gone.into())
}

/// The revision that a save of it follows; None for one that was never kept here.
pub(crate) fn follows(saved: &SavedSession) -> Option<i64> {
    (saved.revision > 0).then_some(saved.revision)
}

fn as_shipped(session: &Session) -> SavedSession {
    SavedSession { session: session.clone(), revision: 0, saved_at: 0 }
}

fn pack() -> Result<&'static Pack, Problem> {
    static PACK: OnceLock<Option<Pack>> = OnceLock::new();
    PACK.get_or_init(|| read(SESSIONS)).as_ref().ok_or_else(Problem::unexpected)
}

fn read(body: &str) -> Option<Pack> {
    let form: PackForm = serde_json::from_str(body).ok()?;
    let session = |shipped: ShippedForm| {
        Some(Session {
            id: SessionId::parse(&shipped.id)?,
            group: SessionGroup::from_code(&shipped.group)?,
            title: shipped.title,
            about: shipped.about,
            held: SessionHeld::from_code(&shipped.held)?,
            place: shipped.place,
            relatives_welcome: shipped.relatives_welcome,
            dates: Vec::new(),
            retired: false,
        })
    };
    let sessions = form.sessions.into_iter().map(session).collect::<Option<Vec<_>>>()?;
    Some(Pack { team: form.team, sessions })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn what_ships_reads_each_under_its_own_name_and_with_words_that_can_be_printed() {
        let pack = read(SESSIONS).unwrap();
        let ids: HashSet<_> = pack.sessions.iter().map(|session| session.id).collect();
        assert_eq!((pack.sessions.len(), ids.len(), pack.team.as_str()), (9, 9, "Cancer Support Workers"));
        for session in &pack.sessions {
            for text in [&session.title, &session.about, &session.place] {
                assert!(!text.is_empty() && documents::unprintable(text).is_none(), "{text}");
            }
        }
        let of = |group| pack.sessions.iter().filter(|session| session.group == group).count();
        let groups = [SessionGroup::Therapies, SessionGroup::Psychology, SessionGroup::Sact, SessionGroup::Wellbeing];
        assert_eq!(groups.map(of), [1, 4, 4, 0]);
        assert!(read(&SESSIONS.replace("\"sact\"", "\"else\"")).is_none());
    }
}
