//! Invented records of every noun: as most are, with everything filled in, with as little as the rules allow, and with texts that
//! are made to do harm. They are built by the domain's own acts, so that nothing stands here that a nurse could not have made.

#![allow(dead_code, reason = "each test file uses its part")]

mod home;
mod patients;
mod session;
mod summary;

use std::path::PathBuf;

use domain::action::{ActionKey, ActionKind, NewAction, OwnerKind, TypedAction};
use domain::care_plan::{CarePlan, NothingAgreed};
use domain::checklist::Checklist;
use domain::hna::{Answer, AnsweredBy, Beginning, ConcernKey, Hna, Method, PathwayPoint, Rating};
use domain::id::{CarePlanId, DirectoryEntryId, HnaId, OfferId, PatientId, SendingId, StaffId};
use domain::offer::{Decision, Offer, TypedOffer};
use domain::op::Op;
use domain::patient::Patient;
use domain::plan_offer::Assessed;
use domain::staff::{By, Organisation, Role};
use domain::summary_template::Copy;
use domain::text;
use fhir::{Author, Resource};
use jiff::civil::date;

pub use home::{
    answered_invitation, booked_talk, invitation_again, issued_invitation, proposed_talk, recorded_invitation, talk,
};
pub use patients::{corrected_patient, dead_patient, harmful_patient, least_patient, ordinary_patient};
pub use session::{
    cancelled_booking, confirmed_booking, missed_booking, month_booking, requested_booking, waiting_booking,
};
pub use summary::{GP_PDF, PATIENT_PDF, amended_summary, empty_summary, harmful_summary, ordinary_summary, template};

/// 23-Nov-2026 09:12 in London.
pub const AT: i64 = 1_795_425_120_000;
/// Markup, quotes of every kind, both directions of writing, characters that XML cannot hold, line ends that are none.
pub const HARM: &str = "</div><script>alert('x')</script> & \"q\" &amp; {side} 'a\\b' £ ’ ŵ ŷ ł 漢字 \u{202e}mirrored\u{202c} \
    e\u{301} 👩🏽‍⚕️ a\u{a0}b c\u{2028}d e\u{feff}f g\u{3000}h \u{ffff} \u{fdd0} {{x}} ${y} ');--";

pub fn by() -> By {
    let staff = StaffId::from_random([9; 16]);
    let role = Role::CancerNurseSpecialist;
    By { staff, name: "Ruth Invented".to_owned(), role, key_holder: true, at: AT, pc: "Room 3".to_owned() }
}

pub fn hospital() -> Organisation {
    Organisation { ods: "ZZ901".to_owned(), name: "Invented General Hospital".to_owned() }
}

pub fn author(organisation: &Organisation) -> Author<'_> {
    Author { staff: by().staff, name: "Ruth Invented", role: Role::CancerNurseSpecialist, organisation }
}

pub fn checklist() -> Checklist {
    fhir::checklist(include_str!("../../../../../assets/content/checklists/default-1.0.0.json")).unwrap()
}

/// A path for what a test writes.
pub fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("fhir");
    std::fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

fn hna_draft(number: u8, answered_by: AnsweredBy, helper: &str, method: Method) -> Hna {
    let beginning = Beginning {
        patient: PatientId::from_random([1; 16]),
        checklist: checklist().canonical,
        answered_by,
        helper: text::line(helper).unwrap(),
        method,
        pathway_point: PathwayPoint::EndOfTreatment,
        answered_on: None,
    };
    Hna::start(HnaId::from_random([number; 16]), beginning, &by())
}

fn key(of: &str) -> ConcernKey {
    ConcernKey::new(of)
}

fn rated(score: i64) -> Answer {
    Answer::Rated(Rating::new(score).unwrap())
}

/// Every state that an answer can be in.
pub fn ordinary_hna() -> Hna {
    hna_of(11, "Jo Invented, daughter", "the dog & who walks it", "Who walks the dog?\nAnd when?")
}

pub fn harmful_hna() -> Hna {
    hna_of(13, HARM, HARM, &HARM.repeat(18))
}

fn hna_of(number: u8, helper: &str, own: &str, questions: &str) -> Hna {
    let list = checklist();
    let mut hna = hna_draft(number, AnsweredBy::PatientWithHelp, helper, Method::FaceToFace);
    for raised in ["physical.pain", "physical.fatigue", "financial.money", "emotional.anxiety"] {
        hna = hna.tick(&list, &key(raised)).unwrap();
    }
    hna.add_own(own)
        .and_then(|hna| hna.add_own("not scored"))
        .and_then(|hna| hna.answer(&key("physical.pain"), rated(4)))
        .and_then(|hna| hna.answer(&key("financial.money"), Answer::Declined))
        .and_then(|hna| hna.answer(&key("emotional.anxiety"), rated(10)))
        .and_then(|hna| hna.answer(&key("own-1"), rated(1)))
        .and_then(|hna| hna.talk_privately(&key("emotional.anxiety"), true))
        .and_then(|hna| hna.talk_privately(&key("own-1"), true))
        .and_then(|hna| hna.decline_domain(&list, "spiritual", true))
        .and_then(|hna| hna.rank(vec![key("own-1"), key("emotional.anxiety")]))
        .and_then(|hna| hna.want_information(&list, "information.diet", true))
        .and_then(|hna| hna.write_questions(questions))
        .and_then(|hna| hna.complete(AT))
        .unwrap()
}

/// The ordinary one scored again: nought, declined, not answered, and a new one.
pub fn hna_again() -> Hna {
    let list = checklist();
    hna_draft(14, AnsweredBy::Patient, "", Method::Telephone)
        .scores_again(&ordinary_hna())
        .and_then(|hna| hna.tick(&list, &key("physical.sleep")))
        .and_then(|hna| hna.rate(&key("physical.pain"), 0))
        .and_then(|hna| hna.rate(&key("emotional.anxiety"), 6))
        .and_then(|hna| hna.rate(&key("physical.sleep"), 3))
        .and_then(|hna| hna.answer(&key("own-1"), Answer::Declined))
        .and_then(|hna| hna.complete(AT))
        .unwrap()
}

/// No concern at all: a valid, complete assessment.
pub fn empty_hna() -> Hna {
    hna_draft(12, AnsweredBy::Carer, "", Method::Paper).complete(AT).unwrap()
}

/// An offer of each kind: with words where they are needed, and where they are not.
pub fn offer(number: u8, decision: Decision, reason: &str) -> Offer {
    let typed = TypedOffer {
        point: Some(PathwayPoint::EndOfTreatment),
        decision: Some(decision),
        reason: text::line(reason).unwrap(),
        on: Some(date(2026, 11, 20)),
    };
    Offer::record(OfferId::from_random([number; 16]), &ordinary_patient(), &typed, date(2026, 11, 23), &by()).unwrap()
}

/// An offer of a plan from the ordinary assessment.
pub fn plan_offer(number: u8, decision: Decision, reason: &str) -> Offer {
    let hna = ordinary_hna();
    let reason = text::line(reason).unwrap();
    let typed = TypedOffer { point: None, decision: Some(decision), reason, on: Some(date(2026, 11, 23)) };
    let from = Assessed { hna: &hna, on: date(2026, 11, 23), plan: None };
    let id = OfferId::from_random([number; 16]);
    Offer::record_plan(id, &ordinary_patient(), from, &typed, date(2026, 11, 23), &by()).unwrap()
}

/// An offer that a colleague marks as a mistake, three days after.
pub fn mistaken_offer() -> Offer {
    let omar =
        By { staff: StaffId::from_random([8; 16]), name: "Omar Imagined".to_owned(), at: AT + 259_200_000, ..by() };
    offer(41, Decision::Unable, "Too unwell to answer").mark_mistaken("Another patient", &omar).unwrap()
}

pub fn ordinary_plan() -> CarePlan {
    plan_of(21, &ordinary_hna(), "To sleep through.\nTo see Łódź again.", "the lymphoedema clinic", "Invented clinic")
}

pub fn harmful_plan() -> CarePlan {
    plan_of(23, &harmful_hna(), &HARM.repeat(18), HARM, HARM)
}

/// A plan with no action: valid, and nothing is said of what matters.
pub fn empty_plan() -> CarePlan {
    CarePlan::start(CarePlanId::from_random([22; 16]), &ordinary_hna(), &checklist(), &by())
        .unwrap()
        .lock(&by())
        .unwrap()
}

fn plan_of(number: u8, hna: &Hna, matters: &str, what: &str, name: &str) -> CarePlan {
    let mut plan = CarePlan::start(CarePlanId::from_random([number; 16]), hna, &checklist(), &by()).unwrap();
    let [worst, second] = [key("emotional.anxiety"), key("physical.pain")];
    plan = plan.write_what_matters(&worst, matters).unwrap();
    let kinds = ["inform", "signpost", "refer", "refer", "review", "self_care", "refer"];
    let owners = ["nurse", "patient", "service", "nurse", "gp", "patient", "patient"];
    for (place, (kind, owner)) in kinds.iter().zip(owners).enumerate() {
        plan = plan.add_action(if place % 2 == 0 { &worst } else { &second }).unwrap();
        let typed = TypedAction {
            kind: Some((*kind).to_owned()),
            what: what.to_owned(),
            owner: Some(owner.to_owned()),
            owner_name: if owner == "gp" { String::new() } else { name.to_owned() },
            due: "4/12/2026".to_owned(),
        };
        let key = ActionKey::new(&format!("a-{}", place + 1));
        plan = plan.write_action(&key, &typed, date(2026, 11, 23)).unwrap();
        if place % 3 == 1 {
            plan = plan.end_action(&key, Some("done"), "", date(2026, 11, 23)).unwrap();
        }
    }
    plan.lock(&by()).unwrap()
}

/// A plan in full: concerns that were added, one with nothing agreed, actions that came from elsewhere and ended in every way; some of
/// it said after it was locked.
pub fn full_plan() -> CarePlan {
    full_plan_of(24, &ordinary_hna(), "She went twice", "Invented Line\n020 7946 0112, weekdays 9 to 5", "The cat")
}

pub fn harmful_full_plan() -> CarePlan {
    full_plan_of(25, &harmful_hna(), HARM, &text::line(HARM).unwrap(), "The cat &amp; <b>its</b> food")
}

fn full_plan_of(number: u8, hna: &Hna, outcome: &str, contact: &str, own: &str) -> CarePlan {
    let today = date(2026, 11, 23);
    let action = |number: u8| ActionKey::new(&format!("a-{number}"));
    let (earlier, from) = (CarePlanId::from_random([20; 16]), ActionKey::new("a-9"));
    let content = |kind, owner| NewAction {
        kind: Some(kind),
        what: "Ring the Invented Line".to_owned(),
        owner: Some(owner),
        due: Some(date(2026, 12, 4)),
        entry: Some(DirectoryEntryId::from_random([26; 16])),
        contact: contact.to_owned(),
        carried_from: Some((earlier, from.clone())),
        ..NewAction::default()
    };
    let plan = CarePlan::start(CarePlanId::from_random([number; 16]), hna, &checklist(), &by()).unwrap();
    let plan = plan.add_concern(&checklist(), Some(&key("physical.sleep")), "").unwrap();
    let plan = plan.add_concern(&checklist(), None, &text::line(own).unwrap()).unwrap();
    let mut plan = plan.agree_nothing(&key("physical.pain"), Some(NothingAgreed::Declined)).unwrap();
    plan = plan.agree_nothing(&key("added-1"), Some(NothingAgreed::NotNeeded)).unwrap();
    for (kind, owner) in [
        (ActionKind::Signpost, OwnerKind::Patient),
        (ActionKind::Refer, OwnerKind::Gp),
        (ActionKind::Refer, OwnerKind::Gp),
        (ActionKind::Inform, OwnerKind::Patient),
    ] {
        plan = plan.new_action(&key("physical.sleep"), content(kind, owner)).unwrap();
    }
    plan = plan.end_action(&action(2), Some("declined"), outcome, today).unwrap().lock(&by()).unwrap();
    plan = plan.end_action(&action(1), Some("done"), outcome, today).unwrap();
    plan.end_action(&action(4), Some("not_needed"), "", today).unwrap()
}

/// The ordinary plan unlocked, with a referral and what matters taken out, and locked again.
pub fn changed_plan() -> CarePlan {
    let plan = ordinary_plan().unlock("The clinic has closed").unwrap();
    let plan = plan.write_what_matters(&key("emotional.anxiety"), "").unwrap();
    plan.remove_action(&ActionKey::new("a-3")).unwrap().lock(&by()).unwrap()
}

pub fn papers() -> [(Copy, &'static [u8]); 2] {
    [(Copy::Patient, PATIENT_PDF), (Copy::Gp, GP_PDF)]
}

/// What one record yields, with the name of its snapshot and the references it is given from outside.
pub struct Set {
    pub name: &'static str,
    pub resources: Vec<Resource>,
    pub given: Vec<String>,
}

/// Every record above as it is sent, each with its Provenance.
pub fn sets() -> Vec<Set> {
    let nobody = Organisation::default();
    let hospital = hospital();
    let author = author(&hospital);
    let lone = Author { organisation: &nobody, role: Role::NotKnown, name: HARM, ..author };
    let list = checklist();
    let template = template();
    let anna = format!("Patient/{}", ordinary_patient().id);
    let theirs = "Patient/the-trusts-own-7".to_owned();
    let mut sets = Vec::new();
    let mut add = |name, op, author: &Author<'_>, given: &[&String], mut resources: Vec<Resource>| {
        let targets: Vec<_> = resources.iter().map(Resource::reference).collect();
        let sending = SendingId::from_random([u8::try_from(40 + sets.len()).unwrap(); 16]);
        resources.push(fhir::provenance(sending, &targets, author, AT, op));
        sets.push(Set { name, resources, given: given.iter().map(|&one| one.clone()).collect() });
    };
    let own = |patient: Patient| fhir::patient(&patient, true, &format!("Patient/{}", patient.id));
    add("patient", Op::RegisterPatient, &author, &[], own(ordinary_patient()));
    add("patient-least", Op::RegisterPatient, &lone, &[], own(least_patient()));
    add("patient-harmful", Op::CorrectPatient, &lone, &[], own(harmful_patient()));
    let matched = fhir::patient(&ordinary_patient(), false, &theirs);
    add("patient-matched", Op::CorrectPatient, &author, &[&theirs], matched);
    let before = fhir::patient(&ordinary_patient(), false, &theirs);
    let mut corrected = fhir::patient(&corrected_patient(), false, &theirs);
    corrected.extend(fhir::withdrawn(&before, &corrected));
    add("patient-corrected", Op::CorrectPatient, &author, &[&theirs], corrected);
    for (name, hna) in [("hna", ordinary_hna()), ("hna-empty", empty_hna()), ("hna-harmful", harmful_hna())] {
        add(name, Op::CompleteHna, &author, &[&anna], fhir::hna(&hna, &list, &anna, &author));
    }
    let plans = [
        ("care-plan", ordinary_plan()),
        ("care-plan-empty", empty_plan()),
        ("care-plan-harmful", harmful_plan()),
        ("care-plan-changed", changed_plan()),
    ];
    for (name, plan) in plans {
        let response = fhir::hna_response(plan.hna);
        let mut resources = fhir::care_plan(&plan, &response, &anna, &author, &[]);
        if name == "care-plan-changed" {
            let before = fhir::care_plan(&ordinary_plan(), &response, &anna, &author, &[]);
            resources.extend(fhir::withdrawn(&before, &resources));
        }
        add(name, Op::LockCarePlan, &author, &[&anna, &response], resources);
    }
    let summaries = [
        ("treatment-summary", ordinary_summary()),
        ("treatment-summary-empty", empty_summary()),
        ("treatment-summary-harmful", harmful_summary()),
        ("treatment-summary-amended", amended_summary()),
    ];
    for (name, summary) in summaries {
        let mut resources = fhir::treatment_summary(&summary, &template, &papers(), &anna, &author);
        let mut given = vec![anna.clone()];
        if name == "treatment-summary-amended" {
            let before = fhir::treatment_summary(&ordinary_summary(), &template, &papers(), &anna, &author);
            resources.extend(fhir::withdrawn(&before, &resources));
            // The superseded papers are at the trust already.
            given.extend(before.iter().filter(|old| old.kind == "Binary").map(Resource::reference));
        }
        add(name, Op::SignTreatmentSummary, &author, &given.iter().collect::<Vec<_>>(), resources);
    }
    let dead = fhir::patient(&dead_patient(), true, &anna);
    add("patient-died", Op::RecordDeath, &author, &[], dead);
    let offers = [
        ("offer", Op::RecordOffer, offer(41, Decision::Unable, "Too unwell to answer")),
        ("offer-accepted", Op::RecordOffer, offer(42, Decision::Accepted, "")),
        ("offer-harmful", Op::RecordOffer, offer(43, Decision::NotOffered, HARM)),
        ("offer-mistaken", Op::MarkOfferMistaken, mistaken_offer()),
    ];
    for (name, op, offer) in offers {
        add(name, op, &author, &[&anna], fhir::offer(&offer, &anna, &author));
    }
    let response = fhir::hna_response(ordinary_hna().id);
    let line = text::line(HARM).unwrap();
    let invitations = [
        ("invitation", Op::Invite, issued_invitation()),
        ("invitation-recorded", Op::Invite, recorded_invitation("mcp 7F-22")),
        ("invitation-answered", Op::TakeInAnswers, answered_invitation()),
        ("invitation-harmful", Op::WithdrawInvitation, recorded_invitation(HARM).withdraw(HARM).unwrap()),
    ];
    for (name, op, invitation) in invitations {
        add(name, op, &author, &[&anna, &response], fhir::invitation(&invitation, &anna, &author));
    }
    let missed = booked_talk().end(Some(false), date(2026, 12, 4)).unwrap();
    let harmful = talk(63, None, ["04-Dec-2026", "14:30", "video", &line, &line]).cancel(HARM).unwrap();
    let talks = [
        ("appointment", Op::BookAppointment, booked_talk()),
        ("appointment-proposed", Op::BookAppointment, proposed_talk()),
        ("appointment-missed", Op::EndAppointment, missed),
        ("appointment-harmful", Op::CancelAppointment, harmful),
    ];
    for (name, op, talk) in talks {
        add(name, op, &author, &[&anna, &response], fhir::appointment(&talk, &anna));
    }
    for (name, offer) in [
        ("plan-offer", plan_offer(44, Decision::Declined, "Wants to think first")),
        ("plan-offer-harmful", plan_offer(45, Decision::Unable, HARM)),
    ] {
        add(name, Op::RecordPlanOffer, &author, &[&anna, &response], fhir::offer(&offer, &anna, &author));
    }
    for (name, plan) in [("care-plan-full", full_plan()), ("care-plan-full-harmful", harmful_full_plan())] {
        let (response, there) = (fhir::hna_response(plan.hna), fhir::former_referrals(&plan));
        let former: Vec<String> = there.iter().map(|id| format!("ServiceRequest/{id}")).collect();
        let given: Vec<&String> = [&anna, &response].into_iter().chain(&former).collect();
        add(name, Op::EndAction, &author, &given, fhir::care_plan(&plan, &response, &anna, &author, &there));
    }
    let bookings = [
        ("booking", Op::BookSession, requested_booking()),
        ("booking-confirmed", Op::ConfirmBooking, confirmed_booking()),
        ("booking-month", Op::BookSession, month_booking()),
        ("booking-waiting", Op::BookSession, waiting_booking()),
        ("booking-missed", Op::EndBooking, missed_booking()),
        ("booking-harmful", Op::CancelBooking, cancelled_booking(HARM, &line)),
    ];
    for (name, op, booking) in bookings {
        add(name, op, &author, &[&anna], fhir::booking(&booking, &anna));
    }
    // Last: each sending has its number from its place here.
    let former = fhir::hna_response(ordinary_hna().id);
    add("hna-again", Op::CompleteHna, &author, &[&anna, &former], fhir::hna(&hna_again(), &list, &anna, &author));
    let asked = fhir::invitation(&invitation_again(), &anna, &author);
    add("invitation-again", Op::Invite, &author, &[&anna, &former], asked);
    sets
}
