//! What every document says around its own text: whom it is about, who made it and when, whose paper it is, and whom to ring.
//!
//! The text of a document is built in the file of its kind.

use domain::day;
use domain::patient::Patient;
use domain::staff::Role;
use domain::summary_template::Copy;
use jiff::civil::Date;

use crate::error::Error;
use crate::model::{
    BaseSize, Block, Document, FileMarks, Identifiers, Meta, Signature, Text, Trust, Voice, Words, unbroken,
};
use crate::printable::printable;
use crate::words::{keys, say};

/// What a copy needs to know besides its record.
#[derive(Clone, Debug)]
pub struct About<'a> {
    pub patient: &'a Patient,
    /// Who signed it, or who prepared the draft.
    pub author: &'a str,
    pub role: Role,
    /// When it was signed or prepared, UTC milliseconds.
    pub at: i64,
    /// 0 for a draft.
    pub version: u32,
    pub trust: Trust,
    /// Whom patients of this clinic ring; None leaves lines to write the numbers on.
    pub contact: Option<&'a Contact>,
    pub mark: Option<Mark>,
    /// The identifier in the file's trailer, for example the bytes of the record's id.
    pub file_id: [u8; 16],
}

/// The telephone numbers of a clinic. Without `phone` it says nothing; the other parts may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    pub phone: String,
    /// For example "Monday to Friday, 9am to 5pm".
    pub hours: String,
    pub out_of_hours: String,
    /// For example "Ask for the acute oncology nurse."
    pub out_of_hours_note: String,
}

/// What stands across every page. Anything of version 0 is a draft, whatever its mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Draft,
    /// Made in training mode; a draft made there says both.
    Training,
}

impl About<'_> {
    pub(crate) fn is_draft(&self) -> bool {
        self.version == 0 || self.mark == Some(Mark::Draft)
    }

    /// The version as text, for messages.
    pub(crate) fn version(&self) -> String {
        self.version.to_string()
    }

    /// The document, once every character in it is known to print.
    pub(crate) fn document(
        &self,
        copy: Copy,
        title: String,
        version: String,
        blocks: Vec<Block>,
    ) -> Result<Document, Error> {
        let document = Document { meta: self.meta(copy, title, version), blocks };
        printable(&document)?;
        Ok(document)
    }

    /// The role in running text, for example "cancer nurse specialist".
    pub(crate) fn role(&self) -> String {
        role(self.role)
    }

    /// The author's day in the form of the copy.
    pub(crate) fn day(&self, copy: Copy) -> String {
        date(copy, day::london(self.at).date())
    }

    /// "It takes the place of version 1.", None for a first version.
    pub(crate) fn replaces(&self) -> Option<Text> {
        let before = self.version.checked_sub(1).filter(|before| *before > 0 && !self.is_draft())?;
        Some(say(keys::PAPER_REPLACES, &[("version", &before.to_string())]).into())
    }

    /// The box that says whom to ring, from the clinic's own numbers; without them with lines to write the numbers on.
    pub(crate) fn who_to_ring(&self) -> Block {
        let worker = self.patient.key_worker.as_str();
        let blocks = match self.contact.filter(|contact| !contact.phone.is_empty()) {
            Some(contact) => {
                let who = match worker {
                    "" => say(keys::PAPER_RING_CLINIC, &[]),
                    name => say(keys::PAPER_RING_KEY_WORKER, &[("name", name)]),
                };
                let mut lines = vec![ring(who, &contact.phone), contact.hours.as_str().into()];
                if !contact.out_of_hours.is_empty() {
                    lines.push(ring(say(keys::PAPER_RING_OUT_OF_HOURS, &[]), &contact.out_of_hours));
                }
                lines.push(contact.out_of_hours_note.as_str().into());
                lines.retain(|line| line.0.iter().any(|span| !span.text.is_empty()));
                lines.into_iter().map(Block::Paragraph).collect()
            }
            None => {
                let ask = match worker {
                    "" => say(keys::PAPER_RING_ASK, &[]),
                    name => say(keys::PAPER_RING_ASK_KEY_WORKER, &[("name", name)]),
                };
                let lines = [
                    (keys::PAPER_RING_NUMBER, keys::PAPER_RING_WHEN),
                    (keys::PAPER_RING_NUMBER_OUT_OF_HOURS, keys::PAPER_RING_WHO),
                ];
                let lines = lines.map(|(who, date)| Signature { who: say(who, &[]), date: say(date, &[]) });
                vec![Block::Paragraph(ask.into()), Block::Signatures(lines.into())]
            }
        };
        Block::Boxed { title: say(keys::PAPER_RING, &[]), blocks }
    }

    fn meta(&self, copy: Copy, title: String, version: String) -> Meta {
        let made = if self.is_draft() { keys::PAPER_PREPARED } else { keys::PAPER_SIGNED };
        let mark = match (self.mark, self.is_draft()) {
            (Some(Mark::Training), true) => Some(keys::PAPER_MARK_TRAINING_DRAFT),
            (Some(Mark::Training), false) => Some(keys::PAPER_MARK_TRAINING),
            (_, true) => Some(keys::PAPER_MARK_DRAFT),
            (_, false) => None,
        };
        let (size, whose) = match copy {
            Copy::Patient => {
                let points = BaseSize::new(self.patient.needs.print_points).unwrap_or(BaseSize::PATIENT);
                (points.max(BaseSize::PATIENT), keys::PAPER_COPY_PATIENT)
            }
            Copy::Gp => (BaseSize::GP, keys::PAPER_COPY_GP),
        };
        // A patient reads the role under the title.
        let author = match copy {
            Copy::Patient => self.author.to_owned(),
            Copy::Gp => say(keys::PAPER_AUTHOR, &[("name", self.author), ("role", &self.role())]),
        };
        let values = [("moment", &*moment(copy, self.at)), ("author", &*author)];
        Meta {
            title,
            identifiers: identifiers(self.patient, copy),
            copy: say(whose, &[]),
            version,
            author: self.author.to_owned(),
            made: say(made, &values),
            trust: self.trust.clone(),
            size,
            watermark: mark.map(|mark| say(mark, &[])),
            words: words(),
            marks: FileMarks { made_at: self.at, file_id: self.file_id },
        }
    }
}

/// A day in the form of the copy: "23 November 2026" or "23-Nov-2026".
pub(crate) fn date(copy: Copy, date: Date) -> String {
    match copy {
        Copy::Patient => day::long(date),
        Copy::Gp => day::short(date),
    }
}

/// A moment (UTC milliseconds) in the form of the copy: "23 November 2026 at 10:31am" or "23-Nov-2026 10:31".
pub(crate) fn moment(copy: Copy, at: i64) -> String {
    let london = day::london(at);
    let (key, form) = match copy {
        Copy::Patient => (keys::PAPER_MOMENT_PATIENT, "%-I:%M%P"),
        Copy::Gp => (keys::PAPER_MOMENT_GP, "%H:%M"),
    };
    say(key, &[("date", &date(copy, london.date())), ("time", &london.strftime(form).to_string())])
}

/// A role in running text, for example "cancer nurse specialist".
pub(crate) fn role(role: Role) -> String {
    let key = match role {
        Role::CancerNurseSpecialist => keys::PAPER_ROLE_CANCER_NURSE_SPECIALIST,
        Role::OtherNurse => keys::PAPER_ROLE_OTHER_NURSE,
        Role::AlliedHealthProfessional => keys::PAPER_ROLE_ALLIED_HEALTH_PROFESSIONAL,
        Role::SupportWorker => keys::PAPER_ROLE_SUPPORT_WORKER,
        Role::MentalHealthProfessional => keys::PAPER_ROLE_MENTAL_HEALTH_PROFESSIONAL,
        Role::Doctor => keys::PAPER_ROLE_DOCTOR,
        Role::Other => keys::PAPER_ROLE_OTHER,
        Role::NotKnown => keys::PAPER_ROLE_NOT_KNOWN,
    };
    say(key, &[])
}

/// The text with each telephone number in it large and on one line, everything else in `voice`.
pub(crate) fn with_numbers(text: &str, voice: Voice) -> Text {
    let (mut said, mut rest, mut number) = (Text::default(), String::new(), String::new());
    for character in text.chars().map(Some).chain([None]) {
        let opens = |c: char| c.is_ascii_digit() || c == '+' || c == '(';
        match character {
            Some(c) if opens(c) || (!number.is_empty() && matches!(c, ' ' | '\u{a0}' | '-' | ')')) => number.push(c),
            _ => {
                let kept = number.trim_end_matches(|c: char| !c.is_ascii_digit());
                // Fewer digits are an hour, a year or an extension, and a span of years does not begin like this.
                if kept.starts_with(['0', '+', '(']) && kept.chars().filter(char::is_ascii_digit).count() >= 6 {
                    said = said.and(voice, std::mem::take(&mut rest)).and(Voice::Large, unbroken(kept));
                    rest.extend(number.chars().skip(kept.chars().count()));
                } else {
                    rest.push_str(&number);
                }
                number.clear();
                rest.extend(character);
            }
        }
    }
    said = said.and(voice, rest);
    said.0.retain(|span| !span.text.is_empty());
    said
}

fn ring(who: String, number: &str) -> Text {
    let mut text = Text::bold(who).and(Voice::Bold, " ");
    text.0.extend(with_numbers(number, Voice::Bold).0);
    text
}

pub(crate) fn identifiers(patient: &Patient, copy: Copy) -> Identifiers {
    let (family, given) = (patient.name.family.to_uppercase(), patient.name.given.as_str());
    let mut name = match given {
        "" => family,
        given => say(keys::PAPER_NAME, &[("family", &family), ("given", given)]),
    };
    if !patient.name.title.is_empty() {
        name = say(keys::PAPER_NAME_TITLED, &[("name", &name), ("title", &patient.name.title)]);
    }
    let number = match (&patient.nhs_number, patient.hospital_number.as_str()) {
        (Some(number), _) => say(keys::PAPER_NHS_NUMBER, &[("number", &number.to_string())]),
        (None, "") => say(keys::PAPER_NHS_NUMBER_NONE, &[]),
        (None, hospital) => {
            let hospital = say(keys::PAPER_HOSPITAL_NUMBER, &[("number", hospital)]);
            format!("{} · {}", say(keys::PAPER_NHS_NUMBER_NONE, &[]), unbroken(&hospital))
        }
    };
    let test = patient.nhs_number.as_ref().is_some_and(|number| number.is_test());
    Identifiers {
        name,
        born: say(keys::PAPER_BORN, &[("date", &date(copy, patient.born))]),
        number: if patient.nhs_number.is_some() { unbroken(&number) } else { number },
        badge: test.then(|| say(keys::PAPER_TEST, &[])),
    }
}

pub(crate) fn words() -> Words {
    Words {
        page: say(keys::PAPER_PAGE, &[("page", "{page}"), ("pages", "{pages}")]),
        next_page: say(keys::PAPER_NEXT_PAGE, &[]),
        more_of: say(keys::PAPER_MORE_OF, &[("part", "{part}")]),
        goes_on: say(keys::PAPER_GOES_ON, &[]),
        again: say(keys::PAPER_AGAIN, &[("part", "{part}")]),
        came: say(keys::PAPER_CAME, &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_number_in_a_sentence_is_large_and_on_one_line() {
        let large = |text: &str| -> Vec<String> {
            let said = with_numbers(text, Voice::Plain);
            let joined: String = said.0.iter().map(|span| span.text.replace('\u{a0}', " ")).collect();
            assert_eq!(joined, text);
            said.0.into_iter().filter(|span| span.voice == Voice::Large).map(|span| span.text).collect()
        };
        assert_eq!(large("Ring 020 7946 0112, 9am to 5pm."), ["020\u{a0}7946\u{a0}0112"]);
        assert_eq!(
            large("+44 20 7946 0112 or (020) 7946 0199"),
            ["+44\u{a0}20\u{a0}7946\u{a0}0112", "(020)\u{a0}7946\u{a0}0199"]
        );
        assert_eq!(large("On 2 November 2026 at 10:31, ext 4521, 2024-2026, (2026) "), [""; 0]);
        assert_eq!(large(""), [""; 0]);
    }

    #[test]
    fn moments_are_those_of_london_in_the_form_of_the_copy() {
        let winter = 1_795_429_860_000;
        assert_eq!(moment(Copy::Patient, winter), "23 November 2026 at 10:31am");
        assert_eq!(moment(Copy::Gp, winter), "23-Nov-2026 10:31");
        assert_eq!(moment(Copy::Patient, 1_784_033_100_000), "14 July 2026 at 1:45pm");
    }
}
