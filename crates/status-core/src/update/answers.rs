//! What comes back: confirmed is only what the server said.

use jiff::SignedDuration;

use super::{Turn, about};
use crate::delivery::{
    Delivery, Errand, FORBIDDEN_RECHECK, LinkKind, QUICK_REPEATS, Stage, TokenDoubt, UNDO_LIFE,
    backoff, circuit, later,
};
use crate::status::{alive, same};
use crate::{Effect, Failure, FailureKind, Page, Problem, Status, Ticket, Undo};

/// Unchanged looks are written to disk no more often than this.
const SEEN_SAVE_GAP: SignedDuration = SignedDuration::from_hours(1);

/// What a failure means for what is sent next.
enum Verdict {
    /// Requests do not get through: wait and try again.
    Trouble,
    /// The server wants quiet.
    Pause,
    /// The token is refused.
    Token,
    /// The answer is no.
    No,
}

fn verdict(kind: FailureKind) -> Verdict {
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

/// A field that was left out of the write is still there: this server keeps what is not sent.
fn left_over(wanted: Option<&Status>, answer: Option<&Status>) -> bool {
    let (Some(wanted), Some(answer)) = (wanted, answer) else { return false };
    (wanted.expires_at.is_none() && answer.expires_at.is_some())
        || (wanted.away_message.is_none() && answer.away_message.is_some())
}

impl Turn<'_> {
    pub(super) fn status_fetched(
        &mut self,
        ticket: Ticket,
        result: Result<Option<Status>, Failure>,
    ) {
        let is_this =
            |flight: &crate::delivery::Flight| flight.ticket == ticket && !flight.is_write();
        if self.state.flight.take_if(|flight| is_this(flight)).is_none() {
            return;
        }
        match result {
            Ok(server) => {
                self.answered();
                self.saw(server.as_ref());
                self.compare();
                self.look_later();
            }
            Err(failure) => self.look_failed(failure),
        }
    }

    fn look_failed(&mut self, failure: Failure) {
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

    pub(super) fn status_written(
        &mut self,
        ticket: Ticket,
        result: Result<Option<Status>, Failure>,
    ) {
        let is_this =
            |flight: &crate::delivery::Flight| flight.ticket == ticket && flight.is_write();
        let Some(flight) = self.state.flight.take_if(|flight| is_this(flight)) else { return };
        match (flight.errand, result) {
            (Errand::Write { id, wanted }, Ok(answer)) => {
                self.written(id, wanted.as_ref(), answer.as_ref());
            }
            (Errand::Write { id, .. }, Err(failure)) => self.write_failed(id, false, failure),
            (Errand::Sweep { id }, Ok(_)) => {
                self.answered();
                self.saw(None);
                if self.current(id) {
                    self.write();
                } else {
                    self.rebase(None);
                    self.look_later();
                }
            }
            (Errand::Sweep { id }, Err(failure)) => self.write_failed(id, true, failure),
            (Errand::Look, _) => {}
        }
    }

    fn written(&mut self, id: u64, wanted: Option<&Status>, answer: Option<&Status>) {
        self.answered();
        let answer = alive(answer, self.now).cloned();
        let shown = self.state.shown(self.now).cloned();
        self.saw(answer.as_ref());
        if !self.current(id) {
            self.rebase(answer);
            self.look_later();
            return;
        }
        let differs = !same(answer.as_ref(), alive(wanted, self.now));
        if differs && left_over(wanted, answer.as_ref()) && !self.state.delivery.repaired {
            self.state.delivery.repaired = true;
            if let Some(intent) = &mut self.state.outbox.intent {
                // Undo goes back to what was there before the first of the three requests.
                intent.baseline.get_or_insert(shown);
                intent.may_show.extend([answer, None]);
            }
            self.outbox_changed = true;
            self.sweep(id);
        } else {
            self.confirm(answer.as_ref());
            self.look_later();
        }
    }

    /// An earlier write of ours was answered: whatever waits now was clicked on top of it.
    fn rebase(&mut self, server: Option<Status>) {
        let refused = self.state.delivery.is_refused();
        if let Some(intent) = self.state.outbox.intent.as_mut().filter(|_| !refused) {
            intent.baseline = Some(server);
            intent.may_show.clear();
            self.outbox_changed = true;
        }
    }

    fn write_failed(&mut self, id: u64, sweeping: bool, failure: Failure) {
        let kind = failure.kind;
        let current = self.current(id);
        let unread = in_doubt(&failure);
        if let Some(intent) = self.state.outbox.intent.as_mut().filter(|intent| intent.id == id)
            && unread
            && !intent.ambiguous
        {
            intent.ambiguous = true;
            self.outbox_changed = true;
        }
        if current {
            self.state.delivery.tries = self.state.delivery.tries.saturating_add(1);
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

    fn current(&self, id: u64) -> bool {
        self.state.intent().is_some_and(|intent| intent.id == id)
    }

    /// The server answered: the link is well.
    fn answered(&mut self) {
        let back = self.state.link.kind != LinkKind::Online;
        self.state.link.kind = LinkKind::Online;
        self.state.link.failures = 0;
        self.state.unauthorized = 0;
        if self
            .state
            .problem
            .as_ref()
            .is_some_and(|problem| !matches!(verdict(problem.failure.kind), Verdict::No))
        {
            self.state.problem = None;
        }
        // Connected without network: name and scopes are still to be learned.
        if back && self.state.account.as_ref().is_some_and(|account| account.scopes.is_empty()) {
            self.effects.push(Effect::CheckToken);
        }
    }

    /// What the server shows is known now.
    pub(super) fn saw(&mut self, server: Option<&Status>) {
        let server = alive(server, self.now).cloned();
        let known = self.state.outbox.seen.is_some();
        let changed = !known || !same(self.state.seen(), server.as_ref());
        let old =
            self.state.seen_saved.is_none_or(|at| self.now.duration_since(at) > SEEN_SAVE_GAP);
        if changed {
            self.state.shown_preset = None;
        }
        self.outbox_changed |= changed || old;
        self.state.stale = false;
        self.state.blind = false;
        self.state.outbox.seen = Some((server, self.now));
        self.forget_stale_undo();
    }

    /// Undo is for as long as the server shows our change.
    pub(super) fn forget_stale_undo(&mut self) {
        let shown = self.state.shown(self.now);
        let gone = |undo: &Undo| {
            self.now >= undo.until || !same(shown, alive(undo.ours.as_ref(), self.now))
        };
        if self.state.outbox.undo.as_ref().is_some_and(gone) {
            self.state.outbox.undo = None;
            self.outbox_changed = true;
        }
    }

    /// The intent is done; `server` is what colleagues see now.
    pub(super) fn confirm(&mut self, server: Option<&Status>) {
        let Some(intent) = self.state.outbox.intent.take() else { return };
        if self.state.delivery.waited && self.state.saved.settings.notifications.delivered {
            let body =
                about(server, "notification-delivered-body", "notification-delivered-body-clear");
            self.tell("notification-delivered-title", body, Page::Status);
        }
        let previous = intent.baseline.map(|baseline| alive(baseline.as_ref(), self.now).cloned());
        self.state.outbox.undo =
            previous.filter(|previous| !same(previous.as_ref(), server)).map(|previous| Undo {
                previous,
                ours: server.cloned(),
                until: later(self.now, UNDO_LIFE),
            });
        let as_wanted = same(server, alive(intent.wanted.as_ref(), self.now));
        self.state.shown_preset = intent.preset.filter(|_| as_wanted);
        self.state.delivery =
            Delivery { last_write: self.state.delivery.last_write, ..Delivery::default() };
        self.state.problem = None;
        self.outbox_changed = true;
    }

    /// All is well: the next look is a whole interval away, unless something wants one sooner.
    fn look_later(&mut self) {
        let at = later(self.now, self.state.poll_interval(self.moment.jitter));
        if self.state.next_look.is_none_or(|next| next > at || self.state.intent().is_none()) {
            self.state.next_look = Some(at);
        }
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
        // A server that goes on refusing is asked ever more rarely, however short the pauses it names.
        let own = if asked.is_some() && failures <= 1 {
            SignedDuration::ZERO
        } else {
            circuit(failures.saturating_sub(u32::from(asked.is_some())), self.moment.jitter)
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
