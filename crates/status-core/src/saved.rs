//! The settings file's content.

use serde::{Deserialize, Serialize};

use crate::draft::Draft;
use crate::preset::Preset;
use crate::settings::Settings;
use crate::token::AccountId;

/// A status set before that is not a preset; offered again in the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(transparent)]
pub struct Recent(pub Draft);

/// A connected account, as the settings file keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedAccount {
    pub id: AccountId,
    /// Base address of its API, when it is not Pachca's own.
    #[serde(default)]
    pub server: Option<String>,
}

/// The settings file's content, without its version number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedSettings {
    /// Accounts that are connected at the next start, in order of connection. The last one is shown.
    pub accounts: Vec<SavedAccount>,
    /// Accounts that may have a secret in the keyring: noted before it is stored, forgotten once it is removed.
    pub secrets: Vec<AccountId>,
    /// The Preferences page.
    pub settings: Settings,
    /// The presets; `None` while they are the default ones, so that they follow the language.
    pub presets: Option<Vec<Preset>>,
    /// The last five statuses that were not presets, newest first.
    pub recents: Vec<Recent>,
}
