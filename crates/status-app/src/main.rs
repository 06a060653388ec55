//! The program on Linux. Everything is in the library beside it.

use std::{alloc::System, process::ExitCode};

use zeroizing_alloc::ZeroAlloc;

/// What is freed is wiped: a request's head holds the token in buffers that nobody else cleans.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    status_app::main(status_app::run)
}

/// Elsewhere the program is in `src-tauri`.
#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    ExitCode::FAILURE
}
