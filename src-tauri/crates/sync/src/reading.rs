//! What a sending puts at the trust, read from the database: its revision as FHIR, with the versions the trust has. It runs on the
//! database's thread, and writes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::checklist::Checklist;
use domain::id::PatientId;
use domain::patient::Patient;
use domain::summary_template::{Copy, SummaryTemplate};
use fhir::{Author, Resource};
use store::{Doubt, Error, Outgoing, Snapshot, Store, TrustRef};

use crate::bundle::{Carried, Entry};

/// The content that records were made on.
pub trait Packs: Send + Sync {
    /// A checklist by its canonical; None when it is not kept or does not read.
    fn checklist(&self, store: &Store, canonical: &str) -> Option<Arc<Checklist>>;

    /// A summary template by its canonical; None when it is not kept or does not read.
    fn template(&self, store: &Store, canonical: &str) -> Option<Arc<SummaryTemplate>>;
}

/// Reads a sending. None when its record, its author or the content it was made on does not read back.
pub(crate) fn carried(store: &Store, packs: &dyn Packs, one: &Outgoing) -> Result<Option<Carried>, Error> {
    carried_after(store, packs, one, &Earlier::default())
}

/// The same, when what is earlier will be there by then although nobody has acknowledged it yet.
pub(crate) fn carried_after(
    store: &Store,
    packs: &dyn Packs,
    one: &Outgoing,
    earlier: &Earlier,
) -> Result<Option<Carried>, Error> {
    match read(store, packs, one, earlier) {
        // A damaged page or paper is that of this record, as far as anybody knows: it stops its own lane and no other.
        Err(Error::Unreadable(_) | Error::Damaged) => Ok(None),
        other => other,
    }
}

/// What goes before a sending on the same way.
#[derive(Default)]
pub(crate) struct Earlier {
    /// The newest revision of each record.
    revisions: BTreeMap<String, i64>,
    referrals: BTreeSet<String>,
}

impl Earlier {
    pub fn note(&mut self, one: &Outgoing, carried: &Carried) {
        self.revisions.insert(one.id.clone(), one.revision);
        let referrals = carried.entries.iter().filter(|entry| entry.resource.kind == "ServiceRequest");
        self.referrals.extend(referrals.map(|entry| entry.resource.id.clone()));
    }
}

fn read(store: &Store, packs: &dyn Packs, one: &Outgoing, earlier: &Earlier) -> Result<Option<Carried>, Error> {
    let newer = planted!(NewestIsSent, store.record_at(one.kind, &one.id, one.revision + 1)?, None);
    let Some(revision) = newer.or(store.record_at(one.kind, &one.id, one.revision)?) else { return Ok(None) };
    // As they were on the day of the act, not as they are on the day of the sending.
    let Some(staff) = store.staff_then(one.staff, &one.id, one.revision)? else { return Ok(None) };
    let there = store.trust_ref("Patient", &one.lane)?;
    let patient = format!("Patient/{}", there.as_ref().map_or(one.lane.as_str(), |there| &there.server_id));
    let reading = Reading {
        store,
        packs,
        earlier,
        author: Author { staff: staff.id, name: &staff.name, role: staff.role, organisation: &staff.organisation },
        patient: &patient,
        with_demographics: is_ours(there.as_ref()),
    };
    let Some(mut resources) = reading.resources(&revision.snapshot)? else { return Ok(None) };
    // Read now, not when it was taken up: what went before it may have arrived since.
    let mut before = Vec::new();
    if let Some(acked) = store.acked_before(&one.id, one.revision)?.max(earlier.revisions.get(&one.id).copied())
        && let Some(acked) = store.record_at(one.kind, &one.id, acked)?
        && let Some(acked) = reading.resources(&acked.snapshot)?
    {
        resources.extend(fhir::withdrawn(&acked, &resources));
        before = acked;
    }
    for resource in resources.iter_mut().chain(&mut before) {
        // What other systems put into it goes back with it.
        let left = store.left_there(resource.kind, &resource.id)?;
        if let Some(left) = left.and_then(|left| serde_json::from_str(&left).ok()) {
            fhir::unknown::keep(&mut resource.body, &left);
        }
    }
    planted!(RetriedByPost, crate::planted::made_anew(one, &mut resources));
    let mut targets: Vec<String> = resources.iter().map(Resource::reference).collect();
    if targets.is_empty() {
        targets.push(patient.clone());
    }
    let mut entries = Vec::with_capacity(resources.len() + 1);
    for resource in resources {
        let version = store.trust_ref(resource.kind, &resource.id)?.and_then(|there| there.version);
        entries.push(Entry { resource, version });
    }
    let sending = planted!(NewIdEachTry, crate::planted::anew(one, one.sending.bytes()), one.sending);
    let record = fhir::provenance(sending, &targets, &reading.author, revision.at, revision.op);
    entries.push(Entry { resource: record, version: None });
    let theirs = there.filter(|there| there.version.is_none()).map(|there| there.server_id);
    Ok(Some(Carried { sending: one.sending, record: one.id.clone(), patient: theirs, entries, before }))
}

/// Demographics are written for whom we made, never for whom the trust knew before us.
fn is_ours(there: Option<&TrustRef>) -> bool {
    there.is_none_or(|there| there.version.is_some())
}

struct Reading<'a> {
    store: &'a Store,
    packs: &'a dyn Packs,
    earlier: &'a Earlier,
    author: Author<'a>,
    patient: &'a str,
    with_demographics: bool,
}

impl Reading<'_> {
    fn resources(&self, snapshot: &Snapshot) -> Result<Option<Vec<Resource>>, Error> {
        Ok(match snapshot {
            Snapshot::Patient(patient) => Some(fhir::patient(patient, self.with_demographics, self.patient)),
            Snapshot::Hna(hna) => {
                let checklist = self.packs.checklist(self.store, &hna.checklist);
                checklist.map(|checklist| fhir::hna(hna, &checklist, self.patient, &self.author))
            }
            Snapshot::CarePlan(plan) => {
                let mut there = Vec::new();
                for former in fhir::former_referrals(plan) {
                    let earlier = self.earlier.referrals.contains(&former);
                    if earlier || self.store.trust_ref("ServiceRequest", &former)?.is_some() {
                        there.push(former);
                    }
                }
                Some(fhir::care_plan(plan, &fhir::hna_response(plan.hna), self.patient, &self.author, &there))
            }
            Snapshot::Invitation(invitation) => Some(fhir::invitation(invitation, self.patient, &self.author)),
            Snapshot::Appointment(appointment) => Some(fhir::appointment(appointment, self.patient)),
            Snapshot::Booking(booking) => Some(fhir::booking(booking, self.patient)),
            Snapshot::Offer(offer) => Some(fhir::offer(offer, self.patient, &self.author)),
            Snapshot::TreatmentSummary(summary) => {
                let Some(template) = self.packs.template(self.store, &summary.template) else { return Ok(None) };
                let mut papers = Vec::new();
                for copy in [Copy::Patient, Copy::Gp] {
                    let Some(paper) = self.store.paper(&summary.id.to_string(), summary.version, copy)? else {
                        return Ok(None);
                    };
                    papers.push((copy, paper.pdf));
                }
                let papers: Vec<(Copy, &[u8])> = papers.iter().map(|(copy, pdf)| (*copy, pdf.as_slice())).collect();
                Some(fhir::treatment_summary(summary, &template, &papers, self.patient, &self.author))
            }
        })
    }
}

/// What is known here of a lane's patient.
pub(crate) struct Known {
    pub patient: Patient,
    /// The trust's Patient for the lane, how sure that is, and whether the trust acknowledged anything of the lane.
    pub there: Option<(TrustRef, Doubt, bool)>,
}

/// The patient of a lane as last saved, and the trust's; None when the patient does not read back.
pub(crate) fn known(store: &Store, lane: &str) -> Result<Option<Known>, Error> {
    let Some(id) = PatientId::parse(lane) else { return Ok(None) };
    let patient = match store.patient(id) {
        Err(Error::Unreadable(_) | Error::Damaged) => None,
        other => other?,
    };
    let Some((patient, _)) = patient else { return Ok(None) };
    let there = match (store.trust_ref("Patient", lane)?, store.patient_doubt(lane)?) {
        (Some(there), Some(doubt)) => Some((there, doubt, store.has_acked(lane)?)),
        _ => None,
    };
    Ok(Some(Known { patient, there }))
}
