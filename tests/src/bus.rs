//! A session bus of its own, on which nothing can be started by asking for it.

use std::path::Path;

use anyhow::{Context as _, Result};
use futures_util::StreamExt as _;
use zbus::{Connection, connection::Builder, fdo::DBusProxy};

use crate::{
    process::{Process, command},
    within,
};

/// No service folders: a desktop's portal, accessibility bus or keyring is there only if the test brings it.
const CONFIG: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=BUS_PATH</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

#[derive(Debug)]
pub(crate) struct Bus {
    address: String,
    daemon: Process,
}

impl Bus {
    /// Starts it with its socket in `runtime`.
    pub(crate) fn start(runtime: &Path, logs: &Path) -> Result<Self> {
        let config = runtime.join("bus.conf");
        let socket = runtime.join("bus");
        std::fs::write(&config, CONFIG.replace("BUS_PATH", &socket.to_string_lossy()))?;
        let mut daemon = command("dbus-daemon");
        daemon.arg("--nofork").arg("--nopidfile").arg("--print-address");
        daemon.arg(format!("--config-file={}", config.display()));
        daemon.env("XDG_RUNTIME_DIR", runtime);
        let mut daemon = Process::start("dbus-daemon", &mut daemon, &logs.join("dbus.log"))?;
        let address = daemon.first_line()?;
        Ok(Self { address, daemon })
    }

    /// It ends, as it does with its session.
    pub(crate) fn end(&mut self) {
        self.daemon.end();
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// A connection that still has to be built.
    pub(crate) fn connection(&self) -> Result<Builder<'_>> {
        Ok(Builder::address(self.address.as_str())?)
    }

    pub(crate) async fn connect(&self) -> Result<Connection> {
        within("connect to the session bus", self.connection()?.build()).await
    }

    /// Waits until somebody owns `name`, or nobody does any more.
    pub(crate) async fn name_owned(&self, name: &str, owned: bool) -> Result<()> {
        let connection = self.connect().await?;
        let bus = DBusProxy::new(&connection).await?;
        let mut changes = bus.receive_name_owner_changed_with_args(&[(0, name)]).await?;
        let what = format!("{name} is {} the bus", if owned { "on" } else { "off" });
        within(&what, async {
            while bus.name_has_owner(name.try_into()?).await? != owned {
                changes.next().await.context("the bus has ended")?;
            }
            anyhow::Ok(())
        })
        .await
    }
}
