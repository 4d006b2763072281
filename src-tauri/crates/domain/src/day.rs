//! Civil days and moments as people read and type them: always Europe/London from the bundled zone data, never the PC's zone.

use std::ops::RangeInclusive;
use std::sync::OnceLock;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::text;

/// The years that people here type.
pub const YEARS: RangeInclusive<i16> = 1900..=2100;

/// The civil time in London at this moment (UTC milliseconds).
pub fn london(ms: i64) -> DateTime {
    jiff::Timestamp::from_millisecond(ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_zoned(zone().clone()).datetime()
}

/// The moment (UTC milliseconds) of a civil time in London; of the hour that comes twice in autumn the first, and in the hour that
/// spring leaves out as long after it.
pub fn moment(civil: DateTime) -> i64 {
    zone().to_timestamp(civil).unwrap_or(jiff::Timestamp::UNIX_EPOCH).as_millisecond()
}

fn zone() -> &'static TimeZone {
    static LONDON: OnceLock<TimeZone> = OnceLock::new();
    LONDON.get_or_init(|| TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC))
}

/// For staff: "02-Nov-2026".
pub fn short(date: Date) -> String {
    date.strftime("%d-%b-%Y").to_string()
}

/// For patients and speech: "2 November 2026".
pub fn long(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// Of a day that is not long ago: "Monday 2 November".
pub fn with_weekday(date: Date) -> String {
    date.strftime("%A %-d %B").to_string()
}

/// A day as typed in one box: day, month and year with `-`, `/`, `.` or spaces between; the month a number or a name; two
/// digits of a year are of this century. Or the other way round with four digits of the year first. None when it is no day, and
/// outside [`YEARS`].
pub fn typed(text: &str) -> Option<Date> {
    read(text, |year| match year.len() {
        2 => Some(2000 + year.parse::<i16>().ok()?),
        _ => whole_year(year),
    })
}

/// The same with all four digits of the year, for days that may lie in another century.
pub fn typed_in_full(text: &str) -> Option<Date> {
    read(text, whole_year)
}

fn read(text: &str, year_of: impl Fn(&str) -> Option<i16>) -> Option<Date> {
    let parts: Vec<&str> = text.split(['-', '/', '.', ' ', ',']).filter(|part| !part.is_empty()).collect();
    let [first, month, last] = parts.as_slice() else { return None };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    if day.len() > 2 || !digits(day) || !digits(year) {
        return None;
    }
    let year = year_of(year).filter(|year| YEARS.contains(year))?;
    Date::new(year, text::month(month)?, day.parse().ok()?).ok()
}

fn whole_year(year: &str) -> Option<i16> {
    (year.len() == 4).then(|| year.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn london_in_winter_and_in_summer() {
        let at = |ms| london(ms).strftime("%d-%b-%Y %H:%M").to_string();
        assert_eq!(at(1_795_425_120_000), "23-Nov-2026 09:12");
        assert_eq!(at(1_784_016_000_000), "14-Jul-2026 09:00", "08:00 UTC");
    }

    #[test]
    fn a_time_in_london_is_a_moment() {
        assert_eq!(moment(jiff::civil::datetime(2026, 11, 23, 9, 12, 0, 0)), 1_795_425_120_000);
        assert_eq!(moment(jiff::civil::datetime(2026, 7, 14, 9, 0, 0, 0)), 1_784_016_000_000, "08:00 UTC");
        // 25-Oct-2026 01:30 comes twice.
        assert_eq!(london(moment(jiff::civil::datetime(2026, 10, 25, 1, 30, 0, 0))).hour(), 1);
    }

    #[test]
    fn for_staff_and_for_patients() {
        assert_eq!(short(date(2026, 11, 2)), "02-Nov-2026");
        assert_eq!(long(date(2026, 11, 2)), "2 November 2026");
        assert_eq!(with_weekday(date(2026, 11, 2)), "Monday 2 November");
    }

    #[test]
    fn a_day_is_read_as_people_type_it() {
        let day = Some(date(2026, 12, 4));
        for one in ["04-Dec-2026", "4/12/2026", "4.12.26", "4 December 2026", "2026-12-04", " 4  dec 26 "] {
            assert_eq!(typed(one), day, "{one}");
        }
        for none in ["", "4/12", "31/02/2026", "4/13/2026", "tomorrow", "2026", "4/12/206", "+4/12/2026"] {
            assert_eq!(typed(none), None, "{none}");
        }
        assert_eq!((typed("1/1/1900"), typed("31/12/2100")), (Some(date(1900, 1, 1)), Some(date(2100, 12, 31))));
        for none in ["31/12/1899", "1/1/2101", "0026-12-04", "4/12/9026"] {
            assert_eq!(typed(none), None, "{none}");
        }
    }

    #[test]
    fn in_full_no_century_is_guessed() {
        assert_eq!(typed("12/03/98"), Some(date(2098, 3, 12)));
        assert_eq!(typed_in_full("12/03/98"), None);
        assert_eq!(typed_in_full("12 Mar 98"), None);
        for one in ["12/03/1998", "12-Mar-1998", "1998-03-12"] {
            assert_eq!(typed_in_full(one), Some(date(1998, 3, 12)), "{one}");
        }
    }
}
