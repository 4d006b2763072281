//! What another PC sent becomes the same records here; what is changed here goes back, and what waits here is never touched.

use std::sync::Arc;

use domain::action::{ActionKey, TypedAction};
use domain::care_plan::{CarePlan, PlanStatus};
use domain::hna::{ConcernKey, Hna};
use domain::id::{CarePlanId, HnaId, PatientId, StaffId};
use domain::op::Op;
use domain::record::Record;
use domain::staff::{By, Role};
use jiff::civil::date;
use kit::{Outbox, Passage, nhs_number};
use serde_json::{Value, json};
use store::{Error, NoticeKind};
use sync::{Lane, Pull, Pulled};

use super::{network, server, versions};

const CHECKLIST: &str = include_str!("../../assets/content/checklists/default-1.0.0.json");

/// Fetches this Patient of the trust whole, and takes in what there is.
async fn fetched(pc: &Outbox, address: &str, patient: &str) -> Pulled {
    let lanes = [Lane::There(patient.to_owned())];
    let pulled = Pull::new(pc.books(), Arc::new(pc.reached(address))).patients(&lanes).await.unwrap();
    assert_eq!(pulled.trouble, None);
    pulled
}

fn by(pc: &Outbox) -> By {
    By {
        staff: StaffId::from_random([1; 16]),
        name: "Ruth Invented".to_owned(),
        role: Role::CancerNurseSpecialist,
        key_holder: true,
        at: pc.clock().now(),
        pc: "Clinic room 3".to_owned(),
    }
}

fn hna(pc: &Outbox, id: HnaId) -> Hna {
    pc.on(|store| store.hna(id).unwrap().unwrap().hna)
}

fn plan(pc: &Outbox, id: CarePlanId) -> CarePlan {
    pc.on(|store| store.care_plan(id).unwrap().unwrap().plan)
}

fn save_plan(pc: &Outbox, op: Op, plan: &CarePlan) {
    let by = by(pc);
    pc.on(|store| {
        let here = store.care_plan(plan.id).unwrap();
        let (from, version) = here.map_or((None, 0), |here| (Some(here.revision), here.plan.version));
        let kept = store.write::<_, Error>(&by, op, |w| {
            w.save_care_plan(plan, from)?;
            if plan.version == version {
                return Ok(());
            }
            w.keep_version(&Record::care_plan(plan.id, plan.patient), plan.version, &[])
        });
        kept.unwrap();
    });
}

/// A plan with what matters, a referral and something the patient does, locked.
fn plan_of(pc: &Outbox, from: HnaId, number: u8) -> CarePlanId {
    let (list, by, hna) = (fhir::checklist(CHECKLIST).unwrap(), by(pc), hna(pc, from));
    let pain = ConcernKey::new("physical.pain");
    let mut plan = CarePlan::start(CarePlanId::from_random([number; 16]), &hna, &list, &by).unwrap();
    plan = plan.write_what_matters(&pain, "To walk the dog.\nTwice a day.").unwrap();
    for (number, (kind, owner)) in [("refer", "service"), ("self_care", "patient")].into_iter().enumerate() {
        let typed = TypedAction {
            kind: Some(kind.to_owned()),
            what: "Walk & rest".to_owned(),
            owner: Some(owner.to_owned()),
            owner_name: "Invented Clinic".to_owned(),
            due: "4/12/2026".to_owned(),
        };
        let key = ActionKey::new(&format!("a-{}", number + 1));
        plan = plan.add_action(&pain).unwrap().write_action(&key, &typed, date(2026, 11, 23)).unwrap();
    }
    let plan = plan.lock(&by).unwrap();
    save_plan(pc, Op::LockCarePlan, &plan);
    plan.id
}

fn end(pc: &Outbox, id: CarePlanId, action: &str, outcome: &str) {
    let ended = plan(pc, id).end_action(&ActionKey::new(action), Some("done"), outcome, date(2026, 11, 23));
    save_plan(pc, Op::EndAction, &ended.unwrap());
}

/// A PC on which Anna was registered, assessed and planned with; all of it is at the trust.
async fn sent(seed: u64, number: u32, address: &str) -> (Outbox, PatientId, HnaId, CarePlanId) {
    let pc = Outbox::new(seed);
    let anna = pc.register(number);
    let hna = pc.assess(anna);
    let plan = plan_of(&pc, hna, u8::try_from(number % 256).unwrap());
    pc.drain(address).await;
    at_rest(&pc);
    (pc, anna, hna, plan)
}

fn at_rest(pc: &Outbox) {
    assert_eq!((pc.waiting().waiting, pc.reasons()), (0, vec![]));
}

fn told(pc: &Outbox) -> Vec<NoticeKind> {
    pc.on(|store| store.notices(100).unwrap()).iter().map(|one| one.kind).collect()
}

#[tokio::test]
async fn two_pcs_have_the_same_records_whoever_changed_them_last() {
    let network = network();
    let address = network.address();
    let (one, anna, assessed, planned) = sent(940, 940, &address).await;
    let (other, id) = (Outbox::new(941), anna.to_string());
    fetched(&other, &address, &id).await;
    let same = |one: &Outbox, other: &Outbox| {
        assert_eq!(one.patient(anna), other.patient(anna));
        assert_eq!(hna(one, assessed), hna(other, assessed));
        assert_eq!(plan(one, planned), plan(other, planned));
    };
    same(&one, &other);
    at_rest(&other);
    let waits = other.on(|store| store.staged(&id).unwrap());
    assert!(waits.is_empty(), "{waits:?}");
    assert_eq!(other.on(|store| store.versions(&planned.to_string()).unwrap()), [1]);
    let revisions = |pc: &Outbox| {
        pc.on(|store| [store.patient(anna).unwrap().unwrap().1, store.care_plan(planned).unwrap().unwrap().revision])
    };
    fetched(&other, &address, &id).await;
    assert_eq!((revisions(&other), told(&other)), ([1, 1], vec![]), "what is taken in is taken in once");

    // The other PC goes on with what it took in.
    other.correct(anna, |patient| patient.mobile = "07700 900002".to_owned());
    end(&other, planned, "a-1", "She went");
    let more = plan_of(&other, assessed, 200);
    other.drain(&address).await;
    at_rest(&other);
    assert_eq!(versions("Patient", anna), 2);
    fetched(&one, &address, &id).await;
    same(&one, &other);
    assert_eq!(plan(&one, more), plan(&other, more));
    at_rest(&one);
    // And the first one with that.
    let again = plan(&one, planned).unlock("She thought again").unwrap();
    let again = again.write_what_matters(&ConcernKey::new("physical.pain"), "").unwrap();
    save_plan(&one, Op::LockCarePlan, &again.remove_action(&ActionKey::new("a-2")).unwrap().lock(&by(&one)).unwrap());
    one.drain(&address).await;
    at_rest(&one);
    fetched(&other, &address, &id).await;
    same(&one, &other);
    assert_eq!(other.on(|store| store.versions(&planned.to_string()).unwrap()), [2, 1]);
    assert_eq!((told(&one), told(&other)), (vec![], vec![]));
}

#[tokio::test]
async fn what_waits_or_is_a_draft_is_left_and_meets_the_change_when_it_is_sent() {
    let network = network();
    let address = network.address();
    let (one, anna, _, planned) = sent(942, 942, &address).await;
    let (other, id) = (Outbox::new(943), anna.to_string());
    fetched(&other, &address, &id).await;
    other.correct(anna, |patient| patient.phone = "020 7946 0002".to_owned());
    let theirs = plan(&other, planned).unlock("More").unwrap();
    let theirs = theirs.write_what_matters(&ConcernKey::new("physical.pain"), "Theirs").unwrap().lock(&by(&other));
    save_plan(&other, Op::LockCarePlan, &theirs.unwrap());
    other.drain(&address).await;
    at_rest(&other);

    one.correct(anna, |patient| patient.phone = "020 7946 0003".to_owned());
    let draft = plan(&one, planned).unlock("Ours").unwrap();
    save_plan(&one, Op::UnlockCarePlan, &draft);
    fetched(&one, &address, &id).await;
    assert_eq!(one.patient(anna).phone, "020 7946 0003");
    assert_eq!((plan(&one, planned), draft.status), (draft.clone(), PlanStatus::Draft));
    let ours = draft.write_what_matters(&ConcernKey::new("physical.pain"), "Ours").unwrap().lock(&by(&one)).unwrap();
    save_plan(&one, Op::LockCarePlan, &ours);
    one.drain(&address).await;
    assert_eq!(one.reasons(), ["changed_there"], "the lane stops at the first");
    one.resolve(one.stopped()[0].sending, &[(phone(), domain::merge::Side::Ours)]).unwrap();
    one.drain_all(&address, 20).await;
    let stopped = one.stopped();
    assert_eq!((one.reasons(), one.waiting().waiting), (vec!["changed_there".into()], 0));
    assert_eq!(stopped[0].id, planned.to_string());
    let conflict = one.on(|store| store.conflict(stopped[0].sending).unwrap().unwrap());
    assert_eq!(conflict.base, Some(1), "both were made from the first");
    assert_eq!((plan(&one, planned), plan(&other, planned).concerns[0].matters.as_str()), (ours, "Theirs"));
}

fn phone() -> domain::merge::Item {
    domain::merge::Item::Patient(domain::merge::PatientField::Phone)
}

#[tokio::test]
async fn a_conflict_about_what_was_taken_in_knows_what_both_were_made_from() {
    let network = network();
    let address = network.address();
    let (one, anna, ..) = sent(944, 944, &address).await;
    let (other, id) = (Outbox::new(945), anna.to_string());
    fetched(&other, &address, &id).await;
    one.correct(anna, |patient| patient.phone = "020 7946 0001".to_owned());
    one.drain(&address).await;
    other.correct(anna, |patient| patient.email = "anna@example.org".to_owned());
    other.drain(&address).await;
    at_rest(&other);
    let both = other.patient(anna);
    assert_eq!((both.phone.as_str(), both.email.as_str()), ("020 7946 0001", "anna@example.org"), "nobody was asked");
    fetched(&one, &address, &id).await;
    assert_eq!(one.patient(anna), both);
}

fn theirs(id: &str, number: u32, family: &str, born: &str) -> Value {
    json!({
        "resourceType": "Patient", "id": id, "birthDate": born, "name": [{ "family": family, "given": ["Anna"] }],
        "identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": nhs_number(number) }],
        "telecom": [{ "system": "phone", "use": "home", "value": "020 7946 0009" }],
    })
}

fn put(resource: &Value) {
    let (status, answer) = server().put(resource);
    assert!(status < 300, "{status} {answer}");
}

#[tokio::test]
async fn a_patient_of_the_trusts_own_is_one_here_on_every_pc_and_is_never_written_over() {
    let network = network();
    let address = network.address();
    put(&theirs("pas-946", 946, "Invented", "1956-07-14"));
    let (one, other) = (Outbox::new(946), Outbox::new(947));
    for pc in [&one, &other] {
        fetched(pc, &address, "pas-946").await;
    }
    let here = |pc: &Outbox| pc.on(|store| store.patient_there("pas-946").unwrap()).unwrap();
    assert_eq!(here(&one), here(&other));
    let anna = PatientId::parse(&here(&one)).unwrap();
    one.correct(anna, |patient| patient.cancer.cancer_type = "Breast".to_owned());
    let assessed = one.assess(anna);
    one.drain(&address).await;
    at_rest(&one);
    assert_eq!(versions("Patient", "pas-946"), 1);
    fetched(&other, &address, "pas-946").await;
    assert_eq!((other.patient(anna).cancer, hna(&other, assessed)), (one.patient(anna).cancer, hna(&one, assessed)));
    // What the trust changes of its own comes; what a nurse has typed here stays.
    one.correct(anna, |patient| patient.mobile = "07700 900003".to_owned());
    one.drain(&address).await;
    let mut moved = theirs("pas-946", 946, "Invented", "1956-07-14");
    moved["telecom"][0]["value"] = json!("020 7946 0010");
    put(&moved);
    fetched(&one, &address, "pas-946").await;
    let now = one.patient(anna);
    assert_eq!((now.phone.as_str(), now.mobile.as_str()), ("020 7946 0010", "07700 900003"));
    assert_eq!((told(&one), told(&other)), (vec![], vec![]));
}

#[tokio::test]
async fn nobody_becomes_somebody_else() {
    let network = network();
    let address = network.address();
    let pc = Outbox::new(948);
    let anna = pc.register(948);
    pc.drain(&address).await;
    let before = pc.patient(anna);
    put(&theirs("pas-948", 948, "Other", "1970-01-01"));
    fetched(&pc, &address, "pas-948").await;
    assert_eq!(pc.on(|store| store.everybody().unwrap()), [anna], "two Patients with one number are never joined");
    assert_eq!(told(&pc), [NoticeKind::PerhapsTheSame]);
    // Her own Patient says that she is somebody else, and no colleague did it.
    let (_, mut body) = server().get(&format!("/Patient/{anna}"));
    body["birthDate"] = json!("1970-01-01");
    body["name"] = json!([{ "family": "Other", "given": ["Name"] }]);
    put(&body);
    fetched(&pc, &address, &anna.to_string()).await;
    fetched(&pc, &address, &anna.to_string()).await;
    assert_eq!((pc.patient(anna), told(&pc).len()), (before, 2), "a person is told, once");
}

#[tokio::test]
async fn a_plan_that_was_written_while_the_lists_were_read_comes_whole() {
    let network = network();
    let address = network.address();
    let (one, anna, _, planned) = sent(949, 949, &address).await;
    let (other, id) = (Outbox::new(950), anna.to_string());
    // Its goals and referrals are listed, and it is not: it was committed a moment later.
    let nothing = r#"{"resourceType":"Bundle","type":"searchset","total":0,"entry":[]}"#;
    network.about("/CarePlan/_search", Passage::Answer(200, "", "application/fhir+json", nothing));
    fetched(&other, &address, &id).await;
    assert!(other.on(|store| store.care_plan(planned).unwrap().is_none()));
    network.about("nothing at all", Passage::Pass);
    for _ in 0..2 {
        fetched(&other, &address, &id).await;
    }
    assert_eq!(plan(&other, planned), plan(&one, planned));
    assert_eq!(told(&other), vec![]);
}

#[tokio::test]
async fn a_record_that_does_not_read_back_here_keeps_nobody_else_waiting() {
    let network = network();
    let address = network.address();
    let (_, anna, _, planned) = sent(951, 951, &address).await;
    put(&theirs("pas-952", 952, "Invented", "1956-07-14"));
    let other = Outbox::new(952);
    fetched(&other, &address, &anna.to_string()).await;
    other.spoil(&planned.to_string());
    let lanes = [anna.to_string(), "pas-952".to_owned()].map(Lane::There);
    let pulled = Pull::new(other.books(), Arc::new(other.reached(&address))).patients(&lanes).await.unwrap();
    assert_eq!((pulled.trouble, pulled.patients.len()), (None, 2));
    assert!(other.on(|store| store.patient_there("pas-952").unwrap()).is_some());
}
