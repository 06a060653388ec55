//! The time of the retry policy.

use std::time::Duration;

/// Time since the client was made, by a clock that never goes back.
pub(crate) type Tick = Duration;
