//! What keeps this PC from sending anything at all. It is never the fault of a record.

use domain::codes;

codes! {
    /// A kind of fault of the network, of the server as a whole, or of this PC.
    Fault {
        /// No connection: refused, no such name, TLS not agreed. Nothing was sent.
        NotReached = "not_reached",
        /// Sent, and no whole answer came back in time.
        CutOff = "cut_off",
        /// Something answered that is not the server: a page of a captive portal, a redirect, another record's answer.
        NotFhir = "not_fhir",
        /// The server asks for patience, or has trouble of its own.
        Busy = "busy",
        /// The server does not know this PC.
        SignIn = "sign_in",
        /// It is another server than the one that has what was sent.
        OtherServer = "other_server",
        /// The check of the server found something that records cannot be trusted to.
        ServerUnsafe = "server_unsafe",
        /// The database of this PC refused a step.
        RefusedHere = "refused_here",
    }
}

/// A fault, and how long the server asked to be left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub fault: Fault,
    /// `Retry-After` in milliseconds.
    pub after: Option<i64>,
}

impl Trouble {
    pub fn of(fault: Fault) -> Trouble {
        Trouble { fault, after: None }
    }
}
