//! From a record to its paper: whose it is and who signed it, the character that cannot be printed and where it was typed.

use std::collections::BTreeMap;

use documents::{About, Assessed, BlankChecklist, Contact, Document, Mark, Referral, SessionInvitation, Trust};
use domain::care_plan::{CarePlan, PlanStatus};
use domain::checklist::Checklist;
use domain::id::CarePlanId;
use domain::invitation::Invitation;
use domain::patient::Patient;
use domain::staff::{By, Signature};
use domain::summary_template::{Copy, SlotKind, SummaryTemplate};
use domain::treatment_summary::{SummaryStatus, TreatmentSummary};
use jiff::civil::Date;
use store::Paper;

use crate::change::Over;
use crate::clinic::Open;
use crate::problem::{Code, Field, Problem};

/// What is put on paper.
pub(crate) enum Content<'a> {
    Plan {
        plan: &'a CarePlan,
        /// When and how the assessment was answered.
        assessed: Assessed,
    },
    Summary {
        summary: &'a TreatmentSummary,
        template: &'a SummaryTemplate,
    },
}

/// Lays out and writes every copy of a record as it stands, signed when it is: a plan's one copy, a summary's two. `no_glyph` when a
/// character of it cannot be printed. Work for a thread of its own.
pub(crate) fn made(open: &Open, patient: &Patient, content: Content<'_>, by: &By) -> Result<Vec<Paper>, Problem> {
    let copies: &[Copy] = match content {
        Content::Plan { .. } => &[Copy::Patient],
        Content::Summary { .. } => Copy::ALL,
    };
    check(&content)?;
    copies.iter().map(|copy| laid(open, patient, &content, *copy, by)).collect()
}

/// One copy of a record as it stands.
pub(crate) fn drawn(
    open: &Open,
    patient: &Patient,
    content: Content<'_>,
    copy: Copy,
    by: &By,
) -> Result<Paper, Problem> {
    check(&content)?;
    laid(open, patient, &content, copy, by)
}

/// A checklist to fill in with a pen, with the patient's name or without; `again` is the day of the assessment whose concerns are scored
/// again on it. `no_glyph` when a character of it cannot be printed.
pub(crate) fn blank_form(
    open: &Open,
    checklist: &Checklist,
    patient: Option<&Patient>,
    again: Option<Date>,
    by: &By,
) -> Result<Paper, Problem> {
    let contact = contact(open);
    // The drafts of a checklist have the bytes of its name, folded, and those of the patient.
    let mut file_id = patient.map_or([0; 16], |patient| patient.id.bytes());
    for (place, byte) in checklist.canonical.bytes().enumerate() {
        if let Some(folded) = file_id.get_mut(place % 16) {
            *folded = folded.rotate_left(1) ^ byte;
        }
    }
    // One that scores again is another form of the same checklist.
    if let Some(last) = file_id.last_mut() {
        *last ^= u8::from(again.is_some());
    }
    let form = BlankChecklist {
        checklist,
        patient,
        again,
        at: by.at,
        trust: trust(open),
        contact: contact.as_ref(),
        training: open.training.is_some(),
        file_id,
    };
    let document = documents::blank_checklist(&form).map_err(|error| refused(&error))?;
    paper(&document, Copy::Patient)
}

/// The page that is given to whoever is invited. `no_glyph` when a character of it cannot be printed.
pub(crate) fn invitation_page(
    open: &Open,
    patient: &Patient,
    invitation: &Invitation,
    by: &By,
) -> Result<Paper, Problem> {
    let code = invitation.code.as_str();
    if let Some(character) = documents::unprintable(code) {
        return Err(no_glyph(character, Some("code".to_owned())));
    }
    let contact = contact(open);
    let about = About {
        patient,
        author: &invitation.by_name,
        role: by.role,
        at: by.at,
        // There is one, and it is no draft.
        version: 1,
        trust: trust(open),
        contact: contact.as_ref(),
        mark: open.training.is_some().then_some(Mark::Training),
        file_id: file_id(&invitation.id.to_string(), 1, Copy::Patient),
    };
    let address = open.address_for(invitation.code.kind());
    let document = documents::invitation(invitation, address, &about).map_err(|error| refused(&error))?;
    paper(&document, Copy::Patient)
}

/// The page that is given to whoever is booked on a session. `no_glyph` when a character of it cannot be printed.
pub(crate) fn session_page(
    open: &Open,
    patient: &Patient,
    invited: &SessionInvitation<'_>,
    by: &By,
) -> Result<Paper, Problem> {
    let contact = contact(open);
    let about = About {
        patient,
        author: &by.name,
        role: by.role,
        at: by.at,
        // There is one, and it is no draft.
        version: 1,
        trust: trust(open),
        contact: contact.as_ref(),
        mark: open.training.is_some().then_some(Mark::Training),
        file_id: file_id(&invited.booking.id.to_string(), 1, Copy::Patient),
    };
    let document = documents::session_invitation(invited, &about).map_err(|error| refused(&error))?;
    paper(&document, Copy::Patient)
}

/// The letter of a referral. `no_glyph` when a character of it cannot be printed.
pub(crate) fn referral_page(
    open: &Open,
    patient: &Patient,
    plan: CarePlanId,
    referral: &Referral<'_>,
    by: &By,
) -> Result<Paper, Problem> {
    let contact = contact(open);
    // The letters of one plan differ in the action they are about.
    let mut id = file_id(&plan.to_string(), referral.version, Copy::Gp);
    for (byte, letter) in id.iter_mut().zip(referral.action.key.as_str().bytes()) {
        *byte ^= letter;
    }
    let about = About {
        patient,
        author: &by.name,
        role: by.role,
        at: by.at,
        version: referral.version,
        trust: trust(open),
        contact: contact.as_ref(),
        mark: open.training.is_some().then_some(Mark::Training),
        file_id: id,
    };
    let document = documents::referral_letter(referral, &about).map_err(|error| refused(&error))?;
    paper(&document, Copy::Gp)
}

/// The page that says how concerns changed up to the newest of these assessments. `no_glyph` when a character of it cannot be printed.
pub(crate) fn changes_page(open: &Open, patient: &Patient, over: &Over, by: &By) -> Result<Paper, Problem> {
    let contact = contact(open);
    let newest = over.change.assessments.last().map(ToString::to_string).unwrap_or_default();
    let about = About {
        patient,
        author: &by.name,
        role: by.role,
        at: by.at,
        // There is one, and it is no draft.
        version: 1,
        trust: trust(open),
        contact: contact.as_ref(),
        mark: open.training.is_some().then_some(Mark::Training),
        file_id: file_id(&newest, 1, Copy::Patient),
    };
    let document = documents::change(&over.change, &over.days(), &about).map_err(|error| refused(&error))?;
    paper(&document, Copy::Patient)
}

/// Size of the running text of these pages in points: the one that most letters have.
pub(crate) fn points(pages: &[String]) -> u8 {
    let mut letters: BTreeMap<u8, usize> = BTreeMap::new();
    for text in pages.iter().flat_map(|page| page.split("<text ").skip(1)) {
        let size = text.split_once("font-size=\"").and_then(|(_, rest)| rest.split_once('"'));
        let words = text.split_once('>').and_then(|(_, rest)| rest.split_once("</text>"));
        if let (Some(Ok(size)), Some((words, _))) = (size.map(|(size, _)| size.parse::<f32>()), words) {
            *letters.entry(size.round() as u8).or_default() += words.chars().count();
        }
    }
    letters.into_iter().max_by_key(|(_, count)| *count).map_or(0, |(size, _)| size)
}

fn laid(open: &Open, patient: &Patient, content: &Content<'_>, copy: Copy, by: &By) -> Result<Paper, Problem> {
    let (record, version, signed) = match content {
        Content::Plan { plan, .. } => {
            (plan.id.to_string(), plan.version, plan.signed.as_ref().filter(|_| plan.status == PlanStatus::Locked))
        }
        Content::Summary { summary, .. } => (
            summary.id.to_string(),
            summary.version,
            summary.signed.as_ref().filter(|_| summary.status == SummaryStatus::Signed),
        ),
    };
    let version = if signed.is_some() { version } else { 0 };
    let preparing = Signature::of(by);
    let author = signed.unwrap_or(&preparing);
    let contact = contact(open);
    let mark = if open.training.is_some() { Some(Mark::Training) } else { signed.is_none().then_some(Mark::Draft) };
    let about = About {
        patient,
        author: &author.name,
        role: author.role,
        at: author.at,
        version,
        trust: trust(open),
        contact: contact.as_ref(),
        mark,
        file_id: file_id(&record, version, copy),
    };
    let document: Document = match content {
        Content::Plan { plan, assessed } => documents::care_plan(plan, assessed.clone(), &about),
        Content::Summary { summary, template } => documents::treatment_summary(summary, template, copy, &about),
    }
    .map_err(|error| refused(&error))?;
    paper(&document, copy)
}

fn paper(document: &Document, copy: Copy) -> Result<Paper, Problem> {
    let laid = documents::lay_out(document).map_err(|error| refused(&error))?;
    let pdf = documents::pdf(&laid).map_err(|error| refused(&error))?;
    Ok(Paper { copy, pdf, pages: documents::svg(&laid) })
}

fn contact(open: &Open) -> Option<Contact> {
    open.profile.configuration.contact.as_ref().map(|contact| Contact {
        phone: contact.phone.clone(),
        hours: contact.hours.clone(),
        out_of_hours: contact.out_of_hours.clone(),
        out_of_hours_note: contact.out_of_hours_note.clone(),
    })
}

fn trust(open: &Open) -> Trust {
    let configuration = &open.profile.configuration;
    Trust {
        name: configuration.trust.clone().unwrap_or_else(|| open.staff.organisation.name.clone()),
        address: configuration.trust_address.clone(),
    }
}

/// Sixteen bytes that tell the papers of this PC apart: the record's id with version and copy folded into its end. The drafts of a
/// record, of version 0, all have the same.
fn file_id(record: &str, version: u32, copy: Copy) -> [u8; 16] {
    let id = u128::from_str_radix(&record.replace('-', ""), 16).unwrap_or_default();
    (id ^ (u128::from(version) << 1) ^ u128::from(copy == Copy::Gp)).to_be_bytes()
}

/// Finds the first typed text that cannot be printed, so that the screen can name its field.
fn check(content: &Content<'_>) -> Result<(), Problem> {
    let unprintable = match content {
        Content::Plan { plan, .. } => plan_texts(plan).into_iter().find_map(unprintable),
        Content::Summary { summary, template } => summary_texts(summary, template).into_iter().find_map(unprintable),
    };
    unprintable.map_or(Ok(()), Err)
}

fn unprintable((field, text): (Option<String>, &str)) -> Option<Problem> {
    documents::unprintable(text).map(|character| no_glyph(character, field))
}

fn no_glyph(character: char, field: Option<String>) -> Problem {
    let fields = field.into_iter().map(|field| Field { field, reason: "no_glyph".to_owned() }).collect();
    Problem { fields, character: Some(character.to_string()), ..Code::NoGlyph.into() }
}

fn refused(error: &documents::Error) -> Problem {
    // What is typed was looked through before: this stands in a name, an address or a checklist, or only its bold form is missing.
    if let documents::Error::NoGlyph { character, .. } = error {
        return no_glyph(*character, None);
    }
    // Its message has numbers and places only.
    eprintln!("holdfast: paper: {error}");
    Problem::unexpected()
}

/// The texts of a plan and the fields they were typed in; a checklist's own words are in no field.
fn plan_texts(plan: &CarePlan) -> Vec<(Option<String>, &str)> {
    let mut texts = Vec::new();
    for concern in &plan.concerns {
        let key = concern.key.as_str();
        texts.push((concern.code.is_none().then(|| format!("concern-{key}")), concern.text.as_str()));
        texts.push((Some(format!("words-{key}")), concern.matters.as_str()));
        for action in &concern.actions {
            texts.push((Some(format!("what-{}", action.key.as_str())), action.what.as_str()));
            texts.push((Some(format!("owner_name-{}", action.key.as_str())), action.owner_name.as_str()));
        }
    }
    texts
}

/// The texts of a summary and the fields they were typed in.
fn summary_texts<'a>(summary: &'a TreatmentSummary, template: &SummaryTemplate) -> Vec<(Option<String>, &'a str)> {
    let mut texts = Vec::new();
    for chosen in &summary.chosen {
        let Some(line) = template.line(&chosen.section, &chosen.line) else { continue };
        for slot in line.slots.iter().filter(|slot| matches!(slot.kind, SlotKind::Text { .. })) {
            if let Some(value) = chosen.values.get(&slot.key) {
                texts.push((Some(format!("{}-{}", chosen.key.as_str(), slot.key)), value.as_str()));
            }
        }
    }
    for own in &summary.own {
        for copy in Copy::ALL {
            texts.push((Some(format!("{}-{}", own.key.as_str(), copy.code())), own.copies.of(*copy)));
        }
    }
    texts
}
