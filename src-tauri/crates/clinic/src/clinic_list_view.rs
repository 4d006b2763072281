//! The clinic list of today as the screen shows it: who comes when, whose a row is, and how far each person is.

use std::collections::HashMap;

use domain::appointment::Channel;
use domain::clinic_visit::{ClinicVisit, VisitSource};
use domain::codes;
use domain::hna::{Hna, HnaStatus};
use domain::id::{CarePlanId, HnaId, PatientId};
use domain::likeness::folded;
use domain::nhs_number::NhsNumber;
use domain::patient::Patient;
use jiff::civil::Date;
use serde::Serialize;
use store::{SavedOffer, Store};
use ts_rs::TS;

use crate::home_answers_view::GivenPerson;
use crate::patient_view::Banner;
use crate::problem::Problem;
use crate::when::{Day, When, day_of};
use crate::work::{WorkItem, WorkKind};

codes! {
    /// Why somebody is on the list.
    ListSource { Entered = "entered", Imported = "imported", Trust = "trust", Appointment = "appointment" }
}

codes! {
    /// How far somebody on the list is.
    ListState {
        /// Nobody here has the row's NHS number with its family name and birth date.
        NotHere = "not_here",
        /// Somebody here has the row's NHS number, with another family name or birth date.
        Differs = "differs",
        Died = "died",
        NotStarted = "not_started",
        /// Something of the patient is begun and not ended.
        Begun = "begun",
        /// An assessment was completed today and needs no plan any more.
        Assessed = "assessed",
        /// A plan was agreed today.
        Agreed = "agreed",
    }
}

#[derive(Serialize, TS)]
pub struct ListLine {
    /// The visit, or the appointment.
    pub record: String,
    #[ts(type = "ListSource")]
    pub source: ListSource,
    /// "14:30".
    pub time: String,
    pub clinic: String,
    pub reason: String,
    /// Who sees the patient.
    pub nurse: String,
    /// Of an appointment.
    #[ts(type = "Channel | null")]
    pub channel: Option<Channel>,
    /// Null when nobody here matches the row.
    pub banner: Option<Banner>,
    /// The person as a file or the trust names them; null for whoever is here.
    pub given: Option<GivenPerson>,
    #[ts(type = "ListState")]
    pub state: ListState,
    /// With `begun`: what goes on.
    pub goes_on: Option<GoesOn>,
    /// With `assessed`.
    pub assessed: Option<AssessedToday>,
    /// The patient's newest agreed plan.
    pub plan: Option<PlanAgreed>,
    /// The patient has a completed assessment or an agreed plan.
    pub former: bool,
    /// Somebody else on this list has the same family name.
    pub similar: bool,
    /// The first who is not seen yet.
    pub next: bool,
}

#[derive(Serialize, TS)]
pub struct GoesOn {
    #[ts(type = "WorkKind")]
    pub kind: WorkKind,
    pub record: String,
    pub at: When,
}

#[derive(Serialize, TS)]
pub struct AssessedToday {
    #[ts(type = "HnaId")]
    pub hna: HnaId,
    pub at: When,
    pub concerns: usize,
}

#[derive(Serialize, TS)]
pub struct PlanAgreed {
    #[ts(type = "CarePlanId")]
    pub id: CarePlanId,
    pub signed: When,
    /// How many of its actions are overdue.
    pub overdue: usize,
}

/// The newest file that brought somebody onto the list.
#[derive(Serialize, TS)]
pub struct ListFile {
    /// Without its folder.
    pub file: String,
    pub at: When,
}

#[derive(Default)]
pub(crate) struct ClinicList {
    pub lines: Vec<ListLine>,
    pub file: Option<ListFile>,
}

/// Whose the row of a file is.
pub(crate) enum Whose {
    Theirs(Box<Patient>),
    /// The NHS number is somebody's here, with another name or birth date.
    Differs,
    Nobody,
}

impl Whose {
    pub fn patient(self) -> Option<Patient> {
        match self {
            Whose::Theirs(patient) => Some(*patient),
            Whose::Differs | Whose::Nobody => None,
        }
    }
}

/// Whose a visit is: of whoever it was entered for; of whom the trust says it is for, as long as name and birth date agree; else of whoever
/// has the row's number, family name and birth date as they are now.
pub(crate) fn whose(store: &Store, visit: &ClinicVisit) -> Result<Whose, Problem> {
    if let Some(id) = visit.patient {
        return Ok(store.patient(id)?.map_or(Whose::Nobody, |(patient, _)| Whose::Theirs(Box::new(patient))));
    }
    if let Some(there) = &visit.appointment
        && let Some(id) = store.patient_there(&there.patient)?.and_then(|id| PatientId::parse(&id))
        && let Some((patient, _)) = store.patient(id)?
    {
        return Ok(if visit.fits(&patient) { Whose::Theirs(Box::new(patient)) } else { Whose::Differs });
    }
    let Some(number) = &visit.given.nhs_number else { return Ok(Whose::Nobody) };
    let Some(id) = store.patient_numbered(number)? else { return Ok(Whose::Nobody) };
    Ok(match store.patient(id)? {
        Some((patient, _)) if visit.is_of(&patient) => Whose::Theirs(Box::new(patient)),
        _ => Whose::Differs,
    })
}

/// The person as a file's row or the trust names them; None where the visit was entered for somebody.
pub(crate) fn given_view(visit: &ClinicVisit) -> Option<GivenPerson> {
    (visit.source != VisitSource::Entered).then(|| GivenPerson {
        family: visit.given.family.clone(),
        given: visit.given.given.clone(),
        born: visit.given.born.map(Day::new),
        nhs_number: visit.given.nhs_number.as_ref().map(NhsNumber::to_string),
        code: None,
    })
}

/// Who comes today, by time; `work` is what is left to do, of everybody.
pub(crate) fn clinic_list(store: &Store, work: &[WorkItem], now: i64) -> Result<ClinicList, Problem> {
    let today = day_of(now);
    let mut list = ClinicList::default();
    for visit in store.clinic_list(today)?.into_iter().map(|saved| saved.visit) {
        if visit.source == VisitSource::Imported {
            list.file = Some(ListFile { file: visit.file.clone(), at: When::new(visit.by.at) });
        }
        let found = whose(store, &visit)?;
        let (unknown, given) = match found {
            Whose::Theirs(_) => (ListState::NotStarted, None),
            Whose::Differs => (ListState::Differs, given_view(&visit)),
            Whose::Nobody => (ListState::NotHere, given_view(&visit)),
        };
        let source = match visit.source {
            VisitSource::Entered => ListSource::Entered,
            VisitSource::Imported => ListSource::Imported,
            VisitSource::Trust => ListSource::Trust,
        };
        let mut line = ListLine::new(source, visit.id.to_string(), visit.time.strftime("%H:%M").to_string());
        (line.clinic, line.reason, line.nurse) = (visit.clinic, visit.reason, visit.nurse);
        (line.state, line.given) = (unknown, given);
        if let Some(patient) = found.patient() {
            line.stands(store, &patient, work, now)?;
        }
        list.lines.push(line);
    }
    for talk in store.appointments_open()?.into_iter().map(|saved| saved.appointment) {
        let Some(start) = talk.start.filter(|start| start.date() == today) else { continue };
        let Some((patient, _)) = store.patient(talk.patient)? else { continue };
        let mut line = ListLine::new(ListSource::Appointment, talk.id.to_string(), start.strftime("%H:%M").to_string());
        (line.channel, line.clinic, line.nurse) = (Some(talk.channel), talk.place, talk.with_whom);
        line.stands(store, &patient, work, now)?;
        list.lines.push(line);
    }
    list.lines.sort_by(|one, other| one.time.cmp(&other.time));
    mark_similar(&mut list.lines);
    // Until here it is everybody who is to be seen.
    for later in list.lines.iter_mut().filter(|line| line.next).skip(1) {
        later.next = false;
    }
    Ok(list)
}

impl ListLine {
    fn new(source: ListSource, record: String, time: String) -> ListLine {
        ListLine {
            record,
            source,
            time,
            clinic: String::new(),
            reason: String::new(),
            nurse: String::new(),
            channel: None,
            banner: None,
            given: None,
            state: ListState::NotStarted,
            goes_on: None,
            assessed: None,
            plan: None,
            former: false,
            similar: false,
            next: false,
        }
    }

    /// Says how far this patient is.
    fn stands(&mut self, store: &Store, patient: &Patient, work: &[WorkItem], now: i64) -> Result<(), Problem> {
        let today = day_of(now);
        self.banner = Some(Banner::of(patient, today));
        let plans = store.care_plans_of(patient.id)?;
        let agreed = plans.iter().map(|saved| &saved.plan).filter_map(|plan| Some((plan, plan.signed.as_ref()?)));
        self.plan = agreed.max_by_key(|(_, signed)| signed.at).map(|(plan, signed)| PlanAgreed {
            id: plan.id,
            signed: When::new(signed.at),
            overdue: overdue(work, patient.id, &plan.id.to_string()),
        });
        let completed = |hna: &&Hna| hna.status == HnaStatus::Completed && hna.completed_at.map(day_of) == Some(today);
        let hnas = store.hnas_of(patient.id)?;
        let assessed = hnas.iter().map(|saved| &saved.hna).filter(completed).max_by_key(|hna| hna.completed_at);
        self.former = self.plan.is_some() || hnas.iter().any(|saved| saved.hna.status == HnaStatus::Completed);
        self.goes_on = goes_on(work, patient.id);
        let agreed = self.plan.as_ref().is_some_and(|plan| day_of(plan.signed.ms) == today);
        let offered = |saved: &SavedOffer| saved.offer.on == today && saved.offer.mistaken.is_none();
        let seen = agreed || assessed.is_some() || store.offers_of(patient.id)?.iter().any(offered);
        self.state = if patient.died.is_some() {
            ListState::Died
        } else if self.goes_on.is_some() {
            ListState::Begun
        } else if agreed {
            ListState::Agreed
        } else if let Some(hna) = assessed {
            let at = When::new(hna.completed_at.unwrap_or(now));
            self.assessed = Some(AssessedToday { hna: hna.id, at, concerns: hna.concerns.len() });
            ListState::Assessed
        } else {
            ListState::NotStarted
        };
        self.next = self.is_to_be_seen(seen, today);
        Ok(())
    }

    /// Is the patient still to be seen today? An assessment that was begun today goes on; what else was begun today says that the patient
    /// was `seen`, unless it came from home.
    fn is_to_be_seen(&self, seen: bool, today: Date) -> bool {
        match (self.state, &self.goes_on) {
            (ListState::NotStarted, _) => !seen,
            (ListState::Begun, Some(on)) => match (on.kind, day_of(on.at.ms) == today) {
                (WorkKind::DraftHna, true) => true,
                (WorkKind::AnswersFromHome | WorkKind::AnswersToConfirm, _) | (_, false) => !seen,
                (_, true) => false,
            },
            _ => false,
        }
    }
}

/// What of a patient's work the visit goes on with: the first of these kinds.
fn goes_on(work: &[WorkItem], patient: PatientId) -> Option<GoesOn> {
    const ORDER: [WorkKind; 7] = [
        WorkKind::DraftHna,
        WorkKind::AnswersToConfirm,
        WorkKind::AnswersFromHome,
        WorkKind::HnaWithoutPlan,
        WorkKind::PlanToLock,
        WorkKind::DraftPlan,
        WorkKind::DraftSummary,
    ];
    let of = |kind: &WorkKind| work.iter().rfind(|item| item.banner.id == patient && item.kind == *kind);
    let item = ORDER.iter().find_map(of)?;
    Some(GoesOn { kind: item.kind, record: item.record.clone(), at: item.at.clone() })
}

fn overdue(work: &[WorkItem], patient: PatientId, plan: &str) -> usize {
    let of =
        |item: &&WorkItem| item.banner.id == patient && item.kind == WorkKind::ActionOverdue && item.record == plan;
    work.iter().filter(of).count()
}

/// Two people with one family name are easily taken for each other; one person twice is not.
fn mark_similar(lines: &mut [ListLine]) {
    let who = |line: &ListLine| match (&line.banner, &line.given) {
        (Some(banner), _) => Some((folded(&banner.family), banner.id.to_string())),
        (None, Some(given)) => {
            let born = given.born.as_ref().map(|born| born.iso.clone()).unwrap_or_default();
            Some((folded(&given.family), format!("{} {born}", folded(&given.given))))
        }
        (None, None) => None,
    };
    let mut named: HashMap<String, Vec<String>> = HashMap::new();
    for (family, person) in lines.iter().filter_map(who) {
        let people = named.entry(family).or_default();
        if !people.contains(&person) {
            people.push(person);
        }
    }
    for line in lines {
        line.similar = who(line).is_some_and(|(family, _)| named.get(&family).is_some_and(|people| people.len() > 1));
    }
}
