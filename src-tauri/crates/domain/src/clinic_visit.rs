//! Somebody on the clinic list of a day: who, when and what for, as a nurse entered it, as the row of a file says it, or as an appointment
//! at the trust does. Neither a row nor an appointment names anybody here by itself: whose it is, is found by NHS number, family name and
//! birth date together.

use jiff::Span;
use jiff::civil::{Date, Time};

use crate::appointment::clock_time;
use crate::codes;
use crate::day;
use crate::home_answers::GivenPerson;
use crate::id::{ClinicVisitId, PatientId};
use crate::likeness::folded;
use crate::nhs_number::NhsNumber;
use crate::patient::Patient;
use crate::refused::{FieldFault, Refused};
use crate::staff::{By, Signature};
use crate::text;

/// How far ahead a clinic list reaches, in years.
const MOST_YEARS: i64 = 1;
/// The oldest birth date that is taken, in years before today.
const OLDEST: i16 = 125;

codes! {
    /// Where a visit of the clinic list comes from.
    VisitSource {
        Entered = "entered",
        Imported = "imported",
        /// An appointment that the trust's server has.
        Trust = "trust",
    }
}

codes! {
    /// Where a visit stands.
    VisitState {
        Expected = "expected",
        /// Off the list; the same row of a file does not bring it back, only a nurse does.
        TakenOff = "taken_off",
        /// Off the list because the trust has cancelled its appointment; it comes back when the trust does, or a nurse.
        Cancelled = "cancelled",
    }
}

/// One place on the clinic list of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClinicVisit {
    pub id: ClinicVisitId,
    pub state: VisitState,
    pub source: VisitSource,
    /// In London.
    pub day: Date,
    pub time: Time,
    /// The name of the clinic; may be empty.
    pub clinic: String,
    /// What it is for; may be empty.
    pub reason: String,
    /// Who sees the patient; may be empty.
    pub nurse: String,
    /// Whom it was entered for; None for a row of a file and for an appointment at the trust.
    pub patient: Option<PatientId>,
    /// The person as the file or the trust names them; without content where it was entered for somebody.
    pub given: GivenPerson,
    /// The name of the file, without its folder; empty where there was none.
    pub file: String,
    /// The appointment at the trust, as the trust identifies it; None for any other.
    pub appointment: Option<TrustAppointment>,
    /// Who put it on the list, and when.
    pub by: Signature,
}

/// What stays known of the appointment at the trust that a visit follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustAppointment {
    /// The trust's identifier of it.
    pub id: String,
    /// The trust's identifier of the Patient it is for.
    pub patient: String,
    /// The trust said last that it does not take place.
    pub cancelled: bool,
}

/// An appointment as it stands at the trust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustVisit {
    pub appointment: TrustAppointment,
    /// In London.
    pub day: Date,
    pub time: Time,
    pub clinic: String,
    pub reason: String,
    pub nurse: String,
    pub given: GivenPerson,
}

/// A place on the list as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedVisit {
    pub on: String,
    pub time: String,
    pub clinic: String,
    pub reason: String,
    pub nurse: String,
}

/// The person as a row of a file names them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct TypedPerson {
    pub family: String,
    pub given: String,
    pub born: String,
    /// May be empty: visitors from abroad have none.
    pub nhs_number: String,
}

impl ClinicVisit {
    /// Puts a patient on the list of a day, today at the earliest. Refused with every field that cannot be taken.
    pub fn enter(
        id: ClinicVisitId,
        patient: PatientId,
        typed: &TypedVisit,
        today: Date,
        by: &By,
    ) -> Result<ClinicVisit, Refused> {
        let mut faults = Vec::new();
        let when = when(typed, today, &mut faults);
        match (when, faults.is_empty()) {
            (Some(when), true) => {
                Ok(ClinicVisit { patient: Some(patient), ..visit(id, VisitSource::Entered, when, by) })
            }
            _ => Err(Refused::Fields(faults)),
        }
    }

    /// The visit that a row of a file says. Refused with every column that cannot be taken.
    pub fn import(
        id: ClinicVisitId,
        person: &TypedPerson,
        typed: &TypedVisit,
        file: &str,
        today: Date,
        by: &By,
    ) -> Result<ClinicVisit, Refused> {
        let mut faults = Vec::new();
        let when = when(typed, today, &mut faults);
        let given = person.read(today, &mut faults);
        match (when, faults.is_empty()) {
            (Some(when), true) => {
                Ok(ClinicVisit { given, file: file.to_owned(), ..visit(id, VisitSource::Imported, when, by) })
            }
            _ => Err(Refused::Fields(faults)),
        }
    }

    /// The visit that an appointment at the trust says.
    pub fn fetched(id: ClinicVisitId, there: TrustVisit, by: &By) -> ClinicVisit {
        let TrustVisit { appointment, day, time, clinic, reason, nurse, given } = there;
        let state = if appointment.cancelled { VisitState::Cancelled } else { VisitState::Expected };
        let when = WhenAndWhat { day, time, clinic, reason, nurse };
        ClinicVisit { state, given, appointment: Some(appointment), ..visit(id, VisitSource::Trust, when, by) }
    }

    /// The visit after the trust moved, cancelled or otherwise changed its appointment; None when nothing of it did. What a nurse did
    /// wins: taken off, it stays off on that day; put back, it stays until the trust cancels it anew.
    pub fn follow(&self, there: &TrustVisit) -> Option<ClinicVisit> {
        let before = self.appointment.as_ref().filter(|one| one.id == there.appointment.id)?;
        let TrustVisit { appointment, day, time, clinic, reason, nurse, given } = there.clone();
        let state = match (self.state, before.cancelled, appointment.cancelled) {
            (VisitState::Expected, false, true) => VisitState::Cancelled,
            (VisitState::Cancelled, true, false) => VisitState::Expected,
            // She took them off the list of one day, and they are expected on another.
            (VisitState::TakenOff, _, false) if day != self.day => VisitState::Expected,
            (state, ..) => state,
        };
        let followed = ClinicVisit {
            state,
            day,
            time,
            clinic,
            reason,
            nurse,
            given,
            appointment: Some(appointment),
            ..self.clone()
        };
        (followed != *self).then_some(followed)
    }

    /// Takes it off the list, where it stays readable in its revisions.
    pub fn take_off(mut self) -> Result<ClinicVisit, Refused> {
        if self.state != VisitState::Expected {
            return Err(Refused::NotThere);
        }
        self.state = VisitState::TakenOff;
        Ok(self)
    }

    /// Puts it back onto the list.
    pub fn put_back(mut self) -> Result<ClinicVisit, Refused> {
        if self.state == VisitState::Expected {
            return Err(Refused::NotThere);
        }
        self.state = VisitState::Expected;
        Ok(self)
    }

    /// Is the row about this person: NHS number, family name and birth date, all three of them?
    pub fn is_of(&self, patient: &Patient) -> bool {
        let given = &self.given;
        let number = given.nhs_number.is_some() && given.nhs_number == patient.nhs_number;
        number && given.born == Some(patient.born) && folded(&given.family) == folded(&patient.name.family)
    }

    /// Does nothing of what the row says speak against this person, whom the trust says it is for? Family name and birth date have to be
    /// there, and the NHS number where both have one.
    pub fn fits(&self, patient: &Patient) -> bool {
        let given = &self.given;
        let number =
            given.nhs_number.is_none() || patient.nhs_number.is_none() || given.nhs_number == patient.nhs_number;
        number && given.born == Some(patient.born) && folded(&given.family) == folded(&patient.name.family)
    }

    /// What makes two of them the same: whoever and whenever, in the same clinic.
    pub fn same_as(&self, other: &ClinicVisit) -> bool {
        let who = |visit: &ClinicVisit| (visit.patient, visit.key());
        who(self) == who(other)
    }

    /// The key under which the row of a file is known again, however its letters are written, and an appointment at the trust, whenever
    /// it is.
    pub fn key(&self) -> String {
        if let Some(appointment) = &self.appointment {
            return ClinicVisit::key_of(&appointment.id);
        }
        let given = &self.given;
        let number = given.nhs_number.as_ref().map(NhsNumber::digits).unwrap_or_default();
        let born = given.born.map(|born| born.to_string()).unwrap_or_default();
        let who = [number, folded(&given.family), folded(&given.given), born];
        format!("{} {} {} {}", self.day, self.time.strftime("%H:%M"), folded(&self.clinic), who.join(" "))
    }
}

impl ClinicVisit {
    /// The key of the visit that follows this appointment at the trust.
    pub fn key_of(appointment: &str) -> String {
        // No row of a file begins with a letter.
        format!("Appointment/{appointment}")
    }
}

impl TypedPerson {
    fn read(&self, today: Date, faults: &mut Vec<FieldFault>) -> GivenPerson {
        let family = line("family", &self.family, true, faults);
        let given = line("given", &self.given, true, faults);
        let born = day::typed_in_full(&self.born);
        match born {
            _ if self.born.trim().is_empty() => fault(faults, "born", "missing"),
            None => fault(faults, "born", "not_a_date"),
            Some(born) if born > today => fault(faults, "born", "in_future"),
            Some(born) if born.year() < today.year() - OLDEST => fault(faults, "born", "too_long_ago"),
            Some(_) => {}
        }
        let nhs_number = if self.nhs_number.trim().is_empty() {
            None
        } else {
            NhsNumber::parse(&self.nhs_number).map_err(|why| fault(faults, "nhs_number", why.reason())).ok()
        };
        GivenPerson { family, given, born, nhs_number }
    }
}

impl std::fmt::Debug for TypedPerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TypedPerson")
    }
}

struct WhenAndWhat {
    day: Date,
    time: Time,
    clinic: String,
    reason: String,
    nurse: String,
}

fn visit(id: ClinicVisitId, source: VisitSource, when: WhenAndWhat, by: &By) -> ClinicVisit {
    let WhenAndWhat { day, time, clinic, reason, nurse } = when;
    ClinicVisit {
        id,
        state: VisitState::Expected,
        source,
        day,
        time,
        clinic,
        reason,
        nurse,
        patient: None,
        given: GivenPerson::default(),
        file: String::new(),
        appointment: None,
        by: Signature::of(by),
    }
}

fn when(typed: &TypedVisit, today: Date, faults: &mut Vec<FieldFault>) -> Option<WhenAndWhat> {
    let on = day::typed(&typed.on);
    let last = today.checked_add(Span::new().years(MOST_YEARS)).unwrap_or(today);
    match on {
        _ if typed.on.trim().is_empty() => fault(faults, "on", "missing"),
        None => fault(faults, "on", "day_form"),
        Some(on) if on < today => fault(faults, "on", "in_past"),
        Some(on) if on > last => fault(faults, "on", "too_far"),
        Some(_) => {}
    }
    let time = clock_time(&typed.time);
    if time.is_none() {
        fault(faults, "time", if typed.time.trim().is_empty() { "missing" } else { "time_form" });
    }
    let clinic = line("clinic", &typed.clinic, false, faults);
    let reason = line("reason", &typed.reason, false, faults);
    let nurse = line("nurse", &typed.nurse, false, faults);
    Some(WhenAndWhat { day: on?, time: time?, clinic, reason, nurse })
}

fn line(field: &str, typed: &str, needed: bool, faults: &mut Vec<FieldFault>) -> String {
    match text::line(typed) {
        Ok(line) => {
            if needed && line.is_empty() {
                fault(faults, field, "missing");
            }
            line
        }
        Err(why) => {
            fault(faults, field, why.reason());
            String::new()
        }
    }
}

fn fault(faults: &mut Vec<FieldFault>, field: &str, reason: &'static str) {
    faults.push(FieldFault { field: field.to_owned(), reason });
}

#[cfg(test)]
#[path = "clinic_visit_tests.rs"]
mod tests;
