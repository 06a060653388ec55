//! A build that knows nothing of updates: packages of a distribution.

use status_runtime::{ErrorCode, IpcError, UpdateView, UpdatesView};
use tauri::{AppHandle, Builder, Context, Wry};

/// Adds nothing.
pub(crate) fn prepare(builder: Builder<Wry>, _context: &mut Context) -> Builder<Wry> {
    builder
}

/// Nothing is ever found.
pub(crate) fn know(_app: &AppHandle, _found: Option<UpdateView>) {}

/// Nothing is offered.
pub(crate) fn view(_app: &AppHandle) -> UpdatesView {
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
