//! A database of an earlier version opens with each of its ways in and shows everything that was entered then.

use std::path::{Path, PathBuf};

use clinic::*;
use domain::record::RecordKind;
use kit::room::{copy, unlock, unlock_with_code};
use kit::*;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// Every folder of `fixtures`.
fn all() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.is_dir()).collect()
}

struct Fixture {
    room: Room,
    ways_in: Value,
    // Removed with the test.
    _folder: TempDir,
}

impl Fixture {
    fn copied(from: &Path, seed: u64) -> Fixture {
        let folder = TempDir::new().unwrap();
        let profile = folder.path().join("profile");
        copy(from, &profile);
        let ways_in: Value =
            serde_json::from_str(&std::fs::read_to_string(from.join("ways-in.json")).unwrap()).unwrap();
        let shelf = KeyShelf::default();
        let name = format!("secret-{}", ways_in["database"].as_str().unwrap());
        shelf.replace_content([(name, ways_in["device_secret"].as_str().unwrap().to_owned())].into());
        let room = Room::at(&profile, shelf, seed);
        room.clock.step(clock::DAY);
        Fixture { room, ways_in, _folder: folder }
    }

    fn word(&self, name: &str) -> &str {
        self.ways_in[name].as_str().unwrap()
    }
}

#[tokio::test]
async fn the_databases_of_earlier_versions_open_with_each_passphrase() {
    let fixtures = all();
    assert!(!fixtures.is_empty());
    for (seed, path) in (500..).zip(&fixtures) {
        let fixture = Fixture::copied(path, seed);
        let house = fixture.room.house();
        assert_eq!(house.front().nurses.len(), 2);
        for nurse in ["first", "second"] {
            let (id, passphrase) = (format!("{nurse}_nurse"), format!("{nurse}_passphrase"));
            let clinic = unlock(&house, fixture.word(&id), fixture.word(&passphrase)).await.unwrap();
            everything_is_there(&clinic, &fixture).await;
            clinic.close().await;
        }
    }
}

#[tokio::test]
async fn and_with_the_printed_code_on_a_pc_without_the_key() {
    for (seed, path) in (600..).zip(&all()) {
        let fixture = Fixture::copied(path, seed);
        fixture.room.keys.replace_content(Default::default());
        let code: Vec<String> = fixture.word("recovery_code").split('-').map(str::to_owned).collect();
        let clinic = unlock_with_code(&fixture.room.house(), fixture.word("first_nurse"), &code).await.unwrap();
        everything_is_there(&clinic, &fixture).await;
        clinic.close().await;
    }
}

/// What `fixtures/make.rs` entered.
async fn everything_is_there(clinic: &Clinic, fixture: &Fixture) {
    assert!(clinic.desk().await.unwrap().ready);
    let staff = clinic.list_staff().await.unwrap();
    assert!(staff.iter().all(|one| one.can_unlock) && staff.len() == 2);
    let find = |number: u32| FindPatients { nhs_number: nhs_number(number), born: date(14, 7, 1956), ..a_search() };
    let mut seen = Vec::new();
    for number in [1, 2] {
        let found = clinic.find_patients(find(number)).await.unwrap();
        let patient = found.people[0].banner.id.to_string();
        seen.push(clinic.open_patient(OpenPatient { patient }).await.unwrap());
    }
    assert_eq!((seen[0].banner.given.as_str(), seen[1].banner.family.as_str()), ("Anna", "Łęcka-Ŵyn"));
    assert_eq!((seen[0].form.cancer_type.as_str(), seen[0].treatments.len()), ("Breast", 1));
    let hna = clinic.read_hna(ReadHna { hna: seen[0].hnas[0].id.to_string() }).await.unwrap();
    assert_eq!((hna.status.code(), hna.concerns.len(), hna.ranked.len()), ("completed", 15, 3));
    assert_eq!(hna.concerns[14].text, "Who will walk the dog? £5 for the ’bus, ŵ ŷ ł");
    let declined = hna.concerns.iter().filter(|concern| matches!(concern.answer, AnswerView::Declined)).count();
    let unanswered = hna.concerns.iter().filter(|concern| matches!(concern.answer, AnswerView::Unanswered)).count();
    assert_eq!((declined, unanswered, hna.questions.lines().count()), (1, 1, 2));
    let draft = clinic.read_hna(ReadHna { hna: seen[1].hnas[0].id.to_string() }).await.unwrap();
    assert_eq!(
        (draft.status.code(), draft.concerns.len(), draft.next_unanswered.as_deref()),
        ("draft", 2, Some("physical.pain"))
    );
    if let Some(questions) = fixture.ways_in["answered_alone"].as_str() {
        let back = draft.hand_over.as_ref().unwrap();
        assert_eq!((draft.questions.as_str(), draft.method.code()), (questions, "this_pc"));
        assert_eq!((back.answers, back.unreadable, back.not_me), (1, 0, false));
        let (offer, invitation, talk) = (&seen[0].offers[0], &seen[0].invitations[0], &seen[0].appointments[0]);
        assert_eq!((offer.decision.code(), invitation.code.concat().as_str()), ("accepted", "INVENTED-4711"));
        assert_eq!((talk.channel.code(), talk.with_whom.as_str()), ("telephone", "Ruth Invented"));
    }
    if let Some(patient) = fixture.ways_in["third_patient"].as_str() {
        what_came_with_wellbeing_is_there(clinic, patient).await;
    }
    if let Some(sending) = fixture.ways_in["two_versions"].as_str() {
        what_became_of_sendings_is_there(clinic, sending).await;
    }
    if let Some(removed) = fixture.ways_in["removed_there"].as_str() {
        what_was_removed_there_is_told(clinic, removed).await;
    }
    let list = clinic.read_checklist(ReadChecklist { checklist: hna.checklist.clone() }).await.unwrap();
    assert_eq!(list.domains.len(), 6);
    match fixture.ways_in["papers"].as_array() {
        None => plan_can_be_made(clinic, &hna, &seen).await,
        Some(papers) => plan_and_summary_are_there(clinic, &seen[0], papers).await,
    }
}

/// A plan with all it can hold, concerns scored again, a session without a date, and a place on a clinic list.
async fn what_came_with_wellbeing_is_there(clinic: &Clinic, patient: &str) {
    let cora = clinic.open_patient(OpenPatient { patient: patient.to_owned() }).await.unwrap();
    assert_eq!((cora.hnas.len(), cora.hnas[0].again, cora.plans.len(), cora.bookings.len()), (2, true, 1, 1));
    let plan = clinic.read_care_plan(ReadCarePlan { plan: cora.plans[0].id.to_string(), version: None }).await.unwrap();
    let action = &plan.concerns[0].actions[0];
    assert_eq!((plan.status.code(), plan.version, action.outcome.as_str()), ("locked", 1, "It helps"));
    assert!(action.entry.is_some() && !action.contact.is_empty());
    assert_eq!(plan.concerns[1].text, "Who feeds the cat – Łucja?");
    let changes = clinic.read_changes(ReadChanges { patient: patient.to_owned() }).await.unwrap();
    let stood = serde_json::to_value(&changes.concerns[0].stood).unwrap();
    assert_eq!([&stood[0]["rating"], &stood[1]["rating"]], [9, 0]);
    assert!(cora.offers.iter().any(|offer| offer.plan_for.is_some() && offer.decision.code() == "declined"));
}

/// Somebody else's version beside ours, and nothing else that needs a person.
async fn what_became_of_sendings_is_there(clinic: &Clinic, sending: &str) {
    let refused = clinic.list_refused().await.unwrap();
    assert_eq!((refused.len(), refused[0].sending.to_string().as_str(), refused[0].conflict), (1, sending, true));
    let view = clinic.view_conflict(ViewConflict { sending: sending.to_owned() }).await.unwrap();
    let who = view.who_theirs.as_deref();
    assert_eq!((view.kind.code(), view.whole, view.removed, who), ("patient", true, false, Some("Omar Invented")));
}

/// A person is told of what is not at the trust any more, and whose it was.
async fn what_was_removed_there_is_told(clinic: &Clinic, removed: &str) {
    let page = clinic.view_sync(ViewSync { visit: 1 }).await.unwrap();
    let [notice] = &page.notices[..] else { panic!("{} notices", page.notices.len()) };
    assert_eq!((notice.there.as_str(), notice.noun.map(RecordKind::code)), (removed, Some("care_plan")));
    assert_eq!(notice.banner.as_ref().map(|one| one.given.as_str()), Some("Anna"));
}

/// What a version brought later works on what was entered before it.
async fn plan_can_be_made(clinic: &Clinic, hna: &HnaView, seen: &[Overview]) {
    assert!(seen.iter().all(|seen| seen.summaries.is_empty()));
    let plan = clinic.start_care_plan(StartCarePlan { hna: hna.id.to_string() }).await.unwrap();
    let order: Vec<_> = plan.concerns.iter().take(3).map(|concern| concern.key.as_str()).collect();
    assert_eq!(order, hna.ranked);
    assert_eq!((plan.concerns.len(), plan.concerns[0].text.as_str()), (15, hna.concerns[14].text.as_str()));
}

/// The plan as it was locked and as it is being changed, the signed summary, and every paper byte for byte.
async fn plan_and_summary_are_there(clinic: &Clinic, anna: &Overview, papers: &[Value]) {
    let (plan, summary) = (&anna.plans[0], &anna.summaries[0]);
    assert_eq!((plan.status.code(), plan.version, summary.status.code(), summary.version), ("draft", 1, "signed", 1));
    assert_eq!(plan.unlock_reason.as_deref(), Some("The pain clinic moved its visit"));
    for (version, due) in [(Some(1), "02-Dec-2026"), (None, "09-Dec-2026")] {
        let read = clinic.read_care_plan(ReadCarePlan { plan: plan.id.to_string(), version }).await.unwrap();
        let actions: Vec<_> = read.concerns.iter().flat_map(|concern| &concern.actions).collect();
        assert_eq!((read.concerns.len(), actions.len()), (15, 5));
        let visit = actions.iter().find(|action| action.key == "a-3").unwrap();
        assert_eq!(
            (visit.what.as_str(), visit.due.as_ref().unwrap().short.as_str()),
            ("Pain clinic – first visit", due)
        );
        assert!(read.concerns[0].matters.contains("£5 a day, ŵ ŷ ł"));
    }
    let read = ReadTreatmentSummary { summary: summary.id.to_string(), version: Some(1) };
    let read = clinic.read_treatment_summary(read).await.unwrap();
    assert_eq!((read.chosen.len(), read.signed.as_ref().unwrap().name.as_str()), (9, "Ruth Invented"));
    assert!(read.chosen[2].words.starts_with("February 2026: an operation"));
    let template = clinic.read_template(ReadTemplate { template: read.template }).await.unwrap();
    assert_eq!(template.sections.len(), 15);
    assert_eq!(papers.len(), 3);
    let folder = TempDir::new().unwrap();
    for paper in papers {
        let [kind, record, sha256] = ["kind", "record", "sha256"].map(|key| paper[key].as_str().unwrap().to_owned());
        let version = paper["version"].as_u64().and_then(|version| u32::try_from(version).ok());
        let save = SavePaper {
            paper: PaperOf { kind: kind.clone(), record, version, patient: None },
            day: "14".into(),
            month: "7".into(),
        };
        let saved = clinic.save_paper_in(save, folder.path().to_owned()).await.unwrap();
        let pdf = std::fs::read(folder.path().join(saved.file)).unwrap();
        let found: String = Sha256::digest(pdf).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(found, sha256, "{kind}");
    }
}
