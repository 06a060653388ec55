//! Everything that can happen, and everything that may be done about it: two closed enums.

use crate::cause::Cause;
use crate::draft::{Draft, DraftPreview};
use crate::expiry::Extension;
use crate::failure::{Failure, FailureKind};
use crate::locale::Locale;
use crate::outbox::Outbox;
use crate::page::Page;
use crate::preset::{EntryFault, Preset, PresetId};
use crate::request::{RequestId, Ticket};
use crate::saved::{Recent, SavedSettings};
use crate::settings::SettingsPatch;
use crate::snapshot::Notice;
use crate::status::{Invalid, Status};
use crate::text::Text;
use crate::token::{Account, AccountId, TokenState};

/// What somebody wants done.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Sets a preset; one that asks for a date opens the composer.
    ApplyPreset(PresetId),
    SetStatus(Draft),
    ClearStatus,
    /// Moves the end of the present status.
    Extend(Extension),
    /// Puts the previous status back, if ours is still there.
    Undo,
    /// Gives up what waits to be sent.
    CancelPending,
    ResolveConflict(Resolution),
    /// Tries again whatever does not work, because the person asked for it: reads the keyring again, has a
    /// refused token checked, sends a refused status once more, or asks the server and sends what waits.
    Retry,
    /// Asks the server now, and sends what waits.
    Refresh,
    DismissProblem,
    DismissNotice(Notice),
    /// The composer took over the draft of `Snapshot::compose`.
    ComposeTaken,
    /// Adds a preset or replaces the one with its id.
    SavePreset(Preset),
    /// Puts a copy right behind the original.
    DuplicatePreset(PresetId),
    /// Can be undone, like the next two.
    DeletePreset(PresetId),
    RestoreDefaultPresets,
    /// Adds presets from a file; those with a known id replace it. All or nothing.
    ImportPresets(Vec<Preset>),
    /// Moves a preset to this place, counted from 0 after removal.
    MovePreset(PresetId, usize),
    /// Brings the presets back as they were before the last deletion, import or restore.
    UndoPresets,
    RemoveRecent(Recent),
    ChangeSettings(SettingsPatch),
    /// What a draft would come to if it were set now.
    Preview(Draft),
    /// Changes nothing: answered when everything sent before was taken up.
    Sync,
}

/// How a conflict is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    /// Ours is sent over what the server shows.
    Ours,
    /// What the server shows stays.
    Theirs,
}

/// What became of a [`Command`]. At most one that is not final comes first.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Carried out; nothing has to be sent for it.
    Done,
    Preview(Box<DraftPreview>),
    /// Nothing to do it to: nothing to extend, undo, cancel or decide.
    NothingToDo,
    /// The draft cannot be set, for these reasons in the order of its fields.
    Invalid(Vec<Invalid>),
    PresetInvalid(EntryFault),
    NoSuchPreset,
    /// It would go over the limit of presets.
    Full,
    /// The preset asks for a date.
    NeedsDate,
    NotConnected,
    /// The system refused a setting; nothing was changed.
    SettingRefused(SettingRefused),
    /// Not final: kept, and sent when that becomes possible.
    Queued,
    /// Not final: on its way.
    Sending,
    /// The server shows it.
    Confirmed,
    /// The server refused it.
    Refused(Failure),
    /// The status was changed elsewhere, or it has waited for long: the person decides.
    Conflict,
    /// Something newer took its place.
    Superseded,
    Cancelled,
    /// Its end passed before it could be sent.
    Expired,
}

impl Outcome {
    /// Whether another one follows.
    pub fn is_final(&self) -> bool {
        !matches!(self, Self::Queued | Self::Sending)
    }
}

/// What the system refused, and in which words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingRefused {
    /// In the system's own words.
    StartAtLogin(String),
    /// The accelerator that was refused.
    Shortcut(String),
}

/// Everything that can happen.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "a handful are alive at a time; boxes would only hide what they hold"
)]
pub enum Action {
    /// Somebody wants something.
    Do {
        command: Command,
        /// Whose status it is about; `None` for the account that is shown.
        account: Option<AccountId>,
        cause: Cause,
        /// Whoever waits for the outcome.
        reply: Option<RequestId>,
    },

    // What was connected or found.
    /// How things stand with a token; `None` while it is not known whose it is.
    TokenIs(Option<AccountId>, TokenState),
    /// A token was accepted: this is its owner.
    Connected {
        account: Account,
        /// Where the token is.
        token: TokenState,
        /// Base address of the API, when it is not Pachca's own.
        server: Option<String>,
        /// What the account's outbox file held.
        outbox: Outbox,
    },
    /// The token was checked: name and scopes as they are now.
    AccountIs(Account),
    /// The check of a token got no answer.
    TokenUnchecked(AccountId),
    /// Whose token it is could not be asked, for this reason.
    NotReached(FailureKind),
    Disconnected(AccountId),
    /// A secret of this account is about to be stored in the keyring.
    SecretStoring(AccountId),
    /// The keyring holds nothing of this account any more.
    SecretRemoved(AccountId),

    // What was answered.
    /// The server's status.
    StatusFetched(Ticket, Result<Option<Status>, Failure>),
    /// The answer to a write: the status as the server now shows it.
    StatusWritten(Ticket, Result<Option<Status>, Failure>),
    /// The outbox with the intent of this id is on disk, or could not be written.
    OutboxSaved {
        account: AccountId,
        id: u64,
        saved: bool,
    },
    /// The system took the settings of [`Effect::ApplySettings`], or refused one.
    SettingsApplied {
        id: u64,
        result: Result<(), SettingRefused>,
    },
    /// Something about this computer.
    Noticed(Notice),
    /// That is over.
    NoticeOver(Notice),

    // The clock and the computer.
    /// The moment of [`crate::State::next_deadline`] has come.
    Tick,
    /// The computer woke up, the clock jumped, or the network changed.
    Woke,
    /// The system's language or hour style changed.
    LocaleChanged(Locale),
}

impl Action {
    /// A person wants this of the account that is shown, and nobody waits for the outcome.
    pub fn person(command: Command) -> Self {
        Self::Do { command, account: None, cause: Cause::Person, reply: None }
    }
}

/// A notification to show, if the person wants that kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    pub title: Text,
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
    FetchStatus(AccountId, Ticket),
    /// `PUT /profile/status`. No attempt leaves once the status has ended.
    PutStatus(AccountId, Ticket, Status),
    /// `DELETE /profile/status`.
    DeleteStatus(AccountId, Ticket),
    /// End this request now; its answer is not waited for any more.
    CallOff(Ticket),
    /// Write the account's outbox file; answered with [`Action::OutboxSaved`].
    SaveOutbox(AccountId, Outbox),
    SaveSettings(Box<SavedSettings>),
    /// Ask `GET /oauth/token/info` (and the profile, for the name): the server refused the token, or scopes may have
    /// changed. Answered with `AccountIs`, `TokenIs` or `TokenUnchecked`.
    CheckToken(AccountId),
    /// Read the keyring again; `None` asks again whose token the environment's is.
    ReloadToken(Option<AccountId>),
    /// Drop the connection of this account and remove its token from the keyring.
    ForgetAccount(AccountId),
    /// Hand these settings to the system; answered with [`Action::SettingsApplied`].
    ApplySettings {
        id: u64,
        start_at_login: Option<bool>,
        /// The global shortcuts instead of the present ones: open the window, clear the status.
        shortcuts: Option<(Option<String>, Option<String>)>,
    },
    Notify(Notification),
    OpenWindow(Page),
    /// Tell whoever waits what became of their request.
    Reply(RequestId, Outcome),
}
