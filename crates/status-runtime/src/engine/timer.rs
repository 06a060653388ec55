//! How long to sleep, and whether the clock jumped meanwhile.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::Clock;

/// Longest sleep. A clock that was set by hand is announced by nobody, and a computer that slept is not announced
/// everywhere, so the clocks are compared this often: one wake-up a minute.
const LONGEST: Duration = Duration::from_mins(1);
/// The two clocks may drift apart by this much between two comparisons; more is a jump.
const DRIFT: Duration = Duration::from_secs(5);

/// The loop's one timer.
#[derive(Debug)]
pub(super) struct Timer {
    clock: Clock,
    wall: Timestamp,
    monotonic: Duration,
}

/// What the clocks say when the loop wakes up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Woken {
    /// Nothing special.
    Normally,
    /// The computer slept, or somebody set the clock.
    AfterJump,
}

impl Timer {
    pub(super) fn new(clock: Clock) -> Self {
        let wall = clock.now().timestamp();
        let monotonic = clock.monotonic();
        Self { clock, wall, monotonic }
    }

    /// How long the loop may sleep.
    pub(super) fn nap(deadline: Option<Timestamp>, now: Timestamp) -> Duration {
        let Some(deadline) = deadline else { return LONGEST };
        let left = deadline.duration_since(now);
        // Waking up a moment too early would mean sleeping twice.
        let left = Duration::try_from(left).unwrap_or(Duration::ZERO) + Duration::from_millis(1);
        left.min(LONGEST)
    }

    /// Compares the clocks.
    pub(super) fn compare(&mut self) -> Woken {
        let (wall, monotonic) = (self.clock.now().timestamp(), self.clock.monotonic());
        let by_wall = wall.duration_since(self.wall);
        let by_monotonic = monotonic.saturating_sub(self.monotonic);
        (self.wall, self.monotonic) = (wall, monotonic);
        let apart = by_wall - SignedDuration::try_from(by_monotonic).unwrap_or(SignedDuration::MAX);
        // Where the monotonic clock runs on during sleep (Windows), the nap itself was longer than any nap.
        if apart.unsigned_abs() > DRIFT || by_monotonic > LONGEST + DRIFT * 6 {
            Woken::AfterJump
        } else {
            Woken::Normally
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone)]
    struct Hands(Arc<Mutex<(Timestamp, Duration)>>);

    impl Hands {
        fn turn(&self, wall: i64, monotonic: u64) {
            let mut hands = self.0.lock().expect("not poisoned");
            hands.0 += SignedDuration::from_secs(wall);
            hands.1 += Duration::from_secs(monotonic);
        }
    }

    fn timer() -> (Hands, Timer) {
        let hands = Hands(Arc::new(Mutex::new((
            "2026-11-23T09:00:00Z".parse().expect("a moment"),
            Duration::ZERO,
        ))));
        let (wall, monotonic) = (hands.clone(), hands.clone());
        let clock = Clock::new(
            move || {
                wall.0.lock().expect("not poisoned").0.to_zoned_datetime(jiff::tz::TimeZone::UTC)
            },
            move || monotonic.0.lock().expect("not poisoned").1,
            || 0.5,
        );
        (hands, Timer::new(clock))
    }

    #[test]
    fn sleep_and_a_clock_set_by_hand_are_noticed_and_ordinary_time_is_not() {
        let table = [
            (60, 60, Woken::Normally),
            (62, 60, Woken::Normally),
            (0, 0, Woken::Normally),
            (8 * 3600, 10, Woken::AfterJump),
            (8 * 3600, 8 * 3600, Woken::AfterJump),
            (-3600, 60, Woken::AfterJump),
            (3600, 60, Woken::AfterJump),
        ];
        for (wall, monotonic, expected) in table {
            let (hands, mut timer) = timer();
            hands.turn(wall, monotonic);
            assert_eq!(timer.compare(), expected, "{wall} {monotonic}");
            assert_eq!(timer.compare(), Woken::Normally, "a jump is noticed once");
        }
    }

    #[test]
    fn a_nap_ends_at_the_deadline_and_after_a_minute_at_the_latest() {
        let at = |text: &str| text.parse::<Timestamp>().expect("a moment");
        let now = at("2026-11-23T09:00:00Z");
        assert_eq!(Timer::nap(None, now), LONGEST);
        assert_eq!(
            Timer::nap(Some(at("2026-11-23T09:00:10Z")), now),
            Duration::from_millis(10_001)
        );
        assert_eq!(Timer::nap(Some(at("2026-11-24T09:00:00Z")), now), LONGEST);
        assert_eq!(Timer::nap(Some(at("2026-11-23T08:00:00Z")), now), Duration::from_millis(1));
    }
}
