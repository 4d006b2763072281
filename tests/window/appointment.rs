//! One appointment from the first start to both printed copies, by keys alone, on a PC at home and on one whose time zone is wrong.

use std::fs;

use domain::summary_template::Copy;
use jiff::tz::TimeZone;
use kit::PrintRoom;
use kit::print_room::QUEUE;
use kit::summary::pages;
use kit::window::{BREAST_LINES, Key, PAPERS, RUTH, Window, World, now_ms};
use serde_json::{Value, json};

use crate::people::{ANXIETY, FATIGUE, MONEY, OWN_WORDS, ZOE, set_up};
use crate::plans::{ACTIONS, MATTERS, as_told, stored};

#[test]
fn a_whole_appointment_is_played_by_keys_alone() {
    let (keys, tabs) = play("Europe/London");
    println!("From the first start to the printed summary: {keys} keys, {tabs} of them Tab.");
}

#[test]
fn a_pc_with_a_wrong_time_zone_shows_the_same_times() {
    play("Pacific/Auckland");
}

fn play(zone: &'static str) -> (u32, u32) {
    let world = World::in_zone(zone);
    let printers = PrintRoom::new();
    world.set_up_paper(&printers);
    let began = now_ms();
    let window = world.open();
    set_up(&window);
    assess(&window, began);
    let printed = [plan_and_print(&window, &printers, began), summarise_and_print(&window, &printers, began)].concat();
    let interactions = window.interactions();
    let records = records(&window);
    assert!(window.end().success());
    the_papers_are_the_stored_ones(&world, &printed, &records);
    interactions
}

/// A document as it came out of the printer, and which one it is.
type Printed = (&'static str, Copy, Vec<u8>);

/// From Today to the finished assessment.
fn assess(window: &Window<'_>, began: i64) {
    window.register(ZOE);
    let banner = window.text("[data-region='banner']");
    for part in ["INVENTED-QUILL, Zoë", "14-Jul-1956", "999 000 0018", "TEST", "Female"] {
        assert!(banner.contains(part), "{part} in {banner}");
    }
    shows_londons_times(window, began);

    window.start_assessment(ZOE);
    for concern in [FATIGUE, ANXIETY, MONEY] {
        window.tick(concern);
    }
    window.add_own_words(OWN_WORDS);
    shows_londons_times(window, began);
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
        json!([]),
    );
    window.see_saved();
    window.go_on("hna_information");
    window.tab_to("[id='topic-information.diet']").press(Key::Space);
    window.see_saved();
    window.tab_to("#questions").types("May I fly in March?");
    window.see_saved();
    window.go_on("hna_check");
    shows_londons_times(window, began);
    assert_answers(window);
    window.complete(ZOE);
    shows_londons_times(window, began);
    assert_answers(window);

    window.lock();
    window.see("lock");
    shows_londons_times(window, began);
    window.unlock(RUTH);
    window.see("hna_read");
    assert_answers(window);
}

/// From the finished assessment to the plan that is locked and printed; locks the PC in the middle of each screen.
fn plan_and_print(window: &Window<'_>, printers: &PrintRoom, began: i64) -> Vec<Printed> {
    window.write_plan();
    shows_londons_times(window, began);
    assert_eq!(window.texts("[aria-labelledby='concerns-ranked'] li .strong"), [OWN_WORDS, "Tiredness or fatigue"]);
    window.open_concern("own-1");
    window.say_what_matters(MATTERS);
    for action in ACTIONS {
        window.agree_on(action);
    }
    back_after_a_lock(window, "care_plan");
    assert_eq!(window.what_matters(), MATTERS);
    assert_eq!(window.texts("#actions > li").len(), ACTIONS.len());
    window.lock_plan(ZOE, RUTH);
    shows_londons_times(window, began);
    assert_plan(window);
    back_after_a_lock(window, "plan_read");
    assert_plan(window);

    window.shortcut("plan_read", 'p');
    window.see_paper();
    let said = window.print(ZOE, QUEUE);
    assert!(said.contains(QUEUE), "{said}");
    shows_londons_times(window, began);
    let printed = printers.printed();
    window.save_pdf(ZOE);
    back_after_a_lock(window, "paper");
    vec![("care_plan", Copy::Patient, printed)]
}

/// From the paper of the plan to both copies of the signed summary.
fn summarise_and_print(window: &Window<'_>, printers: &PrintRoom, began: i64) -> Vec<Printed> {
    window.tab_to("#back").press(Key::Enter);
    window.see("plan_read");
    window.tab_to("#to-overview").press(Key::Enter);
    window.start_summary();
    for line in BREAST_LINES {
        window.keep_line(line);
    }
    window.add_own_line("gp-actions", "Weigh yourself on Mondays.", "Weight weekly, please.");
    shows_londons_times(window, began);
    back_after_a_lock(window, "summary");
    assert!(window.has("#open-gp-actions[aria-expanded='true']"), "the section that was open is open");
    window.sign_summary(ZOE, RUTH);
    back_after_a_lock(window, "summary_read");
    shows_londons_times(window, began);

    window.go_to_paper("#print-patient");
    window.print(ZOE, QUEUE);
    let patient = printers.printed();
    window.save_pdf(ZOE);
    window.choose_copy("summary_gp");
    window.print(ZOE, QUEUE);
    let gp = printers.printed();
    window.save_pdf(ZOE);
    shows_londons_times(window, began);
    vec![("summary", Copy::Patient, patient), ("summary", Copy::Gp, gp)]
}

/// Locks, unlocks, and is where she was.
fn back_after_a_lock(window: &Window<'_>, screen: &str) {
    window.see(screen);
    window.lock();
    window.unlock(RUTH);
    window.see(screen);
}

/// The ids of Zoë's plan and summary, as the page is told them.
fn records(window: &Window<'_>) -> Value {
    let patient = as_told(window, "today", &Value::Null)["recent"][0]["id"].clone();
    let overview = as_told(window, "open_patient", &json!({ "patient": patient }));
    json!({ "care_plan": overview["plans"][0]["id"], "summary": overview["summaries"][0]["id"] })
}

/// What came out of the printer is what the database keeps and what was saved, and every page says whose it is.
fn the_papers_are_the_stored_ones(world: &World, printed: &[Printed], records: &Value) {
    let saved: Vec<Vec<u8>> =
        fs::read_dir(world.path(PAPERS)).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap()).collect();
    assert_eq!((printed.len(), saved.len()), (3, 3));
    for (record, copy, pdf) in printed {
        let kept = stored(world, records[record].as_str().unwrap(), 1, *copy);
        assert!(*pdf == kept, "{record} {copy:?}: {} bytes printed, {} kept", pdf.len(), kept.len());
        assert!(saved.contains(pdf), "{record} {copy:?} was saved as it was printed");
        let pages = pages(pdf);
        assert!(!pages.is_empty());
        let born = if *copy == Copy::Gp { "14-Jul-1956" } else { "14 July 1956" };
        for (number, page) in pages.iter().enumerate() {
            for part in ["Zoë", "999 000 0018", born, &format!("Page {} of {}", number + 1, pages.len())] {
                assert!(page.contains(part), "{part} on {record} {copy:?}: {page}");
            }
            assert!(page.to_uppercase().contains("INVENTED-QUILL"), "{page}");
        }
        let text = pages.join(" ");
        let said: &[&str] = match (*record, copy) {
            ("care_plan", _) => &["£5 a day, ŵ ŷ ł", "Leaflet on help at home", "A walk by the river"],
            (_, Copy::Patient) => &["Weigh yourself on Mondays.", "URGENT", "020 7946 0199"],
            (_, Copy::Gp) => &["Weight weekly, please.", "URGENT", "020 7946 0199"],
        };
        for words in said {
            assert!(text.contains(words), "{words} on {record} {copy:?}: {text}");
        }
    }
}

fn assert_plan(window: &Window<'_>) {
    let told = window.text("main");
    assert!(told.contains(MATTERS), "{told}");
    for action in ACTIONS {
        assert!(told.contains(action.what), "{} in {told}", action.what);
    }
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
            json!([concern]),
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
    let shown = window.run("return document.body.innerText.match(/\\b\\d\\d:\\d\\d\\b/g) ?? []", json!([]));
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
