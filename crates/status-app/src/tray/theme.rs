//! What the tray icon stands on: a light or a dark panel.

/// The panel's colours.
#[cfg(not(target_os = "macos"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PanelTheme {
    /// Dark signs are readable on it.
    Light,
    /// Light signs are readable on it.
    Dark,
}

/// The menu bar colours a template itself.
#[cfg(target_os = "macos")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PanelTheme {
    /// Whatever it is.
    Any,
}

impl PanelTheme {
    #[cfg(all(test, not(target_os = "macos")))]
    pub(super) const ALL: [Self; 2] = [Self::Light, Self::Dark];
    #[cfg(all(test, target_os = "macos"))]
    pub(super) const ALL: [Self; 1] = [Self::Any];

    /// The panel's colours now. Quick: a value in memory, or one read of the registry.
    #[cfg(target_os = "macos")]
    pub(crate) fn now() -> Self {
        Self::Any
    }

    /// The panel's colours now: the taskbar's, which are not those of windows.
    #[cfg(windows)]
    pub(crate) fn now() -> Self {
        let light = windows_registry::CURRENT_USER
            .open(r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize")
            .and_then(|key| key.get_u32("SystemUsesLightTheme"));
        // The value is missing before Windows 10 1903, whose taskbar is dark.
        if light == Ok(1) { Self::Light } else { Self::Dark }
    }

    /// The panel's colours now, as far as the desktop has said which they are.
    #[cfg(target_os = "linux")]
    pub(crate) fn now() -> Self {
        linux::panel(crate::platform::color_scheme::now(), *linux::ALWAYS_DARK)
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::sync::LazyLock;

    use super::PanelTheme;
    use crate::platform::color_scheme::ColorScheme;

    /// Whether this desktop is one of those.
    pub(super) static ALWAYS_DARK: LazyLock<bool> =
        LazyLock::new(|| is_always_dark(&std::env::var("XDG_CURRENT_DESKTOP").unwrap_or_default()));

    /// Most panels are dark: GNOME's always, others unless a light style was chosen. Plasma and others say «light» or «no
    /// preference» for their light styles, and draw the panel in the same one.
    pub(super) fn panel(programs: ColorScheme, always_dark: bool) -> PanelTheme {
        match programs {
            ColorScheme::Light | ColorScheme::NoPreference if !always_dark => PanelTheme::Light,
            _ => PanelTheme::Dark,
        }
    }

    /// Desktops whose panel keeps its dark colours when windows are light.
    fn is_always_dark(current_desktop: &str) -> bool {
        current_desktop
            .split(':')
            .any(|name| ["gnome", "unity", "budgie"].contains(&name.to_lowercase().as_str()))
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn gnome_has_a_dark_panel_whatever_its_windows_are() {
            assert!(is_always_dark("ubuntu:GNOME"));
            assert!(!is_always_dark("KDE"));
            assert!(!is_always_dark(""));
            assert_eq!(panel(ColorScheme::Light, true), PanelTheme::Dark);
        }

        #[test]
        fn elsewhere_it_is_light_where_programs_may_be() {
            assert_eq!(panel(ColorScheme::Dark, false), PanelTheme::Dark);
            assert_eq!(panel(ColorScheme::Light, false), PanelTheme::Light);
            assert_eq!(panel(ColorScheme::NoPreference, false), PanelTheme::Light);
            assert_eq!(panel(ColorScheme::Unknown, false), PanelTheme::Dark);
        }
    }
}
