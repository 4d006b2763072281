//! The steps of a hand-over: what the nurse does before and after it, and what the patient does alone, by keys alone.

use serde_json::json;

use super::keyboard::Key;
use super::open::{LOCKED_WITHIN, Window};

impl Window<'_> {
    /// From the concerns of an open assessment to the patient's greeting, in a new image of the process.
    #[track_caller]
    pub fn hand_over(&self, pin: &str) {
        self.see("hna_ticks");
        self.tab_to("#hand-over").press(Key::Enter);
        self.see("hand_over");
        self.tab_to("#pin").types(pin);
        self.tab_to("#pin_again").types(pin);
        self.replaced_after(LOCKED_WITHIN, |window| window.press_last("#start-hand-over"));
        self.see("patient_welcome");
    }

    /// The patient's way on, until this page stands with this heading.
    #[track_caller]
    pub fn patient_goes_on(&self, screen: &str, heading: &str) {
        while !(self.screen() == screen && self.says("h1", heading)) {
            let before = self.text("h1");
            assert_ne!(self.screen(), "patient_give_back", "the way ends before {heading}");
            self.tab_to("#continue").press(Key::Enter);
            self.wait_for(
                "the next page",
                "return document.querySelector('h1')?.innerText.trim() !== arguments[0] && !document.body.dataset.busy",
                json!([before]),
            );
        }
        self.see(screen);
    }

    /// The patient scores the concern that stands, and is told that it is saved.
    #[track_caller]
    pub fn patient_scores(&self, score: u8) {
        self.see("patient_rate");
        self.choose("rating", &format!("rating-{score}"));
        self.see_text(&format!("You chose {score}. It is saved."));
        self.see_saved();
    }

    /// “Stop for now”, to the page on which the nurse types her PIN.
    #[track_caller]
    pub fn stop_for_now(&self) {
        self.tab_to("#stop").press(Key::Enter);
        self.see("patient_give_back");
    }

    /// The nurse types a PIN that is not the last try, and not right.
    #[track_caller]
    pub fn try_pin(&self, pin: &str, told: &str) {
        self.see("patient_give_back");
        self.tab_to("#pin").types(pin);
        self.focus_on("#pin").press(Key::Enter);
        self.see_text(told);
        self.see("patient_give_back");
    }

    /// The nurse types the last PIN this window takes, right or wrong, and meets what stands in the next.
    #[track_caller]
    pub fn take_back(&self, pin: &str, screen: &str) {
        self.see("patient_give_back");
        self.tab_to("#pin").types(pin);
        self.replaced_after(LOCKED_WITHIN, |window| window.press_last("#take-back"));
        self.see(screen);
    }

    /// “This is not me”, where nothing was answered yet; or the answer to being asked once more.
    #[track_caller]
    pub fn not_me(&self, button: &str) {
        self.replaced_after(LOCKED_WITHIN, |window| window.press_last(button));
        self.see("lock");
    }
}
