//! What crosses to the window besides the core's snapshot. Bindings are generated from here.

use serde::{Deserialize, Serialize};
use status_core::{AccountId, FailureKind, TokenState, When};

/// Every way a request of the window can fail. Each has a sentence `error-<code>` in `locales`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// No account is connected.
    NotConnected,
    /// The server or the network failed: `failure` has the kind, whose sentence is `failure-<kind>`.
    Failure,
    /// The pasted text cannot be a token: empty, inner white space, not ASCII, over 512 characters.
    TokenMalformed,
    /// The pasted text has a character inside that cannot be seen, such as a zero-width space.
    TokenInvisible,
    /// The address is not `https` (or `http` to this computer), or not an address at all.
    ServerAddressInvalid,
    /// The keyring is locked, refused, or absent; the token was not kept. `token` says which.
    KeyringUnavailable,
    /// The token could not be removed from the keyring.
    KeyringNotRemoved,
    /// The file is not a picture of a kind we read.
    PictureUnknown,
    /// HEIC, SVG, AVIF, PDF and the like, by name.
    PictureKindRefused,
    /// Over the limit of bytes or pixels.
    PictureTooLarge,
    /// A picture by its first bytes, but broken further on.
    PictureBroken,
    /// The file could not be read.
    FileUnreadable,
    /// The file could not be written.
    FileUnwritable,
    /// The imported file is not a list of presets; `detail` has line and column.
    ImportNotPresets,
    /// One entry is wrong; `detail` names it. Nothing was imported.
    ImportEntryInvalid,
    /// The import would go over the limit of presets.
    ImportTooMany,
    /// The status cannot be set; `detail` says why.
    StatusInvalid,
    /// The preset cannot be kept; `detail` says why.
    PresetInvalid,
    /// There would be more presets than are kept.
    PresetsFull,
    /// The link is not one we open (only `https`, no user name in it, at most 2048 characters).
    LinkRefused,
    /// Nothing to do it with: no picture chosen, nothing to undo, no such preset.
    NothingThere,
    /// The person stopped it.
    Cancelled,
    /// The shortcut is taken, malformed, or the desktop has none.
    ShortcutUnavailable,
    /// Start at login could not be changed.
    AutostartFailed,
    /// The newer version could not be looked up, fetched or put in place; `detail` says what stopped it.
    UpdateFailed,
    /// What was fetched is not signed by whoever makes this program. Nothing was changed.
    UpdateUntrusted,
    Ending,
}

/// An error as the window gets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct IpcError {
    /// What happened.
    pub code: ErrorCode,
    /// For [`ErrorCode::Failure`].
    pub failure: Option<Box<status_core::Failure>>,
    /// Something to show as it is: a path, a line and column, the kind of a refused picture.
    pub detail: Option<String>,
    /// For the keyring codes.
    pub token: Option<TokenState>,
}

impl IpcError {
    /// An error with something to show as it is.
    pub fn with_detail(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..code.into() }
    }

    /// An error of the keyring.
    pub fn with_token(code: ErrorCode, token: TokenState) -> Self {
        Self { token: Some(token), ..code.into() }
    }
}

impl From<ErrorCode> for IpcError {
    fn from(code: ErrorCode) -> Self {
        Self { code, failure: None, detail: None, token: None }
    }
}

impl From<status_core::Failure> for IpcError {
    fn from(failure: status_core::Failure) -> Self {
        Self { failure: Some(Box::new(failure)), ..ErrorCode::Failure.into() }
    }
}

/// How a value of a custom field is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// As it is.
    Text,
    /// A number, grouped for the locale if it is one.
    Number,
    /// An ISO date, in the person's format if it is one.
    Date,
    /// Opens only if it is `https`, after showing where it leads.
    Link,
}

/// A custom field: definition and value joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct CustomField {
    /// The definition's id.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub id: i64,
    pub name: String,
    /// Its kind; a kind unknown to us is text.
    pub kind: FieldKind,
    /// `None` and empty are shown as «not filled in».
    pub value: Option<String>,
}

/// Everything `GET /profile` returns, with the custom fields joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[allow(clippy::struct_excessive_bools, reason = "each is one fact of the profile")]
pub struct ProfileView {
    /// User id.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub id: i64,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    /// User name.
    pub nickname: String,
    /// E-mail.
    pub email: Option<String>,
    pub phone_number: Option<String>,
    pub department: Option<String>,
    /// Job title.
    pub title: Option<String>,
    /// `admin`, `user`, `multi_guest`, `guest`, or something newer, as the server names it.
    pub role: String,
    /// Deactivated.
    pub suspended: bool,
    /// `confirmed`, `sent`, or something newer.
    pub invite_status: String,
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub inviter_id: Option<i64>,
    pub tags: Vec<String>,
    /// Custom fields: every definition, with or without a value, then values without a definition.
    pub custom_fields: Vec<CustomField>,
    /// The definitions could not be read for want of `custom_properties:read`: only filled fields are listed.
    pub definitions_missing: bool,
    pub bot: bool,
    /// Signs in by SSO.
    pub sso: bool,
    /// ISO 8601, UTC.
    pub created_at: String,
    /// ISO 8601, UTC.
    pub last_activity_at: Option<String>,
    /// IANA zone.
    pub time_zone: Option<String>,
    /// This computer's IANA zone, when it is another one with another offset now.
    pub computer_zone_differs: Option<String>,
    pub has_avatar: bool,
}

/// The token as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct TokenView {
    /// As the server masks it: first 8 and last 4 characters.
    pub masked: String,
    /// Its name; bots' tokens have none.
    pub name: Option<String>,
    /// Whose it is.
    pub account: AccountId,
    /// Every scope it carries.
    pub scopes: Vec<String>,
    /// ISO 8601, UTC.
    pub created_at: String,
    /// ISO 8601, UTC; moves at most once an hour.
    pub last_used_at: Option<String>,
    /// Seconds it still lives; `None` for ever.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub expires_in: Option<i64>,
    /// Those of them that this product has no use for (e.g. reading messages): worth a smaller token.
    pub unneeded_scopes: Vec<String>,
    /// Where it is.
    pub state: TokenState,
    /// The keyring's name on this system: `Secret Service`, `Keychain`, `Credential Manager`.
    pub store: String,
}

/// A picture ready for cropping. The pixels stay in Rust; the window gets a preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct PictureView {
    /// Names it in [`Crop`]; a newer picture makes older ones invalid.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub id: u64,
    /// Width of the upright picture, pixels.
    pub width: u32,
    /// Height of the upright picture, pixels.
    pub height: u32,
    /// `data:image/…;base64,…` of it, at most 1600 pixels a side.
    pub preview: String,
    /// It was an animation: only the first frame is used.
    pub was_animated: bool,
}

/// The square to cut out, in pixels of the upright picture.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct Crop {
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub picture: u64,
    /// Left edge.
    pub x: u32,
    /// Top edge.
    pub y: u32,
    /// Side of the square.
    pub size: u32,
}

/// How far an upload is; sent as the event `upload`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct UploadProgress {
    /// Bytes handed to the network.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub sent: u64,
    /// Bytes in all.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub total: u64,
}

/// A newer version of the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct UpdateView {
    /// Its number.
    pub version: String,
    /// What is new in it, as its makers wrote it; text, not markup.
    pub notes: String,
}

/// Whether the program may replace itself, and with what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct UpdatesView {
    /// `false`: no key is built in, or a package manager looks after this copy. There is nothing to show then.
    pub offered: bool,
    /// The newer version that was found last; `None` while there is none or nobody looked.
    pub found: Option<UpdateView>,
}

/// The avatar as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct AvatarView {
    /// `data:image/…;base64,…`; `None` without an avatar.
    pub image: Option<String>,
    /// The previous one can be put back.
    pub can_undo: bool,
}

/// What the check of a server address found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ServerCheck {
    /// The address as it would be used.
    pub address: String,
    /// Milliseconds to the answer.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub milliseconds: u64,
}

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ImportReport {
    /// Presets that were new.
    pub added: usize,
    /// Presets that replaced one with their id.
    pub replaced: usize,
}

/// How one line of the diagnostics turned out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// As it should be.
    Good,
    /// Works, with a limitation.
    Limited,
    /// Does not work.
    Bad,
    /// Not known yet.
    Unknown,
}

/// One line of the diagnostics; its words are `diagnostics-<id>` and `diagnostics-<id>-<outcome>` in `locales`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct DiagnosticLine {
    /// `network`, `server`, `token`, `scopes`, `keyring`, `tray`, `files`, `clock`.
    pub id: String,
    /// How it turned out.
    pub verdict: Verdict,
    /// Names the sentence that says what was found and what to do.
    pub outcome: String,
    /// Something to show as it is: an address, a version, missing scopes.
    pub detail: Option<String>,
}

/// One request, as the diagnostics and the report show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct RequestLine {
    /// `GET`, `PUT`, `DELETE`.
    pub method: String,
    /// Path below the base address.
    pub path: String,
    /// HTTP status; `None` without an answer.
    pub status: Option<u16>,
    /// What failed, without an answer.
    pub failure: Option<FailureKind>,
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub milliseconds: u64,
    /// `x-request-id`.
    pub request_id: Option<String>,
    /// When it was sent.
    pub at: When,
}

/// «Why does it not work?» on one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Diagnostics {
    /// The lines, in the order of dependence.
    pub lines: Vec<DiagnosticLine>,
    /// The last ten requests, newest first.
    pub requests: Vec<RequestLine>,
    /// Name and version: app, operating system, desktop, web view.
    pub versions: Vec<(String, String)>,
}
