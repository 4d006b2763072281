//! What is sent goes packed to a server that says that it takes that, as it is to any other, and nothing is lost when it is refused.

use kit::{Dialect, DialectServer, Gzip, Outbox, TrustModel};

/// A PC with two patients, and one after the other sent to this server; what came with a body after the first answer.
async fn sent_to(server: &DialectServer) -> Vec<(String, usize)> {
    let pc = Outbox::new(7);
    let (anna, bert) = (pc.register(1), pc.register(2));
    let mut push = pc.push(&server.address());
    push.drain(false).await.unwrap();
    for one in [anna, bert] {
        pc.correct(one, |patient| patient.postcode = "ZZ99 3VZ".to_owned());
        push.drain(false).await.unwrap();
    }
    assert_eq!((pc.waiting().waiting, pc.reasons()), (0, vec![]));
    for one in [anna, bert] {
        assert_eq!(server.model().history(&format!("Patient/{one}")).len(), 2);
    }
    // The searches are forms, which are small and go as they are.
    server.came().into_iter().filter(|(_, bytes)| *bytes > 300).collect()
}

fn codings(came: &[(String, usize)]) -> Vec<&str> {
    came.iter().map(|(coding, _)| coding.as_str()).collect()
}

fn serving(gzip: Gzip) -> DialectServer {
    DialectServer::serving(TrustModel::new(Dialect::default()), gzip)
}

#[tokio::test]
async fn a_server_that_offers_it_is_sent_packed_transactions() {
    let (offers, silent) = (sent_to(&serving(Gzip::Offered)).await, sent_to(&serving(Gzip::Unknown)).await);
    assert_eq!(codings(&offers), ["gzip"; 3]);
    assert_eq!(codings(&silent), [""; 3], "one that does not say so is not tried");
    for (packed, plain) in offers.iter().zip(&silent) {
        assert!(packed.1 * 2 < plain.1, "{} of {} bytes", packed.1, plain.1);
    }
}

#[tokio::test]
async fn a_server_that_refuses_what_it_offered_is_sent_the_same_as_it_is_and_no_more_packed() {
    let came = sent_to(&serving(Gzip::OfferedAndRefused)).await;
    assert_eq!(codings(&came), ["gzip", "", "", ""]);
}
