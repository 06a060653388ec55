//! Whose status it is: connecting, the token's ups and downs, disconnecting.

use super::Turn;
use crate::delivery::{Delivery, LinkKind, LinkState, Stage, TokenDoubt};
use crate::status::same;
use crate::{Account, FailureKind, Outbox, Page, Text, TokenState};

impl Turn<'_> {
    pub(super) fn token_is(&mut self, token: TokenState) {
        if token == TokenState::Rejected {
            self.token_rejected();
            return;
        }
        self.state.token = token;
        if token.usable() {
            self.state.usable_token = token;
            self.token_works();
        }
    }

    fn token_rejected(&mut self) {
        let news = self.state.token != TokenState::Rejected;
        self.state.token = TokenState::Rejected;
        self.hold_clicks(true);
        if self.state.doubt.is_none() {
            let mut doubt = TokenDoubt::new(self.now, 0);
            doubt.checked(self.now);
            self.state.doubt = Some(doubt);
        }
        if news {
            let body = Text::plain("notification-token-body");
            self.tell_failure("notification-token-title", body, Page::Account);
        }
    }

    /// The server accepts the token (again): what waited goes on by itself.
    fn token_works(&mut self) {
        if self.state.doubt.take().is_some() && self.state.account.is_some() {
            self.state.delivery.hold = None;
            self.look_soon(self.now);
        }
    }

    /// Until somebody is connected this is all there is to say about the connection.
    pub(super) fn not_reached(&mut self, failure: FailureKind) {
        if self.state.account.is_none() {
            self.state.link.kind = LinkKind::Trouble(failure);
        }
    }

    pub(super) fn account_is(&mut self, mut account: Account) {
        let Some(known) = self.state.account.take_if(|known| known.id == account.id) else {
            return;
        };
        if account.name.is_empty() {
            // Who it is could not be read this time; it is the same person all the same.
            account.name = known.name;
            account.role = known.role;
        }
        self.state.account = Some(account);
        if self.state.token == TokenState::Rejected {
            self.state.token = self.state.usable_token;
        }
        self.token_works();
        if self.state.blind && self.state.flight.is_none() {
            self.look_soon(self.now);
        }
    }

    pub(super) fn connected(&mut self, account: Account, token: TokenState, file: Outbox) {
        let again = self.state.account.as_ref().is_some_and(|known| known.id == account.id);
        if again {
            // A new token for the same person: what is in memory is newer than any file.
            self.hold_clicks(true);
        } else {
            let early = self.state.outbox.intent.take().filter(|_| self.state.account.is_none());
            self.state.on_disk = file.intent.as_ref().map(|intent| intent.id);
            self.state.seen_saved = file.seen.as_ref().map(|(_, at)| *at);
            self.state.outbox = file;
            let read = self.state.outbox.intent.as_ref().map_or(0, |intent| intent.id);
            self.state.outbox.last_id = self.state.outbox.last_id.max(read);
            self.state.delivery = Delivery {
                stage: Stage::Waiting,
                waited: self.state.outbox.intent.is_some(),
                ..Delivery::default()
            };
            self.state.stale = self.state.outbox.seen.is_some();
            self.state.shown_preset = None;
            if let Some(mut intent) = early {
                self.take_over(&mut intent);
                self.state.outbox.intent = Some(intent);
                self.state.delivery.waited = true;
                self.outbox_changed = true;
            }
        }
        self.state.flight = None;
        self.state.doubt = None;
        self.state.unauthorized = 0;
        self.state.blind = false;
        self.state.problem = None;
        self.state.link = LinkState::default();
        self.state.delivery.hold = None;
        self.state.token = token;
        if token.usable() {
            self.state.usable_token = token;
        }
        if self.state.saved.account.as_ref() != Some(&account.id) {
            self.state.saved.account = Some(account.id.clone());
            self.settings_changed = true;
        }
        self.state.account = Some(account);
        self.state.next_look = Some(self.now);
        if token == TokenState::Rejected {
            self.token_rejected();
        }
    }

    /// A click made before the outbox file was read takes the place of the one in the file.
    fn take_over(&mut self, early: &mut crate::Intent) {
        let outbox = &mut self.state.outbox;
        outbox.last_id += 1;
        early.id = outbox.last_id;
        early.baseline = outbox.seen.as_ref().map(|(seen, _)| seen.clone());
        if let Some(old) = outbox.intent.take() {
            early.may_show = old.may_show;
            if !early.may_show.iter().any(|trace| same(trace.as_ref(), old.wanted.as_ref())) {
                early.may_show.push(old.wanted);
            }
        }
    }

    pub(super) fn disconnected(&mut self) {
        let state = &mut *self.state;
        state.account = None;
        state.token = TokenState::Missing;
        // The file of this account stays as it is, for when it is connected again.
        state.outbox = Outbox::default();
        state.on_disk = None;
        state.seen_saved = None;
        state.stale = false;
        state.link = LinkState::default();
        state.delivery = Delivery::default();
        state.flight = None;
        state.next_look = None;
        state.doubt = None;
        state.unauthorized = 0;
        state.blind = false;
        state.shown_preset = None;
        state.problem = None;
        self.outbox_changed = false;
        if state.saved.account.take().is_some() {
            self.settings_changed = true;
        }
    }
}
