//! The overview of a patient: everything that is recorded, what waits, and who looked.

use std::collections::HashSet;

use domain::care_plan::{PlanStatus, waiting_for_plan};
use domain::hna::{AnsweredBy, HnaStatus, Method};
use domain::id::{CarePlanId, HnaId, PatientId, SendingId, TreatmentSummaryId};
use domain::patient::TreatmentKind;
use domain::plan_offer::{no_plan_wanted, plan_offers};
use domain::record::RecordKind;
use domain::staff::Role;
use domain::treatment_summary::SummaryStatus;
use serde::Serialize;
use store::{SavedHna, SavedPlan, SavedSummary, Store};
use ts_rs::TS;

use crate::appointment::{AppointmentLine, appointment_lines};
use crate::booking_view::{BookingLine, booking_lines};
use crate::change::{Over, SinceLast};
use crate::clinic::Open;
use crate::content::Content;
use crate::home_answers_view::{AnswersLine, answers_lines};
use crate::invitation_view::InvitationLine;
use crate::offer_view::{OfferDue, OfferLine, PlanOffer, offer_due};
use crate::patient_form::PatientForm;
use crate::patient_view::{Banner, Highest, SignatureView};
use crate::problem::{Code, Problem};
use crate::sending::sending_word;
use crate::when::{Day, When, day_of};

/// How many of the newest audit lines the overview shows.
const LOOKS: u32 = 30;

#[derive(Serialize, TS)]
pub struct Overview {
    pub banner: Banner,
    pub revision: i64,
    pub form: PatientForm,
    pub diagnosis: Option<Diagnosis>,
    pub treatments: Vec<TreatmentLine>,
    pub key_worker: Option<String>,
    /// The offer of an assessment that is due by the dates of the cancer, or null.
    pub offer_due: Option<OfferDue>,
    /// By the day of the offer, newest first; those that are marked as mistakes too.
    pub offers: Vec<OfferLine>,
    /// Why the death that was recorded last was taken back, or null.
    pub death_taken_back: Option<String>,
    /// What changed from the assessment before to the newest; null while there are not two.
    pub since_last: Option<SinceLast>,
    /// Newest first, the discarded ones too.
    pub hnas: Vec<HnaLine>,
    /// Newest first.
    pub plans: Vec<PlanLine>,
    /// Newest first.
    pub summaries: Vec<SummaryLine>,
    /// Newest first.
    pub invitations: Vec<InvitationLine>,
    /// Answers from home of this patient whose alert nobody has cleared, and those to be confirmed that are the patient's by their
    /// details; oldest first.
    pub answers: Vec<AnswersLine>,
    /// Those without a day first, then the latest first.
    pub appointments: Vec<AppointmentLine>,
    /// Newest first.
    pub bookings: Vec<BookingLine>,
    /// Can an invitation be given with a code that is made here? Not where the configuration names no portal.
    pub portal: bool,
    /// What somebody else changed or removed at the trust, and nobody has chosen about; oldest first.
    pub conflicts: Vec<ConflictLine>,
    /// Who looked at or changed this patient, newest first.
    pub looked: Vec<LookLine>,
}

#[derive(Serialize, TS)]
pub struct Diagnosis {
    pub cancer_type: String,
    pub diagnosed: Option<Day>,
    pub recurred: Option<Day>,
}

#[derive(Serialize, TS)]
pub struct TreatmentLine {
    #[ts(type = "TreatmentKind")]
    pub kind: TreatmentKind,
    pub name: String,
    pub start: Option<Day>,
    pub end: Option<Day>,
}

#[derive(Serialize, TS)]
pub struct HnaLine {
    #[ts(type = "HnaId")]
    pub id: HnaId,
    #[ts(type = "HnaStatus")]
    pub status: HnaStatus,
    pub started: When,
    pub completed: Option<When>,
    pub by: String,
    pub concerns: usize,
    pub highest: Option<Highest>,
    /// Titles of the areas that the patient did not want to answer.
    pub declined_domains: Vec<String>,
    #[ts(type = "AnsweredBy")]
    pub answered_by: AnsweredBy,
    #[ts(type = "Method")]
    pub method: Method,
    /// The day on which it was answered, where it was typed in or came in later.
    pub answered_on: Option<Day>,
    /// The plan made from it, or null.
    #[ts(type = "CarePlanId | null")]
    pub plan: Option<CarePlanId>,
    /// The concerns of another one are scored again in it.
    pub again: bool,
    /// It is the newest completed one, it has a concern, no plan was made from it, none was declined, and the patient lives.
    pub waits_for_plan: bool,
    /// What came of offering a plan from it last, or null.
    pub plan_offer: Option<PlanOffer>,
    /// It is completed, has a concern, no plan from it was agreed, and the patient lives.
    pub may_offer_plan: bool,
    #[ts(type = "RecordSending")]
    pub sending: &'static str,
}

#[derive(Serialize, TS)]
pub struct PlanLine {
    #[ts(type = "CarePlanId")]
    pub id: CarePlanId,
    #[ts(type = "HnaId")]
    pub hna: HnaId,
    #[ts(type = "PlanStatus")]
    pub status: PlanStatus,
    /// The newest locked version; 0 before the first.
    pub version: u32,
    pub started: When,
    pub by: String,
    pub signed: Option<SignatureView>,
    pub unlock_reason: Option<String>,
    pub concerns: usize,
    pub actions: usize,
    #[ts(type = "RecordSending")]
    pub sending: &'static str,
}

#[derive(Serialize, TS)]
pub struct SummaryLine {
    #[ts(type = "TreatmentSummaryId")]
    pub id: TreatmentSummaryId,
    /// The tumour site of its template.
    pub title: String,
    #[ts(type = "SummaryStatus")]
    pub status: SummaryStatus,
    /// The newest signed version; 0 before the first.
    pub version: u32,
    pub started: When,
    pub by: String,
    pub signed: Option<SignatureView>,
    pub amend_reason: Option<String>,
    #[ts(type = "RecordSending")]
    pub sending: &'static str,
}

/// A record of which two versions wait for a person's choice.
#[derive(Serialize, TS)]
pub struct ConflictLine {
    #[ts(type = "SendingId")]
    pub sending: SendingId,
    #[ts(type = "Noun")]
    pub kind: RecordKind,
    /// The record's own id.
    pub record: String,
}

#[derive(Serialize, TS)]
pub struct LookLine {
    pub at: When,
    pub name: String,
    #[ts(type = "Role")]
    pub role: Role,
    /// The kind of act, one of the words of `Op`.
    pub op: String,
}

/// Reads everything the overview shows.
pub(crate) fn overview(store: &Store, open: &Open, id: PatientId, now: i64) -> Result<Overview, Problem> {
    let content = open.content.as_ref();
    let word = |state: &Option<String>| sending_word(state.as_deref(), open.has_server());
    let (patient, revision) = store.patient(id)?.ok_or(Code::Gone)?;
    let cancer = &patient.cancer;
    let recorded = !cancer.cancer_type.is_empty() || cancer.diagnosed.is_some();
    let treatments = cancer.treatments.iter().map(|t| TreatmentLine {
        kind: t.kind,
        name: t.name.clone(),
        start: t.start.map(Day::new),
        end: t.end.map(Day::new),
    });
    let plans = store.care_plans_of(id)?;
    let (assessed, offers) = (store.hnas_of(id)?, store.offers_of(id)?);
    let mut planned: HashSet<_> = plans.iter().map(|made| made.plan.hna).collect();
    planned.extend(no_plan_wanted(offers.iter().map(|saved| &saved.offer)));
    let plan_offers = plan_offers(offers.iter().map(|saved| &saved.offer));
    let waiting = waiting_for_plan(assessed.iter().rev().map(|saved| &saved.hna), &planned);
    let mut hnas = Vec::new();
    for saved in &assessed {
        let hna = &saved.hna;
        let plan = plans.iter().find(|made| made.plan.hna == hna.id).map(|made| &made.plan);
        let agreed = plan.is_some_and(|plan| plan.version > 0);
        let raised = hna.status == HnaStatus::Completed && !hna.concerns.is_empty();
        let line = hna_line(store, content, saved, plan.map(|plan| plan.id), word(&saved.sending))?;
        hnas.push(HnaLine {
            waits_for_plan: waiting.contains(&hna.id) && patient.died.is_none(),
            plan_offer: plan_offers.get(&hna.id).map(|offer| PlanOffer::from(*offer)),
            may_offer_plan: raised && !agreed && patient.died.is_none(),
            ..line
        });
    }
    let mut summaries = Vec::new();
    for saved in store.treatment_summaries_of(id)? {
        summaries.push(SummaryLine::of(store, content, &saved, word(&saved.sending))?);
    }
    Ok(Overview {
        banner: Banner::of(&patient, day_of(now)),
        revision,
        form: PatientForm::of(&patient),
        diagnosis: recorded.then(|| Diagnosis {
            cancer_type: cancer.cancer_type.clone(),
            diagnosed: cancer.diagnosed.map(Day::new),
            recurred: cancer.recurred.map(Day::new),
        }),
        treatments: treatments.collect(),
        offer_due: offer_due(&patient, &offers, &assessed, day_of(now)),
        offers: offers.iter().map(|saved| OfferLine::of(saved, &assessed, word(&saved.sending))).collect(),
        death_taken_back: (!patient.death_taken_back.is_empty()).then(|| patient.death_taken_back.clone()),
        since_last: Over::all(store, content, id)?.since_last(),
        key_worker: (!patient.key_worker.is_empty()).then(|| patient.key_worker.clone()),
        hnas,
        plans: plans.iter().map(|saved| PlanLine::of(saved, word(&saved.sending))).collect(),
        summaries,
        invitations: store
            .invitations_of(id)?
            .iter()
            .map(|saved| InvitationLine::of(saved, open, day_of(now)))
            .collect(),
        answers: answers_lines(store, open, id)?,
        appointments: appointment_lines(store, open, id, day_of(now))?,
        bookings: booking_lines(store, open, id, day_of(now))?,
        portal: open.profile.configuration.portal.is_some(),
        conflicts: store
            .conflicts_of(id)?
            .into_iter()
            .map(|(sending, kind, record)| ConflictLine { sending, kind, record })
            .collect(),
        looked: looks(store, id)?,
    })
}

/// A line without what the plans and offers of the patient say about it.
fn hna_line(
    store: &Store,
    content: &Content,
    saved: &SavedHna,
    plan: Option<CarePlanId>,
    sending: &'static str,
) -> Result<HnaLine, Problem> {
    let hna = &saved.hna;
    let checklist = content.checklist(store, &hna.checklist)?;
    Ok(HnaLine {
        id: hna.id,
        status: hna.status,
        started: When::new(hna.started_at),
        completed: hna.completed_at.map(When::new),
        by: hna.typed_by_name.clone(),
        concerns: hna.concerns.len(),
        highest: hna
            .highest()
            .map(|(concern, rating)| Highest { concern: concern.text(&checklist).to_owned(), score: rating.score() }),
        declined_domains: checklist
            .domains
            .iter()
            .filter(|area| hna.declined_domains.contains(&area.key))
            .map(|area| area.title.clone())
            .collect(),
        again: hna.again.is_some(),
        answered_by: hna.answered_by,
        method: hna.method,
        answered_on: hna.answered_on.map(Day::new),
        plan,
        waits_for_plan: false,
        plan_offer: None,
        may_offer_plan: false,
        sending: if hna.status == HnaStatus::Completed { sending } else { "draft" },
    })
}

impl PlanLine {
    fn of(saved: &SavedPlan, sending: &'static str) -> PlanLine {
        let plan = &saved.plan;
        PlanLine {
            id: plan.id,
            hna: plan.hna,
            status: plan.status,
            version: plan.version,
            started: When::new(plan.started_at),
            by: plan.started_by_name.clone(),
            signed: plan.signed.as_ref().map(SignatureView::from),
            unlock_reason: (!plan.unlock_reason.is_empty()).then(|| plan.unlock_reason.clone()),
            concerns: plan.concerns.len(),
            actions: plan.actions().count(),
            sending: if plan.status == PlanStatus::Locked { sending } else { "draft" },
        }
    }
}

impl SummaryLine {
    fn of(
        store: &Store,
        content: &Content,
        saved: &SavedSummary,
        sending: &'static str,
    ) -> Result<SummaryLine, Problem> {
        let summary = &saved.summary;
        Ok(SummaryLine {
            id: summary.id,
            title: content.template(store, &summary.template)?.title.clone(),
            status: summary.status,
            version: summary.version,
            started: When::new(summary.started_at),
            by: summary.started_by_name.clone(),
            signed: summary.signed.as_ref().map(SignatureView::from),
            amend_reason: (!summary.amend_reason.is_empty()).then(|| summary.amend_reason.clone()),
            sending: if summary.status == SummaryStatus::Signed { sending } else { "draft" },
        })
    }
}

fn looks(store: &Store, patient: PatientId) -> Result<Vec<LookLine>, Problem> {
    let staff = store.all_staff()?;
    let line = |look: store::Look| {
        let who = staff.iter().find(|staff| staff.id.to_string() == look.staff);
        LookLine {
            at: When::new(look.at),
            name: who.map(|staff| staff.name.clone()).unwrap_or_default(),
            role: who.map_or(Role::NotKnown, |staff| staff.role),
            op: look.op,
        }
    };
    Ok(store.looks(patient, LOOKS)?.into_iter().map(line).collect())
}
