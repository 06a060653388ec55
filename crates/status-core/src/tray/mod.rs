//! The tray as a value: icon, tooltip and menu, decided here and only drawn elsewhere.

mod id;
mod item;
mod menu;
mod words;

pub use self::id::NotAMenuId;
pub use self::item::{MenuId, MenuItem};
use self::words::{about, about_until};
use crate::snapshot::{Link, PendingPhase, Snapshot};
use crate::text::Text;
use crate::token::TokenState;

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

/// Everything the tray shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tray {
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
    matches!(snapshot.link, Link::Trouble { .. } | Link::Paused { .. })
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
