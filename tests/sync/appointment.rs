//! A whole appointment as the trust then has it: every record once, the papers byte for byte, every reference resolved.

use std::collections::BTreeSet;
use std::sync::Arc;

use ::clinic::{AmendTreatmentSummary, FindPatients, OpenPatient, Overview, RemoveAction, UnlockCarePlan};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use kit::appointment::{ACTIONS, PATIENTS, Play, a_lock};
use kit::summary::{self, a_signature, a_whole_summary};
use kit::trust_server::references;
use kit::{Outbox, RUTHS_PASSPHRASE, Shift, TrustServer, a_search, kept, nhs_number};
use serde_json::Value;
use sync::{Lane, Pull};

use crate::clinic::{a_clinic_on, desk_when};

/// Everything the server holds.
fn everything(server: &TrustServer) -> Vec<Value> {
    kit::trust_server::TYPES.iter().flat_map(|kind| server.all(kind)).collect()
}

fn unresolved(all: &[Value]) -> Vec<String> {
    let there: BTreeSet<String> = all
        .iter()
        .map(|one| format!("{}/{}", one["resourceType"].as_str().unwrap(), one["id"].as_str().unwrap()))
        .collect();
    let wanted: BTreeSet<String> = all.iter().flat_map(references).collect();
    wanted.difference(&there).cloned().collect()
}

fn papers(server: &TrustServer) -> BTreeSet<Vec<u8>> {
    let bytes = |binary: &Value| BASE64_STANDARD.decode(binary["data"].as_str().unwrap()).unwrap();
    server.all("Binary").iter().map(bytes).collect()
}

async fn overview(shift: &Shift) -> Overview {
    let search = FindPatients { nhs_number: nhs_number(1), family: PATIENTS[0].1.to_owned(), ..a_search() };
    let found = shift.clinic.find_patients(search).await.unwrap();
    shift.clinic.open_patient(OpenPatient { patient: found.people[0].banner.id.to_string() }).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_appointment_arrives_once_and_again_changes_nothing() {
    let server = TrustServer::start_signed_in();
    let network = server.network();
    let (shift, _folder) = a_clinic_on(&network, 720).await;
    let clinic = &shift.clinic;
    Play::new(&shift.room.clock, &mut |_| ()).appointment(clinic, 0).await.unwrap();
    let patient = overview(&shift).await.banner.id.to_string();
    let summary = a_whole_summary(clinic, &patient).await.id.to_string();
    clinic.sign_treatment_summary(a_signature(clinic, &summary).await).await.unwrap();
    desk_when(clinic, |desk| desk.sending.phrase == "sent").await;

    let count = |kind: &str| server.all(kind).len();
    assert_eq!(["Patient", "QuestionnaireResponse", "CarePlan", "Composition"].map(count), [2, 1, 1, 1]);
    assert_eq!(["DocumentReference", "Binary", "Provenance"].map(count), [2, 2, 6], "a commit record a sending");
    let plan = &server.all("CarePlan")[0];
    assert_eq!(plan["activity"].as_array().unwrap().len(), ACTIONS.len(), "an activity an action");
    assert_eq!(papers(&server), BTreeSet::from(summary::papers(&shift, &summary, 1)), "byte for byte");
    assert_eq!(unresolved(&everything(&server)), Vec::<String>::new());
    let seen = overview(&shift).await;
    assert_eq!([seen.hnas[0].sending, seen.plans[0].sending, seen.summaries[0].sending], ["sent"; 3]);

    let (totals, writes) = (server.history_totals(), network.passed().writes());
    assert!(writes > 0);
    clinic.close().await;
    let clinic = shift.unlock().await;
    clinic.send_now().await.unwrap();
    desk_when(&clinic, |desk| desk.sending.phrase == "sent").await;
    clinic.close().await;
    assert_eq!((network.passed().writes(), server.history_totals()), (0, totals));

    // Another PC fetches it with its papers, each once, and has nothing to tell.
    let other = Outbox::new(7_200);
    let mut pull = Pull::new(other.books(), Arc::new(other.reached(&network.address())));
    let mut asked = Vec::new();
    for _ in 0..3 {
        assert_eq!(pull.patients(&[Lane::There(patient.clone())]).await.unwrap().trouble, None);
        asked.push(network.passed().requests.iter().filter(|request| request.contains("/Binary/")).count());
    }
    assert_eq!(asked, [2, 0, 0]);
    assert_eq!(other.on(|store| store.notices(9).unwrap()), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_version_changes_what_was_sent_and_withdraws_what_is_gone() {
    two_versions(721, false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_versions_made_without_a_network_arrive_as_if_each_had_been_sent_at_once() {
    two_versions(722, true).await;
}

async fn two_versions(pc: u64, offline: bool) {
    let server = TrustServer::start_signed_in();
    let mut network = server.network();
    let (shift, _folder) = a_clinic_on(&network, pc).await;
    let clinic = &shift.clinic;
    if offline {
        network.down();
    }
    Play::new(&shift.room.clock, &mut |_| ()).appointment(clinic, 0).await.unwrap();
    let seen = overview(&shift).await;
    let summary = a_whole_summary(clinic, &seen.banner.id.to_string()).await.id.to_string();
    clinic.sign_treatment_summary(a_signature(clinic, &summary).await).await.unwrap();
    if !offline {
        desk_when(clinic, |desk| desk.sending.phrase == "sent").await;
    }

    let plan = seen.plans[0].id.to_string();
    clinic.unlock_care_plan(UnlockCarePlan { plan: plan.clone(), reason: "No referral".into() }).await.unwrap();
    // The third action is the referral to the pain clinic.
    clinic.remove_action(RemoveAction { plan: plan.clone(), action: "a-3".into() }).await.unwrap();
    clinic.lock_care_plan(a_lock(clinic, &plan).await).await.unwrap();
    let amend = AmendTreatmentSummary { summary: summary.clone(), reason: "A new date".into() };
    clinic.amend_treatment_summary(amend).await.unwrap();
    clinic.sign_treatment_summary(a_signature(clinic, &summary).await).await.unwrap();
    if offline {
        assert_eq!(network.passed().requests, Vec::<String>::new());
        network.up();
        clinic.send_now().await.unwrap();
    }
    desk_when(clinic, |desk| desk.sending.phrase == "sent" && desk.sending.waiting == 0).await;

    assert_eq!((server.all("CarePlan").len(), server.all("Composition").len()), (1, 1));
    let plan = &server.all("CarePlan")[0];
    assert_eq!(
        (plan["activity"].as_array().unwrap().len(), plan["meta"]["versionId"].as_str()),
        (ACTIONS.len() - 1, Some("2"))
    );
    let referrals: Vec<_> = server.all("ServiceRequest").iter().map(|one| one["status"].clone()).collect();
    assert_eq!(referrals, ["revoked"]);
    let mut documents: Vec<_> =
        server.all("DocumentReference").iter().map(|one| one["status"].as_str().unwrap().to_owned()).collect();
    documents.sort();
    assert_eq!(documents, ["current", "current", "superseded", "superseded"]);
    let both = [summary::papers(&shift, &summary, 1), summary::papers(&shift, &summary, 2)].concat();
    assert_eq!(papers(&server), BTreeSet::from_iter(both));
    assert_eq!(unresolved(&everything(&server)), Vec::<String>::new());
    clinic.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_that_is_damaged_here_stops_its_lane_and_no_other() {
    let server = TrustServer::start_signed_in();
    let mut network = server.network();
    let (shift, _folder) = a_clinic_on(&network, 723).await;
    network.down();
    Play::new(&shift.room.clock, &mut |_| ()).appointment(&shift.clinic, 0).await.unwrap();
    let patient = overview(&shift).await.banner.id.to_string();
    let summary = a_whole_summary(&shift.clinic, &patient).await.id.to_string();
    shift.clinic.sign_treatment_summary(a_signature(&shift.clinic, &summary).await).await.unwrap();
    shift.clinic.close().await;
    kept::spoil_paper(&shift.room, &kept::key(&shift.room, &shift.ruth, RUTHS_PASSPHRASE));
    network.up();
    let clinic = shift.unlock().await;
    let form = kit::another_patient_form(731, "Bert", "Imagined");
    clinic.register_patient(::clinic::RegisterPatient { form, not_the_same: true }).await.unwrap();
    desk_when(&clinic, |desk| desk.sending.phrase == "needs_you" && desk.sending.waiting == 0).await;
    let refused = clinic.list_refused().await.unwrap();
    assert_eq!(refused.iter().map(|line| line.reason_code.code()).collect::<Vec<_>>(), ["unreadable_here"]);
    assert_eq!(["Patient", "CarePlan", "Composition"].map(|kind| server.all(kind).len()), [3, 1, 0]);
    clinic.close().await;
}
