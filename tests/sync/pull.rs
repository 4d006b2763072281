//! What stands at the trust comes here once, stays in the order of its versions, and takes nothing away from here.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::id::PatientId;
use kit::{Outbox, Passage, nhs_number};
use serde_json::{Value, json};
use store::{Notice, NoticeKind};
use sync::{Fault, Lane, Pull, Pulled};

use super::{network, server};

/// Fetches these patients whole.
async fn fetched(pc: &Outbox, address: &str, patients: &[&str]) -> Pulled {
    let lanes: Vec<Lane> = patients.iter().map(|id| Lane::There((*id).to_owned())).collect();
    Pull::new(pc.books(), Arc::new(pc.reached(address))).patients(&lanes).await.unwrap()
}

/// What is known to be there, but for commit records: whether it waits or is in a record already.
fn kinds(pc: &Outbox, patient: &str) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    known(pc, patient).into_iter().for_each(|(kind, _)| *kinds.entry(kind).or_default() += 1);
    kinds
}

fn known(pc: &Outbox, patient: &str) -> Vec<(String, String)> {
    pc.on(|store| store.known_there(patient).unwrap())
}

fn notices(pc: &Outbox) -> Vec<Notice> {
    pc.on(|store| store.notices(100).unwrap())
}

/// What a person is told of what became of things there; what cannot be read in them is another matter.
fn told(pc: &Outbox) -> Vec<(NoticeKind, u32)> {
    let told = notices(pc).into_iter().filter(|one| one.kind != NoticeKind::NotRead);
    told.map(|one| (one.kind, one.count)).collect()
}

/// Somebody at the trust whose record was made there.
fn theirs(id: &str, number: u32) -> Value {
    json!({
        "resourceType": "Patient", "id": id, "birthDate": "1956-07-14", "name": [{ "family": "Invented" }],
        "identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": nhs_number(number) }],
    })
}

fn observation(id: &str, patient: &str) -> Value {
    json!({
        "resourceType": "Observation", "id": id, "status": "final", "code": { "text": "Weight" },
        "subject": { "reference": format!("Patient/{patient}") },
    })
}

fn put(resource: &Value) {
    let (status, answer) = server().put(resource);
    assert!(status < 300, "{status} {answer}");
}

/// A PC on which Anna was registered and assessed, all of it at the trust.
async fn sent(seed: u64, number: u32, address: &str) -> (Outbox, PatientId) {
    let pc = Outbox::new(seed);
    let anna = pc.register(number);
    pc.assess(anna);
    pc.drain(address).await;
    assert_eq!((pc.waiting().waiting, pc.stopped()), (0, vec![]));
    (pc, anna)
}

#[tokio::test]
async fn what_another_pc_sent_comes_once_with_who_wrote_it() {
    let network = network();
    let (_one, anna) = sent(910, 910, &network.address()).await;
    let (other, id) = (Outbox::new(911), anna.to_string());
    let pulled = fetched(&other, &network.address(), &[&id]).await;
    assert_eq!((pulled.patients.as_slice(), pulled.trouble), (&[id.clone()][..], None));
    let expected = [("Condition", 1), ("Observation", 1), ("Patient", 1), ("QuestionnaireResponse", 1)];
    assert_eq!(kinds(&other, &id), expected.map(|(kind, many)| (kind.to_owned(), many)).into());
    assert_eq!(pulled.staged, 6, "with the commit records of both");
    let again = fetched(&other, &network.address(), &[&id]).await;
    assert_eq!((again.staged, again.older, again.patients.len()), (0, 0, 1));
    assert_eq!(kinds(&other, &id).len(), 4);
    assert_eq!(told(&other), []);
}

#[tokio::test]
async fn what_was_sent_from_here_is_not_fetched_and_what_somebody_changed_of_it_is() {
    let network = network();
    let (pc, anna) = sent(912, 911, &network.address()).await;
    let id = anna.to_string();
    let mut pull = Pull::new(pc.books(), Arc::new(pc.reached(&network.address())));
    let lanes = [Lane::Here(anna)];
    let pulled = pull.patients(&lanes).await.unwrap();
    assert_eq!((pulled.patients.as_slice(), pulled.staged, told(&pc)), (&[id.clone()][..], 0, vec![]));
    let (_, mut body) = server().get(&format!("/Patient/{id}"));
    body["address"][0]["postalCode"] = json!("ZZ99 1AA");
    put(&body);
    let changed = pull.changed(&lanes).await.unwrap();
    assert_eq!((changed.staged, changed.trouble), (1 + 1, None), "the Patient, and who wrote what of her");
    assert_eq!(pc.patient(anna).postcode, "ZZ99 1AA", "and it is in her record");
    assert_eq!(pull.changed(&lanes).await.unwrap().staged, 0, "what is listed again is not new again");
    pc.correct(anna, |patient| patient.phone = "020 7946 0001".to_owned());
    pc.drain(&network.address()).await;
    let last = pull.patients(&lanes).await.unwrap();
    assert_eq!(
        (last.older, last.staged, pc.reasons()),
        (0, 0, vec![]),
        "what went since is no change of somebody else"
    );
}

#[tokio::test]
async fn somebody_who_was_sent_nowhere_is_asked_for_nowhere() {
    let network = network();
    let pc = Outbox::new(913);
    let lanes = [Lane::Here(pc.register(912)), Lane::There("../metadata".to_owned())];
    let mut pull = Pull::new(pc.books(), Arc::new(pc.reached(&network.address())));
    assert_eq!(pull.patients(&lanes).await.unwrap(), Pulled::default());
    assert_eq!(network.passed().requests.len(), 0);
}

#[tokio::test]
async fn one_that_was_removed_there_is_told_once_and_stays_here() {
    let network = network();
    let (pc, anna) = sent(914, 913, &network.address()).await;
    let id = anna.to_string();
    fetched(&pc, &network.address(), &[&id]).await;
    let scores = super::of_patient("Observation", anna);
    let score = scores[0]["id"].as_str().unwrap().to_owned();
    assert!(server().delete("Observation", &score) < 300);
    for _ in 0..2 {
        assert_eq!(fetched(&pc, &network.address(), &[&id]).await.trouble, None);
        assert_eq!(told(&pc), [(NoticeKind::RemovedThere, 1)]);
    }
    let notice = &notices(&pc)[0];
    assert_eq!((notice.patient, &notice.resource), (Some(anna), &Some(("Observation".to_owned(), score))));
    assert!(pc.on(|store| store.patient(anna).unwrap().is_some()));
}

#[tokio::test]
async fn many_that_are_missing_at_once_are_for_a_person() {
    let network = network();
    put(&theirs("loses-many", 914));
    let ids: Vec<String> = (0..7).map(|n| format!("lost-{n}")).collect();
    ids.iter().for_each(|id| put(&observation(id, "loses-many")));
    let pc = Outbox::new(915);
    assert_eq!(fetched(&pc, &network.address(), &["loses-many"]).await.staged, 8);
    ids.iter().take(6).for_each(|id| assert!(server().delete("Observation", id) < 300));
    for _ in 0..2 {
        fetched(&pc, &network.address(), &["loses-many"]).await;
        assert_eq!(told(&pc), [(NoticeKind::ManyRemoved, 6)]);
    }
    assert_eq!(pc.on(|store| store.known_there("loses-many").unwrap().len()), 8, "nothing is concluded");
    let notice = notices(&pc).into_iter().find(|one| one.kind == NoticeKind::ManyRemoved).unwrap().id;
    assert!(pc.settle(notice, store::Settled::Gone));
    assert_eq!(pc.on(|store| store.known_there("loses-many").unwrap().len()), 2);
    fetched(&pc, &network.address(), &["loses-many"]).await;
    assert_eq!(told(&pc), []);
}

#[tokio::test]
async fn what_goes_to_another_patient_there_is_taken_for_neither() {
    let network = network();
    put(&theirs("had-it", 915));
    put(&theirs("has-it", 916));
    put(&observation("moves", "had-it"));
    let pc = Outbox::new(916);
    fetched(&pc, &network.address(), &["had-it", "has-it"]).await;
    let before = known(&pc, "had-it");
    put(&observation("moves", "has-it"));
    fetched(&pc, &network.address(), &["has-it", "had-it"]).await;
    assert_eq!(known(&pc, "had-it"), before);
    assert_eq!(kinds(&pc, "has-it"), [("Patient".to_owned(), 1)].into());
    assert!(told(&pc).iter().all(|(kind, _)| *kind == NoticeKind::OtherPatient) && !told(&pc).is_empty());
}

#[tokio::test]
async fn a_patient_out_of_use_or_gone_is_told() {
    let network = network();
    put(&theirs("out-of-use", 917));
    put(&theirs("still-there", 918));
    let pc = Outbox::new(917);
    fetched(&pc, &network.address(), &["out-of-use", "still-there"]).await;
    let mut merged = theirs("out-of-use", 917);
    merged["link"] = json!([{ "other": { "reference": "Patient/still-there" }, "type": "replaced-by" }]);
    put(&merged);
    fetched(&pc, &network.address(), &["out-of-use", "still-there"]).await;
    assert_eq!(told(&pc), [(NoticeKind::PatientNotInUse, 1)]);
    assert_eq!(notices(&pc)[0].there.as_deref(), Some("out-of-use"));
}

#[tokio::test]
async fn a_pull_that_is_cut_off_anywhere_goes_on_from_there() {
    let network = network();
    let patients = ["cut-1", "cut-2", "cut-3"];
    for (patient, number) in patients.iter().zip(919..) {
        put(&theirs(patient, number));
        (0..3).for_each(|n| put(&observation(&format!("{patient}-{n}"), patient)));
    }
    let whole = Outbox::new(918);
    assert_eq!(fetched(&whole, &network.address(), &patients).await.staged, 12);
    let requests = network.passed().requests.len();
    let expected: Vec<_> = patients.iter().map(|patient| known(&whole, patient)).collect();
    for cut in 0..requests {
        // A chance of its own: what a PC signs in with is taken once.
        let pc = Outbox::new(91_900 + cut as u64);
        network.next(std::iter::repeat_n(Passage::Pass, cut).chain([Passage::Answer(503, "", "text/plain", "busy")]));
        let first = fetched(&pc, &network.address(), &patients).await;
        assert_eq!(first.trouble.map(|trouble| trouble.fault), Some(Fault::Busy), "{cut} of {requests}");
        pc.crash();
        let second = fetched(&pc, &network.address(), &patients).await;
        assert_eq!((second.trouble, first.staged + second.staged), (None, 12), "{cut} of {requests}");
        assert_eq!(patients.iter().map(|patient| known(&pc, patient)).collect::<Vec<_>>(), expected);
        network.calm();
    }
}

#[tokio::test]
async fn the_appointments_of_a_day_bring_their_patients() {
    let network = network();
    let visit = |id: &str, patient: &str, start: &str, place: &str| {
        json!({
            "resourceType": "Appointment", "id": id, "status": "booked", "start": format!("{start}:00Z"), "end": format!("{start}:30Z"),
            "participant": [
                { "actor": { "reference": format!("Patient/{patient}") }, "status": "accepted" },
                { "actor": { "reference": format!("Location/{place}") }, "status": "accepted" },
            ],
        })
    };
    for (patient, number) in [("comes-today", 925), ("comes-later", 926), ("goes-elsewhere", 927)] {
        put(&theirs(patient, number));
    }
    put(&observation("of-who-comes", "comes-today"));
    put(&visit("today", "comes-today", "2026-11-23T09:10", "pull-clinic"));
    put(&visit("another-day", "comes-later", "2026-11-25T09:10", "pull-clinic"));
    put(&visit("elsewhere", "goes-elsewhere", "2026-11-23T09:10", "another-clinic"));
    let pc = Outbox::new(920);
    let mut pull = Pull::new(pc.books(), Arc::new(pc.reached(&network.address())));
    let (day, places) = ("2026-11-23".parse().unwrap(), ["Location/pull-clinic".to_owned()]);
    let pulled = pull.clinic(&[day], &places).await.unwrap();
    assert_eq!((pulled.patients, pulled.trouble), (vec!["comes-today".to_owned()], None));
    let visits: Vec<String> =
        pc.on(|store| store.staged_of("Appointment").unwrap()).into_iter().map(|one| one.server_id).collect();
    assert_eq!(visits, ["today"]);
    assert_eq!(kinds(&pc, "comes-today")["Observation"], 1);
    // Since when is known once the server was seen to write before.
    assert_eq!(pull.clinic(&[day], &places).await.unwrap().staged, 0);
    // During the day what came is asked for, and not what went.
    put(&observation("of-who-comes-later", "comes-today"));
    assert!(server().delete("Observation", "of-who-comes") < 300);
    let later = pull.clinic_changed(&[day], &places).await.unwrap();
    assert_eq!((later.staged, later.trouble, kinds(&pc, "comes-today")["Observation"]), (1, None, 2));
    assert_eq!(told(&pc), []);
    pull.clinic(&[day], &places).await.unwrap();
    assert_eq!(told(&pc), [(NoticeKind::RemovedThere, 1)]);
    // It moves to another day: that is seen with its patient, although no list of this day names it.
    put(&visit("today", "comes-today", "2026-11-30T09:10", "pull-clinic"));
    pull.patients(&[Lane::There("comes-today".to_owned())]).await.unwrap();
    let visits = pc.on(|store| store.staged_of("Appointment").unwrap());
    assert!(visits.len() == 1 && visits[0].body.contains("2026-11-30"));
}
