//! The acts of an appointment to talk about an assessment, and how the screen shows it.

use domain::appointment::{Appointment, AppointmentStatus, Channel, TypedAppointment};
use domain::day;
use domain::hna::HnaStatus;
use domain::id::{AppointmentId, HnaId, PatientId};
use domain::op::Op;
use domain::record::Record;
use domain::staff::By;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::{SavedAppointment, Store};
use ts_rs::TS;

use crate::clinic::{Clinic, Noun, Open};
use crate::death::{alive, living};
use crate::patient_view::Banner;
use crate::problem::{Code, Problem};
use crate::request::requests;
use crate::sending::sending_word;
use crate::version::look;
use crate::when::{Day, When, day_of};

/// An appointment as it is typed, and as the form is filled.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AppointmentForm {
    /// The day as typed in one box; empty, with an empty time, while it is not known.
    pub on: String,
    /// "14:30", "9.15" or "0915".
    pub time: String,
    #[ts(type = "Channel | null")]
    pub channel: Option<String>,
    /// Needed face to face when the day is known.
    pub place: String,
    pub with_whom: String,
}

requests! {
    BookAppointment {
        #[ts(type = "PatientId")] patient: String,
        /// The assessment that is talked about.
        #[ts(type = "HnaId | null")] hna: Option<String>,
        form: AppointmentForm,
    }
    ReadAppointment { #[ts(type = "AppointmentId")] appointment: String }
    ChangeAppointment {
        #[ts(type = "AppointmentId")] appointment: String,
        /// The revision the form was filled from.
        revision: i64,
        form: AppointmentForm,
    }
    CancelAppointment { #[ts(type = "AppointmentId")] appointment: String, reason: String }
    EndAppointment {
        #[ts(type = "AppointmentId")] appointment: String,
        /// The patient came, or was reached.
        kept: Option<bool>,
    }
}

#[derive(Serialize, TS)]
pub struct AppointmentLine {
    #[ts(type = "AppointmentId")]
    pub id: AppointmentId,
    #[ts(type = "AppointmentStatus")]
    pub status: AppointmentStatus,
    pub on: Option<Day>,
    /// "14:30"; null with `on`.
    pub time: Option<String>,
    #[ts(type = "Channel")]
    pub channel: Channel,
    pub place: String,
    pub with_whom: String,
    #[ts(type = "HnaId | null")]
    pub hna: Option<HnaId>,
    pub by: String,
    pub booked: When,
    pub cancel_reason: Option<String>,
    /// Its day is today or past, and nobody has said how it went.
    pub due: bool,
    #[ts(type = "RecordSending")]
    pub sending: &'static str,
}

#[derive(Serialize, TS)]
pub struct AppointmentView {
    #[ts(type = "PatientId")]
    pub patient: PatientId,
    pub banner: Banner,
    pub revision: i64,
    pub line: AppointmentLine,
    pub form: AppointmentForm,
}

impl Clinic {
    /// Books a talk, about one of the patient's assessments or none in particular; without a day it is proposed.
    pub async fn book_appointment(&self, request: BookAppointment) -> Result<AppointmentView, Problem> {
        let by = self.by_for(Op::BookAppointment)?;
        let open = self.0.clone();
        let patient = PatientId::parse(&request.patient).ok_or(Code::Gone)?;
        let hna = request.hna.as_deref().map(|id| HnaId::parse(id).ok_or(Code::Gone)).transpose()?;
        let id = AppointmentId::from_random(open.profile.world.bytes()?);
        let act = move |store: &mut Store| {
            if let Some(hna) = hna
                && store
                    .hna(hna)?
                    .is_none_or(|saved| saved.hna.patient != patient || saved.hna.status != HnaStatus::Completed)
            {
                return Err(Code::Gone.into());
            }
            let now = day::london(by.at);
            let appointment = Appointment::book(id, patient, hna, &request.form.typed(), &by, now)?;
            let (person, _) = store.patient(patient)?.ok_or(Code::Gone)?;
            alive(&person)?;
            store.write::<_, Problem>(&by, Op::BookAppointment, |w| Ok(w.save_appointment(&appointment, None)?))?;
            appointment_view(store, &open, id, by.at)
        };
        let seen = self.0.queue.run(act).await?;
        self.changed(&[Noun::Appointment]);
        Ok(seen)
    }

    /// Reads an appointment; the look is an audit line.
    pub async fn read_appointment(&self, request: ReadAppointment) -> Result<AppointmentView, Problem> {
        let by = self.by_for(Op::ReadAppointment)?;
        let (open, id) = (self.0.clone(), AppointmentId::parse(&request.appointment).ok_or(Code::Gone)?);
        let read = move |store: &mut Store| {
            let patient = store.appointment(id)?.ok_or(Code::Gone)?.appointment.patient;
            look(store, &by, Op::ReadAppointment, Record::appointment(id, patient), None)?;
            appointment_view(store, &open, id, by.at)
        };
        self.0.queue.run(read).await
    }

    /// Replaces what was agreed; `changed_meanwhile` when it is not the revision the form was filled from.
    pub async fn change_appointment(&self, request: ChangeAppointment) -> Result<AppointmentView, Problem> {
        let ChangeAppointment { appointment, revision, form } = request;
        let change = move |store: &Store, before: SavedAppointment, by: &By| {
            if before.revision != revision {
                return Err(Code::ChangedMeanwhile.into());
            }
            let now = day::london(by.at);
            let after = before.appointment.change(&form.typed(), now)?;
            match after.start {
                // One whose moment went by may still be put right.
                Some(start) if start < now => living(store, after.patient, start.date())?,
                _ => alive(&store.patient(after.patient)?.ok_or(Code::Gone)?.0)?,
            }
            Ok(after)
        };
        self.alter_appointment(Op::ChangeAppointment, &appointment, change).await
    }

    /// Calls an appointment off, with a reason.
    pub async fn cancel_appointment(&self, request: CancelAppointment) -> Result<AppointmentView, Problem> {
        let CancelAppointment { appointment, reason } = request;
        let cancel = move |_: &Store, before: SavedAppointment, _: &By| Ok(before.appointment.cancel(&reason)?);
        self.alter_appointment(Op::CancelAppointment, &appointment, cancel).await
    }

    /// Says how an appointment went, from its day on; `after_death` when the patient who is said to have come had died by then.
    pub async fn end_appointment(&self, request: EndAppointment) -> Result<AppointmentView, Problem> {
        let EndAppointment { appointment, kept } = request;
        let end = move |store: &Store, before: SavedAppointment, by: &By| {
            let after = before.appointment.end(kept, day_of(by.at))?;
            if let (AppointmentStatus::Kept, Some(start)) = (after.status, after.start) {
                living(store, after.patient, start.date())?;
            }
            Ok(after)
        };
        self.alter_appointment(Op::EndAppointment, &appointment, end).await
    }

    async fn alter_appointment(
        &self,
        op: Op,
        appointment: &str,
        alter: impl FnOnce(&Store, SavedAppointment, &By) -> Result<Appointment, Problem> + Send + 'static,
    ) -> Result<AppointmentView, Problem> {
        let by = self.by_for(op)?;
        let (open, id) = (self.0.clone(), AppointmentId::parse(appointment).ok_or(Code::Gone)?);
        let act = move |store: &mut Store| {
            let before = store.appointment(id)?.ok_or(Code::Gone)?;
            let from = Some(before.revision);
            let after = alter(store, before, &by)?;
            store.write::<_, Problem>(&by, op, |w| Ok(w.save_appointment(&after, from)?))?;
            appointment_view(store, &open, id, by.at)
        };
        let seen = self.0.queue.run(act).await?;
        self.changed(&[Noun::Appointment]);
        Ok(seen)
    }
}

impl AppointmentForm {
    fn typed(&self) -> TypedAppointment {
        let AppointmentForm { on, time, channel, place, with_whom } = self.clone();
        TypedAppointment { on, time, channel, place, with_whom }
    }

    fn of(appointment: &Appointment) -> AppointmentForm {
        let start = appointment.start;
        AppointmentForm {
            on: start.map(|start| day::short(start.date())).unwrap_or_default(),
            time: start.map(|start| start.strftime("%H:%M").to_string()).unwrap_or_default(),
            channel: Some(appointment.channel.code().to_owned()),
            place: appointment.place.clone(),
            with_whom: appointment.with_whom.clone(),
        }
    }
}

impl AppointmentLine {
    pub(crate) fn of(saved: &SavedAppointment, open: &Open, today: Date) -> AppointmentLine {
        let appointment = &saved.appointment;
        AppointmentLine {
            id: appointment.id,
            status: appointment.status,
            on: appointment.start.map(|start| Day::new(start.date())),
            time: appointment.start.map(|start| start.strftime("%H:%M").to_string()),
            channel: appointment.channel,
            place: appointment.place.clone(),
            with_whom: appointment.with_whom.clone(),
            hna: appointment.hna,
            by: appointment.booked_by_name.clone(),
            booked: When::new(appointment.booked_at),
            cancel_reason: (!appointment.cancel_reason.is_empty()).then(|| appointment.cancel_reason.clone()),
            due: appointment.is_due(today),
            sending: sending_word(saved.sending.as_deref(), open.has_server()),
        }
    }
}

/// The appointments of a patient: those without a day first, then the latest first.
pub(crate) fn appointment_lines(
    store: &Store,
    open: &Open,
    patient: PatientId,
    today: Date,
) -> Result<Vec<AppointmentLine>, Problem> {
    let mut saved = store.appointments_of(patient)?;
    saved.sort_by_key(|saved| {
        let unknown = saved.appointment.is_open() && saved.appointment.start.is_none();
        std::cmp::Reverse((unknown, saved.appointment.start, saved.appointment.booked_at))
    });
    Ok(saved.iter().map(|saved| AppointmentLine::of(saved, open, today)).collect())
}

fn appointment_view(store: &Store, open: &Open, id: AppointmentId, now: i64) -> Result<AppointmentView, Problem> {
    let saved = store.appointment(id)?.ok_or(Code::Gone)?;
    let patient = saved.appointment.patient;
    let (person, _) = store.patient(patient)?.ok_or(Code::Gone)?;
    Ok(AppointmentView {
        patient,
        banner: Banner::of(&person, day_of(now)),
        revision: saved.revision,
        line: AppointmentLine::of(&saved, open, day_of(now)),
        form: AppointmentForm::of(&saved.appointment),
    })
}
