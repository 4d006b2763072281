//! The patient of these tests, and her way to any page of the assessment. Invented; the number is from the range for tests.

use kit::window::{Person, RUTH, Window};

pub const ZOE: Person =
    Person { family: "Invented-Quill", given: "Zoë", nhs_number: "9990000018", born: ["14", "7", "1956"] };

pub const FATIGUE: &str = "physical.fatigue";
pub const ANXIETY: &str = "emotional.anxiety";
pub const MONEY: &str = "financial.money";
pub const OWN_WORDS: &str = "Who feeds the cat, Señor Bigotes?";

/// From a fresh PC to Today, with two tested ways in.
pub fn set_up(window: &Window<'_>) -> Vec<String> {
    window.enrol(RUTH);
    window.take_recovery_code()
}

/// From a fresh PC to the concerns of Zoë's new assessment.
pub fn to_concerns(window: &Window<'_>) {
    set_up(window);
    window.register(ZOE);
    window.start_assessment(ZOE);
}
