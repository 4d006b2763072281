//! Invented invitations and appointments, as they are given, answered, withdrawn and held.

use domain::appointment::{Appointment, TypedAppointment};
use domain::hna::PathwayPoint;
use domain::id::{AppointmentId, HnaId, InvitationId};
use domain::invitation::{Invitation, Inviting, PassCode};
use jiff::civil::{date, datetime};

use super::{by, checklist, ordinary_hna, ordinary_patient};

/// An invitation with a code that was made here.
pub fn issued_invitation() -> Invitation {
    invitation(51, PassCode::issued([7, 200, 33, 4, 90, 11, 254, 3, 19, 140, 66, 0, 0, 0, 0, 0]))
}

/// One with another website's code, which does not say until when.
pub fn recorded_invitation(code: &str) -> Invitation {
    let number = if code.len() < 20 { 52 } else { 53 };
    Invitation { expires_on: None, ..invitation(number, PassCode::recorded(code).unwrap()) }
}

fn invitation(number: u8, code: PassCode) -> Invitation {
    let inviting = Inviting {
        patient: ordinary_patient().id,
        checklist: checklist().canonical,
        point: PathwayPoint::EndOfTreatment,
        code,
        again: None,
        expires_on: Some(date(2026, 12, 21)),
    };
    Invitation::give(InvitationId::from_random([number; 16]), inviting, &by(), date(2026, 11, 23))
}

/// One to score the concerns of the kit's assessment again.
pub fn invitation_again() -> Invitation {
    Invitation { again: Some(ordinary_hna().id), ..invitation(54, PassCode::issued([9; 16])) }
}

/// The assessment of the kit that came of it.
pub fn answered_invitation() -> Invitation {
    issued_invitation().answer(ordinary_hna().id)
}

/// A talk on the telephone about the assessment of the kit.
pub fn booked_talk() -> Appointment {
    talk(61, Some(ordinary_hna().id), ["04-Dec-2026", "14:30", "telephone", "", "Ruth Invented"])
}

/// A talk face to face on a day that is not known.
pub fn proposed_talk() -> Appointment {
    talk(62, None, ["", "", "face_to_face", "", "Ruth Invented"])
}

pub fn talk(number: u8, hna: Option<HnaId>, typed: [&str; 5]) -> Appointment {
    let [on, time, channel, place, with_whom] = typed.map(str::to_owned);
    let typed = TypedAppointment { on, time, channel: Some(channel), place, with_whom };
    let id = AppointmentId::from_random([number; 16]);
    let now = datetime(2026, 11, 23, 9, 12, 0, 0);
    Appointment::book(id, ordinary_patient().id, hna, &typed, &by(), now).unwrap()
}
