//! The sandbox in a test's hands.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use serde_json::Value;
use tokio::sync::oneshot;

use crate::fault::Fault;
use crate::options::{API_PREFIX, SCOPES, SandboxOptions};
use crate::record::{RecordedRequest, WaitError};
use crate::status::Status;
use crate::workspace::{SandboxState, Shared, Workspace, merge_fields};
use crate::{demo, server};

/// A running stand-in workspace. It stops when dropped: the port closes and every connection with it.
///
/// It runs on a thread of its own, so a test may block its thread or its runtime without starving the server.
/// Methods that change the workspace act at once; a request that is being answered sees either the old or the new.
#[derive(Debug)]
pub struct Sandbox {
    address: SocketAddr,
    shared: Arc<Shared>,
    /// Dropping it ends the server.
    _stop: oneshot::Sender<()>,
}

impl Sandbox {
    /// Starts to listen on 127.0.0.1; answers are served from the moment this returns.
    #[expect(
        clippy::unused_async,
        reason = "callers should not depend on the start being done without waiting"
    )]
    pub async fn start(options: SandboxOptions) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::new(&options, format!("http://{address}")));
        let (stop, stopped) = oneshot::channel();
        server::spawn(listener, Arc::clone(&shared), stopped)?;
        Ok(Self { address, shared, _stop: stop })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `http://127.0.0.1:PORT`.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// `http://127.0.0.1:PORT/api/shared/v1`, for `PACHCA_API_URL`.
    pub fn base_url(&self) -> String {
        format!("{}{API_PREFIX}", self.origin())
    }

    /// What the first person looks like now, and all tokens.
    pub fn state(&self) -> SandboxState {
        self.shared.workspace().state(0)
    }

    /// Sets the first person's status past all validation, as their phone would.
    pub fn set_status(&self, status: Status) {
        self.change(|workspace| workspace.set_status(0, Some(status)));
    }

    pub fn clear_status(&self) {
        self.change(|workspace| workspace.set_status(0, None));
    }

    /// Replaces the given fields of the first person's profile (`data` of `GET /profile`), whatever they hold.
    pub fn set_profile_json(&self, fields: &Value) {
        self.change(|workspace| merge_fields(&mut workspace.people[0].profile, fields));
    }

    /// The first person's `role`. Guests may do nothing through the API: 403 `role_forbidden`.
    pub fn set_role(&self, role: &str) {
        self.set_profile_json(&serde_json::json!({ "role": role }));
    }

    pub fn set_custom_properties(&self, definitions: Value) {
        self.change(|workspace| workspace.user_properties = definitions);
    }

    pub fn set_scopes<S: Into<String>>(&self, scopes: impl IntoIterator<Item = S>) {
        self.change(|workspace| {
            workspace.tokens[0].scopes = scopes.into_iter().map(Into::into).collect();
        });
    }

    /// The first token opens nothing any more: 401.
    pub fn revoke_token(&self) {
        self.change(|workspace| workspace.tokens[0].revoked = true);
    }

    pub fn restore_token(&self) {
        self.change(|workspace| workspace.tokens[0].revoked = false);
    }

    /// Adds another person with a token of their own (all scopes); the answer is the person's id.
    pub fn add_person(&self, token: &str, profile_fields: &Value) -> u64 {
        self.change(|workspace| {
            let mut profile = demo::profile();
            merge_fields(&mut profile, profile_fields);
            workspace.add_person(profile, token, SCOPES.map(str::to_owned).to_vec())
        })
    }

    /// Whether the workspace's plan includes pictures and custom fields; 402 if not.
    pub fn set_paid(&self, paid: bool) {
        self.change(|workspace| workspace.paid = paid);
    }

    /// Whether a PUT of a status keeps the optional fields it omits.
    pub fn merge_mode(&self, keep: bool) {
        self.change(|workspace| workspace.options.merge = keep);
    }

    /// How long a status is still returned after its end.
    pub fn set_linger(&self, linger: Duration) {
        self.change(|workspace| workspace.options.linger = linger);
    }

    /// How far the sandbox's clock runs ahead of the machine's (behind, if negative): `Date`, expiries, «last used».
    pub fn set_clock(&self, ahead: SignedDuration) {
        self.change(|workspace| workspace.clock = ahead);
    }

    /// Requests per second and token before 429; 0 is no limit.
    pub fn set_rate_limit(&self, per_second: u32) {
        self.change(|workspace| workspace.options.rate_limit = per_second);
    }

    /// Adds a fault behind those already there. Panics when it cannot be carried out as written (a status below 200, a
    /// header with a line break): a mistake in the test.
    pub fn fault(&self, fault: Fault) {
        assert_eq!(fault.mistake(), None, "{fault:?}");
        self.change(|workspace| workspace.faults.push(fault));
    }

    /// Removes every fault that has not struck yet. What stalls or drips already goes on.
    pub fn clear_faults(&self) {
        self.change(|workspace| workspace.faults.clear());
    }

    /// Every request so far, oldest first, without those of the control interface.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.shared.workspace().requests.clone()
    }

    /// Forgets the requests so far; their numbering goes on.
    pub fn forget_requests(&self) {
        self.change(|workspace| workspace.requests.clear());
    }

    /// The number of the newest request, 0 before the first; for [`Sandbox::wait_for_after`].
    pub fn mark(&self) -> u64 {
        self.shared.workspace().arrived
    }

    /// The first request, past or to come, that fits. It is looked at when its body has arrived and again when its
    /// answer is decided (`status`), so a predicate may ask for either. Call it inside a tokio runtime.
    pub async fn wait_for(
        &self,
        fits: impl Fn(&RecordedRequest) -> bool,
        timeout: Duration,
    ) -> Result<RecordedRequest, WaitError> {
        self.wait_for_after(0, fits, timeout).await
    }

    /// Like [`Sandbox::wait_for`], for requests that arrived after the one with this number.
    pub async fn wait_for_after(
        &self,
        mark: u64,
        fits: impl Fn(&RecordedRequest) -> bool,
        timeout: Duration,
    ) -> Result<RecordedRequest, WaitError> {
        self.wait(timeout, |workspace| {
            workspace
                .requests
                .iter()
                .find(|request| request.number > mark && fits(request))
                .cloned()
        })
        .await
    }

    /// Waits until the first person's state fits, and returns it. The passing of time alone is not noticed.
    pub async fn wait_for_state(
        &self,
        fits: impl Fn(&SandboxState) -> bool,
        timeout: Duration,
    ) -> Result<SandboxState, WaitError> {
        self.wait(timeout, |workspace| Some(workspace.state(0)).filter(&fits)).await
    }

    async fn wait<T>(
        &self,
        timeout: Duration,
        mut find: impl FnMut(&mut Workspace) -> Option<T>,
    ) -> Result<T, WaitError> {
        let mut changes = self.shared.changes();
        let found = tokio::time::timeout(timeout, async {
            loop {
                if let Some(found) = find(&mut self.shared.workspace()) {
                    return found;
                }
                changes.changed().await.expect("the sender lives as long as the sandbox");
            }
        })
        .await;
        found.map_err(|_| WaitError {
            waited: timeout,
            seen: self
                .requests()
                .iter()
                .map(|request| {
                    format!("{} {} → {:?}", request.method, request.path, request.status)
                })
                .collect(),
        })
    }

    fn change<T>(&self, change: impl FnOnce(&mut Workspace) -> T) -> T {
        let result = change(&mut self.shared.workspace());
        self.shared.changed();
        result
    }
}
