//! What a report counts of each patient, gathered from the records. What it makes of them is decided in `domain`.

use std::sync::Arc;

use domain::change::{Assessment, Change, Stood};
use domain::checklist::Checklist;
use domain::cosd::{Agreed, Assessed, CosdRecord, Derived, Planned, Source, Summarised, Written, derive};
use domain::hna::{ConcernKey, Hna, HnaStatus};
use domain::id::StaffId;
use domain::patient::Patient;
use domain::record::RecordKind;
use domain::staff::Role;
use domain::team_figures::Raised;
use jiff::civil::Date;
use store::{Revision, SavedHna, SavedPlan, Snapshot, Store};

use crate::content::Content;
use crate::death::answered_on;
use crate::problem::Problem;
use crate::when::day_of;

/// A patient with what the dataset yields up to a day.
pub(crate) struct Reported {
    pub patient: Patient,
    pub derived: Derived,
    pub raised: Vec<Raised>,
}

/// Every patient of whom there is anything to report, as it stood at the end of this day.
pub(crate) fn reported(store: &Store, content: &Content, until: Date) -> Result<Vec<Reported>, Problem> {
    let mut all = Vec::new();
    for id in store.patients_to_report()? {
        let Some((patient, _)) = store.patient(id)? else { continue };
        all.push(of_patient(store, content, patient, until)?);
    }
    Ok(all)
}

/// The same of one patient.
pub(crate) fn of_patient(store: &Store, content: &Content, patient: Patient, until: Date) -> Result<Reported, Problem> {
    let mut hnas = store.hnas_of(patient.id)?;
    hnas.retain(|saved| saved.hna.status == HnaStatus::Completed);
    let record = CosdRecord {
        patient: patient.id,
        born: patient.born,
        died: patient.died,
        offers: store.offers_of(patient.id)?.into_iter().map(|saved| saved.offer).collect(),
        assessments: hnas.iter().map(|saved| assessed(store, saved)).collect::<Result<_, _>>()?,
        plans: store.care_plans_of(patient.id)?.iter().map(|saved| planned(store, saved)).collect::<Result<_, _>>()?,
        summaries: summarised(store, &patient)?,
    };
    let derived = derive(&record, until);
    // What is left out of the dataset is in no figure either.
    let left_out = |hna: &Hna| derived.listed.iter().any(|line| line.event.source == Source::Hna(hna.id));
    let mut assessed = Vec::new();
    for SavedHna { hna, .. } in hnas.iter().filter(|saved| !left_out(&saved.hna)) {
        assessed.push((hna, content.checklist(store, &hna.checklist)?));
    }
    Ok(Reported { raised: raised(&assessed), derived, patient })
}

fn assessed(store: &Store, saved: &SavedHna) -> Result<Assessed, Problem> {
    let hna = &saved.hna;
    Ok(Assessed {
        hna: hna.id,
        on: answered_on(hna),
        point: Some(hna.pathway_point),
        role: role_then(store, hna.typed_by, &hna.id.to_string(), saved.revision)?,
        concerns: !hna.concerns.is_empty(),
        at: hna.completed_at.unwrap_or(hna.started_at),
    })
}

fn planned(store: &Store, saved: &SavedPlan) -> Result<Planned, Problem> {
    let plan = &saved.plan;
    // A later version is the same plan, which was agreed when the first was.
    let first = match plan.version {
        0 => None,
        1 => plan.signed.clone(),
        _ => store.care_plan_version(plan.id, 1)?.and_then(|first| first.plan.signed),
    };
    Ok(Planned {
        plan: plan.id,
        hna: plan.hna,
        started_by: role_then(store, plan.started_by, &plan.id.to_string(), 1)?,
        written: written(store, saved)?,
        agreed: first.map(|signed| Agreed { on: day_of(signed.at), role: signed.role, at: signed.at }),
    })
}

/// The first revision of a plan that says anything.
fn written(store: &Store, saved: &SavedPlan) -> Result<Option<Written>, Problem> {
    for revision in 1..=saved.revision {
        let then = store.record_at(RecordKind::CarePlan, &saved.plan.id.to_string(), revision)?;
        if let Some(Revision { snapshot: Snapshot::CarePlan(plan), at, .. }) = then
            && plan.is_written()
        {
            return Ok(Some(Written { on: day_of(at), at }));
        }
    }
    Ok(None)
}

fn summarised(store: &Store, patient: &Patient) -> Result<Vec<Summarised>, Problem> {
    let mut signed = Vec::new();
    for saved in store.treatment_summaries_of(patient.id)? {
        let summary = saved.summary;
        let first = match summary.version {
            0 => None,
            1 => summary.signed,
            _ => store.treatment_summary_version(summary.id, 1)?.and_then(|first| first.summary.signed),
        };
        signed.extend(first.map(|first| Summarised { summary: summary.id, on: day_of(first.at), at: first.at }));
    }
    Ok(signed)
}

/// The concerns that have a code, assessment by assessment, oldest first; what was said in own words stays with the patient.
fn raised(assessed: &[(&Hna, Arc<Checklist>)]) -> Vec<Raised> {
    let given = assessed.iter().map(|(hna, checklist)| Assessment { hna, checklist, on: answered_on(hna) });
    let Change { assessments, concerns } = Change::over(given);
    let mut all = Vec::new();
    for concern in concerns {
        let Some(code) = concern.code else { continue };
        for (id, stood) in assessments.iter().zip(concern.stood) {
            let Some((hna, checklist)) = assessed.iter().find(|(hna, _)| hna.id == *id) else { continue };
            let is_this = |key: &ConcernKey| checklist.item(key.as_str()).is_some_and(|(_, item)| item.code == code);
            // A whole area may be declined without any concern of it having been raised.
            if hna.concerns.iter().any(|raised| is_this(&raised.key)) {
                let score = if let Stood::Rated(rating) = stood { Some(rating.score()) } else { None };
                all.push(Raised { code: code.clone(), on: answered_on(hna), score });
            }
        }
    }
    all
}

/// The role in which somebody made this revision of a record; None when nobody knows who it was.
fn role_then(store: &Store, staff: StaffId, record: &str, revision: i64) -> Result<Option<Role>, Problem> {
    Ok(store.staff_then(staff, record, revision)?.map(|staff| staff.role))
}
