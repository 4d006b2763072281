//! The commit record of a sending: a Provenance whose identifier is the sending's, so that asking for it tells whether it arrived.

use domain::id::SendingId;
use domain::op::Op;
use serde_json::json;

use crate::author::Author;
use crate::resource::Resource;
use crate::value::{coded, hl7, instant, to, uk_core};

/// Who did what to the resources of one sending. `targets` are their references, at least one; `recorded_ms` is when the act was
/// saved here (UTC milliseconds), not when it is sent, so that sending it again sends the same.
pub fn provenance(
    sending: SendingId,
    targets: &[String],
    author: &Author<'_>,
    recorded_ms: i64,
    activity: Op,
) -> Resource {
    let body = json!({
        "meta": uk_core("Provenance"),
        "target": targets.iter().map(|target| to(target)).collect::<Vec<_>>(),
        "recorded": instant(recorded_ms),
        "activity": coded(&[("act", activity.code())]),
        "agent": [{
            "type": hl7("provenance-participant-type", "author"),
            "role": [author.role()],
            "who": author.reference(),
            "onBehalfOf": author.organisation(),
        }],
    });
    Resource::new("Provenance", sending.to_string(), body)
}
