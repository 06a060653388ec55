//! Everything that can happen, and everything that may be done about it: two closed enums.

use crate::{
    Account, AccountId, Draft, Extension, Failure, Notice, Outbox, Preset, PresetId, Recent,
    SavedSettings, SettingsPatch, Status, Text, TokenState,
};

/// Ties an answer to its request; answers to older tickets are ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Ticket(pub u64);

/// A page of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// Compose, set, clear.
    Status,
    /// Saved statuses.
    Presets,
    /// Who colleagues see, with the avatar.
    Profile,
    /// Token and scopes; the connect form without an account.
    Account,
    /// Preferences.
    Preferences,
    /// Why does it not work?
    Diagnostics,
}

/// Why the server is asked now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FetchReason {
    /// The app started or an account was connected.
    Start,
    /// The computer woke up or the network came back.
    Woke,
    /// The window was opened or the person asked.
    Asked,
    /// The usual interval has passed.
    Interval,
    /// A status has just ended.
    Expired,
    /// Before a write is repeated or a waiting one is sent.
    Compare,
}

/// Everything that can happen.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "a handful are alive at a time; boxes would only hide what they hold"
)]
pub enum Action {
    // What a person does.
    /// Sets a preset; one that asks for a date opens the composer.
    ApplyPreset(PresetId),
    /// Sets what was composed.
    SetStatus(Draft),
    /// Clears the status.
    ClearStatus,
    /// Moves the end of the present status.
    Extend(Extension),
    /// Puts the previous status back, if ours is still there.
    Undo,
    /// Gives up what waits to be sent.
    CancelPending,
    /// Decides a conflict: `true` sends ours, `false` keeps theirs.
    ResolveConflict(bool),
    /// Tries again whatever does not work, because the person asked for it: reads the keyring again, has a
    /// refused token checked, or looks at the server and sends what waits.
    Retry,
    /// Looks at the server now, and sends what waits.
    Refresh(FetchReason),
    /// Hides the last problem.
    DismissProblem,
    /// Hides a notice.
    DismissNotice(Notice),
    /// The composer took over the draft of `Snapshot::compose`.
    ComposeTaken,
    /// Adds a preset or replaces the one with its id.
    SavePreset(Preset),
    /// Puts a copy right behind the original.
    DuplicatePreset(PresetId),
    /// Removes a preset; can be undone.
    DeletePreset(PresetId),
    /// Moves a preset to this place, counted from 0 after removal.
    MovePreset(PresetId, usize),
    /// Brings the presets back as they were before the last deletion, import or restore.
    UndoPresets,
    /// Returns to the default presets; can be undone.
    RestoreDefaultPresets,
    /// Adds checked presets from a file; those with a known id replace it; can be undone.
    ImportPresets(Vec<Preset>),
    /// Forgets a recent status.
    RemoveRecent(Recent),
    /// Changes some settings.
    ChangeSettings(SettingsPatch),

    // What was connected or found.
    /// The token store answered, or the server refused or accepted the token.
    TokenIs(TokenState),
    /// A token was accepted: this is its owner. `outbox` is what their file held.
    Connected {
        /// The owner.
        account: Account,
        /// Where the token is.
        token: TokenState,
        /// What their outbox file held.
        outbox: Outbox,
    },
    /// The token was checked again: name and scopes as they are now.
    AccountIs(Account),
    /// Whose token it is could not be asked, for this reason.
    NotReached(crate::FailureKind),
    /// The person disconnected, or changed the server.
    Disconnected,

    // What was answered.
    /// The server's status.
    StatusFetched(Ticket, Result<Option<Status>, Failure>),
    /// The answer to a write: the status as the server now shows it.
    StatusWritten(Ticket, Result<Option<Status>, Failure>),
    /// The outbox with the intent of this id is on disk, or could not be written.
    OutboxSaved {
        /// Id of the newest intent in it.
        id: u64,
        /// Whether it is on disk.
        saved: bool,
    },
    /// Something about this computer.
    Noticed(Notice),
    /// That is over.
    NoticeOver(Notice),

    // The clock and the world.
    /// The moment of [`crate::State::next_deadline`] has come.
    Tick,
    /// The computer woke up, the clock jumped, or the network changed.
    Woke,
    /// The system's language, hour style or zone changed.
    LocaleChanged(crate::Locale),
}

/// A notification to show, if the person wants that kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// First line.
    pub title: Text,
    /// The rest.
    pub body: Text,
    /// Page its click opens.
    pub page: Page,
}

/// Everything that may be done. Performed in order, results come back as [`Action`]s.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "a handful are alive at a time; boxes would only hide what they hold"
)]
pub enum Effect {
    /// `GET /profile/status`.
    FetchStatus(Ticket),
    /// `PUT /profile/status`.
    PutStatus(Ticket, Status),
    /// `DELETE /profile/status`.
    DeleteStatus(Ticket),
    /// Write the account's outbox file; answered with [`Action::OutboxSaved`].
    SaveOutbox(AccountId, Outbox),
    /// Write the settings file.
    SaveSettings(Box<SavedSettings>),
    /// Ask `GET /oauth/token/info` (and the profile, for the name): the server refused the token, or scopes may have changed.
    CheckToken,
    /// Read the keyring again.
    ReloadToken,
    /// Register or remove the start at login.
    ApplyStartAtLogin(bool),
    /// Register these global shortcuts instead of the present ones: open the window, clear the status.
    ApplyShortcuts {
        /// Opens the window.
        open: Option<String>,
        /// Clears the status.
        clear: Option<String>,
    },
    /// Show a notification.
    Notify(Notification),
    /// Open the window on this page.
    OpenWindow(Page),
    /// The server address changed: drop the token from memory and ask to connect again.
    ForgetConnection,
}
