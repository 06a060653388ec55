//! The sandbox from outside, over plain sockets.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod access;
mod avatar;
mod binary;
mod control;
mod delivery;
mod faults;
mod http;
mod profile;
mod status;
mod watching;
