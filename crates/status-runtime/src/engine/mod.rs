//! The engine: one task owns the state, everybody else sends it actions and looks at its snapshots.

mod run;
mod shared;
mod start;
mod timer;
mod world;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use status_core::{Action, Draft, DraftPreview, Locale, SettingsPatch, Snapshot};
use tokio::sync::oneshot;

pub(crate) use self::shared::{Connection, Message, Previous, Shared, lock, user_agent};
use crate::{
    AvatarView, Clock, Crop, Diagnostics, ErrorCode, Host, ImportReport, IpcError, PictureView,
    ProfileView, ServerCheck, TokenStore, TokenView, effects,
};

/// What an engine is started with.
pub struct EngineOptions {
    /// Folder of the settings file; made when it is not there.
    pub config_dir: PathBuf,
    /// Folder of the outbox and of the log; made when it is not there.
    pub state_dir: PathBuf,
    /// `PACHCA_API_URL`: base address for this run, over the one in the settings.
    pub api_url: Option<String>,
    /// `PACHCA_TOKEN`: token for this run, never stored.
    pub token: Option<String>,
    /// Where tokens are kept.
    pub store: Arc<dyn TokenStore>,
    /// How the person's system writes things.
    pub locale: Locale,
    /// Name and version of the parts, for the diagnostics: app, operating system, desktop, web view.
    pub versions: Vec<(String, String)>,
    /// The clocks; [`Clock::system`] outside tests.
    pub clock: Clock,
}

/// A running engine. Clones share it; it ends when the last one is dropped.
#[derive(Clone)]
pub struct Engine {
    shared: Arc<Shared>,
}

impl Engine {
    /// Reads the files and starts the loop on `runtime`. Returns at once: the keyring and the network answer later.
    pub fn start(
        options: EngineOptions,
        host: Arc<dyn Host>,
        runtime: &tokio::runtime::Handle,
    ) -> Self {
        Self { shared: start::start(options, host, runtime) }
    }

    /// Tells the engine what happened. Never blocks.
    pub fn send(&self, action: Action) {
        self.shared.send(action);
    }

    /// What the views show now. Never blocks.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.shared.snapshot()
    }

    /// Waits until everything sent before was taken up. Before [`Engine::flush`], so that the last click is on disk too.
    pub async fn settle(&self) {
        let (answer, settled) = oneshot::channel();
        self.shared.tell(Message::Settle(answer));
        // An error: the loop has ended, and takes up nothing any more.
        let _ = settled.await;
    }

    /// Waits until everything that was to be written is on disk, at most this long. Blocks: for the way out only.
    pub fn flush(&self, at_most: Duration) -> bool {
        self.shared.writer.flush(at_most)
    }

    /// Adds the version of a part that is known only later, such as the web view's.
    pub fn add_version(&self, name: &str, version: &str) {
        self.shared.add_version(name, version);
    }

    /// What a draft would come to if it were set now.
    pub async fn preview_draft(&self, draft: Draft) -> Result<DraftPreview, IpcError> {
        let (answer, preview) = oneshot::channel();
        self.shared.tell(Message::Preview(Box::new(draft), answer));
        preview.await.map_err(|_| ErrorCode::Ending.into())
    }

    /// Checks the token, stores it, and connects its owner. Without a keyring the token is kept only with `session_only`.
    pub async fn connect(&self, token: String, session_only: bool) -> Result<TokenView, IpcError> {
        effects::connect(&self.shared, token, session_only).await
    }

    /// Removes the token from the keyring and from memory. On failure the account stays connected.
    pub async fn disconnect(&self) -> Result<(), IpcError> {
        effects::disconnect(&self.shared).await
    }

    /// Reads the keyring again; the system may ask the person to unlock it.
    pub async fn retry_keyring(&self) -> Result<(), IpcError> {
        effects::retry_keyring(&self.shared).await
    }

    /// The token as it may be shown, fresh from the server.
    pub async fn token_info(&self) -> Result<TokenView, IpcError> {
        effects::token_view(&self.shared).await
    }

    /// The profile with its custom fields.
    pub async fn profile(&self) -> Result<ProfileView, IpcError> {
        effects::profile(&self.shared).await
    }

    /// The avatar as it is on the server.
    pub async fn avatar(&self) -> Result<AvatarView, IpcError> {
        effects::avatar(&self.shared).await
    }

    /// Takes in a picture from memory: dropped or pasted.
    pub async fn load_picture(&self, bytes: Vec<u8>) -> Result<PictureView, IpcError> {
        effects::load_picture(&self.shared, bytes).await
    }

    /// Takes in a picture from a file the person chose.
    pub async fn open_picture(&self, path: &Path) -> Result<PictureView, IpcError> {
        effects::open_picture(&self.shared, path).await
    }

    /// Cuts the square out of the picture taken in last and makes it the avatar. Progress goes to [`Host::upload_progress`].
    pub async fn upload_avatar(&self, crop: Crop) -> Result<AvatarView, IpcError> {
        effects::upload_avatar(&self.shared, crop).await
    }

    /// Stops a running upload; it answers [`ErrorCode::Cancelled`].
    pub fn cancel_upload(&self) {
        effects::cancel_upload(&self.shared);
    }

    /// Removes the avatar; [`Engine::undo_avatar`] puts it back.
    pub async fn remove_avatar(&self) -> Result<AvatarView, IpcError> {
        effects::remove_avatar(&self.shared).await
    }

    /// Puts the previous avatar back.
    pub async fn undo_avatar(&self) -> Result<AvatarView, IpcError> {
        effects::undo_avatar(&self.shared).await
    }

    /// Asks whether there is a Pachca API at this address.
    pub async fn check_server(&self, address: &str) -> Result<ServerCheck, IpcError> {
        effects::check_server(address).await
    }

    /// Changes settings. What the system refuses (a shortcut, start at login) is not changed.
    pub async fn change_settings(&self, patch: SettingsPatch) -> Result<(), IpcError> {
        effects::change_settings(&self.shared, patch).await
    }

    /// Reads presets from a file and adds them all, or none when one is wrong.
    pub async fn import_presets(&self, path: &Path) -> Result<ImportReport, IpcError> {
        effects::import_presets(&self.shared, path).await
    }

    /// Writes the presets to a file.
    pub async fn export_presets(&self, path: &Path) -> Result<(), IpcError> {
        effects::export_presets(&self.shared, path).await
    }

    /// «Why does it not work?»
    pub async fn diagnostics(&self) -> Diagnostics {
        effects::diagnostics(&self.shared).await
    }

    /// The diagnostics as text to send to somebody: no token, no name, no address of the person's own.
    pub async fn diagnostics_report(&self) -> String {
        effects::diagnostics_report(&self.shared).await
    }

    /// The host a link leads to, in ASCII. Refuses everything but `https` without a user name, up to 2048 characters.
    pub fn inspect_link(url: &str) -> Result<String, IpcError> {
        effects::inspect_link(url).map(|link| link.host)
    }

    /// The address to hand to the system's browser, after the same check.
    pub fn checked_link(url: &str) -> Result<String, IpcError> {
        effects::inspect_link(url).map(|link| link.address)
    }
}
