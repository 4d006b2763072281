//! What `holdfastctl` does without a window: one round of sending, and the file of counts and moments.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use ::clinic::{Code, RegisterPatient, STATUS_FILE, Status};
use kit::{RUTHS_PASSPHRASE, another_patient_form, typed};

use crate::clinic::{a_clinic_on, desk_when};
use crate::{network, versions};

#[tokio::test(flavor = "multi_thread")]
async fn one_round_sends_what_waits_and_the_file_says_so_without_a_name() {
    let mut network = network();
    network.down();
    let (shift, _folder) = a_clinic_on(&network, 1010).await;
    let form = another_patient_form(1010, "Anna", "Invented1010");
    let register = RegisterPatient { form, not_the_same: true };
    let patient = shift.clinic.register_patient(register).await.unwrap().banner.id;
    desk_when(&shift.clinic, |desk| desk.sending.reason == Some("no_network")).await;
    shift.clinic.close().await;
    let profile = shift.room.profile();
    let left = Status::read(profile).unwrap().unwrap();
    assert_eq!((left.open, left.phrase.as_str(), left.waiting, left.records), (false, "waiting", 1, 1));
    assert_eq!(left.oldest.map(|at| at.as_millisecond()), Some(shift.room.clock.now()));

    let nobody = shift.house.sync_once("Ruth Nobody", typed(RUTHS_PASSPHRASE)).await;
    assert_eq!(nobody.err().unwrap().code, Code::Gone);
    let wrong = shift.house.sync_once(&shift.ruth, typed("four grey herons wake")).await;
    assert_eq!(wrong.err().unwrap().code, Code::WrongPassphrase);
    let down = shift.house.sync_once(&shift.ruth, typed(RUTHS_PASSPHRASE)).await.unwrap();
    assert_eq!((down.waiting, down.reason.as_deref()), (1, Some("no_network")), "it ends although nothing goes");
    assert_eq!(shift.room.try_house().err().unwrap().code, Code::ProfileInUse, "one program at a time");

    network.up();
    shift.room.clock.step(60_000);
    let sent = shift.house.sync_once("ruth invented", typed(RUTHS_PASSPHRASE)).await.unwrap();
    assert_eq!((sent.phrase.as_str(), sent.waiting, sent.needs_you, sent.records), ("sent", 0, 0, 1));
    assert_eq!(versions("Patient", patient), 1);

    let file = profile.join(STATUS_FILE);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let text = fs::read_to_string(&file).unwrap();
    assert!(!text.contains("nvented") && !text.contains(&patient.to_string()) && !text.contains(&shift.ruth));
    let read = Status::read(profile).unwrap().unwrap();
    assert_eq!((read.open, read.sent, read.oldest), (false, sent.sent, None));
    fs::write(&file, "{").unwrap();
    assert_eq!(Status::read(profile).err().unwrap().code, Code::DatabaseUnreadable);
    assert_eq!(Status::read(&profile.join("none")).unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn training_mode_tells_nothing() {
    let network = network();
    let (shift, _folder) = a_clinic_on(&network, 1011).await;
    shift.clinic.close().await;
    let before = Status::read(shift.room.profile()).unwrap();
    let training = shift.house.open_training().await.unwrap();
    assert!(training.status().await.is_err());
    assert!(training.carry_outbox_in(typed(RUTHS_PASSPHRASE), shift.room.profile().to_owned()).await.is_err());
    training.close().await;
    assert_eq!(Status::read(shift.room.profile()).unwrap(), before);
}
