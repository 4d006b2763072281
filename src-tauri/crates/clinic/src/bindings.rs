//! The screen's side of the contract: every request, view and closed list as TypeScript, generated from the types here.

use domain::appointment::{AppointmentStatus, Channel};
use domain::care_plan::{ActionKind, OwnerKind, PlanStatus};
use domain::checklist::{ChecklistKind, PackFault};
use domain::hna::{AnsweredBy, HnaStatus, Method, PathwayPoint};
use domain::home_answers::{AnswersState, Doubt};
use domain::invitation::{CodeKind, InvitationStanding};
use domain::offer::Decision;
use domain::patient::{Gender, TreatmentKind};
use domain::staff::Role;
use domain::treatment_summary::SummaryStatus;
use fhir::AnswersFault;
use sync::Reason;
use ts_rs::{Config, TS};

use crate::clinic::{Desk, Noun};
use crate::enrolment::EnrolFirstNurse;
use crate::hna_view::{AnswerView, DomainView, ItemView, TopicView};
use crate::house::{Front, NurseCard};
use crate::patient_view::Highest;
use crate::unlock::{Unlock, UnlockWithRecoveryCode};
use crate::when::{Day, When};
use crate::*;

/// The commands of the window: name, request, reply.
pub const COMMANDS: &[(&str, &str, &str)] = &[
    ("front", "null", "Front"),
    ("enrol_first_nurse", "EnrolFirstNurse", "Desk"),
    ("unlock", "Unlock", "Desk"),
    ("unlock_with_recovery_code", "UnlockWithRecoveryCode", "Desk"),
    ("open_training", "null", "Desk"),
    ("lock", "null", "null"),
    ("stay", "null", "null"),
    ("desk", "null", "Desk"),
    ("keep_place", "Place", "null"),
    ("list_staff", "null", "Array<StaffView>"),
    ("add_nurse", "AddNurse", "Array<StaffView>"),
    ("set_passphrase", "SetPassphrase", "Array<StaffView>"),
    ("issue_recovery_code", "IssueRecoveryCode", "RecoveryCode"),
    ("confirm_recovery_code", "ConfirmRecoveryCode", "Desk"),
    ("today", "null", "Today"),
    ("cancer_types", "null", "Array<string>"),
    ("register_patient", "RegisterPatient", "Overview"),
    ("correct_patient", "CorrectPatient", "Overview"),
    ("find_patients", "FindPatients", "Found"),
    ("open_patient", "OpenPatient", "Overview"),
    ("record_death", "RecordDeath", "Overview"),
    ("take_back_death", "TakeBackDeath", "Overview"),
    ("record_offer", "RecordOffer", "Overview"),
    ("mark_offer_mistaken", "MarkOfferMistaken", "Overview"),
    ("read_checklist", "ReadChecklist", "ChecklistView"),
    ("list_checklists", "null", "Checklists"),
    ("start_hna", "StartHna", "HnaView"),
    ("read_hna", "ReadHna", "HnaView"),
    ("tick_concern", "OneConcern", "HnaView"),
    ("untick_concern", "OneConcern", "HnaView"),
    ("add_own_concern", "AddOwnConcern", "HnaView"),
    ("decline_domain", "DeclineDomain", "HnaView"),
    ("rate_concern", "RateConcern", "HnaView"),
    ("decline_concern", "OneConcern", "HnaView"),
    ("talk_privately", "TalkPrivately", "HnaView"),
    ("rank_concerns", "RankConcerns", "HnaView"),
    ("want_information", "WantInformation", "HnaView"),
    ("write_questions", "WriteQuestions", "HnaView"),
    ("complete_hna", "CompleteHna", "HnaView"),
    ("discard_hna", "DiscardHna", "HnaView"),
    ("hand_over", "HandOver", "null"),
    ("come_back", "null", "Desk"),
    ("start_care_plan", "StartCarePlan", "CarePlanView"),
    ("read_care_plan", "ReadCarePlan", "CarePlanView"),
    ("write_what_matters", "WriteWhatMatters", "CarePlanView"),
    ("add_action", "AddAction", "CarePlanView"),
    ("write_action", "WriteAction", "CarePlanView"),
    ("remove_action", "RemoveAction", "CarePlanView"),
    ("lock_care_plan", "LockCarePlan", "CarePlanView"),
    ("unlock_care_plan", "UnlockCarePlan", "CarePlanView"),
    ("list_templates", "ListTemplates", "Array<TemplateLine>"),
    ("read_template", "ReadTemplate", "TemplateView"),
    ("start_treatment_summary", "StartTreatmentSummary", "SummaryView"),
    ("read_treatment_summary", "ReadTreatmentSummary", "SummaryView"),
    ("choose_line", "ChooseLine", "SummaryView"),
    ("drop_line", "DropLine", "SummaryView"),
    ("fill_slot", "FillSlot", "SummaryView"),
    ("add_own_line", "AddOwnLine", "SummaryView"),
    ("write_own_line", "WriteOwnLine", "SummaryView"),
    ("sign_treatment_summary", "SignTreatmentSummary", "SummaryView"),
    ("amend_treatment_summary", "AmendTreatmentSummary", "SummaryView"),
    ("invite", "Invite", "InvitationView"),
    ("read_invitation", "ReadInvitation", "InvitationView"),
    ("withdraw_invitation", "WithdrawInvitation", "InvitationView"),
    ("take_in_answers", "null", "TakenIn | null"),
    ("read_answers", "ReadAnswers", "AnswersView"),
    ("confirm_answers", "ConfirmAnswers", "AnswersView"),
    ("refuse_answers", "RefuseAnswers", "AnswersView"),
    ("clear_alert", "ClearAlert", "AnswersView"),
    ("book_appointment", "BookAppointment", "AppointmentView"),
    ("read_appointment", "ReadAppointment", "AppointmentView"),
    ("change_appointment", "ChangeAppointment", "AppointmentView"),
    ("cancel_appointment", "CancelAppointment", "AppointmentView"),
    ("end_appointment", "EndAppointment", "AppointmentView"),
    ("preview_paper", "PaperOf", "PaperView"),
    ("list_printers", "null", "Printers"),
    ("save_paper", "SavePaper", "SavedPaper"),
    ("save_paper_elsewhere", "SavePaper", "SavedPaper | null"),
    ("print_paper", "PrintPaper", "Printed"),
    ("list_refused", "null", "Array<RefusedLine>"),
    ("try_again", "TryAgain", "Array<RefusedLine>"),
    ("send_now", "null", "Desk"),
];

/// The commands of the patient's window, which has no others: name, request, reply.
pub const PATIENT_COMMANDS: &[(&str, &str, &str)] = &[
    ("patient_front", "null", "PatientFront"),
    ("patient_answer", "PatientAnswer", "PatientAnswers"),
    ("patient_not_me", "null", "null"),
    ("hand_back", "HandBack", "WrongPin"),
];

const HEAD: &str =
    "// Generated by `cargo xtask bindings` from the requests and views of the clinic crate. Do not edit.

export type StaffId = string & { readonly __brand: \"StaffId\" };
export type PatientId = string & { readonly __brand: \"PatientId\" };
export type HnaId = string & { readonly __brand: \"HnaId\" };
export type CarePlanId = string & { readonly __brand: \"CarePlanId\" };
export type TreatmentSummaryId = string & { readonly __brand: \"TreatmentSummaryId\" };
export type OfferId = string & { readonly __brand: \"OfferId\" };
export type InvitationId = string & { readonly __brand: \"InvitationId\" };
export type AnswersId = string & { readonly __brand: \"AnswersId\" };
export type AppointmentId = string & { readonly __brand: \"AppointmentId\" };
export type SendingId = string & { readonly __brand: \"SendingId\" };
/** A concern is named by its linkId on the checklist, or by \"own-1\", \"own-2\" for the patient's own words. */
export type ConcernKey = string;
export type RecordSending = \"draft\" | \"saved_here\" | \"waiting\" | \"sent\" | \"needs_you\";
";

/// The whole of `ui/src/ipc/bindings.ts`.
pub fn bindings() -> String {
    let config = Config::new().with_large_int("number");
    let mut text = String::from(HEAD);
    let mut union = |name: &str, codes: Vec<&str>| {
        let members: Vec<_> = codes.iter().map(|code| format!("\n  | \"{code}\"")).collect();
        text.push_str(&format!("export type {name} ={};\n", members.concat()));
    };
    union("Role", Role::ALL.iter().map(|m| m.code()).collect());
    union("Gender", Gender::ALL.iter().map(|m| m.code()).collect());
    union("TreatmentKind", TreatmentKind::ALL.iter().map(|m| m.code()).collect());
    union("HnaStatus", HnaStatus::ALL.iter().map(|m| m.code()).collect());
    union("AnsweredBy", AnsweredBy::ALL.iter().map(|m| m.code()).collect());
    union("Method", Method::ALL.iter().map(|m| m.code()).collect());
    union("ChecklistKind", ChecklistKind::ALL.iter().map(|m| m.code()).collect());
    union("PackFault", PackFault::ALL.iter().map(|m| m.code()).collect());
    union("PathwayPoint", PathwayPoint::ALL.iter().map(|m| m.code()).collect());
    union("Decision", Decision::ALL.iter().map(|m| m.code()).collect());
    union("PlanStatus", PlanStatus::ALL.iter().map(|m| m.code()).collect());
    union("ActionKind", ActionKind::ALL.iter().map(|m| m.code()).collect());
    union("OwnerKind", OwnerKind::ALL.iter().map(|m| m.code()).collect());
    union("SummaryStatus", SummaryStatus::ALL.iter().map(|m| m.code()).collect());
    union("CodeKind", CodeKind::ALL.iter().map(|m| m.code()).collect());
    union("InvitationStanding", InvitationStanding::ALL.iter().map(|m| m.code()).collect());
    union("AnswersState", AnswersState::ALL.iter().map(|m| m.code()).collect());
    union("Doubt", Doubt::ALL.iter().map(|m| m.code()).collect());
    union("AnswersFault", AnswersFault::ALL.iter().map(|m| m.code()).collect());
    union("Channel", Channel::ALL.iter().map(|m| m.code()).collect());
    union("AppointmentStatus", AppointmentStatus::ALL.iter().map(|m| m.code()).collect());
    union("PaperKind", PaperKind::ALL.iter().map(|m| m.code()).collect());
    union("Code", Code::ALL.iter().map(|m| m.code()).collect());
    union("RefusalReason", Reason::ALL.iter().map(|m| m.code()).collect());
    union("Noun", Noun::ALL.iter().map(|m| m.code()).collect());
    macro_rules! declare {
        ($($type:ty),+ $(,)?) => {$(
            text.push_str("\nexport ");
            text.push_str(&<$type as TS>::decl(&config));
            text.push('\n');
        )+};
    }
    declare![
        When,
        Day,
        TypedDate,
        Problem,
        Field,
        Front,
        NurseCard,
        Organisation,
        EnrolFirstNurse,
        Unlock,
        UnlockWithRecoveryCode,
        Desk,
        Sending,
        Place,
        StaffView,
        RecoveryCode,
        ConfirmRecoveryCode,
        AddNurse,
        SetPassphrase,
        IssueRecoveryCode,
        PatientForm,
        Needs,
        TreatmentForm,
        RegisterPatient,
        CorrectPatient,
        OpenPatient,
        RecordDeath,
        TakeBackDeath,
        RecordOffer,
        MarkOfferMistaken,
        Banner,
        Overview,
        Diagnosis,
        TreatmentLine,
        OfferDue,
        OfferLine,
        MistakenView,
        HnaLine,
        PlanLine,
        SummaryLine,
        SignatureView,
        VersionLine,
        Highest,
        LookLine,
        FindPatients,
        Found,
        FoundPatient,
        StartHna,
        ReadHna,
        OneConcern,
        AddOwnConcern,
        DeclineDomain,
        RateConcern,
        TalkPrivately,
        RankConcerns,
        WantInformation,
        WriteQuestions,
        CompleteHna,
        DiscardHna,
        ReadChecklist,
        HnaView,
        ConcernView,
        AnswerView,
        ChecklistView,
        DomainView,
        ItemView,
        TopicView,
        HandOver,
        HandOverLine,
        PatientFront,
        PatientAnswers,
        PatientAnswer,
        HandBack,
        WrongPin,
        Checklists,
        ChecklistLine,
        RefusedChecklist,
        Today,
        WorkItem,
        StartCarePlan,
        ReadCarePlan,
        WriteWhatMatters,
        AddAction,
        WriteAction,
        RemoveAction,
        LockCarePlan,
        UnlockCarePlan,
        CarePlanView,
        PlanConcernView,
        ActionView,
        ListTemplates,
        TemplateLine,
        ReadTemplate,
        TemplateView,
        SectionView,
        GroupView,
        LineView,
        SlotView,
        OptionView,
        StartTreatmentSummary,
        ReadTreatmentSummary,
        ChooseLine,
        DropLine,
        FillSlot,
        AddOwnLine,
        WriteOwnLine,
        SignTreatmentSummary,
        AmendTreatmentSummary,
        SummaryView,
        ChosenView,
        FilledSlot,
        Offer,
        OwnLineView,
        PaperOf,
        PaperView,
        Printers,
        Printer,
        SavePaper,
        SavedPaper,
        PrintPaper,
        Printed,
        Invite,
        ReadInvitation,
        WithdrawInvitation,
        InvitationLine,
        InvitationView,
        ReadAnswers,
        ConfirmAnswers,
        RefuseAnswers,
        ClearAlert,
        TakenIn,
        AnswersLine,
        GivenPerson,
        AnswersView,
        Cleared,
        AppointmentForm,
        BookAppointment,
        ReadAppointment,
        ChangeAppointment,
        CancelAppointment,
        EndAppointment,
        AppointmentLine,
        AppointmentView,
        RefusedLine,
        TryAgain,
    ];
    text.push_str("\n/** The commands of the window: request and reply. */\nexport interface Commands {\n");
    for (name, request, reply) in COMMANDS {
        text.push_str(&format!("  {name}: [{request}, {reply}];\n"));
    }
    text.push_str("}\n\n/** The commands of the patient's window, which has no others: request and reply. */\n");
    text.push_str("export interface PatientCommands {\n");
    for (name, request, reply) in PATIENT_COMMANDS {
        text.push_str(&format!("  {name}: [{request}, {reply}];\n"));
    }
    text.push_str("}\n");
    text
}
