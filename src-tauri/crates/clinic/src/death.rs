//! Recording that a patient has died, taking that back, and what a death stops.

use domain::appointment::AppointmentStatus;
use domain::booking::BookingState;
use domain::hna::{Hna, HnaStatus};
use domain::id::PatientId;
use domain::op::Op;
use domain::patient::Patient;
use jiff::civil::Date;
use store::Store;

use crate::clinic::{Clinic, Noun};
use crate::faults::Faults;
use crate::overview::{Overview, overview};
use crate::patient_form::TypedDate;
use crate::problem::{Code, Problem};
use crate::request::requests;
use crate::when::day_of;

requests! {
    RecordDeath {
        #[ts(type = "PatientId")] patient: String,
        /// Day and month of birth, typed again.
        day: String,
        month: String,
        died: TypedDate,
        /// The nurse knows that something is dated after this day, and says that the day is right.
        sure: bool,
    }
    TakeBackDeath { #[ts(type = "PatientId")] patient: String, reason: String }
}

impl Clinic {
    /// Records the death of the patient whose day and month of birth were typed again; `events_after_death` when something is dated
    /// after that day and nobody said that the day is right.
    pub async fn record_death(&self, request: RecordDeath) -> Result<Overview, Problem> {
        let RecordDeath { patient, day, month, died, sure } = request;
        let mut faults = Faults::default();
        let died = died.read("died", &mut faults);
        faults.none()?;
        let today = day_of(self.0.profile.world.now());
        let change = move |store: &Store, person: Patient| {
            person.confirm(&day, &month)?;
            let person = person.record_death(died, today)?;
            if !sure && died.map_or(Ok(false), |died| has_events_after(store, person.id, died))? {
                return Err(Code::EventsAfterDeath.into());
            }
            Ok(person)
        };
        self.change_death(Op::RecordDeath, &patient, change).await
    }

    /// Takes back a recorded death, with a reason; the patient's record then goes on as if it had never been there.
    pub async fn take_back_death(&self, request: TakeBackDeath) -> Result<Overview, Problem> {
        let change = move |_: &Store, person: Patient| Ok(person.take_back_death(&request.reason)?);
        self.change_death(Op::TakeBackDeath, &request.patient, change).await
    }

    async fn change_death(
        &self,
        op: Op,
        patient: &str,
        change: impl FnOnce(&Store, Patient) -> Result<Patient, Problem> + Send + 'static,
    ) -> Result<Overview, Problem> {
        let by = self.by_for(op)?;
        let open = self.0.clone();
        let id = PatientId::parse(patient).ok_or(Code::Gone)?;
        let act = move |store: &mut Store| {
            let (before, revision) = store.patient(id)?.ok_or(Code::Gone)?;
            let after = change(store, before)?;
            store.write::<_, Problem>(&by, op, |w| Ok(w.save_patient(&after, Some(revision))?))?;
            overview(store, &open, id, by.at)
        };
        let seen = self.0.queue.run(act).await?;
        self.changed(&[Noun::Patient]);
        Ok(seen)
    }
}

/// `after_death` when this patient has died: nothing is arranged for somebody who died, not even later on the day of death.
pub(crate) fn alive(patient: &Patient) -> Result<(), Problem> {
    if patient.died.is_some() { Err(Code::AfterDeath.into()) } else { Ok(()) }
}

/// `after_death` when this patient had died by that day.
pub(crate) fn living(store: &Store, patient: PatientId, on: Date) -> Result<(), Problem> {
    let (patient, _) = store.patient(patient)?.ok_or(Code::Gone)?;
    Ok(patient.living_on(on)?)
}

/// The day on which an assessment was answered: that of the typing where no other is known.
pub(crate) fn answered_on(hna: &Hna) -> Date {
    hna.answered_on.unwrap_or_else(|| day_of(hna.completed_at.unwrap_or(hna.started_at)))
}

/// Is an offer, an assessment, an agreed plan, a signed summary or a talk that was kept, a session that was attended, of this patient, dated after this day?
fn has_events_after(store: &Store, patient: PatientId, died: Date) -> Result<bool, Problem> {
    let offers = store.offers_of(patient)?.into_iter().map(|saved| saved.offer);
    let offered = offers.filter(|offer| offer.mistaken.is_none()).map(|offer| offer.on);
    let hnas = store.hnas_of(patient)?.into_iter().map(|saved| saved.hna);
    let assessed = hnas.filter(|hna| hna.status != HnaStatus::Discarded).map(|hna| answered_on(&hna));
    let plans = store.care_plans_of(patient)?.into_iter().filter_map(|saved| saved.plan.signed);
    let summaries = store.treatment_summaries_of(patient)?.into_iter().filter_map(|saved| saved.summary.signed);
    let signed = plans.chain(summaries).map(|signed| day_of(signed.at));
    let talks = store.appointments_of(patient)?.into_iter().map(|saved| saved.appointment);
    let kept = talks.filter(|talk| talk.status == AppointmentStatus::Kept).filter_map(|talk| talk.start);
    let talked = kept.map(|start| start.date());
    let bookings = store.bookings_of(patient)?.into_iter().map(|saved| saved.booking);
    let attended = bookings.filter(|booking| booking.state == BookingState::Attended);
    let attended = attended.filter_map(|booking| booking.agreed.when.start()).map(|start| start.date());
    Ok(offered.chain(assessed).chain(signed).chain(talked).chain(attended).any(|day| day > died))
}
