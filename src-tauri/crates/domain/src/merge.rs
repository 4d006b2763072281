//! Three versions of one record brought together: the one that both were made from, ours, and theirs. What only one side changed is
//! taken; where both changed the same to different ends, ours stays and a person chooses. What the items of each record are stands
//! in `merge_patient` and `merge_care_plan`.

use crate::action::ActionKey;
use crate::codes;
use crate::hna::ConcernKey;
use crate::refused::{FieldFault, Refused};

codes! {
    /// Whose version of an item stays.
    Side { Ours = "ours", Theirs = "theirs" }
}

codes! {
    /// A field of a patient, as the registration form names it.
    PatientField {
        NhsNumber = "nhs_number",
        HospitalNumber = "hospital_number",
        Title = "title",
        Given = "given",
        Family = "family",
        Preferred = "preferred",
        Born = "born",
        Gender = "gender",
        /// With the postcode: half of one address and half of another is nobody's.
        Address = "address",
        Phone = "phone",
        Mobile = "mobile",
        Email = "email",
        /// Name and code together.
        Practice = "practice",
        PrintPoints = "needs-print_points",
        Interpreter = "needs-interpreter",
        OtherNeeds = "needs-other",
        CancerType = "cancer_type",
        Diagnosed = "diagnosed",
        Recurred = "recurred",
        Treatments = "treatments",
        KeyWorker = "key_worker",
        Team = "team",
        DiagnosedAt = "diagnosed_at",
        FollowedUpAt = "followed_up_at",
        /// With why the last death that was recorded was taken back.
        Died = "died",
    }
}

codes! {
    /// A part of a concern of a plan.
    ConcernPart {
        /// That it stands in the plan.
        Whole = "whole",
        Matters = "matters",
        Nothing = "nothing",
    }
}

codes! {
    /// A part of an action of a plan.
    ActionPart {
        /// That it stands in the plan.
        Whole = "whole",
        Kind = "kind",
        What = "what",
        /// With the owner's name.
        Owner = "owner",
        Due = "due",
        /// Whom to turn to, with the entry of the directory that it came from.
        Contact = "contact",
        /// How and when it ended, with what came of it.
        Ended = "ended",
    }
}

/// What is compared: a field, or a part of what has a key of its own. Never a position in a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Item {
    Patient(PatientField),
    Concern(ConcernKey, ConcernPart),
    Action(ActionKey, ActionPart),
    /// The newest locked version of a plan: its number, whether it is open for changes, who signed it. No person chooses about it.
    PlanVersion,
}

impl Item {
    /// Its one spelling: `patient/born`, `concern/added-1/matters`, `action/a-2/due`, `plan/version`.
    pub fn code(&self) -> String {
        match self {
            Item::Patient(field) => format!("patient/{}", field.code()),
            Item::Concern(key, part) => format!("concern/{}/{}", key.as_str(), part.code()),
            Item::Action(key, part) => format!("action/{}/{}", key.as_str(), part.code()),
            Item::PlanVersion => "plan/version".to_owned(),
        }
    }

    /// The item with this spelling, or None.
    pub fn from_code(code: &str) -> Option<Item> {
        let (kind, rest) = code.split_once('/')?;
        match kind {
            "patient" => PatientField::from_code(rest).map(Item::Patient),
            "plan" if rest == "version" => Some(Item::PlanVersion),
            "concern" => {
                let (key, part) = rest.rsplit_once('/')?;
                Some(Item::Concern(ConcernKey::new(key), ConcernPart::from_code(part)?))
            }
            "action" => {
                let (key, part) = rest.rsplit_once('/')?;
                Some(Item::Action(ActionKey::new(key), ActionPart::from_code(part)?))
            }
            _ => None,
        }
    }
}

/// An item that both sides changed to different ends. The texts are as [`Merge::words`] gives them; empty is what was taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    pub item: Item,
    pub base: String,
    pub ours: String,
    pub theirs: String,
}

/// Two versions of a record brought together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged<T> {
    /// With what only they changed, and ours at every clash.
    pub record: T,
    /// What only they changed.
    pub taken: Vec<Item>,
    pub clashes: Vec<Clash>,
    /// How many items were already alike on both sides.
    pub same: usize,
    sides: Box<[T; 3]>,
}

impl<T> Merged<T> {
    /// Their version, as it was given.
    pub fn theirs(&self) -> &T {
        let [_, _, theirs] = self.sides.as_ref();
        theirs
    }
}

impl<T: Merge> Merged<T> {
    /// In words what an item is a part of, wherever it stands; empty where it is a part of the whole record.
    pub fn of(&self, item: &Item) -> &str {
        let [base, ours, theirs] = self.sides.as_ref();
        [theirs, ours, base].into_iter().map(|one| one.of(item)).find(|words| !words.is_empty()).unwrap_or_default()
    }
}

/// A record of which two versions can be brought together.
pub trait Merge: Clone {
    /// Goes through every item of the record and asks `found` whose to take.
    fn settle(base: &Self, ours: &Self, theirs: &Self, found: &mut Found<'_>) -> Self;

    /// What an item says here: text as it is, a code, a number, or a day as `2026-11-23`; several lines where an item has several
    /// parts, and of treatments a line each of kind, name, start and end with tabs between. Empty where nothing is said.
    fn words(&self, item: &Item) -> String;

    /// In words what an item is a part of, a concern or an action; empty where it is a part of the whole record.
    fn of(&self, item: &Item) -> &str;
}

/// Brings `ours` and `theirs`, both made from `base`, together. All three are versions of one record.
pub fn merge<T: Merge>(base: &T, ours: &T, theirs: &T) -> Merged<T> {
    merged([base, ours, theirs], Choices::Made(&[])).0
}

/// What a person's choices make of the two. Refused with an item's spelling as the field: `missing` for a clash that nobody chose about,
/// and where the choices together make no valid record, with the rule's reason; [`Refused::NotThere`] for a choice about no clash.
pub fn with<T: Merge>(of: &Merged<T>, choices: &[(Item, Side)]) -> Result<T, Refused> {
    let [base, ours, theirs] = of.sides.as_ref();
    let (merged, broken, used) = merged([base, ours, theirs], Choices::Made(choices));
    if choices.iter().any(|(item, _)| !used.contains(item)) {
        return Err(Refused::NotThere);
    }
    let missing = merged.clashes.iter().map(|clash| FieldFault { field: clash.item.code(), reason: "missing" });
    let faults: Vec<_> = missing.chain(broken).collect();
    if faults.is_empty() { Ok(merged.record) } else { Err(Refused::Fields(faults)) }
}

/// `ours` with every change from `base` to `theirs`, also where ours differs from `base` there.
pub fn overlaid<T: Merge>(base: &T, ours: &T, theirs: &T) -> T {
    merged([base, ours, theirs], Choices::AllTheirs).0.record
}

fn merged<T: Merge>([base, ours, theirs]: [&T; 3], choices: Choices<'_>) -> (Merged<T>, Vec<FieldFault>, Vec<Item>) {
    let mut found =
        Found { choices, taken: Vec::new(), clashes: Vec::new(), same: 0, broken: Vec::new(), used: Vec::new() };
    let record = T::settle(base, ours, theirs, &mut found);
    let Found { taken, clashes, same, broken, used, .. } = found;
    let sides = Box::new([base.clone(), ours.clone(), theirs.clone()]);
    (Merged { record, taken, clashes, same, sides }, broken, used)
}

#[derive(Clone, Copy)]
enum Choices<'a> {
    Made(&'a [(Item, Side)]),
    AllTheirs,
}

/// What was found so far while two versions are compared.
pub struct Found<'a> {
    choices: Choices<'a>,
    pub(crate) taken: Vec<Item>,
    clashes: Vec<Clash>,
    same: usize,
    broken: Vec<FieldFault>,
    /// Items that there was a choice about.
    used: Vec<Item>,
}

/// Which of the three versions of an item are alike.
#[derive(Clone, Copy)]
pub(crate) struct Alike {
    pub(crate) ours_base: bool,
    pub(crate) theirs_base: bool,
    pub(crate) both: bool,
}

impl Alike {
    pub(crate) fn of<V: PartialEq>(base: V, ours: V, theirs: V) -> Alike {
        Alike { ours_base: ours == base, theirs_base: theirs == base, both: ours == theirs }
    }
}

impl Found<'_> {
    /// Whose version of an item stays; `words` are those of base, ours and theirs.
    pub(crate) fn side(&mut self, item: Item, alike: Alike, words: impl FnOnce() -> [String; 3]) -> Side {
        if alike.both {
            self.same += 1;
            Side::Ours
        } else if alike.theirs_base {
            Side::Ours
        } else if alike.ours_base {
            self.taken.push(item);
            Side::Theirs
        } else {
            self.clash(item, words())
        }
    }

    /// A clash: what was chosen about it, else ours.
    pub(crate) fn clash(&mut self, item: Item, [base, ours, theirs]: [String; 3]) -> Side {
        let chosen = match self.choices {
            Choices::AllTheirs => Some(Side::Theirs),
            Choices::Made(choices) => choices.iter().find(|(of, _)| *of == item).map(|(_, side)| *side),
        };
        if let Some(side) = chosen {
            self.used.push(item);
            return side;
        }
        self.clashes.push(Clash { item, base, ours, theirs });
        Side::Ours
    }

    /// Was this item a clash, chosen about or not?
    pub(crate) fn clashed(&self, item: &Item) -> bool {
        self.used.contains(item) || self.clashes.iter().any(|clash| clash.item == *item)
    }

    /// Counts items that are alike on both sides.
    pub(crate) fn alike(&mut self, items: usize) {
        self.same += items;
    }

    /// A rule that what was chosen breaks.
    pub(crate) fn broken(&mut self, item: &Item, reason: &'static str) {
        self.broken.push(FieldFault { field: item.code(), reason });
    }
}

#[cfg(test)]
#[path = "merge_tests.rs"]
mod tests;
