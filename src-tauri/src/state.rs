//! What the window stands on: the house, and behind its door the open clinic or nobody. Opening and shutting happen only
//! here; what a nurse does inside belongs to `clinic`.

use crate::idle::LastTouch;
use crate::{events, idle};
use clinic::{Clinic, Code, Desk, House, Problem};
use std::future::Future;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tauri::AppHandle;
use tokio::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};
use tokio::time::timeout;

/// The state of this process, from its start to the next image.
pub struct Premises {
    house: Result<House, Problem>,
    /// The open clinic, when a nurse is in.
    pub door: Door<Clinic>,
    /// When the nurse last touched a key or the pointer.
    pub last_touch: LastTouch,
    /// The profile folder as this process was given it: the next image gets the same.
    pub profile: PathBuf,
    /// The folder of this run in which the web engine keeps its files.
    pub web_folder: PathBuf,
}

impl Premises {
    /// The premises with the door shut. A house that could not be opened stays a `Problem` which every command answers.
    pub fn new(house: Result<House, Problem>, profile: PathBuf, web_folder: PathBuf) -> Self {
        Self { house, door: Door::default(), last_touch: LastTouch::default(), profile, web_folder }
    }

    /// The locked profile.
    ///
    /// # Errors
    /// The problem for which it could not be opened, such as `profile_in_use`.
    pub fn house(&self) -> Result<&House, Problem> {
        self.house.as_ref().map_err(Problem::clone)
    }

    /// The open clinic, kept open until the guard is dropped.
    ///
    /// # Errors
    /// `locked` when nobody is in or the door is being shut.
    pub async fn clinic(&self) -> Result<RwLockReadGuard<'_, Clinic>, Problem> {
        self.door.inside().await
    }

    /// Lets a nurse in by `way_in` and starts the idle clock and the news of changes for this desk.
    ///
    /// # Errors
    /// What `way_in` answers; `locked` while the door is being shut; `unexpected` when somebody is in already.
    pub async fn enter(
        &self,
        app: &AppHandle,
        way_in: impl Future<Output = Result<Clinic, Problem>>,
    ) -> Result<Desk, Problem> {
        self.door.enter(way_in).await?;
        let clinic = self.clinic().await?;
        // Before anything that can fail: whatever is open is watched.
        self.last_touch.touch();
        idle::watch(app, self.house()?.idle_minutes());
        events::follow(app, clinic.changes());
        clinic.desk().await
    }
}

/// The one door: nobody in, somebody in, or being shut for good. `C` is what stands open behind it.
pub struct Door<C> {
    inside: RwLock<Option<C>>,
    shutting: AtomicBool,
}

impl<C> Default for Door<C> {
    fn default() -> Self {
        Self { inside: RwLock::new(None), shutting: AtomicBool::new(false) }
    }
}

impl<C: Clone> Door<C> {
    /// What is open; the door is not shut before the guard is dropped.
    ///
    /// # Errors
    /// `locked` when nobody is in or the door is being shut.
    pub async fn inside(&self) -> Result<RwLockReadGuard<'_, C>, Problem> {
        self.unless_shutting()?;
        RwLockReadGuard::try_map(self.inside.read().await, Option::as_ref).map_err(|_| Code::Locked.into())
    }

    /// Opens the door with what `way_in` yields. A second one waits for the first and is then refused.
    ///
    /// # Errors
    /// What `way_in` answers; `locked` while the door is being shut; `unexpected` when somebody is in already.
    pub async fn enter(&self, way_in: impl Future<Output = Result<C, Problem>>) -> Result<(), Problem> {
        self.unless_shutting()?;
        let mut inside: RwLockWriteGuard<'_, Option<C>> = self.inside.write().await;
        self.unless_shutting()?;
        if inside.is_some() {
            return Err(Problem::unexpected());
        }
        *inside = Some(way_in.await?);
        Ok(())
    }

    /// Whether somebody is in. An entry that is under way is waited for.
    pub async fn is_open(&self) -> bool {
        self.inside.read().await.is_some()
    }

    /// Shuts the door for good: whoever comes now is refused, whoever is inside has `patience` to finish. Answers what stood
    /// open, even when the patience ran out. None the second time it is called: the first caller does the closing.
    pub async fn shut(&self, patience: Duration) -> Option<Shut<C>> {
        if self.shutting.swap(true, Ordering::SeqCst) {
            return None;
        }
        let finished = timeout(patience, self.inside.write()).await;
        Some(match finished {
            Ok(mut inside) => Shut { was_open: inside.take() },
            // Commands hold the door open by reading, so it can still be read beside them; an entry that hangs holds it alone.
            Err(_) => Shut { was_open: self.inside.try_read().ok().and_then(|inside| inside.clone()) },
        })
    }

    fn unless_shutting(&self) -> Result<(), Problem> {
        if self.shutting.load(Ordering::SeqCst) { Err(Code::Locked.into()) } else { Ok(()) }
    }
}

/// A door that was shut.
#[derive(Debug, PartialEq, Eq)]
pub struct Shut<C> {
    /// What stood open behind it and has to be closed now.
    pub was_open: Option<C>,
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
