//! The page about sending: how it stands patient by patient, how long the oldest has waited and whom to call, and what needs a person.

use domain::codes;
use domain::day;
use domain::id::PatientId;
use domain::op::Op;
use serde::Serialize;
use store::{Lane, Store, readable};
use ts_rs::TS;

use crate::clinic::Clinic;
use crate::notice::{NoticeLine, notice_lines};
use crate::patient_view::Banner;
use crate::problem::Problem;
use crate::request::requests;
use crate::sending::{MOST_REFUSED, RefusedLine, Sending, refused_lines, sending_word};
use crate::when::{When, day_of};

/// The most patients with something unsent that are shown, and the most others.
const MOST_UNSENT: usize = 100;
const MOST_SENT: usize = 20;

const HOUR: i64 = 60 * 60 * 1000;
/// What waits as long as this stands out, and after the longer time somebody is to be called.
const LATE_AFTER: i64 = 24 * HOUR;
const CALL_AFTER: i64 = 7 * 24 * HOUR;

requests! {
    ViewSync {
        /// The page's number for this visit of the screen: it is read again while sending goes on.
        visit: u32
    }
}

requests! {
    RecordStanding {
        /// The record's own id.
        record: String
    }
}

/// How far one record has got.
#[derive(Serialize, TS)]
pub struct Standing {
    #[ts(type = "RecordSending")]
    pub sending: &'static str,
    /// With `sent`: when the trust acknowledged it.
    pub at: Option<When>,
}

codes! {
    /// How long something has waited to be sent.
    Wait {
        /// Less than 24 hours.
        Fresh = "fresh",
        /// Less than 7 days.
        Late = "late",
        /// 7 days or more: somebody is to be called.
        Call = "call",
    }
}

/// How sending stands.
#[derive(Serialize, TS)]
pub struct SyncPage {
    pub sending: Sending,
    /// The oldest that is not at the trust; null when nothing waits.
    pub oldest: Option<Unsent>,
    /// Those with something unsent: what needs a person first, then the oldest first; then whose records were sent last.
    pub patients: Vec<PatientSending>,
    /// How many more patients have something unsent.
    pub more: u32,
    /// The oldest first.
    pub refused: Vec<RefusedLine>,
    /// What happened at the trust that a person should know of; the oldest first.
    pub notices: Vec<NoticeLine>,
    /// Whom to call about sending, as the trust's IT set it for this PC.
    pub it_desk: Option<String>,
}

/// Something that is not at the trust yet.
#[derive(Serialize, TS)]
pub struct Unsent {
    /// When it was saved here.
    pub since: When,
    /// The day of that, with its weekday: "Monday 16 November".
    pub day: String,
    /// Whole minutes since then, at least 0.
    #[ts(type = "number")]
    pub minutes: i64,
    #[ts(type = "Wait")]
    pub wait: Wait,
    /// Nothing at all has reached the trust since then.
    pub nothing_since: bool,
}

/// How the records of one patient stand.
#[derive(Serialize, TS)]
pub struct PatientSending {
    /// Null for the records that belong to no single patient.
    pub banner: Option<Banner>,
    /// Records.
    pub waiting: u32,
    /// Records.
    pub needs_you: u32,
    /// Null when all of them are at the trust.
    pub oldest: Option<Unsent>,
    /// When the trust last acknowledged one of them, or null.
    pub sent: Option<When>,
}

impl Unsent {
    /// `sent` is when the trust last acknowledged anything that this is measured against.
    fn new(at: i64, now: i64, sent: Option<i64>) -> Unsent {
        let age = now.saturating_sub(at).max(0);
        let wait = match age {
            CALL_AFTER.. => Wait::Call,
            LATE_AFTER.. => Wait::Late,
            _ => Wait::Fresh,
        };
        let day = day::with_weekday(day_of(at));
        Unsent {
            since: When::new(at),
            day,
            minutes: age / 60_000,
            wait,
            nothing_since: sent.is_none_or(|sent| sent < at),
        }
    }
}

impl Clinic {
    /// How far the newest revision of a record has got. It shows nothing of anybody, so it is no look in the audit.
    pub async fn record_standing(&self, request: RecordStanding) -> Result<Standing, Problem> {
        let open = self.0.clone();
        let read = move |store: &mut Store| {
            let found = store.record_sending(&request.record)?;
            let sending = sending_word(found.as_ref().map(|(state, _)| state.as_str()), open.has_server());
            let at = found.and_then(|(_, at)| at).filter(|_| sending == "sent");
            Ok(Standing { sending, at: at.map(When::new) })
        };
        self.0.queue.run(read).await
    }

    /// How sending stands, patient by patient. In a visit of the page only the first look is an audit line, and each that shows somebody
    /// whom the visit has not shown yet.
    pub async fn view_sync(&self, request: ViewSync) -> Result<SyncPage, Problem> {
        let by = self.by_for(Op::ViewSync)?;
        let clinic = self.clone();
        let read = move |store: &mut Store| {
            let open = &clinic.0;
            let counted = store.waiting()?;
            let (acked, sending) = (counted.acked_at, clinic.sending(counted));
            // Without a server nothing waits: it is saved here.
            let lanes = if open.has_server() || sending.reason == Some("server_unusable") {
                store.lanes(MOST_UNSENT, MOST_SENT)?
            } else {
                store::Lanes::default()
            };
            let mut patients = Vec::with_capacity(lanes.shown.len());
            for lane in &lanes.shown {
                patients.push(patient_sending(store, lane, by.at)?);
            }
            let refused = refused_lines(store, MOST_REFUSED, by.at)?;
            let notices = notice_lines(store, by.at)?;
            let listed = patients.iter().map(|line| &line.banner);
            let refused_of = refused.iter().map(|line| &line.banner);
            let banners = listed.chain(refused_of).chain(notices.iter().map(|line| &line.banner)).flatten();
            let mut shown: Vec<PatientId> = banners.map(|banner| banner.id).collect();
            shown.sort_unstable();
            shown.dedup();
            let mut noted = open.sync_noted.lock().map_err(|_| Problem::unexpected())?;
            if !noted.covers(request.visit, &shown) {
                store.write::<_, Problem>(&by, Op::ViewSync, |w| {
                    w.detail(&format!("shown {}, refused {}, notices {}", shown.len(), refused.len(), notices.len()));
                    Ok(())
                })?;
                noted.noted(request.visit, &shown);
            }
            Ok(SyncPage {
                sending,
                oldest: lanes.oldest.map(|at| Unsent::new(at, by.at, acked)),
                patients,
                more: lanes.more,
                refused,
                notices,
                it_desk: open.profile.configuration.it_desk.clone(),
            })
        };
        self.0.queue.run(read).await
    }
}

fn patient_sending(store: &Store, lane: &Lane, now: i64) -> Result<PatientSending, Problem> {
    let patient = lane.patient.map(|patient| readable(store.patient(patient))).transpose()?.flatten().flatten();
    Ok(PatientSending {
        banner: patient.map(|(patient, _)| Banner::of(&patient, day_of(now))),
        waiting: lane.waiting,
        needs_you: lane.needs_you,
        oldest: lane.oldest.map(|at| Unsent::new(at, now, lane.acked_at)),
        sent: lane.acked_at.map(When::new),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn late_at_a_day_and_a_call_at_seven() {
        let wait = |age: i64| Unsent::new(1_795_425_120_000, 1_795_425_120_000 + age, None).wait;
        assert!(wait(LATE_AFTER - 1) == Wait::Fresh && wait(LATE_AFTER) == Wait::Late);
        assert!(wait(CALL_AFTER - 1) == Wait::Late && wait(CALL_AFTER) == Wait::Call);
        assert!(wait(-3 * CALL_AFTER) == Wait::Fresh, "a clock that was ahead");
    }

    #[test]
    fn it_says_since_which_day_and_whether_anything_has_come_through_since() {
        let one = Unsent::new(1_795_425_120_000, 1_795_425_120_000 + 3 * HOUR, Some(1_795_425_120_001));
        assert_eq!((one.day.as_str(), one.minutes, one.nothing_since), ("Monday 23 November", 180, false));
        assert!(Unsent::new(5, 9, None).nothing_since && Unsent::new(5, 9, Some(4)).nothing_since);
    }
}
