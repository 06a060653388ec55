//! What crosses to other processes: the window's requests, and a second start's.

pub mod protocol;
pub mod request;
