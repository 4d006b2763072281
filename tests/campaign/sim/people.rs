//! Who works in the histories, who is cared for, and the one session of the timetable.

use domain::id::{PatientId, SessionId, StaffId};
use domain::patient::Patient;
use domain::session::{DateKey, Session, SessionDate, SessionGroup, SessionHeld, SessionWhen};
use domain::staff::{By, Organisation, Role, Staff};
use jiff::civil::{date, time};
use kit::outbox::a_patient;

/// The first of the numbers that the patients have.
const FIRST_NUMBER: u32 = 700;

/// A nurse of a PC.
pub fn nurse(number: usize) -> Staff {
    Staff {
        id: StaffId::from_random([number as u8 + 1; 16]),
        name: ["Ruth Invented", "Omar Imagined", "Mei Pretended", "Joan Supposed"][number % 4].to_owned(),
        role: Role::CancerNurseSpecialist,
        key_holder: number == 0,
        team: "Breast".to_owned(),
        organisation: Organisation { ods: "X0T99".to_owned(), name: "Thamesbank Hospitals".to_owned() },
    }
}

pub fn by(number: usize, at: i64) -> By {
    let Staff { id, name, role, key_holder, .. } = nurse(number);
    By { staff: id, name, role, key_holder, at, pc: "Clinic room 3".to_owned() }
}

/// The only session of the timetable.
pub fn session() -> Session {
    let start = date(2036, 3, 3).at(14, 0, 0, 0);
    Session {
        id: SessionId::from_random([77; 16]),
        group: SessionGroup::Wellbeing,
        title: "Moving with ease".to_owned(),
        about: String::new(),
        held: SessionHeld::InPerson,
        place: "Garden room".to_owned(),
        relatives_welcome: true,
        dates: vec![SessionDate {
            key: DateKey::new("d-1"),
            when: SessionWhen::Exact { start, end: time(15, 0, 0, 0) },
            place: String::new(),
            cancel_reason: String::new(),
        }],
        retired: false,
    }
}

/// The person with this number of the patients, as a PC or the trust would register them.
pub fn person(number: usize, id: PatientId, at: i64) -> Patient {
    let mut patient = a_patient(id, FIRST_NUMBER + number as u32, at);
    patient.name.family = ["Invented", "Imagined", "Pretended", "Supposed", "Feigned"][number % 5].to_owned();
    patient.born = date(1950 + number as i16, 3, 1 + number as i8);
    patient
}
