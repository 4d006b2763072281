//! The model of the trust's server is held to what a server does, before anything is judged by it.

use kit::trust_model::{Deleted, Etags};
use kit::{Dialect, TrustModel};
use serde_json::{Value, json};

fn put(name: &str, condition: Value) -> Value {
    let (kind, id) = name.split_once('/').unwrap();
    let mut request = condition;
    request["method"] = json!("PUT");
    request["url"] = json!(name);
    json!({ "resource": { "resourceType": kind, "id": id }, "request": request })
}

fn send(server: &mut TrustModel, entries: &[Value]) -> (u16, Value) {
    let bundle = json!({ "resourceType": "Bundle", "type": "transaction", "entry": entries });
    let answer = server.handle("POST", "", &[], bundle.to_string().as_bytes());
    (answer.status, answer.body.unwrap())
}

fn numbers(server: &TrustModel, name: &str) -> Vec<u64> {
    server.history(name).iter().map(|version| version.number).collect()
}

#[test]
fn a_transaction_is_whole_or_nothing_and_versions_are_counted() {
    let mut server = TrustModel::default();
    let new = json!({ "ifNoneMatch": "*" });
    let (status, answer) = send(&mut server, &[put("Patient/a", new.clone()), put("Provenance/s", new.clone())]);
    assert_eq!((status, answer["entry"][0]["response"]["etag"].as_str()), (200, Some("W/\"1\"")));
    assert_eq!(answer["entry"][1]["response"]["status"], "201 Created");
    let both = [put("Patient/a", json!({ "ifMatch": "W/\"1\"" })), put("Provenance/s", new)];
    assert_eq!(send(&mut server, &both).0, 412, "its commit record is there");
    assert_eq!(numbers(&server, "Patient/a"), [1], "nothing of it was done");
    assert_eq!(send(&mut server, &both[..1]).0, 200);
    assert_eq!(send(&mut server, &both[..1]).0, 412, "stale now");
    assert_eq!(numbers(&server, "Patient/a"), [1, 2]);
    let commits: Vec<u64> = server.history("Patient/a").iter().map(|version| version.commit).collect();
    assert_eq!((commits, server.history("Provenance/s")[0].commit), (vec![1, 2], 1));
}

#[test]
fn without_rollback_what_stood_before_the_refused_entry_stays() {
    let mut server = TrustModel::new(Dialect::second());
    let stale = json!({ "ifMatch": "\"nothing\"" });
    let (status, _) =
        send(&mut server, &[put("Patient/a", json!({})), put("Patient/b", stale), put("Patient/c", json!({}))]);
    assert_eq!(status, 412);
    assert_eq!((numbers(&server, "Patient/a"), numbers(&server, "Patient/c")), (vec![1], vec![]));
}

#[test]
fn every_switch_of_a_dialect_is_heard() {
    let mut server =
        TrustModel::new(Dialect { stale_in_transaction: 400, references_checked: true, ..Dialect::second() });
    assert_eq!((server.dialect.etags, server.dialect.deleted), (Etags::Opaque, Deleted::NotFound404));
    let (_, answer) = send(&mut server, &[put("Patient/a", json!({}))]);
    let etag = answer["entry"][0]["response"]["etag"].as_str().unwrap().to_owned();
    assert!(etag.starts_with('"') && etag.len() == 18, "{etag}");
    assert_eq!(answer["entry"][0]["response"]["status"], "200 OK");
    assert_eq!(send(&mut server, &[put("Patient/a", json!({ "ifMatch": "\"x\"" }))]).0, 400);
    assert_eq!(send(&mut server, &[put("Patient/a", json!({ "ifMatch": format!("W/{etag}") }))]).0, 200);
    let mut dangling = put("Observation/o", json!({}));
    dangling["resource"]["subject"] = json!({ "reference": "Patient/nobody" });
    assert_eq!(send(&mut server, &[dangling.clone()]).0, 400);
    dangling["resource"]["subject"] = json!({ "reference": "Patient/a" });
    assert_eq!(send(&mut server, &[dangling]).0, 200);
    server.remove("Patient/a");
    assert_eq!(server.handle("GET", "/Patient/a", &[], b"").status, 404);
    server.dialect.deleted = Deleted::Gone410;
    assert_eq!(server.handle("GET", "/Patient/a", &[], b"").status, 410);
    server.dialect.most_bytes = Some(10);
    assert_eq!(send(&mut server, &[]).0, 413);
}

#[test]
fn a_search_finds_by_number_and_id_and_tells_of_more_pages() {
    let mut server = TrustModel::default();
    for (id, number) in [("a", "9990000018"), ("b", "9990000018"), ("c", "9990000026")] {
        let identifier = json!([{ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": number }]);
        server.put(&json!({ "resourceType": "Patient", "id": id, "identifier": identifier }));
    }
    let ids = |answer: Value| -> Vec<Value> {
        answer["entry"].as_array().unwrap().iter().map(|entry| entry["resource"]["id"].clone()).collect()
    };
    let mut form = |query: &str| server.handle("POST", "/Patient/_search", &[], query.as_bytes()).body.unwrap();
    let asked = "identifier=https%3A%2F%2Ffhir.nhs.uk%2FId%2Fnhs-number%7C9990000018&_count=50";
    assert_eq!(ids(form(asked)), ["a", "b"]);
    let page = form("identifier=9990000018&_count=1");
    assert_eq!((page["link"][0]["relation"].as_str(), page["total"].as_u64()), (Some("next"), Some(2)));
    assert_eq!(ids(server.handle("GET", "/Patient?_id=b,c,d&_count=3", &[], b"").body.unwrap()), ["b", "c"]);
}

#[test]
fn a_restored_server_gives_its_numbers_again_and_an_opaque_one_never() {
    for dialect in [Dialect::default(), Dialect { etags: Etags::Opaque, ..Dialect::default() }] {
        let mut server = TrustModel::new(dialect.clone());
        let resource = json!({ "resourceType": "Patient", "id": "a" });
        server.put(&resource);
        let backup = server.backup();
        let lost = server.put(&resource);
        server.restore(&backup);
        assert_eq!(numbers(&server, "Patient/a"), [1]);
        let again = server.put(&resource);
        assert_eq!(lost == again, dialect.etags == Etags::Weak);
        assert_eq!(server.history("Patient/a")[1].commit, 3);
    }
}

#[test]
fn a_removal_stays_in_the_history_and_poison_is_refused_until_it_is_not() {
    let mut server = TrustModel::default();
    server.put(&json!({ "resourceType": "Patient", "id": "a" }));
    server.remove("Patient/a");
    let history = server.handle("GET", "/Patient/a/_history?_count=100", &[], b"").body.unwrap();
    assert_eq!((history["total"].as_u64(), &history["entry"][0]["request"]["method"]), (Some(2), &json!("DELETE")));
    assert_eq!(history["entry"][1]["resource"]["meta"]["versionId"], "1");
    server.refuse("Patient");
    assert_eq!(send(&mut server, &[put("Patient/b", json!({}))]).0, 422);
    server.refuse_nothing();
    assert_eq!(send(&mut server, &[put("Patient/b", json!({}))]).0, 200);
}
