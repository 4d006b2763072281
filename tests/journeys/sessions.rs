//! The timetable of sessions as the team keeps it, and a patient's way through one: asked for, waiting, confirmed, reminded, there.

use clinic::*;
use kit::clock::DAY;
use kit::kept::{details, on_disk};
use kit::*;

use crate::{code, fault, faults};

const ANXIETY: &str = "Coping with anxiety";

async fn timetable(desk: &Shift) -> Vec<SessionLine> {
    desk.clinic.list_sessions().await.unwrap().sessions
}

/// A session that ships, by its title.
async fn shipped(desk: &Shift, title: &str) -> String {
    let lines = timetable(desk).await;
    lines.iter().find(|line| line.title == title).expect("this session ships").id.to_string()
}

async fn read(desk: &Shift, session: &str) -> SessionView {
    desk.clinic.read_session(ReadSession { session: session.into() }).await.unwrap()
}

fn a_date(known: &str, on: &str, month: &str) -> SessionDateForm {
    SessionDateForm {
        known: Some(known.into()),
        on: on.into(),
        starts: "10:00".into(),
        ends: "11:30".into(),
        month: month.into(),
        place: String::new(),
    }
}

/// Adds a date (`date` is None) or replaces one, on the session as it stands.
async fn write_date(desk: &Shift, session: &str, date: Option<&str>, form: SessionDateForm) -> SessionView {
    let revision = read(desk, session).await.revision;
    let request = WriteSessionDate { session: session.into(), revision, date: date.map(str::to_owned), form };
    desk.clinic.write_session_date(request).await.unwrap()
}

async fn cancel_date(desk: &Shift, session: &str, date: &str) {
    let revision = read(desk, session).await.revision;
    let reason = "The speaker is ill".into();
    let request = CancelSessionDate { session: session.into(), revision, date: date.into(), reason };
    desk.clinic.cancel_session_date(request).await.unwrap();
}

fn asking(patient: &str, session: &str, date: Option<&str>) -> BookSession {
    let form = BookingForm { date: date.map(str::to_owned), relatives: "1".into(), note: "Ring first".into() };
    BookSession { patient: patient.into(), session: session.into(), form }
}

async fn booking(desk: &Shift, booking: &str) -> BookingView {
    desk.clinic.read_booking(ReadBooking { booking: booking.into() }).await.unwrap()
}

async fn standing(desk: &Shift, id: &str) -> &'static str {
    booking(desk, id).await.line.standing.code()
}

fn confirming(booking: &str, date: &str) -> ConfirmBooking {
    ConfirmBooking { booking: booking.into(), date: Some(date.into()) }
}

fn page_of(booking: &str) -> PaperOf {
    PaperOf { kind: "session_invitation".into(), record: booking.into(), version: None, patient: None }
}

/// The words on the paper as they are drawn.
async fn printed(desk: &Shift, booking: &str) -> String {
    let paper = desk.clinic.preview_paper(page_of(booking)).await.unwrap();
    assert_eq!((paper.draft, paper.version), (false, None));
    let page = paper.pages.concat();
    let runs = page.split("<text ").skip(1).filter_map(|text| text.split_once('>')?.1.split_once("</text>"));
    runs.map(|(words, _)| words.replace('\u{a0}', " ")).collect::<Vec<_>>().join(" ")
}

/// Anna, who is booked on the session about anxiety, on its date d-1 of 4 December.
async fn booked() -> (Shift, String, String, String) {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await.to_string();
    let session = shipped(&desk, ANXIETY).await;
    write_date(&desk, &session, None, a_date("exact", "04-Dec-2026", "")).await;
    let view = desk.clinic.book_session(asking(&anna, &session, Some("d-1"))).await.unwrap();
    (desk, anna, session, view.line.id.to_string())
}

#[tokio::test]
async fn the_timetable_ships_with_the_trusts_sessions_and_the_team_keeps_it() {
    let desk = a_clinic().await;
    let before = on_disk(&desk).revisions;
    let lines = timetable(&desk).await;
    let groups: Vec<_> = lines.iter().map(|line| line.group.code()).collect();
    let psychology = ["psychology"; 4];
    assert_eq!(groups, [&["therapies"][..], &psychology, &["sact"; 4]].concat());
    assert!(lines.iter().all(|line| line.dates.is_empty() && line.held.code() == "online" && line.relatives_welcome));
    assert_eq!(on_disk(&desk).revisions, before, "looking keeps nothing");
    let session = shipped(&desk, ANXIETY).await;
    let view = read(&desk, &session).await;
    assert_eq!(view.revision, 0);
    let change = |revision, title: &str| ChangeSession {
        session: session.clone(),
        revision,
        form: SessionForm { title: title.into(), place: "Room 3".into(), ..view.form.clone() },
    };
    let changed = desk.clinic.change_session(change(0, "Living with anxiety")).await.unwrap();
    assert_eq!((changed.revision, changed.line.title.as_str()), (1, "Living with anxiety"));
    assert_eq!(code(desk.clinic.change_session(change(0, "Another")).await), Code::ChangedMeanwhile);
    assert_eq!(faults(desk.clinic.change_session(change(1, " ")).await), fault("title", "missing"));
    let lines = timetable(&desk).await;
    assert_eq!(lines.len(), 9, "it took the place of the one that ships");
    assert!(lines.iter().any(|line| line.title == "Living with anxiety" && line.place == "Room 3"));
    let own = SessionForm { group: Some("wellbeing".into()), title: "Walking group".into(), ..view.form.clone() };
    let own = desk.clinic.add_session(AddSession { form: own }).await.unwrap();
    assert_eq!(own.revision, 1);
    let id = own.line.id.to_string();
    let retire = |retired, revision| RetireSession { session: id.clone(), revision, retired };
    assert!(desk.clinic.retire_session(retire(true, 1)).await.unwrap().line.retired);
    let last = timetable(&desk).await.pop().unwrap();
    assert_eq!((last.title.as_str(), last.retired), ("Walking group", true));
    let anna = registered(&desk.clinic).await.to_string();
    let refused = desk.clinic.book_session(asking(&anna, &id, None)).await;
    assert_eq!(faults(refused), fault("session", "no_longer_offered"));
    assert!(!desk.clinic.retire_session(retire(false, 2)).await.unwrap().line.retired);
}

#[tokio::test]
async fn a_date_is_a_day_a_month_or_not_known_and_a_cancelled_one_stays() {
    let desk = a_clinic().await;
    let session = shipped(&desk, "Neutropenic sepsis").await;
    write_date(&desk, &session, None, a_date("unknown", "", "")).await;
    write_date(&desk, &session, None, a_date("month", "", "January 2027")).await;
    let view = write_date(&desk, &session, None, a_date("exact", "4/12/2026", "")).await;
    let shown = |view: &SessionView| -> Vec<_> {
        let date = |date: &SessionDateView| (date.key.clone(), date.when.known.code(), date.takes_people);
        view.line.dates.iter().map(date).collect()
    };
    let date = |key: &str, known, takes| (key.to_owned(), known, takes);
    assert_eq!(shown(&view), [date("d-3", "exact", true), date("d-2", "month", false), date("d-1", "unknown", false)]);
    let exact = &view.line.dates[0];
    assert_eq!(exact.when.on.as_ref().unwrap().short, "04-Dec-2026");
    assert_eq!((exact.form.starts.as_str(), exact.form.ends.as_str()), ("10:00", "11:30"));
    assert_eq!(view.line.dates[1].when.month.as_deref(), Some("January 2027"));
    let refused = |form| WriteSessionDate { session: session.clone(), revision: 3, date: None, form };
    let past = desk.clinic.write_session_date(refused(a_date("exact", "20-Nov-2026", ""))).await;
    assert_eq!(faults(past), fault("on", "in_past"));
    let no_month = desk.clinic.write_session_date(refused(a_date("month", "", "soon"))).await;
    assert_eq!(faults(no_month), fault("month", "month_form"));
    cancel_date(&desk, &session, "d-3").await;
    let off = read(&desk, &session).await;
    assert_eq!(off.line.dates[0].cancel_reason.as_deref(), Some("The speaker is ill"));
    assert!(!off.line.dates[0].takes_people);
    desk.room.clock.step(12 * DAY);
    assert!(read(&desk, &session).await.line.dates[0].over);
}

#[tokio::test]
async fn a_place_is_asked_for_confirmed_reminded_of_and_taken() {
    let (desk, anna, session, id) = booked().await;
    let view = booking(&desk, &id).await;
    assert_eq!((view.line.standing.code(), view.line.team.as_str()), ("to_confirm", "Cancer Support Workers"));
    assert_eq!(
        (view.line.relatives, view.line.note.as_str(), view.line.by.as_str()),
        (1, "Ring first", "Ruth Invented")
    );
    assert_eq!(
        faults(desk.clinic.book_session(asking(&anna, &session, None)).await),
        fault("session", "already_there")
    );
    let remind = || RemindBooking { booking: id.clone() };
    assert_eq!(faults(desk.clinic.remind_booking(remind()).await), fault("reminded", "not_confirmed"));
    let nothing_chosen = ConfirmBooking { booking: id.clone(), date: None };
    assert_eq!(faults(desk.clinic.confirm_booking(nothing_chosen).await), fault("date", "choose"));
    let confirmed = desk.clinic.confirm_booking(confirming(&id, "d-1")).await.unwrap();
    assert_eq!(confirmed.line.standing.code(), "confirmed");
    assert_eq!(confirmed.line.confirmed.unwrap().by, "Ruth Invented");
    assert_eq!(faults(desk.clinic.remind_booking(remind()).await), fault("reminded", "too_early"));
    let line = read(&desk, &session).await;
    assert_eq!((line.line.confirmed, line.line.dates[0].people, line.people.len()), (1, 1, 1));
    assert_eq!(line.people[0].banner.id.to_string(), anna);
    desk.room.clock.step(4 * DAY);
    assert_eq!(standing(&desk, &id).await, "to_remind");
    assert_eq!(desk.clinic.remind_booking(remind()).await.unwrap().line.standing.code(), "confirmed");
    let end = |attended| EndBooking { booking: id.clone(), attended };
    assert_eq!(faults(desk.clinic.end_booking(end(Some(true))).await), fault("attended", "too_early"));
    desk.room.clock.step(7 * DAY);
    assert_eq!(standing(&desk, &id).await, "due");
    assert_eq!(faults(desk.clinic.end_booking(end(None)).await), fault("attended", "choose"));
    assert_eq!(desk.clinic.end_booking(end(Some(true))).await.unwrap().line.standing.code(), "attended");
    assert_eq!(code(desk.clinic.end_booking(end(Some(false))).await), Code::BookingEnded);
    assert_eq!(code(desk.clinic.preview_paper(page_of(&id)).await), Code::BookingEnded);
    let overview = desk.clinic.open_patient(OpenPatient { patient: anna.clone() }).await.unwrap();
    let lines: Vec<_> = overview.bookings.iter().map(|line| (line.title.as_str(), line.standing.code())).collect();
    assert_eq!(lines, [(ANXIETY, "attended")]);
    assert!(read(&desk, &session).await.people.is_empty());
    assert!(desk.clinic.book_session(asking(&anna, &session, None)).await.is_ok(), "she may come again");
    for op in ["book_session", "confirm_booking", "remind_booking", "end_booking"] {
        assert!(overview.looked.iter().any(|look| look.op == op), "{op}");
    }
}

#[tokio::test]
async fn who_waits_for_a_date_is_to_be_confirmed_once_there_is_one() {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await.to_string();
    let session = shipped(&desk, ANXIETY).await;
    let view = write_date(&desk, &session, None, a_date("month", "", "January 2027")).await;
    assert_eq!(view.revision, 1, "one that ships is kept from its first change on");
    let waits = desk.clinic.book_session(asking(&anna, &session, Some("d-1"))).await.unwrap();
    let id = waits.line.id.to_string();
    assert_eq!((waits.line.standing.code(), waits.line.when.month.as_deref()), ("waiting", Some("January 2027")));
    assert_eq!(read(&desk, &session).await.line.waiting, 1);
    assert_eq!(faults(desk.clinic.confirm_booking(confirming(&id, "d-1")).await), fault("date", "no_place"));
    write_date(&desk, &session, Some("d-1"), a_date("exact", "12-Jan-2027", "")).await;
    assert_eq!(standing(&desk, &id).await, "to_confirm");
    let line = read(&desk, &session).await.line;
    assert_eq!((line.waiting, line.to_confirm), (0, 1));
    let confirmed = desk.clinic.confirm_booking(confirming(&id, "d-1")).await.unwrap();
    assert_eq!(confirmed.line.when.on.unwrap().short, "12-Jan-2027");
}

#[tokio::test]
async fn without_any_date_a_session_that_ships_has_a_waiting_list() {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await.to_string();
    let session = shipped(&desk, "Hormones and cancer treatment").await;
    let before = on_disk(&desk).revisions;
    let view = desk.clinic.book_session(asking(&anna, &session, None)).await.unwrap();
    assert_eq!((view.line.standing.code(), view.line.when.known.code()), ("waiting", "unknown"));
    assert_eq!(on_disk(&desk).revisions, before + 2, "the booking, and the session that somebody counts on now");
    assert_eq!(read(&desk, &session).await.revision, 1);
    assert_eq!(details(&desk, "book_session").len(), 2, "each has its line");
    let id = view.line.id.to_string();
    let cancel = |reason: &str| CancelBooking { booking: id.clone(), reason: reason.into() };
    assert_eq!(faults(desk.clinic.cancel_booking(cancel(" ")).await), fault("reason", "missing"));
    let off = desk.clinic.cancel_booking(cancel("Feels better")).await.unwrap();
    assert_eq!((off.line.standing.code(), off.line.cancel_reason.as_deref()), ("cancelled", Some("Feels better")));
}

#[tokio::test]
async fn what_the_team_moves_or_cancels_has_to_be_told_anew() {
    let (desk, _, session, id) = booked().await;
    desk.clinic.confirm_booking(confirming(&id, "d-1")).await.unwrap();
    write_date(&desk, &session, Some("d-1"), a_date("exact", "11-Dec-2026", "")).await;
    let moved = booking(&desk, &id).await;
    assert_eq!(moved.line.standing.code(), "moved");
    assert_eq!(moved.line.when.on.unwrap().short, "04-Dec-2026", "what Anna was told");
    assert_eq!(
        faults(desk.clinic.remind_booking(RemindBooking { booking: id.clone() }).await),
        fault("reminded", "not_confirmed")
    );
    let words = printed(&desk, &id).await;
    assert!(words.contains("To be confirmed") && words.contains("The date has changed"), "{words}");
    assert!(!words.contains("December 2026 at") && !words.contains("4 December"), "{words}");
    desk.clinic.confirm_booking(confirming(&id, "d-1")).await.unwrap();
    assert!(printed(&desk, &id).await.contains("11 December 2026"));
    cancel_date(&desk, &session, "d-1").await;
    assert_eq!(standing(&desk, &id).await, "moved");
    assert_eq!(faults(desk.clinic.confirm_booking(confirming(&id, "d-1")).await), fault("date", "no_place"));
    write_date(&desk, &session, None, a_date("exact", "18-Dec-2026", "")).await;
    let change = |revision, date: &str, relatives: &str| ChangeBooking {
        booking: id.clone(),
        revision,
        form: BookingForm { date: Some(date.into()), relatives: relatives.into(), note: String::new() },
    };
    let revision = booking(&desk, &id).await.revision;
    assert_eq!(
        faults(desk.clinic.change_booking(change(revision, "d-2", "10")).await),
        fault("relatives", "number_form")
    );
    let other = desk.clinic.change_booking(change(revision, "d-2", "0")).await.unwrap();
    assert_eq!((other.line.standing.code(), other.line.relatives), ("to_confirm", 0));
    assert_eq!(code(desk.clinic.change_booking(change(revision, "d-2", "2")).await), Code::ChangedMeanwhile);
}

#[tokio::test]
async fn the_invitation_says_when_as_far_as_it_is_known() {
    let (desk, anna, _, id) = booked().await;
    let asked = printed(&desk, &id).await;
    for part in
        ["Anna Invented", ANXIETY, "4 December 2026", "10:00am to 11:30am", "not confirmed yet", "1 person with you"]
    {
        assert!(asked.contains(part), "{part}: {asked}");
    }
    desk.clinic.confirm_booking(confirming(&id, "d-1")).await.unwrap();
    assert!(printed(&desk, &id).await.contains("Your place is confirmed."));
    let folder = documents(&desk);
    let save = SavePaper { paper: page_of(&id), day: "14".into(), month: "7".into() };
    let saved = desk.clinic.save_paper_in(save, folder).await.unwrap();
    assert!(saved.file.starts_with("session-invitation-") && !saved.file.contains("Invented"), "{}", saved.file);
    let wrong = SavePaper { paper: page_of(&id), day: "15".into(), month: "7".into() };
    assert_eq!(code(desk.clinic.check_paper(wrong).await), Code::IdentityDiffers);
    let sepsis = shipped(&desk, "Neutropenic sepsis").await;
    let waits = desk.clinic.book_session(asking(&anna, &sepsis, None)).await.unwrap().line.id.to_string();
    let unknown = printed(&desk, &waits).await;
    assert!(unknown.contains("To be confirmed") && unknown.contains("waiting list"), "{unknown}");
    write_date(&desk, &sepsis, None, a_date("month", "", "March 2027")).await;
    let revision = booking(&desk, &waits).await.revision;
    let form = BookingForm { date: Some("d-1".into()), relatives: "0".into(), note: String::new() };
    desk.clinic.change_booking(ChangeBooking { booking: waits.clone(), revision, form }).await.unwrap();
    assert!(printed(&desk, &waits).await.contains("March 2027, the day is to be confirmed"));
}

#[tokio::test]
async fn after_a_death_nothing_is_arranged_and_what_was_attended_before_it_can_be_said() {
    let (desk, anna, session, id) = booked().await;
    desk.clinic.confirm_booking(confirming(&id, "d-1")).await.unwrap();
    let sepsis = shipped(&desk, "Neutropenic sepsis").await;
    let waits = desk.clinic.book_session(asking(&anna, &sepsis, None)).await.unwrap().line.id.to_string();
    desk.room.clock.step(12 * DAY);
    let death = RecordDeath { died: date(3, 12, 2026), ..a_death(&anna) };
    desk.clinic.record_death(death).await.unwrap();
    let other = shipped(&desk, "Constipation and diarrhoea").await;
    assert_eq!(code(desk.clinic.book_session(asking(&anna, &other, None)).await), Code::AfterDeath);
    assert_eq!(code(desk.clinic.confirm_booking(confirming(&id, "d-1")).await), Code::AfterDeath);
    assert_eq!(code(desk.clinic.remind_booking(RemindBooking { booking: id.clone() }).await), Code::AfterDeath);
    assert_eq!(code(desk.clinic.preview_paper(page_of(&waits)).await), Code::AfterDeath);
    let end = |attended| EndBooking { booking: id.clone(), attended: Some(attended) };
    assert_eq!(code(desk.clinic.end_booking(end(true)).await), Code::AfterDeath, "the session was on the 4th");
    assert_eq!(desk.clinic.end_booking(end(false)).await.unwrap().line.standing.code(), "missed");
    let cancel = CancelBooking { booking: waits, reason: "Has died".into() };
    assert_eq!(desk.clinic.cancel_booking(cancel).await.unwrap().line.standing.code(), "cancelled");
    assert!(read(&desk, &session).await.people.is_empty());
}

#[tokio::test]
async fn a_death_before_a_session_that_was_attended_is_asked_about() {
    let (desk, anna, _, id) = booked().await;
    desk.clinic.confirm_booking(confirming(&id, "d-1")).await.unwrap();
    desk.room.clock.step(12 * DAY);
    desk.clinic.end_booking(EndBooking { booking: id, attended: Some(true) }).await.unwrap();
    let death = |day| RecordDeath { died: date(day, 12, 2026), ..a_death(&anna) };
    assert_eq!(code(desk.clinic.record_death(death(3)).await), Code::EventsAfterDeath);
    assert!(desk.clinic.record_death(death(4)).await.is_ok());
}

/// The folder of the account's documents, made.
fn documents(desk: &Shift) -> std::path::PathBuf {
    let folder = desk.room.documents();
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
