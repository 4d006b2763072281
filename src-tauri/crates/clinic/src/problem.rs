//! Every way an act can fail, as a closed code that the screen has words for. Never what was typed, never a name.

use domain::id::PatientId;
use domain::{Refused, codes};
use security::{KeyStoreFault, OpenFault, RandomFault, SealFault, VaultFault};
use serde::Serialize;
use ts_rs::TS;

codes! {
    /// A code exists only where the screen acts on it or says something of its own; its words are `problem-<code>`.
    Code {
        WrongPassphrase = "wrong_passphrase",
        Wait = "wait",
        NoKeyStore = "no_key_store",
        KeyStoreLocked = "key_store_locked",
        NoEntry = "no_entry",
        KeyChanged = "key_changed",
        VaultUnreadable = "vault_unreadable",
        DatabaseUnreadable = "database_unreadable",
        WrongRecoveryCode = "wrong_recovery_code",
        RecoveryCodeMistyped = "recovery_code_mistyped",
        ProfileInUse = "profile_in_use",
        ProfileUnwritable = "profile_unwritable",
        DiskFull = "disk_full",
        NotSaved = "not_saved",
        Field = "field",
        NotReady = "not_ready",
        NotAllowed = "not_allowed",
        Locked = "locked",
        Gone = "gone",
        ChangedMeanwhile = "changed_meanwhile",
        IdentityDiffers = "identity_differs",
        AlreadyCompleted = "already_completed",
        DuplicatePatient = "duplicate_patient",
        LikelyDuplicate = "likely_duplicate",
        DuplicateOffer = "duplicate_offer",
        AfterDeath = "after_death",
        EventsAfterDeath = "events_after_death",
        TwoFacts = "two_facts",
        NoPortal = "no_portal",
        NoMatch = "no_match",
        InvitationClosed = "invitation_closed",
        AppointmentEnded = "appointment_ended",
        BookingEnded = "booking_ended",
        NothingToPlan = "nothing_to_plan",
        AlreadyPlanned = "already_planned",
        PlanLocked = "plan_locked",
        SummarySigned = "summary_signed",
        PlanUnlocked = "plan_unlocked",
        StillNeeded = "still_needed",
        NoGlyph = "no_glyph",
        FolderUnwritable = "folder_unwritable",
        NoPrinter = "no_printer",
        PrinterPaused = "printer_paused",
        NotPrinted = "not_printed",
        MaybePrinted = "maybe_printed",
        Unexpected = "unexpected",
    }
}

/// One field of a form and why it was not taken; its words are `field-<reason>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Field {
    pub field: String,
    pub reason: String,
}

/// Why an act was not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Problem {
    #[ts(type = "Code")]
    pub code: Code,
    pub fields: Vec<Field>,
    /// With `wait`: seconds until the next try.
    pub seconds: Option<i64>,
    /// With `duplicate_patient` and `likely_duplicate`: who is here already.
    #[ts(type = "PatientId | null")]
    pub patient: Option<PatientId>,
    /// With `no_glyph`: the character that cannot be printed.
    pub character: Option<String>,
}

impl From<Code> for Problem {
    fn from(code: Code) -> Problem {
        Problem { code, fields: Vec::new(), seconds: None, patient: None, character: None }
    }
}

impl Problem {
    /// Something that no screen can act on; its cause was printed as a code.
    pub fn unexpected() -> Problem {
        Code::Unexpected.into()
    }

    pub(crate) fn field(field: &str, reason: &str) -> Problem {
        let fields = vec![Field { field: field.to_owned(), reason: reason.to_owned() }];
        Problem { fields, ..Code::Field.into() }
    }

    pub(crate) fn likely_duplicate(patient: PatientId) -> Problem {
        Problem { patient: Some(patient), ..Code::LikelyDuplicate.into() }
    }

    pub(crate) fn wait(ms: i64) -> Problem {
        Problem { seconds: Some((ms + 999) / 1000), ..Code::Wait.into() }
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Problem {
        match refused {
            Refused::Fields(faults) => {
                let fields =
                    faults.into_iter().map(|f| Field { field: f.field, reason: f.reason.to_owned() }).collect();
                Problem { fields, ..Code::Field.into() }
            }
            Refused::NotAllowed => Code::NotAllowed.into(),
            Refused::IdentityDiffers => Code::IdentityDiffers.into(),
            Refused::HnaClosed => Code::AlreadyCompleted.into(),
            Refused::NotThere => Code::Gone.into(),
            Refused::NothingToPlan => Code::NothingToPlan.into(),
            Refused::AlreadyPlanned => Code::AlreadyPlanned.into(),
            Refused::PlanLocked => Code::PlanLocked.into(),
            Refused::SummarySigned => Code::SummarySigned.into(),
            // Only a screen that has not heard of a colleague's change asks for these.
            Refused::PlanNotLocked | Refused::SummaryNotSigned => Code::ChangedMeanwhile.into(),
            Refused::AfterDeath => Code::AfterDeath.into(),
            // Only a screen that has not heard of a colleague's change asks for these.
            Refused::OfferMistaken | Refused::DeathDiffers => Code::ChangedMeanwhile.into(),
            Refused::InvitationClosed => Code::InvitationClosed.into(),
            Refused::AppointmentEnded => Code::AppointmentEnded.into(),
            Refused::BookingEnded => Code::BookingEnded.into(),
            Refused::AnswersSettled => Code::ChangedMeanwhile.into(),
            Refused::TwoFacts => Code::TwoFacts.into(),
        }
    }
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Problem {
        use store::Error as E;
        let code = match &error {
            E::NotOpened | E::Damaged | E::FileUnexpected | E::NewerSchema { .. } | E::Unreadable(_) => {
                Code::DatabaseUnreadable
            }
            E::ChangedMeanwhile => Code::ChangedMeanwhile,
            E::DuplicatePatient(patient) => {
                return Problem { patient: Some(*patient), ..Code::DuplicatePatient.into() };
            }
            E::DiskFull => Code::DiskFull,
            E::Sqlite(_) => Code::NotSaved,
            E::OldSqlite | E::Pragma(_) | E::ChecklistDiffers | E::TemplateDiffers | E::Randomness => Code::Unexpected,
        };
        if matches!(code, Code::DatabaseUnreadable | Code::NotSaved | Code::Unexpected) {
            // The message has codes and ids only; without it nobody could tell one disk fault from another.
            eprintln!("holdfast: {error}");
        }
        code.into()
    }
}

impl From<VaultFault> for Problem {
    fn from(fault: VaultFault) -> Problem {
        eprintln!("holdfast: vault: {fault}");
        match fault {
            VaultFault::Absent | VaultFault::Unreadable | VaultFault::WrongKey => Code::VaultUnreadable,
            VaultFault::Io(error) if error.kind() == std::io::ErrorKind::StorageFull => Code::DiskFull,
            VaultFault::Io(_) => Code::NotSaved,
            VaultFault::AlreadyThere | VaultFault::BadHolder | VaultFault::BadCost | VaultFault::Random(_) => {
                Code::Unexpected
            }
        }
        .into()
    }
}

impl From<OpenFault> for Problem {
    fn from(fault: OpenFault) -> Problem {
        match fault {
            OpenFault::WrongPassphrase => Code::WrongPassphrase,
            OpenFault::KeyChanged => Code::KeyChanged,
            OpenFault::UnknownUser => Code::Gone,
            OpenFault::WrongRecoveryCode | OpenFault::NoRecoveryCode => Code::WrongRecoveryCode,
            OpenFault::TooWeak | OpenFault::Damaged => Code::VaultUnreadable,
            OpenFault::NoMemory => Code::Unexpected,
        }
        .into()
    }
}

impl From<KeyStoreFault> for Problem {
    fn from(fault: KeyStoreFault) -> Problem {
        match fault {
            KeyStoreFault::NoKeyStore => Code::NoKeyStore,
            KeyStoreFault::Locked => Code::KeyStoreLocked,
            KeyStoreFault::NoEntry => Code::NoEntry,
            KeyStoreFault::AlreadyPresent | KeyStoreFault::Other(_) => {
                eprintln!("holdfast: {fault}");
                Code::Unexpected
            }
        }
        .into()
    }
}

impl From<RandomFault> for Problem {
    fn from(fault: RandomFault) -> Problem {
        eprintln!("holdfast: {fault}");
        Problem::unexpected()
    }
}

impl From<SealFault> for Problem {
    fn from(fault: SealFault) -> Problem {
        eprintln!("holdfast: {fault}");
        Problem::unexpected()
    }
}
