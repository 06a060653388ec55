//! The token's ups and downs.

use super::transition::Transition;
use crate::delivery::TokenCheck;
use crate::page::Page;
use crate::text::Text;
use crate::token::{Account, TokenState};

impl Transition<'_> {
    pub(super) fn token_is(&mut self, token: TokenState) {
        if token == TokenState::Rejected {
            self.token_rejected();
            return;
        }
        self.account.token = token;
        if token.usable() {
            self.account.usable_token = token;
            self.token_works();
        }
    }

    pub(super) fn token_rejected(&mut self) {
        let news = self.account.token != TokenState::Rejected;
        self.account.token = TokenState::Rejected;
        self.hold_clicks(true);
        if self.account.token_check.is_none() {
            let mut check = TokenCheck::new(self.now, 0);
            check.begin(self.now);
            self.account.token_check = Some(check);
        }
        if news {
            let body = Text::plain("notification-token-body");
            self.tell_failure("notification-token-title", body, Page::Account);
        }
    }

    pub(super) fn token_unchecked(&mut self) {
        if let Some(check) = &mut self.account.token_check {
            check.unanswered(self.now, self.moment.jitter);
        }
    }

    /// The server accepts the token (again): what waited goes on by itself.
    fn token_works(&mut self) {
        if self.account.token_check.take().is_some() {
            self.account.delivery.hold = None;
            self.fetch_soon(self.now);
        }
    }

    pub(super) fn account_is(&mut self, mut account: Account) {
        if account.name.is_empty() {
            // Who it is could not be read this time; it is the same person all the same.
            account.name = std::mem::take(&mut self.account.account.name);
            account.role = std::mem::take(&mut self.account.account.role);
        }
        self.account.account = account;
        if self.account.token == TokenState::Rejected {
            self.account.token = self.account.usable_token;
        }
        self.token_works();
        if self.account.blind && self.account.in_flight.is_none() {
            self.fetch_soon(self.now);
        }
    }
}
