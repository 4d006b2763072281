//! The network: one server, its CA, and requests that end within their time and size. What is posted goes packed as soon as the server
//! has said that it takes that. Nothing here knows a record.

use std::time::Duration;

use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, RETRY_AFTER, USER_AGENT,
    WWW_AUTHENTICATE,
};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response, Url};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore, crypto};

use crate::answer::{Answered, Reply};
use crate::packing::{Packing, packed};

/// How long a connection may take to stand.
const TO_CONNECT: Duration = Duration::from_secs(5);

/// How long a request may take from its first byte to the last of its answer; shorter than the commit horizon.
const TO_ANSWER: Duration = Duration::from_secs(30);

/// The largest answer to a transaction or a history that is read, in bytes after unpacking.
const MOST_ANSWER: usize = 8 * 1024 * 1024;

/// The largest answer to a search or a read.
const MOST_READ: usize = 1024 * 1024;

const FHIR: &str = "application/fhir+json";
const GZIP: &str = "gzip";

/// The server does not take this media type or coding.
const UNSUPPORTED: u16 = 415;

const FORM: &str = "application/x-www-form-urlencoded";
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
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

    /// Posts a transaction.
    fn post(&self, body: String, request_id: &str, correlation_id: &str) -> impl Future<Output = Reply> + Send;
}

/// The trust's server as configured.
pub struct Server {
    client: Client,
    base: Url,
    packing: Packing,
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
    /// TLS could not be set up.
    #[error("TLS could not be set up")]
    Tls,
}

impl Server {
    /// A server at this address, whose certificate one of these CAs (PEM) has signed. Plain http is taken for 127.0.0.1 and ::1 only.
    pub fn new(address: &str, ca: Option<&[u8]>) -> Result<Server, ServerFault> {
        let base = Url::parse(address.trim_end_matches('/')).map_err(|_| ServerFault::Address)?;
        let plain = base.query().is_none() && base.fragment().is_none() && base.username().is_empty();
        let host = base.host_str().filter(|_| plain && base.password().is_none()).ok_or(ServerFault::Address)?;
        let tls = match base.scheme() {
            "https" => trusting(ca.ok_or(ServerFault::Ca)?)?,
            // A name may be made to lead elsewhere, so not even "localhost".
            "http" if matches!(host, "127.0.0.1" | "[::1]") => trusting_nobody()?,
            "http" => return Err(ServerFault::NotEncrypted),
            _ => return Err(ServerFault::Address),
        };
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(Policy::none())
            .no_proxy()
            .connect_timeout(TO_CONNECT)
            .timeout(TO_ANSWER)
            .pool_max_idle_per_host(1)
            .build()
            .map_err(|_| ServerFault::Tls)?;
        Ok(Server { client, base, packing: Packing::default() })
    }

    fn below(&self, path: &str, query: &[(&str, &str)]) -> Option<Url> {
        let mut url = Url::parse(&format!("{}/{path}", self.base())).ok()?;
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Some(url)
    }

    async fn answer(&self, request: RequestBuilder, most: usize) -> Reply {
        let request = request.header(ACCEPT, FHIR).header(USER_AGENT, concat!("Holdfast/", env!("CARGO_PKG_VERSION")));
        match request.send().await {
            Ok(response) => {
                self.packing.heard(text(response.headers(), &ACCEPT_ENCODING).as_deref());
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
        self.answer(self.client.get(url).header(REQUEST_ID, request_id), MOST_READ).await
    }

    async fn history(&self, path: &str, most: &str, request_id: &str) -> Reply {
        let Some(url) = self.below(&format!("{path}/_history"), &[("_count", most)]) else { return Reply::NotReached };
        self.answer(self.client.get(url).header(REQUEST_ID, request_id), MOST_ANSWER).await
    }

    async fn search(&self, kind: &str, query: &[(&str, &str)], request_id: &str) -> Reply {
        let Some(url) = self.below(&format!("{kind}/_search"), &[]) else { return Reply::NotReached };
        // Nothing but the pairs is taken of it.
        let mut form = self.base.clone();
        form.query_pairs_mut().clear().extend_pairs(query);
        let request = self.client.post(url).header(CONTENT_TYPE, FORM).header(REQUEST_ID, request_id);
        self.answer(request.body(form.query().unwrap_or_default().to_owned()), MOST_READ).await
    }

    async fn post(&self, body: String, request_id: &str, correlation_id: &str) -> Reply {
        let request = || {
            let request = self.client.post(self.base.clone()).header(CONTENT_TYPE, FHIR);
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
        after: text(headers, &RETRY_AFTER).and_then(|after| seconds(&after)),
        etag: text(headers, &ETAG),
        challenge: headers.contains_key(WWW_AUTHENTICATE),
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

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.to_owned())
}

/// The media type; nothing for text in another coding than UTF-8, which FHIR is always in.
fn media(headers: &HeaderMap) -> String {
    let whole = text(headers, &CONTENT_TYPE).unwrap_or_default().to_ascii_lowercase();
    let mut parts = whole.split(';').map(str::trim);
    let media = parts.next().unwrap_or_default();
    let charset = parts.filter_map(|part| part.split_once('=')).find(|(name, _)| name.trim() == "charset");
    let known =
        charset.is_none_or(|(_, charset)| matches!(charset.trim().trim_matches('"'), "utf-8" | "utf8" | "us-ascii"));
    if known { media.to_owned() } else { String::new() }
}

/// `Retry-After: 120` in milliseconds. A date is not read: it would be held against a clock that may be wrong.
fn seconds(after: &str) -> Option<i64> {
    after.trim().parse::<u32>().ok().map(|seconds| i64::from(seconds) * 1000)
}

fn trusting(ca: &[u8]) -> Result<ClientConfig, ServerFault> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(ca) {
        roots.add(certificate.map_err(|_| ServerFault::Ca)?).map_err(|_| ServerFault::Ca)?;
    }
    if roots.is_empty() {
        return Err(ServerFault::Ca);
    }
    configured(roots)
}

/// For plain http on this PC: no https server is trusted by it.
fn trusting_nobody() -> Result<ClientConfig, ServerFault> {
    configured(RootCertStore::empty())
}

fn configured(roots: RootCertStore) -> Result<ClientConfig, ServerFault> {
    let provider = std::sync::Arc::new(crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    Ok(versions.map_err(|_| ServerFault::Tls)?.with_root_certificates(roots).with_no_client_auth())
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
    }
}
