//! A plan in full as the trust then has it, and what becomes of its actions after it was agreed.

use ::clinic::{
    AddAction, AddConcern, AgreeNothing, EndAction, FindPatients, OpenPatient, ReopenAction, UnlockCarePlan,
};
use kit::appointment::{PATIENTS, Play, a_lock, an_action};
use kit::{TrustServer, a_search, nhs_number};
use serde_json::{Value, json};

use crate::clinic::{a_clinic_on, desk_when};

/// The only one of its kind.
fn one(server: &TrustServer, kind: &str) -> Value {
    let mut all = server.all(kind);
    assert_eq!(all.len(), 1, "{kind}");
    all.pop().unwrap()
}

fn activity(plan: &Value, key: &str) -> Value {
    let all = plan["activity"].as_array().unwrap().iter();
    all.clone().find(|one| one["id"] == key).unwrap_or_else(|| panic!("{key} of {plan}")).clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_in_full_is_taken_and_what_ends_after_it_was_agreed_changes_it_without_a_version() {
    let server = TrustServer::start_signed_in();
    let network = server.network();
    let (shift, _folder) = a_clinic_on(&network, 731).await;
    let clinic = &shift.clinic;
    Play::new(&shift.room.clock, &mut |_| ()).appointment(clinic, 0).await.unwrap();
    let search = FindPatients { nhs_number: nhs_number(1), family: PATIENTS[0].1.to_owned(), ..a_search() };
    let patient = clinic.find_patients(search).await.unwrap().people[0].banner.id.to_string();
    let plan = clinic.open_patient(OpenPatient { patient }).await.unwrap().plans[0].id.to_string();

    clinic.unlock_care_plan(UnlockCarePlan { plan: plan.clone(), reason: "In full".into() }).await.unwrap();
    let add = |item: Option<&str>, words: &str| AddConcern {
        plan: plan.clone(),
        item: item.map(str::to_owned),
        words: words.into(),
    };
    clinic.add_concern(add(Some("practical.housing"), "")).await.unwrap();
    let view = clinic.add_concern(add(None, "Who feeds the cat & his <b>friend</b>?")).await.unwrap();
    clinic.add_action(AddAction { plan: plan.clone(), concern: "added-1".into() }).await.unwrap();
    let cat = an_action(&plan, "a-7", ["refer", "The cat’s home", "service", "Invented Cats", "14.12.2026"]);
    clinic.write_action(cat).await.unwrap();
    let bare = view.concerns.iter().find(|one| one.actions.is_empty()).unwrap().key.clone();
    let nothing = AgreeNothing { plan: plan.clone(), concern: bare, nothing: Some("declined".into()) };
    clinic.agree_nothing(nothing).await.unwrap();
    let end = |action: &str, how: &str, outcome: &str| EndAction {
        plan: plan.clone(),
        action: action.into(),
        how: Some(how.into()),
        outcome: outcome.into(),
    };
    clinic.end_action(end("a-2", "done", "She has read it")).await.unwrap();
    clinic.lock_care_plan(a_lock(clinic, &plan).await).await.unwrap();
    desk_when(clinic, |desk| desk.sending.phrase == "sent" && desk.sending.waiting == 0).await;

    let agreed = one(&server, "CarePlan");
    let version = |plan: &Value| plan["extension"][0]["valueInteger"].clone();
    assert_eq!(version(&agreed), 2);
    let told = agreed["text"]["div"].as_str().unwrap().to_owned();
    for words in ["not raised in the assessment", "Nothing agreed: the patient wants nothing done about it"] {
        assert!(told.contains(words), "{words} in {told}");
    }
    let read = activity(&agreed, "a-2");
    assert_eq!(
        (&read["detail"]["status"], &read["outcomeCodeableConcept"][0]["text"]),
        (&json!("completed"), &json!("She has read it"))
    );

    // Of the agreed plan: one that nobody wants any more, one that is no longer needed, and one that ended by mistake.
    clinic.end_action(end("a-3", "declined", "She does not want to go")).await.unwrap();
    clinic.end_action(end("a-4", "not_needed", "")).await.unwrap();
    clinic.reopen_action(ReopenAction { plan: plan.clone(), action: "a-2".into() }).await.unwrap();
    desk_when(clinic, |desk| desk.sending.phrase == "sent" && desk.sending.waiting == 0).await;
    let now = one(&server, "CarePlan");
    assert_eq!((version(&now), &now["id"], &now["status"]), (json!(2), &agreed["id"], &json!("active")));
    assert_eq!((&now["created"], &now["author"]), (&agreed["created"], &agreed["author"]), "who agreed it, and when");
    let ended = activity(&now, "a-4");
    assert_eq!(
        (&ended["detail"]["status"], &ended["detail"]["statusReason"]["text"]),
        (&json!("cancelled"), &json!("Not needed"))
    );
    let open = activity(&now, "a-2");
    assert_eq!(
        (&open["detail"]["status"], &open["progress"], &open["outcomeCodeableConcept"]),
        (&json!("not-started"), &Value::Null, &Value::Null)
    );
    let mut referrals: Vec<_> = server
        .all("ServiceRequest")
        .into_iter()
        .map(|one| [&one["code"]["text"], &one["status"], &one["note"][0]["text"]].map(Value::to_string).join(" "))
        .collect();
    referrals.sort();
    let expected = [
        r#""Pain clinic – first visit" "revoked" "Declined: She does not want to go""#,
        r#""The cat’s home" "active" null"#,
    ];
    assert_eq!(referrals, expected);
    clinic.close().await;
}
