//! The only place that touches the world: network, keyring, disk and desktop.
//!
//! [`perform`] does what the core decided; the other functions are requests of the window that wait for an answer.

mod account;
mod avatar;
mod diagnostics;
mod failure;
mod links;
mod pictures;
mod presets;
mod profile;
mod settings;
mod status;
mod token;

use std::sync::Arc;

use status_core::{Action, Effect, Notice};

pub(crate) use self::{
    account::{connect, connect_from_environment, disconnect},
    avatar::{avatar, cancel_upload, remove_avatar, undo_avatar, upload_avatar},
    diagnostics::{diagnostics, diagnostics_report},
    links::inspect_link,
    pictures::{load_picture, open_picture},
    presets::{export_presets, import_presets},
    profile::profile,
    settings::{change_settings, check_server},
    token::{load_token, retry_keyring, token_view},
};
use crate::{Words, engine::Shared};

/// Does what the core decided. Returns at once; results come back as actions.
pub(crate) fn perform(shared: &Arc<Shared>, effect: Effect) {
    match effect {
        Effect::FetchStatus(ticket) => status::fetch(shared, ticket),
        Effect::PutStatus(ticket, wanted) => status::put(shared, ticket, wanted),
        Effect::DeleteStatus(ticket) => status::delete(shared, ticket),
        Effect::SaveOutbox(account, outbox) => {
            let id = outbox.intent.as_ref().map_or(outbox.last_id, |intent| intent.id);
            if !shared.writer.outbox(account, outbox) {
                shared.send(Action::OutboxSaved { id, saved: false });
            }
        }
        Effect::SaveSettings(saved) => shared.writer.settings(saved),
        Effect::CheckToken => token::check(shared),
        Effect::ReloadToken => token::reload(shared),
        Effect::ApplyStartAtLogin(on) => {
            let asking = Arc::clone(shared);
            shared.runtime.spawn_blocking(move || {
                if let Err(reason) = settings::apply_start_at_login(&asking, on) {
                    asking.journal.note("start at login refused", &[("reason", &reason)]);
                }
            });
        }
        Effect::ApplyShortcuts { open, clear } => {
            if let Err(shortcut) =
                settings::apply_shortcuts(shared, open.as_deref(), clear.as_deref())
            {
                shared.send(Action::Noticed(Notice::ShortcutUnavailable { shortcut }));
            }
        }
        Effect::Notify(notification) => {
            let words = Words::new(shared.snapshot().lang);
            shared.host.notify(
                &words.text(&notification.title),
                &words.text(&notification.body),
                notification.page,
            );
        }
        Effect::OpenWindow(page) => shared.host.open_window(page),
        Effect::ForgetConnection => shared.set_connection(None),
    }
}
