//! What happens next. One action changes the one state; what there is to do comes back as effects.
//!
//! Of one account: `intents` takes what is asked for, `sending` puts it on the wire, `answers` takes what comes back and
//! `failures` what does not, `clock` does what time does, `token` follows the token. Of none: `connecting`, `presets`,
//! `settings`.

#![allow(
    clippy::redundant_closure_for_method_calls,
    reason = "a method of a type with a lifetime is not general enough for `each` and `on`"
)]

mod answers;
mod clock;
mod connecting;
mod failures;
mod intents;
mod presets;
mod sending;
mod settings;
mod token;
mod transition;

use self::transition::{answered, each, on};
use crate::action::{Action, Command, Effect, Outcome};
use crate::cause::Cause;
use crate::locale::Moment;
use crate::request::RequestId;
use crate::state::State;
use crate::token::{AccountId, TokenState};

/// Lets `action` happen at `moment` and answers what has to be done about it, in this order.
pub fn update(state: &mut State, action: Action, moment: &Moment) -> Vec<Effect> {
    let mut effects = Vec::new();
    each(state, moment, &mut effects, |account| account.expire_due());
    perform(state, action, moment, &mut effects);
    each(state, moment, &mut effects, |account| account.schedule());
    save(state, moment, effects)
}

fn perform(state: &mut State, action: Action, moment: &Moment, effects: &mut Vec<Effect>) {
    match action {
        Action::Do { command, account, cause, reply } => {
            let outcome =
                command_of(state, command, account.as_ref(), (cause, reply), moment, effects);
            if let (Some(outcome), Some(id)) = (outcome, reply) {
                effects.push(Effect::Reply(id, outcome));
            }
        }
        Action::TokenIs(None, token) => {
            state.connecting.token = token;
            if token == TokenState::Missing {
                connecting::forget_early(state, effects);
            }
        }
        Action::TokenIs(Some(id), token) => {
            on(state, Some(&id), moment, effects, |account| account.token_is(token));
        }
        Action::Connected { account, token, server, outbox } => {
            connecting::connected(state, (account, token, server, outbox), moment, effects);
        }
        Action::AccountIs(known) => {
            let id = known.id.clone();
            on(state, Some(&id), moment, effects, |account| account.account_is(known));
        }
        Action::TokenUnchecked(id) => {
            on(state, Some(&id), moment, effects, |known| known.token_unchecked());
        }
        Action::NotReached(failure) => state.connecting.trouble = Some(failure),
        Action::Disconnected(id) => connecting::disconnected(state, &id, effects),
        Action::SecretStoring(id) => state.general.note_secret(id),
        Action::SecretRemoved(id) => state.general.forget_secret(&id),
        Action::StatusFetched(ticket, result) => {
            answered(state, ticket, moment, effects, |account| account.status_fetched(result));
        }
        Action::StatusWritten(ticket, result) => {
            answered(state, ticket, moment, effects, |account| account.status_written(result));
        }
        Action::OutboxSaved { account, id, saved } => {
            on(state, Some(&account), moment, effects, |known| {
                if saved {
                    known.account.on_disk = Some(id);
                }
            });
        }
        Action::SettingsApplied { id, result } => {
            settings::applied(state, id, result, moment, effects);
        }
        Action::Noticed(notice) => state.general.noticed(notice),
        Action::NoticeOver(notice) => state.general.dismiss_notice(&notice),
        Action::Tick => {}
        Action::Woke => each(state, moment, effects, |account| account.woke()),
        Action::LocaleChanged(locale) => state.general.locale = locale,
    }
}

/// `None` when the outcome comes later.
fn command_of(
    state: &mut State,
    command: Command,
    account: Option<&AccountId>,
    asker: (Cause, Option<RequestId>),
    moment: &Moment,
    effects: &mut Vec<Effect>,
) -> Option<Outcome> {
    let general = &mut state.general;
    match command {
        Command::SavePreset(preset) => Some(general.save_preset(&preset)),
        Command::DuplicatePreset(id) => Some(general.duplicate_preset(&id)),
        Command::DeletePreset(id) => Some(general.delete_preset(&id)),
        Command::MovePreset(id, to) => Some(general.move_preset(&id, to)),
        Command::UndoPresets => Some(general.undo_presets()),
        Command::RestoreDefaultPresets => Some(general.restore_default_presets()),
        Command::ImportPresets(presets) => Some(general.import_presets(presets)),
        Command::RemoveRecent(recent) => Some(general.remove_recent(&recent)),
        Command::ChangeSettings(patch) => settings::change(state, patch, asker.1, moment, effects),
        Command::Preview(draft) => {
            let preview = draft.preview(general.context(moment));
            Some(Outcome::Preview(Box::new(preview)))
        }
        Command::Sync => Some(Outcome::Done),
        Command::DismissNotice(notice) => {
            general.dismiss_notice(&notice);
            Some(Outcome::Done)
        }
        Command::ComposeTaken => {
            general.compose = None;
            Some(Outcome::Done)
        }
        Command::Retry if connecting::needs_keyring(state, account) => {
            Some(connecting::read_keyring_again(state, account, asker.0, effects))
        }
        Command::Refresh if state.accounts.is_empty() => {
            Some(connecting::ask_owner_again(state, effects))
        }
        command => {
            let done = on(state, account, moment, effects, |known| {
                known.command(&command, asker.0, asker.1)
            });
            done.unwrap_or_else(|| {
                connecting::early(state, &command, account, asker, moment, effects)
            })
        }
    }
}

/// The files come first: what is promised is on its way to disk before it is on its way to the server.
fn save(state: &mut State, moment: &Moment, effects: Vec<Effect>) -> Vec<Effect> {
    let mut saves = Vec::new();
    for account in &mut state.accounts {
        if std::mem::take(&mut account.outbox_changed) {
            account.seen_saved = Some(moment.now.timestamp());
            saves.push(Effect::SaveOutbox(account.account.id.clone(), account.outbox.clone()));
        }
    }
    if std::mem::take(&mut state.general.saved_changed) {
        saves.push(Effect::SaveSettings(Box::new(state.general.saved.clone())));
    }
    saves.extend(effects);
    saves
}
