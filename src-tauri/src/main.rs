//! The program. Everything is in the library beside it.

// A window of its own is enough: no console on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    pachca_status_shell::main()
}
