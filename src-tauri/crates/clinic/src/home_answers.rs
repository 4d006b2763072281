//! The acts of answers from home: taken in from a file, confirmed or refused by a nurse, and their alert cleared. Whatever came in stays.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use domain::codes;
use domain::hna::PathwayPoint;
use domain::home_answers::{AnswersState, Arrival, Made};
use domain::id::{AnswersId, HnaId, PatientId};
use domain::op::Op;
use domain::record::Record;
use domain::staff::By;
use fhir::{AnswersFault, NotTaken};
use serde::Serialize;
use store::{SavedArrival, Store, Writing};
use ts_rs::TS;

use crate::clinic::{Clinic, Noun, off_thread};
use crate::content::Content;
use crate::home_answers_view::{AnswersView, answers_view};
use crate::home_match::{Matched, former, matched, read, read_again};
use crate::problem::{Code, Problem};
use crate::request::requests;
use crate::version::look;
use crate::when::day_of;

requests! {
    ReadAnswers { #[ts(type = "AnswersId")] answers: String }
    ConfirmAnswers {
        #[ts(type = "AnswersId")] answers: String,
        /// The patient of the view that was compared.
        #[ts(type = "PatientId")] patient: String,
        day: String,
        month: String,
        /// Needed when no invitation says it.
        #[ts(type = "PathwayPoint | null")] pathway_point: Option<String>,
    }
    RefuseAnswers { #[ts(type = "AnswersId")] answers: String, reason: String }
    ClearAlert {
        #[ts(type = "AnswersId")] answers: String,
        /// What was done.
        done: String,
    }
}

/// What became of a file.
#[derive(Serialize, TS)]
pub struct TakenIn {
    #[ts(type = "\"completed\" | \"to_confirm\" | \"already_here\" | \"refused\"")]
    pub outcome: &'static str,
    /// The name of the file, without its folder.
    pub file: String,
    /// With `refused`: where in the file, as FHIR names it; null for the file as a whole.
    pub place: Option<String>,
    /// With `refused`.
    #[ts(type = "AnswersFault | null")]
    pub reason: Option<AnswersFault>,
    /// Null with `refused`.
    pub answers: Option<AnswersView>,
}

impl Clinic {
    /// Takes in answers from a file that the nurse chose. They become a completed assessment when they answer an open invitation and
    /// nothing speaks against it; else they are kept until a nurse says whose they are. The same answers again change nothing, and a
    /// file that is refused stays where it is, with its fault and place in the answer.
    pub async fn take_in_answers(&self, file: PathBuf) -> Result<TakenIn, Problem> {
        let by = self.by_for(Op::TakeInAnswers)?;
        let name: String =
            file.file_name().map(|name| name.to_string_lossy().chars().take(200).collect()).unwrap_or_default();
        let text = off_thread(move || Ok(text(&file))).await?;
        let open = self.0.clone();
        let take_in = move |store: &mut Store| {
            let read = match text {
                Ok(text) => read(store, &open.content, &text, day_of(by.at))?,
                Err(fault) => Err(NotTaken { fault, place: None }),
            };
            match read {
                Ok(read) => {
                    let answers = AnswersId::from_random(open.profile.world.bytes()?);
                    let hna = HnaId::from_random(open.profile.world.bytes()?);
                    let inbound = Inbound { file: name.clone(), read, answers, hna };
                    let arrived = arrive(store, &open.content, inbound, Op::TakeInAnswers, &by, |_| Ok(()))?;
                    let seen = answers_view(store, &open, arrived.answers, by.at)?;
                    if arrived.outcome == Outcome::AlreadyHere {
                        look(store, &by, Op::TakeInAnswers, Record::answers(arrived.answers, seen.patient()), None)?;
                    }
                    let outcome = arrived.outcome.code();
                    Ok(TakenIn { outcome, file: name, place: None, reason: None, answers: Some(seen) })
                }
                Err(NotTaken { fault, place }) => {
                    store.write::<_, Problem>(&by, Op::TakeInAnswers, |w| {
                        w.detail(&format!("refused {}", fault.code()));
                        Ok(())
                    })?;
                    Ok(TakenIn { outcome: "refused", file: name, place, reason: Some(fault), answers: None })
                }
            }
        };
        let taken = self.0.queue.run(take_in).await?;
        self.changed(&[Noun::Answers, Noun::Hna, Noun::Invitation]);
        Ok(taken)
    }

    /// Reads answers and whose they may be; the look is an audit line, of the patient who was shown beside them.
    pub async fn read_answers(&self, request: ReadAnswers) -> Result<AnswersView, Problem> {
        let by = self.by_for(Op::ReadAnswers)?;
        let (open, id) = (self.0.clone(), AnswersId::parse(&request.answers).ok_or(Code::Gone)?);
        let read = move |store: &mut Store| {
            let seen = answers_view(store, &open, id, by.at)?;
            look(store, &by, Op::ReadAnswers, Record::answers(id, seen.patient()), None)?;
            Ok(seen)
        };
        self.0.queue.run(read).await
    }

    /// Makes answers the assessment of the patient they match, whose day and month of birth were typed again. `no_match` when they
    /// match this patient no longer, `after_death` when the patient had died by their day.
    pub async fn confirm_answers(&self, request: ConfirmAnswers) -> Result<AnswersView, Problem> {
        let by = self.by_for(Op::ConfirmAnswers)?;
        let (open, id) = (self.0.clone(), AnswersId::parse(&request.answers).ok_or(Code::Gone)?);
        let patient = PatientId::parse(&request.patient).ok_or(Code::Gone)?;
        let act = move |store: &mut Store| {
            let SavedArrival { arrival, revision, body } = store.arrival(id)?.ok_or(Code::Gone)?;
            if arrival.state != AnswersState::ToConfirm {
                return Err(Code::ChangedMeanwhile.into());
            }
            let answers = read_again(store, &open.content, &body)?;
            let Matched { invitation, patient: match_, .. } = matched(store, &answers)?;
            let person = match_.filter(|person| person.id == patient).ok_or(Code::NoMatch)?;
            person.confirm(&request.day, &request.month)?;
            person.living_on(answers.answered_on)?;
            let chosen = request.pathway_point.as_deref().and_then(PathwayPoint::from_code);
            let point = invitation.as_ref().map(|saved| saved.invitation.point).or(chosen);
            let point = point.ok_or_else(|| Problem::field("pathway_point", "missing"))?;
            let invited = invitation.as_ref().map(|saved| saved.invitation.id);
            let made =
                Made { id: HnaId::from_random(open.profile.world.bytes()?), patient, point, invitation: invited };
            let checklist = open.content.checklist(store, &answers.checklist)?;
            let former = match &invitation {
                Some(saved) => former(store, &saved.invitation, &answers)?,
                None => None,
            };
            let hna = answers.assessment(made, former.as_ref(), &checklist, &by)?;
            let arrival = arrival.take(&hna)?;
            store.write::<_, Problem>(&by, Op::ConfirmAnswers, |w| {
                w.save_hna(&hna, None)?;
                if let Some(saved) = invitation {
                    w.save_invitation(&saved.invitation.answer(hna.id), Some(saved.revision))?;
                }
                Ok(w.save_arrival(&arrival, revision)?)
            })?;
            answers_view(store, &open, id, by.at)
        };
        let seen = self.0.queue.run(act).await?;
        self.changed(&[Noun::Answers, Noun::Hna, Noun::Invitation]);
        Ok(seen)
    }

    /// Says, with a reason, that answers are nobody's here. They stay, and leave every list.
    pub async fn refuse_answers(&self, request: RefuseAnswers) -> Result<AnswersView, Problem> {
        let refuse = move |arrival: Arrival, _: &By| Ok(arrival.refuse(&request.reason)?);
        self.settle(Op::RefuseAnswers, &request.answers.clone(), refuse).await
    }

    /// Clears the alert of answers that became an assessment by saying what was done about them.
    pub async fn clear_alert(&self, request: ClearAlert) -> Result<AnswersView, Problem> {
        let ClearAlert { answers, done } = request;
        self.settle(Op::ClearAlert, &answers, move |arrival, by| Ok(arrival.clear(&done, by)?)).await
    }

    async fn settle(
        &self,
        op: Op,
        answers: &str,
        settle: impl FnOnce(Arrival, &By) -> Result<Arrival, Problem> + Send + 'static,
    ) -> Result<AnswersView, Problem> {
        let by = self.by_for(op)?;
        let (open, id) = (self.0.clone(), AnswersId::parse(answers).ok_or(Code::Gone)?);
        let act = move |store: &mut Store| {
            let saved = store.arrival(id)?.ok_or(Code::Gone)?;
            let arrival = settle(saved.arrival, &by)?;
            store.write::<_, Problem>(&by, op, |w| Ok(w.save_arrival(&arrival, saved.revision)?))?;
            answers_view(store, &open, id, by.at)
        };
        let seen = self.0.queue.run(act).await?;
        self.changed(&[Noun::Answers]);
        Ok(seen)
    }
}

/// Answers on their way in, wherever they come from.
pub(crate) struct Inbound {
    /// What they are called there: the name of the file; empty for what stood at the trust.
    pub file: String,
    pub read: fhir::ReadAnswers,
    /// What they are to be known by.
    pub answers: AnswersId,
    /// What the assessment is to be known by, if they become one.
    pub hna: HnaId,
}

/// What became of answers that came in.
pub(crate) struct Arrived {
    pub answers: AnswersId,
    pub outcome: Outcome,
}

codes! {
    /// The same in a word.
    Outcome {
        Completed = "completed",
        ToConfirm = "to_confirm",
        /// The same answers had come before: nothing was kept.
        AlreadyHere = "already_here",
    }
}

/// The inbound act: keeps answers, and makes them an assessment in the same act when there is no doubt whose they are. `beside` is what
/// belongs to that act as well.
pub(crate) fn arrive(
    store: &mut Store,
    content: &Content,
    inbound: Inbound,
    op: Op,
    by: &By,
    beside: impl FnOnce(&mut Writing<'_>) -> Result<(), store::Error>,
) -> Result<Arrived, Problem> {
    let Inbound { file, read: fhir::ReadAnswers { answers, body }, answers: id, hna } = inbound;
    if let Some(here) = store.arrival_of(&body)? {
        return Ok(Arrived { answers: here.arrival.id, outcome: Outcome::AlreadyHere });
    }
    let Matched { invitation, patient, doubts, invited } = matched(store, &answers)?;
    let mut arrival = Arrival::come_in(id, &file, invited.as_ref(), by);
    let mut assessment = None;
    if let (Some(saved), Some(person), true) = (invitation, patient, doubts.is_empty()) {
        let invitation = Some(saved.invitation.id);
        let made = Made { id: hna, patient: person.id, point: saved.invitation.point, invitation };
        let (checklist, former) =
            (content.checklist(store, &answers.checklist)?, former(store, &saved.invitation, &answers)?);
        let hna = answers.assessment(made, former.as_ref(), &checklist, by)?;
        arrival = arrival.take(&hna)?;
        assessment = Some((hna, saved));
    }
    let checklist = content.body(store, &answers.checklist)?.ok_or(Code::Gone)?;
    let outcome = if assessment.is_some() { Outcome::Completed } else { Outcome::ToConfirm };
    store.write::<_, Problem>(by, op, |w| {
        // Kept with them, so that they read for ever as they were given.
        w.keep_checklist(&answers.checklist, &checklist)?;
        if let Some((hna, saved)) = assessment {
            w.save_hna(&hna, None)?;
            w.save_invitation(&saved.invitation.answer(hna.id), Some(saved.revision))?;
        }
        w.keep_arrival(&arrival, &body)?;
        beside(w)?;
        w.detail(outcome.code());
        Ok(())
    })?;
    Ok(Arrived { answers: id, outcome })
}

/// The text of a file, as long as it is not longer than answers may be; a mark at its beginning that some programs put there is none of it.
fn text(file: &Path) -> Result<String, AnswersFault> {
    let unreadable = |_| AnswersFault::Unreadable;
    let found = std::fs::metadata(file).map_err(unreadable)?;
    if !found.is_file() {
        return Err(AnswersFault::Unreadable);
    }
    let mut bytes = Vec::new();
    let most = u64::try_from(fhir::MOST_BYTES).unwrap_or(u64::MAX);
    File::open(file).map_err(unreadable)?.take(most.saturating_add(4)).read_to_end(&mut bytes).map_err(unreadable)?;
    let text = String::from_utf8(bytes).map_err(|_| {
        // Cut within a character, it is too long before it is no text.
        if found.len() > most { AnswersFault::TooLarge } else { AnswersFault::Unreadable }
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}
