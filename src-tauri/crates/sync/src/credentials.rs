//! Who this PC is to the trust's servers: the key that signs its proofs, and the certificate that it shows. Both are read from PEM, and
//! never shown.

use std::fmt::{self, Debug, Formatter};

use ring::signature::RsaKeyPair;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use zeroize::Zeroize;

use crate::transport::ServerFault;

/// An RSA key of 2048 to 4096 bits.
pub struct PrivateKey(pub(crate) RsaKeyPair);

impl PrivateKey {
    /// Reads the one private key of a PEM file, PKCS#8 (`BEGIN PRIVATE KEY`).
    pub fn read(pem: &[u8]) -> Result<PrivateKey, ServerFault> {
        let mut der = PrivatePkcs8KeyDer::from_pem_slice(pem).map_err(|_| ServerFault::Key)?;
        let key = RsaKeyPair::from_pkcs8(der.secret_pkcs8_der());
        der.zeroize();
        key.map(PrivateKey).map_err(|_| ServerFault::Key)
    }
}

impl Debug for PrivateKey {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey")
    }
}

/// A certificate that this PC shows, the chain it belongs to, and its key.
pub struct ClientCertificate {
    pub(crate) chain: Vec<CertificateDer<'static>>,
    pub(crate) key: PrivateKeyDer<'static>,
}

impl ClientCertificate {
    /// Reads a PEM file with the certificate first, whatever has signed it after that, and one private key; they belong together.
    pub fn read(pem: &[u8]) -> Result<ClientCertificate, ServerFault> {
        let chain = CertificateDer::pem_slice_iter(pem).collect::<Result<Vec<_>, _>>();
        let chain = chain.ok().filter(|chain| !chain.is_empty()).ok_or(ServerFault::Certificate)?;
        let key = PrivateKeyDer::from_pem_slice(pem).map_err(|_| ServerFault::Certificate)?;
        Ok(ClientCertificate { chain, key })
    }

    /// Whether a PEM file has a certificate in it.
    pub fn is_in(pem: &[u8]) -> bool {
        CertificateDer::pem_slice_iter(pem).next().is_some_and(|first| first.is_ok())
    }
}

impl Drop for ClientCertificate {
    fn drop(&mut self) {
        self.key.zeroize();
    }
}

impl Debug for ClientCertificate {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("ClientCertificate")
    }
}
