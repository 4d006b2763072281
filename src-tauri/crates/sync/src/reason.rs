//! Why a sending needs a person: one code each, kept with the sending and said in plain words on the screen.

use domain::codes;

codes! {
    /// Why a sending was stopped.
    Reason {
        /// The trust's server does not take the content.
        RefusedContent = "refused_content",
        /// Even alone it is larger than the server takes.
        TooLarge = "too_large",
        /// The server does not know this PC.
        SignIn = "sign_in",
        /// The server knows this PC, and does not let it do this.
        NotPermitted = "not_permitted",
        /// The trust has several patients with this NHS number.
        SeveralPatients = "several_patients",
        /// The trust's patient with this NHS number was born on another day.
        OtherBirthDate = "other_birth_date",
        /// Somebody changed the record at the trust since this PC last had it.
        ChangedThere = "changed_there",
        /// Somebody removed the record at the trust.
        RemovedThere = "removed_there",
        /// What is stored here does not read back as a record.
        UnreadableHere = "unreadable_here",
    }
}
