//! The only two events the screen hears: what changed, and that the desk locks soon. Neither carries anything of a patient.

use clinic::Noun;
use tauri::{AppHandle, Emitter, async_runtime};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

/// The one window.
pub const WINDOW: &str = "main";

const CHANGED: &str = "changed";
const LOCK_SOON: &str = "lock_soon";

/// Every noun, for a screen that missed what exactly changed.
const NOUNS: [&str; 11] = [
    "patient",
    "staff",
    "hna",
    "care_plan",
    "treatment_summary",
    "care_review",
    "follow_up",
    "appointment",
    "wellbeing",
    "directory",
    "report",
];

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
                Err(RecvError::Lagged(_)) => tell(&app, CHANGED, NOUNS),
                Err(RecvError::Closed) => break,
            }
        }
    });
}

/// A window that has gone has no use for the news.
fn tell(app: &AppHandle, event: &str, payload: impl serde::Serialize + Clone) {
    let _gone = app.emit_to(WINDOW, event, payload);
}
