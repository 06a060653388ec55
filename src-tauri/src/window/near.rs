//! Windows and macOS: the window is in this very process, and destroyed when it is closed.

use std::sync::Arc;

use tauri::AppHandle;

use super::{Look, Opening, left};
use crate::{desktop::Desktop, view};

/// The window, as long as it is wanted.
pub(crate) struct Shown {
    app: AppHandle,
}

impl Shown {
    /// Makes it. Waits for the main thread.
    pub(super) fn show(desktop: &Arc<Desktop>, opening: Opening) -> tauri::Result<Self> {
        let app = desktop.app().clone();
        #[cfg(target_os = "macos")]
        app.set_activation_policy(tauri::ActivationPolicy::Regular)?;
        view::open(&app, opening)?;
        Ok(Self { app })
    }

    /// Brings it to the front.
    pub(super) fn bring(&self) {
        view::bring(&self.app);
    }

    /// Changes its frame.
    pub(super) fn look(&self, look: Look) {
        view::draw(&self.app, look);
    }

    /// Sends an event to the page.
    pub(super) fn tell(&self, event: &str, payload: String) {
        view::tell(&self.app, event, payload);
    }

    /// Takes it off the screen. Waits for the main thread.
    pub(super) fn leave(self, desktop: &Desktop) {
        left(desktop, view::put_away(&self.app));
        #[cfg(target_os = "macos")]
        if let Err(error) = self.app.set_activation_policy(tauri::ActivationPolicy::Accessory) {
            log::warn!("the Dock icon stays: {error}");
        }
    }

    /// Remembers its size before the app ends. It goes with the process: without its last window Tauri would end the
    /// process at once. Waits for the main thread.
    pub(super) fn leave_for_good(self, desktop: &Desktop) {
        left(desktop, view::measure(&self.app));
    }
}
