//! The table of answers, row by row; what is no row of it is the network.

use serde_json::json;

use super::*;

const ENTRIES: [&str; 2] = ["Patient/a", "Provenance/s"];

fn entries() -> Vec<String> {
    ENTRIES.iter().map(|entry| (*entry).to_owned()).collect()
}

fn outcome() -> Value {
    json!({ "resourceType": "OperationOutcome", "issue": [
        { "severity": "error", "code": "value", "details": { "text": "not a valid date" }, "expression": ["Patient.birthDate"] },
        { "severity": "warning", "code": "invariant", "diagnostics": "dom-6" },
    ]})
}

fn answered(status: u16, media: &str, body: Option<Value>) -> Reply {
    Reply::Answered(Answered { status, media: media.to_owned(), body, ..Answered::default() })
}

fn fhir(status: u16, body: Value) -> Reply {
    answered(status, "application/fhir+json", Some(body))
}

fn page(status: u16) -> Reply {
    answered(status, "text/html", None)
}

fn committed(answers: Value) -> Value {
    json!({ "resourceType": "Bundle", "type": "transaction-response", "entry": answers })
}

fn meaning(reply: &Reply) -> Meaning {
    of_transaction(reply, &entries())
}

fn said() -> String {
    "not a valid date (Patient.birthDate)".to_owned()
}

#[test]
fn each_row_of_the_table() {
    let busy = Trouble { fault: Fault::Busy, after: None };
    let not_fhir = Meaning::Unclear(Trouble::of(Fault::NotFhir));
    let rows = [
        (Reply::NotReached, Meaning::Later(Trouble::of(Fault::NotReached))),
        (Reply::CutOff, Meaning::Unclear(Trouble::of(Fault::CutOff))),
        (page(200), not_fhir.clone()),
        (page(204), not_fhir.clone()),
        (page(302), not_fhir.clone()),
        (page(511), Meaning::Unclear(busy)),
        (page(400), not_fhir.clone()),
        (page(403), not_fhir.clone()),
        (page(404), not_fhir.clone()),
        (page(409), not_fhir.clone()),
        (page(412), not_fhir.clone()),
        (page(422), not_fhir.clone()),
        (answered(422, "application/fhir+json", None), not_fhir.clone()),
        (fhir(422, json!({})), not_fhir.clone()),
        (fhir(422, json!({ "resourceType": "Patient" })), not_fhir.clone()),
        (answered(422, "text/plain", Some(outcome())), not_fhir.clone()),
        (fhir(408, outcome()), Meaning::Later(busy)),
        (fhir(425, outcome()), Meaning::Later(busy)),
        (page(429), Meaning::Later(busy)),
        (page(500), Meaning::Unclear(busy)),
        (page(502), Meaning::Unclear(busy)),
        (fhir(503, outcome()), Meaning::Unclear(busy)),
        (fhir(401, outcome()), Meaning::SignIn),
        (page(401), not_fhir.clone()),
        (fhir(403, outcome()), Meaning::NotPermitted { said: said() }),
        (fhir(404, outcome()), Meaning::Gone),
        (fhir(410, outcome()), Meaning::Gone),
        (fhir(409, outcome()), Meaning::Clash),
        (fhir(412, outcome()), Meaning::Clash),
        (page(413), Meaning::TooLarge),
        (fhir(400, outcome()), Meaning::Refused { said: said() }),
        (fhir(422, outcome()), Meaning::Refused { said: said() }),
        (fhir(418, outcome()), Meaning::Refused { said: said() }),
        // helios-hfs says what it is in the body only.
        (answered(422, "application/json", Some(outcome())), Meaning::Refused { said: said() }),
    ];
    for (reply, expected) in rows {
        assert_eq!(meaning(&reply), expected, "{reply:?}");
    }
}

#[test]
fn a_server_that_asks_who_this_is_is_believed_without_fhir() {
    let asked = Answered { status: 401, challenge: true, ..Answered::default() };
    assert_eq!(meaning(&Reply::Answered(asked)), Meaning::SignIn);
}

#[test]
fn a_pause_that_is_asked_for_goes_with_the_trouble() {
    for status in [429, 503] {
        let asked = Reply::Answered(Answered { status, after: Some(7_000), ..Answered::default() });
        let trouble = Trouble { fault: Fault::Busy, after: Some(7_000) };
        assert!(matches!(meaning(&asked), Meaning::Later(t) | Meaning::Unclear(t) if t == trouble));
    }
}

#[test]
fn a_commit_is_believed_entry_by_entry() {
    let etags = Meaning::Accepted(vec!["W/\"3\"".to_owned(), "W/\"1\"".to_owned()]);
    let patient = json!({ "response": { "status": "200 OK", "etag": "W/\"3\"", "location": "http://h/fhir/Patient/a/_history/3" } });
    let record = json!({ "fullUrl": "http://h/Provenance/s", "response": { "status": "201", "etag": "W/\"1\"" } });
    assert_eq!(meaning(&fhir(200, committed(json!([patient, record])))), etags);
    assert_eq!(meaning(&fhir(200, committed(json!([record, patient])))), etags, "in another order");
    let nameless = json!([{ "response": { "status": "200", "etag": "W/\"3\"" } }, { "response": { "status": "201", "etag": "W/\"1\"" } }]);
    assert_eq!(meaning(&fhir(200, committed(nameless))), Meaning::Unnamed, "whose it is, only the commit records know");

    let unclear = Meaning::Unclear(Trouble::of(Fault::NotFhir));
    let another = json!({ "fullUrl": "http://h/Patient/b", "response": { "status": "200", "etag": "W/\"3\"" } });
    let prefixed = json!({ "fullUrl": "http://h/OldPatient/a", "response": { "status": "200", "etag": "W/\"3\"" } });
    let no_etag = json!({ "fullUrl": "http://h/Patient/a", "response": { "status": "200" } });
    for wrong in [
        json!([patient]),
        json!([patient, record, record]),
        json!([patient, patient]),
        json!([another, record]),
        json!([prefixed, record]),
        json!([no_etag, record]),
    ] {
        assert_eq!(meaning(&fhir(200, committed(wrong.clone()))), unclear, "{wrong}");
    }
    let other = json!({ "resourceType": "Bundle", "type": "searchset", "entry": [patient, record] });
    assert_eq!(meaning(&fhir(200, other)), unclear);
}

#[test]
fn an_entry_that_failed_inside_an_answer_is_a_refusal() {
    let failed = json!({ "response": { "status": "412 Precondition Failed", "outcome": outcome() } });
    let fine = json!({ "response": { "status": "201", "etag": "W/\"1\"" } });
    assert_eq!(meaning(&fhir(200, committed(json!([failed, fine])))), Meaning::Clash);
}

#[test]
fn an_entry_that_failed_through_no_fault_of_its_own_is_none_of_the_content() {
    let busy = Meaning::Unclear(Trouble::of(Fault::Busy));
    let rows = [("401 Unauthorized", Meaning::SignIn), ("429", busy.clone()), ("503 Service Unavailable", busy)];
    for (status, expected) in rows {
        let answers =
            json!([{ "response": { "status": "201", "etag": "W/\"1\"" } }, { "response": { "status": status } }]);
        assert_eq!(meaning(&fhir(200, committed(answers))), expected, "{status}");
    }
}

#[test]
fn a_read_is_of_that_resource() {
    let read = |reply: &Reply| of_read(reply, "Patient", "a");
    let patient = json!({ "resourceType": "Patient", "id": "a", "meta": { "versionId": "4" } });
    assert!(matches!(read(&fhir(200, patient.clone())), Read::Found { etag, .. } if etag == "W/\"4\""));
    let not_fhir = Read::Fault(Trouble::of(Fault::NotFhir));
    assert_eq!(
        read(&fhir(200, json!({ "resourceType": "Patient", "id": "b", "meta": { "versionId": "4" } }))),
        not_fhir
    );
    assert_eq!(read(&fhir(200, json!({ "resourceType": "Patient", "id": "a" }))), not_fhir, "without a version");
    assert_eq!(read(&answered(200, "text/html", Some(patient))), not_fhir);
    assert_eq!((read(&fhir(404, outcome())), read(&fhir(410, outcome()))), (Read::Absent, Read::Absent));
    assert_eq!(read(&page(404)), not_fhir, "a page is no answer of the server");
    assert_eq!(read(&Reply::NotReached), Read::Fault(Trouble::of(Fault::NotReached)));
    assert_eq!(read(&page(503)), Read::Fault(Trouble::of(Fault::Busy)));
    assert_eq!(read(&fhir(403, outcome())), Read::Fault(Trouble::of(Fault::SignIn)));
}

#[test]
fn a_search_that_names_fewer_than_it_found_is_no_answer() {
    let page = |total: u64, links: Value| {
        let entry = json!([{ "resource": { "resourceType": "Patient", "id": "a" } }]);
        let body =
            json!({ "resourceType": "Bundle", "type": "searchset", "total": total, "link": links, "entry": entry });
        of_bundle(&fhir(200, body), "searchset").map(|(found, more)| (found.len(), more))
    };
    let next = json!([{ "relation": "next", "url": "x" }]);
    assert_eq!((page(1, json!([])), page(2, next)), (Ok((1, false)), Ok((1, true))));
    assert_eq!(page(2, json!([])), Err(Trouble::of(Fault::NotFhir)));
}

#[test]
fn versions_are_compared_by_what_they_name() {
    assert!(same_version("W/\"3\"", "\"3\"") && same_version("W/\"a-b\"", "W/\"a-b\""));
    assert!(!same_version("W/\"3\"", "W/\"4\""));
}
