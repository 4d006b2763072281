//! The first screen after unlocking: what is unfinished, with its age and owner.

use domain::care_plan::waiting_for_plan;
use domain::codes;
use domain::day::moment;
use domain::hna::HnaStatus;
use domain::id::{PatientId, StaffId};
use domain::invitation::InvitationStanding;
use domain::op::Op;
use serde::Serialize;
use store::{SavedAppointment, SavedInvitation, SavedPlan, SavedSummary, Store};
use ts_rs::TS;

use crate::clinic::{Clinic, Open};
use crate::home_answers_view::{AnswersLine, Seen, answers_open};
use crate::patient_view::Banner;
use crate::problem::Problem;
use crate::when::{Day, When, day_of};

/// How many of the patients a nurse had open last are offered.
const RECENT: u32 = 8;

codes! {
    /// Kinds of unfinished work.
    WorkKind {
        DraftHna = "draft_hna",
        HnaWithoutPlan = "hna_without_plan",
        DraftPlan = "draft_plan",
        DraftSummary = "draft_summary",
        AnswersFromHome = "answers_from_home",
        AnswersToConfirm = "answers_to_confirm",
        InvitationExpires = "invitation_expires",
        InvitationExpired = "invitation_expired",
        AppointmentDue = "appointment_due",
        AppointmentWithoutDay = "appointment_without_day",
    }
}

#[derive(Serialize, TS)]
pub struct Today {
    pub today: Day,
    /// Oldest first.
    pub work: Vec<WorkItem>,
    /// Answers from home that match nobody here; oldest first.
    pub unmatched: Vec<AnswersLine>,
    pub recent: Vec<Banner>,
}

#[derive(Serialize, TS)]
pub struct WorkItem {
    #[ts(
        type = "\"draft_hna\" | \"hna_without_plan\" | \"draft_plan\" | \"draft_summary\" | \"answers_from_home\" | \"answers_to_confirm\" | \"invitation_expires\" | \"invitation_expired\" | \"appointment_due\" | \"appointment_without_day\""
    )]
    pub kind: WorkKind,
    pub banner: Banner,
    /// The assessment, plan, summary, answers, invitation or appointment it is about.
    pub record: String,
    pub owner: String,
    pub mine: bool,
    pub at: When,
    /// Whole days since then; less than 0 for what lies ahead.
    pub days: i32,
}

impl Clinic {
    /// Unfinished work of the whole team, and the patients this nurse had open last.
    pub async fn today(&self) -> Result<Today, Problem> {
        let by = self.by_for(Op::Today)?;
        let (me, today, open) = (by.staff, day_of(by.at), self.0.clone());
        self.0
            .queue
            .run(move |store| {
                let mut work = Vec::new();
                let FromHome { left, unmatched } = from_home(store, &open, by.at)?;
                for left in unfinished(store)?.into_iter().chain(left) {
                    let Some((patient, _)) = store.patient(left.patient)? else { continue };
                    // A plan or summary can no longer be ended; an assessment may still be entered from paper, or discarded.
                    if patient.died.is_some() && !left.kind.outlives_the_patient() {
                        continue;
                    }
                    work.push(WorkItem {
                        kind: left.kind,
                        banner: Banner::of(&patient, today),
                        record: left.record,
                        mine: left.owner == me,
                        owner: left.owner_name,
                        at: When::new(left.at),
                        days: today.since(day_of(left.at)).map(|span| span.get_days()).unwrap_or_default(),
                    });
                }
                work.sort_by_key(|item| item.at.ms);
                let mut recent = Vec::new();
                for id in store.recent_patients(me, RECENT)? {
                    recent.extend(store.patient(id)?.map(|(patient, _)| Banner::of(&patient, today)));
                }
                store.write::<_, Problem>(&by, Op::Today, |w| {
                    w.detail(&format!("shown {}", work.len() + unmatched.len() + recent.len()));
                    Ok(())
                })?;
                Ok(Today { today: Day::new(today), work, unmatched, recent })
            })
            .await
    }
}

impl WorkKind {
    /// Is there still something to do about it when the patient has died?
    fn outlives_the_patient(self) -> bool {
        match self {
            WorkKind::DraftHna
            | WorkKind::AnswersFromHome
            | WorkKind::AnswersToConfirm
            | WorkKind::AppointmentDue
            | WorkKind::AppointmentWithoutDay => true,
            WorkKind::HnaWithoutPlan
            | WorkKind::DraftPlan
            | WorkKind::DraftSummary
            | WorkKind::InvitationExpires
            | WorkKind::InvitationExpired => false,
        }
    }
}

/// One thing that somebody began and nobody ended.
struct Unfinished {
    kind: WorkKind,
    patient: PatientId,
    record: String,
    owner: StaffId,
    owner_name: String,
    /// Since when, UTC milliseconds.
    at: i64,
}

fn unfinished(store: &Store) -> Result<Vec<Unfinished>, Problem> {
    let open = store.hnas_open()?;
    let waiting = waiting_for_plan(open.iter().map(|saved| &saved.hna), &store.hnas_planned()?);
    let mut left = Vec::new();
    for hna in open.into_iter().map(|saved| saved.hna) {
        let kind = match hna.status {
            HnaStatus::Draft => WorkKind::DraftHna,
            HnaStatus::Completed if waiting.contains(&hna.id) => WorkKind::HnaWithoutPlan,
            HnaStatus::Completed | HnaStatus::Discarded => continue,
        };
        left.push(Unfinished {
            kind,
            patient: hna.patient,
            record: hna.id.to_string(),
            owner: hna.typed_by,
            owner_name: hna.typed_by_name,
            at: hna.completed_at.unwrap_or(hna.started_at),
        });
    }
    for SavedPlan { plan, saved_at, .. } in store.care_plans_draft()? {
        left.push(Unfinished {
            kind: WorkKind::DraftPlan,
            patient: plan.patient,
            record: plan.id.to_string(),
            owner: plan.started_by,
            owner_name: plan.started_by_name,
            // One that was opened again is not as old as its first draft.
            at: if plan.version == 0 { plan.started_at } else { saved_at },
        });
    }
    for SavedSummary { summary, saved_at, .. } in store.treatment_summaries_draft()? {
        left.push(Unfinished {
            kind: WorkKind::DraftSummary,
            patient: summary.patient,
            record: summary.id.to_string(),
            owner: summary.started_by,
            owner_name: summary.started_by_name,
            at: if summary.version == 0 { summary.started_at } else { saved_at },
        });
    }
    Ok(left)
}

/// What came from home or is on its way there, and the talks about it.
struct FromHome {
    left: Vec<Unfinished>,
    unmatched: Vec<AnswersLine>,
}

fn from_home(store: &Store, open: &Open, now: i64) -> Result<FromHome, Problem> {
    let today = day_of(now);
    let (mut left, mut unmatched) = (Vec::new(), Vec::new());
    for Seen { arrival, patient, line, .. } in answers_open(store, open)? {
        let Some(patient) = patient else {
            unmatched.push(line);
            continue;
        };
        left.push(Unfinished {
            kind: if arrival.is_alert() { WorkKind::AnswersFromHome } else { WorkKind::AnswersToConfirm },
            patient: patient.id,
            record: arrival.id.to_string(),
            owner: arrival.owner,
            owner_name: arrival.owner_name,
            at: arrival.taken_in_at,
        });
    }
    for SavedInvitation { invitation, .. } in store.invitations_open()? {
        let kind = match invitation.standing(today) {
            InvitationStanding::ExpiresSoon => WorkKind::InvitationExpires,
            InvitationStanding::Expired => WorkKind::InvitationExpired,
            InvitationStanding::Open | InvitationStanding::Answered | InvitationStanding::Withdrawn => continue,
        };
        left.push(Unfinished {
            kind,
            patient: invitation.patient,
            record: invitation.id.to_string(),
            owner: invitation.by,
            owner_name: invitation.by_name,
            at: invitation.expires_on.map_or(invitation.at, |last| moment(last.into())),
        });
    }
    for SavedAppointment { appointment, .. } in store.appointments_open()? {
        let (kind, at) = match appointment.start {
            None => (WorkKind::AppointmentWithoutDay, appointment.booked_at),
            Some(start) if appointment.is_due(today) => (WorkKind::AppointmentDue, moment(start)),
            Some(_) => continue,
        };
        left.push(Unfinished {
            kind,
            patient: appointment.patient,
            record: appointment.id.to_string(),
            owner: appointment.booked_by,
            owner_name: appointment.booked_by_name,
            at,
        });
    }
    Ok(FromHome { left, unmatched })
}
