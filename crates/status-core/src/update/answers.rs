//! What comes back: confirmed is only what the server said.

use jiff::SignedDuration;

use super::failures::{FailureClass, class};
use super::transition::{Transition, about};
use crate::action::{Effect, Outcome};
use crate::delivery::{LinkKind, RequestKind, Stage, UNDO_LIFE, later};
use crate::failure::Failure;
use crate::outbox::{Baseline, Undo, Written};
use crate::page::Page;
use crate::status::{Status, alive, has_leftovers, same};

/// Unchanged fetches are written to disk no more often than this.
const SEEN_SAVE_GAP: SignedDuration = SignedDuration::from_hours(1);

impl Transition<'_> {
    pub(super) fn status_fetched(&mut self, result: Result<Option<Status>, Failure>) {
        if self.account.in_flight.take_if(|request| !request.is_write()).is_none() {
            return;
        }
        match result {
            Ok(server) => {
                self.answered();
                // The right to fetch is back; what was said of a refused intent stays said.
                if self.account.blind && self.account.delivery.stage != Stage::Refused {
                    self.account.problem = None;
                }
                self.saw(server.as_ref());
                self.compare();
                self.fetch_later();
            }
            Err(failure) => self.fetch_failed(failure),
        }
    }

    pub(super) fn status_written(&mut self, result: Result<Option<Status>, Failure>) {
        let Some(request) = self.account.in_flight.take_if(|request| request.is_write()) else {
            return;
        };
        match (request.kind, result) {
            (RequestKind::Write { id, written }, Ok(answer)) => {
                self.written(id, written, answer.as_ref());
            }
            (RequestKind::ClearLeftovers { id }, Ok(_)) => {
                self.answered();
                self.saw(None);
                if self.is_current(id) {
                    self.write();
                } else {
                    self.rebase(None);
                    self.fetch_later();
                }
            }
            (kind, Err(failure)) => self.write_failed(&kind, failure),
            (RequestKind::Fetch, Ok(_)) => {}
        }
    }

    fn written(&mut self, id: u64, written: Written, answer: Option<&Status>) {
        self.answered();
        let answer = alive(answer, self.now).cloned();
        let shown = self.account.shown(self.now).cloned();
        self.saw(answer.as_ref());
        let in_full = same(answer.as_ref(), alive(written.status.as_ref(), self.now));
        if in_full && answer.is_some() {
            self.account.outbox.seen_draft = written.draft;
        }
        if !self.is_current(id) {
            self.rebase(answer);
            self.fetch_later();
            return;
        }
        let cleared = self.account.delivery.leftovers_cleared;
        if has_leftovers(alive(written.status.as_ref(), self.now), answer.as_ref()) && !cleared {
            self.account.delivery.leftovers_cleared = true;
            if let Some(intent) = &mut self.account.outbox.intent {
                // Undo goes back to what was there before the first of the three requests.
                if intent.baseline == Baseline::Unknown {
                    intent.baseline = Baseline::Known(shown);
                }
                let shown = [answer, None].map(|status| Written { status, draft: None });
                intent.may_show.extend(shown);
            }
            self.account.outbox_changed = true;
            self.clear_leftovers(id);
        } else {
            self.confirm(answer.as_ref());
            self.fetch_later();
        }
    }

    /// An earlier write of ours was answered: whatever waits now was clicked on top of it.
    fn rebase(&mut self, server: Option<Status>) {
        let refused = self.account.delivery.stage == Stage::Refused;
        if let Some(intent) = self.account.outbox.intent.as_mut().filter(|_| !refused) {
            intent.baseline = Baseline::Known(server);
            intent.may_show.clear();
            self.account.outbox_changed = true;
        }
    }

    pub(super) fn is_current(&self, id: u64) -> bool {
        self.account.intent().is_some_and(|intent| intent.id == id)
    }

    /// The server answered: the link is well.
    pub(super) fn answered(&mut self) {
        let back = self.account.link.kind != LinkKind::Online;
        self.account.link.kind = LinkKind::Online;
        self.account.link.failures = 0;
        self.account.unauthorized = 0;
        self.account.pause = None;
        self.account.outbox_changed |= self.account.outbox.pause.take().is_some();
        let over = |problem: &crate::snapshot::Problem| {
            !matches!(class(problem.failure.kind), FailureClass::Refusal)
        };
        self.account.problem.take_if(|problem| over(problem));
        // Connected without network: name and scopes are still to be learned.
        if back && self.account.account.scopes.is_empty() {
            self.effects.push(Effect::CheckToken(self.account.account.id.clone()));
        }
    }

    /// What the server shows is known now.
    pub(super) fn saw(&mut self, server: Option<&Status>) {
        let ended = server.filter(|status| status.expired(self.now)).cloned();
        let server = alive(server, self.now).cloned();
        let known = self.account.outbox.seen.is_some();
        let changed = !known || !same(self.account.seen(), server.as_ref());
        let saved = self.account.seen_saved;
        let old = saved.is_none_or(|at| self.now.duration_since(at) > SEEN_SAVE_GAP);
        if changed {
            self.account.shown_preset = None;
            let ours = self.unconfirmed();
            let ours = ours.into_iter().find(|written| written.is_shown(server.as_ref(), self.now));
            self.account.outbox.seen_draft = ours.and_then(|written| written.draft);
        }
        self.account.outbox_changed |= changed || old;
        self.account.stale = false;
        self.account.blind = false;
        self.account.outbox.seen = Some((server, self.now));
        if self.account.intent().is_none() {
            let ended = ended.map(|status| Written { status: Some(status), draft: None });
            let may_show = ended.into_iter().collect();
            self.account.outbox_changed |= self.account.outbox.may_show != may_show;
            self.account.outbox.may_show = may_show;
        }
        self.forget_stale_undo();
    }

    /// Undo is for as long as the server shows our change.
    pub(super) fn forget_stale_undo(&mut self) {
        let shown = self.account.shown(self.now);
        let gone = |undo: &Undo| {
            self.now >= undo.until || !same(shown, alive(undo.ours.as_ref(), self.now))
        };
        if self.account.outbox.undo.as_ref().is_some_and(gone) {
            self.account.outbox.undo = None;
            self.account.outbox_changed = true;
        }
    }

    /// The intent is done; `server` is what colleagues see now.
    pub(super) fn confirm(&mut self, server: Option<&Status>) {
        let Some(intent) = self.account.outbox.intent.take() else { return };
        self.reply(Outcome::Confirmed);
        let delivered = self.general.saved.settings.notifications.delivered;
        if self.account.delivery.waited && delivered && intent.cause.is_announced() {
            let body =
                about(server, "notification-delivered-body", "notification-delivered-body-clear");
            self.tell("notification-delivered-title", body, Page::Status);
        }
        let as_intended = same(server, alive(intent.status.as_ref(), self.now));
        self.account.outbox.seen_draft = intent.draft.filter(|_| as_intended && server.is_some());
        self.account.outbox.undo = match intent.baseline {
            Baseline::Unknown => None,
            Baseline::Known(previous) => {
                let previous = alive(previous.as_ref(), self.now).cloned();
                (!same(previous.as_ref(), server)).then(|| Undo {
                    previous,
                    previous_draft: intent.baseline_draft,
                    ours: server.cloned(),
                    until: later(self.now, UNDO_LIFE),
                })
            }
        };
        self.account.shown_preset = intent.preset.filter(|_| as_intended);
        self.account.delivery.clear();
        self.account.problem = None;
        self.account.outbox_changed = true;
    }

    /// All is well: the next fetch is a whole interval away, unless something wants one sooner.
    pub(super) fn fetch_later(&mut self) {
        let at = later(self.now, self.general.poll_interval(self.moment.jitter));
        self.account.next_fetch = Some(self.account.next_fetch.map_or(at, |next| next.min(at)));
    }
}
