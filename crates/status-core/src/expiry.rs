//! When a status ends: the rules a person chooses from, and the instants they come to.

use jiff::civil;
use serde::{Deserialize, Serialize};

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
    /// The start of working hours on the next working day.
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
