//! A server that does not take back what it did of a transaction that it refuses: what is left there is known as our own.

use domain::record::RecordKind;
use kit::{Dialect, DialectServer, Gzip, Outbox, Passage, TrustModel};

fn server() -> DialectServer {
    DialectServer::serving(TrustModel::new(Dialect::second()), Gzip::Unknown)
}

#[tokio::test]
async fn what_a_refused_transaction_left_behind_is_corrected_and_no_conflict() {
    let server = server();
    let pc = Outbox::new(11);
    // Her own resource is written before the diagnosis that is refused.
    server.model().refuse("Unsendable");
    let anna = pc.register_with(1, |patient| patient.cancer.cancer_type = "Unsendable".to_owned());
    pc.drain_all(&server.address(), 20).await;
    let stopped = pc.stopped();
    assert_eq!(
        stopped.iter().map(|one| (one.kind, one.reason.as_str())).collect::<Vec<_>>(),
        [(RecordKind::Patient, "refused_content")]
    );
    assert!(server.model().head(&format!("Patient/{anna}")).is_some(), "it was left there");
    pc.correct(anna, |patient| patient.cancer.cancer_type = "Breast".to_owned());
    pc.drain_all(&server.address(), 20).await;
    assert_eq!((pc.waiting().waiting, pc.reasons()), (0, vec![]));
    assert_eq!((server.all("Provenance").len(), server.all("Condition").len()), (1, 1));
}

#[tokio::test]
async fn what_gets_there_twice_is_done_once() {
    let server = server();
    let network = server.network();
    let pc = Outbox::new(16);
    let anna = pc.register(1);
    pc.assess(anna);
    network.next([Passage::Pass, Passage::Pass, Passage::Pass, Passage::SentTwice]);
    pc.drain_all(&network.address(), 20).await;
    assert_eq!((pc.waiting().waiting, pc.reasons()), (0, vec![]));
    assert!(server.model().everything().all(|(_, versions)| versions.len() == 1));
}

#[tokio::test]
async fn nobody_elses_record_suffers_and_each_is_committed_once() {
    let server = server();
    let pc = Outbox::new(12);
    server.model().refuse("Unsendable");
    let people: Vec<_> = (0..16)
        .map(|number| {
            pc.register_with(number, |patient| {
                if number == 6 {
                    patient.cancer.cancer_type = "Unsendable".to_owned();
                }
            })
        })
        .collect();
    pc.drain_all(&server.address(), 20).await;
    assert_eq!(pc.stopped().iter().map(|one| one.patient).collect::<Vec<_>>(), [Some(people[6])]);
    assert_eq!(pc.waiting().waiting, 0);
    let model = server.model();
    assert_eq!(model.all("Provenance").len(), 15);
    let commits = model.everything().filter(|(name, _)| name.starts_with("Provenance/"));
    commits.for_each(|(name, versions)| assert_eq!(versions.len(), 1, "{name}"));
    for one in people.iter().filter(|one| **one != people[6]) {
        assert_eq!(model.history(&format!("Patient/{one}")).len(), 1);
    }
}

#[tokio::test]
async fn what_broke_off_unheard_is_finished_and_not_taken_for_somebody_elses() {
    let server = server();
    let network = server.network();
    let pc = Outbox::new(13);
    server.model().refuse("Unsendable");
    let anna = pc.register_with(1, |patient| patient.cancer.cancer_type = "Unsendable".to_owned());
    pc.assess(anna);
    let ways = [vec![Passage::Pass, Passage::Pass, Passage::Pass, Passage::LoseAnswer], vec![]];
    for passages in ways {
        network.next(passages);
        pc.drain(&network.address()).await;
        pc.crash();
        // By the time it goes again the server takes it.
        server.model().refuse_nothing();
    }
    pc.drain_all(&network.address(), 20).await;
    assert_eq!((pc.waiting().waiting, pc.reasons()), (0, vec![]));
    assert_eq!((server.all("Provenance").len(), server.all("Condition").len()), (2, 1));
}

#[tokio::test]
async fn a_correction_that_broke_off_is_finished_too() {
    let server = server();
    let network = server.network();
    let pc = Outbox::new(14);
    let anna = pc.register(1);
    pc.drain_all(&network.address(), 9).await;
    server.model().refuse("Unsendable");
    pc.correct(anna, |patient| {
        patient.postcode = "ZZ99 3VZ".to_owned();
        patient.cancer.cancer_type = "Unsendable".to_owned();
    });
    pc.drain_all(&network.address(), 20).await;
    assert_eq!(pc.reasons(), ["refused_content"], "and no conflict with ourselves");
    pc.correct(anna, |patient| patient.cancer.cancer_type = "Lung".to_owned());
    pc.drain_all(&network.address(), 20).await;
    assert_eq!((pc.waiting().waiting, pc.reasons()), (0, vec![]));
    let model = server.model();
    let head = model.head(&format!("Patient/{anna}")).unwrap();
    assert_eq!(head.body.as_ref().unwrap()["address"][0]["postalCode"], "ZZ99 3VZ");
}

#[tokio::test]
async fn what_somebody_else_wrote_over_what_was_left_is_a_conflict() {
    let server = server();
    let network = server.network();
    let pc = Outbox::new(15);
    server.model().refuse("Unsendable");
    let anna = pc.register_with(1, |patient| patient.cancer.cancer_type = "Unsendable".to_owned());
    network.next([Passage::Pass, Passage::Pass, Passage::LoseAnswer]);
    pc.drain(&network.address()).await;
    {
        let mut model = server.model();
        model.refuse_nothing();
        let mut theirs = model.head(&format!("Patient/{anna}")).unwrap().body.as_deref().unwrap().clone();
        theirs["name"][0]["family"] = "Imagined".into();
        model.put(&theirs);
    }
    pc.drain_all(&network.address(), 20).await;
    assert_eq!(pc.reasons(), ["changed_there"]);
    assert_eq!(
        server.model().head(&format!("Patient/{anna}")).unwrap().body.as_ref().unwrap()["name"][0]["family"],
        "Imagined"
    );
}
