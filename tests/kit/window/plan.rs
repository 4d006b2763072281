//! The steps of a care plan as a nurse takes them, by keys alone. Each ends when the page shows that it is done.

use serde_json::json;

use super::appointment::{Nurse, Person};
use super::keyboard::Key;
use super::open::Window;

/// What is agreed about a concern, as it is chosen and typed.
#[derive(Debug, Clone, Copy)]
pub struct Agreed {
    /// `inform`, `signpost`, `refer`, `review` or `self_care`.
    pub kind: &'static str,
    pub what: &'static str,
    /// `patient`, `nurse`, `support_worker`, `gp` or `service`.
    pub owner: &'static str,
    /// Typed where the page does not know the name: empty for the patient and for the nurse who writes.
    pub owner_name: &'static str,
    /// As typed in one box.
    pub due: &'static str,
}

impl Window<'_> {
    /// From a finished assessment, or from the overview, to the plan that is made from it.
    #[track_caller]
    pub fn write_plan(&self) {
        if self.screen() == "hna_read" {
            self.tab_to("#to-overview").press(Key::Enter);
        }
        self.see("overview");
        self.tab_to("#write-plan").press(Key::Enter);
        self.see("care_plan");
    }

    /// Opens one of the plan's concerns.
    #[track_caller]
    pub fn open_concern(&self, concern: &str) {
        let row = format!("[id='concern-{concern}']");
        self.tab_to(&row).press(Key::Enter);
        self.see_element(&format!("{row}[aria-current='true']"));
        self.see("care_plan");
    }

    /// Writes what matters to the patient about the open concern.
    #[track_caller]
    pub fn say_what_matters(&self, words: &str) {
        self.tab_to(MATTERS).types(words);
        self.see_saved();
    }

    /// What stands in the box for what matters.
    #[track_caller]
    pub fn what_matters(&self) -> String {
        self.value(MATTERS)
    }

    /// Adds an action to the open concern and fills its row; answers its key.
    #[track_caller]
    pub fn agree_on(&self, action: Agreed) -> String {
        let rows = "return document.querySelectorAll('#actions > li').length";
        let before = self.run(rows, json!([]));
        self.tab_to("#add-action").press(Key::Enter);
        self.wait_for("a new row", &format!("{rows} > arguments[0]"), json!([before]));
        self.focus_on("[id^='kind-']");
        let control = self.run("return document.activeElement.id", json!([]));
        let key = control.as_str().unwrap().trim_start_matches("kind-").to_owned();
        self.choose_option(&format!("#kind-{key}"), action.kind);
        self.tab_to(&format!("#what-{key}")).types(action.what);
        self.choose_option(&format!("#owner-{key}"), action.owner);
        if !action.owner_name.is_empty() {
            self.tab_to(&format!("#owner_name-{key}")).types(action.owner_name);
        }
        let due = format!("#due-{key}");
        self.tab_to(&due).types(action.due);
        // A day is read once its box is left.
        self.focus_on(&due).press(Key::Tab);
        self.see_saved();
        key
    }

    /// Locks the plan that stands in the window, which takes who the patient is and who signs.
    #[track_caller]
    pub fn lock_plan(&self, person: Person, nurse: Nurse) {
        self.see("care_plan");
        self.tab_to("#agree").press(Key::Enter);
        self.see("plan_agree");
        self.sign(person, nurse);
        self.see("plan_read");
    }

    /// Fills in the form that locks or signs, and sends it.
    #[track_caller]
    pub(super) fn sign(&self, person: Person, nurse: Nurse) {
        self.tab_to("#identity-day").types(person.born[0]);
        self.tab_to("#identity-month").types(person.born[1]);
        self.tab_to("#passphrase").types(nurse.passphrase);
        self.focus_on("#passphrase").press(Key::Enter);
    }
}

/// Of a concern's controls only the box for what matters begins so.
const MATTERS: &str = "textarea[id^='words-']";
