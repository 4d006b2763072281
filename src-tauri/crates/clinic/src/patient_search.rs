//! Finding a patient on this PC: two facts at least, accents and typing slips forgiven.

use domain::Refused;
use domain::codes;
use domain::likeness::{Likeness, folded, likeness};
use domain::nhs_number::NhsNumber;
use domain::op::Op;
use serde::{Deserialize, Serialize};
use store::SearchRow;
use ts_rs::TS;

use crate::clinic::Clinic;
use crate::faults::Faults;
use crate::patient_form::TypedDate;
use crate::patient_view::Banner;
use crate::problem::Problem;
use crate::when::{When, day_of};

/// Most people shown; a longer list is a sign to type more.
const MOST: usize = 20;

codes! {
    /// A fact a search can be made by.
    Fact { Family = "family", Given = "given", Born = "born", NhsNumber = "nhs_number", HospitalNumber = "hospital_number" }
}

#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FindPatients {
    pub family: String,
    pub given: String,
    pub born: TypedDate,
    pub nhs_number: String,
    pub hospital_number: String,
}

#[derive(Serialize, TS)]
pub struct Found {
    pub people: Vec<FoundPatient>,
    /// Two or more of them could be taken for each other.
    pub similar: bool,
    pub at: When,
    /// There are more than are shown.
    pub more: bool,
}

#[derive(Serialize, TS)]
pub struct FoundPatient {
    pub banner: Banner,
    #[ts(type = "Array<\"family\" | \"given\" | \"born\" | \"nhs_number\" | \"hospital_number\">")]
    pub matched: Vec<Fact>,
    /// A name matched only with a typing slip forgiven.
    pub near: bool,
    pub last_seen: Option<When>,
}

/// What is looked for, in the form in which rows are compared.
struct Wanted {
    family: String,
    given: String,
    born: Option<String>,
    nhs_number: Option<String>,
    hospital_number: String,
}

impl Wanted {
    fn read(request: &FindPatients) -> Result<Wanted, Problem> {
        let mut faults = Faults::default();
        let born = request.born.read("born", &mut faults).map(|date| date.to_string());
        let nhs_number = match request.nhs_number.trim() {
            "" => None,
            typed => NhsNumber::parse(typed).map_err(|fault| faults.add("nhs_number", fault.reason())).ok(),
        };
        let family = faults.optional_line("family", &request.family);
        let given = faults.optional_line("given", &request.given);
        let hospital_number = faults.optional_line("hospital_number", &request.hospital_number);
        faults.none()?;
        Ok(Wanted {
            family: folded(&family),
            given: folded(&given),
            born,
            nhs_number: nhs_number.map(|number| number.digits()),
            hospital_number: hospital_number.to_lowercase(),
        })
    }

    fn facts(&self) -> Vec<Fact> {
        let given = [
            (Fact::Family, !self.family.is_empty()),
            (Fact::Given, !self.given.is_empty()),
            (Fact::Born, self.born.is_some()),
            (Fact::NhsNumber, self.nhs_number.is_some()),
            (Fact::HospitalNumber, !self.hospital_number.is_empty()),
        ];
        given.into_iter().filter(|(_, there)| *there).map(|(fact, _)| fact).collect()
    }

    /// How the row answers every given fact, or None when one of them does not match.
    fn matches(&self, row: &SearchRow) -> Option<Likeness> {
        let straight = named(&self.family, &[&row.family]).max(named(&self.given, &[&row.given, &row.preferred]));
        // Family and given name in each other's box is a slip as well.
        let swapped = || named(&self.family, &[&row.given, &row.preferred]).max(named(&self.given, &[&row.family]));
        let least = match straight {
            Match::No if swapped() == Match::No => return None,
            Match::No => Likeness::Near,
            Match::At(likeness) => likeness,
        };
        let same = |wanted: &Option<String>, found: Option<&String>| wanted.is_none() || wanted.as_ref() == found;
        let hospital = self.hospital_number.is_empty() || self.hospital_number == row.hospital_number.to_lowercase();
        (same(&self.born, Some(&row.born)) && same(&self.nhs_number, row.nhs_number.as_ref()) && hospital)
            .then_some(least)
    }
}

/// How what was typed answers to a name; nothing typed answers to every name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    At(Likeness),
    No,
}

/// The best answer among these names, each as a whole and by every part (`O’Brien` of `Łukaszewska-O’Brien`, a second given name).
fn named(typed: &str, names: &[&String]) -> Match {
    if typed.is_empty() {
        return Match::At(Likeness::Begins);
    }
    let parts = names.iter().flat_map(|name| name.split(' '));
    parts.filter_map(|part| likeness(typed, part)).min().map_or(Match::No, Match::At)
}

impl Clinic {
    /// Finds patients by at least two facts; `two_facts` when fewer were given. The search is an audit line without what was typed.
    pub async fn find_patients(&self, request: FindPatients) -> Result<Found, Problem> {
        let by = self.by_for(Op::FindPatients)?;
        let wanted = Wanted::read(&request)?;
        let facts = wanted.facts();
        if facts.len() < 2 {
            return Err(Refused::TwoFacts.into());
        }
        self.0
            .queue
            .run(move |store| {
                let mut hits = Vec::new();
                store.each_patient(|row| {
                    if let Some(likeness) = wanted.matches(&row) {
                        hits.push((likeness, row));
                    }
                })?;
                hits.sort_by(|(a, x), (b, y)| (a, &x.family, &x.given, x.id).cmp(&(b, &y.family, &y.given, y.id)));
                let words: Vec<_> = facts.iter().map(|fact| fact.code()).collect();
                store.write::<_, Problem>(&by, Op::FindPatients, |w| {
                    w.detail(&format!("by {}; found {}", words.join(", "), hits.len()));
                    Ok(())
                })?;
                let more = hits.len() > MOST;
                hits.truncate(MOST);
                let similar = hits
                    .iter()
                    .enumerate()
                    .any(|(place, (_, a))| hits.iter().skip(place + 1).any(|(_, b)| alike(a, b)));
                let mut people = Vec::with_capacity(hits.len());
                for (likeness, row) in hits {
                    let Some((patient, _)) = store.patient(row.id)? else { continue };
                    people.push(FoundPatient {
                        banner: Banner::of(&patient, day_of(by.at)),
                        matched: facts.clone(),
                        near: likeness == Likeness::Near,
                        last_seen: store.last_opened(row.id)?.map(When::new),
                    });
                }
                Ok(Found { people, similar, at: When::new(by.at), more })
            })
            .await
    }
}

/// Could one be taken for the other? The same or nearly the same family name, and the same letter or day to go by.
fn alike(a: &SearchRow, b: &SearchRow) -> bool {
    let whole = |keys: &str| keys.split(' ').next().unwrap_or_default().to_owned();
    likeness(&whole(&a.family), &whole(&b.family)).is_some()
        && (a.given.chars().next() == b.given.chars().next() || a.born == b.born)
}
