//! The vault against every kind of damage and every moment of being cut off.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;

use tempfile::TempDir;

use super::*;
use crate::testing::RepeatableRandom;

const ID: &str = "5f2c1d9e-0000-4000-8000-000000000001";
const CHEAP: Cost = Cost::CHEAP_FOR_TESTS;

fn words(text: &str) -> Passphrase {
    Passphrase::new(text)
}

fn device() -> DeviceSecret {
    DeviceSecret::from_bytes([2; 32])
}

fn nurse(id: &str) -> Holder {
    Holder { id: id.to_owned(), name: format!("Test {id}"), role: "cns".to_owned() }
}

fn prepared() -> (Vault, Dek) {
    let keys = (&words("first words"), &device());
    Vault::prepare(ID, nurse("one"), keys, CHEAP, &mut RepeatableRandom::new(1)).unwrap()
}

fn enrolled() -> (TempDir, Vault, Dek) {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, dek) = prepared();
    vault.found(dir.path()).unwrap();
    (dir, vault, dek)
}

fn add(vault: &mut Vault, dir: &Path, dek: &Dek, id: &str) {
    let random = &mut RepeatableRandom::new(vault.generation());
    vault.set_slot(dir, dek, nurse(id), (&words(&format!("{id} words")), &device()), CHEAP, random).unwrap();
}

fn issue(vault: &mut Vault, dir: &Path, dek: &Dek, seed: u64) -> RecoveryCode {
    let code = RecoveryCode::random(&mut RepeatableRandom::new(seed)).unwrap();
    vault.set_recovery_code(dir, dek, &code, &mut RepeatableRandom::new(seed + 100)).unwrap();
    code
}

fn opens(vault: &Vault, id: &str, text: &str) -> Result<[u8; 32], OpenFault> {
    vault.open(id, &words(text), &device()).map(|dek| *dek.bytes())
}

fn bytes_of(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn two_nurses_and_the_recovery_code_open_one_key() {
    let (dir, mut vault, dek) = enrolled();
    add(&mut vault, dir.path(), &dek, "two");
    let code = issue(&mut vault, dir.path(), &dek, 9);
    let vault = Vault::read(dir.path()).unwrap();
    assert_eq!(opens(&vault, "one", "first words"), Ok(*dek.bytes()));
    assert_eq!(opens(&vault, "two", "two words"), Ok(*dek.bytes()));
    let typed = RecoveryCode::parse(&code.groups().join(" ")).unwrap();
    assert_eq!(*vault.open_with_recovery_code(&typed).unwrap().bytes(), *dek.bytes());
    assert_eq!(vault.holders().map(|h| h.id.as_str()).collect::<Vec<_>>(), ["one", "two"]);
    assert!(vault.has_recovery_code() && vault.is_doubled());
    assert_eq!((vault.database_id(), vault.generation()), (ID, 3));
}

#[test]
fn wrong_everything_opens_nothing_and_changes_no_byte() {
    let (dir, mut vault, dek) = enrolled();
    assert_eq!(
        vault.open_with_recovery_code(&RecoveryCode::random(&mut RepeatableRandom::new(3)).unwrap()).unwrap_err(),
        OpenFault::NoRecoveryCode
    );
    add(&mut vault, dir.path(), &dek, "two");
    issue(&mut vault, dir.path(), &dek, 9);
    let before = bytes_of(dir.path());
    let vault = Vault::read(dir.path()).unwrap();
    let other_device = DeviceSecret::from_bytes([3; 32]);
    assert_eq!(opens(&vault, "one", "First words"), Err(OpenFault::WrongPassphrase));
    assert_eq!(opens(&vault, "one", "two words"), Err(OpenFault::WrongPassphrase));
    assert_eq!(opens(&vault, "one", ""), Err(OpenFault::WrongPassphrase));
    assert_eq!(opens(&vault, "three", "first words"), Err(OpenFault::UnknownUser));
    assert_eq!(vault.open("one", &words("first words"), &other_device).unwrap_err(), OpenFault::KeyChanged);
    let other_code = RecoveryCode::random(&mut RepeatableRandom::new(3)).unwrap();
    assert_eq!(vault.open_with_recovery_code(&other_code).unwrap_err(), OpenFault::WrongRecoveryCode);
    assert_eq!(bytes_of(dir.path()), before);
}

#[test]
fn a_new_passphrase_or_code_replaces_the_old_one() {
    let (dir, mut vault, dek) = enrolled();
    let old = issue(&mut vault, dir.path(), &dek, 8);
    let new = issue(&mut vault, dir.path(), &dek, 9);
    let new_device = DeviceSecret::from_bytes([4; 32]);
    vault
        .set_slot(
            dir.path(),
            &dek,
            nurse("one"),
            (&words("new words"), &new_device),
            CHEAP,
            &mut RepeatableRandom::new(7),
        )
        .unwrap();
    let vault = Vault::read(dir.path()).unwrap();
    assert_eq!(vault.holders().count(), 1);
    assert_eq!(opens(&vault, "one", "first words"), Err(OpenFault::KeyChanged));
    assert_eq!(vault.open("one", &words("first words"), &new_device).unwrap_err(), OpenFault::WrongPassphrase);
    assert_eq!(*vault.open("one", &words("new words"), &new_device).unwrap().bytes(), *dek.bytes());
    assert_eq!(vault.open_with_recovery_code(&old).unwrap_err(), OpenFault::WrongRecoveryCode);
    assert_eq!(*vault.open_with_recovery_code(&new).unwrap().bytes(), *dek.bytes());
}

#[test]
fn what_is_not_allowed_writes_nothing() {
    let (dir, mut vault, dek) = enrolled();
    let before = bytes_of(dir.path());
    let random = &mut RepeatableRandom::new(5);
    let weak: Cost = serde_json::from_str(r#"{"memory_kib":65536,"iterations":2,"lanes":1}"#).unwrap();
    let keys = (&words("other words"), &device());
    let mut set = |dek: &Dek, holder: Holder, cost: Cost| {
        vault.set_slot(dir.path(), dek, holder, keys, cost, random).unwrap_err()
    };
    assert!(matches!(set(&dek, nurse("two"), weak), VaultFault::BadCost));
    assert!(matches!(set(&dek, nurse(""), CHEAP), VaultFault::BadHolder));
    assert!(matches!(set(&dek, Holder { name: "x".repeat(201), ..nurse("two") }, CHEAP), VaultFault::BadHolder));
    assert!(matches!(set(&Dek::from_bytes([0; 32]), nurse("two"), CHEAP), VaultFault::WrongKey));
    assert!(matches!(prepared().0.found(dir.path()), Err(VaultFault::AlreadyThere)));
    assert_eq!((bytes_of(dir.path()), vault.generation()), (before, 1));
}

#[test]
fn a_vault_is_never_made_over_anything_that_may_be_one() {
    for content in [&b""[..], b"damaged"] {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("vault.b"), content).unwrap();
        assert!(matches!(Vault::read(dir.path()), Err(VaultFault::Unreadable)));
        let made = prepared().0.found(dir.path());
        assert!(matches!(made, Err(VaultFault::AlreadyThere)));
        assert_eq!(bytes_of(dir.path()), [("vault.b".to_owned(), content.to_vec())]);
    }
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(Vault::read(dir.path()), Err(VaultFault::Absent)));
}

#[test]
fn every_flipped_bit_and_every_cut_is_noticed() {
    let (dir, mut vault, dek) = enrolled();
    add(&mut vault, dir.path(), &dek, "two");
    issue(&mut vault, dir.path(), &dek, 9);
    let whole = fs::read(dir.path().join("vault.a")).unwrap();
    for bit in 0..whole.len() * 8 {
        let mut flipped = whole.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(VaultFile::from_bytes(&flipped).is_none(), "bit {bit}");
    }
    for length in 0..whole.len() {
        assert!(VaultFile::from_bytes(&whole[..length]).is_none(), "cut to {length}");
    }
    assert!(VaultFile::from_bytes(&[&whole[..], b"\0"].concat()).is_none());
    assert!(VaultFile::from_bytes(&whole).is_some());
}

#[test]
fn damage_to_one_file_costs_nothing_and_is_mended() {
    for (damaged, other) in [("vault.a", "vault.b"), ("vault.b", "vault.a")] {
        let (dir, mut vault, dek) = enrolled();
        add(&mut vault, dir.path(), &dek, "two");
        let whole = fs::read(dir.path().join(damaged)).unwrap();
        for bit in (0..whole.len() * 8).step_by(61) {
            let mut flipped = whole.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            fs::write(dir.path().join(damaged), flipped).unwrap();
            let read = Vault::read(dir.path()).unwrap();
            assert!(!read.is_doubled());
            assert_eq!(opens(&read, "two", "two words"), Ok(*dek.bytes()));
        }
        let mut read = Vault::read(dir.path()).unwrap();
        read.mend(dir.path(), &dek).unwrap();
        fs::remove_file(dir.path().join(other)).unwrap();
        let read = Vault::read(dir.path()).unwrap();
        assert_eq!(opens(&read, "one", "first words"), Ok(*dek.bytes()));
        fs::write(dir.path().join(damaged), b"gone").unwrap();
        assert!(matches!(Vault::read(dir.path()), Err(VaultFault::Unreadable)));
    }
}

#[test]
fn the_newest_whole_file_counts_wherever_it_stands() {
    let (dir, mut vault, dek) = enrolled();
    let old = fs::read(dir.path().join("vault.a")).unwrap();
    add(&mut vault, dir.path(), &dek, "two");
    for stale in ["vault.a", "vault.b"] {
        let new = fs::read(dir.path().join(stale)).unwrap();
        fs::write(dir.path().join(stale), &old).unwrap();
        let read = Vault::read(dir.path()).unwrap();
        assert_eq!((read.generation(), read.is_doubled()), (2, false));
        fs::write(dir.path().join(stale), new).unwrap();
    }
    assert!(Vault::read(dir.path()).unwrap().is_doubled());
}

/// Somebody who can write files but has no key changes the content and makes a new checksum: nothing opens, and never another key.
#[test]
fn an_altered_vault_with_a_right_checksum_never_opens() {
    use sha2::{Digest, Sha256};
    let (dir, mut vault, dek) = enrolled();
    let code = issue(&mut vault, dir.path(), &dek, 9);
    let whole = fs::read(dir.path().join("vault.a")).unwrap();
    let signed = whole.len() - 32;
    let mut read = 0;
    // One bit of every byte, a different one each time.
    for bit in (0..signed).map(|byte| byte * 8 + byte % 8) {
        let mut altered = whole.clone();
        altered[bit / 8] ^= 1 << (bit % 8);
        let checksum = Sha256::digest(&altered[..signed]);
        altered[signed..].copy_from_slice(&checksum);
        for name in ["vault.a", "vault.b"] {
            fs::write(dir.path().join(name), &altered).unwrap();
        }
        let Ok(vault) = Vault::read(dir.path()) else { continue };
        read += 1;
        assert!(opens(&vault, "one", "first words").is_err(), "bit {bit}");
        assert!(vault.open_with_recovery_code(&code).is_err(), "bit {bit}");
    }
    assert!(read > 100, "only {read} altered vaults could be read at all");
}

#[test]
fn stopped_after_any_step_someone_can_still_open() {
    let mut states = std::collections::BTreeSet::new();
    for stop in 0.. {
        let (dir, mut vault, dek) = enrolled();
        add(&mut vault, dir.path(), &dek, "two");
        let mut steps = 0;
        let mut plug = || {
            steps += 1;
            if steps > stop { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) }
        };
        let result = vault.change(dir.path(), &dek, &mut plug, |content| {
            let place = Place { database_id: ID, generation: content.generation };
            content.slots[0] = Slot::seal(
                place,
                nurse("one"),
                (&words("new words"), &device()),
                CHEAP,
                &dek,
                &mut RepeatableRandom::new(77),
            )?;
            Ok(())
        });
        let all_done = steps <= stop;
        let mut read = Vault::read(dir.path()).unwrap();
        assert_eq!(opens(&read, "two", "two words"), Ok(*dek.bytes()), "stopped after {stop}");
        let (old, new) = (opens(&read, "one", "first words").is_ok(), opens(&read, "one", "new words").is_ok());
        assert!(old ^ new, "stopped after {stop}");
        if result.is_ok() {
            assert!(new, "said to be in force but is not, stopped after {stop}");
        }
        states.insert((new, read.is_doubled()));
        // Whatever was left behind, the next change goes through.
        add(&mut read, dir.path(), &dek, "three");
        assert_eq!(opens(&Vault::read(dir.path()).unwrap(), "three", "three words"), Ok(*dek.bytes()));
        if all_done {
            assert_eq!(stop, 12);
            break;
        }
    }
    assert_eq!(
        states.into_iter().collect::<Vec<_>>(),
        [(false, false), (false, true), (true, false), (true, true)][1..].to_vec()
    );
}

#[test]
fn stopped_while_it_is_made_a_vault_is_absent_or_opens() {
    for stop in 0..=12 {
        let (made, _, dek) = enrolled();
        let file = VaultFile::from_bytes(&fs::read(made.path().join("vault.a")).unwrap()).unwrap();
        let dir = tempfile::tempdir().unwrap();
        let mut steps = 0;
        let result = write(dir.path(), NAMES, &file, &mut || {
            steps += 1;
            if steps > stop { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) }
        });
        match Vault::read(dir.path()) {
            Ok(vault) => assert_eq!(opens(&vault, "one", "first words"), Ok(*dek.bytes())),
            Err(fault) => assert!(matches!(fault, VaultFault::Absent) && result.is_err(), "stopped after {stop}"),
        }
    }
}

#[test]
fn a_full_disk_leaves_what_was_in_force() {
    let (dir, mut vault, dek) = enrolled();
    let gone = dir.path().join("gone");
    let failed = vault.set_slot(
        &gone,
        &dek,
        nurse("two"),
        (&words("two words"), &device()),
        CHEAP,
        &mut RepeatableRandom::new(3),
    );
    assert!(matches!(failed, Err(VaultFault::Io(_))));
    assert_eq!((vault.generation(), vault.holders().count()), (1, 1));
    assert!(opens(&vault, "one", "first words").is_ok());
}

#[test]
fn files_of_unreasonable_size_are_not_read() {
    let (dir, _, _) = enrolled();
    for name in NAMES {
        fs::write(dir.path().join(name), vec![b' '; MOST_BYTES as usize + 1]).unwrap();
    }
    assert!(matches!(Vault::read(dir.path()), Err(VaultFault::Unreadable)));
}

#[test]
fn debug_shows_no_name() {
    let (_dir, vault, _) = enrolled();
    assert_eq!(format!("{vault:?}"), "Vault(generation 1)");
}
