//! Time and randomness from outside, so that tests can bring their own.

use std::{
    fmt,
    hash::{BuildHasher, RandomState},
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::ZonedDateTime;
use status_core::Moment;

type Source<T> = Arc<dyn Fn() -> T + Send + Sync>;

/// Where the engine takes the time and its jitter from.
#[derive(Clone)]
pub struct Clock {
    wall: Source<ZonedDateTime>,
    monotonic: Source<Duration>,
    jitter: Source<f64>,
}

impl Clock {
    /// The computer's own clocks. The time zone is the system's, read again at most five minutes after it changed.
    pub fn system() -> Self {
        let started = Instant::now();
        let seeds = RandomState::new();
        Self::new(
            ZonedDateTime::now,
            move || started.elapsed(),
            move || {
                // The standard library's hash keys are random; hashing the present moment with them is random enough for jitter.
                let bits = seeds.hash_one(started.elapsed().as_nanos()) >> 11;
                #[allow(clippy::cast_precision_loss, reason = "53 bits fit an f64 exactly")]
                let (bits, scale) = (bits as f64, (1_u64 << 53) as f64);
                bits / scale
            },
        )
    }

    /// Clocks of one's own: the wall clock, one that never jumps, and a source of numbers in `0.0..1.0`.
    pub fn new(
        wall: impl Fn() -> ZonedDateTime + Send + Sync + 'static,
        monotonic: impl Fn() -> Duration + Send + Sync + 'static,
        jitter: impl Fn() -> f64 + Send + Sync + 'static,
    ) -> Self {
        Self { wall: Arc::new(wall), monotonic: Arc::new(monotonic), jitter: Arc::new(jitter) }
    }

    /// Now, on the person's clock.
    pub fn now(&self) -> ZonedDateTime {
        (self.wall)()
    }

    /// Time since some fixed moment; stands still or not while the computer sleeps, as the system likes, but never jumps back.
    pub fn monotonic(&self) -> Duration {
        (self.monotonic)()
    }

    /// The moment an action happens at.
    pub fn moment(&self) -> Moment {
        Moment { now: self.now(), monotonic: self.monotonic(), jitter: (self.jitter)() }
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clock").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn luck_is_a_fraction_and_changes() {
        let clock = Clock::system();
        let drawn: Vec<f64> = (0..100).map(|_| clock.moment().jitter).collect();
        assert!(drawn.iter().all(|jitter| (0.0..1.0).contains(jitter)), "{drawn:?}");
        assert!(drawn.windows(2).any(|pair| (pair[0] - pair[1]).abs() > f64::EPSILON));
    }
}
