//! One gate for everything a token may be used for: the server counts requests by token, not by operation.

use std::time::Duration;

use super::Tick;

/// Whether a request may go out now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// It may.
    Open,
    /// It may, and it is the first since the gate was closed: the others wait for what becomes of it.
    Probe,
    /// Not for this long; short enough to wait for.
    Wait(Duration),
    /// Not for this long; too long to wait for within a call.
    Refused(Duration),
    /// The first one since the gate was closed is on its way.
    Behind,
}

/// Open, closed until a moment, or letting one request through to see.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gate(State);

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Open,
    Closed {
        until: Tick,
        refuses: bool,
    },
    Probing,
}

impl Gate {
    /// Whether a request may go out. Changes nothing: [`enter`](Self::enter) does.
    pub fn entry(&self, now: Tick) -> Entry {
        match self.0 {
            State::Open => Entry::Open,
            State::Probing => Entry::Behind,
            State::Closed { until, .. } if now >= until => Entry::Probe,
            State::Closed { until, refuses: true } => Entry::Refused(until.saturating_sub(now)),
            State::Closed { until, refuses: false } => Entry::Wait(until.saturating_sub(now)),
        }
    }

    /// A request goes out. `true` when it is the probe.
    pub fn enter(&mut self, now: Tick) -> bool {
        match self.0 {
            State::Closed { until, .. } if now >= until => {
                self.0 = State::Probing;
                true
            }
            _ => false,
        }
    }

    /// Closes the gate. A gate that is closed for longer stays so: it is never opened early.
    pub fn close(&mut self, now: Tick, wait: Duration, refuses: bool) {
        let (until, refuses) = match self.0 {
            State::Closed { until, refuses: before, .. } if until > now => {
                (until.max(now + wait), before || refuses)
            }
            _ => (now + wait, refuses),
        };
        self.0 = State::Closed { until, refuses };
    }

    /// The probe came back with anything but a throttle.
    pub fn probe_passed(&mut self) {
        if self.0 == State::Probing {
            self.0 = State::Open;
        }
    }

    /// The probe was given up before it came back: the next request is the probe.
    pub fn probe_dropped(&mut self, now: Tick) {
        if self.0 == State::Probing {
            self.0 = State::Closed { until: now, refuses: false };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const S: Duration = Duration::from_secs(1);

    #[test]
    fn after_the_pause_one_request_goes_first() {
        let mut gate = Gate::default();
        gate.close(S, 5 * S, false);
        assert_eq!(gate.entry(2 * S), Entry::Wait(4 * S));
        assert!(!gate.enter(2 * S));
        assert_eq!(gate.entry(6 * S), Entry::Probe);
        assert!(gate.enter(6 * S));
        assert_eq!(gate.entry(6 * S), Entry::Behind);
        gate.probe_passed();
        assert_eq!(gate.entry(6 * S), Entry::Open);
    }

    #[test]
    fn a_cancelled_first_request_leaves_its_place_to_the_next() {
        let mut gate = Gate::default();
        gate.close(S, S, true);
        assert!(gate.enter(2 * S));
        gate.probe_dropped(3 * S);
        assert_eq!(gate.entry(3 * S), Entry::Probe);
    }

    #[test]
    fn a_shorter_pause_never_opens_the_gate_early() {
        let mut gate = Gate::default();
        gate.close(S, 60 * S, true);
        gate.close(2 * S, S, false);
        assert_eq!(gate.entry(4 * S), Entry::Refused(57 * S));
    }

    #[test]
    fn a_late_success_of_an_older_request_does_not_open_the_gate() {
        let mut gate = Gate::default();
        gate.close(S, 60 * S, true);
        gate.probe_passed();
        assert_eq!(gate.entry(2 * S), Entry::Refused(59 * S));
    }
}
