//! The client against a real server on this machine that answers with whatever a test wants.

// All of this binary is tests; what surrounds the `#[test]` functions stops where it cannot go on, too.
#![allow(clippy::unwrap_used)]

mod called_off;
#[cfg(target_os = "linux")]
mod certificates;
mod corpus;
mod faults;
mod names;
mod operations;
mod pictures;
mod repeats;
mod secrets;
mod server;
mod statuses;
#[cfg(target_os = "linux")]
mod trust;
