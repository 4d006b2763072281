//! HMAC-SHA256 and HKDF-SHA256 (RFC 5869, no salt, 32 bytes out), and the one unambiguous way to join fields into what they are fed.
//! Keys longer than a hash block and longer outputs must not come here: that is what makes these functions unable to fail.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// 32 bytes of HKDF-SHA256 over the key material, bound to the information.
/// One block of output is the whole need, and the general function's only error is asking for too many.
pub(crate) fn hkdf(material: &[u8], info: &[u8]) -> Zeroizing<[u8; 32]> {
    let pseudorandom = hmac(&[0; 32], &[material]);
    hmac(&pseudorandom, &[info, &[1]])
}

/// HMAC-SHA256 of the parts, one after the other.
pub(crate) fn hmac(key: &[u8; 32], parts: &[&[u8]]) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(keyed(key, parts).finalize().into_bytes().into())
}

/// Whether `tag` is the HMAC-SHA256 of the parts, compared in constant time.
pub(crate) fn hmac_fits(key: &[u8; 32], parts: &[&[u8]], tag: &[u8; 32]) -> bool {
    keyed(key, parts).verify_slice(tag).is_ok()
}

/// Fields joined so that no two lists of fields give the same bytes: each goes behind its length.
pub(crate) fn fields(list: &[&[u8]]) -> Vec<u8> {
    let mut joined = Vec::new();
    for field in list {
        joined.extend_from_slice(&(field.len() as u64).to_be_bytes());
        joined.extend_from_slice(field);
    }
    joined
}

fn keyed(key: &[u8; 32], parts: &[&[u8]]) -> Hmac<Sha256> {
    // A key of one block needs no length check; zeros after the key change nothing (RFC 2104).
    let mut block = Zeroizing::new([0; 64]);
    for (to, from) in block.iter_mut().zip(key) {
        *to = *from;
    }
    let mut mac = <Hmac<Sha256> as KeyInit>::new((&*block).into());
    for part in parts {
        mac.update(part);
    }
    mac
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::hex::to_hex;

    #[test]
    fn agrees_with_rfc_5869_case_3() {
        // Source: RFC 5869, A.3: empty salt and info.
        assert_eq!(
            to_hex(&*hkdf(&[0x0b; 22], b"")).as_str(),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
        );
    }

    #[test]
    fn agrees_with_the_general_function() {
        for length in 0..130_u8 {
            let material: Vec<u8> = (0..length).collect();
            let info: Vec<u8> = (0..length).rev().collect();
            let mut other = [0; 32];
            hkdf::Hkdf::<Sha256>::new(None, &material).expand(&info, &mut other).unwrap();
            assert_eq!(*hkdf(&material, &info), other);
        }
    }

    #[test]
    fn a_tag_fits_only_its_own_parts() {
        let tag = hmac(&[7; 32], &[b"one", b"two"]);
        assert!(hmac_fits(&[7; 32], &[b"onetwo"], &tag));
        assert!(!hmac_fits(&[7; 32], &[b"one", b"twO"], &tag));
        assert!(!hmac_fits(&[8; 32], &[b"one", b"two"], &tag));
    }

    #[test]
    fn fields_cannot_run_into_each_other() {
        assert_ne!(fields(&[b"ab", b"c"]), fields(&[b"a", b"bc"]));
        assert_ne!(fields(&[b"ab"]), fields(&[b"ab", b""]));
    }
}
