//! The way out: what is wanted is on disk, then the process ends, within two seconds whatever hangs.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use tauri::AppHandle;

use crate::{desktop, window};

/// Longest wait for the engine to take up what was clicked last.
const SETTLE: Duration = Duration::from_millis(400);

/// Longest wait for the files.
const FLUSH: Duration = Duration::from_secs(1);

/// After this the process ends whoever is still busy: a hanging keyring, a wedged tray host, a web view.
const LAST_MOMENT: Duration = Duration::from_millis(1800);

static ENDING: AtomicBool = AtomicBool::new(false);

/// Whether the app is ending: closing the last window is then not a reason to stay.
pub(crate) fn is_ending() -> bool {
    ENDING.load(Ordering::Relaxed)
}

/// Ends the app. Any thread; returns at once.
pub(crate) fn begin(app: &AppHandle) {
    if ENDING.swap(true, Ordering::Relaxed) {
        return;
    }
    thread::spawn(|| {
        thread::sleep(LAST_MOMENT);
        log::warn!("something did not end in time");
        std::process::exit(0);
    });
    let app = app.clone();
    thread::spawn(move || {
        window::remember(&app);
        flush(&app);
        app.exit(0);
    });
}

/// Ends the app and starts the version that has taken its place. Any thread; returns at once.
#[cfg(feature = "updates")]
pub(crate) fn restart(app: &AppHandle) {
    use tauri::Manager;

    ENDING.store(true, Ordering::Relaxed);
    let app = app.clone();
    thread::spawn(move || {
        window::remember(&app);
        flush(&app);
        app.state::<crate::instance::Hold>().let_go();
        tauri::process::restart(&app.env());
    });
}

/// Waits until everything is on disk. Also when the system ends the session and nobody asked us.
pub(crate) fn flush(app: &AppHandle) {
    let desktop = desktop::of(app);
    let engine = desktop.engine();
    let settled = tauri::async_runtime::block_on(async {
        tokio::time::timeout(SETTLE, engine.settle()).await
    });
    if settled.is_err() || !engine.flush(FLUSH) {
        log::error!("not everything could be saved in time");
    }
}

/// Quits when the system asks for it: logout, shutdown, `kill`, Ctrl+C.
pub(crate) async fn on_signal(app: AppHandle) {
    match wait_for_signal().await {
        Ok(()) => begin(&app),
        Err(error) => log::warn!("signals are not heard: {error}"),
    }
}

#[cfg(unix)]
async fn wait_for_signal() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hangup = signal(SignalKind::hangup())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
        _ = hangup.recv() => {}
    }
    Ok(())
}

#[cfg(windows)]
async fn wait_for_signal() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
