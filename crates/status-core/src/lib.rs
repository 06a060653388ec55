//! The pure product: what a status is, when it ends, what is asked for and what is true.
//!
//! Nothing here does I/O, waits, or looks at a clock. [`update`] takes the one [`State`], one
//! [`Action`] and the [`Moment`] it happens at, and answers with [`Effect`]s for somebody else to
//! perform. Views are values: [`State::snapshot`] for the window, [`Tray::of`] for the tray.

mod account;
mod action;
mod cause;
mod delivery;
mod draft;
mod expiry;
mod failure;
mod locale;
mod outbox;
mod page;
pub mod preset;
mod request;
mod saved;
mod settings;
mod snapshot;
mod state;
mod status;
mod text;
mod token;
mod tray;
mod update;
mod view;
mod when;
mod working_hours;

pub use action::{Action, Command, Effect, Notification, Outcome, Resolution, SettingRefused};
pub use cause::Cause;
pub use draft::{Draft, DraftPreview};
pub use expiry::{Expiry, Extension};
pub use failure::{Failure, FailureKind};
pub use locale::{Locale, Moment, Wording};
pub use outbox::{Baseline, Intent, Outbox, SavedPause, Undo, Written};
pub use page::Page;
pub use preset::{EntryFault, ImportError, PRESETS_MAX, Preset, PresetId};
pub use request::{RequestId, Ticket};
pub use saved::{Recent, SavedAccount, SavedSettings};
pub use settings::{CloseWindow, Language, Notifications, Settings, SettingsPatch, Theme};
pub use snapshot::{
    Conflict, ConflictReason, ExtensionView, Link, Notice, Pending, PendingPhase, PresetView,
    Problem, ShownStatus, Snapshot, StatusView, UndoView,
};
pub use state::State;
pub use status::{AWAY_MESSAGE_MAX, AwayMessage, Emoji, Invalid, Status, TITLE_MAX, Title};
pub use text::{Arg, Lang, TEXTS, Text};
pub use token::{Account, AccountId, Scope, TokenState};
pub use tray::{MenuId, MenuItem, NotAMenuId, Tray, TrayIcon};
pub use update::update;
pub use when::{Day, When};
pub use working_hours::WorkingHours;
