//! Two PCs may look up the same new patient, find nobody, and both make the Patient. Whoever came second finds both there, and asks a
//! person; nothing else of that patient goes out until then.

use domain::patient::Patient;
use store::Kept;

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
        let mut new = Vec::new();
        for (sending, kept) in &step.keep {
            let Kept::Acked { refs } = kept else { continue };
            let Some(made) = refs.iter().find(|one| one.kind == "Patient") else { continue };
            let lane = made.local_id.clone();
            let known = self.books.run(move |store| known(store, &lane)).await?;
            // One that was known before was looked up before.
            new.extend(known.filter(|known| known.there.is_none()).map(|known| (*sending, known.patient)));
        }
        let patients: Vec<&Patient> = new.iter().map(|(_, patient)| patient).collect();
        let looked_up = if patients.is_empty() { Ok(Vec::new()) } else { self.all_looked_up(&patients).await? };
        let horizon = self.books.now() + COMMIT_HORIZON;
        let twin = |place: usize| match &looked_up {
            Ok(found) if found.get(place) == Some(&Match::Several) => {
                Some(Kept::Held { reason: Reason::SeveralPatients.code(), said: String::new() })
            }
            Ok(_) => None,
            // It is there; whether alone is asked with its commit record.
            Err(_) => Some(Kept::Unknown { not_before: Some(horizon) }),
        };
        let mut held = false;
        for (place, (sending, _)) in new.iter().enumerate() {
            let kept = step.keep.iter_mut().find(|(one, _)| one == sending).map(|(_, kept)| kept);
            if let (Some(kept), Some(other)) = (kept, twin(place)) {
                (*kept, held) = (other, true);
            }
        }
        Ok((step, held))
    }
}
