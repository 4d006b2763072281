//! Which checklists a new assessment can be made on, and which files of the trust's folder are not used.

use domain::checklist::ChecklistKind;
use serde::Serialize;
use ts_rs::TS;

use crate::checklist_packs::RefusedChecklist;
use crate::clinic::Clinic;
use crate::problem::Problem;

#[derive(Serialize, TS)]
pub struct Checklists {
    /// The usual one first.
    pub offered: Vec<ChecklistLine>,
    /// Files of the trust's folder that are not used, by name; nobody but a key holder is shown them.
    pub refused: Vec<RefusedChecklist>,
}

#[derive(Serialize, TS)]
pub struct ChecklistLine {
    /// `url|version`.
    pub key: String,
    pub title: String,
    /// The language of its wording, for example `en-GB`.
    pub language: String,
    #[ts(type = "ChecklistKind")]
    pub kind: ChecklistKind,
    /// How many concerns it has.
    pub concerns: usize,
    /// The one that is used when none is chosen.
    pub usual: bool,
}

impl Clinic {
    /// The checklists that a new assessment can be made on, and what is refused.
    pub async fn list_checklists(&self) -> Result<Checklists, Problem> {
        let open = self.0.clone();
        let refused = if open.staff.key_holder { open.refused_checklists.clone() } else { Vec::new() };
        self.0
            .queue
            .run(move |store| {
                let usual = open.content.chosen(store, None)?;
                let lines = open.content.offered(store)?.into_iter().map(|version| ChecklistLine {
                    key: version.checklist.canonical.clone(),
                    title: version.checklist.title.clone(),
                    language: version.language.to_string(),
                    kind: version.kind,
                    concerns: version.checklist.domains.iter().map(|area| area.items.len()).sum(),
                    usual: version.checklist.canonical == usual.canonical,
                });
                Ok(Checklists { offered: lines.collect(), refused })
            })
            .await
    }
}
