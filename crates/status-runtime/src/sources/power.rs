//! The computer wakes up: `org.freedesktop.login1.Manager.PrepareForSleep(start)`.

use zbus::Message;

use super::system_bus::Signal;

pub(super) const SIGNAL: Signal = Signal {
    service: "org.freedesktop.login1",
    path: "/org/freedesktop/login1",
    interface: "org.freedesktop.login1.Manager",
    name: "PrepareForSleep",
};

pub(super) fn woke(signal: &Message) -> bool {
    signal.body().deserialize::<bool>().is_ok_and(|going_to_sleep| !going_to_sleep)
}
