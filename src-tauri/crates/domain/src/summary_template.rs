//! A treatment summary template as the app uses it: every line that may be said for one tumour site, in a patient's and a GP's
//! wording. Which lines there are is data in a content pack; `assets/content/README.md` is its description.

use crate::codes;
use crate::patient::TreatmentKind;

codes! {
    /// The two copies of one summary.
    Copy { Patient = "patient", Gp = "gp" }
}

codes! {
    /// The coarsest date that a slot takes.
    Precision { Day = "day", Month = "month", Year = "year" }
}

codes! {
    /// Where in the patient's records a value to offer stands.
    Prefill {
        Diagnosed = "diagnosed",
        Recurred = "recurred",
        KeyWorker = "key_worker",
        Team = "team",
        FollowedUpAt = "followed_up_at",
        TreatmentName = "treatment.name",
        TreatmentStart = "treatment.start",
        TreatmentEnd = "treatment.end",
        HnaCompleted = "hna.completed",
        HnaConcern = "hna.concern",
        PlanAgreed = "plan.agreed",
        ReviewFrom = "review.from",
        ReviewTo = "review.to",
    }
}

/// One fact or title in its two wordings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copies {
    pub patient: String,
    pub gp: String,
}

impl Copies {
    pub fn of(&self, copy: Copy) -> &str {
        match copy {
            Copy::Patient => &self.patient,
            Copy::Gp => &self.gp,
        }
    }
}

/// One version of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryTemplate {
    /// `id|version`. Stored with every summary made on it.
    pub canonical: String,
    /// The tumour site.
    pub title: String,
    /// Codes of the cancer types it is offered for.
    pub cancer_types: Vec<String>,
    /// Section keys in the order of printing on the patient's copy; each section once.
    pub patient_order: Vec<String>,
    pub gp_order: Vec<String>,
    pub codes: Vec<Coding>,
    /// In the order of the editor.
    pub sections: Vec<Section>,
}

/// The coded name of a fact, printed on the GP's copy while that line is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coding {
    pub section: String,
    pub line: String,
    pub name: String,
    /// The code system's URL, for example `http://snomed.info/sct`.
    pub system: String,
    pub code: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub key: String,
    pub title: Copies,
    /// A summary cannot be signed before a line stands in it.
    pub needed: bool,
    /// A sentence above the lines; says nothing about the person.
    pub lead: Option<Copies>,
    /// Empty when the lines are not grouped.
    pub groups: Vec<Group>,
    pub lines: Vec<Line>,
}

/// Lines under a title of their own within a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub key: String,
    pub title: Copies,
}

/// One thing that may be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub key: String,
    /// The group's key where the section has groups.
    pub group: Option<String>,
    /// Both copies say URGENT before it.
    pub urgent: bool,
    /// May be chosen again with other values.
    pub repeats: bool,
    /// Treatments of this kind on the patient's record are offered for its slots.
    pub treatment: Option<TreatmentKind>,
    /// Each slot stands once as `{key}` in either wording.
    pub copies: Copies,
    pub slots: Vec<Slot>,
    /// Section and line: of these at least one must be chosen before signing. Empty when it stands by itself.
    pub with: Vec<(String, String)>,
    /// The publication it follows in substance.
    pub source: String,
    /// H, M or R.
    pub confidence: char,
}

/// A blank in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    pub key: String,
    /// For the editor.
    pub label: String,
    pub kind: SlotKind,
    pub prefill: Option<Prefill>,
}

/// What a slot takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SlotKind {
    /// `2026-11-02`, or as coarse as the precision allows `2026-11`, `2026`.
    Date { precision: Precision },
    /// One line of 1 to `most` characters.
    Text { most: usize },
    /// Digits, at most 6 before the point and `decimals` (0 to 3) after it; no sign.
    Number { decimals: usize },
    /// One of at least two options.
    Choice { options: Vec<Choice> },
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub key: String,
    pub copies: Copies,
}

impl SummaryTemplate {
    /// The part of the canonical after the last `|`.
    pub fn version(&self) -> &str {
        self.canonical.rsplit_once('|').map_or("", |(_, version)| version)
    }

    pub fn section(&self, key: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.key == key)
    }

    pub fn line(&self, section: &str, line: &str) -> Option<&Line> {
        self.section(section)?.lines.iter().find(|here| here.key == line)
    }

    /// Section keys in the order of printing on that copy.
    pub fn order(&self, copy: Copy) -> &[String] {
        match copy {
            Copy::Patient => &self.patient_order,
            Copy::Gp => &self.gp_order,
        }
    }
}

impl Line {
    pub fn slot(&self, key: &str) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.key == key)
    }
}
