//! Answers given at home as they stand at the trust: which QuestionnaireResponses are such, which Task of ours they answer, and the text
//! that `answers` reads of one. What a file may hold and what stands at the trust go through one reading.

use domain::id::InvitationId;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::answers::{list, member};
use crate::canonical::canonical;
use crate::hna_read::our_assessment;
use crate::id;
use crate::value::RECORD;

/// What these answers are known by at every PC that fetches them, so that two of them make one assessment and not two: the bytes of the
/// identifiers of what came in, and of the assessment.
pub fn ids_of_answers(response: &Value) -> [[u8; 16]; 2] {
    let text = response_text(response, None, None);
    ["answers", "assessment"].map(|role| Uuid::new_v5(&ANSWERS, format!("{role} {text}").as_bytes()).into_bytes())
}

/// The namespace of what is made of answers.
const ANSWERS: Uuid = Uuid::from_u128(0x0f62_7c0e_5a41_4f0b_9d55_6c1a_b0e3_7d18);

/// The identifier of the Task of an invitation.
pub fn invitation_task(invitation: InvitationId) -> String {
    id::of(invitation.bytes(), "invitation")
}

/// What of a QuestionnaireResponse says whether it is answers from home.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FromHome {
    /// The trust's identifier of it.
    pub id: String,
    /// The identifiers of the Tasks that it is based on.
    pub tasks: Vec<String>,
    /// The patient, or somebody who cares for them, gave it without a member of staff having typed it.
    pub by_patient: bool,
    /// The canonical of what was answered.
    pub questionnaire: String,
}

/// Reads that of a completed response that Holdfast did not make of a record; None for any other resource.
pub fn from_home(response: &Value) -> Option<FromHome> {
    let completed = matches!(member(response, "status"), Some("completed" | "amended"));
    if member(response, "resourceType") != Some("QuestionnaireResponse")
        || !completed
        || our_assessment(response).is_some()
    {
        return None;
    }
    let tasks = list(response, "basedOn").iter().filter_map(task).collect();
    let kind = |of: &Value| {
        let reference = member(of, "reference").and_then(|to| to.split_once('/')).map(|(kind, _)| kind);
        matches!(reference.or(member(of, "type")), Some("Patient" | "RelatedPerson"))
    };
    let (source, author) = (response.get("source"), response.get("author"));
    Some(FromHome {
        id: member(response, "id")?.to_owned(),
        tasks,
        by_patient: author.or(source).is_some_and(kind) && source.is_none_or(kind),
        questionnaire: member(response, "questionnaire").unwrap_or_default().to_owned(),
    })
}

/// The response that a Task at the trust names as what came of it; None where it names none.
pub fn answers_of_task(task: &Value) -> Option<String> {
    let named = |output: &Value| Some(member(output.get("valueReference")?, "reference")?.to_owned());
    let found = list(task, "output").iter().filter_map(named).find(|to| to.starts_with("QuestionnaireResponse/"))?;
    found.strip_prefix("QuestionnaireResponse/").map(str::to_owned)
}

/// Did whoever answered leave this Task of ours as one that is being answered or was? What else became of it is for a person.
pub fn task_is_answered(task: &Value) -> bool {
    matches!(member(task, "status"), Some("requested" | "received" | "accepted" | "in-progress" | "completed"))
}

/// A response and its Patient as one text for [`crate::answers`], naming `invitation` where it answers that. What a server adds to a
/// resource is left out, so that the same answers are the same text.
pub fn response_text(response: &Value, patient: Option<&Value>, invitation: Option<InvitationId>) -> String {
    let mut response = response.clone();
    if let Some(members) = response.as_object_mut() {
        for added in ["meta", "text", "basedOn"] {
            members.remove(added);
        }
        if let Some(invitation) = invitation {
            let named = json!({ "identifier": { "system": RECORD, "value": invitation.to_string() } });
            members.insert("basedOn".to_owned(), json!([named]));
        }
    }
    let person = patient.map(|patient| {
        let kept = ["resourceType", "id", "identifier", "name", "birthDate"];
        let members = kept.iter().filter_map(|name| Some(((*name).to_owned(), patient.get(*name)?.clone())));
        Value::Object(members.collect::<Map<_, _>>())
    });
    let entries: Vec<Value> =
        [Some(response), person].into_iter().flatten().map(|one| json!({ "resource": one })).collect();
    canonical(&json!({ "resourceType": "Bundle", "type": "collection", "entry": entries }))
}

fn task(to: &Value) -> Option<String> {
    member(to, "reference")?.strip_prefix("Task/").map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use domain::id::HnaId;

    use super::*;
    use crate::answers::MOST_BYTES;
    use crate::hna::hna_response;

    fn response() -> Value {
        json!({
            "resourceType": "QuestionnaireResponse",
            "id": "qr-1",
            "meta": { "versionId": "3" },
            "status": "completed",
            "questionnaire": "https://holdfast.example/fhir/Questionnaire/x|1",
            "basedOn": [{ "reference": "Task/task-1" }, { "reference": "ServiceRequest/y" }],
            "source": { "reference": "Patient/p" },
        })
    }

    #[test]
    fn a_completed_response_of_the_patient_is_from_home() {
        let read = from_home(&response()).unwrap();
        assert_eq!((&*read.id, &*read.tasks, read.by_patient), ("qr-1", &["task-1".to_owned()][..], true));
        for (member, value) in [
            ("status", json!("in-progress")),
            ("resourceType", json!("Task")),
            ("id", Value::Null),
            ("status", json!({ "completed": true })),
        ] {
            let mut other = response();
            other[member] = value;
            assert_eq!(from_home(&other), None, "{member}");
        }
    }

    #[test]
    fn what_a_member_of_staff_typed_is_not_the_patients() {
        let mut typed = response();
        typed["author"] = json!({ "reference": "Practitioner/n" });
        assert!(!from_home(&typed).unwrap().by_patient);
        typed["author"] = json!({ "type": "RelatedPerson", "display": "Daughter" });
        assert!(from_home(&typed).unwrap().by_patient);
        typed["source"] = json!({ "reference": "Practitioner/n" });
        assert!(!from_home(&typed).unwrap().by_patient);
        let mut silent = response();
        silent["source"] = Value::Null;
        assert!(!from_home(&silent).unwrap().by_patient, "nobody says who");
    }

    #[test]
    fn an_assessment_of_holdfast_is_none() {
        let hna = HnaId::from_random([7; 16]);
        let mut own = response();
        own["identifier"] = json!({ "system": RECORD, "value": hna.to_string() });
        assert!(from_home(&own).is_some(), "another resource that only names it");
        own["id"] = json!(hna_response(hna).trim_start_matches("QuestionnaireResponse/"));
        assert_eq!(from_home(&own), None);
    }

    #[test]
    fn a_task_names_what_came_of_it() {
        let task = json!({ "output": [
            { "valueString": "done" },
            { "valueReference": { "reference": "QuestionnaireResponse/qr-1" } },
        ] });
        assert_eq!(answers_of_task(&task).as_deref(), Some("qr-1"));
        for none in [json!({}), json!({ "output": "x" }), json!({ "output": [{ "valueReference": "x" }] })] {
            assert_eq!(answers_of_task(&none), None);
        }
        assert!(
            task_is_answered(&json!({ "status": "completed" })) && !task_is_answered(&json!({ "status": "cancelled" }))
        );
    }

    #[test]
    fn the_same_answers_are_the_same_text_whatever_the_server_adds() {
        let invitation = InvitationId::from_random([9; 16]);
        let patient =
            json!({ "resourceType": "Patient", "id": "p", "birthDate": "1956-07-14", "telecom": [{ "value": "1" }] });
        let text = response_text(&response(), Some(&patient), Some(invitation));
        let mut later = response();
        later["meta"] = json!({ "versionId": "4", "lastUpdated": "2026-11-23T10:00:00Z" });
        let mut moved = patient.clone();
        moved["telecom"] = json!([]);
        assert_eq!(text, response_text(&later, Some(&moved), Some(invitation)));
        assert!(text.contains(&invitation.to_string()) && !text.contains("Task/") && text.len() < MOST_BYTES);
        assert_ne!(text, response_text(&later, Some(&moved), None));
        assert_eq!(ids_of_answers(&response()), ids_of_answers(&later));
        later["questionnaire"] = json!("x");
        assert_ne!(ids_of_answers(&response()), ids_of_answers(&later));
    }
}
