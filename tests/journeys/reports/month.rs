//! Plays the script of a team's month through `clinic`, each act by the colleague and on the day that it names.

use std::collections::HashMap;
use std::path::Path;

use clinic::*;
use domain::day::moment;
use domain::hna::PathwayPoint;
use domain::id::{HnaId, OfferId, PatientId, StaffId};
use domain::offer::{Decision, Offer};
use domain::op::Op;
use domain::staff::{By, Role, Signature};
use jiff::civil::Date;
use kit::appointment::{a_lock, one_of};
use kit::room::unlock;
use kit::summary::{a_signature, a_whole_summary};
use kit::*;
use store::Store;

/// The colleagues of the script but for Ruth, who is its cancer nurse specialist.
const COLLEAGUES: [(&str, &str, &str); 6] = [
    ("nurse", "Omar Imagined", "other_nurse"),
    ("ahp", "Nia Made-Up", "allied_health_professional"),
    ("csw", "Cass Pretend", "support_worker"),
    ("psych", "Ines Notional", "mental_health_professional"),
    ("doctor", "Dev Fictional", "doctor"),
    ("other", "Otis Imaginary", "other"),
];

/// A team with its patients, in the middle of a script.
pub struct Month {
    pub shift: Shift,
    /// The id and the passphrase of each.
    nurses: HashMap<String, (String, &'static str)>,
    signed_in: String,
    pub patients: HashMap<String, PatientId>,
    /// The newest assessment of each patient, and its point of the pathway.
    hnas: HashMap<String, (String, String)>,
    /// The plan from each assessment.
    plans: HashMap<String, String>,
    planted: u8,
}

/// A script as it stands in `fixtures`.
pub fn fixture(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)).unwrap()
}

/// A day as a script writes it.
fn day(iso: &str) -> Date {
    iso.parse().expect("a day of the calendar")
}

fn typed_day(day: Date) -> TypedDate {
    TypedDate { day: day.day().to_string(), month: day.month().to_string(), year: day.year().to_string() }
}

impl Month {
    /// The team on the day of the first act.
    pub async fn begin(first: &str) -> Month {
        let room = Room::new();
        room.clock.step(moment(day(first).at(8, 0, 0, 0)) - room.clock.now());
        let shift = a_clinic_in(room).await;
        let mut nurses = HashMap::from([("cns".to_owned(), (shift.ruth.clone(), RUTHS_PASSPHRASE))]);
        for (who, name, role) in COLLEAGUES {
            let colleague = AddNurse { name: name.into(), role: role.into(), ..a_colleague() };
            let staff = shift.clinic.add_nurse(colleague).await.unwrap();
            let id = staff.iter().find(|one| one.name == name).unwrap().id.to_string();
            nurses.insert(who.to_owned(), (id, OMARS_PASSPHRASE));
        }
        let (patients, hnas, plans) = (HashMap::new(), HashMap::new(), HashMap::new());
        Month { shift, nurses, signed_in: "cns".to_owned(), patients, hnas, plans, planted: 0 }
    }

    /// The team after the whole script, with Ruth signed in.
    pub async fn played(script: &str) -> Month {
        let lines = script.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let acts: Vec<Vec<&str>> = lines.map(|line| line.split_whitespace().collect()).collect();
        let mut month = Month::begin(acts[0][0]).await;
        for act in &acts {
            month.act(act).await;
        }
        month.sign_in("cns").await;
        month
    }

    /// One line of a script: day, who, patient, what.
    pub async fn act(&mut self, act: &[&str]) {
        let [on, who, name, what, more @ ..] = act else { panic!("{act:?}") };
        let clock = &self.shift.room.clock;
        // A minute after the act before, on this day from nine on.
        clock.step(clock::MINUTE);
        clock.step((moment(day(on).at(9, 0, 0, 0)) - clock.now()).max(0));
        let patient = self.patient(name).await;
        if *who == "unknown" {
            return self.plant(name, day(on), what, more).await;
        }
        self.sign_in(who).await;
        let clinic = self.shift.clinic.clone();
        let id = patient.to_string();
        match (*what, more) {
            ("offer", [point, decision]) => {
                let (point, decision) = (Some((*point).into()), Some((*decision).into()));
                let again = true;
                let offer = RecordOffer { point, decision, reason: "As it was".into(), again, ..an_offer(id) };
                clinic.record_offer(RecordOffer { on: typed_day(day(on)), ..offer }).await.unwrap();
            }
            ("assess", [point, concerns]) => {
                let start = StartHna { pathway_point: Some((*point).into()), ..an_assessment(&id) };
                let hna = clinic.start_hna(start).await.unwrap().id.to_string();
                if *concerns == "concerns" {
                    clinic.tick_concern(one_of(&hna, "physical.pain")).await.unwrap();
                }
                let done = CompleteHna { hna: hna.clone(), day: "14".into(), month: "7".into() };
                clinic.complete_hna(done).await.unwrap();
                self.hnas.insert((*name).to_owned(), (hna, (*point).to_owned()));
            }
            ("offer-plan", [decision]) => {
                let hna = self.hnas[*name].0.clone();
                let (decision, reason) = (Some((*decision).into()), "As it was".into());
                let offer = RecordPlanOffer { hna, decision, reason, on: typed_day(day(on)), again: false };
                clinic.record_plan_offer(offer).await.unwrap();
            }
            ("open-plan", []) => {
                self.plan(name).await;
            }
            ("write-plan", []) => {
                let plan = self.plan(name).await;
                let (concern, words) = ("physical.pain".into(), "To sleep through the night".into());
                clinic.write_what_matters(WriteWhatMatters { plan, concern, words }).await.unwrap();
            }
            ("agree-plan", []) => {
                let plan = self.plan(name).await;
                let passphrase = typed(self.nurses[*who].1);
                let lock = LockCarePlan { passphrase, ..a_lock(&clinic, &plan).await };
                clinic.lock_care_plan(lock).await.unwrap();
            }
            ("sign-summary", []) => {
                let summary = a_whole_summary(&clinic, &id).await.id.to_string();
                let passphrase = typed(self.nurses[*who].1);
                let sign = SignTreatmentSummary { passphrase, ..a_signature(&clinic, &summary).await };
                clinic.sign_treatment_summary(sign).await.unwrap();
            }
            ("mistake", []) => {
                let offers = clinic.open_patient(OpenPatient { patient: id }).await.unwrap().offers;
                let mistaken = MarkOfferMistaken { offer: offers[0].id.to_string(), reason: "Somebody else".into() };
                clinic.mark_offer_mistaken(mistaken).await.unwrap();
            }
            ("died", [died]) => {
                let death = RecordDeath { died: typed_day(day(died)), sure: true, ..a_death(id) };
                clinic.record_death(death).await.unwrap();
            }
            _ => panic!("{act:?}"),
        }
    }

    /// The patient of this name in the script, registered when it is first heard of.
    async fn patient(&mut self, name: &str) -> PatientId {
        if let Some(known) = self.patients.get(name) {
            return *known;
        }
        self.sign_in("cns").await;
        let number = u32::try_from(self.patients.len()).unwrap() + 1;
        let form = another_patient_form(number, name, "Invented");
        let registered = self.shift.clinic.register_patient(RegisterPatient { form, not_the_same: true }).await;
        let id = registered.unwrap().banner.id;
        self.patients.insert(name.to_owned(), id);
        id
    }

    /// The plan from the newest assessment of a patient, begun by whoever is signed in when there is none.
    async fn plan(&mut self, name: &str) -> String {
        let hna = self.hnas[name].0.clone();
        if let Some(plan) = self.plans.get(&hna) {
            return plan.clone();
        }
        let plan = self.shift.clinic.start_care_plan(StartCarePlan { hna: hna.clone() }).await.unwrap().id.to_string();
        self.plans.insert(hna, plan.clone());
        plan
    }

    pub async fn sign_in(&mut self, who: &str) {
        if self.signed_in == who {
            return;
        }
        self.shift.clinic.close().await;
        let (nurse, passphrase) = &self.nurses[who];
        self.shift.clinic = unlock(&self.shift.house, nurse, passphrase).await.unwrap();
        self.signed_in = who.to_owned();
    }

    /// An offer by somebody whose role nobody knows, put into the record past the clinic, which lets no such person record one.
    async fn plant(&mut self, name: &str, on: Date, what: &str, more: &[&str]) {
        let (point, decision, plan_for) = match (what, more) {
            ("offer", [point, decision]) => (*point, *decision, None),
            ("offer-plan", [decision]) => {
                let (hna, point) = &self.hnas[name];
                (point.as_str(), *decision, HnaId::parse(hna))
            }
            _ => panic!("{what}"),
        };
        self.planted += 1;
        let by = self.nobody_known();
        let offer = Offer {
            id: OfferId::from_random([100 + self.planted; 16]),
            patient: self.patients[name],
            plan_for,
            point: PathwayPoint::from_code(point).unwrap(),
            decision: Decision::from_code(decision).unwrap(),
            reason: String::new(),
            on,
            by: Signature::of(&by),
            mistaken: None,
        };
        self.past_the_clinic(|store| {
            store.write::<_, store::Error>(&by, Op::RecordOffer, |w| w.save_offer(&offer, None)).unwrap();
        })
        .await;
    }

    pub fn nobody_known(&self) -> By {
        By {
            staff: StaffId::from_random([99; 16]),
            name: "Nobody known".to_owned(),
            role: Role::NotKnown,
            key_holder: false,
            at: self.shift.room.clock.now(),
            pc: String::new(),
        }
    }

    /// Opens the database without the clinic; whoever was signed in is so again afterwards.
    pub async fn past_the_clinic(&mut self, write: impl FnOnce(&mut Store)) {
        self.shift.clinic.close().await;
        let keys = kept::keys(&kept::key(&self.shift.room, &self.shift.ruth, RUTHS_PASSPHRASE));
        let mut number = self.planted;
        let new_id = Box::new(move || {
            number += 1;
            Some([200 - number; 16])
        });
        let mut store = Store::open(&self.shift.room.profile().join("clinic.db"), keys, new_id).unwrap();
        write(&mut store);
        store.close().unwrap();
        let (nurse, passphrase) = &self.nurses[&self.signed_in];
        self.shift.clinic = unlock(&self.shift.house, nurse, passphrase).await.unwrap();
    }
}
