//! What can go wrong between a wish and the server, in the core's own words.

use serde::{Deserialize, Serialize};

/// What kind of failure it was. Each has a sentence `failure-<kind>` in `locales`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// No connection: name not found, refused, no route, or it broke.
    Offline,
    /// The answer did not come in time.
    Timeout,
    /// Something answered that is not the Pachca API: a sign-in page of the network, a proxy's error page.
    NotPachca,
    /// The secure connection could not be made: certificate, clock, intercepting proxy.
    Tls,
    /// 401: missing, invalid or revoked token.
    TokenRejected,
    /// 403: the token lacks a scope.
    ScopeMissing,
    /// 403: the scope is there, the owner's role does not allow it.
    RoleForbids,
    /// 402: the workspace's plan does not include it.
    PlanForbids,
    /// 400, 409 or 422: the server refuses this content.
    Refused,
    /// 422 `wrong_emoji`.
    WrongEmoji,
    /// 422 `too_long`.
    TooLong,
    /// 404: the address is not an API of this kind.
    NotFound,
    /// 429: too many requests; `retry_after_seconds` says how long to keep still.
    RateLimited,
    /// 5xx after every retry.
    ServerError,
    /// The answer is larger than any honest one.
    TooLarge,
    /// The answer is JSON, but not what the API promises.
    Unexpected,
    /// Ended before it was sent: it was no longer wanted, or the computer had slept.
    CalledOff,
}

/// A failure with everything known about it that may be shown. Never holds the token or an address with secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Failure {
    pub kind: FailureKind,
    /// HTTP status, when there was an answer.
    pub http_status: Option<u16>,
    /// The server's own sentence, for people.
    pub server_message: Option<String>,
    /// The scope that is missing.
    pub scope: Option<String>,
    /// `x-request-id`, for support.
    pub request_id: Option<String>,
    /// Whole seconds to keep still, never shortened.
    pub retry_after_seconds: Option<u64>,
    /// The request may have been carried out although no answer came: compare before repeating.
    pub ambiguous: bool,
}

impl Failure {
    /// Of this kind, with nothing else known.
    pub fn new(kind: FailureKind) -> Self {
        Self {
            kind,
            http_status: None,
            server_message: None,
            scope: None,
            request_id: None,
            retry_after_seconds: None,
            ambiguous: false,
        }
    }
}
