//! The one error of this crate, and what the server says when it refuses.

use std::fmt;
use std::time::Duration;

use serde_json::Value;

use crate::server_url::ServerUrlError;
use crate::token::TokenError;

/// What kind of failure it was. As text it is for logs: words for people are chosen where the language is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum ErrorKind {
    /// No connection: name not found, refused, no route, or it broke.
    #[error("no connection to the server")]
    Offline,
    /// The answer did not come in time.
    #[error("the server did not answer in time")]
    Timeout,
    /// The secure connection could not be made: certificate, clock, an intercepting proxy, a system without
    /// certificates. Not repeated.
    #[error("no secure connection to the server")]
    Tls,
    /// Something answered that is not the Pachca API: a sign-in page of the network, a proxy's page, a redirect.
    #[error("the answer is not from the Pachca API")]
    NotPachca,
    /// 401: the token is missing, invalid or revoked.
    #[error("the token is not accepted")]
    TokenRejected,
    /// 403: the token lacks a scope; [`Error::missing_scope`] names it.
    #[error("the token lacks a scope")]
    ScopeMissing,
    /// 403: the token would do, the role of its owner does not allow it.
    #[error("the role of the token's owner does not allow it")]
    RoleForbids,
    /// 402: the workspace's plan does not include it.
    #[error("the workspace's plan does not include it")]
    PlanForbids,
    /// 404: there is nothing at this address.
    #[error("there is nothing at this address")]
    NotFound,
    /// 400, 409, 410, 413, 422 and other 4xx: the server refuses this content; [`Error::items`] says why.
    #[error("the server refuses the request")]
    Refused,
    /// The server wants silence: 429, 503 with `Retry-After`, or a call too soon after one of them, which was not sent.
    /// [`Error::retry_after`] says for how long.
    #[error("the server asks for a pause")]
    RateLimited,
    /// 5xx without a word about when to come back.
    #[error("the server failed")]
    Server,
    /// The answer is larger than any honest one.
    #[error("the answer is too large")]
    TooLarge,
    /// The answer is JSON, but not what the API promises: a status that is no status, a value without its fields.
    #[error("the answer is not what the API promises")]
    Unexpected,
    /// The call itself is not possible: a bad token, address, file type. Nothing was sent.
    #[error("the request cannot be made")]
    Invalid,
    /// Ended before an attempt was sent: the [`Guard`](crate::Guard) said so, or the computer had slept since the call
    /// began. [`Error::may_have_arrived`] tells of the attempts before.
    #[error("the request was called off")]
    CalledOff,
}

/// One entry of `errors` in the body of a 400, 402, 403, 404, 409, 410 or 422. Missing parts are empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ErrorItem {
    /// The field it is about.
    pub key: String,
    /// A code such as `too_long` or `wrong_emoji`. New codes can come.
    pub code: String,
    /// The server's sentence, in Russian, meant for people.
    pub message: String,
}

/// Why a call failed, with everything known about it that may be shown.
///
/// It never holds the token, an address, or the value that was refused.
#[derive(Debug, Clone)]
pub struct Error {
    kind: ErrorKind,
    details: Box<Details>,
}

#[derive(Debug, Clone, Default)]
struct Details {
    http_status: Option<u16>,
    refusal: Refusal,
    missing_scope: Option<String>,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    may_have_arrived: bool,
    detail: Option<String>,
}

/// Result of every operation.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub(crate) fn new(kind: ErrorKind) -> Self {
        Self { kind, details: Box::default() }
    }

    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.details.http_status = Some(status);
        self
    }

    pub(crate) fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.details.detail = Some(detail.into());
        self
    }

    pub(crate) fn with_request_id(mut self, id: Option<String>) -> Self {
        self.details.request_id = id;
        self
    }

    pub(crate) fn with_retry_after(mut self, wait: Duration) -> Self {
        self.details.retry_after = Some(wait);
        self
    }

    pub(crate) fn with_doubt(mut self, may_have_arrived: bool) -> Self {
        self.details.may_have_arrived = may_have_arrived;
        self
    }

    /// Adds what the body of a refusal says. `scope` is what the operation needs, for a refusal that does not say.
    pub(crate) fn with_refusal(mut self, refusal: Refusal, scope: Option<&str>) -> Self {
        if self.kind == ErrorKind::ScopeMissing {
            let named = refusal.description.as_deref().and_then(scope_in);
            self.details.missing_scope = named.or_else(|| scope.map(str::to_owned));
        }
        self.details.refusal = refusal;
        self
    }

    /// What kind of failure it was.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The HTTP status, when there was an answer.
    pub fn http_status(&self) -> Option<u16> {
        self.details.http_status
    }

    /// What the server found wrong, field by field.
    pub fn items(&self) -> &[ErrorItem] {
        &self.details.refusal.items
    }

    /// Whether one of [`items`](Self::items) has this code.
    pub fn has_code(&self, code: &str) -> bool {
        self.items().iter().any(|item| item.code == code)
    }

    /// The code of a 401 or 403, such as `invalid_token`, `insufficient_scope` or `role_forbidden`. New ones can come.
    pub fn oauth_error(&self) -> Option<&str> {
        self.details.refusal.error.as_deref()
    }

    /// The server's own sentence, for people.
    pub fn server_message(&self) -> Option<&str> {
        let Refusal { items, description, .. } = &self.details.refusal;
        let messages = items.iter().map(|item| item.message.as_str());
        messages.into_iter().find(|text| !text.is_empty()).or(description.as_deref())
    }

    /// The scope the token lacks.
    pub fn missing_scope(&self) -> Option<&str> {
        self.details.missing_scope.as_deref()
    }

    /// `x-request-id` of the answer: Pachca's support asks for it.
    pub fn request_id(&self) -> Option<&str> {
        self.details.request_id.as_deref()
    }

    /// How long to keep still. Never shorter than what the server asked for: an early return doubles the pause.
    pub fn retry_after(&self) -> Option<Duration> {
        self.details.retry_after
    }

    /// A technical addition for logs and details: the field that could not be read, the system's error.
    pub fn detail(&self) -> Option<&str> {
        self.details.detail.as_deref()
    }

    /// A write may have been carried out, judged over all attempts of the call: one of them was sent, and what came
    /// back was nothing, a 408 or 5xx, or not the API's. Look before repeating it.
    pub fn may_have_arrived(&self) -> bool {
        self.details.may_have_arrived
    }

    /// The call was not sent at all, because of a pause that the server had asked an earlier one for.
    /// [`retry_after`](Self::retry_after) is what is left of that pause.
    pub fn is_local_refusal(&self) -> bool {
        self.kind == ErrorKind::RateLimited && self.details.http_status.is_none()
    }

    /// Nothing of the API was reached: no connection, a timeout, no secure connection, or a network's sign-in page.
    pub fn is_offline(&self) -> bool {
        matches!(
            self.kind,
            ErrorKind::Offline | ErrorKind::Timeout | ErrorKind::Tls | ErrorKind::NotPachca
        )
    }

    /// The same call can succeed later without anybody changing anything.
    pub fn is_retryable(&self) -> bool {
        self.is_offline()
            || match self.kind {
                ErrorKind::RateLimited | ErrorKind::CalledOff => true,
                ErrorKind::Server => !matches!(self.details.http_status, Some(501 | 505)),
                _ => false,
            }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let details = &self.details;
        write!(f, "{}", self.kind)?;
        if let Some(status) = details.http_status {
            write!(f, " (HTTP {status})")?;
        }
        if let Some(scope) = &details.missing_scope {
            write!(f, ": {scope}")?;
        }
        if let Some(detail) = &details.detail {
            write!(f, ": {detail}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

impl From<TokenError> for Error {
    fn from(error: TokenError) -> Self {
        Self::new(ErrorKind::Invalid).with_detail(error.to_string())
    }
}

impl From<ServerUrlError> for Error {
    fn from(error: ServerUrlError) -> Self {
        Self::new(ErrorKind::Invalid).with_detail(error.to_string())
    }
}

/// The body of a refusal, in either of the API's two shapes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Refusal {
    items: Vec<ErrorItem>,
    error: Option<String>,
    description: Option<String>,
}

impl Refusal {
    /// Reads what can be read; `None` when it is neither of the two shapes. Any value can be of another type in a newer
    /// server: what is not text is left empty.
    pub(crate) fn read(body: &[u8]) -> Option<Self> {
        fn text(fields: &Value, name: &str) -> Option<String> {
            fields.get(name)?.as_str().map(str::to_owned)
        }
        let body: Value = serde_json::from_slice(body).ok()?;
        let (errors, error) = (body.get("errors").and_then(Value::as_array), text(&body, "error"));
        if errors.is_none() && error.is_none() {
            return None;
        }
        let item = |raw: &Value| ErrorItem {
            key: text(raw, "key").unwrap_or_default(),
            code: text(raw, "code").unwrap_or_default(),
            message: text(raw, "message").unwrap_or_default(),
        };
        let items = errors.into_iter().flatten().map(item).collect();
        Some(Self { items, error, description: text(&body, "error_description") })
    }

    /// Whether it says that a scope is missing, rather than that a role forbids.
    pub(crate) fn names_a_scope(&self) -> bool {
        self.error.as_deref() == Some("insufficient_scope")
    }
}

/// The first word of the shape `name:act`, however the sentence around it is put.
fn scope_in(description: &str) -> Option<String> {
    description
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == ':'))
        .find(|word| {
            word.split_once(':').is_some_and(|(name, act)| {
                !name.is_empty() && !act.is_empty() && !act.contains(':')
            })
        })
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_missing_scope_is_found_in_reworded_sentences() {
        for text in [
            "Insufficient scope. Required: profile_status:write",
            "Required scope is `profile_status:write`.",
            "Required: profile_status:write, and more",
        ] {
            assert_eq!(scope_in(text).as_deref(), Some("profile_status:write"), "{text}");
        }
        for text in ["", "Required: ", "no scope here", ":", "a: b", "Required:"] {
            assert_eq!(scope_in(text), None, "{text}");
        }
    }

    #[test]
    fn a_refusal_is_read_whatever_its_values_are() {
        let body = br#"{"errors":[{"key":"status.emoji","value":{"any":1},"message":null,"code":"wrong_emoji","payload":[]},
            {"key":7,"code":9,"message":"text"},{}]}"#;
        let refusal = Refusal::read(body).unwrap();
        assert_eq!(refusal.items.len(), 3);
        assert_eq!(refusal.items[0].code, "wrong_emoji");
        assert_eq!(refusal.items[1].message, "text");
        assert_eq!(refusal.items[1].key, "");
    }

    #[test]
    fn what_is_not_a_refusal_of_the_api_is_not_read_as_one() {
        for body in ["", "null", "[]", "{}", "<html>", "{\"errors\":3}", "{\"error\":{}}", "\u{0}"]
        {
            assert!(Refusal::read(body.as_bytes()).is_none(), "{body}");
        }
    }
}
