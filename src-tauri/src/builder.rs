//! Everything of Tauri that the window needs.

use status_app::{ipc::protocol::Appearance, sync::Shared};
use tauri::{Builder, Context, Wry};

use crate::{channel::Channel, commands, updates};

/// With the channel to the app.
pub(crate) fn builder(context: &mut Context, channel: Channel) -> Builder<Wry> {
    updates::prepare(tauri::Builder::default(), context)
        .plugin(tauri_plugin_dialog::init())
        .manage(channel)
        // What the window was last told to look like.
        .manage(Shared::<Option<Appearance>>::default())
        .invoke_handler(commands::perform)
}

/// Tauri's own view of the app: the page, its policy, and what it may call.
pub(crate) fn context() -> Context {
    tauri::generate_context!()
}
