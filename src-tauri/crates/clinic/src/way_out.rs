//! The ways out of a sending that the trust did not take, beside trying again and correcting: withdrawing it with a reason, and a copy of it
//! for people who look into it.

use std::path::PathBuf;

use domain::id::{PatientId, SendingId};
use domain::op::Op;
use domain::record::{Record, RecordKind};
use domain::staff::By;
use domain::text;
use serde_json::Value;
use store::{Outgoing, Setting, Store};
use sync::{refused_copy, still_needed};

use crate::clinic::{Clinic, off_thread};
use crate::conflict_view::{ExportRefused, ExportedRefused, WithdrawSending};
use crate::paper_file::Unnamed;
use crate::problem::{Code, Field, Problem};
use crate::sending::RefusedLine;
use crate::when::When;

impl Clinic {
    /// Takes a record that was not taken out of the queue for good; it stays as it is here. Refused for the field `reason` when it is missing;
    /// `still_needed` with a field for each kind of record that waits and refers to it, and with `patient` for a patient whom the trust would
    /// not have then; `gone` when it needs nobody any more.
    pub async fn withdraw_sending(&self, request: WithdrawSending) -> Result<Vec<RefusedLine>, Problem> {
        let by = self.by_for(Op::WithdrawSending)?;
        let sending = SendingId::parse(&request.sending).ok_or(Code::Gone)?;
        let reason = text::line(&request.reason).map_err(|fault| Problem::field("reason", fault.reason()))?;
        if reason.is_empty() {
            return Err(Problem::field("reason", "missing"));
        }
        let open = self.0.clone();
        let withdraw = move |store: &mut Store| {
            let needed = still_needed(store, open.content.as_ref(), sending)?;
            if !needed.is_empty() {
                let field = |kind: RecordKind| Field { field: kind.code().to_owned(), reason: "refers".to_owned() };
                return Err(Problem { fields: needed.into_iter().map(field).collect(), ..Code::StillNeeded.into() });
            }
            store.write::<_, Problem>(&by, Op::WithdrawSending, |w| {
                w.withdraw(sending, &reason)?.then_some(()).ok_or_else(|| Code::Gone.into())
            })
        };
        self.0.queue.run(withdraw).await?;
        self.changed(&[]);
        self.list_refused().await
    }

    /// Refuses what [`Clinic::export_refused_in`] would refuse before a folder is asked for, the passphrase too. Answers the folder in which
    /// papers are saved.
    pub async fn check_export(&self, request: ExportRefused) -> Result<Option<PathBuf>, Problem> {
        self.by_for(Op::ExportRefused)?;
        self.copied(&request.sending).await?;
        self.reauthenticate("passphrase", request.passphrase).await?;
        Ok(self.paper_folder())
    }

    /// Saves a record that was not taken as one file in this folder: the transaction as it would go, why it was stopped, and the server's own
    /// words. It names the patient, so the passphrase was typed for it. `folder_unwritable` and `disk_full` as for a paper; `gone` when it needs
    /// nobody any more.
    pub async fn export_refused_in(&self, request: ExportRefused, folder: PathBuf) -> Result<ExportedRefused, Problem> {
        let by = self.by_for(Op::ExportRefused)?;
        let (one, copy) = self.copied(&request.sending).await?;
        self.reauthenticate("passphrase", request.passphrase).await?;
        let (bytes, chance) = (format!("{copy:#}\n").into_bytes(), self.0.profile.world.bytes()?);
        let place = folder.clone();
        let unnamed = off_thread(move || Unnamed::write(&place, bytes, chance)).await?;
        // The line comes first: no file is anywhere that nobody wrote down.
        self.note_export(&by, &one, "").await?;
        let stem = one.sending.to_string();
        match off_thread(move || unnamed.name(&stem, "json")).await {
            Ok(file) => {
                Ok(ExportedRefused { folder: folder.to_string_lossy().into_owned(), file, at: When::new(by.at) })
            }
            Err(problem) => {
                self.note_export(&by, &one, problem.code.code()).await?;
                Err(problem)
            }
        }
    }

    async fn copied(&self, sending: &str) -> Result<(Outgoing, Value), Problem> {
        let sending = SendingId::parse(sending).ok_or(Code::Gone)?;
        let open = self.0.clone();
        let configured =
            open.profile.configuration.server_address().map(|server| server.url.trim_end_matches('/').to_owned());
        let copy = move |store: &mut Store| {
            let base = store.setting(Setting::Server)?.or(configured).unwrap_or_default();
            refused_copy(store, open.content.as_ref(), sending, &base)?.ok_or_else(|| Code::Gone.into())
        };
        self.0.queue.run(copy).await
    }

    async fn note_export(&self, by: &By, one: &Outgoing, outcome: &str) -> Result<(), Problem> {
        let patient = PatientId::parse(&one.lane);
        let record = Record { kind: one.kind, id: one.id.clone(), patient };
        let (by, detail) = (by.clone(), format!("revision {} {outcome}", one.revision));
        let note = move |store: &mut Store| {
            store.write::<_, Problem>(&by, Op::ExportRefused, |w| {
                w.about(record);
                w.detail(detail.trim_end());
                Ok(())
            })
        };
        self.0.queue.run(note).await
    }
}
