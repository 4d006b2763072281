//! The PC in a patient's hands: what the patient's process is given and can do, the ways back, and that nothing that was answered is
//! lost or charted for somebody else.

use std::path::PathBuf;

use clinic::*;
use kit::appointment::{one_of, shown};
use kit::clock::{DAY, HOUR, MINUTE};
use kit::kept::details;
use kit::room::unlock;
use kit::*;
use serde_json::{Value, json};

use crate::{code, fault, faults, on_disk};

mod limits;
mod trouble;

const PIN: &str = "402917";

/// Ruth has started Anna's assessment, ticked one concern and handed over; her clinic is closed and her process gone.
struct Handed {
    room: Room,
    ruth: String,
    hna: String,
    letter: Letter,
}

async fn a_draft() -> (Shift, String) {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await;
    let hna = desk.clinic.start_hna(an_assessment(anna)).await.unwrap().id.to_string();
    desk.clinic.tick_concern(one_of(&hna, "physical.pain")).await.unwrap();
    (desk, hna)
}

fn hand_over(hna: &str, pin: &str, again: &str) -> HandOver {
    HandOver { hna: hna.into(), pin: typed(pin), pin_again: typed(again) }
}

async fn handed() -> Handed {
    let (desk, hna) = a_draft().await;
    let letter = desk.clinic.hand_over(hand_over(&hna, PIN, PIN)).await.unwrap();
    desk.clinic.close().await;
    let Shift { room, ruth, house, clinic, .. } = desk;
    drop((house, clinic));
    Handed { room, ruth, hna, letter: carried(&letter) }
}

/// As it comes out of the pipe.
fn carried(letter: &Letter) -> Letter {
    Letter::from_bytes(&letter.to_bytes().unwrap()).unwrap()
}

impl Handed {
    fn patient(&self) -> PatientRoom {
        PatientRoom::enter(self.room.profile(), carried(&self.letter), self.room.world()).unwrap()
    }
}

fn say(answer: Value) -> PatientAnswer {
    serde_json::from_value(answer).unwrap()
}

/// One of each kind, and some that follow from another.
fn answers() -> Vec<PatientAnswer> {
    let answers = json!([
        { "kind": "tick_concern", "concern": "physical.sleep" },
        { "kind": "add_own_concern", "words": "Who will walk the dog" },
        { "kind": "tick_concern", "concern": "practical.work" },
        { "kind": "untick_concern", "concern": "practical.work" },
        { "kind": "rate_concern", "concern": "physical.pain", "rating": 4 },
        { "kind": "rate_concern", "concern": "physical.sleep", "rating": 8 },
        { "kind": "decline_concern", "concern": "own-1" },
        { "kind": "talk_privately", "concern": "physical.sleep", "wanted": true },
        { "kind": "decline_domain", "domain": "spiritual", "declined": true },
        { "kind": "rank_concerns", "order": ["own-1", "physical.sleep"] },
        { "kind": "want_information", "topic": "information.diet", "wanted": true },
        { "kind": "write_questions", "words": "Will the clinic phone me?\nWhen?" },
    ]);
    answers.as_array().unwrap().iter().cloned().map(say).collect()
}

/// What the patient's window and the nurse's screen both show of the answers.
fn given(view: &Value) -> Value {
    let keys = ["concerns", "declined_domains", "ranked", "information", "questions", "next_unanswered"];
    keys.iter().map(|key| ((*key).to_owned(), view[key].clone())).collect()
}

async fn read(clinic: &Clinic, hna: &str) -> HnaView {
    clinic.read_hna(ReadHna { hna: hna.into() }).await.unwrap()
}

fn back(tried: Tried) -> HandedBack {
    match tried {
        Tried::Right(back) => HandedBack::from_bytes(&back.to_bytes()).unwrap(),
        _ => panic!("the PIN is the right one"),
    }
}

fn pin(text: &str) -> HandBack {
    HandBack { pin: typed(text) }
}

fn drafts(room: &Room) -> Vec<PathBuf> {
    let found = std::fs::read_dir(room.profile().join("drafts"));
    found.into_iter().flatten().map(|file| file.unwrap().path()).collect()
}

#[tokio::test]
async fn the_patient_answers_alone_and_the_nurse_is_back_where_she_checks_it() {
    let handed = handed().await;
    let patient = handed.patient();
    let front = patient.front().unwrap();
    assert_eq!((front.called.as_str(), front.nurse.as_str(), front.tries_left), ("Annie", "Ruth Invented", 5));
    assert_eq!(front.answers.concerns.len(), 1, "what was answered before is there");
    assert!(front.answers.saved.is_none() && !front.training);
    let mut last = None;
    for answer in answers() {
        handed.room.clock.step(1000);
        last = Some(patient.answer(&answer).unwrap());
    }
    let last = last.unwrap();
    assert_eq!(last.saved.as_ref().unwrap().ms, handed.room.clock.now());
    let way_back = back(patient.hand_back(&pin(PIN)).unwrap());
    assert_eq!(code(patient.answer(&answers()[0])), Code::Locked, "nobody answers once the nurse is back");
    drop(patient);

    let house = handed.room.house();
    assert!(!house.front().handed_back);
    house.keep_handed_back(way_back);
    assert!(house.front().handed_back);
    let clinic = house.come_back().await.unwrap();
    assert!(!house.front().handed_back, "once");
    let desk = clinic.desk().await.unwrap();
    assert_eq!(desk.nurse.id.to_string(), handed.ruth);
    let place = desk.place.unwrap();
    assert_eq!((place.screen.as_str(), place.hna.as_deref()), ("hna_check", Some(handed.hna.as_str())));
    let seen = read(&clinic, &handed.hna).await;
    assert_eq!(given(&shown(&seen)), given(&shown(&last)));
    assert_eq!((seen.method.code(), seen.status.code(), seen.revision), ("this_pc", "draft", 3), "one act");
    let line = seen.hand_over.unwrap();
    assert_eq!((line.answers, line.unreadable, line.not_me), (12, 0, false));
    assert_eq!(line.nurse, "Ruth Invented");
    assert!(drafts(&handed.room).is_empty());
    let done = clinic.complete_hna(CompleteHna { hna: handed.hna.clone(), day: "14".into(), month: "7".into() }).await;
    assert_eq!(done.unwrap().method.code(), "this_pc");
    clinic.close().await;
    assert_eq!(code(house.come_back().await), Code::Locked);
}

#[tokio::test]
async fn the_patients_process_knows_a_first_name_and_the_file_says_nothing() {
    let handed = handed().await;
    let letter = handed.letter.to_bytes().unwrap();
    let letter = String::from_utf8_lossy(&letter);
    assert!(letter.contains("Annie"), "the look sees what is there");
    for unknown in
        ["Anna", "Invented Street", "anna@", "TB-1", "Breast", "9990000018", "999 000 0018", "1956", &handed.hna]
    {
        assert!(!letter.contains(unknown), "{unknown}");
    }
    let patient = handed.patient();
    let words = json!({ "kind": "write_questions", "words": "xyzzy plugh" });
    patient.answer(&say(words)).unwrap();
    let files = drafts(&handed.room);
    let name = files[0].file_name().unwrap().to_str().unwrap();
    assert_eq!(files.len(), 1);
    assert!(name.len() == 32 && name.bytes().all(|byte| byte.is_ascii_hexdigit()), "{name}");
    let bytes = std::fs::read(&files[0]).unwrap();
    assert!(!bytes.windows(5).any(|window| window == b"xyzzy" || window == b"plugh"));
    // It holds the profile, so that nobody else opens the clinic beside it.
    assert_eq!(code(handed.room.try_house()), Code::ProfileInUse);
}

#[tokio::test]
async fn killed_after_any_answer_everything_that_was_saved_is_there() {
    let handed = handed().await;
    let patient = handed.patient();
    let file = drafts(&handed.room).remove(0).strip_prefix(handed.room.profile()).unwrap().to_owned();
    let mut before = 0;
    for (number, answer) in answers().iter().enumerate() {
        let acknowledged = patient.answer(answer).unwrap();
        let crashed = handed.room.after_a_crash();
        let house = crashed.house();
        let clinic = unlock(&house, &handed.ruth, RUTHS_PASSPHRASE).await.unwrap();
        let seen = read(&clinic, &handed.hna).await;
        assert_eq!(given(&shown(&seen)), given(&shown(&acknowledged)), "after answer {number}");
        assert_eq!(seen.hand_over.unwrap().answers, number as i64 + 1);
        clinic.close().await;
        // The next answer was being written: whatever of it is there, the others are.
        let torn = handed.room.after_a_crash();
        let bytes = std::fs::read(torn.profile().join(&file)).unwrap();
        let cut = before + (bytes.len() - before) * (number + 1) / 13;
        std::fs::write(torn.profile().join(&file), &bytes[..cut]).unwrap();
        before = bytes.len();
        let house = torn.house();
        let clinic = unlock(&house, &handed.ruth, RUTHS_PASSPHRASE).await.unwrap();
        let line = read(&clinic, &handed.hna).await.hand_over.unwrap();
        assert_eq!((line.answers, line.unreadable), (number as i64, 0), "answer {number} torn at {cut}");
        clinic.close().await;
    }
}

#[tokio::test]
async fn five_wrong_pins_leave_the_lock_screen_and_any_nurse_takes_the_answers_back() {
    let (desk, hna) = a_draft().await;
    let omar = desk.clinic.add_nurse(a_colleague()).await.unwrap()[1].id.to_string();
    let letter = desk.clinic.hand_over(hand_over(&hna, PIN, PIN)).await.unwrap();
    desk.clinic.close().await;
    let Shift { room, ruth, house, clinic, .. } = desk;
    drop((house, clinic));
    let handed = Handed { room, ruth, hna, letter };
    let patient = handed.patient();
    patient.answer(&answers()[0]).unwrap();
    assert_eq!(faults(patient.hand_back(&pin(""))), fault("pin", "missing"));
    assert_eq!(faults(patient.hand_back(&pin("12345"))), fault("pin", "pin_digits"));
    for left in [4, 3, 2, 1] {
        let Tried::Wrong(wrong) = patient.hand_back(&pin("111222")).unwrap() else { panic!("{left} tries are left") };
        assert_eq!(wrong.tries_left, left);
        assert_eq!(patient.front().unwrap().tries_left, left);
    }
    assert!(matches!(patient.hand_back(&pin("111222")).unwrap(), Tried::Over));
    assert_eq!(code(patient.hand_back(&pin(PIN))), Code::Locked, "the right one comes too late");
    assert_eq!(code(patient.front()), Code::Locked);
    drop(patient);

    let file = drafts(&handed.room).remove(0);
    let sealed = std::fs::read(&file).unwrap();
    let house = handed.room.house();
    assert_eq!(code(house.come_back().await), Code::Locked);
    let clinic = unlock(&house, &omar, OMARS_PASSPHRASE).await.unwrap();
    assert!(clinic.desk().await.unwrap().place.is_none(), "it is Ruth who was there");
    assert_eq!(read(&clinic, &handed.hna).await.concerns.len(), 2);
    clinic.close().await;
    // As when the PC stopped before the file was removed.
    std::fs::write(&file, sealed).unwrap();
    let clinic = unlock(&house, &handed.ruth, RUTHS_PASSPHRASE).await.unwrap();
    assert!(!file.exists());
    assert_eq!(clinic.desk().await.unwrap().place.unwrap().screen, "hna_check");
    assert_eq!(read(&clinic, &handed.hna).await.hand_over.unwrap().answers, 1, "they were taken back once");
    clinic.close().await;
}

#[tokio::test]
async fn after_two_hours_only_a_passphrase_leads_in() {
    let handed = handed().await;
    let patient = handed.patient();
    patient.answer(&answers()[0]).unwrap();
    handed.room.clock.step(2 * HOUR - 1);
    assert!(!patient.is_over());
    handed.room.clock.step(1);
    assert!(patient.is_over());
    assert!(matches!(patient.hand_back(&pin(PIN)).unwrap(), Tried::Over));
    drop(patient);
    let house = handed.room.house();
    let clinic = unlock(&house, &handed.ruth, RUTHS_PASSPHRASE).await.unwrap();
    assert_eq!(read(&clinic, &handed.hna).await.hand_over.unwrap().answers, 1);
    clinic.close().await;
    // A clock that was put back gives no more time.
    let letter = Letter::from_bytes(&handed.letter.to_bytes().unwrap()).unwrap();
    handed.room.clock.step(-3 * HOUR);
    let world = handed.room.world();
    drop((house, clinic));
    assert!(PatientRoom::enter(handed.room.profile(), letter, world).is_err(), "its file was taken back");
}

#[tokio::test]
async fn what_somebody_else_answered_is_not_taken_in() {
    let handed = handed().await;
    let patient = handed.patient();
    patient.answer(&answers()[0]).unwrap();
    patient.not_me().unwrap();
    assert_eq!(code(patient.answer(&answers()[1])), Code::Locked);
    assert_eq!(code(patient.hand_back(&pin(PIN))), Code::Locked);
    drop(patient);
    let house = handed.room.house();
    let clinic = unlock(&house, &handed.ruth, RUTHS_PASSPHRASE).await.unwrap();
    let seen = read(&clinic, &handed.hna).await;
    assert_eq!((seen.concerns.len(), seen.revision, seen.method.code()), (1, 2, "face_to_face"), "as it was before");
    let line = seen.hand_over.unwrap();
    assert!(line.not_me && line.answers == 1);
    assert!(drafts(&handed.room).is_empty());
    clinic.close().await;
}

#[tokio::test]
async fn the_rules_are_those_of_the_nurses_acts() {
    let handed = handed().await;
    let patient = handed.patient();
    let refused = |answer: Value| patient.answer(&say(answer));
    let rate = |rating: i64| json!({ "kind": "rate_concern", "concern": "physical.pain", "rating": rating });
    assert_eq!(faults(refused(rate(11))), fault("rating", "rating_range"));
    assert_eq!(faults(refused(json!({ "kind": "add_own_concern", "words": " " }))), fault("words", "missing"));
    assert_eq!(code(refused(json!({ "kind": "tick_concern", "concern": "no.such" }))), Code::Gone);
    let size = || std::fs::metadata(&drafts(&handed.room)[0]).unwrap().len();
    assert_eq!(size(), 0, "what was refused is not sealed");
    refused(json!({ "kind": "tick_concern", "concern": "physical.pain" })).unwrap();
    assert_eq!(size(), 0, "it was ticked before: nothing changed, nothing is written");
}

#[tokio::test]
async fn what_cannot_be_handed_over_is_refused_and_nothing_is_out() {
    let (desk, hna) = a_draft().await;
    for (chosen, again, field, reason) in [
        ("", "", "pin", "missing"),
        ("40291", "40291", "pin", "pin_digits"),
        ("four02", "four02", "pin", "pin_digits"),
        ("555555", "555555", "pin", "pin_too_simple"),
        ("345678", "345678", "pin", "pin_too_simple"),
        (PIN, "402918", "pin_again", "pin_differs"),
    ] {
        assert_eq!(faults(desk.clinic.hand_over(hand_over(&hna, chosen, again)).await), fault(field, reason));
    }
    let nobody = "5f2c1d9e-0000-4000-8000-000000000001";
    assert_eq!(code(desk.clinic.hand_over(hand_over(nobody, PIN, PIN)).await), Code::Gone);
    let complete = CompleteHna { hna: hna.clone(), day: "14".into(), month: "7".into() };
    desk.clinic.complete_hna(complete).await.unwrap();
    assert_eq!(code(desk.clinic.hand_over(hand_over(&hna, PIN, PIN)).await), Code::AlreadyCompleted);
    assert!(drafts(&desk.room).is_empty());
    assert_eq!(details(&desk, "hand_over"), [""; 0]);
}

#[tokio::test]
async fn the_audit_says_who_handed_over_who_came_back_and_what_was_taken_in() {
    let handed = handed().await;
    let patient = handed.patient();
    answers().iter().for_each(|answer| drop(patient.answer(answer).unwrap()));
    let way_back = back(patient.hand_back(&pin(PIN)).unwrap());
    drop(patient);
    let house = handed.room.house();
    house.keep_handed_back(way_back);
    let clinic = house.come_back().await.unwrap();
    let desk = Shift { room: handed.room, house, clinic, ruth: handed.ruth, code: Vec::new() };
    assert_eq!(details(&desk, "take_back"), ["answers 12, unreadable 0, not_me false"]);
    let kept = on_disk(&desk);
    let ops: Vec<_> =
        kept.lines.iter().filter_map(|(_, line)| line.strip_prefix("audit|")?.split('|').nth(3)).collect();
    assert_eq!(ops[ops.len() - 4..], ["hand_over", "lock", "come_back", "take_back"]);
    desk.clinic.close().await;
}

#[tokio::test]
async fn training_is_handed_over_and_comes_back_by_pin_or_by_the_locked_door() {
    let room = Room::new();
    let house = room.house();
    let clinic = house.open_training().await.unwrap();
    let anna = registered(&clinic).await;
    let hna = clinic.start_hna(an_assessment(anna)).await.unwrap().id.to_string();
    let letter = clinic.hand_over(hand_over(&hna, PIN, PIN)).await.unwrap();
    clinic.close().await;
    drop((clinic, house));
    let patient = PatientRoom::enter(room.profile(), carried(&letter), room.world()).unwrap();
    assert!(patient.front().unwrap().training);
    patient.answer(&answers()[0]).unwrap();
    let (way_back, key) = (back(patient.hand_back(&pin(PIN)).unwrap()), patient.training().unwrap());
    drop(patient);
    let house = room.house();
    house.keep_handed_back(way_back);
    let clinic = house.come_back().await.unwrap();
    let desk = clinic.desk().await.unwrap();
    assert!(desk.training && desk.place.unwrap().screen == "hna_check");
    assert_eq!(read(&clinic, &hna).await.concerns.len(), 1);

    let letter = clinic.hand_over(hand_over(&hna, PIN, PIN)).await.unwrap();
    clinic.close().await;
    drop((clinic, house));
    let patient = PatientRoom::enter(room.profile(), carried(&letter), room.world()).unwrap();
    patient.answer(&answers()[1]).unwrap();
    drop(patient);
    let house = room.house();
    house.keep_training(key);
    let clinic = house.open_training().await.unwrap();
    assert_eq!(read(&clinic, &hna).await.concerns.len(), 2, "by the key that the patient's process passed on");
    clinic.close().await;
    assert_eq!(room.keys.asked(), 0);
}
