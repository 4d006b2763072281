//! The first start: the first nurse becomes key-holder, and the encrypted database and its vault are made.

use std::sync::Arc;

use domain::id::{DatabaseId, StaffId};
use domain::op::Op;
use domain::staff::{By, Staff};
use security::{DeviceSecret, Holder, Passphrase, Vault};
use serde::Deserialize;
use store::{Setting, Store};
use ts_rs::TS;
use zeroize::Zeroizing;

use crate::clinic::{Clinic, Keyring, store_keys};
use crate::faults::Faults;
use crate::house::{House, Profile, sync_folder};
use crate::problem::{Code, Problem};
use crate::staff::Organisation;

#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EnrolFirstNurse {
    pub name: String,
    #[ts(type = "Role")]
    pub role: String,
    pub team: String,
    pub organisation: Organisation,
    #[ts(type = "string")]
    pub passphrase: Zeroizing<String>,
}

impl House {
    /// Makes the vault and the database with the first nurse as key-holder. Nothing is made where anything of a clinic stands already.
    pub async fn enrol_first_nurse(&self, request: EnrolFirstNurse) -> Result<Clinic, Problem> {
        let profile = self.0.clone();
        crate::clinic::off_thread(move || profile.enrol(&request)).await
    }
}

impl Profile {
    fn enrol(self: &Arc<Self>, request: &EnrolFirstNurse) -> Result<Clinic, Problem> {
        let staff = self.first_nurse(request)?;
        let passphrase = Passphrase::new(&request.passphrase);
        if !matches!(Vault::read(&self.dir), Err(security::VaultFault::Absent)) || self.database().exists() {
            return Err(Problem::unexpected());
        }
        let database_id = DatabaseId::from_random(self.world.bytes()?).to_string();
        let device = self.world.with_random(|random| DeviceSecret::random(random))?;
        match self.key_store.write_new(&database_id, &device) {
            Err(security::KeyStoreFault::NoEntry) => return Err(Code::NoKeyStore.into()),
            written => written?,
        }
        let holder = Holder { id: staff.id.to_string(), name: staff.name.clone(), role: staff.role.code().to_owned() };
        let cost = self.world.cost();
        let (mut vault, dek) = self
            .world
            .with_random(|random| Vault::prepare(&database_id, holder, (&passphrase, &device), cost, random))?;
        // The database first, under another name: a vault must never stand without its database. A start that was cut off
        // before the vault stood leaves a file that nobody has a key for; it is set aside, not removed.
        let unfinished = self.dir.join("clinic.db.unfinished");
        if unfinished.exists() {
            let aside = self.dir.join(format!("clinic.db.unfinished.{}", self.world.now()));
            std::fs::rename(&unfinished, aside).map_err(|_| Problem::from(Code::NotSaved))?;
        }
        let mut store = Store::create(&unfinished, store_keys(&dek), self.id_source())?;
        let by = self.by(&staff, self.world.now());
        store.write::<_, Problem>(&by, Op::EnrolFirstNurse, |w| {
            w.set(Setting::DatabaseId, &database_id)?;
            Ok(w.save_staff(&staff)?)
        })?;
        // Closing does not say when the log could not be written back, and the new name takes only the database along.
        store.checkpoint()?;
        store.close()?;
        let made = Store::open(&unfinished, store_keys(&dek), self.id_source())?;
        if made.setting(Setting::DatabaseId)?.as_deref() != Some(database_id.as_str()) {
            return Err(Code::NotSaved.into());
        }
        made.close()?;
        vault.found(&self.dir)?;
        std::fs::rename(&unfinished, self.database()).map_err(|_| Problem::from(Code::NotSaved))?;
        sync_folder(&self.dir).map_err(|_| Problem::from(Code::NotSaved))?;
        let store = Store::open(&self.database(), store_keys(&dek), self.id_source())?;
        Clinic::start(self.clone(), store, staff, Some(Keyring { dek, vault, device: Some(device) }), false)
    }

    fn first_nurse(&self, request: &EnrolFirstNurse) -> Result<Staff, Problem> {
        let mut faults = Faults::default();
        let staff = Staff {
            id: StaffId::from_random(self.world.bytes()?),
            name: faults.line("name", &request.name),
            role: faults.role("role", &request.role),
            key_holder: true,
            team: faults.line("team", &request.team),
            organisation: faults.organisation("organisation", &request.organisation, true),
        };
        faults.passphrase("passphrase", &request.passphrase, &staff);
        faults.none().map(|()| staff)
    }

    /// Ends a first start that was cut off after the vault stood and before the database had its name.
    pub(crate) fn finish_first_start(&self) -> Result<(), Problem> {
        let unfinished = self.dir.join("clinic.db.unfinished");
        if !self.database().exists() && unfinished.exists() {
            std::fs::rename(&unfinished, self.database()).map_err(|_| Problem::from(Code::NotSaved))?;
        }
        Ok(())
    }

    pub(crate) fn by(&self, staff: &Staff, at: i64) -> By {
        By {
            staff: staff.id,
            name: staff.name.clone(),
            role: staff.role,
            key_holder: staff.key_holder,
            at,
            pc: self.configuration.pc.clone().unwrap_or_default(),
        }
    }

    pub(crate) fn id_source(&self) -> Box<dyn FnMut() -> Option<[u8; 16]> + Send> {
        let world = self.world.clone();
        Box::new(move || world.bytes().ok())
    }
}
