//! The Tauri side of Pachca Status: the window, its dialogs, clipboard and updater. On Linux it is a program of its own,
//! which the app starts; on Windows and macOS it is the whole program, with Tauri's own tray.

mod builder;
mod channel;
mod commands;
#[cfg(not(target_os = "linux"))]
mod native;
#[cfg(not(target_os = "linux"))]
mod tray;
mod updates;
mod webview;
#[cfg(target_os = "linux")]
mod window_process;

use std::process::ExitCode;

/// Linux: the window. Elsewhere: the app with its window.
#[cfg(target_os = "linux")]
pub fn main() -> ExitCode {
    window_process::main(std::env::args_os().skip(1))
}

/// Linux: the window. Elsewhere: the app with its window.
#[cfg(not(target_os = "linux"))]
pub fn main() -> ExitCode {
    status_app::main(native::run)
}
