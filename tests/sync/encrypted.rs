//! TLS: the trust's own CA and nobody else's, for this server and this year; anything else is a network that does not reach it.

use std::io::{Read, Write};
use std::net::TcpListener;

use kit::sign_in::trust_certificate;
use kit::{Certificate, Outbox, Proxy};
use sync::{Fault, Server};

use super::{server, versions};

#[tokio::test]
async fn the_ca_of_the_configuration_is_trusted() {
    let network = Proxy::with_tls(server().port(), trust_certificate());
    let pc = Outbox::new(250);
    let anna = pc.register(611);
    assert_eq!(pc.push(&network.address()).drain(false).await.unwrap().until, None);
    assert_eq!((pc.waiting().waiting, versions("Patient", anna)), (0, 1));
}

/// Nothing is said to a server that shows this, if these CAs are trusted, and nothing is called poison.
async fn is_not_trusted(number: u32, shown: &Certificate, trusted: &Certificate) {
    let network = Proxy::with_tls(server().port(), shown);
    let pc = Outbox::new(u64::from(number));
    let anna = pc.register(number);
    let there = Server::new(&network.address(), Some(trusted.ca.as_bytes())).unwrap();
    let rest = pc.push_to(there).drain(false).await.unwrap();
    assert!(rest.until.is_some_and(|until| until > pc.clock().now()));
    assert_eq!(pc.told().trouble.map(|(_, fault)| fault), Some(Fault::NotReached));
    assert_eq!(network.passed().requests, Vec::<String>::new(), "nothing was said to it");
    assert_eq!((pc.waiting().waiting, pc.stopped(), versions("Patient", anna)), (1, vec![], 0));
}

#[tokio::test]
pub(super) async fn a_certificate_of_another_ca_is_not_trusted() {
    is_not_trusted(85_000, &Certificate::of("127.0.0.1", 2090), &Certificate::of("127.0.0.1", 2090)).await;
}

#[tokio::test]
pub(super) async fn a_certificate_for_another_name_is_not_trusted() {
    let shown = Certificate::of("fhir.example.org", 2090);
    is_not_trusted(85_001, &shown, &shown).await;
}

#[tokio::test]
pub(super) async fn a_certificate_whose_date_has_passed_is_not_trusted() {
    let shown = Certificate::of("127.0.0.1", 2021);
    is_not_trusted(85_002, &shown, &shown).await;
}

/// An alert of a server that knows no TLS as new as ours (70: protocol version).
const TOO_NEW: &[u8] = &[21, 3, 1, 0, 2, 2, 70];

/// The greeting of a server that goes on with TLS 1.0: its random number, no session, and a cipher of that time.
fn greeting() -> Vec<u8> {
    let hello = [&[3, 1][..], &[0x5a; 32], &[0, 0, 0x2f, 0]].concat();
    let handshake = [&[2, 0, 0, hello.len() as u8][..], &hello].concat();
    [&[22, 3, 1, 0, handshake.len() as u8][..], &handshake].concat()
}

#[tokio::test]
pub(super) async fn a_server_that_speaks_tls_of_long_ago_only_is_not_reached() {
    let ca = Certificate::of("127.0.0.1", 2090).ca;
    for (number, said) in (85_003..).zip([TOO_NEW.to_vec(), greeting()]) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = format!("https://{}", listener.local_addr().unwrap());
        let old = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let read = stream.read(&mut [0; 16 * 1024]).unwrap();
            stream.write_all(&said).unwrap();
            // What follows is an alert, or the end; a request would be longer.
            let mut after = Vec::new();
            let _broken = stream.read_to_end(&mut after);
            (read, after.len())
        });
        let pc = Outbox::new(number);
        pc.register(number as u32);
        pc.push_to(Server::new(&address, Some(ca.as_bytes())).unwrap()).drain(false).await.unwrap();
        assert_eq!(pc.told().trouble.map(|(_, fault)| fault), Some(Fault::NotReached));
        assert_eq!((pc.waiting().waiting, pc.stopped()), (1, vec![]));
        let (hello, after) = old.join().unwrap();
        assert!(hello > 100 && after < 16, "{hello} bytes of greeting, {after} after it");
    }
}
