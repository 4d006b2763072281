//! How large a request the server takes. What is sent is refused for its version where the server holds that, so that nothing large stays in
//! its history; else it is removed again.

use serde_json::json;

use crate::answer::Meaning;
use crate::probe::{Surroundings, Unchecked};
use crate::probe_asking::{Asking, Condition, basic, say};
use crate::probe_report::{Check, Finding, Outcome};
use crate::probe_wire::Trial;

/// The sizes that are tried, in bytes, and what each is called.
const SIZES: [(usize, &str); 3] = [(1 << 20, "1 MB"), (8 << 20, "8 MB"), (32 << 20, "32 MB")];

/// What is enough for every transaction of several records.
const ENOUGH: usize = 8 << 20;

/// A version that no resource was ever at.
const NO_VERSION: &str = "W/\"0\"";

/// The longest text of one element.
const PIECE: usize = 512 * 1024;

impl<W: Trial, S: Surroundings> Asking<'_, W, S> {
    /// `holds`: a version that is not there is refused in a transaction.
    pub async fn largest(&mut self, holds: bool) -> Result<(), Unchecked> {
        let filling = self.filling()?;
        let (mut taken, mut came, mut known) = (0, "less than 1 MB".to_owned(), false);
        for (bytes, called) in SIZES {
            let mut body = basic(&self.new_one("Basic")?, "large");
            let piece = json!({ "url": "https://holdfast.example/fhir/StructureDefinition/server-check", "valueString": filling });
            say(&mut body, "extension", vec![piece; bytes / PIECE].into());
            let condition = if holds { Condition::Match(NO_VERSION) } else { Condition::None };
            let (meaning, _) = self.transaction(&[(&body, condition)]).await?;
            match meaning {
                // Refused for its version or its content: it was read as a whole.
                Meaning::Accepted(_) | Meaning::Unnamed | Meaning::Clash | Meaning::Gone | Meaning::Refused { .. } => {
                    (taken, came, known) = (bytes, called.to_owned(), true);
                    // What it keeps stays in its history for ever: no more of that than tells something.
                    if !holds && taken >= ENOUGH {
                        break;
                    }
                }
                Meaning::TooLarge => {
                    known = true;
                    break;
                }
                _ => break,
            }
        }
        let outcome = match known {
            false => Outcome::NoAnswer,
            true if taken >= ENOUGH => Outcome::Meets,
            true => Outcome::Small,
        };
        let mut finding = Finding::of(Check::Largest, outcome, format!("{came} taken"));
        finding.amount = known.then(|| i64::try_from(taken).unwrap_or(i64::MAX));
        self.push(finding);
        Ok(())
    }

    /// Text of one piece that does not pack to nothing: hexadecimal, from numbers of the check's own.
    fn filling(&self) -> Result<String, Unchecked> {
        let seed = self.around.chance().ok_or(Unchecked::Randomness)?;
        let mut number = u64::from_le_bytes(std::array::from_fn(|place| seed.get(place).copied().unwrap_or(1))) | 1;
        let mut text = String::with_capacity(PIECE);
        while text.len() < PIECE {
            number ^= number << 13;
            number ^= number >> 7;
            number ^= number << 17;
            text.push_str(&format!("{number:016x}"));
        }
        Ok(text)
    }
}
