//! The tray: draws what it is given, and says what was clicked. It decides nothing.

mod host;
mod icons;
mod keep;
#[cfg(not(target_os = "linux"))]
mod native;
mod panel;
#[cfg(target_os = "linux")]
mod status_notifier;

use std::sync::Arc;

use status_core::{Action, MenuId, Page};

#[cfg(not(target_os = "linux"))]
pub(crate) use self::native::ShownTray;
#[cfg(target_os = "linux")]
pub(crate) use self::status_notifier::ShownTray;
pub(crate) use self::{keep::keep, panel::Panel};
use crate::{desktop::Desktop, quit, window};

/// Names the icon on the desktop, for good: hosts remember by it where the person put the icon.
const ID: &str = "pachca-status";

/// A line of the menu was clicked. Any thread: nothing here waits.
pub(crate) fn clicked_line(desktop: &Arc<Desktop>, id: &MenuId) {
    let send = |action| desktop.engine().send(action);
    match id {
        MenuId::Current | MenuId::CustomStatus => window::open(desktop, Some(Page::Status)),
        MenuId::Preset(preset) => send(Action::ApplyPreset(preset.clone())),
        MenuId::Extend(extension) => send(Action::Extend(*extension)),
        MenuId::Clear => send(Action::ClearStatus),
        MenuId::Undo => send(Action::Undo),
        MenuId::CancelPending => send(Action::CancelPending),
        MenuId::ApplyOurs => send(Action::ResolveConflict(true)),
        MenuId::KeepTheirs => send(Action::ResolveConflict(false)),
        MenuId::Retry => send(Action::Retry),
        MenuId::ChangeAvatar => window::open(desktop, Some(Page::Profile)),
        MenuId::OpenWindow => window::open(desktop, None),
        MenuId::Connect => window::open(desktop, Some(Page::Account)),
        MenuId::Settings => window::open(desktop, Some(Page::Preferences)),
        MenuId::Quit => quit::begin(desktop),
        MenuId::Inert(_) => {}
    }
}
