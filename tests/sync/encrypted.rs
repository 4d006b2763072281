//! TLS: the trust's own CA and nobody else's, for this server and this year; anything else is a network that does not reach it.

use kit::{Certificate, Outbox, Proxy};
use sync::Server;

use crate::{server, versions};

#[tokio::test]
async fn the_ca_of_the_configuration_is_trusted() {
    let certificate = Certificate::of("127.0.0.1", 2090);
    let network = Proxy::with_tls(server().port(), &certificate);
    let pc = Outbox::new(250);
    let anna = pc.register(611);
    let there = Server::new(&network.address(), Some(certificate.ca.as_bytes())).unwrap();
    assert_eq!(pc.push_to(there).drain(false).await.unwrap().until, None);
    assert_eq!((pc.waiting().waiting, versions("Patient", anna)), (0, 1));
}

#[tokio::test]
async fn another_ca_another_name_and_a_date_that_has_passed_are_not() {
    let right = Certificate::of("127.0.0.1", 2090);
    let pc = Outbox::new(260);
    let anna = pc.register(612);
    for (shown, trusted) in [
        (Certificate::of("127.0.0.1", 2090), Some(&right)),
        (Certificate::of("fhir.example.org", 2090), None),
        (Certificate::of("127.0.0.1", 2021), None),
    ] {
        let network = Proxy::with_tls(server().port(), &shown);
        let ca = trusted.unwrap_or(&shown).ca.clone();
        let there = Server::new(&network.address(), Some(ca.as_bytes())).unwrap();
        let rest = pc.push_to(there).drain(false).await.unwrap();
        assert!(rest.until.is_some_and(|until| until > pc.clock().now()));
        assert_eq!(network.passed().requests, Vec::<String>::new(), "nothing was said to it");
        assert_eq!((pc.waiting().waiting, pc.stopped()), (1, vec![]));
    }
    assert_eq!(versions("Patient", anna), 0);
}
