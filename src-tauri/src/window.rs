//! The window's program on Linux. The app starts it, and everything is in the library beside it.

use std::{alloc::System, process::ExitCode};

use zeroizing_alloc::ZeroAlloc;

/// What is freed is wiped: a token that is pasted into the page passes through here.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

fn main() -> ExitCode {
    // Elsewhere the app has its window itself.
    if cfg!(target_os = "linux") { status_tauri::main() } else { ExitCode::FAILURE }
}
