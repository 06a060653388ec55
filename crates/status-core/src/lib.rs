//! The pure product: what a status is, when it ends, what is wanted and what is true.
//!
//! Nothing here does I/O, waits, or looks at a clock. [`update`] takes the one [`State`], one
//! [`Action`] and the [`Moment`] it happens at, and answers with [`Effect`]s for somebody else to
//! perform. Views are values: [`State::snapshot`] for the window, [`Tray::of`] for the tray.

mod action;
mod delivery;
mod draft;
mod expiry;
mod failure;
mod outbox;
pub mod preset;
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

pub use action::{Action, Effect, FetchReason, Notification, Page, Ticket};
pub use draft::{Draft, DraftPreview};
pub use expiry::{Expiry, Extension};
pub use failure::{Failure, FailureKind};
pub use outbox::{Intent, Outbox, Undo};
pub use preset::{EntryFault, ImportError, PRESETS_MAX, Preset, PresetId};
pub use settings::{
    CloseWindow, Language, Notifications, Recent, SavedSettings, Settings, SettingsPatch, Theme,
    WorkingHours,
};
pub use snapshot::{
    Conflict, ExtensionView, Link, Notice, Pending, PendingPhase, PresetView, Problem, ShownStatus,
    Snapshot, StatusView, UndoView,
};
pub use state::{Locale, Moment, State, Wording};
pub use status::{AWAY_MESSAGE_MAX, AwayMessage, Emoji, Invalid, Status, TITLE_MAX, Title};
pub use text::{Arg, Lang, TEXTS, Text};
pub use token::{Account, AccountId, Scope, TokenState};
pub use tray::{MenuId, MenuItem, NotAMenuId, Tray, TrayIcon};
pub use update::update;
pub use when::{Day, When};
