//! One request and its answer. Nothing here is repeated.

use std::time::SystemTime;

use bytes::Bytes;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{RequestBuilder, redirect};
use tokio::time::Instant;

use crate::answer::{Head, Read};
use crate::error::{Error, ErrorKind};
use crate::http::{Connecting, Connections, Failed, read_body, send};
use crate::limits::{MAX_JSON, MAX_REFUSAL};
use crate::retry::{FailureClass, Rules};
use crate::server_url::ServerUrl;
use crate::token::Token;
use crate::upload::{AvatarUpload, Progress};

/// An operation of the API.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Operation {
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    /// The scope it needs.
    pub(crate) scope: Option<&'static str>,
    pub(crate) rules: Rules,
    /// Writes of one lane reach the server in the order they were asked for.
    pub(crate) lane: Option<WriteLane>,
}

impl Operation {
    /// A read.
    pub(crate) const fn get(path: &'static str, scope: Option<&'static str>) -> Self {
        Self { method: Method::Get, path, scope, rules: Rules::READ, lane: None }
    }
}

/// Each has a lock of its own: a click on a status does not wait for a picture that is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WriteLane {
    Status,
    Avatar,
}

/// The methods in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Put,
    Delete,
}

impl Method {
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
}

impl From<Method> for reqwest::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Put => Self::PUT,
            Method::Delete => Self::DELETE,
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

/// The connections to one server.
pub(crate) struct Transport {
    pub(crate) connections: Connections,
    pub(crate) server: ServerUrl,
    pub(crate) connecting: Connecting,
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
            class: FailureClass::Final,
            head: None,
        })?;
        let is_upload = matches!(payload, Payload::Avatar(..));
        let limits = &self.connecting.limits;
        let limit = if is_upload { limits.upload_attempt } else { limits.attempt };
        let ends = deadline.min(Instant::now() + limit);
        // While an upload is on its way the server has nothing to say: silence proves nothing.
        let answer_by = if is_upload {
            ends
        } else {
            ends.min(Instant::now() + limits.silence.max(limits.connect))
        };

        let response = send(request, answer_by).await?;
        let mut head =
            Head::read(response.status().as_u16(), response.headers(), SystemTime::now());
        let cap = if head.is_success() { MAX_JSON } else { MAX_REFUSAL };
        let (error, class) = match read_body(response, cap, limits.silence, ends).await {
            // The status alone decides; a body that breaks off only costs the details.
            (bytes, _) if !head.is_success() => head.refusal(&bytes, operation.scope),
            (bytes, None) => match head.value(&bytes, read, operation.method.is_write()) {
                Ok(value) => return Ok((value, head)),
                Err(failure) => failure,
            },
            (_, Some(error)) if error.kind() == ErrorKind::TooLarge => {
                (head.describe(error), FailureClass::Final)
            }
            (_, Some(error)) => (head.describe(error), FailureClass::Lost),
        };
        Err(Failed { error, class, head: Some(head) })
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
            .request(operation.method.into(), url)
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
