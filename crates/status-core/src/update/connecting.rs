//! Connecting and disconnecting, and what can be done while nobody is connected.

use super::transition::{Transition, on, open_window};
use crate::account::AccountState;
use crate::action::{Command, Effect, Outcome};
use crate::cause::Cause;
use crate::delivery::{LinkState, Waiter};
use crate::locale::Moment;
use crate::outbox::{Baseline, Intent, Outbox, Written};
use crate::page::Page;
use crate::request::RequestId;
use crate::saved::SavedAccount;
use crate::state::{General, State};
use crate::token::{Account, AccountId, TokenState};

pub(super) fn connected(
    state: &mut State,
    (account, token, server, outbox): (Account, TokenState, Option<String>, Outbox),
    moment: &Moment,
    effects: &mut Vec<Effect>,
) {
    let id = account.id.clone();
    let replaces_kept = state
        .accounts
        .iter()
        .any(|known| known.account.id == id && known.token == TokenState::Kept);
    let mut early = None;
    if on(state, Some(&id), moment, effects, |known| known.reconnected(account.clone())).is_none() {
        // Today one account is connected at a time: the one before is left.
        while let Some(before) = state.accounts.last().map(|before| before.account.id.clone()) {
            disconnected(state, &before, effects);
        }
        let now = moment.now.timestamp();
        state.accounts.push(AccountState::new(account, token, outbox, now, moment.monotonic));
        let expected = state.general.saved.accounts.iter().any(|saved| saved.id == id);
        if !expected && token != TokenState::FromEnvironment {
            // The click was for whoever was connected before.
            forget_early(state, effects);
        }
        early = state.connecting.early.take();
    }
    state.connecting.trouble = None;
    match token {
        // A token for this run takes the place of a kept one. A keyring that could not be read is only done without, and
        // what is saved is none of the environment's business.
        TokenState::SessionOnly if replaces_kept => state.general.remember(Vec::new()),
        TokenState::FromEnvironment | TokenState::SessionOnly => {}
        _ => state.general.remember(vec![SavedAccount { id: id.clone(), server }]),
    }
    if token == TokenState::Kept {
        state.general.note_secret(id.clone());
    }
    on(state, Some(&id), moment, effects, |known| {
        if let Some((intent, reply)) = early {
            known.take_over(intent, reply);
        }
        known.token_is(token);
    });
}

pub(super) fn disconnected(state: &mut State, id: &AccountId, effects: &mut Vec<Effect>) {
    let Some(index) = state.accounts.iter().position(|known| known.account.id == *id) else {
        return;
    };
    // The file of this account stays as it is, for when it is connected again.
    let gone = state.accounts.remove(index);
    if let Some(request) = gone.in_flight {
        effects.push(Effect::CallOff(request.ticket));
    }
    if let Some(Waiter { id, .. }) = gone.delivery.reply {
        effects.push(Effect::Reply(id, Outcome::Cancelled));
    }
    if gone.usable_token != TokenState::FromEnvironment {
        let before = state.general.saved.accounts.len();
        state.general.saved.accounts.retain(|known| known.id != *id);
        state.general.saved_changed |= state.general.saved.accounts.len() < before;
    }
    state.connecting.token = TokenState::Missing;
}

/// A click made while the token was being read has nobody to be sent for.
pub(super) fn forget_early(state: &mut State, effects: &mut Vec<Effect>) {
    let Some((intent, reply)) = state.connecting.early.take() else { return };
    open_window(Page::Account, intent.cause, effects);
    effects.extend(reply.map(|id| Effect::Reply(id, Outcome::NotConnected)));
}

/// Whether the keyring has to be read before anything else can be tried.
pub(super) fn needs_keyring(state: &State, account: Option<&AccountId>) -> bool {
    let known =
        state.accounts.iter().rev().find(|known| account.is_none_or(|id| known.account.id == *id));
    known.is_none_or(|known| known.token.keyring_needs_person())
}

pub(super) fn read_keyring_again(
    state: &State,
    account: Option<&AccountId>,
    cause: Cause,
    effects: &mut Vec<Effect>,
) -> Outcome {
    let Some(shown) = state.shown() else {
        if state.connecting.token == TokenState::Missing && state.general.saved.accounts.is_empty()
        {
            open_window(Page::Account, cause, effects);
            return Outcome::NotConnected;
        }
        effects.push(Effect::ReloadToken(None));
        return Outcome::Done;
    };
    effects.push(Effect::ReloadToken(Some(account.unwrap_or(&shown.account.id).clone())));
    Outcome::Done
}

/// Whose token it is, is asked again at once where nobody could be reached.
pub(super) fn ask_owner_again(state: &State, effects: &mut Vec<Effect>) -> Outcome {
    if state.connecting.token != TokenState::Loading || state.connecting.trouble.is_none() {
        return Outcome::NotConnected;
    }
    effects.push(Effect::ReloadToken(None));
    Outcome::Done
}

/// Without an account a click is kept only while the token is still being read.
pub(super) fn early(
    state: &mut State,
    command: &Command,
    account: Option<&AccountId>,
    (cause, reply): (Cause, Option<RequestId>),
    moment: &Moment,
    effects: &mut Vec<Effect>,
) -> Option<Outcome> {
    if !state.accounts.is_empty() {
        // It names an account that is gone.
        return Some(Outcome::NotConnected);
    }
    let mut saved = state.general.saved.accounts.iter();
    let expected = saved.any(|saved| account.is_none_or(|id| saved.id == *id));
    let reading = matches!(state.connecting.token, TokenState::Loading | TokenState::Slow);
    let (status, draft, preset) = match command {
        Command::ClearStatus => (None, None, None),
        Command::ApplyPreset(id) => match state.general.draft_of(id, cause, moment, effects) {
            Ok((status, draft)) => (Some(status), Some(draft), Some(id.clone())),
            Err(outcome) => return Some(outcome),
        },
        Command::SetStatus(draft) => match draft.resolve(state.general.context(moment)) {
            Ok(status) => (Some(status), Some(draft.clone()), None),
            Err(problems) => return Some(Outcome::Invalid(problems)),
        },
        _ => return Some(Outcome::NotConnected),
    };
    if !(expected && reading) {
        open_window(Page::Account, cause, effects);
        return Some(Outcome::NotConnected);
    }
    let intent = Intent {
        id: 0,
        status,
        draft,
        baseline: Baseline::Unknown,
        baseline_draft: None,
        asked_at: moment.now.timestamp(),
        cause,
        preset,
        ambiguous: false,
        may_show: Vec::new(),
        refused: None,
    };
    if let Some((_, Some(id))) = state.connecting.early.replace((intent, reply)) {
        effects.push(Effect::Reply(id, Outcome::Superseded));
    }
    reply.map(|_| Outcome::Queued)
}

impl Transition<'_> {
    /// A new token for the same person: what is in memory is newer than any file.
    fn reconnected(&mut self, account: Account) {
        self.hold_clicks(true);
        if let Some(request) = self.account.in_flight.take() {
            self.effects.push(Effect::CallOff(request.ticket));
        }
        self.account.account = account;
        self.account.token_check = None;
        self.account.unauthorized = 0;
        self.account.blind = false;
        self.account.problem = None;
        self.account.link = LinkState::default();
        self.account.pause = None;
        self.account.delivery.hold = None;
        self.account.next_fetch = Some(self.now);
    }

    /// A click made before the outbox file was read takes the place of the one in the file.
    fn take_over(&mut self, mut early: Intent, reply: Option<RequestId>) {
        let outbox = &mut self.account.outbox;
        outbox.last_id += 1;
        early.id = outbox.last_id;
        early.baseline = match &outbox.seen {
            Some((seen, _)) => Baseline::Known(seen.clone()),
            None => Baseline::Unknown,
        };
        if let Some(old) = outbox.intent.take() {
            early.may_show = old.may_show;
            early.may_show.push(Written { status: old.status, draft: old.draft });
        }
        outbox.intent = Some(early);
        self.account.outbox_changed = true;
        self.account.problem = None;
        self.account.delivery.clear();
        self.account.delivery.waited = true;
        self.account.delivery.reply = reply.map(|id| Waiter { id, told: true });
    }
}

impl General {
    fn remember(&mut self, accounts: Vec<SavedAccount>) {
        self.saved_changed |= self.saved.accounts != accounts;
        self.saved.accounts = accounts;
    }

    pub(super) fn note_secret(&mut self, id: AccountId) {
        if !self.saved.secrets.contains(&id) {
            self.saved.secrets.push(id);
            self.saved_changed = true;
        }
    }

    pub(super) fn forget_secret(&mut self, id: &AccountId) {
        let before = self.saved.secrets.len();
        self.saved.secrets.retain(|known| known != id);
        self.saved_changed |= self.saved.secrets.len() < before;
    }
}
