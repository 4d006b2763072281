//! The key store of the operating system: on Linux the Secret Service on the session bus, through keyring.
//! Nothing here may prompt or wait for ever: what is locked is found by asking, and every errand has a deadline.

use std::collections::HashMap;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use keyring::{Entry, Error};
use keyring_core::api::CredentialStoreApi;
use zbus::blocking::{Connection, connection};
use zbus::zvariant::OwnedObjectPath;
use zbus_secret_service_keyring_store::Store;
use zeroize::Zeroizing;

use crate::error::KeyStoreFault;
use crate::key_store::KeyStore;
use crate::pauses::Pause;
use crate::secret::DeviceSecret;

/// The key store of this PC and account. The device secret is the entry `holdfast` / database id, the pause `holdfast` / database id `/pause`.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsKeyStore;

impl KeyStore for OsKeyStore {
    fn look(&self, database_id: &str) -> Result<(), KeyStoreFault> {
        let user = database_id.to_owned();
        errand(move || find(&user))
    }

    fn read(&self, database_id: &str) -> Result<DeviceSecret, KeyStoreFault> {
        let user = database_id.to_owned();
        errand(move || {
            let bytes = fetch(&user)?;
            let secret = <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| KeyStoreFault::Other("wrong_length"))?;
            Ok(DeviceSecret::from_bytes(secret))
        })
    }

    fn write_new(&self, database_id: &str, secret: &DeviceSecret) -> Result<(), KeyStoreFault> {
        let (user, secret) = (database_id.to_owned(), Zeroizing::new(*secret.bytes()));
        errand(move || {
            match find(&user) {
                Ok(()) => return Err(KeyStoreFault::AlreadyPresent),
                Err(KeyStoreFault::NoEntry) => (),
                Err(fault) => return Err(fault),
            }
            keep(&user, secret.as_slice())
        })
    }

    fn read_pause(&self, database_id: &str) -> Result<Option<Pause>, KeyStoreFault> {
        let user = pause_user(database_id);
        errand(move || match fetch(&user) {
            Ok(bytes) => Ok(std::str::from_utf8(&bytes).ok().and_then(Pause::from_text)),
            Err(KeyStoreFault::NoEntry) => Ok(None),
            Err(fault) => Err(fault),
        })
    }

    fn write_pause(&self, database_id: &str, pause: Option<&Pause>) -> Result<(), KeyStoreFault> {
        let (user, text) = (pause_user(database_id), pause.map(|pause| pause.to_text()));
        errand(move || match text {
            Some(text) => keep(&user, text.as_bytes()),
            None => match ask(&user)? {
                Answer { entries: 0, .. } => Ok(()),
                Answer { .. } => entry(&user)?.delete_credential().map_err(|error| fault_of(&error)),
            },
        })
    }
}

const APPLICATION: &str = "holdfast";
/// One question to the service. The service may have to be started first.
const ANSWER_WITHIN: Duration = Duration::from_secs(8);
/// A whole errand of a few questions.
const ERRAND_WITHIN: Duration = Duration::from_secs(20);

fn pause_user(database_id: &str) -> String {
    format!("{database_id}/pause")
}

/// Runs the errand on a thread of its own, so that a service which never answers, or a prompt nobody can see, holds up nobody,
/// and so that no async runtime is blocked from within.
fn errand<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, KeyStoreFault> + Send + 'static,
) -> Result<T, KeyStoreFault> {
    let (done, wait) = mpsc::sync_channel(1);
    let started = thread::Builder::new().name("key-store".to_owned()).spawn(move || {
        // Nobody listens any more when the deadline has passed.
        let _ = done.send(work());
    });
    started.map_err(|_| KeyStoreFault::Other("no_thread"))?;
    wait.recv_timeout(ERRAND_WITHIN).unwrap_or(Err(KeyStoreFault::NoKeyStore))
}

fn find(user: &str) -> Result<(), KeyStoreFault> {
    match ask(user)?.entries {
        0 => Err(KeyStoreFault::NoEntry),
        _ => Ok(()),
    }
}

fn fetch(user: &str) -> Result<Zeroizing<Vec<u8>>, KeyStoreFault> {
    find(user)?;
    entry(user)?.get_secret().map(Zeroizing::new).map_err(|error| fault_of(&error))
}

/// Writes and reads back.
fn keep(user: &str, bytes: &[u8]) -> Result<(), KeyStoreFault> {
    if !ask(user)?.has_collection {
        return Err(KeyStoreFault::NoKeyStore);
    }
    entry(user)?.set_secret(bytes).map_err(|error| fault_of(&error))?;
    if fetch(user)?.as_slice() == bytes { Ok(()) } else { Err(KeyStoreFault::Other("not_kept")) }
}

/// A connection of its own for each entry: keyring's shared one never recovers when the service was away at the first call.
fn entry(user: &str) -> Result<Entry, KeyStoreFault> {
    let store = Store::new().map_err(|error| fault_of(&error))?;
    store.build(APPLICATION, user, None).map(|inner| Entry { inner }).map_err(|error| fault_of(&error))
}

fn fault_of(error: &Error) -> KeyStoreFault {
    match error {
        Error::NoEntry => KeyStoreFault::NoEntry,
        Error::NoStorageAccess(_) => KeyStoreFault::Locked,
        Error::NoDefaultStore => KeyStoreFault::NoKeyStore,
        Error::PlatformFailure(_) => KeyStoreFault::Other("platform"),
        Error::Ambiguous(_) => KeyStoreFault::Other("ambiguous"),
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::BadStoreFormat(_) => {
            KeyStoreFault::Other("bad_format")
        }
        _ => KeyStoreFault::Other("keyring"),
    }
}

/// What the service says without being asked to unlock anything.
struct Answer {
    entries: usize,
    has_collection: bool,
}

/// Looks for the entry first, because keyring answers a locked entry with a prompt and waits for it.
/// A locked default collection counts as locked even when the entry is not found: some services cannot search what is locked.
fn ask(user: &str) -> Result<Answer, KeyStoreFault> {
    let bus = connection::Builder::session()
        .and_then(|builder| builder.method_timeout(ANSWER_WITHIN).build())
        .map_err(|_| KeyStoreFault::NoKeyStore)?;
    let attributes = HashMap::from([("service", APPLICATION), ("username", user)]);
    let (open, locked): (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) =
        call(&bus, SECRETS_PATH, SECRETS_INTERFACE, "SearchItems", &(attributes,))?;
    if !locked.is_empty() {
        return Err(KeyStoreFault::Locked);
    }
    let collection: OwnedObjectPath = call(&bus, SECRETS_PATH, SECRETS_INTERFACE, "ReadAlias", &("default",))?;
    let has_collection = collection.as_str() != "/";
    if has_collection && open.is_empty() {
        let locked: zbus::zvariant::OwnedValue = call(
            &bus,
            collection.as_str(),
            "org.freedesktop.DBus.Properties",
            "Get",
            &("org.freedesktop.Secret.Collection", "Locked"),
        )?;
        if bool::try_from(locked).unwrap_or(true) {
            return Err(KeyStoreFault::Locked);
        }
    }
    Ok(Answer { entries: open.len(), has_collection })
}

const SECRETS_NAME: &str = "org.freedesktop.secrets";
const SECRETS_PATH: &str = "/org/freedesktop/secrets";
const SECRETS_INTERFACE: &str = "org.freedesktop.Secret.Service";

fn call<T>(
    bus: &Connection,
    path: &str,
    interface: &str,
    method: &str,
    body: &(impl serde::Serialize + zbus::zvariant::DynamicType),
) -> Result<T, KeyStoreFault>
where
    T: serde::de::DeserializeOwned + zbus::zvariant::Type,
{
    let reply =
        bus.call_method(Some(SECRETS_NAME), path, Some(interface), method, body).map_err(|error| match error {
            zbus::Error::MethodError(name, ..) if name.starts_with("org.freedesktop.Secret.Error.IsLocked") => {
                KeyStoreFault::Locked
            }
            // Nobody owns or can start the service, the bus went away, or there was no answer in time.
            _ => KeyStoreFault::NoKeyStore,
        })?;
    reply.body().deserialize().map_err(|_| KeyStoreFault::Other("bad_answer"))
}
