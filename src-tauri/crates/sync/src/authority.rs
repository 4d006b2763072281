//! What a CA's certificate is recognised by: its fingerprint, which two people can read to each other.

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use sha2::{Digest, Sha256};

/// The SHA-256 fingerprints of the certificates in a PEM file, in their order, as `AB:CD:…`; what does not read is left out.
pub fn fingerprints(pem: &[u8]) -> Vec<String> {
    let certificates = CertificateDer::pem_slice_iter(pem).filter_map(Result::ok);
    certificates.map(|one| colons(&Sha256::digest(&one))).collect()
}

fn colons(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_certificate_has_a_fingerprint_and_anything_else_none() {
        // The bytes "abc", whose digest is the standard's own example.
        let pem = b"-----BEGIN CERTIFICATE-----\nYWJj\n-----END CERTIFICATE-----\n";
        let found = fingerprints(pem);
        assert_eq!((found.len(), found[0].len()), (1, 95));
        assert!(found[0].starts_with("BA:78:16:BF:8F:01:CF:EA"), "{}", found[0]);
        assert_eq!(fingerprints(b"no certificate"), Vec::<String>::new());
    }
}
