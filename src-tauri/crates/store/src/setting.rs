//! Settings kept in the database.

use domain::codes;
use rusqlite::OptionalExtension;

use crate::error::Error;
use crate::open::Store;
use crate::write::Writing;

codes! {
    /// A setting's key.
    Setting {
        /// The id shared with the vault and the key store.
        DatabaseId = "database_id",
        /// `yes` once part of the present recovery code was typed back.
        RecoveryConfirmed = "recovery_confirmed",
        /// The address of the server that has what was sent, as it was when it first had something.
        Server = "server",
        /// The private key that this PC signs in with, PEM: a secret.
        ServerKey = "server_key",
        /// The certificate that this PC shows to the trust's servers, with its private key, PEM: a secret.
        ClientCertificate = "client_certificate",
        /// What this PC signs carried files with: a secret.
        SigningKey = "signing_key",
        /// What the last check of a server found, as JSON with that server's address.
        ServerReport = "server_report",
    }
}

impl Store {
    pub fn setting(&self, setting: Setting) -> Result<Option<String>, Error> {
        let mut statement = self.conn.prepare_cached("SELECT value FROM setting WHERE key = ?1")?;
        Ok(statement.query_row([setting.code()], |row| row.get(0)).optional()?)
    }
}

impl Writing<'_> {
    pub fn set(&mut self, setting: Setting, value: &str) -> Result<(), Error> {
        self.tx
            .prepare_cached(
                "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
            )?
            .execute((setting.code(), value))?;
        Ok(())
    }
}
