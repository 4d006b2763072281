//! The acts of the directory: looking something up in it, what the team changes in it, and an action of a plan made of an entry.

use std::collections::HashMap;

use domain::action::ActionKind;
use domain::care_plan::CarePlan;
use domain::directory::{DirectoryEntry, EntryKind, TypedEntry};
use domain::hna::ConcernKey;
use domain::id::DirectoryEntryId;
use domain::op::Op;
use domain::staff::By;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::{SavedEntry, Store};
use ts_rs::TS;

use crate::care_plan_view::CarePlanView;
use crate::clinic::{Clinic, Noun, Open};
use crate::directory_pack::{directory, entry, follows};
use crate::problem::{Code, Problem};
use crate::request::requests;
use crate::when::{Day, day_of};

/// An entry as it is typed, and as the form is filled.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DirectoryEntryForm {
    #[ts(type = "EntryKind | null")]
    pub kind: Option<String>,
    pub name: String,
    /// This and everything below may be empty.
    pub about: String,
    /// Codes of the concerns it is for.
    pub concerns: Vec<String>,
    pub phone: String,
    pub hours: String,
    /// Whom it is for, by where they live.
    pub area: String,
    /// What somebody has to know to get there.
    pub access: String,
    pub website: String,
}

requests! {
    LookUp {
        /// Each word that is typed has to stand in an entry; empty for all of them.
        words: String,
        /// The code of a concern; null for any.
        concern: Option<String>,
        /// Also what is no longer offered.
        retired: bool,
    }
    ReadDirectoryEntry { #[ts(type = "DirectoryEntryId")] entry: String }
    AddDirectoryEntry { form: DirectoryEntryForm }
    ChangeDirectoryEntry {
        #[ts(type = "DirectoryEntryId")] entry: String,
        /// The revision the form was filled from.
        revision: i64,
        form: DirectoryEntryForm,
    }
    /// Notes that its details are right today.
    CheckDirectoryEntry { #[ts(type = "DirectoryEntryId")] entry: String, revision: i64 }
    RetireDirectoryEntry {
        #[ts(type = "DirectoryEntryId")] entry: String,
        revision: i64,
        /// False offers it again.
        retired: bool,
    }
    TakeSuggestion {
        #[ts(type = "CarePlanId")] plan: String,
        #[ts(type = "ConcernKey")] concern: String,
        #[ts(type = "DirectoryEntryId")] entry: String,
        /// One of the kinds that the entry is for.
        #[ts(type = "ActionKind | null")] kind: Option<String>,
    }
}

/// What was looked up.
#[derive(Serialize, TS)]
pub struct DirectoryView {
    /// Places before topics, each by name.
    pub entries: Vec<DirectoryLine>,
    /// What an entry can be for, in the order of the usual checklist.
    pub concerns: Vec<ConcernName>,
}

/// A concern by its code, as the usual checklist words it.
#[derive(Clone, Serialize, TS)]
pub struct ConcernName {
    pub code: String,
    pub text: String,
}

#[derive(Serialize, TS)]
pub struct DirectoryLine {
    #[ts(type = "DirectoryEntryId")]
    pub id: DirectoryEntryId,
    #[ts(type = "EntryKind")]
    pub kind: EntryKind,
    pub name: String,
    pub about: String,
    pub concerns: Vec<ConcernName>,
    pub phone: String,
    pub hours: String,
    pub area: String,
    pub access: String,
    pub website: String,
    /// The day on which somebody looked whether the details are right; null when nobody has since they were changed.
    pub checked: Option<Day>,
    pub checked_by: Option<String>,
    /// More than a year ago.
    pub checked_long_ago: bool,
    pub retired: bool,
    /// What can be agreed with it.
    #[ts(type = "Array<ActionKind>")]
    pub kinds: &'static [ActionKind],
}

#[derive(Serialize, TS)]
pub struct DirectoryEntryView {
    /// 0 for one as it ships.
    pub revision: i64,
    pub line: DirectoryLine,
    pub form: DirectoryEntryForm,
    /// What it can be for.
    pub concerns: Vec<ConcernName>,
}

impl Clinic {
    /// Looks something up. No patient's record is touched, so nothing is noted.
    pub async fn look_up(&self, request: LookUp) -> Result<DirectoryView, Problem> {
        let LookUp { words, concern, retired } = request;
        let (open, today) = (self.0.clone(), day_of(self.0.profile.world.now()));
        let read = move |store: &mut Store| {
            let names = ConcernNames::of(store, &open)?;
            let fits = |saved: &SavedEntry| {
                let entry = &saved.entry;
                (retired || !entry.retired)
                    && concern.as_deref().is_none_or(|concern| entry.is_for(concern))
                    && entry.answers(&words, &names.texts(&entry.concerns))
            };
            let entries = directory(store)?;
            let entries = entries.iter().filter(|saved| fits(saved)).map(|saved| names.line(&saved.entry, today));
            Ok(DirectoryView { entries: entries.collect(), concerns: names.all })
        };
        self.0.queue.run(read).await
    }

    /// Reads an entry. No patient's record is touched, so nothing is noted.
    pub async fn read_directory_entry(&self, request: ReadDirectoryEntry) -> Result<DirectoryEntryView, Problem> {
        let (open, today) = (self.0.clone(), day_of(self.0.profile.world.now()));
        let id = DirectoryEntryId::parse(&request.entry).ok_or(Code::Gone)?;
        self.0.queue.run(move |store| entry_view(store, &open, id, today)).await
    }

    /// Adds an entry of the team's own, whose details nobody has checked.
    pub async fn add_directory_entry(&self, request: AddDirectoryEntry) -> Result<DirectoryEntryView, Problem> {
        let by = self.by_for(Op::AddDirectoryEntry)?;
        let open = self.0.clone();
        let id = DirectoryEntryId::from_random(open.profile.world.bytes()?);
        let act = move |store: &mut Store| {
            let names = ConcernNames::of(store, &open)?;
            let entry = DirectoryEntry::add(id, &request.form.typed(), |code| names.knows(code))?;
            store.write::<_, Problem>(&by, Op::AddDirectoryEntry, |w| Ok(w.save_directory_entry(&entry, None)?))?;
            entry_view(store, &open, id, day_of(by.at))
        };
        let seen = self.0.queue.run(act).await?;
        self.changed(&[Noun::Directory]);
        Ok(seen)
    }

    /// Replaces what an entry says; `changed_meanwhile` when it is not the revision the form was filled from.
    pub async fn change_directory_entry(&self, request: ChangeDirectoryEntry) -> Result<DirectoryEntryView, Problem> {
        let ChangeDirectoryEntry { entry, revision, form } = request;
        let change = move |before: DirectoryEntry, names: &ConcernNames, _: &By| {
            Ok(before.change(&form.typed(), |code| names.knows(code))?)
        };
        self.alter_entry(Op::ChangeDirectoryEntry, &entry, revision, change).await
    }

    /// Notes that the details of an entry are right today.
    pub async fn check_directory_entry(&self, request: CheckDirectoryEntry) -> Result<DirectoryEntryView, Problem> {
        let CheckDirectoryEntry { entry, revision } = request;
        let check = |before: DirectoryEntry, _: &ConcernNames, by: &By| Ok(before.check(day_of(by.at), &by.name));
        self.alter_entry(Op::CheckDirectoryEntry, &entry, revision, check).await
    }

    /// Takes an entry out of what is offered, or puts it back; what was taken from it stays.
    pub async fn retire_directory_entry(&self, request: RetireDirectoryEntry) -> Result<DirectoryEntryView, Problem> {
        let RetireDirectoryEntry { entry, revision, retired } = request;
        let retire = move |before: DirectoryEntry, _: &ConcernNames, _: &By| Ok(before.retire(retired));
        self.alter_entry(Op::RetireDirectoryEntry, &entry, revision, retire).await
    }

    /// Makes an action of an entry, as the last of a concern, with whom to turn to as that stands in the directory now. `gone` for an
    /// entry that is no longer offered.
    pub async fn take_suggestion(&self, request: TakeSuggestion) -> Result<CarePlanView, Problem> {
        let TakeSuggestion { plan, concern, entry: id, kind } = request;
        let nurse = self.by_for(Op::TakeSuggestion)?.name;
        let (key, id) = (ConcernKey::new(&concern), DirectoryEntryId::parse(&id).ok_or(Code::Gone)?);
        let take = move |store: &mut Store, plan: CarePlan| {
            let found = entry(store, id)?.entry;
            if found.retired {
                return Err(Code::Gone.into());
            }
            Ok(plan.new_action(&key, found.action(kind.as_deref(), &nurse)?)?)
        };
        self.change_care_plan_with(Op::TakeSuggestion, &plan, take).await
    }

    async fn alter_entry(
        &self,
        op: Op,
        id: &str,
        revision: i64,
        alter: impl FnOnce(DirectoryEntry, &ConcernNames, &By) -> Result<DirectoryEntry, Problem> + Send + 'static,
    ) -> Result<DirectoryEntryView, Problem> {
        let by = self.by_for(op)?;
        let (open, id) = (self.0.clone(), DirectoryEntryId::parse(id).ok_or(Code::Gone)?);
        let act = move |store: &mut Store| {
            let before = entry(store, id)?;
            if before.revision != revision {
                return Err(Code::ChangedMeanwhile.into());
            }
            let (from, was) = (follows(&before), before.entry.clone());
            let after = alter(before.entry, &ConcernNames::of(store, &open)?, &by)?;
            if after != was {
                store.write::<_, Problem>(&by, op, |w| Ok(w.save_directory_entry(&after, from)?))?;
            }
            entry_view(store, &open, id, day_of(by.at))
        };
        let seen = self.0.queue.run(act).await?;
        self.changed(&[Noun::Directory]);
        Ok(seen)
    }
}

/// What every code of a concern is called here.
struct ConcernNames {
    all: Vec<ConcernName>,
    by_code: HashMap<String, String>,
}

impl ConcernNames {
    /// From the checklists that are offered; the usual one comes first.
    fn of(store: &Store, open: &Open) -> Result<ConcernNames, Problem> {
        let mut names = ConcernNames { all: Vec::new(), by_code: HashMap::new() };
        for version in open.content.offered(store)? {
            for item in version.checklist.domains.iter().flat_map(|area| &area.items) {
                if !names.by_code.contains_key(&item.code) {
                    names.all.push(ConcernName { code: item.code.clone(), text: item.text.clone() });
                    names.by_code.insert(item.code.clone(), item.text.clone());
                }
            }
        }
        Ok(names)
    }

    fn knows(&self, code: &str) -> bool {
        self.by_code.contains_key(code)
    }

    fn texts(&self, codes: &[String]) -> Vec<&str> {
        codes.iter().filter_map(|code| self.by_code.get(code)).map(String::as_str).collect()
    }

    fn line(&self, entry: &DirectoryEntry, today: Date) -> DirectoryLine {
        // In the order of the checklist; one that no checklist has any more is not shown and stays.
        let concerns = self.all.iter().filter(|name| entry.is_for(&name.code)).cloned().collect();
        DirectoryLine {
            id: entry.id,
            kind: entry.kind,
            name: entry.name.clone(),
            about: entry.about.clone(),
            concerns,
            phone: entry.phone.clone(),
            hours: entry.hours.clone(),
            area: entry.area.clone(),
            access: entry.access.clone(),
            website: entry.website.clone(),
            checked: entry.checked.as_ref().map(|checked| Day::new(checked.on)),
            checked_by: entry.checked.as_ref().map(|checked| checked.by.clone()),
            checked_long_ago: entry.checked_long_ago(today),
            retired: entry.retired,
            kinds: entry.kinds(),
        }
    }
}

impl DirectoryEntryForm {
    fn typed(&self) -> TypedEntry {
        let DirectoryEntryForm { kind, name, about, concerns, phone, hours, area, access, website } = self.clone();
        TypedEntry { kind, name, about, concerns, phone, hours, area, access, website }
    }

    fn of(entry: &DirectoryEntry) -> DirectoryEntryForm {
        DirectoryEntryForm {
            kind: Some(entry.kind.code().to_owned()),
            name: entry.name.clone(),
            about: entry.about.clone(),
            concerns: entry.concerns.clone(),
            phone: entry.phone.clone(),
            hours: entry.hours.clone(),
            area: entry.area.clone(),
            access: entry.access.clone(),
            website: entry.website.clone(),
        }
    }
}

fn entry_view(store: &Store, open: &Open, id: DirectoryEntryId, today: Date) -> Result<DirectoryEntryView, Problem> {
    let (saved, names) = (entry(store, id)?, ConcernNames::of(store, open)?);
    Ok(DirectoryEntryView {
        revision: saved.revision,
        line: names.line(&saved.entry, today),
        form: DirectoryEntryForm::of(&saved.entry),
        concerns: names.all,
    })
}
