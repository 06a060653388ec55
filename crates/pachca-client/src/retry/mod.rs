//! When a request is repeated, and when nothing may be sent at all.
//!
//! Everything here is pure: time comes in as a [`Tick`], jitter from a seeded generator, and nothing sleeps.
//!
//! | What | Rule |
//! |---|---|
//! | Repeats | up to 3; one for pictures |
//! | Pause | 1, 2, 4 s, each times a random 0.5–1.5, 20 s at most |
//! | `Retry-After` on 429 or 503 | the longer of it and the pause, plus up to 1 s; never shortened |
//! | `Retry-After` over 20 s | not waited for within a call: the circuit breaker opens and the call fails at once |
//! | No connection | not tried again after 10 s: with the 5 s an attempt may take, it is known within 15 s |
//! | Repeated | 408, 429, 500, 502, 503, 504; connections that failed before anything was sent; lost answers of reads |
//! | Never repeated | any other status, bad certificates, answers that cannot be read, lost answers of writes |
//! | Circuit breaker | one for all clones of a client; open for 2 h at most; then one request goes first |
//! | Rate | 5 requests a second, 10 at once ([`Bucket`]) |
//! | Budget | 100; a repeat costs 14, after a request for a pause 5; a success gives 1 ([`RetryBudget`]) |
//!
//! The pauses and the limit of three follow the vendor's advice; the budget follows the standard mode of the AWS SDKs.

mod bucket;
mod circuit_breaker;
mod retry_after;
mod retry_budget;
mod tick;

use std::time::Duration;

use bucket::Bucket;
pub(crate) use circuit_breaker::{CircuitBreaker, Entry};
pub use retry_after::{LONGEST_SPOKEN, retry_after};
use retry_budget::RetryBudget;
pub(crate) use tick::Tick;

/// The longest pause that is not asked for by the server.
const LONGEST_PAUSE: Duration = Duration::from_secs(20);
/// A `Retry-After` above this is not waited for within a call.
const LONGEST_WAIT_WITHIN_CALL: Duration = Duration::from_secs(20);

/// What went wrong, as far as repeating is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FailureClass {
    /// The server answered with this status; `asked` is its `Retry-After`.
    Status { code: u16, asked: Option<Duration> },
    /// Nothing was sent: no connection came about.
    NotSent,
    /// It was sent, and no complete answer came.
    Lost,
    /// Repeating cannot help.
    Final,
}

impl FailureClass {
    /// The server asks everybody to keep still: 429, or 503 with a pause.
    fn is_throttled(self) -> bool {
        matches!(self, Self::Status { code: 429, .. } | Self::Status { code: 503, asked: Some(_) })
    }
}

/// What may be repeated, and how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rules {
    /// Repeats after the first attempt.
    repeats: u8,
    /// Whether a request whose answer was lost may be sent again: reads only.
    repeat_lost: bool,
    /// Only after 429, 503 and connections that did not come about: for what is costly to send.
    costly: bool,
}

impl Rules {
    /// Reading changes nothing, so it can always be repeated.
    pub(crate) const READ: Self = Self { repeats: 3, repeat_lost: true, costly: false };
    pub(crate) const WRITE: Self = Self { repeats: 3, repeat_lost: false, costly: false };
    pub(crate) const UPLOAD: Self = Self { repeats: 1, repeat_lost: false, costly: true };
    pub(crate) const REMOVE_AVATAR: Self = Self { repeats: 1, repeat_lost: false, costly: false };
    pub(crate) const ONCE: Self = Self { repeats: 0, repeat_lost: false, costly: false };

    fn allow(self, failure: FailureClass) -> bool {
        match failure {
            FailureClass::Status { code: 429 | 503, .. } | FailureClass::NotSent => true,
            FailureClass::Status { code: 408 | 500 | 502 | 504, .. } => !self.costly,
            FailureClass::Status { .. } | FailureClass::Final => false,
            FailureClass::Lost => self.repeat_lost,
        }
    }
}

/// What follows from a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decision {
    /// Repeat after this pause; `None`: give up.
    pub(crate) repeat_after: Option<Duration>,
    /// The server wants everybody to keep still this long. The circuit breaker is open for it.
    pub(crate) keep_still: Option<Duration>,
}

/// The policy with its memory: one for all clones of a client.
#[derive(Debug, Clone)]
pub(crate) struct Policy {
    first_pause: Duration,
    spread: Duration,
    rng: fastrand::Rng,
    budget: RetryBudget,
    pub(crate) breaker: CircuitBreaker,
    pub(crate) bucket: Bucket,
}

impl Policy {
    /// A policy at rest. `first_pause` is 1 s and `spread` 1 s in the product.
    pub(crate) fn new(first_pause: Duration, spread: Duration, seed: u64) -> Self {
        Self {
            first_pause,
            spread,
            rng: fastrand::Rng::with_seed(seed),
            budget: RetryBudget::default(),
            breaker: CircuitBreaker::default(),
            bucket: Bucket::default(),
        }
    }

    /// Decides after a failed attempt. `repeats_made` counts the repeats before it.
    pub(crate) fn decide(
        &mut self,
        now: Tick,
        rules: Rules,
        repeats_made: u8,
        failure: FailureClass,
    ) -> Decision {
        let pause = self.pause(repeats_made);
        let throttled = failure.is_throttled();
        let (wait, within_call) = match failure {
            FailureClass::Status { asked: Some(asked), .. } if throttled => (
                pause.max(asked) + self.spread.mul_f64(self.rng.f64()),
                asked <= LONGEST_WAIT_WITHIN_CALL,
            ),
            _ => (pause, true),
        };
        if throttled {
            self.breaker.open(now, wait, !within_call);
        }
        let cost = if throttled { RetryBudget::THROTTLED } else { RetryBudget::REPEAT };
        let repeat = within_call
            && repeats_made < rules.repeats
            && rules.allow(failure)
            && self.budget.pay(cost);
        Decision { repeat_after: repeat.then_some(wait), keep_still: throttled.then_some(wait) }
    }

    /// An attempt did what it was for.
    pub(crate) fn succeeded(&mut self) {
        self.budget.earn();
    }

    /// 1, 2, 4 s times a random 0.5–1.5.
    fn pause(&mut self, repeats_made: u8) -> Duration {
        let doubled = self.first_pause.saturating_mul(1 << repeats_made.min(5));
        doubled.mul_f64(0.5 + self.rng.f64()).min(LONGEST_PAUSE)
    }
}

#[cfg(test)]
mod tests;
