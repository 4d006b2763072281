//! The trust's server as its key holders see it: where it is, whom it is known by, and what it really does when it is asked. The questions and
//! what follows from their answers belong to `sync`.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::codes;
use domain::op::Op;
use serde::Serialize;
use serde_json::Value;
use store::{Setting, Store};
use sync::{Check, Fault, Finding, Report, Safe, Server, Surroundings, Unchecked, Wire, fingerprints, probe};
use tokio::runtime::Handle;
use tokio::sync::broadcast;
use tokio::task::AbortHandle;
use ts_rs::TS;

use crate::clinic::{Clinic, Noun, off_thread};
use crate::paper_file::Unnamed;
use crate::problem::{Code, Problem};
use crate::request::requests;
use crate::server_key::ServerKeyView;
use crate::when::{When, day_of};
use crate::world::World;

requests! {
    SaveServerReport { #[ts(type = "\"txt\" | \"json\"")] format: String }
}

codes! {
    /// Why a check gave no report.
    CheckFault {
        NoNetwork = "no_network",
        ServerBusy = "server_busy",
        SignIn = "sign_in",
        NotFhir = "not_fhir",
        /// This PC refused a step: randomness, or the database.
        RefusedHere = "refused_here",
    }
}

/// What a key holder sees of the trust's server.
#[derive(Serialize, TS)]
pub struct ServerView {
    /// As configured; null where none is, or none that can be used.
    pub address: Option<String>,
    /// One is configured and cannot be used.
    pub unusable: bool,
    /// SHA-256 fingerprints of the CAs that are trusted for it, and no other.
    pub authorities: Vec<String>,
    pub key: ServerKeyView,
    /// While it is checked: so many questions are answered.
    pub checking: Option<Checking>,
    /// Why the last check of this desk gave no report.
    #[ts(type = "CheckFault | null")]
    pub failed: Option<CheckFault>,
    pub report: Option<ServerReport>,
}

/// How far a check is.
#[derive(Clone, Copy, Serialize, TS)]
pub struct Checking {
    pub done: u32,
    pub total: u32,
}

/// What the last check found, in the words of its file.
#[derive(Serialize, TS)]
pub struct ServerReport {
    pub at: When,
    /// The server that was checked.
    pub address: String,
    /// It is another one than the one that is configured now: what was found means nothing for that.
    pub of_another: bool,
    /// What the server calls itself; may be empty.
    pub software: String,
    pub verdict: String,
    pub findings: Vec<FindingLine>,
    /// What the check made there and could not remove.
    pub left: Vec<String>,
}

/// One question and its answer.
#[derive(Serialize, TS)]
pub struct FindingLine {
    #[ts(type = "string")]
    pub check: Check,
    pub asked: String,
    /// What came; may be empty.
    pub came: String,
    #[ts(type = "\"safe\" | \"handled\" | \"unsafe\" | \"unknown\"")]
    pub safe: Safe,
    pub means: String,
    pub specification: String,
}

/// Where a file with a report was saved.
#[derive(Serialize, TS)]
pub struct SavedServerReport {
    pub folder: String,
    pub file: String,
    pub at: When,
}

/// The check of this desk: whether one is on its way, and how the last one failed.
#[derive(Default)]
pub(crate) struct ServerCheck {
    doing: Option<Checking>,
    task: Option<AbortHandle>,
    failed: Option<CheckFault>,
}

impl Drop for ServerCheck {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

/// What the running check is given of the clinic, which it does not hold.
struct Surrounding {
    world: World,
    state: Arc<Mutex<ServerCheck>>,
    changes: broadcast::Sender<Vec<Noun>>,
}

impl Surroundings for Surrounding {
    fn now(&self) -> i64 {
        self.world.now()
    }

    fn chance(&self) -> Option<[u8; 16]> {
        self.world.bytes().ok()
    }

    fn answered(&self, done: usize, total: usize) {
        let count = |many| u32::try_from(many).unwrap_or(u32::MAX);
        held(&self.state).doing = Some(Checking { done: count(done), total: count(total) });
        let _nobody_listens = self.changes.send(vec![Noun::Server]);
    }
}

impl Clinic {
    /// The trust's server, its key and what the last check found. `not_allowed` for anybody but a key holder, and in training mode.
    pub async fn read_server(&self) -> Result<ServerView, Problem> {
        self.by_for(Op::CheckServer)?;
        self.keyring()?;
        let (checking, failed) = {
            let state = held(&self.0.server_check);
            (state.doing, state.failed)
        };
        let configuration = &self.0.profile.configuration;
        let address = self.0.courier.as_ref().map(|courier| courier.server().base().to_owned());
        let authorities = configuration.server_address().and_then(|server| server.ca.as_deref()).map(fingerprints);
        let report = self.0.queue.run(|store| kept(store)).await?;
        Ok(ServerView {
            report: report.map(|report| ServerReport::of(&report, address.as_deref())),
            unusable: configuration.server_unusable || (configuration.server_address().is_some() && address.is_none()),
            authorities: authorities.unwrap_or_default(),
            key: self.server_key().await?,
            address,
            checking,
            failed,
        })
    }

    /// Begins to ask the server what it really does, unless that is going on already; nobody waits for it, and a lock ends it. `gone` without
    /// a server.
    pub async fn check_server(&self) -> Result<ServerView, Problem> {
        let by = self.by_for(Op::CheckServer)?;
        self.keyring()?;
        let server = self.0.courier.as_ref().ok_or(Code::Gone)?.server().clone();
        let runtime = Handle::try_current().map_err(|_| Problem::unexpected())?;
        if held(&self.0.server_check).doing.is_none() {
            let begun = move |store: &mut Store| {
                store.write::<_, Problem>(&by, Op::CheckServer, |w| {
                    w.detail("begun");
                    Ok(())
                })
            };
            // Something is put at the server and removed again: who had that done is known before it is.
            self.0.queue.run(begun).await?;
            let mut state = held(&self.0.server_check);
            if state.doing.is_none() {
                let total = u32::try_from(Check::ALL.len()).unwrap_or(u32::MAX);
                (state.doing, state.failed) = (Some(Checking { done: 0, total }), None);
                state.task = Some(runtime.spawn(self.clone().checked(server)).abort_handle());
            }
        }
        self.read_server().await
    }

    /// Asks, and keeps what came of it.
    async fn checked(self, server: Arc<Server>) {
        let around = Surrounding {
            world: self.0.profile.world.clone(),
            state: self.0.server_check.clone(),
            changes: self.0.changes.clone(),
        };
        let failed = match probe(server.as_ref(), &around).await {
            Ok(report) => self.keep_report(&report).await.err().map(|_| CheckFault::RefusedHere),
            Err(fault) => Some(CheckFault::of(fault)),
        };
        {
            let mut state = held(&self.0.server_check);
            (state.doing, state.failed, state.task) = (None, failed, None);
        }
        // The queue reads what was found before it sends anything more.
        self.changed(&[Noun::Server]);
        if let Some(courier) = &self.0.courier {
            courier.try_now();
        }
    }

    async fn keep_report(&self, report: &Report) -> Result<(), Problem> {
        let by = self.by_for(Op::CheckServer)?;
        let counts = Safe::ALL.iter().map(|safe| format!("{} {}", report.count(*safe), safe.code()));
        let (detail, text) = (counts.collect::<Vec<_>>().join(", "), report.json().to_string());
        let keep = move |store: &mut Store| {
            store.write::<_, Problem>(&by, Op::CheckServer, |w| {
                w.detail(&detail);
                Ok(w.set(Setting::ServerReport, &text)?)
            })
        };
        self.0.queue.run(keep).await
    }

    /// Refuses what [`Clinic::save_server_report_in`] would refuse before a folder is asked for. Answers the folder in which papers are saved.
    pub async fn check_server_report(&self, request: &SaveServerReport) -> Result<Option<PathBuf>, Problem> {
        self.by_for(Op::SaveServerReport)?;
        self.written(request).await?;
        Ok(self.paper_folder())
    }

    /// Saves what the last check found as a file in this folder, as text for people or JSON for programs; no patient is in it.
    /// `folder_unwritable` and `disk_full` as for a paper; `gone` when nothing was found yet.
    pub async fn save_server_report_in(
        &self,
        request: SaveServerReport,
        folder: PathBuf,
    ) -> Result<SavedServerReport, Problem> {
        let by = self.by_for(Op::SaveServerReport)?;
        let (report, text) = self.written(&request).await?;
        let stem = format!("server-check-{}", day_of(report.at));
        let (place, chance) = (folder.clone(), self.0.profile.world.bytes()?);
        let ending = request.format;
        let named = move || Unnamed::write(&place, text.into_bytes(), chance)?.name(&stem, &ending);
        let file = off_thread(named).await?;
        let at = When::new(by.at);
        let note = move |store: &mut Store| store.write::<_, Problem>(&by, Op::SaveServerReport, |_| Ok(()));
        self.0.queue.run(note).await?;
        Ok(SavedServerReport { folder: folder.to_string_lossy().into_owned(), file, at })
    }

    async fn written(&self, request: &SaveServerReport) -> Result<(Report, String), Problem> {
        let report = self.0.queue.run(|store| kept(store)).await?.ok_or(Code::Gone)?;
        let text = match request.format.as_str() {
            "txt" => report.text(),
            "json" => format!("{:#}\n", report.json()),
            _ => return Err(Problem::field("format", "unknown")),
        };
        Ok((report, text))
    }
}

impl CheckFault {
    fn of(fault: Unchecked) -> CheckFault {
        match fault {
            Unchecked::Server(Fault::Busy) => CheckFault::ServerBusy,
            Unchecked::Server(Fault::SignIn) => CheckFault::SignIn,
            Unchecked::Server(Fault::NotFhir) => CheckFault::NotFhir,
            Unchecked::Server(_) => CheckFault::NoNetwork,
            Unchecked::Randomness => CheckFault::RefusedHere,
        }
    }
}

impl ServerReport {
    fn of(report: &Report, address: Option<&str>) -> ServerReport {
        ServerReport {
            at: When::new(report.at),
            address: report.address.clone(),
            of_another: address.is_some_and(|address| address != report.address),
            software: report.software.clone(),
            verdict: report.verdict().to_owned(),
            findings: report.findings.iter().map(FindingLine::of).collect(),
            left: report.left.clone(),
        }
    }
}

impl FindingLine {
    fn of(one: &Finding) -> FindingLine {
        FindingLine {
            check: one.check,
            asked: one.check.asked().to_owned(),
            came: one.came.clone(),
            safe: one.safe(),
            means: one.means().to_owned(),
            specification: one.check.specification().to_owned(),
        }
    }
}

fn kept(store: &Store) -> Result<Option<Report>, Problem> {
    let kept = store.setting(Setting::ServerReport)?;
    Ok(kept.and_then(|kept| Report::read(&serde_json::from_str::<Value>(&kept).ok()?)))
}

fn held(state: &Mutex<ServerCheck>) -> MutexGuard<'_, ServerCheck> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
