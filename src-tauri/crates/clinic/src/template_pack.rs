//! Reads the text of a treatment summary template, and refuses one that breaks a rule of `assets/content/README.md` with the path
//! and the reason. No wording lives here, and nothing is repaired: a template is as its trust checked it, or it is not used.

use domain::patient::TreatmentKind;
use domain::summary_template::{
    Choice, Coding, Copies, Copy, Group, Line, Precision, Prefill, Section, Slot, SlotKind, SummaryTemplate,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::template_rules::{Read, TemplateFault, at, confidence, hold, is_date, key, once, texts, whole, wording};

/// The template in this text, or the first fault of it.
pub fn summary_template(text: &str) -> Result<SummaryTemplate, TemplateFault> {
    let root: Value = serde_json::from_str(text).map_err(|fault| at("template", fault.to_string()))?;
    texts(&root, "template", false)?;
    let form: TemplateForm = form(&root, "template")?;
    hold(form.language == "en-GB", "language", "is not en-GB")?;
    hold(!form.cancer_types.is_empty(), "cancer_types", "is empty")?;
    hold(!form.sections.is_empty(), "sections", "is empty")?;
    let sections: Vec<Section> = each(&form.sections, "sections", section)?;
    once(sections.iter().map(|section| section.key.as_str()), "sections", "key")?;
    let orders: OrdersForm = self::form(&form.orders, "orders")?;
    let template = SummaryTemplate {
        canonical: format!("{}|{}", form.id, form.version),
        title: form.title,
        cancer_types: form.cancer_types,
        patient_order: orders.patient,
        gp_order: orders.gp,
        codes: each(&form.codes, "codes", coding)?,
        sections,
    };
    whole(&template)?;
    Ok(template)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TemplateForm {
    id: String,
    version: String,
    language: String,
    title: String,
    cancer_types: Vec<String>,
    #[serde(rename = "source")]
    _source: String,
    orders: Value,
    #[serde(default)]
    codes: Vec<Value>,
    sections: Vec<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrdersForm {
    patient: Vec<String>,
    gp: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CopiesForm {
    patient: String,
    gp: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CodingForm {
    of: String,
    name: String,
    system: String,
    code: String,
    confidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionForm {
    key: String,
    title: Value,
    needed: Option<bool>,
    lead: Option<Value>,
    #[serde(default)]
    groups: Vec<Value>,
    lines: Vec<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupForm {
    key: String,
    title: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LineForm {
    key: String,
    group: Option<String>,
    urgent: Option<bool>,
    repeats: Option<bool>,
    treatment: Option<String>,
    copies: Value,
    #[serde(default)]
    slots: Vec<Value>,
    #[serde(default)]
    with: Vec<String>,
    source: String,
    confidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SlotForm {
    key: String,
    r#type: String,
    label: String,
    prefill: Option<String>,
    precision: Option<String>,
    max_chars: Option<usize>,
    decimals: Option<usize>,
    options: Option<Vec<Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OptionForm {
    key: String,
    copies: Value,
}

fn coding(value: &Value, path: &str) -> Read<Coding> {
    let form: CodingForm = form(value, path)?;
    confidence(&form.confidence, path)?;
    let (section, line) =
        form.of.split_once('/').ok_or_else(|| at(&format!("{path}.of"), "is not of the form section/line"))?;
    Ok(Coding {
        section: section.to_owned(),
        line: line.to_owned(),
        name: form.name,
        system: form.system,
        code: form.code,
    })
}

fn section(value: &Value, path: &str) -> Read<Section> {
    let form: SectionForm = form(value, path)?;
    key(&form.key, path)?;
    let groups = each(&form.groups, &format!("{path}.groups"), |value, path| {
        let group: GroupForm = self::form(value, path)?;
        key(&group.key, path)?;
        Ok(Group { key: group.key, title: plain(&group.title, &format!("{path}.title"))? })
    })?;
    once(groups.iter().map(|group| group.key.as_str()), &format!("{path}.groups"), "key")?;
    let lines_path = format!("{path}.lines");
    hold(!form.lines.is_empty(), &lines_path, "is empty")?;
    let lines: Vec<Line> = each(&form.lines, &lines_path, line)?;
    once(lines.iter().map(|line| line.key.as_str()), &lines_path, "key")?;
    for copy in Copy::ALL {
        once(lines.iter().map(|line| line.copies.of(*copy)), &lines_path, &format!("copies.{}", copy.code()))?;
    }
    let mut reached = 0;
    for (place, line) in lines.iter().enumerate() {
        let path = format!("{lines_path}[{place}].group");
        match (&line.group, groups.is_empty()) {
            (None, true) => {}
            (None, false) => return Err(at(&path, "is missing")),
            (Some(group), _) => {
                let known = groups.iter().position(|here| here.key == *group);
                let known = known.ok_or_else(|| at(&path, "is not a group of this section"))?;
                hold(known >= reached, &path, "stands after a later group")?;
                reached = known;
            }
        }
    }
    for (place, group) in groups.iter().enumerate() {
        let used = lines.iter().any(|line| line.group.as_ref() == Some(&group.key));
        hold(used, &format!("{path}.groups[{place}]"), "has no line")?;
    }
    Ok(Section {
        key: form.key,
        title: plain(&form.title, &format!("{path}.title"))?,
        needed: flag(form.needed, path, "needed")?,
        lead: form.lead.map(|lead| plain(&lead, &format!("{path}.lead"))).transpose()?,
        groups,
        lines,
    })
}

fn line(value: &Value, path: &str) -> Read<Line> {
    let form: LineForm = form(value, path)?;
    key(&form.key, path)?;
    let confidence = confidence(&form.confidence, path)?;
    let treatment = form.treatment.as_deref().map(|kind| {
        TreatmentKind::from_code(kind).ok_or_else(|| at(&format!("{path}.treatment"), "is not a kind of treatment"))
    });
    let treatment = treatment.transpose()?;
    let slots_path = format!("{path}.slots");
    let slots: Vec<Slot> = each(&form.slots, &slots_path, slot)?;
    once(slots.iter().map(|slot| slot.key.as_str()), &slots_path, "key")?;
    for (place, slot) in slots.iter().enumerate() {
        let of_treatment =
            matches!(slot.prefill, Some(Prefill::TreatmentName | Prefill::TreatmentStart | Prefill::TreatmentEnd));
        let path = format!("{slots_path}[{place}].prefill");
        hold(!of_treatment || treatment.is_some(), &path, "needs a line with a treatment")?;
    }
    let copies_path = format!("{path}.copies");
    let copies = copies(&form.copies, &copies_path)?;
    for copy in Copy::ALL {
        wording(copies.of(*copy), &slots, &format!("{copies_path}.{}", copy.code()))?;
    }
    let with_path = format!("{path}.with");
    let with = form.with.iter().map(|with| {
        let parts = with.split_once('/').map(|(section, line)| (section.to_owned(), line.to_owned()));
        parts.ok_or_else(|| at(&with_path, "is not of the form section/line"))
    });
    Ok(Line {
        key: form.key,
        group: form.group,
        urgent: flag(form.urgent, path, "urgent")?,
        repeats: flag(form.repeats, path, "repeats")?,
        treatment,
        copies,
        slots,
        with: with.collect::<Read<_>>()?,
        source: form.source,
        confidence,
    })
}

fn slot(value: &Value, path: &str) -> Read<Slot> {
    let form: SlotForm = form(value, path)?;
    key(&form.key, path)?;
    hold(!form.label.contains(['{', '}']), &format!("{path}.label"), "has a brace")?;
    let kind = match (&*form.r#type, form.precision, form.max_chars, form.decimals, form.options) {
        ("date", Some(precision), None, None, None) => {
            let precision = Precision::from_code(&precision)
                .ok_or_else(|| at(&format!("{path}.precision"), "is not day, month or year"))?;
            SlotKind::Date { precision }
        }
        ("text", None, Some(most), None, None) => {
            hold((1..=200).contains(&most), &format!("{path}.max_chars"), "is not from 1 to 200")?;
            SlotKind::Text { most }
        }
        ("number", None, None, Some(decimals), None) => {
            hold(decimals <= 3, &format!("{path}.decimals"), "is not from 0 to 3")?;
            SlotKind::Number { decimals }
        }
        ("choice", None, None, None, Some(options)) => {
            SlotKind::Choice { options: choices(&options, &format!("{path}.options"))? }
        }
        ("date" | "text" | "number" | "choice", ..) => return Err(at(path, "has not exactly what its type has")),
        _ => return Err(at(&format!("{path}.type"), "is not a type of slot")),
    };
    let prefill_path = format!("{path}.prefill");
    let prefill = form.prefill.as_deref().map(|from| {
        let known = Prefill::from_code(from).ok_or_else(|| at(&prefill_path, "is not a place in the record"))?;
        let fits =
            if is_date(known) { matches!(kind, SlotKind::Date { .. }) } else { matches!(kind, SlotKind::Text { .. }) };
        hold(fits, &prefill_path, "is of another type than the slot")?;
        Ok(known)
    });
    let prefill = prefill.transpose()?;
    Ok(Slot { key: form.key, label: form.label, kind, prefill })
}

fn choices(options: &[Value], path: &str) -> Read<Vec<Choice>> {
    hold(options.len() >= 2, path, "has fewer than two options")?;
    let options: Vec<Choice> = each(options, path, |value, path| {
        let option: OptionForm = form(value, path)?;
        key(&option.key, path)?;
        Ok(Choice { key: option.key, copies: plain(&option.copies, &format!("{path}.copies"))? })
    })?;
    once(options.iter().map(|option| option.key.as_str()), path, "key")?;
    for copy in Copy::ALL {
        once(options.iter().map(|option| option.copies.of(*copy)), path, &format!("copies.{}", copy.code()))?;
    }
    Ok(options)
}

fn copies(value: &Value, path: &str) -> Read<Copies> {
    let CopiesForm { patient, gp } = form(value, path)?;
    Ok(Copies { patient, gp })
}

/// Two texts without blanks: a title, a lead, an option.
fn plain(value: &Value, path: &str) -> Read<Copies> {
    let copies = copies(value, path)?;
    for copy in Copy::ALL {
        hold(!copies.of(*copy).contains(['{', '}']), &format!("{path}.{}", copy.code()), "has a brace")?;
    }
    Ok(copies)
}

fn flag(given: Option<bool>, path: &str, name: &str) -> Read<bool> {
    hold(given != Some(false), &format!("{path}.{name}"), "is there and not true")?;
    Ok(given.is_some())
}

fn form<T: DeserializeOwned>(value: &Value, path: &str) -> Read<T> {
    T::deserialize(value).map_err(|fault| at(path, fault.to_string()))
}

fn each<T>(values: &[Value], path: &str, read: impl Fn(&Value, &str) -> Read<T>) -> Read<Vec<T>> {
    values.iter().enumerate().map(|(place, value)| read(value, &format!("{path}[{place}]"))).collect()
}

#[cfg(test)]
#[path = "template_pack_tests.rs"]
mod tests;
