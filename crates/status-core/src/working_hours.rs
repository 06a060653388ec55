//! When a person works: the source of «end of the working day» and «next working morning».

use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp, ZonedDateTime, civil};
use serde::{Deserialize, Serialize};

/// When a person works, on their own clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(default)]
pub struct WorkingHours {
    /// Start of the working day, `09:00:00`.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub start: civil::Time,
    /// End of the working day, `18:00:00`; before `start` it is on the next calendar day.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub end: civil::Time,
    /// Working days, Monday first. All `false` counts as every day.
    pub days: [bool; 7],
}

impl Default for WorkingHours {
    fn default() -> Self {
        Self {
            start: civil::Time::constant(9, 0, 0, 0),
            end: civil::Time::constant(18, 0, 0, 0),
            days: [true, true, true, true, true, false, false],
        }
    }
}

impl WorkingHours {
    fn works_on(&self, day: civil::Date) -> bool {
        let every_day = self.days.iter().all(|on| !on);
        let index = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
        every_day || self.days.get(index).copied().unwrap_or_default()
    }

    /// The end of the shift that runs now or comes next. Starts at yesterday: a night shift may still run.
    pub(crate) fn coming_end(&self, now: &ZonedDateTime) -> Option<Timestamp> {
        let yesterday = now.date().yesterday().ok()?;
        yesterday
            .series(jiff::Span::new().days(1))
            .take(10)
            .filter(|day| self.works_on(*day))
            .find_map(|day| {
                let last_day = if self.end <= self.start { day.tomorrow().ok()? } else { day };
                instant(last_day.to_datetime(self.end), now.time_zone())
                    .filter(|end| *end > now.timestamp())
            })
    }

    pub(crate) fn coming_start(&self, now: &ZonedDateTime) -> Option<Timestamp> {
        now.date()
            .series(jiff::Span::new().days(1))
            .take(9)
            .filter(|day| self.works_on(*day))
            .find_map(|day| {
                instant(day.to_datetime(self.start), now.time_zone())
                    .filter(|start| *start > now.timestamp())
            })
    }
}

/// A local time as an instant: the first of two, or the first moment after a gap.
pub(crate) fn instant(local: civil::DateTime, zone: &TimeZone) -> Option<Timestamp> {
    let ambiguous = zone.to_ambiguous_timestamp(local);
    match ambiguous.offset() {
        AmbiguousOffset::Gap { before, .. } => {
            // Read with the offset from before the change, a skipped time lies at or after the change itself.
            let beyond = before.to_timestamp(local).ok()?;
            let just_after = beyond.checked_add(SignedDuration::from_nanos(1)).ok()?;
            Some(zone.preceding(just_after).next().map_or(beyond, |change| change.timestamp()))
        }
        _ => ambiguous.earlier().ok(),
    }
}
