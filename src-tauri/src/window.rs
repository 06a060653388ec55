//! The one window: drawn when it is asked for, gone with its web process when it is closed.

use std::sync::{Arc, Mutex};

use serde::{Deserialize, de::IntoDeserializer};
use status_core::{Action, CloseWindow, Page, SettingsPatch, Snapshot, Theme, TokenState};
use tauri::{
    AppHandle, Emitter, LogicalSize, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    webview::{NewWindowResponse, PageLoadEvent},
    window::Color,
};

use crate::{
    desktop::{self, Desktop, TrayState, lock},
    quit, web_view,
};

/// Its label: the one the capability names.
pub(crate) const LABEL: &str = "main";

/// Where the page is, on the systems where a closed window is kept.
const PAGE: &str = "tauri://localhost";

/// On Linux the window is there at once, and the page a moment later. Other web views paint white until then.
const SHOWN_EMPTY: bool = cfg!(target_os = "linux");

/// Smallest and first inner size, logical pixels.
const SMALLEST: (f64, f64) = (640.0, 480.0);
const FIRST: (f64, f64) = (960.0, 680.0);

/// Where the window is between two openings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Stage {
    #[default]
    Closed,
    /// It is open, and its page is on the way.
    Loading,
    /// It is open, and its page is there.
    Loaded,
    /// It was closed with its page on the way.
    ClosedEarly,
}

impl Stage {
    /// The page is there; what is to be done about it.
    fn load(&mut self) -> Then {
        match self {
            Self::Loading => {
                *self = Self::Loaded;
                Then::Show
            }
            Self::ClosedEarly => {
                *self = Self::Closed;
                Then::Rest
            }
            // A page that is loaded anew, or one that ended: that is said to be loaded, too.
            Self::Loaded | Self::Closed => Then::Nothing,
        }
    }

    /// The window is closed; what is to be done about it.
    ///
    /// What only an open window needs is not ended before the page is there: WebKit takes the whole program down with it
    /// when one of its processes ends in the middle of its start.
    fn close(&mut self) -> Then {
        match self {
            Self::Loaded => {
                *self = Self::Closed;
                Then::Rest
            }
            Self::Loading => {
                *self = Self::ClosedEarly;
                Then::Nothing
            }
            Self::Closed | Self::ClosedEarly => Then::Nothing,
        }
    }
}

/// What follows from a change of the stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    Nothing,
    /// The page can be seen.
    Show,
    /// The web view has nothing to do.
    Rest,
}

/// What is known about the window between and before its openings.
#[derive(Default)]
pub(crate) struct Memory {
    stage: Mutex<Stage>,
    /// The page it was last asked to open on.
    page: Mutex<Option<Page>>,
    /// Opening and closing go one after the other: a second opening finds the window of the first.
    turn: Mutex<()>,
    /// The inner size it was closed with, logical pixels: known here before it is in the settings.
    left: Mutex<Option<(u32, u32)>>,
    /// What is set on the present window.
    drawn: Mutex<Option<Look>>,
}

/// What of a snapshot is seen in the window's frame; and light or dark, if it is to be one of them.
type Look = (status_core::Lang, Option<tauri::Theme>);

fn look(snapshot: &Snapshot) -> Look {
    (snapshot.lang, theme(snapshot.settings.theme))
}

impl Memory {
    /// Whether there is a window to tell.
    pub(crate) fn is_open(&self) -> bool {
        matches!(*lock(&self.stage), Stage::Loading | Stage::Loaded)
    }

    /// Remembers that the window is wanted, until it can be opened.
    pub(crate) fn want(&self, page: Page) {
        *lock(&self.page) = Some(page);
    }

    /// The page that was wanted before it could be opened, if any.
    pub(crate) fn wanted(&self) -> Option<Page> {
        *lock(&self.page)
    }

    /// The page a fresh window starts on.
    pub(crate) fn initial_page(&self) -> Page {
        lock(&self.page).unwrap_or(Page::Status)
    }
}

/// Opens the window on this page, or where it was last, or brings it there. Any thread; returns at once.
pub(crate) fn open(app: &AppHandle, page: Option<Page>) {
    let app = app.clone();
    // A thread that may wait: making a window waits for the main thread, and on Windows must not be done on it.
    tauri::async_runtime::spawn_blocking(move || {
        let desktop = desktop::of(&app);
        let _turn = lock(&desktop.window.turn);
        let opened = match app.get_webview_window(LABEL) {
            Some(window) if desktop.window.is_open() => bring(&desktop, &window, page),
            kept => draw_anew(&app, &desktop, kept, page),
        };
        if let Err(error) = opened {
            log::error!("the window does not open: {error}");
        }
    });
}

fn bring(desktop: &Desktop, window: &WebviewWindow, page: Option<Page>) -> tauri::Result<()> {
    if let Some(page) = page {
        *lock(&desktop.window.page) = Some(page);
        window.emit("navigate", page)?;
    }
    window.unminimize()?;
    window.show()?;
    window.set_focus()
}

fn draw_anew(
    app: &AppHandle,
    desktop: &Arc<Desktop>,
    kept: Option<WebviewWindow>,
    page: Option<Page>,
) -> tauri::Result<()> {
    let snapshot = desktop.engine().snapshot();
    *lock(&desktop.window.page) = Some(page.unwrap_or_else(|| last_page(&snapshot)));
    #[cfg(target_os = "macos")]
    app.set_activation_policy(tauri::ActivationPolicy::Regular)?;
    // Before the page is there: it is shown when it has been loaded into an open window.
    *lock(&desktop.window.stage) = Stage::Loading;
    let look = look(&snapshot);
    web_view::set_theme(app, look.1)?;
    let drawn = match kept {
        Some(window) => wake(desktop, &window, &snapshot).map(|()| window),
        None => make(app, desktop, &snapshot),
    };
    let window = drawn.inspect_err(|_| gone(app))?;
    window.set_background_color(Some(background(web_view::theme(&window)?)))?;
    *lock(&desktop.window.drawn) = Some(look);
    if SHOWN_EMPTY {
        show_first(&window);
    }
    desktop.engine().send(Action::Refresh(status_core::FetchReason::Asked));
    Ok(())
}

fn make(app: &AppHandle, desktop: &Desktop, snapshot: &Snapshot) -> tauri::Result<WebviewWindow> {
    let (width, height) = size(snapshot.settings.window_size);
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        .title(desktop.words().plain("window-name"))
        .inner_size(width, height)
        .min_inner_size(SMALLEST.0, SMALLEST.1)
        .center()
        .theme(theme(snapshot.settings.theme))
        // Until it has the colours of the page: no flash of white.
        .visible(false)
        .on_page_load(|window, load| {
            if load.event() == PageLoadEvent::Finished {
                page_is_there(&window);
            }
        })
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        // Files are dropped onto the page, which reads them itself.
        .disable_drag_drop_handler()
        .devtools(cfg!(debug_assertions))
        .build()?;
    web_view::lighten(&window)?;
    Ok(window)
}

/// Draws a window that was put away as if it were made now.
fn wake(desktop: &Desktop, window: &WebviewWindow, snapshot: &Snapshot) -> tauri::Result<()> {
    window.set_title(&desktop.words().plain("window-name"))?;
    let (width, height) = size(lock(&desktop.window.left).or(snapshot.settings.window_size));
    window.set_size(LogicalSize::new(width, height))?;
    window.center()?;
    // A web view without a process has forgotten its address.
    window.navigate(Url::parse(PAGE).expect("an address"))
}

fn page_is_there(window: &WebviewWindow) {
    let desktop = desktop::of(window.app_handle());
    let then = lock(&desktop.window.stage).load();
    match then {
        Then::Show if !SHOWN_EMPTY => show_first(window),
        Then::Rest => rest(window),
        Then::Show | Then::Nothing => {}
    }
}

fn rest(window: &WebviewWindow) {
    if let Err(error) = web_view::rest(window) {
        log::error!("the web view does not rest: {error}");
    }
}

fn show_first(window: &WebviewWindow) {
    let shown = window.show().and_then(|()| window.set_focus());
    if let Err(error) = shown {
        log::error!("the window stays hidden: {error}");
    }
}

/// Follows language and theme. Main thread.
pub(crate) fn draw(app: &AppHandle, snapshot: &Snapshot) {
    let desktop = desktop::of(app);
    let Some(window) = on_screen(app) else { return };
    let wanted = look(snapshot);
    if lock(&desktop.window.drawn).replace(wanted) == Some(wanted) {
        return;
    }
    let drawn = window
        .set_title(&desktop.words().plain("window-name"))
        .and_then(|()| web_view::set_theme(app, wanted.1));
    if let Err(error) = drawn {
        log::error!("the window keeps its old look: {error}");
    }
}

/// The window, unless it is closed.
pub(crate) fn on_screen(app: &AppHandle) -> Option<WebviewWindow> {
    app.get_webview_window(LABEL).filter(|_| desktop::of(app).window.is_open())
}

/// Does what closing means for this person: the window goes, and without a tray to return from the app goes with it.
pub(crate) fn close(app: &AppHandle) {
    let desktop = desktop::of(app);
    let _turn = lock(&desktop.window.turn);
    let Some(window) = on_screen(app) else { return };
    let settings = desktop.engine().snapshot().settings.clone();
    if settings.close_window == CloseWindow::Quit || desktop.tray_state() == TrayState::Absent {
        quit::begin(app);
        return;
    }
    let size = measured(&window);
    let mut patch = SettingsPatch { window_size: size, ..SettingsPatch::default() };
    if !settings.close_notice_seen {
        patch.close_notice_seen = Some(true);
        let words = desktop.words();
        let (title, body) =
            (words.plain("shell-still-here-title"), words.plain("shell-still-here-body"));
        status_runtime::Host::notify(&*desktop, &title, &body, Page::Preferences);
    }
    desktop.engine().send(Action::ChangeSettings(patch));
    if size.is_some() {
        *lock(&desktop.window.left) = size;
    }
    // Nothing is to be shown in it any more, from now on.
    let then = leave(app);
    if let Err(error) = web_view::put_away(&window) {
        log::error!("the window does not go: {error}");
    }
    if then == Then::Rest {
        rest(&window);
    }
}

/// The window is gone, whoever closed it.
pub(crate) fn gone(app: &AppHandle) {
    leave(app);
}

fn leave(app: &AppHandle) -> Then {
    let then = lock(&desktop::of(app).window.stage).close();
    #[cfg(target_os = "macos")]
    if let Err(error) = app.set_activation_policy(tauri::ActivationPolicy::Accessory) {
        log::warn!("the Dock icon stays: {error}");
    }
    then
}

/// Remembers the size of an open window before the app ends.
pub(crate) fn remember(app: &AppHandle) {
    if let Some(size) = on_screen(app).as_ref().and_then(measured) {
        let patch = SettingsPatch { window_size: Some(size), ..SettingsPatch::default() };
        desktop::of(app).engine().send(Action::ChangeSettings(patch));
    }
}

/// Inner size in logical pixels; `None` while it says nothing about what the person chose.
fn measured(window: &WebviewWindow) -> Option<(u32, u32)> {
    if window.is_maximized().ok()? || window.is_minimized().ok()? {
        return None;
    }
    let size = window.inner_size().ok()?.to_logical::<u32>(window.scale_factor().ok()?);
    Some((size.width, size.height))
}

fn size(left: Option<(u32, u32)>) -> (f64, f64) {
    left.map_or(FIRST, |(width, height)| {
        (f64::from(width).max(SMALLEST.0), f64::from(height).max(SMALLEST.1))
    })
}

fn last_page(snapshot: &Snapshot) -> Page {
    if snapshot.account.is_none() && snapshot.token == TokenState::Missing {
        return Page::Account;
    }
    let name: serde::de::value::StrDeserializer<'_, serde::de::value::Error> =
        snapshot.settings.page.as_str().into_deserializer();
    Page::deserialize(name).unwrap_or(Page::Status)
}

fn theme(theme: Theme) -> Option<tauri::Theme> {
    match theme {
        Theme::System => web_view::system_theme(),
        Theme::Light => Some(tauri::Theme::Light),
        Theme::Dark => Some(tauri::Theme::Dark),
    }
}

/// What is behind the page until it is painted: the page's own `--surface`.
fn background(theme: tauri::Theme) -> Color {
    match theme {
        tauri::Theme::Dark => Color(0x1b, 0x1b, 0x1f, 0xff),
        _ => Color(0xf5, 0xf5, 0xf7, 0xff),
    }
}

/// The page never leaves the app: `tauri://localhost`, and its name on Windows.
fn is_ours(url: &Url) -> bool {
    let ours = match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" => cfg!(windows) && url.host_str() == Some("tauri.localhost"),
        _ => false,
    };
    ours && url.port().is_none() && url.username().is_empty() && url.password().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(url: &str) -> bool {
        is_ours(&url.parse().unwrap())
    }

    #[test]
    fn nothing_is_ended_before_the_page_is_there() {
        let mut stage = Stage::Loading;
        assert_eq!((stage.close(), stage), (Then::Nothing, Stage::ClosedEarly));
        assert_eq!((stage.load(), stage), (Then::Rest, Stage::Closed));
        stage = Stage::Loading;
        assert_eq!((stage.load(), stage), (Then::Show, Stage::Loaded));
        assert_eq!((stage.load(), stage), (Then::Nothing, Stage::Loaded), "loaded anew");
        assert_eq!((stage.close(), stage), (Then::Rest, Stage::Closed));
        assert_eq!((stage.close(), stage), (Then::Nothing, Stage::Closed), "closed twice");
        assert_eq!((stage.load(), stage), (Then::Nothing, Stage::Closed), "ended");
    }

    #[test]
    fn an_empty_window_has_the_colours_of_the_page() {
        let (light, dark) = include_str!("../../ui/src/styles/tokens.css")
            .split_once("[data-theme='dark']")
            .expect("both themes");
        for (theme, styles) in [(tauri::Theme::Light, light), (tauri::Theme::Dark, dark)] {
            let Color(red, green, blue, _) = background(theme);
            let surface = format!("--surface: #{red:02x}{green:02x}{blue:02x};");
            assert!(styles.contains(&surface), "{theme:?}: {surface}");
        }
    }

    #[test]
    fn the_page_cannot_be_led_away() {
        assert!(ours("tauri://localhost/index.html"));
        assert_eq!(ours("http://tauri.localhost/index.html"), cfg!(windows));
        for stranger in [
            "https://evil.example/",
            "http://tauri.evil.example/",
            "http://tauri.localhost.evil.example/",
            "http://tauri.localhost:8080/",
            "https://tauri.localhost/",
            "tauri://evil/",
            "tauri://user@localhost/",
            "tauri://localhost:1/",
            "file:///etc/passwd",
            "data:text/html,x",
            "javascript:alert(1)",
            "about:blank",
            "ipc://localhost/",
        ] {
            assert!(!ours(stranger), "{stranger}");
        }
    }
}
