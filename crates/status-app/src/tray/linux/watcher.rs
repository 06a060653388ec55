//! Is there somebody on this desktop who shows tray icons? Whoever owns `org.kde.StatusNotifierWatcher` (the
//! StatusNotifierItem specification).

use futures_util::StreamExt;
use zbus::{
    Connection, Proxy,
    fdo::{DBusProxy, NameOwnerChangedStream},
    proxy::CacheProperties,
};

use crate::{event::SessionOver, platform::dbus};

const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// Looks at the bus for a tray host. Without a bus there is none, and never will be.
pub(in crate::tray) struct Watcher {
    bus: Option<(&'static Connection, NameOwnerChangedStream)>,
}

impl Watcher {
    /// Starts listening; changes from here on are not missed.
    pub(in crate::tray) async fn begin() -> Self {
        let bus = listen().await;
        if let Err(error) = &bus {
            log::warn!("no session bus, so no tray: {error}");
        }
        Self { bus: bus.ok() }
    }

    /// Whether a host is there and answers now. One that owns the name but does not answer would hang whoever
    /// registers an icon, so it counts as absent.
    pub(in crate::tray) async fn present(&self) -> bool {
        let Some((bus, _)) = &self.bus else { return false };
        match answers(bus).await {
            Ok(answers) => answers,
            Err(error) => {
                log::info!("no tray host: {error}");
                false
            }
        }
    }

    /// Waits until a host comes, goes, or is replaced; or until the session is over, and its bus with it.
    pub(in crate::tray) async fn changed(&mut self) -> Result<(), SessionOver> {
        let Some((_, changes)) = &mut self.bus else {
            // A session without a bus: nothing will change.
            return std::future::pending().await;
        };
        changes.next().await.map(drop).ok_or(SessionOver)
    }
}

async fn listen() -> zbus::Result<(&'static Connection, NameOwnerChangedStream)> {
    let bus = dbus::session().await?;
    let changes =
        DBusProxy::new(bus).await?.receive_name_owner_changed_with_args(&[(0, WATCHER)]).await?;
    Ok((bus, changes))
}

async fn answers(bus: &Connection) -> zbus::Result<bool> {
    let watcher: Proxy<'_> = zbus::proxy::Builder::new(bus)
        .destination(WATCHER)?
        .path("/StatusNotifierWatcher")?
        .interface(WATCHER)?
        .cache_properties(CacheProperties::No)
        .build()
        .await?;
    watcher.get_property("IsStatusNotifierHostRegistered").await
}
