//! The client: eight operations, one policy.

use std::fmt;
use std::sync::{Arc, Mutex as StdMutex};

use bytes::Bytes;
use tokio::sync::Mutex;

use crate::error::{Error, ErrorKind, Result};
use crate::http::{Connecting, Connections};
use crate::model::{
    Avatar, EntityType, PropertyDefinition, StatusRequest, StatusUpdate, TokenInfo, User,
    UserStatus,
};
use crate::observer::Observer;
use crate::retry::{Policy, Rules};
use crate::server_url::{ServerUrl, ServerUrlError};
use crate::throttle::Throttle;
use crate::token::Token;
use crate::transport::{Method, Operation, Payload, Transport, WriteLane};
use crate::upload::{AvatarUpload, Progress};
use crate::{answer, image_fetch};

const PROFILE: Operation = Operation::get("/profile", Some("profile:read"));
const STATUS: Operation = Operation::get("/profile/status", Some("profile_status:read"));
const SET_STATUS: Operation = Operation {
    method: Method::Put,
    path: "/profile/status",
    scope: Some("profile_status:write"),
    rules: Rules::WRITE,
    lane: Some(WriteLane::Status),
};
const CLEAR_STATUS: Operation = Operation { method: Method::Delete, ..SET_STATUS };
const SET_AVATAR: Operation = Operation {
    method: Method::Put,
    path: "/profile/avatar",
    scope: Some("profile_avatar:write"),
    rules: Rules::UPLOAD,
    lane: Some(WriteLane::Avatar),
};
const DELETE_AVATAR: Operation =
    Operation { method: Method::Delete, rules: Rules::REMOVE_AVATAR, ..SET_AVATAR };
pub(crate) const TOKEN_INFO: Operation = Operation::get("/oauth/token/info", None);
const PROPERTIES: Operation = Operation::get("/custom_properties", Some("custom_properties:read"));

/// Asked right before each attempt of a call leaves, also after it has waited; `false` ends the call with
/// [`ErrorKind::CalledOff`]. Called on the task of the call: keep it short.
pub type Guard = Arc<dyn Fn() -> bool + Send + Sync>;

/// A client for one server and one token.
///
/// Clones are cheap and share everything but their guard: connections, the rate, the budget for repeats, and the pause
/// that a 429 asks for.
#[derive(Clone)]
pub struct Client {
    pub(crate) shared: Arc<Shared>,
    pub(crate) guard: Option<Guard>,
}

pub(crate) struct Shared {
    pub(crate) transport: Transport,
    pub(crate) token: Token,
    pub(crate) observer: Option<Observer>,
    pub(crate) throttle: Throttle,
    images: Connections,
    pub(crate) status_lane: Mutex<()>,
    pub(crate) avatar_lane: Mutex<()>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("server", self.server()).finish_non_exhaustive()
    }
}

/// Settings of a [`Client`].
#[must_use]
pub struct ClientBuilder {
    server: ServerUrl,
    token: Token,
    observer: Option<Observer>,
    pub(crate) connecting: Connecting,
    pub(crate) seed: Option<u64>,
}

impl ClientBuilder {
    /// Is told about each request.
    pub fn observer(mut self, observer: Observer) -> Self {
        self.observer = Some(observer);
        self
    }

    /// Names the program to the server, such as `PachcaStatus/1.0 (linux)`; else it is this crate.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.connecting.user_agent = user_agent.into();
        self
    }

    /// The client.
    ///
    /// # Errors
    /// When the user agent is not a header value. Where the system has no certificates, each call is [`ErrorKind::Tls`].
    pub fn build(self) -> Result<Client> {
        let seed = self.seed.unwrap_or_else(|| fastrand::u64(..));
        let limits = &self.connecting.limits;
        let policy = Policy::new(limits.first_pause, limits.spread, seed);
        let shared = Shared {
            transport: Transport::new(self.server, self.connecting)?,
            token: self.token,
            observer: self.observer,
            throttle: Throttle::new(policy),
            images: Connections::default(),
            status_lane: Mutex::new(()),
            avatar_lane: Mutex::new(()),
        };
        Ok(Client { shared: Arc::new(shared), guard: None })
    }
}

impl Client {
    /// Begins a client for one server and one token.
    pub fn builder(server: ServerUrl, token: Token) -> ClientBuilder {
        ClientBuilder {
            server,
            token,
            observer: None,
            connecting: Connecting::default(),
            seed: None,
        }
    }

    /// A client from `PACHCA_TOKEN` and, if it is set, `PACHCA_API_URL`: the names Pachca's own tools read.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`] when the token is missing, or either is not what it should be.
    pub fn from_env() -> Result<Self> {
        let token = std::env::var("PACHCA_TOKEN")
            .map_err(|_| Error::new(ErrorKind::Invalid).with_detail("PACHCA_TOKEN is not set"))?;
        let server = match std::env::var("PACHCA_API_URL") {
            Ok(text) if !text.trim().is_empty() => ServerUrl::parse(&text)?,
            Err(std::env::VarError::NotUnicode(_)) => {
                return Err(ServerUrlError::NotAnAddress.into());
            }
            _ => ServerUrl::default(),
        };
        Self::builder(server, Token::parse(&token)?).build()
    }

    /// The same client, whose calls are sent only while `guard` says so. For when the world can change while a call
    /// waits for its turn or pauses before a repeat: another account, a newer click, an end that has passed.
    #[must_use]
    pub fn with_guard(&self, guard: Guard) -> Self {
        Self { shared: Arc::clone(&self.shared), guard: Some(guard) }
    }

    /// The server this client talks to.
    pub fn server(&self) -> &ServerUrl {
        &self.shared.transport.server
    }

    /// Opens new connections from here on. For when the computer has slept or its network has changed: what was open
    /// may be dead without anybody having said so. Requests on their way are left alone.
    pub fn forget_connections(&self) {
        self.shared.transport.connections.forget();
        self.shared.images.forget();
    }

    /// The profile of the token's owner. Scope `profile:read`.
    pub async fn profile(&self) -> Result<User> {
        self.call(&PROFILE, Payload::None, answer::data).await
    }

    /// The status, or `None` when none is set. One whose end has passed is still returned for a while.
    /// Scope `profile_status:read`.
    pub async fn status(&self) -> Result<Option<UserStatus>> {
        self.call(&STATUS, Payload::None, answer::status).await
    }

    /// Sets the status and returns what the server now shows. Scope `profile_status:write`.
    pub async fn set_status(&self, status: &StatusUpdate) -> Result<UserStatus> {
        let body = serde_json::to_vec(&StatusRequest { status })
            .expect("text, a flag and an instant can always be written as JSON");
        self.call(&SET_STATUS, Payload::Json(body.into()), answer::data).await
    }

    /// Removes the status; it is no error when none is set. Scope `profile_status:write`.
    pub async fn clear_status(&self) -> Result<()> {
        self.call(&CLEAR_STATUS, Payload::None, answer::nothing).await
    }

    /// Sends a picture and returns where it now is. Scope `profile_avatar:write`.
    ///
    /// `progress` is told `(sent, total)` in bytes as the picture leaves; it begins anew when the upload is repeated,
    /// which happens once at most. Dropping the future cancels the upload.
    pub async fn set_avatar(
        &self,
        upload: AvatarUpload,
        progress: impl FnMut(u64, u64) + Send + 'static,
    ) -> Result<Avatar> {
        let progress: Progress = Arc::new(StdMutex::new(progress));
        self.call(&SET_AVATAR, Payload::Avatar(upload, progress), answer::data).await
    }

    /// Removes the picture. Scope `profile_avatar:write`.
    pub async fn delete_avatar(&self) -> Result<()> {
        self.call(&DELETE_AVATAR, Payload::None, answer::nothing).await
    }

    /// What the token is and may do. Needs no scope, so it tells whether a token is good at all.
    pub async fn token_info(&self) -> Result<TokenInfo> {
        self.call(&TOKEN_INFO, Payload::None, answer::data).await
    }

    /// The custom properties of the workspace. Scope `custom_properties:read`.
    pub async fn custom_properties(&self, entity: EntityType) -> Result<Vec<PropertyDefinition>> {
        self.call(&PROPERTIES, Payload::Query("entity_type", entity.as_str()), answer::data).await
    }

    /// Fetches a picture from an address the API named. **Without the token**: pictures are on other hosts.
    ///
    /// Only `https`, or `http` on this machine when the API itself is there; redirects only to such addresses;
    /// 5 MiB at most. Not repeated. What comes is bytes from a stranger: decode it with limits.
    pub async fn fetch_image(&self, url: &str) -> Result<Bytes> {
        let Transport { server, connecting, .. } = &self.shared.transport;
        let local = server.is_loopback();
        let http = self.shared.images.get(|| image_fetch::builder(connecting, local))?;
        image_fetch::fetch(&http, url, local, &connecting.limits).await
    }
}
