//! The assessment, act by act; what a crash leaves of it; and how it ends.

use clinic::*;
use kit::appointment::{one_of, shown};
use kit::room::unlock;
use kit::*;

use crate::{code, fault, faults, on_disk};

/// A clinic with Anna and a draft of her assessment.
async fn a_draft() -> (Shift, String, String) {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await;
    let draft = desk.clinic.start_hna(an_assessment(anna)).await.unwrap();
    (desk, anna.to_string(), draft.id.to_string())
}

fn rate(hna: &str, concern: &str, rating: i64) -> RateConcern {
    RateConcern { hna: hna.into(), concern: concern.into(), rating }
}

fn rank(hna: &str, order: &[&str]) -> RankConcerns {
    RankConcerns { hna: hna.into(), order: order.iter().map(|&key| key.to_owned()).collect() }
}

fn complete(hna: &str) -> CompleteHna {
    CompleteHna { hna: hna.into(), day: "14".into(), month: "7".into() }
}

fn keys(view: &HnaView) -> Vec<&str> {
    view.concerns.iter().map(|concern| concern.key.as_str()).collect()
}

fn answer(view: &HnaView, key: &str) -> String {
    let concern = view.concerns.iter().find(|concern| concern.key == key).unwrap();
    match concern.answer {
        AnswerView::Unanswered => "unanswered".to_owned(),
        AnswerView::Declined => "declined".to_owned(),
        AnswerView::Rated { rating } => rating.to_string(),
    }
}

#[tokio::test]
async fn the_day_and_month_of_birth_are_typed_again_at_the_start() {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await;
    let before = on_disk(&desk).lines;
    for (day, month) in [("15", "7"), ("7", "14"), ("", ""), ("14", "8")] {
        let request = StartHna { day: day.into(), month: month.into(), ..an_assessment(anna) };
        assert_eq!(code(desk.clinic.start_hna(request).await), Code::IdentityDiffers, "{day} {month}");
    }
    assert_eq!(on_disk(&desk).lines, before);
    let started =
        desk.clinic.start_hna(StartHna { day: "14 ".into(), month: "07".into(), ..an_assessment(anna) }).await.unwrap();
    assert_eq!((started.typed_by.as_str(), started.concerns.len(), started.revision), ("Ruth Invented", 0, 1));
}

#[tokio::test]
async fn who_answers_how_and_when_must_be_said() {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await;
    let request =
        StartHna { answered_by: None, method: None, pathway_point: Some("later".into()), ..an_assessment(anna) };
    let refused = faults(desk.clinic.start_hna(request).await);
    let fields: Vec<_> = refused.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["answered_by", "method", "pathway_point"]);
    let request = StartHna { answered_by: Some("carer".into()), helper: "Her son  Jan".into(), ..an_assessment(anna) };
    let started = desk.clinic.start_hna(request).await.unwrap();
    assert_eq!((started.answered_by.code(), started.helper.as_deref()), ("carer", Some("Her son Jan")));
}

#[tokio::test]
async fn concerns_stand_in_the_order_of_the_checklist_and_own_words_last() {
    let (desk, _, hna) = a_draft().await;
    let clinic = &desk.clinic;
    clinic
        .add_own_concern(AddOwnConcern { hna: hna.clone(), words: " Who will walk\tthe dog? ".into() })
        .await
        .unwrap();
    for concern in ["spiritual.faith", "physical.sleep", "physical.breathing"] {
        clinic.tick_concern(one_of(&hna, concern)).await.unwrap();
    }
    let view = clinic.read_hna(ReadHna { hna }).await.unwrap();
    assert_eq!(keys(&view), ["physical.breathing", "physical.sleep", "spiritual.faith", "own-1"]);
    let own = &view.concerns[3];
    assert_eq!((own.text.as_str(), own.own, own.domain.as_deref()), ("Who will walk the dog?", true, None));
    assert_eq!(view.next_unanswered.as_deref(), Some("physical.breathing"));
}

#[tokio::test]
async fn not_answered_declined_and_a_score_are_three_things() {
    let (desk, _, hna) = a_draft().await;
    let clinic = &desk.clinic;
    for concern in ["physical.sleep", "physical.pain", "emotional.mood"] {
        clinic.tick_concern(one_of(&hna, concern)).await.unwrap();
    }
    clinic.rate_concern(rate(&hna, "physical.sleep", 10)).await.unwrap();
    let view = clinic.decline_concern(one_of(&hna, "physical.pain")).await.unwrap();
    let answers = ["physical.sleep", "physical.pain", "emotional.mood"].map(|key| answer(&view, key));
    assert_eq!(answers, ["10", "declined", "unanswered"]);
    assert_eq!(view.next_unanswered.as_deref(), Some("emotional.mood"));
    let view = clinic.rate_concern(rate(&hna, "physical.pain", 1)).await.unwrap();
    assert_eq!(answer(&view, "physical.pain"), "1", "a later answer takes the place of the earlier one");
}

#[tokio::test]
async fn scores_are_from_one_to_ten() {
    let (desk, _, hna) = a_draft().await;
    desk.clinic.tick_concern(one_of(&hna, "physical.sleep")).await.unwrap();
    let before = on_disk(&desk).lines;
    for score in [i64::MIN, -1, 0, 11, 256 + 5, i64::MAX] {
        let refused = faults(desk.clinic.rate_concern(rate(&hna, "physical.sleep", score)).await);
        assert_eq!(refused, fault("rating", "rating_range"), "{score}");
    }
    assert_eq!(code(desk.clinic.rate_concern(rate(&hna, "physical.pain", 5)).await), Code::Gone, "it was not ticked");
    assert_eq!(on_disk(&desk).lines, before);
}

#[tokio::test]
async fn a_concern_taken_off_loses_its_answer_and_its_place_and_comes_back_unanswered() {
    let (desk, _, hna) = a_draft().await;
    let clinic = &desk.clinic;
    clinic.tick_concern(one_of(&hna, "physical.sleep")).await.unwrap();
    clinic.rate_concern(rate(&hna, "physical.sleep", 7)).await.unwrap();
    clinic.rank_concerns(rank(&hna, &["physical.sleep"])).await.unwrap();
    let view = clinic.untick_concern(one_of(&hna, "physical.sleep")).await.unwrap();
    assert!(view.concerns.is_empty() && view.ranked.is_empty());
    let view = clinic.tick_concern(one_of(&hna, "physical.sleep")).await.unwrap();
    assert_eq!(answer(&view, "physical.sleep"), "unanswered");
    assert_eq!(code(clinic.untick_concern(one_of(&hna, "physical.pain")).await), Code::Gone);
}

#[tokio::test]
async fn up_to_four_matter_most_whatever_their_scores() {
    let (desk, _, hna) = a_draft().await;
    let clinic = &desk.clinic;
    let five = ["physical.sleep", "physical.pain", "emotional.mood", "family.children", "practical.work"];
    for concern in five {
        clinic.tick_concern(one_of(&hna, concern)).await.unwrap();
    }
    clinic.rate_concern(rate(&hna, "physical.pain", 10)).await.unwrap();
    assert_eq!(faults(clinic.rank_concerns(rank(&hna, &five)).await), fault("order", "too_many"));
    assert_eq!(code(clinic.rank_concerns(rank(&hna, &["physical.sleep", "physical.sleep"])).await), Code::Gone);
    assert_eq!(code(clinic.rank_concerns(rank(&hna, &["physical.weight"])).await), Code::Gone);
    let view = clinic.rank_concerns(rank(&hna, &["practical.work", "physical.sleep"])).await.unwrap();
    assert_eq!(view.ranked, ["practical.work", "physical.sleep"]);
    assert!(clinic.rank_concerns(rank(&hna, &[])).await.unwrap().ranked.is_empty());
}

#[tokio::test]
async fn an_area_a_private_talk_information_and_questions_are_kept_and_taken_back() {
    let (desk, _, hna) = a_draft().await;
    let clinic = &desk.clinic;
    clinic.tick_concern(one_of(&hna, "physical.sex")).await.unwrap();
    for (wanted, count) in [(true, 1), (true, 1), (false, 0), (true, 1)] {
        let area = DeclineDomain { hna: hna.clone(), domain: "spiritual".into(), declined: wanted };
        assert_eq!(clinic.decline_domain(area).await.unwrap().declined_domains.len(), count);
        let topic = WantInformation { hna: hna.clone(), topic: "information.diet".into(), wanted };
        assert_eq!(clinic.want_information(topic).await.unwrap().information.len(), count);
        let private = TalkPrivately { hna: hna.clone(), concern: "physical.sex".into(), wanted };
        assert_eq!(clinic.talk_privately(private).await.unwrap().concerns[0].private, wanted);
    }
    let words =
        WriteQuestions { hna: hna.clone(), words: "Can I swim?\r\nWill it come back? £ ’ é ŵ ŷ ł <b>".into() };
    let view = clinic.write_questions(words).await.unwrap();
    assert_eq!(view.questions, "Can I swim?\nWill it come back? £ ’ é ŵ ŷ ł <b>");
    let area = DeclineDomain { hna: hna.clone(), domain: "weather".into(), declined: true };
    assert_eq!(code(clinic.decline_domain(area).await), Code::Gone);
    let topic = WantInformation { hna, topic: "information.weather".into(), wanted: true };
    assert_eq!(code(clinic.want_information(topic).await), Code::Gone);
}

#[tokio::test]
async fn own_words_must_be_words() {
    let (desk, _, hna) = a_draft().await;
    let add = |words: &str| AddOwnConcern { hna: hna.clone(), words: words.into() };
    assert_eq!(faults(desk.clinic.add_own_concern(add("  ")).await), fault("words", "missing"));
    assert_eq!(faults(desk.clinic.add_own_concern(add(&"é".repeat(201))).await), fault("words", "too_long"));
    assert_eq!(faults(desk.clinic.add_own_concern(add("a\u{7}b")).await), fault("words", "control_character"));
    desk.clinic.add_own_concern(add("one")).await.unwrap();
    desk.clinic.untick_concern(one_of(&hna, "own-1")).await.unwrap();
    let view = desk.clinic.add_own_concern(add("two")).await.unwrap();
    assert_eq!(keys(&view), ["own-2"], "a key is never given twice");
}

#[tokio::test]
async fn a_change_that_changes_nothing_is_no_revision() {
    let (desk, _, hna) = a_draft().await;
    let once = desk.clinic.tick_concern(one_of(&hna, "physical.sleep")).await.unwrap();
    let before = on_disk(&desk).lines;
    let twice = desk.clinic.tick_concern(one_of(&hna, "physical.sleep")).await.unwrap();
    assert_eq!((once.revision, twice.revision), (2, 2));
    assert_eq!(on_disk(&desk).lines, before);
}

#[tokio::test]
async fn zero_concerns_is_a_valid_ending() {
    let (desk, anna, hna) = a_draft().await;
    let view = desk.clinic.complete_hna(complete(&hna)).await.unwrap();
    assert_eq!((view.status.code(), view.concerns.len()), ("completed", 0));
    assert_eq!(view.completed.unwrap().ms, desk.room.clock.now());
    let seen = desk.clinic.open_patient(OpenPatient { patient: anna }).await.unwrap();
    assert_eq!(
        (seen.hnas[0].status.code(), seen.hnas[0].concerns, seen.hnas[0].highest.is_none()),
        ("completed", 0, true)
    );
}

#[tokio::test]
async fn completing_needs_the_birthday_again() {
    let (desk, _, hna) = a_draft().await;
    let before = on_disk(&desk).lines;
    let wrong = CompleteHna { hna: hna.clone(), day: "13".into(), month: "7".into() };
    assert_eq!(code(desk.clinic.complete_hna(wrong).await), Code::IdentityDiffers);
    assert_eq!(on_disk(&desk).lines, before);
    desk.clinic.complete_hna(complete(&hna)).await.unwrap();
}

#[tokio::test]
async fn a_completed_and_a_discarded_assessment_are_closed_to_every_act() {
    let (desk, anna, first) = a_draft().await;
    let clinic = &desk.clinic;
    clinic.tick_concern(one_of(&first, "physical.sleep")).await.unwrap();
    clinic.complete_hna(complete(&first)).await.unwrap();
    let second = clinic.start_hna(an_assessment(&anna)).await.unwrap().id.to_string();
    let why = |hna: &str, reason: &str| DiscardHna { hna: hna.into(), reason: reason.into() };
    assert_eq!(faults(clinic.discard_hna(why(&second, " ")).await), fault("reason", "missing"));
    clinic.tick_concern(one_of(&second, "physical.sleep")).await.unwrap();
    let view = clinic.discard_hna(why(&second, "Taken ill; will come back")).await.unwrap();
    assert_eq!((view.status.code(), view.discard_reason.as_deref()), ("discarded", Some("Taken ill; will come back")));
    let before = on_disk(&desk).lines;
    for hna in [first, second] {
        let own = AddOwnConcern { hna: hna.clone(), words: "late".into() };
        let area = DeclineDomain { hna: hna.clone(), domain: "spiritual".into(), declined: true };
        let private = TalkPrivately { hna: hna.clone(), concern: "physical.sleep".into(), wanted: true };
        let topic = WantInformation { hna: hna.clone(), topic: "information.diet".into(), wanted: true };
        let words = WriteQuestions { hna: hna.clone(), words: "late".into() };
        let codes = [
            code(clinic.tick_concern(one_of(&hna, "physical.pain")).await),
            code(clinic.untick_concern(one_of(&hna, "physical.sleep")).await),
            code(clinic.add_own_concern(own).await),
            code(clinic.decline_domain(area).await),
            code(clinic.rate_concern(rate(&hna, "physical.sleep", 3)).await),
            code(clinic.decline_concern(one_of(&hna, "physical.sleep")).await),
            code(clinic.talk_privately(private).await),
            code(clinic.rank_concerns(rank(&hna, &["physical.sleep"])).await),
            code(clinic.want_information(topic).await),
            code(clinic.write_questions(words).await),
            code(clinic.complete_hna(complete(&hna)).await),
            code(clinic.discard_hna(why(&hna, "late")).await),
        ];
        assert_eq!(codes, [Code::AlreadyCompleted; 12]);
    }
    assert_eq!(on_disk(&desk).lines, before, "a refused act leaves nothing");
}

#[tokio::test]
async fn only_registering_correcting_and_completing_leave_a_sending() {
    let (desk, _, hna) = a_draft().await;
    let sendings =
        |desk: &Shift| on_disk(desk).lines.into_iter().filter(|(_, line)| line.starts_with("sending|")).count();
    desk.clinic.tick_concern(one_of(&hna, "physical.sleep")).await.unwrap();
    assert_eq!(sendings(&desk), 1, "the registration; a draft is not sent");
    desk.clinic.complete_hna(complete(&hna)).await.unwrap();
    assert_eq!(sendings(&desk), 2);
    let phrase = desk.clinic.desk().await.unwrap().sending;
    assert_eq!((phrase.phrase, phrase.count, phrase.reason), ("saved_here", 0, Some("no_server")));
}

#[tokio::test]
async fn the_overview_shows_the_heaviest_concern_and_the_newest_assessment_first() {
    let (desk, anna, first) = a_draft().await;
    let clinic = &desk.clinic;
    for (concern, score) in [("physical.sleep", 4), ("emotional.mood", 9), ("physical.pain", 9)] {
        clinic.tick_concern(one_of(&first, concern)).await.unwrap();
        clinic.rate_concern(rate(&first, concern, score)).await.unwrap();
    }
    clinic.complete_hna(complete(&first)).await.unwrap();
    desk.room.clock.step(clock::DAY);
    clinic.start_hna(an_assessment(&anna)).await.unwrap();
    let seen = clinic.open_patient(OpenPatient { patient: anna }).await.unwrap();
    let lines: Vec<_> = seen.hnas.iter().map(|line| (line.status.code(), line.concerns, line.sending)).collect();
    assert_eq!(lines, [("draft", 0, "draft"), ("completed", 3, "saved_here")]);
    let highest = seen.hnas[1].highest.as_ref().unwrap();
    let list = clinic
        .read_checklist(ReadChecklist { checklist: clinic.read_hna(ReadHna { hna: first }).await.unwrap().checklist });
    let pain =
        list.await.unwrap().domains.into_iter().flat_map(|area| area.items).find(|item| item.key == "physical.pain");
    assert_eq!((highest.concern.as_str(), highest.score), (pain.unwrap().text.as_str(), 9), "the first of two equals");
}

#[tokio::test]
async fn after_a_crash_she_is_at_the_same_question_with_every_answer() {
    let (desk, anna, hna) = a_draft().await;
    let clinic = &desk.clinic;
    for concern in ["physical.sleep", "physical.pain"] {
        clinic.tick_concern(one_of(&hna, concern)).await.unwrap();
    }
    let place = Place {
        screen: "hna_score".into(),
        patient: Some(anna),
        hna: Some(hna.clone()),
        record: None,
        item: Some("physical.pain".into()),
    };
    let kept = shown(&place);
    clinic.keep_place(place).await.unwrap();
    let last = clinic.rate_concern(rate(&hna, "physical.sleep", 8)).await.unwrap();

    let room = desk.room.after_a_crash();
    let house = room.house();
    let clinic = unlock(&house, &desk.ruth, RUTHS_PASSPHRASE).await.unwrap();
    let now = clinic.desk().await.unwrap();
    assert_eq!(shown(&now.place), kept);
    let view = clinic.read_hna(ReadHna { hna: hna.clone() }).await.unwrap();
    assert_eq!(shown(&view), shown(&last));
    let view = clinic.rate_concern(rate(&hna, "physical.pain", 2)).await.unwrap();
    assert_eq!((view.revision, view.next_unanswered), (last.revision + 1, None), "and the work goes on");
}

#[tokio::test]
async fn each_nurse_has_her_own_place() {
    let (desk, anna, _) = a_draft().await;
    let omar = desk.clinic.add_nurse(a_colleague()).await.unwrap()[1].id.to_string();
    let at = |screen: &str| Place {
        screen: screen.into(),
        patient: Some(anna.clone()),
        hna: None,
        record: None,
        item: None,
    };
    desk.clinic.keep_place(at("patient")).await.unwrap();
    desk.clinic.close().await;
    let clinic = unlock(&desk.house, &omar, OMARS_PASSPHRASE).await.unwrap();
    assert!(clinic.desk().await.unwrap().place.is_none());
    clinic.keep_place(at("today")).await.unwrap();
    clinic.close().await;
    let clinic = desk.unlock().await;
    assert_eq!(clinic.desk().await.unwrap().place.unwrap().screen, "patient");
    assert_eq!(code(clinic.keep_place(at("Not a screen")).await), Code::Gone);
}

#[tokio::test]
async fn an_unknown_assessment_and_an_unknown_checklist_are_gone() {
    let desk = a_clinic().await;
    let nothing = "00000000-0000-4000-8000-000000000000".to_owned();
    assert_eq!(code(desk.clinic.read_hna(ReadHna { hna: nothing.clone() }).await), Code::Gone);
    assert_eq!(code(desk.clinic.tick_concern(one_of(&nothing, "physical.sleep")).await), Code::Gone);
    assert_eq!(code(desk.clinic.start_hna(an_assessment(&nothing)).await), Code::Gone);
    assert_eq!(code(desk.clinic.read_checklist(ReadChecklist { checklist: "nothing|1".into() }).await), Code::Gone);
}
