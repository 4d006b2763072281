//! What the page of the window shows. Reading only; each question waits until the page answers it.

use serde_json::{Value, json};

use super::open::Window;
use super::wait::until;

impl Window<'_> {
    /// Waits until this screen stands and nothing is under way.
    #[track_caller]
    pub fn see(&self, screen: &str) {
        let wanted = json!([screen]);
        self.wait_for(
            &format!("the screen {screen}"),
            "return document.querySelector('[data-screen]')?.dataset.screen === arguments[0] && !document.body.dataset.busy",
            wanted,
        );
    }

    /// Waits until something that this selector finds is on the page.
    #[track_caller]
    pub fn see_element(&self, selector: &str) {
        self.wait_for(selector, "return document.querySelector(arguments[0]) !== null", json!([selector]));
    }

    /// Waits until the page says these words.
    #[track_caller]
    pub fn see_text(&self, words: &str) {
        let says = format!("{PLAIN} return plain(document.body.innerText).includes(plain(arguments[0]))");
        self.wait_for(words, &says, json!([words, self.world.language()]));
    }

    /// Whether the first element that the selector finds says these words and nothing else.
    pub fn says(&self, selector: &str, words: &str) -> bool {
        self.compares(selector, words, "said === wanted")
    }

    /// Whether what it says begins with these words.
    pub fn begins(&self, selector: &str, words: &str) -> bool {
        self.compares(selector, words, "said.startsWith(wanted)")
    }

    /// Whether these words, in capitals or not, are in what it says.
    pub fn mentions(&self, selector: &str, words: &str) -> bool {
        self.compares(selector, words, "said.toLowerCase().includes(wanted.toLowerCase())")
    }

    fn compares(&self, selector: &str, words: &str, how: &str) -> bool {
        let said = "const said = plain(document.querySelector(arguments[2])?.innerText ?? '');";
        let compared = format!("{PLAIN} {said} const wanted = plain(arguments[0]); return {how}");
        self.run(&compared, json!([words, self.world.language(), selector])) == true
    }

    /// Waits until the notice of this problem stands; answers its words: what happened, and the next step.
    #[track_caller]
    pub fn see_problem(&self, code: &str) -> String {
        let notice = format!("[data-problem='{code}']");
        self.see_element(&notice);
        self.text(&notice)
    }

    /// Waits until the page says that everything is saved, and answers the time it gives.
    #[track_caller]
    pub fn see_saved(&self) -> String {
        until("“Saved here”", || {
            let script =
                "return document.body.dataset.busy ? null : document.querySelector('[data-saved]')?.dataset.saved";
            self.run(script, json!([])).as_str().map(str::to_owned)
        })
    }

    /// Waits until the script's condition is true.
    #[track_caller]
    pub fn wait_for(&self, what: &str, condition: &str, arguments: Value) {
        until(what, || (self.run(condition, arguments.clone()) == true).then_some(()));
    }

    /// The name of the screen that stands.
    pub fn screen(&self) -> String {
        self.run("return document.querySelector('[data-screen]')?.dataset.screen ?? ''", json!([]))
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// The visible words of the first element that the selector finds.
    #[track_caller]
    pub fn text(&self, selector: &str) -> String {
        let text = self.run("return document.querySelector(arguments[0])?.innerText", json!([selector]));
        text.as_str().unwrap_or_else(|| panic!("{selector} is not on the page")).trim().to_owned()
    }

    /// The visible words of every element that the selector finds.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let texts = self
            .run("return [...document.querySelectorAll(arguments[0])].map((it) => it.innerText)", json!([selector]));
        texts.as_array().unwrap().iter().map(|text| text.as_str().unwrap().trim().to_owned()).collect()
    }

    /// What stands in a field.
    #[track_caller]
    pub fn value(&self, selector: &str) -> String {
        let value = self.run("return document.querySelector(arguments[0])?.value", json!([selector]));
        value.as_str().unwrap_or_else(|| panic!("{selector} is not a field of the page")).to_owned()
    }

    /// Whether a box or a radio button is ticked.
    #[track_caller]
    pub fn is_checked(&self, selector: &str) -> bool {
        let checked = self.run("return document.querySelector(arguments[0])?.checked", json!([selector]));
        checked.as_bool().unwrap_or_else(|| panic!("{selector} is not a box of the page"))
    }

    /// Whether the selector finds something now.
    pub fn has(&self, selector: &str) -> bool {
        self.run("return document.querySelector(arguments[0]) !== null", json!([selector])) == true
    }

    /// Runs a function body in the page. For reading, and for playing an attacker who got into the page.
    #[track_caller]
    pub fn run(&self, script: &str, arguments: Value) -> Value {
        self.driver.borrow().as_ref().expect("a session").run(script, arguments)
    }

    /// The same for a body that answers later, by calling its last argument.
    #[track_caller]
    pub fn run_async(&self, script: &str, arguments: Value) -> Value {
        self.driver.borrow().as_ref().expect("a session").run_async(script, arguments)
    }

    /// Gives the window this size; returns when the page has it. Its width is in CSS pixels.
    pub fn resize(&self, width: u32, height: u32) {
        self.driver.borrow().as_ref().expect("a session").resize(width, height);
        self.wait_for("the new size", "return window.innerWidth === arguments[0]", json!([width]));
    }
}

/// Words as they are compared: exactly; where our words are tried accented and stretched (`ui/src/words/tried.ts`), without what that adds.
/// No language is proved by such a comparison: it only says which page stands.
const PLAIN: &str = "
    const plain = (text) => {
        if (arguments[1] !== 'pseudo') return text.trim();
        const bare = text.normalize('NFD').replace(/[\\p{M}⟦⟧þ]/gu, '').toLowerCase();
        return bare.replace(/([aeiou])\\1+/g, '$1').replace(/\\s+/g, ' ').trim();
    };
";
