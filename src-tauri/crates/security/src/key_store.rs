//! What this crate asks of a key store: one secret and one record of pauses a database. How an operating system keeps them is in `os_key_store`.

use crate::error::KeyStoreFault;
use crate::pauses::Pause;
use crate::secret::DeviceSecret;

/// A place outside the profile folder that belongs to this PC and this account.
/// An absent entry never means a new PC: whoever gets `NoEntry` with a vault present must create, overwrite and delete nothing.
pub trait KeyStore: Send + Sync {
    /// Whether the device secret of this database could be read, without reading it: a locked screen asks this, and must hold no secret.
    fn look(&self, database_id: &str) -> Result<(), KeyStoreFault>;

    /// The device secret of this database.
    fn read(&self, database_id: &str) -> Result<DeviceSecret, KeyStoreFault>;

    /// Keeps a new device secret and reads it back before it answers. An entry that is already there is never overwritten
    /// (`AlreadyPresent`); a key store without a place for entries is `NoKeyStore`.
    fn write_new(&self, database_id: &str, secret: &DeviceSecret) -> Result<(), KeyStoreFault>;

    /// The pause kept for this database, if there is one that can be read as a pause.
    fn read_pause(&self, database_id: &str) -> Result<Option<Pause>, KeyStoreFault>;

    /// Keeps the pause in place of any other; `None` removes it, and removing none is no fault.
    fn write_pause(&self, database_id: &str, pause: Option<&Pause>) -> Result<(), KeyStoreFault>;
}
