//! Is there somebody on this desktop who shows tray icons?

/// The person has signed out: there will be no host any more, and nobody to see an icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SessionOver;

/// Linux: whoever owns `org.kde.StatusNotifierWatcher` (the StatusNotifierItem specification).
#[cfg(target_os = "linux")]
pub(super) use linux::Watch;

/// Windows and macOS always have a tray.
#[cfg(not(target_os = "linux"))]
pub(super) use always::Watch;

#[cfg(target_os = "linux")]
mod linux {
    use futures_util::StreamExt;
    use zbus::{
        Connection, Proxy,
        fdo::{DBusProxy, NameOwnerChangedStream},
        proxy::CacheProperties,
    };

    use super::SessionOver;
    use crate::bus;

    const WATCHER: &str = "org.kde.StatusNotifierWatcher";

    /// Looks at the bus for a tray host. Without a bus there is none, and never will be.
    pub(crate) struct Watch {
        bus: Option<(&'static Connection, NameOwnerChangedStream)>,
    }

    impl Watch {
        /// Starts listening; changes from here on are not missed.
        pub(crate) async fn begin() -> Self {
            let bus = listen().await;
            if let Err(error) = &bus {
                log::warn!("no session bus, so no tray: {error}");
            }
            Self { bus: bus.ok() }
        }

        /// Whether a host is there and answers now. One that owns the name but does not answer would hang whoever
        /// registers an icon, so it counts as absent.
        pub(crate) async fn present(&self) -> bool {
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
        pub(crate) async fn changed(&mut self) -> Result<(), SessionOver> {
            let Some((_, changes)) = &mut self.bus else {
                // A session without a bus: nothing will change.
                return std::future::pending().await;
            };
            changes.next().await.map(drop).ok_or(SessionOver)
        }
    }

    async fn listen() -> zbus::Result<(&'static Connection, NameOwnerChangedStream)> {
        let bus = bus::session().await?;
        let changes = DBusProxy::new(bus)
            .await?
            .receive_name_owner_changed_with_args(&[(0, WATCHER)])
            .await?;
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
}

#[cfg(not(target_os = "linux"))]
mod always {
    use super::SessionOver;

    /// Nothing to look at.
    pub(crate) struct Watch;

    impl Watch {
        /// Nothing to listen to.
        pub(crate) async fn begin() -> Self {
            Self
        }

        /// Always.
        pub(crate) async fn present(&self) -> bool {
            true
        }

        /// Never.
        pub(crate) async fn changed(&mut self) -> Result<(), SessionOver> {
            std::future::pending().await
        }
    }
}
