//! The acts of the clinic list: a patient put on it or taken off, and a list taken in from a file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use domain::clinic_visit::{ClinicVisit, TypedPerson, TypedVisit, VisitSource, VisitState};
use domain::id::{ClinicVisitId, PatientId};
use domain::op::Op;
use domain::record::Record;
use domain::{FieldFault, Refused};
use serde::{Deserialize, Serialize};
use store::{PutOnList, SavedVisit, Store};
use ts_rs::TS;

use crate::clinic::{Clinic, Noun, off_thread};
use crate::clinic_list_file::{Cells, ListColumn, ListFault, MOST_BYTES, NotTaken, Row, rows};
use crate::clinic_list_view::{Whose, given_view, whose};
use crate::death::alive;
use crate::home_answers_view::GivenPerson;
use crate::patient_view::Banner;
use crate::problem::{Code, Problem};
use crate::request::requests;
use crate::version::look;
use crate::when::{Day, When, day_of};

/// How many rows that were not taken are shown; all are counted.
const MOST_REFUSED: usize = 100;
/// How many of those who stay off the list are shown; all are counted.
const MOST_OFF: usize = 100;

/// A place on the list as it is typed.
#[derive(Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ClinicVisitForm {
    /// The day as typed in one box.
    pub on: String,
    /// "14:30", "9.15" or "0915".
    pub time: String,
    pub clinic: String,
    pub reason: String,
    pub nurse: String,
}

requests! {
    AddClinicVisit { #[ts(type = "PatientId")] patient: String, form: ClinicVisitForm }
    ReadClinicVisit { #[ts(type = "ClinicVisitId")] visit: String }
    TakeOffClinicVisit { #[ts(type = "ClinicVisitId")] visit: String }
    PutBackClinicVisit { #[ts(type = "ClinicVisitId")] visit: String }
}

/// One place on the list, and whose it is.
#[derive(Serialize, TS)]
pub struct ClinicVisitView {
    #[ts(type = "ClinicVisitId")]
    pub id: ClinicVisitId,
    #[ts(type = "VisitSource")]
    pub source: VisitSource,
    pub day: Day,
    /// "14:30".
    pub time: String,
    pub clinic: String,
    pub reason: String,
    pub nurse: String,
    /// Whose it is; null when nobody here matches the row.
    pub banner: Option<Banner>,
    /// The NHS number of the row is somebody's here whose name or birth date is another.
    pub differs: bool,
    /// The person as the file or the trust names them; null where it was entered.
    pub given: Option<GivenPerson>,
    /// The name of the file, without its folder; empty where there was none.
    pub file: String,
    /// Who put it on the list; empty for an appointment at the trust.
    pub by: String,
    pub at: When,
    pub taken_off: bool,
    /// With `taken_off`: the trust has cancelled it, and nobody here took it off.
    pub cancelled: bool,
}

/// What became of a file with a clinic list.
#[derive(Serialize, TS)]
pub struct TakenList {
    /// The name of the file, without its folder.
    pub file: String,
    /// Why nothing of it was taken, or null.
    #[ts(type = "ListFault | null")]
    pub fault: Option<ListFault>,
    /// With `fault`: the line it is on, counted from 1.
    pub line: Option<usize>,
    /// With `missing_column` and `column_twice`.
    #[ts(type = "Array<ListColumn>")]
    pub columns: Vec<ListColumn>,
    /// Rows that are now on a list, by day.
    pub added: Vec<AddedDay>,
    /// Rows that had come before and are on the list.
    pub already_here: usize,
    /// The first people who had come before, were taken off the list and stay off.
    pub stay_off: Vec<StaysOff>,
    pub stay_off_count: usize,
    /// The first rows that were not taken, by line.
    pub refused: Vec<RefusedRow>,
    pub refused_count: usize,
}

#[derive(Serialize, TS)]
pub struct AddedDay {
    pub day: Day,
    pub count: usize,
}

/// Somebody whom a file names and who is on no list, because a nurse took them off.
#[derive(Serialize, TS)]
pub struct StaysOff {
    /// Where they can be put back.
    #[ts(type = "ClinicVisitId")]
    pub visit: ClinicVisitId,
    pub day: Day,
    /// "14:30".
    pub time: String,
    pub family: String,
    pub given: String,
}

/// A row of a file that is on no list, and why.
#[derive(Serialize, TS)]
pub struct RefusedRow {
    /// Counted from 1.
    pub line: usize,
    /// Null: the row as a whole has another number of cells, too many, or a quotation mark in the wrong place.
    #[ts(type = "ListColumn | null")]
    pub column: Option<ListColumn>,
    /// One of the reasons of a form's field; `cells` without a column.
    pub reason: String,
}

impl Clinic {
    /// Puts a patient on the list of a day. Refused for the field `time` (`already_there`) when the patient is on it at that time.
    pub async fn add_clinic_visit(&self, request: AddClinicVisit) -> Result<ClinicVisitView, Problem> {
        let by = self.by_for(Op::AddClinicVisit)?;
        let patient = PatientId::parse(&request.patient).ok_or(Code::Gone)?;
        let id = ClinicVisitId::from_random(self.0.profile.world.bytes()?);
        let act = move |store: &mut Store| {
            let (person, _) = store.patient(patient)?.ok_or(Code::Gone)?;
            alive(&person)?;
            let visit = ClinicVisit::enter(id, patient, &request.form.typed(), day_of(by.at), &by)?;
            if store.clinic_list(visit.day)?.iter().any(|here| here.visit.same_as(&visit)) {
                return Err(Problem::field("time", "already_there"));
            }
            store.write::<_, Problem>(&by, Op::AddClinicVisit, |w| {
                w.add_clinic_visit(&visit)?;
                Ok(())
            })?;
            visit_view(store, id, by.at)
        };
        let seen = self.0.queue.run(act).await?;
        self.changed(&[Noun::ClinicVisit]);
        Ok(seen)
    }

    /// Reads a place on the list; the look is an audit line.
    pub async fn read_clinic_visit(&self, request: ReadClinicVisit) -> Result<ClinicVisitView, Problem> {
        let by = self.by_for(Op::ReadClinicVisit)?;
        let id = ClinicVisitId::parse(&request.visit).ok_or(Code::Gone)?;
        let read = move |store: &mut Store| {
            let seen = visit_view(store, id, by.at)?;
            let patient = seen.banner.as_ref().map(|banner| banner.id);
            look(store, &by, Op::ReadClinicVisit, Record::clinic_visit(id, patient), None)?;
            Ok(seen)
        };
        self.0.queue.run(read).await
    }

    /// Takes somebody off the list. `changed_meanwhile` when somebody else has.
    pub async fn take_off_clinic_visit(&self, request: TakeOffClinicVisit) -> Result<ClinicVisitView, Problem> {
        let by = self.by_for(Op::TakeOffClinicVisit)?;
        let id = ClinicVisitId::parse(&request.visit).ok_or(Code::Gone)?;
        let act = move |store: &mut Store| {
            let SavedVisit { visit, revision } = store.clinic_visit(id)?.ok_or(Code::Gone)?;
            let off = visit.take_off().map_err(|_| Code::ChangedMeanwhile)?;
            store.write::<_, Problem>(&by, Op::TakeOffClinicVisit, |w| Ok(w.save_clinic_visit(&off, revision)?))?;
            visit_view(store, id, by.at)
        };
        let seen = self.0.queue.run(act).await?;
        self.changed(&[Noun::ClinicVisit]);
        Ok(seen)
    }

    /// Puts somebody back onto the list. `changed_meanwhile` when it is on it, also by another entry for the same time; `after_death`
    /// when the patient has died.
    pub async fn put_back_clinic_visit(&self, request: PutBackClinicVisit) -> Result<ClinicVisitView, Problem> {
        let by = self.by_for(Op::PutBackClinicVisit)?;
        let id = ClinicVisitId::parse(&request.visit).ok_or(Code::Gone)?;
        let act = move |store: &mut Store| {
            let SavedVisit { visit, revision } = store.clinic_visit(id)?.ok_or(Code::Gone)?;
            if let Some(person) = whose(store, &visit)?.patient() {
                alive(&person)?;
            }
            let back = visit.put_back().map_err(|_| Code::ChangedMeanwhile)?;
            if store.clinic_list(back.day)?.iter().any(|here| here.visit.same_as(&back)) {
                return Err(Code::ChangedMeanwhile.into());
            }
            store.write::<_, Problem>(&by, Op::PutBackClinicVisit, |w| Ok(w.save_clinic_visit(&back, revision)?))?;
            visit_view(store, id, by.at)
        };
        let seen = self.0.queue.run(act).await?;
        self.changed(&[Noun::ClinicVisit]);
        Ok(seen)
    }

    /// Takes in a clinic list from a file that the nurse chose. Each row that can be taken is on the list of its day; each that cannot is
    /// named by its line, and the others do not wait for it. A row that came before adds nothing; who was taken off since is named.
    pub async fn take_in_clinic_list(&self, file: PathBuf) -> Result<TakenList, Problem> {
        let by = self.by_for(Op::TakeInClinicList)?;
        let name: String =
            file.file_name().map(|name| name.to_string_lossy().chars().take(200).collect()).unwrap_or_default();
        let read = off_thread(move || Ok(bytes(&file).and_then(|bytes| rows(&bytes)))).await?;
        let world = self.0.profile.world.clone();
        let act = move |store: &mut Store| {
            let mut taken = TakenList {
                file: name,
                fault: None,
                line: None,
                columns: Vec::new(),
                added: Vec::new(),
                already_here: 0,
                stay_off: Vec::new(),
                stay_off_count: 0,
                refused: Vec::new(),
                refused_count: 0,
            };
            let mut visits = Vec::new();
            match read {
                Ok(read) => {
                    for Row { line, cells } in read {
                        let id = ClinicVisitId::from_random(world.bytes()?);
                        let visit = cells.map(|cells| {
                            let (person, typed) = row(&cells);
                            ClinicVisit::import(id, &person, &typed, &taken.file, day_of(by.at), &by)
                        });
                        match visit {
                            Some(Ok(visit)) => visits.push(visit),
                            Some(Err(Refused::Fields(faults))) => taken.refuse(line, &faults),
                            _ => taken.refuse(line, &[FieldFault { field: String::new(), reason: "cells" }]),
                        }
                    }
                }
                Err(NotTaken { fault, line, columns }) => {
                    (taken.fault, taken.line, taken.columns) = (Some(fault), line, columns);
                }
            }
            store.write::<_, Problem>(&by, Op::TakeInClinicList, |w| {
                let (mut days, mut off) = (BTreeMap::new(), BTreeSet::new());
                for visit in &visits {
                    match w.add_clinic_visit(visit)? {
                        PutOnList::Added => *days.entry(visit.day).or_insert(0) += 1,
                        PutOnList::Here => taken.already_here += 1,
                        // One person is one, however often the file names them.
                        PutOnList::StaysOff(id) if off.insert(id) => taken.stays_off(id, visit),
                        PutOnList::StaysOff(_) => {}
                    }
                }
                let added = |(day, count)| AddedDay { day: Day::new(day), count };
                taken.added = days.into_iter().map(added).collect();
                let count: usize = taken.added.iter().map(|one| one.count).sum();
                w.detail(&match taken.fault {
                    Some(fault) => format!("refused {}", fault.code()),
                    None => {
                        let TakenList { already_here, stay_off_count, refused_count, .. } = &taken;
                        format!("added {count}, here {already_here}, off {stay_off_count}, refused {refused_count}")
                    }
                });
                Ok(())
            })?;
            Ok(taken)
        };
        let taken = self.0.queue.run(act).await?;
        self.changed(&[Noun::ClinicVisit]);
        Ok(taken)
    }
}

impl ClinicVisitForm {
    fn typed(&self) -> TypedVisit {
        let ClinicVisitForm { on, time, clinic, reason, nurse } = self.clone();
        TypedVisit { on, time, clinic, reason, nurse }
    }
}

impl TakenList {
    fn stays_off(&mut self, id: ClinicVisitId, visit: &ClinicVisit) {
        self.stay_off_count += 1;
        if self.stay_off_count > MOST_OFF {
            return;
        }
        let person = &visit.given;
        self.stay_off.push(StaysOff {
            visit: id,
            day: Day::new(visit.day),
            time: visit.time.strftime("%H:%M").to_string(),
            family: person.family.clone(),
            given: person.given.clone(),
        });
    }

    fn refuse(&mut self, line: usize, faults: &[FieldFault]) {
        self.refused_count += 1;
        if self.refused_count > MOST_REFUSED {
            return;
        }
        for fault in faults {
            let column = ListColumn::from_code(&fault.field);
            self.refused.push(RefusedRow { line, column, reason: fault.reason.to_owned() });
        }
    }
}

fn row(cells: &Cells) -> (TypedPerson, TypedVisit) {
    let person = TypedPerson {
        family: cells.get(ListColumn::Family),
        given: cells.get(ListColumn::Given),
        born: cells.get(ListColumn::Born),
        nhs_number: cells.get(ListColumn::NhsNumber),
    };
    let typed = TypedVisit {
        on: cells.get(ListColumn::On),
        time: cells.get(ListColumn::Time),
        clinic: cells.get(ListColumn::Clinic),
        reason: cells.get(ListColumn::Reason),
        nurse: cells.get(ListColumn::Nurse),
    };
    (person, typed)
}

/// The bytes of a file, at most one more than a list may have.
fn bytes(file: &Path) -> Result<Vec<u8>, NotTaken> {
    let unreadable = |_| NotTaken::from(ListFault::Unreadable);
    if !std::fs::metadata(file).map_err(unreadable)?.is_file() {
        return Err(ListFault::Unreadable.into());
    }
    let (mut bytes, most) = (Vec::new(), u64::try_from(MOST_BYTES).unwrap_or(u64::MAX));
    File::open(file).map_err(unreadable)?.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

fn visit_view(store: &Store, id: ClinicVisitId, now: i64) -> Result<ClinicVisitView, Problem> {
    let SavedVisit { visit, .. } = store.clinic_visit(id)?.ok_or(Code::Gone)?;
    let found = whose(store, &visit)?;
    let differs = matches!(found, Whose::Differs);
    Ok(ClinicVisitView {
        banner: found.patient().map(|patient| Banner::of(&patient, day_of(now))),
        differs,
        given: given_view(&visit),
        source: visit.source,
        day: Day::new(visit.day),
        time: visit.time.strftime("%H:%M").to_string(),
        clinic: visit.clinic,
        reason: visit.reason,
        nurse: visit.nurse,
        file: visit.file,
        by: if visit.source == VisitSource::Trust { String::new() } else { visit.by.name },
        at: When::new(visit.by.at),
        taken_off: visit.state != VisitState::Expected,
        cancelled: visit.state == VisitState::Cancelled,
        id,
    })
}
