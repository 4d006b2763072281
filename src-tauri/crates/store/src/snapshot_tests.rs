//! A form of a later Holdfast is not read as if it were this one's.

use domain::care_plan::{CarePlan, PlanStatus};
use domain::hna::{Hna, HnaStatus};
use domain::id::{CarePlanId, PatientId, TreatmentSummaryId};
use domain::treatment_summary::{SummaryStatus, TreatmentSummary};

use super::*;
use crate::home_answers::tests::{an_appointment, an_arrival, an_invitation};
use crate::offer::tests::an_offer;
use crate::open::tests::{Folder, by, draft, ids, keys, nurse, patient};

fn plan(hna: &Hna) -> CarePlan {
    CarePlan {
        id: CarePlanId::from_random([12; 16]),
        patient: hna.patient,
        hna: hna.id,
        status: PlanStatus::Draft,
        version: 0,
        started_at: 1,
        started_by: nurse().id,
        started_by_name: String::new(),
        concerns: Vec::new(),
        actions_added: 0,
        concerns_added: 0,
        follows: None,
        signed: None,
        unlock_reason: String::new(),
        review: false,
    }
}

fn summary(patient: PatientId) -> TreatmentSummary {
    TreatmentSummary {
        id: TreatmentSummaryId::from_random([13; 16]),
        patient,
        template: "invented|1.0.0".to_owned(),
        status: SummaryStatus::Draft,
        version: 0,
        started_at: 1,
        started_by: nurse().id,
        started_by_name: String::new(),
        chosen: Vec::new(),
        own: Vec::new(),
        entries_added: 0,
        signed: None,
        amend_reason: String::new(),
    }
}

#[test]
fn a_snapshot_in_a_form_that_is_not_known_is_not_read() {
    let folder = Folder::new("snapshot-form");
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    let anna = patient(2, "999 000 0018");
    let hna = Hna { status: HnaStatus::Completed, completed_at: Some(1), ..draft(anna.id) };
    let (plan, summary, offer) = (plan(&hna), summary(anna.id), an_offer(14, anna.id));
    let saved = store.write::<_, Error>(&by(1), Op::AddNurse, |w| {
        w.save_staff(&nurse())?;
        w.save_patient(&anna, None)?;
        w.save_hna(&hna, None)?;
        w.save_care_plan(&plan, None)?;
        w.save_treatment_summary(&summary, None)?;
        w.save_offer(&offer, None)?;
        w.save_invitation(&an_invitation(15, anna.id), None)?;
        w.save_appointment(&an_appointment(16, anna.id), None)?;
        w.keep_arrival(&an_arrival(17), "{}")
    });
    saved.unwrap();
    type Read = Box<dyn Fn(&Store) -> Result<bool, Error>>;
    let (staff, person, assessed, plan, summary, offer) = (nurse().id, anna.id, hna.id, plan.id, summary.id, offer.id);
    let at = |kind, id: String| -> Read { Box::new(move |store| Ok(store.record_at(kind, &id, 1)?.is_some())) };
    let (invitation, talk, answers) =
        (an_invitation(15, anna.id).id, an_appointment(16, anna.id).id, an_arrival(17).id);
    let reads: [(RecordKind, Read); 17] = [
        (RecordKind::Invitation, Box::new(move |store| Ok(store.invitation(invitation)?.is_some()))),
        (RecordKind::Invitation, at(RecordKind::Invitation, invitation.to_string())),
        (RecordKind::Appointment, Box::new(move |store| Ok(store.appointment(talk)?.is_some()))),
        (RecordKind::Appointment, at(RecordKind::Appointment, talk.to_string())),
        (RecordKind::Answers, Box::new(move |store| Ok(store.arrival(answers)?.is_some()))),
        (RecordKind::Staff, Box::new(move |store| Ok(store.staff(staff)?.is_some()))),
        (RecordKind::Staff, Box::new(|store| Ok(!store.all_staff()?.is_empty()))),
        (RecordKind::Patient, Box::new(move |store| Ok(store.patient(person)?.is_some()))),
        (RecordKind::Hna, Box::new(move |store| Ok(store.hna(assessed)?.is_some()))),
        (RecordKind::CarePlan, Box::new(move |store| Ok(store.care_plan(plan)?.is_some()))),
        (RecordKind::TreatmentSummary, Box::new(move |store| Ok(store.treatment_summary(summary)?.is_some()))),
        (RecordKind::Offer, Box::new(move |store| Ok(store.offer(offer)?.is_some()))),
        (RecordKind::Offer, at(RecordKind::Offer, offer.to_string())),
        (RecordKind::Patient, at(RecordKind::Patient, person.to_string())),
        (RecordKind::Hna, at(RecordKind::Hna, assessed.to_string())),
        (RecordKind::CarePlan, at(RecordKind::CarePlan, plan.to_string())),
        (RecordKind::TreatmentSummary, at(RecordKind::TreatmentSummary, summary.to_string())),
    ];
    for (number, (kind, read)) in reads.iter().enumerate() {
        assert!(read(&store).unwrap(), "{kind:?} {number}");
    }
    store.conn.execute_batch("DROP TRIGGER revision_stays; UPDATE revision SET form_version = 2").unwrap();
    for (number, (kind, read)) in reads.iter().enumerate() {
        let refused = read(&store);
        assert!(matches!(&refused, Err(Error::Unreadable(of)) if of == kind), "{kind:?} {number}");
    }
}
