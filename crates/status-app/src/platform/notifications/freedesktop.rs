//! Linux: `org.freedesktop.Notifications` (Desktop Notifications Specification 1.2).

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use futures_util::StreamExt;
use status_core::Page;
use tokio::sync::OnceCell;
use zbus::{Proxy, zvariant::Value};

use super::note::Note;
use crate::{
    event::{Events, ShellEvent},
    executor,
    platform::{dbus, flatpak},
    sync::lock,
};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// The action a click on the notification itself stands for.
const CLICK: &str = "default";

/// Most notifications remembered for their click; a desktop that never reports a close does not make us grow.
const REMEMBERED: usize = 32;

/// What is on the screen, and what its click opens.
type Pages = Arc<Mutex<Vec<(u32, Page)>>>;

/// Where notifications go.
#[derive(Default)]
pub(crate) struct Notifications {
    pages: Pages,
    server: Arc<OnceCell<Server>>,
}

/// The desktop's notification server.
struct Server {
    proxy: Proxy<'static>,
    /// It reads the body as markup, so that `<` has to be written out.
    markup: bool,
}

impl Notifications {
    /// Shows one, if the desktop shows any. Never blocks; a desktop that refuses is logged and otherwise ignored.
    pub(crate) fn show(&self, note: Note, events: &Events) {
        let (pages, server, events) =
            (Arc::clone(&self.pages), Arc::clone(&self.server), events.clone());
        executor::spawn(async move {
            if let Err(error) = show(note, &pages, &server, events).await {
                log::info!("the desktop shows no notification: {error}");
            }
        });
    }
}

async fn show(
    note: Note,
    pages: &Pages,
    server: &OnceCell<Server>,
    events: Events,
) -> zbus::Result<()> {
    let server = server.get_or_try_init(|| connect(pages, events)).await?;
    let body = if server.markup { escaped(&note.body) } else { note.body };
    // What the installed desktop entry and icon are called; a package in a sandbox calls both after itself.
    let name = flatpak::id().unwrap_or("pachca-status");
    let hints: HashMap<&str, Value<'_>> =
        HashMap::from([("desktop-entry", Value::from(name)), ("urgency", Value::from(1_u8))]);
    let (replaces, actions, until_it_is_read) = (0_u32, vec![CLICK, ""], -1_i32);
    let arguments = (
        "Pachca Status",
        replaces,
        name,
        note.title.as_str(),
        body,
        actions,
        hints,
        until_it_is_read,
    );
    let id: u32 = server.proxy.call("Notify", &arguments).await?;
    let mut pages = lock(pages);
    if pages.len() == REMEMBERED {
        pages.remove(0);
    }
    pages.push((id, note.page));
    Ok(())
}

async fn connect(pages: &Pages, events: Events) -> zbus::Result<Server> {
    let proxy = Proxy::new(dbus::session().await?, NAME, PATH, NAME).await?;
    let capabilities: Vec<String> = proxy.call("GetCapabilities", &()).await.unwrap_or_default();
    let mut clicks = proxy.receive_signal("ActionInvoked").await?;
    let mut closings = proxy.receive_signal("NotificationClosed").await?;
    let pages = Arc::clone(pages);
    tokio::spawn(async move {
        loop {
            tokio::select! {
                Some(click) = clicks.next() => {
                    let body = click.body();
                    let Ok((id, CLICK)) = body.deserialize::<(u32, &str)>() else { continue };
                    if let Some(page) = taken(&pages, id) {
                        events.send(ShellEvent::OpenWindow(Some(page)));
                    }
                }
                Some(closing) = closings.next() => {
                    if let Ok((id, _reason)) = closing.body().deserialize::<(u32, u32)>() {
                        taken(&pages, id);
                    }
                }
                else => break,
            }
        }
    });
    Ok(Server { proxy, markup: capabilities.iter().any(|name| name == "body-markup") })
}

/// Forgets a notification of ours and says what it opens; `None` for somebody else's.
fn taken(pages: &Pages, id: u32) -> Option<Page> {
    let mut pages = lock(pages);
    let place = pages.iter().position(|(other, _)| *other == id)?;
    Some(pages.remove(place).1)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_markup_in_it_is_shown_as_it_is() {
        assert_eq!(escaped("<b>R&D</b>"), "&lt;b&gt;R&amp;D&lt;/b&gt;");
    }

    #[test]
    fn a_click_on_somebody_elses_notification_opens_nothing() {
        let pages = Pages::default();
        lock(&pages).push((7, Page::Account));
        assert_eq!(taken(&pages, 8), None);
        assert_eq!(taken(&pages, 7), Some(Page::Account));
        assert_eq!(taken(&pages, 7), None, "a notification is clicked once");
    }
}
