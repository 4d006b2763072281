//! A hand-over when the disk fails: what is damaged, torn, gone or cannot be written, and what the nurse is told.

use super::*;

/// The patient gives one answer, and the process ends.
fn one_answer(handed: &Handed) {
    handed.patient().answer(&answers()[0]).unwrap();
}

/// The file of the answers on a disk that does not give it out just now.
struct Withheld {
    file: PathBuf,
    aside: PathBuf,
}

impl Withheld {
    fn of(handed: &Handed) -> Withheld {
        let file = drafts(&handed.room).remove(0);
        let aside = file.with_extension("aside");
        std::fs::rename(&file, &aside).unwrap();
        std::fs::create_dir(&file).unwrap();
        Withheld { file, aside }
    }

    fn give_out(&self) {
        std::fs::remove_dir(&self.file).unwrap();
        std::fs::rename(&self.aside, &self.file).unwrap();
    }
}

/// Puts in the place of a file one that nothing can be written to and that cannot be emptied, as long as what is answered is held.
fn stuck(file: &std::path::Path) -> std::fs::File {
    std::fs::remove_file(file).unwrap();
    nix::unistd::mkfifo(file, nix::sys::stat::Mode::S_IRWXU).unwrap();
    std::fs::OpenOptions::new().read(true).write(true).open(file).unwrap()
}

#[tokio::test]
async fn a_damaged_answer_is_counted_and_the_others_are_taken_in() {
    let handed = handed().await;
    let patient = handed.patient();
    let mut ends = vec![0];
    for answer in answers() {
        patient.answer(&answer).unwrap();
        ends.push(std::fs::metadata(&drafts(&handed.room)[0]).unwrap().len() as usize);
    }
    drop(patient);
    let file = drafts(&handed.room).remove(0);
    let mut bytes = std::fs::read(&file).unwrap();
    // The answer that rates sleep.
    bytes[ends[5] + 20] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let house = handed.room.house();
    let clinic = unlock(&house, &handed.ruth, RUTHS_PASSPHRASE).await.unwrap();
    let seen = read(&clinic, &handed.hna).await;
    assert_eq!(seen.next_unanswered.as_deref(), Some("physical.sleep"));
    let line = seen.hand_over.unwrap();
    assert_eq!((line.answers, line.unreadable), (11, 1));
    clinic.close().await;
}

#[tokio::test]
async fn what_could_not_be_taken_back_keeps_nobody_out_and_is_there_before_the_assessment_ends() {
    let handed = handed().await;
    one_answer(&handed);
    let withheld = Withheld::of(&handed);
    let house = handed.room.house();
    let clinic = unlock(&house, &handed.ruth, RUTHS_PASSPHRASE).await.unwrap();
    assert!(read(&clinic, &handed.hna).await.hand_over.is_none());
    let complete = || CompleteHna { hna: handed.hna.clone(), day: "14".into(), month: "7".into() };
    assert_eq!(code(clinic.complete_hna(complete()).await), Code::NotSaved);
    // No other act goes on without what "Saved" promised.
    let before = read(&clinic, &handed.hna).await;
    assert!(before.answers_waiting);
    assert_eq!(code(clinic.tick_concern(one_of(&handed.hna, "physical.fatigue")).await), Code::NotSaved);
    let discard = DiscardHna { hna: handed.hna.clone(), reason: "Too tired".into() };
    assert_eq!(code(clinic.discard_hna(discard).await), Code::NotSaved);
    assert_eq!(code(clinic.hand_over(hand_over(&handed.hna, PIN, PIN)).await), Code::NotSaved);
    assert_eq!((read(&clinic, &handed.hna).await.revision, drafts(&handed.room).len()), (before.revision, 2));
    withheld.give_out();
    assert_eq!(code(clinic.complete_hna(complete()).await), Code::ChangedMeanwhile, "she has not seen them yet");
    let seen = read(&clinic, &handed.hna).await;
    assert!(!seen.answers_waiting && seen.hand_over.unwrap().answers == 1);
    assert_eq!(clinic.complete_hna(complete()).await.unwrap().concerns.len(), 2);
    clinic.close().await;
    let clinic = unlock(&house, &handed.ruth, RUTHS_PASSPHRASE).await.unwrap();
    assert!(drafts(&handed.room).is_empty(), "the file goes when it is not needed any more");
    clinic.close().await;
}

#[tokio::test]
async fn where_not_me_cannot_be_kept_nobody_leaves_and_nothing_but_trying_again_is_left() {
    let handed = handed().await;
    // A file that nothing can be written to at its place and that cannot be emptied, as on a disk that went read-only.
    let file = drafts(&handed.room).remove(0);
    let _reads = stuck(&file);
    // Nor can a mark be made beside it.
    std::fs::create_dir(mark(&handed, &file)).unwrap();
    let patient = handed.patient();
    assert_eq!(code(patient.answer(&answers()[0])), Code::NotSaved);
    assert_eq!(patient.front().unwrap().called, "Annie", "an answer that was not saved closes nothing");
    for time in ["once", "again"] {
        assert_eq!(code(patient.not_me()), Code::NotSaved, "{time}");
        assert_eq!(code(patient.answer(&answers()[0])), Code::Locked);
        assert_eq!(code(patient.hand_back(&pin(PIN))), Code::Locked, "nor is it handed back as if it were the patient");
        assert_eq!(code(patient.front()), Code::Locked, "nothing of the patient is told");
    }
}

#[tokio::test]
async fn a_damaged_or_torn_mark_is_still_the_mark() {
    let handed = handed().await;
    let patient = handed.patient();
    patient.answer(&answers()[0]).unwrap();
    let file = drafts(&handed.room).remove(0);
    let start = std::fs::metadata(&file).unwrap().len() as usize;
    patient.not_me().unwrap();
    let whole = std::fs::read(&file).unwrap();
    drop(patient);
    let mut damaged = whole.clone();
    damaged[start + 30] ^= 1;
    let mut beheaded = whole.clone();
    beheaded[start] ^= 1;
    for (bytes, unreadable) in [(damaged, 1), (beheaded, 1), (whole[..whole.len() - 1].to_vec(), 0)] {
        std::fs::write(&file, bytes).unwrap();
        let other = handed.room.after_a_crash();
        let house = other.house();
        let clinic = unlock(&house, &handed.ruth, RUTHS_PASSPHRASE).await.unwrap();
        let seen = read(&clinic, &handed.hna).await;
        assert_eq!((seen.concerns.len(), seen.method.code()), (1, "face_to_face"), "a stranger's answers stay out");
        let line = seen.hand_over.unwrap();
        assert_eq!((line.not_me, line.unreadable), (true, unreadable));
        clinic.close().await;
    }
}

#[tokio::test]
async fn a_file_that_is_gone_is_told() {
    let handed = handed().await;
    one_answer(&handed);
    std::fs::remove_file(drafts(&handed.room).remove(0)).unwrap();
    let house = handed.room.house();
    let clinic = unlock(&house, &handed.ruth, RUTHS_PASSPHRASE).await.unwrap();
    let seen = read(&clinic, &handed.hna).await;
    assert!(!seen.answers_waiting);
    let line = seen.hand_over.unwrap();
    assert_eq!((line.answers, line.unreadable, line.not_me), (0, 1, false));
    clinic.close().await;
}

/// Where it is marked that somebody was somebody else, when the disk takes nothing: in the account's runtime folder.
fn mark(handed: &Handed, file: &std::path::Path) -> PathBuf {
    let name = file.file_name().unwrap().to_str().unwrap();
    handed.room.profile().with_file_name(format!("holdfast-{name}.not-me"))
}

#[tokio::test]
async fn on_a_disk_that_stays_read_only_a_stranger_s_answers_stay_out_however_it_ends() {
    let handed = handed().await;
    let patient = handed.patient();
    for answer in &answers()[..5] {
        patient.answer(answer).unwrap();
    }
    drop(patient);
    // The disk takes nothing any more, and keeps what it has: nothing can be written at its place, and it cannot be emptied.
    let file = drafts(&handed.room).remove(0);
    let kept = std::fs::read(&file).unwrap();
    let reads = stuck(&file);
    let patient = handed.patient();
    patient.not_me().unwrap();
    assert_eq!(code(patient.answer(&answers()[0])), Code::Locked);
    // Killed now, or closed: it is the same.
    drop((patient, reads));
    std::fs::remove_file(&file).unwrap();
    std::fs::write(&file, kept).unwrap();
    assert!(mark(&handed, &file).is_file());

    let house = handed.room.house();
    let clinic = unlock(&house, &handed.ruth, RUTHS_PASSPHRASE).await.unwrap();
    let seen = read(&clinic, &handed.hna).await;
    assert_eq!((seen.concerns.len(), seen.method.code()), (1, "face_to_face"));
    assert!(seen.hand_over.unwrap().not_me && !seen.answers_waiting);
    assert!(!mark(&handed, &file).exists() && drafts(&handed.room).is_empty());
    clinic.close().await;
}

#[tokio::test]
async fn what_can_never_be_read_is_given_up_with_a_reason_and_the_assessment_goes_on() {
    let handed = handed().await;
    one_answer(&handed);
    let _withheld = Withheld::of(&handed);
    let house = handed.room.house();
    let clinic = unlock(&house, &handed.ruth, RUTHS_PASSPHRASE).await.unwrap();
    let give_up = |reason: &str| GiveUpAnswers { hna: handed.hna.clone(), reason: reason.into() };
    assert_eq!(faults(clinic.give_up_answers(give_up(" ")).await), fault("reason", "missing"));
    assert!(read(&clinic, &handed.hna).await.answers_waiting);
    let seen = clinic.give_up_answers(give_up("The disk is broken; asked her again")).await.unwrap();
    let line = seen.hand_over.unwrap();
    assert_eq!((line.answers, line.unreadable, line.not_me, seen.answers_waiting), (0, 1, false, false));
    assert_eq!(line.given_up.as_deref(), Some("The disk is broken; asked her again"));
    assert_eq!(seen.concerns.len(), 1, "what the nurse had stays");
    assert_eq!(code(clinic.give_up_answers(give_up("Again")).await), Code::Gone);
    let complete = CompleteHna { hna: handed.hna.clone(), day: "14".into(), month: "7".into() };
    assert_eq!(clinic.complete_hna(complete).await.unwrap().status.code(), "completed");
    clinic.close().await;
    let Handed { room, ruth, .. } = handed;
    let dek = kit::kept::key(&room, &ruth, RUTHS_PASSPHRASE);
    let kept = kit::kept::read(&room.profile().join("clinic.db"), &dek).unwrap();
    let told: Vec<_> = kept.lines.iter().filter(|(_, line)| line.contains("|give_up_answers|")).collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].1.contains("answers 0, unreadable 1, not_me false"), "the audit counts");
    assert!(kept.lines.iter().all(|(_, line)| !line.contains("The disk is broken")), "and has no free text");
}

#[tokio::test]
async fn what_can_be_read_is_taken_in_and_not_given_up() {
    let handed = handed().await;
    one_answer(&handed);
    let withheld = Withheld::of(&handed);
    let house = handed.room.house();
    let clinic = unlock(&house, &handed.ruth, RUTHS_PASSPHRASE).await.unwrap();
    withheld.give_out();
    let give_up = GiveUpAnswers { hna: handed.hna.clone(), reason: "It will not be read".into() };
    assert_eq!(code(clinic.give_up_answers(give_up).await), Code::ChangedMeanwhile);
    let seen = read(&clinic, &handed.hna).await;
    assert_eq!((seen.concerns.len(), seen.hand_over.unwrap().answers), (2, 1));
    clinic.close().await;
}

#[tokio::test]
async fn a_disk_that_fails_just_now_loses_no_answer_to_giving_up() {
    let handed = handed().await;
    one_answer(&handed);
    let folder = handed.room.profile().join("drafts");
    let aside = handed.room.profile().join("aside");
    // A link that leads to itself: the file is neither there nor gone.
    std::fs::rename(&folder, &aside).unwrap();
    std::os::unix::fs::symlink("drafts", &folder).unwrap();
    let house = handed.room.house();
    let clinic = unlock(&house, &handed.ruth, RUTHS_PASSPHRASE).await.unwrap();
    let give_up = || GiveUpAnswers { hna: handed.hna.clone(), reason: "The disk is broken".into() };
    assert_eq!(code(clinic.give_up_answers(give_up()).await), Code::NotSaved);
    let before = read(&clinic, &handed.hna).await;
    assert!(before.answers_waiting && before.hand_over.is_none());
    std::fs::remove_file(&folder).unwrap();
    std::fs::rename(&aside, &folder).unwrap();
    assert_eq!(code(clinic.give_up_answers(give_up()).await), Code::ChangedMeanwhile, "it reads again: it is taken in");
    let line = read(&clinic, &handed.hna).await.hand_over.unwrap();
    assert_eq!((line.answers, line.unreadable, line.given_up), (1, 0, None));
    clinic.close().await;
}

#[tokio::test]
async fn where_the_account_signed_out_meanwhile_the_answers_are_taken_in_with_a_warning() {
    let handed = handed().await;
    one_answer(&handed);
    let beside = |room: &Room| {
        let found = std::fs::read_dir(room.profile().parent().unwrap()).unwrap();
        let names = found.map(|file| file.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.ends_with(".out")).count()
    };
    assert_eq!(beside(&handed.room), 1);
    // A copy of the profile has nothing beside it, as after a restart of the PC.
    for (room, doubtful) in [(&handed.room.after_a_crash(), true), (&handed.room, false)] {
        let house = room.house();
        let clinic = unlock(&house, &handed.ruth, RUTHS_PASSPHRASE).await.unwrap();
        let line = read(&clinic, &handed.hna).await.hand_over.unwrap();
        assert_eq!((line.answers, line.not_me, line.doubtful), (1, false, doubtful));
        assert_eq!(beside(room), 0);
        clinic.close().await;
    }
}

#[tokio::test]
async fn a_file_that_is_far_too_long_is_given_up_and_goes() {
    let handed = handed().await;
    let file = drafts(&handed.room).remove(0);
    std::fs::OpenOptions::new().write(true).open(&file).unwrap().set_len(16 * 1024 * 1024 + 1).unwrap();
    let house = handed.room.house();
    let clinic = unlock(&house, &handed.ruth, RUTHS_PASSPHRASE).await.unwrap();
    assert!(read(&clinic, &handed.hna).await.answers_waiting && file.exists());
    let give_up = GiveUpAnswers { hna: handed.hna.clone(), reason: "Something else wrote to it".into() };
    let seen = clinic.give_up_answers(give_up).await.unwrap();
    assert_eq!(seen.hand_over.unwrap().given_up.as_deref(), Some("Something else wrote to it"));
    clinic.close().await;
    unlock(&house, &handed.ruth, RUTHS_PASSPHRASE).await.unwrap().close().await;
    assert!(!file.exists());
}
