//! The system's own bus, with the two that tell of sleep and of the network: logind and `NetworkManager`.

#![allow(clippy::used_underscore_binding, reason = "interfaces are as specified")]

use std::path::Path;

use anyhow::{Context as _, Result};
use futures_util::StreamExt as _;
use tokio::{sync::watch, task::JoinHandle};
use zbus::{
    Connection, MessageStream, fdo::MonitoringProxy, interface, object_server::SignalEmitter,
};

use crate::{bus::Bus, until, within};

const SLEEP: &str = "/org/freedesktop/login1";
const NETWORK: &str = "/org/freedesktop/NetworkManager";

/// What tells programs that the computer wakes up and that there is a network.
#[derive(Debug)]
pub struct System {
    bus: Bus,
    services: Connection,
    /// What somebody has asked to hear.
    wanted: watch::Sender<Vec<String>>,
    monitor: JoinHandle<Result<()>>,
}

struct Logind;

#[interface(name = "org.freedesktop.login1.Manager")]
impl Logind {
    #[zbus(signal)]
    async fn prepare_for_sleep(emitter: &SignalEmitter<'_>, start: bool) -> zbus::Result<()>;
}

struct NetworkManager;

#[interface(name = "org.freedesktop.NetworkManager")]
impl NetworkManager {
    #[zbus(signal)]
    async fn state_changed(emitter: &SignalEmitter<'_>, state: u32) -> zbus::Result<()>;
}

impl System {
    /// Starts it in a folder of its own below `runtime`.
    pub(crate) async fn start(runtime: &Path, logs: &Path) -> Result<Self> {
        let folder = runtime.join("system");
        std::fs::create_dir(&folder)?;
        let bus = Bus::start(&folder, logs)?;
        let services = bus
            .connection()?
            .serve_at(SLEEP, Logind)?
            .serve_at(NETWORK, NetworkManager)?
            .name("org.freedesktop.login1")?
            .name("org.freedesktop.NetworkManager")?
            .build();
        let services = within("logind and NetworkManager are there", services).await?;
        let wanted = watch::Sender::new(Vec::new());
        let monitor = tokio::spawn(listen(bus.connect().await?, wanted.clone()));
        Ok(Self { bus, services, wanted, monitor })
    }

    pub(crate) fn address(&self) -> &str {
        self.bus.address()
    }

    /// Waits until somebody would hear this signal.
    pub async fn is_listened_to(&self, signal: &str) -> Result<()> {
        let asked = |rules: &Vec<String>| rules.iter().any(|rule| rule.contains(signal));
        until(&format!("somebody listens to {signal}"), &self.wanted, asked).await.map(drop)
    }

    /// The computer goes to sleep and wakes up again.
    pub async fn sleeps_and_wakes(&self) -> Result<()> {
        let emitter = SignalEmitter::new(&self.services, SLEEP)?;
        Logind::prepare_for_sleep(&emitter, true).await?;
        Logind::prepare_for_sleep(&emitter, false).await?;
        Ok(())
    }

    /// The network is lost and found again.
    pub async fn network_comes_back(&self) -> Result<()> {
        let emitter = SignalEmitter::new(&self.services, NETWORK)?;
        // NM_STATE_DISCONNECTED, NM_STATE_CONNECTING, NM_STATE_CONNECTED_GLOBAL
        for state in [20, 40, 70] {
            NetworkManager::state_changed(&emitter, state).await?;
        }
        Ok(())
    }
}

impl Drop for System {
    fn drop(&mut self) {
        self.monitor.abort();
    }
}

/// Takes down every rule by which somebody asks the bus for signals.
async fn listen(connection: Connection, wanted: watch::Sender<Vec<String>>) -> Result<()> {
    let mut messages = MessageStream::from(&connection);
    MonitoringProxy::new(&connection).await?.become_monitor(&[], 0).await?;
    while let Some(message) = messages.next().await {
        let message = message?;
        if message.header().member().is_some_and(|member| member == "AddMatch") {
            let rule = message.body().deserialize().context("a rule is a text")?;
            wanted.send_modify(|rules| rules.push(rule));
        }
    }
    Ok(())
}
