//! Going on without what a patient answered alone, where it can never be read.

use domain::id::HnaId;
use domain::op::Op;
use domain::record::Record;
use domain::staff::By;
use store::{HandedOver, Store, TakenBack};

use crate::clinic::{Clinic, Noun};
use crate::faults::Faults;
use crate::hand_over::{counts, nothing_of};
use crate::hna_view::{HnaView, hna_view};
use crate::house::Profile;
use crate::patient_room::beside;
use crate::problem::{Code, Problem};
use crate::request::requests;
use crate::sealed_draft;

requests! {
    GiveUpAnswers {
        #[ts(type = "HnaId")] hna: String,
        /// Why nobody will be able to read them.
        reason: String,
    }
}

impl Clinic {
    /// Gives up what a patient answered alone where something that can never be read stands in its place, so that the assessment can go
    /// on without it; the reason stands with it. What can be read is taken in instead, and `changed_meanwhile` says so; what cannot be
    /// taken in for any other reason stays, and the reason is the refusal. `gone` when nothing waits.
    pub async fn give_up_answers(&self, request: GiveUpAnswers) -> Result<HnaView, Problem> {
        let by = self.by_for(Op::GiveUpAnswers)?;
        let id = HnaId::parse(&request.hna).ok_or(Code::Gone)?;
        let mut faults = Faults::default();
        let reason = faults.line("reason", &request.reason);
        faults.none()?;
        let open = self.0.clone();
        let give_up = move |store: &mut Store| {
            let out = store.handed_over_of(id)?;
            let training = open.training.is_some();
            let folder = open.profile.drafts(training);
            let (lost, held): (Vec<_>, Vec<_>) =
                out.iter().partition(|one| sealed_draft::is_never_readable(&folder, &one.file));
            for one in held {
                open.profile.take_back_one(store, &open.content, &by, training, one)?;
            }
            if lost.is_empty() {
                return Err(Problem::from(if out.is_empty() { Code::Gone } else { Code::ChangedMeanwhile }));
            }
            for one in lost {
                open.profile.give_up(store, &by, one, &reason)?;
            }
            let seen = store.hna(id)?.ok_or(Code::Gone)?;
            hna_view(store, &open.content, &seen, by.at)
        };
        let seen = self.0.queue.run(give_up).await?;
        self.changed(&[Noun::Hna]);
        Ok(seen)
    }
}

impl Profile {
    /// Forgets the key of a file that cannot be read; the file itself goes when the clinic is opened next.
    fn give_up(&self, store: &mut Store, by: &By, out: &HandedOver, reason: &str) -> Result<(), Problem> {
        let patient = store.hna(out.hna)?.ok_or(Code::Gone)?.hna.patient;
        let marked = beside(&self.world, &out.file).is_some_and(|mark| mark.is_file());
        let give_up_reason = Some(reason.to_owned());
        let back = TakenBack { unreadable: 1, not_me: marked, give_up_reason, ..nothing_of(out) };
        store.write::<_, Problem>(by, Op::GiveUpAnswers, |w| {
            w.about(Record::hna(out.hna, patient));
            w.detail(&counts(&back));
            Ok(w.take_back(&out.file, &back)?)
        })?;
        self.forget_beside(&out.file);
        Ok(())
    }
}
