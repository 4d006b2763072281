//! An invitation to answer at home as a Task: which checklist, with which code, until when, and which answers came of it.

use domain::invitation::{CodeKind, Invitation, InvitationState};
use serde_json::{Value, json};

use crate::author::Author;
use crate::hna::{hna_response, pathway_point};
use crate::id;
use crate::resource::Resource;
use crate::value::{PASS_CODE, RECORD, coded, instant, ours, to, uk_core};

/// The invitation. `patient` is the reference by which the trust knows the patient, `author` who sends it; who
/// invited is in the invitation.
///
/// A pass code stands in it only when it was made here: another website's is of no use to the trust's portal, and not ours to pass on.
pub fn invitation(invitation: &Invitation, patient: &str, author: &Author<'_>) -> Vec<Resource> {
    let inviting = Author { staff: invitation.by, name: &invitation.by_name, ..*author };
    let code = (invitation.code.kind() == CodeKind::Issued).then(|| invitation.code.as_str());
    let identifiers = [
        Some(json!({ "system": RECORD, "value": invitation.id.to_string() })),
        code.map(|code| json!({ "system": PASS_CODE, "value": code })),
    ];
    let status = match invitation.state {
        InvitationState::Open => "requested",
        InvitationState::Answered => "completed",
        InvitationState::Withdrawn => "cancelled",
    };
    let output =
        invitation.hna.map(|hna| json!([{ "type": part("answers"), "valueReference": to(&hna_response(hna)) }]));
    let mut extensions = vec![ours("pathway-point", "valueCodeableConcept", pathway_point(invitation.point))];
    // The portal offers 0 too, and may show what was raised then.
    extensions.extend(invitation.again.map(|former| ours("scores-again", "valueReference", to(&hna_response(former)))));
    let body = json!({
        "meta": uk_core("Task"),
        "extension": extensions,
        "identifier": identifiers,
        "status": status,
        "statusReason": { "text": invitation.withdraw_reason },
        "intent": "order",
        "code": task(),
        "description": "Answer the holistic needs assessment at home",
        "for": to(patient),
        "authoredOn": instant(invitation.at),
        "requester": inviting.reference(),
        "owner": to(patient),
        "restriction": {
            "period": {
                "start": invitation.on.to_string(),
                "end": invitation.expires_on.map(|last| last.to_string()),
            },
        },
        "input": [{ "type": part("checklist"), "valueCanonical": invitation.checklist }],
        "output": output,
    });
    vec![Resource::new("Task", id::of(invitation.id.bytes(), "invitation"), body)]
}

fn task() -> Value {
    let mut code = coded(&[("task", "answer-at-home")]);
    if let Some(code) = code.as_object_mut() {
        code.insert("text".to_owned(), json!("Holistic needs assessment at home"));
    }
    code
}

fn part(of: &str) -> Value {
    coded(&[("task-part", of)])
}
