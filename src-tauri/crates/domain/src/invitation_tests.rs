//! Pass codes and the life of an invitation. The rules are in `invitation`.

use jiff::civil::date;

use super::*;
use crate::staff::Role;

const TODAY: Date = date(2026, 11, 23);

fn by() -> By {
    let staff = StaffId::from_random([9; 16]);
    let role = Role::CancerNurseSpecialist;
    By { staff, name: "Ruth Invented".to_owned(), role, key_holder: false, at: 1, pc: String::new() }
}

fn given(code: PassCode, expires: &str) -> Result<Invitation, Refused> {
    let (patient, point) = (PatientId::from_random([1; 16]), PathwayPoint::EndOfTreatment);
    let expires_on = last_day(expires, code.kind(), TODAY)?;
    let inviting = Inviting { patient, checklist: "list|1".to_owned(), point, code, again: None, expires_on };
    Ok(Invitation::give(InvitationId::from_random([2; 16]), inviting, &by(), TODAY))
}

fn ours() -> PassCode {
    PassCode::issued([7; 16])
}

#[test]
fn a_code_of_ours_has_three_groups_of_four_and_reads_back() {
    for seed in 0..=255_u8 {
        let bytes = std::array::from_fn(|place| {
            seed.wrapping_mul(7).wrapping_add(u8::try_from(place).unwrap().wrapping_mul(37))
        });
        let code = PassCode::issued(bytes);
        let groups = code.groups();
        assert_eq!(groups.iter().map(|group| group.chars().count()).collect::<Vec<_>>(), [4, 4, 4]);
        assert_eq!(groups.concat(), code.as_str());
        assert_eq!(PassCode::read(CodeKind::Issued, code.as_str()), Some(code));
    }
}

#[test]
fn no_wrong_character_and_no_swap_goes_unnoticed() {
    let code = PassCode::issued([3, 200, 17, 64, 5, 99, 251, 8, 31, 32, 77, 0, 0, 0, 0, 0]);
    let right: Vec<char> = code.as_str().chars().collect();
    let read = |typed: &[char]| PassCode::read(CodeKind::Issued, &typed.iter().collect::<String>());
    assert!(read(&right).is_some());
    for place in 0..LENGTH {
        for other in ALPHABET.chars().filter(|c| *c != right[place]) {
            let mut wrong = right.clone();
            wrong[place] = other;
            assert_eq!(read(&wrong), None, "{place} {other}");
        }
        for second in place + 1..LENGTH {
            let mut swapped = right.clone();
            swapped.swap(place, second);
            assert_eq!(read(&swapped).is_some(), swapped == right, "{place} {second}");
        }
    }
    for none in ["", "0000", "000000000000Z", "OOOOOOOOOOOO", "00000000000é"] {
        assert_eq!(PassCode::read(CodeKind::Issued, none), None, "{none}");
    }
}

#[test]
fn a_recorded_code_stays_as_it_was_given_and_no_code_is_in_a_log() {
    let code = PassCode::recorded("  mcp-7 f/2!  ").unwrap();
    assert_eq!((code.as_str(), code.groups()), ("mcp-7 f/2!", vec!["mcp-7 f/2!".to_owned()]));
    assert_eq!(PassCode::recorded(" "), Err(Refused::field("code", "missing")));
    assert_eq!(PassCode::recorded(&"x".repeat(201)), Err(Refused::field("code", "too_long")));
    assert_eq!(format!("{code:?}"), "PassCode(recorded)");
}

#[test]
fn a_code_is_found_however_it_is_typed() {
    assert_eq!(code_key("0ab1 - c1de"), code_key("OABI–CLDE"));
    assert_ne!(code_key("0AB1"), code_key("0AB2"));
}

#[test]
fn a_code_of_ours_needs_a_last_day_within_reach() {
    let fault = |reason| Err(Refused::field("expires", reason));
    assert_eq!(given(ours(), ""), fault("missing"));
    assert_eq!(given(ours(), "soon"), fault("day_form"));
    assert_eq!(given(ours(), "22-Nov-2026"), fault("in_past"));
    assert_eq!(given(ours(), "22-Feb-2027"), fault("too_far"));
    for (typed, last) in [("23-Nov-2026", TODAY), ("21/02/2027", date(2027, 2, 21))] {
        assert_eq!(given(ours(), typed).unwrap().expires_on, Some(last));
    }
    assert_eq!(given(PassCode::recorded("x").unwrap(), " ").unwrap().expires_on, None);
}

#[test]
fn its_standing_follows_the_days() {
    let invitation = given(ours(), "23-Dec-2026").unwrap();
    let on = |day| (invitation.standing(day), invitation.days_left(day));
    assert_eq!(on(TODAY), (InvitationStanding::Open, Some(30)));
    assert_eq!(on(date(2026, 12, 15)), (InvitationStanding::Open, Some(8)));
    assert_eq!(on(date(2026, 12, 16)), (InvitationStanding::ExpiresSoon, Some(7)));
    assert_eq!(on(date(2026, 12, 23)), (InvitationStanding::ExpiresSoon, Some(0)));
    assert_eq!(on(date(2026, 12, 24)), (InvitationStanding::Expired, Some(-1)));
    let endless = given(PassCode::recorded("x").unwrap(), "").unwrap();
    assert_eq!(endless.standing(date(2030, 1, 1)), InvitationStanding::Open);
}

#[test]
fn it_is_withdrawn_with_a_reason_and_answered_once() {
    let (first, second) = (HnaId::from_random([4; 16]), HnaId::from_random([5; 16]));
    let open = given(ours(), "23-Dec-2026").unwrap();
    assert_eq!(open.clone().withdraw(" "), Err(Refused::field("reason", "missing")));
    let withdrawn = open.clone().withdraw("Came to the clinic instead").unwrap();
    assert_eq!(withdrawn.standing(TODAY), InvitationStanding::Withdrawn);
    assert_eq!(withdrawn.clone().withdraw("again"), Err(Refused::InvitationClosed));
    let late = withdrawn.answer(first);
    assert_eq!((late.state, late.hna), (InvitationState::Answered, Some(first)));
    let answered = open.answer(first).answer(second);
    assert_eq!((answered.standing(TODAY), answered.hna), (InvitationStanding::Answered, Some(first)));
    assert_eq!(answered.withdraw("x"), Err(Refused::InvitationClosed));
}

#[test]
fn it_asks_to_score_again_only_a_completed_assessment_of_the_same_patient_on_its_checklist() {
    let (patient, point) = (PatientId::from_random([1; 16]), PathwayPoint::EndOfTreatment);
    let beginning = crate::hna::Beginning {
        patient,
        checklist: "former|2".to_owned(),
        answered_by: crate::hna::AnsweredBy::Patient,
        helper: String::new(),
        method: crate::hna::Method::Telephone,
        pathway_point: point,
        answered_on: None,
    };
    let draft = Hna::start(HnaId::from_random([4; 16]), beginning, &by());
    let former = draft.clone().complete(2).unwrap();
    let other = Hna { patient: PatientId::from_random([8; 16]), ..former.clone() };
    let asked = || Inviting {
        patient,
        checklist: "list|1".to_owned(),
        point,
        code: ours(),
        again: None,
        expires_on: Some(TODAY),
    };
    for refused in [&draft, &draft.clone().discard("x").unwrap(), &other] {
        assert_eq!(asked().to_score_again(refused), Err(Refused::NotThere));
    }
    let inviting = asked().to_score_again(&former).unwrap();
    assert_eq!((inviting.again, inviting.checklist.as_str()), (Some(former.id), "former|2"));
    let invitation = Invitation::give(InvitationId::from_random([2; 16]), inviting, &by(), TODAY);
    assert_eq!(invitation.scores_again("former|2"), Some(former.id));
    assert_eq!(invitation.scores_again("former|3"), None, "the concerns of another checklist are others");
    assert_eq!(given(ours(), "23-Dec-2026").unwrap().scores_again("list|1"), None);
}
