//! Faults: which requests they meet, how often, and what happens to them.

use std::time::Duration;

use bytes::Bytes;
use hyper::header::{HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};

use crate::bytes_serde;

/// One rule: requests it meets, how many of them, and what goes wrong.
///
/// Rules are tried in the order they were added; the first that matches and is not used up takes the request.
#[must_use]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// HTTP method it is for; `None` meets every method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Path below the API prefix (`/profile/status`) or outside it (`/files/…`); a trailing `*` matches any rest.
    /// `None` meets every path except the control interface, which no fault ever touches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// How many matching requests pass untouched first.
    #[serde(default)]
    pub skip: u32,
    /// How many requests it takes after that; `None` is every one until the rule is removed.
    #[serde(default = "once")]
    pub times: Option<u32>,
    /// The operation is carried out although its answer never arrives. Effects that spoil the delivery of the real
    /// answer (latency, drip, truncation…) carry it out in any case; those that replace it do not unless this is set.
    #[serde(default)]
    pub applied: bool,
    pub effect: Effect,
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Effect {
    /// An answer of one's own; headers given here replace the usual ones of the same name.
    Status {
        code: u16,
        /// Header names and values, sent in this order; the same name may come twice.
        #[serde(default)]
        headers: Vec<(String, String)>,
        /// The body; an error body of the API's shape when omitted.
        #[serde(default, with = "bytes_serde::optional", skip_serializing_if = "Option::is_none")]
        body: Option<Bytes>,
    },
    /// 429 with exactly this `Retry-After` (seconds, an HTTP date, or nonsense).
    RetryAfter {
        value: String,
    },
    /// The connection ends with RST instead of an answer.
    Reset,
    /// The connection ends with FIN instead of an answer.
    Close,
    /// RST as soon as this many bytes of the request's body have arrived.
    ResetUpload {
        after: usize,
    },
    /// Not a byte of the answer for this long, then the real answer; for ever if `None`.
    Stall {
        #[serde(default)]
        millis: Option<u64>,
    },
    /// Head and this many bytes of the body, then silence on an open connection.
    StallBody {
        after: usize,
    },
    /// The real answer, status line included, in drops.
    Drip {
        bytes_per_second: u32,
    },
    /// The real answer, but the connection ends after this many bytes of its body (the length announced is whole).
    Truncate {
        bytes: usize,
    },
    /// The real answer, cut after this many bytes counted from its status line.
    CutAnswer {
        bytes: usize,
    },
    /// 200 with a JSON string that goes on for this many bytes; for ever if `None`. Sent in chunks, without a length.
    HugeBody {
        #[serde(default)]
        bytes: Option<u64>,
    },
    /// 200 and a page in HTML, as a captive portal answers.
    Html200,
    /// 3xx with this `Location`.
    Redirect {
        code: u16,
        location: String,
    },
    /// The real answer under another content type; none at all if empty.
    WrongContentType {
        content_type: String,
    },
    Latency {
        millis: u64,
    },
    /// These bytes instead of an HTTP answer, then the connection ends.
    Garbage {
        /// What is written, raw; may be a handmade HTTP answer with a fault inside.
        #[serde(with = "bytes_serde")]
        bytes: Bytes,
    },
}

#[expect(clippy::unnecessary_wraps, reason = "serde wants the field's own type")]
fn once() -> Option<u32> {
    Some(1)
}

impl Fault {
    /// A fault that meets the next request, whichever it is.
    pub fn new(effect: Effect) -> Self {
        Self { method: None, path: None, skip: 0, times: Some(1), applied: false, effect }
    }

    /// An answer with this code and an error body of the API's shape.
    pub fn status(code: u16) -> Self {
        Self::new(Effect::Status { code, headers: Vec::new(), body: None })
    }

    pub fn answer(code: u16, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Self {
        let headers =
            headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self::new(Effect::Status { code, headers, body: Some(body.into()) })
    }

    pub fn retry_after(value: impl Into<String>) -> Self {
        Self::new(Effect::RetryAfter { value: value.into() })
    }

    /// RST; the operation did not take place.
    pub fn reset() -> Self {
        Self::new(Effect::Reset)
    }

    /// RST after the operation took place: the client cannot know.
    pub fn reset_after_apply() -> Self {
        Self::new(Effect::Reset).applied()
    }

    /// No answer, for ever; the operation did not take place unless [`Fault::applied`] is called.
    pub fn stall() -> Self {
        Self::new(Effect::Stall { millis: None })
    }

    pub fn latency(delay: Duration) -> Self {
        Self::new(Effect::Latency { millis: u64::try_from(delay.as_millis()).unwrap_or(u64::MAX) })
    }

    pub fn html_200() -> Self {
        Self::new(Effect::Html200)
    }

    pub fn redirect(code: u16, location: impl Into<String>) -> Self {
        Self::new(Effect::Redirect { code, location: location.into() })
    }

    /// Only requests with this method and this path (below the API prefix; a trailing `*` matches any rest).
    pub fn on(mut self, method: &str, path: &str) -> Self {
        self.method = Some(method.to_owned());
        self.path = Some(path.to_owned());
        self
    }

    /// Only requests with this path, whatever the method.
    pub fn on_path(mut self, path: &str) -> Self {
        self.path = Some(path.to_owned());
        self
    }

    /// For so many requests.
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// For every request until the faults are cleared.
    pub fn forever(mut self) -> Self {
        self.times = None;
        self
    }

    /// Lets so many matching requests pass first.
    pub fn after(mut self, skip: u32) -> Self {
        self.skip = skip;
        self
    }

    /// The operation takes place although its answer never arrives.
    pub fn applied(mut self) -> Self {
        self.applied = true;
        self
    }

    /// Whether the operation is carried out when this fault strikes.
    pub(crate) fn carries_out(&self) -> bool {
        self.applied || self.effect.spoils_delivery()
    }

    /// What is wrong with the fault itself, if it cannot be carried out as written.
    pub(crate) fn mistake(&self) -> Option<String> {
        let header = |name: &str, value: &str| {
            let fits = HeaderName::try_from(name).is_ok()
                && HeaderValue::from_bytes(value.as_bytes()).is_ok();
            (!fits)
                .then(|| format!("{name}: {value:?} is not a header; use `garbage` for raw bytes"))
        };
        match &self.effect {
            Effect::Status { code, headers, .. } => match code {
                200..=999 => headers.iter().find_map(|(name, value)| header(name, value)),
                _ => Some(format!("{code} cannot be a final status; use `garbage` for raw bytes")),
            },
            Effect::RetryAfter { value } => header("retry-after", value),
            Effect::Redirect { code: 300..=399, location } => header("location", location),
            Effect::Redirect { code, .. } => Some(format!("{code} is no redirect")),
            Effect::WrongContentType { content_type } => header("content-type", content_type),
            Effect::Drip { bytes_per_second: 0 } => {
                Some("a drip has at least one byte a second".to_owned())
            }
            _ => None,
        }
    }

    fn meets(&self, method: &str, path: &str) -> bool {
        let method_fits =
            self.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method));
        let path_fits = self.path.as_deref().is_none_or(|wanted| match wanted.strip_suffix('*') {
            Some(start) => path.starts_with(start),
            None => path == wanted,
        });
        method_fits && path_fits
    }
}

impl Effect {
    /// The real answer is what suffers, so there must be one.
    fn spoils_delivery(&self) -> bool {
        matches!(
            self,
            Self::Stall { millis: Some(_) }
                | Self::StallBody { .. }
                | Self::Drip { .. }
                | Self::Truncate { .. }
                | Self::CutAnswer { .. }
                | Self::WrongContentType { .. }
                | Self::Latency { .. }
        )
    }
}

/// Takes the fault that meets this request, counting it down.
pub(crate) fn strike(faults: &mut Vec<Fault>, method: &str, path: &str) -> Option<Fault> {
    let mut struck = None;
    for fault in faults.iter_mut().filter(|fault| fault.meets(method, path)) {
        if fault.skip > 0 {
            fault.skip -= 1;
            continue;
        }
        if let Some(left) = &mut fault.times {
            if *left == 0 {
                continue;
            }
            *left -= 1;
        }
        struck = Some(fault.clone());
        break;
    }
    faults.retain(|fault| fault.times != Some(0));
    struck
}
