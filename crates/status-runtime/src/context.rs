//! What the loop, the effects and the requests have in common.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use pachca_client::{Client, Observer, RequestRecord, ServerUrl, Token};
use status_core::{
    AccountId, Action, Cause, Command, Moment, Outcome, RequestId, Snapshot, Ticket,
};
use tokio::{
    runtime::Handle,
    sync::{Notify, mpsc, watch},
    task::AbortHandle,
};

use crate::{
    clock::Clock,
    clock_skew::ClockSkew,
    credentials::KeyringWorker,
    failure::failed,
    files::Writer,
    host::{Host, View},
    ipc::{ErrorCode, IpcError},
    journal::Journal,
    picture::Picture,
    replies::{Outcomes, Replies},
    request_log::RequestLog,
    sync::lock,
};

/// A connected account: the one place in memory where its token is.
#[derive(Clone)]
pub(crate) struct Connection {
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
    pub(crate) previous: Option<(AccountId, Avatar)>,
    /// Stops the running upload when it is dropped or told to.
    pub(crate) upload: Option<watch::Sender<bool>>,
}

/// An avatar, or that there is none.
#[derive(Clone)]
pub(crate) enum Avatar {
    Nothing,
    Picture(bytes::Bytes),
}

/// What an engine works with.
pub(crate) struct Context {
    pub(crate) actions: mpsc::UnboundedSender<Action>,
    pub(crate) views: watch::Sender<Arc<View>>,
    pub(crate) replies: Replies,
    pub(crate) connection: Mutex<Option<Connection>>,
    /// Counts connecting and disconnecting, so that a late answer can tell whether it is still wanted.
    pub(crate) generation: AtomicU64,
    /// Accounts that may have a secret in the keyring, as the settings file has them.
    pub(crate) secrets: Mutex<Vec<AccountId>>,
    /// How often a secret of each account was about to be stored in this run.
    pub(crate) storings: Mutex<HashMap<AccountId, u64>>,
    /// Counts what a person did about connecting: only the newest counts.
    pub(crate) attempts: AtomicU64,
    /// Requests to the server that can be ended.
    pub(crate) calls: Mutex<HashMap<Ticket, Option<AbortHandle>>>,
    pub(crate) requests: RequestLog,
    pub(crate) clock_skew: ClockSkew,
    /// Name and version of each part.
    pub(crate) versions: Mutex<Vec<(String, String)>>,
    /// Whoever waits to try again may try now.
    pub(crate) network_changed: Arc<Notify>,
    pub(crate) pictures: Mutex<Pictures>,
    pub(crate) keyring: KeyringWorker,
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

/// How the product names itself to servers: `PachcaStatus/0.1.0 (linux)`.
pub(crate) fn user_agent() -> String {
    format!("PachcaStatus/{} ({})", env!("CARGO_PKG_VERSION"), std::env::consts::OS)
}

impl Context {
    /// Tells the loop what happened. After the loop has ended it makes no difference.
    pub(crate) fn send(&self, action: Action) {
        let _ = self.actions.send(action);
    }

    /// Tells the loop what somebody wants, in order with everything else.
    pub(crate) fn command(&self, command: Command, cause: Cause) -> Outcomes {
        let (id, outcomes) = self.replies.expect();
        self.send(Action::Do { command, account: None, cause, reply: Some(id) });
        outcomes
    }

    /// Waits until everything sent before was taken up, and can be seen in [`Self::snapshot`].
    pub(crate) async fn settled(&self) {
        // An error: the loop has ended, and takes up nothing any more.
        let _ = self.command(Command::Sync, Cause::Person).last().await;
    }

    /// What became of a command; whoever waits for it is told.
    pub(crate) fn reply(&self, id: RequestId, outcome: Outcome) {
        self.replies.give(id, outcome);
    }

    /// What the views show now.
    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        self.views.borrow().snapshot.clone()
    }

    /// The account that is shown.
    pub(crate) fn account(&self) -> Option<AccountId> {
        self.snapshot().account.as_ref().map(|account| account.id.clone())
    }

    /// The moment an action happens at. Where the computer's clock is wrong, the server's time counts: a status has to
    /// end when colleagues expect it to.
    pub(crate) fn moment(&self) -> Moment {
        let mut moment = self.clock.moment();
        if let Ok(corrected) = moment.now.checked_sub(self.clock_skew.ahead()) {
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
        let context = Arc::downgrade(self);
        let observer: Observer = Arc::new(move |record| {
            if let Some(context) = context.upgrade() {
                context.observed(record);
            }
        });
        let builder = Client::builder(server, token).user_agent(user_agent()).observer(observer);
        builder.build().map_err(|error| failed(&error))
    }

    /// The connection in use.
    pub(crate) fn connection(&self) -> Option<Connection> {
        lock(&self.connection).clone()
    }

    /// The connection in use, or the error that says there is none.
    pub(crate) fn connected(&self) -> Result<Connection, IpcError> {
        self.connection().ok_or_else(|| ErrorCode::NotConnected.into())
    }

    /// Replaces the connection; answers that belong to the old one are no longer wanted, and its requests end.
    pub(crate) fn set_connection(&self, connection: Option<Connection>) {
        *lock(&self.connection) = connection;
        self.generation.fetch_add(1, Ordering::SeqCst);
        // Not while the list is locked: a call that ends takes itself off it.
        let calls = std::mem::take(&mut *lock(&self.calls));
        for call in calls.into_values().flatten() {
            call.abort();
        }
    }

    /// A person connects or disconnects: whatever they began before is not wanted any more.
    pub(crate) fn begin_attempt(&self) -> u64 {
        self.attempts.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// Whether they have begun nothing else since.
    pub(crate) fn is_newest(&self, attempt: u64) -> bool {
        self.attempts.load(Ordering::SeqCst) == attempt
    }

    /// The number of connections and disconnections so far.
    pub(crate) fn generation(&self) -> u64 {
        self.generation.load(Ordering::SeqCst)
    }

    /// Runs something that ends by itself.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.runtime.spawn(task);
    }

    fn observed(&self, record: RequestRecord) {
        if let Some(failure) = record.failure {
            let status = record.status.map_or_else(String::new, |status| status.to_string());
            self.journal.note(
                "request failed",
                &[
                    ("request", &format!("{} {}", record.method, record.path)),
                    ("status", &status),
                    ("kind", &format!("{failure:?}")),
                    ("reason", record.reason.as_deref().unwrap_or_default()),
                    ("id", record.request_id.as_deref().unwrap_or_default()),
                ],
            );
        }
        for action in self.clock_skew.compare(&record) {
            self.send(action);
        }
        self.requests.keep(record);
    }
}
