//! The invitation to answer an assessment at home: its pass code, until when it can be answered, and what became of it.

use jiff::civil::Date;

use crate::codes;
use crate::day;
use crate::hna::{Hna, HnaStatus, PathwayPoint};
use crate::id::{HnaId, InvitationId, PatientId, StaffId};
use crate::refused::Refused;
use crate::staff::By;
use crate::text;

codes! {
    /// Where a pass code comes from.
    CodeKind {
        /// Another website gave it; it is kept as it was given.
        Recorded = "recorded",
        /// It was made here, for the trust's own portal.
        Issued = "issued",
    }
}

codes! {
    /// Where an invitation stands.
    InvitationState { Open = "open", Answered = "answered", Withdrawn = "withdrawn" }
}

codes! {
    /// The same, as it matters today.
    InvitationStanding {
        Open = "open",
        /// At most [`SOON`] days are left.
        ExpiresSoon = "expires_soon",
        Expired = "expired",
        Answered = "answered",
        Withdrawn = "withdrawn",
    }
}

/// How many days ahead an invitation can be open at most.
pub const MOST_DAYS: i32 = 90;

/// How many days before its end an invitation is said to expire.
pub const SOON: i32 = 7;

/// What the patient types at home. One that is made here has twelve characters of Crockford's Base 32, the last a check.
#[derive(Clone, PartialEq, Eq)]
pub struct PassCode {
    kind: CodeKind,
    text: String,
}

impl PassCode {
    /// A new code from 16 bytes of randomness, of which 55 bits are used.
    pub fn issued(random: [u8; 16]) -> PassCode {
        // 32 divides 256: the lowest five bits of a random byte are as random as the byte.
        let digits: Vec<u8> = random.iter().take(LENGTH - 1).map(|byte| byte & 31).collect();
        let check = doubled(remainder(&digits));
        let text = digits.iter().chain([&check]).filter_map(|digit| ALPHABET.chars().nth(usize::from(*digit)));
        PassCode { kind: CodeKind::Issued, text: text.collect() }
    }

    /// A code that another website gave, kept as it was given, at most [`text::LINE`] characters; refused for the field `code`.
    pub fn recorded(typed: &str) -> Result<PassCode, Refused> {
        let text = text::line(typed).map_err(|fault| Refused::field("code", fault.reason()))?;
        if text.is_empty() {
            return Err(Refused::field("code", "missing"));
        }
        Ok(PassCode { kind: CodeKind::Recorded, text })
    }

    /// A code as it was kept; None for one made here whose check fails.
    pub fn read(kind: CodeKind, text: &str) -> Option<PassCode> {
        let holds = match kind {
            CodeKind::Recorded => !text.is_empty(),
            CodeKind::Issued => holds(text),
        };
        holds.then(|| PassCode { kind, text: text.to_owned() })
    }

    pub fn kind(&self) -> CodeKind {
        self.kind
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// As it is read out and printed: one made here in groups of four, another in one piece.
    pub fn groups(&self) -> Vec<String> {
        match self.kind {
            CodeKind::Recorded => vec![self.text.clone()],
            CodeKind::Issued => {
                let characters: Vec<char> = self.text.chars().collect();
                characters.chunks(4).map(|group| group.iter().collect()).collect()
            }
        }
    }
}

impl std::fmt::Debug for PassCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PassCode({})", self.kind.code())
    }
}

/// What a code is found by, however it was typed: case, spaces and hyphens do not matter, O is 0, I and L are 1.
pub fn code_key(typed: &str) -> String {
    let folded = typed.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).map(|c| match c {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    });
    folded.collect()
}

/// Source: Douglas Crockford, Base 32: no I, L, O, U.
const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 12;

/// Does a typed code of ours have the right characters and check?
fn holds(text: &str) -> bool {
    let digits: Vec<u8> = text
        .chars()
        .filter_map(|c| ALPHABET.chars().position(|known| known == c).and_then(|place| u8::try_from(place).ok()))
        .collect();
    digits.len() == LENGTH && text.chars().count() == LENGTH && remainder(&digits) == 0
}

/// The digits as a polynomial over the field of 32 elements, taken at the element 2. No two of the first 31 powers of 2 are the same
/// there, so every single wrong character and every swap of two changes it.
fn remainder(digits: &[u8]) -> u8 {
    digits.iter().fold(0, |sum, digit| doubled(sum) ^ digit)
}

/// Times 2 in that field, modulo x^5 + x^2 + 1.
fn doubled(element: u8) -> u8 {
    let shifted = element << 1;
    if shifted & 32 == 0 { shifted } else { (shifted ^ 0b10_0101) & 31 }
}

/// An invitation to answer at home.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    pub id: InvitationId,
    pub patient: PatientId,
    /// Canonical of the checklist version that is to be answered.
    pub checklist: String,
    pub point: PathwayPoint,
    pub code: PassCode,
    /// The day it was given.
    pub on: Date,
    /// The completed assessment whose concerns are to be scored again; only then is 0 a score.
    pub again: Option<HnaId>,
    /// The last day on which it can be answered; None when the website did not say.
    pub expires_on: Option<Date>,
    pub state: InvitationState,
    /// Whose work its answers are.
    pub by: StaffId,
    pub by_name: String,
    /// UTC milliseconds.
    pub at: i64,
    /// The assessment that came of it.
    pub hna: Option<HnaId>,
    /// Why it was withdrawn; empty otherwise.
    pub withdraw_reason: String,
}

/// What an invitation is for, as chosen and typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inviting {
    pub patient: PatientId,
    pub checklist: String,
    pub point: PathwayPoint,
    pub code: PassCode,
    /// As [`Inviting::to_score_again`] made it.
    pub again: Option<HnaId>,
    /// As [`last_day`] read it.
    pub expires_on: Option<Date>,
}

impl Inviting {
    /// The same as one to score the concerns of `former` again, on the checklist version that it was made on. Refused when `former` is
    /// not completed, or is somebody else's.
    pub fn to_score_again(mut self, former: &Hna) -> Result<Inviting, Refused> {
        if former.status != HnaStatus::Completed || former.patient != self.patient {
            return Err(Refused::NotThere);
        }
        self.again = Some(former.id);
        self.checklist = former.checklist.clone();
        Ok(self)
    }
}

impl Invitation {
    /// An open invitation, given on `today`.
    pub fn give(id: InvitationId, inviting: Inviting, by: &By, today: Date) -> Invitation {
        Invitation {
            id,
            patient: inviting.patient,
            checklist: inviting.checklist,
            point: inviting.point,
            code: inviting.code,
            again: inviting.again,
            on: today,
            expires_on: inviting.expires_on,
            state: InvitationState::Open,
            by: by.staff,
            by_name: by.name.clone(),
            at: by.at,
            hna: None,
            withdraw_reason: String::new(),
        }
    }

    /// Takes back one that is open, with a reason.
    pub fn withdraw(mut self, reason: &str) -> Result<Invitation, Refused> {
        if self.state != InvitationState::Open {
            return Err(Refused::InvitationClosed);
        }
        let reason = text::line(reason).map_err(|fault| Refused::field("reason", fault.reason()))?;
        if reason.is_empty() {
            return Err(Refused::field("reason", "missing"));
        }
        self.state = InvitationState::Withdrawn;
        self.withdraw_reason = reason;
        Ok(self)
    }

    /// Keeps which assessment came of it. One that was withdrawn is answered all the same when a nurse says so; one that was
    /// answered keeps its first assessment.
    pub fn answer(mut self, hna: HnaId) -> Invitation {
        if self.hna.is_none() {
            self.state = InvitationState::Answered;
            self.hna = Some(hna);
        }
        self
    }

    /// The assessment whose concerns answers on this checklist score again; None for answers on another one, whose concerns are others.
    pub fn scores_again(&self, checklist: &str) -> Option<HnaId> {
        self.again.filter(|_| self.checklist == checklist)
    }

    /// Where it stands on this day.
    pub fn standing(&self, today: Date) -> InvitationStanding {
        match (self.state, self.days_left(today)) {
            (InvitationState::Answered, _) => InvitationStanding::Answered,
            (InvitationState::Withdrawn, _) => InvitationStanding::Withdrawn,
            (InvitationState::Open, Some(days)) if days < 0 => InvitationStanding::Expired,
            (InvitationState::Open, Some(days)) if days <= SOON => InvitationStanding::ExpiresSoon,
            (InvitationState::Open, _) => InvitationStanding::Open,
        }
    }

    /// Days until its last day, 0 on it and less than 0 after it; None when it has none.
    pub fn days_left(&self, today: Date) -> Option<i32> {
        self.expires_on.map(|last| days_from(today, last))
    }
}

/// The last day on which an invitation can be answered, as typed in one box; refused for the field `expires` when it lies before
/// `today` or more than [`MOST_DAYS`] after it. A code made here needs one.
pub fn last_day(typed: &str, kind: CodeKind, today: Date) -> Result<Option<Date>, Refused> {
    let fault = |reason| Err(Refused::field("expires", reason));
    if typed.trim().is_empty() {
        return if kind == CodeKind::Recorded { Ok(None) } else { fault("missing") };
    }
    let Some(last) = day::typed(typed) else { return fault("day_form") };
    match days_from(today, last) {
        ..0 => fault("in_past"),
        0..=MOST_DAYS => Ok(Some(last)),
        _ => fault("too_far"),
    }
}

fn days_from(today: Date, day: Date) -> i32 {
    day.since(today).map(|span| span.get_days()).unwrap_or_default()
}

#[cfg(test)]
#[path = "invitation_tests.rs"]
mod tests;
