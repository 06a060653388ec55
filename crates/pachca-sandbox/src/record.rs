//! What arrived, and waiting for it without polling.

use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use hyper::HeaderMap;
use serde_json::{Value, json};

use crate::options::API_PREFIX;

/// One request as it arrived.
#[derive(Clone, Debug)]
pub struct RecordedRequest {
    /// Counts up from 1 in the order of arrival.
    pub number: u64,
    /// The port it came from: requests of one connection have the same.
    pub client_port: u16,
    /// When its head had been read.
    pub at: Instant,
    /// The same moment in microseconds since 1970, by the machine's clock.
    pub at_unix_us: u64,
    pub method: String,
    /// The path as sent, with the API prefix.
    pub path: String,
    /// What stood after `?`.
    pub query: Option<String>,
    /// Header names in lower case and values, in the order sent. The `authorization` value is there in full.
    pub headers: Vec<(String, String)>,
    /// The body, or as much of it as arrived.
    pub body: Bytes,
    /// The status answered; `None` while no answer was decided, and for ever when there was none (reset, stall, garbage).
    pub status: Option<u16>,
}

impl RecordedRequest {
    /// Whether it is this operation: method and path below the API prefix (`/profile/status`).
    pub fn is(&self, method: &str, path: &str) -> bool {
        self.method == method && self.api_path() == Some(path)
    }

    /// The path below the API prefix, without a trailing slash; `None` for paths outside the API.
    pub fn api_path(&self) -> Option<&str> {
        let rest = self.path.strip_prefix(API_PREFIX)?;
        rest.starts_with('/').then(|| rest.trim_end_matches('/'))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// As `GET /sandbox/requests` shows it: the body as text, or in base64 when it is not text.
    pub(crate) fn to_json(&self) -> Value {
        let mut shown = json!({
            "number": self.number,
            "client_port": self.client_port,
            "at_unix_us": self.at_unix_us,
            "method": self.method,
            "path": self.path,
            "query": self.query,
            "headers": self.headers,
            "status": self.status,
        });
        match std::str::from_utf8(&self.body) {
            Ok(text) => shown["body"] = text.into(),
            Err(_) => shown["body_base64"] = BASE64_STANDARD.encode(&self.body).into(),
        }
        shown
    }
}

/// Header names in lower case and values, in the order sent.
pub(crate) fn readable(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    headers.iter().map(|(name, value)| (name.to_string(), text(value.as_bytes()))).collect()
}

/// What was waited for did not come in time.
#[derive(Debug, thiserror::Error)]
#[error("waited {waited:?} in vain; seen meanwhile: {seen:?}")]
pub struct WaitError {
    pub waited: Duration,
    /// Method, path and answer of what did come, oldest first.
    pub seen: Vec<String>,
}
