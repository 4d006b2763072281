//! Signing in to the trust's server, at a server that others wrote: what is taken there and what is not, whose clock counts, and that
//! a token which is not taken any more is given up once.

use kit::sign_in::{CLIENT, CLIENT_512, READER, signed_in, trust_certificate};
use kit::{Clock, Outbox, Passage, Proxy, SignInServer};
use sync::{Credentials, Fault, Outside, PrivateKey, Server, SignInAt};

use crate::{network, server, versions};

const MINUTE: i64 = 60_000;

/// A PC whose clock says what the server's says, and its own networks to both servers.
struct Scene {
    pc: Outbox,
    trust: Proxy,
    door: Proxy,
}

impl Scene {
    fn new(seed: u64) -> Scene {
        let scene = Scene { pc: Outbox::new(seed), trust: network(), door: SignInServer::shared().network() };
        scene.clock_off(0);
        scene
    }

    /// The PC's clock is so many milliseconds ahead of the server's.
    fn clock_off(&self, ms: i64) {
        self.pc.clock().step(SignInServer::shared().now() + ms - self.pc.clock().now());
    }

    fn at(&self, client: &str) -> SignInAt {
        SignInServer::shared().at(&self.door, client)
    }

    fn server(&self, at: SignInAt) -> Server {
        signed_in(&self.trust.address(), at, self.pc.outside())
    }

    /// How often a token was asked for since the last time this was asked.
    fn asked(&self) -> usize {
        self.door.passed().requests.len()
    }

    fn trouble(&self) -> Option<Fault> {
        self.pc.told().trouble.map(|(_, fault)| fault)
    }
}

#[tokio::test]
async fn both_ways_to_sign_are_taken_and_a_token_is_asked_for_once() {
    for (number, client) in (880..).zip([CLIENT, CLIENT_512]) {
        let scene = Scene::new(u64::from(number));
        let anna = scene.pc.register(number);
        let mut push = scene.pc.push_to(scene.server(scene.at(client)));
        assert_eq!(push.drain(false).await.unwrap().until, None, "{client}");
        scene.pc.correct(anna, |patient| patient.postcode = "ZZ99 3VZ".to_owned());
        push.drain(false).await.unwrap();
        assert_eq!((scene.pc.waiting().waiting, versions("Patient", anna), scene.asked()), (0, 2, 1), "{client}");
    }
}

#[tokio::test]
async fn a_token_is_renewed_before_it_ends() {
    let scene = Scene::new(882);
    let anna = scene.pc.register(882);
    let mut push = scene.pc.push_to(scene.server(scene.at(CLIENT)));
    push.drain(false).await.unwrap();
    let ends = 60 * MINUTE;
    // The server counts in whole seconds, one or two of which pass while it is asked.
    for (at, asked) in [(ends - 40_000, 0), (ends - 29_000, 2)] {
        scene.asked();
        scene.clock_off(at);
        scene.pc.correct(anna, |patient| patient.postcode.push('1'));
        push.drain(false).await.unwrap();
        // The clock went on here alone, so the second proof is of its future, and is made out anew by the server's own clock.
        assert_eq!((scene.pc.waiting().waiting, scene.asked()), (0, asked));
    }
}

#[tokio::test]
async fn a_clock_ten_minutes_off_signs_in_by_the_servers_own() {
    for (number, off) in [(884, -10 * MINUTE), (885, 10 * MINUTE)] {
        let scene = Scene::new(u64::from(number));
        scene.clock_off(off);
        let anna = scene.pc.register(number);
        let there = std::sync::Arc::new(scene.server(scene.at(CLIENT)));
        sync::Push::new(scene.pc.books(), there.clone()).drain(false).await.unwrap();
        assert_eq!((scene.pc.waiting().waiting, versions("Patient", anna), scene.asked()), (0, 1, 2), "{off}");
        let state = there.signed_in().unwrap();
        assert!(state.has_token && state.said.is_empty());
        // The server's clock has gone on since it started: by the minutes that this run takes at most.
        assert!((state.clock_off + off).abs() < 60 * MINUTE && state.clock_off.signum() == -off.signum(), "{state:?}");
    }
}

#[tokio::test]
async fn a_small_difference_of_clocks_is_no_reason_to_sign_in_again() {
    let scene = Scene::new(886);
    let at = SignInAt { client_id: "nobody".to_owned(), ..scene.at(CLIENT) };
    let there = std::sync::Arc::new(scene.server(at));
    scene.pc.register(886);
    sync::Push::new(scene.pc.books(), there.clone()).drain(false).await.unwrap();
    let asked = scene.asked();
    assert_eq!(scene.trouble(), Some(Fault::SignIn));
    assert!(there.signed_in().unwrap().said.starts_with("invalid_client"), "{:?}", there.signed_in());
    assert!(asked <= 2 && scene.trust.passed().requests.is_empty(), "{asked}");
}

#[tokio::test]
async fn a_wrong_audience_another_key_and_no_key_are_refused_with_their_reason() {
    let server = SignInServer::shared();
    let key = |pem: &str| Some(PrivateKey::read(pem.as_bytes()).unwrap());
    let scene = Scene::new(887);
    scene.pc.register(887);
    let right = scene.at(CLIENT);
    let elsewhere = SignInAt { audience: format!("{}/", server.issuer()), ..right.clone() };
    let other_name = SignInAt { key_id: Some("another".to_owned()), ..right.clone() };
    for (at, key, reason) in [
        (elsewhere, key(server.key()), "invalid_client"),
        (other_name, key(server.key()), "invalid_client"),
        (right.clone(), key(server.strange_key()), "invalid_client"),
        (right, None, ""),
    ] {
        let there = std::sync::Arc::new(known(&scene.trust.address(), at, key, scene.pc.outside()));
        sync::Push::new(scene.pc.books(), there.clone()).drain(true).await.unwrap();
        assert_eq!((scene.trouble(), scene.pc.waiting().waiting), (Some(Fault::SignIn), 1), "{reason}");
        let state = there.signed_in().unwrap();
        assert!(!state.has_token && state.said.starts_with(reason), "{state:?}");
    }
    assert_eq!(scene.trust.passed().requests, Vec::<String>::new(), "nothing was said to the FHIR server");
    assert_eq!(scene.pc.stopped(), vec![], "it is the fault of no record");
}

fn known(address: &str, at: SignInAt, key: Option<PrivateKey>, outside: Outside) -> Server {
    let credentials = Credentials { certificate: None, sign_in: Some((at, key, outside)) };
    Server::known(address, Some(trust_certificate().ca.as_bytes()), credentials).unwrap()
}

#[tokio::test]
async fn a_proof_is_taken_once() {
    let scene = Scene::new(888);
    scene.pc.register(888);
    let clock = scene.pc.clock().clone();
    // Every proof has the same number, as a proof that somebody has copied has.
    let again = || Outside {
        now: {
            let clock: Clock = clock.clone();
            std::sync::Arc::new(move || clock.now())
        },
        chance: std::sync::Arc::new(|| Some([88; 16])),
    };
    let one = signed_in(&scene.trust.address(), scene.at(CLIENT), again());
    scene.pc.push_to(one).drain(false).await.unwrap();
    assert_eq!((scene.trouble(), scene.pc.waiting().waiting), (None, 0));
    scene.pc.register(889);
    let two = signed_in(&scene.trust.address(), scene.at(CLIENT), again());
    scene.pc.push_to(two).drain(false).await.unwrap();
    assert_eq!((scene.trouble(), scene.pc.waiting().waiting), (Some(Fault::SignIn), 1));
}

/// The FHIR server does not know a token.
const UNKNOWN: Passage = Passage::Answer(
    401,
    "WWW-Authenticate: Bearer\r\n",
    "application/fhir+json",
    r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"login"}]}"#,
);

#[tokio::test]
async fn a_token_that_is_not_taken_is_given_up_once_and_then_a_person_is_told() {
    let scene = Scene::new(890);
    let anna = scene.pc.register(890);
    let mut push = scene.pc.push_to(scene.server(scene.at(CLIENT)));
    scene.trust.next([UNKNOWN]);
    push.drain(false).await.unwrap();
    assert_eq!((scene.trouble(), scene.pc.waiting().waiting, scene.asked()), (None, 0, 2));
    scene.pc.correct(anna, |patient| patient.postcode = "ZZ99 3VZ".to_owned());
    scene.trust.passed();
    scene.trust.otherwise(Some(UNKNOWN));
    push.drain(false).await.unwrap();
    assert_eq!((scene.trouble(), scene.pc.waiting().waiting), (Some(Fault::SignIn), 1));
    assert_eq!((scene.trust.passed().requests.len(), scene.asked()), (2, 1), "once, and once more with another token");
    scene.trust.otherwise(None);
    push.drain(true).await.unwrap();
    assert_eq!((scene.trouble(), scene.pc.waiting().waiting, versions("Patient", anna)), (None, 0, 2));
}

#[tokio::test]
async fn a_transaction_in_the_middle_of_which_a_token_ends_is_done_once() {
    let scene = Scene::new(891);
    let anna = scene.pc.register(891);
    let hna = scene.pc.assess(anna);
    // The search, the look for the resources that may be there, and then the transaction.
    let mut push = scene.pc.push_to(scene.server(scene.at(CLIENT)));
    scene.trust.about("Provenance", UNKNOWN);
    push.drain(false).await.unwrap();
    assert_eq!((scene.trouble(), scene.pc.waiting().waiting), (Some(Fault::SignIn), 2));
    scene.trust.about("nothing that is ever said", UNKNOWN);
    push.drain(true).await.unwrap();
    assert_eq!((scene.pc.waiting().waiting, versions("Patient", anna)), (0, 1));
    assert!(
        server()
            .all("QuestionnaireResponse")
            .iter()
            .filter(|one| one["identifier"]["value"] == hna.to_string())
            .count()
            == 1
    );
}

#[tokio::test]
async fn who_may_only_read_is_held_back_at_the_record() {
    let scene = Scene::new(892);
    scene.pc.register(892);
    scene.pc.push_to(scene.server(scene.at(READER))).drain(false).await.unwrap();
    assert_eq!(scene.pc.reasons(), ["not_permitted"]);
    scene.pc.register(893);
    scene.pc.push_to(scene.server(scene.at(CLIENT))).drain(false).await.unwrap();
    assert_eq!((scene.pc.reasons().len(), scene.pc.waiting().waiting), (1, 0), "nothing else waits for it");
}

#[tokio::test]
async fn a_door_that_does_not_open_is_the_network() {
    let page = Passage::Answer(200, "", "text/html", "<html>Sign in to the hospital Wi-Fi</html>");
    let empty = Passage::Answer(200, "", "application/json", "{}");
    let not_found = Passage::Answer(404, "", "text/html", "<html>not here</html>");
    let elsewhere = Passage::Answer(302, "Location: http://127.0.0.1:1/\r\n", "text/html", "");
    let strange = Passage::Answer(
        200,
        "",
        "application/json",
        r#"{"access_token":"a\nb","token_type":"Bearer","expires_in":60}"#,
    );
    let other_kind =
        Passage::Answer(200, "", "application/json", r#"{"access_token":"a","token_type":"mac","expires_in":60}"#);
    let busy = Passage::Answer(503, "Retry-After: 120\r\n", "text/plain", "busy");
    let scene = Scene::new(894);
    let anna = scene.pc.register(894);
    let mut push = scene.pc.push_to(scene.server(scene.at(CLIENT)));
    for answer in [
        page,
        empty,
        not_found,
        elsewhere,
        strange,
        other_kind,
        Passage::Reset,
        Passage::LoseAnswer,
        Passage::CutAt(60),
    ] {
        scene.door.next([answer.clone()]);
        push.drain(true).await.unwrap();
        assert_eq!((scene.trouble(), scene.pc.waiting().waiting), (Some(Fault::NotReached), 1), "{answer:?}");
    }
    scene.door.next([busy]);
    let rest = push.drain(true).await.unwrap();
    assert_eq!(scene.trouble(), Some(Fault::Busy));
    assert!(rest.until.unwrap() >= scene.pc.clock().now() + 120_000, "its patience is asked for");
    assert_eq!((scene.trust.passed().requests, versions("Patient", anna)), (vec![], 0));
    push.drain(true).await.unwrap();
    assert_eq!((scene.trouble(), scene.pc.waiting().waiting), (None, 0));
}

#[tokio::test]
async fn nothing_secret_is_shown() {
    let scene = Scene::new(895);
    scene.pc.register(895);
    let (at, key) = (scene.at(CLIENT), SignInServer::shared().key());
    let there = std::sync::Arc::new(scene.server(at));
    sync::Push::new(scene.pc.books(), there.clone()).drain(false).await.unwrap();
    let shown = format!("{:?} {:?}", there.signed_in(), PrivateKey::read(key.as_bytes()));
    let body: Vec<&str> = key.lines().filter(|line| !line.starts_with('-')).collect();
    assert!(body.len() > 20 && body.iter().all(|line| !shown.contains(line)));
    assert!(!shown.contains("eyJ"), "no token: {shown}");
}
