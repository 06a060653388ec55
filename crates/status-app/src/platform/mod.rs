//! What each system does in its own way.

#[cfg(target_os = "linux")]
pub mod appimage;
pub(crate) mod autostart;
pub(crate) mod browser;
#[cfg(target_os = "linux")]
pub(crate) mod color_scheme;
#[cfg(target_os = "linux")]
pub(crate) mod dbus;
pub(crate) mod env;
#[cfg(target_os = "linux")]
pub(crate) mod flatpak;
pub mod hardening;
pub mod log;
pub(crate) mod notifications;
pub(crate) mod shortcuts;
pub(crate) mod single_instance;
pub(crate) mod system_info;
