//! Invitations to answer at home: their rows and how a snapshot reads back.

use domain::hna::PathwayPoint;
use domain::id::{HnaId, InvitationId, PatientId, StaffId};
use domain::invitation::{CodeKind, Invitation, InvitationState, PassCode, code_key};
use domain::record::{Record, RecordKind};
use jiff::civil::Date;
use rusqlite::Params;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::open::Store;
use crate::snapshot::known;
use crate::write::Writing;

const FORM: i64 = 1;

#[derive(Serialize, Deserialize)]
pub(crate) struct InvitationForm {
    patient: String,
    checklist: String,
    point: String,
    kind: String,
    code: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    again: Option<String>,
    on: Date,
    expires_on: Option<Date>,
    state: String,
    by: String,
    by_name: String,
    at: i64,
    hna: Option<String>,
    withdraw_reason: String,
}

impl From<&Invitation> for InvitationForm {
    fn from(invitation: &Invitation) -> Self {
        InvitationForm {
            patient: invitation.patient.to_string(),
            checklist: invitation.checklist.clone(),
            point: invitation.point.code().to_owned(),
            kind: invitation.code.kind().code().to_owned(),
            code: invitation.code.as_str().to_owned(),
            again: invitation.again.map(|id| id.to_string()),
            on: invitation.on,
            expires_on: invitation.expires_on,
            state: invitation.state.code().to_owned(),
            by: invitation.by.to_string(),
            by_name: invitation.by_name.clone(),
            at: invitation.at,
            hna: invitation.hna.map(|id| id.to_string()),
            withdraw_reason: invitation.withdraw_reason.clone(),
        }
    }
}

impl InvitationForm {
    /// None for a form that this version of Holdfast does not know, and for what does not read back in it.
    pub(crate) fn read(id: &str, form_version: i64, snapshot: &str) -> Option<Invitation> {
        let form: InvitationForm = known(form_version, FORM, snapshot)?;
        Some(Invitation {
            id: InvitationId::parse(id)?,
            patient: PatientId::parse(&form.patient)?,
            checklist: form.checklist,
            point: PathwayPoint::from_code(&form.point)?,
            code: PassCode::read(CodeKind::from_code(&form.kind)?, &form.code)?,
            again: form.again.map(|id| HnaId::parse(&id).ok_or(())).transpose().ok()?,
            on: form.on,
            expires_on: form.expires_on,
            state: InvitationState::from_code(&form.state)?,
            by: StaffId::parse(&form.by)?,
            by_name: form.by_name,
            at: form.at,
            hna: form.hna.map(|id| HnaId::parse(&id).ok_or(())).transpose().ok()?,
            withdraw_reason: form.withdraw_reason,
        })
    }
}

/// An invitation as last saved.
pub struct SavedInvitation {
    pub invitation: Invitation,
    pub revision: i64,
    /// State of its newest sending; None when it was never to be sent.
    pub sending: Option<String>,
}

const CURRENT: &str = "SELECT i.id, r.form_version, r.snapshot, r.revision,
        (SELECT s.state FROM sending s WHERE s.id = i.id ORDER BY s.seq DESC LIMIT 1)
     FROM invitation i JOIN revision r ON r.id = i.id AND r.revision = (SELECT max(revision) FROM revision WHERE id = i.id)";

impl Store {
    pub fn invitation(&self, id: InvitationId) -> Result<Option<SavedInvitation>, Error> {
        Ok(self.invitations_where("i.id = ?1", [id.to_string()])?.pop())
    }

    /// All invitations with this code, however it is typed: a recorded one may have been recorded twice.
    pub fn invitations_with(&self, code: &str) -> Result<Vec<SavedInvitation>, Error> {
        self.invitations_where("i.code_key = ?1 ORDER BY i.rowid", [code_key(code)])
    }

    /// All invitations of a patient, newest first.
    pub fn invitations_of(&self, patient: PatientId) -> Result<Vec<SavedInvitation>, Error> {
        self.invitations_where("i.patient = ?1 ORDER BY i.rowid DESC", [patient.to_string()])
    }

    /// The invitations of everybody that were neither answered nor withdrawn, oldest first.
    pub fn invitations_open(&self) -> Result<Vec<SavedInvitation>, Error> {
        self.invitations_where("i.state = 'open' ORDER BY i.rowid", [])
    }

    fn invitations_where(&self, condition: &str, params: impl Params) -> Result<Vec<SavedInvitation>, Error> {
        let mut statement = self.conn.prepare_cached(&format!("{CURRENT} WHERE {condition}"))?;
        let mut rows = statement.query(params)?;
        let mut invitations = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, form, snapshot): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let read = InvitationForm::read(&id, form, &snapshot);
            let invitation = read.ok_or(Error::Unreadable(RecordKind::Invitation))?;
            invitations.push(SavedInvitation { invitation, revision: row.get(3)?, sending: row.get(4)? });
        }
        Ok(invitations)
    }
}

impl Writing<'_> {
    /// Adds an invitation (`from` is None) or keeps the revision that follows `from`.
    pub fn save_invitation(&mut self, invitation: &Invitation, from: Option<i64>) -> Result<(), Error> {
        let (id, state) = (invitation.id.to_string(), invitation.state.code());
        if from.is_none() {
            self.tx
                .prepare_cached("INSERT INTO invitation (id, patient, state, code_key) VALUES (?1, ?2, ?3, ?4)")?
                .execute((&id, invitation.patient.to_string(), state, code_key(invitation.code.as_str())))?;
        } else {
            self.tx.prepare_cached("UPDATE invitation SET state = ?2 WHERE id = ?1")?.execute((&id, state))?;
        }
        let form = InvitationForm::from(invitation);
        let snapshot = serde_json::to_string(&form).map_err(|_| Error::Unreadable(RecordKind::Invitation))?;
        self.save(Record::invitation(invitation.id, invitation.patient), FORM, &snapshot, from)
    }
}
