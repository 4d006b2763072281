//! The section `server` of the configuration: where the trust's FHIR server stands, whom it trusts, and where this PC signs in. The key
//! that signs is not in it: that stands in the database.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;
use sync::{Algorithm, ClientCertificate, Credentials, Outside, PrivateKey, Server, ServerFault, SignInAt};

use crate::server_key::KeptKeys;
use crate::world::World;

/// Largest CA file that is read, bytes.
const MOST_BYTES: u64 = 64 * 1024;

/// Longest text that is kept as it stands, bytes.
const LONGEST: usize = 2048;

/// A server that [`Server::known`] takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ServerAddress {
    pub url: String,
    pub ca: Option<Vec<u8>>,
    pub sign_in: Option<SignInAt>,
}

impl ServerAddress {
    /// The server, to which this PC is who the keys say.
    pub fn server(&self, keys: &KeptKeys, world: &World) -> Result<Server, ServerFault> {
        let certificate = keys.certificate.as_ref().map(|pem| ClientCertificate::read(pem.as_bytes())).transpose()?;
        let key = keys.key.as_ref().map(|pem| PrivateKey::read(pem.as_bytes())).transpose()?;
        let (clock, dice) = (world.clone(), world.clone());
        let outside = Outside { now: Arc::new(move || clock.now()), chance: Arc::new(move || dice.bytes().ok()) };
        let sign_in = self.sign_in.clone().map(|at| (at, key, outside));
        Server::known(&self.url, self.ca.as_deref(), Credentials { certificate, sign_in })
    }
}

/// The keys of the section as they are read, one after the other.
#[derive(Default)]
pub(crate) struct ServerSection {
    url: Option<String>,
    ca: Option<Vec<u8>>,
    token_url: Option<String>,
    client_id: Option<String>,
    audience: Option<String>,
    scope: Option<String>,
    key_id: Option<String>,
    algorithm: Option<Algorithm>,
}

impl ServerSection {
    /// Takes one key; whether it is one and its value reads.
    pub fn take(&mut self, key: &str, value: &Value) -> bool {
        let (text, place) = (
            as_it_stands(value),
            match key {
                "url" => &mut self.url,
                "token_url" => &mut self.token_url,
                "client_id" => &mut self.client_id,
                "audience" => &mut self.audience,
                "scope" => &mut self.scope,
                "key_id" => &mut self.key_id,
                "ca" => {
                    self.ca = certificate(value);
                    return self.ca.is_some();
                }
                "algorithm" => {
                    self.algorithm = value.as_str().and_then(Algorithm::parse);
                    return self.algorithm.is_some();
                }
                _ => return false,
            },
        );
        *place = text;
        place.is_some()
    }

    /// An address is there, whether it can be used or not.
    pub fn has_url(&self) -> bool {
        self.url.is_some()
    }

    /// The server; else the key that keeps it from being used.
    pub fn finish(self) -> Result<Option<ServerAddress>, &'static str> {
        let Some(url) = self.url else { return Ok(None) };
        let sign_in = match (self.token_url, self.client_id) {
            (Some(token_url), Some(client_id)) => Some(SignInAt {
                audience: self.audience.unwrap_or_else(|| token_url.clone()),
                token_url,
                client_id,
                scope: self.scope,
                key_id: self.key_id,
                algorithm: self.algorithm.unwrap_or(Algorithm::Rs384),
            }),
            (Some(_), None) => return Err("server.client_id"),
            (None, Some(_)) => return Err("server.token_url"),
            (None, None) => None,
        };
        let address = ServerAddress { url, ca: self.ca, sign_in };
        match address.server(&KeptKeys::default(), &World::real()) {
            Ok(_) => Ok(Some(address)),
            Err(ServerFault::Ca) => Err("server.ca"),
            Err(ServerFault::TokenAddress) => Err("server.token_url"),
            Err(_) => Err("server.url"),
        }
    }
}

/// One line, letter by letter as it was configured.
fn as_it_stands(value: &Value) -> Option<String> {
    let text = value.as_str().filter(|text| !text.is_empty() && text.len() <= LONGEST)?;
    (!text.contains(char::is_control)).then(|| text.to_owned())
}

/// The bytes of a file that may hold a CA.
fn certificate(value: &Value) -> Option<Vec<u8>> {
    let path = value.as_str().map(PathBuf::from).filter(|path| path.is_absolute())?;
    let found = std::fs::metadata(&path).ok().filter(|found| found.len() <= MOST_BYTES)?;
    found.is_file().then(|| std::fs::read(&path).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(keys: &[(&str, &str)]) -> Result<Option<ServerAddress>, &'static str> {
        let mut section = ServerSection::default();
        for (key, value) in keys {
            assert!(section.take(key, &json!(value)), "{key}");
        }
        section.finish()
    }

    const URL: (&str, &str) = ("url", "http://127.0.0.1:8080");
    const AT: (&str, &str) = ("token_url", "http://127.0.0.1:9000/token");

    #[test]
    fn the_audience_is_what_is_configured_and_else_the_token_address() {
        let at = read(&[URL, AT, ("client_id", "pc-3")]).unwrap().unwrap().sign_in.unwrap();
        assert_eq!((&*at.audience, at.algorithm), ("http://127.0.0.1:9000/token", Algorithm::Rs384));
        let more = [URL, AT, ("client_id", "pc-3"), ("audience", "urn: exactly  this "), ("algorithm", "RS512")];
        let at = read(&more).unwrap().unwrap().sign_in.unwrap();
        assert_eq!((&*at.audience, at.algorithm), ("urn: exactly  this ", Algorithm::Rs512));
    }

    #[test]
    fn half_of_signing_in_names_the_other_half() {
        assert_eq!(read(&[URL, AT]), Err("server.client_id"));
        assert_eq!(read(&[URL, ("client_id", "pc-3")]), Err("server.token_url"));
        for address in
            ["http://sign-in.example.org/token", "https://sign-in.example.org/token", "sign-in", "ftp://127.0.0.1"]
        {
            let fault = if address.starts_with("https") { "server.ca" } else { "server.token_url" };
            assert_eq!(read(&[URL, ("token_url", address), ("client_id", "pc-3")]), Err(fault), "{address}");
        }
    }

    #[test]
    fn a_way_to_sign_that_is_not_used_and_an_empty_text_are_not_taken() {
        for (key, value) in [("algorithm", "RS256"), ("algorithm", "none"), ("client_id", ""), ("secret", "x")] {
            assert!(!ServerSection::default().take(key, &json!(value)), "{key}");
        }
    }
}
