//! The desktop, as the engine sees it: where its snapshots are drawn and its wishes carried out.

use std::sync::{
    Arc, Mutex, MutexGuard, OnceLock, PoisonError,
    atomic::{AtomicBool, AtomicU8, Ordering},
};

use status_core::{Page, Snapshot, TokenState};
use status_runtime::{DrawnTray, Engine, Host, UploadProgress, Words};
use tauri::{AppHandle, Emitter, Manager};

#[cfg(target_os = "linux")]
use crate::flatpak;
use crate::{
    autostart,
    notifications::Notifications,
    shortcuts::Shortcuts,
    tray::{Panel, ShownTray},
    window,
};

/// Whether the person can see the icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TrayState {
    /// Not known yet.
    Unknown = 0,
    /// It is in the tray.
    Shown = 1,
    /// The desktop has no tray, or does not take the icon: the window is the app.
    Absent = 2,
}

/// What was last to be drawn.
struct Drawing {
    snapshot: Arc<Snapshot>,
    tray: DrawnTray,
}

/// Everything the shell holds. One for the process, made before Tauri is up: what is to be drawn until then waits.
#[derive(Default)]
pub(crate) struct Desktop {
    app: OnceLock<AppHandle>,
    engine: OnceLock<Engine>,
    newest: Mutex<Option<Drawing>>,
    /// A redraw is on its way to the main thread; it will take the newest drawing.
    redraw_sent: AtomicBool,
    /// It is known by now whether there is a token to work with.
    greeted: AtomicBool,
    tray_state: AtomicU8,
    tray: Mutex<Option<ShownTray>>,
    notifications: Notifications,
    shortcuts: Shortcuts,
    pub(crate) window: window::Memory,
}

/// The desktop of this app.
pub(crate) fn of(app: &AppHandle) -> Arc<Desktop> {
    Arc::clone(&app.state::<Arc<Desktop>>())
}

/// A lock whose value is whole between any two statements, so a panic elsewhere does not spoil it.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn on_main_thread(app: &AppHandle, task: impl FnOnce(&AppHandle, &Desktop) + Send + 'static) {
    let handle = app.clone();
    if let Err(error) = app.run_on_main_thread(move || task(&handle, &of(&handle))) {
        log::error!("cannot reach the main thread: {error}");
    }
}

impl Desktop {
    /// The engine that is drawn here. It is set before anything can ask.
    pub(crate) fn set_engine(&self, engine: Engine) {
        assert!(self.engine.set(engine).is_ok(), "there is one engine");
    }

    /// The engine.
    pub(crate) fn engine(&self) -> &Engine {
        self.engine.wait()
    }

    /// Tauri is up: draws what waits.
    pub(crate) fn set_app(self: &Arc<Self>, app: &AppHandle) {
        assert!(self.app.set(app.clone()).is_ok(), "there is one app");
        self.redraw();
    }

    /// The words of the language the person reads now.
    pub(crate) fn words(&self) -> Words {
        Words::new(self.engine().snapshot().lang)
    }

    /// Once, as soon as it is known that there is nobody connected: opens the window on the connect page, whether or
    /// not the start was to be hidden. An icon that can do nothing would not explain itself.
    fn greet(&self, snapshot: &Snapshot) {
        if snapshot.token == TokenState::Loading || self.greeted.swap(true, Ordering::Relaxed) {
            return;
        }
        if snapshot.account.is_none()
            && matches!(snapshot.token, TokenState::Missing | TokenState::Rejected)
        {
            self.open_window(Page::Account);
        }
    }

    /// Whether the person can see the icon.
    pub(crate) fn tray_state(&self) -> TrayState {
        match self.tray_state.load(Ordering::Relaxed) {
            1 => TrayState::Shown,
            2 => TrayState::Absent,
            _ => TrayState::Unknown,
        }
    }

    /// Notes whether the person can see the icon; `true` when that is news.
    pub(crate) fn tray_is(&self, state: TrayState) -> bool {
        self.tray_state.swap(state as u8, Ordering::Relaxed) != state as u8
    }

    /// Opens the window where it was last, or on the connect page.
    pub(crate) fn open_last_page(&self) {
        window::open(self.app.wait(), None);
    }

    /// Sees to it that the newest drawing is on the screen soon. Any thread; never blocks, never draws by itself.
    pub(crate) fn redraw(&self) {
        let Some(app) = self.app.get() else { return };
        if self.redraw_sent.swap(true, Ordering::AcqRel) {
            return;
        }
        let app = app.clone();
        tauri::async_runtime::spawn(async move { of(&app).draw(&app).await });
    }

    /// Draws the newest.
    #[cfg(target_os = "linux")]
    async fn draw(&self, app: &AppHandle) {
        self.redraw_sent.store(false, Ordering::Release);
        if self.window.is_open() {
            on_main_thread(app, |app, desktop| desktop.draw_window(app));
        }
        let shown = lock(&self.tray).clone();
        if let Some(shown) = shown {
            shown.draw(app).await;
        }
    }

    /// Draws the newest, on the main thread.
    ///
    /// By way of another task: run from within a callback of the window system, it would run inside that.
    #[cfg(not(target_os = "linux"))]
    async fn draw(&self, app: &AppHandle) {
        on_main_thread(app, |app, desktop| {
            desktop.redraw_sent.store(false, Ordering::Release);
            desktop.draw_window(app);
            if let (Some(shown), Some(tray)) = (lock(&desktop.tray).as_mut(), desktop.newest_tray())
                && let Err(error) = shown.draw(app, tray, Panel::now())
            {
                log::error!("the tray keeps its old face: {error}");
            }
        });
    }

    /// Main thread.
    fn draw_window(&self, app: &AppHandle) {
        let newest = lock(&self.newest).as_ref().map(|drawing| Arc::clone(&drawing.snapshot));
        if let Some(snapshot) = newest {
            window::draw(app, &snapshot);
        }
    }

    /// What the tray is to show.
    pub(crate) fn newest_tray(&self) -> Option<DrawnTray> {
        lock(&self.newest).as_ref().map(|drawing| drawing.tray.clone())
    }

    /// Puts the icon into the tray if it is not there yet; `false` when the desktop does not take it.
    pub(crate) async fn show_tray(&self) -> bool {
        if lock(&self.tray).is_some() {
            return true;
        }
        let app = self.app.wait();
        let Some(tray) = self.newest_tray() else { return false };
        match ShownTray::show(app, tray, Panel::now()).await {
            Ok(tray) => *lock(&self.tray) = Some(tray),
            Err(error) => {
                log::warn!("the tray does not take the icon: {error}");
                return false;
            }
        }
        // Something may have changed while it was put there.
        self.redraw();
        true
    }

    /// Sends to the window, if it is open.
    fn tell_window<T: serde::Serialize + Clone>(&self, event: &str, payload: T) {
        if let Some(app) = self.app.get()
            && let Err(error) = app.emit_to(window::LABEL, event, payload)
        {
            log::error!("the window was not told: {error}");
        }
    }
}

impl Host for Desktop {
    fn render(&self, snapshot: &Arc<Snapshot>, tray: &DrawnTray) {
        *lock(&self.newest) = Some(Drawing { snapshot: Arc::clone(snapshot), tray: tray.clone() });
        self.redraw();
        self.greet(snapshot);
        if self.window.is_open() {
            self.tell_window("snapshot", Snapshot::clone(snapshot));
        }
    }

    fn notify(&self, title: &str, body: &str, page: Page) {
        self.notifications.show(title, body, page, &self.app);
    }

    fn open_window(&self, page: Page) {
        // At the very start Tauri may not be up yet, and looks afterwards whether the window was wanted meanwhile.
        self.window.want(page);
        if let Some(app) = self.app.get() {
            window::open(app, Some(page));
        }
    }

    fn set_start_at_login(&self, on: bool) -> Result<(), String> {
        #[cfg(target_os = "linux")]
        if flatpak::id().is_some() {
            let reason = self.words().plain("shell-login-reason");
            return tauri::async_runtime::block_on(flatpak::start_at_login(on, &reason));
        }
        autostart::set(on)
    }

    fn set_shortcuts(&self, open: Option<&str>, clear: Option<&str>) -> Result<(), String> {
        self.shortcuts.set(&self.app, open, clear)
    }

    fn upload_progress(&self, progress: UploadProgress) {
        self.tell_window("upload", progress);
    }

    fn tray_host_present(&self) -> Option<bool> {
        match self.tray_state() {
            TrayState::Unknown => None,
            TrayState::Shown => Some(true),
            TrayState::Absent => Some(false),
        }
    }
}
