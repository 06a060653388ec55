//! One record for each request on the wire, for diagnostics. Never holds a secret, a body or a query.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::error::ErrorKind;

/// What happened to one request. Each attempt of a call is a request of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRecord {
    /// When it was sent, by this machine's clock.
    pub started: Timestamp,
    /// When its answer had been read, by the same clock.
    pub finished: Timestamp,
    /// From `started` to `finished` by a clock that stands still while the computer sleeps and that nobody sets. Where
    /// it differs from what lies between the two, neither says anything about the server's clock.
    pub duration: Duration,
    /// `GET`, `PUT` or `DELETE`.
    pub method: &'static str,
    /// Path below the base address, without a query.
    pub path: &'static str,
    /// Which attempt of the call, from 1.
    pub attempt: u8,
    /// HTTP status; `None` when there was no answer.
    pub status: Option<u16>,
    /// What was wrong; `None` when the request did what it was for.
    pub failure: Option<ErrorKind>,
    /// Why it failed, as far as known: `connection refused`, an expired certificate. Without addresses.
    pub reason: Option<String>,
    /// `x-request-id` of the answer.
    pub request_id: Option<String>,
    /// The server's clock, from the `Date` header of an answer with a body that only the API gives: shows when this
    /// machine's clock is wrong.
    pub server_time: Option<Timestamp>,
}

/// Called after each request, on the task that made it: keep it short.
pub type Observer = Arc<dyn Fn(RequestRecord) + Send + Sync>;
