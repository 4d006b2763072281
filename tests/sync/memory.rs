//! What the queue holds at once does not grow with what waits: a transaction is bounded, and so is everything around it.

use kit::heap::peak_of;
use kit::{DialectServer, Outbox};

/// The most bytes of the entries of one transaction.
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// A record larger than any form of ours lets in, in bytes.
const LARGE: usize = 350_000;

/// Drains so many patients and their assessments; the peak in bytes, and the sizes of what was sent.
async fn drained(patients: u32) -> (usize, Vec<usize>) {
    let (server, pc) = (DialectServer::start(), Outbox::new(u64::from(patients)));
    for number in 0..patients {
        pc.assess(pc.register(number));
    }
    let mut push = pc.push(&server.address());
    let peak = peak_of(async {
        push.drain(false).await.unwrap();
    });
    let peak = peak.await;
    assert_eq!((pc.waiting().waiting, pc.waiting().records, pc.reasons()), (0, 2 * patients, vec![]));
    assert_eq!(server.all("Provenance").len(), 2 * patients as usize);
    (peak, server.came().into_iter().map(|(_, bytes)| bytes).collect())
}

#[tokio::test]
async fn ten_times_the_backlog_takes_no_more_memory() {
    let (few, _) = drained(40).await;
    let (many, sent) = drained(400).await;
    assert!(many <= few + few / 10, "{few} bytes for 80 sendings, {many} for 800");
    assert!(many < MOST_BYTES, "{many} bytes");
    assert!(sent.iter().all(|bytes| *bytes < MOST_BYTES / 4), "sixteen ordinary sendings are small");
}

#[tokio::test]
async fn large_records_go_in_transactions_of_a_bounded_size() {
    let (server, pc) = (DialectServer::start(), Outbox::new(9));
    for number in 0..15 {
        pc.register_with(number, |patient| patient.needs.other = "x".repeat(LARGE));
    }
    pc.drain_all(&server.address(), 20).await;
    assert_eq!((pc.waiting().waiting, pc.reasons()), (0, vec![]));
    let sent: Vec<usize> = server.came().into_iter().map(|(_, bytes)| bytes).filter(|bytes| *bytes > LARGE).collect();
    assert!(sent.len() >= 2 && sent.iter().all(|bytes| *bytes <= MOST_BYTES + 1_024), "{sent:?}");
}
