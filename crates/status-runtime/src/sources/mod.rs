//! Wake-ups and network changes, where the system tells.
//!
//! Elsewhere, and without a system bus, the jump of the clock tells of a wake-up a minute later at the latest, and a
//! failed request is tried again on its own timer.

#[cfg(target_os = "linux")]
mod network;
#[cfg(target_os = "linux")]
mod power;
#[cfg(target_os = "linux")]
mod system_bus;

use std::sync::Arc;

use crate::context::Context;

/// Listens until the engine ends or the system stops telling.
pub(crate) fn listen(context: &Arc<Context>) {
    #[cfg(target_os = "linux")]
    {
        system_bus::listen(context, power::SIGNAL, power::woke);
        system_bus::listen(context, network::SIGNAL, network::connected);
    }
    #[cfg(not(target_os = "linux"))]
    let _ = context;
}
