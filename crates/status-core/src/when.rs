//! A moment as people say it: «today at 18:00», «24 November at 9:00».

use jiff::{Timestamp, ZonedDateTime};
use serde::Serialize;

/// Where a moment lies from today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Day {
    /// The day before.
    Yesterday,
    /// The same calendar day, on the person's clock.
    Today,
    /// The next calendar day.
    Tomorrow,
    /// Another day of this year.
    ThisYear,
    /// A day of another year: the year has to be said.
    OtherYear,
}

/// A moment, decided once here and put into words by `locales` (message `when`, `until`) in tray and window alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct When {
    /// The instant itself.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub at: Timestamp,
    /// Which day that is, from today.
    pub day: Day,
    /// The time of day as the person's locale writes it: `14:05` or `2:05 PM`.
    pub time: String,
    /// Day of the month, 1 to 31.
    pub day_of_month: i8,
    /// Month, 1 to 12.
    pub month: i8,
    /// Year, four digits.
    pub year: i16,
}

impl When {
    /// `at` as the person whose clock shows `now` would say it.
    pub fn new(at: Timestamp, now: &ZonedDateTime, hour12: bool) -> Self {
        let local = at.to_zoned_datetime(now.time_zone().clone());
        let (date, today) = (local.date(), now.date());
        let day = if date == today {
            Day::Today
        } else if today.tomorrow().is_ok_and(|tomorrow| date == tomorrow) {
            Day::Tomorrow
        } else if today.yesterday().is_ok_and(|yesterday| date == yesterday) {
            Day::Yesterday
        } else if date.year() == today.year() {
            Day::ThisYear
        } else {
            Day::OtherYear
        };
        Self {
            at,
            day,
            time: clock_time(&local, hour12),
            day_of_month: date.day(),
            month: date.month(),
            year: date.year(),
        }
    }
}

/// `14:05`, or `2:05 PM`.
pub(crate) fn clock_time(local: &ZonedDateTime, hour12: bool) -> String {
    let (hour, minute) = (local.hour(), local.minute());
    if !hour12 {
        return format!("{hour:02}:{minute:02}");
    }
    let half = if hour < 12 { "AM" } else { "PM" };
    let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
    format!("{hour}:{minute:02} {half}")
}
