//! What every view is drawn from: one immutable value.

use serde::{Deserialize, Serialize};

use jiff::Timestamp;

use crate::draft::Draft;
use crate::expiry::Extension;
use crate::failure::{Failure, FailureKind};
use crate::preset::Preset;
use crate::saved::Recent;
use crate::settings::Settings;
use crate::status::Status;
use crate::text::Lang;
use crate::token::{Account, Scope, TokenState};
use crate::when::When;

/// A status with its end in people's terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct StatusView {
    pub emoji: String,
    pub title: String,
    /// When it ends; `None` never.
    pub ends: Option<When>,
    /// «Away» mode.
    pub is_away: bool,
    pub away_message: Option<String>,
}

/// What colleagues see, as far as is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ShownStatus {
    /// The status; `None` when there is none (or it has ended).
    pub status: Option<StatusView>,
    /// Whether the server has ever been asked in this account.
    pub known: bool,
    /// When the server last confirmed it.
    pub seen: Option<When>,
    /// The last fetch failed: this may have changed.
    pub stale: bool,
}

/// Where a change that is not confirmed stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum PendingPhase {
    /// On its way.
    Sending,
    /// Waits for the network, the server or the token, and is sent by itself.
    Waiting,
    /// The server refused it; the person decides.
    Refused,
}

/// A change that is not confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Pending {
    /// What is wanted; `None` is «no status».
    pub wanted: Option<StatusView>,
    /// Where it stands.
    pub phase: PendingPhase,
    /// It is on disk and survives the end of the app.
    pub saved: bool,
}

/// Why the person has to decide about what waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum ConflictReason {
    /// Somebody (the person's phone) changed the status after the click.
    Changed,
    /// It has no end and has waited for over a day, so it may no longer be meant.
    Late,
    /// What the server shows cannot be read by this version, so nothing is known of what would be overwritten.
    Unreadable,
}

/// A decision the person has to take before what waits is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Conflict {
    /// What the server shows.
    pub theirs: Option<StatusView>,
    /// What waits.
    pub ours: Option<StatusView>,
    pub reason: ConflictReason,
}

/// What can be undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct UndoView {
    /// What comes back; `None` is «no status».
    pub previous: Option<StatusView>,
    /// Until when it is offered.
    pub until: When,
}

/// A preset with what it would come to now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct PresetView {
    pub preset: Preset,
    /// When it would end if it were set now.
    pub would_end: Option<When>,
    /// It is what is shown (or on its way) now.
    pub active: bool,
}

/// A way to make the present status last longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ExtensionView {
    /// The way.
    pub extension: Extension,
    /// When the status would end then.
    pub would_end: When,
}

/// How things stand with the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Link {
    /// Not tried yet, or not connected to an account.
    Unknown,
    /// The last request was answered.
    Online,
    /// Requests do not get through; tried again by itself.
    Trouble {
        /// Why.
        failure: FailureKind,
        /// When it is tried again.
        retry: Option<When>,
    },
    /// The server asked us to keep still.
    Paused { until: When },
}

/// The last thing that failed, kept until something of the same kind succeeds or the person dismisses it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Problem {
    /// What happened.
    pub failure: Failure,
    /// When.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub at: Timestamp,
}

/// Something about this computer the person should know; each has a sentence `notice-<kind>` in `locales`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notice {
    /// A damaged file was set aside under this path; defaults (or the backup) are in use.
    FileDamaged {
        /// Where the damaged file is now.
        path: String,
        /// Whether the backup could be used instead of defaults.
        restored: bool,
    },
    /// A file was written by a newer version; it is left alone and changes are not saved.
    FileFromNewerVersion {
        /// The file.
        path: String,
    },
    /// Changes cannot be saved: disk full, read-only, no right.
    CannotSave {
        /// The file.
        path: String,
        /// The system's own words.
        reason: String,
    },
    /// The desktop shows no tray: the window is the app.
    NoTrayHost,
    /// The clock of this computer is off by this many seconds from the server's.
    ClockOff {
        /// Positive: the computer is ahead.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        seconds: i64,
    },
    /// A shortcut could not be taken, because another program has it or the desktop has none.
    ShortcutUnavailable {
        /// The accelerator.
        shortcut: String,
    },
    /// A status that waited was dropped because its end passed.
    WaitedTooLong { title: String },
}

/// What every view is drawn from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Snapshot {
    /// Language to speak.
    pub lang: Lang,
    /// The connected person; `None` shows the connect page.
    pub account: Option<Account>,
    /// The token and its place.
    pub token: TokenState,
    /// Scopes this product uses that the token lacks.
    pub missing_scopes: Vec<Scope>,
    /// The server.
    pub link: Link,
    /// What colleagues see.
    pub status: ShownStatus,
    /// What is not confirmed yet.
    pub pending: Option<Pending>,
    /// A decision the person has to take.
    pub conflict: Option<Conflict>,
    /// What can be undone.
    pub undo: Option<UndoView>,
    /// Presets in their order.
    pub presets: Vec<PresetView>,
    /// What «extend» offers for the status that is shown or on its way, with the resulting end. Empty when
    /// there is nothing to extend.
    pub extensions: Vec<ExtensionView>,
    /// The presets are the default ones.
    pub presets_are_default: bool,
    /// Deleted or replaced presets can be brought back.
    pub presets_can_undo: bool,
    /// Recent statuses, newest first, at most five.
    pub recents: Vec<Recent>,
    /// The Preferences page.
    pub settings: Settings,
    /// The last failure of a status change or fetch.
    pub problem: Option<Problem>,
    /// What the person should know about this computer.
    pub notices: Vec<Notice>,
    /// A draft the composer should open with (a preset that asks for its date).
    pub compose: Option<Draft>,
}

impl StatusView {
    /// A status in people's terms, at `ends`.
    pub(crate) fn new(status: &Status, ends: Option<When>) -> Self {
        Self {
            emoji: status.emoji.as_str().to_owned(),
            title: status.title.as_str().to_owned(),
            ends,
            is_away: status.is_away,
            away_message: status.away_message.as_ref().map(|message| message.as_str().to_owned()),
        }
    }
}
