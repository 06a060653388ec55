//! The window's way to the app: over a socket on Linux, in this very process elsewhere.

#[cfg(not(target_os = "linux"))]
mod local;
#[cfg(target_os = "linux")]
mod socket;

#[cfg(not(target_os = "linux"))]
pub(crate) use self::local::Channel;
#[cfg(target_os = "linux")]
pub(crate) use self::socket::Channel;
