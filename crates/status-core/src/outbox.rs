//! What is wanted and not yet confirmed, and what can be undone: on disk before it is promised.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Status;

/// The last thing the person asked for that the server has not confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// Grows with each intent; an answer to an older one is ignored.
    pub id: u64,
    /// What is wanted; `None` is «no status».
    pub wanted: Option<Status>,
    /// What the server showed when it was asked for. If it shows something else by the time we can
    /// write, somebody changed it elsewhere and we ask before overwriting. `None` inside means «no status»;
    /// the outer `None` means it was not known.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "known")]
    pub baseline: Option<Option<Status>>,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// The preset it came from, for the check mark.
    pub preset: Option<crate::PresetId>,
    /// A write of it may have reached the server without an answer: look before repeating.
    pub ambiguous: bool,
    /// What else of ours the server may show, because a write of an earlier intent was on its way or got no
    /// answer when this one was asked for. None of these counts as somebody else's change.
    #[serde(default)]
    pub may_show: Vec<Option<Status>>,
}

/// What undo puts back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    /// The exact status before our change.
    pub previous: Option<Status>,
    /// Our change; if the server shows anything else, undo is off.
    pub ours: Option<Status>,
    /// Offered until then: ten minutes after our change.
    pub until: Timestamp,
}

/// The outbox file's content, without its version number. One file for each account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Outbox {
    /// What is still to be sent.
    pub intent: Option<Intent>,
    /// What can be undone.
    pub undo: Option<Undo>,
    /// What the server last showed and when, so that a start without network can say so.
    pub seen: Option<(Option<Status>, Timestamp)>,
    /// The last intent's id, so that ids never repeat across restarts.
    pub last_id: u64,
}

/// A field that is there is known, even if it says `null`; JSON alone would make both the same.
#[expect(clippy::option_option, reason = "that is the difference this is for")]
fn known<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<Status>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
