//! Whether programs are to be light or dark: what the desktop says through the Settings portal.

use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::StreamExt;
use zbus::zvariant::{OwnedValue, Value};

const NAMESPACE: &str = "org.freedesktop.appearance";
const KEY: &str = "color-scheme";

/// What the portal says: <https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html>.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColorScheme {
    /// It has not said anything, or says what nobody knows.
    Unknown,
    /// Any will do.
    NoPreference,
    Dark,
    Light,
}

/// As the portal numbers them.
static NOW: AtomicU32 = AtomicU32::new(u32::MAX);

/// As far as it was found out; see [`watch`].
pub(crate) fn now() -> ColorScheme {
    ColorScheme::numbered(NOW.load(Ordering::Relaxed))
}

/// Follows the desktop for as long as it runs, and calls `changed` when it says something else.
pub(crate) async fn watch(changed: impl Fn()) {
    if let Err(error) = follow(changed).await {
        log::info!("the desktop does not say whether it is light or dark: {error}");
    }
}

async fn follow(changed: impl Fn()) -> zbus::Result<()> {
    let bus = crate::platform::dbus::session().await?;
    let settings = zbus::Proxy::new(
        bus,
        "org.freedesktop.portal.Desktop",
        "/org/freedesktop/portal/desktop",
        "org.freedesktop.portal.Settings",
    )
    .await?;
    let mut news =
        settings.receive_signal_with_args("SettingChanged", &[(0, NAMESPACE), (1, KEY)]).await?;
    let take = |scheme: &Value<'_>| {
        let number = number(scheme);
        if NOW.swap(number, Ordering::Relaxed) != number {
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

fn number(scheme: &Value<'_>) -> u32 {
    match scheme {
        // `Read` of old portals wraps the value twice.
        Value::Value(inner) => number(inner),
        Value::U32(scheme) => *scheme,
        _ => u32::MAX,
    }
}

impl ColorScheme {
    fn numbered(number: u32) -> Self {
        match number {
            0 => Self::NoPreference,
            1 => Self::Dark,
            2 => Self::Light,
            _ => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_is_understood_however_deep_it_is_wrapped() {
        let wrapped =
            |scheme: u32| Value::Value(Box::new(Value::Value(Box::new(Value::U32(scheme)))));
        let said = |value: &Value<'_>| ColorScheme::numbered(number(value));
        assert_eq!(said(&Value::U32(0)), ColorScheme::NoPreference);
        assert_eq!(said(&wrapped(1)), ColorScheme::Dark);
        assert_eq!(said(&wrapped(2)), ColorScheme::Light);
        assert_eq!(said(&wrapped(3)), ColorScheme::Unknown);
        assert_eq!(said(&Value::from("dark")), ColorScheme::Unknown);
    }
}
