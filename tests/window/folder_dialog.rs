//! The system's dialog for another folder, which stands outside the page: called off, answered, and gone with a lock.

use std::fs;

use kit::window::{RUTH, Window, World, until};
use serde_json::{Value, json};

use crate::dialog::{dialog, found, press};
use crate::fence::invoke;
use crate::people::{FATIGUE, ZOE, set_up};

const TITLE: &str = "Save the PDF in a folder";

#[test]
fn the_dialog_is_called_off_answered_and_gone_with_a_lock() {
    let world = World::new();
    // The dialog begins where papers are usually saved.
    let folder = world.path("papers");
    fs::create_dir(&folder).unwrap();
    fs::write(world.path("config/holdfast.json"), json!({ "paper": { "folder": folder } }).to_string()).unwrap();
    let window = world.open();
    set_up(&window);
    window.register(ZOE);
    let plan = a_plan(&window);
    let paper = json!({ "kind": "care_plan", "record": plan, "version": null });
    let mut request = json!({ "paper": paper, "day": "15", "month": "7" });
    let refused = invoke(&window, "save_paper_elsewhere", json!({ "request": request }));
    assert!(refused["refused"].to_string().contains("identity_differs"), "no folder is asked for: {refused}");
    request["day"] = json!("14");

    ask(&window, &request);
    press(&world, TITLE, "Escape");
    assert_eq!(answer(&window), json!({ "ok": null }));

    ask(&window, &request);
    press(&world, TITLE, "alt+s");
    let saved = answer(&window)["ok"].clone();
    assert_eq!(saved["folder"].as_str(), folder.to_str());
    assert!(fs::read(folder.join(saved["file"].as_str().unwrap())).unwrap().starts_with(b"%PDF-"));
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);

    ask(&window, &request);
    dialog(&world, TITLE);
    window.lock_by_the_page();
    window.see("lock");
    until("the dialog to be gone", || found(&world, TITLE).is_none().then_some(()));
    window.unlock(RUTH);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "nobody chose");
    assert!(window.end().success());
}

/// Zoë's plan, made as the page would make it.
fn a_plan(window: &Window<'_>) -> String {
    let act = |command: &str, request: Value| -> Value {
        let answer = invoke(window, command, json!({ "request": request }));
        assert!(answer["ok"].is_object(), "{command}: {answer}");
        answer["ok"].clone()
    };
    let patient = act("today", Value::Null)["recent"][0]["id"].clone();
    let start = json!({
        "patient": patient, "day": "14", "month": "7", "answered_by": "patient", "helper": "",
        "method": "face_to_face", "pathway_point": "initial_diagnosis",
    });
    let hna = act("start_hna", start)["id"].clone();
    act("tick_concern", json!({ "hna": hna, "concern": FATIGUE }));
    act("complete_hna", json!({ "hna": hna, "day": "14", "month": "7" }));
    act("start_care_plan", json!({ "hna": hna }))["id"].as_str().unwrap().to_owned()
}

/// Asks for a folder as the page does, without waiting.
fn ask(window: &Window<'_>, request: &Value) {
    window.run(
        "window.answer = null;
         window.__TAURI_INTERNALS__.invoke('save_paper_elsewhere', { request: arguments[0] }).then(
             (ok) => { window.answer = { ok } },
             (refused) => { window.answer = { refused: JSON.stringify(refused) } },
         )",
        json!([request]),
    );
}

/// What became of it.
fn answer(window: &Window<'_>) -> Value {
    until("an answer", || {
        let answer = window.run("return window.answer", json!([]));
        (!answer.is_null()).then_some(answer)
    })
}
