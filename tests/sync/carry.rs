//! The outbox that is carried to the trust by hand while there is no network: put there once, whoever does it and how often, and
//! acknowledged when there is a network again. Nothing is taken that was changed on the way.

use std::fs;
use std::path::{Path, PathBuf};

use ::clinic::{CarriedOutbox, Clinic, Code, CompleteHna, CorrectPatient, GivenServer, ImportStopped, RegisterPatient};
use kit::sign_in::configuration;
use kit::{Proxy, RUTHS_PASSPHRASE, Shift, an_assessment, another_patient_form, nhs_number, typed};
use security::CarryFault;
use serde_json::json;
use sync::{CarryStopped, Imported, Reason};
use tempfile::TempDir;

use crate::clinic::{a_clinic_on, desk_when};
use crate::{network, of_patient, server, versions};

async fn register(clinic: &Clinic, number: u32) -> String {
    let form = another_patient_form(number, "Anna", &format!("Invented{number}"));
    clinic.register_patient(RegisterPatient { form, not_the_same: true }).await.unwrap().banner.id.to_string()
}

async fn assess(clinic: &Clinic, patient: &str) {
    let hna = clinic.start_hna(an_assessment(patient)).await.unwrap().id.to_string();
    clinic.complete_hna(CompleteHna { hna, day: "14".into(), month: "7".into() }).await.unwrap();
}

async fn correct(clinic: &Clinic, patient: &str, revision: i64, number: u32) {
    let mut form = another_patient_form(number, "Anna", &format!("Invented{number}"));
    form.postcode = "ZZ99 3VZ".to_owned();
    clinic.correct_patient(CorrectPatient { patient: patient.to_owned(), revision, form }).await.unwrap();
}

async fn carry(clinic: &Clinic, folder: &Path) -> CarriedOutbox {
    let carried = clinic.carry_outbox_in(typed(RUTHS_PASSPHRASE), folder.to_owned()).await.unwrap();
    carried.expect("something waits")
}

/// Somebody at the trust imports a file, through this network.
async fn import(
    shift: &Shift,
    network: &Proxy,
    file: &Path,
    code: &str,
    signer: &str,
) -> (Imported, Result<(), ImportStopped>) {
    let folder = TempDir::new().unwrap();
    let (section, key) = configuration(&network.address(), folder.path());
    let configuration = ::clinic::Configuration::parse(&json!({ "server": section }).to_string());
    let keys: Vec<PathBuf> = key.into_iter().collect();
    let server = GivenServer::new(&configuration, &keys, shift.room.world()).unwrap();
    server.import(file, code, signer).await
}

fn imported(posted: u32, already: u32) -> Imported {
    Imported { posted, already, ..Imported::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_carried_is_there_once_and_is_acknowledged_later() {
    let mut network = network();
    network.down();
    let (shift, folder) = a_clinic_on(&network, 1000).await;
    let clinic = &shift.clinic;
    let anna = register(clinic, 1000).await;
    assess(clinic, &anna).await;
    correct(clinic, &anna, 1, 1000).await;
    // The trust knew Bella before; nobody here knows of it.
    let bella = register(clinic, 1001).await;
    assess(clinic, &bella).await;
    let theirs = json!({
        "resourceType": "Patient", "id": "bella-at-the-trust-1001", "active": true,
        "identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": nhs_number(1001) }],
        "name": [{ "family": "Invented1001", "given": ["Anna"] }], "birthDate": "1956-07-14",
    });
    assert_eq!(server().put(&theirs).0, 201);

    let carried = carry(clinic, folder.path()).await;
    assert_eq!((carried.sendings, carried.left), (5, 0));
    let file = folder.path().join(&carried.file);
    let text = String::from_utf8_lossy(&fs::read(&file).unwrap()).into_owned();
    assert!(!text.contains("Invented") && !text.contains(&anna), "nothing can be read without the code");
    let status = clinic.status().await.unwrap();
    assert_eq!((status.waiting, status.carried.is_some()), (4, true), "it waits here all the same");
    clinic.close().await;

    let other = crate::network();
    let (code, signer) = (carried.code.as_str(), carried.signer.as_str());
    let (first, done) = import(&shift, &other, &file, code, signer).await;
    done.unwrap();
    assert_eq!(first, imported(5, 0));
    let (again, done) = import(&shift, &other, &file, code, signer).await;
    done.unwrap();
    assert_eq!(again, imported(0, 5));
    assert_eq!((versions("Patient", &anna), of_patient("QuestionnaireResponse", &anna).len()), (2, 1));
    assert_eq!((versions("Patient", &bella), versions("Patient", "bella-at-the-trust-1001")), (0, 1));
    assert_eq!(of_patient("QuestionnaireResponse", "bella-at-the-trust-1001").len(), 1);

    network.up();
    network.passed();
    let clinic = shift.unlock().await;
    desk_when(&clinic, |desk| desk.sending.phrase == "sent" && desk.sending.waiting == 0).await;
    assert_eq!(network.passed().writes(), 0, "its own PC finds it there");
    assert_eq!(clinic.status().await.unwrap().carried, None);
    // What comes after it begins from what was carried.
    correct(&clinic, &anna, 2, 1000).await;
    assess(&clinic, &bella).await;
    desk_when(&clinic, |desk| desk.sending.phrase == "sent" && desk.sending.waiting == 0).await;
    assert_eq!(versions("Patient", &anna), 3);
    assert_eq!(of_patient("QuestionnaireResponse", "bella-at-the-trust-1001").len(), 2);
    clinic.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_there_is_not_overwritten_and_another_server_is_none() {
    let mut network = network();
    let (shift, folder) = a_clinic_on(&network, 1002).await;
    let clinic = &shift.clinic;
    let anna = register(clinic, 1002).await;
    desk_when(clinic, |desk| desk.sending.phrase == "sent").await;
    network.down();
    correct(clinic, &anna, 1, 1002).await;
    assess(clinic, &anna).await;
    let bella = register(clinic, 1003).await;
    let carried = carry(clinic, folder.path()).await;
    clinic.close().await;
    // Somebody else changes Anna at the trust before the file arrives there.
    let (_, mut theirs) = server().get(&format!("/Patient/{anna}"));
    theirs["gender"] = json!("male");
    assert_eq!(server().put(&theirs).0, 200);

    let file = folder.path().join(&carried.file);
    let other = crate::network();
    let (done, ended) = import(&shift, &other, &file, &carried.code, &carried.signer).await;
    assert_eq!(done, Imported::default());
    assert!(matches!(ended, Err(ImportStopped::Carry(CarryStopped::OtherServer))), "its versions mean nothing there");
    network.up();
    let (done, ended) = import(&shift, &network, &file, &carried.code, &carried.signer).await;
    ended.unwrap();
    assert_eq!((done.posted, done.already, done.behind), (1, 0, 1));
    let stopped: Vec<Reason> = done.stopped.iter().map(|one| one.reason).collect();
    assert_eq!(stopped, [Reason::ChangedThere]);
    assert_eq!((versions("Patient", &anna), versions("Patient", &bella)), (2, 1), "theirs stands");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_not_as_it_was_made_puts_nothing_there() {
    let mut network = network();
    network.down();
    let (shift, folder) = a_clinic_on(&network, 1004).await;
    let clinic = &shift.clinic;
    let anna = register(clinic, 1004).await;
    let wrong = clinic.carry_outbox_in(typed("four grey herons wake"), folder.path().to_owned()).await;
    assert_eq!(wrong.err().unwrap().code, Code::WrongPassphrase);
    let nowhere = clinic.carry_outbox_in(typed(RUTHS_PASSPHRASE), folder.path().join("nowhere")).await;
    assert_eq!(nowhere.err().unwrap().code, Code::FolderUnwritable);
    let one = carry(clinic, folder.path()).await;
    let other = carry(clinic, folder.path()).await;
    assert_eq!(one.signer, other.signer, "it is this PC's");
    clinic.close().await;

    let way = crate::network();
    let (file, signer) = (folder.path().join(&one.file), one.signer.as_str());
    let bytes = fs::read(&file).unwrap();
    let changed = folder.path().join("changed");
    fs::write(&changed, [&bytes[..bytes.len() - 100], b"x", &bytes[bytes.len() - 99..]].concat()).unwrap();
    let cut = folder.path().join("cut");
    fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    let refusals = [
        (&file, other.code.as_str(), signer, "the code does not open the file"),
        (&file, "7777", signer, "4 characters are not as many as it has"),
        (&file, &one.code, "0000-0000", "another PC signed the file"),
        (&changed, &one.code, signer, "the file was changed or is not whole"),
        (&cut, &one.code, signer, "the file was changed or is not whole"),
    ];
    for (file, code, signer, words) in refusals {
        let (done, ended) = import(&shift, &way, file, code, signer).await;
        assert_eq!((done, ended.unwrap_err().to_string().as_str()), (Imported::default(), words));
    }
    let missing = import(&shift, &way, &folder.path().join("missing"), &one.code, signer).await.1;
    assert!(matches!(missing, Err(ImportStopped::File(CarryFault::Io(_)))));
    assert_eq!((way.passed().writes(), versions("Patient", &anna)), (0, 0));
}
