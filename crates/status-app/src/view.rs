//! What is to be seen now.

use std::sync::Arc;

use status_core::Snapshot;
use status_runtime::DrawnTray;
use tokio::sync::watch;

/// The state as it is shown: to the page, and in the tray.
pub(crate) struct View {
    pub(crate) snapshot: Arc<Snapshot>,
    pub(crate) tray: DrawnTray,
}

/// The newest view; nothing before the engine has shown the first.
pub(crate) type Views = watch::Receiver<Option<Arc<View>>>;
