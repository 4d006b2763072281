//! `status.json` in the profile: how sending goes, in counts and moments, for whoever watches over the trust's PCs. It is read without
//! any key, so nothing of a patient, a member of staff or a record stands in it.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::Store;
use sync::Live;
use tokio::runtime::Handle;
use tokio::sync::broadcast;
use tokio::task::AbortHandle;

use crate::clinic::Noun;
use crate::problem::{Code, Problem};
use crate::queue::Queue;
use crate::sending::{Sending, phrase_of};
use crate::world::World;

/// The file's name in the profile.
pub const STATUS_FILE: &str = "status.json";

/// Largest file that is read, bytes.
const MOST_BYTES: u64 = 16 * 1024;

/// Many changes one after the other are told once in this time.
const BETWEEN: Duration = Duration::from_millis(500);

/// How sending goes on this PC, at the moment it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// The version of Holdfast that wrote it.
    pub version: String,
    /// Since when it has been so: the file is written when something else of it changes.
    pub written: Timestamp,
    /// A nurse's desk was open; while none is, nothing is sent.
    pub open: bool,
    /// One of the four phrases: `saved_here`, `waiting`, `sent` or `needs_you`.
    pub phrase: String,
    /// Why nothing goes, or that it is going just now; as in the header.
    pub reason: Option<String>,
    /// Since when nothing can be sent.
    pub since: Option<Timestamp>,
    /// Records that wait.
    pub waiting: u32,
    /// Records that need a person.
    pub needs_you: u32,
    /// Records that were ever to be sent.
    pub records: u32,
    /// When the oldest of what the trust does not have was saved.
    pub oldest: Option<Timestamp>,
    /// When the trust last acknowledged one.
    pub sent: Option<Timestamp>,
    /// When the outbox was last carried by hand, if what was carried waits to be acknowledged.
    pub carried: Option<Timestamp>,
}

impl Status {
    /// Reads the status of a profile; None when none was ever written. `database_unreadable` for a file that is not one.
    pub fn read(profile: &Path) -> Result<Option<Status>, Problem> {
        let path = profile.join(STATUS_FILE);
        let unreadable = || Problem::from(Code::DatabaseUnreadable);
        match fs::symlink_metadata(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Ok(found) if found.is_file() && found.len() <= MOST_BYTES => {}
            _ => return Err(unreadable()),
        }
        let bytes = fs::read(&path).map_err(|_| unreadable())?;
        serde_json::from_slice(&bytes).map(Some).map_err(|_| unreadable())
    }

    /// As it stands in the file.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Puts it in the place of the last one. Not durable: after a power cut the next change writes it again.
    fn write(&self, profile: &Path) -> io::Result<()> {
        let (path, new) = (profile.join(STATUS_FILE), profile.join("status.json.new"));
        let _left_by_a_kill = fs::remove_file(&new);
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(&new)?.write_all(self.json().as_bytes())?;
        fs::rename(&new, &path)
    }
}

/// Writes the file whenever something changes; dropping it ends that.
pub(crate) struct StatusKeeper {
    teller: Arc<Teller>,
    task: Option<AbortHandle>,
}

/// What the status is made of. It does not hold the profile, whose lock is let go when the clinic ends.
pub(crate) struct Teller {
    pub profile: PathBuf,
    pub world: World,
    /// How sending goes; None without a server that can be used.
    pub live: Option<Arc<Mutex<Live>>>,
    pub server_unusable: bool,
    /// What stands in the file, as far as this desk has written it.
    pub told: Mutex<Option<Status>>,
}

impl StatusKeeper {
    /// Writes the file now and after each change.
    pub fn start(teller: Teller, queue: Queue, changes: broadcast::Receiver<Vec<Noun>>) -> StatusKeeper {
        let teller = Arc::new(teller);
        let task = Handle::try_current().ok();
        let task = task.map(|runtime| runtime.spawn(follow(teller.clone(), queue, changes)).abort_handle());
        StatusKeeper { teller, task }
    }

    /// Ends it; what is left is the last word, that nobody's desk is open.
    pub fn end(&self) -> Arc<Teller> {
        if let Some(task) = &self.task {
            task.abort();
        }
        self.teller.clone()
    }

    /// How it is now.
    pub fn status(&self, store: &Store, open: bool) -> Result<Status, store::Error> {
        self.teller.status(store, open)
    }
}

impl Drop for StatusKeeper {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

async fn follow(teller: Arc<Teller>, queue: Queue, mut changes: broadcast::Receiver<Vec<Noun>>) {
    loop {
        let told = teller.clone();
        let done = queue.run(move |store| {
            told.tell(store, true);
            Ok(())
        });
        if done.await.is_err() || matches!(changes.recv().await, Err(broadcast::error::RecvError::Closed)) {
            return;
        }
        tokio::time::sleep(BETWEEN).await;
        while changes.try_recv().is_ok() {}
    }
}

impl Teller {
    /// Writes the file; that it cannot be written stops nothing.
    pub fn tell(&self, store: &Store, open: bool) {
        let Ok(status) = self.status(store, open) else {
            eprintln!("holdfast: status not_counted");
            return;
        };
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let written = told.as_ref().map_or(status.written, |told| told.written);
        if told.as_ref() == Some(&Status { written, ..status.clone() }) {
            return;
        }
        match status.write(&self.profile) {
            Ok(()) => *told = Some(status),
            // Whoever reads the old one sees when it was written.
            Err(error) => eprintln!("holdfast: status not_written {:?}", error.kind()),
        }
    }

    fn status(&self, store: &Store, open: bool) -> Result<Status, store::Error> {
        let live = self.live.as_ref().map(|live| *live.lock().unwrap_or_else(PoisonError::into_inner));
        let Sending { phrase, reason, waiting, needs_you, records, sent, .. } =
            phrase_of(store.waiting()?, live, self.server_unusable);
        let trouble = live.and_then(|live| live.trouble).map(|(since, _)| since);
        Ok(Status {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            written: moment(self.world.now()).unwrap_or_default(),
            open,
            phrase: phrase.to_owned(),
            reason: reason.map(str::to_owned),
            since: trouble.and_then(moment),
            waiting,
            needs_you,
            records,
            oldest: store.oldest_unsent()?.and_then(moment),
            sent: sent.and_then(|sent| moment(sent.ms)),
            carried: store.carried_at()?.and_then(moment),
        })
    }
}

fn moment(ms: i64) -> Option<Timestamp> {
    Timestamp::from_millisecond(ms).ok()
}
