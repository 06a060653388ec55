//! What the core decided, done: the network, the keyring, the disk and the desktop.

pub(crate) mod connection;
pub(crate) mod credentials;
mod status;
pub(crate) mod token;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use status_core::{Action, Effect, SettingRefused};

use crate::{context::Context, sync::lock, words::Words};

/// Does what the core decided. Returns at once; results come back as actions.
pub(crate) fn perform(context: &Arc<Context>, effect: Effect) {
    match effect {
        Effect::FetchStatus(account, ticket) => status::fetch(context, &account, ticket),
        Effect::PutStatus(account, ticket, status) => {
            status::put(context, &account, ticket, status);
        }
        Effect::DeleteStatus(account, ticket) => status::delete(context, &account, ticket),
        Effect::CallOff(ticket) => {
            let call = lock(&context.calls).remove(&ticket);
            if let Some(Some(call)) = call {
                call.abort();
            }
        }
        Effect::SaveOutbox(account, outbox) => {
            let id = outbox.intent.as_ref().map_or(outbox.last_id, |intent| intent.id);
            if !context.writer.outbox(account.clone(), outbox) {
                context.send(Action::OutboxSaved { account, id, saved: false });
            }
        }
        Effect::SaveSettings(saved) => {
            lock(&context.secrets).clone_from(&saved.secrets);
            context.writer.settings(saved);
        }
        Effect::CheckToken(_) => token::check(context),
        Effect::ReloadToken(account) => token::reload(context, account),
        Effect::ForgetAccount(account) => {
            if context.connection().is_some_and(|connection| connection.account == account) {
                context.set_connection(None);
            }
            // What is kept is none of the business of a run with a token of the environment.
            if context.env_token.is_none() {
                credentials::remove_in_time(context, account);
            }
        }
        Effect::ApplySettings { id, start_at_login, shortcuts } => {
            let context = Arc::clone(context);
            // The system may ask the person.
            context.runtime.clone().spawn_blocking(move || {
                let apply = || apply_settings(&context, start_at_login, shortcuts);
                let result = catch_unwind(AssertUnwindSafe(apply)).unwrap_or_else(|_| {
                    Err(SettingRefused::StartAtLogin("the desktop failed".to_owned()))
                });
                context.send(Action::SettingsApplied { id, result });
            });
        }
        Effect::Notify(notification) => {
            let words = Words::new(context.snapshot().lang);
            context.host.notify(
                &words.text(&notification.title),
                &words.text(&notification.body),
                notification.page,
            );
        }
        Effect::OpenWindow(page) => context.host.open_window(page),
        Effect::Reply(id, outcome) => context.reply(id, outcome),
    }
}

fn apply_settings(
    context: &Context,
    start_at_login: Option<bool>,
    shortcuts: Option<(Option<String>, Option<String>)>,
) -> Result<(), SettingRefused> {
    if let Some((open, clear)) = shortcuts {
        let settings = context.snapshot().settings.clone();
        let set = |open: &Option<String>, clear: &Option<String>| {
            context.host.set_shortcuts(open.as_deref(), clear.as_deref())
        };
        if let Err(refused) = set(&open, &clear) {
            // What was there before is registered again; should even that fail, the next start says so.
            let _ = set(&settings.shortcut_open, &settings.shortcut_clear);
            return Err(SettingRefused::Shortcut(refused));
        }
    }
    match start_at_login {
        Some(on) => context.host.set_start_at_login(on).map_err(SettingRefused::StartAtLogin),
        None => Ok(()),
    }
}
