//! What goes on the wire and when: one request at a time, a click before a look.

use super::{Turn, about};
use crate::delivery::{
    ASKED_GAP, CHECK_GAP, Errand, Flight, LONGEST_WAIT, LOOK_GAP, LinkKind, Stage, WAKE_GAP, later,
};
use crate::status::{alive, same};
use crate::{Effect, FetchReason, Page, Status, Ticket, TokenState};

/// A pause longer than this is more than a server asks of a person who wants to try again.
const LONGEST_PAUSE: jiff::SignedDuration = jiff::SignedDuration::from_hours(2);

impl Turn<'_> {
    /// Starts whatever is due. Level-triggered: it looks only at what the state is, not at how it came to be.
    pub(super) fn pump(&mut self) {
        if self.state.account.is_none() || self.state.flight_writes().is_some() {
            return;
        }
        if let Some(doubt) = &mut self.state.doubt {
            if doubt.next_check <= self.now {
                doubt.checked(self.now);
                self.effects.push(Effect::CheckToken);
            }
            return;
        }
        if !self.state.token.usable() {
            return;
        }
        if self.state.click_due(self.now).is_some_and(|due| due <= self.now) {
            self.write();
        } else if self.state.flight.is_none()
            && self.state.next_look.is_some_and(|due| due <= self.now)
        {
            self.state.last_look = Some(self.now);
            self.state.next_look = None;
            let ticket = self.take_off(Errand::Look);
            self.effects.push(Effect::FetchStatus(ticket));
        }
    }

    /// Sends the intent. A look on the wire is overtaken: its answer would be older than this.
    pub(super) fn write(&mut self) {
        let Some(intent) = &mut self.state.outbox.intent else { return };
        let (id, wanted) = (intent.id, intent.wanted.clone());
        // On disk before it is on the wire: should the program end now, the next start knows that it may have arrived.
        self.state.delivery.doubted = intent.ambiguous;
        self.outbox_changed |= !intent.ambiguous;
        intent.ambiguous = true;
        self.state.delivery.last_write = Some(self.now);
        let ticket = self.take_off(Errand::Write { id, wanted: wanted.clone() });
        self.effects.push(match wanted {
            Some(status) => Effect::PutStatus(ticket, status),
            None => Effect::DeleteStatus(ticket),
        });
    }

    /// Clears the status, so that nothing of it is left when the intent is written again.
    pub(super) fn sweep(&mut self, id: u64) {
        self.state.delivery.last_write = Some(self.now);
        let ticket = self.take_off(Errand::Sweep { id });
        self.effects.push(Effect::DeleteStatus(ticket));
    }

    fn take_off(&mut self, errand: Errand) -> Ticket {
        self.state.last_ticket += 1;
        let ticket = Ticket(self.state.last_ticket);
        self.state.flight = Some(Flight { ticket, errand, since: self.now });
        ticket
    }

    /// The server was looked at: decides about an intent that had to wait.
    pub(super) fn compare(&mut self) {
        if !matches!(self.state.delivery.stage, Stage::Waiting | Stage::Asking { .. }) {
            return;
        }
        let Some(intent) = self.state.intent() else { return };
        let server = self.state.shown(self.now);
        if same(server, alive(intent.wanted.as_ref(), self.now)) {
            let server = server.cloned();
            self.confirm(server.as_ref());
            return;
        }
        if self.state.delivery.stage != Stage::Waiting {
            return;
        }
        let ours = |status: &Option<Status>| same(server, alive(status.as_ref(), self.now));
        let untouched =
            intent.baseline.as_ref().is_none_or(ours) || intent.may_show.iter().any(ours);
        let endless = intent.wanted.as_ref().is_none_or(|status| status.expires_at.is_none());
        let late = endless && self.now.duration_since(intent.asked_at) > LONGEST_WAIT;
        if !untouched {
            let body =
                about(server, "notification-conflict-body", "notification-conflict-body-none");
            self.state.delivery.stage = Stage::Asking { late: false };
            self.tell_failure("notification-conflict-title", body, Page::Status);
        } else if late {
            let body = about(
                intent.wanted.as_ref(),
                "notification-late-body",
                "notification-late-body-clear",
            );
            self.state.delivery.stage = Stage::Asking { late: true };
            self.tell_failure("notification-late-title", body, Page::Status);
        } else {
            self.send_waiting();
        }
    }

    /// Sends an intent that waited, or waits on until it may be repeated.
    pub(super) fn send_waiting(&mut self) {
        match self.state.delivery.hold.filter(|hold| *hold > self.now) {
            Some(hold) => self.state.next_look = Some(hold),
            None => self.write(),
        }
    }

    /// Brings the next look forward, but never into a pause the server asked for.
    pub(super) fn look_soon(&mut self, at: jiff::Timestamp) {
        let at = match self.state.link.kind {
            LinkKind::Paused(until) => at.max(until),
            _ => at,
        };
        self.state.next_look = Some(self.state.next_look.map_or(at, |next| next.min(at)));
    }

    /// A person wants something while it cannot be sent: tries sooner than the timers would.
    pub(super) fn hurry(&mut self) {
        if let Some(doubt) = &mut self.state.doubt {
            let earliest = doubt.last_check.map(|last| later(last, CHECK_GAP));
            if let Some(earliest) = earliest {
                doubt.next_check = doubt.next_check.min(earliest.max(self.now));
            }
            return;
        }
        self.state.delivery.hold = None;
        let gap = if self.state.link_is_live() { LOOK_GAP } else { ASKED_GAP };
        let last = self.state.last_look.filter(|last| *last <= self.now);
        let at = last.map_or(self.now, |last| later(last, gap).max(self.now));
        self.look_soon(at);
    }

    pub(super) fn refresh(&mut self, reason: FetchReason) {
        match reason {
            FetchReason::Woke => self.woke(),
            FetchReason::Asked if self.state.account.is_none() => self.ask_owner(),
            FetchReason::Asked => self.hurry(),
            FetchReason::Start
            | FetchReason::Interval
            | FetchReason::Expired
            | FetchReason::Compare => {
                self.look_soon(self.now);
            }
        }
    }

    /// Whose token it is, is asked again at once where nobody could be reached.
    fn ask_owner(&mut self) {
        if self.state.token == TokenState::Loading
            && matches!(self.state.link.kind, LinkKind::Trouble(_))
        {
            self.effects.push(Effect::ReloadToken);
        }
    }

    pub(super) fn retry(&mut self) {
        let keyring_needs_person = matches!(
            self.state.token,
            TokenState::Locked
                | TokenState::Denied
                | TokenState::NoService
                | TokenState::Several
                | TokenState::Slow
        );
        if self.state.account.is_none() || keyring_needs_person {
            self.effects.push(match self.state.token {
                TokenState::Rejected => Effect::CheckToken,
                TokenState::Missing if self.state.saved.account.is_none() => {
                    Effect::OpenWindow(Page::Account)
                }
                _ => Effect::ReloadToken,
            });
            return;
        }
        if let LinkKind::Paused(until) = self.state.link.kind
            && until.duration_since(self.now) > LONGEST_PAUSE
        {
            self.state.link.kind = LinkKind::Unknown;
        }
        self.hurry();
    }

    /// A network that has just come back needs a moment, and everybody's comes back at once.
    pub(super) fn woke(&mut self) {
        let soon = later(
            self.now,
            jiff::SignedDuration::from_secs(1)
                .mul_f64(1.0 + 4.0 * self.moment.jitter.clamp(0.0, 1.0)),
        );
        // A clock that was set back must not put the next wake-up hours away.
        let last = self.state.last_wake.filter(|last| *last <= later(self.now, WAKE_GAP));
        if last.is_some_and(|last| last > self.now) && self.state.next_look.is_some() {
            return;
        }
        let at = last.map_or(soon, |last| soon.max(later(last, WAKE_GAP)));
        self.state.last_wake = Some(at);
        self.state.delivery.hold = None;
        match &mut self.state.doubt {
            Some(doubt) => doubt.next_check = doubt.next_check.min(at),
            None => self.look_soon(at),
        }
    }
}
