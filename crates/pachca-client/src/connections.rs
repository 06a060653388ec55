//! How connections are made, and keeping them until the world has changed.

use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use reqwest::header::HeaderValue;

use crate::client::USER_AGENT;
use crate::resolver::{Names, Resolver};
use crate::transport::{chain, is_tls};
use crate::{Error, ErrorKind, Limits, Result};

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
    let kind = if is_tls(&error) { ErrorKind::Tls } else { ErrorKind::Invalid };
    Error::new(kind).with_detail(chain(&error))
}
