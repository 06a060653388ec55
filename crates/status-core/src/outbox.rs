//! What is to be sent and not yet confirmed, and what can be undone: on disk before it is promised.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::cause::Cause;
use crate::draft::Draft;
use crate::preset::PresetId;
use crate::snapshot::Problem;
use crate::status::{Status, alive, has_leftovers, same};

/// What the server showed when something was asked for. If it shows something else by the time it can be written,
/// somebody changed it elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Baseline {
    /// The server had not been asked yet.
    #[default]
    Unknown,
    /// This status, or none.
    Known(Option<Status>),
}

impl Baseline {
    fn is_unknown(&self) -> bool {
        *self == Self::Unknown
    }
}

/// A field that is there is known, even if it says `null`.
impl<'de> Deserialize<'de> for Baseline {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::Known)
    }
}

impl Serialize for Baseline {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unknown => serializer.serialize_none(),
            Self::Known(status) => status.serialize(serializer),
        }
    }
}

/// A status of ours that the server may show, and what it was made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    pub status: Option<Status>,
    pub draft: Option<Draft>,
}

impl Written {
    /// Whether the server shows it, perhaps with left-overs.
    pub(crate) fn is_shown(&self, server: Option<&Status>, now: Timestamp) -> bool {
        let written = alive(self.status.as_ref(), now);
        same(server, written) || has_leftovers(written, server)
    }
}

/// The last thing that was asked for and that the server has not confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// Grows with each intent; an answer to an older one is ignored.
    pub id: u64,
    /// What is to be shown; `None` is «no status».
    pub status: Option<Status>,
    /// What it was made of, with the placeholders of its away message: «extend» fills them in anew.
    #[serde(default)]
    pub draft: Option<Draft>,
    #[serde(default, skip_serializing_if = "Baseline::is_unknown")]
    pub baseline: Baseline,
    /// What the baseline was made of, when it was ours: undo brings it back, too.
    #[serde(default)]
    pub baseline_draft: Option<Draft>,
    pub asked_at: Timestamp,
    #[serde(default)]
    pub cause: Cause,
    /// The preset it came from, for the check mark.
    pub preset: Option<PresetId>,
    /// A write of it may have reached the server without an answer: fetch before repeating.
    pub ambiguous: bool,
    /// What else of ours the server may show, because a write of an earlier intent was on its way or got no
    /// answer when this one was asked for. None of these counts as somebody else's change.
    #[serde(default)]
    pub may_show: Vec<Written>,
    /// The server refused it: it stays for the person to see, and is not sent unless they say so.
    #[serde(default)]
    pub refused: Option<Problem>,
}

/// What undo puts back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    /// The exact status before our change.
    pub previous: Option<Status>,
    /// What that was made of, when it was ours.
    #[serde(default)]
    pub previous_draft: Option<Draft>,
    /// Our change; if the server shows anything else, undo is off.
    pub ours: Option<Status>,
    /// Offered until then: ten minutes after our change.
    pub until: Timestamp,
}

/// The server asked for silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedPause {
    pub since: Timestamp,
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
    /// What that status was made of, when it was set from here.
    pub seen_draft: Option<Draft>,
    /// What of ours the server may show although it was never confirmed, of intents that were given up.
    pub may_show: Vec<Written>,
    /// The last intent's id, so that ids never repeat across restarts.
    pub last_id: u64,
    /// A restart is no reason to come back early.
    pub pause: Option<SavedPause>,
}

impl Intent {
    /// Whether the server shows what it showed before, or something of ours.
    pub(crate) fn is_untouched(&self, server: Option<&Status>, now: Timestamp) -> bool {
        let shows = |status: &Option<Status>| same(server, alive(status.as_ref(), now));
        let as_before = match &self.baseline {
            Baseline::Unknown => true,
            Baseline::Known(status) => shows(status),
        };
        as_before || self.may_show.iter().any(|written| written.is_shown(server, now))
    }
}
