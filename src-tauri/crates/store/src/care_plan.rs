//! Care plans: their rows and how a snapshot reads back, as they stand and as they were locked.

use std::collections::HashSet;

use domain::action::{Action, ActionKey, ActionKind, Ended, EndedHow, OwnerKind};
use domain::care_plan::{CarePlan, NothingAgreed, Origin, PlanConcern, PlanStatus};
use domain::hna::{Answer, ConcernKey, Rating};
use domain::id::{CarePlanId, DirectoryEntryId, HnaId, PatientId, StaffId};
use domain::record::{Record, RecordKind};
use jiff::civil::Date;
use rusqlite::Params;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::open::Store;
use crate::snapshot::known;
use crate::version::SignatureForm;
use crate::write::Writing;

const FORM: i64 = 1;

#[derive(Serialize, Deserialize)]
pub(crate) struct CarePlanForm {
    patient: String,
    hna: String,
    status: String,
    version: u32,
    started_at: i64,
    started_by: String,
    started_by_name: String,
    concerns: Vec<ConcernForm>,
    actions_added: u16,
    #[serde(default, skip_serializing_if = "none_added")]
    concerns_added: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    follows: Option<String>,
    signed: Option<SignatureForm>,
    unlock_reason: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    review: bool,
}

#[derive(Serialize, Deserialize)]
struct ConcernForm {
    key: String,
    /// Absent for a concern of the assessment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    origin: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rating: Option<u8>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    declined: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    private: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    ranked: bool,
    matters: String,
    actions: Vec<ActionForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nothing: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct ActionForm {
    key: String,
    kind: Option<String>,
    what: String,
    owner: Option<String>,
    owner_name: String,
    due: Option<Date>,
    /// The day it ended, however it did.
    done: Option<Date>,
    /// How it ended; absent for done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ended_how: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    outcome: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    entry: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    contact: String,
    /// The plan and the action's key there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    carried_from: Option<(String, String)>,
}

fn none_added(count: &u16) -> bool {
    *count == 0
}

impl From<&CarePlan> for CarePlanForm {
    fn from(plan: &CarePlan) -> Self {
        CarePlanForm {
            patient: plan.patient.to_string(),
            hna: plan.hna.to_string(),
            status: plan.status.code().to_owned(),
            version: plan.version,
            started_at: plan.started_at,
            started_by: plan.started_by.to_string(),
            started_by_name: plan.started_by_name.clone(),
            concerns: plan.concerns.iter().map(ConcernForm::from).collect(),
            actions_added: plan.actions_added,
            concerns_added: plan.concerns_added,
            follows: plan.follows.map(|plan| plan.to_string()),
            signed: plan.signed.as_ref().map(SignatureForm::from),
            unlock_reason: plan.unlock_reason.clone(),
            review: plan.review,
        }
    }
}

impl From<&PlanConcern> for ConcernForm {
    fn from(concern: &PlanConcern) -> Self {
        let actions = concern.actions.iter().map(|action| ActionForm {
            key: action.key.as_str().to_owned(),
            kind: action.kind.map(|kind| kind.code().to_owned()),
            what: action.what.clone(),
            owner: action.owner.map(|owner| owner.code().to_owned()),
            owner_name: action.owner_name.clone(),
            due: action.due,
            done: action.ended.map(|ended| ended.on),
            ended_how: action
                .ended
                .filter(|ended| ended.how != EndedHow::Done)
                .map(|ended| ended.how.code().to_owned()),
            outcome: action.outcome.clone(),
            entry: action.entry.map(|entry| entry.to_string()),
            contact: action.contact.clone(),
            carried_from: action.carried_from.as_ref().map(|(plan, key)| (plan.to_string(), key.as_str().to_owned())),
        });
        ConcernForm {
            key: concern.key.as_str().to_owned(),
            origin: (concern.origin != Origin::Assessment).then(|| concern.origin.code().to_owned()),
            code: concern.code.clone(),
            text: concern.text.clone(),
            rating: match concern.answer {
                Answer::Rated(rating) => Some(rating.score()),
                Answer::Unanswered | Answer::Declined => None,
            },
            declined: concern.answer == Answer::Declined,
            private: concern.private,
            ranked: concern.ranked,
            matters: concern.matters.clone(),
            actions: actions.collect(),
            nothing: concern.nothing.map(|nothing| nothing.code().to_owned()),
        }
    }
}

impl CarePlanForm {
    /// None for a form that this version of Holdfast does not know, and for what does not read back in it.
    pub(crate) fn read(id: &str, form_version: i64, snapshot: &str) -> Option<CarePlan> {
        let form: CarePlanForm = known(form_version, FORM, snapshot)?;
        Some(CarePlan {
            id: CarePlanId::parse(id)?,
            patient: PatientId::parse(&form.patient)?,
            hna: HnaId::parse(&form.hna)?,
            status: PlanStatus::from_code(&form.status)?,
            version: form.version,
            started_at: form.started_at,
            started_by: StaffId::parse(&form.started_by)?,
            started_by_name: form.started_by_name,
            concerns: form.concerns.into_iter().map(ConcernForm::read).collect::<Option<_>>()?,
            actions_added: form.actions_added,
            concerns_added: form.concerns_added,
            follows: known_or_none(form.follows, |id| CarePlanId::parse(&id))?,
            signed: form.signed.map(|signed| signed.read().ok_or(())).transpose().ok()?,
            unlock_reason: form.unlock_reason,
            review: form.review,
        })
    }
}

impl ConcernForm {
    fn read(self) -> Option<PlanConcern> {
        let answer = match (self.rating, self.declined) {
            // Its assessment may have scored concerns again.
            (Some(score), false) => Answer::Rated(Rating::again(i64::from(score)).ok()?),
            (None, true) => Answer::Declined,
            (None, false) => Answer::Unanswered,
            (Some(_), true) => return None,
        };
        Some(PlanConcern {
            key: ConcernKey::new(&self.key),
            origin: self.origin.map_or(Some(Origin::Assessment), |code| Origin::from_code(&code))?,
            code: self.code,
            text: self.text,
            answer,
            private: self.private,
            ranked: self.ranked,
            matters: self.matters,
            actions: self.actions.into_iter().map(ActionForm::read).collect::<Option<_>>()?,
            nothing: known_or_none(self.nothing, |code| NothingAgreed::from_code(&code))?,
        })
    }
}

impl ActionForm {
    fn read(self) -> Option<Action> {
        // A code that is not known makes the whole row unreadable; only null means "not chosen yet".
        let kind = known_or_none(self.kind, |code| ActionKind::from_code(&code))?;
        let owner = known_or_none(self.owner, |code| OwnerKind::from_code(&code))?;
        let how = known_or_none(self.ended_how, |code| EndedHow::from_code(&code))?;
        let ended = match (self.done, how) {
            (Some(on), how) => Some(Ended { how: how.unwrap_or(EndedHow::Done), on }),
            (None, None) => None,
            (None, Some(_)) => return None,
        };
        Some(Action {
            key: ActionKey::new(&self.key),
            kind,
            what: self.what,
            owner,
            owner_name: self.owner_name,
            due: self.due,
            ended,
            outcome: self.outcome,
            entry: known_or_none(self.entry, |id| DirectoryEntryId::parse(&id))?,
            contact: self.contact,
            carried_from: known_or_none(self.carried_from, |(plan, key)| {
                Some((CarePlanId::parse(&plan)?, ActionKey::new(&key)))
            })?,
        })
    }
}

/// Absent stays absent; None when it is there and does not read back.
fn known_or_none<T, R>(part: Option<T>, read: impl FnOnce(T) -> Option<R>) -> Option<Option<R>> {
    match part {
        None => Some(None),
        Some(part) => read(part).map(Some),
    }
}

/// A care plan as it was saved.
pub struct SavedPlan {
    pub plan: CarePlan,
    pub revision: i64,
    /// When that revision became durable, UTC milliseconds.
    pub saved_at: i64,
    /// State of the record's newest sending; None when it was never to be sent.
    pub sending: Option<String>,
}

const COLUMNS: &str = "SELECT p.id, r.form_version, r.snapshot, r.revision, r.at,
        iif(r.op = 'receive_from_trust', 'acked', (SELECT s.state FROM sending s WHERE s.id = p.id ORDER BY s.seq DESC LIMIT 1))
     FROM care_plan p JOIN revision r ON r.id = p.id";
const CURRENT: &str = "r.revision = (SELECT max(revision) FROM revision WHERE id = p.id)";

impl Store {
    pub fn care_plan(&self, id: CarePlanId) -> Result<Option<SavedPlan>, Error> {
        Ok(self.plans_where(&format!("{CURRENT} AND p.id = ?1"), [id.to_string()])?.pop())
    }

    /// The plan as it was locked as this version; None when it never was.
    pub fn care_plan_version(&self, id: CarePlanId, version: u32) -> Result<Option<SavedPlan>, Error> {
        let locked = "r.revision = (SELECT revision FROM version WHERE id = p.id AND version = ?2) AND p.id = ?1";
        Ok(self.plans_where(locked, (id.to_string(), version))?.pop())
    }

    /// The plan as it was last saved while it was locked: as agreed, with what was said since of how its actions ended. None when it
    /// never was locked.
    pub fn care_plan_last_locked(&self, id: CarePlanId) -> Result<Option<SavedPlan>, Error> {
        let locked = "r.revision = (SELECT max(revision) FROM revision
                 WHERE id = p.id AND json_extract(snapshot, '$.status') = 'locked')
             AND p.id = ?1";
        Ok(self.plans_where(locked, [id.to_string()])?.pop())
    }

    /// The newest plan that was made from an assessment, or None.
    pub fn care_plan_from(&self, hna: HnaId) -> Result<Option<SavedPlan>, Error> {
        let from = format!("{CURRENT} AND p.hna = ?1 ORDER BY p.started_at DESC, p.rowid DESC");
        Ok(self.plans_where(&from, [hna.to_string()])?.into_iter().next())
    }

    /// All plans of a patient, newest first.
    pub fn care_plans_of(&self, patient: PatientId) -> Result<Vec<SavedPlan>, Error> {
        let of = format!("{CURRENT} AND p.patient = ?1 ORDER BY p.started_at DESC, p.rowid DESC");
        self.plans_where(&of, [patient.to_string()])
    }

    /// The unlocked plans of everybody, oldest first.
    pub fn care_plans_draft(&self) -> Result<Vec<SavedPlan>, Error> {
        self.plans_where(&format!("{CURRENT} AND p.status = 'draft' ORDER BY p.started_at, p.rowid"), [])
    }

    /// The plans of everybody that were ever agreed, as they stand, those of one patient beside each other.
    pub fn care_plans_agreed(&self) -> Result<Vec<SavedPlan>, Error> {
        let agreed = "EXISTS (SELECT 1 FROM version v WHERE v.id = p.id) ORDER BY p.patient, p.started_at, p.rowid";
        self.plans_where(&format!("{CURRENT} AND {agreed}"), [])
    }

    /// The assessments from which a plan was made.
    pub fn hnas_planned(&self) -> Result<HashSet<HnaId>, Error> {
        let mut statement = self.conn.prepare_cached("SELECT hna FROM care_plan")?;
        let ids = statement.query_map([], |row| row.get::<_, String>(0))?;
        let mut planned = HashSet::new();
        for id in ids {
            planned.insert(HnaId::parse(&id?).ok_or(Error::Unreadable(RecordKind::CarePlan))?);
        }
        Ok(planned)
    }

    fn plans_where(&self, condition: &str, params: impl Params) -> Result<Vec<SavedPlan>, Error> {
        let mut statement = self.conn.prepare_cached(&format!("{COLUMNS} WHERE {condition}"))?;
        let mut rows = statement.query(params)?;
        let mut plans = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, form, snapshot): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let plan = CarePlanForm::read(&id, form, &snapshot).ok_or(Error::Unreadable(RecordKind::CarePlan))?;
            plans.push(SavedPlan { plan, revision: row.get(3)?, saved_at: row.get(4)?, sending: row.get(5)? });
        }
        Ok(plans)
    }
}

impl Writing<'_> {
    /// Adds a care plan (`from` is None) or keeps the revision that follows `from`.
    pub fn save_care_plan(&mut self, plan: &CarePlan, from: Option<i64>) -> Result<(), Error> {
        let id = plan.id.to_string();
        if from.is_none() {
            self.tx
                .prepare_cached(
                    "INSERT INTO care_plan (id, patient, hna, status, started_at) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute((&id, plan.patient.to_string(), plan.hna.to_string(), plan.status.code(), plan.started_at))?;
        } else {
            // A change of a draft leaves this row as it is, and its page unwritten.
            self.tx
                .prepare_cached("UPDATE care_plan SET status = ?2 WHERE id = ?1 AND status <> ?2")?
                .execute((&id, plan.status.code()))?;
        }
        let form = CarePlanForm::from(plan);
        let snapshot = serde_json::to_string(&form).map_err(|_| Error::Unreadable(RecordKind::CarePlan))?;
        self.save(Record::care_plan(plan.id, plan.patient), FORM, &snapshot, from)?;
        if plan.status == PlanStatus::Draft {
            self.keep_here();
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "care_plan_tests.rs"]
mod tests;
