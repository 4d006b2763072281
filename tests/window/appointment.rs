//! From the first start to a completed and locked assessment, by keys alone, on a PC at home and on one whose time zone is wrong.

use jiff::tz::TimeZone;
use kit::window::{Key, RUTH, Window, World, now_ms};

use crate::people::{ANXIETY, FATIGUE, MONEY, OWN_WORDS, ZOE, set_up};

#[test]
fn a_whole_appointment_is_played_by_keys_alone() {
    let (keys, tabs) = play("Europe/London");
    println!("From the first start to the locked, finished assessment: {keys} keys, {tabs} of them Tab.");
}

#[test]
fn a_pc_with_a_wrong_time_zone_shows_the_same_times() {
    play("Pacific/Auckland");
}

fn play(zone: &'static str) -> (u32, u32) {
    let world = World::in_zone(zone);
    let began = now_ms();
    let window = world.open();
    set_up(&window);
    window.register(ZOE);
    let banner = window.text("[data-region='banner']");
    for part in ["INVENTED-QUILL, Zoë", "14-Jul-1956", "999 000 0018", "TEST", "Female"] {
        assert!(banner.contains(part), "{part} in {banner}");
    }
    shows_londons_times(&window, began);

    window.start_assessment(ZOE);
    for concern in [FATIGUE, ANXIETY, MONEY] {
        window.tick(concern);
    }
    window.add_own_words(OWN_WORDS);
    shows_londons_times(&window, began);
    window.go_on("hna_score");
    for (score, next) in [(8, "hna_score"), (3, "hna_score"), (10, "hna_score"), (1, "hna_matters")] {
        assert!(!window.has("input[name='rating']:checked"), "no score is chosen for anybody");
        window.score(score);
        window.go_on(next);
    }
    window.rank(FATIGUE);
    window.rank("own-1");
    window.tab_to("[id='up-own-1']").press(Key::Enter);
    window.wait_for(
        "the own words first",
        "return document.querySelector('[data-concern]').dataset.concern === 'own-1'",
        serde_json::json!([]),
    );
    window.see_saved();
    window.go_on("hna_information");
    window.tab_to("[id='topic-information.diet']").press(Key::Space);
    window.see_saved();
    window.tab_to("#questions").types("May I fly in March?");
    window.see_saved();
    window.go_on("hna_check");
    shows_londons_times(&window, began);
    assert_answers(&window);
    window.complete(ZOE);
    shows_londons_times(&window, began);
    assert_answers(&window);

    window.lock();
    window.see("lock");
    shows_londons_times(&window, began);
    let interactions = window.interactions();
    window.unlock(RUTH);
    window.see("hna_read");
    assert_answers(&window);
    interactions
}

fn assert_answers(window: &Window<'_>) {
    let rows = window.texts("tbody tr");
    let expected =
        [("Tiredness or fatigue", 8), ("Everyday money and bills", 3), ("Anxiety, fear or worry", 10), (OWN_WORDS, 1)];
    assert_eq!(rows.len(), expected.len(), "{rows:?}");
    for (concern, score) in expected {
        let row = rows.iter().find(|row| row.starts_with(concern)).unwrap_or_else(|| panic!("{concern} in {rows:?}"));
        let told = window.run(
            "return [...document.querySelectorAll('tbody tr')].find((row) => row.innerText.startsWith(arguments[0])).cells[1].textContent",
            serde_json::json!([concern]),
        );
        assert!(told.as_str().unwrap().trim().ends_with(&format!(" {score} out of 10")), "{score} in {told} of {row}");
    }
    let ranked: Vec<String> = window
        .texts("[aria-labelledby='matters-title'] li")
        .iter()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(ranked, [format!("1. {OWN_WORDS}"), "2. Tiredness or fatigue".to_owned()]);
    assert_eq!(window.texts("[aria-labelledby='information-title'] li"), ["Food and diet"]);
    assert!(window.text("[aria-labelledby='questions-title']").contains("May I fly in March?"));
}

/// Every time of day on the page is one that London's clocks have shown since the test began.
fn shows_londons_times(window: &Window<'_>, began: i64) {
    let shown = window.run("return document.body.innerText.match(/\\b\\d\\d:\\d\\d\\b/g) ?? []", serde_json::json!([]));
    let shown: Vec<&str> = shown.as_array().unwrap().iter().map(|time| time.as_str().unwrap()).collect();
    assert!(!shown.is_empty(), "{} shows a time", window.screen());
    let minutes = (began / 60_000)..=(now_ms() / 60_000);
    let london: Vec<String> = minutes.map(|minute| in_london(minute * 60_000)).collect();
    for time in shown {
        assert!(
            london.iter().any(|minute| minute == time),
            "{time} on {}, while London had {london:?}",
            window.screen()
        );
    }
}

fn in_london(ms: i64) -> String {
    let moment = jiff::Timestamp::from_millisecond(ms).unwrap();
    moment.to_zoned(TimeZone::get("Europe/London").unwrap()).strftime("%H:%M").to_string()
}
