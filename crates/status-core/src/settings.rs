//! What a person can choose, and what of it is kept on disk.

use serde::{Deserialize, Serialize};

use crate::page::Page;
use crate::text::Lang;
use crate::working_hours::WorkingHours;

/// Language of tray and window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// As the operating system says.
    #[default]
    System,
    Ru,
    En,
}

impl Language {
    /// The chosen language; `None` follows the system.
    pub(crate) fn chosen(self) -> Option<Lang> {
        match self {
            Self::System => None,
            Self::Ru => Some(Lang::Ru),
            Self::En => Some(Lang::En),
        }
    }
}

/// Colours of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the operating system says.
    #[default]
    System,
    Light,
    Dark,
}

/// What closing the window does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum CloseWindow {
    /// The app stays in the tray (where there is a tray).
    #[default]
    KeepInTray,
    /// The app ends.
    Quit,
}

/// Which notifications are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(default)]
pub struct Notifications {
    /// Something that was asked for could not be done, or needs a decision.
    pub failures: bool,
    /// A status that waited for the network has arrived.
    pub delivered: bool,
    /// A status has ended.
    pub expired: bool,
}

/// Everything on the Preferences page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(default)]
#[allow(clippy::struct_excessive_bools, reason = "each is one switch on the page")]
pub struct Settings {
    /// Language of tray and window.
    pub language: Language,
    /// Colours of the window.
    pub theme: Theme,
    /// Start, hidden, when the person logs in.
    pub start_at_login: bool,
    /// Which notifications are shown.
    pub notifications: Notifications,
    /// Working hours and days.
    pub working_hours: WorkingHours,
    /// Base address of the API on an on-premise server; `None` for `https://api.pachca.com/api/shared/v1`.
    pub server: Option<String>,
    /// Minutes between looks at the server while nothing happens, 1 to 60.
    pub check_interval_minutes: u16,
    /// Global shortcut that opens the window, in Tauri's accelerator grammar, e.g. `CmdOrCtrl+Shift+S`.
    pub shortcut_open: Option<String>,
    /// Global shortcut that clears the status.
    pub shortcut_clear: Option<String>,
    /// What closing the window does.
    pub close_window: CloseWindow,
    /// Presets shown in the tray before the rest go under «more», 1 to 20.
    pub tray_limit: u8,
    /// Look once a day whether there is a newer version, where the program may replace itself.
    pub look_for_updates: bool,
    /// The notice that closing the window leaves the app in the tray was shown.
    pub close_notice_seen: bool,
    /// Page the window opens on.
    #[serde(deserialize_with = "crate::page::lenient")]
    pub page: Page,
    /// Inner size of the window in logical pixels.
    pub window_size: Option<(u32, u32)>,
}

/// A change of some settings: what is `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(default, deny_unknown_fields)]
pub struct SettingsPatch {
    pub language: Option<Language>,
    pub theme: Option<Theme>,
    pub start_at_login: Option<bool>,
    pub notifications: Option<Notifications>,
    pub working_hours: Option<WorkingHours>,
    /// an empty string returns to the default. A change of server disconnects.
    pub server: Option<String>,
    /// clamped.
    pub check_interval_minutes: Option<u16>,
    /// an empty string removes it.
    pub shortcut_open: Option<String>,
    /// an empty string removes it.
    pub shortcut_clear: Option<String>,
    pub close_window: Option<CloseWindow>,
    /// clamped.
    pub tray_limit: Option<u8>,
    pub look_for_updates: Option<bool>,
    pub close_notice_seen: Option<bool>,
    pub page: Option<Page>,
    pub window_size: Option<(u32, u32)>,
}

impl Default for Notifications {
    fn default() -> Self {
        Self { failures: true, delivered: true, expired: false }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::default(),
            theme: Theme::default(),
            start_at_login: false,
            notifications: Notifications::default(),
            working_hours: WorkingHours::default(),
            server: None,
            check_interval_minutes: 5,
            shortcut_open: None,
            shortcut_clear: None,
            close_window: CloseWindow::default(),
            tray_limit: 7,
            look_for_updates: false,
            close_notice_seen: false,
            page: Page::Status,
            window_size: None,
        }
    }
}

impl Settings {
    /// Brings numbers from a file or the window into their ranges.
    pub(crate) fn clamp(&mut self) {
        self.check_interval_minutes = self.check_interval_minutes.clamp(1, 60);
        self.tray_limit = self.tray_limit.clamp(1, 20);
    }

    /// These settings with the change made.
    #[must_use]
    pub fn patched(&self, patch: SettingsPatch) -> Self {
        // An empty text is how the window says «none».
        let text = |new: Option<String>, old: &Option<String>| match new {
            Some(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            None => old.clone(),
        };
        let mut patched = Self {
            language: patch.language.unwrap_or(self.language),
            theme: patch.theme.unwrap_or(self.theme),
            start_at_login: patch.start_at_login.unwrap_or(self.start_at_login),
            notifications: patch.notifications.unwrap_or(self.notifications),
            working_hours: patch.working_hours.unwrap_or_else(|| self.working_hours.clone()),
            server: text(patch.server, &self.server),
            check_interval_minutes: patch
                .check_interval_minutes
                .unwrap_or(self.check_interval_minutes),
            shortcut_open: text(patch.shortcut_open, &self.shortcut_open),
            shortcut_clear: text(patch.shortcut_clear, &self.shortcut_clear),
            close_window: patch.close_window.unwrap_or(self.close_window),
            tray_limit: patch.tray_limit.unwrap_or(self.tray_limit),
            look_for_updates: patch.look_for_updates.unwrap_or(self.look_for_updates),
            close_notice_seen: patch.close_notice_seen.unwrap_or(self.close_notice_seen),
            page: patch.page.unwrap_or(self.page),
            window_size: patch.window_size.or(self.window_size),
        };
        patched.clamp();
        patched
    }
}
