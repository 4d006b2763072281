//! How sending goes, as of now, for the header: counts come from the database, this from the running queue.

use crate::fault::Fault;

/// How sending goes at this moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Live {
    /// Since when (UTC milliseconds) the server could not be used, and with what fault last; None while it can.
    pub trouble: Option<(i64, Fault)>,
    /// A request is on its way.
    pub busy: bool,
}
