//! The session bus: one connection for everything the shell says and hears there.

use std::time::Duration;

use tokio::sync::OnceCell;
use zbus::Connection;

/// A desktop that does not answer within this time counts as one that is not there.
pub(crate) const PATIENCE: Duration = Duration::from_secs(2);

static SESSION: OnceCell<Connection> = OnceCell::const_new();

/// The connection; made when it is first asked for, tried again while there is none.
pub(crate) async fn session() -> zbus::Result<&'static Connection> {
    SESSION.get_or_try_init(connect).await
}

async fn connect() -> zbus::Result<Connection> {
    let builder = zbus::connection::Builder::session()?
        .method_timeout(PATIENCE)
        // Driven by the task below, on the threads that are there anyway.
        .internal_executor(false);
    let connection = match tokio::time::timeout(PATIENCE, builder.build()).await {
        Ok(connection) => connection?,
        Err(_) => return Err(zbus::Error::Failure("the session bus does not answer".to_owned())),
    };
    let executor = connection.executor().clone();
    tokio::spawn(async move {
        while !executor.is_empty() {
            executor.tick().await;
        }
    });
    Ok(connection)
}
