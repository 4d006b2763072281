//! Every member of the screen's union `Screen` is visited, walked through by Tab and held against axe, at the size of a clinic PC and at
//! 320 pixels, which is 400 % zoom. A member without a visit here fails.

use std::collections::BTreeSet;
use std::fs;
use std::panic::Location;

use kit::PrintRoom;
use kit::window::{BREAST_LINES, Key, RUTH, Window, World, free_port, repository};
use serde_json::json;

use crate::change_visits;
use crate::clinic_list_visits;
use crate::conflict_visits;
use crate::directory_visits;
use crate::home_visits;
use crate::languages;
use crate::people::{ANXIETY, FATIGUE, OWN_WORDS, ZOE};
use crate::plan_visits;
use crate::plans::{ACTIONS, MATTERS};
use crate::report_visits;
use crate::session_visits;
use crate::trees::hear;

pub type Visit = fn(&Window<'_>);

/// A visit for each screen, and more where one looks otherwise in another state, in an order in which each is reached from the one before.
pub const VISITS: &[(&str, Visit)] = &[
    ("first_start", |_| {}),
    ("recovery_code", |window| window.enrol(RUTH)),
    ("today", |window| {
        window.take_recovery_code();
    }),
    ("sending", |window| window.tab_to("#nav-sending").press(Key::Enter)),
    ("server", |window| {
        window.tab_to("#nav-staff").press(Key::Enter);
        window.see("staff");
        window.tab_to("#to-server").press(Key::Enter);
    }),
    ("staff", |window| window.tab_to("#nav-staff").press(Key::Enter)),
    ("guide", |window| window.tab_to("#nav-guide").press(Key::F1)),
    ("sending", |window| window.tab_to("#nav-sending").press(Key::Enter)),
    ("find", |window| window.shortcut("sending", 'f')),
    ("register", |window| {
        window.tab_to("#register").press(Key::Enter);
        // What a list offers comes a moment after it; the engine tells of what was there when it was first asked.
        window.see_element("#cancer_type option[value='Breast']");
    }),
    ("overview", |window| {
        window.tab_to("#nav-today").press(Key::Enter);
        window.see("today");
        window.register(ZOE);
    }),
    ("offer", |window| {
        window.tab_to("#offer").press(Key::Enter);
        window.see("offer");
        window.tab_to("#record-offer").press(Key::Enter);
        window.see_element(".nhsuk-error-summary");
    }),
    // With an offer, of which somebody says that it never was.
    ("overview", |window| {
        window.choose("decision", "decision-accepted");
        window.choose("point", "point-initial_diagnosis");
        window.tab_to("#use-today").press(Key::Enter);
        window.focus_on("#record-offer").press(Key::Enter);
        window.see("overview");
        window.tab_to("[id^='mark-']").press(Key::Enter);
        window.focus_on("#mistaken-reason");
    }),
    ("death", |window| {
        assert!(!window.has("#death"), "nobody sits in front of a page that speaks of their death");
        window.tab_to("#correct").press(Key::Enter);
        window.see("register");
        window.tab_to("#death").press(Key::Enter);
        window.see("death");
        window.tab_to("#record-death").press(Key::Enter);
        window.see_element(".nhsuk-error-summary");
    }),
    // After a death, and then taking it back.
    ("overview", |window| {
        for (part, typed) in ["day", "month"].iter().zip(ZOE.born) {
            window.tab_to(&format!("#identity-{part}")).types(typed);
        }
        for (part, typed) in [("day", "1"), ("month", "1"), ("year", "2020")] {
            window.tab_to(&format!("#died-{part}")).types(typed);
        }
        window.tab_to("#record-death").press(Key::Enter);
        window.see_problem("events_after_death");
        window.tab_to("#sure").press(Key::Enter);
        window.see("overview");
        window.see_text("Died");
    }),
    ("death", |window| window.tab_to("#death").press(Key::Enter)),
    ("hna_start", |window| {
        window.tab_to("#reason").types("Another Zoë");
        window.focus_on("#reason").press(Key::Enter);
        window.see("overview");
        window.tab_to("#start-assessment").press(Key::Enter);
    }),
    // A form that came back on paper, of which nobody said when it was filled in.
    ("hna_start", |window| {
        window.choose("method", "method-paper");
        window.tab_to("#start").press(Key::Enter);
        window.see_element("#answered_on-error");
    }),
    ("blank_form", |window| window.tab_to("#blank-named").press(Key::Enter)),
    // Without a name, which asks for no day of birth.
    ("blank_form", |window| {
        window.tab_to("#back").press(Key::Enter);
        window.see("hna_start");
        window.tab_to("#blank-unnamed").press(Key::Enter);
    }),
    ("hna_ticks", |window| {
        window.tab_to("#back").press(Key::Enter);
        window.see("hna_start");
        window.tab_to("#back").press(Key::Enter);
        window.see("overview");
        window.start_assessment(ZOE);
        window.tick(FATIGUE);
        window.tick(ANXIETY);
        window.add_own_words(OWN_WORDS);
    }),
    ("hna_score", |window| {
        window.go_on("hna_score");
        window.score(5);
    }),
    ("hna_matters", |window| {
        window.go_on("hna_score");
        window.go_on("hna_score");
        window.go_on("hna_matters");
        window.rank(FATIGUE);
        window.rank("own-1");
    }),
    ("hna_information", |window| window.go_on("hna_information")),
    ("hna_check", |window| window.go_on("hna_check")),
    // With what is missing: nothing is handed over.
    ("hand_over", |window| {
        window.tab_to("#change-concerns").press(Key::Enter);
        window.see("hna_ticks");
        window.tab_to("#hand-over").press(Key::Enter);
        window.see("hand_over");
        window.tab_to("#start-hand-over").press(Key::Enter);
        window.see_element(".nhsuk-error-summary");
    }),
    ("hna_check", |window| {
        window.tab_to("#previous").press(Key::Enter);
        window.see("hna_ticks");
        for next in ["hna_score", "hna_score", "hna_score", "hna_matters", "hna_information", "hna_check"] {
            window.go_on(next);
        }
    }),
    ("hna_read", |window| window.complete(ZOE)),
    ("care_plan", |window| {
        window.write_plan();
        window.open_concern("own-1");
        window.say_what_matters(MATTERS);
        for action in ACTIONS {
            window.agree_on(action);
        }
    }),
    // A draft, which somebody wants to print without saying whose it is.
    ("paper", |window| {
        window.go_to_paper("#preview");
        window.tab_to("#print-form #print").press(Key::Enter);
        window.see_element(".nhsuk-error-summary");
    }),
    ("plan_agree", |window| {
        window.tab_to("#back").press(Key::Enter);
        window.see("care_plan");
        window.tab_to("#agree").press(Key::Enter);
    }),
    ("plan_read", |window| {
        window.tab_to("#previous").press(Key::Enter);
        window.lock_plan(ZOE, RUTH);
    }),
    // With the form that opens it again, and then open again.
    ("plan_read", |window| {
        window.tab_to("#show-unlock").press(Key::Enter);
        window.see_element("#reason");
    }),
    ("care_plan", |window| {
        window.tab_to("#reason").types("The walkers moved");
        window.focus_on("#reason").press(Key::Enter);
    }),
    ("summary_start", |window| {
        window.tab_to("#back").press(Key::Enter);
        window.see("overview");
        window.tab_to("#start-summary").press(Key::Enter);
    }),
    ("summary", |window| {
        window.tab_to("#back").press(Key::Enter);
        window.start_summary();
    }),
    // With all that is missing, then with nothing missing.
    ("summary_sign", |window| window.tab_to("#sign").press(Key::Enter)),
    ("summary", |window| {
        window.tab_to("#previous").press(Key::Enter);
        window.see("summary");
        for line in BREAST_LINES {
            window.keep_line(line);
        }
        window.add_own_line("treatment", "You had a rest in May.", "Treatment break in May.");
    }),
    ("summary_sign", |window| window.tab_to("#sign").press(Key::Enter)),
    ("summary_read", |window| {
        window.tab_to("#previous").press(Key::Enter);
        window.sign_summary(ZOE, RUTH);
    }),
    ("summary_read", |window| {
        window.tab_to("#show-amend").press(Key::Enter);
        window.see_element("#reason");
    }),
    ("paper", |window| {
        window.go_to_paper("#print-patient");
        window.save_pdf(ZOE);
    }),
    // With what waits, while the trust's server cannot be reached.
    ("sending", |window| {
        window.tab_to("#nav-sending").press(Key::Enter);
        window.see_text("Waiting to send (");
    }),
    ("lock", |window| window.lock()),
    ("cannot_get_in", |window| window.tab_to("#cannot-get-in").press(Key::Enter)),
];

/// All that another start on a profile with a window has to show.
pub const SECOND_START: &str = "cannot_open";

#[test]
fn axe_finds_nothing_and_tab_reaches_everything_on_every_screen() {
    let visited: BTreeSet<String> = VISITS
        .iter()
        .chain(change_visits::VISITS)
        .chain(directory_visits::VISITS)
        .chain(clinic_list_visits::VISITS)
        .chain(home_visits::VISITS)
        .chain(plan_visits::VISITS)
        .chain(report_visits::VISITS)
        .chain(session_visits::VISITS)
        .map(|(screen, _)| *screen)
        .chain(conflict_visits::VISITS.iter().map(|(screen, _)| *screen))
        .chain([SECOND_START])
        .map(str::to_owned)
        .collect();
    assert_eq!(
        visited,
        members("ui/src/views/screen.ts", "Screen"),
        "every member of `Screen` has a visit, and every visit a member"
    );
    walk(&World::new());
}

/// Visits all of them in this world, and what stands where a second start finds the first.
pub fn walk(world: &World) {
    let printers = PrintRoom::new();
    world.set_up_paper(&printers);
    world.configure("server", json!({ "url": format!("http://127.0.0.1:{}/fhir", free_port()) }));
    let window = world.open();
    let mut stops = visit_all(&window, VISITS);
    let second = world.open();
    stops += visit_all(&second, &[(SECOND_START, |_| {})]);
    println!("{} visits; Tab stopped {stops} times, each time on something that can be seen.", VISITS.len() + 1);
}

/// Pays these visits, each from where the one before ended, and looks over what stands there; answers how often Tab stopped.
#[track_caller]
pub fn visit_all(window: &Window<'_>, visits: &[(&str, Visit)]) -> usize {
    let (mut found, mut stops) = (Vec::new(), 0);
    for (screen, visit) in visits {
        visit(window);
        stops += look_over(window, screen, &mut found);
    }
    assert!(found.is_empty(), "{} violations:\n{}", found.len(), found.join("\n"));
    stops
}

/// Looks at the screen that stands, at both sizes, and at what a screen reader is told of it; answers how often Tab stopped and adds what
/// it finds wrong. In a language that is tried, `languages` looks instead.
#[track_caller]
pub fn look_over(window: &Window<'_>, screen: &str, found: &mut Vec<String>) -> usize {
    window.see(screen);
    if !window.world.language().is_empty() {
        languages::look_over(window, screen, found);
        return 0;
    }
    let mut stops = 0;
    found.extend(hear(window, Location::caller().file(), screen).iter().map(|fault| format!("{screen}: {fault}")));
    for (width, height) in [(1366, 768), (320, 640)] {
        window.resize(width, height);
        window.see(screen);
        let wide = window.run("return document.documentElement.scrollWidth - window.innerWidth", json!([]));
        if wide.as_i64().unwrap() > 0 {
            found.push(format!("{screen} at {width}: {wide} pixels wider than the window"));
        }
        match window.walk() {
            Ok(here) => stops += here,
            Err(hidden) => found.push(format!("{screen} at {width}: {hidden}")),
        }
        found.extend(window.axe().iter().map(|violation| format!("{screen} at {width}: {violation}")));
    }
    window.resize(1366, 768);
    stops
}

#[test]
fn axe_finds_what_is_planted() {
    let world = World::new();
    let window = world.open();
    window.see("first_start");
    for (rule, planted) in [
        ("image-alt", "const it = new Image(9, 9); it.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA='"),
        ("label", "const it = document.createElement('input')"),
        (
            "color-contrast",
            "const it = document.createElement('p'); it.textContent = 'Words'; it.style.color = '#999'; it.style.background = '#fff'",
        ),
        (
            "aria-allowed-attr",
            "const it = document.createElement('p'); it.setAttribute('aria-checked', 'true'); it.textContent = 'Words'",
        ),
    ] {
        window.run(&format!("{planted}; it.id = 'planted'; document.querySelector('main').append(it)"), json!([]));
        let found: Vec<String> = window.axe().into_iter().map(|violation| violation.rule).collect();
        assert!(found.iter().any(|name| name == rule), "{rule} in {found:?}");
        window.run("document.querySelector('#planted').remove()", json!([]));
    }
    assert!(window.axe().is_empty());
}

#[test]
fn the_walk_notices_what_is_covered_and_what_is_never_reached() {
    let world = World::new();
    let window = world.open();
    window.see("first_start");
    let stops = window.walk().unwrap();
    for (planted, noticed) in [
        ("it.style.cssText = 'position: fixed; inset: 0; z-index: 99'", "nothing can be seen"),
        ("it.innerHTML = '<button tabindex=\"-1\">Never</button>'", "Tab never comes to"),
    ] {
        let script = format!(
            "const it = document.createElement('div'); {planted}; it.id = 'planted'; document.querySelector('main').append(it)"
        );
        window.run(&script, json!([]));
        assert!(window.walk().is_err_and(|why| why.contains(noticed)), "{noticed}");
        window.run("document.querySelector('#planted').remove()", json!([]));
    }
    assert_eq!(window.walk(), Ok(stops));
}

/// The names of a union's members, read from its declaration.
pub fn members(file: &str, union: &str) -> BTreeSet<String> {
    let source = fs::read_to_string(repository().join(file)).unwrap();
    let union = source.split_once(&format!("export type {union} =")).expect("the declaration of the union").1;
    let union = union.split_once("\n\n").expect("the end of the declaration").0;
    let members: BTreeSet<String> =
        union.split("name: \"").skip(1).map(|member| member.split_once('"').unwrap().0.to_owned()).collect();
    assert_eq!(members.len(), union.matches('{').count(), "every member has a name of its own");
    members
}
