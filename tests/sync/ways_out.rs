//! What a nurse can do about a record that the trust does not take: a copy of it for IT, and withdrawing it with a reason.

use std::path::Path;

use ::clinic::{
    Clinic, Code, CompleteHna, ExportRefused, OpenPatient, Problem, RegisterPatient, ResolveConflict, ViewConflict,
    WithdrawSending,
};
use kit::{OMARS_PASSPHRASE, Passage, RUTHS_PASSPHRASE, an_assessment, another_patient_form, typed};
use serde_json::Value;
use tempfile::TempDir;

use crate::clinic::{a_clinic_on, desk_when};
use crate::{network, of_patient, versions};

const REFUSAL: Passage = Passage::Answer(
    422,
    "",
    "application/fhir+json",
    r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"value","details":{"text":"not like this"}}]}"#,
);

async fn register(clinic: &Clinic, number: u32) -> String {
    let form = another_patient_form(number, "Anna", &format!("Invented{number}"));
    clinic.register_patient(RegisterPatient { form, not_the_same: true }).await.unwrap().banner.id.to_string()
}

async fn assess(clinic: &Clinic, hna: &str) {
    clinic.complete_hna(CompleteHna { hna: hna.to_owned(), day: "14".into(), month: "7".into() }).await.unwrap();
}

/// The one record that was not taken.
async fn refused(clinic: &Clinic) -> ::clinic::RefusedLine {
    desk_when(clinic, |desk| desk.sending.phrase == "needs_you").await;
    let mut lines = clinic.list_refused().await.unwrap();
    assert_eq!(lines.len(), 1);
    lines.remove(0)
}

fn withdraw(sending: &str, reason: &str) -> WithdrawSending {
    WithdrawSending { sending: sending.to_owned(), reason: reason.to_owned() }
}

fn export(sending: &str, passphrase: &str) -> ExportRefused {
    ExportRefused { sending: sending.to_owned(), passphrase: typed(passphrase) }
}

fn code<T>(done: Result<T, Problem>) -> Code {
    done.err().expect("it is refused").code
}

fn files(folder: &Path) -> Vec<String> {
    std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_record_stays_here_and_what_waited_behind_it_goes() {
    let network = network();
    let (shift, _folder) = a_clinic_on(&network, 810).await;
    let clinic = &shift.clinic;
    let patient = register(clinic, 810).await;
    let start = || clinic.start_hna(an_assessment(&patient));
    let (first, second) = (start().await.unwrap().id.to_string(), start().await.unwrap().id.to_string());
    network.about(&first, REFUSAL);
    assess(clinic, &first).await;
    let line = refused(clinic).await;
    assert_eq!((line.record.as_str(), line.correct.is_none(), line.conflict), (first.as_str(), true, false));
    assess(clinic, &second).await;
    let sending = line.sending.to_string();

    let nothing = clinic.withdraw_sending(withdraw(&sending, " ")).await.err().unwrap();
    assert_eq!((nothing.fields[0].field.as_str(), nothing.fields[0].reason.as_str()), ("reason", "missing"));
    assert_eq!(code(clinic.view_conflict(ViewConflict { sending: sending.clone() }).await), Code::Gone, "it is none");
    let none = ResolveConflict { sending: sending.clone(), choices: Vec::new() };
    assert_eq!(code(clinic.resolve_conflict(none).await), Code::Gone);

    assert!(clinic.withdraw_sending(withdraw(&sending, "Answered twice")).await.unwrap().is_empty());
    assert_eq!(code(clinic.withdraw_sending(withdraw(&sending, "Answered twice")).await), Code::Gone);
    let desk = desk_when(clinic, |desk| desk.sending.phrase == "sent" && desk.sending.waiting == 0).await;
    assert_eq!(desk.sending.records, 2, "the patient and the other assessment");
    assert_eq!(of_patient("QuestionnaireResponse", &patient).len(), 1);
    let overview = clinic.open_patient(OpenPatient { patient }).await.unwrap();
    let word = |id: &str| overview.hnas.iter().find(|hna| hna.id.to_string() == id).unwrap().sending;
    assert_eq!((word(&first), word(&second)), ("saved_here", "sent"));
    clinic.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_withdrawn_that_something_waiting_refers_to() {
    let network = network();
    let (shift, _folder) = a_clinic_on(&network, 811).await;
    let clinic = &shift.clinic;
    network.about("Invented811", REFUSAL);
    let patient = register(clinic, 811).await;
    let line = refused(clinic).await;
    let correct = line.correct.as_ref().unwrap();
    assert_eq!((correct.screen, correct.record.as_str()), ("register", patient.as_str()));
    let alone = clinic.withdraw_sending(withdraw(&line.sending.to_string(), "Not here")).await.err().unwrap();
    assert_eq!((alone.code, alone.fields[0].field.as_str()), (Code::StillNeeded, "patient"), "what comes later refers");
    let hna = clinic.start_hna(an_assessment(&patient)).await.unwrap().id.to_string();
    assess(clinic, &hna).await;
    let needed = clinic.withdraw_sending(withdraw(&line.sending.to_string(), "Not here")).await.err().unwrap();
    assert_eq!((needed.code, needed.fields[0].field.as_str()), (Code::StillNeeded, "hna"));
    assert_eq!((refused(clinic).await.record, versions("Patient", &patient)), (patient, 0));
    clinic.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_has_what_would_be_sent_and_the_servers_words_and_wants_the_passphrase() {
    let network = network();
    let (shift, _folder) = a_clinic_on(&network, 812).await;
    let (clinic, folder) = (&shift.clinic, TempDir::new().unwrap());
    network.about("Invented812", REFUSAL);
    let patient = register(clinic, 812).await;
    let sending = refused(clinic).await.sending.to_string();
    for wrong in ["", OMARS_PASSPHRASE] {
        assert!(clinic.check_export(export(&sending, wrong)).await.is_err());
        assert!(clinic.export_refused_in(export(&sending, wrong), folder.path().to_owned()).await.is_err());
    }
    assert!(files(folder.path()).is_empty());
    let gone = export("00000000-0000-4000-8000-000000000000", RUTHS_PASSPHRASE);
    assert_eq!(code(clinic.check_export(gone).await), Code::Gone);

    clinic.check_export(export(&sending, RUTHS_PASSPHRASE)).await.unwrap();
    let saved = clinic.export_refused_in(export(&sending, RUTHS_PASSPHRASE), folder.path().to_owned()).await.unwrap();
    assert_eq!((saved.file.as_str(), files(folder.path())), (&*format!("{sending}.json"), vec![saved.file.clone()]));
    let copy: Value = serde_json::from_slice(&std::fs::read(folder.path().join(&saved.file)).unwrap()).unwrap();
    assert_eq!(
        (&copy["sending"], &copy["reason"], &copy["said"]),
        (&sending.clone().into(), &"refused_content".into(), &"not like this".into())
    );
    let entries = copy["transaction"]["entry"].as_array().unwrap();
    assert_eq!(entries[0]["resource"]["name"][0]["family"], "Invented812");
    assert_eq!(entries.last().unwrap()["request"]["url"], format!("Provenance/{sending}"));
    let looks = clinic.open_patient(OpenPatient { patient }).await.unwrap().looked;
    assert!(looks.iter().any(|look| look.op == "export_refused"));
    clinic.close().await;
}
