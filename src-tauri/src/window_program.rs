//! The window of Pachca Status. The app starts it, and everything is in the library beside it.

use std::{alloc::System, process::ExitCode};

use zeroizing_alloc::ZeroAlloc;

/// What is freed is wiped: a token that is pasted into the page passes through here.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    pachca_status_shell::window_main()
}

/// Elsewhere the app has its window itself.
#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    ExitCode::FAILURE
}
