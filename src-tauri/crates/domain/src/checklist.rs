//! A checklist as the app uses it; which wording and items it has is data in a content pack, and why a pack is refused is a closed list.

use crate::codes;

/// One version of a checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checklist {
    /// Its canonical: `url|version`. Stored with every assessment made on it.
    pub canonical: String,
    pub title: String,
    /// What is asked of each concern, for example "Over the last week, how much has this bothered you?".
    pub question: String,
    /// What 1 means.
    pub low: String,
    /// What 10 means.
    pub high: String,
    pub domains: Vec<Area>,
    pub topics: Vec<Topic>,
}

/// An area of life with its concerns, for example physical.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// The group's linkId.
    pub key: String,
    pub title: String,
    pub items: Vec<Item>,
}

/// A concern that can be ticked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The item's linkId; names the concern within this checklist.
    pub key: String,
    /// The code that names the concern across checklists.
    pub code: String,
    pub text: String,
}

/// Something a patient may want information about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    pub key: String,
    pub text: String,
}

impl Checklist {
    /// The item with this key and its area.
    pub fn item(&self, key: &str) -> Option<(&Area, &Item)> {
        self.domains.iter().find_map(|area| area.items.iter().find(|item| item.key == key).map(|item| (area, item)))
    }

    /// Where an item stands in the list from the top, or None.
    pub fn position(&self, key: &str) -> Option<usize> {
        self.domains.iter().flat_map(|area| &area.items).position(|item| item.key == key)
    }

    pub fn has_domain(&self, key: &str) -> bool {
        self.domains.iter().any(|area| area.key == key)
    }

    pub fn has_topic(&self, key: &str) -> bool {
        self.topics.iter().any(|topic| topic.key == key)
    }
}

codes! {
    /// What a checklist is for; one that says nothing about it is standard.
    ChecklistKind {
        Standard = "standard",
        Short = "short",
        Long = "long",
        EasyRead = "easy_read",
    }
}

codes! {
    /// Why a checklist file is not used; its words are `checklist_fault-<code>`.
    PackFault {
        /// The folder that the configuration names is not there or cannot be listed.
        NoFolder = "no_folder",
        /// More files than are read.
        TooManyFiles = "too_many_files",
        /// A folder, a link, a pipe or a device in a file's place.
        NotAFile = "not_a_file",
        Unreadable = "unreadable",
        TooLarge = "too_large",
        /// Its bytes are not UTF-8.
        NotText = "not_text",
        NotJson = "not_json",
        TooDeep = "too_deep",
        /// One object has a member twice: two readers could see two different checklists.
        MemberTwice = "member_twice",
        NotQuestionnaire = "not_questionnaire",
        /// What a checklist must have is not there or is empty.
        Missing = "missing",
        /// Of another type than this place needs.
        WrongType = "wrong_type",
        /// The url is no absolute web address, or one that a canonical cannot hold.
        UrlForm = "url_form",
        /// The version is not three numbers.
        VersionForm = "version_form",
        /// Neither active nor retired: a draft is not for patients.
        NotReleased = "not_released",
        LinkIdForm = "link_id_form",
        LinkIdTwice = "link_id_twice",
        CodeForm = "code_form",
        CodeTwice = "code_twice",
        /// Two concerns, areas or topics that nobody can tell apart.
        TextTwice = "text_twice",
        TextTooLong = "text_too_long",
        /// A text with control characters, or with spaces where a reader does not see them.
        TextForm = "text_form",
        /// A text with a character that no paper of ours can print.
        Unprintable = "unprintable",
        /// A concern does not score from 1 to 10.
        Range = "range",
        TooManyItems = "too_many_items",
        /// Something must be answered, but choosing none is a valid answer.
        Required = "required",
        /// Something that would change what is asked, and that the app does not do.
        NotUnderstood = "not_understood",
        /// The choices of what matters most are not the concerns of this checklist.
        ChoicesDiffer = "choices_differ",
        /// The same version is here with other bytes.
        VersionDiffers = "version_differs",
        /// A linkId that named one concern in the version before names another one now.
        MeaningChanged = "meaning_changed",
        /// The usual checklist would be taken away, and there would be none.
        UsualRetired = "usual_retired",
    }
}

/// The number of a checklist's version: three numbers with points between, each compared as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PackVersion([u32; 3]);

impl PackVersion {
    /// Reads for example `1.10.0`; None for anything else, also for a number with a sign, a leading zero or more than 9 digits.
    pub fn parse(text: &str) -> Option<PackVersion> {
        let mut parts = text.split('.').map(|part| {
            let plain = (1..=9).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            let plain = plain && (part == "0" || !part.starts_with('0'));
            plain.then(|| part.parse().ok()).flatten()
        });
        let version = [parts.next()??, parts.next()??, parts.next()??];
        parts.next().is_none().then_some(PackVersion(version))
    }

    /// The url of a canonical and the number of its version; None when it has no such version.
    pub fn of(canonical: &str) -> Option<(&str, PackVersion)> {
        let (url, version) = canonical.split_once('|')?;
        Some((url, PackVersion::parse(version)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_three_numbers_compared_as_numbers() {
        let of = |text| PackVersion::parse(text);
        assert!(of("1.10.0").unwrap() > of("1.9.9").unwrap() && of("2.0.0").unwrap() > of("1.10.0").unwrap());
        for text in
            ["", "1", "1.0", "1.0.0.0", "1.0.x", "v1.0.0", "1.00.0", "1.+1.0", "1..0", "1.0.1234567890", " 1.0.0"]
        {
            assert_eq!(of(text), None, "{text}");
        }
        assert_eq!(
            PackVersion::of("https://x.example/a|0.2.10"),
            Some(("https://x.example/a", PackVersion([0, 2, 10])))
        );
        assert_eq!(PackVersion::of("https://x.example/a"), None);
    }
}
