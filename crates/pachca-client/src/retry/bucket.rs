//! How fast requests may follow each other.

use std::time::Duration;

use super::tick::Tick;

/// A token bucket: 10 requests at once, then 5 a second. A tenth of what the server allows for a token.
#[derive(Debug, Clone)]
pub(crate) struct Bucket {
    /// Counted in nanoseconds of waiting, so that there is no rounding: one request costs [`Bucket::INTERVAL`].
    stored: Duration,
    filled_at: Tick,
}

impl Bucket {
    /// A request is earned every 200 ms.
    pub(crate) const INTERVAL: Duration = Duration::from_millis(200);
    /// As many as this may go out at once after a rest.
    pub(crate) const BURST: u32 = 10;
    const FULL: Duration = Self::INTERVAL.saturating_mul(Self::BURST);

    /// Takes one request out.
    ///
    /// # Errors
    /// How long to wait until there is one, when there is none.
    pub(crate) fn take(&mut self, now: Tick) -> Result<(), Duration> {
        let rest = now.saturating_sub(self.filled_at);
        self.stored = (self.stored + rest).min(Self::FULL);
        self.filled_at = self.filled_at.max(now);
        if let Some(left) = self.stored.checked_sub(Self::INTERVAL) {
            self.stored = left;
            Ok(())
        } else {
            Err(Self::INTERVAL.saturating_sub(self.stored))
        }
    }
}

impl Default for Bucket {
    fn default() -> Self {
        Self { stored: Self::FULL, filled_at: Tick::ZERO }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ten_go_at_once_and_the_eleventh_waits_a_fifth_of_a_second() {
        let mut bucket = Bucket::default();
        let now = Tick::from_secs(5);
        for _ in 0..Bucket::BURST {
            assert_eq!(bucket.take(now), Ok(()));
        }
        assert_eq!(bucket.take(now), Err(Bucket::INTERVAL));
        assert_eq!(bucket.take(now + Bucket::INTERVAL), Ok(()));
    }

    proptest! {
        #[test]
        fn no_window_holds_more_than_the_burst_and_five_a_second(steps in prop::collection::vec(0u64..700, 1..200)) {
            let mut bucket = Bucket::default();
            let mut now = Tick::ZERO;
            let mut sent = Vec::new();
            for step in steps {
                now += Duration::from_millis(step);
                match bucket.take(now) {
                    Ok(()) => sent.push(now),
                    Err(wait) => {
                        prop_assert!(wait <= Bucket::INTERVAL && wait > Duration::ZERO);
                        prop_assert!(bucket.clone().take(now + wait).is_ok(), "the wait it names is enough");
                    }
                }
            }
            for (i, from) in sent.iter().enumerate() {
                for (j, to) in sent.iter().enumerate().skip(i) {
                    let allowed = u128::from(Bucket::BURST) + to.saturating_sub(*from).as_nanos() / Bucket::INTERVAL.as_nanos();
                    prop_assert!((j - i + 1) as u128 <= allowed);
                }
            }
        }
    }
}
