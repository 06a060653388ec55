//! Windows and macOS: the app is this very process.

use std::sync::Arc;

use serde_json::Value;

use crate::{
    ask::{self, Answer},
    desktop::Desktop,
    tasks, window,
};

/// The way to the app.
pub(crate) struct Link {
    desktop: Arc<Desktop>,
}

impl Link {
    pub(crate) fn new(desktop: Arc<Desktop>) -> Self {
        Self { desktop }
    }

    /// The app itself.
    pub(crate) fn desktop(&self) -> &Arc<Desktop> {
        &self.desktop
    }

    /// Asks the app for something. It has been asked when this returns; the answer comes later.
    pub(super) fn ask(
        &self,
        command: &str,
        arguments: Value,
        body: Vec<u8>,
    ) -> impl Future<Output = Answer> + Send + use<> {
        ask::answer(&self.desktop, command, arguments, body)
    }

    /// The person wants to close the window.
    pub(crate) fn closing(&self) {
        // Closing asks the window for its size, which waits for the main thread.
        let desktop = Arc::clone(&self.desktop);
        tasks::spawn_blocking(move || window::close(&desktop));
    }

    /// Waits until everything is on disk.
    #[cfg(feature = "updates")]
    pub(super) fn flush(&self) {
        crate::quit::flush(&self.desktop);
    }

    /// A newer version has taken the place of this one: the app starts it.
    #[cfg(feature = "updates")]
    pub(super) fn replaced(&self) {
        crate::quit::start_anew(&self.desktop);
    }
}
