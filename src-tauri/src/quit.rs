//! The way out: what is wanted is on disk, then the process ends, within two seconds whatever hangs.

use std::{
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use crate::{desktop::Desktop, tasks, window};

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
pub(crate) fn begin(desktop: &Arc<Desktop>) {
    end(desktop, ExitCode::SUCCESS, || {});
}

/// Ends the app because it can show nothing: neither an icon nor a window. Any thread; returns at once.
pub(crate) fn give_up(desktop: &Arc<Desktop>) {
    crate::complain("there is no desktop to run on.");
    end(desktop, ExitCode::FAILURE, || {});
}

/// Ends the app and starts the version that has taken its place. Any thread; returns at once.
#[cfg(any(target_os = "linux", feature = "updates"))]
pub(crate) fn start_anew(desktop: &Arc<Desktop>) {
    let own = Arc::clone(desktop);
    end(desktop, ExitCode::SUCCESS, move || {
        own.hold.let_go();
        start_next(&own);
    });
}

#[cfg(target_os = "linux")]
fn start_next(_desktop: &Desktop) {
    let program = crate::appimage::file().map_or_else(crate::autostart::program, Ok);
    let started = program.and_then(|program| {
        std::process::Command::new(program).spawn().map_err(|error| error.to_string())
    });
    if let Err(error) = started {
        log::error!("the new version does not start: {error}");
    }
}

#[cfg(all(not(target_os = "linux"), feature = "updates"))]
fn start_next(desktop: &Desktop) {
    use tauri::Manager as _;

    tauri::process::restart(&desktop.app().env());
}

fn end(desktop: &Arc<Desktop>, code: ExitCode, at_last: impl FnOnce() + Send + 'static) {
    if ENDING.swap(true, Ordering::Relaxed) {
        return;
    }
    thread::spawn(|| {
        thread::sleep(LAST_MOMENT);
        log::warn!("something did not end in time");
        std::process::exit(0);
    });
    let desktop = Arc::clone(desktop);
    thread::spawn(move || {
        window::leave_for_good(&desktop);
        flush(&desktop);
        at_last();
        desktop.end(code);
    });
}

/// Waits until everything is on disk. Also when the system ends the session and nobody asked us.
pub(crate) fn flush(desktop: &Desktop) {
    let engine = desktop.engine();
    let settled =
        tasks::threads().block_on(async { tokio::time::timeout(SETTLE, engine.settle()).await });
    if settled.is_err() || !engine.flush(FLUSH) {
        log::error!("not everything could be saved in time");
    }
}

/// Quits when the system asks for it: logout, shutdown, `kill`, Ctrl+C.
pub(crate) async fn on_signal(desktop: Arc<Desktop>) {
    match wait_for_signal().await {
        Ok(()) => begin(&desktop),
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
