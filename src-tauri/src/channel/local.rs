//! Windows and macOS: the app is this very process.

use serde_json::Value;
use status_app::{context::Context, event::ShellEvent, ipc::request::Reply};

/// The way to the app.
pub(crate) struct Channel(pub(crate) Context);

impl Channel {
    /// Asks the app for something. It has been asked when this returns; the reply comes later.
    pub(crate) fn request(
        &self,
        command: &str,
        arguments: Value,
        body: Vec<u8>,
    ) -> impl Future<Output = Reply> + Send + use<> {
        self.0.answer(command, arguments, body)
    }

    /// The person wants to close the window.
    pub(crate) fn closing(&self) {
        self.0.events.send(ShellEvent::CloseWindow);
    }

    /// Waits until everything is on disk.
    #[cfg(feature = "updates")]
    pub(crate) fn flush(&self) {
        status_app::flush(&self.0);
    }

    /// A newer version has taken the place of this one: the app starts it.
    #[cfg(feature = "updates")]
    pub(crate) fn replaced(&self) {
        self.0.events.send(ShellEvent::Restart);
    }
}
