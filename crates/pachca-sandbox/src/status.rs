//! A person's status, and the strict reading of a request that sets it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::answer::Invalid;
use crate::{emoji, timestamp};

/// Code points in a title, as the published schema's `maxLength` means them.
const TITLE_LIMIT: usize = 50;
/// Code points in an away message.
const AWAY_MESSAGE_LIMIT: usize = 1024;

/// A status as the workspace keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[must_use]
pub struct Status {
    pub emoji: String,
    pub title: String,
    /// When it ends; never if `None`.
    #[serde(default)]
    pub expires_at: Option<Timestamp>,
    /// «Нет на месте».
    #[serde(default)]
    pub is_away: bool,
    /// What is answered while away.
    #[serde(default)]
    pub away_message: Option<String>,
}

impl Status {
    /// A status without an end, not away.
    pub fn new(emoji: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            emoji: emoji.into(),
            title: title.into(),
            expires_at: None,
            is_away: false,
            away_message: None,
        }
    }

    pub fn until(mut self, moment: Timestamp) -> Self {
        self.expires_at = Some(moment);
        self
    }

    pub fn away(mut self, message: impl Into<String>) -> Self {
        self.is_away = true;
        self.away_message = Some(message.into());
        self
    }

    /// As the API answers it: the away message, a string in requests, is an object here.
    pub(crate) fn to_wire(&self) -> Value {
        json!({
            "emoji": self.emoji,
            "title": self.title,
            "expires_at": self.expires_at.map(timestamp::wire),
            "is_away": self.is_away,
            "away_message": self.away_message.as_ref().map(|text| json!({ "text": text })),
        })
    }
}

/// A valid request body; `None` is an optional field that was omitted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct StatusUpdate {
    emoji: String,
    title: String,
    expires_at: Option<Timestamp>,
    is_away: Option<bool>,
    away_message: Option<String>,
}

impl StatusUpdate {
    /// Reads the body; every problem found, not only the first.
    pub(crate) fn read(body: &Value) -> Result<Self, Vec<Invalid>> {
        let Some(top) = body.as_object() else {
            return Err(vec![Invalid::wrong_params("body", body)]);
        };
        let mut problems: Vec<Invalid> = unknown_keys(top, &["status"]);
        let status = match top.get("status") {
            Some(Value::Object(status)) => status,
            None => return Err([problems, vec![Invalid::required("status")]].concat()),
            Some(other) => {
                return Err([problems, vec![Invalid::malformed("status", other)]].concat());
            }
        };
        problems.extend(unknown_keys(
            status,
            &["emoji", "title", "expires_at", "is_away", "away_message"],
        ));

        let emoji = required_text(status, "emoji", &mut problems);
        if let Some(text) = emoji.as_deref().filter(|text| !emoji::is_emoji(text)) {
            problems.push(Invalid::wrong_emoji(text));
        }
        let title = required_text(status, "title", &mut problems);
        if let Some(text) = &title {
            problems.extend(Invalid::too_long("title", text, TITLE_LIMIT));
        }
        let expires_at = optional(status, "expires_at", &mut problems, |value| {
            timestamp::parse(value.as_str()?)
        });
        let is_away = optional(status, "is_away", &mut problems, Value::as_bool);
        let away_message = optional(status, "away_message", &mut problems, |value| {
            value.as_str().map(str::to_owned)
        });
        if let Some(text) = &away_message {
            problems.extend(Invalid::too_long("away_message", text, AWAY_MESSAGE_LIMIT));
        }
        match (emoji, title) {
            (Some(emoji), Some(title)) if problems.is_empty() => {
                Ok(Self { emoji, title, expires_at, is_away, away_message })
            }
            _ => Err(problems),
        }
    }

    /// The status it makes. Where the server keeps what a request omits, `old` is kept from.
    pub(crate) fn onto(self, old: Option<&Status>) -> Status {
        Status {
            emoji: self.emoji,
            title: self.title,
            expires_at: self.expires_at.or(old.and_then(|old| old.expires_at)),
            is_away: self.is_away.unwrap_or(old.is_some_and(|old| old.is_away)),
            // An empty message is no message.
            away_message: self
                .away_message
                .or_else(|| old.and_then(|old| old.away_message.clone()))
                .filter(|text| !text.is_empty()),
        }
    }
}

fn unknown_keys(object: &Map<String, Value>, known: &[&str]) -> Vec<Invalid> {
    object
        .iter()
        .filter(|(key, _)| !known.contains(&key.as_str()))
        .map(|(key, value)| Invalid::wrong_params(key, value))
        .collect()
}

fn required_text(
    object: &Map<String, Value>,
    key: &str,
    problems: &mut Vec<Invalid>,
) -> Option<String> {
    match object.get(key) {
        Some(Value::String(text)) if !text.trim().is_empty() => return Some(text.clone()),
        Some(value @ (Value::String(_) | Value::Null)) => problems.push(Invalid::blank(key, value)),
        None => problems.push(Invalid::blank(key, &Value::Null)),
        Some(other) => problems.push(Invalid::malformed(key, other)),
    }
    None
}

/// A field that may be missing but, when it is there, has its type: `null` is refused like any other wrong type,
/// because the published schema does not allow it.
fn optional<T>(
    object: &Map<String, Value>,
    key: &str,
    problems: &mut Vec<Invalid>,
    read: impl FnOnce(&Value) -> Option<T>,
) -> Option<T> {
    let value = object.get(key)?;
    let read = read(value);
    if read.is_none() {
        problems.push(Invalid::malformed(key, value));
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(body: &Value) -> Vec<(String, &'static str)> {
        StatusUpdate::read(body)
            .expect_err("must be refused")
            .into_iter()
            .map(|problem| (problem.key, problem.code))
            .collect()
    }

    #[test]
    fn limits_count_code_points_not_bytes_or_utf16_units() {
        let fits = json!({"status": {"emoji": "🎮", "title": "🎮".repeat(50), "away_message": "я".repeat(1024)}});
        assert!(StatusUpdate::read(&fits).is_ok());
        let long = json!({"status": {"emoji": "🎮", "title": "я".repeat(51), "away_message": "я".repeat(1025)}});
        assert_eq!(
            codes(&long),
            [("title".into(), "too_long"), ("away_message".into(), "too_long")]
        );
    }

    #[test]
    fn every_problem_of_a_body_is_named_at_once() {
        let body = json!({"status": {"emoji": ":beach:", "title": " ", "expires_at": null, "is_away": "yes", "x": 1}, "y": 2});
        let found = codes(&body);
        for expected in [
            ("y", "wrong_params"),
            ("x", "wrong_params"),
            ("emoji", "wrong_emoji"),
            ("title", "blank"),
            ("expires_at", "invalid"),
            ("is_away", "invalid"),
        ] {
            assert!(found.contains(&(expected.0.into(), expected.1)), "{expected:?} in {found:?}");
        }
    }

    #[test]
    fn an_omitted_field_is_cleared_or_kept_as_the_server_is_set() {
        let old = Status::new("🚶", "Отошёл").away("Скоро буду");
        let update = || {
            StatusUpdate::read(&json!({"status": {"emoji": "🎮", "title": "Играю"}}))
                .expect("valid")
        };
        assert_eq!(update().onto(None), Status::new("🎮", "Играю"));
        assert_eq!(update().onto(Some(&old)), Status::new("🎮", "Играю").away("Скоро буду"));
    }
}
