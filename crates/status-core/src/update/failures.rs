//! What does not come back, or comes back as a «no».

use jiff::SignedDuration;

use super::{Turn, about};
use crate::delivery::{
    FORBIDDEN_RECHECK, LinkKind, QUICK_REPEATS, Stage, TokenDoubt, backoff, circuit, later,
};
use crate::{Failure, FailureKind, Page, Problem};

/// What a failure means for what is sent next.
pub(super) enum Verdict {
    /// Requests do not get through: wait and try again.
    Trouble,
    /// The server wants quiet.
    Pause,
    /// The token is refused.
    Token,
    /// The answer is no.
    No,
}

pub(super) fn verdict(kind: FailureKind) -> Verdict {
    match kind {
        FailureKind::TokenRejected => Verdict::Token,
        FailureKind::RateLimited => Verdict::Pause,
        FailureKind::ScopeMissing
        | FailureKind::RoleForbids
        | FailureKind::PlanForbids
        | FailureKind::Refused
        | FailureKind::WrongEmoji
        | FailureKind::TooLong => Verdict::No,
        FailureKind::Offline
        | FailureKind::Timeout
        | FailureKind::NotPachca
        | FailureKind::Tls
        | FailureKind::NotFound
        | FailureKind::ServerError
        | FailureKind::TooLarge
        | FailureKind::Unexpected
        | FailureKind::Cancelled => Verdict::Trouble,
    }
}

fn forbids(kind: FailureKind) -> bool {
    matches!(kind, FailureKind::ScopeMissing | FailureKind::RoleForbids | FailureKind::PlanForbids)
}

/// The answer was read by nobody: the write may have been carried out.
fn in_doubt(failure: &Failure) -> bool {
    failure.ambiguous || matches!(failure.kind, FailureKind::Unexpected | FailureKind::TooLarge)
}

impl Turn<'_> {
    pub(super) fn look_failed(&mut self, failure: Failure) {
        self.state.stale = true;
        let kind = failure.kind;
        match verdict(kind) {
            Verdict::No if forbids(kind) => {
                self.answered();
                self.state.blind = true;
                self.state.stale = true;
                self.state.next_look = Some(later(self.now, FORBIDDEN_RECHECK));
                // Without the right to look there is nothing to compare with; the wish itself is known.
                if self.state.intent().is_some() && self.state.delivery.stage == Stage::Waiting {
                    self.send_waiting();
                }
            }
            Verdict::Trouble | Verdict::No => self.trouble(kind),
            Verdict::Pause => self.pause(&failure),
            Verdict::Token => self.token_refused(),
        }
        self.state.problem = Some(Problem { failure, at: self.now });
    }

    pub(super) fn write_failed(&mut self, id: u64, sweeping: bool, failure: Failure) {
        let kind = failure.kind;
        let current = self.current(id);
        let unread = in_doubt(&failure);
        // Whoever answered in the server's place may have let the write through.
        let may_have_arrived = unread || kind == FailureKind::NotPachca;
        let doubted = self.state.delivery.doubted;
        if let Some(intent) = self.state.outbox.intent.as_mut().filter(|intent| intent.id == id)
            && !may_have_arrived
            && intent.ambiguous != doubted
        {
            intent.ambiguous = doubted;
            self.outbox_changed = true;
        }
        if current {
            self.state.delivery.tries = self.state.delivery.tries.saturating_add(1);
            // The left-over may still be there.
            self.state.delivery.repaired &= !sweeping;
        }
        if self.state.intent().is_none() {
            // It was cancelled on the way: find out what came of it.
            self.state.next_look = Some(self.now);
        }
        match verdict(kind) {
            Verdict::Trouble if unread && self.state.delivery.tries <= QUICK_REPEATS => {
                self.hold_clicks(false);
                self.state.delivery.hold =
                    Some(later(self.now, backoff(self.state.delivery.tries, self.moment.jitter)));
                self.state.next_look = Some(self.now);
                return;
            }
            Verdict::Trouble => self.trouble(kind),
            Verdict::Pause => self.pause(&failure),
            Verdict::Token => self.token_refused(),
            Verdict::No => {
                self.answered();
                if sweeping && current {
                    // The left-over cannot be cleared away: then what the server shows is what there is.
                    let shown = self.state.shown(self.now).cloned();
                    self.confirm(shown.as_ref());
                } else if current {
                    self.refused();
                }
                self.look_later();
                if !current && self.state.intent_on_its_way().is_some() {
                    // The newer click waited behind this write, and its answer did not say what the server shows.
                    self.hold_clicks(false);
                    self.state.next_look = Some(self.now);
                }
            }
        }
        if current || !matches!(verdict(kind), Verdict::No) {
            self.state.problem = Some(Problem { failure, at: self.now });
        }
    }

    fn refused(&mut self) {
        self.state.delivery.stage = Stage::Refused;
        let wanted = self.state.intent().and_then(|intent| intent.wanted.as_ref());
        let body = about(wanted, "notification-refused-body", "notification-refused-body-clear");
        self.tell_failure("notification-refused-title", body, Page::Status);
    }

    fn trouble(&mut self, kind: FailureKind) {
        self.state.link.failures = self.state.link.failures.saturating_add(1);
        self.state.link.kind = LinkKind::Trouble(kind);
        self.try_again_at(later(self.now, circuit(self.failures(), self.moment.jitter)));
    }

    fn pause(&mut self, failure: &Failure) {
        self.state.link.failures = self.state.link.failures.saturating_add(1);
        let failures = self.failures();
        let asked = failure.retry_after_seconds.map(|seconds| {
            let whole = SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX));
            whole.saturating_add(
                SignedDuration::from_secs(1).mul_f64(self.moment.jitter.clamp(0.0, 1.0)),
            )
        });
        // A server that goes on refusing is asked ever more rarely, however short the pauses it names; and never early.
        let own = if asked.is_some() && failures <= 1 {
            SignedDuration::ZERO
        } else {
            circuit(failures, 0.5 + self.moment.jitter / 2.0)
        };
        let until = later(self.now, asked.unwrap_or_default().max(own));
        self.state.link.kind = LinkKind::Paused(until);
        self.try_again_at(until);
    }

    fn token_refused(&mut self) {
        self.state.unauthorized = self.state.unauthorized.saturating_add(1);
        self.state.doubt = Some(TokenDoubt::new(self.now, self.state.unauthorized));
        self.state.next_look = None;
        self.hold_clicks(true);
    }

    /// The longer of the link's and the wish's own run of failures.
    fn failures(&self) -> u32 {
        let tries = if self.state.intent().is_some() { self.state.delivery.tries } else { 0 };
        self.state.link.failures.max(tries)
    }

    fn try_again_at(&mut self, at: jiff::Timestamp) {
        self.state.next_look = Some(at);
        self.state.delivery.hold = Some(at);
        self.hold_clicks(true);
    }

    /// What was to go out has to wait, and is compared before it is sent.
    pub(super) fn hold_clicks(&mut self, waited: bool) {
        if self.state.delivery.stage == Stage::Fresh {
            self.state.delivery.stage = Stage::Waiting;
        }
        self.state.delivery.waited |= waited && self.state.outbox.intent.is_some();
    }
}
