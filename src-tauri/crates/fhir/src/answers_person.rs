//! Who answers are said to be of, and which invitation they name. Something that is there and cannot be read, or says two different things,
//! is never taken for something that is not there: it makes the answers unclear, and a nurse looks at them.

use domain::home_answers::{GivenPerson, Named};
use domain::id::InvitationId;
use domain::likeness::folded;
use domain::nhs_number::NhsNumber;
use domain::text;
use jiff::civil::Date;
use serde_json::Value;

use crate::answers::member;
use crate::value::{NHS_NUMBER, PASS_CODE, RECORD};

/// Uses of a name under which nobody is known here.
const OTHER_NAMES: [&str; 4] = ["nickname", "maiden", "old", "anonymous"];

/// Every invitation that is named, each once: by a pass code, then by our identifier of it.
pub(crate) fn named(response: &Value, unclear: &mut bool) -> Vec<Named> {
    let mut identifiers = all(response.get("identifier"));
    identifiers.extend(all(response.get("basedOn")).into_iter().flat_map(|one| all(one.get("identifier"))));
    let code = |value: &str| text::line(value).ok().filter(|code| !code.is_empty()).map(Named::Code);
    let mut named = Vec::new();
    for (system, read) in [
        (PASS_CODE, &code as &dyn Fn(&str) -> Option<Named>),
        (RECORD, &|value: &str| InvitationId::parse(value).map(Named::Invitation)),
    ] {
        for one in identifiers.iter().filter(|one| member(one, "system") == Some(system)) {
            match member(one, "value").and_then(read) {
                Some(one) if named.contains(&one) => {}
                Some(one) => named.push(one),
                None => *unclear = true,
            }
        }
    }
    *unclear |= [response.get("identifier"), response.get("basedOn")].into_iter().any(is_no_object);
    named
}

/// Who the answers are said to be of.
pub(crate) fn person(response: &Value, patient: Option<&Value>, unclear: &mut bool) -> GivenPerson {
    let of = |name: &str| patient.and_then(|patient| patient.get(name));
    let subject = response.get("subject").and_then(|subject| subject.get("identifier"));
    let mut identifiers = all(of("identifier"));
    identifiers.extend(all(subject));
    *unclear |= [of("identifier"), subject, of("name")].into_iter().any(is_no_object);
    let numbers = identifiers.into_iter().filter(|one| member(one, "system") == Some(NHS_NUMBER));
    let numbers = numbers.map(|one| member(one, "value").and_then(|value| NhsNumber::parse(value).ok()));
    let nhs_number = only(numbers, |one, other| one == other, unclear);
    let born =
        of("birthDate").filter(|day| !day.is_null()).map(|day| day.as_str().and_then(|day| day.parse::<Date>().ok()));
    let names = all(of("name"));
    let of_use = |wanted: &dyn Fn(Option<&str>) -> bool| -> Vec<&Value> {
        names.iter().filter(|name| wanted(member(name, "use"))).copied().collect()
    };
    let official = of_use(&|of| of == Some("official"));
    let known = of_use(&|of| of.is_none_or(|of| !OTHER_NAMES.contains(&of)));
    let names = [official, known, names.clone()].into_iter().find(|names| !names.is_empty()).unwrap_or_default();
    let families = names.iter().filter_map(|name| name.get("family")).filter(|family| !family.is_null());
    let families = families.map(|family| family.as_str().and_then(|family| text::line(family).ok()));
    let given = all(names.first().and_then(|name| name.get("given")));
    let given: Vec<_> = given.into_iter().filter_map(Value::as_str).collect();
    GivenPerson {
        family: only(families, |one, other| folded(one) == folded(other), unclear).unwrap_or_default(),
        given: text::line(&given.join(" ")).unwrap_or_default(),
        born: only(born.into_iter(), |one, other| one == other, unclear),
        nhs_number,
    }
}

/// The first of what was read, if none of it is unreadable or says something else.
fn only<T>(read: impl Iterator<Item = Option<T>>, same: impl Fn(&T, &T) -> bool, unclear: &mut bool) -> Option<T> {
    let mut first: Option<T> = None;
    for one in read {
        match (one, &first) {
            (Some(one), None) => first = Some(one),
            (Some(one), Some(before)) if same(before, &one) => {}
            _ => {
                *unclear = true;
                return None;
            }
        }
    }
    first
}

/// One or several, however they stand.
fn all(of: Option<&Value>) -> Vec<&Value> {
    match of {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(several)) => several.iter().collect(),
        Some(one) => vec![one],
    }
}

/// Is something there that has no members, where FHIR has an object?
fn is_no_object(of: Option<&Value>) -> bool {
    all(of).into_iter().any(|one| !one.is_object())
}

#[cfg(test)]
#[path = "answers_person_tests.rs"]
mod tests;
