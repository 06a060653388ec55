//! Windows and macOS: what the window library does for the app. It lives on the main thread, and is up a moment later than
//! the engine: every call waits for it.

use std::{pin::Pin, process::ExitCode};

use status_runtime::{DrawnTray, UpdatesView};

use crate::{
    ipc::protocol::{Appearance, Opening, Size},
    tray::PanelTheme,
};

/// The window library. Errors are in its own words.
pub trait Toolkit: Send + Sync + 'static {
    /// Runs this on the main thread, soon.
    fn on_main_thread(&self, task: Box<dyn FnOnce() + Send>) -> Result<(), String>;
    /// Puts the icon into the tray. Waits for the main thread.
    fn show_tray(&self, tray: DrawnTray, theme: PanelTheme) -> Result<(), String>;
    /// Changes what differs in the tray. Returns at once.
    fn draw_tray(&self, tray: DrawnTray, theme: PanelTheme);
    /// Makes the window. Waits for the main thread.
    fn open_window(&self, opening: Opening) -> Result<(), String>;
    fn bring_window(&self);
    fn change_appearance(&self, appearance: Appearance);
    /// Sends an event to the page; the payload is JSON.
    fn send_event(&self, event: &str, payload: String);
    /// Destroys the window and says how large it was. Waits for the main thread.
    fn close_window(&self) -> Option<Size>;
    fn window_size(&self) -> Option<Size>;
    /// Asks whether there is a newer version of the program.
    fn look_for_update(&self) -> Pin<Box<dyn Future<Output = Result<UpdatesView, String>> + Send>>;
    /// Ends the process. Everything is on disk by now.
    fn exit(&self, code: ExitCode);
    /// Ends the process and starts the program that is in its place now.
    fn restart(&self);
}
