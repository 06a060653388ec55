//! When a status ends: the rules a person chooses from, and the instants they come to.

use jiff::{SignedDuration, Timestamp, ZonedDateTime, civil};
use serde::{Deserialize, Serialize};

use crate::status::Invalid;
use crate::working_hours::{WorkingHours, instant};

/// Most minutes a status may be set for: a leap year.
pub(crate) const MINUTES_MAX: u32 = 527_040;

/// The rule by which a status ends. It is resolved to an instant when the status is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Expiry {
    /// Stays until it is cleared. A deliberate choice, never a default.
    Never,
    /// So many minutes from now, 1 to 527,040 (a leap year).
    Minutes {
        /// The number of minutes.
        minutes: u32,
    },
    /// The end of today's working hours, or of the next working day's if today's are over.
    EndOfWorkday,
    /// The coming midnight.
    EndOfDay,
    /// The start of working hours on the next calendar day.
    TomorrowMorning,
    /// The coming start of working hours on a working day: before them today's, otherwise the next working day's.
    NextWorkingMorning,
    /// A date and time on the person's own clock.
    At {
        /// Local date and time, `2026-11-24T09:00:00`.
        #[cfg_attr(feature = "bindings", ts(type = "string"))]
        at: civil::DateTime,
    },
    /// A preset that asks for the date each time it is used. It cannot be resolved as it is.
    AskDate,
}

/// What «extend» offers for the status that is shown now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Extension {
    /// So many minutes after its present end (or from now, when it had none).
    Minutes {
        /// The number of minutes.
        minutes: u32,
    },
    /// Until the end of the working day.
    EndOfWorkday,
}

impl Expiry {
    /// The instant this rule comes to at `now`, on a whole second; `None` is never.
    ///
    /// A local time that a clock change skips becomes the first moment after the gap; one that comes twice
    /// means the first.
    pub fn resolve(
        &self,
        now: &ZonedDateTime,
        hours: &WorkingHours,
    ) -> Result<Option<Timestamp>, Invalid> {
        let zone = now.time_zone();
        let end = match *self {
            Self::Never => return Ok(None),
            Self::AskDate => return Err(Invalid::DateMissing),
            Self::Minutes { minutes } => {
                if !(1..=MINUTES_MAX).contains(&minutes) {
                    return Err(Invalid::MinutesOutOfRange);
                }
                after_minutes(now.timestamp(), minutes)
            }
            Self::EndOfWorkday => hours.coming_end(now),
            Self::EndOfDay => {
                now.date().tomorrow().ok().and_then(|day| instant(day.at(0, 0, 0, 0), zone))
            }
            Self::TomorrowMorning => now
                .date()
                .tomorrow()
                .ok()
                .and_then(|day| instant(day.to_datetime(hours.start), zone)),
            Self::NextWorkingMorning => hours.coming_start(now),
            Self::At { at } => instant(at, zone),
        };
        // Only the far edges of the calendar have no instant: no such date can be kept.
        let end = end.ok_or(Invalid::DateMissing)?;
        if end <= now.timestamp() { Err(Invalid::EndInThePast) } else { Ok(Some(end)) }
    }
}

impl Extension {
    /// The end of a status that ends at `end` (or never) once extended, at `now`. `None` when that would
    /// not make it longer.
    pub(crate) fn resolve(
        self,
        end: Option<Timestamp>,
        now: &ZonedDateTime,
        hours: &WorkingHours,
    ) -> Option<Timestamp> {
        let extended = match self {
            Self::Minutes { minutes: 1..=MINUTES_MAX } => {
                let Self::Minutes { minutes } = self else { return None };
                after_minutes(end.map_or(now.timestamp(), |end| end.max(now.timestamp())), minutes)
            }
            Self::Minutes { .. } => None,
            Self::EndOfWorkday => hours.coming_end(now),
        }?;
        (extended > now.timestamp() && end.is_none_or(|end| extended > end)).then_some(extended)
    }
}

/// Rounded up to a second, so that a server that keeps no fractions answers with the same instant.
fn after_minutes(from: Timestamp, minutes: u32) -> Option<Timestamp> {
    let whole = if from.subsec_nanosecond() > 0 { from.as_second() + 1 } else { from.as_second() };
    Timestamp::from_second(whole)
        .ok()?
        .checked_add(SignedDuration::from_mins(i64::from(minutes)))
        .ok()
}
