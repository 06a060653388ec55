//! The pages of the window.

use serde::{Deserialize, Deserializer, Serialize};

/// A page of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// Compose, set, clear.
    #[default]
    Status,
    Presets,
    /// Who colleagues see, with the avatar.
    Profile,
    /// Token and scopes; the connect form without an account.
    Account,
    Preferences,
    /// Why does it not work?
    Diagnostics,
}

/// A page by its name in a file; what is no page is the first one.
pub(crate) fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Page, D::Error> {
    let name = String::deserialize(deserializer)?;
    Ok(serde_json::from_value(name.into()).unwrap_or_default())
}
