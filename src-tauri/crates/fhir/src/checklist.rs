//! Reads a checklist from a FHIR `Questionnaire`. The paths and rules are written down beside the packs, in `assets/content/README.md`.

use std::collections::HashSet;

use domain::checklist::{Area, Checklist, ChecklistKind, Item, PackFault, Topic};
use serde_json::Value;

use crate::value::CONCERN;

pub(crate) const DOMAIN: &str = "https://holdfast.example/fhir/CodeSystem/concern-domain";
pub(crate) const KIND: &str = "https://holdfast.example/fhir/CodeSystem/checklist-kind";
pub(crate) const TOP: &str = "Questionnaire";

/// Why a Questionnaire is no checklist, and at which place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} at {place}", fault.code())]
pub struct ChecklistFault {
    pub fault: PackFault,
    /// For example `item(physical.pain).text`; a path or a line where it cannot be named by a linkId.
    pub place: String,
}

impl ChecklistFault {
    pub(crate) fn new(fault: PackFault, place: impl Into<String>) -> ChecklistFault {
        ChecklistFault { fault, place: place.into() }
    }
}

/// A checklist and what its file says about the version itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChecklistPack {
    pub checklist: Checklist,
    /// The language of its wording, for example `en-GB`.
    pub language: String,
    pub kind: ChecklistKind,
    /// Taken out of use: it is kept for the answers given on it, and not offered.
    pub retired: bool,
}

pub(crate) type Read<T> = Result<T, ChecklistFault>;

/// Reads a checklist with what its file says about it; refuses it with the first fault found, from the top. This is for versions that
/// were accepted before, maybe by older rules: [`accept_checklist`](crate::accept_checklist) is for a new one.
pub fn checklist_pack(body: &str) -> Read<ChecklistPack> {
    pack(&serde_json::from_str(body).map_err(|_| ChecklistFault::new(PackFault::NotJson, "Questionnaire"))?)
}

pub(crate) fn pack(root: &Value) -> Read<ChecklistPack> {
    let language = root.get("language").and_then(Value::as_str);
    Ok(ChecklistPack {
        checklist: read(root)?,
        // FHIR's word for a language that is not known.
        language: language.unwrap_or("und").to_owned(),
        // What a newer Holdfast may know a checklist to be for, this one need not, to read the answers on it.
        kind: coding(root, KIND).and_then(ChecklistKind::from_code).unwrap_or(ChecklistKind::Standard),
        retired: root.get("status").and_then(Value::as_str) == Some("retired"),
    })
}

/// Reads a checklist; refuses it with the first fault found, from the top.
pub fn checklist(body: &str) -> Read<Checklist> {
    Ok(checklist_pack(body)?.checklist)
}

fn read(root: &Value) -> Read<Checklist> {
    if root.get("resourceType").and_then(Value::as_str) != Some("Questionnaire") {
        return Err(ChecklistFault::new(PackFault::NotQuestionnaire, "resourceType"));
    }
    let mut seen = Seen::default();
    seen.link_ids(items(root))?;
    let rating = child(root, "rating")?;
    let mut domains = Vec::new();
    for group in items(root).iter().filter(|item| coding(item, DOMAIN).is_some()) {
        domains.push(area(group, &mut seen)?);
    }
    if domains.is_empty() {
        return Err(ChecklistFault::new(PackFault::Missing, "Questionnaire.item: no group with a domain code"));
    }
    let mut topics = Vec::new();
    for topic in items(child(root, "information")?) {
        let key = text(topic, "linkId", "item(information).item")?;
        of_type(topic, "boolean", &key)?;
        topics.push(Topic { text: text(topic, "text", &at(&key))?, key });
    }
    Ok(Checklist {
        canonical: format!("{}|{}", text(root, "url", TOP)?, text(root, "version", TOP)?),
        title: text(root, "title", TOP)?,
        question: text(child(rating, "rating.question")?, "text", "item(rating.question)")?,
        low: text(child(rating, "rating.low")?, "text", "item(rating.low)")?,
        high: text(child(rating, "rating.high")?, "text", "item(rating.high)")?,
        domains,
        topics,
    })
}

/// What must not stand twice.
#[derive(Default)]
struct Seen {
    link_ids: HashSet<String>,
    codes: HashSet<String>,
}

impl Seen {
    fn link_ids(&mut self, all: &[Value]) -> Read<()> {
        for item in all {
            let key = text(item, "linkId", "item")?;
            let form = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '-';
            if key.starts_with("own-") || !key.chars().all(form) {
                return Err(ChecklistFault::new(PackFault::LinkIdForm, at(&key)));
            }
            if !self.link_ids.insert(key.clone()) {
                return Err(ChecklistFault::new(PackFault::LinkIdTwice, at(&key)));
            }
            self.link_ids(items(item))?;
        }
        Ok(())
    }
}

fn area(group: &Value, seen: &mut Seen) -> Read<Area> {
    let key = text(group, "linkId", "item")?;
    of_type(group, "group", &key)?;
    let mut concerns = Vec::new();
    for concern in items(group) {
        concerns.push(item(concern, seen)?);
    }
    if concerns.is_empty() {
        return Err(ChecklistFault::new(PackFault::Missing, format!("item({key}).item")));
    }
    Ok(Area { title: text(group, "text", &at(&key))?, key, items: concerns })
}

fn item(concern: &Value, seen: &mut Seen) -> Read<Item> {
    let key = text(concern, "linkId", "item")?;
    of_type(concern, "integer", &key)?;
    if (bound(concern, "minValue"), bound(concern, "maxValue")) != (Some(1), Some(10)) {
        return Err(ChecklistFault::new(PackFault::Range, at(&key)));
    }
    let code =
        coding(concern, CONCERN).ok_or_else(|| ChecklistFault::new(PackFault::Missing, format!("item({key}).code")))?;
    if !seen.codes.insert(code.to_owned()) {
        return Err(ChecklistFault::new(PackFault::CodeTwice, format!("item({key}).code")));
    }
    Ok(Item { code: code.to_owned(), text: text(concern, "text", &at(&key))?, key })
}

/// How an item is named to people.
pub(crate) fn at(key: &str) -> String {
    format!("item({key})")
}

pub(crate) fn items(of: &Value) -> &[Value] {
    of.get("item").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

pub(crate) fn child<'a>(of: &'a Value, key: &str) -> Read<&'a Value> {
    let found = items(of).iter().find(|item| item.get("linkId").and_then(Value::as_str) == Some(key));
    found.ok_or_else(|| ChecklistFault::new(PackFault::Missing, at(key)))
}

pub(crate) fn text(of: &Value, name: &str, place: &str) -> Read<String> {
    match of.get(name).and_then(Value::as_str).map(str::trim) {
        Some(text) if !text.is_empty() => Ok(text.to_owned()),
        _ => Err(ChecklistFault::new(PackFault::Missing, format!("{place}.{name}"))),
    }
}

pub(crate) fn of_type(item: &Value, kind: &str, key: &str) -> Read<()> {
    let right = item.get("type").and_then(Value::as_str) == Some(kind);
    right.then_some(()).ok_or_else(|| ChecklistFault::new(PackFault::WrongType, format!("item({key}).type")))
}

pub(crate) fn coding<'a>(item: &'a Value, system: &str) -> Option<&'a str> {
    let codings = item.get("code")?.as_array()?;
    let coding = codings.iter().find(|coding| coding.get("system").and_then(Value::as_str) == Some(system))?;
    coding.get("code")?.as_str()
}

pub(crate) fn bound(item: &Value, name: &str) -> Option<i64> {
    let extensions = item.get("extension")?.as_array()?;
    let url = format!("http://hl7.org/fhir/StructureDefinition/{name}");
    let extension = extensions.iter().find(|e| e.get("url").and_then(Value::as_str) == Some(&url))?;
    extension.get("valueInteger")?.as_i64()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../../../assets/content/checklists/default-1.0.0.json");

    fn with(change: impl FnOnce(&mut Value)) -> (PackFault, String) {
        let mut root: Value = serde_json::from_str(SHIPPED).unwrap();
        change(&mut root);
        let refused = checklist(&root.to_string()).unwrap_err();
        (refused.fault, refused.place)
    }

    fn fault(fault: PackFault, place: &str) -> (PackFault, String) {
        (fault, place.to_owned())
    }

    #[test]
    fn the_shipped_checklist_reads() {
        let pack = checklist_pack(SHIPPED).unwrap();
        assert_eq!((pack.language.as_str(), pack.kind, pack.retired), ("en-GB", ChecklistKind::Standard, false));
        let list = pack.checklist;
        assert_eq!(list.canonical, "https://holdfast.example/fhir/Questionnaire/default|1.0.0");
        let domains: Vec<_> = list.domains.iter().map(|d| d.key.as_str()).collect();
        assert_eq!(domains, ["physical", "practical", "financial", "family", "emotional", "spiritual"]);
        assert_eq!(list.item("physical.pain").unwrap().1.code, "pain");
        assert!(list.has_topic("information.diet"));
        assert!(!list.question.is_empty() && !list.low.is_empty() && !list.high.is_empty());
    }

    #[test]
    fn each_fault_is_named_with_its_place() {
        assert_eq!(checklist("{").unwrap_err().fault, PackFault::NotJson);
        let kind = with(|q| q["resourceType"] = "Patient".into());
        assert_eq!(kind, fault(PackFault::NotQuestionnaire, "resourceType"));
        let version = with(|q| q["version"] = "".into());
        assert_eq!(version, fault(PackFault::Missing, "Questionnaire.version"));
        let again = with(|q| q["item"][1]["item"][1]["linkId"] = q["item"][1]["item"][0]["linkId"].clone());
        assert_eq!(again, fault(PackFault::LinkIdTwice, "item(physical.breathing)"));
        let own = with(|q| q["item"][1]["item"][0]["linkId"] = "own-1".into());
        assert_eq!(own, fault(PackFault::LinkIdForm, "item(own-1)"));
        let code = with(|q| q["item"][1]["item"][1]["code"] = q["item"][1]["item"][0]["code"].clone());
        assert_eq!(code, fault(PackFault::CodeTwice, "item(physical.urine).code"));
        let range = with(|q| q["item"][1]["item"][0]["extension"][1]["valueInteger"] = 11.into());
        assert_eq!(range, fault(PackFault::Range, "item(physical.breathing)"));
        let kind = with(|q| q["item"][1]["item"][0]["type"] = "decimal".into());
        assert_eq!(kind, fault(PackFault::WrongType, "item(physical.breathing).type"));
        let no_question = with(|q| q["item"][0]["item"][0]["text"] = "".into());
        assert_eq!(no_question, fault(PackFault::Missing, "item(rating.question).text"));
    }
}
