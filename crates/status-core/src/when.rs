//! A moment as people say it: «today at 18:00», «24 November at 9:00».

use jiff::Timestamp;
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
