//! When a request is repeated, and when nothing may be sent at all.
//!
//! Everything here is pure: time comes in as a [`Tick`], chance as a seeded generator, and nothing sleeps.
//!
//! | What | Rule |
//! |---|---|
//! | Repeats | up to 3; one for pictures |
//! | Pause | 1, 2, 4 s, each times a random 0.5–1.5, 20 s at most |
//! | `Retry-After` on 429 or 503 | the longer of it and the pause, plus up to 1 s; never shortened |
//! | `Retry-After` over 20 s | not waited for within a call: the gate closes and the call fails at once |
//! | No connection | not tried again after 10 s: with the 5 s an attempt may take, it is known within 15 s |
//! | Repeated | 408, 429, 500, 502, 503, 504; connections that failed before anything was sent; lost answers of reads |
//! | Never repeated | any other status, bad certificates, answers that cannot be read, lost answers of writes |
//! | Gate | one for all clones of a client; at most 2 h; opens for one request first |
//! | Rate | 5 requests a second, 10 at once ([`Bucket`]) |
//! | Budget | 100; a repeat costs 14, after a throttle 5; a success gives 1 ([`Budget`]) |
//!
//! The pauses and the limit of three follow the vendor's advice; the budget follows the standard mode of the AWS SDKs.

mod bucket;
mod budget;
mod gate;
mod retry_after;

use std::time::Duration;

pub use bucket::Bucket;
pub use budget::Budget;
pub use gate::{Entry, Gate};
pub use retry_after::{LONGEST_SPOKEN, retry_after};

/// Time since the client was made, by a clock that never goes back.
pub type Tick = Duration;

/// The longest pause that is not asked for by the server.
pub const LONGEST_PAUSE: Duration = Duration::from_secs(20);
/// A `Retry-After` above this is not waited for within a call.
pub const LONGEST_WAIT_WITHIN_CALL: Duration = Duration::from_secs(20);
/// The gate is never closed for longer: after that, a person may try.
pub const LONGEST_GATE: Duration = Duration::from_hours(2);

/// What went wrong, as far as repeating is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The server answered with this status, and perhaps asked for a pause.
    Status {
        /// The HTTP status.
        code: u16,
        /// What `Retry-After` asked for.
        asked: Option<Duration>,
    },
    /// Nothing was sent: no connection came about.
    NotSent,
    /// It was sent, and no complete answer came.
    Lost,
    /// Repeating cannot help.
    Final,
}

impl Trouble {
    /// The server asks everybody to keep still: 429, or 503 with a pause.
    fn is_throttle(self) -> bool {
        matches!(self, Self::Status { code: 429, .. } | Self::Status { code: 503, asked: Some(_) })
    }
}

/// What may be repeated, and how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Repeats after the first attempt.
    pub repeats: u8,
    /// Whether a request whose answer was lost may be sent again: reads only.
    pub repeat_lost: bool,
    /// Only after 429, 503 and connections that did not come about: for what is costly to send.
    pub costly: bool,
}

impl Rules {
    /// Reading changes nothing, so it can always be repeated.
    pub const READ: Self = Self { repeats: 3, repeat_lost: true, costly: false };
    /// Setting and clearing the status.
    pub const WRITE: Self = Self { repeats: 3, repeat_lost: false, costly: false };
    /// Sending a picture.
    pub const UPLOAD: Self = Self { repeats: 1, repeat_lost: false, costly: true };
    /// Removing the picture.
    pub const REMOVE_PICTURE: Self = Self { repeats: 1, repeat_lost: false, costly: false };
    /// A question that is asked once.
    pub const ONCE: Self = Self { repeats: 0, repeat_lost: false, costly: false };

    fn allow(self, trouble: Trouble) -> bool {
        match trouble {
            Trouble::Status { code: 429 | 503, .. } | Trouble::NotSent => true,
            Trouble::Status { code: 408 | 500 | 502 | 504, .. } => !self.costly,
            Trouble::Status { .. } | Trouble::Final => false,
            Trouble::Lost => self.repeat_lost,
        }
    }
}

/// What is to be done after a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Repeat after this pause; `None`: give up.
    pub repeat_after: Option<Duration>,
    /// The server wants everybody to keep still this long. The gate is closed for it.
    pub keep_still: Option<Duration>,
}

/// The policy with its memory: one for all clones of a client.
#[derive(Debug, Clone)]
pub struct Policy {
    first_pause: Duration,
    spread: Duration,
    rng: fastrand::Rng,
    /// What is left for repeats.
    pub budget: Budget,
    /// Closed while the server wants silence.
    pub gate: Gate,
    /// How fast requests may follow each other.
    pub bucket: Bucket,
}

impl Policy {
    /// A policy at rest. `first_pause` is 1 s and `spread` 1 s in the product.
    pub fn new(first_pause: Duration, spread: Duration, seed: u64) -> Self {
        Self {
            first_pause,
            spread,
            rng: fastrand::Rng::with_seed(seed),
            budget: Budget::default(),
            gate: Gate::default(),
            bucket: Bucket::default(),
        }
    }

    /// Judges a failed attempt. `repeats_made` counts the repeats before it.
    pub fn judge(
        &mut self,
        now: Tick,
        rules: Rules,
        repeats_made: u8,
        trouble: Trouble,
    ) -> Verdict {
        let pause = self.pause(repeats_made);
        let throttle = trouble.is_throttle();
        let (wait, at_once) = match trouble {
            Trouble::Status { asked: Some(asked), .. } if throttle => (
                pause.max(asked) + self.spread.mul_f64(self.rng.f64()),
                asked <= LONGEST_WAIT_WITHIN_CALL,
            ),
            _ => (pause, true),
        };
        if throttle {
            self.gate.close(now, wait.min(LONGEST_GATE), !at_once);
        }
        let repeat = at_once
            && repeats_made < rules.repeats
            && rules.allow(trouble)
            && if throttle { self.budget.pay_for_throttle() } else { self.budget.pay_for_repeat() };
        Verdict { repeat_after: repeat.then_some(wait), keep_still: throttle.then_some(wait) }
    }

    /// An attempt did what it was for.
    pub fn succeeded(&mut self) {
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
