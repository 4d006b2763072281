//! The steps of a treatment summary as a nurse takes them, by keys alone. Each ends when the page shows that it is done.

use serde_json::json;

use super::appointment::{Nurse, Person};
use super::keyboard::Key;
use super::open::Window;

/// A line of the template, and what is chosen or typed in its blanks.
pub type Wanted = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// The fewest lines that a breast summary can be signed with: at least one in each section that is needed.
pub const BREAST_LINES: [Wanted; 9] = [
    ("diagnosis", "invasive", &[("side", "left"), ("date", "19 January 2026")]),
    ("aim", "cure", &[]),
    ("treatment", "lumpectomy", &[("date", "Feb 2026"), ("side", "left")]),
    ("recurrence", "lump", &[]),
    ("alerts", "spine", &[]),
    ("contacts", "urgent-line", &[("phone", "020 7946 0199"), ("use", "the signs marked URGENT")]),
    ("contacts", "hospital", &[("hospital", "Thamesbank Hospitals")]),
    ("hospital-plan", "no-more-tests", &[]),
    ("gp-actions", "none", &[]),
];

impl Window<'_> {
    /// From the overview to a new summary by the template that is offered first.
    #[track_caller]
    pub fn start_summary(&self) {
        self.see("overview");
        self.tab_to("#start-summary").press(Key::Enter);
        self.see("summary_start");
        self.see_element("input[name='template']");
        let first = self.run("return document.querySelector(\"input[name='template']\").id", json!([]));
        self.choose("template", first.as_str().unwrap());
        self.tab_to("#start").press(Key::Enter);
        self.see("summary");
    }

    /// Opens a section; the one that was open closes.
    #[track_caller]
    pub fn open_section(&self, section: &str) {
        let title = format!("#open-{section}");
        if !self.has(&format!("{title}[aria-expanded='true']")) {
            self.tab_to(&title).press(Key::Enter);
            self.see_element(&format!("{title}[aria-expanded='true']"));
        }
        self.see_element(&format!("#own-add-{section}"));
        self.see("summary");
    }

    /// Keeps a line of the template and fills its blanks, in the section where it stands.
    #[track_caller]
    pub fn keep_line(&self, (section, line, blanks): Wanted) {
        self.open_section(section);
        let box_ = format!("#line-{section}-{line}");
        self.tab_to(&box_).press(Key::Space);
        self.wait_for(
            &format!("{line} kept"),
            "const box = document.querySelector(arguments[0]); return box.checked && box.closest('li.line > div').id !== ''",
            json!([box_]),
        );
        self.see_saved();
        let entry = self.run("return document.querySelector(arguments[0]).closest('li.line > div').id", json!([box_]));
        for (slot, value) in blanks {
            self.fill(&format!("#{}-{slot}", entry.as_str().unwrap()), value);
        }
    }

    #[track_caller]
    fn fill(&self, blank: &str, value: &str) {
        self.see_element(blank);
        let list = self.run("return document.querySelector(arguments[0]).tagName === 'SELECT'", json!([blank]));
        if list == true {
            self.choose_option(blank, value);
        } else {
            self.tab_to(blank).types(value);
            // A day or number is read once its box is left.
            self.focus_on(blank).press(Key::Tab);
        }
        self.see_saved();
    }

    /// Adds a line in the nurse's own words to a section, one wording for each copy.
    #[track_caller]
    pub fn add_own_line(&self, section: &str, patient: &str, gp: &str) {
        self.open_section(section);
        let boxes = "return document.querySelectorAll('li.own').length";
        let before = self.run(boxes, json!([]));
        self.tab_to(&format!("#own-add-{section}")).press(Key::Enter);
        self.wait_for("boxes for the own words", &format!("{boxes} > arguments[0]"), json!([before]));
        self.focus_on("li.own [id$='-patient']").types(patient);
        let control = self.run("return document.activeElement.id", json!([]));
        let own = control.as_str().unwrap().trim_end_matches("-patient").to_owned();
        self.tab_to(&format!("[id='{own}-gp']")).types(gp);
        self.see_saved();
    }

    /// Signs the summary that stands in the window, which takes who the patient is and who signs.
    #[track_caller]
    pub fn sign_summary(&self, person: Person, nurse: Nurse) {
        self.see("summary");
        self.tab_to("#sign").press(Key::Enter);
        self.see("summary_sign");
        self.sign(person, nurse);
        self.see("summary_read");
    }
}
