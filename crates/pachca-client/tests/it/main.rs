//! The client against a real server on this machine that answers with whatever a test wants.

#![allow(missing_docs)]

mod faults;
mod operations;
mod pictures;
mod repeats;
mod secrets;
mod server;
mod statuses;
