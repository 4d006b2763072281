//! What stands where: the rules of each noun that a snapshot shows but does not explain.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod kit;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::action::ActionKey;
use domain::hna::{Hna, Method};
use domain::offer::Decision;
use domain::op::Op;
use domain::patient::Cancer;
use domain::summary_template::Copy;
use fhir::Resource;
use jiff::civil::date;
use serde_json::{Value, json};

fn set(name: &str) -> Vec<Resource> {
    kit::sets().into_iter().find(|set| set.name == name).unwrap().resources
}

fn of<'a>(set: &'a [Resource], kind: &str) -> Vec<&'a Value> {
    set.iter().filter(|resource| resource.kind == kind).map(|resource| &resource.body).collect()
}

#[test]
fn demographics_go_only_where_the_trust_does_not_know_the_patient() {
    assert_eq!(of(&set("patient"), "Patient").len(), 1);
    let matched = set("patient-matched");
    assert!(of(&matched, "Patient").is_empty());
    for kind in ["Condition", "Procedure"] {
        for body in of(&matched, kind) {
            assert_eq!(body["subject"]["reference"], "Patient/the-trusts-own-7");
        }
    }
}

#[test]
fn the_cancer_stays_when_only_a_part_of_it_is_known() {
    let with = |cancer| {
        let mut patient = kit::least_patient();
        patient.cancer = cancer;
        let conditions = fhir::patient(&patient, false, "Patient/x");
        conditions.iter().map(|condition| condition.body["code"]["text"].clone()).collect::<Vec<_>>()
    };
    let unknown = "Cancer, type not recorded";
    assert_eq!(with(Cancer::default()), Vec::<Value>::new());
    assert_eq!(with(Cancer { cancer_type: "Lung cancer".to_owned(), ..Cancer::default() }), ["Lung cancer"]);
    assert_eq!(with(Cancer { diagnosed: Some(date(2026, 1, 1)), ..Cancer::default() }), [unknown]);
    assert_eq!(with(Cancer { recurred: Some(date(2026, 1, 1)), ..Cancer::default() }), [unknown]);
}

#[test]
fn a_treatment_is_as_far_as_its_days_say_on_the_day_the_record_was_checked() {
    let set = set("patient");
    let states: Vec<_> = of(&set, "Procedure").iter().map(|body| body["status"].clone()).collect();
    let expected = ["completed", "completed", "in-progress", "preparation", "completed", "completed", "unknown"];
    assert_eq!(states, expected);
}

#[test]
fn every_state_of_an_answer_stands_as_written_down() {
    let set = set("hna");
    let response = of(&set, "QuestionnaireResponse")[0];
    let items = response["item"].as_array().unwrap();
    let item = |link: &str| items.iter().find(|item| item["linkId"] == link).unwrap();
    let declined =
        json!([{ "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "asked-declined" }]);
    let physical = &item("physical")["item"];
    assert_eq!(physical[0], json!({ "linkId": "physical.fatigue", "text": "Tiredness or fatigue" }), "not answered");
    assert_eq!(physical[1]["answer"], json!([{ "valueInteger": 4 }]), "scored");
    let money = &item("financial")["item"][0]["answer"];
    assert_eq!(*money, json!([{ "_valueInteger": { "extension": declined } }]), "declined");
    assert_eq!(item("spiritual")["extension"], declined, "a whole domain declined");
    assert!(item("spiritual").get("item").is_none());
    let own = item("own");
    assert_eq!((&own["id"], &own["item"][1]["answer"]), (&json!("own-1"), &json!([{ "valueInteger": 1 }])));
    let anxiety = json!({ "system": "https://holdfast.example/fhir/CodeSystem/concern", "code": "anxiety", "display": "Anxiety, fear or worry" });
    let dog = json!({ "valueString": "the dog & who walks it" });
    assert_eq!(item("matters")["answer"], json!([dog, { "valueCoding": anxiety }]), "in the patient's order");
    assert_eq!(item("private")["answer"], json!([{ "valueCoding": anxiety }, dog]), "in the order of the list");
    assert_eq!(item("information")["item"][0]["answer"], json!([{ "valueBoolean": true }]));
    assert_eq!(item("questions")["answer"], json!([{ "valueString": "Who walks the dog?\nAnd when?" }]));
    let order: Vec<_> = items.iter().map(|item| item["linkId"].as_str().unwrap()).collect();
    let expected = [
        "physical",
        "financial",
        "emotional",
        "spiritual",
        "own",
        "own",
        "matters",
        "private",
        "information",
        "questions",
    ];
    assert_eq!(order, expected);
}

#[test]
fn every_item_of_a_response_is_one_of_the_questionnaire_in_its_place() {
    let shipped = include_str!("../../../../assets/content/checklists/default-1.0.0.json");
    let questionnaire: Value = serde_json::from_str(shipped).unwrap();
    fn fits(answers: &Value, questions: &Value) {
        for answer in answers["item"].as_array().into_iter().flatten() {
            let asked = questions["item"].as_array().into_iter().flatten();
            let question = asked.into_iter().find(|question| question["linkId"] == answer["linkId"]);
            fits(answer, question.unwrap_or_else(|| panic!("{} is not asked here", answer["linkId"])));
        }
    }
    for name in ["hna", "hna-empty", "hna-harmful"] {
        fits(of(&set(name), "QuestionnaireResponse")[0], &questionnaire);
    }
}

#[test]
fn the_day_of_the_answers_stands_where_it_is_not_that_of_the_typing() {
    let (list, organisation) = (kit::checklist(), kit::hospital());
    let mut hna = kit::ordinary_hna();
    let dated = |hna: &Hna| {
        let all = fhir::hna(hna, &list, "Patient/x", &kit::author(&organisation));
        let scored = of(&all, "Observation")[0]["effectiveDateTime"].clone();
        let response = of(&all, "QuestionnaireResponse")[0].clone();
        let mode = response["extension"][0]["valueCodeableConcept"]["coding"][0]["code"].clone();
        (response["authored"].clone(), scored, mode)
    };
    let completed = json!("2026-11-23T09:12:00.000Z");
    assert_eq!(dated(&hna), (completed.clone(), completed, json!("FACE")));
    (hna.method, hna.answered_on) = (Method::Paper, Some(date(2026, 11, 20)));
    assert_eq!(dated(&hna), (json!("2026-11-20"), json!("2026-11-20"), json!("WRITTEN")));
    for (method, mode) in [(Method::Home, "ONLINEWRIT"), (Method::ThisPc, "TYPEWRIT"), (Method::Telephone, "PHONE")] {
        hna.method = method;
        assert_eq!(dated(&hna).2, mode);
    }
}

#[test]
fn each_score_is_an_observation_and_nothing_else_is() {
    let set = set("hna");
    let observed = of(&set, "Observation");
    let scores: Vec<_> = observed.iter().map(|o| (o["code"]["text"].as_str().unwrap(), &o["valueInteger"])).collect();
    let expected = [("Pain", &json!(4)), ("Anxiety, fear or worry", &json!(10)), ("the dog & who walks it", &json!(1))];
    assert_eq!(scores, expected);
    assert!(observed[2]["code"].get("coding").is_none(), "own words have no code");
}

#[test]
fn an_offer_says_what_was_decided_when_at_which_point_and_by_which_role() {
    let hospital = kit::hospital();
    let other = fhir::Author { name: "Omar Imagined", role: domain::staff::Role::Other, ..kit::author(&hospital) };
    let codes = |decision: Decision| {
        let offer = kit::offer(41, decision, "Words");
        let sent = fhir::offer(&offer, "Patient/x", &other);
        let [one] = sent.as_slice() else { panic!("one observation") };
        assert_eq!((one.kind, &one.body["status"]), ("Observation", &json!("final")));
        assert_eq!(one.body["effectiveDateTime"], "2026-11-20", "the day of the offer, not of the typing");
        assert_eq!(one.body["performer"][0]["display"], "Ruth Invented", "who offered, whoever sends");
        let role = &one.body["extension"][1]["valueCodeableConcept"]["coding"];
        assert_eq!((&role[0]["code"], &role[1]["code"]), (&json!("cancer_nurse_specialist"), &json!("01")));
        let point = &one.body["extension"][0]["valueCodeableConcept"]["coding"];
        assert_eq!((&point[0]["code"], &point[1]["code"]), (&json!("end_of_treatment"), &json!("04")));
        let coding = one.body["valueCodeableConcept"]["coding"].clone();
        (coding[0]["code"].clone(), coding[1]["code"].clone())
    };
    let all = [("undecided", "01"), ("declined", "02"), ("accepted", "03"), ("not_offered", "04"), ("unable", "05")];
    for (decision, (ours, cosd)) in Decision::ALL.iter().zip(all) {
        assert_eq!(codes(*decision), (json!(ours), json!(cosd)));
    }
}

#[test]
fn a_plan_that_follows_another_replaces_it_at_the_trust() {
    let former = kit::ordinary_plan();
    let (hospital, response) = (kit::hospital(), "QuestionnaireResponse/x");
    let sent = |plan: &_| fhir::care_plan(plan, response, "Patient/x", &kit::author(&hospital), &[]);
    let there = sent(&former);
    assert!(there[0].body.get("replaces").is_none(), "the first follows none");
    let mut next = kit::empty_plan();
    next.follows = Some(former.id);
    assert_eq!(sent(&next)[0].body["replaces"][0]["reference"], there[0].reference());
    assert_eq!(sent(&next)[0].body["replaces"][0]["identifier"]["value"], former.id.to_string());
}

#[test]
fn a_referral_that_was_carried_over_replaces_the_former_one_when_the_trust_has_it() {
    let former = kit::ordinary_plan();
    let (hospital, response) = (kit::hospital(), "QuestionnaireResponse/x");
    let sent = |plan: &_, there: &[String]| {
        let all = fhir::care_plan(plan, response, "Patient/x", &kit::author(&hospital), there);
        of(&all, "ServiceRequest").into_iter().cloned().collect::<Vec<_>>()
    };
    let (refer, signpost) = (ActionKey::new("a-3"), ActionKey::new("a-1"));
    let plan = kit::empty_plan().unlock("To carry over").unwrap();
    let plan = plan.carry(&former, &refer).unwrap().carry(&former, &signpost).unwrap();
    let there = fhir::former_referrals(&plan);
    let old = sent(&former, &[]);
    assert!(there.len() == 2 && old.iter().any(|one| one["id"] == *there[0]), "as the former plan calls it");
    assert!(old.iter().all(|one| one["id"] != *there[1]), "a leaflet was no referral");
    assert!(old.iter().all(|one| one.get("replaces").is_none()));
    let [next] = sent(&plan, &there[..1]).try_into().unwrap();
    assert_eq!(next["replaces"], json!([{ "reference": format!("ServiceRequest/{}", there[0]) }]));
    let [next] = sent(&plan, &there[1..]).try_into().unwrap();
    assert!(next.get("replaces").is_none(), "it never arrived");
}

#[test]
fn an_offer_of_a_plan_says_so_and_from_which_assessment() {
    for (decision, cosd) in Decision::ALL.iter().zip(["01", "02", "03", "04", "05"]) {
        let offer = kit::plan_offer(44, *decision, "Words");
        let sent = fhir::offer(&offer, "Patient/x", &kit::author(&kit::hospital()));
        let [one] = sent.as_slice() else { panic!("one observation") };
        assert_eq!(one.body["code"]["text"], "Offer of a personalised care and support plan");
        assert_eq!(one.body["code"]["coding"][1]["code"], "care_plan");
        let coding = &one.body["valueCodeableConcept"]["coding"];
        assert_eq!(coding[0]["code"], decision.code());
        let item = coding[1]["system"].as_str().unwrap();
        assert_eq!((item.rsplit('/').next(), &coding[1]["code"]), (Some("cosd-pcsp-offered"), &json!(cosd)));
        let response = fhir::hna_response(kit::ordinary_hna().id);
        assert_eq!(one.body["derivedFrom"], json!([{ "reference": response }]));
    }
    let assessment = fhir::offer(&kit::offer(41, Decision::Declined, ""), "Patient/x", &kit::author(&kit::hospital()));
    assert!(assessment[0].body.get("derivedFrom").is_none(), "none was there yet");
}

#[test]
fn an_offer_that_never_was_stays_under_its_identifier_and_says_so() {
    let (before, now) = (set("offer"), set("offer-mistaken"));
    let (then, marked) = (&before[0].body, &now[0].body);
    assert_eq!((&then["id"], &marked["status"]), (&marked["id"], &json!("entered-in-error")));
    assert_eq!(then["valueCodeableConcept"], marked["valueCodeableConcept"]);
    assert_eq!(marked["performer"][0]["display"], "Ruth Invented");
    assert_eq!(marked["note"][0]["text"], "Too unwell to answer");
    let why = &marked["note"][1];
    assert_eq!(why["text"], "Entered in error: Another patient");
    assert_eq!(why["authorReference"]["display"], "Omar Imagined");
}

#[test]
fn a_death_is_sent_with_the_demographics_and_gone_from_them_when_it_is_taken_back() {
    let body = |patient| fhir::patient(&patient, true, "Patient/x")[0].body.clone();
    let dead = kit::dead_patient();
    assert_eq!(body(dead.clone())["deceasedDateTime"], "2026-11-20");
    let mut back = body(dead.take_back_death("Somebody else").unwrap());
    let record = back["extension"].as_array_mut().unwrap().iter_mut().last().unwrap();
    let why = record["extension"].as_array_mut().unwrap().pop().unwrap();
    assert_eq!(why, json!({ "url": "death-taken-back", "valueString": "Somebody else" }));
    assert_eq!(back, body(kit::ordinary_patient()));
}

#[test]
fn each_action_is_one_activity_with_a_reference_or_a_detail() {
    for (name, actions, referrals) in [("care-plan", 7, 3), ("care-plan-changed", 6, 3), ("care-plan-empty", 0, 0)] {
        let set = set(name);
        let none = Vec::new();
        let activities = of(&set, "CarePlan")[0]["activity"].as_array().unwrap_or(&none);
        assert_eq!(activities.len(), actions, "{name}");
        for activity in activities {
            assert!(activity.get("reference").is_some() != activity.get("detail").is_some(), "{activity}");
        }
        assert_eq!(of(&set, "ServiceRequest").len(), referrals, "{name}, with what was withdrawn");
    }
}

#[test]
fn what_a_plan_no_longer_says_is_withdrawn_under_its_identifier() {
    let (before, now) = (set("care-plan"), set("care-plan-changed"));
    let gone: Vec<_> =
        now.iter().filter(|r| r.body["status"] == "revoked" || r.body["lifecycleStatus"] == "cancelled").collect();
    let kinds: Vec<_> = gone.iter().map(|resource| resource.kind).collect();
    assert_eq!(kinds, ["Goal", "ServiceRequest"]);
    for resource in gone {
        assert!(before.iter().any(|old| old.reference() == resource.reference()));
    }
    assert!(fhir::withdrawn(&before, &before).is_empty());
}

#[test]
fn what_was_never_true_of_a_patient_is_marked_as_an_error() {
    let set = set("patient-corrected");
    let conditions = of(&set, "Condition");
    assert_eq!(conditions[1]["verificationStatus"]["coding"][0]["code"], "entered-in-error");
    assert!(conditions[1].get("clinicalStatus").is_none(), "an error has no clinical status");
    let states: Vec<_> = of(&set, "Procedure").iter().map(|body| body["status"].clone()).collect();
    assert_eq!(
        states,
        [
            "completed",
            "entered-in-error",
            "entered-in-error",
            "entered-in-error",
            "entered-in-error",
            "entered-in-error",
            "entered-in-error"
        ]
    );
}

#[test]
fn papers_arrive_byte_for_byte() {
    let set = set("treatment-summary");
    for ((copy, pdf), body) in kit::papers().iter().zip(of(&set, "Binary")) {
        assert_eq!(STANDARD.decode(body["data"].as_str().unwrap()).unwrap(), *pdf, "{}", copy.code());
    }
    let documents = of(&set, "DocumentReference");
    let attachments: Vec<_> = documents.iter().map(|body| &body["content"][0]["attachment"]).collect();
    let sizes: Vec<_> = attachments.iter().map(|attachment| attachment["size"].as_u64().unwrap()).collect();
    assert_eq!(sizes, [kit::PATIENT_PDF.len() as u64, kit::GP_PDF.len() as u64]);
}

#[test]
fn an_amended_summary_replaces_the_papers_of_the_one_before() {
    let (first, second) = (set("treatment-summary"), set("treatment-summary-amended"));
    let id = |set: &[Resource], kind| of(set, kind)[0]["id"].clone();
    assert_eq!(id(&first, "Composition"), id(&second, "Composition"));
    let (old, new) = (of(&first, "DocumentReference"), of(&second, "DocumentReference"));
    for place in 0..2 {
        let replaced = &new[place]["relatesTo"][0];
        assert_eq!(replaced["code"], "replaces");
        assert_eq!(
            replaced["target"]["reference"],
            format!("DocumentReference/{}", old[place]["id"].as_str().unwrap())
        );
        assert_eq!((&new[place + 2]["id"], &new[place + 2]["status"]), (&old[place]["id"], &json!("superseded")));
    }
    assert_eq!(
        (&of(&first, "Composition")[0]["status"], &of(&second, "Composition")[0]["status"]),
        (&json!("final"), &json!("amended"))
    );
}

#[test]
fn who_signed_stays_the_author_whoever_sends() {
    let hospital = kit::hospital();
    let other = fhir::Author { name: "Bea Invented", ..kit::author(&hospital) };
    let plan = fhir::care_plan(&kit::ordinary_plan(), "QuestionnaireResponse/x", "Patient/x", &other, &[]);
    assert_eq!(plan[0].body["author"]["display"], "Ruth Invented");
    let summary = kit::ordinary_summary();
    let summary = fhir::treatment_summary(&summary, &kit::template(), &kit::papers(), "Patient/x", &other);
    assert_eq!(summary[0].body["author"][0]["display"], "Ruth Invented");
    assert_eq!(summary[1].body["author"][0]["display"], "Ruth Invented");
}

#[test]
fn every_fact_stands_in_the_composition_once() {
    let set = set("treatment-summary");
    let sections = of(&set, "Composition")[0]["section"].as_array().unwrap();
    let divs: String = sections.iter().map(|section| section["text"]["div"].as_str().unwrap()).collect();
    let facts = kit::ordinary_summary().facts(&kit::template());
    assert_eq!(facts.len(), 5);
    for fact in &facts {
        let urgent = if fact.urgent { "URGENT " } else { "" };
        let words = fact.words.of(Copy::Gp).replace('&', "&amp;").replace('<', "&lt;");
        assert_eq!(divs.matches(&format!("<li>{urgent}{words}</li>")).count(), 1, "{words}");
    }
    assert_eq!(divs.matches("<li>").count(), facts.len());
}

#[test]
fn moments_are_utc_and_days_are_those_of_london() {
    let hospital = kit::hospital();
    // 14-Jul-2026 00:30 in London, still the 13th in UTC.
    let at = 1_783_985_400_000;
    let mut plan = kit::ordinary_plan();
    plan.signed.as_mut().unwrap().at = at;
    let resources = fhir::care_plan(&plan, "QuestionnaireResponse/x", "Patient/x", &kit::author(&hospital), &[]);
    assert_eq!(resources[0].body["created"], "2026-07-13T23:30:00.000Z");
    assert_eq!(resources[0].body["period"]["start"], "2026-07-14");
    let sending = domain::id::SendingId::from_random([7; 16]);
    let commit = fhir::provenance(sending, &["Patient/x".to_owned()], &kit::author(&hospital), at, Op::LockCarePlan);
    assert_eq!((commit.id, &commit.body["recorded"]), (sending.to_string(), &json!("2026-07-13T23:30:00.000Z")));
}

#[test]
fn an_invitation_is_a_task_whose_code_is_only_sent_when_it_is_ours() {
    let identifiers = |name: &str| of(&set(name), "Task")[0]["identifier"].clone();
    let ours = identifiers("invitation");
    let code = kit::issued_invitation().code.as_str().to_owned();
    assert_eq!(ours[1], json!({ "system": "https://holdfast.example/fhir/Id/pass-code", "value": code }));
    assert_eq!(identifiers("invitation-recorded").as_array().unwrap().len(), 1);
    for name in ["invitation-recorded", "invitation-harmful"] {
        assert!(!of(&set(name), "Task")[0].to_string().contains("7F-22"), "another website's code");
    }
    let statuses =
        ["invitation", "invitation-answered", "invitation-harmful"].map(|name| of(&set(name), "Task")[0].clone());
    let statuses: Vec<_> = statuses.iter().map(|task| task["status"].clone()).collect();
    assert_eq!(statuses, ["requested", "completed", "cancelled"]);
    let (given, answered) = (set("invitation"), set("invitation-answered"));
    assert_eq!(given[0].id, answered[0].id, "the same task");
    let output = &answered[0].body["output"][0]["valueReference"]["reference"];
    assert_eq!(output, &json!(fhir::hna_response(kit::ordinary_hna().id)));
    assert!(given[0].body.get("output").is_none());
    let extensions = |name: &str| set(name)[0].body["extension"].as_array().unwrap().clone();
    assert_eq!(extensions("invitation").len(), 1);
    let again = &extensions("invitation-again")[1];
    assert!(again["url"].as_str().unwrap().ends_with("/StructureDefinition/scores-again"));
    assert_eq!(again["valueReference"]["reference"], json!(fhir::hna_response(kit::ordinary_hna().id)));
    assert_eq!(given[0].body["restriction"]["period"], json!({ "start": "2026-11-23", "end": "2026-12-21" }));
}

#[test]
fn a_talk_without_a_day_has_no_start_and_is_proposed() {
    let proposed = set("appointment-proposed")[0].body.clone();
    assert_eq!(proposed["status"], "proposed");
    assert!(proposed.get("start").is_none() && proposed.get("end").is_none());
    let booked = set("appointment")[0].body.clone();
    assert_eq!((&booked["status"], &booked["start"]), (&json!("booked"), &json!("2026-12-04T14:30:00.000Z")));
    assert_eq!((&booked["end"], &booked["minutesDuration"]), (&json!("2026-12-04T14:50:00.000Z"), &json!(20)));
    assert_eq!(set("appointment-missed")[0].body["status"], "noshow");
    let summer = kit::talk(64, None, ["14-Jul-2027", "09:00", "video", "", "Ruth Invented"]);
    let summer = &fhir::appointment(&summer, "Patient/x")[0].body;
    assert_eq!(summer["start"], "2027-07-14T08:00:00.000Z", "nine in London");
    assert_eq!(summer["extension"][0]["valueCodeableConcept"]["coding"][0]["code"], "Video");
}
