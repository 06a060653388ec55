//! What comes back: confirmed is only what the server said.

use jiff::SignedDuration;

use super::failures::{Verdict, verdict};
use super::{Turn, about};
use crate::delivery::{Delivery, Errand, LinkKind, UNDO_LIFE, later};
use crate::status::{alive, same};
use crate::{Effect, Failure, Page, Status, Ticket, Undo};

/// Unchanged looks are written to disk no more often than this.
const SEEN_SAVE_GAP: SignedDuration = SignedDuration::from_hours(1);

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
                // The right to look is back; what was said of a refused wish stays said.
                if self.state.blind && !self.state.delivery.is_refused() {
                    self.state.problem = None;
                }
                self.saw(server.as_ref());
                self.compare();
                self.look_later();
            }
            Err(failure) => self.look_failed(failure),
        }
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

    pub(super) fn current(&self, id: u64) -> bool {
        self.state.intent().is_some_and(|intent| intent.id == id)
    }

    /// The server answered: the link is well.
    pub(super) fn answered(&mut self) {
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
    pub(super) fn look_later(&mut self) {
        let at = later(self.now, self.state.poll_interval(self.moment.jitter));
        if self.state.next_look.is_none_or(|next| next > at || self.state.intent().is_none()) {
            self.state.next_look = Some(at);
        }
    }
}
