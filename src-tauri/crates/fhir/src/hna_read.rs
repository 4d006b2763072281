//! A completed assessment read back from the response that we wrote of it. How answers stand in a response is written down in
//! `assets/content/README.md`.

use domain::checklist::Checklist;
use domain::hna::{AnsweredBy, ConcernKey, Hna, HnaStatus, MOST_OWN, Method, PathwayPoint};
use domain::id::{HnaId, InvitationId, PatientId, StaffId};
use serde_json::Value;

use crate::answers_items::Given;
use crate::hna::response_id;
use crate::read_fault::{ReadFault, code, date, extension, is, line, moment, objects, words};
use crate::value::{RECORD, STAFF, system, url};

/// The assessment that this is the response of: None for one that was not written by us, as a patient's own at home.
pub fn our_assessment(body: &Value) -> Option<HnaId> {
    let id = record(body.get("identifier")?)?;
    let id = HnaId::parse(id)?;
    is(body, "QuestionnaireResponse", &response_id(id)).then_some(id)
}

/// The completed assessment of `patient`, to whom the trust refers as `reference`; `checklist` is the version that the response names.
pub fn read_hna(body: &Value, patient: PatientId, reference: &str, checklist: &Checklist) -> Result<Hna, ReadFault> {
    let id = our_assessment(body).ok_or(ReadFault::NotOurs("QuestionnaireResponse"))?;
    if body.pointer("/subject/reference").and_then(Value::as_str) != Some(reference) {
        return Err(ReadFault::NotOurs("subject"));
    }
    if words(body, "status")? != Some("completed") {
        return Err(ReadFault::Unreadable("status"));
    }
    if words(body, "questionnaire")? != Some(&checklist.canonical) {
        return Err(ReadFault::NotOurs("questionnaire"));
    }
    let part = |name: &str| extension(body, &url(name));
    let again = match part("scores-again") {
        None => None,
        Some(one) => Some(one.get("valueReference").and_then(former).ok_or(ReadFault::Unreadable("scores-again"))?),
    };
    let point = part("pathway-point").and_then(|one| code(one.get("valueCodeableConcept"), &system("pathway-point")));
    let answered_by =
        part("answered-by").and_then(|one| one.get("valueCode")?.as_str()).and_then(AnsweredBy::from_code);
    let mut given = Given::on(again.is_some());
    given.items(body, "QuestionnaireResponse", checklist).map_err(|_| ReadFault::Unreadable("item"))?;
    let keys = own_keys(body)?;
    let key = |key: &mut ConcernKey| {
        let found = keys.iter().find(|(read, _)| *read == *key);
        if let Some((_, ours)) = found {
            *key = ours.clone();
        }
    };
    given.concerns.iter_mut().for_each(|concern| key(&mut concern.key));
    given.ranked.iter_mut().for_each(key);
    // In the order of the checklist, own words last: as the domain keeps them.
    given.concerns.sort_by_key(|concern| checklist.position(concern.key.as_str()).unwrap_or(usize::MAX));
    let author = body.get("author").ok_or(ReadFault::Missing("author"))?;
    let staff = author.get("identifier").filter(|one| one.get("system").and_then(Value::as_str) == Some(STAFF));
    let staff = staff.and_then(|one| one.get("value")?.as_str()).and_then(StaffId::parse);
    let moments = Moments::read(body)?;
    Ok(Hna {
        id,
        patient,
        checklist: checklist.canonical.clone(),
        status: HnaStatus::Completed,
        answered_by: answered_by.ok_or(ReadFault::Unreadable("answered-by"))?,
        helper: part("answered-with").map_or(Ok(String::new()), |one| line(one, "valueString"))?,
        method: method(body)?,
        pathway_point: point.and_then(PathwayPoint::from_code).ok_or(ReadFault::Unreadable("pathway-point"))?,
        answered_on: moments.answered_on,
        invitation: invitation(body)?,
        again,
        typed_by: staff.ok_or(ReadFault::Unreadable("author"))?,
        typed_by_name: line(author, "display")?,
        started_at: moments.started,
        completed_at: Some(moments.completed),
        own_added: own_added(body, &keys),
        concerns: given.concerns,
        declined_domains: given.declined,
        ranked: given.ranked,
        information: given.information,
        questions: given.questions,
        discard_reason: String::new(),
    })
}

/// The value of our identifier of a record.
pub(crate) fn record(identifier: &Value) -> Option<&str> {
    let ours = identifier.get("system").and_then(Value::as_str) == Some(RECORD);
    identifier.get("value").filter(|_| ours)?.as_str()
}

fn former(reference: &Value) -> Option<HnaId> {
    HnaId::parse(record(reference.get("identifier")?)?)
}

fn method(body: &Value) -> Result<Method, ReadFault> {
    let mode = extension(body, "http://hl7.org/fhir/StructureDefinition/questionnaireresponse-completionMode");
    let mode = mode.and_then(|one| {
        code(one.get("valueCodeableConcept"), "http://terminology.hl7.org/CodeSystem/v3-ParticipationMode")
    });
    match mode {
        Some("FACE") => Ok(Method::FaceToFace),
        Some("PHONE") => Ok(Method::Telephone),
        Some("VIDEOCONF") => Ok(Method::Video),
        Some("WRITTEN") => Ok(Method::Paper),
        Some("TYPEWRIT") => Ok(Method::ThisPc),
        Some("ONLINEWRIT") => Ok(Method::Home),
        _ => Err(ReadFault::Unreadable("completionMode")),
    }
}

struct Moments {
    started: i64,
    completed: i64,
    answered_on: Option<jiff::civil::Date>,
}

impl Moments {
    /// A day without an hour is that of the answers; an hour that of completion.
    fn read(body: &Value) -> Result<Moments, ReadFault> {
        let authored = words(body, "authored")?.ok_or(ReadFault::Missing("authored"))?;
        let is_day = !authored.contains('T');
        let part = |name: &str| {
            let one = extension(body, &url("assessment-record")).and_then(|record| extension(record, name));
            one.map_or(Ok(None), |one| moment(one, "valueDateTime"))
        };
        let completed = match part("completed")? {
            Some(at) => at,
            None if is_day => return Err(ReadFault::Missing("completed")),
            None => moment(body, "authored")?.ok_or(ReadFault::Missing("authored"))?,
        };
        let answered_on = if is_day { date(body, "authored")? } else { None };
        Ok(Moments { started: part("started")?.unwrap_or(completed), completed, answered_on })
    }
}

fn invitation(body: &Value) -> Result<Option<InvitationId>, ReadFault> {
    let one = extension(body, &url("assessment-record")).and_then(|record| extension(record, "invitation"));
    let Some(one) = one else { return Ok(None) };
    let id = words(one, "valueString")?.and_then(InvitationId::parse);
    id.map(Some).ok_or(ReadFault::Unreadable("invitation"))
}

/// The keys that own concerns are read under, each with the one that it was given.
fn own_keys(body: &Value) -> Result<Vec<(ConcernKey, ConcernKey)>, ReadFault> {
    let own = objects(body, "item")?;
    let own = own.into_iter().filter(|one| one.get("linkId").and_then(Value::as_str) == Some("own"));
    let mut keys: Vec<(ConcernKey, ConcernKey)> = Vec::new();
    for (place, one) in own.enumerate() {
        let key = words(one, "id")?.filter(|key| number(key).is_some()).ok_or(ReadFault::Unreadable("item"))?;
        let key = ConcernKey::new(key);
        if keys.iter().any(|(_, before)| *before == key) {
            return Err(ReadFault::Unreadable("item"));
        }
        keys.push((ConcernKey::new(&format!("own-{}", place + 1)), key));
    }
    Ok(keys)
}

fn number(key: &str) -> Option<u16> {
    let digits = key.strip_prefix("own-")?;
    let number: u16 = digits.parse().ok()?;
    ((1..=MOST_OWN).contains(&number) && number.to_string() == digits).then_some(number)
}

fn own_added(body: &Value, keys: &[(ConcernKey, ConcernKey)]) -> u16 {
    let said = extension(body, &url("assessment-record")).and_then(|record| extension(record, "own-added"));
    let said = said.and_then(|one| one.get("valueInteger")?.as_u64()).and_then(|count| u16::try_from(count).ok());
    keys.iter().filter_map(|(_, key)| number(key.as_str())).fold(said.unwrap_or_default().min(MOST_OWN), u16::max)
}
