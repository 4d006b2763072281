//! The registration form: what was typed, and what it becomes. Every field that cannot be taken is named at once.

use domain::id::PatientId;
use domain::nhs_number::NhsNumber;
use domain::patient::{Cancer, Gender, Name, PRINT_POINTS, Patient, Treatment, TreatmentKind};
use domain::text;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::faults::Faults;
use crate::problem::Problem;
use crate::staff::Organisation;

/// Oldest date of birth that is taken, in years before today.
const OLDEST: i16 = 125;
/// Most treatments on one form.
const MOST_TREATMENTS: usize = 50;

/// What was typed into day, month and year boxes, as typed.
#[derive(Clone, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TypedDate {
    pub day: String,
    pub month: String,
    pub year: String,
}

#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PatientForm {
    pub nhs_number: String,
    pub title: String,
    pub given: String,
    pub family: String,
    pub preferred: String,
    pub born: TypedDate,
    #[ts(type = "Gender | null")]
    pub gender: Option<String>,
    pub address: String,
    pub postcode: String,
    pub phone: String,
    pub mobile: String,
    pub email: String,
    pub practice: Organisation,
    pub hospital_number: String,
    pub needs: Needs,
    pub cancer_type: String,
    pub diagnosed: TypedDate,
    pub recurred: TypedDate,
    pub treatments: Vec<TreatmentForm>,
    pub key_worker: String,
    pub team: String,
    pub diagnosed_at: Organisation,
    pub followed_up_at: Organisation,
}

#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Needs {
    /// 14 is standard; 16, 18, 20 or 24.
    pub print_points: u8,
    pub interpreter: String,
    pub other: String,
}

#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TreatmentForm {
    #[ts(type = "TreatmentKind")]
    pub kind: String,
    pub name: String,
    pub start: TypedDate,
    pub end: TypedDate,
}

impl PatientForm {
    /// The patient this form describes, or every field that cannot be taken and why.
    pub(crate) fn read(&self, id: PatientId, today: Date, now: i64) -> Result<Patient, Problem> {
        let mut faults = Faults::default();
        let hospital_number = faults.optional_line("hospital_number", &self.hospital_number);
        let nhs_number = self.nhs_number(&hospital_number, &mut faults);
        let born = self.born(today, &mut faults);
        let patient = Patient {
            id,
            nhs_number,
            hospital_number,
            name: Name {
                title: faults.optional_line("title", &self.title),
                given: faults.line("given", &self.given),
                family: faults.line("family", &self.family),
                preferred: faults.optional_line("preferred", &self.preferred),
            },
            born: born.unwrap_or(today),
            gender: self.gender(&mut faults),
            address: text::lines(&self.address).unwrap_or_else(|fault| {
                faults.add("address", fault.reason());
                String::new()
            }),
            postcode: postcode(&self.postcode, &mut faults),
            phone: phone("phone", &self.phone, &mut faults),
            mobile: phone("mobile", &self.mobile, &mut faults),
            email: email(&self.email, &mut faults),
            practice: faults.organisation("practice", &self.practice, false),
            needs: self.needs(&mut faults),
            cancer: self.cancer(today, born, &mut faults),
            key_worker: faults.optional_line("key_worker", &self.key_worker),
            team: faults.optional_line("team", &self.team),
            diagnosed_at: faults.organisation("diagnosed_at", &self.diagnosed_at, false),
            followed_up_at: faults.organisation("followed_up_at", &self.followed_up_at, false),
            died: None,
            death_taken_back: String::new(),
            checked_at: now,
        };
        faults.none().map(|()| patient)
    }

    /// The form that would give this patient again.
    pub(crate) fn of(patient: &Patient) -> PatientForm {
        let treatments = patient.cancer.treatments.iter().map(|t| TreatmentForm {
            kind: t.kind.code().to_owned(),
            name: t.name.clone(),
            start: TypedDate::of(t.start),
            end: TypedDate::of(t.end),
        });
        PatientForm {
            nhs_number: patient.nhs_number.as_ref().map(NhsNumber::to_string).unwrap_or_default(),
            title: patient.name.title.clone(),
            given: patient.name.given.clone(),
            family: patient.name.family.clone(),
            preferred: patient.name.preferred.clone(),
            born: TypedDate::of(Some(patient.born)),
            gender: Some(patient.gender.code().to_owned()),
            address: patient.address.clone(),
            postcode: patient.postcode.clone(),
            phone: patient.phone.clone(),
            mobile: patient.mobile.clone(),
            email: patient.email.clone(),
            practice: (&patient.practice).into(),
            hospital_number: patient.hospital_number.clone(),
            needs: Needs {
                print_points: patient.needs.print_points,
                interpreter: patient.needs.interpreter.clone(),
                other: patient.needs.other.clone(),
            },
            cancer_type: patient.cancer.cancer_type.clone(),
            diagnosed: TypedDate::of(patient.cancer.diagnosed),
            recurred: TypedDate::of(patient.cancer.recurred),
            treatments: treatments.collect(),
            key_worker: patient.key_worker.clone(),
            team: patient.team.clone(),
            diagnosed_at: (&patient.diagnosed_at).into(),
            followed_up_at: (&patient.followed_up_at).into(),
        }
    }

    fn nhs_number(&self, hospital_number: &str, faults: &mut Faults) -> Option<NhsNumber> {
        if self.nhs_number.trim().is_empty() {
            // Visitors from abroad have none; then the hospital's own number must tell people apart.
            if hospital_number.is_empty() {
                faults.add("nhs_number", "nhs_or_hospital_number");
            }
            return None;
        }
        NhsNumber::parse(&self.nhs_number).map_err(|fault| faults.add("nhs_number", fault.reason())).ok()
    }

    fn born(&self, today: Date, faults: &mut Faults) -> Option<Date> {
        let born = self.born.read("born", faults);
        match born {
            None if self.born.is_empty() => faults.add("born", "missing"),
            Some(born) if born > today => faults.add("born", "in_future"),
            Some(born) if born.year() < today.year() - OLDEST => faults.add("born", "too_long_ago"),
            _ => {}
        }
        born
    }

    fn gender(&self, faults: &mut Faults) -> Gender {
        self.gender.as_deref().and_then(Gender::from_code).unwrap_or_else(|| {
            faults.add("gender", "missing");
            Gender::Unknown
        })
    }

    fn needs(&self, faults: &mut Faults) -> domain::patient::Needs {
        if !PRINT_POINTS.contains(&self.needs.print_points) {
            faults.add("needs-print_points", "missing");
        }
        domain::patient::Needs {
            print_points: self.needs.print_points,
            interpreter: faults.optional_line("needs-interpreter", &self.needs.interpreter),
            other: faults.optional_line("needs-other", &self.needs.other),
        }
    }

    fn cancer(&self, today: Date, born: Option<Date>, faults: &mut Faults) -> Cancer {
        let diagnosed = self.diagnosed.past("diagnosed", today, born, faults);
        let recurred = self.recurred.past("recurred", today, born, faults);
        if let (Some(diagnosed), Some(recurred)) = (diagnosed, recurred)
            && recurred < diagnosed
        {
            faults.add("recurred", "before_diagnosis");
        }
        if self.treatments.len() > MOST_TREATMENTS {
            faults.add("treatments", "too_many");
        }
        let treatments = self.treatments.iter().take(MOST_TREATMENTS).enumerate();
        Cancer {
            cancer_type: faults.optional_line("cancer_type", &self.cancer_type),
            diagnosed,
            recurred,
            treatments: treatments.filter_map(|(place, form)| form.read(place, born, faults)).collect(),
        }
    }
}

impl TreatmentForm {
    fn read(&self, place: usize, born: Option<Date>, faults: &mut Faults) -> Option<Treatment> {
        let field = |name: &str| format!("treatments-{place}-{name}");
        let Some(kind) = TreatmentKind::from_code(&self.kind) else {
            faults.add(&field("kind"), "missing");
            return None;
        };
        // Treatment may be planned, so its dates may lie ahead.
        let start = self.start.after_birth(&field("start"), born, faults);
        let end = self.end.after_birth(&field("end"), born, faults);
        if let (Some(start), Some(end)) = (start, end)
            && end < start
        {
            faults.add(&field("end"), "end_before_start");
        }
        Some(Treatment { kind, name: faults.optional_line(&field("name"), &self.name), start, end })
    }
}

impl TypedDate {
    fn of(date: Option<Date>) -> TypedDate {
        date.map_or_else(TypedDate::default, |date| TypedDate {
            day: date.day().to_string(),
            month: date.month().to_string(),
            year: date.year().to_string(),
        })
    }

    pub(crate) fn is_empty(&self) -> bool {
        [&self.day, &self.month, &self.year].iter().all(|part| part.trim().is_empty())
    }

    /// None when all three boxes are empty, or with a fault when they are no date.
    pub(crate) fn read(&self, field: &str, faults: &mut Faults) -> Option<Date> {
        if self.is_empty() {
            return None;
        }
        let date = self.parse();
        if date.is_none() {
            faults.add(field, "not_a_date");
        }
        date
    }

    fn parse(&self) -> Option<Date> {
        let year = self.year.trim();
        // Two digits could mean two centuries.
        if year.len() != 4 {
            return None;
        }
        Date::new(year.parse().ok()?, text::month(&self.month)?, self.day.trim().parse().ok()?).ok()
    }

    fn after_birth(&self, field: &str, born: Option<Date>, faults: &mut Faults) -> Option<Date> {
        let date = self.read(field, faults)?;
        if born.is_some_and(|born| date < born) {
            faults.add(field, "before_birth");
        }
        Some(date)
    }

    fn past(&self, field: &str, today: Date, born: Option<Date>, faults: &mut Faults) -> Option<Date> {
        let date = self.after_birth(field, born, faults)?;
        if date > today {
            faults.add(field, "in_future");
        }
        Some(date)
    }
}

/// Two parts with one space, upper case: "SE1 7EH".
fn postcode(typed: &str, faults: &mut Faults) -> String {
    let compact: String = typed.split_whitespace().collect::<String>().to_uppercase();
    if compact.is_empty() {
        return compact;
    }
    let letters = |c: char| c.is_ascii_alphabetic();
    let inward: Vec<char> = compact.chars().rev().take(3).collect();
    let outward: String = compact.chars().take(compact.chars().count().saturating_sub(3)).collect();
    let inward_form = matches!(inward.as_slice(), [a, b, c] if letters(*a) && letters(*b) && c.is_ascii_digit());
    let outward_form = (2..=4).contains(&outward.len())
        && outward.starts_with(letters)
        && outward.chars().any(|c| c.is_ascii_digit())
        && outward.chars().all(|c| c.is_ascii_alphanumeric());
    if !(inward_form && outward_form) {
        faults.add("postcode", "postcode_form");
    }
    format!("{outward} {}", inward.iter().rev().collect::<String>())
}

fn phone(field: &str, typed: &str, faults: &mut Faults) -> String {
    let line = faults.optional_line(field, typed);
    let digits = line.chars().filter(char::is_ascii_digit).count();
    let form = line.chars().all(|c| c.is_ascii_digit() || " +()-ext.".contains(c));
    if !line.is_empty() && (!form || !(6..=20).contains(&digits)) {
        faults.add(field, "phone_form");
    }
    line
}

fn email(typed: &str, faults: &mut Faults) -> String {
    let line = faults.optional_line("email", typed);
    let form =
        line.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !line.contains(' '));
    if !line.is_empty() && !form {
        faults.add("email", "email_form");
    }
    line
}

#[cfg(test)]
#[path = "patient_form_tests.rs"]
pub(crate) mod tests;
