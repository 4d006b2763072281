//! Signing in to the trust's server: OAuth 2.0 `client_credentials`, with a proof that this PC's key has signed (`private_key_jwt`). The
//! token stands in memory alone; neither it nor the key is ever in an error, a log line or a `Debug`.

use std::fmt::{self, Debug, Formatter};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, DATE, HeaderValue, RETRY_AFTER, USER_AGENT};
use reqwest::{Client, RequestBuilder, Url};
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RsaEncoding};
use serde_json::{Value, json};
use uuid::Builder;
use zeroize::Zeroizing;

use crate::answer::{Answered, Reply};
use crate::credentials::PrivateKey;
use crate::transport::{FORM, ServerFault, header_text, is_private, moment, seconds};

/// How long a proof is valid, in seconds; more than five minutes is refused in many places.
const PROOF: i64 = 300;

/// A token is used no more so long before its end, in milliseconds.
const EARLY: i64 = 30_000;

/// How long a token lasts of which nothing is said, and how long one is kept at most, in seconds.
const LASTS: i64 = 300;
const LASTS_AT_MOST: i64 = 24 * 60 * 60;

/// A difference of clocks that a refusal is not put down to, in milliseconds.
const SAME_TIME: i64 = 60_000;

/// The largest answer that is read, in bytes, and the longest reason that is kept, in characters.
const MOST_ANSWER: usize = 64 * 1024;
const MOST_SAID: usize = 200;

const JSON: &str = "application/json";
const PROOF_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// How the proof is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    Rs384,
    Rs512,
}

impl Algorithm {
    /// Its name in a JWT; None for one that is not used here.
    pub fn parse(name: &str) -> Option<Algorithm> {
        [Algorithm::Rs384, Algorithm::Rs512].into_iter().find(|one| one.name() == name)
    }

    fn name(self) -> &'static str {
        match self {
            Algorithm::Rs384 => "RS384",
            Algorithm::Rs512 => "RS512",
        }
    }

    fn padding(self) -> &'static dyn RsaEncoding {
        match self {
            Algorithm::Rs384 => &RSA_PKCS1_SHA384,
            Algorithm::Rs512 => &RSA_PKCS1_SHA512,
        }
    }
}

/// Where this PC signs in, and as whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInAt {
    /// The token endpoint: https with the trust's CA, or plain http to 127.0.0.1 and ::1.
    pub token_url: String,
    /// What this PC is called there: the issuer and the subject of a proof.
    pub client_id: String,
    /// Whom a proof is made out to, letter by letter.
    pub audience: String,
    pub scope: Option<String>,
    /// Which of the client's keys has signed.
    pub key_id: Option<String>,
    pub algorithm: Algorithm,
}

/// The clock of this PC (UTC milliseconds) and its randomness, None when there is none to be had.
#[derive(Clone)]
pub struct Outside {
    pub now: Arc<dyn Fn() -> i64 + Send + Sync>,
    pub chance: Arc<dyn Fn() -> Option<[u8; 16]> + Send + Sync>,
}

/// How signing in stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignedIn {
    /// A token is there, which the server has not refused.
    pub has_token: bool,
    /// Why the last try was refused: the code and the words of the server that was asked; empty while none was.
    pub said: String,
    /// By how much this PC's clock is off, in milliseconds, where that kept it from signing in: positive when it is behind.
    pub clock_off: i64,
}

/// Signs in when it has to, and knows the token.
pub(crate) struct SignIn {
    at: SignInAt,
    url: Url,
    key: Option<PrivateKey>,
    outside: Outside,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The header that goes with each request, and until when (UTC milliseconds by this PC's clock).
    bearer: Option<(HeaderValue, i64)>,
    said: String,
    clock_off: i64,
}

/// What came of asking for a token.
enum Outcome {
    Token {
        bearer: HeaderValue,
        seconds: i64,
    },
    /// The server does not take the proof; `date` is what its clock says.
    Refused {
        said: String,
        date: Option<i64>,
    },
    /// The network, or something else than the server that was asked.
    Fault(Reply),
}

impl SignIn {
    /// Signs in there with this key; without a key nothing is asked, and everything waits for one.
    pub fn new(at: SignInAt, key: Option<PrivateKey>, outside: Outside) -> Result<SignIn, ServerFault> {
        let url = Url::parse(&at.token_url).map_err(|_| ServerFault::TokenAddress)?;
        let plain = url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
        if !plain || !is_private(&url) {
            return Err(ServerFault::TokenAddress);
        }
        Ok(SignIn { at, url, key, outside, state: Mutex::default() })
    }

    /// Whether the trust's CA is needed to sign in there.
    pub fn needs_ca(&self) -> bool {
        self.url.scheme() == "https"
    }

    pub fn signed_in(&self) -> SignedIn {
        let state = self.state();
        SignedIn { has_token: state.bearer.is_some(), said: state.said.clone(), clock_off: state.clock_off }
    }

    /// The request with the token, signed in first where that is needed; else the answer that the request would have had.
    pub async fn sign(&self, client: &Client, request: RequestBuilder) -> Result<(RequestBuilder, HeaderValue), Reply> {
        let bearer = match self.held() {
            Some(bearer) => bearer,
            None => self.fresh(client).await?,
        };
        Ok((request.header(AUTHORIZATION, bearer.clone()), bearer))
    }

    /// The server does not take this token (any more): the next request asks for another one.
    pub fn refused(&self, bearer: &HeaderValue) {
        let mut state = self.state();
        if state.bearer.as_ref().is_some_and(|(held, _)| held == bearer) {
            state.bearer = None;
        }
    }

    fn held(&self) -> Option<HeaderValue> {
        let (bearer, until) = self.state().bearer.clone()?;
        ((self.outside.now)() < until).then_some(bearer)
    }

    async fn fresh(&self, client: &Client) -> Result<HeaderValue, Reply> {
        let Some(key) = &self.key else { return Err(not_known(&self.state(), "no key was taken in on this PC")) };
        let mut mended = false;
        loop {
            let asked = (self.outside.now)();
            let Some(proof) = self.proof(key, asked) else { return Err(Reply::NotReached) };
            match self.ask(client, &proof).await {
                Outcome::Token { bearer, seconds } => {
                    let mut state = self.state();
                    let until = asked.saturating_add(seconds * 1000 - EARLY);
                    (state.bearer, state.said) = (Some((bearer.clone(), until)), String::new());
                    return Ok(bearer);
                }
                Outcome::Refused { date, .. } if !mended && self.mend_clock(date) => mended = true,
                Outcome::Refused { said, .. } => {
                    let mut state = self.state();
                    (state.bearer, state.said) = (None, said);
                    return Err(not_known(&state, ""));
                }
                Outcome::Fault(reply) => return Err(reply),
            }
        }
    }

    /// Whether the clock of the server that refused says another time than was reckoned with; from now on it is its time.
    fn mend_clock(&self, date: Option<i64>) -> bool {
        let Some(date) = date else { return false };
        let off = date.saturating_sub((self.outside.now)());
        let mut state = self.state();
        let differs = off.abs_diff(state.clock_off) > SAME_TIME.unsigned_abs();
        if differs {
            state.clock_off = if off.abs() > SAME_TIME { off } else { 0 };
        }
        differs
    }

    /// A proof that this PC is the client: good for five minutes, and for one time.
    fn proof(&self, key: &PrivateKey, now: i64) -> Option<Zeroizing<String>> {
        let at = &self.at;
        let issued = now.saturating_add(self.state().clock_off) / 1000;
        let id = Builder::from_random_bytes((self.outside.chance)()?).into_uuid().hyphenated().to_string();
        let mut header = json!({ "alg": at.algorithm.name(), "typ": "JWT" });
        if let (Some(key_id), Some(header)) = (&at.key_id, header.as_object_mut()) {
            header.insert("kid".to_owned(), key_id.as_str().into());
        }
        let claims = json!({
            "iss": at.client_id, "sub": at.client_id, "aud": at.audience, "jti": id, "iat": issued, "exp": issued + PROOF,
        });
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let said = format!("{}.{}", part(&header), part(&claims));
        let mut signature = vec![0; key.0.public().modulus_len()];
        // This padding is the same each time: nothing is drawn of the randomness that is asked for here.
        key.0.sign(at.algorithm.padding(), &SystemRandom::new(), said.as_bytes(), &mut signature).ok()?;
        Some(Zeroizing::new(format!("{said}.{}", URL_SAFE_NO_PAD.encode(signature))))
    }

    async fn ask(&self, client: &Client, proof: &str) -> Outcome {
        let mut form = self.url.clone();
        form.query_pairs_mut().clear().extend_pairs([
            ("grant_type", "client_credentials"),
            ("client_id", self.at.client_id.as_str()),
            ("client_assertion_type", PROOF_TYPE),
            ("client_assertion", proof),
        ]);
        if let Some(scope) = &self.at.scope {
            form.query_pairs_mut().append_pair("scope", scope);
        }
        let request = client.post(self.url.clone()).header(CONTENT_TYPE, FORM).header(ACCEPT, JSON);
        let request = request.header(USER_AGENT, concat!("Holdfast/", env!("CARGO_PKG_VERSION")));
        let Ok(mut response) = request.body(form.query().unwrap_or_default().to_owned()).send().await else {
            return Outcome::Fault(Reply::NotReached);
        };
        let (status, headers) = (response.status().as_u16(), response.headers());
        let date = header_text(headers, &DATE).and_then(|date| moment(&date));
        let after = header_text(headers, &RETRY_AFTER).and_then(|after| seconds(&after));
        let mut body = Zeroizing::new(Vec::new());
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() <= MOST_ANSWER => body.extend_from_slice(&chunk),
                Ok(None) => break,
                Ok(Some(_)) | Err(_) => return Outcome::Fault(Reply::NotReached),
            }
        }
        if matches!(status, 408 | 425 | 429 | 500..=599) {
            // Nothing was sent to the FHIR server, so it is this one's patience that is asked for.
            return Outcome::Fault(Reply::Answered(Answered { status: 429, after, ..Answered::default() }));
        }
        of_answer(status, date, serde_json::from_slice(&body).ok())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads the answer of a token endpoint: a page of a captive portal is the network, and no refusal.
fn of_answer(status: u16, date: Option<i64>, body: Option<Value>) -> Outcome {
    let text = |name: &str| body.as_ref().and_then(|body| body.get(name)).and_then(Value::as_str);
    let whole = || {
        let token = text("access_token").filter(|token| !token.is_empty())?;
        let bearer = text("token_type")?.eq_ignore_ascii_case("bearer").then(|| format!("Bearer {token}"))?;
        let mut bearer = HeaderValue::from_str(&Zeroizing::new(bearer)).ok()?;
        bearer.set_sensitive(true);
        let seconds = body.as_ref().and_then(|body| body.get("expires_in")).and_then(Value::as_i64).unwrap_or(LASTS);
        Some(Outcome::Token { bearer, seconds: seconds.clamp(0, LASTS_AT_MOST) })
    };
    let refusal = || {
        let code = text("error")?;
        let words = text("error_description").map_or(String::new(), |words| format!(": {words}"));
        let said = format!("{code}{words}").chars().filter(|letter| !letter.is_control()).take(MOST_SAID).collect();
        Some(Outcome::Refused { said, date })
    };
    let outcome = match status {
        200 => whole(),
        400..=499 => refusal(),
        _ => None,
    };
    outcome.unwrap_or(Outcome::Fault(Reply::NotReached))
}

/// What the FHIR server would answer to somebody whom it does not know.
fn not_known(state: &State, why: &str) -> Reply {
    let said = if state.said.is_empty() { why } else { &state.said };
    let issue = json!({ "severity": "error", "code": "login", "diagnostics": said });
    let body = json!({ "resourceType": "OperationOutcome", "issue": [issue] });
    let media = "application/fhir+json".to_owned();
    Reply::Answered(Answered { status: 401, media, challenge: true, body: Some(body), ..Answered::default() })
}

impl Debug for Outside {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("Outside")
    }
}

impl Debug for SignIn {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignIn").field("at", &self.at).finish_non_exhaustive()
    }
}

#[cfg(test)]
#[path = "token_tests.rs"]
mod tests;
