//! What goes on the wire and when: one request at a time, a click before a fetch.

use jiff::{SignedDuration, Timestamp};

use super::transition::{Transition, about};
use crate::action::{Effect, Outcome};
use crate::delivery::{
    ASKED_GAP, CHECK_GAP, FETCH_GAP, InFlight, LONGEST_HOLD, LONGEST_WAIT, RequestKind,
    STALE_AT_WAKE, Stage, WAKE_GAP, later,
};
use crate::outbox::Written;
use crate::page::Page;
use crate::request::Ticket;
use crate::snapshot::ConflictReason;
use crate::status::{alive, has_leftovers, same};

/// A pause longer than this is more than a server asks of a person who wants to try again.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(2);

impl Transition<'_> {
    /// Starts whatever is due. Level-triggered: it looks only at what the state is, not at how it came to be.
    pub(super) fn schedule(&mut self) {
        // A request that was just called off leaves an intent that may have no time left.
        self.drop_late_intent();
        self.begin_due();
        let sending = self.account.write_in_flight().is_some()
            || matches!(self.account.delivery.stage, Stage::Fresh { .. });
        if let Some(waiter) = self.account.delivery.reply.as_mut().filter(|waiter| !waiter.told) {
            waiter.told = true;
            let outcome = if sending { Outcome::Sending } else { Outcome::Queued };
            self.effects.push(Effect::Reply(waiter.id, outcome));
        }
    }

    fn begin_due(&mut self) {
        if self.account.write_in_flight().is_some() {
            return;
        }
        if let Some(check) = &mut self.account.token_check {
            if check.next <= self.now {
                check.begin(self.now);
                self.effects.push(Effect::CheckToken(self.account.account.id.clone()));
            }
            return;
        }
        if !self.account.token.usable() {
            return;
        }
        if self.account.intent_due(self.now).is_some_and(|due| due <= self.now) {
            self.write();
        } else if self.account.in_flight.is_none()
            && self.account.next_fetch.is_some_and(|due| due <= self.now)
        {
            self.account.last_fetch = Some(self.now);
            self.account.next_fetch = None;
            let ticket = self.begin_request(RequestKind::Fetch);
            self.effects.push(Effect::FetchStatus(self.account.account.id.clone(), ticket));
        }
    }

    /// Sends the intent. A fetch on the wire is overtaken: its answer would be older than this.
    pub(super) fn write(&mut self) {
        let Some(intent) = &mut self.account.outbox.intent else { return };
        let (id, status) = (intent.id, intent.status.clone());
        let written = Written { status: status.clone(), draft: intent.draft.clone() };
        // On disk before it is on the wire: should the program end now, the next start knows that it may have arrived.
        self.account.delivery.doubted = intent.ambiguous;
        self.account.outbox_changed |= !intent.ambiguous;
        intent.ambiguous = true;
        self.account.delivery.last_write = Some(self.now);
        let ticket = self.begin_request(RequestKind::Write { id, written });
        let account = self.account.account.id.clone();
        self.effects.push(match status {
            Some(status) => Effect::PutStatus(account, ticket, status),
            None => Effect::DeleteStatus(account, ticket),
        });
    }

    /// Clears the status, so that nothing of it is left when the intent is written again.
    pub(super) fn clear_leftovers(&mut self, id: u64) {
        self.account.delivery.last_write = Some(self.now);
        let ticket = self.begin_request(RequestKind::ClearLeftovers { id });
        self.effects.push(Effect::DeleteStatus(self.account.account.id.clone(), ticket));
    }

    fn begin_request(&mut self, kind: RequestKind) -> Ticket {
        let ticket = self.general.ticket();
        self.account.in_flight = Some(InFlight::new(ticket, kind, self.now));
        ticket
    }

    /// The server was asked: decides about an intent that had to wait.
    pub(super) fn compare(&mut self) {
        let stage = self.account.delivery.stage;
        if !matches!(stage, Stage::Waiting | Stage::Asking(_)) {
            return;
        }
        let Some(intent) = self.account.intent() else { return };
        let server = self.account.shown(self.now);
        if same(server, alive(intent.status.as_ref(), self.now)) {
            let server = server.cloned();
            self.confirm(server.as_ref());
            return;
        }
        let intended = alive(intent.status.as_ref(), self.now);
        let cleared = self.account.delivery.leftovers_cleared;
        // An earlier status of ours that differs only in its end is no left-over: it is written over.
        let earlier = |written: &Written| same(server, alive(written.status.as_ref(), self.now));
        let earlier = intent.may_show.iter().any(earlier);
        if intent.ambiguous && !cleared && !earlier && has_leftovers(intended, server) {
            // It arrived, and its answer did not.
            let id = intent.id;
            self.account.delivery.leftovers_cleared = true;
            self.clear_leftovers(id);
            return;
        }
        let endless = intent.status.as_ref().is_none_or(|status| status.expires_at.is_none());
        let late = endless && self.now.duration_since(intent.asked_at) > LONGEST_WAIT;
        let untouched = intent.is_untouched(server, self.now);
        match stage {
            // It was asked about because it could not be compared: now it can.
            Stage::Waiting | Stage::Asking(ConflictReason::Unreadable) => {
                if !untouched {
                    self.ask_person(ConflictReason::Changed);
                } else if late {
                    self.ask_person(ConflictReason::Late);
                } else {
                    self.account.delivery.stage = Stage::Waiting;
                    self.send_waiting();
                }
            }
            _ => {}
        }
    }

    /// The person decides about the intent; a rule would step back.
    pub(super) fn ask_person(&mut self, reason: ConflictReason) {
        if !self.cause().asks_in_conflict() {
            self.give_up_intent(Outcome::Conflict);
            return;
        }
        self.account.delivery.stage = Stage::Asking(reason);
        self.reply(Outcome::Conflict);
        let shown = self.account.shown(self.now);
        let intended = self.account.intent().and_then(|intent| intent.status.as_ref());
        let (title, body) = match reason {
            ConflictReason::Changed => (
                "notification-conflict-title",
                about(shown, "notification-conflict-body", "notification-conflict-body-none"),
            ),
            ConflictReason::Late => (
                "notification-late-title",
                about(intended, "notification-late-body", "notification-late-body-clear"),
            ),
            ConflictReason::Unreadable => (
                "notification-unreadable-title",
                about(intended, "notification-late-body", "notification-late-body-clear"),
            ),
        };
        self.tell_failure(title, body, Page::Status);
    }

    /// Sends an intent that waited, or waits on until it may be repeated.
    pub(super) fn send_waiting(&mut self) {
        match self.account.delivery.hold.filter(|hold| *hold > self.now) {
            Some(hold) => self.account.next_fetch = Some(hold),
            None => self.write(),
        }
    }

    /// Brings the next fetch forward, but never into a pause the server asked for.
    pub(super) fn fetch_soon(&mut self, at: Timestamp) {
        let at = self.account.pause.map_or(at, |pause| at.max(pause.until));
        self.account.next_fetch = Some(self.account.next_fetch.map_or(at, |next| next.min(at)));
    }

    /// A person wants something while it cannot be sent: tries sooner than the timers would.
    pub(super) fn retry_soon(&mut self) {
        if let Some(check) = &mut self.account.token_check {
            if let Some(last) = check.last {
                check.next = check.next.min(later(last, CHECK_GAP).max(self.now));
            }
            return;
        }
        self.account.delivery.hold = None;
        self.fetch_soon(self.asked_fetch());
    }

    /// When a fetch that a person asks for may begin.
    fn asked_fetch(&self) -> Timestamp {
        let gap = if self.account.link_is_live() { FETCH_GAP } else { ASKED_GAP };
        let last = self.account.last_fetch.filter(|last| *last <= self.now);
        last.map_or(self.now, |last| later(last, gap).max(self.now))
    }

    pub(super) fn retry(&mut self) -> Outcome {
        self.retry_soon();
        let long = self
            .account
            .pause
            .is_some_and(|pause| pause.until.duration_since(self.now) > LONGEST_PAUSE);
        if long && self.account.token_check.is_none() {
            // One try is the person's to make. The pause stays as long as the server wants it.
            self.account.next_fetch = Some(self.asked_fetch());
        }
        Outcome::Done
    }

    /// The computer woke up, the clock jumped or the network changed: what is on the wire may never be answered, and
    /// what was known may be old. A network that has just come back needs a moment, and everybody's comes back at once.
    pub(super) fn woke(&mut self) {
        let hangs = later(self.now, -STALE_AT_WAKE);
        let stale = |request: &mut InFlight| {
            !request.is_write() || request.since < hangs || request.since > self.now
        };
        if let Some(request) = self.account.in_flight.take_if(stale) {
            self.effects.push(Effect::CallOff(request.ticket));
            // Whether a write arrived is found out by the fetch.
            self.hold_clicks(false);
            if self.account.next_fetch.is_none() {
                self.fetch_soon(later(self.now, WAKE_GAP));
            }
        }
        let slept = |intent: &crate::outbox::Intent| {
            later(intent.asked_at, LONGEST_HOLD) < self.now || intent.asked_at > self.now
        };
        if self.account.intent().is_some_and(slept) {
            self.hold_clicks(false);
        }
        let soon = later(
            self.now,
            SignedDuration::from_secs(1).mul_f64(1.0 + 4.0 * self.moment.jitter.clamp(0.0, 1.0)),
        );
        // A clock that was set back must not put the next wake-up hours away.
        let last = self.account.last_wake.filter(|last| *last <= later(self.now, WAKE_GAP));
        if last.is_some_and(|last| last > self.now) && self.account.next_fetch.is_some() {
            return;
        }
        let at = last.map_or(soon, |last| soon.max(later(last, WAKE_GAP)));
        self.account.last_wake = Some(at);
        self.account.delivery.hold = None;
        match &mut self.account.token_check {
            Some(check) => check.next = check.next.min(at),
            None => self.fetch_soon(at),
        }
    }
}
