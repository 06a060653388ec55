//! What a person gets from the engine, against the real sandbox over real sockets.

#![allow(clippy::missing_panics_doc, reason = "tests panic")]

/// As in the program.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

mod account;
mod app;
mod avatar;
mod canary;
mod clicks;
mod corpus;
#[cfg(windows)]
mod credential_manager;
mod faults;
mod hardship;
mod keyring;
mod keyring_paths;
mod killed;
mod place;
#[cfg(target_os = "linux")]
mod secret_service;
mod settings;
mod soak;
#[cfg(target_os = "linux")]
mod traced;
#[cfg(target_os = "linux")]
mod wiped;
