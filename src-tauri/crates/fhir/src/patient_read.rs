//! A Patient, and the Conditions and Procedures of the cancer, read back as the trust has them.
//!
//! | element | read as | where it is missing there |
//! | --- | --- | --- |
//! | `identifier` of the NHS, of the hospital | the two numbers | the number was taken out; without either it is not read |
//! | `name`, official | title, given and family name | not read |
//! | `name`, nickname | what the person is called | taken out |
//! | `birthDate` | date of birth | not read |
//! | `gender` | gender | unknown |
//! | `deceasedDateTime` | day of death | alive; a death without a day is not read |
//! | `address` at home | lines, then district, city and state as lines; postcode | taken out |
//! | `telecom` | telephone at home, mobile, e-mail | taken out |
//! | `generalPractitioner`, `managingOrganization` | practice, where followed up | taken out |
//! | extensions of needs | print size, interpreter, other needs | no need |
//! | `Condition` | kind of cancer, day of diagnosis or recurrence, where diagnosed | stays as it is here |
//! | `Procedure` | the treatment of its number | stays as it is here |
//!
//! Key worker, team, why a death was taken back and when the record was checked are only said where we wrote the Patient, and stay where
//! another system did.

use domain::day;
use domain::merge::overlaid;
use domain::nhs_number::NhsNumber;
use domain::patient::{Gender, Name, PRINT_POINTS, Patient, Treatment, TreatmentKind};
use domain::staff::Organisation;
use domain::text;
use jiff::civil::Date;
use serde_json::Value;

use crate::id;
use crate::patient::{HL7, TYPE_UNKNOWN, UK_CORE, kind as treatment_words, patient as written, status as how_far};
use crate::read_fault::{ReadFault, code, date, extension, is, line, moment, not_taken, objects, words};
use crate::value::{HOSPITAL_NUMBER, NHS_NUMBER, ODS, system, url};

/// Most treatments that one patient has.
pub(crate) const MOST_TREATMENTS: usize = 50;

/// The patient with what this resource of the patient's says now: the Patient, a Condition or a Procedure. What it says as `ours` would
/// say it stays in the spelling of `ours`, which is the revision that the trust's version was made from.
pub fn read_patient(body: &Value, ours: &Patient) -> Result<Patient, ReadFault> {
    if !is(body, "Patient", &ours.id.to_string()) {
        return read_cancer(std::slice::from_ref(body), ours);
    }
    let mine = written(ours, true, "");
    let mine = mine.iter().find(|one| one.kind == "Patient").ok_or(ReadFault::NotOurs("Patient"))?;
    let read = overlaid(&demographics(&mine.body, ours)?, ours, &demographics(body, ours)?);
    sound(read)
}

/// The patient with what these Conditions and Procedures of the patient's cancer say now; those that are not given stay as in `ours`,
/// one that was entered in error is out. Read together, because treatments have numbers for names.
pub fn read_cancer(resources: &[Value], ours: &Patient) -> Result<Patient, ReadFault> {
    let mine: Vec<Value> = written(ours, false, "").into_iter().map(|one| one.body).collect();
    let read = overlaid(&cancer(&mine, ours)?, ours, &cancer(resources, ours)?);
    sound(read)
}

/// What no form here would have taken is not read either.
pub(crate) fn sound(patient: Patient) -> Result<Patient, ReadFault> {
    let cancer = &patient.cancer;
    if patient.died.is_some_and(|died| died < patient.born) {
        return Err(ReadFault::Unreadable("deceasedDateTime"));
    }
    if cancer.diagnosed.zip(cancer.recurred).is_some_and(|(diagnosed, recurred)| recurred < diagnosed) {
        return Err(ReadFault::Unreadable("Condition"));
    }
    if cancer.treatments.iter().any(|one| one.start.zip(one.end).is_some_and(|(start, end)| end < start)) {
        return Err(ReadFault::Unreadable("performedPeriod"));
    }
    Ok(patient)
}

pub(crate) fn demographics(body: &Value, ours: &Patient) -> Result<Patient, ReadFault> {
    let nhs_number = identifier(body, NHS_NUMBER)?.map(|number| NhsNumber::parse(&number)).transpose();
    let nhs_number = nhs_number.map_err(|_| ReadFault::Unreadable("identifier"))?;
    let hospital_number = identifier(body, HOSPITAL_NUMBER)?.unwrap_or_default();
    if nhs_number.is_none() && hospital_number.is_empty() {
        return Err(ReadFault::Missing("identifier"));
    }
    let (address, postcode) = address(body)?;
    let telecom = objects(body, "telecom")?;
    let reached = |slot: Telecom| {
        let one = telecom.iter().find(|one| telecom_slot(one) == Some(slot));
        one.map_or(Ok(String::new()), |one| line(one, "value"))
    };
    let gender = words(body, "gender")?.map_or(Some(Gender::Unknown), Gender::from_code);
    let mut patient = Patient {
        nhs_number,
        hospital_number,
        name: name(body)?,
        born: date(body, "birthDate")?.ok_or(ReadFault::Missing("birthDate"))?,
        gender: gender.ok_or(ReadFault::Unreadable("gender"))?,
        address,
        postcode,
        phone: reached(Telecom::Home)?,
        mobile: reached(Telecom::Mobile)?,
        email: reached(Telecom::Email)?,
        practice: organisation(objects(body, "generalPractitioner")?.first().copied())?,
        followed_up_at: organisation(objects(body, "managingOrganization")?.first().copied())?,
        died: died(body)?,
        ..ours.clone()
    };
    needs(body, &mut patient)?;
    record(body, &mut patient)?;
    Ok(patient)
}

/// What only another PC of ours writes; it stays where nobody says it.
fn record(body: &Value, patient: &mut Patient) -> Result<(), ReadFault> {
    let Some(record) = extension(body, &url("patient-record")) else { return Ok(()) };
    let said = |name: &str| extension(record, name).map_or(Ok(String::new()), |one| line(one, "valueString"));
    (patient.key_worker, patient.team) = (said("key-worker")?, said("team")?);
    patient.death_taken_back = said("death-taken-back")?;
    if let Some(checked) = extension(record, "checked") {
        patient.checked_at = moment(checked, "valueDateTime")?.ok_or(ReadFault::Missing("valueDateTime"))?;
    }
    Ok(())
}

/// A place of a Patient's telecom that is filled here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Telecom {
    Home,
    Mobile,
    Email,
}

/// Which place an entry of telecom has here; None for what we never write.
pub(crate) fn telecom_slot(one: &Value) -> Option<Telecom> {
    let member = |name: &str| one.get(name).and_then(Value::as_str);
    match (member("system")?, member("use")) {
        ("phone", Some("home")) => Some(Telecom::Home),
        ("phone", Some("mobile")) => Some(Telecom::Mobile),
        ("email", None | Some("home")) => Some(Telecom::Email),
        _ => None,
    }
}

/// Is it an identifier that is in use, of this system?
pub(crate) fn is_identifier(one: &Value, of: &str) -> bool {
    let member = |name: &str| one.get(name).and_then(Value::as_str);
    member("system") == Some(of) && member("use") != Some("old")
}

/// The one number of this system; two that differ are a fault.
fn identifier(body: &Value, of: &str) -> Result<Option<String>, ReadFault> {
    let mut found: Option<String> = None;
    for one in objects(body, "identifier")?.into_iter().filter(|one| is_identifier(one, of)) {
        let value = line(one, "value")?;
        if value.is_empty() || found.as_ref().is_some_and(|before| *before != value) {
            return Err(ReadFault::Unreadable("identifier"));
        }
        found = Some(value);
    }
    Ok(found)
}

fn name(body: &Value) -> Result<Name, ReadFault> {
    let names = objects(body, "name")?;
    let of = |wanted: &[Option<&str>]| {
        names.iter().find(|one| wanted.contains(&one.get("use").and_then(Value::as_str))).copied()
    };
    let official = of(&[Some("official")]).or_else(|| of(&[Some("usual"), None])).ok_or(ReadFault::Missing("name"))?;
    let parts = |of: &Value, name: &'static str| -> Result<String, ReadFault> {
        let parts: Option<Vec<&str>> = match of.get(name) {
            None | Some(Value::Null) => Some(Vec::new()),
            Some(Value::Array(parts)) => parts.iter().map(Value::as_str).collect(),
            Some(_) => None,
        };
        let joined = parts.ok_or(ReadFault::Unreadable(name))?.join(" ");
        text::line(&joined).map_err(|fault| not_taken(fault, name))
    };
    let (title, given) = (parts(official, "prefix")?, parts(official, "given")?);
    let family = line(official, "family")?;
    if given.is_empty() || family.is_empty() {
        return Err(ReadFault::Missing("name"));
    }
    let preferred = of(&[Some("nickname")]).map_or(Ok(String::new()), |name| parts(name, "given"))?;
    Ok(Name { title, given, family, preferred })
}

/// Which address is that at home, where there are several: one that is in use, and says so before one that says nothing.
pub(crate) fn home(addresses: &[&Value]) -> Option<usize> {
    let of = |wanted: Option<&str>| addresses.iter().position(|one| one.get("use").and_then(Value::as_str) == wanted);
    of(Some("home")).or_else(|| of(None))
}

fn address(body: &Value) -> Result<(String, String), ReadFault> {
    let all = objects(body, "address")?;
    let Some(one) = home(&all).and_then(|place| all.get(place)) else { return Ok((String::new(), String::new())) };
    let mut lines = match one.get("line") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(lines)) => {
            let lines: Option<Vec<&str>> = lines.iter().map(Value::as_str).collect();
            lines.ok_or(ReadFault::Unreadable("address"))?
        }
        Some(_) => return Err(ReadFault::Unreadable("address")),
    };
    for part in ["district", "city", "state"] {
        lines.extend(words(one, part)?.filter(|part| !part.is_empty()));
    }
    let address = text::lines(&lines.join("\n")).map_err(|fault| not_taken(fault, "address"))?;
    Ok((address, line(one, "postalCode")?))
}

fn died(body: &Value) -> Result<Option<Date>, ReadFault> {
    match body.get("deceasedBoolean") {
        None | Some(Value::Null | Value::Bool(false)) => date(body, "deceasedDateTime"),
        Some(_) => Err(ReadFault::Unreadable("deceasedBoolean")),
    }
}

fn organisation(of: Option<&Value>) -> Result<Organisation, ReadFault> {
    let Some(of) = of else { return Ok(Organisation::default()) };
    let identifier = of.get("identifier").filter(|one| one.get("system").and_then(Value::as_str) == Some(ODS));
    let ods = identifier.map_or(Ok(String::new()), |one| line(one, "value"))?.to_uppercase();
    if ods.chars().count() > 10 || !ods.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err(ReadFault::Unreadable("identifier"));
    }
    Ok(Organisation { ods, name: line(of, "display")? })
}

fn needs(body: &Value, patient: &mut Patient) -> Result<(), ReadFault> {
    let [standard, ..] = PRINT_POINTS;
    let format = objects(body, "extension")?.into_iter().find_map(written_format);
    let points = match format {
        None => standard,
        Some(format) => points(format).ok_or(ReadFault::Unreadable("extension"))?,
    };
    let said = |name: &str| extension(body, &url(name)).map_or(Ok(String::new()), |one| line(one, "valueString"));
    patient.needs.print_points = points;
    patient.needs.interpreter = said("interpreter-language")?;
    let required =
        extension(body, &format!("{HL7}/patient-interpreterRequired")).and_then(|one| one.get("valueBoolean"));
    if required == Some(&Value::Bool(true)) && patient.needs.interpreter.is_empty() {
        return Err(ReadFault::Unreadable("extension"));
    }
    patient.needs.other = said("accessible-needs")?;
    Ok(())
}

/// In which form the person reads letters, where this extension says it.
pub(crate) fn written_format(one: &Value) -> Option<&Value> {
    let ours = one.get("url").and_then(Value::as_str) == Some(&format!("{UK_CORE}-ContactPreference"));
    if ours { extension(one, "PreferredWrittenCommunicationFormat") } else { None }
}

fn points(format: &Value) -> Option<u8> {
    let words = format.get("valueCodeableConcept")?.get("text")?.as_str()?;
    let points = words.strip_prefix("Large print, ")?.strip_suffix(" point")?.parse().ok()?;
    PRINT_POINTS.contains(&points).then_some(points)
}

pub(crate) fn cancer(resources: &[Value], ours: &Patient) -> Result<Patient, ReadFault> {
    let mut patient = ours.clone();
    let id = |role: &str| id::of(ours.id.bytes(), role);
    let checked = day::london(ours.checked_at).date();
    let (diagnosis, recurrence) = (id("diagnosis"), id("recurrence"));
    let numbers: Vec<String> = (1..=MOST_TREATMENTS).map(|number| id(&format!("treatment/{number}"))).collect();
    let mut treatments: Vec<Option<Treatment>> = patient.cancer.treatments.drain(..).map(Some).collect();
    for one in resources {
        if is(one, "Condition", &diagnosis) {
            read_diagnosis(one, &mut patient)?;
        } else if is(one, "Condition", &recurrence) {
            patient.cancer.recurred =
                if is_error(one) { None } else { stands(one, "recurrence").and(asserted(one))? };
        } else if let Some(place) = numbers.iter().position(|id| is(one, "Procedure", id)) {
            if treatments.len() <= place {
                treatments.resize(place + 1, None);
            }
            if let Some(here) = treatments.get_mut(place) {
                *here = treatment(one, checked)?;
            }
        } else {
            return Err(ReadFault::NotOurs("resourceType"));
        }
    }
    patient.cancer.treatments = treatments.into_iter().flatten().collect();
    Ok(patient)
}

/// Was it marked as never having been so?
fn is_error(one: &Value) -> bool {
    let status = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
    code(one.get("verificationStatus"), status) == Some("entered-in-error")
        || one.get("status").and_then(Value::as_str) == Some("entered-in-error")
}

fn read_diagnosis(one: &Value, patient: &mut Patient) -> Result<(), ReadFault> {
    if is_error(one) {
        patient.cancer.cancer_type = String::new();
        patient.cancer.diagnosed = None;
        return Ok(());
    }
    stands(one, "active")?;
    let name = one.get("code").map_or(Ok(String::new()), |code| line(code, "text"))?;
    patient.cancer.cancer_type = if name == TYPE_UNKNOWN { String::new() } else { name };
    patient.cancer.diagnosed = asserted(one)?;
    let at = extension(one, &url("diagnosed-at")).and_then(|at| at.get("valueReference"));
    patient.diagnosed_at = organisation(at)?;
    Ok(())
}

/// Does a Condition say what is written of one that stands? Any other status would go back as this one.
fn stands(one: &Value, clinical: &str) -> Result<(), ReadFault> {
    let is = |name: &'static str, system: &str, wanted: &str| {
        let said = code(one.get(name), &format!("http://terminology.hl7.org/CodeSystem/{system}"));
        if said == Some(wanted) { Ok(()) } else { Err(ReadFault::Unreadable(name)) }
    };
    is("clinicalStatus", "condition-clinical", clinical)?;
    is("verificationStatus", "condition-ver-status", "confirmed")
}

fn asserted(one: &Value) -> Result<Option<Date>, ReadFault> {
    objects(one, "extension")?;
    extension(one, &format!("{HL7}/condition-assertedDate")).map_or(Ok(None), |at| date(at, "valueDateTime"))
}

/// None for a treatment that never was. `checked` is the day before which nobody here has said how far it is.
fn treatment(one: &Value, checked: Date) -> Result<Option<Treatment>, ReadFault> {
    if is_error(one) {
        return Ok(None);
    }
    let kind = code(one.get("category"), &system("treatment-kind")).and_then(TreatmentKind::from_code);
    let kind = kind.ok_or(ReadFault::Unreadable("category"))?;
    let name = one.get("code").map_or(Ok(String::new()), |code| line(code, "text"))?;
    let name = if name == treatment_words(kind) { String::new() } else { name };
    let unheld = ["performedString", "performedAge", "performedRange"];
    if unheld.iter().any(|name| one.get(name).is_some_and(|said| !said.is_null())) {
        return Err(ReadFault::Unreadable("performed"));
    }
    let period = one.get("performedPeriod");
    let of = |name| period.map_or(Ok(None), |period| date(period, name));
    let (mut start, mut end) = (of("start")?, of("end")?);
    if let Some(day) = date(one, "performedDateTime")? {
        (start, end) = (Some(day), Some(day));
    }
    let treatment = Treatment { kind, name, start, end };
    // As it would be written on that day or a later one.
    let days = [Some(checked), start.max(Some(checked)), end.max(Some(checked))];
    let said = words(one, "status")?;
    if !days.into_iter().flatten().any(|day| said == Some(how_far(&treatment, day))) {
        return Err(ReadFault::Unreadable("status"));
    }
    Ok(Some(treatment))
}
