//! The one lock, and the end of the process, which goes the same way: finish, close, end the web engine, empty its folder.
//! Only the last step differs. How a process is replaced belongs to `image`.

use crate::image::{self, Next};
use crate::state::Premises;
use crate::web_folder;
use clinic::{Clinic, TrainingKey};
use std::future::pending;
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// The locked door, in a new image of this process.
    Lock,
    /// The end of this process.
    End,
}

/// Closes the clinic and leaves this image for good; takes up to 20 seconds when an act or the disk hangs. Returns only when
/// somebody else is closing already.
pub async fn close(app: &AppHandle, after: After) {
    if after == After::End {
        END_WANTED.store(true, Ordering::SeqCst);
    }
    let premises = app.state::<Premises>();
    let Some(shut) = premises.door.shut(PATIENCE).await else { return };
    // Borrowed, not taken: dropping the clinic waits for its database, and a lock must not wait for a disk that hangs.
    let training = match &shut.was_open {
        Some(clinic) => close_clinic(clinic).await,
        None => None,
    };
    let leaving = app.clone();
    let key = Arc::new(Mutex::new(training.map(|key| key.to_bytes())));
    let taken = Arc::clone(&key);
    // The web engine aborts the process when a child dies while it is starting one; on its own thread it cannot be.
    let posted = app.run_on_main_thread(move || leave(&leaving, &taken));
    if posted.is_ok() {
        let _replaced = timeout(PATIENCE, pending::<()>()).await;
    }
    // The window hangs: a lock does not wait for it.
    leave(app, &key);
}

/// The last step, which never returns.
fn leave(app: &AppHandle, training: &Mutex<Option<Zeroizing<Vec<u8>>>>) {
    let premises = app.state::<Premises>();
    image::end_children();
    web_folder::remove(&premises.web_folder);
    if END_WANTED.load(Ordering::SeqCst) {
        std::process::exit(0);
    }
    let training = training.lock().ok().and_then(|mut key| key.take());
    image::replace(&Next { profile: &premises.profile, training });
}

/// A closing that hangs is left behind: the database stands it as it stands a power cut, and the lock does not wait.
async fn close_clinic(clinic: &Clinic) -> Option<TrainingKey> {
    timeout(PATIENCE, clinic.close()).await.unwrap_or_else(|_| {
        eprintln!("holdfast: closing_took_too_long");
        None
    })
}
