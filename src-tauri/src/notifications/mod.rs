//! Notifications, whose click opens a page of the window.

use std::sync::Arc;

use status_core::Page;

use crate::desktop::Desktop;

#[cfg_attr(target_os = "linux", path = "freedesktop.rs")]
#[cfg_attr(not(target_os = "linux"), path = "native.rs")]
mod system;

/// Where notifications go.
#[derive(Default)]
pub(crate) struct Notifications {
    system: system::System,
}

impl Notifications {
    /// Shows one, if the desktop shows any. Never blocks; a desktop that refuses is logged and otherwise ignored.
    pub(crate) fn show(&self, desktop: &Arc<Desktop>, title: &str, body: &str, page: Page) {
        let note = Note { title: title.to_owned(), body: body.to_owned(), page };
        self.system.show(note, desktop);
    }
}

/// One notification.
struct Note {
    title: String,
    body: String,
    page: Page,
}
