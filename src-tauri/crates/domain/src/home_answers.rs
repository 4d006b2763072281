//! Answers that were given at home: what they say, whose they may be, and what became of them here.

use jiff::civil::Date;

use crate::checklist::Checklist;
use crate::codes;
use crate::hna::{Answer, AnsweredBy, Beginning, Concern, ConcernKey, Hna, Method, PathwayPoint};
use crate::id::{AnswersId, HnaId, InvitationId, PatientId, StaffId};
use crate::invitation::{CodeKind, Invitation, InvitationState};
use crate::likeness::folded;
use crate::nhs_number::NhsNumber;
use crate::patient::Patient;
use crate::refused::Refused;
use crate::staff::{By, Signature};
use crate::text;

codes! {
    /// What became of answers that came in.
    AnswersState {
        /// A nurse has to say whose they are.
        ToConfirm = "to_confirm",
        /// They are an assessment.
        Taken = "taken",
        Refused = "refused",
    }
}

codes! {
    /// Why answers are not taken without a nurse.
    Doubt {
        NoInvitation = "no_invitation",
        UnknownInvitation = "unknown_invitation",
        /// Another website's code alone: it was typed by hand here, and may be somebody else's.
        RecordedCode = "recorded_code",
        /// A part of who they are of, or of which invitation they answer, cannot be read or says two different things.
        Unclear = "unclear",
        OtherName = "other_name",
        /// The birth date or the NHS number is not that of the person invited.
        OtherPatient = "other_patient",
        Withdrawn = "withdrawn",
        /// Answered after the invitation's last day.
        Expired = "expired",
        AnsweredBefore = "answered_before",
        /// The person had died by the day of the answers.
        Died = "died",
        /// They say of a concern that it is none any more, and are not the answer to an invitation to score again.
        Nought = "nought",
    }
}

/// How answers name their invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    Invitation(InvitationId),
    /// A pass code as it was typed at home.
    Code(String),
}

/// The person as the answers name them; any part may be missing, and one that says two different things is.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct GivenPerson {
    pub family: String,
    pub given: String,
    pub born: Option<Date>,
    pub nhs_number: Option<NhsNumber>,
}

impl std::fmt::Debug for GivenPerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("GivenPerson")
    }
}

/// What was answered, before anybody knows whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeAnswers {
    /// Every invitation that is named, each once, a pass code first; more than one may still be the same.
    pub named: Vec<Named>,
    pub person: GivenPerson,
    /// Something is there of the person or the invitation that cannot be read, or says two different things.
    pub unclear: bool,
    /// Canonical of the checklist version that was answered.
    pub checklist: String,
    pub answered_by: AnsweredBy,
    /// Who helped, in words; empty when nobody did.
    pub helper: String,
    pub answered_on: Date,
    /// In the order in which they were given; own words are `own-1`, `own-2` in that order.
    pub concerns: Vec<Concern>,
    pub declined_domains: Vec<String>,
    /// What matters most, most important first.
    pub ranked: Vec<ConcernKey>,
    pub information: Vec<String>,
    pub questions: String,
}

impl HomeAnswers {
    /// The completed assessment of these answers, made by the same acts as one that a nurse types, so that nothing can stand in it that
    /// could not stand in hers. With `former` its concerns are scored again: what is not among the answers was not raised again. Refused
    /// when `former` was made on another checklist version.
    pub fn assessment(&self, made: Made, former: Option<&Hna>, checklist: &Checklist, by: &By) -> Result<Hna, Refused> {
        let beginning = Beginning {
            patient: made.patient,
            checklist: self.checklist.clone(),
            answered_by: self.answered_by,
            helper: self.helper.clone(),
            method: Method::Home,
            pathway_point: made.point,
            answered_on: Some(self.answered_on),
        };
        let mut hna = Hna::start(made.id, beginning, by);
        if let Some(former) = former {
            hna = hna.scores_again(former)?;
            if hna.checklist != self.checklist {
                return Err(Refused::NotThere);
            }
        }
        let mut keys = Vec::with_capacity(self.concerns.len());
        for concern in &self.concerns {
            let (raised, key) = raise(hna, former, checklist, concern)?;
            hna = raised.answer(&key, concern.answer)?.talk_privately(&key, concern.private)?;
            keys.push((&concern.key, key));
        }
        let listed: Vec<_> = hna.concerns.iter().map(|concern| concern.key.clone()).collect();
        for silent in listed.iter().filter(|listed| !keys.iter().any(|(_, key)| key == *listed)) {
            hna = hna.untick(silent)?;
        }
        for domain in &self.declined_domains {
            hna = hna.decline_domain(checklist, domain, true)?;
        }
        for topic in &self.information {
            hna = hna.want_information(checklist, topic, true)?;
        }
        let here = |given: &ConcernKey| keys.iter().find(|(one, _)| *one == given).map(|(_, key)| key.clone());
        let ranked = self.ranked.iter().map(|given| here(given).ok_or(Refused::NotThere)).collect::<Result<_, _>>()?;
        hna = hna.rank(ranked)?.write_questions(&self.questions)?.complete(by.at)?;
        hna.invitation = made.invitation;
        Ok(hna)
    }

    /// Do they say of a concern that it is none any more? Only answers that score concerns again do.
    pub fn has_nought(&self) -> bool {
        self.concerns.iter().any(|concern| matches!(concern.answer, Answer::Rated(rating) if rating.score() == 0))
    }

    /// Are they about this person, by NHS number, family name and birth date? All three have to be there.
    pub fn are_of(&self, patient: &Patient) -> bool {
        let person = &self.person;
        let number = person.nhs_number.is_some() && person.nhs_number == patient.nhs_number;
        number && person.born == Some(patient.born) && self.has_family_name(patient)
    }

    /// What speaks against taking them as the answer to this invitation of this patient. None of it: they are taken without a nurse.
    pub fn doubts(&self, invitation: &Invitation, patient: &Patient) -> Vec<Doubt> {
        let person = &self.person;
        let other_born = person.born.is_some_and(|born| born != patient.born);
        let other_number =
            person.nhs_number.is_some() && patient.nhs_number.is_some() && person.nhs_number != patient.nhs_number;
        let recorded = invitation.code.kind() == CodeKind::Recorded
            && !self.named.iter().any(|named| matches!(named, Named::Invitation(_)));
        let doubts = [
            (Doubt::RecordedCode, recorded && person.born.is_none()),
            (Doubt::Unclear, self.unclear),
            (Doubt::OtherName, !person.family.is_empty() && !self.has_family_name(patient)),
            (Doubt::OtherPatient, other_born || other_number),
            (Doubt::Withdrawn, invitation.state == InvitationState::Withdrawn),
            (Doubt::Expired, invitation.expires_on.is_some_and(|last| self.answered_on > last)),
            (Doubt::AnsweredBefore, invitation.state == InvitationState::Answered),
            (Doubt::Died, patient.living_on(self.answered_on).is_err()),
        ];
        doubts.into_iter().filter(|(_, holds)| *holds).map(|(doubt, _)| doubt).collect()
    }

    fn has_family_name(&self, patient: &Patient) -> bool {
        folded(&self.person.family) == folded(&patient.name.family)
    }
}

/// Raises a concern as it was given, and says by which key it is known there: own words that `former` has already keep the key they
/// have in it.
fn raise(
    hna: Hna,
    former: Option<&Hna>,
    checklist: &Checklist,
    concern: &Concern,
) -> Result<(Hna, ConcernKey), Refused> {
    let Some(words) = &concern.words else { return Ok((hna.tick(checklist, &concern.key)?, concern.key.clone())) };
    let same = |known: &&Concern| known.words.as_ref().is_some_and(|own| own.to_lowercase() == words.to_lowercase());
    if let Some(known) = former.and_then(|former| former.concerns.iter().find(same)) {
        return Ok((hna, known.key.clone()));
    }
    let hna = hna.add_own(words)?;
    let key = hna.concerns.last().map(|added| added.key.clone()).ok_or(Refused::NotThere)?;
    Ok((hna, key))
}

/// Whose assessment answers become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    pub id: HnaId,
    pub patient: PatientId,
    pub point: PathwayPoint,
    pub invitation: Option<InvitationId>,
}

/// Answers as they came in, and what became of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    pub id: AnswersId,
    pub state: AnswersState,
    /// The name of the file, without its folder.
    pub file: String,
    /// UTC milliseconds.
    pub taken_in_at: i64,
    pub taken_in_by: StaffId,
    pub taken_in_by_name: String,
    /// Whose work they are: whoever invited the patient, else whoever took them in.
    pub owner: StaffId,
    pub owner_name: String,
    /// Whose they are; None until they are taken.
    pub patient: Option<PatientId>,
    /// The assessment they became.
    pub hna: Option<HnaId>,
    /// Why they were refused; empty otherwise.
    pub refuse_reason: String,
    /// Who said what was done about them; None while nobody has.
    pub cleared: Option<Cleared>,
}

/// What was done about answers from home.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleared {
    pub by: Signature,
    pub done: String,
}

impl Arrival {
    /// Answers that a nurse has to look at; `owner` is whoever invited the patient.
    pub fn come_in(id: AnswersId, file: &str, owner: Option<&Invitation>, by: &By) -> Arrival {
        let (owner, owner_name) = match owner {
            Some(invitation) => (invitation.by, invitation.by_name.clone()),
            None => (by.staff, by.name.clone()),
        };
        Arrival {
            id,
            state: AnswersState::ToConfirm,
            file: file.to_owned(),
            taken_in_at: by.at,
            taken_in_by: by.staff,
            taken_in_by_name: by.name.clone(),
            owner,
            owner_name,
            patient: None,
            hna: None,
            refuse_reason: String::new(),
            cleared: None,
        }
    }

    /// They are this patient's, and became this assessment. The alert stands until somebody says what was done.
    pub fn take(mut self, hna: &Hna) -> Result<Arrival, Refused> {
        self.to_confirm()?;
        self.state = AnswersState::Taken;
        self.patient = Some(hna.patient);
        self.hna = Some(hna.id);
        Ok(self)
    }

    /// They are nobody's here, or not wanted; they stay, with the reason.
    pub fn refuse(mut self, reason: &str) -> Result<Arrival, Refused> {
        self.to_confirm()?;
        self.refuse_reason = said("reason", reason)?;
        self.state = AnswersState::Refused;
        Ok(self)
    }

    /// Clears the alert by saying what was done.
    pub fn clear(mut self, done: &str, by: &By) -> Result<Arrival, Refused> {
        if !self.is_alert() {
            return Err(Refused::AnswersSettled);
        }
        self.cleared = Some(Cleared { done: said("done", done)?, by: Signature::of(by) });
        Ok(self)
    }

    /// They became an assessment, and nobody has said yet what was done about it.
    pub fn is_alert(&self) -> bool {
        self.state == AnswersState::Taken && self.cleared.is_none()
    }

    fn to_confirm(&self) -> Result<(), Refused> {
        (self.state == AnswersState::ToConfirm).then_some(()).ok_or(Refused::AnswersSettled)
    }
}

fn said(field: &str, typed: &str) -> Result<String, Refused> {
    let words = text::line(typed).map_err(|fault| Refused::field(field, fault.reason()))?;
    if words.is_empty() { Err(Refused::field(field, "missing")) } else { Ok(words) }
}

#[cfg(test)]
#[path = "home_answers_tests.rs"]
mod tests;
