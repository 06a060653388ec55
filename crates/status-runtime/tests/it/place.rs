//! A app whose engine can crash: each engine has a runtime of its own, which can be ended in the middle of anything.

use std::sync::Arc;

use status_core::Snapshot;
use status_runtime::Engine;
use tokio::runtime::Runtime;

use crate::app::{Screen, TestApp, draft};

/// An engine that can be ended as a crash would.
pub(crate) struct Running {
    pub(crate) engine: Engine,
    pub(crate) screen: Arc<Screen>,
    runtime: Option<Runtime>,
}

impl Running {
    /// Starts an engine on this app, as the app would.
    pub(crate) fn start(app: &TestApp) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let (engine, screen) = {
            let _inside = runtime.enter();
            app.start()
        };
        Self { engine, screen, runtime: Some(runtime) }
    }

    /// Ends it in the middle of whatever it does, except that what the writing thread has in hand is still written.
    pub(crate) fn crash(mut self) {
        self.end();
    }

    fn end(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }

    /// What is shown now.
    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        self.engine.snapshot()
    }

    /// Waits until the engine has taken up, and drawn, everything sent so far.
    pub(crate) async fn caught_up(&self) {
        // Questions stand in the same line as actions, and the views are drawn between two of them.
        for _ in 0..2 {
            self.engine.preview_draft(draft("barrier")).await.expect("it runs");
        }
    }

    /// Titles and texts of the notifications so far.
    pub(crate) fn said(&self) -> Vec<(String, String)> {
        self.screen.said.lock().expect("not poisoned").clone()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}
