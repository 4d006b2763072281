//! Where a nurse is: the screen and what it is about, kept so that a lock or a crash leads back to the same question.

use crate::id::{CarePlanId, HnaId, PatientId};

/// A place on the screen; holds ids and names of screens only, never what anybody answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// A member of the screen's closed `Screen` union, lower case and underscores, at most 40 characters.
    pub screen: String,
    pub patient: Option<PatientId>,
    pub hna: Option<HnaId>,
    /// The care plan or treatment summary that the screen is about: an id in its one spelling.
    pub record: Option<String>,
    /// What on the screen, for example the key of the concern being scored; at most 80 characters.
    pub item: Option<String>,
}

impl Place {
    /// None when the screen or item is not of the form above.
    pub fn new(
        screen: &str,
        patient: Option<PatientId>,
        hna: Option<HnaId>,
        record: Option<&str>,
        item: Option<&str>,
    ) -> Option<Place> {
        let slug = |text: &str, most: usize, more: &str| {
            !text.is_empty() && text.len() <= most && text.chars().all(|c| c.is_ascii_lowercase() || more.contains(c))
        };
        if !slug(screen, 40, "_") || item.is_some_and(|i| !slug(i, 80, "0123456789._-")) {
            return None;
        }
        if record.is_some_and(|id| CarePlanId::parse(id).is_none()) {
            return None;
        }
        Some(Place {
            screen: screen.to_owned(),
            patient,
            hna,
            record: record.map(str::to_owned),
            item: item.map(str::to_owned),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_names_of_screens_only() {
        assert!(Place::new("hna_score", None, None, None, Some("physical.pain")).is_some());
        assert!(Place::new("Hna", None, None, None, None).is_none());
        assert!(Place::new("today", None, None, None, Some("who will walk the dog")).is_none());
        assert!(Place::new("", None, None, None, None).is_none());
        assert!(Place::new("care_plan", None, None, Some("Sam"), None).is_none());
    }
}
