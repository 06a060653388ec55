//! The threads for everything that waits. They are there before anything else, and no library of windows is needed for it.

use std::sync::OnceLock;

use tokio::{runtime::Handle, task::JoinHandle};

static EXECUTOR: OnceLock<Handle> = OnceLock::new();

/// Says which it is. Once, at the start.
pub fn set(executor: &Handle) {
    assert!(EXECUTOR.set(executor.clone()).is_ok(), "it is set once");
}

/// The executor.
pub fn handle() -> &'static Handle {
    EXECUTOR.get().expect("it is there from the start")
}

/// Runs what waits without holding up a thread. From anywhere.
pub fn spawn<T: Send + 'static>(task: impl Future<Output = T> + Send + 'static) -> JoinHandle<T> {
    handle().spawn(task)
}

/// Runs what holds up a thread. From anywhere.
pub fn spawn_blocking<T: Send + 'static>(
    task: impl FnOnce() -> T + Send + 'static,
) -> JoinHandle<T> {
    handle().spawn_blocking(task)
}
