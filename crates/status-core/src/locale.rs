//! How the person's system writes things, and the moment at which something happens.

use std::time::Duration;

use jiff::ZonedDateTime;

use crate::preset::Preset;
use crate::text::Lang;

/// The moment an action happens at. Everything that is not in the state comes in here.
#[derive(Debug, Clone)]
pub struct Moment {
    /// Now, in the person's time zone, corrected by what is known of the server's clock.
    pub now: ZonedDateTime,
    /// A clock that is never set; it may stand still while the computer sleeps.
    pub monotonic: Duration,
    /// Uniform in `0.0..1.0`.
    pub jitter: f64,
}

/// What the product says in one language before a person writes anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    pub default_presets: Vec<Preset>,
    /// The twelve month names in the form that follows a day: «24 ноября», «24 November».
    pub months: [String; 12],
}

/// How the person's system writes things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locale {
    /// The system's language, or the nearest one the product speaks.
    pub lang: Lang,
    /// `2:05 PM` instead of `14:05`.
    pub hour12: bool,
}
