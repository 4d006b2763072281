//! Answers from home as the screen shows them.

use domain::hna::{Answer, PathwayPoint};
use domain::home_answers::{AnswersState, Arrival, Doubt, GivenPerson as Given, HomeAnswers, Named};
use domain::id::{AnswersId, HnaId, PatientId};
use domain::nhs_number::NhsNumber;
use domain::patient::Patient;
use serde::Serialize;
use store::{SavedArrival, SavedInvitation, Store};
use ts_rs::TS;

use crate::clinic::Open;
use crate::home_match::{Matched, matched, read_again};
use crate::invitation_view::InvitationLine;
use crate::patient_view::{Banner, Highest};
use crate::problem::{Code, Problem};
use crate::when::{Day, When, day_of};

#[derive(Serialize, TS)]
pub struct AnswersLine {
    #[ts(type = "AnswersId")]
    pub id: AnswersId,
    #[ts(type = "AnswersState")]
    pub state: AnswersState,
    /// With `to_confirm`: what keeps them from being taken without a nurse.
    #[ts(type = "Array<Doubt>")]
    pub doubts: Vec<Doubt>,
    /// The person as the file names them.
    pub given: GivenPerson,
    /// The day of the answers.
    pub answered: Day,
    pub taken_in: When,
    /// Who invited the patient, else who took the file in.
    pub owner: String,
    pub concerns: usize,
    pub highest: Option<Highest>,
    /// The assessment they became.
    #[ts(type = "HnaId | null")]
    pub hna: Option<HnaId>,
    /// They are the patient's and nobody has said yet what was done about them.
    pub alert: bool,
}

#[derive(Serialize, TS)]
pub struct GivenPerson {
    pub family: String,
    pub given: String,
    pub born: Option<Day>,
    /// "999 000 0018", or null.
    pub nhs_number: Option<String>,
    /// The code that the answers name.
    pub code: Option<String>,
}

#[derive(Serialize, TS)]
pub struct AnswersView {
    pub line: AnswersLine,
    /// Whose they are; with `to_confirm` whose they seem to be. Null when they match nobody here.
    pub banner: Option<Banner>,
    pub invitation: Option<InvitationLine>,
    /// The name of the file, without its folder.
    pub file: String,
    /// The checklist's title.
    pub title: String,
    /// An invitation says the point of the pathway: it need not be chosen.
    #[ts(type = "PathwayPoint | null")]
    pub pathway_point: Option<PathwayPoint>,
    pub cleared: Option<Cleared>,
    /// With `refused`: why.
    pub refuse_reason: Option<String>,
}

#[derive(Serialize, TS)]
pub struct Cleared {
    pub at: When,
    pub by: String,
    pub done: String,
}

/// Answers that came in, read again, with whose they are by the records as they stand.
pub(crate) struct Seen {
    pub arrival: Arrival,
    pub patient: Option<Patient>,
    pub line: AnswersLine,
    answers: HomeAnswers,
    invitation: Option<SavedInvitation>,
}

impl AnswersView {
    /// Whose they are or seem to be.
    pub(crate) fn patient(&self) -> Option<PatientId> {
        self.banner.as_ref().map(|banner| banner.id)
    }
}

/// Those about which somebody has to do something, oldest first. One that can no longer be read is left out with its fault printed: it
/// must not take every other from the screen.
pub(crate) fn answers_open(store: &Store, open: &Open) -> Result<Vec<Seen>, Problem> {
    let mut shown = Vec::new();
    for id in store.arrivals_open()? {
        let saved = store.arrival(id).map_err(Problem::from);
        match saved.and_then(|saved| seen(store, open, saved.ok_or(Code::Gone)?)) {
            Ok(seen) => shown.push(seen),
            Err(problem) => eprintln!("holdfast: answers {id} are not shown: {}", problem.code.code()),
        }
    }
    Ok(shown)
}

/// The same, of one patient: taken as the patient's, or to be confirmed as such.
pub(crate) fn answers_lines(store: &Store, open: &Open, patient: PatientId) -> Result<Vec<AnswersLine>, Problem> {
    let of = |seen: &Seen| seen.patient.as_ref().is_some_and(|person| person.id == patient);
    Ok(answers_open(store, open)?.into_iter().filter(of).map(|seen| seen.line).collect())
}

/// Shows answers as they stand.
pub(crate) fn answers_view(store: &Store, open: &Open, id: AnswersId, now: i64) -> Result<AnswersView, Problem> {
    let Seen { arrival, patient, line, answers, invitation } =
        seen(store, open, store.arrival(id)?.ok_or(Code::Gone)?)?;
    let today = day_of(now);
    Ok(AnswersView {
        line,
        banner: patient.map(|patient| Banner::of(&patient, today)),
        file: arrival.file,
        title: open.content.checklist(store, &answers.checklist)?.title.clone(),
        pathway_point: invitation.as_ref().map(|saved| saved.invitation.point),
        invitation: invitation.map(|saved| InvitationLine::of(&saved, open, today)),
        cleared: arrival.cleared.map(|cleared| Cleared {
            at: When::new(cleared.by.at),
            by: cleared.by.name,
            done: cleared.done,
        }),
        refuse_reason: (!arrival.refuse_reason.is_empty()).then_some(arrival.refuse_reason),
    })
}

fn seen(store: &Store, open: &Open, saved: SavedArrival) -> Result<Seen, Problem> {
    let SavedArrival { arrival, body, .. } = saved;
    let answers = read_again(store, &open.content, &body)?;
    let (patient, doubts, invitation) = match arrival.state {
        AnswersState::ToConfirm => {
            let Matched { invitation, patient, doubts, .. } = matched(store, &answers)?;
            (patient, doubts, invitation)
        }
        // What was decided stands, whatever they would match today.
        AnswersState::Taken | AnswersState::Refused => {
            let hna = arrival.hna.map(|hna| store.hna(hna)).transpose()?.flatten();
            let invited = hna.and_then(|saved| saved.hna.invitation);
            let invitation = invited.map(|id| store.invitation(id)).transpose()?.flatten();
            let patient = arrival.patient.map(|id| store.patient(id)).transpose()?.flatten();
            (patient.map(|(patient, _)| patient), Vec::new(), invitation)
        }
    };
    let line = AnswersLine {
        id: arrival.id,
        state: arrival.state,
        doubts,
        given: GivenPerson::of(&answers.person, &answers.named),
        answered: Day::new(answers.answered_on),
        taken_in: When::new(arrival.taken_in_at),
        owner: arrival.owner_name.clone(),
        concerns: answers.concerns.len(),
        highest: highest(store, open, &answers)?,
        hna: arrival.hna,
        alert: arrival.is_alert(),
    };
    Ok(Seen { arrival, patient, line, answers, invitation })
}

impl GivenPerson {
    fn of(given: &Given, named: &[Named]) -> GivenPerson {
        GivenPerson {
            family: given.family.clone(),
            given: given.given.clone(),
            born: given.born.map(Day::new),
            nhs_number: given.nhs_number.as_ref().map(NhsNumber::to_string),
            code: named.iter().find_map(|named| match named {
                Named::Code(code) => Some(code.clone()),
                Named::Invitation(_) => None,
            }),
        }
    }
}

/// The highest score and its concern; the earlier one when two are equal.
fn highest(store: &Store, open: &Open, answers: &HomeAnswers) -> Result<Option<Highest>, Problem> {
    let checklist = open.content.checklist(store, &answers.checklist)?;
    let mut highest: Option<Highest> = None;
    for concern in &answers.concerns {
        if let Answer::Rated(rating) = concern.answer
            && highest.as_ref().is_none_or(|most| rating.score() > most.score)
        {
            highest = Some(Highest { concern: concern.text(&checklist).to_owned(), score: rating.score() });
        }
    }
    Ok(highest)
}
