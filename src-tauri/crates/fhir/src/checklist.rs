//! Reads a checklist from a FHIR `Questionnaire`. The paths and rules are written down beside the packs, in `assets/content/README.md`.

use std::collections::HashSet;

use domain::checklist::{Area, Checklist, Item, Topic};
use serde_json::Value;

const DOMAIN: &str = "https://holdfast.example/fhir/CodeSystem/concern-domain";
const CONCERN: &str = "https://holdfast.example/fhir/CodeSystem/concern";

/// Why a Questionnaire is no checklist, and at which place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChecklistFault {
    #[error("not JSON")]
    NotJson,
    #[error("not a Questionnaire")]
    NotQuestionnaire,
    /// A path is missing or empty.
    #[error("{0} is missing")]
    Missing(String),
    #[error("linkId {0} stands twice")]
    LinkIdTwice(String),
    #[error("linkId {0} has other characters than a-z, 0-9, point and hyphen, or begins with own-")]
    LinkIdForm(String),
    #[error("concern code {0} stands twice")]
    CodeTwice(String),
    #[error("concern {0} does not score from 1 to 10")]
    Range(String),
    #[error("{0} is not of the type it needs")]
    Type(String),
}

/// Reads a checklist; refuses it with the first fault found, from the top.
pub fn checklist(body: &str) -> Result<Checklist, ChecklistFault> {
    let root: Value = serde_json::from_str(body).map_err(|_| ChecklistFault::NotJson)?;
    if root.get("resourceType").and_then(Value::as_str) != Some("Questionnaire") {
        return Err(ChecklistFault::NotQuestionnaire);
    }
    let mut seen = Seen::default();
    seen.link_ids(items(&root))?;
    let rating = child(&root, "rating")?;
    let mut domains = Vec::new();
    for group in items(&root).iter().filter(|item| coding(item, DOMAIN).is_some()) {
        domains.push(area(group, &mut seen)?);
    }
    if domains.is_empty() {
        return Err(ChecklistFault::Missing("a group with a domain code".to_owned()));
    }
    let mut topics = Vec::new();
    for topic in items(child(&root, "information")?) {
        let key = text(topic, "linkId", "information")?;
        of_type(topic, "boolean", &key)?;
        topics.push(Topic { text: text(topic, "text", &key)?, key });
    }
    Ok(Checklist {
        canonical: format!("{}|{}", text(&root, "url", "Questionnaire")?, text(&root, "version", "Questionnaire")?),
        title: text(&root, "title", "Questionnaire")?,
        question: text(child(rating, "rating.question")?, "text", "rating.question")?,
        low: text(child(rating, "rating.low")?, "text", "rating.low")?,
        high: text(child(rating, "rating.high")?, "text", "rating.high")?,
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
    fn link_ids(&mut self, all: &[Value]) -> Result<(), ChecklistFault> {
        for item in all {
            let key = text(item, "linkId", "item")?;
            let form = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '-';
            if key.starts_with("own-") || !key.chars().all(form) {
                return Err(ChecklistFault::LinkIdForm(key));
            }
            if !self.link_ids.insert(key.clone()) {
                return Err(ChecklistFault::LinkIdTwice(key));
            }
            self.link_ids(items(item))?;
        }
        Ok(())
    }
}

fn area(group: &Value, seen: &mut Seen) -> Result<Area, ChecklistFault> {
    let key = text(group, "linkId", "item")?;
    of_type(group, "group", &key)?;
    let mut concerns = Vec::new();
    for concern in items(group) {
        concerns.push(item(concern, seen)?);
    }
    if concerns.is_empty() {
        return Err(ChecklistFault::Missing(format!("{key}.item")));
    }
    Ok(Area { title: text(group, "text", &key)?, key, items: concerns })
}

fn item(concern: &Value, seen: &mut Seen) -> Result<Item, ChecklistFault> {
    let key = text(concern, "linkId", "item")?;
    of_type(concern, "integer", &key)?;
    if (bound(concern, "minValue"), bound(concern, "maxValue")) != (Some(1), Some(10)) {
        return Err(ChecklistFault::Range(key));
    }
    let code = coding(concern, CONCERN).ok_or_else(|| ChecklistFault::Missing(format!("{key}.code")))?;
    if !seen.codes.insert(code.to_owned()) {
        return Err(ChecklistFault::CodeTwice(code.to_owned()));
    }
    Ok(Item { code: code.to_owned(), text: text(concern, "text", &key)?, key })
}

fn items(of: &Value) -> &[Value] {
    of.get("item").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn child<'a>(of: &'a Value, key: &str) -> Result<&'a Value, ChecklistFault> {
    let found = items(of).iter().find(|item| item.get("linkId").and_then(Value::as_str) == Some(key));
    found.ok_or_else(|| ChecklistFault::Missing(key.to_owned()))
}

fn text(of: &Value, name: &str, place: &str) -> Result<String, ChecklistFault> {
    match of.get(name).and_then(Value::as_str).map(str::trim) {
        Some(text) if !text.is_empty() => Ok(text.to_owned()),
        _ => Err(ChecklistFault::Missing(format!("{place}.{name}"))),
    }
}

fn of_type(item: &Value, kind: &str, key: &str) -> Result<(), ChecklistFault> {
    let right = item.get("type").and_then(Value::as_str) == Some(kind);
    right.then_some(()).ok_or_else(|| ChecklistFault::Type(key.to_owned()))
}

fn coding<'a>(item: &'a Value, system: &str) -> Option<&'a str> {
    let codings = item.get("code")?.as_array()?;
    let coding = codings.iter().find(|coding| coding.get("system").and_then(Value::as_str) == Some(system))?;
    coding.get("code")?.as_str()
}

fn bound(item: &Value, name: &str) -> Option<i64> {
    let extensions = item.get("extension")?.as_array()?;
    let url = format!("http://hl7.org/fhir/StructureDefinition/{name}");
    let extension = extensions.iter().find(|e| e.get("url").and_then(Value::as_str) == Some(&url))?;
    extension.get("valueInteger")?.as_i64()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../../../assets/content/checklists/default-1.0.0.json");

    fn with(change: impl FnOnce(&mut Value)) -> Result<Checklist, ChecklistFault> {
        let mut root: Value = serde_json::from_str(SHIPPED).unwrap();
        change(&mut root);
        checklist(&root.to_string())
    }

    #[test]
    fn the_shipped_checklist_reads() {
        let list = checklist(SHIPPED).unwrap();
        assert_eq!(list.canonical, "https://holdfast.example/fhir/Questionnaire/default|1.0.0");
        let domains: Vec<_> = list.domains.iter().map(|d| d.key.as_str()).collect();
        assert_eq!(domains, ["physical", "practical", "financial", "family", "emotional", "spiritual"]);
        assert_eq!(list.item("physical.pain").unwrap().1.code, "pain");
        assert!(list.has_topic("information.diet"));
        assert!(!list.question.is_empty() && !list.low.is_empty() && !list.high.is_empty());
    }

    #[test]
    fn each_fault_is_named_with_its_place() {
        assert_eq!(checklist("{"), Err(ChecklistFault::NotJson));
        assert_eq!(with(|q| q["resourceType"] = "Patient".into()), Err(ChecklistFault::NotQuestionnaire));
        assert_eq!(
            with(|q| q["version"] = "".into()),
            Err(ChecklistFault::Missing("Questionnaire.version".to_owned()))
        );
        let again = with(|q| q["item"][1]["item"][1]["linkId"] = q["item"][1]["item"][0]["linkId"].clone());
        assert_eq!(again, Err(ChecklistFault::LinkIdTwice("physical.breathing".to_owned())));
        let own = with(|q| q["item"][1]["item"][0]["linkId"] = "own-1".into());
        assert_eq!(own, Err(ChecklistFault::LinkIdForm("own-1".to_owned())));
        let code = with(|q| q["item"][1]["item"][1]["code"] = q["item"][1]["item"][0]["code"].clone());
        assert_eq!(code, Err(ChecklistFault::CodeTwice("breathing".to_owned())));
        let range = with(|q| q["item"][1]["item"][0]["extension"][1]["valueInteger"] = 11.into());
        assert_eq!(range, Err(ChecklistFault::Range("physical.breathing".to_owned())));
        let kind = with(|q| q["item"][1]["item"][0]["type"] = "decimal".into());
        assert_eq!(kind, Err(ChecklistFault::Type("physical.breathing".to_owned())));
        let no_question = with(|q| q["item"][0]["item"][0]["text"] = "".into());
        assert_eq!(no_question, Err(ChecklistFault::Missing("rating.question.text".to_owned())));
    }
}
