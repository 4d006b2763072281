//! The ways in, and what stands when one of them fails: each state of the key store has its own answer, and nothing changes.

use clinic::{Code, SetPassphrase, UnlockWithRecoveryCode};
use kit::clock::MINUTE;
use kit::room::{Room, unlock, unlock_with_code};
use kit::*;
use security::KeyStoreFault;

use crate::code;

/// A locked clinic with one patient and a colleague; Omar's id.
async fn locked() -> (Shift, String) {
    let desk = a_clinic().await;
    desk.clinic
        .register_patient(clinic::RegisterPatient { form: a_patient_form(), not_the_same: false })
        .await
        .unwrap();
    let omar = desk.clinic.add_nurse(a_colleague()).await.unwrap()[1].id.to_string();
    desk.clinic.close().await;
    (desk, omar)
}

/// Everything that a failed try must leave as it was.
fn everything(room: &Room) -> impl PartialEq + std::fmt::Debug + use<> {
    (room.files(), room.keys.content())
}

#[tokio::test]
async fn five_wrong_passphrases_change_nothing() {
    let (desk, _) = locked().await;
    let before = everything(&desk.room);
    for wrong in ["", "A lantern beside the river", "a lantern beside the river ", "seven herons over wet slate", "x"] {
        assert_eq!(code(unlock(&desk.house, &desk.ruth, wrong).await), Code::WrongPassphrase);
        assert!(before == everything(&desk.room), "{wrong:?} changed something");
    }
    desk.unlock().await.close().await;
}

#[tokio::test]
async fn then_there_are_pauses_that_a_restart_does_not_end() {
    let (desk, _) = locked().await;
    for _ in 0..5 {
        assert_eq!(crate::problem(unlock(&desk.house, &desk.ruth, "wrong").await).seconds, None);
    }
    let sixth = crate::problem(unlock(&desk.house, &desk.ruth, "wrong").await);
    assert_eq!((sixth.code, sixth.seconds), (Code::WrongPassphrase, Some(30)));
    let right = crate::problem(unlock(&desk.house, &desk.ruth, RUTHS_PASSPHRASE).await);
    assert_eq!((right.code, right.seconds), (Code::Wait, Some(30)));
    let Shift { room, house, clinic, ruth, .. } = desk;
    drop((house, clinic));
    let house = room.house();
    room.clock.step(20_000);
    let still = crate::problem(unlock(&house, &ruth, RUTHS_PASSPHRASE).await);
    assert_eq!((still.code, still.seconds), (Code::Wait, Some(10)));
    room.clock.step(10_000);
    let next = crate::problem(unlock(&house, &ruth, "wrong").await);
    assert_eq!((next.code, next.seconds), (Code::WrongPassphrase, Some(60)));
    room.clock.step(MINUTE);
    unlock(&house, &ruth, RUTHS_PASSPHRASE).await.unwrap().close().await;
    assert!(!room.profile().join("pauses").exists() && room.keys.content().len() == 1, "forgotten in both places");
    assert_eq!(crate::problem(unlock(&house, &ruth, "wrong").await).seconds, None);
}

#[tokio::test]
async fn a_restart_gives_no_new_free_tries() {
    let (desk, _) = locked().await;
    for _ in 0..5 {
        assert_eq!(crate::problem(unlock(&desk.house, &desk.ruth, "wrong").await).seconds, None);
    }
    let Shift { room, house, clinic, ruth, .. } = desk;
    drop((house, clinic));
    let house = room.house();
    assert_eq!(crate::problem(unlock(&house, &ruth, "wrong").await).seconds, Some(30));
    room.clock.step(MINUTE);
    unlock(&house, &ruth, RUTHS_PASSPHRASE).await.unwrap().close().await;
    drop(house);
    assert_eq!(
        crate::problem(unlock(&room.house(), &ruth, "wrong").await).seconds,
        None,
        "a right one makes them free again"
    );
}

#[tokio::test]
async fn a_locked_screen_asks_for_the_key_and_is_not_given_it() {
    let (desk, _) = locked().await;
    let (asked, given) = (desk.room.keys.asked(), desk.room.keys.secrets_given());
    assert_eq!(desk.house.front().key, None);
    assert!(desk.room.keys.asked() > asked);
    assert_eq!(desk.room.keys.secrets_given(), given, "what was never read cannot lie about in memory");
    desk.unlock().await.close().await;
    assert_eq!(desk.room.keys.secrets_given(), given + 1);
}

#[tokio::test]
async fn each_state_of_the_key_store_has_its_own_answer_and_the_printed_code_opens() {
    for (state, answer) in [
        (KeyStoreFault::NoKeyStore, Code::NoKeyStore),
        (KeyStoreFault::Locked, Code::KeyStoreLocked),
        (KeyStoreFault::NoEntry, Code::NoEntry),
    ] {
        let (desk, _) = locked().await;
        desk.room.keys.set_fault(Some(state));
        let before = everything(&desk.room);
        let front = desk.house.front();
        assert_eq!((front.state, front.key, front.nurses.len()), ("locked", Some(answer), 2));
        assert_eq!(code(unlock(&desk.house, &desk.ruth, RUTHS_PASSPHRASE).await), answer);
        assert_eq!(code(unlock(&desk.house, &desk.ruth, "wrong").await), answer, "no word on whether it was right");
        assert_eq!(code(desk.house.enrol_first_nurse(an_enrolment()).await), Code::Unexpected, "never a fresh PC");
        assert!(before == everything(&desk.room), "{state:?}");

        let clinic = unlock_with_code(&desk.house, &desk.ruth, &desk.code).await.unwrap();
        let seen = clinic.desk().await.unwrap();
        assert!(seen.by_recovery_code && seen.nurse.key_holder);
        assert_eq!(clinic.today().await.unwrap().recent.len(), 1, "the patient is there");
        clinic.close().await;
    }
}

#[tokio::test]
async fn a_passphrase_cannot_be_set_while_the_key_store_is_away() {
    let (desk, _) = locked().await;
    for (state, answer) in
        [(KeyStoreFault::NoKeyStore, Code::NoKeyStore), (KeyStoreFault::Locked, Code::KeyStoreLocked)]
    {
        desk.room.keys.set_fault(Some(state));
        let clinic = unlock_with_code(&desk.house, &desk.ruth, &desk.code).await.unwrap();
        let new = a_new_passphrase(&desk.ruth, "nine boats under the bridge");
        assert_eq!(code(clinic.set_passphrase(new).await), answer);
        assert!(clinic.desk().await.unwrap().by_recovery_code);
        clinic.close().await;
    }
    desk.room.keys.set_fault(None);
    desk.unlock().await.close().await;
}

#[tokio::test]
async fn after_a_lost_entry_the_nurse_gets_a_new_passphrase_and_unlocks_as_ever() {
    let (desk, omar) = locked().await;
    desk.room.keys.replace_content(Default::default());
    assert_eq!(code(unlock(&desk.house, &desk.ruth, RUTHS_PASSPHRASE).await), Code::NoEntry);
    let clinic = unlock_with_code(&desk.house, &desk.ruth, &desk.code).await.unwrap();
    assert_eq!(desk.room.keys.content().len(), 0, "opening with the code makes no entry");
    let new = a_new_passphrase(&desk.ruth, "nine boats under the bridge");
    clinic.set_passphrase(new).await.unwrap();
    assert!(!clinic.desk().await.unwrap().by_recovery_code);
    clinic.close().await;
    assert_eq!(desk.room.keys.content().len(), 1);
    unlock(&desk.house, &desk.ruth, "nine boats under the bridge").await.unwrap().close().await;
    assert_eq!(code(unlock(&desk.house, &omar, OMARS_PASSPHRASE).await), Code::KeyChanged, "his slot has the old key");
    let clinic = unlock(&desk.house, &desk.ruth, "nine boats under the bridge").await.unwrap();
    let own_passphrase = typed("nine boats under the bridge");
    let again = SetPassphrase { own_passphrase, ..a_new_passphrase(&omar, OMARS_PASSPHRASE) };
    clinic.set_passphrase(again).await.unwrap();
    clinic.close().await;
    unlock(&desk.house, &omar, OMARS_PASSPHRASE).await.unwrap().close().await;
}

#[tokio::test]
async fn a_changed_entry_is_told_apart_from_a_wrong_passphrase() {
    let (desk, _) = locked().await;
    desk.room.keys.change_secrets();
    let before = everything(&desk.room);
    assert_eq!(code(unlock(&desk.house, &desk.ruth, RUTHS_PASSPHRASE).await), Code::KeyChanged);
    assert!(before == everything(&desk.room));
    let clinic = unlock_with_code(&desk.house, &desk.ruth, &desk.code).await.unwrap();
    let new = a_new_passphrase(&desk.ruth, "nine boats under the bridge");
    clinic.set_passphrase(new).await.unwrap();
    clinic.close().await;
    unlock(&desk.house, &desk.ruth, "nine boats under the bridge").await.unwrap().close().await;
}

#[tokio::test]
async fn a_wrong_code_and_a_mistyped_code_have_answers_of_their_own_and_change_nothing() {
    let (desk, _) = locked().await;
    let (other, _) = locked_elsewhere().await;
    let before = everything(&desk.room);
    let with = |typed: &str| UnlockWithRecoveryCode { nurse: desk.ruth.clone(), code: kit::typed(typed) };
    assert_eq!(code(desk.house.unlock_with_recovery_code(with(&other.join("-"))).await), Code::WrongRecoveryCode);
    let mut swapped = desk.code.clone();
    swapped.swap(0, 1);
    assert_eq!(code(desk.house.unlock_with_recovery_code(with(&swapped.join(""))).await), Code::RecoveryCodeMistyped);
    assert_eq!(code(desk.house.unlock_with_recovery_code(with("")).await), Code::RecoveryCodeMistyped);
    assert!(before == everything(&desk.room));
    let spaced = desk.code.join(" ").to_lowercase();
    desk.house.unlock_with_recovery_code(with(&spaced)).await.unwrap().close().await;
}

/// The code of another clinic.
async fn locked_elsewhere() -> (Vec<String>, tempfile::TempDir) {
    let folder = tempfile::TempDir::new().unwrap();
    let room = Room::at(&folder.path().join("profile"), KeyShelf::default(), 404);
    let clinic = room.house().enrol_first_nurse(an_enrolment()).await.unwrap();
    let code = kit::room::a_confirmed_code(&clinic).await;
    clinic.close().await;
    (code, folder)
}

#[tokio::test]
async fn the_folder_alone_opens_nothing() {
    let (desk, _) = locked().await;
    let stolen = Room::at(desk.room.profile(), KeyShelf::default(), 5);
    let Shift { house, clinic, ruth, room, .. } = desk;
    drop((house, clinic));
    assert_eq!(code(unlock(&stolen.house(), &ruth, RUTHS_PASSPHRASE).await), Code::NoEntry);
    let text = room.files().into_values().collect::<Vec<_>>().concat();
    let shows = |word: &str| text.windows(word.len()).any(|bytes| bytes == word.as_bytes());
    assert!(shows("Ruth Invented"), "the first screen names the nurses");
    assert!(!shows("Lantern Street") && !shows("9990000018") && !shows("Anna") && !shows(RUTHS_PASSPHRASE));
}

#[tokio::test]
async fn a_database_without_its_vault_is_not_a_fresh_pc_and_neither_is_a_vault_without_its_database() {
    let (desk, _) = locked().await;
    let take =
        |room: &Room, names: &[&str]| names.iter().for_each(|n| std::fs::remove_file(room.profile().join(n)).unwrap());

    let no_vault = desk.room.after_a_crash();
    take(&no_vault, &["vault.a", "vault.b"]);
    let (house, before) = (no_vault.house(), everything(&no_vault));
    assert_eq!((house.front().state, house.front().key), ("locked", Some(Code::VaultUnreadable)));
    assert_eq!(code(unlock(&house, &desk.ruth, RUTHS_PASSPHRASE).await), Code::VaultUnreadable);
    assert_eq!(code(house.enrol_first_nurse(an_enrolment()).await), Code::Unexpected);
    assert!(before == everything(&no_vault));

    let no_database = desk.room.after_a_crash();
    take(&no_database, &["clinic.db"]);
    let (house, before) = (no_database.house(), everything(&no_database));
    assert_eq!(house.front().state, "locked");
    assert_eq!(code(unlock(&house, &desk.ruth, RUTHS_PASSPHRASE).await), Code::DatabaseUnreadable);
    assert_eq!(code(house.enrol_first_nurse(an_enrolment()).await), Code::Unexpected);
    assert!(before == everything(&no_database));
}

#[tokio::test]
async fn one_of_the_two_vault_files_is_enough_and_the_other_is_made_again() {
    let (desk, _) = locked().await;
    for name in ["vault.a", "vault.b"] {
        let hurt = desk.room.after_a_crash();
        std::fs::write(hurt.profile().join(name), b"torn").unwrap();
        unlock(&hurt.house(), &desk.ruth, RUTHS_PASSPHRASE).await.unwrap().close().await;
        let files = hurt.files();
        let file = |name: &str| &files[&hurt.profile().join(name)];
        assert_eq!(file("vault.a"), file("vault.b"));
    }
}

#[tokio::test]
async fn another_database_in_its_place_is_not_opened() {
    let (desk, _) = locked().await;
    let path = desk.room.profile().join("clinic.db");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes.truncate(4096);
    bytes.fill(7);
    std::fs::write(&path, bytes).unwrap();
    let before = everything(&desk.room);
    assert_eq!(code(unlock(&desk.house, &desk.ruth, RUTHS_PASSPHRASE).await), Code::DatabaseUnreadable);
    assert!(before == everything(&desk.room));
}

#[tokio::test]
async fn a_folder_that_is_somebody_else_s_is_refused_and_left_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let room = Room::new();
    std::fs::create_dir_all(room.profile().join("web/123")).unwrap();
    std::fs::write(room.profile().join("letter.txt"), "not ours").unwrap();
    std::fs::set_permissions(room.profile(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let before = room.files();
    let refused = room.try_house().err().unwrap();
    assert_eq!(refused.code, Code::ProfileUnwritable);
    assert!(room.files() == before && room.profile().join("web/123").is_dir());
    assert_eq!(std::fs::metadata(room.profile()).unwrap().permissions().mode() & 0o777, 0o755);
}
