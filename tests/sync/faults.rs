//! Faults of the network and of the server as a whole: never the fault of a record, and nothing is lost or done twice.

use kit::proxy::{BUSY, PORTAL};
use kit::{Outbox, Passage};
use sync::{Fault, Server, ServerFault, Stopped};

use super::{network, versions};

#[tokio::test]
pub(super) async fn without_a_network_everything_waits_and_then_goes() {
    let mut network = network();
    network.down();
    let pc = Outbox::new(220);
    let anna = pc.register(601);
    let rest = pc.drain(&network.address()).await;
    let pause = rest.until.unwrap() - pc.clock().now();
    assert!((1_000..=30_000).contains(&pause), "{pause} ms");
    assert_eq!((pc.waiting().waiting, pc.stopped()), (1, vec![]));
    network.up();
    let mut push = pc.push(&network.address());
    push.drain(true).await.unwrap();
    assert_eq!((pc.waiting().waiting, versions("Patient", anna)), (0, 1));
}

#[tokio::test]
async fn the_server_is_left_alone_for_as_long_as_it_asks() {
    let network = network();
    network.otherwise(Some(BUSY));
    let pc = Outbox::new(230);
    let (anna, _) = (pc.register(602), pc.register(603));
    let mut push = pc.push(&network.address());
    let rest = push.drain(false).await.unwrap();
    assert_eq!(rest.until, Some(pc.clock().now() + 120_000));
    assert_eq!(network.passed().requests.len(), 1, "one breaker for the server, not one for each patient");
    pc.clock().step(119_999);
    push.drain(false).await.unwrap();
    assert_eq!(network.passed().requests.len(), 0);
    network.otherwise(None);
    pc.clock().step(1);
    push.drain(false).await.unwrap();
    assert_eq!((pc.waiting().waiting, versions("Patient", anna)), (0, 1));
}

#[tokio::test]
async fn nothing_that_is_not_fhir_is_believed() {
    let outcome = "<html>not found</html>";
    let lies = [
        PORTAL,
        Passage::Answer(200, "", "application/fhir+json", "{}"),
        Passage::Answer(200, "", "application/fhir+json", r#"{"resourceType":"Bundle","type":"searchset","entry":"#),
        Passage::Answer(302, "Location: http://127.0.0.1:9/\r\n", "text/html", ""),
        Passage::Answer(511, "", "text/html", ""),
        Passage::Answer(404, "", "text/html", outcome),
        Passage::Answer(400, "", "text/html", outcome),
        Passage::Answer(422, "", "text/plain", outcome),
    ];
    let network = network();
    let pc = Outbox::new(240);
    let anna = pc.register(604);
    let mut push = pc.push(&network.address());
    for lie in &lies {
        // Once instead of the search by number, once instead of that by id, once instead of the transaction.
        for before in 0..3 {
            network.next((0..before).map(|_| Passage::Pass).chain([lie.clone()]));
            let rest = push.drain(true).await.unwrap();
            assert_eq!(pc.stopped(), vec![], "{lie:?}");
            pc.clock().step(rest.until.unwrap_or(pc.clock().now()) - pc.clock().now());
            pc.forget_doubt();
        }
        assert_eq!(versions("Patient", anna), 0, "{lie:?}");
    }
    push.drain(true).await.unwrap();
    assert_eq!((pc.waiting().waiting, versions("Patient", anna)), (0, 1));
}

#[test]
fn plain_http_is_refused_off_this_pc() {
    assert_eq!(Server::new("http://fhir.example.org/r4", None).err(), Some(ServerFault::NotEncrypted));
    assert_eq!(Server::new("http://192.0.2.1", None).err(), Some(ServerFault::NotEncrypted));
    assert!(Server::new("http://127.0.0.1:8080", None).is_ok());
}

#[tokio::test]
async fn an_answer_of_more_than_a_megabyte_is_not_read() {
    let network = network();
    let pc = Outbox::new(390);
    let anna = pc.register(605);
    let filler = "x".repeat(1_100_000);
    let large = format!(r#"{{"resourceType":"Bundle","type":"searchset","entry":[],"id":"{filler}"}}"#);
    network.next([Passage::Answer(200, "", "application/fhir+json", large.leak())]);
    let rest = pc.drain(&network.address()).await;
    assert!(rest.until.is_some_and(|until| until > pc.clock().now()));
    assert_eq!((pc.waiting().waiting, network.passed().writes(), versions("Patient", anna)), (1, 0, 0));
}

#[tokio::test]
async fn a_database_that_refuses_a_step_is_said_and_forgotten_when_it_goes_on() {
    let network = network();
    let pc = Outbox::new(395);
    let anna = pc.register(606);
    pc.refuse(true);
    let mut push = pc.push(&network.address());
    assert_eq!(push.drain(false).await, Err(Stopped::Refused));
    let since = pc.clock().now();
    pc.clock().step(30_000);
    assert_eq!(push.drain(false).await, Err(Stopped::Refused));
    assert_eq!(pc.told().trouble, Some((since, Fault::RefusedHere)));
    pc.refuse(false);
    push.drain(false).await.unwrap();
    assert_eq!((pc.told().trouble, pc.waiting().waiting, versions("Patient", anna)), (None, 0, 1));
}
