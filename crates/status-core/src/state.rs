//! The one value that is owned by the loop.

use jiff::Zoned;

use crate::{Lang, Preset};

/// The moment an action happens at, and the luck it may use. Everything that is not in the state comes in here.
#[derive(Debug, Clone)]
pub struct Moment {
    /// Now, on the person's clock.
    pub now: Zoned,
    /// Uniform in `0.0..1.0`, for jitter.
    pub jitter: f64,
}

/// What the product says before anybody says anything, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The default presets.
    pub default_presets: Vec<Preset>,
    /// «24 ноября», «24 November»: the twelve month names in the form that follows a day.
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
