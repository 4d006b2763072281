//! What is sealed and signed opens with its code and under its signer only, and not with one byte changed, missing or added.
#![allow(clippy::unwrap_used)]

use std::io::Cursor;

use super::*;
use crate::testing::RepeatableRandom;

fn key(seed: u64) -> SigningKey {
    SigningKey::random(&mut RepeatableRandom::new(seed)).unwrap()
}

fn code(seed: u64) -> CarryCode {
    CarryCode::random(&mut RepeatableRandom::new(seed)).unwrap()
}

fn a_file() -> Vec<u8> {
    let mut random = RepeatableRandom::new(3);
    let mut file = CarriedOut::begin(Vec::new(), &code(1), key(1), Cost::CHEAP_FOR_TESTS, &mut random).unwrap();
    file.add(b"one", false).unwrap();
    file.add(b"two", false).unwrap();
    file.add(b"", true).unwrap();
    file.finish().unwrap()
}

fn open(file: &[u8], code: &CarryCode, signer: &str) -> Result<Vec<Vec<u8>>, CarryFault> {
    let mut opened = CarriedIn::open(Cursor::new(file), code, signer)?;
    let mut all = Vec::new();
    while let Some(message) = opened.message()? {
        all.push(message.to_vec());
    }
    Ok(all)
}

fn ours() -> String {
    key(1).signer().unwrap().fingerprint()
}

#[test]
fn what_is_carried_opens_with_its_code_and_nothing_of_it_is_readable() {
    let file = a_file();
    assert_eq!(open(&file, &code(1), &ours()).unwrap(), [b"one".to_vec(), b"two".to_vec(), Vec::new()]);
    assert_eq!(open(&file, &code(1), &ours().to_uppercase().replace('-', " ")).unwrap().len(), 3);
    assert!(!file.windows(3).any(|bytes| bytes == b"one" || bytes == b"two"));
}

#[test]
fn another_code_and_another_signer_are_told_apart() {
    let file = a_file();
    assert!(matches!(open(&file, &code(2), &ours()), Err(CarryFault::WrongCode)));
    let other = key(2).signer().unwrap().fingerprint();
    assert!(matches!(open(&file, &code(1), &other), Err(CarryFault::OtherSigner)));
    assert!(matches!(open(&file, &code(1), ""), Err(CarryFault::OtherSigner)));
}

#[test]
fn a_changed_or_cut_or_longer_file_is_refused() {
    let file = a_file();
    for at in 0..file.len() {
        let mut changed = file.clone();
        changed[at] ^= 1;
        let refused = open(&changed, &code(1), &ours());
        assert!(matches!(refused, Err(CarryFault::NotOne | CarryFault::Changed)), "byte {at}: {refused:?}");
        let refused = open(&file[..at], &code(1), &ours());
        assert!(matches!(refused, Err(CarryFault::NotOne | CarryFault::Changed)), "{at} bytes: {refused:?}");
    }
    let longer = [file.as_slice(), b"x"].concat();
    assert!(matches!(open(&longer, &code(1), &ours()), Err(CarryFault::Changed)));
}

#[test]
fn a_file_signed_anew_by_somebody_else_is_theirs() {
    let file = a_file();
    let end = file.len() - SIGNATURE;
    let length = u32::from_be_bytes(file[16..20].try_into().unwrap()) as usize;
    let mut head: Head = serde_json::from_slice(&file[20..20 + length]).unwrap();
    head.signer = HexBytes(key(2).signer().unwrap().0);
    let text = serde_json::to_vec(&head).unwrap();
    let mut forged = [&file[..20], &text, &file[20 + length..end]].concat();
    let signature = key(2).pair().unwrap().sign(&signed(Sha256::new_with_prefix(&forged)));
    forged.extend_from_slice(signature.as_ref());
    assert!(matches!(open(&forged, &code(1), &ours()), Err(CarryFault::OtherSigner)));
    // Even under its own name it opens for nobody: the messages belong to the head they were sealed with.
    let theirs = key(2).signer().unwrap().fingerprint();
    assert!(matches!(open(&forged, &code(1), &theirs), Err(CarryFault::WrongCode)));
}

// A file that was carried before an update is opened after it.
#[test]
fn the_bytes_are_pinned() {
    let file = a_file();
    let digest = to_hex(&Sha256::digest(&file));
    assert_eq!(digest.as_str(), "055afadae0cd971cfb6c2cb282c6c06cf993bba3139ac8700820e4154ca3c252");
    assert_eq!((ours().len(), ours().split('-').count()), (39, 8));
    assert_eq!(SigningKey::from_text(&key(1).text()).unwrap().signer().unwrap(), key(1).signer().unwrap());
}
