//! A trust's server that is named on a command line, with the keys to it in files: what can be done there without a database.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use security::{CarriedIn, CarryCode, CarryFault, Mistyped};
use store::Setting;
use sync::{CarryIn, CarryStopped, Imported, Report, Safe, Server, Surroundings, Unchecked, Wire, probe};

use crate::configuration::Configuration;
use crate::server_key::{KeptKeys, read};
use crate::world::World;

/// The server, and what this program needs from outside.
pub struct GivenServer {
    server: Server,
    world: World,
}

/// Why a server that was named cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoServer {
    /// The configuration names none, or one that cannot be used.
    Address,
    /// A file that was given is no key and no certificate.
    Key,
}

/// Why a carried file was not imported, or not to its end.
#[derive(Debug, thiserror::Error)]
pub enum ImportStopped {
    #[error(transparent)]
    Code(#[from] Mistyped),
    #[error(transparent)]
    File(#[from] CarryFault),
    #[error(transparent)]
    Carry(#[from] CarryStopped),
}

impl GivenServer {
    /// The server of this configuration, to which this program is who the keys in these files say (PEM: a private key, or a certificate
    /// with its key).
    pub fn new(configuration: &Configuration, keys: &[PathBuf], world: World) -> Result<GivenServer, NoServer> {
        let address = configuration.server_address().ok_or(NoServer::Address)?;
        let mut kept = KeptKeys::default();
        for file in keys {
            match read(file).ok_or(NoServer::Key)? {
                (Setting::ServerKey, _, pem) => kept.key = Some(pem),
                (_, _, pem) => kept.certificate = Some(pem),
            }
        }
        let server = address.server(&kept, &world).map_err(|_| NoServer::Address)?;
        Ok(GivenServer { server, world })
    }

    /// Where it is.
    pub fn address(&self) -> &str {
        self.server.base()
    }

    /// What it really does, asked with resources of the check's own, which are removed again.
    pub async fn check(&self) -> Result<Report, Unchecked> {
        probe(&self.server, &Outside(&self.world)).await
    }

    /// Puts what was carried by hand at the server, one sending after the other. Safe to repeat. When it stops in the middle, what became of it
    /// until then is told all the same.
    pub async fn import(self, file: &Path, code: &str, signer: &str) -> (Imported, Result<(), ImportStopped>) {
        let GivenServer { server, world } = self;
        let mut import = CarryIn::new(server, Box::new(move || world.bytes().ok()));
        let done = all(&mut import, file, code, signer).await;
        (import.imported().clone(), done)
    }
}

async fn all<W: Wire>(import: &mut CarryIn<W>, file: &Path, code: &str, signer: &str) -> Result<(), ImportStopped> {
    let code = CarryCode::parse(code)?;
    let input = BufReader::new(File::open(file).map_err(CarryFault::from)?);
    let mut carried = CarriedIn::open(input, &code, signer)?;
    while let Some(message) = carried.message()? {
        import.take(&message).await?;
    }
    if import.is_whole() { Ok(()) } else { Err(CarryStopped::NotUnderstood.into()) }
}

/// The clock and the chance of this program.
struct Outside<'a>(&'a World);

impl Surroundings for Outside<'_> {
    fn now(&self) -> i64 {
        self.0.now()
    }

    fn chance(&self) -> Option<[u8; 16]> {
        self.0.bytes().ok()
    }
}

/// Whether nothing of a report keeps a PC from sending to that server.
pub fn is_safe(report: &Report) -> bool {
    report.count(Safe::Unsafe) == 0
}
