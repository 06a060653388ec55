//! Everything that is said on the session bus, as somebody hears it who may listen to all of it.

use anyhow::{Context as _, Result};
use futures_util::StreamExt as _;
use tokio::{sync::watch, task::JoinHandle};
use zbus::{Connection, MessageStream, fdo::MonitoringProxy, message::Message};

use crate::{bus::Bus, keyring, until};

/// Listens, and takes down which messages hold a secret.
#[derive(Debug)]
pub struct Traffic {
    heard: watch::Sender<Heard>,
    client: Connection,
    listener: JoinHandle<Result<()>>,
}

#[derive(Debug, Clone, Default)]
struct Heard {
    messages: usize,
    holding: Vec<Held>,
}

/// A message that holds the secret.
#[derive(Debug, Clone)]
struct Held {
    what: String,
    sender: String,
    destination: String,
}

impl Traffic {
    pub(crate) async fn listen(bus: &Bus, secret: &str) -> Result<Self> {
        let heard = watch::Sender::new(Heard::default());
        let connection = bus.connect().await?;
        let messages = MessageStream::from(&connection);
        // From the answer on, nothing is missed.
        MonitoringProxy::new(&connection).await?.become_monitor(&[], 0).await?;
        let listener = tokio::spawn(listen(messages, secret.to_owned(), heard.clone()));
        Ok(Self { heard, client: bus.connect().await?, listener })
    }

    /// What held the secret so far, without what the keyring was told and asked for; and how many messages there were.
    ///
    /// Reads the keyring first, and waits until that has been heard: the search works, and nothing is still on its way.
    ///
    /// # Errors
    /// When the keyring does not have the secret.
    pub async fn holding(&self) -> Result<(Vec<String>, usize)> {
        let keyring = keyring::owner(&self.client).await?;
        let client = self.client.unique_name().context("it is on a bus")?.to_string();
        keyring::secrets(&self.client).await?;
        let read = |held: &Held| held.sender == keyring && held.destination == client;
        let all_heard = |heard: &Heard| heard.holding.iter().any(read);
        let heard = until("the keyring's answer is heard", &self.heard, all_heard).await?;
        let elsewhere = heard.holding.iter().filter(|held| {
            held.sender != keyring
                && held.destination != keyring
                && held.destination != keyring::NAME
        });
        Ok((elsewhere.map(|held| held.what.clone()).collect(), heard.messages))
    }
}

impl Drop for Traffic {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

async fn listen(
    mut messages: MessageStream,
    secret: String,
    heard: watch::Sender<Heard>,
) -> Result<()> {
    while let Some(message) = messages.next().await {
        let message = message?;
        let held = message.data().windows(secret.len()).any(|part| part == secret.as_bytes());
        heard.send_modify(|heard| {
            heard.messages += 1;
            if held {
                heard.holding.push(describe(&message));
            }
        });
    }
    Ok(())
}

fn describe(message: &Message) -> Held {
    let header = message.header();
    Held {
        what: format!("{header:?}"),
        sender: header.sender().map(ToString::to_string).unwrap_or_default(),
        destination: header.destination().map(ToString::to_string).unwrap_or_default(),
    }
}
