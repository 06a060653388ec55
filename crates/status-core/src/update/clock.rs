//! What time does by itself.

use super::transition::{Transition, about};
use crate::action::{Effect, Outcome};
use crate::failure::{Failure, FailureKind};
use crate::outbox::{SavedPause, Written};
use crate::page::Page;
use crate::snapshot::Notice;
use crate::text::{Arg, Text};

impl Transition<'_> {
    /// Everything whose moment has come. Runs before each action, so that no action sees what is over.
    pub(super) fn expire_due(&mut self) {
        self.end_pause();
        self.end_status();
        self.forget_stale_undo();
        self.drop_late_intent();
        self.give_up_request();
    }

    /// A clock that was set back makes no pause longer.
    fn end_pause(&mut self) {
        let Some(pause) = &mut self.account.pause else { return };
        let before = pause.until;
        pause.follow_clock(self.now, self.moment.monotonic);
        let until = pause.until;
        if until < before {
            for deadline in [&mut self.account.next_fetch, &mut self.account.delivery.hold] {
                *deadline = deadline.map(|at| at.min(until));
            }
            self.account.outbox.pause = Some(SavedPause { since: self.now, until });
            self.account.outbox_changed = true;
        }
        if until <= self.now {
            self.account.pause = None;
        }
    }

    /// A status ends at its second, whatever the server goes on saying; one fetch confirms it.
    fn end_status(&mut self) {
        let ended = self.account.seen().filter(|status| status.expired(self.now)).cloned();
        let Some(ended) = ended else { return };
        if let Some((seen, _)) = &mut self.account.outbox.seen {
            *seen = None;
        }
        let draft = self.account.outbox.seen_draft.take();
        // Should the clock be set back, it is still what was there before, and nobody's change.
        self.account.outbox.may_show.push(Written { status: Some(ended.clone()), draft });
        self.account.outbox.may_show = self.unconfirmed();
        self.account.shown_preset = None;
        self.account.outbox_changed = true;
        let idle = self.account.in_flight.is_none() && !self.account.blind;
        if idle && self.account.link_is_live() {
            self.fetch_soon(self.now);
        }
        if self.general.saved.settings.notifications.expired {
            let body =
                about(Some(&ended), "notification-expired-body", "notification-expired-body");
            self.tell("notification-expired-title", body, Page::Status);
        }
    }

    /// A status that would be over when it arrives is not sent; the person is told.
    pub(super) fn drop_late_intent(&mut self) {
        if self.account.dropped_at().is_none_or(|at| at > self.now) {
            return;
        }
        let announced = self.cause().is_announced();
        let status = self.account.intent().and_then(|intent| intent.status.clone());
        self.give_up_intent(Outcome::Expired);
        let Some(status) = status.filter(|_| announced) else { return };
        let title = status.title.as_str().to_owned();
        self.general.noticed(Notice::WaitedTooLong { title: title.clone() });
        let body = Text::new("notification-waited-body", vec![("title", Arg::Str(title))]);
        self.tell_failure("notification-waited-title", body, Page::Status);
    }

    /// A request that nobody ever answers for must not stop everything after it.
    fn give_up_request(&mut self) {
        let due = |request: &&crate::delivery::InFlight| request.give_up_at <= self.now;
        let Some(request) = self.account.in_flight.as_ref().filter(due) else { return };
        let failure =
            Failure { ambiguous: request.is_write(), ..Failure::new(FailureKind::Timeout) };
        self.effects.push(Effect::CallOff(request.ticket));
        if request.is_write() {
            self.status_written(Err(failure));
        } else {
            self.status_fetched(Err(failure));
        }
    }
}
