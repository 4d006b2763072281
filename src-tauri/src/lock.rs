//! The one lock, and what goes the same way: handing over to a patient, and the end of the process. Finish, close, end the web engine,
//! empty its folder; only the last step differs. How a process is replaced belongs to `image`.

use crate::arguments::Carried;
use crate::image::{self, Next};
use crate::state::Premises;
use crate::web_folder;
use clinic::{Clinic, Letter, TrainingKey};
use std::future::pending;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tauri::{AppHandle, Manager};
use tokio::time::timeout;
use zeroize::Zeroizing;

/// How long an act in flight may take, and then the closing of the database.
const PATIENCE: Duration = Duration::from_secs(10);

/// An end that was asked for while a lock was under way is not forgotten.
static END_WANTED: AtomicBool = AtomicBool::new(false);

/// What follows the closing.
pub enum After {
    /// The locked door, in a new image of this process.
    Lock,
    /// The patient's window, in a new image of this process that knows this letter and nothing else.
    HandOver(Box<Letter>),
    /// The end of this process.
    End,
}

/// Closes the clinic and leaves this image for good; takes up to 20 seconds when an act or the disk hangs. Returns only when
/// somebody else is closing already.
pub async fn close(app: &AppHandle, after: After) {
    if matches!(after, After::End) {
        want_end();
    }
    let premises = app.state::<Premises>();
    let Some(shut) = premises.door.shut(PATIENCE).await else { return };
    // Borrowed, not taken: dropping the clinic waits for its database, and a lock must not wait for a disk that hangs.
    let training = match &shut.was_open {
        Some(clinic) => close_clinic(clinic).await,
        None => None,
    };
    let carried = match after {
        After::HandOver(letter) => letter.to_bytes().ok().map(|letter| (Carried::Patient, letter)),
        After::Lock | After::End => carried_training(training),
    };
    leave(app, Leaving::new(premises.profile.clone(), premises.web_folder.clone(), carried)).await;
}

/// From now on, whoever leaves this image ends the process.
pub fn want_end() {
    END_WANTED.store(true, Ordering::SeqCst);
}

/// What the locked door of a training desk needs.
pub fn carried_training(training: Option<TrainingKey>) -> Option<(Carried, Zeroizing<Vec<u8>>)> {
    training.map(|key| (Carried::Training, key.to_bytes()))
}

/// What is known when an image is left.
pub struct Leaving {
    profile: PathBuf,
    web_folder: PathBuf,
    carried: Mutex<Option<(Carried, Zeroizing<Vec<u8>>)>>,
}

impl Leaving {
    /// For the next image on `profile`, which is given what is `carried`; `web_folder` is the one of this run.
    pub fn new(profile: PathBuf, web_folder: PathBuf, carried: Option<(Carried, Zeroizing<Vec<u8>>)>) -> Self {
        Self { profile, web_folder, carried: Mutex::new(carried) }
    }

    /// The last step, which never returns.
    pub fn go(&self) -> ! {
        image::end_children();
        web_folder::remove(&self.web_folder);
        if END_WANTED.load(Ordering::SeqCst) {
            std::process::exit(0);
        }
        let carried = self.carried.lock().ok().and_then(|mut carried| carried.take());
        image::replace(&Next { profile: &self.profile, carried })
    }
}

/// Leaves this image for good.
pub async fn leave(app: &AppHandle, leaving: Leaving) {
    let leaving = Arc::new(leaving);
    let there = Arc::clone(&leaving);
    // The web engine aborts the process when a child dies while it is starting one; on its own thread it cannot be.
    let posted = app.run_on_main_thread(move || there.go());
    if posted.is_ok() {
        let _replaced = timeout(PATIENCE, pending::<()>()).await;
    }
    // The window hangs: a lock does not wait for it.
    leaving.go();
}

/// A closing that hangs is left behind: the database stands it as it stands a power cut, and the lock does not wait.
async fn close_clinic(clinic: &Clinic) -> Option<TrainingKey> {
    timeout(PATIENCE, clinic.close()).await.unwrap_or_else(|_| {
        eprintln!("holdfast: closing_took_too_long");
        None
    })
}
