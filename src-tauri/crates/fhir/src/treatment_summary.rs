//! A signed treatment summary as a Composition, and each of its papers as a DocumentReference and the Binary it points to.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::summary_template::{Copy, Group, Section, SummaryTemplate};
use domain::treatment_summary::{Fact, SummaryStatus, TreatmentSummary};
use serde_json::{Value, json};

use crate::author::Author;
use crate::id;
use crate::narrative::Narrative;
use crate::resource::Resource;
use crate::value::{RECORD, coded, instant, ours, to, uk_core};

/// The summary, then for each paper its DocumentReference and its Binary. `template` is the version it was made on, `papers` the
/// copies of the signed version as PDF, `patient` the reference by which the trust knows the patient, `author` who sends
/// it; who signed is in the summary.
///
/// An amended summary changes the same Composition; its papers are new ones that replace those of the version before, which are for
/// [`crate::withdrawn`].
pub fn treatment_summary(
    summary: &TreatmentSummary,
    template: &SummaryTemplate,
    papers: &[(Copy, &[u8])],
    patient: &str,
    author: &Author<'_>,
) -> Vec<Resource> {
    let author = &author.of(summary.signed.as_ref());
    let shared = Shared { summary, template, patient, author };
    let composition = Resource::new("Composition", id::of(summary.id.bytes(), "composition"), shared.composition());
    let composed = composition.reference();
    let mut all = vec![composition];
    for (copy, pdf) in papers {
        let document = id::of(summary.id.bytes(), &paper_role("document", *copy, summary.version));
        let binary = Resource::new(
            "Binary",
            id::of(summary.id.bytes(), &paper_role("paper", *copy, summary.version)),
            json!({
                "contentType": "application/pdf",
                "securityContext": to(&format!("DocumentReference/{document}")),
                "data": STANDARD.encode(pdf),
            }),
        );
        let body = shared.document(*copy, pdf.len(), &binary.reference(), &composed);
        all.push(Resource::new("DocumentReference", document, body));
        all.push(binary);
    }
    all
}

fn paper_role(what: &str, copy: Copy, version: u32) -> String {
    format!("{what}/{}/{version}", copy.code())
}

/// What every resource of one summary needs.
struct Shared<'a> {
    summary: &'a TreatmentSummary,
    template: &'a SummaryTemplate,
    patient: &'a str,
    author: &'a Author<'a>,
}

impl Shared<'_> {
    /// When it was signed, UTC milliseconds.
    fn at(&self) -> i64 {
        self.summary.signed.as_ref().map_or(self.summary.started_at, |signed| signed.at)
    }

    fn title(&self) -> String {
        format!("Treatment summary: {}", self.template.title)
    }

    fn amended(&self) -> bool {
        self.summary.version > 1
    }

    fn composition(&self) -> Value {
        let signed = self.summary.status == SummaryStatus::Signed;
        let status = match (signed, self.amended()) {
            (false, _) => "preliminary",
            (true, false) => "final",
            (true, true) => "amended",
        };
        let attester = json!({ "mode": "professional", "time": instant(self.at()), "party": self.author.reference() });
        json!({
            "meta": uk_core("Composition"),
            "extension": [ours("record-version", "valueInteger", json!(self.summary.version))],
            "identifier": { "system": RECORD, "value": self.summary.id.to_string() },
            "status": status,
            "type": kind(),
            "subject": to(self.patient),
            "date": instant(self.at()),
            "author": [self.author.reference()],
            "title": self.title(),
            "confidentiality": "N",
            "attester": signed.then_some([attester]),
            "custodian": self.author.organisation(),
            "event": self.codes(),
            "section": self.sections(),
        })
    }

    /// The coded names of what is chosen.
    fn codes(&self) -> Option<[Value; 1]> {
        let chosen = self.template.codes.iter().filter(|code| self.summary.has(&code.section, &code.line));
        let codes: Vec<_> = chosen
            .map(|code| {
                // A system is an address; a bare name of one stands in the words.
                let coding = json!([{ "system": code.system, "code": code.code }]);
                match code.system.starts_with("http") {
                    true => json!({ "coding": coding, "text": code.name }),
                    false => json!({ "text": format!("{} ({} {})", code.name, code.system, code.code) }),
                }
            })
            .collect();
        (!codes.is_empty()).then(|| [json!({ "code": codes })])
    }

    /// Every section that says something, in the order and the words of the GP's copy: its readers at the trust are clinicians.
    fn sections(&self) -> Vec<Value> {
        let facts = self.summary.facts(self.template);
        let order = self.template.order(Copy::Gp).iter().filter_map(|key| self.template.section(key));
        order
            .filter_map(|section| {
                let facts: Vec<_> = facts.iter().filter(|fact| fact.section == section.key).collect();
                (!facts.is_empty()).then(|| {
                    json!({
                        "title": section.title.gp,
                        "code": coded(&[("summary-section", &section.key)]),
                        "text": text(section, &facts),
                    })
                })
            })
            .collect()
    }

    fn document(&self, copy: Copy, size: usize, binary: &str, composition: &str) -> Value {
        let (summary, version) = (self.summary, self.summary.version);
        let whose = match copy {
            Copy::Patient => "patient's copy",
            Copy::Gp => "GP's copy",
        };
        let replaced = self.amended().then(|| {
            let before = id::of(summary.id.bytes(), &paper_role("document", copy, version - 1));
            [json!({ "code": "replaces", "target": to(&format!("DocumentReference/{before}")) })]
        });
        json!({
            "meta": uk_core("DocumentReference"),
            "extension": [ours("record-version", "valueInteger", json!(version))],
            "identifier": [{ "system": RECORD, "value": summary.id.to_string() }],
            "status": "current",
            "docStatus": if self.amended() { "amended" } else { "final" },
            "type": kind(),
            "category": [coded(&[("summary-copy", copy.code())])],
            "subject": to(self.patient),
            "date": instant(self.at()),
            "author": [self.author.reference()],
            "custodian": self.author.organisation(),
            "relatesTo": replaced,
            "description": format!("{}, {whose}, version {version}", self.title()),
            "content": [{ "attachment": {
                "contentType": "application/pdf",
                "language": "en-GB",
                "url": binary,
                "size": size,
                "title": format!("{}, {whose}", self.title()),
                "creation": instant(self.at()),
            }}],
            "context": { "related": [to(composition)] },
        })
    }
}

/// No published code names a treatment summary: ours does.
fn kind() -> Value {
    let mut kind = coded(&[("record", "treatment_summary")]);
    if let Some(kind) = kind.as_object_mut() {
        kind.insert("text".to_owned(), json!("Treatment summary"));
    }
    kind
}

/// The facts of one section under its lead and the titles of its groups; those of no group last, as on paper.
fn text(section: &Section, facts: &[&Fact]) -> Value {
    let points = |group: Option<&Group>| -> Vec<String> {
        let here = facts.iter().filter(|fact| fact.group.as_ref() == group.map(|group| &group.key));
        here.map(|fact| if fact.urgent { format!("URGENT {}", fact.words.gp) } else { fact.words.gp.clone() }).collect()
    };
    let mut text = Narrative::new().paragraph(section.lead.as_ref().map(|lead| &*lead.gp).unwrap_or_default());
    for group in &section.groups {
        let points = points(Some(group));
        if !points.is_empty() {
            text = text.heading(&group.title.gp).points(&points);
        }
    }
    text.points(&points(None)).done()
}
