//! Signals of the system bus.

use std::{
    sync::{Arc, Weak},
    thread,
};

use status_core::Action;
use zbus::{
    Message,
    blocking::{Connection, Proxy},
};

use crate::context::Context;

pub(super) struct Signal {
    pub(super) service: &'static str,
    pub(super) path: &'static str,
    pub(super) interface: &'static str,
    pub(super) name: &'static str,
}

/// Tells the loop of each signal that means something. A thread that sleeps in a read costs nothing while nothing
/// happens; a task would need `zbus` to be driven by tokio, which its blocking users here forbid.
pub(super) fn listen(context: &Arc<Context>, signal: Signal, counts: fn(&Message) -> bool) {
    let context = Arc::downgrade(context);
    // Without the thread or the bus there is still the clock.
    let thread = thread::Builder::new().name(signal.name.to_owned());
    let _ = thread.spawn(move || hear(&context, &signal, counts));
}

fn hear(
    context: &Weak<Context>,
    signal: &Signal,
    counts: fn(&Message) -> bool,
) -> zbus::Result<()> {
    let bus = Connection::system()?;
    let proxy = Proxy::new(&bus, signal.service, signal.path, signal.interface)?;
    for message in proxy.receive_signal(signal.name)? {
        let Some(context) = context.upgrade() else { break };
        if counts(&message) {
            context.send(Action::Woke);
        }
    }
    Ok(())
}
