//! Saved statuses.

use serde::{Deserialize, Serialize};

use crate::Draft;

/// Most presets kept; an import that would go over is refused whole.
pub const PRESETS_MAX: usize = 200;

/// Names a preset for good: stays the same when it is edited or moved. 1 to 40 characters of `a-z0-9-`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(transparent)]
pub struct PresetId(pub String);

/// A saved status with the rule by which it ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Preset {
    /// Its lasting name.
    pub id: PresetId,
    /// What it sets.
    #[serde(flatten)]
    pub draft: Draft,
    /// Whether it has a line of its own in the tray menu.
    pub in_tray: bool,
}
