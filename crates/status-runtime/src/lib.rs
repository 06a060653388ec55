//! placeholder
pub mod ipc;
