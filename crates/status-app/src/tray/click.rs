//! What a click in the tray means.

use status_core::{Command, MenuId, Page, Resolution};

use crate::event::ShellEvent;

/// Names the icon on the desktop, for good: hosts remember by it where the person put the icon.
pub const ID: &str = "pachca-status";

/// What a click on this line of the menu means; nothing for a line that only says something.
pub fn clicked(id: &MenuId) -> Option<ShellEvent> {
    let command = match id {
        MenuId::Current | MenuId::CustomStatus => return open(Some(Page::Status)),
        MenuId::ChangeAvatar => return open(Some(Page::Profile)),
        MenuId::OpenWindow => return open(None),
        MenuId::Connect => return open(Some(Page::Account)),
        MenuId::Settings => return open(Some(Page::Preferences)),
        MenuId::Quit => return Some(ShellEvent::Quit),
        MenuId::Inert(_) => return None,
        MenuId::Preset(preset) => Command::ApplyPreset(preset.clone()),
        MenuId::Extend(extension) => Command::Extend(*extension),
        MenuId::Clear => Command::ClearStatus,
        MenuId::Undo => Command::Undo,
        MenuId::CancelPending => Command::CancelPending,
        MenuId::ApplyOurs => Command::ResolveConflict(Resolution::Ours),
        MenuId::KeepTheirs => Command::ResolveConflict(Resolution::Theirs),
        MenuId::Retry => Command::Retry,
    };
    Some(ShellEvent::Do(command))
}

#[expect(clippy::unnecessary_wraps, reason = "an arm of `clicked`")]
fn open(page: Option<Page>) -> Option<ShellEvent> {
    Some(ShellEvent::OpenWindow(page))
}
