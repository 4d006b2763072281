//! Two PCs may look up the same new patient, find nobody, and both make the Patient. Whoever came second finds both there, and asks a
//! person; nothing else of that patient goes out until then.

use store::{Kept, TrustRef};

use crate::engine::COMMIT_HORIZON;
use crate::event::{Match, Step};
use crate::push::{Books, Push, Stopped};
use crate::reading::known;
use crate::reason::Reason;
use crate::transport::Wire;

impl<B: Books, W: Wire> Push<B, W> {
    /// Looks up once more whom the trust has just taken as new, before that is kept. Of several with the number nothing is chosen here: the
    /// commit record stays, and what stands there is found when a person has it tried again. And whether there was one that is not kept as acknowledged: its lane waits.
    pub(crate) async fn without_twins(&self, mut step: Step) -> Result<(Step, bool), Stopped> {
        let mut held = false;
        for (_, kept) in &mut step.keep {
            let Kept::Acked { refs } = &*kept else { continue };
            let Some(made) = refs.iter().find(|one| one.kind == "Patient").cloned() else { continue };
            if let Some(other) = self.twin(made).await? {
                (*kept, held) = (other, true);
            }
        }
        Ok((step, held))
    }

    async fn twin(&self, made: TrustRef) -> Result<Option<Kept>, Stopped> {
        let lane = made.local_id;
        let known = self.books.run(move |store| known(store, &lane)).await?;
        // One that was known before was looked up before.
        let Some(known) = known.filter(|known| known.there.is_none()) else { return Ok(None) };
        Ok(match self.looked_up(&known.patient).await? {
            Ok(Match::Several) => Some(Kept::Held { reason: Reason::SeveralPatients.code(), said: String::new() }),
            Ok(_) => None,
            // It is there; whether alone is asked with its commit record.
            Err(_) => Some(Kept::Unknown { not_before: Some(self.books.now() + COMMIT_HORIZON) }),
        })
    }
}
