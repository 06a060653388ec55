//! Windows and macOS: the window is in this very process, and destroyed when it is closed.

use std::sync::Arc;

use crate::{
    context::Context,
    ipc::protocol::{Appearance, Opening},
    toolkit::Toolkit,
};

/// The window, as long as it is wanted.
pub(super) struct OpenWindow {
    toolkit: Arc<dyn Toolkit>,
}

impl OpenWindow {
    /// Makes it. Waits for the main thread.
    pub(super) fn open(context: &Context, opening: Opening, _number: u64) -> Result<Self, String> {
        let toolkit = Arc::clone(&context.toolkit);
        toolkit.open_window(opening)?;
        Ok(Self { toolkit })
    }

    /// There is one at a time: whichever is destroyed is this one.
    #[expect(clippy::unused_self, reason = "as on Linux")]
    pub(super) fn number(&self) -> u64 {
        0
    }

    pub(super) fn bring(&self) {
        self.toolkit.bring_window();
    }

    pub(super) fn change_appearance(&self, appearance: Appearance) {
        self.toolkit.change_appearance(appearance);
    }

    pub(super) fn send(&self, event: &str, payload: String) {
        self.toolkit.send_event(event, payload);
    }

    /// Takes it off the screen. Waits for the main thread.
    pub(super) fn close(self, context: &Context) {
        context.save_window_size(self.toolkit.close_window());
    }

    /// Remembers its size before the app ends. It goes with the process: without its last window Tauri would end the
    /// process at once. Waits for the main thread.
    pub(super) fn end(self, context: &Context) {
        context.save_window_size(self.toolkit.window_size());
    }
}
