//! The invitation to answer at home: its code can be read and copied, it says whom to ring, and nothing of what the person is treated for.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod kit;

use documents::*;
use domain::hna::PathwayPoint;
use domain::id::{HnaId, InvitationId};
use domain::invitation::{Invitation, Inviting, PassCode};
use jiff::civil::date;
use kit::records::*;
use kit::scratch;

fn given(code: PassCode) -> Invitation {
    let inviting = Inviting {
        patient: samuel().id,
        checklist: "list|1".to_owned(),
        point: PathwayPoint::EndOfTreatment,
        code,
        again: None,
        expires_on: Some(date(2026, 12, 21)),
    };
    Invitation::give(InvitationId::from_random([3; 16]), inviting, &ruth(), TODAY)
}

fn ours() -> Invitation {
    given(PassCode::issued([7, 200, 33, 4, 90, 11, 254, 3, 19, 140, 66, 0, 0, 0, 0, 0]))
}

fn laid(invitation: &Invitation, address: Option<&str>, points: u8) -> Laid {
    let mut patient = samuel();
    patient.needs.print_points = points;
    let contact = Contact { phone: "020 7946 0112".to_owned(), ..Contact::default() };
    let about = about(&patient, Some(&contact));
    lay_out(&documents::invitation(invitation, address, &about).unwrap()).unwrap()
}

/// The lines of all pages, spaces as they are typed.
fn lines(laid: &Laid) -> Vec<String> {
    laid.pages.iter().flat_map(|page| page.runs.iter().map(|run| run.text.replace('\u{a0}', " "))).collect()
}

fn text(laid: &Laid) -> String {
    lines(laid).join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

const PORTAL: &str = "answers.thamesbank.example";

#[test]
fn it_says_where_with_which_code_until_when_and_whom_to_ring() {
    let laid = laid(&ours(), Some(PORTAL), 14);
    std::fs::write(scratch("invitation.pdf"), pdf(&laid).unwrap()).unwrap();
    let said = text(&laid);
    let code = ours().code.groups().join(" ");
    for part in ["Samuel Okonkwo-Bell", PORTAL, code.as_str(), "21 December 2026", "020 7946 0112", "Ruth Adeyemi"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!said.contains("DRAFT") && !said.contains("Signed"), "nobody signs it");
    assert_eq!(laid.pages.len(), 1);
}

#[test]
fn nothing_in_it_says_what_the_person_is_treated_for() {
    for points in [14, 24] {
        let said = text(&laid(&ours(), Some(PORTAL), points)).to_lowercase();
        for word in ["cancer", "tumour", "treatment", "nurse", "oncolog", "chemo", "breast", "needs assessment"] {
            assert!(!said.contains(word), "{word} at {points}: {said}");
        }
    }
}

#[test]
fn one_to_score_again_says_that_0_can_be_chosen_and_stays_on_one_page() {
    let again = Invitation { again: Some(HnaId::from_random([4; 16])), ..ours() };
    let laid_again = laid(&again, Some(PORTAL), 14);
    std::fs::write(scratch("invitation-again.pdf"), pdf(&laid_again).unwrap()).unwrap();
    let words = "You can also choose 0: no longer a concern.";
    assert!(text(&laid_again).contains(words) && !text(&laid(&ours(), Some(PORTAL), 14)).contains(words));
    assert_eq!(laid_again.pages.len(), 1);
}

#[test]
fn the_code_is_the_largest_line_below_the_title_and_stays_on_one() {
    for points in [14, 18, 24] {
        let laid = laid(&ours(), Some(PORTAL), points);
        let code = ours().code.groups().join("  ");
        let runs: Vec<_> = laid.pages.iter().flat_map(|page| &page.runs).collect();
        let run = runs.iter().find(|run| run.text.replace('\u{a0}', " ") == code).expect("the code on one line");
        assert!(run.bold && run.size >= 1.6 * f32::from(points), "{}", run.size);
        let others = runs.iter().filter(|other| other.text != run.text && !other.text.starts_with("Tell us"));
        assert!(others.map(|other| other.size).fold(0.0, f32::max) <= run.size, "at {points}");
        // Nothing above or below it reaches into it.
        let page = laid.pages.iter().find(|page| page.runs.iter().any(|one| one.text == run.text)).unwrap();
        for other in page.runs.iter().filter(|other| other.text != run.text) {
            let (top, bottom) = (run.y - 0.75 * run.size, run.y + 0.1 * run.size);
            let clear = other.y + 0.25 * other.size <= top || other.y - 0.75 * other.size >= bottom;
            assert!(clear, "{} at {points}", other.text);
        }
    }
}

#[test]
fn an_address_that_is_not_known_has_a_line_and_another_website_s_code_stands_as_it_was_given() {
    let recorded = Invitation { expires_on: None, ..given(PassCode::recorded("mcp-7F/22 ŵ").unwrap()) };
    let said = text(&laid(&recorded, None, 14));
    assert!(said.contains("mcp-7F/22 ŵ") && said.contains("write it here"), "{said}");
    assert!(!said.contains("answer by") && !said.contains("no letter O"), "{said}");
}
