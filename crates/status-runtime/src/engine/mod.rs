//! The engine: one task owns the state, everybody else sends it actions and looks at its views.

mod options;
mod run;
mod start;
mod timer;

use std::{sync::Arc, time::Duration};

use status_core::{Action, Cause, Command, Draft, DraftPreview, Outcome, Snapshot};
use tokio::{runtime::Handle, sync::watch};

pub use self::options::EngineOptions;
use crate::{
    context::Context,
    host::{Host, View},
    ipc::{ErrorCode, IpcError},
    replies::Outcomes,
    sync::lock,
};

/// A running engine. Clones share it; it ends when the last one is dropped.
#[derive(Clone)]
pub struct Engine {
    pub(crate) context: Arc<Context>,
}

impl Engine {
    /// Reads the files and starts the loop on `runtime`. Returns at once: the keyring and the network answer later.
    pub fn start(options: EngineOptions, host: Arc<dyn Host>, runtime: &Handle) -> Self {
        Self { context: start::start(options, host, runtime) }
    }

    /// Tells the engine what happened. Never blocks.
    pub fn send(&self, action: Action) {
        self.context.send(action);
    }

    /// Tells the engine what somebody wants; it is queued when this returns. Never blocks.
    pub fn command(&self, command: Command, cause: Cause) -> Outcomes {
        self.context.command(command, cause)
    }

    /// What is to be drawn; changes whenever something visible does.
    pub fn views(&self) -> watch::Receiver<Arc<View>> {
        self.context.views.subscribe()
    }

    /// What the views show now. Never blocks.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.context.snapshot()
    }

    /// What a draft would come to if it were set now.
    pub async fn preview_draft(&self, draft: Draft) -> Result<DraftPreview, IpcError> {
        match self.command(Command::Preview(draft), Cause::Person).last().await? {
            Outcome::Preview(preview) => Ok(*preview),
            _ => Err(ErrorCode::Ending.into()),
        }
    }

    /// Waits until everything sent before was taken up. Before [`Engine::flush`], so that the last click is on disk too.
    pub async fn settle(&self) {
        self.context.settled().await;
    }

    /// Waits until everything that was to be written is on disk, at most this long. Blocks: for the way out only.
    pub fn flush(&self, at_most: Duration) -> bool {
        self.context.writer.flush(at_most)
    }

    /// Adds the version of a part that is known only later, such as the web view's.
    pub fn add_version(&self, name: &str, version: &str) {
        let mut versions = lock(&self.context.versions);
        versions.retain(|(known, _)| known != name);
        versions.push((name.to_owned(), version.to_owned()));
    }
}
