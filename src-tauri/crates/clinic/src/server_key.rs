//! The key with which this PC signs in to the trust's server, and the certificate it may have to show: taken in from a file by a key
//! holder. They live in the encrypted database alone; nothing shows, exports or prints them.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use domain::op::Op;
use serde::Serialize;
use store::{Setting, Store};
use sync::{ClientCertificate, PrivateKey, SignedIn};
use ts_rs::TS;
use zeroize::Zeroizing;

use crate::clinic::{Clinic, Noun, off_thread};
use crate::problem::Problem;

/// Largest file that is read, bytes.
const MOST_BYTES: u64 = 64 * 1024;

/// A minute in milliseconds.
const MINUTE: i64 = 60_000;

/// How this PC is known to the trust's server.
#[derive(Serialize, TS)]
pub struct ServerKeyView {
    /// The configuration says where to sign in; without it the server asks nobody who he is.
    pub is_needed: bool,
    pub has_key: bool,
    pub has_certificate: bool,
    #[ts(type = "\"not_asked\" | \"yes\" | \"refused\"")]
    pub signed_in: &'static str,
    /// With `refused`: the code and the words of the server that was asked, for IT.
    pub said: String,
    /// By how many minutes this PC's clock is off, where that was in the way of signing in: positive when it is behind.
    pub clock_minutes: i64,
}

/// What became of a file.
#[derive(Serialize, TS)]
pub struct TakenServerKey {
    /// The file stays where it is: once its key was taken in, it is to be destroyed.
    #[ts(type = "\"key\" | \"certificate\" | \"refused\"")]
    pub outcome: &'static str,
    /// The name of the file, without its folder.
    pub file: String,
    pub key: ServerKeyView,
}

/// What a key holder has taken in, PEM.
#[derive(Default)]
pub(crate) struct KeptKeys {
    pub key: Option<Zeroizing<String>>,
    pub certificate: Option<Zeroizing<String>>,
}

impl KeptKeys {
    pub fn of(store: &Store) -> Result<KeptKeys, store::Error> {
        let kept = |setting| store.setting(setting).map(|pem| pem.map(Zeroizing::new));
        Ok(KeptKeys { key: kept(Setting::ServerKey)?, certificate: kept(Setting::ClientCertificate)? })
    }
}

impl Clinic {
    /// Takes in the key that this PC signs in with, or the certificate that it shows with its key, from a PEM file. From then on it is
    /// used; one that was there before is not any more. A file that is neither changes nothing.
    pub async fn take_in_server_key(&self, file: PathBuf) -> Result<TakenServerKey, Problem> {
        self.by_for(Op::TakeInServerKey)?;
        self.keyring()?;
        let name = file.file_name().map(|name| name.to_string_lossy().chars().take(200).collect()).unwrap_or_default();
        let read = off_thread(move || Ok(read(&file))).await?;
        let Some((setting, outcome, pem)) = read.filter(|read| self.can_be_used(read)) else {
            return Ok(TakenServerKey { outcome: "refused", file: name, key: self.server_key().await? });
        };
        let by = self.by_for(Op::TakeInServerKey)?;
        let take_in = move |store: &mut Store| {
            store.write::<_, Problem>(&by, Op::TakeInServerKey, |w| {
                w.detail(outcome);
                Ok(w.set(setting, &pem)?)
            })?;
            Ok(KeptKeys::of(store)?)
        };
        let keys = self.0.queue.run(take_in).await?;
        if let (Some(courier), Some(address)) = (&self.0.courier, self.0.profile.configuration.server_address())
            && let Ok(server) = address.server(&keys, &self.0.profile.world)
        {
            courier.server().becomes(server);
            courier.try_now();
        }
        self.changed(&[Noun::Staff]);
        Ok(TakenServerKey { outcome, file: name, key: self.server_key().await? })
    }

    /// How this PC is known to the trust's server; nothing of a key is in it.
    pub(crate) async fn server_key(&self) -> Result<ServerKeyView, Problem> {
        let keys = self.0.queue.run(|store| Ok(KeptKeys::of(store)?)).await?;
        let signed_in = self.0.courier.as_ref().and_then(|courier| courier.server().signed_in());
        let SignedIn { has_token, said, clock_off } = signed_in.unwrap_or_default();
        let address = self.0.profile.configuration.server_address();
        Ok(ServerKeyView {
            is_needed: address.is_some_and(|address| address.sign_in.is_some()),
            has_key: keys.key.is_some(),
            has_certificate: keys.certificate.is_some(),
            signed_in: match (has_token, said.is_empty()) {
                (true, _) => "yes",
                (false, false) => "refused",
                (false, true) => "not_asked",
            },
            said,
            clock_minutes: clock_off / MINUTE,
        })
    }

    /// Whether the server that is configured could be asked with it.
    fn can_be_used(&self, (setting, _, pem): &Pem) -> bool {
        let Some(address) = self.0.profile.configuration.server_address() else { return true };
        let keys = match setting {
            Setting::ServerKey => KeptKeys { key: Some(pem.clone()), certificate: None },
            _ => KeptKeys { key: None, certificate: Some(pem.clone()) },
        };
        address.server(&keys, &self.0.profile.world).is_ok()
    }
}

/// Where it is kept, what it is called in the answer and in the audit, and the PEM.
pub(crate) type Pem = (Setting, &'static str, Zeroizing<String>);

/// A certificate with its key, or a key alone; None for anything else.
pub(crate) fn read(file: &Path) -> Option<Pem> {
    let mut bytes = Zeroizing::new(Vec::new());
    File::open(file).ok()?.take(MOST_BYTES + 1).read_to_end(&mut bytes).ok()?;
    let pem = Zeroizing::new(std::str::from_utf8(&bytes).ok()?.to_owned());
    if bytes.len() as u64 > MOST_BYTES {
        return None;
    }
    if ClientCertificate::is_in(&bytes) {
        return ClientCertificate::read(&bytes).is_ok().then_some((Setting::ClientCertificate, "certificate", pem));
    }
    PrivateKey::read(&bytes).is_ok().then_some((Setting::ServerKey, "key", pem))
}
