//! A person's status: what the server shows, and what is sent to change it.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// The status the server has.
///
/// A status whose `expires_at` has passed is still returned for a while: compare it with the clock before showing it.
/// What can be read of it is read: a field that is missing or of another type is as if it were not set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserStatus {
    /// The emoji character.
    pub emoji: String,
    /// The text, up to 50 characters.
    pub title: String,
    /// When it ends; `None` means it does not end by itself.
    pub expires_at: Option<Timestamp>,
    /// Whether the person is marked as away.
    pub is_away: bool,
    /// What colleagues read while the person is away. The server answers `{"text": …}`; here it is the text.
    pub away_message: Option<String>,
}

impl<'de> Deserialize<'de> for UserStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum AwayMessage {
            Text(String),
            Object { text: String },
        }
        let fields = HashMap::<String, Box<RawValue>>::deserialize(deserializer)?;
        if !["emoji", "title"].iter().any(|name| fields.contains_key(*name)) {
            return Err(D::Error::custom("neither `emoji` nor `title`"));
        }
        Ok(Self {
            emoji: read(&fields, "emoji").unwrap_or_default(),
            title: read(&fields, "title").unwrap_or_default(),
            expires_at: read(&fields, "expires_at").and_then(|text: String| instant(&text)),
            is_away: read(&fields, "is_away").unwrap_or_default(),
            away_message: read(&fields, "away_message").map(|message| match message {
                AwayMessage::Text(text) | AwayMessage::Object { text } => text,
            }),
        })
    }
}

fn read<T: DeserializeOwned>(fields: &HashMap<String, Box<RawValue>>, name: &str) -> Option<T> {
    serde_json::from_str(fields.get(name)?.get()).ok()
}

/// An instant, or a date and time without an offset, which is UTC like all others of the API.
fn instant(text: &str) -> Option<Timestamp> {
    text.parse().ok().or_else(|| {
        let local = text.parse::<DateTime>().ok()?;
        TimeZone::UTC.to_timestamp(local).ok()
    })
}

/// The status to set: the body of `PUT /profile/status`.
///
/// Whether a field left out is cleared or kept is not documented, so send every field that is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatusUpdate {
    /// An emoji character (`🏖️`, not `:beach:`), else the server answers `wrong_emoji`.
    pub emoji: String,
    /// Up to 50 characters. How the server counts them is not documented; it answers `too_long` when it disagrees.
    pub title: String,
    /// When it is to end. Sent with milliseconds, in UTC; left out when `None`.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "with_milliseconds")]
    pub expires_at: Option<Timestamp>,
    /// Whether to be marked as away. Always sent, so that «not away» is never a matter of what was there before.
    pub is_away: bool,
    /// Up to 1024 characters; a plain string here, unlike in the answer. Left out when `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub away_message: Option<String>,
}

impl StatusUpdate {
    /// A status without an end and without «away».
    pub fn new(emoji: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            emoji: emoji.into(),
            title: title.into(),
            expires_at: None,
            is_away: false,
            away_message: None,
        }
    }
}

/// The request wraps the fields in `status`.
#[derive(Serialize)]
pub(crate) struct StatusRequest<'a> {
    pub(crate) status: &'a StatusUpdate,
}

/// `YYYY-MM-DDThh:mm:ss.sssZ`: the form the API documents, with exactly three digits. Finer parts are cut off.
// serde hands `serialize_with` a reference to the field.
#[allow(clippy::ref_option)]
fn with_milliseconds<S: Serializer>(
    value: &Option<Timestamp>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(instant) => serializer.collect_str(&instant.strftime("%Y-%m-%dT%H:%M:%S.%3fZ")),
        None => serializer.serialize_none(),
    }
}
