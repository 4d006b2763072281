//! The first screen after unlocking: who comes today, and what is unfinished, with its age and owner.

use domain::op::Op;
use serde::Serialize;
use ts_rs::TS;

use crate::clinic::Clinic;
use crate::clinic_list_view::{ClinicList, ListFile, ListLine, clinic_list};
use crate::home_answers_view::AnswersLine;
use crate::patient_view::Banner;
use crate::problem::Problem;
use crate::when::{Day, day_of};
use crate::work::{Left, WorkItem, items, left};

/// How many of the patients a nurse had open last are offered.
const RECENT: u32 = 8;

#[derive(Serialize, TS)]
pub struct Today {
    pub today: Day,
    /// Who comes today, by time: the clinic list and the talks that are booked.
    pub list: Vec<ListLine>,
    /// The newest file of the list, or null.
    pub list_file: Option<ListFile>,
    /// What needs a person first, then what somebody can be late with, then offers that are due and bookings without a date; of each the
    /// oldest first.
    pub work: Vec<WorkItem>,
    /// Answers from home that match nobody here; oldest first.
    pub unmatched: Vec<AnswersLine>,
    pub recent: Vec<Banner>,
}

impl Clinic {
    /// Today's clinic list, the unfinished work of the whole team, and the patients this nurse had open last.
    pub async fn today(&self) -> Result<Today, Problem> {
        let by = self.by_for(Op::Today)?;
        let (today, open, me) = (day_of(by.at), self.0.clone(), self.0.staff.clone());
        self.0
            .queue
            .run(move |store| {
                let Left { work, unmatched } = left(store, &open, by.at)?;
                let work = items(store, work, &me, by.at)?;
                let ClinicList { lines, file } = clinic_list(store, &work, by.at)?;
                let mut recent = Vec::new();
                for id in store.recent_patients(me.id, RECENT)? {
                    recent.extend(store.patient(id)?.map(|(patient, _)| Banner::of(&patient, today)));
                }
                store.write::<_, Problem>(&by, Op::Today, |w| {
                    w.detail(&format!("shown {}", lines.len() + work.len() + unmatched.len() + recent.len()));
                    Ok(())
                })?;
                Ok(Today { today: Day::new(today), list: lines, list_file: file, work, unmatched, recent })
            })
            .await
    }
}
