//! Windows and macOS: the notification centre.

use notify_rust::Notification;

use super::note::{Note, WINDOWS_APP_ID};
use crate::event::{Events, ShellEvent};

/// Where notifications go.
#[derive(Default)]
pub(crate) struct Notifications;

impl Notifications {
    /// Shows one, if the system shows any. Never blocks; a system that refuses is logged and otherwise ignored.
    #[allow(clippy::unused_self, reason = "the Linux side remembers what it shows")]
    pub(crate) fn show(&self, note: Note, events: &Events) {
        let events = events.clone();
        // macOS waits here for the click, so it is a thread that may wait.
        let waiting = std::thread::Builder::new()
            .name("notification".to_owned())
            .spawn(move || show(&note, &events));
        if let Err(error) = waiting {
            log::warn!("no notification: {error}");
        }
    }
}

fn show(note: &Note, events: &Events) {
    let mut notification = Notification::new();
    notification.summary(&note.title).body(&note.body);
    #[cfg(windows)]
    notification.app_id(WINDOWS_APP_ID);
    let page = note.page;
    match notification.show() {
        Ok(shown) => {
            let _ = shown.wait_for_response(move |response: &notify_rust::NotificationResponse| {
                if let notify_rust::NotificationResponse::Default = response {
                    events.send(ShellEvent::OpenWindow(Some(page)));
                }
            });
        }
        Err(error) => log::info!("the system shows no notification: {error}"),
    }
}
