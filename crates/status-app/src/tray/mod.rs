//! The tray: draws what it is given, and says what was clicked. It decides nothing.

mod click;
mod icons;
#[cfg(target_os = "linux")]
mod linux;
mod presence;
mod theme;

pub use self::click::{ID, clicked};
#[cfg(not(target_os = "linux"))]
pub use self::icons::bytes as picture;
pub(crate) use self::presence::{Presence, keep};
#[cfg(not(target_os = "linux"))]
pub use self::theme::PanelTheme;
