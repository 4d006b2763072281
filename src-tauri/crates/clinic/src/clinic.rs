//! The open clinic: who is signed in, the queue to the database, and what every act needs.

use std::sync::{Arc, Mutex, PoisonError};

use domain::codes;
use domain::op::Op;
use domain::staff::{By, Staff};
use security::{Dek, DeviceSecret, Vault};
use serde::Serialize;
use store::{Keys, Setting, Store};
use tokio::sync::broadcast;
use ts_rs::TS;

use crate::checklist_packs::{self, RefusedChecklist};
use crate::content::Content;
use crate::courier::Courier;
use crate::fetching::FetchedView;
use crate::house::Profile;
use crate::patient_search::Visit;
use crate::place::Place;
use crate::problem::{Code, Problem};
use crate::queue::Queue;
use crate::sending::Sending;
use crate::server::ServerCheck;
use crate::server_key::KeptKeys;
use crate::staff::{CodeShown, StaffView};
use crate::status_file::{StatusKeeper, Teller};
use crate::training::TrainingKey;
use crate::when::{Day, day_of};

codes! {
    /// Nouns named by the `changed` event.
    Noun {
        Patient = "patient",
        Staff = "staff",
        Hna = "hna",
        CarePlan = "care_plan",
        TreatmentSummary = "treatment_summary",
        Offer = "offer",
        CareReview = "care_review",
        FollowUp = "follow_up",
        Invitation = "invitation",
        Answers = "answers",
        Appointment = "appointment",
        Session = "session",
        Booking = "booking",
        ClinicVisit = "clinic_visit",
        Wellbeing = "wellbeing",
        Directory = "directory",
        Report = "report",
        /// The trust's server, as its key holders see it.
        Server = "server",
    }
}

/// What the frame of every screen shows.
#[derive(Serialize, TS)]
pub struct Desk {
    pub nurse: StaffView,
    pub training: bool,
    /// Two tested ways in exist, so patients may be entered.
    pub ready: bool,
    /// Opened with the recovery code: the nurse still has to be given a passphrase on this PC.
    pub by_recovery_code: bool,
    pub trust: Option<String>,
    pub pc: Option<String>,
    pub sending: Sending,
    /// How fetching from the trust goes; null where nothing is fetched.
    pub fetched: Option<FetchedView>,
    /// What happened at the trust that waits for a person to look at it.
    pub notices: u32,
    /// Where this nurse was when the desk was last locked, or null.
    pub place: Option<Place>,
    pub today: Day,
}

/// What opens and changes the vault; None in training mode.
pub(crate) struct Keyring {
    pub dek: Dek,
    pub vault: Vault,
    /// The device secret; None when opened with the recovery code on an account that has none.
    pub device: Option<DeviceSecret>,
}

/// The open clinic. Clones share it; it is gone when it was closed.
#[derive(Clone)]
pub struct Clinic(pub(crate) Arc<Open>);

pub(crate) struct Open {
    pub profile: Arc<Profile>,
    pub content: Arc<Content>,
    pub staff: Staff,
    pub keyring: Option<Mutex<Keyring>>,
    pub training: Option<TrainingKey>,
    pub by_recovery_code: Mutex<bool>,
    /// The recovery code that was shown and waits to be typed back.
    pub code_shown: Mutex<Option<CodeShown>>,
    /// The visit of the find screen whose searches stand in the audit.
    pub visit_noted: Mutex<Visit>,
    /// The same of the page about sending.
    pub sync_noted: Mutex<Visit>,
    pub queue: Queue,
    /// Files of the trust's folder that were not taken when the clinic opened.
    pub refused_checklists: Vec<RefusedChecklist>,
    /// None without a server, and in training mode.
    pub courier: Option<Courier>,
    /// None in training mode, of which nothing is told.
    pub status: Option<StatusKeeper>,
    /// Shared with the check itself, which may be on its way.
    pub server_check: Arc<Mutex<ServerCheck>>,
    pub changes: broadcast::Sender<Vec<Noun>>,
}

impl Clinic {
    pub(crate) fn start(
        profile: Arc<Profile>,
        store: Store,
        staff: Staff,
        keyring: Option<Keyring>,
        by_recovery_code: bool,
    ) -> Result<Clinic, Problem> {
        Self::start_as(profile, store, staff, keyring, None, by_recovery_code)
    }

    pub(crate) fn start_as(
        profile: Arc<Profile>,
        mut store: Store,
        staff: Staff,
        keyring: Option<Keyring>,
        training: Option<TrainingKey>,
        by_recovery_code: bool,
    ) -> Result<Clinic, Problem> {
        let (changes, _) = broadcast::channel(64);
        let content = Arc::new(Content::shipped()?);
        let refused_checklists = match &profile.configuration.checklists {
            Some(folder) => {
                let by = profile.by(&staff, profile.world.now());
                // What is kept stays in use without the folder, so no fault of either keeps anybody out.
                checklist_packs::take_in(&mut store, &content, folder, &by).unwrap_or_else(|problem| {
                    eprintln!("holdfast: checklists not taken in: {}", problem.code.code());
                    Vec::new()
                })
            }
            None => Vec::new(),
        };
        let by = profile.by(&staff, profile.world.now());
        profile.take_back(&mut store, &content, &by, training.is_some());
        let server = match profile.configuration.server_address() {
            Some(address) => address.server(&KeptKeys::of(&store)?, &profile.world).ok(),
            None => None,
        };
        let queue = Queue::start(store)?;
        // Nothing of training mode ever leaves the PC.
        let server = server.filter(|_| training.is_none());
        let courier = server.and_then(|server| {
            let (places, world) = (profile.configuration.places.clone(), profile.world.clone());
            Courier::start(server, queue.clone(), world, by, content.clone(), changes.clone(), places)
        });
        let status = training.is_none().then(|| {
            let teller = Teller {
                profile: profile.dir.clone(),
                world: profile.world.clone(),
                live: courier.as_ref().map(Courier::live_of),
                server_unusable: profile.configuration.server_unusable,
                told: Mutex::default(),
            };
            StatusKeeper::start(teller, queue.clone(), changes.subscribe())
        });
        Ok(Clinic(Arc::new(Open {
            profile,
            content,
            staff,
            keyring: keyring.map(Mutex::new),
            training,
            by_recovery_code: Mutex::new(by_recovery_code),
            code_shown: Mutex::default(),
            visit_noted: Mutex::default(),
            sync_noted: Mutex::default(),
            queue,
            refused_checklists,
            courier,
            status,
            server_check: Arc::default(),
            changes,
        })))
    }

    /// What the frame of every screen shows.
    pub async fn desk(&self) -> Result<Desk, Problem> {
        let (open, staff) = (self.0.clone(), self.0.staff.id);
        let (confirmed, place, waiting, notices) = self
            .0
            .queue
            .run(move |store| {
                let confirmed = store.setting(Setting::RecoveryConfirmed)?;
                Ok((confirmed, store.place(staff)?, store.waiting()?, store.notices_open()?))
            })
            .await?;
        let configuration = &open.profile.configuration;
        Ok(Desk {
            nurse: StaffView::of(&open.staff, true),
            training: open.keyring.is_none(),
            ready: self.is_ready(confirmed.as_deref())?,
            by_recovery_code: *open.by_recovery_code.lock().unwrap_or_else(PoisonError::into_inner),
            trust: configuration.trust.clone(),
            pc: configuration.pc.clone(),
            sending: self.sending(waiting),
            fetched: open.courier.as_ref().map(Courier::fetched),
            notices,
            place: place.map(Place::from),
            today: Day::new(day_of(open.profile.world.now())),
        })
    }

    /// Nouns whose records changed, as they change.
    pub fn changes(&self) -> broadcast::Receiver<Vec<Noun>> {
        self.0.changes.subscribe()
    }

    /// Waits for what is in flight, notes the lock and closes the database. Some for a training desk, which can be gone back to.
    pub async fn close(&self) -> Option<TrainingKey> {
        // A request in flight is let go: whether it arrived is asked at the next open.
        if let Some(courier) = &self.0.courier {
            courier.stop();
        }
        *self.0.server_check.lock().unwrap_or_else(PoisonError::into_inner) = ServerCheck::default();
        let (by, status) = (self.by(), self.0.status.as_ref().map(StatusKeeper::end));
        let noted = move |store: &mut Store| {
            // A full disk must not keep the clinic open.
            let _ = store.write::<_, store::Error>(&by, Op::Lock, |_| Ok(()));
            if let Some(status) = &status {
                status.tell(store, false);
            }
        };
        if self.0.queue.close(noted).await.is_err() {
            eprintln!("holdfast: the database did not close cleanly; the next start recovers it");
        }
        self.0.training.clone()
    }

    pub(crate) fn by(&self) -> By {
        self.0.profile.by(&self.0.staff, self.0.profile.world.now())
    }

    /// Who does it now, when this role may.
    pub(crate) fn by_for(&self, op: Op) -> Result<By, Problem> {
        let by = self.by();
        op.check(&by)?;
        Ok(by)
    }

    pub(crate) fn changed(&self, nouns: &[Noun]) {
        // Nobody listening is no fault: tests and the command line do not.
        let _ = self.0.changes.send(nouns.to_vec());
        if let Some(courier) = &self.0.courier {
            courier.wake();
        }
    }

    /// Two tested ways in: two nurses, or one nurse and a recovery code that was typed back.
    pub(crate) fn is_ready(&self, confirmed: Option<&str>) -> Result<bool, Problem> {
        let Some(keyring) = &self.0.keyring else { return Ok(true) };
        let keyring = keyring.lock().map_err(|_| Problem::unexpected())?;
        let recovery = keyring.vault.has_recovery_code() && confirmed == Some("yes");
        Ok(keyring.vault.holders().count() >= 2 || recovery)
    }

    /// The keys of this clinic; `not_allowed` in training mode, which has none.
    pub(crate) fn keyring(&self) -> Result<&Mutex<Keyring>, Problem> {
        self.0.keyring.as_ref().ok_or_else(|| Code::NotAllowed.into())
    }
}

pub(crate) fn store_keys(dek: &Dek) -> Keys {
    Keys { cipher: dek.sqlcipher_key(), audit: dek.audit_key() }
}

/// Runs slow or blocking work beside the async threads.
pub(crate) async fn off_thread<R: Send + 'static>(
    work: impl FnOnce() -> Result<R, Problem> + Send + 'static,
) -> Result<R, Problem> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(Problem::unexpected()))
}
