//! Windows and macOS: the notification centre.

use std::sync::Arc;

use notify_rust::Notification;

use super::Note;
use crate::{desktop::Desktop, window};

#[derive(Default)]
pub(super) struct System;

impl System {
    #[allow(clippy::unused_self, reason = "the Linux side remembers what it shows")]
    pub(super) fn show(&self, note: Note, desktop: &Arc<Desktop>) {
        let desktop = Arc::clone(desktop);
        // macOS waits here for the click, so it is a thread that may wait.
        let waiting = std::thread::Builder::new()
            .name("notification".to_owned())
            .spawn(move || show(&note, &desktop));
        if let Err(error) = waiting {
            log::warn!("no notification: {error}");
        }
    }
}

fn show(note: &Note, desktop: &Arc<Desktop>) {
    let mut notification = Notification::new();
    notification.summary(&note.title).body(&note.body);
    #[cfg(windows)]
    notification.app_id("dev.pachca-status.desktop");
    let page = note.page;
    match notification.show() {
        Ok(shown) => {
            let _ = shown.wait_for_response(move |response: &notify_rust::NotificationResponse| {
                if let notify_rust::NotificationResponse::Default = response {
                    window::open(desktop, Some(page));
                }
            });
        }
        Err(error) => log::info!("the system shows no notification: {error}"),
    }
}
