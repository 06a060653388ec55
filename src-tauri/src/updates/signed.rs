//! Tauri's updater, behind our own doors: the page can neither choose where to look nor what to install.

use std::{
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

#[cfg(target_os = "linux")]
use status_app::platform::appimage;
use status_app::{executor, sync::lock};
use status_runtime::{ErrorCode, IpcError, UpdateView, UpdatesView};
use tauri::{AppHandle, Builder, Context, Manager, Wry, utils::platform::bundle_type};
use tauri_plugin_updater::{Error, Update, UpdaterExt};
use tokio::sync::Notify;

use super::offer::{self, Installed};
use crate::channel::Channel;

/// The name of its part in `tauri.conf.json`. Without that part (the release workflow adds it when there is a signing
/// key) nothing is offered.
const CONFIGURED: &str = "updater";

/// Longest wait for the list of versions.
const PATIENCE: Duration = Duration::from_secs(30);

/// Longest wait for a package, and its largest size in bytes: several times those of ours.
const FETCH: Duration = Duration::from_mins(30);
const LARGEST: u64 = 256 * 1024 * 1024;

/// What is known about newer versions.
pub(crate) struct Updates {
    offered: bool,
    /// What can be installed, and what is told of it.
    found: Mutex<Option<Update>>,
    known: Mutex<Option<UpdateView>>,
    installing: AtomicBool,
}

/// Adds the updater, if this copy of the program may use it.
pub(crate) fn prepare(mut builder: Builder<Wry>, context: &mut Context) -> Builder<Wry> {
    let plugins = &mut context.config_mut().plugins.0;
    // The tests bring a key and a server of their own. Nobody else's key is taken in a program that is released.
    #[cfg(debug_assertions)]
    if let Some(config) = std::env::var("PACHCA_UPDATES").ok().and_then(|text| text.parse().ok()) {
        plugins.insert(CONFIGURED.to_owned(), config);
    }
    let configured = plugins
        .get(CONFIGURED)
        .is_some_and(|config| config["pubkey"].as_str().is_some_and(|key| !key.is_empty()));
    let offered = offer::is_made(&Installed {
        configured,
        bundle: bundle_type(),
        #[cfg(target_os = "linux")]
        image: appimage::file().is_some(),
        #[cfg(not(target_os = "linux"))]
        image: false,
        looked_after: is_looked_after(),
    });
    if offered {
        builder = builder.plugin(tauri_plugin_updater::Builder::new().build());
    }
    builder.manage(Updates {
        offered,
        found: Mutex::default(),
        known: Mutex::default(),
        installing: AtomicBool::default(),
    })
}

/// Signs of a package manager that the bundler cannot know of.
fn is_looked_after() -> bool {
    let set = |name| std::env::var_os(name).is_some();
    let casks = ["/opt/homebrew/Caskroom/pachca-status", "/usr/local/Caskroom/pachca-status"];
    Path::new("/.flatpak-info").exists()
        || (cfg!(target_os = "linux") && set("SNAP"))
        || (cfg!(target_os = "macos") && casks.iter().any(|cask| Path::new(cask).exists()))
}

/// Takes over what was found before there was a window.
pub(crate) fn know(app: &AppHandle, found: Option<UpdateView>) {
    if found.is_some() {
        *lock(&app.state::<Updates>().known) = found;
    }
}

/// What is known, without asking anybody.
pub(crate) fn view(app: &AppHandle) -> UpdatesView {
    let updates = app.state::<Updates>();
    let found = lock(&updates.known).clone();
    UpdatesView { offered: updates.offered, found }
}

/// Asks whether there is a newer version.
pub(crate) async fn look(app: &AppHandle) -> Result<UpdatesView, IpcError> {
    let updates = app.state::<Updates>();
    if !updates.offered {
        return Err(ErrorCode::NothingThere.into());
    }
    let ending = app.clone();
    let asked = app
        .updater_builder()
        .timeout(PATIENCE)
        // Neither the list nor the package, nor where a redirect leads.
        .configure_client(|client| client.https_only(true))
        // Windows: the installer takes over from here, and the process ends.
        .on_before_exit(move || {
            ending.state::<Channel>().flush();
            ending.cleanup_before_exit();
        })
        .build()
        .map_err(failed)?;
    let found = asked.check().await.map_err(failed)?;
    if found.as_ref().is_some_and(|update| update.download_url.scheme() != "https") {
        return Err(IpcError::with_detail(ErrorCode::UpdateFailed, "no https"));
    }
    *lock(&updates.known) = found.as_ref().map(|update| UpdateView {
        version: update.version.clone(),
        notes: update.body.clone().unwrap_or_default(),
    });
    *lock(&updates.found) = found;
    Ok(view(app))
}

/// Fetches the version that was found, checks its signature, puts it in place of this one and starts it.
pub(crate) async fn install(app: &AppHandle) -> Result<(), IpcError> {
    let updates = app.state::<Updates>();
    if lock(&updates.found).is_none() && lock(&updates.known).is_some() {
        // It was found before this window was opened, and only its name is known here.
        look(app).await?;
    }
    let found = lock(&updates.found).clone();
    let update = found.ok_or(ErrorCode::NothingThere)?;
    if updates.installing.swap(true, Ordering::Relaxed) {
        return Err(ErrorCode::Cancelled.into());
    }
    let installed = replace(update).await;
    updates.installing.store(false, Ordering::Relaxed);
    installed?;
    app.state::<Channel>().replaced();
    Ok(())
}

async fn replace(mut update: Update) -> Result<(), IpcError> {
    update.timeout = Some(FETCH);
    let (mut size, too_much) = (0, Notify::new());
    let count = |piece: usize, announced: Option<u64>| {
        size += piece as u64;
        if size.max(announced.unwrap_or_default()) > LARGEST {
            too_much.notify_one();
        }
    };
    let bytes = tokio::select! {
        biased;
        () = too_much.notified() => {
            return Err(IpcError::with_detail(ErrorCode::UpdateFailed, "too large"));
        }
        bytes = update.download(count, || {}) => bytes.map_err(failed)?,
    };
    // Unpacks and moves files, and on Windows waits for ours to be on disk.
    let placed = executor::spawn_blocking(move || update.install(bytes)).await;
    placed.map_err(|_| ErrorCode::Ending)?.map_err(failed)
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn failed(error: Error) -> IpcError {
    let code = match error {
        Error::Minisign(_)
        | Error::Base64(_)
        | Error::SignatureUtf8(_)
        | Error::SignedVersionMismatch { .. }
        | Error::MissingSignedVersion => ErrorCode::UpdateUntrusted,
        _ => ErrorCode::UpdateFailed,
    };
    IpcError::with_detail(code, error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_signature_is_told_apart_from_a_bad_network() {
        let mismatch =
            Error::SignedVersionMismatch { signed: "1.0.0".into(), announced: "9.0.0".into() };
        assert_eq!(failed(mismatch).code, ErrorCode::UpdateUntrusted);
        assert_eq!(failed(Error::MissingSignedVersion).code, ErrorCode::UpdateUntrusted);
        assert_eq!(failed(Error::ReleaseNotFound).code, ErrorCode::UpdateFailed);
    }
}
