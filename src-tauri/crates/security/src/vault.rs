//! The vault: who may open the database, kept in two files of the profile folder. Nothing is written by reading, opening or failing to open.
//! Both files carry the newest generation once a change is complete; the change goes to the file that does not count first, so one whole
//! vault stands at every moment. Invariant: `stopped_after_any_step_someone_can_still_open`.

use std::fmt;
use std::io;
use std::path::Path;

use crate::cost::Cost;
use crate::disk::{self, AfterStep};
use crate::error::{OpenFault, VaultFault};
use crate::random::Random;
use crate::recovery_code::RecoveryCode;
use crate::secret::{Dek, DeviceSecret, Passphrase};
use crate::slot::{Holder, Place, RecoverySlot, Slot};
use crate::vault_file::{Content, MOST_BYTES, VaultFile};

const NAMES: [&str; 2] = ["vault.a", "vault.b"];

/// The vault as last read or written.
#[derive(Clone)]
pub struct Vault {
    file: VaultFile,
    both_whole: bool,
}

impl Vault {
    /// Reads the newest whole file of the profile folder.
    pub fn read(dir: &Path) -> Result<Self, VaultFault> {
        Found::look(dir).newest()
    }

    /// Makes a new database key and a vault with one holder, in memory; `found` puts it on the disk once the database stands.
    pub fn prepare(
        database_id: &str,
        holder: Holder,
        keys: (&Passphrase, &DeviceSecret),
        cost: Cost,
        random: &mut dyn Random,
    ) -> Result<(Self, Dek), VaultFault> {
        let dek = Dek::random(random)?;
        let slot = Slot::seal(Place { database_id, generation: 1 }, holder, keys, cost, &dek, random)?;
        let content = Content { generation: 1, database_id: database_id.to_owned(), slots: vec![slot], recovery: None };
        let file = VaultFile::sealed(content, &dek).ok_or(VaultFault::BadHolder)?;
        Ok((Self { file, both_whole: false }, dek))
    }

    /// Writes a prepared vault. Refuses (`AlreadyThere`) where any vault file stands, whole or not.
    pub fn found(&mut self, dir: &Path) -> Result<(), VaultFault> {
        if !matches!(Self::read(dir), Err(VaultFault::Absent)) {
            return Err(VaultFault::AlreadyThere);
        }
        self.both_whole = write(dir, NAMES, &self.file, &mut || Ok(()))?;
        Ok(())
    }

    /// The identifier of the database this vault opens, which is also its name in the key store.
    pub fn database_id(&self) -> &str {
        &self.file.content.database_id
    }

    /// Counts the changes to this vault, from 1.
    pub fn generation(&self) -> u64 {
        self.file.content.generation
    }

    /// Everybody who has a slot, in the order they were added. Only an opened vault proves that this list was not altered.
    pub fn holders(&self) -> impl Iterator<Item = &Holder> {
        self.file.content.slots.iter().map(|slot| &slot.holder)
    }

    /// Whether this is the key of this vault, and nothing in the vault was altered since it was sealed with it.
    pub fn is_sealed_by(&self, dek: &Dek) -> bool {
        self.file.is_sealed_by(dek)
    }

    /// What a try at this holder's passphrase costs; the floor for whoever has no slot.
    pub fn cost_of(&self, holder_id: &str) -> Cost {
        let slot = self.file.content.slots.iter().find(|slot| slot.holder.id == holder_id);
        slot.map_or(Cost::FLOOR, Slot::cost)
    }

    /// Whether a recovery code was issued.
    pub fn has_recovery_code(&self) -> bool {
        self.file.content.recovery.is_some()
    }

    /// Whether both files stood whole and of one generation when last read or written; if not, `mend` makes them so.
    pub fn is_doubled(&self) -> bool {
        self.both_whole
    }

    /// Opens a holder's slot. Takes as long as the passphrase work of that slot.
    pub fn open(&self, holder_id: &str, passphrase: &Passphrase, device: &DeviceSecret) -> Result<Dek, OpenFault> {
        let slot =
            self.file.content.slots.iter().find(|slot| slot.holder.id == holder_id).ok_or(OpenFault::UnknownUser)?;
        self.unaltered(slot.open(self.database_id(), passphrase, device)?)
    }

    /// Opens with the printed recovery code, on any PC, without the device secret.
    pub fn open_with_recovery_code(&self, code: &RecoveryCode) -> Result<Dek, OpenFault> {
        let slot = self.file.content.recovery.as_ref().ok_or(OpenFault::NoRecoveryCode)?;
        self.unaltered(slot.open(self.database_id(), code)?)
    }

    /// Adds a holder's slot, or replaces it: a new nurse, a new passphrase, a new device secret.
    pub fn set_slot(
        &mut self,
        dir: &Path,
        dek: &Dek,
        holder: Holder,
        keys: (&Passphrase, &DeviceSecret),
        cost: Cost,
        random: &mut dyn Random,
    ) -> Result<(), VaultFault> {
        self.change(dir, dek, &mut || Ok(()), |content| {
            let place = Place { database_id: &content.database_id, generation: content.generation };
            let slot = Slot::seal(place, holder, keys, cost, dek, random)?;
            match content.slots.iter_mut().find(|old| old.holder.id == slot.holder.id) {
                Some(old) => *old = slot,
                None => content.slots.push(slot),
            }
            Ok(())
        })
    }

    /// Puts a recovery code in force; an earlier one opens nothing from then on. The code itself is kept nowhere.
    pub fn set_recovery_code(
        &mut self,
        dir: &Path,
        dek: &Dek,
        code: &RecoveryCode,
        random: &mut dyn Random,
    ) -> Result<(), VaultFault> {
        self.change(dir, dek, &mut || Ok(()), |content| {
            let place = Place { database_id: &content.database_id, generation: content.generation };
            content.recovery = Some(RecoverySlot::seal(place, code, dek, random)?);
            Ok(())
        })
    }

    /// Writes both files anew when one of them was missing, damaged or old; does nothing otherwise.
    pub fn mend(&mut self, dir: &Path, dek: &Dek) -> Result<(), VaultFault> {
        if self.both_whole {
            return Ok(());
        }
        self.change(dir, dek, &mut || Ok(()), |_| Ok(()))
    }

    fn unaltered(&self, dek: Dek) -> Result<Dek, OpenFault> {
        if self.file.is_sealed_by(&dek) { Ok(dek) } else { Err(OpenFault::Damaged) }
    }

    /// Puts a changed content in force under the next generation number; on an error the old one still counts here.
    fn change(
        &mut self,
        dir: &Path,
        dek: &Dek,
        after_step: AfterStep<'_>,
        edit: impl FnOnce(&mut Content) -> Result<(), VaultFault>,
    ) -> Result<(), VaultFault> {
        if !self.file.is_sealed_by(dek) {
            return Err(VaultFault::WrongKey);
        }
        let found = Found::look(dir);
        let mut content = self.file.content.clone();
        // A change that failed half-way may have left its number on the disk: it is not given out twice.
        content.generation = found.highest_generation().max(content.generation) + 1;
        edit(&mut content)?;
        let file = VaultFile::sealed(content, dek).ok_or(VaultFault::BadHolder)?;
        self.both_whole = write(dir, found.names_oldest_first(), &file, after_step)?;
        self.file = file;
        Ok(())
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Vault(generation {})", self.generation())
    }
}

/// Writes the first file, proves it readable, then the second. Whether the second followed; the first alone puts the change in force.
fn write(dir: &Path, names: [&str; 2], file: &VaultFile, after_step: AfterStep<'_>) -> Result<bool, VaultFault> {
    let [first, second] = names;
    let bytes = file.to_bytes();
    disk::replace(dir, first, &bytes, after_step)?;
    if disk::read(dir, first, MOST_BYTES)?.as_ref() != Some(&bytes) {
        return Err(VaultFault::Io(io::ErrorKind::InvalidData.into()));
    }
    Ok(disk::replace(dir, second, &bytes, after_step).is_ok())
}

/// What the two places held: a whole file, nothing, or something that is no vault.
struct Found {
    files: [io::Result<Option<VaultFile>>; 2],
}

impl Found {
    fn look(dir: &Path) -> Self {
        let files = NAMES.map(|name| {
            let bytes = disk::read(dir, name, MOST_BYTES)?;
            bytes
                .map(|bytes| VaultFile::from_bytes(&bytes).ok_or_else(|| io::ErrorKind::InvalidData.into()))
                .transpose()
        });
        Self { files }
    }

    fn newest(self) -> Result<Vault, VaultFault> {
        let generations = self.generations();
        let [a, b] = self.files;
        match (a, b) {
            (Ok(None), Ok(None)) => Err(VaultFault::Absent),
            (Ok(Some(file)), other) if generations.0 >= generations.1 => {
                // Two whole files of one generation and different content can only be made by hand.
                let both_whole = matches!(&other, Ok(Some(twin)) if twin.to_bytes() == file.to_bytes());
                Ok(Vault { file, both_whole })
            }
            (_, Ok(Some(file))) => Ok(Vault { file, both_whole: false }),
            (Err(error), _) | (_, Err(error)) if error.kind() != io::ErrorKind::InvalidData => {
                Err(VaultFault::Io(error))
            }
            _ => Err(VaultFault::Unreadable),
        }
    }

    /// 0 where no whole file stands.
    fn generations(&self) -> (u64, u64) {
        let [a, b] = self.files.each_ref().map(|file| match file {
            Ok(Some(file)) => file.content.generation,
            _ => 0,
        });
        (a, b)
    }

    fn highest_generation(&self) -> u64 {
        let (a, b) = self.generations();
        a.max(b)
    }

    fn names_oldest_first(&self) -> [&'static str; 2] {
        let (a, b) = self.generations();
        let [name_a, name_b] = NAMES;
        if a >= b { [name_b, name_a] } else { [name_a, name_b] }
    }
}

#[cfg(test)]
mod tests;
