//! The outbox as a file that is carried to the trust by hand, for outages of weeks: sealed to a code that is shown once, signed by this PC.
//! What was carried still waits here, and is asked about before anything of it is sent.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::id::SendingId;
use domain::op::Op;
use domain::staff::By;
use security::{CarriedOut, CarryCode, CarryFault, Cost, SigningKey};
use serde_json::Value;
use store::{Setting, Store};
use sync::CarryOut;
use zeroize::Zeroizing;

use crate::clinic::{Clinic, Open};
use crate::house::sync_folder;
use crate::problem::{Code, Problem};

/// How many sendings are read at once.
const PAGE: u32 = 64;

/// What was written, and what the importer has to be told another way.
pub struct CarriedOutbox {
    /// The file's name in the folder.
    pub file: String,
    /// The code that opens it, in groups; kept nowhere.
    pub code: Zeroizing<String>,
    /// The fingerprint of this PC, which the importer compares.
    pub signer: String,
    /// How many sendings are in it.
    pub sendings: u32,
    /// How many records wait or need a person and are not in it.
    pub left: u32,
}

impl Clinic {
    /// Writes what waits to a file in this folder, for key holders, whose passphrase is typed again for it; this desk sends nothing any more. What
    /// needs a person, and whatever comes after it in its lane, is left out. None when nothing is left to carry; `folder_unwritable` and
    /// `disk_full` as for a paper; `not_allowed` in training mode.
    pub async fn carry_outbox_in(
        &self,
        passphrase: Zeroizing<String>,
        folder: PathBuf,
    ) -> Result<Option<CarriedOutbox>, Problem> {
        let by = self.by_for(Op::CarryOutbox)?;
        self.keyring()?;
        self.reauthenticate("passphrase", passphrase).await?;
        // Nothing may be on its way twice.
        if let Some(courier) = &self.0.courier {
            courier.stop();
        }
        let (open, cost) = (self.0.clone(), self.0.profile.world.cost());
        let carried =
            self.0.queue.run(move |store| Carrying { open: &open, by, folder: &folder }.carry(store, cost)).await?;
        self.changed(&[]);
        Ok(carried)
    }
}

/// One time that the outbox is carried.
struct Carrying<'a> {
    open: &'a Arc<Open>,
    by: By,
    folder: &'a Path,
}

impl Carrying<'_> {
    fn carry(&self, store: &mut Store, cost: Cost) -> Result<Option<CarriedOutbox>, Problem> {
        store.doubt_sendings()?;
        let world = &self.open.profile.world;
        let kept = store.setting(Setting::SigningKey)?.map(Zeroizing::new);
        let key = match kept.as_ref().and_then(|text| SigningKey::from_text(text)) {
            Some(key) => key,
            None => world.with_random(|random| SigningKey::random(random))?,
        };
        let (signer, text) = (key.signer()?.fingerprint(), key.text());
        let code = world.with_random(|random| CarryCode::random(random))?;
        let chance = security::to_hex(&world.bytes::<8>()?);
        let unnamed = Part::open(self.folder, &chance)?;
        let out = BufWriter::new(&unnamed.file);
        let mut file = world.with_random(|random| CarriedOut::begin(out, &code, key, cost, random))?;
        let (sendings, left) = self.write(store, &mut file)?;
        if sendings.is_empty() {
            return Ok(None);
        }
        file.finish()?;
        unnamed.file.sync_all().map_err(refused)?;
        // The line comes first: no file is anywhere that nobody wrote down.
        store.write::<_, Problem>(&self.by, Op::CarryOutbox, |w| {
            w.set(Setting::SigningKey, &text)?;
            w.detail(&format!("carried {}", sendings.len()));
            Ok(w.carry(&sendings)?)
        })?;
        let file = unnamed.name(&format!("holdfast-{}", chance.get(..8).unwrap_or_default()))?;
        let (sendings, code) = (count(sendings.len()), Zeroizing::new(code.groups().join("-")));
        Ok(Some(CarriedOutbox { file, code, signer, sendings, left: left + store.waiting()?.needs_you }))
    }

    /// Every message, and which sendings they are; beside them, how many were left out.
    fn write(&self, store: &Store, file: &mut CarriedOut<BufWriter<&File>>) -> Result<(Vec<SendingId>, u32), Problem> {
        let server = store.setting(Setting::Server)?;
        add(file, &CarryOut::opening(server.as_deref()), false)?;
        let (mut out, mut carried, mut left) = (CarryOut::default(), Vec::new(), 0);
        let mut after = None;
        loop {
            let page = store.to_carry(after, PAGE)?;
            let Some(last) = page.last() else { break };
            after = Some(last.sending);
            for one in &page {
                match out.message(store, self.open.content.as_ref(), one)? {
                    Some(message) => {
                        add(file, &message, false)?;
                        carried.push(one.sending);
                    }
                    None => left += 1,
                }
            }
        }
        add(file, &CarryOut::closing(count(carried.len())), true)?;
        Ok((carried, left))
    }
}

fn add<W: Write>(file: &mut CarriedOut<W>, message: &Value, last: bool) -> Result<(), Problem> {
    Ok(file.add(Zeroizing::new(message.to_string()).as_bytes(), last)?)
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

/// The file while it has no name of its own. Dropped without one, it is gone.
struct Part {
    folder: PathBuf,
    path: PathBuf,
    file: File,
}

impl Part {
    fn open(folder: &Path, chance: &str) -> Result<Part, Problem> {
        let path = folder.join(format!(".holdfast-{chance}.part"));
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(refused)?;
        Ok(Part { folder: folder.to_owned(), path, file })
    }

    /// Nobody's file is written over: the name holds chance.
    fn name(self, stem: &str) -> Result<String, Problem> {
        let name = format!("{stem}.carried");
        let path = self.folder.join(&name);
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(refused)?;
        if let Err(error) = fs::rename(&self.path, &path) {
            let _empty = fs::remove_file(&path);
            return Err(refused(error));
        }
        // Some sticks cannot be asked for it; the file itself is durable already.
        let _durable = sync_folder(&self.folder);
        Ok(name)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // Under its own name it is no longer here.
        let _gone = fs::remove_file(&self.path);
    }
}

fn refused(error: io::Error) -> Problem {
    eprintln!("holdfast: carried file: {:?}", error.kind());
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Code::DiskFull,
        _ => Code::FolderUnwritable,
    }
    .into()
}

impl From<CarryFault> for Problem {
    fn from(fault: CarryFault) -> Problem {
        match fault {
            CarryFault::Io(error) => refused(error),
            other => {
                eprintln!("holdfast: carried file: {other}");
                Problem::unexpected()
            }
        }
    }
}
