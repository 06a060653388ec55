//! The program. Everything is in the library beside it.

// A window of its own is enough: no console on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::{alloc::System, process::ExitCode};

use zeroizing_alloc::ZeroAlloc;

/// What is freed is wiped: a request's head holds the token in buffers that nobody else cleans.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

fn main() -> ExitCode {
    pachca_status_shell::main()
}
