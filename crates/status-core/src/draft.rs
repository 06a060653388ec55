//! A status as somebody composes it: texts not yet checked, the end still a rule.

use serde::{Deserialize, Serialize};

use crate::{Expiry, Invalid, When};

/// What the composer, a preset or a recent status holds before it is set.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Draft {
    /// One emoji character.
    pub emoji: String,
    /// Up to 50 characters.
    pub title: String,
    /// When it ends.
    pub expiry: Expiry,
    /// «Away» mode.
    pub is_away: bool,
    /// Up to 1024 characters; `{time}` and `{date}` become the end of the status when it is set.
    pub away_message: String,
}

/// What a draft would come to if it were set now. The composer shows it as the person types.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct DraftPreview {
    /// When it would end; `None` when it never ends or the rule cannot be resolved.
    pub ends: Option<When>,
    /// The away message with its placeholders filled in.
    pub away_message: String,
    /// Characters in the title, counted as the server counts them.
    pub title_length: usize,
    /// Characters in the filled-in away message.
    pub away_message_length: usize,
    /// Everything that keeps it from being set, in the order of the fields. Empty: it can be set.
    pub problems: Vec<Invalid>,
}
