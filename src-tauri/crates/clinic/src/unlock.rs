//! Opening the clinic: with a nurse's passphrase and this PC's key, or with the printed recovery code.

use std::path::PathBuf;
use std::sync::Arc;

use domain::id::StaffId;
use domain::op::Op;
use security::{Dek, DeviceSecret, MayTry, OpenFault, Passphrase, RecoveryCode, Tries, Vault};
use serde::Deserialize;
use store::{Setting, Store};
use ts_rs::TS;
use zeroize::Zeroizing;

use crate::clinic::{Clinic, Keyring, off_thread, store_keys};
use crate::house::{House, Profile};
use crate::problem::{Code, Problem};

/// Longest passphrase that is tried, in bytes.
const LONGEST_TYPED: usize = 4096;

#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Unlock {
    #[ts(type = "StaffId")]
    pub nurse: String,
    #[ts(type = "string")]
    pub passphrase: Zeroizing<String>,
}

#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UnlockWithRecoveryCode {
    #[ts(type = "StaffId")]
    pub nurse: String,
    #[ts(type = "string")]
    pub code: Zeroizing<String>,
}

impl House {
    /// Opens the clinic for a nurse. When it fails nothing on the disk or in the key store has changed, but for the pauses after five wrong tries.
    pub async fn unlock(&self, request: Unlock) -> Result<Clinic, Problem> {
        let profile = self.0.clone();
        off_thread(move || profile.unlock(&request)).await
    }

    /// Opens the clinic with the printed recovery code, without the key of this PC.
    pub async fn unlock_with_recovery_code(&self, request: UnlockWithRecoveryCode) -> Result<Clinic, Problem> {
        let profile = self.0.clone();
        off_thread(move || profile.unlock_with_recovery_code(&request)).await
    }
}

impl Clinic {
    /// Makes sure that the signed-in nurse is still the one at the keyboard: every signature, and every change of the ways in, asks for
    /// her passphrase again; an empty one is refused for `field`. Wrong tries count as at the lock screen. Training mode has no
    /// passphrase and asks for none.
    pub(crate) async fn reauthenticate(&self, field: &'static str, typed: Zeroizing<String>) -> Result<(), Problem> {
        let clinic = self.clone();
        off_thread(move || {
            let Some(keyring) = &clinic.0.keyring else { return Ok(()) };
            // Copied, because trying a passphrase takes as long as its work, and every screen looks at the keyring meanwhile.
            let (vault, device) = {
                let keyring = keyring.lock().map_err(|_| Problem::unexpected())?;
                (keyring.vault.clone(), keyring.device.clone())
            };
            let (profile, database) = (&clinic.0.profile, vault.database_id());
            if typed.is_empty() {
                return Err(Problem::field(field, "missing"));
            }
            profile.may_try(database)?;
            // Opened with the recovery code on an account without a key: a passphrase has to be set first.
            let device = device.ok_or(Code::NoEntry)?;
            if typed.len() > LONGEST_TYPED {
                return Err(Code::WrongPassphrase.into());
            }
            match vault.open(&clinic.0.staff.id.to_string(), &Passphrase::new(&typed), &device) {
                Ok(_) => {
                    profile.was_right(database);
                    Ok(())
                }
                Err(OpenFault::WrongPassphrase) => Err(profile.was_wrong(database)),
                Err(fault) => Err(fault.into()),
            }
        })
        .await
    }
}

impl Profile {
    fn unlock(self: &Arc<Self>, request: &Unlock) -> Result<Clinic, Problem> {
        let vault = self.vault()?;
        self.may_try(vault.database_id())?;
        let device = self.key_store.read(vault.database_id())?;
        // No passphrase is longer than 256 characters; a paste of a whole letter is not worth its work.
        if request.passphrase.len() > LONGEST_TYPED {
            return Err(Code::WrongPassphrase.into());
        }
        let passphrase = Passphrase::new(&request.passphrase);
        match vault.open(&request.nurse, &passphrase, &device) {
            Ok(dek) => self.open_clinic(vault, dek, Some(device), &request.nurse, Op::Unlock),
            Err(OpenFault::WrongPassphrase) => Err(self.was_wrong(vault.database_id())),
            Err(fault) => Err(fault.into()),
        }
    }

    fn unlock_with_recovery_code(self: &Arc<Self>, request: &UnlockWithRecoveryCode) -> Result<Clinic, Problem> {
        let vault = self.vault()?;
        let code = RecoveryCode::parse(&request.code).map_err(|_| Problem::from(Code::RecoveryCodeMistyped))?;
        let dek = vault.open_with_recovery_code(&code)?;
        let device = self.key_store.read(vault.database_id()).ok();
        self.open_clinic(vault, dek, device, &request.nurse, Op::UnlockWithRecoveryCode)
    }

    pub(crate) fn open_clinic(
        self: &Arc<Self>,
        mut vault: Vault,
        dek: Dek,
        device: Option<DeviceSecret>,
        nurse: &str,
        op: Op,
    ) -> Result<Clinic, Problem> {
        self.finish_first_start()?;
        let mut store = Store::open(&self.database(), store_keys(&dek), self.id_source())?;
        if store.setting(Setting::DatabaseId)?.as_deref() != Some(vault.database_id()) {
            return Err(Code::DatabaseUnreadable.into());
        }
        let nurse = StaffId::parse(nurse).ok_or(Code::Gone)?;
        let mut staff = store.staff(nurse)?.ok_or(Code::Gone)?;
        let by_recovery_code = op == Op::UnlockWithRecoveryCode;
        // Whoever keeps the sheet may give colleagues their way in again.
        staff.key_holder |= by_recovery_code;
        store.write::<_, Problem>(&self.by(&staff, self.world.now()), op, |_| Ok(()))?;
        // One whole file opens; that its twin cannot be mended now must not keep anybody out.
        if let Err(fault) = vault.mend(&self.dir, &dek) {
            eprintln!("holdfast: vault not doubled: {fault}");
        }
        // A PIN is no passphrase: wrong tries at those stay counted.
        if op != Op::ComeBack {
            self.was_right(vault.database_id());
        }
        Clinic::start(self.clone(), store, staff, Some(Keyring { dek, vault, device }), by_recovery_code)
    }

    fn may_try(&self, database_id: &str) -> Result<(), Problem> {
        let mut tries = self.tries.lock().map_err(|_| Problem::unexpected())?;
        let used =
            || self.tries_file(database_id).and_then(|file| std::fs::read_to_string(file).ok()?.trim().parse().ok());
        let tries = tries.get_or_insert_with(|| Tries::resume(self.pause_places(database_id), used().unwrap_or(0)));
        match tries.may_try(self.world.now()) {
            MayTry::Now => Ok(()),
            MayTry::After(ms) => Err(Problem::wait(ms)),
        }
    }

    fn was_right(&self, database_id: &str) {
        let Ok(mut tries) = self.tries.lock() else { return };
        let places = self.pause_places(database_id);
        tries.take().unwrap_or_else(|| Tries::resume(places, 0)).was_right(places);
        self.keep_tries(database_id, 0);
    }

    fn was_wrong(&self, database_id: &str) -> Problem {
        let Ok(mut tries) = self.tries.lock() else { return Problem::unexpected() };
        let tries = tries.get_or_insert_with(Tries::default);
        let may = tries.was_wrong(self.pause_places(database_id), self.world.now());
        self.keep_tries(database_id, tries.wrong());
        match may {
            MayTry::Now => Code::WrongPassphrase.into(),
            MayTry::After(ms) => Problem { seconds: Problem::wait(ms).seconds, ..Code::WrongPassphrase.into() },
        }
    }

    /// Where the free tries that were used are kept: outside profile and key store, which a wrong try must not change.
    fn tries_file(&self, database_id: &str) -> Option<PathBuf> {
        Some(self.world.runtime()?.join(format!("holdfast-{database_id}.tries")))
    }

    /// Keeps the number for the next start. Where it cannot be kept, a start gives five free tries again.
    fn keep_tries(&self, database_id: &str, wrong: u32) {
        let Some(file) = self.tries_file(database_id) else { return };
        let _kept = if wrong == 0 { std::fs::remove_file(file) } else { std::fs::write(file, wrong.to_string()) };
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicI64, Ordering};

    use security::{Cost, MemoryKeyStore, RepeatableRandom};

    use super::*;
    use crate::configuration::Configuration;
    use crate::enrolment::EnrolFirstNurse;
    use crate::staff::Organisation;
    use crate::world::World;

    /// The clock is asked before and after the work of trying a passphrase; every screen asks the keyring meanwhile.
    #[test]
    fn the_keyring_is_free_while_a_passphrase_is_tried() {
        let open: Arc<Mutex<Option<Clinic>>> = Arc::default();
        let (looked, busy) = (Arc::new(AtomicI64::new(0)), Arc::new(AtomicI64::new(0)));
        let (of, looks, found_busy) = (open.clone(), looked.clone(), busy.clone());
        let now = move || {
            if let Some(clinic) = of.lock().unwrap().as_ref() {
                looks.fetch_add(1, Ordering::Relaxed);
                if clinic.keyring().unwrap().try_lock().is_err() {
                    found_busy.fetch_add(1, Ordering::Relaxed);
                }
            }
            1_795_425_120_000
        };
        let cost: Cost =
            serde_json::from_value(serde_json::json!({ "memory_kib": 64, "iterations": 1, "lanes": 1 })).unwrap();
        let world = World::with(Arc::new(now), Arc::new(Mutex::new(RepeatableRandom::new(1))), cost);
        let folder = tempfile::tempdir().unwrap();
        let key_store = Arc::new(MemoryKeyStore::default());
        let profile = folder.path().join("profile");
        let house = House::open(profile, Configuration::default(), world, key_store).unwrap();
        let typed = |text: &str| Zeroizing::new(text.to_owned());
        let first = EnrolFirstNurse {
            name: "Ruth Invented".to_owned(),
            role: "cancer_nurse_specialist".to_owned(),
            team: "Colorectal".to_owned(),
            organisation: Organisation { ods: "X0T99".to_owned(), name: "Thamesbank Hospitals".to_owned() },
            passphrase: typed("a lantern beside the river"),
        };
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
            let clinic = house.enrol_first_nurse(first).await.unwrap();
            *open.lock().unwrap() = Some(clinic.clone());
            clinic.reauthenticate("passphrase", typed("a lantern beside the river")).await.unwrap();
            let refused = clinic.reauthenticate("passphrase", typed("another lantern")).await.unwrap_err();
            *open.lock().unwrap() = None;
            assert_eq!(refused.code, Code::WrongPassphrase);
            clinic.close().await;
        });
        assert!(looked.load(Ordering::Relaxed) >= 3 && busy.load(Ordering::Relaxed) == 0);
    }
}
