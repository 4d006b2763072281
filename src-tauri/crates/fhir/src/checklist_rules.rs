//! The rules that a new checklist has to keep before it is taken into use: what the app would read differently from other readers of the
//! form, what it could not do, and what the trust's server would refuse an answer for. Reading the parts is `checklist`; the rules stand
//! in `assets/content/README.md`.

use std::collections::{BTreeMap, HashSet};

use domain::checklist::{Checklist, ChecklistKind, PackFault, PackVersion};
use serde_json::Value;

use crate::checklist::{
    ChecklistFault, ChecklistPack, DOMAIN, KIND, Read, TOP, at, bound, child, coding, items, of_type, pack, text,
};
use crate::strict_json::strict_json;
use crate::value::CONCERN;

const PICTURE: &str = "https://holdfast.example/fhir/StructureDefinition/checklist-picture";
const MOST_OCCURS: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs";

const MOST_AREAS: usize = 20;
const MOST_CONCERNS: usize = 150;
const MOST_TOPICS: usize = 40;
/// Longest linkId, code and url, characters.
const LONGEST_NAME: usize = 64;
const LONGEST_URL: usize = 255;
/// Longest text that people see, characters; the question above the scores may have more.
const LONGEST_TEXT: usize = 120;
const LONGEST_QUESTION: usize = 200;
/// What the app takes: as many characters, and as many answers, as the form has to allow.
const OWN_WORDS: u64 = 200;
const QUESTIONS: u64 = 4000;
const RANKED: u64 = 4;
/// How many values one file may have; the largest checklist has some thousands.
const MOST_VALUES: usize = 100_000;

/// Items that are no area, and all stand in every checklist.
const FIXED: [&str; 6] = ["rating", "own", "matters", "private", "information", "questions"];
/// Members of an item and of the form itself that would change what is asked, or how; nothing here does what they say.
const CHANGES_ITEM: [&str; 7] =
    ["modifierExtension", "enableWhen", "enableBehavior", "initial", "readOnly", "answerOption", "definition"];
const CHANGES_FORM: [&str; 3] = ["implicitRules", "modifierExtension", "derivedFrom"];

/// Reads a checklist that is to be taken into use; refuses it with the first fault found.
pub fn accept_checklist(body: &str) -> Read<ChecklistPack> {
    let root = strict_json(body, MOST_VALUES)?;
    hold(root.get("resourceType").and_then(Value::as_str) == Some(TOP), PackFault::NotQuestionnaire, "resourceType")?;
    header(&root)?;
    shapes(&root, "")?;
    let pack = pack(&root)?;
    every_item(&root)?;
    areas(&root)?;
    fixed(&root)?;
    counts(&pack.checklist)?;
    told_apart(&pack.checklist)?;
    choices(&root, &pack.checklist)?;
    Ok(pack)
}

/// What the file says of the version as a whole.
fn header(root: &Value) -> Read<()> {
    for name in ["url", "version", "title", "status", "language"] {
        let there = root.get(name).is_none_or(Value::is_string);
        hold(there, PackFault::WrongType, &format!("{TOP}.{name}"))?;
        text(root, name, TOP)?;
    }
    for name in CHANGES_FORM {
        hold(root.get(name).is_none(), PackFault::NotUnderstood, &format!("{TOP}.{name}"))?;
    }
    let word = |name: &str| root.get(name).and_then(Value::as_str).unwrap_or_default();
    let url = word("url");
    let absolute =
        ["https://", "http://", "urn:"].iter().any(|scheme| url.len() > scheme.len() && url.starts_with(scheme));
    let plain = url.chars().all(|c| c.is_ascii_graphic() && !"|#<>\"\\^`{}".contains(c));
    hold(absolute && plain && url.len() <= LONGEST_URL, PackFault::UrlForm, "Questionnaire.url")?;
    hold(PackVersion::parse(word("version")).is_some(), PackFault::VersionForm, "Questionnaire.version")?;
    hold(["active", "retired"].contains(&word("status")), PackFault::NotReleased, "Questionnaire.status")?;
    let tried = root.get("experimental").and_then(Value::as_bool) == Some(true);
    hold(!tried, PackFault::NotReleased, "Questionnaire.experimental")?;
    let kind = coding(root, KIND);
    let known = kind.is_none_or(|kind| ChecklistKind::from_code(kind).is_some());
    hold(known, PackFault::NotUnderstood, "Questionnaire.code")?;
    let tag = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let language = word("language");
    let formed = (2..=35).contains(&language.len()) && language.chars().all(tag);
    hold(formed, PackFault::CodeForm, "Questionnaire.language")?;
    wording(word("title"), LONGEST_TEXT, "Questionnaire.title")
}

/// Every item is an object whose members are of the types that FHIR gives them; `path` is where `of` stands.
fn shapes(of: &Value, path: &str) -> Read<()> {
    let dot = if path.is_empty() { "" } else { "." };
    let Some(list) = of.get("item") else { return Ok(()) };
    let list = list.as_array().ok_or_else(|| ChecklistFault::new(PackFault::WrongType, format!("{path}{dot}item")))?;
    for (index, item) in list.iter().enumerate() {
        let path = format!("{path}{dot}item[{index}]");
        hold(item.is_object(), PackFault::WrongType, &path)?;
        let is = |name: &str, right: fn(&Value) -> bool| {
            hold(item.get(name).is_none_or(right), PackFault::WrongType, &format!("{path}.{name}"))
        };
        for name in ["linkId", "text", "type", "prefix"] {
            is(name, Value::is_string)?;
        }
        for name in ["required", "repeats"] {
            is(name, Value::is_boolean)?;
        }
        for name in ["code", "extension"] {
            is(name, Value::is_array)?;
        }
        text(item, "linkId", &path)?;
        shapes(item, &path)?;
    }
    Ok(())
}

/// What holds of every item, wherever it stands.
fn every_item(of: &Value) -> Read<()> {
    for item in items(of) {
        let key = text(item, "linkId", "item")?;
        let place = at(&key);
        hold(key.len() <= LONGEST_NAME, PackFault::LinkIdForm, &place)?;
        for name in CHANGES_ITEM {
            hold(item.get(name).is_none(), PackFault::NotUnderstood, &format!("{place}.{name}"))?;
        }
        for extension in extensions(item) {
            hold(extension.get("valueExpression").is_none(), PackFault::NotUnderstood, &format!("{place}.extension"))?;
            if extension.get("url").and_then(Value::as_str) == Some(PICTURE) {
                let named = extension.get("valueCode").and_then(Value::as_str).is_some_and(is_code);
                hold(named, PackFault::CodeForm, &format!("{place}.extension(checklist-picture)"))?;
            }
        }
        let required = item.get("required").and_then(Value::as_bool) == Some(true);
        hold(!required || key == "own.words", PackFault::Required, &format!("{place}.required"))?;
        let longest = if key == "rating.question" { LONGEST_QUESTION } else { LONGEST_TEXT };
        let shown = text(item, "text", &place)?;
        wording(item.get("text").and_then(Value::as_str).unwrap_or(&shown), longest, &format!("{place}.text"))?;
        every_item(item)?;
    }
    Ok(())
}

/// The areas and their concerns: each names itself once, and nothing stands beside or below them that would not be asked.
fn areas(root: &Value) -> Read<()> {
    let mut seen = HashSet::new();
    for group in items(root) {
        let key = text(group, "linkId", "item")?;
        let Some(code) = coding(group, DOMAIN) else {
            hold(FIXED.contains(&key.as_str()), PackFault::NotUnderstood, &at(&key))?;
            continue;
        };
        let place = format!("{}.code", at(&key));
        hold(!FIXED.contains(&key.as_str()), PackFault::NotUnderstood, &place)?;
        hold(is_code(code), PackFault::CodeForm, &place)?;
        hold(seen.insert(code), PackFault::CodeTwice, &place)?;
        hold(!repeats(group), PackFault::NotUnderstood, &format!("{}.repeats", at(&key)))?;
        for concern in items(group) {
            let key = text(concern, "linkId", "item")?;
            let place = format!("{}.code", at(&key));
            let codings = concern.get("code").and_then(Value::as_array).into_iter().flatten();
            let ours = codings.filter(|coding| coding.get("system").and_then(Value::as_str) == Some(CONCERN)).count();
            hold(ours == 1, PackFault::CodeTwice, &place)?;
            hold(coding(concern, CONCERN).is_some_and(is_code), PackFault::CodeForm, &place)?;
            leaf(concern, &key)?;
        }
    }
    Ok(())
}

/// The items whose meaning is fixed are there and take what the app records.
fn fixed(root: &Value) -> Read<()> {
    for key in FIXED {
        child(root, key)?;
    }
    let (rating, own) = (child(root, "rating")?, child(root, "own")?);
    of_type(rating, "group", "rating")?;
    for key in ["rating.question", "rating.low", "rating.high"] {
        of_type(child(rating, key)?, "display", key)?;
    }
    of_type(own, "group", "own")?;
    hold(repeats(own), PackFault::NotUnderstood, "item(own).repeats")?;
    let (words, score) = (child(own, "own.words")?, child(own, "own.rating")?);
    hold(items(own).len() == 2, PackFault::NotUnderstood, "item(own).item")?;
    of_type(words, "string", "own.words")?;
    room(words, "maxLength", OWN_WORDS, "own.words")?;
    of_type(score, "integer", "own.rating")?;
    let scale = (bound(score, "minValue"), bound(score, "maxValue"));
    hold(scale == (Some(1), Some(10)), PackFault::Range, "item(own.rating)")?;
    for key in ["matters", "private"] {
        let choice = child(root, key)?;
        of_type(choice, "open-choice", key)?;
        hold(repeats(choice), PackFault::NotUnderstood, &format!("item({key}).repeats"))?;
        let from = choice.get("answerValueSet").and_then(Value::as_str);
        hold(from == Some("#concerns"), PackFault::ChoicesDiffer, &format!("item({key}).answerValueSet"))?;
        let most = extensions(choice).find(|e| e.get("url").and_then(Value::as_str) == Some(MOST_OCCURS));
        if let Some(most) = most {
            let least = if key == "matters" { RANKED } else { u64::MAX };
            let most = most.get("valueInteger").and_then(Value::as_u64).unwrap_or_default();
            hold(most >= least, PackFault::Range, &format!("item({key}).extension(questionnaire-maxOccurs)"))?;
        }
        leaf(choice, key)?;
    }
    let information = child(root, "information")?;
    of_type(information, "group", "information")?;
    hold(!items(information).is_empty(), PackFault::Missing, "item(information).item")?;
    for topic in items(information) {
        leaf(topic, &text(topic, "linkId", "item(information).item")?)?;
    }
    let questions = child(root, "questions")?;
    of_type(questions, "text", "questions")?;
    leaf(questions, "questions")?;
    room(questions, "maxLength", QUESTIONS, "questions")
}

fn counts(list: &Checklist) -> Read<()> {
    hold(list.domains.len() <= MOST_AREAS, PackFault::TooManyItems, "Questionnaire.item")?;
    let mut concerns = 0;
    for area in &list.domains {
        concerns += area.items.len();
        hold(concerns <= MOST_CONCERNS, PackFault::TooManyItems, &format!("item({}).item", area.key))?;
    }
    hold(list.topics.len() <= MOST_TOPICS, PackFault::TooManyItems, "item(information).item")
}

/// No two areas, concerns or topics have the same words.
fn told_apart(list: &Checklist) -> Read<()> {
    let areas: Vec<_> = list.domains.iter().map(|area| (&area.key, &area.title)).collect();
    let concerns: Vec<_> =
        list.domains.iter().flat_map(|area| &area.items).map(|item| (&item.key, &item.text)).collect();
    let topics: Vec<_> = list.topics.iter().map(|topic| (&topic.key, &topic.text)).collect();
    for group in [areas, concerns, topics] {
        let mut seen = HashSet::new();
        for (key, words) in group {
            hold(seen.insert(words.to_lowercase()), PackFault::TextTwice, &format!("item({key}).text"))?;
        }
    }
    Ok(())
}

/// The value set that `matters` and `private` choose from has each concern of the checklist with its words, and nothing else.
fn choices(root: &Value, list: &Checklist) -> Read<()> {
    const SET: &str = "contained(concerns)";
    let differ = |place: &str| ChecklistFault::new(PackFault::ChoicesDiffer, place);
    let contained = root.get("contained").and_then(Value::as_array).into_iter().flatten();
    let mut sets = contained.filter(|one| one.get("id").and_then(Value::as_str) == Some("concerns"));
    let set = sets.next().ok_or_else(|| ChecklistFault::new(PackFault::Missing, SET))?;
    hold(sets.next().is_none(), PackFault::ChoicesDiffer, SET)?;
    hold(set.get("resourceType").and_then(Value::as_str) == Some("ValueSet"), PackFault::WrongType, SET)?;
    let compose =
        set.get("compose").ok_or_else(|| ChecklistFault::new(PackFault::Missing, format!("{SET}.compose")))?;
    let includes = compose.get("include").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let [include] = includes else { return Err(differ("contained(concerns).compose.include")) };
    hold(compose.get("exclude").is_none(), PackFault::ChoicesDiffer, "contained(concerns).compose.exclude")?;
    let system = include.get("system").and_then(Value::as_str) == Some(CONCERN) && include.get("filter").is_none();
    hold(system, PackFault::ChoicesDiffer, "contained(concerns).compose.include")?;
    let mut asked: BTreeMap<&str, &str> =
        list.domains.iter().flat_map(|area| &area.items).map(|item| (item.code.as_str(), item.text.as_str())).collect();
    for concept in include.get("concept").and_then(Value::as_array).into_iter().flatten() {
        let word = |name: &str| concept.get(name).and_then(Value::as_str).unwrap_or_default();
        let place = format!("{SET}: {}", word("code"));
        hold(asked.remove(word("code")) == Some(word("display")), PackFault::ChoicesDiffer, &place)?;
    }
    match asked.keys().next() {
        Some(left) => Err(differ(&format!("{SET}: {left}"))),
        None => Ok(()),
    }
}

/// A text as people read it: no characters they cannot see, no spaces they would not type.
fn wording(text: &str, longest: usize, place: &str) -> Read<()> {
    hold(text.chars().count() <= longest, PackFault::TextTooLong, place)?;
    let unseen = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let plain = text.trim() == text && !text.contains("  ") && !text.contains(unseen);
    hold(plain, PackFault::TextForm, place)
}

/// Nothing stands below this item, and it is asked once.
fn leaf(item: &Value, key: &str) -> Read<()> {
    hold(item.get("item").is_none(), PackFault::NotUnderstood, &format!("item({key}).item"))?;
    let many = item.get("type").and_then(Value::as_str) == Some("open-choice");
    hold(many || !repeats(item), PackFault::NotUnderstood, &format!("item({key}).repeats"))
}

/// A limit that is at least what the app records, or none.
fn room(item: &Value, name: &str, least: u64, key: &str) -> Read<()> {
    let enough = item.get(name).is_none_or(|limit| limit.as_u64().is_some_and(|limit| limit >= least));
    hold(enough, PackFault::Range, &format!("item({key}).{name}"))
}

fn repeats(item: &Value) -> bool {
    item.get("repeats").and_then(Value::as_bool) == Some(true)
}

fn extensions(item: &Value) -> impl Iterator<Item = &Value> {
    item.get("extension").and_then(Value::as_array).into_iter().flatten()
}

fn is_code(code: &str) -> bool {
    let small = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=LONGEST_NAME).contains(&code.len()) && code.chars().all(small)
}

fn hold(true_of_it: bool, fault: PackFault, place: &str) -> Read<()> {
    true_of_it.then_some(()).ok_or_else(|| ChecklistFault::new(fault, place))
}
