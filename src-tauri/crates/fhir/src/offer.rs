//! An offer of an assessment, or of a plan from one, as an Observation: what was decided, when, at which point of the pathway and by
//! whom.

use domain::offer::{Decision, Offer};
use serde_json::json;

use crate::author::Author;
use crate::hna::{hna_response, pathway_point};
use crate::id;
use crate::resource::Resource;
use crate::value::{RECORD, coded, hl7, instant, ours, to, uk_core};

/// The offer, also of what was not offered, with its reason; one of a plan is derived from the response of its assessment. `patient`
/// is the reference by which the trust knows the patient, `author` who sends it; who offered is in the offer. One that is marked as a
/// mistake keeps what it said.
pub fn offer(offer: &Offer, patient: &str, author: &Author<'_>) -> Vec<Resource> {
    let author = author.of(Some(&offer.by));
    let (cosd, words) = match offer.decision {
        Decision::Undecided => ("01", "Offered, undecided"),
        Decision::Declined => ("02", "Offered, declined"),
        Decision::Accepted => ("03", "Offered, accepted"),
        Decision::NotOffered => ("04", "Not offered"),
        Decision::Unable => ("05", "Offered, patient unable to complete"),
    };
    // Most offers are of an assessment, and only the other ones say of what.
    let (record, item, name): (&[_], _, _) = match offer.plan_for {
        None => (&[("record", "offer")], "cosd-hna-offered", "Offer of a holistic needs assessment"),
        Some(_) => {
            let record = &[("record", "offer"), ("offer-of", "care_plan")];
            (record, "cosd-pcsp-offered", "Offer of a personalised care and support plan")
        }
    };
    let mut code = coded(record);
    let mut decision = coded(&[("offer-decision", offer.decision.code()), (item, cosd)]);
    for (concept, text) in [(&mut code, name), (&mut decision, words)] {
        if let Some(concept) = concept.as_object_mut() {
            concept.insert("text".to_owned(), json!(text));
        }
    }
    let mistaken = offer.mistaken.as_ref();
    let notes = [
        (!offer.reason.is_empty()).then(|| json!({ "text": offer.reason })),
        mistaken.map(|marked| {
            json!({
                "authorReference": author.of(Some(&marked.by)).reference(),
                "time": instant(marked.by.at),
                "text": format!("Entered in error: {}", marked.reason),
            })
        }),
    ];
    let body = json!({
        "meta": uk_core("Observation|2.5.0"),
        "extension": [
            ours("pathway-point", "valueCodeableConcept", pathway_point(offer.point)),
            ours("offered-by-role", "valueCodeableConcept", author.role()),
        ],
        "identifier": [{ "system": RECORD, "value": offer.id.to_string() }],
        "status": if mistaken.is_some() { "entered-in-error" } else { "final" },
        "category": [hl7("observation-category", "survey")],
        "code": code,
        "subject": to(patient),
        "effectiveDateTime": offer.on.to_string(),
        "issued": instant(offer.by.at),
        "performer": [author.reference()],
        "derivedFrom": offer.plan_for.map(|hna| [to(&hna_response(hna))]),
        "valueCodeableConcept": decision,
        "note": notes,
    });
    vec![Resource::new("Observation", id::of(offer.id.bytes(), "offer"), body)]
}
