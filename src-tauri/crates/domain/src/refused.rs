//! What a rule answers when it says no: an answer for a person, not a failure of the program.

/// One field of a form and why it was not taken; both are keys of messages, never what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldFault {
    /// The field's name as on the form, for example `born` or `treatments-0-start`.
    pub field: String,
    /// The reason's message key, for example `in_future`.
    pub reason: &'static str,
}

/// Why an act was not done. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("fields were not taken")]
    Fields(Vec<FieldFault>),
    #[error("this role may not do this")]
    NotAllowed,
    #[error("the day and month of birth differ from the record")]
    IdentityDiffers,
    #[error("the assessment is no longer open")]
    HnaClosed,
    #[error("not on this checklist, or not raised in this assessment")]
    NotThere,
    #[error("the assessment is not completed, or has no concern to plan for")]
    NothingToPlan,
    #[error("a plan from this assessment was agreed")]
    AlreadyPlanned,
    #[error("the plan is locked")]
    PlanLocked,
    #[error("the plan is not locked")]
    PlanNotLocked,
    #[error("the summary is signed")]
    SummarySigned,
    #[error("the summary is not signed")]
    SummaryNotSigned,
    #[error("the offer is marked as a mistake")]
    OfferMistaken,
    #[error("the patient had died by that day")]
    AfterDeath,
    #[error("no death is recorded, or one is already")]
    DeathDiffers,
    #[error("the invitation was answered or withdrawn")]
    InvitationClosed,
    #[error("the answers were taken, refused or cleared")]
    AnswersSettled,
    #[error("the appointment was held, missed or cancelled")]
    AppointmentEnded,
    #[error("the place was taken, missed or cancelled")]
    BookingEnded,
    #[error("fewer than two facts were given")]
    TwoFacts,
}

impl Refused {
    /// One field and its reason.
    pub fn field(field: &str, reason: &'static str) -> Refused {
        Refused::Fields(vec![FieldFault { field: field.to_owned(), reason }])
    }
}
