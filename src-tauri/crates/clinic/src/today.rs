//! The first screen after unlocking: what is unfinished, with its age and owner.

use std::collections::HashSet;

use domain::codes;
use domain::hna::HnaStatus;
use domain::id::HnaId;
use domain::op::Op;
use serde::Serialize;
use ts_rs::TS;

use crate::clinic::Clinic;
use crate::patient_view::Banner;
use crate::problem::Problem;
use crate::when::{Day, When, day_of};

/// How many of the patients a nurse had open last are offered.
const RECENT: u32 = 8;

codes! {
    /// Kinds of unfinished work.
    WorkKind { DraftHna = "draft_hna", HnaWithoutPlan = "hna_without_plan" }
}

#[derive(Serialize, TS)]
pub struct Today {
    pub today: Day,
    /// Oldest first.
    pub work: Vec<WorkItem>,
    pub recent: Vec<Banner>,
}

#[derive(Serialize, TS)]
pub struct WorkItem {
    #[ts(type = "\"draft_hna\" | \"hna_without_plan\"")]
    pub kind: WorkKind,
    pub banner: Banner,
    #[ts(type = "HnaId")]
    pub hna: HnaId,
    pub owner: String,
    pub mine: bool,
    pub at: When,
    /// Whole days since then.
    pub days: i32,
}

impl Clinic {
    /// Unfinished work of the whole team, and the patients this nurse had open last.
    pub async fn today(&self) -> Result<Today, Problem> {
        let by = self.by_for(Op::Today)?;
        let (me, today) = (by.staff, day_of(by.at));
        self.0
            .queue
            .run(move |store| {
                let open = store.hnas_open()?;
                // Only the newest completed assessment of a patient can still be waiting for its plan.
                let mut newest = HashSet::new();
                let mut seen = HashSet::new();
                for saved in open.iter().rev().filter(|saved| saved.hna.status == HnaStatus::Completed) {
                    if seen.insert(saved.hna.patient) {
                        newest.insert(saved.hna.id);
                    }
                }
                let mut work = Vec::new();
                for saved in open {
                    let hna = saved.hna;
                    let waits = newest.contains(&hna.id) && !hna.concerns.is_empty();
                    let kind = match hna.status {
                        HnaStatus::Draft => WorkKind::DraftHna,
                        HnaStatus::Completed if waits => WorkKind::HnaWithoutPlan,
                        HnaStatus::Completed | HnaStatus::Discarded => continue,
                    };
                    let Some((patient, _)) = store.patient(hna.patient)? else { continue };
                    let at = hna.completed_at.unwrap_or(hna.started_at);
                    let age = today.since(day_of(at)).map(|span| span.get_days()).unwrap_or_default();
                    work.push(WorkItem {
                        kind,
                        banner: Banner::of(&patient, today),
                        hna: hna.id,
                        mine: hna.typed_by == me,
                        owner: hna.typed_by_name,
                        at: When::new(at),
                        days: age,
                    });
                }
                work.sort_by_key(|item| item.at.ms);
                let mut recent = Vec::new();
                for id in store.recent_patients(me, RECENT)? {
                    recent.extend(store.patient(id)?.map(|(patient, _)| Banner::of(&patient, today)));
                }
                store.write::<_, Problem>(&by, Op::Today, |w| {
                    w.detail(&format!("shown {}", work.len() + recent.len()));
                    Ok(())
                })?;
                Ok(Today { today: Day::new(today), work, recent })
            })
            .await
    }
}
