//! Scoring again: two assessments six weeks apart, and what the screen, the overview and both papers then say of each concern.

use std::fs;

use clinic::*;
use kit::appointment::{a_lock, one_of};
use kit::kept::{details, paper};
use kit::room::unlock;
use kit::*;

use crate::{code, fault, faults};

const SIX_WEEKS: i64 = 42 * clock::DAY;

/// Each concern of the first assessment with its score, in the order of the checklist.
const FIRST: [(&str, i64); 6] = [
    ("physical.pain", 9),
    ("physical.sleep", 4),
    ("physical.fatigue", 7),
    ("financial.money", 5),
    ("emotional.anxiety", 3),
    ("emotional.mood", 6),
];

async fn rate(clinic: &Clinic, hna: &str, concern: &str, rating: i64) -> Result<HnaView, Problem> {
    clinic.rate_concern(RateConcern { hna: hna.into(), concern: concern.into(), rating }).await
}

async fn finish(clinic: &Clinic, hna: &str) {
    clinic.complete_hna(CompleteHna { hna: hna.into(), day: "14".into(), month: "7".into() }).await.unwrap();
}

/// The first assessment, and one concern in the patient's own words.
async fn the_first(clinic: &Clinic, patient: impl ToString) -> String {
    let hna = clinic.start_hna(an_assessment(patient)).await.unwrap().id.to_string();
    for (concern, score) in FIRST {
        clinic.tick_concern(one_of(&hna, concern)).await.unwrap();
        rate(clinic, &hna, concern, score).await.unwrap();
    }
    clinic.add_own_concern(AddOwnConcern { hna: hna.clone(), words: "Who walks the dog?".into() }).await.unwrap();
    rate(clinic, &hna, "own-1", 8).await.unwrap();
    finish(clinic, &hna).await;
    hna
}

fn again(hna: &str) -> ScoreAgain {
    let StartHna { day, month, answered_by, helper, method, pathway_point, answered_on, .. } = an_assessment("");
    ScoreAgain { hna: hna.into(), day, month, answered_by, helper, method, pathway_point, answered_on }
}

/// The second one, six weeks later: one concern is gone to 0, one declined, one new; own words matter most, then fatigue.
async fn the_second(clinic: &Clinic, first: &str) -> String {
    let hna = clinic.score_again(again(first)).await.unwrap().id.to_string();
    let scores = [("physical.pain", 6), ("physical.sleep", 6), ("physical.fatigue", 2), ("emotional.anxiety", 0)];
    for (concern, score) in scores {
        rate(clinic, &hna, concern, score).await.unwrap();
    }
    rate(clinic, &hna, "own-1", 1).await.unwrap();
    clinic.decline_concern(one_of(&hna, "emotional.mood")).await.unwrap();
    let later = TalkPrivately { hna: hna.clone(), concern: "emotional.mood".into(), wanted: true };
    clinic.talk_privately(later).await.unwrap();
    clinic.tick_concern(one_of(&hna, "physical.eating")).await.unwrap();
    rate(clinic, &hna, "physical.eating", 6).await.unwrap();
    let order = vec!["own-1".into(), "physical.fatigue".into()];
    clinic.rank_concerns(RankConcerns { hna: hna.clone(), order }).await.unwrap();
    finish(clinic, &hna).await;
    hna
}

/// All that the pages say, in reading order.
pub(crate) fn words(pages: &[String]) -> String {
    let texts = pages.iter().flat_map(|page| page.split("<text ").skip(1));
    let words = texts.filter_map(|text| Some(text.split_once('>')?.1.split_once("</text>")?.0));
    words.collect::<Vec<_>>().join(" ").replace('\u{a0}', " ")
}

/// These follow each other in the text, in this order.
fn in_order(text: &str, wanted: &[&str]) {
    let mut rest = text;
    for one in wanted {
        let Some((_, after)) = rest.split_once(one) else { panic!("{one:?} does not follow in {rest:?}") };
        rest = after;
    }
}

/// What both papers say of the concerns that have two scores, in the order in which they are told: the patient's own, then by newer
/// score, ties in the order of the checklist.
const TOLD: [&str; 15] = [
    "What matters most to you",
    "1. Who walks the dog?",
    "was 8, now 1",
    "2. Tiredness or fatigue",
    "was 7, now 2",
    "Your other concerns",
    "Appetite and eating",
    "Sleep",
    "was 4, now 6",
    "Pain",
    "was 9, now 6",
    "Anxiety, fear or worry",
    "was 3, now 0",
    "Everyday money and bills",
    "Low mood or sadness",
];

#[tokio::test]
async fn two_assessments_six_weeks_apart_print_was_9_now_6_in_the_patients_order_then_by_newer_score() {
    let desk = a_clinic().await;
    let clinic = &desk.clinic;
    let anna = registered(clinic).await;
    let first = the_first(clinic, anna).await;
    desk.room.clock.step(SIX_WEEKS);
    let second = the_second(clinic, &first).await;

    let of = |record: &str| PaperOf { kind: "changes".into(), record: record.into(), patient: None, version: None };
    let shown = clinic.preview_paper(of(&second)).await.unwrap();
    let said = words(&shown.pages);
    in_order(&said, &["From 23 November 2026 to 4 January 2027"]);
    in_order(&said, &TOLD);
    assert!(said.contains("You did not want to give a score this time. It was 6."), "{said}");
    in_order(&said, &["Low mood or sadness", "We will talk about this later."]);
    assert_eq!(said.matches("We will talk about this later.").count(), 1, "of nothing else: {said}");
    assert!(said.contains("There is no score this time. It was 5."), "{said}");
    assert!(said.contains("new, now 6"), "{said}");
    assert!(!shown.draft && shown.version.is_none());
    assert_eq!(shown.file, format!("concerns-{}-2027-01-04.pdf", &second[..6]));
    assert_eq!(code(clinic.preview_paper(of(&first)).await), Code::Gone, "the first has nothing before it");

    let save = SavePaper { paper: of(&second), day: "14".into(), month: "7".into() };
    fs::create_dir_all(desk.room.documents()).unwrap();
    let saved = clinic.save_paper(save).await.unwrap();
    let pdf = fs::read(desk.room.documents().join(&saved.file)).unwrap();
    in_order(&kit::summary::pages(&pdf).join(" "), &TOLD);
    assert_eq!(details(&desk, "save_paper"), ["changes"]);

    // The plan's paper says it too, and its locked version keeps it.
    let plan = clinic.start_care_plan(StartCarePlan { hna: second }).await.unwrap().id.to_string();
    clinic.lock_care_plan(a_lock(clinic, &plan).await).await.unwrap();
    let copy = paper(&desk, &plan, 1, domain::summary_template::Copy::Patient);
    let said = words(&copy.pages);
    in_order(&said, &TOLD);
    in_order(&said, &["Appetite and eating", "6 out of 10"]);
}

#[tokio::test]
async fn the_screen_and_the_overview_account_for_every_concern() {
    let desk = a_clinic().await;
    let clinic = &desk.clinic;
    let anna = registered(clinic).await;
    let first = the_first(clinic, anna).await;
    let changes = || clinic.read_changes(ReadChanges { patient: anna.to_string() });
    assert_eq!(code(changes().await), Code::Gone, "one assessment has nothing to compare with");
    let overview = clinic.open_patient(OpenPatient { patient: anna.to_string() }).await.unwrap();
    assert!(overview.since_last.is_none());
    desk.room.clock.step(SIX_WEEKS);
    let second = the_second(clinic, &first).await;

    let view = changes().await.unwrap();
    let days: Vec<_> = view.assessments.iter().map(|one| one.on.short.as_str()).collect();
    assert_eq!((days, view.newest.to_string()), (vec!["23-Nov-2026", "04-Jan-2027"], second.clone()));
    let said = serde_json::to_value(&view.concerns).unwrap();
    let told: Vec<_> = said.as_array().unwrap().iter().map(|one| (&one["text"], &one["since_last"])).collect();
    let was = |was: u8, now: u8| serde_json::json!({ "kind": "was", "was": was, "now": now });
    let no_score = |kind: &str, was: u8| serde_json::json!({ "kind": kind, "was": was });
    let expected = [
        ("Who walks the dog?", was(8, 1)),
        ("Tiredness or fatigue", was(7, 2)),
        ("Appetite and eating", serde_json::json!({ "kind": "new", "now": 6 })),
        ("Sleep", was(4, 6)),
        ("Pain", was(9, 6)),
        ("Anxiety, fear or worry", was(3, 0)),
        ("Everyday money and bills", no_score("unanswered", 5)),
        ("Low mood or sadness", no_score("declined", 6)),
    ];
    assert_eq!(told.len(), expected.len());
    for ((text, said), (wanted, kind)) in told.into_iter().zip(&expected) {
        assert_eq!((text.as_str().unwrap(), said), (*wanted, kind));
    }
    assert_eq!(details(&desk, "read_changes").len(), 1, "the look is a line");

    let overview = clinic.open_patient(OpenPatient { patient: anna.to_string() }).await.unwrap();
    let since = overview.since_last.unwrap();
    assert_eq!(
        (since.from.short.as_str(), since.to.short.as_str(), since.assessments),
        ("23-Nov-2026", "04-Jan-2027", 2)
    );
    let later: Vec<_> = view.concerns.iter().filter(|one| one.private).map(|one| one.text.as_str()).collect();
    assert_eq!(later, ["Low mood or sadness"]);
    let later: Vec<_> = since.concerns.iter().filter(|line| line.private).map(|line| line.text.as_str()).collect();
    assert_eq!(later, ["Low mood or sadness"]);
    let texts: Vec<_> = since.concerns.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, expected.map(|(text, _)| text));
    assert!(overview.hnas[0].again && !overview.hnas[1].again);
}

#[tokio::test]
async fn nought_is_a_score_only_where_concerns_are_scored_again_and_survives_a_restart() {
    let desk = a_clinic().await;
    let clinic = &desk.clinic;
    let anna = registered(clinic).await;
    let first = clinic.start_hna(an_assessment(anna)).await.unwrap().id.to_string();
    clinic.tick_concern(one_of(&first, "physical.pain")).await.unwrap();
    assert_eq!(faults(rate(clinic, &first, "physical.pain", 0).await), fault("rating", "rating_range"));
    assert_eq!(code(clinic.score_again(again(&first)).await), Code::Gone, "a draft is nothing to compare with");
    rate(clinic, &first, "physical.pain", 9).await.unwrap();
    finish(clinic, &first).await;

    let started = clinic.score_again(again(&first)).await.unwrap();
    let listed: Vec<_> = started.concerns.iter().map(|concern| concern.key.as_str()).collect();
    assert_eq!((listed, started.next_unanswered.as_deref()), (vec!["physical.pain"], Some("physical.pain")));
    assert_eq!(started.again.unwrap().short, "23-Nov-2026");
    let second = started.id.to_string();
    assert_eq!(faults(rate(clinic, &second, "physical.pain", -1).await), fault("rating", "rating_range_again"));
    rate(clinic, &second, "physical.pain", 0).await.unwrap();
    let kept = kit::kept::after_a_crash(&desk, |store| {
        let id = domain::id::HnaId::parse(&second).unwrap();
        store.hna(id).unwrap().unwrap().hna.concerns[0].answer
    });
    assert_eq!(kept, domain::hna::Answer::Rated(domain::hna::Rating::again(0).unwrap()));
}

#[tokio::test]
async fn scoring_again_asks_for_the_same_as_starting_and_a_paper_form_has_its_day() {
    let desk = a_clinic().await;
    let clinic = &desk.clinic;
    let anna = registered(clinic).await;
    let first = the_first(clinic, anna).await;
    desk.room.clock.step(SIX_WEEKS);
    let wrong = ScoreAgain { day: "15".into(), ..again(&first) };
    assert_eq!(code(clinic.score_again(wrong).await), Code::IdentityDiffers);
    let nothing = ScoreAgain { answered_by: None, method: None, pathway_point: None, ..again(&first) };
    assert_eq!(faults(clinic.score_again(nothing).await).len(), 3);
    // Filled in on paper before the first was taken: it is the older one of the two.
    let on_paper = ScoreAgain { method: Some("paper".into()), answered_on: Some(date(2, 11, 2026)), ..again(&first) };
    let second = clinic.score_again(on_paper).await.unwrap().id.to_string();
    rate(clinic, &second, "physical.pain", 0).await.unwrap();
    finish(clinic, &second).await;
    let view = clinic.read_changes(ReadChanges { patient: anna.to_string() }).await.unwrap();
    let days: Vec<_> = view.assessments.iter().map(|one| one.on.short.as_str()).collect();
    assert_eq!((days, view.newest.to_string()), (vec!["02-Nov-2026", "23-Nov-2026"], first));
}

#[tokio::test]
async fn a_patient_alone_at_this_pc_scores_0_only_where_concerns_are_scored_again() {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await;
    let first = the_first(&desk.clinic, anna).await;
    desk.room.clock.step(SIX_WEEKS);
    let hna = desk.clinic.score_again(again(&first)).await.unwrap().id.to_string();
    rate(&desk.clinic, &hna, "physical.sleep", 0).await.unwrap();
    let pin = || typed("274916");
    let letter = desk.clinic.hand_over(HandOver { hna: hna.clone(), pin: pin(), pin_again: pin() }).await.unwrap();
    desk.clinic.close().await;
    let Shift { room, ruth, house, clinic, .. } = desk;
    drop((house, clinic));
    let bytes = letter.to_bytes().unwrap();
    let patient = PatientRoom::enter(room.profile(), Letter::from_bytes(&bytes).unwrap(), room.world()).unwrap();
    assert!(patient.front().unwrap().again);
    let nought = |concern: &str| serde_json::json!({ "kind": "rate_concern", "concern": concern, "rating": 0 });
    let answer: PatientAnswer = serde_json::from_value(nought("physical.pain")).unwrap();
    let given = serde_json::to_value(patient.answer(&answer).unwrap().concerns).unwrap();
    let rated =
        |key: &str| given.as_array().unwrap().iter().find(|one| one["key"] == key).unwrap()["answer"]["rating"].clone();
    assert_eq!((rated("physical.pain"), rated("physical.sleep")), (0.into(), 0.into()));
    // Nothing tells the patient's process which assessment is scored again, or what its scores were.
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    assert!(!text.contains(&first) && !text.contains(r#""rating":9"#));
    drop(patient);
    let house = room.house();
    let clinic = unlock(&house, &ruth, RUTHS_PASSPHRASE).await.unwrap();
    let read = clinic.read_hna(ReadHna { hna: hna.clone() }).await.unwrap();
    let back = serde_json::to_value(&read.concerns).unwrap();
    assert_eq!(back, given, "what was answered is in the record");
}
