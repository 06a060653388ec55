//! The tray as a value: icon, tooltip and menu, decided here and only drawn elsewhere.

mod id;
mod menu;

pub use id::NotAMenuId;

use crate::{Arg, Extension, PendingPhase, PresetId, Snapshot, StatusView, Text, TokenState};

/// The icon tells the state without opening anything. States differ in shape, not only in colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TrayIcon {
    /// Connected, no status.
    Clear,
    /// A status is set.
    Set,
    /// A status with «away» is set.
    Away,
    /// A change is on its way.
    Sending,
    /// No connection, with or without something waiting.
    Offline,
    /// Needs the person: token, keyring, or a decision.
    Attention,
}

/// Names a menu item; survives the trip through the desktop as text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum MenuId {
    /// The first line: what colleagues see. Opens the window on the Status page.
    Current,
    /// Sets a preset.
    Preset(PresetId),
    /// Extends the present status.
    Extend(Extension),
    /// Clears the status.
    Clear,
    /// Puts the previous status back.
    Undo,
    /// Gives up what waits to be sent.
    CancelPending,
    /// Sends what waits although the status was changed elsewhere.
    ApplyOurs,
    /// Keeps what was set elsewhere.
    KeepTheirs,
    /// Tries again now.
    Retry,
    /// Opens the composer.
    CustomStatus,
    /// Opens the avatar dialog.
    ChangeAvatar,
    /// Opens the window.
    OpenWindow,
    /// Opens the connect page.
    Connect,
    /// Opens the preferences.
    Settings,
    /// Ends the app.
    Quit,
    /// A submenu or a line that does nothing; the name keeps it apart from others.
    Inert(&'static str),
}

/// A line of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MenuItem {
    /// A line between groups.
    Separator,
    /// Something to click.
    Action {
        /// Its name.
        id: MenuId,
        /// Its words.
        text: Text,
        /// Greyed out when `false`.
        enabled: bool,
    },
    /// Something to click that carries a check mark.
    Check {
        /// Its name.
        id: MenuId,
        /// Its words.
        text: Text,
        /// Whether the mark is on.
        checked: bool,
        /// Greyed out when `false`.
        enabled: bool,
    },
    /// A menu inside the menu.
    Submenu {
        /// Its name.
        id: MenuId,
        /// Its words.
        text: Text,
        /// What is in it.
        items: Vec<MenuItem>,
    },
}

/// Everything the tray shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tray {
    /// The icon.
    pub icon: TrayIcon,
    /// What hovering shows: emoji, title, until when.
    pub tooltip: Text,
    /// The menu, top to bottom.
    pub menu: Vec<MenuItem>,
}

impl Tray {
    /// What the tray shows for this snapshot.
    pub fn of(snapshot: &Snapshot) -> Self {
        Self { icon: icon(snapshot), tooltip: tooltip(snapshot), menu: menu::of(snapshot) }
    }
}

/// A token or keyring that does not get better by waiting.
fn token_needs_person(token: TokenState) -> bool {
    match token {
        TokenState::Locked
        | TokenState::Denied
        | TokenState::NoService
        | TokenState::Several
        | TokenState::Rejected
        | TokenState::Missing
        | TokenState::Slow => true,
        TokenState::Loading
        | TokenState::Kept
        | TokenState::SessionOnly
        | TokenState::FromEnvironment => false,
    }
}

fn link_is_down(snapshot: &Snapshot) -> bool {
    matches!(snapshot.link, crate::Link::Trouble { .. } | crate::Link::Paused { .. })
}

fn icon(snapshot: &Snapshot) -> TrayIcon {
    let phase = snapshot.pending.as_ref().map(|pending| pending.phase);
    if token_needs_person(snapshot.token)
        || snapshot.conflict.is_some()
        || phase == Some(PendingPhase::Refused)
    {
        TrayIcon::Attention
    } else if link_is_down(snapshot) || phase == Some(PendingPhase::Waiting) {
        TrayIcon::Offline
    } else if phase == Some(PendingPhase::Sending) {
        TrayIcon::Sending
    } else {
        match &snapshot.status.status {
            Some(status) if status.is_away => TrayIcon::Away,
            Some(_) => TrayIcon::Set,
            None => TrayIcon::Clear,
        }
    }
}

fn tooltip(snapshot: &Snapshot) -> Text {
    if snapshot.account.is_none() {
        let known_trouble =
            token_needs_person(snapshot.token) && snapshot.token != TokenState::Missing;
        return Text::plain(if known_trouble {
            "tray-tooltip-token"
        } else {
            "tray-tooltip-not-connected"
        });
    }
    if token_needs_person(snapshot.token) {
        return Text::plain("tray-tooltip-token");
    }
    if snapshot.conflict.is_some() {
        return Text::plain("tray-tooltip-conflict");
    }
    if let Some(pending) = &snapshot.pending {
        let wanted = pending.wanted.as_ref();
        return match pending.phase {
            PendingPhase::Refused => Text::plain("tray-tooltip-refused"),
            PendingPhase::Sending => {
                about(wanted, "tray-tooltip-sending", "tray-tooltip-sending-clear")
            }
            PendingPhase::Waiting => {
                about(wanted, "tray-tooltip-waiting", "tray-tooltip-waiting-clear")
            }
        };
    }
    let shown = &snapshot.status;
    if !shown.known {
        return Text::plain("tray-tooltip-unknown");
    }
    let status = shown.status.as_ref();
    if shown.stale {
        about(status, "tray-tooltip-stale", "tray-tooltip-stale-none")
    } else {
        about_until(status, "tray-tooltip-status", "tray-tooltip-status-until", "tray-tooltip-none")
    }
}

/// A sentence about a status, or another one about «no status».
fn about(status: Option<&StatusView>, with: &'static str, without: &'static str) -> Text {
    status.map_or_else(
        || Text::plain(without),
        |status| Text::new(with, named(&status.emoji, &status.title)),
    )
}

/// The same, with another sentence for a status that ends.
fn about_until(
    status: Option<&StatusView>,
    with: &'static str,
    with_until: &'static str,
    without: &'static str,
) -> Text {
    match status.and_then(|status| Some((status, status.ends.clone()?))) {
        Some((status, ends)) => {
            let mut args = named(&status.emoji, &status.title);
            args.push(("until", Arg::When(ends)));
            Text::new(with_until, args)
        }
        None => about(status, with, without),
    }
}

fn named(emoji: &str, title: &str) -> Vec<(&'static str, Arg)> {
    vec![("emoji", Arg::Str(emoji.to_owned())), ("title", Arg::Str(title.to_owned()))]
}
