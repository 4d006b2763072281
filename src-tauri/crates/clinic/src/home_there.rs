//! Answers from home that stand at the trust: taken in through the same act as those of a file. It runs on the database's thread; what is
//! fetched is decided elsewhere.

use std::collections::BTreeMap;

use domain::id::{AnswersId, HnaId, PatientId};
use domain::invitation::{Invitation, InvitationState};
use domain::op::Op;
use domain::staff::By;
use serde_json::Value;
use store::{Doubt, SavedInvitation, Store, There};

use crate::clinic_list_there::{cannot_be_read, patient_staged};
use crate::content::Content;
use crate::home_answers::{Arrived, Inbound, Outcome, arrive};
use crate::home_match::read;
use crate::problem::{Code, Problem};
use crate::when::day_of;

/// Tasks that were fetched and are in no record yet, by identifier.
type Tasks = BTreeMap<String, (There, Value)>;

/// Takes in the answers from home that were fetched; whether any came. `whole`: nothing is still on its way that may say what they are of.
pub(crate) fn receive(store: &mut Store, content: &Content, whole: bool, by: &By) -> Result<bool, Problem> {
    let staged = store.staged_of("QuestionnaireResponse")?;
    if staged.is_empty() {
        return Ok(false);
    }
    let parsed = |one: There| serde_json::from_str(&one.body).ok().map(|body| (one.server_id.clone(), (one, body)));
    let tasks: Tasks = store.staged_of("Task")?.into_iter().filter_map(parsed).collect();
    let mut came = false;
    for there in staged {
        let Ok(body) = serde_json::from_str::<Value>(&there.body) else { continue };
        // What Holdfast wrote of an assessment is a record, and comes as one.
        let Some(home) = fhir::from_home(&body) else { continue };
        let Some(patient) = whose(store, &there.patient)? else { continue };
        if body.pointer("/subject/reference").and_then(Value::as_str) != Some(&format!("Patient/{}", there.patient)) {
            cannot_be_read(store, &there, by.at)?;
            continue;
        }
        let invited = match patient {
            Some(patient) => invited(store, patient, &home, &tasks)?,
            None => None,
        };
        if invited.is_none() && !(home.by_patient && is_known(store, content, &home.questionnaire)?) {
            if whole {
                store.pass_over(&[there])?;
            }
            continue;
        }
        match take(store, content, Standing { there: there.clone(), body, patient, invited }, &tasks, by) {
            Ok(taken) => came |= taken,
            // Nothing can be kept now: at the next round, then.
            Err(problem) if matches!(problem.code, Code::DiskFull | Code::NotSaved | Code::Unexpected) => {
                return Err(problem);
            }
            Err(problem) => {
                eprintln!("holdfast: answers at the trust: {}", problem.code.code());
                cannot_be_read(store, &there, by.at)?;
            }
        }
    }
    Ok(came)
}

/// Whom the trust's Patient is here, if anybody. None while that is in doubt or the Patient is out of use: what waits then waits until it is
/// settled, for the answers say nothing that would tell one of two people from the other.
fn whose(store: &Store, there: &str) -> Result<Option<Option<PatientId>>, Problem> {
    let used = patient_staged(store, there)?.is_none_or(|patient| sync::is_in_use(&patient));
    let lane = store.patient_there(there)?;
    let sure = lane.as_ref().map(|lane| store.patient_doubt(lane)).transpose()?;
    let sure = sure.is_none_or(|doubt| doubt == Some(Doubt::None));
    Ok((used && sure).then(|| lane.and_then(|id| PatientId::parse(&id))))
}

/// Answers as they stand at the trust.
struct Standing {
    there: There,
    body: Value,
    patient: Option<PatientId>,
    invited: Option<SavedInvitation>,
}

fn take(store: &mut Store, content: &Content, standing: Standing, tasks: &Tasks, by: &By) -> Result<bool, Problem> {
    let Standing { there, body, patient, invited } = standing;
    let [answers, hna] = fhir::ids_of_answers(&body);
    let (answers, hna) = (AnswersId::from_random(answers), HnaId::from_random(hna));
    if store.arrival(answers)?.is_some() || store.hna(hna)?.is_some() {
        store.pass_over(&[there])?;
        return Ok(false);
    }
    let person = match (patient_staged(store, &there.patient)?, patient) {
        (Some(person), _) => Some(person),
        (None, Some(patient)) => {
            let patient = store.patient(patient)?.map(|(patient, _)| patient);
            let said = patient.map(|patient| fhir::patient(&patient, true, ""));
            said.and_then(|said| said.into_iter().find(|one| one.kind == "Patient")).map(|one| one.body)
        }
        (None, None) => None,
    };
    let invitation = invited.as_ref().map(|saved| saved.invitation.id);
    let text = fhir::response_text(&body, person.as_ref(), invitation);
    let read = match read(store, content, &text, day_of(by.at))? {
        Ok(read) => read,
        Err(refused) => {
            eprintln!("holdfast: answers at the trust: {}", refused.fault.code());
            cannot_be_read(store, &there, by.at)?;
            return Ok(false);
        }
    };
    let task = invited.as_ref().and_then(|saved| left(saved, tasks));
    let inbound = Inbound { file: String::new(), read, answers, hna };
    let Arrived { outcome, .. } = arrive(store, content, inbound, Op::ReceiveAnswers, by, |w| {
        if let Some((task, _)) = task {
            // Whoever answered left it so: ours goes over that, as the answer to it.
            w.learn_there("Task", &task.server_id, &task.version, &task.body)?;
            w.taken(task)?;
        }
        w.taken(&there).map(drop)
    })?;
    if outcome == Outcome::AlreadyHere {
        store.pass_over(&[there])?;
    }
    Ok(outcome != Outcome::AlreadyHere)
}

/// The one invitation of this patient that these answers are based on, or whose Task names them as what came of it.
fn invited(
    store: &Store,
    patient: PatientId,
    home: &fhir::FromHome,
    tasks: &Tasks,
) -> Result<Option<SavedInvitation>, Problem> {
    let is_it = |invitation: &Invitation| {
        let task = fhir::invitation_task(invitation.id);
        let named = tasks.get(&task).and_then(|(_, body)| fhir::answers_of_task(body));
        home.tasks.contains(&task) || named.as_ref() == Some(&home.id)
    };
    let mut found: Vec<_> =
        store.invitations_of(patient)?.into_iter().filter(|saved| is_it(&saved.invitation)).collect();
    Ok(if found.len() == 1 { found.pop() } else { None })
}

/// The Task of this invitation as whoever answered left it. None where nobody touched it, where something of it waits here to be sent, and
/// where somebody did something else with it: then the sending meets that, and a person looks.
fn left<'a>(saved: &SavedInvitation, tasks: &'a Tasks) -> Option<&'a (There, Value)> {
    let sent = saved.sending.as_deref() == Some("acked") && saved.invitation.state == InvitationState::Open;
    tasks.get(&fhir::invitation_task(saved.invitation.id)).filter(|(_, body)| sent && fhir::task_is_answered(body))
}

fn is_known(store: &Store, content: &Content, checklist: &str) -> Result<bool, Problem> {
    match content.checklist(store, checklist) {
        Ok(_) => Ok(true),
        Err(problem) if problem.code == Code::Gone => Ok(false),
        Err(problem) => Err(problem),
    }
}
