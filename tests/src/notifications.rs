//! A notification server that keeps what it is asked to show.

#![allow(
    clippy::unused_self,
    clippy::used_underscore_binding,
    clippy::too_many_arguments,
    reason = "interfaces are as specified"
)]

use std::collections::HashMap;

use anyhow::Result;
use tokio::sync::watch;
use zbus::{Connection, interface, object_server::SignalEmitter, zvariant::OwnedValue};

use crate::{bus::Bus, until};

/// One notification as it was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The server's number for it.
    pub id: u32,
    pub summary: String,
    pub body: String,
    /// Names of what a click can do, each followed by its words.
    pub actions: Vec<String>,
    pub icon: String,
    /// The desktop entry it says it belongs to.
    pub entry: String,
}

/// Everything that was shown on this desktop.
#[derive(Debug)]
pub struct Notifications {
    shown: watch::Sender<Vec<Note>>,
    connection: Connection,
}

struct Server {
    shown: watch::Sender<Vec<Note>>,
}

#[interface(name = "org.freedesktop.Notifications")]
impl Server {
    fn notify(
        &self,
        _app_name: &str,
        replaces_id: u32,
        icon: String,
        summary: String,
        body: String,
        actions: Vec<String>,
        mut hints: HashMap<String, OwnedValue>,
        _expire_timeout: i32,
    ) -> u32 {
        let mut id = replaces_id;
        let entry = hints.remove("desktop-entry").and_then(|hint| hint.try_into().ok());
        let entry = entry.unwrap_or_default();
        self.shown.send_modify(|shown| {
            if id == 0 {
                id = u32::try_from(shown.len()).unwrap_or(u32::MAX) + 1;
            }
            shown.push(Note { id, summary, body, actions, icon, entry });
        });
        id
    }

    fn close_notification(&self, _id: u32) {}

    fn get_capabilities(&self) -> Vec<&str> {
        vec!["actions", "body", "persistence"]
    }

    fn get_server_information(&self) -> (&str, &str, &str, &str) {
        ("pachca-status-tests", "pachca-status", "1", "1.2")
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, action: &str)
    -> zbus::Result<()>;

    #[zbus(signal)]
    async fn notification_closed(
        emitter: &SignalEmitter<'_>,
        id: u32,
        reason: u32,
    ) -> zbus::Result<()>;
}

impl Notifications {
    pub(crate) async fn start(bus: &Bus) -> Result<Self> {
        let shown = watch::Sender::new(Vec::new());
        let connection = bus
            .connection()?
            .serve_at("/org/freedesktop/Notifications", Server { shown: shown.clone() })?
            .name("org.freedesktop.Notifications")?
            .build()
            .await?;
        Ok(Self { shown, connection })
    }

    pub fn shown(&self) -> Vec<Note> {
        self.shown.borrow().clone()
    }

    /// Waits for one that has `words` in its first line or body.
    pub async fn wait_for(&self, words: &str) -> Result<Note> {
        let has = |note: &&Note| note.summary.contains(words) || note.body.contains(words);
        let what = format!("a notification that says «{words}»");
        let shown = until(&what, &self.shown, |shown| shown.iter().any(|note| has(&note))).await?;
        Ok(shown.iter().find(has).cloned().expect("just found"))
    }

    /// Clicks a notification: its default action.
    pub async fn click(&self, note: &Note) -> Result<()> {
        let server = self.connection.object_server();
        let server = server.interface::<_, Server>("/org/freedesktop/Notifications").await?;
        Ok(Server::action_invoked(server.signal_emitter(), note.id, "default").await?)
    }
}
