//! What came in stays as it came; what becomes of it, of invitations and of appointments reads back as it was kept.

use domain::appointment::{Appointment, AppointmentStatus, Channel};
use domain::hna::{HnaStatus, PathwayPoint};
use domain::id::{AppointmentId, InvitationId};
use domain::invitation::{Invitation, InvitationState, PassCode};
use domain::op::Op;
use domain::staff::Signature;
use jiff::civil::{date, datetime};

use super::*;
use crate::open::tests::{Folder, by, draft, ids, keys, nurse, patient};
use crate::snapshot::Snapshot;

pub(crate) fn an_invitation(number: u8, patient: PatientId) -> Invitation {
    Invitation {
        id: InvitationId::from_random([number; 16]),
        patient,
        checklist: "list|1.0.0".to_owned(),
        point: PathwayPoint::EndOfTreatment,
        code: PassCode::issued([number; 16]),
        again: None,
        on: date(2026, 11, 23),
        expires_on: Some(date(2026, 12, 21)),
        state: InvitationState::Open,
        by: nurse().id,
        by_name: "Łęcka".to_owned(),
        at: 1,
        hna: None,
        withdraw_reason: String::new(),
    }
}

pub(crate) fn an_appointment(number: u8, patient: PatientId) -> Appointment {
    Appointment {
        id: AppointmentId::from_random([number; 16]),
        patient,
        hna: None,
        status: AppointmentStatus::Booked,
        start: Some(datetime(2026, 12, 4, 14, 30, 0, 0)),
        channel: Channel::Telephone,
        place: "Room ŵ".to_owned(),
        with_whom: "Ruth Invented".to_owned(),
        booked_at: 1,
        booked_by: nurse().id,
        booked_by_name: "Ruth Invented".to_owned(),
        cancel_reason: String::new(),
    }
}

pub(crate) fn an_arrival(number: u8) -> Arrival {
    Arrival {
        id: AnswersId::from_random([number; 16]),
        state: AnswersState::ToConfirm,
        file: "answers ŵ.json".to_owned(),
        taken_in_at: 1,
        taken_in_by: nurse().id,
        taken_in_by_name: "Ruth Invented".to_owned(),
        owner: nurse().id,
        owner_name: "Ruth Invented".to_owned(),
        patient: None,
        hna: None,
        refuse_reason: String::new(),
        cleared: None,
    }
}

/// A database with Anna.
fn store(folder: &Folder) -> (Store, PatientId) {
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    let anna = patient(2, "999 000 0018");
    store
        .write::<_, Error>(&by(1), Op::AddNurse, |w| {
            w.save_staff(&nurse())?;
            w.save_patient(&anna, None)
        })
        .unwrap();
    (store, anna.id)
}

fn sendings(store: &Store) -> Vec<String> {
    let mut statement = store.conn.prepare("SELECT kind FROM sending ORDER BY seq").unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[test]
fn one_act_makes_answers_an_assessment_with_a_line_for_each_revision_and_no_sending_for_what_came_in() {
    let folder = Folder::new("home-act");
    let (mut store, anna) = store(&folder);
    let invitation = an_invitation(21, anna);
    store.write::<_, Error>(&by(2), Op::Invite, |w| w.save_invitation(&invitation, None)).unwrap();
    let hna = domain::hna::Hna { status: HnaStatus::Completed, completed_at: Some(3), ..draft(anna) };
    let lines = |store: &Store| store.verify_audit().unwrap().unwrap();
    let (before, taken) = (lines(&store), an_arrival(31).take(&hna).unwrap());
    let answered = invitation.answer(hna.id);
    store
        .write::<_, Error>(&by(3), Op::TakeInAnswers, |w| {
            w.save_hna(&hna, None)?;
            w.save_invitation(&answered, Some(1))?;
            w.keep_arrival(&taken, "{\"a\":1}")?;
            w.detail("completed");
            Ok(())
        })
        .unwrap();
    assert_eq!(lines(&store), before + 3);
    assert_eq!(sendings(&store), ["invitation", "hna", "invitation"]);
    let details =
        "SELECT count(*) FROM audit a JOIN revision r ON r.id = a.id AND r.revision = a.revision AND r.op = a.op
         WHERE a.op = 'take_in_answers'";
    assert_eq!(store.conn.query_row(details, [], |row| row.get::<_, i64>(0)).unwrap(), 3);
    assert_eq!(store.invitation(answered.id).unwrap().unwrap().invitation, answered);
    assert!(store.invitations_open().unwrap().is_empty());
    assert_eq!(store.arrivals_open().unwrap(), [taken.id]);
    let open = store.arrival(taken.id).unwrap().unwrap();
    assert_eq!((open.body.as_str(), &open.arrival), ("{\"a\":1}", &taken));
    let cleared =
        Arrival { cleared: Some(Cleared { by: Signature::of(&by(4)), done: "Rang her".to_owned() }), ..taken.clone() };
    store.write::<_, Error>(&by(4), Op::ClearAlert, |w| w.save_arrival(&cleared, 1)).unwrap();
    assert!(store.arrivals_open().unwrap().is_empty());
    assert_eq!(store.arrival(taken.id).unwrap().unwrap().arrival, cleared);
    let again = store.write::<_, Error>(&by(5), Op::ClearAlert, |w| w.save_arrival(&cleared, 1));
    assert!(matches!(again, Err(Error::ChangedMeanwhile)));
}

#[test]
fn what_came_in_is_there_once_and_cannot_be_changed() {
    let folder = Folder::new("home-once");
    let (mut store, _) = store(&folder);
    let keep = |store: &mut Store, number, body: &str| {
        store.write::<_, Error>(&by(2), Op::TakeInAnswers, |w| w.keep_arrival(&an_arrival(number), body))
    };
    keep(&mut store, 31, "one").unwrap();
    assert!(keep(&mut store, 32, "one").is_err(), "the same again");
    keep(&mut store, 32, "two").unwrap();
    assert_eq!(store.arrival_of("two").unwrap().unwrap().arrival.id, an_arrival(32).id);
    assert!(store.arrival_of("three").unwrap().is_none());
    assert!(store.conn.execute("UPDATE answers SET body = 'x'", []).is_err());
    assert!(store.conn.execute("DELETE FROM answers", []).is_err());
    assert!(sendings(&store).is_empty(), "answers that wait are nobody's yet");
    store.conn.execute_batch("DROP TRIGGER answers_stay; UPDATE answers SET body = 'x' WHERE body = 'one'").unwrap();
    let (damaged, whole) = (an_arrival(31).id, an_arrival(32).id);
    assert!(matches!(store.arrival(damaged), Err(Error::Damaged)));
    assert_eq!(store.arrivals_open().unwrap(), [damaged, whole], "and takes no other with it");
    assert_eq!(store.arrival(whole).unwrap().unwrap().body, "two");
}

#[test]
fn a_code_is_found_as_it_was_typed_and_a_patient_by_the_number() {
    let folder = Folder::new("home-code");
    let (mut store, anna) = store(&folder);
    let again = Some(draft(anna).id);
    let recorded = Invitation { code: PassCode::recorded("mcp-7F/22").unwrap(), again, ..an_invitation(22, anna) };
    store
        .write::<_, Error>(&by(2), Op::Invite, |w| {
            w.save_invitation(&an_invitation(21, anna), None)?;
            w.save_invitation(&recorded, None)
        })
        .unwrap();
    let ours = an_invitation(21, anna).code.groups().join(" - ").to_lowercase();
    assert_eq!(store.invitations_with(&ours).unwrap()[0].invitation, an_invitation(21, anna));
    assert_eq!(store.invitations_with("MCP 7f22").unwrap()[0].invitation, recorded);
    assert!(store.invitations_with("mcp").unwrap().is_empty());
    let newest: Vec<_> = store.invitations_of(anna).unwrap().into_iter().map(|saved| saved.invitation.id).collect();
    assert_eq!(newest, [recorded.id, an_invitation(21, anna).id]);
    let ordinary = "SELECT snapshot LIKE '%again%' FROM revision WHERE id = ?1";
    let says =
        |id: InvitationId| store.conn.query_row(ordinary, [id.to_string()], |row| row.get::<_, bool>(0)).unwrap();
    assert_eq!((says(an_invitation(21, anna).id), says(recorded.id)), (false, true), "as one of before it was asked");
    let number = |text| NhsNumber::parse(text).unwrap();
    assert_eq!(store.patient_numbered(&number("999 000 0018")).unwrap(), Some(anna));
    assert_eq!(store.patient_numbered(&number("999 000 0026")).unwrap(), None);
}

#[test]
fn an_appointment_reads_back_as_it_was_kept_and_is_open_until_it_ended() {
    let folder = Folder::new("home-appointment");
    let (mut store, anna) = store(&folder);
    let booked = an_appointment(41, anna);
    let kept = Appointment { status: AppointmentStatus::Kept, ..booked.clone() };
    store.write::<_, Error>(&by(2), Op::BookAppointment, |w| w.save_appointment(&booked, None)).unwrap();
    assert_eq!(store.appointments_open().unwrap()[0].appointment, booked);
    store.write::<_, Error>(&by(3), Op::EndAppointment, |w| w.save_appointment(&kept, Some(1))).unwrap();
    assert!(store.appointments_open().unwrap().is_empty());
    let now = store.appointments_of(anna).unwrap();
    assert_eq!((&now[0].appointment, now[0].revision), (&kept, 2));
    let then = store.record_at(RecordKind::Appointment, &booked.id.to_string(), 1).unwrap().unwrap();
    assert!(matches!(then.snapshot, Snapshot::Appointment(one) if one == booked));
}
