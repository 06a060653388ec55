//! What an engine is started with.

use std::{path::PathBuf, sync::Arc};

use status_core::Locale;

use crate::{clock::Clock, credentials::CredentialStore};

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
    pub store: Arc<dyn CredentialStore>,
    pub locale: Locale,
    /// Name and version of the parts, for the diagnostics: app, operating system, desktop, web view.
    pub versions: Vec<(String, String)>,
    /// [`Clock::system`] outside tests.
    pub clock: Clock,
}
