//! How connections are made and kept, how bodies are read, and what it means when either fails.

use std::error::Error as StdError;
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::header::HeaderValue;
use reqwest::{RequestBuilder, Response};
use rustls::CertificateError;
use tokio::time::{Instant, timeout_at};

use crate::answer::Head;
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::resolver::{Names, Resolver};
use crate::retry::FailureClass;

/// Who asks, unless the program says who it is.
const USER_AGENT: &str = concat!("pachca-client/", env!("CARGO_PKG_VERSION"));

/// How connections are made, to the API and to where pictures are.
#[derive(Clone)]
pub(crate) struct Connecting {
    pub(crate) user_agent: String,
    pub(crate) limits: Limits,
    pub(crate) resolver: Option<Resolver>,
}

impl Default for Connecting {
    fn default() -> Self {
        Self { user_agent: USER_AGENT.into(), limits: Limits::default(), resolver: None }
    }
}

impl Connecting {
    /// What both kinds of connections have in common. `local`: the API is on this machine.
    pub(crate) fn builder(&self, local: bool) -> Result<reqwest::ClientBuilder> {
        // There can be one provider in a process; when the program has chosen its own, that one is used.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let user_agent = HeaderValue::try_from(&self.user_agent).map_err(|_| {
            Error::new(ErrorKind::Invalid).with_detail("the user agent is not a header value")
        })?;
        let mut builder = reqwest::Client::builder()
            .user_agent(user_agent)
            .referer(false)
            .retry(reqwest::retry::never())
            .connect_timeout(self.limits.connect)
            .pool_idle_timeout(Duration::from_secs(30))
            .tcp_nodelay(true);
        if let Some(resolver) = &self.resolver {
            builder = builder.dns_resolver(Names(resolver.clone()));
        }
        // What is on this machine is never asked for through a proxy, which would see the token in the clear.
        Ok(if local { builder.no_proxy() } else { builder })
    }
}

/// The connections of one kind. None are kept while the system has no certificates to check a server by: each request
/// says so, and looks again.
#[derive(Default)]
pub(crate) struct Connections(RwLock<Option<reqwest::Client>>);

impl Connections {
    /// Those there are, or new ones.
    pub(crate) fn get(
        &self,
        builder: impl FnOnce() -> Result<reqwest::ClientBuilder>,
    ) -> Result<reqwest::Client> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(kept) = kept {
            return Ok(kept);
        }
        let made = builder()?.build().map_err(not_built)?;
        let mut place = self.0.write().unwrap_or_else(PoisonError::into_inner);
        Ok(place.get_or_insert(made).clone())
    }

    /// The next request opens a new one. Requests on their way keep theirs.
    pub(crate) fn forget(&self) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// No connection can be made at all. Without any certificate to trust there is no secure one.
fn not_built(error: reqwest::Error) -> Error {
    let error = error.without_url();
    let kind = if tls_error(&error).is_some() { ErrorKind::Tls } else { ErrorKind::Invalid };
    Error::new(kind).with_detail(reason(&error))
}

/// A failed attempt.
#[derive(Debug)]
pub(crate) struct Failed {
    pub(crate) error: Error,
    pub(crate) class: FailureClass,
    pub(crate) head: Option<Head>,
}

impl Failed {
    /// There is no answer.
    pub(crate) fn unanswered(error: Error, class: FailureClass) -> Self {
        Self { error, class, head: None }
    }
}

/// No answer at all: tells what was never sent from what may have arrived.
fn not_answered(error: reqwest::Error) -> Failed {
    let error = error.without_url();
    let detail = reason(&error);
    let (kind, class) = if error.is_builder() {
        (ErrorKind::Invalid, FailureClass::Final)
    } else if error.is_connect() && tls_error(&error).is_some() {
        (ErrorKind::Tls, FailureClass::Final)
    } else if error.is_connect() {
        (ErrorKind::Offline, FailureClass::NotSent)
    } else if error.is_timeout() {
        (ErrorKind::Timeout, FailureClass::Lost)
    } else {
        (ErrorKind::Offline, FailureClass::Lost)
    };
    Failed::unanswered(Error::new(kind).with_detail(detail), class)
}

/// Sends a request and waits for the head of its answer.
pub(crate) async fn send(request: RequestBuilder, until: Instant) -> Result<Response, Failed> {
    match timeout_at(until, request.send()).await {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(error)) => Err(not_answered(error)),
        Err(_) => Err(Failed::unanswered(Error::new(ErrorKind::Timeout), FailureClass::Lost)),
    }
}

/// Reads a body up to `cap` bytes, with no silence longer than `silence`: what there is of it, and why it ended early.
pub(crate) async fn read_body(
    mut response: Response,
    cap: usize,
    silence: Duration,
    until: Instant,
) -> (Bytes, Option<Error>) {
    let mut body = BytesMut::new();
    let mut too_large = response.content_length().is_some_and(|length| length > cap as u64);
    let error = loop {
        if too_large {
            break Error::new(ErrorKind::TooLarge);
        }
        match timeout_at(until.min(Instant::now() + silence), response.chunk()).await {
            Ok(Ok(Some(chunk))) => {
                too_large = body.len() + chunk.len() > cap;
                body.extend_from_slice(&chunk);
            }
            Ok(Ok(None)) => return (body.freeze(), None),
            Ok(Err(error)) => {
                break Error::new(ErrorKind::Offline).with_detail(reason(&error.without_url()));
            }
            Err(_) => break Error::new(ErrorKind::Timeout),
        }
    };
    (body.freeze(), Some(error))
}

/// The causes of an error, the outermost first.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    std::iter::successors(error.source(), |&cause| inner(cause).or_else(|| cause.source()))
}

/// What an `io::Error` wraps: it does not name that as its source, only what is behind it.
fn inner<'a>(cause: &'a (dyn StdError + 'static)) -> Option<&'a (dyn StdError + 'static)> {
    let wrapped = cause.downcast_ref::<std::io::Error>()?.get_ref()?;
    Some(wrapped)
}

/// Why the other side was refused for what it is (its certificate, its protocol), not because the line broke.
fn tls_error(error: &reqwest::Error) -> Option<&rustls::Error> {
    causes(error).find_map(|cause| cause.downcast_ref())
}

/// The causes of an error in one line, without addresses: the URL was taken out before.
fn reason(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    for cause in causes(error) {
        // An `io::Error` says what the error inside it says, which comes next.
        if inner(cause).is_some() {
            continue;
        }
        let said = match cause.downcast_ref() {
            // Its own text lists names of hosts.
            Some(rustls::Error::InvalidCertificate(CertificateError::NotValidForNameContext {
                ..
            })) => "the certificate is for another name".to_owned(),
            _ => cause.to_string(),
        };
        if !text.ends_with(&said) {
            text.push_str(": ");
            text.push_str(&said);
        }
    }
    text
}
