//! A build that knows nothing of updates: packages of a distribution.

use status_runtime::{ErrorCode, IpcError, UpdatesView};
use tauri::{AppHandle, Builder, Context, Wry};

/// Nothing is known.
#[derive(Default)]
pub(crate) struct Updates;

/// Adds nothing.
pub(crate) fn prepare(builder: Builder<Wry>, _context: &mut Context) -> Builder<Wry> {
    builder.manage(Updates)
}

/// Never looks.
pub(crate) async fn watch(_app: AppHandle) {}

/// Nothing is offered.
pub(crate) fn view(_updates: &Updates) -> UpdatesView {
    UpdatesView { offered: false, found: None }
}

/// There is nowhere to look.
pub(crate) async fn look(_app: &AppHandle) -> Result<UpdatesView, IpcError> {
    Err(ErrorCode::NothingThere.into())
}

/// There is nothing to install.
pub(crate) async fn install(_app: &AppHandle) -> Result<(), IpcError> {
    Err(ErrorCode::NothingThere.into())
}
