//! Servers that take their time, on a clock that stands still but for the steps of the test.

use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use kit::{Outbox, Passage, Proxy};
use sync::{Fault, Rest};
use tokio::task::{JoinHandle, spawn_blocking, yield_now};
use tokio::time::advance;

use super::{network, versions};

/// Longer than any request is waited for.
const TOO_LONG: u64 = 31;

/// How long an answer is on its way that is waited for: less than a connection may take, since the next one may be made meanwhile.
const SECONDS: u64 = 4;

/// Keeps the clock from going on by itself while it is held.
fn hold() -> Sender<()> {
    let (held, released) = channel::<()>();
    spawn_blocking(move || released.recv());
    held
}

/// Begins to send, and waits until the last of so many requests is there.
async fn begun(pc: &Outbox, network: &Proxy, requests: usize) -> JoinHandle<Rest> {
    let mut push = pc.push(&network.address());
    let drain = tokio::spawn(async move { push.drain(true).await.unwrap() });
    asked(pc, network, &drain, requests).await;
    drain
}

/// Waits until the last of so many requests is there; fails when no more of them come.
async fn asked(pc: &Outbox, network: &Proxy, drain: &JoinHandle<Rest>, requests: usize) {
    while network.peek().requests.len() < requests {
        assert!(!drain.is_finished(), "{:?} after {:?}", pc.told(), network.peek().requests);
        yield_now().await;
    }
}

#[tokio::test(start_paused = true)]
pub(super) async fn an_answer_that_comes_byte_by_byte_is_not_waited_for_for_ever() {
    for (number, before) in (85_100..).zip(0..3) {
        let held = hold();
        let (network, pc) = (network(), Outbox::new(u64::from(number)));
        let anna = pc.register(number);
        network.next((0..before).map(|_| Passage::Pass).chain([Passage::Metered(1)]));
        let drain = begun(&pc, &network, before + 1).await;
        // A byte each second keeps the connection alive, and the request is at its end all the same.
        for _ in 0..TOO_LONG {
            network.let_on(1);
            advance(Duration::from_secs(1)).await;
        }
        let rest = drain.await.unwrap();
        assert!(rest.until.is_some_and(|until| until > pc.clock().now()));
        assert_eq!(pc.told().trouble.map(|(_, fault)| fault), Some(Fault::CutOff), "after {before}");
        network.let_on(1_000_000);
        pc.drain_all(&network.address(), 20).await;
        assert_eq!((pc.waiting().waiting, pc.reasons(), versions("Patient", anna)), (0, vec![], 1), "after {before}");
        drop(held);
    }
}

#[tokio::test(start_paused = true)]
pub(super) async fn an_answer_over_a_slow_line_is_waited_for() {
    let held = hold();
    let (network, pc) = (network(), Outbox::new(85_110));
    let anna = pc.register(85_110);
    network.otherwise(Some(Passage::Metered(64)));
    let drain = begun(&pc, &network, 1).await;
    // Three requests; whichever is open meanwhile, all of it is within the time of one.
    for request in 1..=3 {
        asked(&pc, &network, &drain, request).await;
        for _ in 0..SECONDS {
            network.let_on(1);
            advance(Duration::from_secs(1)).await;
        }
        network.let_on(100);
    }
    assert_eq!(drain.await.unwrap().until, None);
    assert_eq!((pc.waiting().waiting, pc.reasons(), versions("Patient", anna)), (0, vec![], 1));
    drop(held);
}
