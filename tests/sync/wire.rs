//! A fault at each request of a patient's way to the trust, one after another. Each time everything is there once in the end, nobody
//! was asked about it, and a correction meets no conflict.

use domain::id::{PatientId, SendingId};
use kit::proxy::{BUSY, PORTAL};
use kit::{Certificate, Outbox, Passage, Proxy};
use serde_json::{Value, json};
use sync::{Fault, Server};

use super::{network, server, versions};

/// A search for her number, one by id for each of two records, and the transaction.
const REQUESTS: usize = 4;

const OUTCOME: &str = r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"exception"}]}"#;

/// A patient and her assessment, saved on a PC of their own; no two cases have the same number.
pub(super) struct Case {
    pub pc: Outbox,
    pub anna: PatientId,
    pub sendings: Vec<SendingId>,
}

impl Case {
    pub fn new(number: u32) -> Case {
        let pc = Outbox::new(u64::from(number));
        let anna = pc.register(number);
        pc.assess(anna);
        let due = pc.on(|store| store.sendings_due(pc.clock().now(), 100).unwrap().sendings);
        Case { sendings: due.iter().map(|one| one.sending).collect(), anna, pc }
    }

    /// Sends until nothing is left, and looks at what the server has.
    pub async fn arrives(&self, network: &Proxy, told: &str) {
        self.pc.drain_all(&network.address(), 60).await;
        assert_eq!((self.pc.waiting().waiting, self.pc.reasons()), (0, vec![]), "{told}");
        let commits = self.sendings.iter().map(|sending| versions("Provenance", sending));
        assert_eq!(commits.collect::<Vec<_>>(), [1, 1], "{told}: each is done once");
        assert_eq!(versions("Patient", self.anna), 1, "{told}");
        self.pc.correct(self.anna, |patient| patient.postcode = "ZZ99 3VZ".to_owned());
        self.pc.drain_all(&network.address(), 60).await;
        assert_eq!((self.pc.waiting().waiting, self.pc.reasons()), (0, vec![]), "{told}: a correction");
        assert_eq!(versions("Patient", self.anna), 2, "{told}: a correction");
    }
}

/// The fault instead of each answer of the first way, and instead of each when a lost answer is asked about. A hundred numbers from
/// this one on.
async fn is_survived(number: u32, fault: Passage) {
    let network = network();
    let mut numbers = number..number + 100;
    for asked in [false, true] {
        for before in 0..REQUESTS {
            let case = Case::new(numbers.next().unwrap());
            let lost = [Passage::LoseAnswer].into_iter().take(usize::from(asked));
            let way = (1..REQUESTS).map(|_| Passage::Pass).chain(lost).take(if asked { REQUESTS } else { 0 });
            network.next(way.chain((0..before).map(|_| Passage::Pass)).chain([fault.clone()]));
            case.arrives(&network, &format!("{fault:?} after {before}, asked about: {asked}")).await;
        }
    }
}

/// What the PC is told at the first request.
async fn told(number: u32, fault: Passage) -> (Option<Fault>, i64) {
    let (network, case) = (network(), Case::new(number));
    network.next([fault]);
    let rest = case.pc.drain(&network.address()).await;
    (case.pc.told().trouble.map(|(_, fault)| fault), rest.until.unwrap() - case.pc.clock().now())
}

#[tokio::test]
pub(super) async fn a_name_that_nobody_knows_is_a_server_that_is_not_reached() {
    let case = Case::new(83_000);
    let ca = Certificate::of("trust.invalid", 2090).ca;
    let nowhere = Server::new("https://trust.invalid", Some(ca.as_bytes())).unwrap();
    case.pc.push_to(nowhere).drain(false).await.unwrap();
    assert_eq!(case.pc.told().trouble.map(|(_, fault)| fault), Some(Fault::NotReached));
    assert_eq!((case.pc.waiting().waiting, case.pc.reasons()), (2, vec![]));
}

#[tokio::test]
pub(super) async fn a_connection_that_is_reset_is_tried_again() {
    assert_eq!(told(83_100, Passage::Reset).await.0, Some(Fault::CutOff));
    is_survived(83_101, Passage::Reset).await;
}

#[tokio::test]
pub(super) async fn an_answer_cut_in_its_head_is_none() {
    for (number, bytes) in (83_300..).step_by(100).zip([0, 1, 12, 40]) {
        is_survived(number, Passage::CutAt(bytes)).await;
    }
}

#[tokio::test]
pub(super) async fn an_answer_cut_at_any_kilobyte_of_its_body_is_none() {
    let (network, pc) = (network(), Outbox::new(83_700));
    let people: Vec<PatientId> = (83_700..83_716).map(|number| pc.register(number)).collect();
    pc.drain_all(&network.address(), 9).await;
    let mut written = 1;
    let mut cut = 512;
    loop {
        people
            .iter()
            .for_each(|one| pc.correct(*one, |patient| patient.address = format!("{written} Invented Street")));
        network.next([Passage::CutAt(cut)]);
        network.passed();
        pc.drain_all(&network.address(), 9).await;
        written += 1;
        assert_eq!(network.passed().writes(), 1, "cut at {cut}: asked about, not sent again");
        assert_eq!((pc.waiting().waiting, pc.reasons()), (0, vec![]), "cut at {cut}");
        people.iter().for_each(|one| assert_eq!(versions("Patient", one), written, "cut at {cut}"));
        if cut >= network.largest_answer() {
            break;
        }
        cut += 1024;
    }
    assert!(cut > 4 * 1024, "{cut}: the answer was long enough");
}

#[tokio::test]
pub(super) async fn a_server_with_too_many_requests_is_left_alone_for_as_long_as_it_asks() {
    let asked = Passage::Answer(429, "Retry-After: 7\r\n", "text/plain", "too many");
    assert_eq!(told(83_800, asked.clone()).await, (Some(Fault::Busy), 7_000));
    is_survived(83_801, asked).await;
}

#[tokio::test]
pub(super) async fn a_server_with_too_many_requests_that_names_no_time_gets_a_pause_of_our_own() {
    let plain = Passage::Answer(429, "", "text/plain", "too many");
    let (fault, pause) = told(83_900, plain.clone()).await;
    assert!(fault == Some(Fault::Busy) && (1_000..=2_000).contains(&pause), "{fault:?} {pause}");
    // A date would be held against a clock that may be wrong.
    let dated = Passage::Answer(429, "Retry-After: Fri, 31 Dec 2049 23:59:59 GMT\r\n", "text/plain", "too many");
    assert!(told(83_901, dated).await.1 <= 2_000);
    is_survived(83_902, plain).await;
}

#[tokio::test]
pub(super) async fn a_server_that_fails_for_a_moment_fails_no_record() {
    is_survived(84_000, BUSY).await;
    for (number, status) in (84_010..).step_by(10).zip([500, 502, 504]) {
        is_survived(number, Passage::Answer(status, "", "text/html", "<html>error</html>")).await;
    }
}

#[tokio::test]
pub(super) async fn the_page_of_a_captive_portal_is_no_answer() {
    assert_eq!(told(84_050, PORTAL).await.0, Some(Fault::NotFhir));
    is_survived(84_060, PORTAL).await;
}

#[tokio::test]
pub(super) async fn nobody_follows_to_another_server() {
    let elsewhere = network();
    let location: &'static str = format!("Location: {}/\r\n", elsewhere.address()).leak();
    for (number, status) in (84_070..).step_by(10).zip([302, 307]) {
        is_survived(number, Passage::Answer(status, location, "application/fhir+json", OUTCOME)).await;
    }
    assert_eq!(elsewhere.passed().requests, Vec::<String>::new());
}

#[tokio::test]
pub(super) async fn a_network_that_wants_a_sign_in_first_is_no_server() {
    is_survived(84_090, Passage::Answer(511, "", "text/html", "<html>Sign in</html>")).await;
}

#[tokio::test]
pub(super) async fn an_answer_of_another_type_or_in_another_charset_is_none() {
    is_survived(84_100, Passage::Head("application/", "text/")).await;
    is_survived(84_110, Passage::Head("json", "json; charset=iso-8859-1")).await;
    is_survived(
        84_120,
        Passage::Bytes(
            b"HTTP/1.1 200 X\r\nContent-Type: application/fhir+json\r\nContent-Length: 4\r\n\r\n\xff\xfe{}"
                .as_slice()
                .into(),
        ),
    )
    .await;
}

#[tokio::test]
pub(super) async fn a_shortened_bundle_is_none() {
    is_survived(
        84_140,
        Passage::Change(|body| {
            if let Some(entries) = body.get_mut("entry").and_then(Value::as_array_mut) {
                entries.pop();
            }
        }),
    )
    .await;
}

#[tokio::test]
async fn a_search_cut_short_makes_no_second_patient() {
    let theirs = json!({
        "resourceType": "Patient", "id": "known-and-cut-short", "birthDate": "1956-07-14", "name": [{ "family": "Invented" }],
        "identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": kit::nhs_number(84_990) }],
    });
    assert!(server().put(&theirs).0 < 300);
    let (network, case) = (network(), Case::new(84_990));
    network.next([Passage::Change(|body| (body["entry"], body["total"]) = (json!([]), json!(1)))]);
    case.pc.drain_all(&network.address(), 20).await;
    assert_eq!((case.pc.waiting().waiting, case.pc.reasons(), versions("Patient", case.anna)), (0, vec![], 0));
}

#[tokio::test]
pub(super) async fn an_answer_that_comes_twice_counts_once() {
    is_survived(84_150, Passage::AnsweredTwice).await;
}

#[tokio::test]
pub(super) async fn a_correction_that_gets_there_twice_is_done_once() {
    let (network, case) = (network(), Case::new(84_160));
    case.arrives(&network, "a first time").await;
    case.pc.correct(case.anna, |patient| patient.postcode = "ZZ99 1AA".to_owned());
    network.next([Passage::SentTwice]);
    case.pc.drain_all(&network.address(), 60).await;
    assert_eq!((case.pc.waiting().waiting, case.pc.reasons(), versions("Patient", case.anna)), (0, vec![], 3));
}

#[tokio::test]
pub(super) async fn entries_in_another_order_are_told_apart_by_name_or_by_their_commit_records() {
    is_survived(84_170, Passage::Change(reverse)).await;
    is_survived(
        84_180,
        Passage::Change(|body| {
            for entry in
                body["entry"].as_array_mut().into_iter().flatten().filter(|entry| entry.get("response").is_some())
            {
                entry.as_object_mut().unwrap().remove("fullUrl");
                entry["response"].as_object_mut().unwrap().remove("location");
            }
            reverse(body);
        }),
    )
    .await;
}

fn reverse(body: &mut Value) {
    if let Some(entries) = body.get_mut("entry").and_then(Value::as_array_mut) {
        entries.reverse();
    }
}

#[tokio::test]
pub(super) async fn an_answer_larger_than_any_of_ours_is_not_read() {
    is_survived(84_190, Passage::Change(|body| body["filler"] = json!("x".repeat(9 * 1024 * 1024)))).await;
}

#[tokio::test]
pub(super) async fn an_answer_about_another_patient_is_none() {
    let other: PatientId = PatientId::from_random([0x84; 16]);
    assert_eq!(other.to_string(), OTHER);
    is_survived(84_200, Passage::Change(|body| rename(body, "Patient"))).await;
    is_survived(84_210, Passage::Change(|body| rename(body, "Provenance"))).await;
}

const OTHER: &str = "84848484-8484-4484-8484-848484848484";

/// Gives every resource and address of a type another id.
fn rename(body: &mut Value, kind: &str) {
    match body {
        Value::Object(fields) => {
            if fields.get("resourceType").is_some_and(|here| here == kind) {
                fields.insert("id".to_owned(), json!(OTHER));
            }
            fields.values_mut().for_each(|field| rename(field, kind));
        }
        Value::Array(all) => all.iter_mut().for_each(|one| rename(one, kind)),
        Value::String(text) => {
            let from = format!("{kind}/");
            if let Some((before, id)) =
                text.split_once(&from).map(|(before, rest)| (before, rest.get(36..).unwrap_or_default()))
            {
                *text = format!("{before}{from}{OTHER}{id}");
            }
        }
        _ => {}
    }
}

#[tokio::test]
pub(super) async fn an_older_version_or_none_costs_a_question_and_no_conflict() {
    is_survived(84_220, Passage::Head("\netag:", "\nx-none:")).await;
    is_survived(
        84_230,
        Passage::Change(|body| {
            for entry in body["entry"].as_array_mut().into_iter().flatten() {
                if let Some(response) = entry.get_mut("response").and_then(Value::as_object_mut) {
                    response.remove("etag");
                }
            }
        }),
    )
    .await;
    is_survived(
        84_240,
        Passage::Change(|body| {
            for entry in body["entry"].as_array_mut().into_iter().flatten() {
                if let Some(response) = entry.get_mut("response") {
                    response["etag"] = json!("W/\"0\"");
                }
            }
        }),
    )
    .await;
    // A reader that is behind knows of nothing yet.
    is_survived(84_250, Passage::Answer(404, "", "application/fhir+json", OUTCOME)).await;
}

#[tokio::test]
pub(super) async fn a_refusal_in_the_middle_of_a_batch_is_looked_into_before_it_is_believed() {
    for (number, status) in (84_260..).step_by(10).zip([401, 409, 410, 412]) {
        is_survived(number, Passage::Answer(status, "", "application/fhir+json", OUTCOME)).await;
    }
    // The server did it, and says of one entry that it did not.
    let entries: [fn(&mut Value); 4] = [
        |body| fail(body, "401 Unauthorized"),
        |body| fail(body, "409 Conflict"),
        |body| fail(body, "410 Gone"),
        |body| fail(body, "412 Precondition Failed"),
    ];
    for (number, change) in (84_300..).step_by(10).zip(entries) {
        is_survived(number, Passage::Change(change)).await;
    }
}

fn fail(body: &mut Value, status: &str) {
    if let Some(response) = body.pointer_mut("/entry/1/response") {
        *response = json!({ "status": status, "outcome": serde_json::from_str::<Value>(OUTCOME).unwrap() });
    }
}

#[tokio::test]
pub(super) async fn a_clock_that_is_ten_years_off_keeps_nothing_waiting() {
    const TEN_YEARS: i64 = 3_652 * 86_400_000;
    let network = network();
    for (number, off) in [(84_340, TEN_YEARS), (84_341, -TEN_YEARS)] {
        let case = Case::new(number);
        // It goes out at one time, its answer is lost, and it is asked about at another; then the server asks for patience.
        network.next((1..REQUESTS).map(|_| Passage::Pass).chain([Passage::LoseAnswer]));
        case.pc.drain(&network.address()).await;
        case.pc.clock().step(off);
        network.next([BUSY]);
        case.pc.drain(&network.address()).await;
        case.pc.clock().step(-2 * off);
        case.arrives(&network, &format!("off by {off} ms")).await;
        assert!(
            (case.pc.clock().now() - kit::clock::MONDAY_MORNING + off).abs() < 3_600_000,
            "nothing waited for years"
        );
    }
}
