//! An invitation as the screen shows it.

use domain::hna::PathwayPoint;
use domain::id::{HnaId, InvitationId, PatientId};
use domain::invitation::{CodeKind, InvitationStanding};
use jiff::civil::Date;
use serde::Serialize;
use store::{SavedInvitation, Store};
use ts_rs::TS;

use crate::clinic::Open;
use crate::death::answered_on;
use crate::patient_view::Banner;
use crate::problem::{Code, Problem};
use crate::sending::sending_word;
use crate::when::{Day, day_of};

#[derive(Serialize, TS)]
pub struct InvitationLine {
    #[ts(type = "InvitationId")]
    pub id: InvitationId,
    #[ts(type = "CodeKind")]
    pub kind: CodeKind,
    #[ts(type = "InvitationStanding")]
    pub standing: InvitationStanding,
    /// The code as it is read out: one made here in groups of four, a recorded one as it was given, in one piece.
    pub code: Vec<String>,
    #[ts(type = "PathwayPoint")]
    pub pathway_point: PathwayPoint,
    pub on: Day,
    /// The last day on which it can be answered; null when the website did not say.
    pub expires: Option<Day>,
    /// Days until then, 0 on the last one; less than 0 after it.
    pub days_left: Option<i32>,
    pub by: String,
    /// The assessment that came of it.
    #[ts(type = "HnaId | null")]
    pub hna: Option<HnaId>,
    /// The completed assessment whose concerns are to be scored again.
    #[ts(type = "HnaId | null")]
    pub again: Option<HnaId>,
    pub withdraw_reason: Option<String>,
    #[ts(type = "RecordSending")]
    pub sending: &'static str,
}

#[derive(Serialize, TS)]
pub struct InvitationView {
    #[ts(type = "PatientId")]
    pub patient: PatientId,
    pub banner: Banner,
    pub line: InvitationLine,
    /// The checklist's title.
    pub title: String,
    /// The day of the assessment whose concerns are to be scored again; null for a new one.
    pub again: Option<Day>,
    /// Where the code is entered, from the configuration; null when it does not say.
    pub address: Option<String>,
}

impl InvitationLine {
    pub(crate) fn of(saved: &SavedInvitation, open: &Open, today: Date) -> InvitationLine {
        let invitation = &saved.invitation;
        InvitationLine {
            id: invitation.id,
            kind: invitation.code.kind(),
            standing: invitation.standing(today),
            code: invitation.code.groups(),
            pathway_point: invitation.point,
            on: Day::new(invitation.on),
            expires: invitation.expires_on.map(Day::new),
            days_left: invitation.days_left(today),
            by: invitation.by_name.clone(),
            hna: invitation.hna,
            again: invitation.again,
            withdraw_reason: (!invitation.withdraw_reason.is_empty()).then(|| invitation.withdraw_reason.clone()),
            sending: sending_word(saved.sending.as_deref(), open.has_server()),
        }
    }
}

impl Open {
    /// Where a code of this kind is entered, as it is to be printed; None when the configuration does not say.
    pub(crate) fn address_for(&self, kind: CodeKind) -> Option<&str> {
        let configuration = &self.profile.configuration;
        match kind {
            CodeKind::Issued => configuration.portal.as_deref(),
            CodeKind::Recorded => configuration.website.as_deref(),
        }
    }
}

/// Shows an invitation as it was saved.
pub(crate) fn invitation_view(
    store: &Store,
    open: &Open,
    id: InvitationId,
    now: i64,
) -> Result<InvitationView, Problem> {
    let saved = store.invitation(id)?.ok_or(Code::Gone)?;
    let patient = saved.invitation.patient;
    let (person, _) = store.patient(patient)?.ok_or(Code::Gone)?;
    let former = saved.invitation.again.map(|former| store.hna(former)).transpose()?.flatten();
    Ok(InvitationView {
        again: former.map(|former| Day::new(answered_on(&former.hna))),
        patient,
        banner: Banner::of(&person, day_of(now)),
        line: InvitationLine::of(&saved, open, day_of(now)),
        title: open.content.checklist(store, &saved.invitation.checklist)?.title.clone(),
        address: open.address_for(saved.invitation.code.kind()).map(str::to_owned),
    })
}
