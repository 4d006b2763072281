//! A treatment summary as the screen shows it: its lines in both wordings, what can be offered, and what is missing.

use domain::id::{PatientId, TreatmentSummaryId};
use domain::summary_offers::Known;
use domain::summary_template::{Copy, Line, SummaryTemplate};
use domain::treatment_summary::{Chosen, OwnLine, SummaryStatus};
use serde::Serialize;
use store::{SavedSummary, Store};
use ts_rs::TS;

use crate::content::Content;
use crate::patient_view::{Banner, SignatureView, VersionLine};
use crate::problem::{Code, Field, Problem};
use crate::summary_offers;
use crate::when::{When, day_of};

#[derive(Serialize, TS)]
pub struct SummaryView {
    #[ts(type = "TreatmentSummaryId")]
    pub id: TreatmentSummaryId,
    #[ts(type = "PatientId")]
    pub patient: PatientId,
    pub banner: Banner,
    /// `id|version` of its template.
    pub template: String,
    pub title: String,
    #[ts(type = "SummaryStatus")]
    pub status: SummaryStatus,
    pub revision: i64,
    /// The newest signed version; 0 before the first.
    pub version: u32,
    /// The signed version that is shown; null when the summary is shown as it stands.
    pub shown_version: Option<u32>,
    pub started: When,
    pub saved: When,
    pub chosen: Vec<ChosenView>,
    pub own: Vec<OwnLineView>,
    pub signed: Option<SignatureView>,
    pub amend_reason: Option<String>,
    /// Newest first.
    pub versions: Vec<VersionLine>,
    /// What is missing before it can be signed.
    pub unfinished: Vec<Field>,
}

#[derive(Serialize, TS)]
pub struct ChosenView {
    pub key: String,
    pub section: String,
    pub line: String,
    /// Both wordings with what was filled in.
    pub words: String,
    pub words_gp: String,
    pub slots: Vec<FilledSlot>,
}

#[derive(Serialize, TS)]
pub struct FilledSlot {
    pub key: String,
    /// As recorded; empty when not filled in.
    pub value: String,
    /// As staff read it.
    pub shown: String,
    /// What the patient's records have for it.
    pub offers: Vec<Offer>,
}

#[derive(Serialize, TS)]
pub struct Offer {
    pub value: String,
    pub shown: String,
}

#[derive(Serialize, TS)]
pub struct OwnLineView {
    pub key: String,
    pub section: String,
    pub urgent: bool,
    pub patient: String,
    pub gp: String,
}

/// Shows a summary as it was saved; `shown` is the signed version that `saved` is. Offers are for a draft only.
pub(crate) fn summary_view(
    store: &Store,
    content: &Content,
    saved: &SavedSummary,
    shown: Option<u32>,
    now: i64,
) -> Result<SummaryView, Problem> {
    let summary = &saved.summary;
    let (patient, _) = store.patient(summary.patient)?.ok_or(Code::Gone)?;
    let template = content.template(store, &summary.template)?;
    let known = match summary.status {
        SummaryStatus::Draft => Some(summary_offers::known(store, content, summary.patient)?),
        SummaryStatus::Signed => None,
    };
    let mut versions = Vec::new();
    for version in store.versions(&summary.id.to_string())? {
        let signed = store.treatment_summary_version(summary.id, version)?.ok_or(Code::Gone)?;
        let signed = signed.summary.signed.as_ref().ok_or_else(Problem::unexpected)?.into();
        versions.push(VersionLine { version, signed });
    }
    let unfinished = match summary.status {
        SummaryStatus::Draft => summary.unfinished(&template),
        SummaryStatus::Signed => Vec::new(),
    };
    Ok(SummaryView {
        id: summary.id,
        patient: summary.patient,
        banner: Banner::of(&patient, day_of(now)),
        template: summary.template.clone(),
        title: template.title.clone(),
        status: summary.status,
        revision: saved.revision,
        version: versions.first().map_or(0, |newest| newest.version),
        shown_version: shown,
        started: When::new(summary.started_at),
        saved: When::new(saved.saved_at),
        chosen: summary.chosen.iter().filter_map(|chosen| ChosenView::of(&template, chosen, known.as_ref())).collect(),
        own: summary.own.iter().map(OwnLineView::of).collect(),
        signed: summary.signed.as_ref().map(SignatureView::from),
        amend_reason: (!summary.amend_reason.is_empty()).then(|| summary.amend_reason.clone()),
        versions,
        unfinished: unfinished
            .into_iter()
            .map(|fault| Field { field: fault.field, reason: fault.reason.to_owned() })
            .collect(),
    })
}

impl ChosenView {
    /// None when the template has no such line, which no act can choose.
    fn of(template: &SummaryTemplate, chosen: &Chosen, known: Option<&Known>) -> Option<ChosenView> {
        let line = template.line(&chosen.section, &chosen.line)?;
        Some(ChosenView {
            key: chosen.key.as_str().to_owned(),
            section: chosen.section.clone(),
            line: chosen.line.clone(),
            words: line.filled(Copy::Patient, &chosen.values),
            words_gp: line.filled(Copy::Gp, &chosen.values),
            slots: filled_slots(line, chosen, known),
        })
    }
}

fn filled_slots(line: &Line, chosen: &Chosen, known: Option<&Known>) -> Vec<FilledSlot> {
    let slots = line.slots.iter().map(|slot| {
        let shown = |value: &str| slot.printed(Copy::Gp, value);
        let value = chosen.values.get(&slot.key).cloned().unwrap_or_default();
        let offers = known.map(|known| known.offers(line, slot)).unwrap_or_default();
        FilledSlot {
            key: slot.key.clone(),
            shown: if value.is_empty() { String::new() } else { shown(&value) },
            value,
            offers: offers.into_iter().map(|value| Offer { shown: shown(&value), value }).collect(),
        }
    });
    slots.collect()
}

impl OwnLineView {
    fn of(own: &OwnLine) -> OwnLineView {
        OwnLineView {
            key: own.key.as_str().to_owned(),
            section: own.section.clone(),
            urgent: own.urgent,
            patient: own.copies.patient.clone(),
            gp: own.copies.gp.clone(),
        }
    }
}
