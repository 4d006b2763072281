//! A checklist as the app uses it; which wording and items it has is data in a content pack.

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
