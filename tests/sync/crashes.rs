//! The answer is lost, or the program ends: what was committed is acknowledged and not sent again, what was not is sent.

use kit::{Outbox, Passage};

use super::{network, of_patient, versions};

#[tokio::test]
pub(super) async fn committed_with_the_answer_lost_is_acknowledged_by_its_commit_record() {
    let network = network();
    let pc = Outbox::new(60);
    let anna = pc.register(201);
    pc.assess(anna);
    // The search for her and the question for both records pass, the transaction's answer does not.
    network.next([Passage::Pass, Passage::Pass, Passage::LoseAnswer]);
    let rest = pc.drain(&network.address()).await;
    assert_eq!(pc.waiting().waiting, 2, "nobody knows yet");
    pc.clock().step(rest.until.unwrap() - pc.clock().now());
    network.passed();
    pc.drain(&network.address()).await;
    assert_eq!((pc.waiting().waiting, pc.stopped()), (0, vec![]));
    assert_eq!(network.passed().writes(), 0, "it was asked about, not sent again");
    assert_eq!((versions("Patient", anna), of_patient("QuestionnaireResponse", anna).len()), (1, 1));
    // The versions were learnt, too: a correction is no conflict.
    pc.correct(anna, |patient| patient.postcode = "ZZ99 3VZ".to_owned());
    pc.drain(&network.address()).await;
    assert_eq!((pc.waiting().waiting, pc.stopped(), versions("Patient", anna)), (0, vec![], 2));
}

#[tokio::test]
async fn lost_on_the_way_there_is_sent_again_once_it_cannot_arrive_any_more() {
    let network = network();
    let pc = Outbox::new(70);
    let anna = pc.register(202);
    network.next([Passage::Pass, Passage::Pass, kit::proxy::PORTAL]);
    pc.drain(&network.address()).await;
    let mut asked = 0;
    while pc.waiting().waiting > 0 {
        let rest = pc.drain(&network.address()).await;
        asked += 1;
        assert!(asked < 10, "it does not arrive");
        if let Some(until) = rest.until {
            assert!(versions("Patient", anna) == 0);
            pc.clock().step(until - pc.clock().now());
        }
    }
    assert_eq!(versions("Patient", anna), 1);
}

#[tokio::test]
async fn killed_between_sending_and_acknowledging_it_asks_at_the_next_start() {
    let network = network();
    let pc = Outbox::new(80);
    let anna = pc.register(203);
    // The server commits; the program ends before it hears of it.
    network.next([Passage::Pass, Passage::Pass, Passage::LoseAnswer]);
    {
        let mut push = pc.push(&network.address());
        let mut drain = std::pin::pin!(push.drain(false));
        let sent = async {
            while network.peek().writes() == 0 || versions("Patient", anna) == 0 {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            biased;
            () = sent => {}
            _ = &mut drain => {}
        }
    }
    pc.crash();
    network.passed();
    pc.drain(&network.address()).await;
    assert_eq!((pc.waiting().waiting, network.passed().writes(), versions("Patient", anna)), (0, 0, 1));
}

#[tokio::test]
async fn killed_before_the_request_left_it_is_sent_after_the_horizon() {
    let network = network();
    let pc = Outbox::new(90);
    let anna = pc.register(204);
    pc.mark_sending();
    pc.crash();
    let rest = pc.drain(&network.address()).await;
    assert_eq!(network.passed().writes(), 0, "it may still be committed");
    pc.clock().step(rest.until.unwrap() - pc.clock().now());
    pc.drain(&network.address()).await;
    assert_eq!((pc.waiting().waiting, versions("Patient", anna)), (0, 1));
}
