//! The only two events the screen hears: what changed, and that the desk locks soon. Neither carries anything of a patient.

use clinic::Noun;
use tauri::{AppHandle, Emitter, async_runtime};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

/// The one window.
pub const WINDOW: &str = "main";

const CHANGED: &str = "changed";
const LOCK_SOON: &str = "lock_soon";

/// Tells the screen in how many seconds (1-60) the desk locks, or by None that it does not any more.
pub fn lock_soon(app: &AppHandle, seconds: Option<u64>) {
    tell(app, LOCK_SOON, seconds);
}

/// Tells the screen which nouns changed, until the clinic closes.
pub fn follow(app: &AppHandle, mut changes: Receiver<Vec<Noun>>) {
    let app = app.clone();
    async_runtime::spawn(async move {
        loop {
            match changes.recv().await {
                Ok(nouns) => tell(&app, CHANGED, nouns),
                // A screen that missed what exactly changed reads everything.
                Err(RecvError::Lagged(_)) => tell(&app, CHANGED, Noun::ALL),
                Err(RecvError::Closed) => break,
            }
        }
    });
}

/// A window that has gone has no use for the news.
fn tell(app: &AppHandle, event: &str, payload: impl serde::Serialize + Clone) {
    let _gone = app.emit_to(WINDOW, event, payload);
}
