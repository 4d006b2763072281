//! The directory that ships: national places with the numbers they publish, kinds of local help to be filled in, and topics. What the
//! team has changed comes before what ships, whatever version of it ships later.

use std::sync::OnceLock;

use domain::directory::{DirectoryEntry, EntryKind};
use domain::id::DirectoryEntryId;
use serde::Deserialize;
use store::{SavedEntry, Store};

use crate::problem::{Code, Problem};

const DIRECTORY: &str = include_str!("../../../../assets/content/directory-1.0.0.json");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackForm {
    #[serde(rename = "id")]
    _id: String,
    #[serde(rename = "version")]
    _version: String,
    #[serde(rename = "source")]
    _source: String,
    entries: Vec<ShippedForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShippedForm {
    id: String,
    kind: String,
    name: String,
    about: String,
    concerns: Vec<String>,
    phone: String,
    hours: String,
    area: String,
    access: String,
    website: String,
    #[serde(rename = "source")]
    _source: String,
}

/// Every entry, the retired ones too: what ships, as the team left it, and what the team has added. Places before topics, each by name.
pub(crate) fn directory(store: &Store) -> Result<Vec<SavedEntry>, Problem> {
    let mut entries = store.directory()?;
    for shipped in pack()? {
        if !entries.iter().any(|kept| kept.entry.id == shipped.id) {
            entries.push(as_shipped(shipped));
        }
    }
    entries.sort_by_cached_key(|saved| (saved.entry.kind, saved.entry.name.to_lowercase()));
    Ok(entries)
}

/// One entry; `gone` when there is none of that name. One that ships and was never kept here has revision 0.
pub(crate) fn entry(store: &Store, id: DirectoryEntryId) -> Result<SavedEntry, Problem> {
    if let Some(kept) = store.directory_entry(id)? {
        return Ok(kept);
    }
    pack()?.iter().find(|entry| entry.id == id).map(as_shipped).ok_or_else(|| Code::Gone.into())
}

/// The revision that a save of it follows; None for one that was never kept here.
pub(crate) fn follows(saved: &SavedEntry) -> Option<i64> {
    (saved.revision > 0).then_some(saved.revision)
}

fn as_shipped(entry: &DirectoryEntry) -> SavedEntry {
    SavedEntry { entry: entry.clone(), revision: 0 }
}

fn pack() -> Result<&'static [DirectoryEntry], Problem> {
    static PACK: OnceLock<Option<Vec<DirectoryEntry>>> = OnceLock::new();
    PACK.get_or_init(|| read(DIRECTORY)).as_deref().ok_or_else(Problem::unexpected)
}

fn read(body: &str) -> Option<Vec<DirectoryEntry>> {
    let form: PackForm = serde_json::from_str(body).ok()?;
    let entry = |shipped: ShippedForm| {
        Some(DirectoryEntry {
            id: DirectoryEntryId::parse(&shipped.id)?,
            kind: EntryKind::from_code(&shipped.kind)?,
            name: shipped.name,
            about: shipped.about,
            concerns: shipped.concerns,
            phone: shipped.phone,
            hours: shipped.hours,
            area: shipped.area,
            access: shipped.access,
            website: shipped.website,
            // Nobody of this team has looked.
            checked: None,
            retired: false,
        })
    };
    form.entries.into_iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, HashSet};

    use domain::directory::TypedEntry;

    use super::*;

    /// The concerns of every checklist that ships.
    fn concerns() -> BTreeSet<String> {
        let lists = [
            include_str!("../../../../assets/content/checklists/default-1.0.0.json"),
            include_str!("../../../../assets/content/checklists/concerns-48-1.0.0.json"),
            include_str!("../../../../assets/content/checklists/concerns-63-1.0.0.json"),
        ];
        let packs = lists.map(|body| fhir::accept_checklist(body).unwrap().checklist);
        let items = packs.iter().flat_map(|list| &list.domains).flat_map(|area| &area.items);
        items.map(|item| item.code.clone()).collect()
    }

    #[test]
    fn what_ships_is_what_the_team_could_have_typed_and_can_be_printed() {
        let (entries, known) = (read(DIRECTORY).unwrap(), concerns());
        let ids: HashSet<_> = entries.iter().map(|entry| entry.id).collect();
        assert!(entries.len() == ids.len() && entries.len() >= 60, "{}", entries.len());
        for entry in &entries {
            let typed = TypedEntry {
                kind: Some(entry.kind.code().to_owned()),
                name: entry.name.clone(),
                about: entry.about.clone(),
                concerns: entry.concerns.clone(),
                phone: entry.phone.clone(),
                hours: entry.hours.clone(),
                area: entry.area.clone(),
                access: entry.access.clone(),
                website: entry.website.clone(),
            };
            let again = DirectoryEntry::add(entry.id, &typed, |code| known.contains(code)).unwrap();
            assert_eq!(&again, entry);
            assert_eq!(documents::unprintable(&entry.contact()), None, "{}", entry.name);
        }
        assert!(read(&DIRECTORY.replace("\"topic\"", "\"else\"")).is_none());
    }

    #[test]
    fn every_concern_of_every_checklist_has_something() {
        let entries = read(DIRECTORY).unwrap();
        let without: Vec<_> =
            concerns().into_iter().filter(|code| !entries.iter().any(|entry| entry.is_for(code))).collect();
        assert!(without.is_empty(), "{without:?}");
    }
}
