//! Tauri's updater, behind our own doors: the page can neither choose where to look nor what to install.

use std::{
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use status_core::Page;
use status_runtime::{ErrorCode, Host, IpcError, UpdateView, UpdatesView};
use tauri::{AppHandle, Builder, Context, Manager, Wry, utils::platform::bundle_type};
use tauri_plugin_updater::{Error, Update, UpdaterExt};
use tokio::sync::Notify;

use super::offer::{self, Installed};
use crate::{desktop, desktop::lock, quit};

/// The name of its part in `tauri.conf.json`. Without that part (the release workflow adds it when there is a signing
/// key) nothing is offered.
const CONFIGURED: &str = "updater";

/// Longest wait for the list of versions.
const PATIENCE: Duration = Duration::from_secs(30);

/// Longest wait for a package, and its largest size in bytes: several times those of ours.
const FETCH: Duration = Duration::from_mins(30);
const LARGEST: u64 = 256 * 1024 * 1024;

/// The first look after a start; a login has more urgent things to do.
const FIRST: Duration = Duration::from_mins(1);

/// How often it is time to think about it, and how often to look.
const TICK: Duration = Duration::from_hours(1);
const EVERY: Duration = Duration::from_hours(24);

/// What is known about newer versions.
pub(crate) struct Updates {
    offered: bool,
    found: Mutex<Option<Update>>,
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
        image: crate::appimage::file().is_some(),
        #[cfg(not(target_os = "linux"))]
        image: false,
        looked_after: is_looked_after(),
    });
    if offered {
        builder = builder.plugin(tauri_plugin_updater::Builder::new().build());
    }
    builder.manage(Updates { offered, found: Mutex::default(), installing: AtomicBool::default() })
}

/// Signs of a package manager that the bundler cannot know of.
fn is_looked_after() -> bool {
    let set = |name| std::env::var_os(name).is_some();
    let casks = ["/opt/homebrew/Caskroom/pachca-status", "/usr/local/Caskroom/pachca-status"];
    Path::new("/.flatpak-info").exists()
        || (cfg!(target_os = "linux") && set("SNAP"))
        || (cfg!(target_os = "macos") && casks.iter().any(|cask| Path::new(cask).exists()))
}

/// Looks once a day, while the person wants it, and says once when there is something.
pub(crate) async fn watch(app: AppHandle) {
    if !app.state::<Updates>().offered {
        return;
    }
    let start = tokio::time::Instant::now() + FIRST;
    let mut ticks = tokio::time::interval_at(start, TICK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let (mut last, mut told) = (None, None);
    loop {
        ticks.tick().await;
        let desktop = desktop::of(&app);
        let wanted = desktop.engine().snapshot().settings.look_for_updates;
        if !is_due(wanted, last, Instant::now()) {
            continue;
        }
        last = Some(Instant::now());
        match look(&app).await {
            Ok(UpdatesView { found: Some(found), .. }) if told.as_ref() != Some(&found.version) => {
                let words = desktop.words();
                let (title, body) =
                    (words.plain("shell-update-title"), words.plain("shell-update-body"));
                desktop.notify(&title, &body, Page::Preferences);
                told = Some(found.version);
            }
            Ok(_) => {}
            // Nobody is waiting; the next look is tomorrow's.
            Err(error) => log::info!("no newer version was looked up: {:?}", error.code),
        }
    }
}

fn is_due(wanted: bool, last: Option<Instant>, now: Instant) -> bool {
    wanted && last.is_none_or(|last| now.duration_since(last) >= EVERY)
}

/// What is known, without asking anybody.
pub(crate) fn view(updates: &Updates) -> UpdatesView {
    let found = lock(&updates.found);
    let found = found.as_ref().map(|update| UpdateView {
        version: update.version.clone(),
        notes: update.body.clone().unwrap_or_default(),
    });
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
            quit::flush(&ending);
            ending.cleanup_before_exit();
        })
        .build()
        .map_err(failed)?;
    let found = asked.check().await.map_err(failed)?;
    if found.as_ref().is_some_and(|update| update.download_url.scheme() != "https") {
        return Err(IpcError::with_detail(ErrorCode::UpdateFailed, "no https"));
    }
    *lock(&updates.found) = found;
    Ok(view(&updates))
}

/// Fetches the version that was found, checks its signature, puts it in place of this one and starts it.
pub(crate) async fn install(app: &AppHandle) -> Result<(), IpcError> {
    let updates = app.state::<Updates>();
    let found = lock(&updates.found).clone();
    let update = found.ok_or(ErrorCode::NothingThere)?;
    if updates.installing.swap(true, Ordering::Relaxed) {
        return Err(ErrorCode::Cancelled.into());
    }
    let installed = replace(update).await;
    updates.installing.store(false, Ordering::Relaxed);
    installed?;
    quit::restart(app);
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
    let placed = tauri::async_runtime::spawn_blocking(move || update.install(bytes)).await;
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
    fn it_looks_once_a_day_and_only_when_wanted() {
        let now = Instant::now();
        assert!(!is_due(false, None, now));
        assert!(is_due(true, None, now));
        assert!(!is_due(true, Some(now), now + Duration::from_hours(23)));
        assert!(is_due(true, Some(now), now + EVERY));
        assert!(!is_due(false, Some(now), now + EVERY));
    }

    #[test]
    fn a_wrong_signature_is_told_apart_from_a_bad_network() {
        let mismatch =
            Error::SignedVersionMismatch { signed: "1.0.0".into(), announced: "9.0.0".into() };
        assert_eq!(failed(mismatch).code, ErrorCode::UpdateUntrusted);
        assert_eq!(failed(Error::MissingSignedVersion).code, ErrorCode::UpdateUntrusted);
        assert_eq!(failed(Error::ReleaseNotFound).code, ErrorCode::UpdateFailed);
    }
}
