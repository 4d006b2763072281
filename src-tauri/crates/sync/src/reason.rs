//! Why a sending needs a person: one code each, kept with the sending and said in plain words on the screen.

use domain::codes;

codes! {
    /// Why a sending was stopped.
    Reason {
        /// The trust's server does not take the content.
        RefusedContent = "refused_content",
        /// Even alone it is larger than the server takes.
        TooLarge = "too_large",
        /// The server knows this PC, and does not let it do this.
        NotPermitted = "not_permitted",
        /// The trust has several patients with this NHS number.
        SeveralPatients = "several_patients",
        /// The trust's patient with this NHS number was born on another day.
        OtherBirthDate = "other_birth_date",
        /// The trust's patient with this NHS number has another family name.
        OtherName = "other_name",
        /// The trust's patient with this NHS number is not in use any more, or had the number only formerly.
        NotCurrent = "not_current",
        /// The NHS number or the birth date was corrected after records were sent, and the trust knows somebody else by it.
        CorrectedAfterSending = "corrected_after_sending",
        /// The trust's patient that the records refer to was removed, or merged with another.
        PatientGone = "patient_gone",
        /// The server fails whenever this is sent, even alone.
        ServerFails = "server_fails",
        /// This PC was pointed at another server than the one that has what was sent.
        OtherServer = "other_server",
        /// The check of the server found something that records cannot be trusted to.
        ServerUnsafe = "server_unsafe",
        /// Somebody changed the record at the trust since this PC last had it.
        ChangedThere = "changed_there",
        /// Somebody removed the record at the trust.
        RemovedThere = "removed_there",
        /// What is stored here does not read back as a record.
        UnreadableHere = "unreadable_here",
    }
}
