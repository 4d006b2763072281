//! The process while the PC is in a patient's hands: one window, four commands, and three ways out that all replace it. It opens no house,
//! no clinic and no key store; everything it knows is in the letter of the image before.

use crate::arguments::Carried;
use crate::idle::{self, LastTouch};
use crate::lock::{self, Leaving};
use crate::window::Page;
use crate::{image, web_folder, window};
use clinic::{Code, Letter, PatientRoom, Problem, World};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tauri::{AppHandle, Manager, async_runtime};
use zeroize::Zeroizing;

/// The state of this process.
pub struct InPatientsHands {
    room: Arc<PatientRoom>,
    /// When the patient last touched a key or the pointer.
    pub last_touch: LastTouch,
    profile: PathBuf,
    web_folder: PathBuf,
    leaving: AtomicBool,
}

/// Runs the patient's window on this letter. Without one that can be stood on, this image is replaced by the locked door.
pub fn run(profile: PathBuf, letter: Option<Letter>) -> Result<(), &'static str> {
    let training = letter.as_ref().and_then(Letter::training);
    let entered = letter.ok_or_else(Problem::unexpected);
    let room = match entered.and_then(|letter| PatientRoom::enter(&profile, letter, World::real())) {
        Ok(room) => room,
        Err(problem) => {
            eprintln!("holdfast: patient_image {}", problem.code.code());
            let carried = lock::carried_training(training);
            image::replace(&image::Next { profile: &profile, carried });
        }
    };
    web_folder::remove_earlier(&profile.join("web"));
    let web = web_folder::fresh(&profile.join("web")).or_else(|_| web_folder::elsewhere());
    let web_folder = web.map_err(|_| "no_web_folder")?;
    let hands = InPatientsHands {
        room: Arc::new(room),
        last_touch: LastTouch::default(),
        profile,
        web_folder: web_folder.clone(),
        leaving: AtomicBool::new(false),
    };
    tauri::Builder::default()
        .manage(hands)
        .invoke_handler(crate::patient_handlers())
        .setup(move |app| {
            crate::end_on_signals(app.handle(), |app| async move { end(&app).await })?;
            watch(app.handle());
            // Closing the window is no way out to the desktop for a patient: behind it is the locked door.
            window::open(app, Page::Patient, web_folder, |app| async move { to_lock_screen(&app).await })?;
            Ok(())
        })
        .run(crate::context())
        .map_err(|_| "no_window")
}

/// The locked door, for good; returns only when somebody leaves already.
pub async fn to_lock_screen(app: &AppHandle) {
    let hands = app.state::<InPatientsHands>();
    hands.room.before_leaving();
    let training = hands.room.training();
    leave(app, lock::carried_training(training)).await;
}

/// The next image, which is given what is `carried`; returns only when somebody leaves already.
pub async fn leave(app: &AppHandle, carried: Option<(Carried, Zeroizing<Vec<u8>>)>) {
    let hands = app.state::<InPatientsHands>();
    if !hands.leaving.swap(true, Ordering::SeqCst) {
        lock::leave(app, Leaving::new(hands.profile.clone(), hands.web_folder.clone(), carried)).await;
    }
}

impl InPatientsHands {
    /// Does something in the patient's room, beside the window's threads: a disk and the work of a PIN take their time.
    ///
    /// # Errors
    /// What the room answers; `locked` when this image is being left.
    pub async fn in_room<R: Send + 'static>(
        &self,
        act: impl FnOnce(&PatientRoom) -> Result<R, Problem> + Send + 'static,
    ) -> Result<R, Problem> {
        if self.leaving.load(Ordering::SeqCst) {
            return Err(Code::Locked.into());
        }
        self.last_touch.touch();
        let room = Arc::clone(&self.room);
        async_runtime::spawn_blocking(move || act(&room)).await.map_err(|_| Problem::unexpected())?
    }
}

/// The end of the desktop session: nothing is open here that would have to be closed.
async fn end(app: &AppHandle) {
    lock::want_end();
    leave(app, None).await;
}

/// Leaves for the locked door when nobody was there for the PC's idle time, or the time of the PIN is up.
fn watch(app: &AppHandle) {
    let app = app.clone();
    async_runtime::spawn(async move {
        let hands = app.state::<InPatientsHands>();
        hands.last_touch.touch();
        idle::nobody_there(&hands.last_touch, hands.room.idle_minutes(), |_| hands.room.is_over()).await;
        to_lock_screen(&app).await;
    });
}
