//! A status as the server keeps it, and the texts in it that cannot be too long.

use icu_normalizer::ComposingNormalizerBorrowed;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use unicode_properties::{EmojiStatus, UnicodeEmoji};
use unicode_segmentation::UnicodeSegmentation;

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

/// Most code points in one emoji: the longest sequences in use (a family with skin tones) have ten.
const EMOJI_MAX: usize = 16;

impl Emoji {
    /// Checks that `text` is one emoji: a symbol, a flag, a keycap or a joined sequence, with or without
    /// a variation selector and skin tones. The server has the last word on which ones it knows.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Invalid::EmojiMissing);
        }
        if is_one_emoji(text) { Ok(Self(text.to_owned())) } else { Err(Invalid::EmojiNotEmoji) }
    }

    /// What the server said, whatever it is.
    pub fn observed(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_one_emoji(text: &str) -> bool {
    const TEXT_STYLE: char = '\u{FE0E}';
    const EMOJI_STYLE: char = '\u{FE0F}';
    const JOINER: char = '\u{200D}';
    const KEYCAP: char = '\u{20E3}';
    let mut clusters = text.graphemes(true);
    if clusters.next().is_none()
        || clusters.next().is_some()
        || text.chars().nth(EMOJI_MAX).is_some()
    {
        return false;
    }
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return false };
    let rest = chars.as_str();
    if matches!(first, '0'..='9' | '#' | '*') {
        return rest.trim_start_matches(EMOJI_STYLE) == KEYCAP.to_string();
    }
    let regional = |c: char| ('\u{1F1E6}'..='\u{1F1FF}').contains(&c);
    if regional(first) {
        return rest.chars().count() == 1 && rest.chars().all(regional);
    }
    let tag = |c: char| ('\u{E0020}'..='\u{E007F}').contains(&c);
    let symbol = |c: char| {
        !matches!(c.emoji_status(), EmojiStatus::NonEmoji | EmojiStatus::NonEmojiButEmojiComponent)
    };
    symbol(first)
        && !rest.contains(TEXT_STYLE)
        && !rest.ends_with(JOINER)
        && rest.chars().all(|c| matches!(c, EMOJI_STYLE | JOINER) || tag(c) || symbol(c))
}

impl Title {
    /// Checks that `text`, without white space around it, has 1 to [`TITLE_MAX`] code points.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Invalid::TitleMissing);
        }
        if text.chars().count() > TITLE_MAX {
            return Err(Invalid::TitleTooLong);
        }
        Ok(Self(text.to_owned()))
    }

    /// What the server said, whatever it is.
    pub fn observed(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AwayMessage {
    /// Checks that `text`, without white space around it, has at most [`AWAY_MESSAGE_MAX`] code points;
    /// an empty one is no message.
    pub fn parse(text: &str) -> Result<Option<Self>, Invalid> {
        let text = text.trim();
        if text.chars().count() > AWAY_MESSAGE_MAX {
            return Err(Invalid::AwayMessageTooLong);
        }
        Ok((!text.is_empty()).then(|| Self(text.to_owned())))
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Status {
    /// What the server said, whatever it is. An empty away message is none.
    pub fn observed(
        emoji: impl Into<String>,
        title: impl Into<String>,
        expires_at: Option<Timestamp>,
        is_away: bool,
        away_message: Option<String>,
    ) -> Self {
        Self {
            emoji: Emoji::observed(emoji),
            title: Title::observed(title),
            expires_at,
            is_away,
            away_message: away_message.filter(|text| !text.is_empty()).map(AwayMessage),
        }
    }

    /// Whether its end has come. The server goes on returning such a status for a while; it counts as cleared.
    pub fn expired(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|end| end <= now)
    }

    /// Whether both are the same status; ends are compared to the millisecond, which is what the API carries.
    pub fn same_as(&self, other: &Self) -> bool {
        let end = |status: &Self| status.expires_at.map(Timestamp::as_millisecond);
        let message = |status: &Self| -> String {
            status.away_message.as_ref().map_or_else(String::new, |text| text.as_str().to_owned())
        };
        end(self) == end(other)
            && self.is_away == other.is_away
            && alike(self.emoji.as_str(), other.emoji.as_str())
            && alike(self.title.as_str(), other.title.as_str())
            && alike(&message(self), &message(other))
    }
}

/// Whether a server that normalises text may have made one of the other: in Unicode's composed form, without variation
/// selectors and white space at the ends.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    let plain = |text: &str| {
        let kept = text.trim().chars().filter(|c| !matches!(c, '\u{FE00}'..='\u{FE0F}'));
        ComposingNormalizerBorrowed::new_nfc().normalize_iter(kept).collect::<String>()
    };
    a == b || plain(a) == plain(b)
}

/// [`Status::same_as`] where `None` is «no status».
pub(crate) fn same(a: Option<&Status>, b: Option<&Status>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.same_as(b),
        (None, None) => true,
        _ => false,
    }
}

/// Whether the server shows what was written, with fields of an earlier status that the write left out: this server keeps
/// what is not sent.
pub(crate) fn has_leftovers(written: Option<&Status>, server: Option<&Status>) -> bool {
    let (Some(written), Some(server)) = (written, server) else { return false };
    let mut completed = written.clone();
    completed.expires_at = written.expires_at.or(server.expires_at);
    completed.away_message = written.away_message.clone().or_else(|| server.away_message.clone());
    !written.same_as(server) && completed.same_as(server)
}

/// The status if it has not ended yet.
pub(crate) fn alive(status: Option<&Status>, now: Timestamp) -> Option<&Status> {
    status.filter(|status| !status.expired(now))
}
