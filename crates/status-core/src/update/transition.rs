//! What one action does to one account.

use jiff::Timestamp;

use crate::account::AccountState;
use crate::action::{Effect, Notification, Outcome};
use crate::cause::Cause;
use crate::delivery::Waiter;
use crate::locale::Moment;
use crate::page::Page;
use crate::request::Ticket;
use crate::state::{General, State};
use crate::status::Status;
use crate::text::{Arg, Text};
use crate::token::AccountId;

/// One account during one run of [`super::update`].
pub(super) struct Transition<'a> {
    pub(super) account: &'a mut AccountState,
    pub(super) general: &'a mut General,
    pub(super) moment: &'a Moment,
    pub(super) now: Timestamp,
    pub(super) effects: &'a mut Vec<Effect>,
}

impl<'a> Transition<'a> {
    pub(super) fn new(
        account: &'a mut AccountState,
        general: &'a mut General,
        moment: &'a Moment,
        effects: &'a mut Vec<Effect>,
    ) -> Self {
        Self { account, general, moment, now: moment.now.timestamp(), effects }
    }

    /// The outcome of the intent; whoever waits for it is told once.
    pub(super) fn reply(&mut self, outcome: Outcome) {
        if let Some(Waiter { id, .. }) = self.account.delivery.reply.take() {
            self.effects.push(Effect::Reply(id, outcome));
        }
    }

    /// Who wants what is being sent.
    pub(super) fn cause(&self) -> Cause {
        self.account.intent().map_or_else(Cause::default, |intent| intent.cause)
    }

    pub(super) fn tell_failure(&mut self, title: &'static str, body: Text, page: Page) {
        if self.general.saved.settings.notifications.failures && self.cause().is_announced() {
            self.tell(title, body, page);
        }
    }

    pub(super) fn tell(&mut self, title: &'static str, body: Text, page: Page) {
        self.effects.push(Effect::Notify(Notification { title: Text::plain(title), body, page }));
    }
}

/// A sentence about a status, or another one about «no status».
pub(super) fn about(status: Option<&Status>, with: &'static str, without: &'static str) -> Text {
    status.map_or_else(
        || Text::plain(without),
        |status| {
            let emoji = Arg::Str(status.emoji.as_str().to_owned());
            let title = Arg::Str(status.title.as_str().to_owned());
            Text::new(with, vec![("emoji", emoji), ("title", title)])
        },
    )
}

/// Happens to every account.
pub(super) fn each(
    state: &mut State,
    moment: &Moment,
    effects: &mut Vec<Effect>,
    work: impl Fn(&mut Transition<'_>),
) {
    let State { general, accounts, .. } = state;
    for account in accounts {
        work(&mut Transition::new(account, general, moment, effects));
    }
}

/// What belongs to one account happens to that one; what names none, to the one that is shown.
pub(super) fn on<T>(
    state: &mut State,
    account: Option<&AccountId>,
    moment: &Moment,
    effects: &mut Vec<Effect>,
    work: impl FnOnce(&mut Transition<'_>) -> T,
) -> Option<T> {
    let State { general, accounts, .. } = state;
    let account = match account {
        Some(id) => accounts.iter_mut().find(|account| account.account.id == *id),
        None => accounts.last_mut(),
    };
    account.map(|account| work(&mut Transition::new(account, general, moment, effects)))
}

/// The account whose request this was. Nobody's answer changes nothing.
pub(super) fn answered(
    state: &mut State,
    ticket: Ticket,
    moment: &Moment,
    effects: &mut Vec<Effect>,
    work: impl FnOnce(&mut Transition<'_>),
) {
    let State { general, accounts, .. } = state;
    let asked = |account: &&mut AccountState| {
        account.in_flight.as_ref().is_some_and(|request| request.ticket == ticket)
    };
    if let Some(account) = accounts.iter_mut().find(asked) {
        work(&mut Transition::new(account, general, moment, effects));
    }
}

/// Opens a window for a person, never for a program.
pub(super) fn open_window(page: Page, cause: Cause, effects: &mut Vec<Effect>) {
    if cause.may_open_window() {
        effects.push(Effect::OpenWindow(page));
    }
}
