//! The desktop, as the engine sees it: where its snapshots are drawn and its wishes carried out.

#[cfg(target_os = "linux")]
use std::sync::mpsc;
use std::{
    process::ExitCode,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak,
        atomic::{AtomicBool, AtomicU8, Ordering},
    },
};

use status_core::{Page, Snapshot, TokenState};
use status_runtime::{DrawnTray, Engine, Host, UploadProgress, Words};
#[cfg(not(target_os = "linux"))]
use tauri::{AppHandle, Manager};

#[cfg(target_os = "linux")]
use crate::flatpak;
use crate::{
    autostart,
    instance::Hold,
    notifications::Notifications,
    shortcuts::Shortcuts,
    tasks,
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

/// Everything the shell holds. One for the process, and the first thing in it.
pub(crate) struct Desktop {
    /// For whoever outlives a call.
    own: Weak<Self>,
    /// Windows and macOS: Tauri, once it is up.
    #[cfg(not(target_os = "linux"))]
    app: OnceLock<AppHandle>,
    engine: OnceLock<Engine>,
    newest: Mutex<Option<Drawing>>,
    /// A redraw is on its way; it will take the newest drawing.
    redraw_sent: AtomicBool,
    /// It is known by now whether there is a token to work with.
    greeted: AtomicBool,
    tray_state: AtomicU8,
    tray: Mutex<Option<ShownTray>>,
    notifications: Notifications,
    shortcuts: Shortcuts,
    pub(crate) window: window::Memory,
    pub(crate) hold: Hold,
    /// How the main thread hears that it is over.
    #[cfg(target_os = "linux")]
    over: mpsc::Sender<ExitCode>,
}

/// The desktop of this app.
#[cfg(not(target_os = "linux"))]
pub(crate) fn of(app: &AppHandle) -> Arc<Desktop> {
    Arc::clone(app.state::<crate::view::Link>().desktop())
}

/// A lock whose value is whole between any two statements, so a panic elsewhere does not spoil it.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(not(target_os = "linux"))]
fn on_main_thread(app: &AppHandle, task: impl FnOnce(&AppHandle, &Desktop) + Send + 'static) {
    let handle = app.clone();
    if let Err(error) = app.run_on_main_thread(move || task(&handle, &of(&handle))) {
        log::error!("cannot reach the main thread: {error}");
    }
}

impl Desktop {
    /// With nothing on it yet.
    pub(crate) fn new(
        hold: Hold,
        #[cfg(target_os = "linux")] over: mpsc::Sender<ExitCode>,
    ) -> Arc<Self> {
        Arc::new_cyclic(|own| Self {
            own: own.clone(),
            #[cfg(not(target_os = "linux"))]
            app: OnceLock::new(),
            engine: OnceLock::new(),
            newest: Mutex::default(),
            redraw_sent: AtomicBool::default(),
            greeted: AtomicBool::default(),
            tray_state: AtomicU8::default(),
            tray: Mutex::default(),
            notifications: Notifications::default(),
            shortcuts: Shortcuts::default(),
            window: window::Memory::default(),
            hold,
            #[cfg(target_os = "linux")]
            over,
        })
    }

    /// Itself, to be kept.
    pub(crate) fn own(&self) -> Arc<Self> {
        self.own.upgrade().expect("whoever asks holds it")
    }

    /// The engine that is drawn here. It is set before anything can ask.
    pub(crate) fn set_engine(&self, engine: Engine) {
        assert!(self.engine.set(engine).is_ok(), "there is one engine");
    }

    /// The engine.
    pub(crate) fn engine(&self) -> &Engine {
        self.engine.wait()
    }

    /// Tauri is up: draws what waits.
    #[cfg(not(target_os = "linux"))]
    pub(crate) fn set_app(&self, app: &AppHandle) {
        assert!(self.app.set(app.clone()).is_ok(), "there is one app");
        self.redraw();
    }

    /// Tauri. Waits until it is up.
    #[cfg(not(target_os = "linux"))]
    pub(crate) fn app(&self) -> &AppHandle {
        self.app.wait()
    }

    /// Lets the process end. Everything is on disk by now.
    #[cfg(target_os = "linux")]
    pub(crate) fn end(&self, code: ExitCode) {
        // Nobody waits any more only if it is over already.
        let _ = self.over.send(code);
    }

    /// Lets the process end. Everything is on disk by now.
    #[cfg(not(target_os = "linux"))]
    pub(crate) fn end(&self, code: ExitCode) {
        self.app().exit(i32::from(code != ExitCode::SUCCESS));
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

    /// Sees to it that the newest drawing is on the screen soon. Any thread; never blocks, never draws by itself.
    pub(crate) fn redraw(&self) {
        // It will be drawn when Tauri is up.
        #[cfg(not(target_os = "linux"))]
        if self.app.get().is_none() {
            return;
        }
        if self.redraw_sent.swap(true, Ordering::AcqRel) {
            return;
        }
        let own = self.own();
        tasks::spawn(async move { own.draw().await });
    }

    /// Draws the newest.
    #[cfg(target_os = "linux")]
    async fn draw(&self) {
        self.redraw_sent.store(false, Ordering::Release);
        self.draw_window();
        let shown = lock(&self.tray).clone();
        if let Some(shown) = shown {
            shown.draw(self).await;
        }
    }

    /// Draws the newest, on the main thread.
    ///
    /// By way of another task: run from within a callback of the window system, it would run inside that.
    #[cfg(not(target_os = "linux"))]
    async fn draw(&self) {
        on_main_thread(self.app(), |app, desktop| {
            desktop.redraw_sent.store(false, Ordering::Release);
            desktop.draw_window();
            if let (Some(shown), Some(tray)) = (lock(&desktop.tray).as_mut(), desktop.newest_tray())
                && let Err(error) = shown.draw(app, tray, Panel::now())
            {
                log::error!("the tray keeps its old face: {error}");
            }
        });
    }

    fn draw_window(&self) {
        let newest = lock(&self.newest).as_ref().map(|drawing| Arc::clone(&drawing.snapshot));
        if let Some(snapshot) = newest {
            window::draw(self, &snapshot);
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
        let Some(tray) = self.newest_tray() else { return false };
        match ShownTray::show(&self.own(), tray, Panel::now()).await {
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
}

impl Host for Desktop {
    fn render(&self, snapshot: &Arc<Snapshot>, tray: &DrawnTray) {
        *lock(&self.newest) = Some(Drawing { snapshot: Arc::clone(snapshot), tray: tray.clone() });
        self.redraw();
        self.greet(snapshot);
        self.window.tell("snapshot", &**snapshot);
    }

    fn notify(&self, title: &str, body: &str, page: Page) {
        self.notifications.show(&self.own(), title, body, page);
    }

    fn open_window(&self, page: Page) {
        window::open(&self.own(), Some(page));
    }

    fn set_start_at_login(&self, on: bool) -> Result<(), String> {
        #[cfg(target_os = "linux")]
        if flatpak::id().is_some() {
            let reason = self.words().plain("shell-login-reason");
            return tasks::threads().block_on(flatpak::start_at_login(on, &reason));
        }
        autostart::set(on)
    }

    fn set_shortcuts(&self, open: Option<&str>, clear: Option<&str>) -> Result<(), String> {
        self.shortcuts.set(&self.own(), open, clear)
    }

    fn upload_progress(&self, progress: UploadProgress) {
        self.window.tell("upload", &progress);
    }

    fn tray_host_present(&self) -> Option<bool> {
        match self.tray_state() {
            TrayState::Unknown => None,
            TrayState::Shown => Some(true),
            TrayState::Absent => Some(false),
        }
    }
}
