//! A real Secret Service in a home of its own, and a client that reads it as another program would.

use std::{
    collections::HashMap,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result};
use zbus::{
    Connection, Proxy,
    fdo::DBusProxy,
    zvariant::{OwnedObjectPath, OwnedValue, Value},
};

use crate::{bus::Bus, process::Process, within};

pub(crate) const NAME: &str = "org.freedesktop.secrets";
const PATH: &str = "/org/freedesktop/secrets";
const SERVICE: &str = "org.freedesktop.Secret.Service";

/// What kind of keyring the desktop has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KeyringKind {
    /// Unlocked at login, as on most desktops.
    #[default]
    Unlocked,
    /// Nobody has unlocked it.
    Locked,
    /// There is none.
    None,
}

/// A stored secret as another program of the same person can read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// What it is found by.
    pub attributes: HashMap<String, String>,
    pub value: String,
}

/// `gnome-keyring-daemon` of one desktop.
#[derive(Debug)]
pub struct Keyring {
    logs: PathBuf,
    daemon: Option<Process>,
}

impl Keyring {
    pub(crate) fn new(logs: &Path) -> Self {
        Self { logs: logs.to_owned(), daemon: None }
    }

    /// Starts the daemon. A locked one has a keyring from an earlier login that nobody has opened yet.
    pub(crate) async fn start(
        &mut self,
        bus: &Bus,
        kind: KeyringKind,
        command: impl Fn(&str) -> Command,
    ) -> Result<()> {
        match kind {
            KeyringKind::None => Ok(()),
            KeyringKind::Unlocked => self.run(bus, command("gnome-keyring-daemon"), true).await,
            KeyringKind::Locked => {
                self.run(bus, command("gnome-keyring-daemon"), true).await?;
                self.stop(bus).await?;
                self.run(bus, command("gnome-keyring-daemon"), false).await
            }
        }
    }

    /// Ends the daemon; what it holds stays on disk.
    pub(crate) async fn stop(&mut self, bus: &Bus) -> Result<()> {
        if let Some(mut daemon) = self.daemon.take() {
            daemon.kill();
            bus.name_owned(NAME, false).await?;
        }
        Ok(())
    }

    async fn run(&mut self, bus: &Bus, mut command: Command, unlocked: bool) -> Result<()> {
        command.args(["--foreground", "--components=secrets"]).stdin(Stdio::piped());
        if unlocked {
            command.arg("--unlock");
        }
        let mut daemon =
            Process::start("gnome-keyring-daemon", &mut command, &self.logs.join("keyring.log"))?;
        let mut stdin = daemon.take_stdin().context("standard input is piped")?;
        if unlocked {
            stdin.write_all(b"password of this desktop")?;
        }
        drop(stdin);
        bus.name_owned(NAME, true).await?;
        self.daemon = Some(daemon);
        Ok(())
    }
}

/// Who answers to the keyring's name.
pub(crate) async fn owner(connection: &Connection) -> Result<String> {
    let bus = DBusProxy::new(connection).await?;
    Ok(within("whose the keyring is", bus.get_name_owner(NAME.try_into()?)).await?.to_string())
}

/// Everything unlocked in the keyring.
pub(crate) async fn secrets(connection: &Connection) -> Result<Vec<Secret>> {
    within("read the keyring", async {
        let service = Proxy::new(connection, NAME, PATH, SERVICE).await?;
        let (_, session): (OwnedValue, OwnedObjectPath) =
            service.call("OpenSession", &("plain", Value::from(""))).await?;
        let (unlocked, _locked): (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) =
            service.call("SearchItems", &HashMap::<&str, &str>::new()).await?;
        let values: HashMap<OwnedObjectPath, (OwnedObjectPath, Vec<u8>, Vec<u8>, String)> =
            service.call("GetSecrets", &(unlocked, session)).await?;
        let mut secrets = Vec::new();
        for (path, (_, _, value, _)) in values {
            let item = Proxy::new(connection, NAME, path, "org.freedesktop.Secret.Item").await?;
            secrets.push(Secret {
                attributes: item.get_property("Attributes").await?,
                value: String::from_utf8(value)?,
            });
        }
        anyhow::Ok(secrets)
    })
    .await
}
