//! The check of a server: what it finds at servers that keep FHIR's word and at servers that do not, that it leaves nothing behind, and what
//! it changes in sending.

use std::sync::Mutex;

use ::clinic::{Clinic, SaveServerReport, ServerView};
use kit::trust_model::{Deleted, Dialect, Etags};
use kit::{Chance, Clock, DialectServer, Gzip, Outbox, TrustModel};
use security::Random;
use sync::{Check, Fault, Outcome, Report, Safe, Server, Surroundings, Unchecked, probe};

use crate::clinic::a_clinic_on;
use crate::{network, server};

/// A PC of the trust's IT, which has no database.
struct Desk {
    clock: Clock,
    chance: Mutex<Chance>,
    answered: Mutex<Vec<usize>>,
}

impl Desk {
    fn new(seed: u64) -> Desk {
        let clock = Clock::at(kit::clock::MONDAY_MORNING);
        Desk { clock, chance: Mutex::new(Chance::new(seed)), answered: Mutex::default() }
    }
}

impl Surroundings for Desk {
    fn now(&self) -> i64 {
        self.clock.now()
    }

    fn chance(&self) -> Option<[u8; 16]> {
        let mut bytes = [0; 16];
        self.chance.lock().unwrap().fill(&mut bytes).ok()?;
        Some(bytes)
    }

    fn answered(&self, done: usize, _: usize) {
        self.answered.lock().unwrap().push(done);
    }
}

async fn checked(address: &str, seed: u64) -> Report {
    // Signed in where it is https.
    let outside = Outbox::new(seed).outside();
    probe(&kit::sign_in::reached(address, outside), &Desk::new(seed)).await.unwrap()
}

fn served(dialect: Dialect) -> DialectServer {
    DialectServer::serving(TrustModel::new(dialect), Gzip::Unknown)
}

/// The questions that were answered otherwise than FHIR has it.
fn otherwise(report: &Report) -> Vec<(Check, Outcome)> {
    let findings = report.findings.iter().filter(|one| one.outcome != Outcome::Meets);
    findings.map(|one| (one.check, one.outcome)).collect()
}

/// What of the check is still there.
fn left(server: &DialectServer) -> Vec<String> {
    let model = server.model();
    let there = model.everything().filter(|(name, _)| model.head(name).is_some());
    there.map(|(name, _)| name.to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn helios_is_found_as_it_is_and_nothing_stays_there() {
    let network = server().network();
    let report = checked(&network.address(), 900).await;
    println!("{}", report.text());
    let answers: Vec<Check> = report.findings.iter().map(|one| one.check).collect();
    assert_eq!(answers, Check::ALL, "each question once, in order");
    assert_eq!((report.count(Safe::Unsafe), report.count(Safe::Unknown)), (0, 0), "{}", report.text());
    for (check, outcome) in [
        (Check::Create, Outcome::Meets),
        (Check::Etag, Outcome::Meets),
        (Check::StaleAlone, Outcome::Meets),
        (Check::StaleTogether, Outcome::OtherStatus),
        (Check::Rollback, Outcome::Meets),
        (Check::NoneMatch, Outcome::Overwrites),
        (Check::CommitRecord, Outcome::Meets),
        (Check::FoundById, Outcome::Meets),
        (Check::Dangling, Outcome::Accepted),
        (Check::Deleted, Outcome::Meets),
        (Check::History, Outcome::Meets),
        (Check::Largest, Outcome::Meets),
    ] {
        assert_eq!(report.outcome(check), Some(outcome), "{check:?}: {}", report.text());
    }
    assert_eq!(report.left, Vec::<String>::new());
    let ours = |one: &serde_json::Value| one.to_string().contains("server-check");
    assert!(!server().all("Basic").iter().any(ours) && !server().all("Provenance").iter().any(ours));
    assert_eq!(Report::read(&report.json()), Some(report));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_dialect_is_safe_in_its_own_way() {
    let server = DialectServer::start();
    let report = checked(&server.address(), 901).await;
    assert_eq!((report.count(Safe::Unsafe), report.count(Safe::Unknown)), (0, 0), "{}", report.text());
    for (check, outcome) in [
        (Check::Create, Outcome::Made200),
        (Check::Etag, Outcome::Opaque),
        (Check::StaleTogether, Outcome::Meets),
        (Check::Rollback, Outcome::HalfStays),
        (Check::Deleted, Outcome::NotFound),
        (Check::Packed, Outcome::NotOffered),
    ] {
        assert_eq!(report.outcome(check), Some(outcome), "{check:?}: {}", report.text());
    }
    assert_eq!((left(&server), report.left), (vec![], vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_unsafe_way_of_a_server_is_told_from_the_others() {
    let plain = otherwise(&checked(&served(Dialect::default()).address(), 902).await);
    let ways: [(Dialect, Check, Outcome, Safe); 9] = [
        (
            Dialect { if_match_in_transaction: false, ..Dialect::default() },
            Check::StaleTogether,
            Outcome::Overwrites,
            Safe::Handled,
        ),
        (
            Dialect { if_match_alone: false, ..Dialect::default() },
            Check::StaleAlone,
            Outcome::Overwrites,
            Safe::Handled,
        ),
        (Dialect { rollback: false, ..Dialect::default() }, Check::Rollback, Outcome::HalfStays, Safe::Handled),
        (Dialect { if_none_match: false, ..Dialect::default() }, Check::NoneMatch, Outcome::Overwrites, Safe::Handled),
        (Dialect { history: false, ..Dialect::default() }, Check::History, Outcome::Refused, Safe::Handled),
        (Dialect { locations: false, ..Dialect::default() }, Check::Named, Outcome::InOrder, Safe::Handled),
        (Dialect { most_bytes: Some(2 << 20), ..Dialect::default() }, Check::Largest, Outcome::Small, Safe::Handled),
        (
            Dialect { deleted: Deleted::NotFound404, ..Dialect::default() },
            Check::Deleted,
            Outcome::NotFound,
            Safe::Safe,
        ),
        (Dialect { etags: Etags::Opaque, ..Dialect::default() }, Check::Etag, Outcome::Opaque, Safe::Safe),
    ];
    for (dialect, check, outcome, safe) in ways {
        let server = served(dialect);
        let report = checked(&server.address(), 902).await;
        let finding = report.findings.iter().find(|one| one.check == check).unwrap();
        assert_eq!((finding.outcome, finding.safe()), (outcome, safe), "{check:?}: {}", report.text());
        let others: Vec<_> = otherwise(&report).into_iter().filter(|one| *one != (check, outcome)).collect();
        // Where stale versions are not refused, this model takes everything: no transaction is there to be taken back.
        let others: Vec<_> = others.into_iter().filter(|one| *one != (Check::Rollback, Outcome::NotAsked)).collect();
        assert_eq!(others, plain, "{check:?}");
        assert_eq!(left(&server), Vec::<String>::new(), "{check:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_offers_gzip_and_refuses_it_is_found_out() {
    for (gzip, outcome) in [(Gzip::Offered, Outcome::Meets), (Gzip::OfferedAndRefused, Outcome::OfferedAndRefused)] {
        let server = DialectServer::serving(TrustModel::default(), gzip);
        assert_eq!(checked(&server.address(), 903).await.outcome(Check::Packed), Some(outcome));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_answers_there_is_no_report() {
    let desk = Desk::new(904);
    let nobody = Server::new("http://127.0.0.1:1", None).unwrap();
    assert_eq!(probe(&nobody, &desk).await.err(), Some(Unchecked::Server(Fault::NotReached)));
    assert_eq!(*desk.answered.lock().unwrap(), Vec::<usize>::new());
}

/// A PC that has this report in its database.
async fn a_pc_with_a_report(server: &DialectServer, seed: u64) -> Outbox {
    let pc = Outbox::new(seed);
    pc.keep_report(&checked(&server.address(), seed).await);
    pc
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_stale_version_would_overwrite_the_version_is_read_before() {
    let server = served(Dialect { if_match_in_transaction: false, ..Dialect::default() });
    let pc = a_pc_with_a_report(&server, 905).await;
    let anna = pc.register(905);
    pc.drain(&server.address()).await;
    let (_, mut theirs) = server.get(&format!("/Patient/{anna}"));
    theirs["telecom"] = serde_json::json!([{ "system": "phone", "value": "020 7946 0999" }]);
    theirs["name"][0]["family"] = serde_json::json!("Elsewhere");
    server.put(&theirs);
    pc.correct(anna, |patient| patient.name.family = "Corrected".to_owned());
    pc.drain(&server.address()).await;
    let (_, there) = server.get(&format!("/Patient/{anna}"));
    assert_eq!(there["name"][0]["family"], "Elsewhere", "not overwritten");
    assert_eq!(pc.reasons(), ["changed_there"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_commit_records_nothing_is_sent_until_a_check_finds_them() {
    let server = served(Dialect { provenance_read: false, ..Dialect::default() });
    let pc = a_pc_with_a_report(&server, 906).await;
    let (anna, bert) = (pc.register(906), pc.register(907));
    let before = server.model().commits();
    for _ in 0..2 {
        assert_eq!(pc.drain(&server.address()).await.until, None);
    }
    assert_eq!(server.model().commits(), before, "nothing was sent");
    assert_eq!((pc.reasons(), pc.waiting().waiting), (vec!["server_unsafe".to_owned()], 1));
    assert_eq!(pc.told().trouble.map(|(_, fault)| fault), Some(Fault::ServerUnsafe));
    assert_eq!(pc.stopped()[0].said, "commit_record");

    server.model().dialect.provenance_read = true;
    pc.keep_report(&checked(&server.address(), 906).await);
    pc.drain(&server.address()).await;
    assert_eq!((pc.reasons(), pc.waiting().waiting), (vec![], 0));
    for patient in [anna, bert] {
        assert_eq!(server.model().history(&format!("Patient/{patient}")).len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn transactions_stay_below_what_the_server_takes() {
    let server = served(Dialect { most_bytes: Some(300 * 1024), ..Dialect::default() });
    let pc = a_pc_with_a_report(&server, 908).await;
    let long = "x".repeat(30_000);
    for number in 910..926 {
        pc.register_with(number, |patient| patient.needs.other = long.clone());
    }
    server.came();
    pc.drain_all(&server.address(), 9).await;
    assert_eq!((pc.waiting().waiting, pc.reasons()), (0, vec![]));
    let most = server.came().into_iter().map(|(_, bytes)| bytes).max();
    assert!(most.is_some_and(|most| most < 300 * 1024), "{most:?}");
}

/// The view as soon as no check is on its way; it is read again each time the screen is told of a change.
async fn when_checked(clinic: &Clinic) -> ServerView {
    let mut changes = clinic.changes();
    let mut view = clinic.check_server().await.unwrap();
    while view.checking.is_some() {
        changes.recv().await.expect("the clinic is open");
        view = clinic.read_server().await.unwrap();
    }
    view
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_holder_has_the_server_checked_and_saves_what_was_found() {
    let network = network();
    let (shift, folder) = a_clinic_on(&network, 909).await;
    let clinic = &shift.clinic;
    let before = clinic.read_server().await.unwrap();
    assert_eq!((before.address.as_deref(), before.report.is_none()), (Some(network.address().as_str()), true));
    let fingerprints: Vec<usize> = before.authorities.iter().map(String::len).collect();
    assert_eq!(
        (before.unusable, before.key.is_needed, before.key.has_key, fingerprints),
        (false, true, true, vec![95])
    );
    let as_text = |format: &str| SaveServerReport { format: format.to_owned() };
    assert_eq!(clinic.check_server_report(&as_text("txt")).await.err().unwrap().code.code(), "gone");

    let view = when_checked(clinic).await;
    let report = view.report.unwrap();
    assert_eq!((view.failed.is_none(), report.findings.len(), report.left.len()), (true, Check::ALL.len(), 0));
    assert!(!report.of_another && report.findings.iter().all(|one| matches!(one.safe, Safe::Safe | Safe::Handled)));
    for format in ["txt", "json"] {
        let saved = clinic.save_server_report_in(as_text(format), folder.path().to_owned()).await.unwrap();
        let text = std::fs::read_to_string(folder.path().join(&saved.file)).unwrap();
        assert!(saved.file.starts_with("server-check-") && saved.file.ends_with(format), "{}", saved.file);
        assert!(text.contains(&network.address()) && text.contains("ifMatch"), "{text}");
    }
    assert!(clinic.check_server_report(&as_text("exe")).await.is_err());
    clinic.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_that_finds_nobody_says_so_and_keeps_the_report_before_it() {
    let mut network = network();
    let (shift, _folder) = a_clinic_on(&network, 908).await;
    when_checked(&shift.clinic).await;
    network.down();
    let view = when_checked(&shift.clinic).await;
    assert_eq!((view.failed.map(|fault| fault.code()), view.report.is_some()), (Some("no_network"), true));
    shift.clinic.close().await;
}
