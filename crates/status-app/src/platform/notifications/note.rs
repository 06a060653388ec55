//! What is shown.

use status_core::Page;

/// The name the installers register for the entry in the start menu; Windows shows that entry's name and icon.
pub const WINDOWS_APP_ID: &str = "dev.pachca-status.desktop";

/// One notification.
pub(crate) struct Note {
    pub(crate) title: String,
    pub(crate) body: String,
    /// What a click opens.
    pub(crate) page: Page,
}
