//! The first start, colleagues, and who may do what.

use clinic::{AddNurse, Code, ConfirmRecoveryCode, EnrolFirstNurse, IssueRecoveryCode, RegisterPatient, SetPassphrase};
use kit::room::{a_confirmed_code, unlock, unlock_with_code};
use kit::*;

use crate::{code, fault, faults, on_disk, problem};

fn register() -> RegisterPatient {
    RegisterPatient { form: a_patient_form(), not_the_same: false }
}

#[tokio::test]
async fn a_new_pc_is_fresh_until_somebody_is_enrolled() {
    let room = Room::new();
    let house = room.house();
    let front = house.front();
    assert_eq!((front.state, front.nurses.len(), front.key), ("fresh", 0, None));
    let clinic = house.enrol_first_nurse(an_enrolment()).await.unwrap();
    let desk = clinic.desk().await.unwrap();
    assert_eq!((desk.nurse.name.as_str(), desk.nurse.key_holder, desk.ready), ("Ruth Invented", true, false));
    clinic.close().await;
    let front = house.front();
    assert_eq!((front.state, front.key), ("locked", None));
    assert_eq!(front.nurses.iter().map(|nurse| nurse.name.as_str()).collect::<Vec<_>>(), ["Ruth Invented"]);
}

#[tokio::test]
async fn no_patient_before_the_recovery_code_was_typed_back() {
    let desk = an_enrolled_clinic().await;
    let clinic = &desk.clinic;
    assert_eq!(code(clinic.register_patient(register()).await), Code::NotReady);
    let shown = clinic.issue_recovery_code(a_new_code()).await.unwrap();
    assert_eq!((shown.groups.len(), shown.ask.len()), (9, 2));
    assert_eq!(code(clinic.register_patient(register()).await), Code::NotReady, "shown is not yet written down");
    let right: Vec<String> = shown.ask.iter().map(|place| shown.groups[place - 1].clone()).collect();
    let swapped = vec![right[1].clone(), right[0].clone()];
    for wrong in [vec![], vec![right[0].clone()], swapped, vec!["0000".to_owned(), right[1].clone()]] {
        let refused = faults(clinic.confirm_recovery_code(ConfirmRecoveryCode { groups: wrong }).await);
        assert_eq!(refused, fault("groups", "groups_differ"));
    }
    assert_eq!(code(clinic.register_patient(register()).await), Code::NotReady);
    let typed = right.iter().map(|group| format!(" {} ", group.to_lowercase())).collect();
    let now = clinic.confirm_recovery_code(ConfirmRecoveryCode { groups: typed }).await.unwrap();
    assert!(now.ready);
    clinic.register_patient(register()).await.unwrap();
}

#[tokio::test]
async fn groups_are_not_taken_when_no_code_was_shown() {
    let desk = an_enrolled_clinic().await;
    let empty = ConfirmRecoveryCode { groups: Vec::new() };
    assert_eq!(faults(desk.clinic.confirm_recovery_code(empty).await), fault("groups", "groups_differ"));
}

#[tokio::test]
async fn a_second_nurse_is_a_second_way_in() {
    let desk = an_enrolled_clinic().await;
    desk.clinic.add_nurse(a_colleague()).await.unwrap();
    assert!(desk.clinic.desk().await.unwrap().ready);
    desk.clinic.register_patient(register()).await.unwrap();
}

#[tokio::test]
async fn a_new_code_puts_the_old_one_out_of_force_once_it_was_typed_back() {
    let desk = a_clinic().await;
    desk.clinic.issue_recovery_code(a_new_code()).await.unwrap();
    assert!(desk.clinic.desk().await.unwrap().ready, "the old code still opens");
    desk.clinic.close().await;
    unlock_with_code(&desk.house, &desk.ruth, &desk.code).await.unwrap().close().await;
    let clinic = desk.unlock().await;
    let new = a_confirmed_code(&clinic).await;
    assert!(clinic.desk().await.unwrap().ready);
    clinic.close().await;
    assert_eq!(code(unlock_with_code(&desk.house, &desk.ruth, &desk.code).await), Code::WrongRecoveryCode);
    unlock_with_code(&desk.house, &desk.ruth, &new).await.unwrap().close().await;
}

#[tokio::test]
async fn a_weak_passphrase_is_refused_by_its_reason_and_nothing_is_made() {
    let room = Room::new();
    let house = room.house();
    let before = (room.files(), room.keys.content());
    let long = "ab ".repeat(90);
    for (passphrase, reason) in [
        ("eleven char", "passphrase_too_short"),
        (long.as_str(), "passphrase_too_long"),
        ("password12345", "passphrase_too_common"),
        ("abababababababab", "passphrase_too_predictable"),
        ("Ruth Invented", "passphrase_contains_only_names"),
    ] {
        let request = EnrolFirstNurse { passphrase: typed(passphrase), ..an_enrolment() };
        assert_eq!(faults(house.enrol_first_nurse(request).await), fault("passphrase", reason), "{passphrase}");
    }
    assert_eq!(before, (room.files(), room.keys.content()));
    assert_eq!(house.front().state, "fresh");
}

#[tokio::test]
async fn every_missing_field_of_an_enrolment_is_named() {
    let room = Room::new();
    let request = EnrolFirstNurse {
        name: " ".into(),
        role: "not_known".into(),
        team: String::new(),
        organisation: Default::default(),
        passphrase: typed(RUTHS_PASSPHRASE),
    };
    let refused = faults(room.house().enrol_first_nurse(request).await);
    let fields: Vec<_> = refused.iter().map(|(field, reason)| (field.as_str(), reason.as_str())).collect();
    for field in ["name", "role", "team", "organisation-name", "organisation-ods"] {
        assert!(fields.contains(&(field, "missing")), "{field} in {fields:?}");
    }
}

#[tokio::test]
async fn a_colleague_unlocks_with_her_own_passphrase_and_sees_the_same() {
    let desk = a_clinic().await;
    let anna = desk.clinic.register_patient(register()).await.unwrap();
    let staff = desk.clinic.add_nurse(a_colleague()).await.unwrap();
    let seen: Vec<_> = staff.iter().map(|one| (one.name.as_str(), one.key_holder, one.can_unlock)).collect();
    assert_eq!(seen, [("Ruth Invented", true, true), ("Omar Imagined", false, true)]);
    assert_eq!((staff[1].team.as_str(), staff[1].organisation.ods.as_str()), ("Colorectal", "X0T99"));
    let omar = staff[1].id.to_string();
    desk.clinic.close().await;
    assert_eq!(desk.house.front().nurses.len(), 2);
    assert_eq!(code(unlock(&desk.house, &omar, RUTHS_PASSPHRASE).await), Code::WrongPassphrase);
    let clinic = unlock(&desk.house, &omar, OMARS_PASSPHRASE).await.unwrap();
    assert_eq!(clinic.desk().await.unwrap().nurse.name, "Omar Imagined");
    let open = clinic::OpenPatient { patient: anna.banner.id.to_string() };
    let seen = clinic.open_patient(open).await.unwrap();
    assert_eq!(
        (seen.banner.family.as_str(), seen.form.address.as_str()),
        ("Invented", "1 Invented Street\nThamesbank")
    );
}

#[tokio::test]
async fn keys_are_for_key_holders() {
    let desk = a_clinic().await;
    let omar = desk.clinic.add_nurse(a_colleague()).await.unwrap()[1].id.to_string();
    desk.clinic.close().await;
    let clinic = unlock(&desk.house, &omar, OMARS_PASSPHRASE).await.unwrap();
    let third = AddNurse { name: "Mei Pretend".into(), ..a_colleague() };
    assert_eq!(code(clinic.add_nurse(third).await), Code::NotAllowed);
    let reset = a_new_passphrase(&desk.ruth, "nine boats under the bridge");
    assert_eq!(code(clinic.set_passphrase(reset).await), Code::NotAllowed);
    assert_eq!(code(clinic.issue_recovery_code(a_new_code()).await), Code::NotAllowed);
    assert_eq!(clinic.list_staff().await.unwrap().len(), 2);
    clinic.close().await;
    desk.unlock().await.close().await;
}

#[tokio::test]
async fn a_key_holder_gives_a_colleague_a_new_passphrase() {
    let desk = a_clinic().await;
    let omar = desk.clinic.add_nurse(a_colleague()).await.unwrap()[1].id.to_string();
    let reset = a_new_passphrase(&omar, "nine boats under the bridge");
    desk.clinic.set_passphrase(reset).await.unwrap();
    desk.clinic.close().await;
    assert_eq!(code(unlock(&desk.house, &omar, OMARS_PASSPHRASE).await), Code::WrongPassphrase);
    unlock(&desk.house, &omar, "nine boats under the bridge").await.unwrap().close().await;
    desk.unlock().await.close().await;
}

#[tokio::test]
async fn an_open_desk_changes_no_way_in_without_the_key_holder_s_own_passphrase() {
    let desk = a_clinic().await;
    let clinic = &desk.clinic;
    let before = (on_disk(&desk).lines, desk.room.files());
    let add = |own: &str| AddNurse { own_passphrase: typed(own), ..a_colleague() };
    let set = |own: &str| SetPassphrase {
        own_passphrase: typed(own),
        ..a_new_passphrase(&desk.ruth, "nine boats under the bridge")
    };
    let new_code = |own: &str| IssueRecoveryCode { own_passphrase: typed(own) };
    for refused in [
        faults(clinic.add_nurse(add("")).await),
        faults(clinic.set_passphrase(set("")).await),
        faults(clinic.issue_recovery_code(new_code("")).await),
    ] {
        assert_eq!(refused, fault("own_passphrase", "missing"));
    }
    for refused in [
        code(clinic.add_nurse(add(OMARS_PASSPHRASE)).await),
        code(clinic.set_passphrase(set("nine boats under the bridge")).await),
        code(clinic.issue_recovery_code(new_code(OMARS_PASSPHRASE)).await),
    ] {
        assert_eq!(refused, Code::WrongPassphrase);
    }
    assert!(before == (on_disk(&desk).lines, desk.room.files()));
    clinic.add_nurse(a_colleague()).await.unwrap();
    clinic.set_passphrase(set(RUTHS_PASSPHRASE)).await.unwrap();
    assert_eq!(code(clinic.issue_recovery_code(a_new_code()).await), Code::WrongPassphrase, "hers is another one now");
    clinic.issue_recovery_code(new_code("nine boats under the bridge")).await.unwrap();
}

#[tokio::test]
async fn wrong_tries_at_the_ways_in_count_as_at_the_lock_screen() {
    let desk = a_clinic().await;
    let wrong = || IssueRecoveryCode { own_passphrase: typed("not hers") };
    for _ in 0..5 {
        assert_eq!(problem(desk.clinic.issue_recovery_code(wrong()).await).seconds, None);
    }
    assert_eq!(problem(desk.clinic.issue_recovery_code(wrong()).await).seconds, Some(30));
    assert_eq!(code(desk.clinic.add_nurse(a_colleague()).await), Code::Wait, "though it is right now");
}

#[tokio::test]
async fn the_first_code_is_made_without_typing_the_passphrase_again() {
    let desk = an_enrolled_clinic().await;
    let none = || IssueRecoveryCode { own_passphrase: typed("") };
    desk.clinic.issue_recovery_code(none()).await.unwrap();
    assert_eq!(
        faults(desk.clinic.add_nurse(AddNurse { own_passphrase: typed(""), ..a_colleague() }).await),
        fault("own_passphrase", "missing")
    );
    a_confirmed_code(&desk.clinic).await;
    assert_eq!(faults(desk.clinic.issue_recovery_code(none()).await), fault("own_passphrase", "missing"));
}

#[tokio::test]
async fn whoever_came_in_with_the_code_types_no_passphrase_until_she_has_one() {
    let desk = a_clinic().await;
    desk.clinic.close().await;
    let clinic = unlock_with_code(&desk.house, &desk.ruth, &desk.code).await.unwrap();
    clinic.add_nurse(AddNurse { own_passphrase: typed(""), ..a_colleague() }).await.unwrap();
    clinic.issue_recovery_code(IssueRecoveryCode { own_passphrase: typed("") }).await.unwrap();
    let new = "nine boats under the bridge";
    let set = || SetPassphrase { own_passphrase: typed(""), ..a_new_passphrase(&desk.ruth, new) };
    clinic.set_passphrase(set()).await.unwrap();
    assert_eq!(faults(clinic.set_passphrase(set()).await), fault("own_passphrase", "missing"));
    clinic.issue_recovery_code(IssueRecoveryCode { own_passphrase: typed(new) }).await.unwrap();
}

#[tokio::test]
async fn a_colleague_whose_passphrase_is_refused_is_not_added() {
    let desk = a_clinic().await;
    let before = on_disk(&desk).lines;
    let weak = AddNurse { passphrase: typed("Omar Imagined"), ..a_colleague() };
    let refused = faults(desk.clinic.add_nurse(weak).await);
    assert_eq!(refused, fault("passphrase", "passphrase_contains_only_names"));
    let nobody = a_new_passphrase(&desk.ruth, "short");
    assert_eq!(faults(desk.clinic.set_passphrase(nobody).await), fault("passphrase", "passphrase_too_short"));
    assert_eq!(desk.clinic.list_staff().await.unwrap().len(), 1);
    assert_eq!(on_disk(&desk).lines, before);
}

#[tokio::test]
async fn one_program_at_a_time_has_the_profile() {
    let desk = a_clinic().await;
    assert_eq!(code(desk.room.try_house()), Code::ProfileInUse);
    desk.clinic.close().await;
    assert_eq!(code(desk.room.try_house()), Code::ProfileInUse, "a locked program has it too");
    let Shift { room, house, clinic, .. } = desk;
    drop((house, clinic));
    assert!(room.try_house().is_ok());
}

#[tokio::test]
async fn a_closed_clinic_answers_locked() {
    let desk = a_clinic().await;
    desk.clinic.close().await;
    assert_eq!(code(desk.clinic.desk().await), Code::Locked);
    assert_eq!(code(desk.clinic.register_patient(register()).await), Code::Locked);
}
