//! The sandbox from outside, over plain sockets.

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
