//! Records that this PC does not know: what was written is read whole, whatever was in it, and nothing else is taken for one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod kit;

use domain::action::{ActionKey, TypedAction};
use domain::care_plan::{CarePlan, NothingAgreed};
use domain::checklist::Checklist;
use domain::hna::{Answer, AnsweredBy, Beginning, ConcernKey, Hna, Method, PathwayPoint, Rating};
use domain::id::{CarePlanId, HnaId, InvitationId, PatientId};
use domain::patient::Patient;
use domain::text;
use fhir::{ReadFault, Resource, new_care_plan, new_patient, our_assessment, our_patient, our_plan, read_hna};
use jiff::civil::date;
use serde_json::{Value, json};

const SEEDS: u64 = 300;

/// Chance that is the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(most).unwrap()).unwrap()
    }

    fn often(&mut self) -> bool {
        self.below(3) > 0
    }

    fn of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }

    fn words(&mut self) -> String {
        let all = ["the dog & who walks it", "Łódź, twice", "<b>no</b>", "a\u{301}", "9 to 5", kit::HARM];
        let said = self.of(&all);
        text::line(&format!("{said} {}", self.below(1000))).unwrap()
    }

    fn id(&mut self) -> [u8; 16] {
        std::array::from_fn(|_| u8::try_from(self.below(256)).unwrap())
    }

    fn at(&mut self) -> i64 {
        kit::AT + i64::try_from(self.below(1_000_000_000)).unwrap()
    }
}

fn answer(dice: &mut Dice, again: bool) -> Answer {
    let score = i64::try_from(dice.below(10)).unwrap() + i64::from(!again);
    match dice.below(4) {
        0 => Answer::Unanswered,
        1 => Answer::Declined,
        _ => Answer::Rated(if again { Rating::again(score) } else { Rating::new(score) }.unwrap()),
    }
}

fn an_hna(dice: &mut Dice, list: &Checklist, former: Option<&Hna>) -> Hna {
    let beginning = Beginning {
        patient: kit::ordinary_patient().id,
        checklist: list.canonical.clone(),
        answered_by: dice.of(AnsweredBy::ALL),
        helper: if dice.often() { dice.words() } else { String::new() },
        method: dice.of(Method::ALL),
        pathway_point: dice.of(PathwayPoint::ALL),
        answered_on: dice.often().then(|| date(2026, 11, 20)),
    };
    let mut hna = Hna::start(HnaId::from_random(dice.id()), beginning, &kit::by());
    if let Some(former) = former {
        hna = hna.scores_again(former).unwrap();
    }
    let items: Vec<&str> = list.domains.iter().flat_map(|area| &area.items).map(|item| item.key.as_str()).collect();
    for _ in 0..dice.below(8) {
        hna = hna.tick(list, &ConcernKey::new(items[dice.below(items.len())])).unwrap();
    }
    for _ in 0..dice.below(4) {
        hna = hna.clone().add_own(&dice.words()).unwrap_or(hna);
    }
    if let Some(own) = hna.concerns.iter().find(|one| one.words.is_some() && dice.below(4) == 0) {
        let key = own.key.clone();
        hna = hna.untick(&key).unwrap();
    }
    let keys: Vec<ConcernKey> = hna.concerns.iter().map(|one| one.key.clone()).collect();
    for key in &keys {
        let answer = answer(dice, former.is_some());
        hna = hna.answer(key, answer).unwrap();
        hna = hna.talk_privately(key, dice.below(4) == 0).unwrap();
    }
    let ranked: Vec<ConcernKey> = keys.into_iter().rev().take(dice.below(5)).collect();
    hna = hna.rank(ranked).unwrap();
    for (area, topic) in list.domains.iter().zip(&list.topics) {
        hna = hna.decline_domain(list, &area.key, dice.below(4) == 0).unwrap();
        hna = hna.want_information(list, &topic.key, dice.below(3) == 0).unwrap();
    }
    if dice.often() {
        hna = hna.write_questions(&format!("{}\n{}", dice.words(), dice.words())).unwrap();
    }
    hna.invitation = dice.often().then(|| InvitationId::from_random(dice.id()));
    hna.complete(dice.at()).unwrap()
}

fn a_plan(dice: &mut Dice, list: &Checklist, hna: &Hna, former: Option<&CarePlan>) -> Option<CarePlan> {
    let mut plan = CarePlan::start(CarePlanId::from_random(dice.id()), hna, list, &kit::by()).ok()?;
    plan.follows = former.map(|plan| plan.id);
    for _ in 0..dice.below(3) {
        plan = plan.clone().add_concern(list, None, &dice.words()).unwrap_or(plan);
    }
    let keys: Vec<ConcernKey> = plan.concerns.iter().map(|one| one.key.clone()).collect();
    for key in &keys {
        if dice.often() {
            plan = plan.write_what_matters(key, &format!("{}\n{}", dice.words(), dice.words())).unwrap();
        }
        for _ in 0..dice.below(3) {
            plan = plan.add_action(key).unwrap();
            let action = ActionKey::new(&format!("a-{}", plan.actions_added));
            let owner = dice.of(&["patient", "nurse", "support_worker", "gp", "service"]);
            let typed = TypedAction {
                kind: Some(dice.of(&["inform", "signpost", "refer", "review", "self_care"]).to_owned()),
                what: dice.words(),
                owner: Some(owner.to_owned()),
                owner_name: dice.words(),
                due: "4/12/2026".to_owned(),
            };
            plan = plan.write_action(&action, &typed, date(2026, 11, 23)).unwrap();
            match dice.below(4) {
                0 => plan = plan.remove_action(&action).unwrap(),
                1 => {
                    let (how, what) = (dice.of(&["done", "declined", "not_needed"]), dice.words());
                    plan = plan.end_action(&action, Some(how), &what, date(2026, 11, 23)).unwrap();
                }
                _ => {}
            }
        }
        if dice.below(3) == 0 {
            let nothing = Some(dice.of(NothingAgreed::ALL));
            plan = plan.clone().agree_nothing(key, nothing).unwrap_or(plan);
        }
    }
    if let (true, Some(former)) = (dice.often(), former) {
        for action in former.actions().take(2) {
            plan = plan.clone().carry(former, &action.key).unwrap_or(plan);
        }
    }
    plan.lock(&kit::by()).ok()
}

fn bodies(resources: Vec<Resource>) -> Vec<Value> {
    resources.into_iter().map(|one| one.body).collect()
}

fn anna() -> String {
    format!("Patient/{}", kit::ordinary_patient().id)
}

fn sent_hna(hna: &Hna, list: &Checklist) -> Value {
    let hospital = kit::hospital();
    fhir::hna(hna, list, &anna(), &kit::author(&hospital)).remove(0).body
}

fn sent_plan(plan: &CarePlan) -> Vec<Value> {
    let (hospital, there) = (kit::hospital(), fhir::former_referrals(plan));
    bodies(fhir::care_plan(plan, &fhir::hna_response(plan.hna), &anna(), &kit::author(&hospital), &there))
}

fn again(body: &Value, hna: &Hna, list: &Checklist) -> Result<Hna, ReadFault> {
    read_hna(body, hna.patient, &anna(), list)
}

/// Areas and topics are sets: they are written in the order of the checklist.
fn sorted(mut hna: Hna) -> Hna {
    hna.declined_domains.sort();
    hna.information.sort();
    hna
}

#[test]
fn an_assessment_that_was_written_is_read_whole() {
    let list = kit::checklist();
    let made = [kit::ordinary_hna(), kit::empty_hna(), kit::harmful_hna(), kit::hna_again()];
    for hna in made {
        assert_eq!(our_assessment(&sent_hna(&hna, &list)), Some(hna.id));
        assert_eq!(again(&sent_hna(&hna, &list), &hna, &list).map(sorted), Ok(sorted(hna)));
    }
    for seed in 0..SEEDS {
        let mut dice = Dice(seed);
        let hna = an_hna(&mut dice, &list, None);
        let later = an_hna(&mut dice, &list, Some(&hna));
        for hna in [hna, later] {
            assert_eq!(again(&sent_hna(&hna, &list), &hna, &list).map(sorted), Ok(sorted(hna)), "seed {seed}");
        }
    }
}

#[test]
fn a_plan_that_was_written_is_read_whole() {
    let list = kit::checklist();
    let hnas = [kit::ordinary_hna(), kit::harmful_hna()];
    let made = [
        kit::ordinary_plan(),
        kit::empty_plan(),
        kit::harmful_plan(),
        kit::changed_plan(),
        kit::full_plan(),
        kit::harmful_full_plan(),
    ];
    for plan in made {
        let hna = hnas.iter().find(|hna| hna.id == plan.hna).unwrap();
        assert_eq!(our_plan(&sent_plan(&plan)[0]), Some(plan.id));
        assert_eq!(new_care_plan(&sent_plan(&plan), hna, &anna()), Ok(plan));
    }
    let mut read = 0;
    for seed in 0..SEEDS {
        let mut dice = Dice(seed);
        let hna = an_hna(&mut dice, &list, None);
        let Some(plan) = a_plan(&mut dice, &list, &hna, None) else { continue };
        let Some(later) = a_plan(&mut dice, &list, &hna, Some(&plan)) else { continue };
        for plan in [plan, later] {
            assert_eq!(new_care_plan(&sent_plan(&plan), &hna, &anna()), Ok(plan), "seed {seed}");
            read += 1;
        }
    }
    assert!(read > SEEDS, "{read} plans");
}

#[test]
fn a_patient_that_was_written_is_read_whole_and_is_known_for_ours() {
    let made = [
        kit::ordinary_patient(),
        kit::least_patient(),
        kit::harmful_patient(),
        kit::dead_patient(),
        kit::corrected_patient(),
    ];
    for patient in made {
        // An empty line of an address is not written.
        let lines: Vec<&str> = patient.address.lines().filter(|line| !line.is_empty()).collect();
        let (key_worker, team) = ("Ruth Invented".to_owned(), "Breast".to_owned());
        let patient = Patient { address: lines.join("\n"), key_worker, team, ..patient };
        let all = bodies(fhir::patient(&patient, true, &anna()));
        assert_eq!(our_patient(&all[0]), Some(patient.id));
        assert_eq!(new_patient(&all[0], &all[1..], patient.id, 5), Ok(patient));
    }
}

#[test]
fn a_patient_of_the_trusts_own_is_read_and_is_not_ours() {
    let theirs = json!({
        "resourceType": "Patient", "id": "pas-7", "active": true, "gender": "female", "birthDate": "1956-07-14",
        "identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990000018" }],
        "name": [{ "family": "Invented", "given": ["Anna", "Maria"] }],
    });
    let id = PatientId::from_random([7; 16]);
    assert_eq!(our_patient(&theirs), None);
    let condition = json!({ "resourceType": "Condition", "id": "c-1", "subject": { "reference": "Patient/pas-7" } });
    let read = new_patient(&theirs, &[condition], id, 5).unwrap();
    assert_eq!((read.id, read.name.given.as_str(), read.checked_at), (id, "Anna Maria", 5));
    // Nobody is ours who only says so.
    let mut says = theirs.clone();
    let record = json!({ "system": "https://holdfast.example/fhir/Id/record", "value": id.to_string() });
    says["identifier"].as_array_mut().unwrap().push(record);
    assert_eq!(our_patient(&says), None);
    let here = Patient { key_worker: "Ruth Invented".to_owned(), ..read };
    let changed = fhir::read_details(&theirs, &here).unwrap();
    assert_eq!(changed, here, "what the trust's own Patient does not say stays");
}

#[test]
fn what_is_about_somebody_else_or_on_another_checklist_is_not_read() {
    let list = kit::checklist();
    let (hna, plan) = (kit::ordinary_hna(), kit::ordinary_plan());
    let body = sent_hna(&hna, &list);
    let other = read_hna(&body, hna.patient, "Patient/other", &list);
    assert_eq!(other, Err(ReadFault::NotOurs("subject")));
    let listed = Checklist { canonical: "https://other.example/list|1".to_owned(), ..list.clone() };
    assert_eq!(again(&body, &hna, &listed), Err(ReadFault::NotOurs("questionnaire")));
    let all = sent_plan(&plan);
    assert_eq!(new_care_plan(&all, &hna, "Patient/other"), Err(ReadFault::NotOurs("subject")));
    assert_eq!(new_care_plan(&all, &kit::harmful_hna(), &anna()), Err(ReadFault::NotOurs("supportingInfo")));
    assert_eq!(new_care_plan(&all[..1], &hna, &anna()), Err(ReadFault::Absent("Goal")));
    let mut one = all.clone();
    one[1]["subject"] = json!({ "reference": "Patient/other" });
    assert_eq!(new_care_plan(&one, &hna, &anna()), Err(ReadFault::NotOurs("subject")));
    for status in ["in-progress", "stopped", "entered-in-error"] {
        let mut body = body.clone();
        body["status"] = json!(status);
        assert_eq!(again(&body, &hna, &list), Err(ReadFault::Unreadable("status")), "{status}");
    }
}

/// One place of a body, changed to something that a hostile or broken server may say.
fn spoiled(body: &Value, dice: &mut Dice) -> Value {
    let mut body = body.clone();
    spoil(&mut body, dice);
    body
}

fn spoil(here: &mut Value, dice: &mut Dice) {
    let deeper = dice.below(5) > 0;
    match here {
        Value::Object(members) if deeper && !members.is_empty() => {
            let place = dice.below(members.len());
            spoil(members.values_mut().nth(place).unwrap(), dice);
        }
        Value::Array(all) if deeper && !all.is_empty() => {
            let place = dice.below(all.len());
            spoil(&mut all[place], dice);
        }
        here => {
            let deep = (0..100).fold(json!(1), |inside, _| json!([inside]));
            let long = json!("x".repeat(5000));
            let simple =
                [json!(null), json!(-1), json!(1e300), json!(""), json!([]), json!({}), json!([{}]), json!([[1]])];
            *here = match dice.below(10) {
                0 => deep,
                1 => long,
                _ => dice.of(&simple),
            };
        }
    }
}

#[test]
fn nothing_that_a_server_says_makes_a_reader_fail_or_mix_up_people() {
    let list = kit::checklist();
    let (hna, plan, patient) = (kit::ordinary_hna(), kit::full_plan(), kit::ordinary_patient());
    let (response, parts) = (sent_hna(&hna, &list), sent_plan(&plan));
    let person = bodies(fhir::patient(&patient, true, &anna()));
    let mut refused = 0;
    for seed in 0..4 * SEEDS {
        let mut dice = Dice(seed);
        match again(&spoiled(&response, &mut dice), &hna, &list) {
            Ok(read) => assert_eq!((read.id, read.patient), (hna.id, hna.patient), "seed {seed}"),
            Err(_) => refused += 1,
        }
        let mut some = parts.clone();
        let place = dice.below(some.len());
        some[place] = spoiled(&some[place], &mut dice);
        if let Ok(read) = new_care_plan(&some, &hna, &anna()) {
            assert_eq!((read.id, read.patient, read.hna), (plan.id, plan.patient, hna.id), "seed {seed}");
            assert!(read.unfinished().is_empty());
        }
        let place = dice.below(person.len());
        let mut some = person.clone();
        some[place] = spoiled(&some[place], &mut dice);
        if let Ok(read) = new_patient(&some[0], &some[1..], patient.id, 5) {
            assert_eq!(read.id, patient.id);
        }
    }
    assert!(refused > 200, "{refused} were refused");
}
