//! A CA of the tests, and a certificate that it has signed.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// What a server shows, and the CA that has signed it.
pub struct Certificate {
    /// The CA, PEM.
    pub ca: String,
    chain: Vec<CertificateDer<'static>>,
    key: Vec<u8>,
}

impl Certificate {
    /// For a server under this name or number, from 2020 until the end of that year.
    pub fn of(name: &str, until: i32) -> Certificate {
        let mut authority = CertificateParams::new(Vec::new()).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority_key = KeyPair::generate().unwrap();
        let ca = authority.self_signed(&authority_key).unwrap().pem();
        let mut server = CertificateParams::new(vec![name.to_owned()]).unwrap();
        server.not_before = date_time_ymd(2020, 1, 1);
        server.not_after = date_time_ymd(until, 12, 31);
        let key = KeyPair::generate().unwrap();
        let signed = server.signed_by(&key, &Issuer::new(authority, authority_key)).unwrap();
        Certificate { ca, chain: vec![signed.der().clone()], key: key.serialize_der() }
    }

    pub(crate) fn config(&self) -> Arc<ServerConfig> {
        let key = PrivateKeyDer::try_from(self.key.clone()).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(self.chain.clone(), key);
        Arc::new(config.unwrap())
    }
}
