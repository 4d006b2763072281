//! The kinds of act: one word each, the same in the clinic, the command, TypeScript and the audit; and who may do it.

use crate::codes;
use crate::refused::Refused;
use crate::staff::{By, Role};

codes! {
    /// A kind of act.
    Op {
        EnrolFirstNurse = "enrol_first_nurse",
        AddNurse = "add_nurse",
        SetPassphrase = "set_passphrase",
        IssueRecoveryCode = "issue_recovery_code",
        ConfirmRecoveryCode = "confirm_recovery_code",
        Unlock = "unlock",
        UnlockWithRecoveryCode = "unlock_with_recovery_code",
        /// In again with the PIN of a hand-over.
        ComeBack = "come_back",
        Lock = "lock",
        KeepPlace = "keep_place",
        Today = "today",
        FindPatients = "find_patients",
        OpenPatient = "open_patient",
        RegisterPatient = "register_patient",
        CorrectPatient = "correct_patient",
        RecordDeath = "record_death",
        TakeBackDeath = "take_back_death",
        RecordOffer = "record_offer",
        RecordPlanOffer = "record_plan_offer",
        MarkOfferMistaken = "mark_offer_mistaken",
        StartHna = "start_hna",
        ScoreAgain = "score_again",
        ReadHna = "read_hna",
        ReadChanges = "read_changes",
        TickConcern = "tick_concern",
        UntickConcern = "untick_concern",
        AddOwnConcern = "add_own_concern",
        DeclineDomain = "decline_domain",
        RateConcern = "rate_concern",
        DeclineConcern = "decline_concern",
        TalkPrivately = "talk_privately",
        RankConcerns = "rank_concerns",
        WantInformation = "want_information",
        WriteQuestions = "write_questions",
        CompleteHna = "complete_hna",
        DiscardHna = "discard_hna",
        HandOver = "hand_over",
        /// What a patient answered alone comes into the record; whoever opens next does it, and nobody by hand.
        TakeBack = "take_back",
        /// A file that can never be read again is given up, with what was in it.
        GiveUpAnswers = "give_up_answers",
        StartCarePlan = "start_care_plan",
        ReadCarePlan = "read_care_plan",
        WriteWhatMatters = "write_what_matters",
        AddAction = "add_action",
        WriteAction = "write_action",
        RemoveAction = "remove_action",
        /// On a locked plan it is sent; on a draft it is not, as nothing of a draft is.
        EndAction = "end_action",
        ReopenAction = "reopen_action",
        AddConcern = "add_concern",
        RemoveConcern = "remove_concern",
        AgreeNothing = "agree_nothing",
        LockCarePlan = "lock_care_plan",
        UnlockCarePlan = "unlock_care_plan",
        ReviewCarePlan = "review_care_plan",
        CarryAction = "carry_action",
        /// An action is made of an entry of the directory.
        TakeSuggestion = "take_suggestion",
        AddDirectoryEntry = "add_directory_entry",
        ChangeDirectoryEntry = "change_directory_entry",
        CheckDirectoryEntry = "check_directory_entry",
        RetireDirectoryEntry = "retire_directory_entry",
        ComparePlans = "compare_plans",
        StartTreatmentSummary = "start_treatment_summary",
        ReadTreatmentSummary = "read_treatment_summary",
        ChooseLine = "choose_line",
        DropLine = "drop_line",
        FillSlot = "fill_slot",
        AddOwnLine = "add_own_line",
        WriteOwnLine = "write_own_line",
        SignTreatmentSummary = "sign_treatment_summary",
        AmendTreatmentSummary = "amend_treatment_summary",
        Invite = "invite",
        ReadInvitation = "read_invitation",
        WithdrawInvitation = "withdraw_invitation",
        TakeInAnswers = "take_in_answers",
        ReadAnswers = "read_answers",
        ConfirmAnswers = "confirm_answers",
        RefuseAnswers = "refuse_answers",
        ClearAlert = "clear_alert",
        BookAppointment = "book_appointment",
        ReadAppointment = "read_appointment",
        ChangeAppointment = "change_appointment",
        CancelAppointment = "cancel_appointment",
        EndAppointment = "end_appointment",
        AddClinicVisit = "add_clinic_visit",
        ReadClinicVisit = "read_clinic_visit",
        TakeOffClinicVisit = "take_off_clinic_visit",
        PutBackClinicVisit = "put_back_clinic_visit",
        TakeInClinicList = "take_in_clinic_list",
        ListSessions = "list_sessions",
        ReadSession = "read_session",
        AddSession = "add_session",
        ChangeSession = "change_session",
        WriteSessionDate = "write_session_date",
        CancelSessionDate = "cancel_session_date",
        RetireSession = "retire_session",
        BookSession = "book_session",
        ReadBooking = "read_booking",
        ChangeBooking = "change_booking",
        ConfirmBooking = "confirm_booking",
        RemindBooking = "remind_booking",
        EndBooking = "end_booking",
        CancelBooking = "cancel_booking",
        PreviewPaper = "preview_paper",
        SavePaper = "save_paper",
        PrintPaper = "print_paper",
        ReportPeriod = "report_period",
        ReadCosd = "read_cosd",
        SaveReport = "save_report",
        ListRefused = "list_refused",
        /// A look at how sending stands, patient by patient.
        ViewSync = "view_sync",
        TryAgain = "try_again",
        SendNow = "send_now",
        ViewConflict = "view_conflict",
        /// A person says which of two versions of a record goes on.
        ResolveConflict = "resolve_conflict",
        WithdrawSending = "withdraw_sending",
        ExportRefused = "export_refused",
        /// The key, or the certificate, by which the trust's server knows this PC.
        TakeInServerKey = "take_in_server_key",
        /// What waits is written to a file that is carried to the trust by hand.
        CarryOutbox = "carry_outbox",
        /// A key holder has the trust's server asked what it really does.
        CheckServer = "check_server",
        SaveServerReport = "save_server_report",
        /// What the app does when a clinic is opened: new checklists of the trust are kept.
        KeepChecklists = "keep_checklists",
        /// The queue's own: nobody does it by hand.
        SendRecord = "send_record",
        /// What somebody else changed at the trust comes into the record beside what was changed here; the queue's own, too.
        MergeFromTrust = "merge_from_trust",
        /// What was fetched from the trust becomes a record here, or its next revision; nobody does it by hand, either.
        ReceiveFromTrust = "receive_from_trust",
        /// What stands on the clinic list follows the trust's appointments; the courier's own.
        FollowClinicList = "follow_clinic_list",
        /// Answers from home that stood at the trust are taken in; the courier's own, too.
        ReceiveAnswers = "receive_answers",
        /// A person has seen what happened at the trust, or says what is to be concluded from it.
        SettleNotice = "settle_notice",
        /// What the server lost goes again: a few by the queue itself, more when a person says so.
        SendAgain = "send_again",
    }
}

impl Op {
    /// May this person do it? Refused with [`Refused::NotAllowed`] when not.
    pub fn check(self, by: &By) -> Result<(), Refused> {
        let may = match self {
            Op::AddNurse
            | Op::SetPassphrase
            | Op::IssueRecoveryCode
            | Op::ConfirmRecoveryCode
            | Op::CarryOutbox
            | Op::TakeInServerKey => by.key_holder,
            Op::CheckServer | Op::SaveServerReport => by.key_holder,
            // A role nobody recorded may look and be corrected, but not chart.
            Op::RegisterPatient
            | Op::CorrectPatient
            | Op::RecordDeath
            | Op::TakeBackDeath
            | Op::RecordOffer
            | Op::RecordPlanOffer
            | Op::MarkOfferMistaken
            | Op::StartHna
            | Op::ScoreAgain
            | Op::TickConcern
            | Op::UntickConcern
            | Op::AddOwnConcern
            | Op::DeclineDomain
            | Op::RateConcern
            | Op::DeclineConcern
            | Op::TalkPrivately
            | Op::RankConcerns
            | Op::WantInformation
            | Op::WriteQuestions
            | Op::CompleteHna
            | Op::DiscardHna
            | Op::HandOver
            | Op::GiveUpAnswers
            | Op::StartCarePlan
            | Op::WriteWhatMatters
            | Op::AddAction
            | Op::WriteAction
            | Op::RemoveAction
            | Op::EndAction
            | Op::ReopenAction
            | Op::AddConcern
            | Op::RemoveConcern
            | Op::AgreeNothing
            | Op::LockCarePlan
            | Op::UnlockCarePlan
            | Op::ReviewCarePlan
            | Op::CarryAction
            | Op::TakeSuggestion
            | Op::AddDirectoryEntry
            | Op::ChangeDirectoryEntry
            | Op::CheckDirectoryEntry
            | Op::RetireDirectoryEntry
            | Op::StartTreatmentSummary
            | Op::ChooseLine
            | Op::DropLine
            | Op::FillSlot
            | Op::AddOwnLine
            | Op::WriteOwnLine
            | Op::SignTreatmentSummary
            | Op::AmendTreatmentSummary
            | Op::Invite
            | Op::WithdrawInvitation
            | Op::TakeInAnswers
            | Op::ConfirmAnswers
            | Op::RefuseAnswers
            | Op::ClearAlert
            | Op::BookAppointment
            | Op::ChangeAppointment
            | Op::CancelAppointment
            | Op::EndAppointment
            | Op::AddClinicVisit
            | Op::TakeOffClinicVisit
            | Op::PutBackClinicVisit
            | Op::TakeInClinicList
            | Op::AddSession
            | Op::ChangeSession
            | Op::WriteSessionDate
            | Op::CancelSessionDate
            | Op::RetireSession
            | Op::BookSession
            | Op::ChangeBooking
            | Op::ConfirmBooking
            | Op::RemindBooking
            | Op::EndBooking
            | Op::CancelBooking
            | Op::ResolveConflict
            | Op::WithdrawSending
            | Op::ExportRefused
            | Op::SettleNotice
            | Op::SendAgain
            | Op::SaveReport => by.role != Role::NotKnown,
            Op::EnrolFirstNurse
            | Op::Unlock
            | Op::UnlockWithRecoveryCode
            | Op::ComeBack
            | Op::TakeBack
            | Op::Lock
            | Op::KeepPlace
            | Op::Today
            | Op::FindPatients
            | Op::OpenPatient
            | Op::ReadHna
            | Op::ReadChanges
            | Op::ReadCarePlan
            | Op::ComparePlans
            | Op::ReadTreatmentSummary
            | Op::ReadInvitation
            | Op::ReadAnswers
            | Op::ReadAppointment
            | Op::ReadClinicVisit
            | Op::ListSessions
            | Op::ReadSession
            | Op::ReadBooking
            | Op::PreviewPaper
            | Op::SavePaper
            | Op::PrintPaper
            | Op::ReportPeriod
            | Op::ReadCosd
            | Op::ListRefused
            | Op::ViewSync
            | Op::TryAgain
            | Op::SendNow
            | Op::ViewConflict
            | Op::KeepChecklists
            | Op::SendRecord
            | Op::FollowClinicList
            | Op::ReceiveAnswers
            | Op::MergeFromTrust
            | Op::ReceiveFromTrust => true,
        };
        may.then_some(()).ok_or(Refused::NotAllowed)
    }

    /// Does this act make a revision that the trust may have? It then adds a sending in the same transaction.
    ///
    /// Acts on a draft do not: the act that ends the draft does, and what an act on both saves as a draft is held back where it is
    /// saved. A discarded draft never leaves the PC.
    pub fn sends(self) -> bool {
        matches!(
            self,
            Op::RegisterPatient
                | Op::CorrectPatient
                | Op::RecordDeath
                | Op::TakeBackDeath
                | Op::RecordOffer
                | Op::RecordPlanOffer
                | Op::MarkOfferMistaken
                | Op::CompleteHna
                | Op::Invite
                | Op::WithdrawInvitation
                | Op::TakeInAnswers
                | Op::ReceiveAnswers
                | Op::ConfirmAnswers
                | Op::BookAppointment
                | Op::ChangeAppointment
                | Op::CancelAppointment
                | Op::EndAppointment
                | Op::BookSession
                | Op::ChangeBooking
                | Op::ConfirmBooking
                | Op::EndBooking
                | Op::CancelBooking
                | Op::EndAction
                | Op::ReopenAction
                | Op::LockCarePlan
                | Op::SignTreatmentSummary
                | Op::ResolveConflict
        )
    }

    /// Is it written in the audit? Moving between screens is no act on anybody's record.
    pub fn audited(self) -> bool {
        self != Op::KeepPlace
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::StaffId;

    fn by(role: Role, key_holder: bool) -> By {
        let staff = StaffId::from_random([1; 16]);
        By { staff, name: "Ruth Invented".to_owned(), role, key_holder, at: 0, pc: String::new() }
    }

    #[test]
    fn keys_are_for_key_holders_and_charting_is_for_known_roles() {
        assert_eq!(Op::AddNurse.check(&by(Role::CancerNurseSpecialist, false)), Err(Refused::NotAllowed));
        assert_eq!(Op::AddNurse.check(&by(Role::SupportWorker, true)), Ok(()));
        assert_eq!(Op::RateConcern.check(&by(Role::SupportWorker, false)), Ok(()));
        assert_eq!(Op::RateConcern.check(&by(Role::NotKnown, true)), Err(Refused::NotAllowed));
    }

    #[test]
    fn a_draft_is_not_sent() {
        assert!(!Op::RateConcern.sends() && !Op::StartHna.sends() && Op::CompleteHna.sends());
    }
}
