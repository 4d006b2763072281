//! What nurses do at a PC, through the domain's own rules and the store's one door. What the rules refuse is not done and counts for
//! nothing.

use domain::action::{ActionKind, NewAction, OwnerKind};
use domain::appointment::{Appointment, Channel, TypedAppointment};
use domain::booking::{Booking, TypedBooking};
use domain::care_plan::{CarePlan, PlanStatus};
use domain::day;
use domain::hna::{Answer, AnsweredBy, Beginning, ConcernKey, Hna, HnaStatus, Method, PathwayPoint, Rating};
use domain::id::{AppointmentId, BookingId, CarePlanId, HnaId, InvitationId, OfferId, PatientId};
use domain::invitation::{Invitation, InvitationState, Inviting, PassCode};
use domain::offer::{Decision, Offer, TypedOffer};
use domain::op::Op;
use domain::patient::{Patient, Treatment, TreatmentKind};
use domain::record::Record;
use domain::staff::By;
use jiff::civil::date;
use jiff::{Span, ToSpan};
use kit::Chance;
use store::{Error, Store};
use sync::Books;

use super::desk::Ledger;
use super::history::Act;
use super::people::{by, person, session};

/// Something that was acknowledged to a nurse.
#[derive(Clone, Debug)]
pub struct Saved {
    pub kind: &'static str,
    pub id: String,
    pub revision: i64,
    /// What was typed, and by what it is found again; empty when nothing was.
    pub mark: String,
}

/// One act at one PC, with all that decides in it.
pub struct Doing<'a> {
    pub books: &'a Ledger,
    pub nurse: usize,
    /// Which of the patients, and who that is here: None while nobody registered them.
    pub person: usize,
    pub patient: Option<PatientId>,
    pub chance: Chance,
    pub mark: String,
}

/// Nothing was done: the rules refused it, or there was nothing to do it with.
pub struct NotDone;

impl From<Error> for NotDone {
    fn from(_: Error) -> NotDone {
        NotDone
    }
}

impl From<domain::refused::Refused> for NotDone {
    fn from(_: domain::refused::Refused) -> NotDone {
        NotDone
    }
}

type Done = Result<Vec<Saved>, NotDone>;

impl Doing<'_> {
    /// Does it. What is about a patient whom nobody registered here registers them.
    pub fn act(self, act: Act) -> Done {
        let Some(patient) = self.patient else { return self.register() };
        match act {
            Act::Correct => self.correct(patient, false),
            Act::CorrectIdentity => self.correct(patient, true),
            Act::Death => self.death(patient),
            Act::Offer => self.offer(patient),
            Act::MarkOffer => self.mark_offer(patient),
            Act::Assess => self.assess(patient),
            Act::Plan => self.plan(patient),
            Act::Progress => self.progress(patient),
            Act::Relock => self.relock(patient),
            Act::Book => self.book(patient),
            Act::ChangeAppointment | Act::CancelAppointment => self.appointment(patient, act),
            Act::AskSession => self.ask_session(patient),
            Act::ChangeSession | Act::ConfirmSession | Act::CancelSession => self.booking(patient, act),
            Act::Invite => self.invite(patient),
            Act::WithdrawInvitation => self.withdraw_invitation(patient),
        }
    }

    fn by(&self) -> By {
        by(self.nurse, Books::now(self.books))
    }

    fn today(&self) -> jiff::civil::Date {
        day::london(Books::now(self.books)).date()
    }

    fn one_of<T>(&mut self, all: Vec<T>) -> Result<T, NotDone> {
        let place = self.chance.below(all.len());
        all.into_iter().nth(place).ok_or(NotDone)
    }

    fn saved(&self, kind: &'static str, id: impl ToString, revision: i64) -> Vec<Saved> {
        vec![Saved { kind, id: id.to_string(), revision, mark: self.mark.clone() }]
    }

    fn read<R>(&self, read: impl FnOnce(&mut Store) -> Result<R, Error>) -> Result<R, NotDone> {
        Ok(self.books.on(read)?)
    }

    fn register(self) -> Done {
        let mut patient = person(self.person, PatientId::from_random(self.books.bytes()), Books::now(self.books));
        patient.cancer.cancer_type = format!("Breast {}", self.mark);
        self.save_patient(Op::RegisterPatient, &patient, None)
    }

    fn save_patient(&self, op: Op, patient: &Patient, from: Option<i64>) -> Done {
        self.books.on(|store| store.write::<_, NotDone>(&self.by(), op, |w| Ok(w.save_patient(patient, from)?)))?;
        Ok(self.saved("patient", patient.id, from.unwrap_or(0) + 1))
    }

    fn correct(mut self, patient: PatientId, identity: bool) -> Done {
        let (mut patient, from) = self.read(|store| store.patient(patient))?.ok_or(NotDone)?;
        // The diagnosis goes to the trust whoever made the Patient there.
        patient.cancer.cancer_type = format!("Breast {}", self.mark);
        match self.chance.below(6) {
            _ if identity => patient.born = patient.born.checked_add(1.day()).map_err(|_| NotDone)?,
            0 => patient.postcode = format!("ZZ99 {}AA", self.chance.below(10)),
            1 => patient.phone = format!("020 7946 000{}", self.chance.below(10)),
            2 => patient.address = format!("{} Invented Street", self.chance.below(90) + 1),
            3 => {
                let name = format!("Course {}", self.chance.below(90));
                let start = Some(date(2026, 3, 3));
                patient.cancer.treatments.push(Treatment { kind: TreatmentKind::Sact, name, start, end: None });
            }
            4 => drop(patient.cancer.treatments.pop()),
            _ => patient.cancer.recurred = patient.cancer.recurred.xor(Some(date(2026, 10, 1))),
        }
        self.save_patient(Op::CorrectPatient, &patient, Some(from))
    }

    fn death(mut self, patient: PatientId) -> Done {
        let (mut patient, from) = self.read(|store| store.patient(patient))?.ok_or(NotDone)?;
        let taken_back = patient.died.is_some();
        if !taken_back && self.chance.below(3) > 0 {
            return Err(NotDone);
        }
        patient.cancer.cancer_type = format!("Breast {}", self.mark);
        let (op, patient) = if taken_back {
            (Op::TakeBackDeath, patient.take_back_death("Another person")?)
        } else {
            (Op::RecordDeath, patient.record_death(Some(self.today()), self.today())?)
        };
        self.save_patient(op, &patient, Some(from))
    }

    fn offer(self, patient: PatientId) -> Done {
        let (patient, _) = self.read(|store| store.patient(patient))?.ok_or(NotDone)?;
        let typed = TypedOffer {
            point: Some(PathwayPoint::InitialDiagnosis),
            decision: Some(Decision::Unable),
            reason: self.mark.clone(),
            on: Some(self.today()),
        };
        let offer =
            Offer::record(OfferId::from_random(self.books.bytes()), &patient, &typed, self.today(), &self.by())?;
        self.save_offer(Op::RecordOffer, &offer, None)
    }

    fn mark_offer(mut self, patient: PatientId) -> Done {
        let offers = self.read(|store| store.offers_of(patient))?;
        let one = self.one_of(offers)?;
        let offer = one.offer.mark_mistaken(&self.mark, &self.by())?;
        self.save_offer(Op::MarkOfferMistaken, &offer, Some(one.revision))
    }

    fn save_offer(&self, op: Op, offer: &Offer, from: Option<i64>) -> Done {
        self.books.on(|store| store.write::<_, NotDone>(&self.by(), op, |w| Ok(w.save_offer(offer, from)?)))?;
        Ok(self.saved("offer", offer.id, from.unwrap_or(0) + 1))
    }

    fn assess(mut self, patient: PatientId) -> Done {
        let by = self.by();
        let checklist = self.books.checklist().clone();
        let beginning = Beginning {
            patient,
            checklist: checklist.canonical.clone(),
            answered_by: AnsweredBy::Patient,
            helper: String::new(),
            method: Method::FaceToFace,
            pathway_point: PathwayPoint::InitialDiagnosis,
            answered_on: None,
        };
        let pain = ConcernKey::new("physical.pain");
        let rating = Rating::new(1 + self.chance.below(10) as i64)?;
        let hna = Hna::start(HnaId::from_random(self.books.bytes()), beginning, &by).tick(&checklist, &pain)?;
        let hna = hna.answer(&pain, Answer::Rated(rating))?.write_questions(&self.mark)?.complete(by.at)?;
        self.books.on(|store| store.write::<_, NotDone>(&by, Op::CompleteHna, |w| Ok(w.save_hna(&hna, None)?)))?;
        Ok(self.saved("hna", hna.id, 1))
    }

    fn plan(mut self, patient: PatientId) -> Done {
        let by = self.by();
        let hnas = self.read(|store| store.hnas_of(patient))?;
        let hna = self.one_of(hnas.into_iter().filter(|one| one.hna.status == HnaStatus::Completed).collect())?.hna;
        let plan = CarePlan::start(CarePlanId::from_random(self.books.bytes()), &hna, self.books.checklist(), &by)?;
        self.books
            .on(|store| store.write::<_, NotDone>(&by, Op::StartCarePlan, |w| Ok(w.save_care_plan(&plan, None)?)))?;
        let plan = self.with_action(plan)?.lock(&by)?;
        self.lock(&plan, 1)
    }

    fn with_action(&mut self, plan: CarePlan) -> Result<CarePlan, NotDone> {
        let concern = plan.concerns.first().ok_or(NotDone)?.key.clone();
        let kind = if self.chance.coin() { ActionKind::Refer } else { ActionKind::Inform };
        let due = self.today().checked_add(Span::new().days(14)).map_err(|_| NotDone)?;
        let action = NewAction {
            kind: Some(kind),
            what: self.mark.clone(),
            owner: Some(OwnerKind::Patient),
            due: Some(due),
            ..NewAction::default()
        };
        Ok(plan.new_action(&concern, action)?)
    }

    fn lock(&self, plan: &CarePlan, from: i64) -> Done {
        self.books.on(|store| {
            store.write::<_, NotDone>(&self.by(), Op::LockCarePlan, |w| {
                w.save_care_plan(plan, Some(from))?;
                Ok(w.keep_version(&Record::care_plan(plan.id, plan.patient), plan.version, &[])?)
            })
        })?;
        Ok(self.saved("care_plan", plan.id, from + 1))
    }

    fn a_locked_plan(&mut self, patient: PatientId) -> Result<(CarePlan, i64), NotDone> {
        let plans = self.read(|store| store.care_plans_of(patient))?;
        let one = self.one_of(plans.into_iter().filter(|one| one.plan.status == PlanStatus::Locked).collect())?;
        Ok((one.plan, one.revision))
    }

    fn progress(mut self, patient: PatientId) -> Done {
        let (plan, from) = self.a_locked_plan(patient)?;
        let action = plan.actions().next().ok_or(NotDone)?.key.clone();
        let plan = plan.end_action(&action, Some("done"), &self.mark, self.today())?;
        let save = |w: &mut store::Writing<'_>| Ok(w.save_care_plan(&plan, Some(from))?);
        self.books.on(|store| store.write::<_, NotDone>(&self.by(), Op::EndAction, save))?;
        Ok(self.saved("care_plan", plan.id, from + 1))
    }

    fn relock(mut self, patient: PatientId) -> Done {
        let (plan, from) = self.a_locked_plan(patient)?;
        let plan = plan.unlock("To be agreed anew")?;
        let save = |w: &mut store::Writing<'_>| Ok(w.save_care_plan(&plan, Some(from))?);
        self.books.on(|store| store.write::<_, NotDone>(&self.by(), Op::UnlockCarePlan, save))?;
        let plan = self.with_action(plan)?.lock(&self.by())?;
        self.lock(&plan, from + 1)
    }

    fn typed(&self) -> TypedAppointment {
        let on = self.today().checked_add(Span::new().days(7)).unwrap_or(self.today());
        TypedAppointment {
            on: day::short(on),
            time: "10:00".to_owned(),
            channel: Some(Channel::FaceToFace.code().to_owned()),
            place: self.mark.clone(),
            with_whom: "Ruth Invented".to_owned(),
        }
    }

    fn book(self, patient: PatientId) -> Done {
        let by = self.by();
        let id = AppointmentId::from_random(self.books.bytes());
        let appointment = Appointment::book(id, patient, None, &self.typed(), &by, day::london(by.at))?;
        self.save_appointment(Op::BookAppointment, &appointment, None)
    }

    fn appointment(mut self, patient: PatientId, act: Act) -> Done {
        let all = self.read(|store| store.appointments_of(patient))?;
        let one = self.one_of(all.into_iter().filter(|one| one.appointment.is_open()).collect())?;
        let (op, appointment) = match act {
            Act::CancelAppointment => (Op::CancelAppointment, one.appointment.cancel(&self.mark)?),
            _ => (Op::ChangeAppointment, one.appointment.change(&self.typed(), day::london(self.by().at))?),
        };
        self.save_appointment(op, &appointment, Some(one.revision))
    }

    fn save_appointment(&self, op: Op, appointment: &Appointment, from: Option<i64>) -> Done {
        let save = |w: &mut store::Writing<'_>| Ok(w.save_appointment(appointment, from)?);
        self.books.on(|store| store.write::<_, NotDone>(&self.by(), op, save))?;
        Ok(self.saved("appointment", appointment.id, from.unwrap_or(0) + 1))
    }

    fn ask_session(self, patient: PatientId) -> Done {
        let typed = TypedBooking { date: Some("d-1".to_owned()), relatives: "1".to_owned(), note: self.mark.clone() };
        let id = BookingId::from_random(self.books.bytes());
        let booking = Booking::ask(id, patient, &session(), &typed, "Wellbeing", &self.by(), self.today())?;
        self.save_booking(Op::BookSession, &booking, None, true)
    }

    fn booking(mut self, patient: PatientId, act: Act) -> Done {
        let all = self.read(|store| store.bookings_of(patient))?;
        let one = self.one_of(all.into_iter().filter(|one| one.booking.is_open()).collect())?;
        let from = Some(one.revision);
        match act {
            Act::ConfirmSession => {
                let booking = one.booking.confirm(&session(), "d-1", &self.by(), self.today())?;
                self.save_booking(Op::ConfirmBooking, &booking, from, false)
            }
            Act::CancelSession => {
                let booking = one.booking.cancel(&self.mark)?;
                self.save_booking(Op::CancelBooking, &booking, from, true)
            }
            _ => {
                let typed =
                    TypedBooking { date: Some("d-1".to_owned()), relatives: "2".to_owned(), note: self.mark.clone() };
                let booking = one.booking.change(&session(), &typed, self.today())?;
                self.save_booking(Op::ChangeBooking, &booking, from, true)
            }
        }
    }

    fn save_booking(&self, op: Op, booking: &Booking, from: Option<i64>, marked: bool) -> Done {
        let save = |w: &mut store::Writing<'_>| Ok(w.save_booking(booking, from)?);
        self.books.on(|store| store.write::<_, NotDone>(&self.by(), op, save))?;
        let mut saved = self.saved("booking", booking.id, from.unwrap_or(0) + 1);
        if !marked {
            saved[0].mark.clear();
        }
        Ok(saved)
    }

    fn invite(self, patient: PatientId) -> Done {
        let code = PassCode::issued(self.books.bytes());
        let mark = code.as_str().to_owned();
        let inviting = Inviting {
            patient,
            checklist: self.books.checklist().canonical.clone(),
            point: PathwayPoint::InitialDiagnosis,
            code,
            again: None,
            expires_on: None,
        };
        let id = InvitationId::from_random(self.books.bytes());
        let invitation = Invitation::give(id, inviting, &self.by(), self.today());
        let mut saved = self.save_invitation(Op::Invite, &invitation, None)?;
        saved[0].mark = mark;
        Ok(saved)
    }

    fn withdraw_invitation(mut self, patient: PatientId) -> Done {
        let all = self.read(|store| store.invitations_of(patient))?;
        let one = self.one_of(all.into_iter().filter(|one| one.invitation.state == InvitationState::Open).collect())?;
        let invitation = one.invitation.withdraw(&self.mark)?;
        self.save_invitation(Op::WithdrawInvitation, &invitation, Some(one.revision))
    }

    fn save_invitation(&self, op: Op, invitation: &Invitation, from: Option<i64>) -> Done {
        let save = |w: &mut store::Writing<'_>| Ok(w.save_invitation(invitation, from)?);
        self.books.on(|store| store.write::<_, NotDone>(&self.by(), op, save))?;
        Ok(self.saved("invitation", invitation.id, from.unwrap_or(0) + 1))
    }
}
