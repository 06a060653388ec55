//! From the bytes of an answer to a value: what is believed, and what is not.

use jiff::Timestamp;
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, DATE, HeaderMap, RETRY_AFTER};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use std::time::{Duration, SystemTime};

use crate::error::{Error, ErrorKind, Refusal};
use crate::model::UserStatus;
use crate::retry::{self, FailureClass};

/// How a successful body becomes a value.
pub(crate) type Read<T> = fn(&[u8]) -> Result<T, Unreadable>;

/// Why a body is not a value.
#[derive(Debug)]
pub(crate) struct Unreadable {
    /// Where and how, without the value itself, which may be personal.
    pub(crate) detail: String,
    category: Category,
}

/// What is known from the head of an answer.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    pub(crate) status: u16,
    pub(crate) request_id: Option<String>,
    date: Option<Timestamp>,
    /// The body is one that only the API gives: what else the head says is believed, too.
    is_api: bool,
    /// What `Retry-After` asks for.
    pub(crate) asked: Option<Duration>,
    media: Media,
    encoded: bool,
    /// The end of the body is marked, so a body that was cut off cannot be taken for a whole one.
    pub(crate) framed: bool,
}

/// What the body says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Media {
    Json,
    None,
    Other,
}

impl Head {
    pub(crate) fn read(status: u16, headers: &HeaderMap, now: SystemTime) -> Self {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let date = text(DATE.as_str()).and_then(|text| httpdate::parse_http_date(text).ok());
        Self {
            status,
            request_id: text("x-request-id").map(tidy).filter(|id| !id.is_empty()),
            date: date.and_then(|date| Timestamp::try_from(date).ok()),
            is_api: false,
            // More than one is not allowed; should it happen, the longest pause harms nobody.
            asked: headers
                .get_all(RETRY_AFTER)
                .iter()
                .filter_map(|value| retry::retry_after(value.as_bytes(), date, now))
                .max(),
            media: match headers.get(CONTENT_TYPE) {
                None => Media::None,
                Some(value) if value.to_str().is_ok_and(is_json) => Media::Json,
                Some(_) => Media::Other,
            },
            encoded: headers
                .get(CONTENT_ENCODING)
                .is_some_and(|value| !value.as_bytes().eq_ignore_ascii_case(b"identity")),
            framed: matches!(status, 204 | 205)
                || headers.contains_key("content-length")
                || headers.contains_key("transfer-encoding"),
        }
    }

    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The server's clock, if this is the API's own answer: whatever stands in between has a clock of its own.
    pub(crate) fn server_time(&self) -> Option<Timestamp> {
        self.date.filter(|_| self.is_api)
    }

    /// A successful answer as a value, or why it is not believed.
    pub(crate) fn value<T>(
        &mut self,
        body: &[u8],
        read: Read<T>,
        is_write: bool,
    ) -> Result<T, (Error, FailureClass)> {
        let blank = body.trim_ascii();
        let bare = blank.is_empty() || blank == b"null";
        let believable = match self.media {
            _ if self.encoded => false,
            Media::Json => true,
            Media::None => bare,
            Media::Other => bare && is_write,
        };
        if !believable {
            return Err((self.error(ErrorKind::NotPachca), FailureClass::Final));
        }
        let value = read(blank).map_err(|unreadable| {
            let (kind, class) = match unreadable.category {
                Category::Eof if !self.framed => (ErrorKind::Offline, FailureClass::Lost),
                // A page that only says that it is JSON.
                Category::Syntax if !blank.starts_with(b"{") => {
                    (ErrorKind::NotPachca, FailureClass::Final)
                }
                _ => (ErrorKind::Unexpected, FailureClass::Final),
            };
            (self.error(kind).with_detail(unreadable.detail), class)
        })?;
        self.is_api = self.media == Media::Json;
        Ok(value)
    }

    /// An answer that is not a success, as an error.
    pub(crate) fn refusal(&mut self, body: &[u8], scope: Option<&str>) -> (Error, FailureClass) {
        let refusal = if self.encoded { None } else { Refusal::read(body) };
        self.is_api = self.media == Media::Json && refusal.is_some();
        let foreign = refusal.is_none() && self.media == Media::Other;
        let kind = match self.status {
            // What answers so is between us and the API, or is no API: RFC 6585 §6, RFC 9110 §15.5.8.
            407 | 511 => ErrorKind::NotPachca,
            // A page instead of the API's JSON: a company's gateway that wants a sign-in, not a bad token.
            401..=403 if foreign => ErrorKind::NotPachca,
            401 => ErrorKind::TokenRejected,
            402 => ErrorKind::PlanForbids,
            403 if refusal.as_ref().is_some_and(Refusal::names_a_scope) => ErrorKind::ScopeMissing,
            403 => ErrorKind::RoleForbids,
            404 => ErrorKind::NotFound,
            408 => ErrorKind::Timeout,
            429 => ErrorKind::RateLimited,
            503 if self.asked.is_some() => ErrorKind::RateLimited,
            400..=499 => ErrorKind::Refused,
            500..=599 => ErrorKind::Server,
            _ => ErrorKind::NotPachca,
        };
        let error = self.error(kind).with_refusal(refusal.unwrap_or_default(), scope);
        (error, FailureClass::Status { code: self.status, asked: self.asked })
    }

    /// An error with what the head says.
    pub(crate) fn error(&self, kind: ErrorKind) -> Error {
        self.describe(Error::new(kind))
    }

    /// Adds what the head says to an error.
    pub(crate) fn describe(&self, error: Error) -> Error {
        error.with_status(self.status).with_request_id(self.request_id.clone())
    }
}

/// A request id is text of the server: short and in one line, so that it cannot forge a log.
fn tidy(text: &str) -> String {
    text.chars().filter(char::is_ascii_graphic).take(128).collect()
}

/// `application/json`, or a type built on it, with or without parameters.
fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json"
        || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// The wrapper around every value.
#[derive(Deserialize)]
struct Data<T> {
    data: T,
}

/// `{"data": …}`.
pub(crate) fn data<T: DeserializeOwned>(body: &[u8]) -> Result<T, Unreadable> {
    json::<Data<T>>(body).map(|wrapped| wrapped.data)
}

/// `{"data": …}`, the bare `null` of an unset status, or `{"data": null}`.
pub(crate) fn status(body: &[u8]) -> Result<Option<UserStatus>, Unreadable> {
    #[derive(Deserialize)]
    struct Wrapped {
        // Else serde would read `{}` as «no status».
        #[serde(deserialize_with = "Option::deserialize")]
        data: Option<UserStatus>,
    }
    json::<Option<Wrapped>>(body).map(|wrapped| wrapped.and_then(|wrapped| wrapped.data))
}

/// The answer to a DELETE: nothing, `null`, or any JSON.
pub(crate) fn nothing(body: &[u8]) -> Result<(), Unreadable> {
    if body.is_empty() { Ok(()) } else { json::<serde::de::IgnoredAny>(body).map(|_| ()) }
}

fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Unreadable> {
    // A letter that is broken does not cost the rest.
    let text = String::from_utf8_lossy(body);
    let mut reader = serde_json::Deserializer::from_str(&text);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        unreadable(&path, error.inner())
    })?;
    reader.end().map_err(|error| unreadable(".", &error))?;
    Ok(value)
}

/// serde's own message would repeat the value, which may be somebody's name.
fn unreadable(path: &str, error: &serde_json::Error) -> Unreadable {
    let category = error.classify();
    let what = match category {
        Category::Data => "is missing or of another type than promised",
        Category::Syntax | Category::Io => "is not JSON",
        Category::Eof => "breaks off",
    };
    Unreadable {
        detail: format!("`{path}` {what} (line {}, column {})", error.line(), error.column()),
        category,
    }
}
