//! What is left to do: each kind of unfinished work, where it is found, how old it is and whose it is. Everything here is computed from
//! the records each time; nothing of it is kept.

use std::collections::HashSet;

use domain::action::{Action, OwnerKind};
use domain::booking::BookingStanding;
use domain::care_plan::{CarePlan, PlanStatus, waiting_for_plan};
use domain::codes;
use domain::day::moment;
use domain::hna::{HnaStatus, PathwayPoint};
use domain::id::{PatientId, StaffId};
use domain::invitation::InvitationStanding;
use domain::likeness::folded;
use domain::offer::due;
use domain::plan_review::still_open;
use domain::record::RecordKind;
use domain::staff::Staff;
use domain::work::{is_due, waits_for_lock};
use jiff::civil::Date;
use serde::Serialize;
use store::{SavedAppointment, SavedInvitation, SavedPlan, SavedSummary, Store};
use ts_rs::TS;

use crate::booking::{self, BookingLeft};
use crate::clinic::Open;
use crate::home_answers_view::{AnswersLine, Seen, answers_open};
use crate::offer::no_plan_wanted;
use crate::offer_view::offer_due;
use crate::patient_view::Banner;
use crate::problem::{Code, Problem};
use crate::when::{When, day_of};

/// The most records that the trust has not taken that are listed.
const MOST_STOPPED: u32 = 200;

codes! {
    /// Kinds of unfinished work.
    WorkKind {
        /// The trust has not taken a record.
        NotAccepted = "not_accepted",
        AnswersToConfirm = "answers_to_confirm",
        DraftHna = "draft_hna",
        HnaWithoutPlan = "hna_without_plan",
        DraftPlan = "draft_plan",
        /// Nothing is missing in the draft but the signature.
        PlanToLock = "plan_to_lock",
        DraftSummary = "draft_summary",
        AnswersFromHome = "answers_from_home",
        ActionDue = "action_due",
        ActionOverdue = "action_overdue",
        InvitationExpires = "invitation_expires",
        InvitationExpired = "invitation_expired",
        AppointmentDue = "appointment_due",
        AppointmentWithoutDay = "appointment_without_day",
        BookingWaiting = "booking_waiting",
        BookingToConfirm = "booking_to_confirm",
        BookingMoved = "booking_moved",
        BookingToRemind = "booking_to_remind",
        BookingDue = "booking_due",
        /// An offer of an assessment is due by the dates of the cancer.
        OfferDue = "offer_due",
    }
}

#[derive(Serialize, TS)]
pub struct WorkItem {
    #[ts(type = "WorkKind")]
    pub kind: WorkKind,
    pub banner: Banner,
    /// What it is about: the assessment, plan, summary, answers, invitation, appointment, booking or sending; of an offer the patient.
    pub record: String,
    /// With `action_due` and `action_overdue`.
    pub action: Option<WorkAction>,
    /// With `not_accepted`: what kind of record.
    #[ts(type = "Noun | null")]
    pub noun: Option<RecordKind>,
    /// With `offer_due`.
    #[ts(type = "PathwayPoint | null")]
    pub point: Option<PathwayPoint>,
    /// Who sees to it: a nurse, else a team; empty for whoever is here.
    pub owner: String,
    /// The team of that nurse, or that team; empty when it is not known.
    pub team: String,
    pub mine: bool,
    /// It is of my team, of whoever is here, or mine.
    pub my_team: bool,
    /// It stops until a person decides something: it stands before all others.
    pub needs_you: bool,
    pub at: When,
    /// Whole days since then; less than 0 for what lies ahead.
    pub days: i32,
}

/// The agreed action that is due.
#[derive(Clone, Serialize, TS)]
pub struct WorkAction {
    /// Names it within its plan.
    pub key: String,
    /// The concern it is under.
    #[ts(type = "ConcernKey")]
    pub concern: String,
    pub what: String,
    /// Who does it, as it was agreed.
    #[ts(type = "OwnerKind | null")]
    pub by: Option<OwnerKind>,
    pub by_name: String,
}

/// Everything that is left to do.
#[derive(Default)]
pub(crate) struct Left {
    pub work: Vec<Unfinished>,
    /// Answers from home that match nobody here; oldest first.
    pub unmatched: Vec<AnswersLine>,
}

/// One thing that somebody began and nobody ended, or that is to be begun.
pub(crate) struct Unfinished {
    pub kind: WorkKind,
    pub patient: PatientId,
    record: String,
    action: Option<WorkAction>,
    noun: Option<RecordKind>,
    point: Option<PathwayPoint>,
    owner: Owner,
    /// Since when, UTC milliseconds.
    at: i64,
}

/// Whose work it is.
enum Owner {
    Nurse(StaffId, String),
    /// Somebody with this name, who may be nobody of this PC.
    Named(String),
    Team(String),
    Anybody,
}

/// What every source may look at.
struct Looking<'a> {
    store: &'a Store,
    open: &'a Open,
    now: i64,
    today: Date,
}

/// Finds the work of some kinds, and adds it.
type Source = fn(&Looking<'_>, &mut Left) -> Result<(), Problem>;

/// Where work comes from. A new kind of it has a source here, and nothing else has to know.
const SOURCES: [Source; 10] = [
    not_accepted,
    assessments,
    draft_plans,
    draft_summaries,
    answers,
    invitations,
    appointments,
    bookings,
    actions,
    offers_due,
];

/// Finds what is left to do, of everybody.
pub(crate) fn left(store: &Store, open: &Open, now: i64) -> Result<Left, Problem> {
    let looking = Looking { store, open, now, today: day_of(now) };
    let mut left = Left::default();
    for source in SOURCES {
        source(&looking, &mut left)?;
    }
    Ok(left)
}

/// The same as the screen shows it: what needs a person first, then what somebody can be late with, then what can wait; of each the oldest
/// first. What a death has ended is left out.
pub(crate) fn items(store: &Store, work: Vec<Unfinished>, me: &Staff, now: i64) -> Result<Vec<WorkItem>, Problem> {
    let (staff, today) = (store.all_staff()?, day_of(now));
    let mut items = Vec::new();
    for one in work {
        let Some((patient, _)) = store.patient(one.patient)? else { continue };
        // A plan or summary can no longer be ended; an assessment may still be entered from paper, or discarded.
        if patient.died.is_some() && !one.kind.outlives_the_patient() {
            continue;
        }
        let named = |name: &str| staff.iter().find(|nurse| folded(&nurse.name) == folded(name));
        let (owner, nurse, team) = match one.owner {
            Owner::Nurse(id, name) => (name, staff.iter().find(|nurse| nurse.id == id), None),
            Owner::Named(name) => {
                let nurse = named(&name);
                (name, nurse, None)
            }
            Owner::Team(name) => (name.clone(), None, Some(name)),
            Owner::Anybody => (String::new(), None, None),
        };
        let mine = nurse.is_some_and(|nurse| nurse.id == me.id);
        let team = team.or_else(|| nurse.map(|nurse| nurse.team.clone())).unwrap_or_default();
        items.push(WorkItem {
            kind: one.kind,
            banner: Banner::of(&patient, today),
            record: one.record,
            action: one.action,
            noun: one.noun,
            point: one.point,
            mine,
            my_team: mine || owner.is_empty() || folded(&team) == folded(&me.team),
            owner,
            team,
            needs_you: matches!(one.kind, WorkKind::NotAccepted | WorkKind::AnswersToConfirm),
            at: When::new(one.at),
            days: today.since(day_of(one.at)).map(|span| span.get_days()).unwrap_or_default(),
        });
    }
    items.sort_by_key(|item| (!item.needs_you, item.kind.can_wait(), item.at.ms));
    Ok(items)
}

impl WorkKind {
    /// Nobody agreed a day for it, and there may be many: it stands after all that has one.
    fn can_wait(self) -> bool {
        matches!(self, WorkKind::OfferDue | WorkKind::BookingWaiting)
    }

    /// Is there still something to do about it when the patient has died?
    fn outlives_the_patient(self) -> bool {
        match self {
            WorkKind::NotAccepted
            | WorkKind::DraftHna
            | WorkKind::AnswersFromHome
            | WorkKind::AnswersToConfirm
            | WorkKind::AppointmentDue
            | WorkKind::AppointmentWithoutDay
            | WorkKind::BookingDue => true,
            WorkKind::HnaWithoutPlan
            | WorkKind::DraftPlan
            | WorkKind::PlanToLock
            | WorkKind::DraftSummary
            | WorkKind::ActionDue
            | WorkKind::ActionOverdue
            | WorkKind::InvitationExpires
            | WorkKind::InvitationExpired
            | WorkKind::BookingWaiting
            | WorkKind::BookingToConfirm
            | WorkKind::BookingMoved
            | WorkKind::BookingToRemind
            | WorkKind::OfferDue => false,
        }
    }
}

impl Left {
    fn add(&mut self, kind: WorkKind, patient: PatientId, record: impl ToString, owner: Owner, at: i64) {
        let record = record.to_string();
        self.work.push(Unfinished { kind, patient, record, action: None, noun: None, point: None, owner, at });
    }
}

fn not_accepted(looking: &Looking<'_>, left: &mut Left) -> Result<(), Problem> {
    let mut known = HashSet::new();
    for one in looking.store.stopped(MOST_STOPPED)? {
        // What belongs to nobody stands on the page about sending alone.
        let Some(patient) = one.patient else { continue };
        if known.insert(one.id) {
            left.add(WorkKind::NotAccepted, patient, one.sending, Owner::Anybody, one.at);
            if let Some(added) = left.work.last_mut() {
                added.noun = Some(one.kind);
            }
        }
    }
    Ok(())
}

fn assessments(looking: &Looking<'_>, left: &mut Left) -> Result<(), Problem> {
    let (store, open) = (looking.store, looking.store.hnas_open()?);
    let settled: HashSet<_> = store.hnas_planned()?.union(&no_plan_wanted(store)?).copied().collect();
    let waiting = waiting_for_plan(open.iter().map(|saved| &saved.hna), &settled);
    for hna in open.into_iter().map(|saved| saved.hna) {
        let kind = match hna.status {
            HnaStatus::Draft => WorkKind::DraftHna,
            HnaStatus::Completed if waiting.contains(&hna.id) => WorkKind::HnaWithoutPlan,
            HnaStatus::Completed | HnaStatus::Discarded => continue,
        };
        let owner = Owner::Nurse(hna.typed_by, hna.typed_by_name);
        left.add(kind, hna.patient, hna.id, owner, hna.completed_at.unwrap_or(hna.started_at));
    }
    Ok(())
}

fn draft_plans(looking: &Looking<'_>, left: &mut Left) -> Result<(), Problem> {
    let unwanted = no_plan_wanted(looking.store)?;
    for SavedPlan { plan, saved_at, .. } in looking.store.care_plans_draft()? {
        // A first draft of a plan that was declined then; a version that is agreed stays to be agreed again.
        if plan.version == 0 && unwanted.contains(&plan.hna) {
            continue;
        }
        let kind = if waits_for_lock(&plan) { WorkKind::PlanToLock } else { WorkKind::DraftPlan };
        // One that was opened again is not as old as its first draft.
        let at = if plan.version == 0 { plan.started_at } else { saved_at };
        left.add(kind, plan.patient, plan.id, Owner::Nurse(plan.started_by, plan.started_by_name), at);
    }
    Ok(())
}

fn draft_summaries(looking: &Looking<'_>, left: &mut Left) -> Result<(), Problem> {
    for SavedSummary { summary, saved_at, .. } in looking.store.treatment_summaries_draft()? {
        let at = if summary.version == 0 { summary.started_at } else { saved_at };
        let owner = Owner::Nurse(summary.started_by, summary.started_by_name);
        left.add(WorkKind::DraftSummary, summary.patient, summary.id, owner, at);
    }
    Ok(())
}

fn answers(looking: &Looking<'_>, left: &mut Left) -> Result<(), Problem> {
    for Seen { arrival, patient, line, .. } in answers_open(looking.store, looking.open)? {
        let Some(patient) = patient else {
            left.unmatched.push(line);
            continue;
        };
        let kind = if arrival.is_alert() { WorkKind::AnswersFromHome } else { WorkKind::AnswersToConfirm };
        left.add(kind, patient.id, arrival.id, Owner::Nurse(arrival.owner, arrival.owner_name), arrival.taken_in_at);
    }
    Ok(())
}

fn invitations(looking: &Looking<'_>, left: &mut Left) -> Result<(), Problem> {
    for SavedInvitation { invitation, .. } in looking.store.invitations_open()? {
        let kind = match invitation.standing(looking.today) {
            InvitationStanding::ExpiresSoon => WorkKind::InvitationExpires,
            InvitationStanding::Expired => WorkKind::InvitationExpired,
            InvitationStanding::Open | InvitationStanding::Answered | InvitationStanding::Withdrawn => continue,
        };
        let at = invitation.expires_on.map_or(invitation.at, |last| moment(last.into()));
        left.add(kind, invitation.patient, invitation.id, Owner::Nurse(invitation.by, invitation.by_name), at);
    }
    Ok(())
}

fn appointments(looking: &Looking<'_>, left: &mut Left) -> Result<(), Problem> {
    for SavedAppointment { appointment, .. } in looking.store.appointments_open()? {
        let (kind, at) = match appointment.start {
            None => (WorkKind::AppointmentWithoutDay, appointment.booked_at),
            Some(start) if appointment.is_due(looking.today) => (WorkKind::AppointmentDue, moment(start)),
            Some(_) => continue,
        };
        let owner = Owner::Nurse(appointment.booked_by, appointment.booked_by_name);
        left.add(kind, appointment.patient, appointment.id, owner, at);
    }
    Ok(())
}

fn bookings(looking: &Looking<'_>, left: &mut Left) -> Result<(), Problem> {
    for BookingLeft { booking, patient, standing, team, at } in booking::left(looking.store, looking.now)? {
        let kind = match standing {
            BookingStanding::Waiting => WorkKind::BookingWaiting,
            BookingStanding::ToConfirm => WorkKind::BookingToConfirm,
            BookingStanding::Moved => WorkKind::BookingMoved,
            BookingStanding::ToRemind => WorkKind::BookingToRemind,
            BookingStanding::Due => WorkKind::BookingDue,
            BookingStanding::Confirmed
            | BookingStanding::Attended
            | BookingStanding::Missed
            | BookingStanding::Cancelled => continue,
        };
        left.add(kind, patient, booking, Owner::Team(team), at);
    }
    Ok(())
}

/// Actions that are due or overdue, of what was agreed and nobody ended or carried over. What is typed into an agreed plan that is being
/// changed is agreed by nobody yet, and what was taken out of it still is.
fn actions(looking: &Looking<'_>, left: &mut Left) -> Result<(), Problem> {
    let mut plans: Vec<CarePlan> = looking.store.care_plans_agreed()?.into_iter().map(|saved| saved.plan).collect();
    for plan in plans.iter_mut().filter(|plan| plan.status == PlanStatus::Draft) {
        let locked = looking.store.care_plan_last_locked(plan.id)?.ok_or(Code::Gone)?;
        *plan = plan.while_changed(locked.plan);
    }
    for of_one in plans.chunk_by(|one, next| one.patient == next.patient) {
        for open in still_open(of_one) {
            let kind = match open.action {
                action if action.overdue(looking.today) => WorkKind::ActionOverdue,
                action if is_due(action, looking.today) => WorkKind::ActionDue,
                _ => continue,
            };
            let at = open.action.due.map_or(open.plan.started_at, |due| moment(due.into()));
            left.add(kind, open.plan.patient, open.plan.id, follows_up(open.plan, open.action), at);
            if let Some(added) = left.work.last_mut() {
                added.action = Some(WorkAction {
                    key: open.action.key.as_str().to_owned(),
                    concern: open.concern.key.as_str().to_owned(),
                    what: open.action.what.clone(),
                    by: open.action.owner,
                    by_name: open.action.owner_name.clone(),
                });
            }
        }
    }
    Ok(())
}

/// Who sees to an action: the nurse or support worker who does it; of what anybody else does, whoever agreed it.
fn follows_up(plan: &CarePlan, action: &Action) -> Owner {
    match (action.owner, &plan.signed) {
        (Some(OwnerKind::Nurse | OwnerKind::SupportWorker), _) if !action.owner_name.is_empty() => {
            Owner::Named(action.owner_name.clone())
        }
        (_, Some(signed)) => Owner::Nurse(signed.staff, signed.name.clone()),
        (_, None) => Owner::Nurse(plan.started_by, plan.started_by_name.clone()),
    }
}

fn offers_due(looking: &Looking<'_>, left: &mut Left) -> Result<(), Problem> {
    let Looking { store, today, .. } = *looking;
    for id in store.everybody()? {
        let Some((patient, _)) = store.patient(id)? else { continue };
        // Most have none by their dates alone, and what was offered need not be read.
        if due(&patient, &[], today).is_none() {
            continue;
        }
        let Some(offer) = offer_due(&patient, &store.offers_of(id)?, &store.hnas_of(id)?, today) else { continue };
        let owner = match (patient.key_worker.as_str(), patient.team.as_str()) {
            ("", "") => Owner::Anybody,
            ("", team) => Owner::Team(team.to_owned()),
            (name, _) => Owner::Named(name.to_owned()),
        };
        let since = offer.since.iso.parse::<Date>().unwrap_or(today);
        // Nobody here is late with what was due before the patient was here.
        let since = store.registered_at(id)?.map_or(since, |at| since.max(day_of(at)));
        left.add(WorkKind::OfferDue, id, id, owner, moment(since.into()));
        if let Some(added) = left.work.last_mut() {
            added.point = Some(offer.point);
        }
    }
    Ok(())
}
