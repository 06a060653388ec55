//! Notifications, whose click opens a page of the window.

#[cfg(target_os = "linux")]
mod freedesktop;
#[cfg(not(target_os = "linux"))]
mod native;
mod note;

#[cfg(target_os = "linux")]
pub(crate) use self::freedesktop::Notifications;
#[cfg(not(target_os = "linux"))]
pub(crate) use self::native::Notifications;
pub(crate) use self::note::Note;
pub use self::note::WINDOWS_APP_ID;
