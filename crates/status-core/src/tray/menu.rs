//! The menu, top to bottom.

use super::item::{MenuId, MenuItem};
use super::words::{about, about_until, named};
use crate::expiry::{Expiry, Extension};
use crate::failure::FailureKind;
use crate::snapshot::{
    Conflict, ConflictReason, Link, Pending, PendingPhase, PresetView, Snapshot,
};
use crate::text::{Arg, Text};
use crate::token::TokenState;

pub(super) fn of(snapshot: &Snapshot) -> Vec<MenuItem> {
    if snapshot.account.is_none() {
        return without_account(snapshot);
    }
    let mut menu = Vec::new();
    current(&mut menu, snapshot);
    menu.extend(token(snapshot));
    if let Some(conflict) = &snapshot.conflict {
        decision(&mut menu, conflict);
    } else if let Some(pending) = &snapshot.pending {
        unconfirmed(&mut menu, pending);
    }
    link(&mut menu, snapshot);
    problem(&mut menu, snapshot);
    extend(&mut menu, snapshot);
    let shown = &snapshot.status;
    let nothing_set =
        shown.known && !shown.stale && shown.status.is_none() && snapshot.pending.is_none();
    menu.push(MenuItem::Action {
        id: MenuId::Clear,
        text: Text::plain("menu-clear"),
        enabled: !nothing_set,
    });
    if let Some(undo) = &snapshot.undo {
        let text = about(undo.previous.as_ref(), "menu-undo", "menu-undo-clear");
        menu.push(MenuItem::Action { id: MenuId::Undo, text, enabled: true });
    }
    menu.push(MenuItem::Separator);
    presets(&mut menu, snapshot);
    menu.push(action(MenuId::CustomStatus, "menu-custom"));
    menu.push(action(MenuId::ChangeAvatar, "menu-avatar"));
    menu.push(MenuItem::Separator);
    menu.push(action(MenuId::OpenWindow, "menu-open"));
    menu.push(action(MenuId::Settings, "menu-settings"));
    menu.push(action(MenuId::Quit, "menu-quit"));
    menu
}

fn without_account(snapshot: &Snapshot) -> Vec<MenuItem> {
    let mut menu = Vec::new();
    if let Link::Trouble { .. } = snapshot.link {
        link(&mut menu, snapshot);
        menu.push(action(MenuId::Retry, "menu-retry"));
        menu.push(MenuItem::Separator);
    } else if snapshot.token != TokenState::Missing && !snapshot.token.usable() {
        menu.extend(token(snapshot));
        menu.push(MenuItem::Separator);
    }
    menu.push(action(MenuId::Connect, "menu-connect"));
    menu.push(action(MenuId::OpenWindow, "menu-open"));
    menu.push(action(MenuId::Quit, "menu-quit"));
    menu
}

fn action(id: MenuId, text: &'static str) -> MenuItem {
    MenuItem::Action { id, text: Text::plain(text), enabled: true }
}

fn line(name: &'static str, text: Text) -> MenuItem {
    MenuItem::Action { id: MenuId::Inert(name), text, enabled: false }
}

fn current(menu: &mut Vec<MenuItem>, snapshot: &Snapshot) {
    let shown = &snapshot.status;
    let text = if shown.known {
        about_until(
            shown.status.as_ref(),
            "menu-current",
            "menu-current-until",
            "menu-current-none",
        )
    } else {
        Text::plain("menu-current-unknown")
    };
    menu.push(MenuItem::Action { id: MenuId::Current, text, enabled: true });
    if let Some(seen) = shown.seen.as_ref().filter(|_| shown.stale) {
        menu.push(line("seen", Text::new("menu-seen", vec![("when", Arg::When(seen.clone()))])));
    }
}

/// What is wrong with the token, and what can be done about it.
fn token(snapshot: &Snapshot) -> Vec<MenuItem> {
    let says = |text| line("token", Text::plain(text));
    let retry = action(MenuId::Retry, "menu-retry");
    let reconnect = action(MenuId::Connect, "menu-reconnect");
    // Without an account «connect» has its own place below.
    let reconnect = snapshot.account.is_some().then_some(reconnect);
    let (sentence, retries) = match snapshot.token {
        TokenState::Kept | TokenState::SessionOnly | TokenState::FromEnvironment => {
            return Vec::new();
        }
        TokenState::Loading => return vec![says("menu-token-loading")],
        TokenState::Missing => ("menu-token-missing", false),
        TokenState::Slow => ("menu-token-slow", true),
        TokenState::Locked => ("menu-token-locked", true),
        TokenState::Denied => ("menu-token-denied", true),
        TokenState::NoService => ("menu-token-no-service", true),
        TokenState::Several => ("menu-token-several", true),
        TokenState::Rejected => ("menu-token-rejected", true),
    };
    let needs_other =
        matches!(snapshot.token, TokenState::Rejected | TokenState::Missing | TokenState::Several);
    let retry = Some(retry).filter(|_| retries);
    let reconnect = reconnect.filter(|_| needs_other);
    [Some(says(sentence)), retry, reconnect].into_iter().flatten().collect()
}

fn decision(menu: &mut Vec<MenuItem>, conflict: &Conflict) {
    let ours = conflict.ours.as_ref();
    let text = match conflict.reason {
        ConflictReason::Changed => {
            about(conflict.theirs.as_ref(), "menu-conflict", "menu-conflict-none")
        }
        ConflictReason::Late => about(ours, "menu-conflict-late", "menu-conflict-late-clear"),
        ConflictReason::Unreadable => Text::plain("menu-conflict-unreadable"),
    };
    menu.push(line("conflict", text));
    let text = about(ours, "menu-apply-ours", "menu-apply-ours-clear");
    menu.push(MenuItem::Action { id: MenuId::ApplyOurs, text, enabled: true });
    menu.push(action(MenuId::KeepTheirs, "menu-keep-theirs"));
}

fn unconfirmed(menu: &mut Vec<MenuItem>, pending: &Pending) {
    let wanted = pending.wanted.as_ref();
    let (text, cancel) = match pending.phase {
        PendingPhase::Sending => (about(wanted, "menu-sending", "menu-sending-clear"), None),
        PendingPhase::Waiting => (
            about_until(wanted, "menu-waiting", "menu-waiting-until", "menu-waiting-clear"),
            Some("menu-cancel-pending"),
        ),
        PendingPhase::Refused => {
            (about(wanted, "menu-refused", "menu-refused-clear"), Some("menu-dismiss-refused"))
        }
    };
    menu.push(line("state", text));
    menu.extend(cancel.map(|text| action(MenuId::CancelPending, text)));
}

fn link(menu: &mut Vec<MenuItem>, snapshot: &Snapshot) {
    match &snapshot.link {
        Link::Unknown | Link::Online => {}
        Link::Paused { until } => {
            menu.push(line(
                "link",
                Text::new("menu-link-paused", vec![("until", Arg::When(until.clone()))]),
            ));
        }
        Link::Trouble { failure, .. } => {
            let text = match failure {
                FailureKind::Offline | FailureKind::CalledOff => "menu-link-offline",
                FailureKind::Timeout => "menu-link-timeout",
                FailureKind::NotPachca | FailureKind::NotFound => "menu-link-not-pachca",
                FailureKind::Tls => "menu-link-tls",
                FailureKind::ServerError => "menu-link-server",
                _ => "menu-link-unexpected",
            };
            menu.push(line("link", Text::plain(text)));
            // A refused token has its own «try again» above.
            if snapshot.token.usable() {
                menu.push(action(MenuId::Retry, "menu-retry"));
            }
        }
    }
}

/// A right that is missing explains why something cannot work at all.
fn problem(menu: &mut Vec<MenuItem>, snapshot: &Snapshot) {
    let Some(problem) = &snapshot.problem else { return };
    match problem.failure.kind {
        FailureKind::ScopeMissing => {
            let scope = problem.failure.scope.clone();
            let text = scope.map_or_else(
                || Text::plain("menu-forbidden"),
                |scope| Text::new("menu-scope-missing", vec![("scope", Arg::Str(scope))]),
            );
            menu.push(line("problem", text));
            menu.push(action(MenuId::Connect, "menu-reconnect"));
        }
        FailureKind::RoleForbids | FailureKind::PlanForbids => {
            menu.push(line("problem", Text::plain("menu-forbidden")));
        }
        _ => {}
    }
}

fn extend(menu: &mut Vec<MenuItem>, snapshot: &Snapshot) {
    if snapshot.extensions.is_empty() {
        return;
    }
    let items = snapshot
        .extensions
        .iter()
        .map(|offer| {
            let until = ("until", Arg::When(offer.would_end.clone()));
            let text = match offer.extension {
                Extension::EndOfWorkday => Text::new("menu-extend-workday", vec![until]),
                Extension::Minutes { minutes } if minutes % 60 == 0 => Text::new(
                    "menu-extend-hours",
                    vec![("hours", Arg::Num(i64::from(minutes / 60))), until],
                ),
                Extension::Minutes { minutes } => Text::new(
                    "menu-extend-minutes",
                    vec![("minutes", Arg::Num(i64::from(minutes))), until],
                ),
            };
            MenuItem::Action { id: MenuId::Extend(offer.extension), text, enabled: true }
        })
        .collect();
    menu.push(MenuItem::Submenu {
        id: MenuId::Inert("extend"),
        text: Text::plain("menu-extend"),
        items,
    });
}

/// Presets marked for the tray get a line each, as many as fit; all others are one step away.
fn presets(menu: &mut Vec<MenuItem>, snapshot: &Snapshot) {
    let limit = usize::from(snapshot.settings.tray_limit);
    let (mut near, mut far) = (Vec::new(), Vec::new());
    for view in &snapshot.presets {
        let place = if view.preset.in_tray && near.len() < limit { &mut near } else { &mut far };
        place.push(preset(view));
    }
    menu.append(&mut near);
    if !far.is_empty() {
        menu.push(MenuItem::Submenu {
            id: MenuId::Inert("more"),
            text: Text::plain("menu-more"),
            items: far,
        });
    }
}

fn preset(view: &PresetView) -> MenuItem {
    let draft = &view.preset.draft;
    let mut args = named(&draft.emoji, &draft.title);
    let text = match (&view.would_end, draft.expiry) {
        (Some(end), _) => {
            args.push(("until", Arg::When(end.clone())));
            Text::new("menu-preset-until", args)
        }
        (None, Expiry::Never) => Text::new("menu-preset", args),
        // It asks for its date, or its date has passed: the window asks for another.
        (None, _) => Text::new("menu-preset-ask", args),
    };
    MenuItem::Check {
        id: MenuId::Preset(view.preset.id.clone()),
        text,
        checked: view.active,
        enabled: true,
    }
}
