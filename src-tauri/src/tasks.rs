//! The threads for everything that waits. They are there before anything else, and no library of windows is needed for it.

use std::sync::OnceLock;

use tokio::{runtime::Handle, task::JoinHandle};

static THREADS: OnceLock<Handle> = OnceLock::new();

/// Says which they are. Once, at the start.
pub(crate) fn run_on(threads: &Handle) {
    assert!(THREADS.set(threads.clone()).is_ok(), "they are named once");
}

/// Those threads.
pub(crate) fn threads() -> &'static Handle {
    THREADS.get().expect("they are there from the start")
}

/// Runs what waits without holding up a thread. From anywhere.
pub(crate) fn spawn<T: Send + 'static>(
    task: impl Future<Output = T> + Send + 'static,
) -> JoinHandle<T> {
    threads().spawn(task)
}

/// Runs what holds up a thread. From anywhere.
pub(crate) fn spawn_blocking<T: Send + 'static>(
    task: impl FnOnce() -> T + Send + 'static,
) -> JoinHandle<T> {
    threads().spawn_blocking(task)
}
