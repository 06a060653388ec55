//! The program on Windows and macOS. Everything is in the library beside it.

// A window of its own is enough: no console on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::{alloc::System, process::ExitCode};

use zeroizing_alloc::ZeroAlloc;

/// What is freed is wiped: a request's head holds the token in buffers that nobody else cleans.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    status_tauri::main()
}

/// For Tauri's bundler, which takes programs of this package only: the program is that of `crates/status-app`.
#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    status_app::main(status_app::run)
}
