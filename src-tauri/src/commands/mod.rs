//! What the window may ask for. Each command unpacks, forwards, and hands back; decisions are the engine's.

mod account;
mod avatar;
mod presets;
mod shell;
mod status;
mod updates;

use std::sync::Arc;

use status_runtime::IpcError;
use tauri::{Wry, ipc::Invoke};

use crate::desktop::Desktop;

#[cfg(test)]
mod list;
#[cfg(test)]
pub(crate) use list::COMMANDS;

/// The desktop, as Tauri hands it to a command.
type Desk<'a> = tauri::State<'a, Arc<Desktop>>;

/// A command's answer.
type Answer<T> = Result<T, IpcError>;

/// Every command, in the order of `list.rs`.
pub(crate) fn all() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        status::snapshot,
        shell::initial_page,
        status::set_status,
        status::clear_status,
        status::extend,
        status::undo_status,
        status::apply_preset,
        status::cancel_pending,
        status::refresh_status,
        status::dismiss_problem,
        status::compose_taken,
        status::resolve_conflict,
        status::dismiss_notice,
        status::preview_draft,
        presets::save_preset,
        presets::duplicate_preset,
        presets::delete_preset,
        presets::move_preset,
        presets::undo_presets,
        presets::restore_default_presets,
        presets::import_presets,
        presets::export_presets,
        presets::remove_recent,
        shell::change_settings,
        account::connect,
        account::disconnect,
        account::retry_keyring,
        account::token_info,
        account::profile,
        avatar::avatar,
        avatar::choose_picture,
        avatar::load_picture,
        avatar::paste_picture,
        avatar::upload_avatar,
        avatar::cancel_upload,
        avatar::remove_avatar,
        avatar::undo_avatar,
        account::check_server,
        shell::diagnostics,
        shell::diagnostics_report,
        shell::inspect_link,
        shell::open_link,
        shell::shortcuts_available,
        updates::updates,
        updates::look_for_update,
        updates::install_update,
        shell::close_window,
        shell::quit,
    ]
}
