//! The steps of one appointment as a nurse takes them, by keys alone. Each ends when the page shows that it is done.

use serde_json::json;

use super::keyboard::Key;
use super::open::Window;

/// Somebody who uses the PC.
#[derive(Debug, Clone, Copy)]
pub struct Nurse {
    pub name: &'static str,
    pub role: &'static str,
    pub passphrase: &'static str,
}

pub const RUTH: Nurse =
    Nurse { name: "Ruth Invented", role: "cancer_nurse_specialist", passphrase: "four grey herons wade" };
pub const TOM: Nurse = Nurse { name: "Tom Invented", role: "support_worker", passphrase: "seven slow green trains" };

/// A patient as far as the steps below type them in.
#[derive(Debug, Clone, Copy)]
pub struct Person {
    pub family: &'static str,
    pub given: &'static str,
    /// Ten digits, without spaces.
    pub nhs_number: &'static str,
    /// Day, month and year, as typed.
    pub born: [&'static str; 3],
}

impl Window<'_> {
    /// The first start: fills in the form and arrives at the recovery code.
    #[track_caller]
    pub fn enrol(&self, nurse: Nurse) {
        self.see("first_start");
        self.tab_to("#name").types(nurse.name);
        self.choose_option("#role", nurse.role);
        self.tab_to("#team").types("Colorectal");
        self.tab_to("#organisation-name").types("Thamesbank Hospitals");
        self.tab_to("#organisation-ods").types("RZ9");
        self.tab_to("#passphrase").types(nurse.passphrase);
        self.focus_on("#passphrase").press(Key::Enter);
        self.see("recovery_code");
    }

    /// Reads the recovery code, types back what is asked, and arrives at Today. Answers all nine groups.
    #[track_caller]
    pub fn take_recovery_code(&self) -> Vec<String> {
        self.see("recovery_code");
        self.see_element("[data-group='9']");
        let groups = self.texts("[data-group]");
        assert_eq!(groups.len(), 9, "{groups:?}");
        self.tab_to("#written").press(Key::Enter);
        self.see_element("#confirm");
        let asked = self.run("return [...document.querySelectorAll('#groups input')].map((it) => it.id)", json!([]));
        for field in asked.as_array().unwrap().iter().map(|id| id.as_str().unwrap()) {
            let number: usize = field.trim_start_matches("group-").parse().unwrap();
            self.tab_to(&format!("#{field}")).types(&groups[number - 1]);
        }
        self.tab_to("#confirm").press(Key::Enter);
        self.see("today");
        groups
    }

    /// From the lock screen to where this nurse was; she is chosen by name when there is a choice.
    #[track_caller]
    pub fn unlock(&self, nurse: Nurse) {
        self.see("lock");
        self.try_passphrase(nurse, nurse.passphrase);
        self.see_element("header #nurse");
    }

    /// Chooses the nurse and tries a passphrase, right or wrong.
    #[track_caller]
    pub fn try_passphrase(&self, nurse: Nurse, passphrase: &str) {
        self.see("lock");
        self.choose_nurse(nurse);
        self.tab_to("#passphrase").types(passphrase);
        self.focus_on("#passphrase").press(Key::Enter);
    }

    /// Opens the records with the recovery code from the lock screen.
    #[track_caller]
    pub fn open_with_recovery_code(&self, nurse: Nurse, groups: &[String]) {
        self.see("lock");
        self.tab_to("#cannot-get-in").press(Key::Enter);
        self.see("cannot_get_in");
        self.choose_nurse(nurse);
        self.tab_to("#code").types(&groups.join(" ").to_lowercase());
        self.focus_on("#code").press(Key::Enter);
    }

    fn choose_nurse(&self, nurse: Nurse) {
        let script = "return [...document.querySelectorAll(\"input[name='nurse']\")].find((it) => it.labels[0].innerText.trim().startsWith(arguments[0]))?.id";
        let id = self.run(script, json!([nurse.name]));
        self.choose("nurse", id.as_str().expect("the nurse has a card at the door"));
    }

    /// From Today to the overview of a new patient. Everybody here has breast cancer, so that its summary is offered.
    #[track_caller]
    pub fn register(&self, person: Person) {
        self.tab_to("#register").press(Key::Enter);
        self.see("register");
        self.tab_to("#nhs_number").types(person.nhs_number);
        self.tab_to("#family").types(person.family);
        self.tab_to("#given").types(person.given);
        for (part, typed) in ["day", "month", "year"].iter().zip(person.born) {
            self.tab_to(&format!("#born-{part}")).types(typed);
        }
        self.choose("gender", "gender-female");
        self.see_element("#cancer_type option[value='Breast']");
        self.choose_option("#cancer_type", "Breast");
        self.tab_to("#save-patient").press(Key::Enter);
        self.see("overview");
    }

    /// From the overview to the list of concerns of a new assessment.
    #[track_caller]
    pub fn start_assessment(&self, person: Person) {
        self.tab_to("#start-assessment").press(Key::Enter);
        self.begin(person);
    }

    /// Fills in what the start of an assessment asks, and goes on to the concerns.
    #[track_caller]
    pub fn begin(&self, person: Person) {
        self.see("hna_start");
        self.type_identity(person);
        self.choose("answered_by", "answered_by-patient");
        self.choose("method", "method-face_to_face");
        self.choose("pathway_point", "pathway_point-start_of_treatment");
        self.tab_to("#start").press(Key::Enter);
        self.see("hna_ticks");
    }

    /// Ticks a concern of the list and waits until that is saved.
    #[track_caller]
    pub fn tick(&self, concern: &str) {
        let id = id_of("concern", concern);
        self.tab_to(&id).press(Key::Space);
        self.wait_for(&format!("{concern} ticked"), "return document.querySelector(arguments[0]).checked", json!([id]));
        self.see_saved();
    }

    /// Adds a concern in the patient's own words.
    #[track_caller]
    pub fn add_own_words(&self, words: &str) {
        self.tab_to("#words").types(words);
        self.focus_on("#words").press(Key::Enter);
        self.wait_for(
            "the words in the list",
            "return document.querySelector('#chosen').innerText.includes(arguments[0])",
            json!([words]),
        );
        self.see_saved();
    }

    /// Scores the concern that is on the screen.
    #[track_caller]
    pub fn score(&self, score: u8) {
        self.see("hna_score");
        self.choose("rating", &format!("rating-{score}"));
        self.see_saved();
    }

    /// The main way on of an assessment's screen.
    #[track_caller]
    pub fn go_on(&self, to: &str) {
        let before = self.text("h1");
        self.tab_to("#continue").press(Key::Enter);
        self.wait_for(
            "the next page",
            "return document.querySelector('h1')?.innerText.trim() !== arguments[0]",
            json!([before]),
        );
        self.see(to);
    }

    /// Puts a concern on the list of what matters most today.
    #[track_caller]
    pub fn rank(&self, concern: &str) {
        self.tab_to(&id_of("add", concern)).press(Key::Enter);
        self.see_element(&format!("[data-concern='{concern}']"));
        self.see_saved();
    }

    /// Finishes the assessment on the page where the answers are checked.
    #[track_caller]
    pub fn complete(&self, person: Person) {
        self.see("hna_check");
        self.type_identity(person);
        self.tab_to("#complete").press(Key::Enter);
        self.see("hna_read");
    }

    pub fn type_identity(&self, person: Person) {
        self.tab_to("#identity-day").types(person.born[0]);
        self.tab_to("#identity-month").types(person.born[1]);
    }
}

/// The keys of concerns hold full stops, which a selector reads otherwise.
fn id_of(kind: &str, concern: &str) -> String {
    format!("[id='{kind}-{concern}']")
}
