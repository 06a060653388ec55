//! What happens in the shell. Tray, notifications, shortcuts, a second start and the window send events; `app.rs` alone
//! decides what follows.

use status_core::{Command, Notice, Page};
use status_runtime::UpdateView;
use tokio::sync::mpsc::UnboundedSender;

/// What happened, or what somebody wants.
#[derive(Debug, Clone)]
pub enum ShellEvent {
    /// The person wants this done.
    Do(Command),
    /// Something about this computer has begun, or is over.
    Notice(Notice, bool),
    /// Open the window on this page, or where it was last; or bring it there.
    OpenWindow(Option<Page>),
    /// The person wants to close the window.
    CloseWindow,
    /// Tell the person; the words are `<id>-title` and `<id>-body`, and a click opens the page.
    Notify(&'static str, Page),
    /// Send this event to the page, if there is one; the payload is JSON.
    SendToPage(&'static str, String),
    /// The window of this number is gone; it was, or was not, on the screen.
    WindowGone { number: u64, was_shown: bool },
    /// The desktop may have got other colours.
    Redraw,
    /// The icon has appeared, or there is nowhere to show it.
    Tray(TrayState),
    /// A newer version of the program was looked up.
    UpdateFound(Option<UpdateView>),
    /// End.
    Quit,
    /// End: neither an icon nor a window can be shown.
    GiveUp,
    /// End, and start the version that has taken the place of this one.
    Restart,
}

/// Whether the person can see the icon.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TrayState {
    /// Not known yet.
    #[default]
    Unknown,
    /// It is in the tray.
    Shown,
    /// The desktop has no tray, or does not take the icon: the window is the app.
    Absent,
}

/// The person has signed out: there will be no host any more, and nobody to see an icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SessionOver;

/// Where events are sent. Any thread; never blocks.
#[derive(Debug, Clone)]
pub struct Events(pub(crate) UnboundedSender<ShellEvent>);

impl Events {
    /// Sends one.
    pub fn send(&self, event: ShellEvent) {
        // Nobody listens any more only when the app has ended.
        let _ = self.0.send(event);
    }
}
