//! The policy put into time: who may send now, and who waits. One for all clones of a client.

use std::pin::pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use crate::retry::{Entry, Policy, Rules, Tick, Trouble, Verdict};

/// Requests on the wire at the same time.
const IN_FLIGHT: usize = 2;

/// Why a request could not go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Held {
    /// The server wants silence for this long.
    Closed(Duration),
    /// The call's own time was up before its turn came.
    OutOfTime,
}

#[derive(Debug)]
pub(crate) struct Traffic {
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

impl Traffic {
    pub(crate) fn new(policy: Policy) -> Self {
        Self {
            started: Instant::now(),
            inner: Mutex::new(Inner { policy, free: IN_FLIGHT, writes_waiting: 0 }),
            changed: Notify::new(),
        }
    }

    /// Waits for a turn: the gate, one of two places on the wire, the rate. Writes are what a person just clicked, so
    /// they go before reads.
    pub(crate) async fn enter(&self, is_write: bool, deadline: Instant) -> Result<Pass<'_>, Held> {
        let _queued = is_write.then(|| QueuedWrite::new(self));
        loop {
            let mut changed = pin!(self.changed.notified());
            changed.as_mut().enable();
            let sleep = match self.try_enter(is_write) {
                Step::In { probe } => return Ok(Pass { traffic: self, probe }),
                Step::Refused(wait) => return Err(Held::Closed(wait)),
                Step::Sleep(wait) => Some(wait),
                Step::Queue => None,
            };
            let until = sleep.map_or(deadline, |wait| Instant::now() + wait);
            if until > deadline {
                return Err(self.held());
            }
            tokio::select! {
                () = changed => {}
                () = tokio::time::sleep_until(until) => if sleep.is_none() {
                    return Err(self.held());
                },
            }
        }
    }

    /// Judges a failed attempt.
    pub(crate) fn judge(&self, rules: Rules, repeats_made: u8, trouble: Trouble) -> Verdict {
        let now = self.now();
        let verdict = self.lock().policy.judge(now, rules, repeats_made, trouble);
        self.changed.notify_waiters();
        verdict
    }

    fn held(&self) -> Held {
        match self.lock().policy.gate.entry(self.now()) {
            // The call ran out of time behind a short pause: that pause is still what to tell.
            Entry::Refused(wait) | Entry::Wait(wait) => Held::Closed(wait),
            Entry::Open | Entry::Probe | Entry::Behind => Held::OutOfTime,
        }
    }

    fn try_enter(&self, is_write: bool) -> Step {
        let now = self.now();
        let mut inner = self.lock();
        match inner.policy.gate.entry(now) {
            Entry::Refused(wait) => return Step::Refused(wait),
            Entry::Wait(wait) => return Step::Sleep(wait),
            Entry::Behind => return Step::Queue,
            Entry::Open | Entry::Probe => {}
        }
        if inner.free == 0 || (!is_write && inner.writes_waiting > 0) {
            return Step::Queue;
        }
        if let Err(wait) = inner.policy.bucket.take(now) {
            return Step::Sleep(wait);
        }
        inner.free -= 1;
        let probe = inner.policy.gate.enter(now);
        Step::In { probe }
    }

    fn now(&self) -> Tick {
        self.started.elapsed()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing that can panic happens while it is locked halfway through a change.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

enum Step {
    In { probe: bool },
    Refused(Duration),
    Sleep(Duration),
    Queue,
}

/// A place on the wire, given back on drop.
#[derive(Debug)]
pub(crate) struct Pass<'a> {
    traffic: &'a Traffic,
    probe: bool,
}

impl Pass<'_> {
    /// An answer came, or the attempt failed; `success` when it did what it was for.
    pub(crate) fn answered(mut self, success: bool) {
        let probe = std::mem::take(&mut self.probe);
        let mut inner = self.traffic.lock();
        if success {
            inner.policy.succeeded();
        }
        if probe {
            inner.policy.gate.probe_passed();
        }
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        let now = self.traffic.now();
        let mut inner = self.traffic.lock();
        inner.free += 1;
        if self.probe {
            inner.policy.gate.probe_dropped(now);
        }
        drop(inner);
        self.traffic.changed.notify_waiters();
    }
}

/// A write that waits for its turn: reads let it go first.
struct QueuedWrite<'a>(&'a Traffic);

impl<'a> QueuedWrite<'a> {
    fn new(traffic: &'a Traffic) -> Self {
        traffic.lock().writes_waiting += 1;
        Self(traffic)
    }
}

impl Drop for QueuedWrite<'_> {
    fn drop(&mut self) {
        self.0.lock().writes_waiting -= 1;
        self.0.changed.notify_waiters();
    }
}
