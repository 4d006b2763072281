//! The treatment summary: which lines of a template apply to one patient, and the facts that both copies say.

use std::collections::BTreeMap;

use crate::codes;
use crate::id::{PatientId, StaffId, TreatmentSummaryId};
use crate::refused::{FieldFault, Refused};
use crate::staff::{By, Signature};
use crate::summary_template::{Copies, Copy, Line, Section, SummaryTemplate};
use crate::text;

codes! {
    /// Where a summary stands. One that is being amended is a draft again; its signed versions stay.
    SummaryStatus { Draft = "draft", Signed = "signed" }
}

/// How many lines one summary takes at a time, chosen and own together.
pub const MOST_ENTRIES: usize = 400;

/// Names a chosen or own line within one summary, for ever: `e-1`, `own-2`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
pub struct EntryKey(String);

impl EntryKey {
    pub fn new(key: &str) -> EntryKey {
        EntryKey(key.to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A line of the template that applies, with what was filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    pub key: EntryKey,
    pub section: String,
    pub line: String,
    /// By slot key; a draft may lack some.
    pub values: BTreeMap<String, String>,
}

/// A line of the nurse's or doctor's own, in both wordings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnLine {
    pub key: EntryKey,
    pub section: String,
    pub urgent: bool,
    pub copies: Copies,
}

/// A treatment summary, as a draft or as it was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreatmentSummary {
    pub id: TreatmentSummaryId,
    pub patient: PatientId,
    /// Canonical of the template version.
    pub template: String,
    pub status: SummaryStatus,
    /// The newest signed version; 0 before the first.
    pub version: u32,
    /// UTC milliseconds.
    pub started_at: i64,
    pub started_by: StaffId,
    pub started_by_name: String,
    /// In the order in which they were chosen.
    pub chosen: Vec<Chosen>,
    pub own: Vec<OwnLine>,
    /// How many entries were ever added, so that a key is never given twice.
    pub entries_added: u32,
    /// Who signed the newest version; None before the first.
    pub signed: Option<Signature>,
    /// Why it is being amended; empty while signed and before the first.
    pub amend_reason: String,
}

/// One thing that a summary says. Titles, leads and codes are not facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// `section/line`, or `section/own-1` for an own line.
    pub key: String,
    pub section: String,
    /// The group of its line, where there is one.
    pub group: Option<String>,
    pub urgent: bool,
    pub values: BTreeMap<String, String>,
    /// The wording of each copy with every slot filled, without the word URGENT; an empty slot of a draft shows its label in
    /// square brackets.
    pub words: Copies,
}

impl TreatmentSummary {
    /// A draft in which nothing is chosen.
    pub fn start(id: TreatmentSummaryId, patient: PatientId, template: &SummaryTemplate, by: &By) -> TreatmentSummary {
        TreatmentSummary {
            id,
            patient,
            template: template.canonical.clone(),
            status: SummaryStatus::Draft,
            version: 0,
            started_at: by.at,
            started_by: by.staff,
            started_by_name: by.name.clone(),
            chosen: Vec::new(),
            own: Vec::new(),
            entries_added: 0,
            signed: None,
            amend_reason: String::new(),
        }
    }

    /// Chooses a line; choosing one again that does not repeat changes nothing. `offered` are values by slot key; one that its slot
    /// does not take is left out, because what is on the record may not fit the blank.
    pub fn choose(
        mut self,
        template: &SummaryTemplate,
        section: &str,
        line: &str,
        offered: &BTreeMap<String, String>,
    ) -> Result<TreatmentSummary, Refused> {
        self.open()?;
        let found = template.line(section, line).ok_or(Refused::NotThere)?;
        if !found.repeats && self.chosen.iter().any(|c| c.section == section && c.line == line) {
            return Ok(self);
        }
        let key = EntryKey(format!("e-{}", self.next_entry()?));
        let mut values = BTreeMap::new();
        for slot in &found.slots {
            if let Some(Ok(value)) = offered.get(&slot.key).map(|value| slot.read(value)) {
                values.insert(slot.key.clone(), value);
            }
        }
        self.chosen.push(Chosen { key, section: section.to_owned(), line: line.to_owned(), values });
        Ok(self)
    }

    /// Takes a chosen or own line out of the draft; its key is not given again.
    pub fn drop_line(mut self, entry: &EntryKey) -> Result<TreatmentSummary, Refused> {
        self.open()?;
        let before = self.chosen.len() + self.own.len();
        self.chosen.retain(|chosen| &chosen.key != entry);
        self.own.retain(|own| &own.key != entry);
        (self.chosen.len() + self.own.len() < before).then_some(self).ok_or(Refused::NotThere)
    }

    /// Fills a slot of a chosen line; an empty value empties it. A value its slot does not take is refused for the field
    /// `<entry>-<slot>`.
    pub fn fill(
        mut self,
        template: &SummaryTemplate,
        entry: &EntryKey,
        slot: &str,
        value: &str,
    ) -> Result<TreatmentSummary, Refused> {
        self.open()?;
        let chosen = self.chosen.iter_mut().find(|chosen| &chosen.key == entry).ok_or(Refused::NotThere)?;
        let line = template.line(&chosen.section, &chosen.line).ok_or(Refused::NotThere)?;
        let found = line.slot(slot).ok_or(Refused::NotThere)?;
        if value.trim().is_empty() {
            chosen.values.remove(slot);
        } else {
            let value =
                found.read(value).map_err(|reason| Refused::field(&format!("{}-{slot}", entry.as_str()), reason))?;
            chosen.values.insert(slot.to_owned(), value);
        }
        Ok(self)
    }

    /// Adds a line of the writer's own without words to a section, as its last.
    pub fn add_own(mut self, template: &SummaryTemplate, section: &str) -> Result<TreatmentSummary, Refused> {
        self.open()?;
        template.section(section).ok_or(Refused::NotThere)?;
        let key = EntryKey(format!("own-{}", self.next_entry()?));
        let copies = Copies { patient: String::new(), gp: String::new() };
        self.own.push(OwnLine { key, section: section.to_owned(), urgent: false, copies });
        Ok(self)
    }

    /// Words an own line. Faults are named for `<entry>-patient` and `<entry>-gp`.
    pub fn write_own(
        mut self,
        entry: &EntryKey,
        urgent: bool,
        patient: &str,
        gp: &str,
    ) -> Result<TreatmentSummary, Refused> {
        self.open()?;
        let own = self.own.iter_mut().find(|own| &own.key == entry).ok_or(Refused::NotThere)?;
        let mut faults = Vec::new();
        let mut line = |typed: &str, copy: Copy| {
            let field = format!("{}-{}", entry.as_str(), copy.code());
            text::line(typed).map_err(|fault| faults.push(FieldFault { field, reason: fault.reason() }))
        };
        let (Ok(patient), Ok(gp)) = (line(patient, Copy::Patient), line(gp, Copy::Gp)) else {
            return Err(Refused::Fields(faults));
        };
        own.urgent = urgent;
        own.copies = Copies { patient, gp };
        Ok(self)
    }

    /// Signs it as the next version. Refused with what [`TreatmentSummary::unfinished`] names.
    pub fn sign(mut self, template: &SummaryTemplate, by: &By) -> Result<TreatmentSummary, Refused> {
        self.open()?;
        let faults = self.unfinished(template);
        if !faults.is_empty() {
            return Err(Refused::Fields(faults));
        }
        self.status = SummaryStatus::Signed;
        self.version += 1;
        self.signed = Some(Signature::of(by));
        self.amend_reason = String::new();
        Ok(self)
    }

    /// Opens a signed summary for an amended version, with a reason; the signed version stays as it is.
    pub fn amend(mut self, reason: &str) -> Result<TreatmentSummary, Refused> {
        if self.status != SummaryStatus::Signed {
            return Err(Refused::SummaryNotSigned);
        }
        let reason = text::line(reason).map_err(|fault| Refused::field("reason", fault.reason()))?;
        if reason.is_empty() {
            return Err(Refused::field("reason", "missing"));
        }
        self.status = SummaryStatus::Draft;
        self.amend_reason = reason;
        Ok(self)
    }

    /// What is missing before it can be signed, in the order of the template: `section-<key>` (`section_needed`), `<entry>-<slot>`
    /// (`missing`), `<entry>` (`with_unmet`, `twice`), `<entry>-patient` and `<entry>-gp` (`missing`).
    pub fn unfinished(&self, template: &SummaryTemplate) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        let mut fault = |field: String, reason| faults.push(FieldFault { field, reason });
        for section in &template.sections {
            let mut any = false;
            let mut said: Vec<(&str, &BTreeMap<String, String>)> = Vec::new();
            for (line, chosen) in self.in_section(section) {
                any = true;
                for slot in &line.slots {
                    if !chosen.values.contains_key(&slot.key) {
                        fault(format!("{}-{}", chosen.key.as_str(), slot.key), "missing");
                    }
                }
                let met = line.with.is_empty() || line.with.iter().any(|(s, l)| self.has(s, l));
                if !met {
                    fault(chosen.key.as_str().to_owned(), "with_unmet");
                }
                let complete = chosen.values.len() == line.slots.len();
                if complete && said.contains(&(&*line.key, &chosen.values)) {
                    fault(chosen.key.as_str().to_owned(), "twice");
                }
                said.push((&line.key, &chosen.values));
            }
            for own in self.own.iter().filter(|own| own.section == section.key) {
                any = true;
                for copy in Copy::ALL {
                    if own.copies.of(*copy).is_empty() {
                        fault(format!("{}-{}", own.key.as_str(), copy.code()), "missing");
                    }
                }
            }
            if section.needed && !any {
                fault(format!("section-{}", section.key), "section_needed");
            }
        }
        faults
    }

    /// What it says, in the order of the template; entries of a line that repeats as they were chosen, own lines after the lines of
    /// their section.
    pub fn facts(&self, template: &SummaryTemplate) -> Vec<Fact> {
        let mut facts = Vec::new();
        for section in &template.sections {
            for (line, chosen) in self.in_section(section) {
                let words = |copy| line.filled(copy, &chosen.values);
                facts.push(Fact {
                    key: format!("{}/{}", section.key, line.key),
                    section: section.key.clone(),
                    group: line.group.clone(),
                    urgent: line.urgent,
                    values: chosen.values.clone(),
                    words: Copies { patient: words(Copy::Patient), gp: words(Copy::Gp) },
                });
            }
            for own in self.own.iter().filter(|own| own.section == section.key) {
                facts.push(Fact {
                    key: format!("{}/{}", section.key, own.key.as_str()),
                    section: section.key.clone(),
                    group: None,
                    urgent: own.urgent,
                    values: BTreeMap::new(),
                    words: own.copies.clone(),
                });
            }
        }
        facts
    }

    /// Is this line chosen?
    pub fn has(&self, section: &str, line: &str) -> bool {
        self.chosen.iter().any(|chosen| chosen.section == section && chosen.line == line)
    }

    /// The chosen lines of a section in the order of the template.
    fn in_section<'a>(&'a self, section: &'a Section) -> impl Iterator<Item = (&'a Line, &'a Chosen)> {
        section.lines.iter().flat_map(move |line| {
            let here = move |chosen: &&Chosen| chosen.section == section.key && chosen.line == line.key;
            self.chosen.iter().filter(here).map(move |chosen| (line, chosen))
        })
    }

    /// The number of the next key: one sequence for chosen and own lines. Refused when no more lines fit.
    fn next_entry(&mut self) -> Result<u32, Refused> {
        if self.chosen.len() + self.own.len() >= MOST_ENTRIES {
            return Err(Refused::field("line", "too_many"));
        }
        self.entries_added = self.entries_added.checked_add(1).ok_or(Refused::field("line", "too_many"))?;
        Ok(self.entries_added)
    }

    fn open(&self) -> Result<(), Refused> {
        (self.status == SummaryStatus::Draft).then_some(()).ok_or(Refused::SummarySigned)
    }
}

#[cfg(test)]
#[path = "treatment_summary_tests.rs"]
mod tests;
