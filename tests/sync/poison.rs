//! One record in a hundred among ten thousand that the server refuses: everything else arrives, and finding each takes few requests.

use std::collections::BTreeSet;

use domain::id::PatientId;
use kit::proxy::Passed;
use kit::{Chance, Dialect, DialectServer, Gzip, Outbox, Proxy, TrustModel};

/// How many patients there are, and how many acts each has.
const PATIENTS: u32 = 1_000;
const ACTS: u32 = 10;

/// The last act of one patient in so many is refused: one sending in a hundred.
const ONE_IN: u32 = 10;

/// How many patients are cared for at a time.
const A_WEEK: u32 = 100;

/// The base-two logarithm of the most sendings in one transaction.
const HALVINGS: usize = 4;

/// The name that the server refuses.
const REFUSED: &str = "Unsendable";

/// Saves ten thousand changes, of patients in turn by chance; the last of every tenth patient is one that will be refused.
fn saved(pc: &Outbox) -> Vec<(PatientId, bool)> {
    let (mut chance, mut people) = (Chance::new(1_020), Vec::new());
    for week in 0..PATIENTS / A_WEEK {
        let numbers = week * A_WEEK..(week + 1) * A_WEEK;
        let mut open: Vec<(PatientId, bool, u32)> =
            numbers.map(|number| (pc.register(number), number % ONE_IN == 0, ACTS - 1)).collect();
        people.extend(open.iter().map(|(patient, poisoned, _)| (*patient, *poisoned)));
        while !open.is_empty() {
            let one = chance.below(open.len());
            let (patient, poisoned, left) = &mut open[one];
            *left -= 1;
            match (*left, *poisoned) {
                (0, true) => pc.correct(*patient, |record| record.name.family = REFUSED.to_owned()),
                (left, _) if left % 3 == 0 => {
                    pc.correct(*patient, |record| record.address = format!("{left} Invented Street"));
                }
                _ => drop(pc.assess(*patient)),
            }
            if *left == 0 {
                open.swap_remove(one);
            }
        }
    }
    people
}

/// Sends everything to a new server; what passed, with the server as it stood then.
async fn drained(pc: &Outbox, refused: Option<&str>) -> (Passed, DialectServer) {
    let mut model = TrustModel::new(Dialect::default());
    refused.into_iter().for_each(|text| model.refuse(text));
    let server = DialectServer::serving(model, Gzip::Unknown);
    let network = Proxy::to(server.port());
    pc.drain_all(&network.address(), 9).await;
    (network.passed(), server)
}

#[tokio::test]
async fn one_record_in_a_hundred_is_refused_and_everything_else_arrives() {
    let pc = Outbox::new(1_020);
    let people = saved(&pc);
    pc.keep_copy();
    let (clean, _) = drained(&pc, None).await;
    assert_eq!((pc.waiting().waiting, pc.waiting().needs_you), (0, 0));
    pc.put_copy_back();
    let (passed, server) = drained(&pc, Some(REFUSED)).await;

    let (stopped, all) = (pc.stopped(), pc.on(|store| store.outbox().unwrap()));
    let poisons = (PATIENTS / ONE_IN) as usize;
    assert_eq!((all.len(), stopped.len()), ((PATIENTS * ACTS) as usize, poisons));
    assert_eq!((pc.waiting().waiting, pc.waiting().needs_you as usize), (0, poisons));
    let refused: BTreeSet<String> = stopped.iter().filter_map(|one| Some(one.patient?.to_string())).collect();
    let poisoned = people.iter().filter(|(_, poisoned)| *poisoned);
    assert_eq!(refused, poisoned.map(|(one, _)| one.to_string()).collect());
    assert!(stopped.iter().all(|one| one.reason == "refused_content"));
    // The server's own history: each that was not refused, once.
    let model = server.model();
    for one in &all {
        let times = model.history(&format!("Provenance/{}", one.sending)).len();
        assert_eq!(times, usize::from(one.state == "acked"), "{one:?}");
    }
    drop(model);

    // Questions count like transactions.
    let (least, most) = (clean.requests.len(), passed.requests.len());
    let (extra, transactions) = (most - least, passed.writes() - clean.writes());
    println!(
        "{poisons} refused among {} cost {extra} requests beside {least}, {transactions} of them transactions",
        all.len()
    );
    assert!(extra <= poisons * (2 * HALVINGS + 1), "{extra} requests for {poisons} refused, beside {least}");
}
