//! What the tray icon stands on: a light or a dark panel.

/// The panel's colours.
#[cfg(not(target_os = "macos"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Panel {
    /// Dark signs are readable on it.
    Light,
    /// Light signs are readable on it.
    Dark,
}

/// The menu bar colours a template itself.
#[cfg(target_os = "macos")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Panel {
    /// Whatever it is.
    Any,
}

impl Panel {
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

    /// The panel's colours now, as far as they were found out; see [`watch`].
    #[cfg(target_os = "linux")]
    pub(crate) fn now() -> Self {
        if linux::LIGHT.load(std::sync::atomic::Ordering::Relaxed) {
            Self::Light
        } else {
            Self::Dark
        }
    }
}

#[cfg(target_os = "linux")]
pub(crate) use linux::watch;

#[cfg(target_os = "linux")]
mod linux {
    use std::sync::atomic::{AtomicBool, Ordering};

    use futures_util::StreamExt;
    use zbus::zvariant::{OwnedValue, Value};

    /// Most panels are dark: GNOME's always, others unless a light style was chosen.
    pub(super) static LIGHT: AtomicBool = AtomicBool::new(false);

    const NAMESPACE: &str = "org.freedesktop.appearance";
    const KEY: &str = "color-scheme";

    /// Follows the desktop's colours for as long as it runs, and calls `changed` when the panel's are others now.
    pub(crate) async fn watch(changed: impl Fn()) {
        if panel_is_always_dark(&std::env::var("XDG_CURRENT_DESKTOP").unwrap_or_default()) {
            return;
        }
        if let Err(error) = follow(changed).await {
            log::info!("the desktop does not say whether it is light or dark: {error}");
        }
    }

    async fn follow(changed: impl Fn()) -> zbus::Result<()> {
        let bus = crate::bus::session().await?;
        let settings = zbus::Proxy::new(
            bus,
            "org.freedesktop.portal.Desktop",
            "/org/freedesktop/portal/desktop",
            "org.freedesktop.portal.Settings",
        )
        .await?;
        let mut news = settings
            .receive_signal_with_args("SettingChanged", &[(0, NAMESPACE), (1, KEY)])
            .await?;
        let take = |scheme: &Value<'_>| {
            let light = panel_is_light(scheme);
            if LIGHT.swap(light, Ordering::Relaxed) != light {
                changed();
            }
        };
        let scheme: OwnedValue = settings.call("Read", &(NAMESPACE, KEY)).await?;
        take(&scheme);
        while let Some(change) = news.next().await {
            let body = change.body();
            let (_, _, scheme): (&str, &str, Value<'_>) = body.deserialize()?;
            take(&scheme);
        }
        Ok(())
    }

    /// 0 is «no preference», 1 «dark», 2 «light» (the Settings portal). Plasma and others say 2 or 0 for their light
    /// styles, and draw the panel in the same one.
    fn panel_is_light(scheme: &Value<'_>) -> bool {
        match scheme {
            // `Read` of old portals wraps the value twice.
            Value::Value(inner) => panel_is_light(inner),
            Value::U32(scheme) => *scheme != 1,
            _ => false,
        }
    }

    /// Desktops whose panel keeps its dark colours when windows are light.
    fn panel_is_always_dark(current_desktop: &str) -> bool {
        current_desktop
            .split(':')
            .any(|name| ["gnome", "unity", "budgie"].contains(&name.to_lowercase().as_str()))
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn gnome_has_a_dark_panel_whatever_its_windows_are() {
            assert!(panel_is_always_dark("ubuntu:GNOME"));
            assert!(!panel_is_always_dark("KDE"));
            assert!(!panel_is_always_dark(""));
        }

        #[test]
        fn the_answer_is_understood_however_deep_it_is_wrapped() {
            let wrapped =
                |scheme: u32| Value::Value(Box::new(Value::Value(Box::new(Value::U32(scheme)))));
            assert!(!panel_is_light(&wrapped(1)));
            assert!(panel_is_light(&wrapped(2)));
            assert!(panel_is_light(&Value::U32(0)));
            assert!(!panel_is_light(&Value::from("nonsense")));
        }
    }
}
