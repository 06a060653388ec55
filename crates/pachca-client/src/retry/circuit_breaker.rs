//! One circuit breaker for everything a token may be used for: the server counts requests by token, not by operation.

use std::time::Duration;

use super::tick::Tick;

/// Whether a request may go out now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entry {
    Allowed,
    /// It may, and it is the first since the pause: the others wait for what becomes of it.
    Probe,
    /// Not for this long; short enough to wait for.
    Wait(Duration),
    /// Not now, and it is too long to wait for within a call. The server asked for this much.
    Refused(Duration),
    /// Others go first: the probe, or those that have the places on the wire.
    Behind,
}

/// Stops requests while the server wants silence, then lets one through to see.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct CircuitBreaker(State);

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Closed,
    Open {
        until: Tick,
        /// The end of the pause the server asked for: not before `until`.
        asked_until: Tick,
        refuses: bool,
    },
    Probing,
}

impl CircuitBreaker {
    /// No pause is longer: after this a person may try. What the server asked for is told in full all the same.
    pub(crate) const LONGEST: Duration = Duration::from_hours(2);

    /// Whether a request may go out. Changes nothing: [`enter`](Self::enter) does.
    pub(crate) fn entry(&self, now: Tick) -> Entry {
        match self.0 {
            State::Closed => Entry::Allowed,
            State::Probing => Entry::Behind,
            State::Open { until, .. } if now >= until => Entry::Probe,
            State::Open { asked_until, refuses: true, .. } => {
                Entry::Refused(asked_until.saturating_sub(now))
            }
            State::Open { until, refuses: false, .. } => Entry::Wait(until.saturating_sub(now)),
        }
    }

    /// A request goes out. `true` when it is the probe.
    pub(crate) fn enter(&mut self, now: Tick) -> bool {
        let probe = self.entry(now) == Entry::Probe;
        if probe {
            self.0 = State::Probing;
        }
        probe
    }

    /// Stops requests for `asked`. A pause that ends later stays: requests never go out early.
    pub(crate) fn open(&mut self, now: Tick, asked: Duration, refuses: bool) {
        let (mut until, mut asked_until) = (now + asked.min(Self::LONGEST), now + asked);
        let mut refuses = refuses;
        if let State::Open { until: before, asked_until: asked_before, refuses: refused_before } =
            self.0
            && before > now
        {
            until = until.max(before);
            asked_until = asked_until.max(asked_before);
            refuses |= refused_before;
        }
        self.0 = State::Open { until, asked_until, refuses };
    }

    /// The probe came back with anything but a request for a pause.
    pub(crate) fn probe_passed(&mut self) {
        if self.0 == State::Probing {
            self.0 = State::Closed;
        }
    }

    /// The probe was given up before it came back: the next request is the probe.
    pub(crate) fn probe_dropped(&mut self, now: Tick) {
        if self.0 == State::Probing {
            self.0 = State::Open { until: now, asked_until: now, refuses: false };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const S: Duration = Duration::from_secs(1);

    #[test]
    fn after_the_pause_one_request_goes_first() {
        let mut breaker = CircuitBreaker::default();
        breaker.open(S, 5 * S, false);
        assert_eq!(breaker.entry(2 * S), Entry::Wait(4 * S));
        assert!(!breaker.enter(2 * S));
        assert_eq!(breaker.entry(6 * S), Entry::Probe);
        assert!(breaker.enter(6 * S));
        assert_eq!(breaker.entry(6 * S), Entry::Behind);
        breaker.probe_passed();
        assert_eq!(breaker.entry(6 * S), Entry::Allowed);
    }

    #[test]
    fn a_cancelled_first_request_leaves_its_place_to_the_next() {
        let mut breaker = CircuitBreaker::default();
        breaker.open(S, S, true);
        assert!(breaker.enter(2 * S));
        breaker.probe_dropped(3 * S);
        assert_eq!(breaker.entry(3 * S), Entry::Probe);
    }

    #[test]
    fn a_shorter_pause_never_opens_the_gate_early() {
        let mut breaker = CircuitBreaker::default();
        breaker.open(S, 60 * S, true);
        breaker.open(2 * S, S, false);
        assert_eq!(breaker.entry(4 * S), Entry::Refused(57 * S));
    }

    #[test]
    fn a_late_success_of_an_older_request_does_not_open_the_gate() {
        let mut breaker = CircuitBreaker::default();
        breaker.open(S, 60 * S, true);
        breaker.probe_passed();
        assert_eq!(breaker.entry(2 * S), Entry::Refused(59 * S));
    }
}
