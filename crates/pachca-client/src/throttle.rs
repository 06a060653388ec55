//! The policy put into time: who may send now, and who waits. One for all clones of a client.

use std::pin::pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use crate::retry::{Decision, Entry, FailureClass, Policy, Rules, Tick};

/// Requests on the wire at the same time.
const IN_FLIGHT: usize = 2;

/// Why a request could not go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rejected {
    /// The server wants silence for this long.
    Paused(Duration),
    /// The call's own time was up before its turn came.
    OutOfTime,
}

#[derive(Debug)]
pub(crate) struct Throttle {
    started: Instant,
    inner: Mutex<Inner>,
    changed: Notify,
}

#[derive(Debug)]
struct Inner {
    policy: Policy,
    free: usize,
    writes_waiting: usize,
}

impl Throttle {
    pub(crate) fn new(policy: Policy) -> Self {
        Self {
            started: Instant::now(),
            inner: Mutex::new(Inner { policy, free: IN_FLIGHT, writes_waiting: 0 }),
            changed: Notify::new(),
        }
    }

    /// Waits for a turn: the circuit breaker, one of two places on the wire, the rate. Writes are what a person just
    /// clicked, so they go before reads.
    pub(crate) async fn enter(
        &self,
        is_write: bool,
        deadline: Instant,
    ) -> Result<Pass<'_>, Rejected> {
        let _queued = is_write.then(|| QueuedWrite::new(self));
        loop {
            let mut changed = pin!(self.changed.notified());
            changed.as_mut().enable();
            let until = match self.try_enter(is_write) {
                Ok(pass) => return Ok(pass),
                Err(Entry::Refused(wait)) => return Err(Rejected::Paused(wait)),
                Err(Entry::Wait(wait)) => Instant::now() + wait,
                Err(_) => deadline,
            };
            if until > deadline {
                return Err(self.rejected());
            }
            tokio::select! {
                () = changed => {}
                () = tokio::time::sleep_until(until) => if until == deadline {
                    return Err(self.rejected());
                },
            }
        }
    }

    /// Decides after a failed attempt.
    pub(crate) fn decide(&self, rules: Rules, repeats_made: u8, failure: FailureClass) -> Decision {
        let now = self.now();
        let decision = self.lock().policy.decide(now, rules, repeats_made, failure);
        self.changed.notify_waiters();
        decision
    }

    fn rejected(&self) -> Rejected {
        match self.lock().policy.breaker.entry(self.now()) {
            // The call ran out of time behind a short pause: that pause is still what to tell.
            Entry::Refused(wait) | Entry::Wait(wait) => Rejected::Paused(wait),
            Entry::Allowed | Entry::Probe | Entry::Behind => Rejected::OutOfTime,
        }
    }

    /// A place on the wire, or what stands in the way.
    fn try_enter(&self, is_write: bool) -> Result<Pass<'_>, Entry> {
        let now = self.now();
        let mut inner = self.lock();
        let entry = inner.policy.breaker.entry(now);
        if !matches!(entry, Entry::Allowed | Entry::Probe) {
            return Err(entry);
        }
        if inner.free == 0 || (!is_write && inner.writes_waiting > 0) {
            return Err(Entry::Behind);
        }
        inner.policy.bucket.take(now).map_err(Entry::Wait)?;
        inner.free -= 1;
        Ok(Pass { throttle: self, probe: inner.policy.breaker.enter(now) })
    }

    fn now(&self) -> Tick {
        self.started.elapsed()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing that can panic happens while it is locked halfway through a change.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place on the wire, given back on drop.
#[derive(Debug)]
pub(crate) struct Pass<'a> {
    throttle: &'a Throttle,
    probe: bool,
}

impl Pass<'_> {
    /// An answer came, or the attempt failed; `success` when it did what it was for.
    pub(crate) fn answered(mut self, success: bool) {
        let probe = std::mem::take(&mut self.probe);
        let mut inner = self.throttle.lock();
        if success {
            inner.policy.succeeded();
        }
        if probe {
            inner.policy.breaker.probe_passed();
        }
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        let now = self.throttle.now();
        let mut inner = self.throttle.lock();
        inner.free += 1;
        if self.probe {
            inner.policy.breaker.probe_dropped(now);
        }
        drop(inner);
        self.throttle.changed.notify_waiters();
    }
}

/// A write that waits for its turn: reads let it go first.
struct QueuedWrite<'a>(&'a Throttle);

impl<'a> QueuedWrite<'a> {
    fn new(throttle: &'a Throttle) -> Self {
        throttle.lock().writes_waiting += 1;
        Self(throttle)
    }
}

impl Drop for QueuedWrite<'_> {
    fn drop(&mut self) {
        self.0.lock().writes_waiting -= 1;
        self.0.changed.notify_waiters();
    }
}
