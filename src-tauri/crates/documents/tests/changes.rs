//! How concerns changed on paper: what was and is beside each concern, every score where there are more than two, nothing lost in large print.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod kit;

use documents::*;
use domain::change::{Change, Changed, Stood};
use domain::hna::Rating;
use domain::id::HnaId;
use jiff::civil::{Date, date};
use kit::records::*;
use kit::{scratch, squeezed};

const DAYS: [Date; 3] = [date(2026, 5, 12), date(2026, 8, 18), date(2026, 11, 23)];

fn rated(score: i64) -> Stood {
    Stood::Rated(Rating::again(score).unwrap())
}

fn change() -> Change {
    let one = |text: &str, rank: Option<usize>, stood: [Stood; 3]| Changed {
        code: Some(text.to_owned()),
        text: text.to_owned(),
        rank,
        private: text == "Sexuality",
        stood: stood.to_vec(),
    };
    let none = Stood::NotRaised;
    Change {
        assessments: [1, 2, 3].map(|number| HnaId::from_random([number; 16])).to_vec(),
        concerns: vec![
            one("Worry, fear or anxiety", Some(0), [rated(6), rated(5), rated(7)]),
            one("Pain", Some(1), [rated(9), none, rated(6)]),
            one("Hot flushes or sweating", None, [none, none, rated(6)]),
            one("Getting around", None, [rated(6), Stood::Unanswered, rated(0)]),
            one("Sexuality", None, [rated(4), rated(4), Stood::Declined]),
        ],
    }
}

/// Laid out for Samuel in letters of this size.
fn laid(points: u8) -> Laid {
    let mut patient = samuel();
    patient.needs.print_points = points;
    let contact = contact();
    let document = documents::change(&change(), &DAYS, &about(&patient, Some(&contact))).unwrap();
    lay_out(&document).unwrap()
}

#[test]
fn each_concern_has_what_it_was_and_is_and_every_score_in_every_size_of_letters() {
    for points in [14, 16, 18, 20, 24] {
        let laid = laid(points);
        std::fs::write(scratch(&format!("changes-{points}.pdf")), pdf(&laid).unwrap()).unwrap();
        let text = squeezed(&kit::reading(&laid)).replace('\u{a0}', " ");
        let mut rest = text.as_str();
        for said in [
            "From 12 May 2026 to 23 November 2026",
            "0 is no concern now",
            "What matters most to you",
            "1. Worry, fear or anxiety",
            "was 6, now 7",
            "12 May 2026: 6",
            "18 August 2026: 5",
            "23 November 2026: 7",
            "2. Pain",
            "was 9, now 6",
            "18 August 2026: not ticked",
            "Your other concerns",
            "Hot flushes or sweating",
            "new, now 6",
            "Getting around",
            "was 6, now 0",
            "18 August 2026: not answered",
            "Sexuality",
            "We will talk about this later.",
            "You did not want to give a score this time. It was 4.",
            "23 November 2026: did not want to answer",
        ] {
            let Some((_, after)) = rest.split_once(said) else { panic!("{points} points: {said:?} not in {rest:?}") };
            rest = after;
        }
    }
}

#[test]
fn two_assessments_say_it_in_one_line_and_no_concern_at_all_is_said() {
    let (patient, contact) = (samuel(), contact());
    let about = about(&patient, Some(&contact));
    let read =
        |change: &Change| kit::reading(&lay_out(&documents::change(change, &DAYS[..2], &about).unwrap()).unwrap());
    let mut two = change();
    two.concerns.iter_mut().for_each(|concern| concern.stood.truncate(2));
    assert!(!read(&two).contains("12 May 2026: 6"));
    assert!(read(&Change { concerns: Vec::new(), ..two }).contains("You had no concerns."));
}
