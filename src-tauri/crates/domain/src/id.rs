//! Identifiers that this PC makes: UUID version 4 from a passed-in source, written in lower case.

use std::fmt;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(uuid::Uuid);

        impl $name {
            /// Makes an identifier from 16 bytes of randomness.
            pub fn from_random(bytes: [u8; 16]) -> Self {
                Self(uuid::Builder::from_random_bytes(bytes).into_uuid())
            }

            /// Reads an identifier in its one spelling (lower case with hyphens), or None.
            pub fn parse(text: &str) -> Option<Self> {
                let id = Self(uuid::Uuid::parse_str(text).ok()?);
                (id.to_string() == text).then_some(id)
            }

            /// Its 16 bytes, for what is derived from it.
            pub fn bytes(self) -> [u8; 16] {
                self.0.into_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0.hyphenated())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    )+};
}

ids! {
    /// A database, and with it its vault and its entry in the key store.
    DatabaseId,
    /// A member of staff.
    StaffId,
    /// A patient on this PC; also the id of the Patient we make at the trust.
    PatientId,
    /// A holistic needs assessment.
    HnaId,
    /// A care plan.
    CarePlanId,
    /// A treatment summary.
    TreatmentSummaryId,
    /// An offer of an assessment.
    OfferId,
    /// An invitation to answer at home.
    InvitationId,
    /// Answers that came from home.
    AnswersId,
    /// An appointment to talk about an assessment.
    AppointmentId,
    /// An entry of the directory: a place to turn to, or a topic to read about.
    DirectoryEntryId,
    /// A session of the timetable, such as "Coping with anxiety".
    SessionId,
    /// A patient's booking of a session.
    BookingId,
    /// A patient on the clinic list of a day.
    ClinicVisitId,
    /// A row of the outbox; also the id of the Provenance that commits it at the trust.
    SendingId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_only() {
        let id = PatientId::from_random([0xab; 16]);
        assert_eq!(PatientId::parse(&id.to_string()), Some(id));
        assert_eq!(PatientId::parse(&id.to_string().to_uppercase()), None);
        assert_eq!(PatientId::parse(&format!("{{{id}}}")), None);
        assert_eq!(id.to_string().chars().nth(14), Some('4'), "version 4");
    }
}
