//! The page that is given to a patient who is booked on a session: what it is about, when and where as far as that is known, who may
//! come along, and whom to ring. A date that is not known is said to be one that is to be confirmed.

use domain::booking::{Booking, BookingStanding, BookingState};
use domain::session::{Session, SessionHeld, SessionWhen};
use domain::summary_template::Copy;
use jiff::civil::Time;

use crate::about::{About, date};
use crate::error::Error;
use crate::model::{Block, Document, KeyValue, Text, unbroken};
use crate::words::{Key, keys, say};

/// What the page is made of.
#[derive(Clone, Copy, Debug)]
pub struct SessionInvitation<'a> {
    /// One that is still to come.
    pub booking: &'a Booking,
    /// As it stands in the timetable.
    pub session: &'a Session,
    /// Where the booking stands beside it.
    pub standing: BookingStanding,
}

/// The document of a session's invitation. `about` names whoever gives it, and is no draft. [`Error::NoGlyph`] for a character that cannot be
/// printed.
pub fn session_invitation(invited: &SessionInvitation<'_>, about: &About<'_>) -> Result<Document, Error> {
    let SessionInvitation { booking, session, .. } = invited;
    let name = &about.patient.name;
    let whole = [&*name.given, &*name.family].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>();
    let from = [("team", &*booking.team), ("trust", &*about.trust.name)];
    let lines = vec![
        say(keys::PAPER_SESSION_FOR, &[("name", &whole.join(" "))]).into(),
        say(keys::PAPER_SESSION_FROM, &from).into(),
    ];
    let title = booking.agreed.title.clone();
    let mut blocks = vec![
        Block::Title { title: title.clone(), lines, aside: Vec::new() },
        paragraph(keys::PAPER_SESSION_YOU_ARE_INVITED),
        Block::Boxed { title: say(keys::PAPER_SESSION_WHEN, &[]), blocks: when_and_where(invited) },
    ];
    if !session.about.is_empty() {
        blocks.push(Block::Together(vec![
            Block::Paragraph(Text::bold(say(keys::PAPER_SESSION_ABOUT, &[]))),
            Block::Paragraph(session.about.as_str().into()),
        ]));
    }
    blocks.extend(along(booking, session));
    blocks.push(said(keys::PAPER_SESSION_DETAILS, &[("team", &booking.team)]));
    blocks.push(Block::Paragraph(Text::bold(say(keys::PAPER_SESSION_CANNOT, &[]))));
    blocks.push(about.who_to_ring());
    let mut document = about.document(Copy::Patient, title, say(keys::PAPER_SESSION_VERSION, &[]), blocks)?;
    // Nobody signs an invitation, and there is one copy of it.
    let given = about.day(Copy::Patient);
    document.meta.made = say(keys::PAPER_SESSION_MADE, &[("date", &given), ("author", about.author)]);
    document.meta.copy = say(keys::PAPER_SESSION_COPY, &[]);
    Ok(document)
}

/// The day, the time and the place as far as somebody may count on them, and whether the place is the patient's.
fn when_and_where(invited: &SessionInvitation<'_>) -> Vec<Block> {
    let SessionInvitation { booking, session, standing } = invited;
    let agreed = booking.told(session);
    let moved = *standing == BookingStanding::Moved;
    let another_day = moved && !booking.day_stands(session);
    // What is not right any more is not printed; of another day nobody knows the place either.
    let when = if another_day { SessionWhen::Unknown } else { agreed.when };
    let mut facts = Vec::new();
    let mut fact = |key: Key, value: Text| facts.push(KeyValue { key: say(key, &[]), value });
    match when {
        SessionWhen::Exact { start, end } => {
            fact(keys::PAPER_SESSION_DAY, Text::bold(unbroken(&date(Copy::Patient, start.date()))));
            let times = [("starts", &*clock(start.time())), ("ends", &*clock(end))];
            fact(keys::PAPER_SESSION_TIME, Text::bold(say(keys::PAPER_SESSION_TIME_BETWEEN, &times)));
        }
        SessionWhen::Month(first) => {
            let month = unbroken(&first.strftime("%B %Y").to_string());
            fact(keys::PAPER_SESSION_DAY, Text::bold(say(keys::PAPER_SESSION_MONTH, &[("month", &month)])));
        }
        SessionWhen::Unknown => {
            fact(keys::PAPER_SESSION_DAY, Text::bold(say(keys::PAPER_SESSION_TO_BE_CONFIRMED, &[])));
        }
    }
    let place = match (agreed.held, agreed.place.as_str()) {
        _ if moved => say(keys::PAPER_SESSION_TO_BE_CONFIRMED, &[]),
        (SessionHeld::Online, "") => say(keys::PAPER_SESSION_ONLINE, &[]),
        (SessionHeld::Online, on) => say(keys::PAPER_SESSION_ONLINE_ON, &[("place", on)]),
        (SessionHeld::InPerson, "") => say(keys::PAPER_SESSION_IN_PERSON, &[]),
        (SessionHeld::InPerson, place) => place.to_owned(),
    };
    fact(keys::PAPER_SESSION_PLACE, place.into());
    let standing = match booking.state {
        _ if another_day => keys::PAPER_SESSION_MOVED,
        _ if moved => keys::PAPER_SESSION_ELSEWHERE,
        BookingState::Requested => keys::PAPER_SESSION_REQUESTED,
        // Its day became known meanwhile.
        BookingState::Waiting if when.start().is_some() => keys::PAPER_SESSION_REQUESTED,
        BookingState::Waiting => keys::PAPER_SESSION_WAITING,
        // One that is over or given back is not printed.
        BookingState::Confirmed | BookingState::Attended | BookingState::Missed | BookingState::Cancelled => {
            keys::PAPER_SESSION_CONFIRMED
        }
    };
    vec![Block::KeyValues(facts), paragraph(standing)]
}

/// Who comes along, or may.
fn along(booking: &Booking, session: &Session) -> Option<Block> {
    match booking.relatives {
        0 if session.relatives_welcome => Some(paragraph(keys::PAPER_SESSION_RELATIVES_WELCOME)),
        0 => None,
        1 => Some(paragraph(keys::PAPER_SESSION_RELATIVE)),
        many => Some(said(keys::PAPER_SESSION_RELATIVES, &[("count", &many.to_string())])),
    }
}

/// "5:30pm", on one line.
fn clock(time: Time) -> String {
    time.strftime("%-I:%M%P").to_string()
}

fn paragraph(key: Key) -> Block {
    said(key, &[])
}

fn said(key: Key, values: &[(&str, &str)]) -> Block {
    Block::Paragraph(say(key, values).into())
}
