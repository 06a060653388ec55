//! A person's status: what the server shows, and what is sent to change it.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::open::null_as_default;

/// The status the server has.
///
/// A status whose `expires_at` has passed is still returned for a while: compare it with the clock before showing it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct UserStatus {
    /// The emoji character.
    #[serde(deserialize_with = "null_as_default")]
    pub emoji: String,
    /// The text, up to 50 characters.
    #[serde(deserialize_with = "null_as_default")]
    pub title: String,
    /// When it ends; `None` means it does not end by itself.
    #[serde(default)]
    pub expires_at: Option<Timestamp>,
    /// Whether the person is marked as away.
    #[serde(default, deserialize_with = "null_as_default")]
    pub is_away: bool,
    /// What colleagues read while the person is away. The server answers `{"text": …}`; here it is the text.
    #[serde(default, deserialize_with = "away_message")]
    pub away_message: Option<String>,
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

/// An object `{"text": …}` as documented, or a plain string as in the request.
fn away_message<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "expected an object with `text`, a string or null")]
    enum Shape {
        Object {
            #[serde(default)]
            text: Option<String>,
        },
        Text(String),
    }
    Ok(match Option::<Shape>::deserialize(deserializer)? {
        Some(Shape::Object { text }) => text,
        Some(Shape::Text(text)) => Some(text),
        None => None,
    })
}
