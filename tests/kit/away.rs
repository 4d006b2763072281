//! What happens away from the nurse: an assessment at home, from its invitation to the talk, and one in the patient's hands at this PC.
//! One act a second, as an appointment is played.

use std::fs;
use std::path::Path;

use clinic::*;
use domain::id::PatientId;
use serde_json::{Value, json};

use crate::Room;
use crate::appointment::{PATIENTS, Play, one_of, overview, shown};
use crate::people::*;

/// How a PC is set up that knows the trust's portal.
pub const WITH_A_PORTAL: &str = r#"{"pc":{"name":"Clinic room 3"},"trust":{"name":"Thamesbank Hospitals"},
    "home":{"portal":"answers.thamesbank.example"}}"#;
pub const PIN: &str = "402917";

impl Play<'_> {
    /// Somebody is invited, answers twice, with the code and without it, and is talked with. Answers who it is.
    pub async fn home(&mut self, clinic: &Clinic, folder: &Path) -> Result<PatientId, Problem> {
        let (given, family) = PATIENTS[2];
        let form = RegisterPatient { form: another_patient_form(3, given, family), not_the_same: false };
        let patient = self.act("register_patient", clinic.register_patient(form), overview).await?.banner.id;
        let invited = self.act("invite", clinic.invite(an_invitation(patient)), shown).await?;
        let file = folder.join("answers.json");
        fs::write(&file, a_response(Some(&invited.line.code.concat()), 9).to_string()).unwrap();
        let take_in = clinic.take_in_answers(file.clone());
        let taken = self.act("take_in_answers", take_in, answered).await?;
        assert_eq!(taken.outcome, "completed");
        let line = taken.answers.unwrap().line;
        let done = ClearAlert { answers: line.id.to_string(), done: "Rang her; nothing urgent".to_owned() };
        let cleared = self.act("clear_alert", clinic.clear_alert(done), in_a_view).await?;
        let book = BookAppointment {
            patient: patient.to_string(),
            hna: cleared.line.hna.map(|hna| hna.to_string()),
            form: AppointmentForm {
                on: "30-Nov-2026".to_owned(),
                time: "9.15".to_owned(),
                channel: Some("face_to_face".to_owned()),
                place: "Clinic room 3".to_owned(),
                with_whom: "Ruth Invented".to_owned(),
            },
        };
        let booked = self.act("book_appointment", clinic.book_appointment(book), shown).await?;
        let change = ChangeAppointment {
            appointment: booked.line.id.to_string(),
            revision: booked.revision,
            form: AppointmentForm { time: "10.30".to_owned(), ..booked.form },
        };
        self.act("change_appointment", clinic.change_appointment(change), shown).await?;

        fs::write(&file, a_response(None, 4).to_string()).unwrap();
        let taken = self.act("take_in_answers", clinic.take_in_answers(file), answered).await?;
        assert_eq!(taken.outcome, "to_confirm");
        let confirm = ConfirmAnswers {
            answers: taken.answers.unwrap().line.id.to_string(),
            patient: patient.to_string(),
            day: "14".to_owned(),
            month: "7".to_owned(),
            pathway_point: Some("during_treatment".to_owned()),
        };
        self.act("confirm_answers", clinic.confirm_answers(confirm), in_a_view).await?;
        Ok(patient)
    }

    /// The PC goes into the patient's hands and comes back with her answers. The clinic is closed and gone in between, as its process is;
    /// answers the one that the nurse is then in.
    pub async fn hands(
        &mut self,
        room: &Room,
        house: House,
        clinic: Clinic,
        patient: PatientId,
    ) -> Result<(House, Clinic), Problem> {
        let started = self.act("start_alone", clinic.start_hna(an_assessment(patient)), alone).await?;
        let hna = started.id.to_string();
        self.act("tick_alone", clinic.tick_concern(one_of(&hna, "physical.pain")), alone).await?;
        let request = HandOver { hna: hna.clone(), pin: typed(PIN), pin_again: typed(PIN) };
        let place =
            Place { screen: "hna_check".to_owned(), patient: None, hna: Some(hna.clone()), record: None, item: None };
        let letter = self.act("hand_over", clinic.hand_over(request), |_| shown(&place)).await?;
        self.close(&clinic).await;
        drop((house, clinic));

        let letter = Letter::from_bytes(&letter.to_bytes()?).ok_or_else(|| Problem::from(Code::Unexpected))?;
        let hands = PatientRoom::enter(room.profile(), letter, room.world())?;
        for answer in answers() {
            let given = async { hands.answer(&answer) };
            self.act("answer_alone", given, |view| json!({ "hna": hna, "alone": given_in(&shown(view)) })).await?;
        }
        let back = match hands.hand_back(&HandBack { pin: typed(PIN) })? {
            Tried::Right(back) => back,
            _ => return Err(Problem::from(Code::Unexpected)),
        };
        drop(hands);
        let house = room.house();
        house.keep_handed_back(back);
        let clinic = self.act("come_back", house.come_back(), |_| Value::Null).await?;
        Ok((house, clinic))
    }
}

/// What the patient's window and the nurse's screen both show of the answers.
pub fn given_in(view: &Value) -> Value {
    let keys = ["concerns", "declined_domains", "ranked", "information", "questions", "next_unanswered"];
    keys.iter().map(|key| ((*key).to_owned(), view[key].clone())).collect()
}

fn alone(view: &HnaView) -> Value {
    json!({ "hna": view.id, "alone": given_in(&shown(view)) })
}

fn answered(taken: &TakenIn) -> Value {
    taken.answers.as_ref().map_or(Value::Null, in_a_view)
}

/// Answers from home as their own screen shows them.
pub fn in_a_view(view: &AnswersView) -> Value {
    json!({ "answers": view })
}

/// One answer of each kind that a patient gives at this PC.
pub fn answers() -> Vec<PatientAnswer> {
    let answers = json!([
        { "kind": "tick_concern", "concern": "physical.sleep" },
        { "kind": "add_own_concern", "words": "Who will walk the dog" },
        { "kind": "rate_concern", "concern": "physical.pain", "rating": 4 },
        { "kind": "rate_concern", "concern": "physical.sleep", "rating": 8 },
        { "kind": "decline_concern", "concern": "own-1" },
        { "kind": "talk_privately", "concern": "physical.sleep", "wanted": true },
        { "kind": "decline_domain", "domain": "spiritual", "declined": true },
        { "kind": "rank_concerns", "order": ["own-1", "physical.sleep"] },
        { "kind": "want_information", "topic": "information.diet", "wanted": true },
        { "kind": "write_questions", "words": "Will the clinic phone me?\nWhen?" },
    ]);
    serde_json::from_value(answers).unwrap()
}

fn an_invitation(patient: PatientId) -> Invite {
    Invite {
        patient: patient.to_string(),
        day: "14".to_owned(),
        month: "7".to_owned(),
        kind: Some("issued".to_owned()),
        code: String::new(),
        checklist: None,
        again: None,
        pathway_point: Some("during_treatment".to_owned()),
        expires: "21-Dec-2026".to_owned(),
    }
}

/// What a portal sends of the third patient's answers, given this morning: her sleep, scored so, and her own words.
fn a_response(code: Option<&str>, sleep: u8) -> Value {
    let (given, family) = PATIENTS[2];
    let mut response = json!({
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "https://holdfast.example/fhir/Questionnaire/default|1.0.0",
        "status": "completed",
        "authored": "2026-11-23T08:32:00Z",
        "item": [
            { "linkId": "physical", "item": [{ "linkId": "physical.sleep", "answer": [{ "valueInteger": sleep }] }] },
            { "linkId": "own", "item": [{ "linkId": "own.words", "answer": [{ "valueString": "Who walks the dog? ŵ" }] }] },
        ],
    });
    if let Some(code) = code {
        response["identifier"] = json!({ "system": "https://holdfast.example/fhir/Id/pass-code", "value": code });
    }
    let person = json!({
        "resourceType": "Patient",
        "identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": nhs_number(3).replace(' ', "") }],
        "name": [{ "family": family, "given": [given] }],
        "birthDate": "1956-07-14",
    });
    json!({
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{ "resource": person }, { "resource": response }],
    })
}
