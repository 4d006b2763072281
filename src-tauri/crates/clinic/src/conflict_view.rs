//! Two versions of one record as the screen shows them: what was changed here, what was changed at the trust, and what of both has to be
//! chosen. What a difference is, is decided in `domain`.

use domain::id::SendingId;
use domain::record::RecordKind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::Zeroizing;

use crate::patient_view::Banner;
use crate::request::requests;
use crate::when::When;

/// Which version of one part goes on.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// As [`ClashView::item`] names it; `whole` for the record as one.
    pub item: String,
    #[ts(type = "Side")]
    pub side: String,
}

requests! {
    ViewConflict { #[ts(type = "SendingId")] sending: String }
    ResolveConflict { #[ts(type = "SendingId")] sending: String, choices: Vec<Choice> }
    WithdrawSending { #[ts(type = "SendingId")] sending: String, reason: String }
    #[derive(Clone)]
    ExportRefused {
        #[ts(type = "SendingId")] sending: String,
        /// Typed again, because the file names the patient.
        #[ts(type = "string")] passphrase: Zeroizing<String>,
    }
}

/// A record of which two versions are kept until a person has chosen.
#[derive(Serialize, TS)]
pub struct ConflictView {
    #[ts(type = "SendingId")]
    pub sending: SendingId,
    /// Whose record it is; null for one that is nobody's.
    pub banner: Option<Banner>,
    #[ts(type = "Noun")]
    pub kind: RecordKind,
    /// The record's own id.
    pub record: String,
    /// When the version of this PC was saved.
    pub when_ours: When,
    /// Who saved it; empty when that does not read back.
    pub who_ours: String,
    /// When the trust's version was written, as the trust says; null when it does not.
    pub when_theirs: Option<When>,
    /// Who wrote it, as the trust says; null when it does not.
    pub who_theirs: Option<String>,
    /// It is chosen as one, with the item `whole`: ours goes over theirs, or ours is withdrawn.
    pub whole: bool,
    /// There is none at the trust any more.
    pub removed: bool,
    /// Parts that both have alike.
    pub same: u32,
    /// What only the trust changed; it comes into the record without being asked about.
    pub taken: Vec<TakenView>,
    /// What both changed, each to be chosen.
    pub clashes: Vec<ClashView>,
}

/// A part that only the trust changed.
#[derive(Serialize, TS)]
pub struct TakenView {
    pub item: String,
    /// What kind of part it is, as a code that the screen has words for: `family`, `action-due`.
    pub label: String,
    /// The concern or the action it belongs to, in its own words; null for a part of the record itself.
    pub about: Option<String>,
    /// The first line of `theirs`, and of treatments what stands before the first tab of each, may be a code, and no text.
    pub coded: bool,
    /// Empty for nothing there.
    pub theirs: String,
}

/// A part that both changed, differently.
#[derive(Serialize, TS)]
pub struct ClashView {
    /// Its name in a choice.
    pub item: String,
    /// What kind of part it is, as a code that the screen has words for: `family`, `action-due`.
    pub label: String,
    /// The concern or the action it belongs to, in its own words; null for a part of the record itself.
    pub about: Option<String>,
    /// The first line of each of the three, and of treatments what stands before the first tab of each line, may be a code, and no text.
    pub coded: bool,
    /// Before either changed it; empty for nothing there, as in the other two.
    pub base: String,
    pub ours: String,
    pub theirs: String,
}

/// The screen on which a refused record is corrected.
#[derive(Serialize, TS)]
pub struct Correct {
    /// A name of the closed list of screens.
    #[ts(
        type = "\"register\" | \"care_plan\" | \"summary\" | \"appointment\" | \"booking\" | \"invitation\" | \"overview\""
    )]
    pub screen: &'static str,
    /// The id that this screen opens.
    pub record: String,
}

/// Where the copy of a refused record is.
#[derive(Serialize, TS)]
pub struct ExportedRefused {
    pub folder: String,
    pub file: String,
    pub at: When,
}
