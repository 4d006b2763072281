//! Paper as the screen asks for it and sees it.

use domain::codes;
use domain::id::PatientId;
use domain::summary_template::Copy;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::patient_view::Banner;
use crate::when::When;

codes! {
    /// What can be put on paper.
    PaperKind {
        BlankChecklist = "blank_checklist",
        /// A form on which the concerns of an assessment are scored again.
        ScoreAgainForm = "score_again_form",
        Invitation = "invitation",
        SessionInvitation = "session_invitation",
        /// The letter of one referral of a locked care plan.
        ReferralLetter = "referral_letter",
        /// How concerns changed up to an assessment.
        Changes = "changes",
        CarePlan = "care_plan",
        SummaryPatient = "summary_patient",
        SummaryGp = "summary_gp",
    }
}

impl PaperKind {
    /// Whose copy it is; the care plan, an invitation and a form to fill in are the patient's.
    pub(crate) fn copy(self) -> Copy {
        match self {
            PaperKind::BlankChecklist
            | PaperKind::ScoreAgainForm
            | PaperKind::Invitation
            | PaperKind::SessionInvitation
            | PaperKind::Changes
            | PaperKind::CarePlan
            | PaperKind::SummaryPatient => Copy::Patient,
            PaperKind::SummaryGp | PaperKind::ReferralLetter => Copy::Gp,
        }
    }

    /// Is it made of a record with drafts and versions? The others are always as their record stands.
    pub(crate) fn has_versions(self) -> bool {
        matches!(self, PaperKind::CarePlan | PaperKind::SummaryPatient | PaperKind::SummaryGp)
    }

    /// What its file's name begins with.
    pub(crate) fn stem(self) -> &'static str {
        match self {
            PaperKind::BlankChecklist => "blank-form",
            PaperKind::ScoreAgainForm => "score-again-form",
            PaperKind::Invitation => "invitation",
            PaperKind::SessionInvitation => "session-invitation",
            PaperKind::ReferralLetter => "referral",
            PaperKind::Changes => "concerns",
            PaperKind::CarePlan => "care-plan",
            PaperKind::SummaryPatient => "treatment-summary-patient",
            PaperKind::SummaryGp => "treatment-summary-gp",
        }
    }
}

#[derive(Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PaperOf {
    #[ts(type = "PaperKind")]
    pub kind: String,
    /// The care plan, treatment summary, invitation or booking of a session; the newest assessment of a change of concerns; the assessment that a form scores again; with a referral letter `<care plan>/<action>`; with a blank form its checklist as `url|version`, empty for the usual one.
    pub record: String,
    /// Whose name stands on a blank form; left out for a form without a name, and with every other kind.
    #[serde(default)]
    #[ts(optional, type = "PatientId | null")]
    pub patient: Option<String>,
    /// A locked or signed version; null for the record as it stands: its newest version while it is locked or signed, else a draft.
    pub version: Option<u32>,
}

#[derive(Serialize, TS)]
pub struct PaperView {
    #[ts(type = "PaperKind")]
    pub kind: PaperKind,
    pub record: String,
    /// Whose it is; null for a blank form without a name.
    #[ts(type = "PatientId | null")]
    pub patient: Option<PatientId>,
    pub banner: Option<Banner>,
    /// The title of a blank form; null with every other kind.
    pub title: Option<String>,
    pub version: Option<u32>,
    pub draft: bool,
    /// The newest locked or signed version of the record; null before the first.
    pub newest: Option<u32>,
    /// The name, the birth date or a number of the patient was corrected after this version was made, which still has the old ones.
    pub details_changed: bool,
    /// Size of the running text in points.
    pub points: u8,
    /// One SVG drawing a page.
    pub pages: Vec<String>,
    /// The name of the file when it is saved; no name of a person in it.
    pub file: String,
    /// Where it is saved when no other place is chosen; null when there is none.
    pub folder: Option<String>,
}

#[derive(Serialize, TS)]
pub struct Printers {
    pub printers: Vec<Printer>,
}

#[derive(Serialize, TS)]
pub struct Printer {
    pub name: String,
    pub default: bool,
}

#[derive(Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SavePaper {
    pub paper: PaperOf,
    pub day: String,
    pub month: String,
}

#[derive(Serialize, TS)]
pub struct SavedPaper {
    pub folder: String,
    pub file: String,
    pub at: When,
}

#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintPaper {
    pub paper: PaperOf,
    pub day: String,
    pub month: String,
    pub printer: String,
}

#[derive(Serialize, TS)]
pub struct Printed {
    pub printer: String,
    pub at: When,
}
