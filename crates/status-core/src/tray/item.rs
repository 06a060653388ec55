//! The lines of the menu.

use crate::expiry::Extension;
use crate::preset::PresetId;
use crate::text::Text;

/// Names a menu item; survives the trip through the desktop as text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum MenuId {
    /// The first line: what colleagues see. Opens the window on the Status page.
    Current,
    /// Sets a preset.
    Preset(PresetId),
    /// Extends the present status.
    Extend(Extension),
    /// Clears the status.
    Clear,
    /// Puts the previous status back.
    Undo,
    /// Gives up what waits to be sent.
    CancelPending,
    /// Sends what waits although the status was changed elsewhere.
    ApplyOurs,
    /// Keeps what was set elsewhere.
    KeepTheirs,
    /// Tries again now.
    Retry,
    /// Opens the composer.
    CustomStatus,
    /// Opens the avatar dialog.
    ChangeAvatar,
    OpenWindow,
    /// Opens the connect page.
    Connect,
    /// Opens the preferences.
    Settings,
    /// Ends the app.
    Quit,
    /// A submenu or a line that does nothing; the name keeps it apart from others.
    Inert(&'static str),
}

/// A line of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MenuItem {
    /// A line between groups.
    Separator,
    /// Something to click.
    Action {
        /// Its name.
        id: MenuId,
        /// Its words.
        text: Text,
        /// Greyed out when `false`.
        enabled: bool,
    },
    /// Something to click that carries a check mark.
    Check {
        /// Its name.
        id: MenuId,
        /// Its words.
        text: Text,
        /// Whether the mark is on.
        checked: bool,
        /// Greyed out when `false`.
        enabled: bool,
    },
    /// A menu inside the menu.
    Submenu {
        /// Its name.
        id: MenuId,
        /// Its words.
        text: Text,
        /// What is in it.
        items: Vec<MenuItem>,
    },
}
