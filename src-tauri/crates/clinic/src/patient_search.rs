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
        faults.none()?;
        Ok(Wanted {
            family: folded(&request.family),
            given: folded(&request.given),
            born,
            nhs_number: nhs_number.map(|number| number.digits()),
            hospital_number: request.hospital_number.trim().to_lowercase(),
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
        let mut least = Likeness::Begins;
        if !self.family.is_empty() {
            least = least.max(likeness(&self.family, &row.family)?);
        }
        if !self.given.is_empty() {
            let names = [&row.given, &row.preferred];
            least = least.max(names.into_iter().filter_map(|name| likeness(&self.given, name)).min()?);
        }
        let same = |wanted: &Option<String>, found: Option<&String>| wanted.is_none() || wanted.as_ref() == found;
        let hospital = self.hospital_number.is_empty() || self.hospital_number == row.hospital_number.to_lowercase();
        (same(&self.born, Some(&row.born)) && same(&self.nhs_number, row.nhs_number.as_ref()) && hospital)
            .then_some(least)
    }
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
    likeness(&a.family, &b.family).is_some() && (a.given.chars().next() == b.given.chars().next() || a.born == b.born)
}
