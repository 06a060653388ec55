//! Waiting for the thing itself, never for a time.

use std::{fmt::Debug, future::Future, time::Duration};

use anyhow::{Context as _, Result, bail};
use tokio::sync::watch;

/// The longest a test waits for one thing. Things take milliseconds; this only decides when to give up on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(40);

/// Waits until the watched value is accepted, and returns it.
///
/// # Errors
/// After [`PATIENCE`], with what was waited for and what the value is instead.
pub async fn until<T: Clone + Debug>(
    what: &str,
    watched: &watch::Sender<T>,
    accept: impl FnMut(&T) -> bool,
) -> Result<T> {
    let mut changes = watched.subscribe();
    match tokio::time::timeout(PATIENCE, changes.wait_for(accept)).await {
        Ok(Ok(value)) => Ok(value.clone()),
        Ok(Err(_)) => bail!("nobody is left who could bring it about: {what}"),
        Err(_) => bail!("waited {PATIENCE:?} for: {what}\nit is: {:#?}", *watched.borrow()),
    }
}

/// Gives a future [`PATIENCE`] to finish.
///
/// # Errors
/// The future's own, or that it took too long.
pub async fn within<T, E: Into<anyhow::Error>>(
    what: &str,
    future: impl Future<Output = Result<T, E>>,
) -> Result<T> {
    match tokio::time::timeout(PATIENCE, future).await {
        Ok(done) => done.map_err(Into::into).with_context(|| what.to_owned()),
        Err(_) => bail!("waited {PATIENCE:?} for: {what}"),
    }
}
