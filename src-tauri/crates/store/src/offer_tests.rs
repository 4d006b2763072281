//! Each offer stays as it was kept; one that is marked keeps its first revision.

use domain::hna::PathwayPoint;
use domain::id::{OfferId, PatientId};
use domain::offer::{Decision, Mistaken, Offer};
use domain::op::Op;
use domain::staff::Signature;
use jiff::civil::date;

use super::*;
use crate::open::tests::{Folder, by, draft, ids, keys, nurse, patient};
use crate::snapshot::Snapshot;

pub(crate) fn an_offer(number: u8, patient: PatientId) -> Offer {
    Offer {
        id: OfferId::from_random([number; 16]),
        patient,
        plan_for: None,
        point: PathwayPoint::EndOfTreatment,
        decision: Decision::Unable,
        reason: "Łęcka’s words".to_owned(),
        on: date(2026, 11, 20),
        by: Signature::of(&by(1)),
        mistaken: None,
    }
}

#[test]
fn offers_read_back_whole_newest_day_first_and_no_later_one_touches_an_earlier() {
    let folder = Folder::new("offers");
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    let anna = patient(2, "999 000 0018");
    let first = an_offer(21, anna.id);
    let later =
        Offer { decision: Decision::Accepted, reason: String::new(), on: date(2026, 11, 23), ..an_offer(22, anna.id) };
    let earlier = Offer { on: date(2026, 1, 19), ..an_offer(23, anna.id) };
    store
        .write::<_, Error>(&by(1), Op::AddNurse, |w| {
            w.save_staff(&nurse())?;
            w.save_patient(&anna, None)
        })
        .unwrap();
    for (at, offer) in [(2, &first), (3, &later), (4, &earlier)] {
        store.write::<_, Error>(&by(at), Op::RecordOffer, |w| w.save_offer(offer, None)).unwrap();
    }
    let kept = |store: &Store| -> Vec<_> {
        store
            .offers_of(anna.id)
            .unwrap()
            .into_iter()
            .map(|saved| (saved.offer, saved.revision, saved.sending))
            .collect()
    };
    let queued = Some("queued".to_owned());
    let there = [(later, 1, queued.clone()), (first.clone(), 1, queued.clone()), (earlier, 1, queued.clone())];
    assert_eq!(kept(&store), there);
    assert!(store.offers_of(PatientId::from_random([9; 16])).unwrap().is_empty());

    let mistaken = Some(Mistaken { reason: "Another patient".to_owned(), by: Signature::of(&by(5)) });
    let marked = Offer { mistaken, ..first.clone() };
    store.write::<_, Error>(&by(5), Op::MarkOfferMistaken, |w| w.save_offer(&marked, Some(1))).unwrap();
    assert_eq!(kept(&store)[1], (marked.clone(), 2, queued));
    let at = |revision| {
        let then = store.record_at(RecordKind::Offer, &first.id.to_string(), revision).unwrap().unwrap();
        let Snapshot::Offer(offer) = then.snapshot else { panic!("an offer") };
        (offer, then.op)
    };
    assert_eq!(at(1), (first.clone(), Op::RecordOffer), "what was said first is still there");
    assert_eq!(at(2), (marked.clone(), Op::MarkOfferMistaken));
    let again = store.write::<_, Error>(&by(6), Op::MarkOfferMistaken, |w| w.save_offer(&marked, Some(1)));
    assert!(matches!(again, Err(Error::ChangedMeanwhile)));
}

#[test]
fn an_offer_of_a_plan_names_its_assessment_and_one_of_an_assessment_is_written_as_ever() {
    let folder = Folder::new("plan-offers");
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    let anna = patient(2, "999 000 0018");
    let hna = draft(anna.id);
    let of_assessment = an_offer(21, anna.id);
    let of_plan = Offer { plan_for: Some(hna.id), ..an_offer(22, anna.id) };
    let earlier = Offer { on: date(2026, 11, 19), ..Offer { plan_for: Some(hna.id), ..an_offer(23, anna.id) } };
    let saved = store.write::<_, Error>(&by(1), Op::RecordPlanOffer, |w| {
        w.save_staff(&nurse())?;
        w.save_patient(&anna, None)?;
        w.save_hna(&hna, None)?;
        w.save_offer(&of_assessment, None)?;
        w.save_offer(&of_plan, None)?;
        w.save_offer(&earlier, None)
    });
    saved.unwrap();
    let only = |offers: Vec<SavedOffer>| offers.into_iter().map(|saved| saved.offer).collect::<Vec<_>>();
    assert_eq!(only(store.offers_of(anna.id).unwrap()), [of_plan.clone(), of_assessment.clone(), earlier.clone()]);
    assert_eq!(only(store.offers_of_plans().unwrap()), [earlier, of_plan], "those of plans only, oldest day first");
    let at = |id: OfferId| -> String {
        let read = "SELECT snapshot FROM revision WHERE id = ?1";
        store.conn.query_row(read, [id.to_string()], |row| row.get(0)).unwrap()
    };
    assert!(!at(of_assessment.id).contains("plan_for"));
    let unknown = store.write::<_, Error>(&by(2), Op::RecordPlanOffer, |w| {
        w.save_offer(&Offer { plan_for: Some(HnaId::from_random([8; 16])), ..an_offer(24, anna.id) }, None)
    });
    assert!(unknown.is_err(), "no plan without its assessment");
}

#[test]
fn a_death_reads_back_and_a_patient_of_before_has_none() {
    let folder = Folder::new("died");
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    let anna = patient(2, "999 000 0018");
    let mut save = |patient: &domain::patient::Patient, from| {
        store.write::<_, Error>(&by(1), Op::RecordDeath, |w| w.save_patient(patient, from)).unwrap();
        let snapshot: String = store
            .conn
            .query_row(
                "SELECT snapshot FROM revision WHERE id = ?1 ORDER BY revision DESC",
                [patient.id.to_string()],
                |row| row.get(0),
            )
            .unwrap();
        (store.patient(patient.id).unwrap().unwrap().0, snapshot)
    };
    let (alive, snapshot) = save(&anna, None);
    assert!(alive == anna && !snapshot.contains("died") && !snapshot.contains("taken_back"), "written as ever");
    let died = domain::patient::Patient { died: Some(date(2026, 11, 20)), ..anna.clone() };
    assert_eq!(save(&died, Some(1)).0, died);
    let back = domain::patient::Patient { death_taken_back: "Somebody else".to_owned(), ..anna.clone() };
    assert_eq!(save(&back, Some(2)).0, back);
}
