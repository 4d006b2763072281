//! Moments and days as people read them: always Europe/London from the bundled zone data, never the PC's zone.

use domain::day;
use jiff::civil::Date;
use serde::Serialize;
use ts_rs::TS;

/// A moment, with the words a member of staff reads (Europe/London): "23-Nov-2026", "09:12".
#[derive(Clone, Serialize, TS)]
pub struct When {
    pub ms: i64,
    pub date: String,
    pub time: String,
}

/// A civil date: ISO for the wire, "14-Jul-1956" for staff, "14 July 1956" for patients and speech.
#[derive(Clone, Serialize, TS)]
pub struct Day {
    pub iso: String,
    pub short: String,
    pub long: String,
}

impl When {
    /// From UTC milliseconds.
    pub fn new(ms: i64) -> When {
        let local = day::london(ms);
        When { ms, date: day::short(local.date()), time: local.strftime("%H:%M").to_string() }
    }
}

impl Day {
    pub fn new(date: Date) -> Day {
        Day { iso: date.to_string(), short: day::short(date), long: day::long(date) }
    }
}

/// The civil date in London at this moment (UTC milliseconds).
pub(crate) fn day_of(ms: i64) -> Date {
    day::london(ms).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn london_in_winter_and_in_summer() {
        let winter = When::new(1_795_425_120_000);
        assert_eq!((winter.date.as_str(), winter.time.as_str()), ("23-Nov-2026", "09:12"));
        let summer = When::new(1_784_016_000_000);
        assert_eq!((summer.date.as_str(), summer.time.as_str()), ("14-Jul-2026", "09:00"), "08:00 UTC");
    }

    #[test]
    fn days_for_staff_and_for_patients() {
        let day = Day::new(jiff::civil::date(1956, 7, 4));
        assert_eq!(
            (day.iso.as_str(), day.short.as_str(), day.long.as_str()),
            ("1956-07-04", "04-Jul-1956", "4 July 1956")
        );
    }
}
