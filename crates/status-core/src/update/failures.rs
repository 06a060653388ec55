//! What does not come back, or comes back as a «no».

use jiff::{SignedDuration, Timestamp};

use super::transition::{Transition, about};
use crate::account::Pause;
use crate::action::Outcome;
use crate::delivery::{
    FORBIDDEN_RECHECK, LinkKind, QUICK_REPEATS, RequestKind, Stage, TokenCheck, backoff, circuit,
    later,
};
use crate::failure::{Failure, FailureKind};
use crate::outbox::SavedPause;
use crate::page::Page;
use crate::snapshot::{ConflictReason, Problem};

/// What a failure means for what is sent next.
pub(super) enum FailureClass {
    /// Requests do not get through: wait and try again.
    Trouble,
    /// The server wants quiet.
    Pause,
    /// The token is refused.
    Token,
    /// The answer is no.
    Refusal,
    /// We ended it ourselves: nothing is wrong.
    CalledOff,
}

pub(super) fn class(kind: FailureKind) -> FailureClass {
    match kind {
        FailureKind::TokenRejected => FailureClass::Token,
        FailureKind::RateLimited => FailureClass::Pause,
        FailureKind::ScopeMissing
        | FailureKind::RoleForbids
        | FailureKind::PlanForbids
        | FailureKind::Refused
        | FailureKind::WrongEmoji
        | FailureKind::TooLong => FailureClass::Refusal,
        FailureKind::CalledOff => FailureClass::CalledOff,
        FailureKind::Offline
        | FailureKind::Timeout
        | FailureKind::NotPachca
        | FailureKind::Tls
        | FailureKind::NotFound
        | FailureKind::ServerError
        | FailureKind::TooLarge
        | FailureKind::Unexpected => FailureClass::Trouble,
    }
}

fn forbids(kind: FailureKind) -> bool {
    matches!(kind, FailureKind::ScopeMissing | FailureKind::RoleForbids | FailureKind::PlanForbids)
}

/// Whether a write that failed so may have been carried out. Only a refusal of the API's own, or no connection at all,
/// says that it was not; and not even that if an earlier attempt of the same call is in doubt.
fn may_have_arrived(failure: &Failure) -> bool {
    let certain = match class(failure.kind) {
        FailureClass::Refusal | FailureClass::Token | FailureClass::CalledOff => true,
        FailureClass::Pause => failure.http_status.is_none_or(|status| status == 429),
        FailureClass::Trouble => matches!(failure.kind, FailureKind::Offline | FailureKind::Tls),
    };
    failure.ambiguous || !certain
}

impl Transition<'_> {
    pub(super) fn fetch_failed(&mut self, failure: Failure) {
        let kind = failure.kind;
        if matches!(class(kind), FailureClass::CalledOff) {
            self.fetch_soon(self.now);
            return;
        }
        self.account.stale = true;
        match class(kind) {
            FailureClass::Refusal if forbids(kind) => {
                self.answered();
                self.account.blind = true;
                self.account.stale = true;
                self.account.next_fetch = Some(later(self.now, FORBIDDEN_RECHECK));
                // Without the right to fetch there is nothing to compare with; the intent itself is known.
                if self.account.intent().is_some() && self.account.delivery.stage == Stage::Waiting
                {
                    self.send_waiting();
                }
            }
            FailureClass::Pause => self.pause(&failure),
            FailureClass::Token => self.token_refused(),
            _ => {
                self.trouble(kind);
                // The API answered, and will go on answering what this version cannot read: waiting does not help.
                let waits = self.account.intent().is_some()
                    && self.account.delivery.stage == Stage::Waiting;
                if kind == FailureKind::Unexpected && waits {
                    self.ask_person(ConflictReason::Unreadable);
                }
            }
        }
        self.account.problem = Some(Problem { failure, at: self.now });
    }

    pub(super) fn write_failed(&mut self, kind: &RequestKind, failure: Failure) {
        let (id, clearing) = match kind {
            RequestKind::Write { id, .. } => (*id, false),
            RequestKind::ClearLeftovers { id } => (*id, true),
            RequestKind::Fetch => return,
        };
        let current = self.is_current(id);
        let in_doubt = may_have_arrived(&failure);
        let doubted = self.account.delivery.doubted;
        if let Some(intent) = self.account.outbox.intent.as_mut().filter(|intent| intent.id == id)
            && !in_doubt
            // A clearing that fails says nothing about the write before it.
            && !clearing
            && intent.ambiguous != doubted
        {
            intent.ambiguous = doubted;
            self.account.outbox_changed = true;
        }
        if current {
            self.account.delivery.tries = self.account.delivery.tries.saturating_add(1);
            // The left-over may still be there.
            self.account.delivery.leftovers_cleared &= !clearing;
        }
        if self.account.intent().is_none() {
            // It was cancelled on the way: find out what came of it.
            self.fetch_soon(self.now);
        }
        let unread = failure.ambiguous
            || matches!(failure.kind, FailureKind::Unexpected | FailureKind::TooLarge);
        match class(failure.kind) {
            FailureClass::CalledOff => {
                self.hold_clicks(false);
                self.fetch_soon(self.now);
                return;
            }
            FailureClass::Trouble if unread && self.account.delivery.tries <= QUICK_REPEATS => {
                self.hold_clicks(false);
                let pause = backoff(self.account.delivery.tries, self.moment.jitter);
                self.account.delivery.hold = Some(later(self.now, pause));
                self.fetch_soon(self.now);
                return;
            }
            FailureClass::Trouble => self.trouble(failure.kind),
            FailureClass::Pause => self.pause(&failure),
            FailureClass::Token => self.token_refused(),
            FailureClass::Refusal => {
                self.answered();
                if clearing && current {
                    // The left-over cannot be cleared away: then what the server shows is what there is.
                    let shown = self.account.shown(self.now).cloned();
                    self.confirm(shown.as_ref());
                } else if current {
                    self.refused(&failure);
                }
                self.fetch_later();
                if !current && self.account.intent_on_its_way().is_some() {
                    // The newer click waited behind this write, and its answer did not say what the server shows.
                    self.hold_clicks(false);
                    self.fetch_soon(self.now);
                }
            }
        }
        if current || !matches!(class(failure.kind), FailureClass::Refusal) {
            self.account.problem = Some(Problem { failure, at: self.now });
        }
    }

    fn refused(&mut self, failure: &Failure) {
        self.account.delivery.stage = Stage::Refused;
        if let Some(intent) = &mut self.account.outbox.intent {
            intent.refused = Some(Problem { failure: failure.clone(), at: self.now });
            self.account.outbox_changed = true;
        }
        self.reply(Outcome::Refused(failure.clone()));
        let status = self.account.intent().and_then(|intent| intent.status.as_ref());
        let body = about(status, "notification-refused-body", "notification-refused-body-clear");
        self.tell_failure("notification-refused-title", body, Page::Status);
    }

    fn trouble(&mut self, kind: FailureKind) {
        self.account.link.failures = self.account.link.failures.saturating_add(1);
        self.account.link.kind = LinkKind::Trouble(kind);
        self.try_again_at(later(self.now, circuit(self.failures(), self.moment.jitter)));
    }

    /// A pause is never cut short: what we refuse ourselves meanwhile names only what is left of a part of it.
    fn pause(&mut self, failure: &Failure) {
        self.account.link.failures = self.account.link.failures.saturating_add(1);
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
        let until = self.account.pause.map_or(until, |pause| pause.until.max(until));
        self.account.pause = Some(Pause::new(until, self.now, self.moment.monotonic));
        self.account.outbox.pause = Some(SavedPause { since: self.now, until });
        self.account.outbox_changed = true;
        self.account.link.kind = LinkKind::Paused;
        self.try_again_at(until);
    }

    fn token_refused(&mut self) {
        self.account.unauthorized = self.account.unauthorized.saturating_add(1);
        self.account.token_check = Some(TokenCheck::new(self.now, self.account.unauthorized));
        self.account.next_fetch = None;
        self.hold_clicks(true);
    }

    /// The longer of the link's and the intent's own run of failures.
    fn failures(&self) -> u32 {
        let pending = self.account.intent().is_some();
        let tries = if pending { self.account.delivery.tries } else { 0 };
        self.account.link.failures.max(tries)
    }

    fn try_again_at(&mut self, at: Timestamp) {
        let at = self.account.pause.map_or(at, |pause| pause.until.max(at));
        self.account.next_fetch = Some(at);
        self.account.delivery.hold = Some(at);
        self.hold_clicks(true);
    }

    /// What was to go out has to wait, and is compared before it is sent.
    pub(super) fn hold_clicks(&mut self, waited: bool) {
        if matches!(self.account.delivery.stage, Stage::Fresh { .. }) {
            self.account.delivery.stage = Stage::Waiting;
        }
        self.account.delivery.waited |= waited && self.account.intent().is_some();
    }
}
