//! Listening for wake-ups and network changes where the system tells.

use std::sync::Arc;

use super::Shared;

/// Listens until the engine ends or the system stops telling. Without a system bus nothing happens: the clock's jump
/// is noticed all the same, a minute later at the latest.
#[cfg(target_os = "linux")]
pub(super) fn listen(shared: &Arc<Shared>) {
    linux::listen(shared, "PrepareForSleep", linux::on_sleep);
    linux::listen(shared, "StateChanged", linux::on_network);
}

/// Elsewhere the clock's jump tells of a wake-up, and a failed request is tried again on its own timer.
#[cfg(not(target_os = "linux"))]
pub(super) fn listen(_: &Arc<Shared>) {}

#[cfg(target_os = "linux")]
mod linux {
    use std::{
        sync::{Arc, Weak},
        thread,
    };

    use status_core::Action;
    use zbus::blocking::{Connection, Proxy};

    use super::Shared;

    /// `NM_STATE_CONNECTED_SITE` and above: there is a way to somewhere.
    const CONNECTED: u32 = 60;

    /// A thread that sleeps in a read costs nothing while nothing happens.
    pub(super) fn listen(
        shared: &Arc<Shared>,
        name: &'static str,
        hear: fn(&Weak<Shared>) -> zbus::Result<()>,
    ) {
        let shared = Arc::downgrade(shared);
        // Without the thread or the bus there is still the clock.
        let _ = thread::Builder::new().name(name.to_owned()).spawn(move || hear(&shared));
    }

    /// `org.freedesktop.login1.Manager.PrepareForSleep(start)`: `false` is the wake-up.
    pub(super) fn on_sleep(shared: &Weak<Shared>) -> zbus::Result<()> {
        let bus = Connection::system()?;
        let manager = Proxy::new(
            &bus,
            "org.freedesktop.login1",
            "/org/freedesktop/login1",
            "org.freedesktop.login1.Manager",
        )?;
        for signal in manager.receive_signal("PrepareForSleep")? {
            let going_to_sleep: bool = signal.body().deserialize()?;
            if !going_to_sleep && !tell(shared) {
                break;
            }
        }
        Ok(())
    }

    /// `org.freedesktop.NetworkManager.StateChanged(state)`.
    pub(super) fn on_network(shared: &Weak<Shared>) -> zbus::Result<()> {
        let bus = Connection::system()?;
        let manager = Proxy::new(
            &bus,
            "org.freedesktop.NetworkManager",
            "/org/freedesktop/NetworkManager",
            "org.freedesktop.NetworkManager",
        )?;
        for signal in manager.receive_signal("StateChanged")? {
            let state: u32 = signal.body().deserialize()?;
            if state >= CONNECTED && !tell(shared) {
                break;
            }
        }
        Ok(())
    }

    fn tell(shared: &Weak<Shared>) -> bool {
        shared.upgrade().map(|shared| shared.send(Action::Woke)).is_some()
    }
}
