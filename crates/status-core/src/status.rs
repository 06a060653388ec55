//! A status as the server keeps it, and the texts in it that cannot be too long.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Most characters (Unicode code points) in a title. Source: `maxLength` of `UserStatus.title`.
pub const TITLE_MAX: usize = 50;
/// Most characters (Unicode code points) in an away message. Source: `maxLength` of `away_message`.
pub const AWAY_MESSAGE_MAX: usize = 1024;

/// Why a text or a rule cannot become part of a status. Each has a sentence `invalid-<code>` in `locales`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Invalid {
    /// No emoji was chosen.
    #[error("the status has no emoji")]
    EmojiMissing,
    /// The text in the emoji's place is not one emoji.
    #[error("the emoji is not a single emoji character")]
    EmojiNotEmoji,
    /// The title is empty or white space.
    #[error("the status has no title")]
    TitleMissing,
    /// The title is over [`TITLE_MAX`] characters.
    #[error("the title is over {TITLE_MAX} characters")]
    TitleTooLong,
    /// The away message is over [`AWAY_MESSAGE_MAX`] characters once its placeholders are filled in.
    #[error("the away message is over {AWAY_MESSAGE_MAX} characters")]
    AwayMessageTooLong,
    /// The status would end before it begins.
    #[error("the end of the status is in the past")]
    EndInThePast,
    /// The number of minutes is zero or over a year.
    #[error("the number of minutes is not between 1 and 527,040")]
    MinutesOutOfRange,
    /// The rule asks for a date and none was given.
    #[error("the end of the status has no date")]
    DateMissing,
}

/// One emoji character, as Pachca wants it: `🏖️`, never `:beach:`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Emoji(String);

/// A status title of 1 to [`TITLE_MAX`] characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Title(String);

/// An away message of 1 to [`AWAY_MESSAGE_MAX`] characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AwayMessage(String);

/// A status as it is set on the server: everything resolved, nothing left to decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// The emoji shown beside the name.
    pub emoji: Emoji,
    /// The words beside it.
    pub title: Title,
    /// When the server drops it, to the millisecond; `None` never.
    pub expires_at: Option<Timestamp>,
    /// Pachca's «away» mode.
    pub is_away: bool,
    /// Shown to whoever writes to or mentions the person while away.
    pub away_message: Option<AwayMessage>,
}
