//! The acts of an invitation to answer at home: given with a pass code, looked at, withdrawn.

use domain::hna::PathwayPoint;
use domain::id::{HnaId, InvitationId, PatientId};
use domain::invitation::{CodeKind, Invitation, Inviting, PassCode, last_day};
use domain::op::Op;
use domain::record::Record;
use domain::{FieldFault, Refused};
use jiff::civil::Date;
use store::Store;

use crate::clinic::{Clinic, Noun};
use crate::death::alive;
use crate::invitation_view::{InvitationView, invitation_view};
use crate::problem::{Code, Problem};
use crate::request::requests;
use crate::version::look;
use crate::when::day_of;

requests! {
    Invite {
        #[ts(type = "PatientId")] patient: String,
        day: String,
        month: String,
        #[ts(type = "CodeKind | null")] kind: Option<String>,
        /// With `recorded`: the code as the website gave it.
        code: String,
        /// Canonical of the checklist; null for the one that is the default here. Not looked at with `again`.
        checklist: Option<String>,
        /// The completed assessment whose concerns are to be scored again, on its own checklist; null for a new one.
        #[ts(type = "HnaId | null")] again: Option<String>,
        #[ts(type = "PathwayPoint | null")] pathway_point: Option<String>,
        /// The last day on which it can be answered, as typed in one box; may be empty with `recorded`.
        expires: String,
    }
    ReadInvitation { #[ts(type = "InvitationId")] invitation: String }
    WithdrawInvitation { #[ts(type = "InvitationId")] invitation: String, reason: String }
}

impl Clinic {
    /// Invites the patient whose day and month of birth were typed again (`identity_differs` when they differ). A code is recorded as
    /// another website gave it, or made here; `no_portal` when this PC does not know where one made here could be entered.
    pub async fn invite(&self, request: Invite) -> Result<InvitationView, Problem> {
        let by = self.by_for(Op::Invite)?;
        let (open, today) = (self.0.clone(), day_of(by.at));
        let patient = PatientId::parse(&request.patient).ok_or(Code::Gone)?;
        let world = &open.profile.world;
        let (id, chance) = (InvitationId::from_random(world.bytes()?), world.bytes()?);
        let former = request.again.as_ref().map(|id| HnaId::parse(id).ok_or(Code::Gone)).transpose()?;
        let Chosen { point, code, expires_on } = chosen(&request, chance, today)?;
        if code.kind() == CodeKind::Issued && open.profile.configuration.portal.is_none() {
            return Err(Code::NoPortal.into());
        }
        let act = move |store: &mut Store| {
            let (person, _) = store.patient(patient)?.ok_or(Code::Gone)?;
            person.confirm(&request.day, &request.month)?;
            alive(&person)?;
            let chosen = |checklist: String| Inviting { patient, checklist, point, code, again: None, expires_on };
            let inviting = match former {
                Some(former) => chosen(String::new()).to_score_again(&store.hna(former)?.ok_or(Code::Gone)?.hna)?,
                None => chosen(open.content.chosen(store, request.checklist.as_deref())?.canonical.clone()),
            };
            let body = open.content.body(store, &inviting.checklist)?.ok_or(Code::Gone)?;
            let invitation = Invitation::give(id, inviting, &by, today);
            store.write::<_, Problem>(&by, Op::Invite, |w| {
                w.keep_checklist(&invitation.checklist, &body)?;
                w.save_invitation(&invitation, None)?;
                w.detail(invitation.code.kind().code());
                Ok(())
            })?;
            invitation_view(store, &open, id, by.at)
        };
        let seen = self.0.queue.run(act).await?;
        self.changed(&[Noun::Invitation]);
        Ok(seen)
    }

    /// Reads an invitation with its code; the look is an audit line.
    pub async fn read_invitation(&self, request: ReadInvitation) -> Result<InvitationView, Problem> {
        let by = self.by_for(Op::ReadInvitation)?;
        let (open, id) = (self.0.clone(), InvitationId::parse(&request.invitation).ok_or(Code::Gone)?);
        let read = move |store: &mut Store| {
            let patient = store.invitation(id)?.ok_or(Code::Gone)?.invitation.patient;
            look(store, &by, Op::ReadInvitation, Record::invitation(id, patient), None)?;
            invitation_view(store, &open, id, by.at)
        };
        self.0.queue.run(read).await
    }

    /// Withdraws an open invitation, with a reason; `invitation_closed` when it was answered or withdrawn before. Answers that come all
    /// the same are kept to be confirmed.
    pub async fn withdraw_invitation(&self, request: WithdrawInvitation) -> Result<InvitationView, Problem> {
        let by = self.by_for(Op::WithdrawInvitation)?;
        let (open, id) = (self.0.clone(), InvitationId::parse(&request.invitation).ok_or(Code::Gone)?);
        let act = move |store: &mut Store| {
            let before = store.invitation(id)?.ok_or(Code::Gone)?;
            let after = before.invitation.withdraw(&request.reason)?;
            let from = Some(before.revision);
            store.write::<_, Problem>(&by, Op::WithdrawInvitation, |w| Ok(w.save_invitation(&after, from)?))?;
            invitation_view(store, &open, id, by.at)
        };
        let seen = self.0.queue.run(act).await?;
        self.changed(&[Noun::Invitation]);
        Ok(seen)
    }
}

struct Chosen {
    point: PathwayPoint,
    code: PassCode,
    expires_on: Option<Date>,
}

/// What was chosen and typed, with every field that was not taken at once.
fn chosen(request: &Invite, chance: [u8; 16], today: Date) -> Result<Chosen, Problem> {
    let mut faults = Vec::new();
    let missing = |field: &str| Refused::field(field, "missing");
    let kind = request.kind.as_deref().and_then(CodeKind::from_code).ok_or_else(|| missing("kind"));
    let kind = taken(kind, &mut faults);
    let code = kind.map(|kind| match kind {
        CodeKind::Issued => Ok(PassCode::issued(chance)),
        CodeKind::Recorded => PassCode::recorded(&request.code),
    });
    let code = code.and_then(|code| taken(code, &mut faults));
    let point = request.pathway_point.as_deref().and_then(PathwayPoint::from_code);
    let point = taken(point.ok_or_else(|| missing("pathway_point")), &mut faults);
    let last = kind.and_then(|kind| taken(last_day(&request.expires, kind, today), &mut faults));
    match (point, code, last, faults.is_empty()) {
        (Some(point), Some(code), Some(expires_on), true) => Ok(Chosen { point, code, expires_on }),
        _ => Err(Refused::Fields(faults).into()),
    }
}

/// What was read of a field, or its fault beside the others.
fn taken<T>(read: Result<T, Refused>, faults: &mut Vec<FieldFault>) -> Option<T> {
    match read {
        Ok(value) => Some(value),
        Err(Refused::Fields(more)) => {
            faults.extend(more);
            None
        }
        Err(_) => None,
    }
}
