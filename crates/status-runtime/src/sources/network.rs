//! There is a network (again): `org.freedesktop.NetworkManager.StateChanged(state)`.

use zbus::Message;

use super::system_bus::Signal;

/// `NM_STATE_CONNECTED_SITE` and above: there is a way to somewhere.
const CONNECTED: u32 = 60;

pub(super) const SIGNAL: Signal = Signal {
    service: "org.freedesktop.NetworkManager",
    path: "/org/freedesktop/NetworkManager",
    interface: "org.freedesktop.NetworkManager",
    name: "StateChanged",
};

pub(super) fn connected(signal: &Message) -> bool {
    signal.body().deserialize::<u32>().is_ok_and(|state| state >= CONNECTED)
}
