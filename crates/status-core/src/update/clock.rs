//! What time does by itself.

use super::{Turn, about};
use crate::delivery::{Delivery, Errand};
use crate::{Arg, Failure, FailureKind, Notice, Page, Text};

impl Turn<'_> {
    /// Everything whose moment has come. Runs before each action, so that no action sees what is over.
    pub(super) fn settle(&mut self) {
        self.end_status();
        self.forget_stale_undo();
        self.drop_late_wish();
        self.give_up_waiting();
    }

    /// A status ends at its second, whatever the server goes on saying; one look confirms it.
    fn end_status(&mut self) {
        let Some(ended) = self.state.seen().filter(|status| status.expired(self.now)).cloned()
        else {
            return;
        };
        if let Some((seen, _)) = &mut self.state.outbox.seen {
            *seen = None;
        }
        self.state.shown_preset = None;
        self.outbox_changed = true;
        if self.state.account.is_some() && self.state.flight.is_none() && !self.state.blind {
            self.look_soon_if_live();
        }
        if self.state.saved.settings.notifications.expired {
            let body =
                about(Some(&ended), "notification-expired-body", "notification-expired-body");
            self.tell("notification-expired-title", body, Page::Status);
        }
    }

    fn look_soon_if_live(&mut self) {
        if self.state.link_is_live() {
            self.look_soon(self.now);
        }
    }

    /// A status that would be over when it arrives is not sent; the person is told.
    fn drop_late_wish(&mut self) {
        if self.state.dropped_at().is_none_or(|at| at > self.now) {
            return;
        }
        let Some(status) = self.state.outbox.intent.take().and_then(|intent| intent.wanted) else {
            return;
        };
        let title = status.title.as_str().to_owned();
        self.state.delivery =
            Delivery { last_write: self.state.delivery.last_write, ..Delivery::default() };
        self.outbox_changed = true;
        self.noticed(Notice::WaitedTooLong { title: title.clone() });
        let body = Text::new("notification-waited-body", vec![("title", Arg::Str(title))]);
        self.tell_failure("notification-waited-title", body, Page::Status);
    }

    /// A request that nobody ever answers for must not stop everything after it.
    fn give_up_waiting(&mut self) {
        let Some(flight) =
            self.state.flight.as_ref().filter(|flight| flight.given_up_at() <= self.now)
        else {
            return;
        };
        let (ticket, writes) = (flight.ticket, flight.errand != Errand::Look);
        let failure = Failure {
            kind: FailureKind::Timeout,
            http_status: None,
            server_message: None,
            scope: None,
            request_id: None,
            retry_after_seconds: None,
            ambiguous: writes,
        };
        if writes {
            self.status_written(ticket, Err(failure));
        } else {
            self.status_fetched(ticket, Err(failure));
        }
    }

    /// Adds what is to be known about this computer; a newer clock reading replaces the older one.
    pub(super) fn noticed(&mut self, notice: Notice) {
        let clock = |notice: &Notice| matches!(notice, Notice::ClockOff { .. });
        if clock(&notice) {
            self.state.notices.retain(|known| !clock(known));
        }
        if !self.state.notices.contains(&notice) {
            self.state.notices.push(notice);
        }
    }
}
