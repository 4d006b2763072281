//! The directory: places to turn to and topics to read about, tagged by concern. What is taken from it into a plan is as it stood that
//! day; nothing of it is applied by itself.

use jiff::Span;
use jiff::civil::Date;

use crate::action::{ActionKind, NewAction, OwnerKind};
use crate::codes;
use crate::id::DirectoryEntryId;
use crate::likeness::folded;
use crate::refused::{FieldFault, Refused};
use crate::text;

codes! {
    /// What an entry of the directory is.
    EntryKind {
        /// People who can be turned to.
        Place = "place",
        /// Something to read or talk about.
        Topic = "topic",
    }
}

/// That somebody looked whether the details of an entry are right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    pub on: Date,
    pub by: String,
}

/// An entry of the directory. It belongs to no patient. Every text but the name may be empty: what is not known is not invented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectoryEntry {
    pub id: DirectoryEntryId,
    pub kind: EntryKind,
    pub name: String,
    pub about: String,
    /// Codes of the concerns it is for; sorted, each once.
    pub concerns: Vec<String>,
    pub phone: String,
    pub hours: String,
    /// Whom it is for, by where they live.
    pub area: String,
    /// What somebody has to know to get there: steps, parking, languages, a referral that is needed.
    pub access: String,
    pub website: String,
    /// None until somebody of the team has, and again after the details were changed.
    pub checked: Option<Checked>,
    /// No longer offered; what was taken from it stays.
    pub retired: bool,
}

/// An entry as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedEntry {
    pub kind: Option<String>,
    pub name: String,
    pub about: String,
    pub concerns: Vec<String>,
    pub phone: String,
    pub hours: String,
    pub area: String,
    pub access: String,
    pub website: String,
}

impl DirectoryEntry {
    /// A new entry, whose details nobody has checked. `known` are the codes that a concern can have.
    pub fn add(
        id: DirectoryEntryId,
        typed: &TypedEntry,
        known: impl Fn(&str) -> bool,
    ) -> Result<DirectoryEntry, Refused> {
        let mut faults = Vec::new();
        let mut fault = |field: &str, reason| faults.push(FieldFault { field: field.to_owned(), reason });
        let kind = typed.kind.as_deref().and_then(EntryKind::from_code);
        if kind.is_none() {
            fault("kind", "missing");
        }
        let mut line = |field: &str, typed: &str| {
            text::line(typed).unwrap_or_else(|why| {
                fault(field, why.reason());
                String::new()
            })
        };
        let name = line("name", &typed.name);
        let (phone, hours) = (line("phone", &typed.phone), line("hours", &typed.hours));
        let (area, access) = (line("area", &typed.area), line("access", &typed.access));
        let website = line("website", &typed.website);
        if typed.name.trim().is_empty() {
            fault("name", "missing");
        }
        let about = text::lines(&typed.about).unwrap_or_else(|why| {
            fault("about", why.reason());
            String::new()
        });
        let mut concerns = typed.concerns.clone();
        concerns.sort_unstable();
        concerns.dedup();
        if !concerns.iter().all(|code| known(code)) {
            fault("concerns", "unknown");
        }
        let (Some(kind), true) = (kind, faults.is_empty()) else { return Err(Refused::Fields(faults)) };
        let (checked, retired) = (None, false);
        Ok(DirectoryEntry { id, kind, name, about, concerns, phone, hours, area, access, website, checked, retired })
    }

    /// Replaces what it says. Somebody has to check its details again, unless only what it is about and for whom was changed.
    pub fn change(self, typed: &TypedEntry, known: impl Fn(&str) -> bool) -> Result<DirectoryEntry, Refused> {
        // A code that it has already may be one that no checklist has any more.
        let after = DirectoryEntry::add(self.id, typed, |code| known(code) || self.concerns.iter().any(|c| c == code))?;
        let same = after.details() == self.details();
        Ok(DirectoryEntry { checked: self.checked.filter(|_| same), retired: self.retired, ..after })
    }

    /// Notes that its details are right today.
    pub fn check(self, on: Date, by: &str) -> DirectoryEntry {
        DirectoryEntry { checked: Some(Checked { on, by: by.to_owned() }), ..self }
    }

    /// Takes it out of what is offered, or puts it back.
    pub fn retire(self, retired: bool) -> DirectoryEntry {
        DirectoryEntry { retired, ..self }
    }

    /// Were its details checked more than a year before `today`?
    pub fn checked_long_ago(&self, today: Date) -> bool {
        let year_ago = today.checked_sub(Span::new().years(1));
        self.checked.as_ref().is_some_and(|checked| year_ago.is_ok_and(|year_ago| checked.on < year_ago))
    }

    /// Is it for this concern?
    pub fn is_for(&self, concern: &str) -> bool {
        self.concerns.iter().any(|code| code == concern)
    }

    /// Does every word that was typed stand in it, at least as the beginning of one of its words? Without a word everything does.
    pub fn answers(&self, typed: &str, concern_names: &[&str]) -> bool {
        let own = [&self.name, &self.about, &self.area, &self.access, &self.hours, &self.phone];
        let words: Vec<String> =
            own.into_iter().map(String::as_str).chain(concern_names.iter().copied()).flat_map(words).collect();
        words_typed(typed).iter().all(|typed| words.iter().any(|word| word.starts_with(typed)))
    }

    /// What can be agreed with it: information can be given about anything, and people can be turned to.
    pub fn kinds(&self) -> &'static [ActionKind] {
        match self.kind {
            EntryKind::Place => &[ActionKind::Inform, ActionKind::Signpost, ActionKind::Refer],
            EntryKind::Topic => &[ActionKind::Inform],
        }
    }

    /// Whom to turn to, as it stands in a plan from then on: the name, and below it telephone, hours and website as far as they are known.
    pub fn contact(&self) -> String {
        let known = [&self.phone, &self.hours, &self.website].map(String::as_str);
        let reach = known.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        [self.name.as_str(), &reach].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// The action that is made of it. What we do, giving information and referring, falls to `nurse`; that the patient turns there is
    /// the patient's. Refused for the field `kind` when this entry is not for that.
    pub fn action(&self, kind: Option<&str>, nurse: &str) -> Result<NewAction, Refused> {
        let kind = kind.and_then(ActionKind::from_code).filter(|kind| self.kinds().contains(kind));
        let kind = kind.ok_or_else(|| Refused::field("kind", "missing"))?;
        let (owner, owner_name) = match kind {
            ActionKind::Signpost => (OwnerKind::Patient, ""),
            _ => (OwnerKind::Nurse, nurse),
        };
        Ok(NewAction {
            kind: Some(kind),
            what: self.name.clone(),
            owner: Some(owner),
            owner_name: owner_name.to_owned(),
            entry: Some(self.id),
            contact: self.contact(),
            ..NewAction::default()
        })
    }

    /// What has to be right for somebody to be reached.
    fn details(&self) -> [&str; 6] {
        [&self.name, &self.phone, &self.hours, &self.area, &self.access, &self.website]
    }
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).map(folded).filter(|word| !word.is_empty())
}

fn words_typed(typed: &str) -> Vec<String> {
    words(typed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn typed() -> TypedEntry {
        TypedEntry {
            kind: Some("place".to_owned()),
            name: " Riverside  support centre ".to_owned(),
            about: "Counselling, and a café".to_owned(),
            concerns: ["sleep", "anxiety", "sleep"].map(str::to_owned).to_vec(),
            phone: "020 7946 0155".to_owned(),
            hours: "Monday to Friday, 9am to 5pm".to_owned(),
            ..TypedEntry::default()
        }
    }

    fn known(code: &str) -> bool {
        matches!(code, "sleep" | "anxiety")
    }

    fn entry() -> DirectoryEntry {
        DirectoryEntry::add(DirectoryEntryId::from_random([9; 16]), &typed(), known).unwrap()
    }

    fn fields(refused: Refused) -> Vec<(String, &'static str)> {
        let Refused::Fields(faults) = refused else { panic!("{refused}") };
        faults.into_iter().map(|fault| (fault.field, fault.reason)).collect()
    }

    #[test]
    fn an_entry_is_kept_as_typed_and_every_fault_names_its_field() {
        let entry = entry();
        assert_eq!(
            (entry.name.as_str(), entry.concerns.join(" ")),
            ("Riverside support centre", "anxiety sleep".to_owned())
        );
        assert!(entry.checked.is_none() && !entry.retired);
        let wrong = TypedEntry { concerns: vec!["xyz".to_owned()], phone: "1".repeat(201), ..TypedEntry::default() };
        let refused = DirectoryEntry::add(entry.id, &wrong, known).unwrap_err();
        let named = [("kind", "missing"), ("phone", "too_long"), ("name", "missing"), ("concerns", "unknown")];
        assert_eq!(fields(refused), named.map(|(field, reason)| (field.to_owned(), reason)));
    }

    #[test]
    fn details_are_checked_again_once_they_were_changed_and_are_old_after_a_year() {
        let entry = entry().check(date(2026, 10, 12), "Ruth Invented");
        assert!(!entry.checked_long_ago(date(2027, 10, 12)) && entry.checked_long_ago(date(2027, 10, 13)));
        let reworded = entry.clone().change(&TypedEntry { about: "Talking".to_owned(), ..typed() }, known).unwrap();
        assert_eq!(reworded.checked, entry.checked);
        let moved = entry.clone().change(&TypedEntry { phone: "020 7946 0156".to_owned(), ..typed() }, known).unwrap();
        assert_eq!(moved.checked, None);
        // A concern that it had before is not refused for being gone from the checklists.
        assert!(entry.change(&typed(), |_| false).is_ok());
    }

    #[test]
    fn it_is_found_by_the_beginnings_of_its_words_and_of_its_concerns() {
        let names = ["Sleep", "Anxiety, fear or worry"];
        for found in ["", "river", "Cafe counsel", "worry", "0155", "monday  SUPPORT"] {
            assert!(entry().answers(found, &names), "{found}");
        }
        for none in ["iverside", "river money", "benefits"] {
            assert!(!entry().answers(none, &names), "{none}");
        }
    }

    #[test]
    fn given_signposted_and_referred_are_three_things() {
        let taken = |kind| entry().action(Some(kind), "Ruth Invented");
        let (given, signposted, referred) =
            (taken("inform").unwrap(), taken("signpost").unwrap(), taken("refer").unwrap());
        assert_eq!(
            (given.kind, given.owner, given.owner_name.as_str()),
            (Some(ActionKind::Inform), Some(OwnerKind::Nurse), "Ruth Invented")
        );
        assert_eq!(
            (signposted.kind, signposted.owner, signposted.owner_name.as_str()),
            (Some(ActionKind::Signpost), Some(OwnerKind::Patient), "")
        );
        assert_eq!((referred.kind, referred.owner), (Some(ActionKind::Refer), Some(OwnerKind::Nurse)));
        assert_eq!(referred.contact, "Riverside support centre\n020 7946 0155, Monday to Friday, 9am to 5pm");
        assert!(referred.due.is_none() && referred.entry == Some(entry().id));
        let topic = DirectoryEntry { kind: EntryKind::Topic, ..entry() };
        assert!(topic.action(Some("inform"), "").is_ok());
        for kind in [Some("refer"), Some("signpost"), Some("review"), Some("else"), None] {
            assert_eq!(fields(topic.action(kind, "").unwrap_err()), [("kind".to_owned(), "missing")]);
        }
        assert!(entry().action(Some("self_care"), "").is_err());
    }
}
