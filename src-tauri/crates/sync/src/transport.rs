//! The network: one server, its CA, and requests that end within their time and size. What is posted goes packed as soon as the server
//! has said that it takes that. Nothing here knows a record.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, DATE, ETAG, HeaderMap, HeaderName, RETRY_AFTER,
    USER_AGENT, WWW_AUTHENTICATE,
};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response, Url};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore, crypto};

use crate::answer::{Answered, Reply};
use crate::credentials::{ClientCertificate, PrivateKey};
use crate::packing::{Packing, packed};
use crate::token::{Outside, SignIn, SignInAt, SignedIn};

/// How long a connection may take to stand.
const TO_CONNECT: Duration = Duration::from_secs(5);

/// How long a request may take from its first byte to the last of its answer; shorter than the commit horizon.
const TO_ANSWER: Duration = Duration::from_secs(30);

/// The largest answer to a transaction or a history that is read, in bytes after unpacking.
pub(crate) const MOST_ANSWER: usize = 8 * 1024 * 1024;

/// The largest answer to a search or a read.
pub(crate) const MOST_READ: usize = 1024 * 1024;

pub(crate) const FHIR: &str = "application/fhir+json";
const GZIP: &str = "gzip";

/// The server does not take this media type or coding.
const UNSUPPORTED: u16 = 415;

/// The server does not do that.
const NOT_ALLOWED: u16 = 405;

/// The server does not know who asks.
const UNAUTHORISED: u16 = 401;

pub(crate) const FORM: &str = "application/x-www-form-urlencoded";
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const CORRELATION_ID: HeaderName = HeaderName::from_static("x-correlation-id");
const PREFER: HeaderName = HeaderName::from_static("prefer");

/// The way to one FHIR server. Each question ends within its time and size, and says by its answer how it ended.
pub trait Wire: Send + Sync {
    /// The address without a slash at the end.
    fn base(&self) -> &str;

    /// Reads a resource or a search by ids of ours: `path` below the address, and its query.
    fn get(&self, path: &str, query: &[(&str, &str)], request_id: &str) -> impl Future<Output = Reply> + Send;

    /// Reads the versions of a resource, `most` at most.
    fn history(&self, path: &str, most: &str, request_id: &str) -> impl Future<Output = Reply> + Send;

    /// Searches for what must not stand in an address, which proxies and servers write down.
    fn search(&self, kind: &str, query: &[(&str, &str)], request_id: &str) -> impl Future<Output = Reply> + Send;

    /// Asks several questions in one batch, which changes nothing. A way that does not know of that says so as a server would.
    fn batch(&self, _body: String, _request_id: &str) -> impl Future<Output = Reply> + Send {
        std::future::ready(Reply::Answered(Answered { status: NOT_ALLOWED, ..Answered::default() }))
    }

    /// Posts a transaction.
    fn post(&self, body: String, request_id: &str, correlation_id: &str) -> impl Future<Output = Reply> + Send;
}

/// The trust's server as configured.
pub struct Server {
    way: RwLock<Way>,
    base: Url,
    pub(crate) packing: Packing,
}

/// How it is reached: over this TLS, and signed in like this.
struct Way {
    client: Client,
    sign_in: Option<Arc<SignIn>>,
}

/// Who this PC is to the trust's servers.
#[derive(Debug, Default)]
pub struct Credentials {
    /// What it shows when TLS is agreed; None: nothing.
    pub certificate: Option<ClientCertificate>,
    /// Where it signs in, and its key as far as it has one; None: the server asks nobody who he is.
    pub sign_in: Option<(SignInAt, Option<PrivateKey>, Outside)>,
}

/// Why a configured server cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ServerFault {
    /// No address, one with a name or password, a query or a fragment in it, or of another kind than http and https.
    #[error("the address is none of a FHIR server")]
    Address,
    /// Plain http, and not to this PC itself.
    #[error("the address is not https")]
    NotEncrypted,
    /// https needs the trust's CA: a PEM file with at least one certificate.
    #[error("the CA cannot be read")]
    Ca,
    /// The address to sign in at is none, or is neither https nor on this PC itself.
    #[error("the address to sign in at is none, or is not https")]
    TokenAddress,
    /// The key is no RSA key of 2048 to 4096 bits as PKCS#8 in PEM.
    #[error("the key cannot be used")]
    Key,
    /// The certificate that this PC is to show, or its key, does not read, or they do not belong together.
    #[error("the client certificate cannot be used")]
    Certificate,
    /// TLS could not be set up.
    #[error("TLS could not be set up")]
    Tls,
}

impl Server {
    /// A server at this address, whose certificate one of these CAs (PEM) has signed. Plain http is taken for 127.0.0.1 and ::1 only.
    pub fn new(address: &str, ca: Option<&[u8]>) -> Result<Server, ServerFault> {
        Server::known(address, ca, Credentials::default())
    }

    /// The same, to which this PC says who it is. The server that it signs in at has a certificate of these CAs, too.
    pub fn known(address: &str, ca: Option<&[u8]>, credentials: Credentials) -> Result<Server, ServerFault> {
        let base = Url::parse(address.trim_end_matches('/')).map_err(|_| ServerFault::Address)?;
        let plain = base.query().is_none() && base.fragment().is_none() && base.username().is_empty();
        if !plain || base.password().is_some() || base.host_str().is_none() {
            return Err(ServerFault::Address);
        }
        let sign_in = credentials.sign_in.map(|(at, key, outside)| SignIn::new(at, key, outside)).transpose()?;
        let needs_ca = match base.scheme() {
            "https" => true,
            "http" if is_private(&base) => sign_in.as_ref().is_some_and(SignIn::needs_ca),
            "http" => return Err(ServerFault::NotEncrypted),
            _ => return Err(ServerFault::Address),
        };
        let roots = if needs_ca { trusting(ca.ok_or(ServerFault::Ca)?)? } else { RootCertStore::empty() };
        let client = Client::builder()
            .tls_backend_preconfigured(configured(roots, credentials.certificate)?)
            .redirect(Policy::none())
            .no_proxy()
            .connect_timeout(TO_CONNECT)
            .timeout(TO_ANSWER)
            .pool_max_idle_per_host(1)
            .build()
            .map_err(|_| ServerFault::Tls)?;
        let way = RwLock::new(Way { client, sign_in: sign_in.map(Arc::new) });
        Ok(Server { way, base, packing: Packing::default() })
    }

    /// From now on this PC is to the server what it is to that one, which stands at the same address.
    pub fn becomes(&self, other: Server) {
        let other = other.way.into_inner().unwrap_or_else(PoisonError::into_inner);
        *self.way.write().unwrap_or_else(PoisonError::into_inner) = other;
    }

    /// How signing in stands; None where nobody has to.
    pub fn signed_in(&self) -> Option<SignedIn> {
        self.sign_in().map(|sign_in| sign_in.signed_in())
    }

    pub(crate) fn client(&self) -> Client {
        self.way.read().unwrap_or_else(PoisonError::into_inner).client.clone()
    }

    fn sign_in(&self) -> Option<Arc<SignIn>> {
        self.way.read().unwrap_or_else(PoisonError::into_inner).sign_in.clone()
    }

    pub(crate) fn below(&self, path: &str, query: &[(&str, &str)]) -> Option<Url> {
        let mut url = Url::parse(&format!("{}/{path}", self.base())).ok()?;
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Some(url)
    }

    /// Sends a request, signed in where that has to be. A token that the server does not take is given up for another one, once.
    pub(crate) async fn answer(&self, request: RequestBuilder, most: usize) -> Reply {
        let Some(sign_in) = self.sign_in() else { return self.asked(request, most).await };
        let (client, again) = (self.client(), request.try_clone());
        let (reply, bearer) = match sign_in.sign(&client, request).await {
            Ok((request, bearer)) => (self.asked(request, most).await, bearer),
            Err(reply) => return reply,
        };
        let unknown = |reply: &Reply| matches!(reply, Reply::Answered(answered) if answered.status == UNAUTHORISED);
        let Some(again) = again.filter(|_| unknown(&reply)) else { return reply };
        sign_in.refused(&bearer);
        match sign_in.sign(&client, again).await {
            Ok((request, bearer)) => {
                let reply = self.asked(request, most).await;
                if unknown(&reply) {
                    sign_in.refused(&bearer);
                }
                reply
            }
            Err(reply) => reply,
        }
    }

    async fn asked(&self, request: RequestBuilder, most: usize) -> Reply {
        let request = request.header(ACCEPT, FHIR).header(USER_AGENT, concat!("Holdfast/", env!("CARGO_PKG_VERSION")));
        match request.send().await {
            Ok(response) => {
                self.packing.heard(header_text(response.headers(), &ACCEPT_ENCODING).as_deref());
                read(response, most).await
            }
            Err(refused) if refused.is_connect() || refused.is_builder() => Reply::NotReached,
            Err(_) => Reply::CutOff,
        }
    }
}

impl Wire for Server {
    fn base(&self) -> &str {
        self.base.as_str().trim_end_matches('/')
    }

    async fn get(&self, path: &str, query: &[(&str, &str)], request_id: &str) -> Reply {
        let Some(url) = self.below(path, query) else { return Reply::NotReached };
        self.answer(self.client().get(url).header(REQUEST_ID, request_id), MOST_READ).await
    }

    async fn history(&self, path: &str, most: &str, request_id: &str) -> Reply {
        let Some(url) = self.below(&format!("{path}/_history"), &[("_count", most)]) else { return Reply::NotReached };
        self.answer(self.client().get(url).header(REQUEST_ID, request_id), MOST_ANSWER).await
    }

    async fn search(&self, kind: &str, query: &[(&str, &str)], request_id: &str) -> Reply {
        let Some(url) = self.below(&format!("{kind}/_search"), &[]) else { return Reply::NotReached };
        // Nothing but the pairs is taken of it.
        let mut form = self.base.clone();
        form.query_pairs_mut().clear().extend_pairs(query);
        let request = self.client().post(url).header(CONTENT_TYPE, FORM).header(REQUEST_ID, request_id);
        self.answer(request.body(form.query().unwrap_or_default().to_owned()), MOST_READ).await
    }

    async fn batch(&self, body: String, request_id: &str) -> Reply {
        let request = self.client().post(self.base.clone()).header(CONTENT_TYPE, FHIR).header(REQUEST_ID, request_id);
        self.answer(request.body(body), MOST_ANSWER).await
    }

    async fn post(&self, body: String, request_id: &str, correlation_id: &str) -> Reply {
        let request = || {
            let request = self.client().post(self.base.clone()).header(CONTENT_TYPE, FHIR);
            let request = request.header(PREFER, "return=minimal").header(REQUEST_ID, request_id);
            request.header(CORRELATION_ID, correlation_id)
        };
        if let Some(packed) = self.packing.is_taken().then(|| packed(body.as_bytes())).flatten() {
            let reply = self.answer(request().header(CONTENT_ENCODING, GZIP).body(packed), MOST_ANSWER).await;
            if !matches!(&reply, Reply::Answered(answered) if answered.status == UNSUPPORTED) {
                return reply;
            }
            // Not unpacked, so not done either: it goes again as it is, and so does whatever follows.
            self.packing.refused();
        }
        self.answer(request().body(body), MOST_ANSWER).await
    }
}

async fn read(mut response: Response, most: usize) -> Reply {
    let headers = response.headers();
    let mut answered = Answered {
        status: response.status().as_u16(),
        media: media(headers),
        after: header_text(headers, &RETRY_AFTER).and_then(|after| seconds(&after)),
        etag: header_text(headers, &ETAG),
        challenge: headers.contains_key(WWW_AUTHENTICATE),
        date: header_text(headers, &DATE).and_then(|date| moment(&date)),
        body: None,
    };
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() <= most => body.extend_from_slice(&chunk),
            Ok(None) => break,
            Ok(Some(_)) | Err(_) => return Reply::CutOff,
        }
    }
    answered.body = serde_json::from_slice(&body).ok();
    Reply::Answered(answered)
}

pub(crate) fn header_text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.to_owned())
}

/// The media type; nothing for text in another coding than UTF-8, which FHIR is always in.
fn media(headers: &HeaderMap) -> String {
    let whole = header_text(headers, &CONTENT_TYPE).unwrap_or_default().to_ascii_lowercase();
    let mut parts = whole.split(';').map(str::trim);
    let media = parts.next().unwrap_or_default();
    let charset = parts.filter_map(|part| part.split_once('=')).find(|(name, _)| name.trim() == "charset");
    let known =
        charset.is_none_or(|(_, charset)| matches!(charset.trim().trim_matches('"'), "utf-8" | "utf8" | "us-ascii"));
    if known { media.to_owned() } else { String::new() }
}

/// `Retry-After: 120` in milliseconds. A date is not read: it would be held against a clock that may be wrong.
pub(crate) fn seconds(after: &str) -> Option<i64> {
    after.trim().parse::<u32>().ok().map(|seconds| i64::from(seconds) * 1000)
}

/// `Date: Mon, 23 Nov 2026 09:12:00 GMT` in UTC milliseconds.
pub(crate) fn moment(date: &str) -> Option<i64> {
    let read = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(date.trim());
    read.ok().map(|moment| moment.as_millisecond())
}

/// Whether nobody on the way can read what goes to this address. A name may be made to lead elsewhere, so not even "localhost".
pub(crate) fn is_private(address: &Url) -> bool {
    matches!((address.scheme(), address.host_str()), ("https", Some(_)) | ("http", Some("127.0.0.1" | "[::1]")))
}

fn trusting(ca: &[u8]) -> Result<RootCertStore, ServerFault> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(ca) {
        roots.add(certificate.map_err(|_| ServerFault::Ca)?).map_err(|_| ServerFault::Ca)?;
    }
    if roots.is_empty() {
        return Err(ServerFault::Ca);
    }
    Ok(roots)
}

fn configured(roots: RootCertStore, shown: Option<ClientCertificate>) -> Result<ClientConfig, ServerFault> {
    let provider = Arc::new(crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let trusting = versions.map_err(|_| ServerFault::Tls)?.with_root_certificates(roots);
    match shown {
        None => Ok(trusting.with_no_client_auth()),
        Some(shown) => {
            let key = shown.key.clone_key();
            trusting.with_client_auth_cert(shown.chain.clone(), key).map_err(|_| ServerFault::Certificate)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(address: &str, ca: Option<&[u8]>) -> Option<ServerFault> {
        Server::new(address, ca).err()
    }

    #[test]
    fn plain_http_is_for_this_pc_only() {
        for address in ["http://127.0.0.1:8080", "http://[::1]:8080/fhir", "http://127.0.0.1:8080/fhir/"] {
            assert_eq!(refused(address, None), None, "{address}");
        }
        for address in [
            "http://fhir.example.org",
            "http://10.0.0.7",
            "http://localhost:8080",
            "http://127.0.0.1.example.org",
            "http://127.0.0.2",
            "http://[::2]",
        ] {
            assert_eq!(refused(address, None), Some(ServerFault::NotEncrypted), "{address}");
        }
    }

    #[test]
    fn https_needs_a_ca_that_reads() {
        assert_eq!(refused("https://fhir.example.org", None), Some(ServerFault::Ca));
        assert_eq!(refused("https://fhir.example.org", Some(b"no certificate")), Some(ServerFault::Ca));
    }

    #[test]
    fn an_address_carries_no_secret_and_no_query() {
        for address in
            ["", "fhir", "ftp://127.0.0.1", "http://u:p@127.0.0.1", "http://127.0.0.1/?a=b", "http://127.0.0.1/#a"]
        {
            assert_eq!(refused(address, None), Some(ServerFault::Address), "{address}");
        }
    }

    #[test]
    fn fhir_in_another_coding_than_utf_8_is_none() {
        let media = |value: &'static str| {
            media(&HeaderMap::from_iter([(CONTENT_TYPE, reqwest::header::HeaderValue::from_static(value))]))
        };
        for fhir in
            [FHIR, "Application/FHIR+JSON; fhirVersion=4.0; charset=UTF-8", "application/fhir+json;charset=\"utf-8\""]
        {
            assert_eq!(media(fhir), FHIR, "{fhir}");
        }
        for other in ["application/fhir+json; charset=iso-8859-1", "application/fhir+json; charset = utf-16"] {
            assert_eq!(media(other), "", "{other}");
        }
    }

    #[test]
    fn a_pause_is_read_in_seconds() {
        assert_eq!(seconds(" 120 "), Some(120_000));
        assert_eq!(seconds("Mon, 23 Nov 2026 09:12:00 GMT"), None);
        assert_eq!(seconds("-1"), None);
        assert_eq!(moment("Mon, 23 Nov 2026 09:12:00 GMT"), Some(1_795_425_120_000));
        assert_eq!(moment("yesterday"), None);
    }
}
