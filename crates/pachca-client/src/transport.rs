//! One request and its answer. Nothing here is repeated.

use std::error::Error as StdError;
use std::time::{Duration, SystemTime};

use bytes::{Bytes, BytesMut};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, RequestBuilder, Response, redirect};
use tokio::time::{Instant, timeout, timeout_at};

use crate::answer::{Head, Read};
use crate::connections::{Connecting, Connections};
use crate::retry::{Rules, Trouble};
use crate::upload::{AvatarUpload, Progress};
use crate::{Error, ErrorKind, Limits, MAX_JSON, MAX_REFUSAL, ServerUrl, Token};

/// An operation of the API.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Operation {
    pub(crate) subject: Subject,
    pub(crate) method: Verb,
    pub(crate) path: &'static str,
    /// The scope it needs.
    pub(crate) scope: Option<&'static str>,
    pub(crate) rules: Rules,
}

/// What an operation is about: writes of one thing keep their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    Status,
    Picture,
    Other,
}

/// The methods in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    Put,
    Delete,
}

impl Verb {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }

    pub(crate) const fn is_write(self) -> bool {
        !matches!(self, Self::Get)
    }

    fn method(self) -> Method {
        match self {
            Self::Get => Method::GET,
            Self::Put => Method::PUT,
            Self::Delete => Method::DELETE,
        }
    }
}

/// What is sent with a request.
#[derive(Clone)]
pub(crate) enum Payload {
    None,
    Query(&'static str, &'static str),
    Json(Bytes),
    Avatar(AvatarUpload, Progress),
}

/// A failed attempt.
#[derive(Debug)]
pub(crate) struct Failed {
    pub(crate) error: Error,
    pub(crate) trouble: Trouble,
    pub(crate) head: Option<Head>,
}

/// The connections to one server.
pub(crate) struct Transport {
    connections: Connections,
    server: ServerUrl,
    connecting: Connecting,
}

impl Transport {
    pub(crate) fn new(server: ServerUrl, connecting: Connecting) -> Result<Self, Error> {
        let transport = Self { connections: Connections::default(), server, connecting };
        match transport.http() {
            Err(error) if error.kind() != ErrorKind::Tls => Err(error),
            _ => Ok(transport),
        }
    }

    fn http(&self) -> Result<reqwest::Client, Error> {
        self.connections.get(|| {
            let local = self.server.is_loopback();
            // A redirect would carry the token or a status elsewhere: it is an answer like any other, and a wrong one.
            let builder = self.connecting.builder(local)?.redirect(redirect::Policy::none());
            Ok(builder.https_only(!local))
        })
    }

    pub(crate) fn forget_connections(&self) {
        self.connections.forget();
    }

    pub(crate) fn connecting(&self) -> &Connecting {
        &self.connecting
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.connecting.limits
    }

    pub(crate) fn server(&self) -> &ServerUrl {
        &self.server
    }

    /// Sends one request and reads its answer, before `deadline` and within the limits of one attempt.
    pub(crate) async fn attempt<T>(
        &self,
        operation: &Operation,
        payload: &Payload,
        token: Option<&Token>,
        read: Read<T>,
        deadline: Instant,
    ) -> Result<(T, Head), Failed> {
        let request = self.request(operation, payload, token).map_err(|error| Failed {
            error,
            trouble: Trouble::Final,
            head: None,
        })?;
        let is_write = operation.method.is_write();
        let is_upload = matches!(payload, Payload::Avatar(..));
        let limits = self.limits();
        let limit = if is_upload { limits.upload_attempt } else { limits.attempt };
        let ends = deadline.min(Instant::now() + limit);
        // While an upload is on its way the server has nothing to say: silence proves nothing.
        let answer_by = if is_upload {
            ends
        } else {
            ends.min(Instant::now() + limits.silence.max(limits.connect))
        };

        let response = match timeout_at(answer_by, request.send()).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(not_answered(error, is_write)),
            Err(_) => return Err(lost(ErrorKind::Timeout, None, is_write, None)),
        };
        let head = Head::read(response.status().as_u16(), response.headers(), SystemTime::now());
        let cap = if head.is_success() { MAX_JSON } else { MAX_REFUSAL };
        let body = timeout_at(ends, read_body(response, cap, limits.silence))
            .await
            .unwrap_or_else(|_| (Bytes::new(), Some(BodyEnd::TooSlow)));

        if !head.is_success() {
            // The status alone decides; a body that breaks off only costs the details.
            let (error, trouble) = head.refusal(&body.0, operation.scope);
            return Err(Failed { error, trouble, head: Some(head) });
        }
        match body {
            (bytes, None) => match head.value(&bytes, read, is_write) {
                Ok(value) => Ok((value, head)),
                Err((error, trouble)) => Err(Failed { error, trouble, head: Some(head) }),
            },
            (_, Some(BodyEnd::TooLarge)) => Err(Failed {
                error: head.error(ErrorKind::TooLarge).with_ambiguous(is_write),
                trouble: Trouble::Final,
                head: Some(head),
            }),
            (_, Some(BodyEnd::TooSlow)) => {
                Err(lost(ErrorKind::Timeout, None, is_write, Some(head)))
            }
            (_, Some(BodyEnd::Broken(detail))) => {
                Err(lost(ErrorKind::Offline, Some(detail), is_write, Some(head)))
            }
        }
    }

    fn request(
        &self,
        operation: &Operation,
        payload: &Payload,
        token: Option<&Token>,
    ) -> Result<RequestBuilder, Error> {
        let query = match payload {
            Payload::Query(name, value) => Some((*name, *value)),
            _ => None,
        };
        let url = self.server.endpoint(operation.path, query);
        let mut request = self
            .http()?
            .request(operation.method.method(), url)
            .header(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(token) = token {
            let mut value = HeaderValue::from_maybe_shared(token.bearer())
                .expect("a token is visible ASCII, which every header may hold");
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
        Ok(match payload {
            Payload::None | Payload::Query(..) => request,
            Payload::Json(body) => request
                .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
                .body(body.clone()),
            Payload::Avatar(upload, progress) => request.multipart(upload.form(progress)?),
        })
    }
}

/// How a body ended before its end.
pub(crate) enum BodyEnd {
    TooLarge,
    TooSlow,
    Broken(String),
}

/// Reads a body up to `cap` bytes, with no silence longer than `silence`.
pub(crate) async fn read_body(
    mut response: Response,
    cap: usize,
    silence: Duration,
) -> (Bytes, Option<BodyEnd>) {
    if response.content_length().is_some_and(|length| length > cap as u64) {
        return (Bytes::new(), Some(BodyEnd::TooLarge));
    }
    let mut body = BytesMut::new();
    let end = loop {
        match timeout(silence, response.chunk()).await {
            Ok(Ok(Some(chunk))) if body.len() + chunk.len() > cap => break Some(BodyEnd::TooLarge),
            Ok(Ok(Some(chunk))) => body.extend_from_slice(&chunk),
            Ok(Ok(None)) => break None,
            Ok(Err(error)) => break Some(BodyEnd::Broken(chain(&error.without_url()))),
            Err(_) => break Some(BodyEnd::TooSlow),
        }
    };
    (body.freeze(), end)
}

/// The request went out, and no complete answer came.
fn lost(kind: ErrorKind, detail: Option<String>, is_write: bool, head: Option<Head>) -> Failed {
    let mut error = head
        .as_ref()
        .map_or_else(|| Error::new(kind), |head| head.error(kind))
        .with_ambiguous(is_write);
    if let Some(detail) = detail {
        error = error.with_detail(detail);
    }
    Failed { error, trouble: Trouble::Lost, head }
}

/// No answer at all: tells what was never sent from what may have arrived.
pub(crate) fn not_answered(error: reqwest::Error, is_write: bool) -> Failed {
    let error = error.without_url();
    let detail = chain(&error);
    if error.is_builder() {
        let error = Error::new(ErrorKind::Invalid).with_detail(detail);
        return Failed { error, trouble: Trouble::Final, head: None };
    }
    if error.is_connect() {
        let (kind, trouble) = if is_tls(&error) {
            (ErrorKind::Tls, Trouble::Final)
        } else {
            (ErrorKind::Offline, Trouble::NotSent)
        };
        return Failed { error: Error::new(kind).with_detail(detail), trouble, head: None };
    }
    let kind = if error.is_timeout() { ErrorKind::Timeout } else { ErrorKind::Offline };
    lost(kind, Some(detail), is_write, None)
}

/// Whether the other side was refused for what it is (its certificate, its protocol), not because the line broke.
pub(crate) fn is_tls(error: &reqwest::Error) -> bool {
    let mut source: Option<&(dyn StdError + 'static)> = error.source();
    while let Some(cause) = source {
        if cause.is::<rustls::Error>() {
            return true;
        }
        // `io::Error` does not name what it wraps as its source, only what is behind that.
        if let Some(inner) =
            cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref)
        {
            source = Some(inner);
            continue;
        }
        source = cause.source();
    }
    false
}

/// The causes of an error in one line. Addresses have been taken out before.
pub(crate) fn chain(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let said = cause.to_string();
        if !text.ends_with(&said) {
            text.push_str(": ");
            text.push_str(&said);
        }
        source = cause.source();
    }
    text
}
