//! What the page may not do, played as an attacker would who got into it: call what is not listed, leave, load, run what is not ours.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

use kit::window::{Key, RUTH, Window, World};
use serde_json::{Value, json};

use crate::people::{ZOE, set_up};

#[test]
fn a_command_that_is_not_listed_is_refused() {
    let world = World::new();
    let window = world.open();
    window.see("first_start");
    assert_eq!(window.run("return typeof window.__TAURI__", json!([])), "undefined");
    assert_eq!(invoke(&window, "front", json!({"request": null}))["ok"]["state"], "fresh");
    for command in [
        "plugin:event|emit",
        "plugin:window|close",
        "plugin:window|set_title",
        "plugin:webview|create_webview_window",
        "plugin:webview|internal_toggle_devtools",
        "plugin:app|version",
        "plugin:path|resolve_directory",
        "plugin:resources|close",
        "plugin:menu|new",
        "plugin:image|from_path",
        "plugin:fs|read_text_file",
        "plugin:shell|execute",
        "plugin:opener|open_url",
        "plugin:http|fetch",
        "read_any_file",
    ] {
        let answer = invoke(&window, command, json!({}));
        let refusal = answer["refused"].as_str().unwrap_or_else(|| panic!("{command}: {answer}")).to_owned();
        assert!(refusal.contains("not allowed") || refusal.contains("not found"), "{command}: {refusal}");
    }
}

#[test]
fn the_page_cannot_be_left_and_loads_nothing_from_elsewhere() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", elsewhere.local_addr().unwrap());
    let world = World::new();
    let window = world.open();
    window.see("first_start");
    let home = window.run("return location.href", json!([]));
    window.run("window.stillHere = true", json!([]));
    for way in [
        "location.assign(arguments[0])",
        "location.href = 'data:text/html,gone'",
        "location.href = 'file:///etc/passwd'",
        "location.href = 'tauri://elsewhere/'",
        "window.open(arguments[0])",
        "const a = document.createElement('a'); a.href = arguments[0]; a.target = '_blank'; document.body.append(a); a.click(); a.remove()",
        "const a = document.createElement('a'); a.href = arguments[0]; a.download = 'x'; document.body.append(a); a.click(); a.remove()",
        "const f = document.createElement('form'); f.action = arguments[0]; f.method = 'post'; document.body.append(f); f.submit(); f.remove()",
        "const f = document.createElement('iframe'); f.src = arguments[0]; document.body.append(f); setTimeout(() => f.remove(), 0)",
        "const i = new Image(); i.src = arguments[0]",
        "navigator.sendBeacon(arguments[0], 'x')",
        "new WebSocket(arguments[0].replace('http', 'ws'))",
        "const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = arguments[0]; document.head.append(l)",
    ] {
        // Some of these throw at once, which is as good.
        window.run(&format!("try {{ {way} }} catch {{ }}"), json!([address]));
        // Round trips through the application: what the page asked of it before has been decided by then.
        for _ in 0..3 {
            assert_eq!(invoke(&window, "front", json!({"request": null}))["ok"]["state"], "fresh", "{way}");
        }
        assert_eq!(window.run("return [location.href, window.stillHere]", json!([])), json!([home, true]), "{way}");
    }
    let fetched = window.run_async(
        "const done = arguments[1]; fetch(arguments[0], { mode: 'no-cors' }).then(() => done('fetched'), () => done('refused'))",
        json!([address]),
    );
    assert_eq!(fetched, "refused");
    window.end();
    // Whoever had connected before this visitor, with words or without, would stand before him in the queue.
    let mut visitor = TcpStream::connect(elsewhere.local_addr().unwrap()).unwrap();
    visitor.write_all(HELLO).unwrap();
    drop(visitor);
    assert_eq!(hear(&elsewhere), HELLO, "the page did not even connect");
}

const HELLO: &[u8] = b"hello";

/// All that the next visitor sends until he leaves.
fn hear(elsewhere: &TcpListener) -> Vec<u8> {
    let (mut visitor, _) = elsewhere.accept().unwrap();
    let mut heard = Vec::new();
    // A line that is cut off is one that ends.
    let _end = visitor.read_to_end(&mut heard);
    heard
}

#[test]
fn no_script_runs_that_is_not_the_application_s_own() {
    let world = World::new();
    let window = world.open();
    window.see("first_start");
    window.run(
        "window.violations = []; document.addEventListener('securitypolicyviolation', (event) => window.violations.push(event.effectiveDirective))",
        json!([]),
    );
    for (way, directive) in [
        (
            "const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s)",
            "script-src-elem",
        ),
        (
            "const d = document.createElement('div'); d.innerHTML = '<img src=\"data:,\" onerror=\"window.ran = 2\">'; document.body.append(d)",
            "script-src-attr",
        ),
        (
            "const s = document.createElement('script'); s.src = 'data:text/javascript,window.ran = 3'; document.body.append(s)",
            "script-src-elem",
        ),
        (
            "const d = document.createElement('div'); d.setAttribute('style', 'color: red'); document.body.append(d)",
            "style-src-attr",
        ),
    ] {
        window.run("window.violations.length = 0", json!([]));
        window.run(way, json!([]));
        window.wait_for(
            &format!("{directive} refused: {way}"),
            "return window.violations.includes(arguments[0])",
            json!([directive]),
        );
    }
    let evaluated = window.run_async(
        "const done = arguments[0]; setTimeout(() => { try { done(String(new Function('return 4')())) } catch (error) { done(error.name) } }, 0)",
        json!([]),
    );
    assert_eq!(evaluated, "EvalError");
    assert_eq!(window.run("return typeof window.ran", json!([])), "undefined");
    let frozen = window.run("Object.prototype.polluted = 1; return typeof ({}).polluted", json!([]));
    assert_eq!(frozen, "undefined");
}

#[test]
fn nothing_typed_is_offered_again_after_a_restart() {
    let world = World::new();
    let window = world.open();
    set_up(&window);
    window.register(ZOE);
    assert!(window.end().success());
    let window = world.open();
    window.unlock(RUTH);
    window.see("overview");
    window.tab_to("#nav-today").press(Key::Enter);
    window.see("today");
    window.tab_to("#register").press(Key::Enter);
    window.see("register");
    let focus = window.tab_to("#family");
    focus.types("I");
    focus.press(Key::Down);
    assert_eq!(window.value("#family"), "I");
    let fields = window.run(
        "return [...document.querySelectorAll('input[type=text], textarea')].map((it) => [it.id, it.autocomplete, it.list === null || it.list === undefined, it.value])",
        json!([]),
    );
    let fields = fields.as_array().unwrap();
    assert!(fields.len() > 20, "{fields:?}");
    for field in fields {
        let value = if field[0] == "family" { "I" } else { "" };
        assert_eq!(*field, json!([field[0], "off", true, value]));
    }
}

/// Calls a command as the page itself does: {"ok": answer} or {"refused": why}.
pub fn invoke(window: &Window<'_>, command: &str, arguments: Value) -> Value {
    window.run_async(
        "const done = arguments[2];
         window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1]).then(
             (ok) => done({ ok }),
             (refused) => done({ refused: typeof refused === 'string' ? refused : JSON.stringify(refused) }),
         )",
        json!([command, arguments]),
    )
}
