//! The way out: what is wanted is on disk, then the process ends, within two seconds whatever hangs.

use std::{
    process::ExitCode,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use status_runtime::Engine;
use tokio::{sync::oneshot, time::timeout};

use crate::{
    context::Context,
    event::{Events, ShellEvent},
    executor,
    platform::single_instance::InstanceLock,
    window::{Message, Messages},
};

/// Longest wait for the size of an open window.
const WINDOW: Duration = Duration::from_millis(400);

/// Longest wait for the engine to take up what was clicked last.
const SETTLE: Duration = Duration::from_millis(400);

/// Longest wait for the files.
const FLUSH: Duration = Duration::from_secs(1);

/// After this the process ends whoever is still busy: a hanging keyring, a wedged tray host, a web view.
const LAST_MOMENT: Duration = Duration::from_millis(1800);

static ENDING: AtomicBool = AtomicBool::new(false);

/// Whether the app is ending: closing the last window is then not a reason to stay.
pub fn is_ending() -> bool {
    ENDING.load(Ordering::Relaxed)
}

/// What has to be left in order.
pub(crate) struct Shutdown {
    pub(crate) context: Context,
    pub(crate) window: Messages,
    pub(crate) instance: InstanceLock,
    /// Ends the process.
    pub(crate) exit: Box<dyn FnOnce(ExitCode) + Send>,
}

impl Shutdown {
    /// Ends the app; with `restart` the program that is in its place now is started. Returns at once.
    pub(crate) fn begin(self, code: ExitCode, restart: bool) {
        ENDING.store(true, Ordering::Relaxed);
        thread::spawn(|| {
            thread::sleep(LAST_MOMENT);
            log::warn!("something did not end in time");
            std::process::exit(0);
        });
        thread::spawn(move || {
            let (done, closed) = oneshot::channel();
            // A task that has ended answers at once, by dropping its end.
            let _ = self.window.send(Message::End(done));
            if executor::handle().block_on(async { timeout(WINDOW, closed).await }).is_err() {
                log::warn!("the window did not close in time");
            }
            flush(&self.context.engine);
            if restart {
                // The next start is the first.
                drop(self.instance);
                #[cfg(target_os = "linux")]
                start_next();
                #[cfg(not(target_os = "linux"))]
                self.context.toolkit.restart();
            }
            (self.exit)(code);
        });
    }
}

#[cfg(target_os = "linux")]
fn start_next() {
    use crate::platform::{appimage, autostart};

    let program = appimage::file().map_or_else(autostart::program, Ok);
    let started = program.and_then(|program| {
        std::process::Command::new(program).spawn().map_err(|error| error.to_string())
    });
    if let Err(error) = started {
        log::error!("the new version does not start: {error}");
    }
}

/// Waits until everything is on disk. Also when the system ends the session and nobody asked us.
pub(crate) fn flush(engine: &Engine) {
    let settled = executor::handle().block_on(async { timeout(SETTLE, engine.settle()).await });
    if settled.is_err() || !engine.flush(FLUSH) {
        log::error!("not everything could be saved in time");
    }
}

/// Quits when the system asks for it: logout, shutdown, `kill`, Ctrl+C.
pub(crate) async fn on_signal(events: Events) {
    match wait_for_signal().await {
        Ok(()) => events.send(ShellEvent::Quit),
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
