//! What almost everything in the shell holds.

#[cfg(not(target_os = "linux"))]
use std::sync::Arc;

use status_core::{Action, Command, Page, SettingsPatch};
use status_runtime::Engine;

#[cfg(not(target_os = "linux"))]
use crate::toolkit::Toolkit;
use crate::{event::Events, ipc::protocol::Size, sync::Shared};

/// The engine, the shell's events, and what goes with them.
#[derive(Clone)]
pub struct Context {
    pub engine: Engine,
    pub events: Events,
    /// The page the window was last asked to open on.
    pub(crate) page: Shared<Page>,
    #[cfg(not(target_os = "linux"))]
    pub(crate) toolkit: Arc<dyn Toolkit>,
}

impl Context {
    /// The window is off the screen, and had this size.
    pub(crate) fn save_window_size(&self, size: Option<Size>) {
        if size.is_some() {
            let patch = SettingsPatch { window_size: size, ..SettingsPatch::default() };
            self.engine.send(Action::person(Command::ChangeSettings(patch)));
        }
    }
}
