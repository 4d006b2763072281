//! Summary templates as the screen shows them: which there are, and every line that one of them may say.

use std::collections::BTreeMap;

use domain::summary_template::{Choice, Copy, Group, Line, Section, Slot, SlotKind, SummaryTemplate};
use serde::Serialize;
use ts_rs::TS;

#[derive(Serialize, TS)]
pub struct TemplateLine {
    pub template: String,
    pub title: String,
    pub version: String,
    /// Made for this patient's type of cancer.
    pub offered: bool,
}

#[derive(Serialize, TS)]
pub struct TemplateView {
    pub key: String,
    pub title: String,
    pub version: String,
    pub sections: Vec<SectionView>,
}

#[derive(Serialize, TS)]
pub struct SectionView {
    pub key: String,
    pub title: String,
    pub title_gp: String,
    pub needed: bool,
    pub lead: Option<String>,
    pub groups: Vec<GroupView>,
    pub lines: Vec<LineView>,
}

#[derive(Serialize, TS)]
pub struct GroupView {
    pub key: String,
    pub title: String,
}

#[derive(Serialize, TS)]
pub struct LineView {
    pub key: String,
    pub group: Option<String>,
    pub urgent: bool,
    pub repeats: bool,
    /// The patient's wording, a slot as its label in square brackets.
    pub words: String,
    pub words_gp: String,
    pub slots: Vec<SlotView>,
    pub source: String,
    /// H, M or R.
    pub confidence: String,
}

#[derive(Serialize, TS)]
pub struct SlotView {
    pub key: String,
    pub label: String,
    #[ts(type = "\"date\" | \"text\" | \"number\" | \"choice\"")]
    pub kind: &'static str,
    #[ts(type = "\"day\" | \"month\" | \"year\" | null")]
    pub precision: Option<&'static str>,
    /// With `text`: most characters. With `number`: most decimals.
    pub most: Option<usize>,
    /// With `choice`: what can be chosen.
    pub options: Vec<OptionView>,
}

#[derive(Serialize, TS)]
pub struct OptionView {
    pub key: String,
    pub words: String,
}

impl TemplateLine {
    pub(crate) fn of(template: &SummaryTemplate, cancer: Option<&str>) -> TemplateLine {
        TemplateLine {
            template: template.canonical.clone(),
            title: template.title.clone(),
            version: template.version().to_owned(),
            offered: template.cancer_types.iter().any(|code| Some(code.as_str()) == cancer),
        }
    }
}

impl TemplateView {
    pub(crate) fn of(template: &SummaryTemplate) -> TemplateView {
        TemplateView {
            key: template.canonical.clone(),
            title: template.title.clone(),
            version: template.version().to_owned(),
            sections: template.sections.iter().map(SectionView::of).collect(),
        }
    }
}

impl SectionView {
    fn of(section: &Section) -> SectionView {
        let group = |group: &Group| GroupView { key: group.key.clone(), title: group.title.patient.clone() };
        SectionView {
            key: section.key.clone(),
            title: section.title.patient.clone(),
            title_gp: section.title.gp.clone(),
            needed: section.needed,
            lead: section.lead.as_ref().map(|lead| lead.patient.clone()),
            groups: section.groups.iter().map(group).collect(),
            lines: section.lines.iter().map(LineView::of).collect(),
        }
    }
}

impl LineView {
    fn of(line: &Line) -> LineView {
        let nothing = BTreeMap::new();
        LineView {
            key: line.key.clone(),
            group: line.group.clone(),
            urgent: line.urgent,
            repeats: line.repeats,
            words: line.filled(Copy::Patient, &nothing),
            words_gp: line.filled(Copy::Gp, &nothing),
            slots: line.slots.iter().map(SlotView::of).collect(),
            source: line.source.clone(),
            confidence: line.confidence.to_string(),
        }
    }
}

impl SlotView {
    fn of(slot: &Slot) -> SlotView {
        // Staff choose, so an option stands in the words that staff read.
        let option = |option: &Choice| OptionView { key: option.key.clone(), words: option.copies.gp.clone() };
        let (kind, precision, most, options) = match &slot.kind {
            SlotKind::Date { precision } => ("date", Some(precision.code()), None, Vec::new()),
            SlotKind::Text { most } => ("text", None, Some(*most), Vec::new()),
            SlotKind::Number { decimals } => ("number", None, Some(*decimals), Vec::new()),
            SlotKind::Choice { options } => ("choice", None, None, options.iter().map(option).collect()),
        };
        SlotView { key: slot.key.clone(), label: slot.label.clone(), kind, precision, most, options }
    }
}
