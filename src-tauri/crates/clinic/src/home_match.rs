//! Whose answers from home are: by the invitation they name, else by NHS number, family name and birth date together.

use domain::hna::Hna;
use domain::home_answers::{Doubt, HomeAnswers, Named};
use domain::invitation::Invitation;
use domain::patient::Patient;
use fhir::NotTaken;
use jiff::civil::Date;
use store::{SavedInvitation, Store};

use crate::content::Content;
use crate::problem::{Code, Problem};

/// What answers match, by the records as they stand.
pub(crate) struct Matched {
    /// The invitation they answer; None when they name none, or one of somebody whose birth date or number they do not have.
    pub invitation: Option<SavedInvitation>,
    /// Whose they seem to be.
    pub patient: Option<Patient>,
    /// What keeps them from being taken without a nurse.
    pub doubts: Vec<Doubt>,
    /// The invitation they name, whoever they are of: whoever gave it looks after them.
    pub invited: Option<Invitation>,
}

/// Finds whose these answers are.
pub(crate) fn matched(store: &Store, answers: &HomeAnswers) -> Result<Matched, Problem> {
    let Invited { mut found, unclear } = invited(store, answers)?;
    let of_one =
        found.windows(2).all(|two| matches!(two, [one, next] if one.invitation.patient == next.invitation.patient));
    let invited = found.first().map(|saved| saved.invitation.clone());
    let mut doubts = Vec::new();
    if !found.is_empty() && of_one {
        let saved = found.swap_remove(0);
        let (patient, _) = store.patient(saved.invitation.patient)?.ok_or(Code::Gone)?;
        doubts = answers.doubts(&saved.invitation, &patient);
        if unclear && !doubts.contains(&Doubt::Unclear) {
            doubts.push(Doubt::Unclear);
        }
        // Of two that are named the first may have asked for something else when the answers are looked at again.
        let fits = !answers.has_nought() || saved.invitation.scores_again(&answers.checklist).is_some();
        if fits && !doubts.contains(&Doubt::OtherPatient) {
            return Ok(Matched { invitation: Some(saved), patient: Some(patient), doubts, invited });
        }
        let patient = by_details(store, answers, &mut doubts)?;
        return Ok(Matched { invitation: None, patient, doubts, invited });
    }
    if found.is_empty() {
        let named = !answers.named.is_empty();
        doubts.push(if named { Doubt::UnknownInvitation } else { Doubt::NoInvitation });
    }
    if unclear {
        doubts.push(Doubt::Unclear);
    }
    let patient = by_details(store, answers, &mut doubts)?;
    if patient.as_ref().is_some_and(|patient| patient.living_on(answers.answered_on).is_err()) {
        doubts.push(Doubt::Died);
    }
    Ok(Matched { invitation: None, patient, doubts, invited })
}

/// The invitations that are named and here, each once.
struct Invited {
    found: Vec<SavedInvitation>,
    /// The answers are unclear in themselves, or what they name beside an invitation that is here is another one or none.
    unclear: bool,
}

fn invited(store: &Store, answers: &HomeAnswers) -> Result<Invited, Problem> {
    let (mut found, mut unknown) = (Vec::<SavedInvitation>::new(), false);
    for named in &answers.named {
        match named_by(store, named)? {
            Some(saved) if found.iter().any(|before| before.invitation.id == saved.invitation.id) => {}
            Some(saved) => found.push(saved),
            None => unknown = true,
        }
    }
    let unclear = answers.unclear || found.len() > 1 || (unknown && !found.is_empty());
    Ok(Invited { found, unclear })
}

/// The one invitation of this name; a code that was recorded for two names none.
fn named_by(store: &Store, named: &Named) -> Result<Option<SavedInvitation>, Problem> {
    Ok(match named {
        Named::Invitation(id) => store.invitation(*id)?,
        Named::Code(code) => {
            let mut found = store.invitations_with(code)?;
            if found.len() == 1 { found.pop() } else { None }
        }
    })
}

/// Whom they name. A nought answers an invitation to score again, so that answers with one are nobody's but the invited patient's.
fn by_details(store: &Store, answers: &HomeAnswers, doubts: &mut Vec<Doubt>) -> Result<Option<Patient>, Problem> {
    if answers.has_nought() {
        doubts.push(Doubt::Nought);
        return Ok(None);
    }
    let Some(number) = &answers.person.nhs_number else { return Ok(None) };
    let Some(id) = store.patient_numbered(number)? else { return Ok(None) };
    let patient = store.patient(id)?.map(|(patient, _)| patient);
    Ok(patient.filter(|patient| answers.are_of(patient)))
}

/// The assessment whose concerns these answers score again; None when their invitation did not ask for it.
pub(crate) fn former(store: &Store, invitation: &Invitation, answers: &HomeAnswers) -> Result<Option<Hna>, Problem> {
    let Some(former) = invitation.scores_again(&answers.checklist) else { return Ok(None) };
    Ok(Some(store.hna(former)?.ok_or(Code::Gone)?.hna))
}

/// Reads answers that come in on the checklists that are known here; `today` is in London.
pub(crate) fn read(
    store: &Store,
    content: &Content,
    text: &str,
    today: Date,
) -> Result<Result<fhir::ReadAnswers, NotTaken>, Problem> {
    read_on(store, content, text, today, |named, checklist| {
        for named in named {
            if let Some(saved) = named_by(store, named)? {
                return Ok(saved.invitation.scores_again(checklist).is_some());
            }
        }
        Ok(false)
    })
}

/// The same; `again` says whether what is named asked for concerns of this checklist to be scored again.
fn read_on(
    store: &Store,
    content: &Content,
    text: &str,
    today: Date,
    again: impl FnOnce(&[Named], &str) -> Result<bool, Problem>,
) -> Result<Result<fhir::ReadAnswers, NotTaken>, Problem> {
    let (mut no_list, mut no_invitation) = (None, None);
    let checklist = |canonical: &str| match content.checklist(store, canonical) {
        Ok(checklist) => Some(checklist),
        Err(problem) => {
            // One that is not here is the file's fault; a database that cannot be read is not.
            no_list = Some(problem).filter(|problem| problem.code != Code::Gone);
            None
        }
    };
    let again = |named: &[Named], checklist: &str| {
        again(named, checklist).unwrap_or_else(|problem| {
            no_invitation = Some(problem);
            false
        })
    };
    let read = fhir::answers(text, today, checklist, again);
    no_list.or(no_invitation).map_or(Ok(read), Err)
}

/// Reads answers that were kept. Whether their day had come, and whether 0 was a score, was judged when they came in: a clock that goes
/// wrong since, or a code that is recorded a second time, hides none.
pub(crate) fn read_again(store: &Store, content: &Content, body: &str) -> Result<HomeAnswers, Problem> {
    read_on(store, content, body, Date::MAX, |_, _| Ok(true))?.map(|read| read.answers).map_err(|refused| {
        eprintln!("holdfast: kept answers: {}", refused.fault.code());
        Problem::unexpected()
    })
}
