//! One round of sending without a window: a nurse's passphrase opens the clinic, what is due goes, and it is closed again.

use domain::op::Op;
use zeroize::Zeroizing;

use crate::clinic::Clinic;
use crate::house::{House, NurseCard};
use crate::problem::{Code, Problem};
use crate::status_file::Status;
use crate::unlock::Unlock;

impl House {
    /// Opens the clinic for the nurse of this name, or with this id, tries at once to send what is due, and closes it. Answers how sending goes
    /// then. `gone` when nobody is called so, or several are; else what unlocking answers.
    pub async fn sync_once(&self, nurse: &str, passphrase: Zeroizing<String>) -> Result<Status, Problem> {
        let clinic = self.unlock_named(nurse, passphrase).await?;
        let sent = clinic.send_once().await;
        clinic.close().await;
        sent
    }

    /// Opens the clinic for the nurse of this name, whatever the case of its letters, or with this id. `gone` when nobody is called so, or
    /// several are; else what unlocking answers.
    pub async fn unlock_named(&self, nurse: &str, passphrase: Zeroizing<String>) -> Result<Clinic, Problem> {
        let nurses = self.front().nurses;
        let is = |card: &&NurseCard| card.id.to_string() == nurse || card.name.to_lowercase() == nurse.to_lowercase();
        let nurse = match nurses.iter().filter(is).collect::<Vec<_>>().as_slice() {
            [one] => one.id.to_string(),
            _ => return Err(Code::Gone.into()),
        };
        self.unlock(Unlock { nurse, passphrase }).await
    }
}

impl Clinic {
    async fn send_once(&self) -> Result<Status, Problem> {
        // Its line in the audit, as for whoever presses the button.
        let by = self.by_for(Op::SendNow)?;
        self.0.queue.run(move |store| store.write::<_, Problem>(&by, Op::SendNow, |_| Ok(()))).await?;
        if let Some(courier) = &self.0.courier {
            courier.one_round().await;
        }
        self.status().await
    }

    /// How sending goes now, as it stands in the file of the profile.
    pub async fn status(&self) -> Result<Status, Problem> {
        let open = self.0.clone();
        let status = move |store: &mut store::Store| match &open.status {
            Some(status) => Ok(status.status(store, true)?),
            None => Err(Code::NotAllowed.into()),
        };
        self.0.queue.run(status).await
    }
}
