//! A vault written once and kept: it pins the format of the file, and it was made with far too little passphrase work, so only a build for
//! tests may open it.
#![allow(clippy::unwrap_used)]

use std::fs;

use security::{DeviceSecret, OpenFault, Passphrase, RecoveryCode, Vault};

#[test]
fn a_vault_below_the_floor_opens_in_no_product() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("vault.b"), include_bytes!("fixtures/cheap.vault")).unwrap();
    let vault = Vault::read(dir.path()).unwrap();
    assert_eq!(vault.holders().map(|holder| holder.id.as_str()).collect::<Vec<_>>(), ["one"]);

    let opened = vault.open("one", &Passphrase::new("first words"), &DeviceSecret::from_bytes([2; 32]));
    let by_code =
        vault.open_with_recovery_code(&RecoveryCode::parse(include_str!("fixtures/cheap.code")).unwrap()).unwrap();
    if cfg!(feature = "testing") {
        assert_eq!(opened.unwrap().sqlcipher_key(), by_code.sqlcipher_key());
    } else {
        assert_eq!(opened.unwrap_err(), OpenFault::TooWeak);
    }
    // The recovery code has no passphrase work to be too little of.
    assert_eq!(by_code.sqlcipher_key().as_str(), "05206e4b2bd7dc9aef1216dc42e617b247978d57bf43d79d5c38118d6999f08d");
}
