//! The token: what is asserted, when it is renewed, and what is never shown.

use super::*;

const DATE: Option<i64> = Some(1_795_425_120_000);

fn said(status: u16, body: &str) -> String {
    match of_answer(status, DATE, serde_json::from_str(body).ok()) {
        Outcome::Token { seconds, .. } => format!("token for {seconds} s"),
        Outcome::Refused { said, date } => {
            assert_eq!(date, DATE);
            said
        }
        Outcome::Fault(Reply::NotReached) => "network".to_owned(),
        Outcome::Fault(other) => format!("{other:?}"),
    }
}

#[test]
fn a_token_and_a_refusal_are_read_and_anything_else_is_the_network() {
    for (status, body, expected) in [
        (200, r#"{"access_token":"a.b.c","token_type":"Bearer","expires_in":600}"#, "token for 600 s"),
        (200, r#"{"access_token":"a.b.c","token_type":"bearer"}"#, "token for 300 s"),
        (200, r#"{"access_token":"a.b.c","token_type":"bearer","expires_in":99999999999}"#, "token for 86400 s"),
        (200, r#"{"access_token":"a.b.c","token_type":"bearer","expires_in":-5}"#, "token for 0 s"),
        (200, r#"{"access_token":"","token_type":"bearer"}"#, "network"),
        (200, r#"{"access_token":"a\nb","token_type":"bearer"}"#, "network"),
        (200, r#"{"access_token":"a.b.c","token_type":"mac"}"#, "network"),
        (200, r#"{"access_token":7,"token_type":"bearer"}"#, "network"),
        (200, "<html>", "network"),
        (201, r#"{"access_token":"a.b.c","token_type":"bearer"}"#, "network"),
        (302, r#"{"error":"invalid_client"}"#, "network"),
        (404, "<html>", "network"),
        (401, r#"{"error":"invalid_client"}"#, "invalid_client"),
        (400, r#"{"error":"invalid_scope","error_description":"not\u0007 yours"}"#, "invalid_scope: not yours"),
        (400, r#"{"error":{"code":1}}"#, "network"),
    ] {
        assert_eq!(said(status, body), expected, "{status} {body}");
    }
    let long = format!(r#"{{"error":"{}"}}"#, "x".repeat(5000));
    assert_eq!(said(400, &long).len(), MOST_SAID);
}

fn at(now: i64) -> SignIn {
    let at = SignInAt {
        token_url: "http://127.0.0.1:1/token".to_owned(),
        client_id: "pc".to_owned(),
        audience: "urn:there".to_owned(),
        scope: None,
        key_id: None,
        algorithm: Algorithm::Rs384,
    };
    let outside = Outside { now: Arc::new(move || now), chance: Arc::new(|| Some([1; 16])) };
    SignIn::new(at, None, outside).unwrap()
}

#[test]
fn the_servers_clock_counts_from_a_minute_on() {
    const NOW: i64 = 1_795_425_120_000;
    for (date, mends, off) in [
        (None, false, 0),
        (Some(NOW + 60_000), false, 0),
        (Some(NOW - 60_000), false, 0),
        (Some(NOW + 61_000), true, 61_000),
        (Some(NOW - 600_000), true, -600_000),
        (Some(i64::MAX), true, i64::MAX - NOW),
    ] {
        let sign_in = at(NOW);
        assert_eq!((sign_in.mend_clock(date), sign_in.signed_in().clock_off), (mends, off), "{date:?}");
        assert!(!sign_in.mend_clock(date), "the same clock is no news");
    }
    let right_again = at(NOW);
    assert!(right_again.mend_clock(Some(NOW + 600_000)) && right_again.mend_clock(Some(NOW + 5_000)));
    assert_eq!(right_again.signed_in().clock_off, 0);
}

#[test]
fn without_a_key_nothing_is_asked_and_the_token_is_never_shown() {
    let sign_in = at(0);
    let Reply::Answered(answered) = not_known(&sign_in.state(), "no key was taken in on this PC") else { panic!() };
    assert!(answered.status == 401 && answered.challenge);
    let mut bearer = HeaderValue::from_static("Bearer a.secret.token");
    bearer.set_sensitive(true);
    sign_in.state().bearer = Some((bearer.clone(), 10));
    assert_eq!(sign_in.held(), Some(bearer.clone()));
    let shown = format!("{sign_in:?} {:?} {:?}", sign_in.signed_in(), bearer);
    assert!(!shown.contains("secret"), "{shown}");
    sign_in.refused(&HeaderValue::from_static("Bearer an.older.one"));
    assert!(sign_in.held().is_some(), "it is another one that was refused");
    sign_in.refused(&bearer);
    assert_eq!(sign_in.held(), None);
}
