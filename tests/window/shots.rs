//! Temporary.
use std::path::Path;
use kit::PrintRoom;
use kit::print_room::QUEUE;
use kit::window::{BREAST_LINES, Key, RUTH, Window, World};
use crate::people::*;
use crate::plans::{ACTIONS, MATTERS};
use serde_json::json;
fn shot(window: &Window<'_>, name: &str) {
    for (w, h, tag) in [(1366, 768, ""), (320, 640, "-320")] {
        window.resize(w, h);
        window.screenshot(Path::new(&format!("/tmp/shots/{name}{tag}.png")));
        let wide = window.run("return document.documentElement.scrollWidth - window.innerWidth", json!([]));
        println!("{name}{tag}: wide {wide}");
    }
    window.resize(1366, 768);
}
fn full(window: &Window<'_>, name: &str) {
    window.resize(1366, 768);
    let h = window.run("return document.documentElement.scrollHeight", json!([]));
    println!("{name} full height {h}");
}
#[test]
fn shots() {
    let world = World::new();
    let printers = PrintRoom::new();
    world.set_up_paper(&printers);
    let window = world.open();
    to_concerns(&window);
    window.tick(FATIGUE);
    window.tick(ANXIETY);
    window.add_own_words(OWN_WORDS);
    window.go_on("hna_score");
    window.score(5);
    window.go_on("hna_score");
    window.score(9);
    window.go_on("hna_score");
    window.go_on("hna_matters");
    window.rank("own-1");
    window.rank(FATIGUE);
    window.go_on("hna_information");
    window.go_on("hna_check");
    window.complete(ZOE);
    shot(&window, "hna_read");
    window.write_plan();
    shot(&window, "care_plan_empty");
    window.open_concern("own-1");
    window.say_what_matters(MATTERS);
    for action in ACTIONS { window.agree_on(action); }
    shot(&window, "care_plan"); full(&window, "care_plan");
    window.go_to_paper("#preview");
    shot(&window, "paper_draft");
    window.tab_to("#back").press(Key::Enter);
    window.see("care_plan");
    window.tab_to("#agree").press(Key::Enter);
    window.see("plan_agree");
    shot(&window, "plan_agree");
    window.tab_to("#previous").press(Key::Enter);
    window.lock_plan(ZOE, RUTH);
    shot(&window, "plan_read");
    window.go_to_paper("#print");
    shot(&window, "paper_plan");
    println!("{}", window.print(ZOE, QUEUE));
    println!("{}", window.save_pdf(ZOE));
    shot(&window, "paper_plan_done");
    std::fs::write("/tmp/shots/plan.pdf", printers.printed()).unwrap();
    window.tab_to("#back").press(Key::Enter);
    window.see("plan_read");
    window.tab_to("#to-overview").press(Key::Enter);
    window.see("overview");
    shot(&window, "overview");
    window.tab_to("#start-summary").press(Key::Enter);
    window.see("summary_start");
    window.see_element("input[name='template']");
    shot(&window, "summary_start");
    window.tab_to("#back").press(Key::Enter);
    window.start_summary();
    shot(&window, "summary_empty");
    window.tab_to("#sign").press(Key::Enter);
    window.see("summary_sign");
    shot(&window, "summary_sign_empty");
    window.tab_to("#previous").press(Key::Enter);
    window.see("summary");
    for line in BREAST_LINES { window.keep_line(line); }
    window.add_own_line("treatment", "You had a rest in May.", "Treatment break in May.");
    window.see_element(".sheet svg");
    shot(&window, "summary");
    window.tab_to("#sign").press(Key::Enter);
    window.see("summary_sign");
    shot(&window, "summary_sign");
    window.tab_to("#previous").press(Key::Enter);
    window.sign_summary(ZOE, RUTH);
    shot(&window, "summary_read");
    window.go_to_paper("#print-patient");
    shot(&window, "paper_patient");
    window.print(ZOE, QUEUE);
    std::fs::write("/tmp/shots/patient.pdf", printers.printed()).unwrap();
    window.choose_copy("summary_gp");
    shot(&window, "paper_gp");
    window.print(ZOE, QUEUE);
    std::fs::write("/tmp/shots/gp.pdf", printers.printed()).unwrap();
    window.tab_to("#nav-today").press(Key::Enter);
    window.see("today");
    shot(&window, "today");
}
