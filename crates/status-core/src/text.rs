//! Sentences as values: which one, and what goes into it. `locales` has the words.

use serde::Serialize;

use crate::when::When;

/// A language the product speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// Russian.
    Ru,
    /// English.
    En,
}

/// What goes into a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// Words from outside; rendered with bidi isolation.
    Str(String),
    /// A number, for plural forms.
    Num(i64),
    /// A moment; rendered with the message `when` (or `until`, when the argument is named `until`).
    When(When),
}

/// A sentence of `locales/*.ftl`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The message's id.
    pub id: &'static str,
    /// Its arguments.
    pub args: Vec<(&'static str, Arg)>,
}

impl Text {
    /// A sentence with its arguments.
    pub(crate) fn new(id: &'static str, args: Vec<(&'static str, Arg)>) -> Self {
        debug_assert!(
            TEXTS.iter().any(|(known, names)| {
                *known == id
                    && names.len() == args.len()
                    && names.iter().all(|name| args.iter().any(|(n, _)| n == name))
            }),
            "`{id}` is not in TEXTS with these arguments: {args:?}"
        );
        Self { id, args }
    }

    /// A sentence without arguments.
    pub(crate) fn plain(id: &'static str) -> Self {
        Self::new(id, Vec::new())
    }
}

const STATUS: &[&str] = &["emoji", "title"];
const STATUS_UNTIL: &[&str] = &["emoji", "title", "until"];

/// Every sentence the core can say, with the names of its arguments: what `locales` has to have in each language.
pub const TEXTS: &[(&str, &[&str])] = &[
    ("tray-tooltip-not-connected", &[]),
    ("tray-tooltip-unknown", &[]),
    ("tray-tooltip-none", &[]),
    ("tray-tooltip-status", STATUS),
    ("tray-tooltip-status-until", STATUS_UNTIL),
    ("tray-tooltip-stale", STATUS),
    ("tray-tooltip-stale-none", &[]),
    ("tray-tooltip-sending", STATUS),
    ("tray-tooltip-sending-clear", &[]),
    ("tray-tooltip-waiting", STATUS),
    ("tray-tooltip-waiting-clear", &[]),
    ("tray-tooltip-refused", &[]),
    ("tray-tooltip-conflict", &[]),
    ("tray-tooltip-token", &[]),
    ("menu-current", STATUS),
    ("menu-current-until", STATUS_UNTIL),
    ("menu-current-none", &[]),
    ("menu-current-unknown", &[]),
    ("menu-seen", &["when"]),
    ("menu-sending", STATUS),
    ("menu-sending-clear", &[]),
    ("menu-waiting", STATUS),
    ("menu-waiting-until", STATUS_UNTIL),
    ("menu-waiting-clear", &[]),
    ("menu-refused", STATUS),
    ("menu-refused-clear", &[]),
    ("menu-cancel-pending", &[]),
    ("menu-dismiss-refused", &[]),
    ("menu-conflict", STATUS),
    ("menu-conflict-none", &[]),
    ("menu-conflict-unreadable", &[]),
    ("menu-conflict-late", STATUS),
    ("menu-conflict-late-clear", &[]),
    ("menu-apply-ours", STATUS),
    ("menu-apply-ours-clear", &[]),
    ("menu-keep-theirs", &[]),
    ("menu-link-offline", &[]),
    ("menu-link-timeout", &[]),
    ("menu-link-not-pachca", &[]),
    ("menu-link-tls", &[]),
    ("menu-link-server", &[]),
    ("menu-link-unexpected", &[]),
    ("menu-link-paused", &["until"]),
    ("menu-retry", &[]),
    ("menu-token-loading", &[]),
    ("menu-token-slow", &[]),
    ("menu-token-missing", &[]),
    ("menu-token-locked", &[]),
    ("menu-token-denied", &[]),
    ("menu-token-no-service", &[]),
    ("menu-token-several", &[]),
    ("menu-token-rejected", &[]),
    ("menu-connect", &[]),
    ("menu-reconnect", &[]),
    ("menu-scope-missing", &["scope"]),
    ("menu-forbidden", &[]),
    ("menu-extend", &[]),
    ("menu-extend-minutes", &["minutes", "until"]),
    ("menu-extend-hours", &["hours", "until"]),
    ("menu-extend-workday", &["until"]),
    ("menu-clear", &[]),
    ("menu-undo", STATUS),
    ("menu-undo-clear", &[]),
    ("menu-preset", STATUS),
    ("menu-preset-until", STATUS_UNTIL),
    ("menu-preset-ask", STATUS),
    ("menu-more", &[]),
    ("menu-custom", &[]),
    ("menu-avatar", &[]),
    ("menu-open", &[]),
    ("menu-settings", &[]),
    ("menu-quit", &[]),
    ("notification-conflict-title", &[]),
    ("notification-unreadable-title", &[]),
    ("notification-conflict-body", STATUS),
    ("notification-conflict-body-none", &[]),
    ("notification-late-title", &[]),
    ("notification-late-body", STATUS),
    ("notification-late-body-clear", &[]),
    ("notification-waited-title", &[]),
    ("notification-waited-body", &["title"]),
    ("notification-refused-title", &[]),
    ("notification-refused-body", STATUS),
    ("notification-refused-body-clear", &[]),
    ("notification-token-title", &[]),
    ("notification-token-body", &[]),
    ("notification-delivered-title", &[]),
    ("notification-delivered-body", STATUS),
    ("notification-delivered-body-clear", &[]),
    ("notification-expired-title", &[]),
    ("notification-expired-body", STATUS),
];
