//! What the loop, the effects and the requests have in common.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, RwLock,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use jiff::{SignedDuration, Timestamp};
use pachca_client::{Client, Observer, RequestRecord, ServerUrl, Token};
use status_core::{AccountId, Action, Draft, DraftPreview, Moment, Notice, Snapshot};
use tokio::{
    runtime::Handle,
    sync::{Notify, mpsc, oneshot, watch},
};

use crate::{
    Clock, ErrorCode, Host, IpcError, Picture, files::Writer, journal::Journal, token_store,
};

/// Requests kept for the diagnostics.
const REQUESTS_KEPT: usize = 10;
/// A clock off by more than this many seconds makes statuses end at the wrong time.
const CLOCK_TOLERANCE: i64 = 120;

/// What the loop can be told.
#[allow(
    clippy::large_enum_variant,
    reason = "nearly every message is an action: a box would only add an allocation"
)]
pub(crate) enum Message {
    /// Something happened.
    Act(Action),
    /// Somebody wants to know what a draft would come to.
    Preview(Box<Draft>, oneshot::Sender<DraftPreview>),
    /// Somebody waits until everything before this was taken up.
    Settle(oneshot::Sender<()>),
}

/// A connected account: the one place in memory where its token is.
#[derive(Clone)]
pub(crate) struct Connection {
    /// Whose it is.
    pub(crate) account: AccountId,
    /// Keeps connections warm, and the token.
    pub(crate) client: Client,
}

/// The picture taken in last, and what undo would put back.
#[derive(Default)]
pub(crate) struct Pictures {
    /// The last id given out.
    pub(crate) last_id: u64,
    /// The picture being cropped.
    pub(crate) current: Option<(u64, Picture)>,
    /// The avatar before the last change, of this account.
    pub(crate) previous: Option<(AccountId, Previous)>,
    /// Stops the running upload when it is dropped or told to.
    pub(crate) upload: Option<watch::Sender<bool>>,
}

/// What undo puts back.
#[derive(Clone)]
pub(crate) enum Previous {
    /// There was no avatar.
    Nothing,
    /// These bytes.
    Picture(bytes::Bytes),
}

/// What was last asked of the system. Asking again for the same would only disturb it.
#[derive(Default)]
pub(crate) struct Applied {
    /// Start at login. Held while the system is asked, which may take as long as a person does.
    pub(crate) start_at_login: Mutex<Option<bool>>,
    /// The shortcuts: open, clear.
    pub(crate) shortcuts: Mutex<Option<(Option<String>, Option<String>)>>,
}

/// See the module.
pub(crate) struct Shared {
    pub(super) messages: mpsc::UnboundedSender<Message>,
    pub(super) snapshot: RwLock<Arc<Snapshot>>,
    connection: Mutex<Option<Connection>>,
    /// Counts connecting and disconnecting, so that a late answer can tell whether it is still wanted.
    era: AtomicU64,
    requests: Mutex<VecDeque<RequestRecord>>,
    clock_off: Mutex<Option<Notice>>,
    /// Seconds the computer's clock is ahead of the server's, when that matters.
    ahead: AtomicI64,
    versions: Mutex<Vec<(String, String)>>,
    /// The world just changed: whoever waits to try again may try now.
    pub(crate) nudge: Arc<Notify>,
    pub(crate) pictures: Mutex<Pictures>,
    pub(crate) applied: Applied,
    pub(crate) keyring: token_store::Desk,
    pub(crate) writer: Writer,
    pub(crate) host: Arc<dyn Host>,
    pub(crate) journal: Arc<Journal>,
    pub(crate) clock: Clock,
    pub(crate) runtime: Handle,
    /// `PACHCA_API_URL`.
    pub(crate) api_url: Option<String>,
    /// `PACHCA_TOKEN`.
    pub(crate) env_token: Option<Token>,
}

/// What [`Shared`] is made of.
pub(super) struct Parts {
    pub(super) messages: mpsc::UnboundedSender<Message>,
    pub(super) snapshot: Snapshot,
    pub(super) keyring: token_store::Desk,
    pub(super) writer: Writer,
    pub(super) host: Arc<dyn Host>,
    pub(super) journal: Arc<Journal>,
    pub(super) clock: Clock,
    pub(super) runtime: Handle,
    pub(super) api_url: Option<String>,
    pub(super) env_token: Option<Token>,
    pub(super) versions: Vec<(String, String)>,
}

/// How the product names itself to servers: `PachcaStatus/0.1.0 (linux)`.
pub(crate) fn user_agent() -> String {
    format!("PachcaStatus/{} ({})", env!("CARGO_PKG_VERSION"), std::env::consts::OS)
}

impl Shared {
    pub(super) fn new(parts: Parts) -> Self {
        Self {
            messages: parts.messages,
            snapshot: RwLock::new(Arc::new(parts.snapshot)),
            connection: Mutex::default(),
            era: AtomicU64::new(0),
            requests: Mutex::default(),
            clock_off: Mutex::default(),
            ahead: AtomicI64::new(0),
            versions: Mutex::new(parts.versions),
            nudge: Arc::default(),
            pictures: Mutex::default(),
            applied: Applied::default(),
            keyring: parts.keyring,
            writer: parts.writer,
            host: parts.host,
            journal: parts.journal,
            clock: parts.clock,
            runtime: parts.runtime,
            api_url: parts.api_url,
            env_token: parts.env_token,
        }
    }

    /// Tells the loop what happened. After the loop has ended it makes no difference.
    pub(crate) fn send(&self, action: Action) {
        self.tell(Message::Act(action));
    }

    /// Tells the loop something.
    pub(crate) fn tell(&self, message: Message) {
        let _ = self.messages.send(message);
    }

    /// What the views show now.
    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The moment an action happens at. Where the computer's clock is wrong, the server's time counts: a status has to
    /// end when colleagues expect it to.
    pub(crate) fn moment(&self) -> Moment {
        let mut moment = self.clock.moment();
        let ahead = SignedDuration::from_secs(self.ahead.load(Ordering::Relaxed));
        if let Ok(corrected) = moment.now.checked_sub(ahead) {
            moment.now = corrected;
        }
        moment
    }

    /// The base address for this run.
    pub(crate) fn server(&self) -> Result<ServerUrl, IpcError> {
        match self.api_url.clone().or_else(|| self.snapshot().settings.server.clone()) {
            None => Ok(ServerUrl::default()),
            Some(address) => ServerUrl::parse(&address).map_err(|error| {
                IpcError::with_detail(ErrorCode::ServerAddressInvalid, error.to_string())
            }),
        }
    }

    /// A client for this token at the present server. Its requests are kept for the diagnostics.
    pub(crate) fn client(
        self: &Arc<Self>,
        server: ServerUrl,
        token: Token,
    ) -> Result<Client, IpcError> {
        let shared = Arc::downgrade(self);
        let observer: Observer = Arc::new(move |record| {
            if let Some(shared) = shared.upgrade() {
                shared.observed(record);
            }
        });
        Client::builder(server, token)
            .observer(observer)
            .user_agent(user_agent())
            .build()
            .map_err(|error| IpcError::from(&error))
    }

    /// The connection in use.
    pub(crate) fn connection(&self) -> Option<Connection> {
        lock(&self.connection).clone()
    }

    /// The connection in use, or the error that says there is none.
    pub(crate) fn connected(&self) -> Result<Connection, IpcError> {
        self.connection().ok_or_else(|| ErrorCode::NotConnected.into())
    }

    /// Replaces the connection; answers that belong to the old one are no longer wanted.
    pub(crate) fn set_connection(&self, connection: Option<Connection>) {
        *lock(&self.connection) = connection;
        self.era.fetch_add(1, Ordering::SeqCst);
    }

    /// The number of connections and disconnections so far.
    pub(crate) fn era(&self) -> u64 {
        self.era.load(Ordering::SeqCst)
    }

    /// The last requests, newest first.
    pub(crate) fn requests(&self) -> Vec<RequestRecord> {
        lock(&self.requests).iter().rev().cloned().collect()
    }

    /// The versions of the parts.
    pub(crate) fn versions(&self) -> Vec<(String, String)> {
        lock(&self.versions).clone()
    }

    /// Adds or replaces the version of a part.
    pub(crate) fn add_version(&self, name: &str, version: &str) {
        let mut versions = lock(&self.versions);
        versions.retain(|(known, _)| known != name);
        versions.push((name.to_owned(), version.to_owned()));
    }

    /// Runs something that ends by itself.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.runtime.spawn(task);
    }

    fn observed(&self, record: RequestRecord) {
        if let Some(failure) = record.failure {
            self.journal.note(
                "request failed",
                &[
                    ("request", &format!("{} {}", record.method, record.path)),
                    (
                        "status",
                        &record.status.map_or_else(String::new, |status| status.to_string()),
                    ),
                    ("kind", &format!("{failure:?}")),
                    ("id", record.request_id.as_deref().unwrap_or_default()),
                ],
            );
        }
        if let Some(server_time) = record.server_time {
            self.compare_clocks(&record, server_time);
        }
        let mut requests = lock(&self.requests);
        if requests.len() == REQUESTS_KEPT {
            requests.pop_front();
        }
        requests.push_back(record);
    }

    /// The server's `Date` was written between sending and the answer, to the second.
    fn compare_clocks(&self, record: &RequestRecord, server_time: Timestamp) {
        let ahead = record.started.duration_since(server_time).as_secs();
        let off = ahead.abs()
            > CLOCK_TOLERANCE
                + i64::try_from(record.duration.as_secs()).unwrap_or(i64::MAX - CLOCK_TOLERANCE);
        self.ahead.store(if off { ahead } else { 0 }, Ordering::Relaxed);
        let notice = off.then_some(Notice::ClockOff { seconds: ahead });
        let mut known = lock(&self.clock_off);
        // The offset moves by a second here and there; only a real change is worth saying.
        let same = match (&*known, &notice) {
            (
                Some(Notice::ClockOff { seconds: before }),
                Some(Notice::ClockOff { seconds: now }),
            ) => (before - now).abs() < 60,
            (before, now) => before.is_none() && now.is_none(),
        };
        if same {
            return;
        }
        if let Some(over) = known.take() {
            self.send(Action::NoticeOver(over));
        }
        if let Some(notice) = &notice {
            self.send(Action::Noticed(notice.clone()));
        }
        *known = notice;
    }
}

/// Locks what no panic can leave half done: every change behind these locks is a single assignment.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
