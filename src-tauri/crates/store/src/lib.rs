//! The encrypted database of one PC. Rows and SQL live here and nowhere else; no FHIR, no clock, no screen.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

#[macro_use]
mod planted;

mod appointment;
mod audit;
mod booking;
mod care_plan;
mod carried;
mod checklist;
mod clinic_visit;
mod conflict;
mod directory;
mod error;
mod hand_over;
mod hna;
mod home_answers;
mod invitation;
mod kept;
mod lane;
mod migrate;
mod needed;
mod notice;
mod offer;
mod open;
mod outbox;
mod patient;
mod patient_search;
mod place;
mod receive;
mod report;
mod session;
mod setting;
mod snapshot;
mod staff;
mod summary_template;
#[cfg(feature = "testing")]
mod testing;
mod there;
mod treatment_summary;
mod trust_ref;
mod version;
mod write;

pub use appointment::SavedAppointment;
pub use audit::Look;
pub use booking::SavedBooking;
pub use care_plan::SavedPlan;
pub use clinic_visit::{PutOnList, SavedVisit};
pub use conflict::{Became, Conflict};
pub use directory::SavedEntry;
pub use error::{Error, readable};
pub use hand_over::{HandedOver, TakenBack};
pub use hna::SavedHna;
pub use home_answers::SavedArrival;
pub use invitation::SavedInvitation;
pub use kept::{Kept, Theirs};
pub use lane::{Lane, Lanes};
pub use notice::{About, Latest, NewNotice, Notice, NoticeKind, Settled};
pub use offer::SavedOffer;
pub use open::{Keys, Store, ready};
pub use outbox::{Due, Outgoing, SHARED_LANE, Stopped, Waiting};
pub use patient_search::{Candidates, SearchRow, Sought};
#[cfg(feature = "planted")]
pub use planted::{Bug, plant};
pub use session::SavedSession;
pub use setting::Setting;
pub use snapshot::{Revision, Snapshot};
#[cfg(feature = "testing")]
pub use testing::Row;
pub use there::{Differing, PulledTo, ROUNDED, Seen, There};
pub use treatment_summary::SavedSummary;
pub use trust_ref::{Doubt, Learnt, NO_VERSION, TrustRef};
pub use version::Paper;
pub use write::Writing;
