//! The steps at the paper's screen as a nurse takes them, by keys alone. Each ends when the page shows that it is done.

use serde_json::json;

use super::appointment::Person;
use super::keyboard::Key;
use super::open::Window;

impl Window<'_> {
    /// Goes to the paper by this button, and waits until a page of it is drawn.
    #[track_caller]
    pub fn go_to_paper(&self, button: &str) {
        self.tab_to(button).press(Key::Enter);
        self.see_paper();
    }

    /// Waits until the paper's screen stands and a page of it is drawn.
    #[track_caller]
    pub fn see_paper(&self) {
        self.see("paper");
        self.see_element("[data-screen='paper'] .sheet svg");
        // Its printers are asked for when it stands.
        self.see("paper");
    }

    /// Changes to the other copy of the same summary.
    #[track_caller]
    pub fn choose_copy(&self, kind: &str) {
        let copy = format!("#copy-{kind}");
        self.tab_to(&copy).press(Key::Enter);
        self.see_element(&format!("{copy}[aria-pressed='true']"));
        self.see_paper();
    }

    /// Prints what is shown; answers what the page then says.
    #[track_caller]
    pub fn print(&self, person: Person, printer: &str) -> String {
        self.type_identity_again(person);
        self.choose_option("#printer", printer);
        self.do_on_paper("#print-form #print")
    }

    /// Saves what is shown in the configured folder; answers what the page then says.
    #[track_caller]
    pub fn save_pdf(&self, person: Person) -> String {
        self.type_identity_again(person);
        self.do_on_paper("#save-pdf")
    }

    /// Somebody who prints twice on one screen types it once.
    pub fn type_identity_again(&self, person: Person) {
        for (part, typed) in ["#identity-day", "#identity-month"].iter().zip(person.born) {
            if self.value(part).is_empty() {
                self.tab_to(part).types(typed);
            }
        }
    }

    #[track_caller]
    fn do_on_paper(&self, button: &str) -> String {
        let done = "return document.querySelectorAll('.done p').length";
        let before = self.run(done, json!([]));
        self.tab_to(button).press(Key::Enter);
        self.wait_for("what was done", &format!("{done} > arguments[0]"), json!([before]));
        self.see("paper");
        self.texts(".done p").pop().unwrap()
    }
}
