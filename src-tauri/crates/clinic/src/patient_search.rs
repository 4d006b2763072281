//! Finding a patient on this PC: two facts at least, accents and typing slips forgiven.

use std::collections::BTreeSet;

use domain::Refused;
use domain::codes;
use domain::id::PatientId;
use domain::likeness::{Likeness, folded, likeness};
use domain::nhs_number::NhsNumber;
use domain::op::Op;
use serde::{Deserialize, Serialize};
use store::{SearchRow, Sought};
use ts_rs::TS;

use crate::clinic::Clinic;
use crate::faults::Faults;
use crate::patient_form::TypedDate;
use crate::patient_view::Banner;
use crate::problem::Problem;
use crate::when::{When, day_of};

/// Most people shown; a longer list is a sign to type more.
const MOST: usize = 20;
/// Most people of one visit that are remembered: ten full lists. Whoever comes after them is somebody new each time.
const MOST_REMEMBERED: usize = 200;

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
    /// While she types: the page's number for this visit of the screen. Null when she asks for it, as by Enter.
    pub visit: Option<u32>,
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

/// The visit of a screen that shows people and is read again while it stands, and whom the audit's lines of it were written for.
#[derive(Default)]
pub(crate) struct Visit {
    number: Option<u32>,
    shown: BTreeSet<PatientId>,
}

impl Visit {
    /// Whether a list needs no line of its own: it is not the first of the visit, and nobody in it is new there.
    pub fn covers(&self, number: u32, people: &[PatientId]) -> bool {
        self.number == Some(number) && people.iter().all(|person| self.shown.contains(person))
    }

    /// Takes in a list that has its line.
    pub fn noted(&mut self, number: u32, people: &[PatientId]) {
        if self.number != Some(number) {
            *self = Visit { number: Some(number), shown: BTreeSet::new() };
        }
        for person in people {
            if self.shown.len() >= MOST_REMEMBERED {
                break;
            }
            self.shown.insert(*person);
        }
    }
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
        // What is half typed cannot be read yet and says nothing; who asks is told what is wrong.
        if request.visit.is_none() {
            faults.none()?;
        }
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

    /// The fact that the index is asked for: of those that are there the one that fewest people share.
    fn sought(&self) -> Sought<'_> {
        match (&self.nhs_number, &self.born) {
            (Some(digits), _) => Sought::NhsNumber(digits),
            _ if !self.hospital_number.is_empty() => Sought::HospitalNumber(&self.hospital_number),
            (None, Some(born)) => Sought::Born(born),
            (None, None) => Sought::Names { family: &self.family, given: &self.given },
        }
    }

    /// How the row answers every given fact, or None when one of them does not match.
    fn matches(&self, row: &SearchRow) -> Option<Likeness> {
        let named = row.names().answer(&self.family, &self.given)?;
        let same = |wanted: &Option<String>, found: Option<&String>| wanted.is_none() || wanted.as_ref() == found;
        let hospital = self.hospital_number.is_empty() || self.hospital_number == row.hospital_number.to_lowercase();
        (same(&self.born, Some(&row.born)) && same(&self.nhs_number, row.nhs_number.as_ref()) && hospital)
            .then_some(named)
    }
}

impl Clinic {
    /// Finds patients by at least two facts; `two_facts` when fewer were given. A search is an audit line without what was typed; while
    /// she types, only the first that is answered in the visit is, and each that shows somebody whom the visit has not shown yet.
    pub async fn find_patients(&self, request: FindPatients) -> Result<Found, Problem> {
        let by = self.by_for(Op::FindPatients)?;
        let wanted = Wanted::read(&request)?;
        let facts = wanted.facts();
        if facts.len() < 2 {
            return Err(Refused::TwoFacts.into());
        }
        let open = self.0.clone();
        self.0
            .queue
            .run(move |store| {
                let candidates = store.candidates(wanted.sought())?;
                let answers = |row: SearchRow| Some((wanted.matches(&row)?, row));
                let mut hits: Vec<_> = candidates.rows.into_iter().filter_map(answers).collect();
                hits.sort_by(|(a, x), (b, y)| (a, &x.family, &x.given, x.id).cmp(&(b, &y.family, &y.given, y.id)));
                let (all, more) = (hits.len(), candidates.more || hits.len() > MOST);
                hits.truncate(MOST);
                let shown: Vec<_> = hits.iter().map(|(_, row)| row.id).collect();
                let mut noted = open.visit_noted.lock().map_err(|_| Problem::unexpected())?;
                if !request.visit.is_some_and(|visit| noted.covers(visit, &shown)) {
                    let words: Vec<_> = facts.iter().map(|fact| fact.code()).collect();
                    let at_least = if candidates.more { "at least " } else { "" };
                    store.write::<_, Problem>(&by, Op::FindPatients, |w| {
                        w.detail(&format!("by {}; found {at_least}{}", words.join(", "), all));
                        Ok(())
                    })?;
                    if let Some(visit) = request.visit {
                        noted.noted(visit, &shown);
                    }
                }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn person(number: usize) -> PatientId {
        let mut id = [0; 16];
        id[..8].copy_from_slice(&number.to_be_bytes());
        PatientId::from_random(id)
    }

    #[test]
    fn a_visit_remembers_so_many_people_and_is_never_silent_about_the_others() {
        let mut visit = Visit::default();
        assert!(!visit.covers(1, &[]), "the first list of a visit has a line, whoever is in it");
        let everybody: Vec<_> = (0..MOST_REMEMBERED + 5).map(person).collect();
        for list in everybody.chunks(MOST) {
            assert!(!visit.covers(1, list));
            visit.noted(1, list);
        }
        let (remembered, beyond) = everybody.split_at(MOST_REMEMBERED);
        assert!(visit.covers(1, remembered) && visit.covers(1, &[]) && !visit.covers(2, remembered));
        for person in beyond {
            assert!(!visit.covers(1, &[remembered[0], *person]), "a line each time");
            visit.noted(1, &[*person]);
        }
        assert_eq!(visit.shown.len(), MOST_REMEMBERED);
        visit.noted(2, beyond);
        assert!(visit.covers(2, beyond) && !visit.covers(1, &[]) && !visit.covers(2, remembered));
    }
}
