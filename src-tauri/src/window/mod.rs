//! The one window, as the app sees it: when it is there, what it is to look like, and what closing it means.
//!
//! The window itself is in [`crate::view`]. On Linux that is a program of its own, which ends with the window.

#[cfg_attr(target_os = "linux", path = "far.rs")]
#[cfg_attr(not(target_os = "linux"), path = "near.rs")]
mod place;

use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize, de::IntoDeserializer};
use status_core::{
    Action, CloseWindow, FetchReason, Page, SettingsPatch, Snapshot, Theme, TokenState,
};
use status_runtime::{Host, UpdateView, Words};

use self::place::Shown;
#[cfg(target_os = "linux")]
pub(crate) use self::place::{LOOK, NAME, look_for_update, prepare};
use crate::{
    desktop::{Desktop, TrayState, lock},
    quit, tasks,
};

/// Inner size, logical pixels.
pub(crate) type Size = (u32, u32);

/// What of a snapshot is seen in the window's frame and in the system's dialogs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Look {
    /// Light or dark; `System` leaves it to how the window system is set up.
    pub(crate) theme: Theme,
    /// The window's name.
    pub(crate) name: String,
    /// Title of the dialog for a picture, and the name of what can be chosen in it.
    pub(crate) picture: (String, String),
    /// Titles of the dialogs for a file of presets, to read and to write, and the name of such files.
    pub(crate) presets: (String, String, String),
    /// All files.
    pub(crate) all_files: String,
}

/// What a new window is made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Opening {
    pub(crate) look: Look,
    /// As it was left, if that is known.
    pub(crate) size: Option<Size>,
    /// The newer version of the program that was found last.
    pub(crate) found: Option<UpdateView>,
}

/// What is known about the window between and during its openings.
#[derive(Default)]
pub(crate) struct Memory {
    shown: Mutex<Option<Shown>>,
    /// The page it was last asked to open on.
    page: Mutex<Option<Page>>,
    /// Opening and closing go one after the other: a second opening finds the window of the first.
    turn: Mutex<()>,
    /// The size it was closed with: known here before it is in the settings.
    left: Mutex<Option<Size>>,
    /// What the present window was told to look like.
    drawn: Mutex<Option<Look>>,
    /// See [`Opening::found`].
    found: Mutex<Option<UpdateView>>,
}

impl Memory {
    /// The page a fresh window starts on.
    pub(crate) fn initial_page(&self) -> Page {
        lock(&self.page).unwrap_or(Page::Status)
    }

    /// Remembers the newer version of the program that was found.
    pub(crate) fn found(&self, update: Option<UpdateView>) {
        *lock(&self.found) = update;
    }

    /// Sends an event to the page, if there is one.
    pub(crate) fn tell(&self, event: &str, payload: &impl Serialize) {
        if let Some(shown) = &*lock(&self.shown) {
            tell(shown, event, payload);
        }
    }
}

fn tell(shown: &Shown, event: &str, payload: &impl Serialize) {
    shown.tell(event, serde_json::to_string(payload).expect("plain data"));
}

/// Opens the window on this page, or where it was last, or brings it there. Any thread; returns at once.
pub(crate) fn open(desktop: &Arc<Desktop>, page: Option<Page>) {
    let desktop = Arc::clone(desktop);
    // A thread that may wait: starting a program takes time, and elsewhere making a window waits for the main thread.
    tasks::spawn_blocking(move || {
        let _turn = lock(&desktop.window.turn);
        if quit::is_ending() || bring(&desktop.window, page) {
            return;
        }
        let snapshot = desktop.engine().snapshot();
        *lock(&desktop.window.page) = Some(page.unwrap_or_else(|| last_page(&snapshot)));
        let look = look(&snapshot);
        let opening = Opening {
            look: look.clone(),
            size: lock(&desktop.window.left).or(snapshot.settings.window_size),
            found: lock(&desktop.window.found).clone(),
        };
        match Shown::show(&desktop, opening) {
            Ok(shown) => {
                *lock(&desktop.window.drawn) = Some(look);
                *lock(&desktop.window.shown) = Some(shown);
                desktop.engine().send(Action::Refresh(FetchReason::Asked));
            }
            Err(error) => fail(&desktop, &error.to_string()),
        }
    });
}

fn bring(window: &Memory, page: Option<Page>) -> bool {
    let shown = lock(&window.shown);
    let Some(shown) = &*shown else { return false };
    if let Some(page) = page {
        *lock(&window.page) = Some(page);
        tell(shown, "navigate", &page);
    }
    shown.bring();
    true
}

/// There is no window although one was wanted. Says so; with no icon either there is nothing left of the app.
fn fail(desktop: &Arc<Desktop>, reason: &str) {
    log::error!("the window does not open: {reason}");
    if desktop.tray_state() == TrayState::Absent {
        quit::give_up(desktop);
        return;
    }
    let words = desktop.words();
    let (title, body) = (words.plain("shell-no-window-title"), words.plain("shell-no-window-body"));
    desktop.notify(&title, &body, Page::Status);
}

/// The window was there, and is not any more. Says so; with no icon it opens anew, because it is the app then.
#[cfg(target_os = "linux")]
fn crashed(desktop: &Arc<Desktop>) {
    log::error!("the window has ended by itself");
    let words = desktop.words();
    let (title, body) =
        (words.plain("shell-window-ended-title"), words.plain("shell-window-ended-body"));
    desktop.notify(&title, &body, desktop.window.initial_page());
    if desktop.tray_state() == TrayState::Absent {
        open(desktop, None);
    }
}

/// Follows language and theme. Windows and macOS: main thread.
pub(crate) fn draw(desktop: &Desktop, snapshot: &Snapshot) {
    let shown = lock(&desktop.window.shown);
    let Some(shown) = &*shown else { return };
    let wanted = look(snapshot);
    if lock(&desktop.window.drawn).replace(wanted.clone()).as_ref() != Some(&wanted) {
        shown.look(wanted);
    }
}

/// Does what closing means for this person: the window goes, and without a tray to return from the app goes with it.
/// Waits for the window: not to be called on a main thread.
pub(crate) fn close(desktop: &Arc<Desktop>) {
    let _turn = lock(&desktop.window.turn);
    let settings = desktop.engine().snapshot().settings.clone();
    if settings.close_window == CloseWindow::Quit || desktop.tray_state() == TrayState::Absent {
        quit::begin(desktop);
        return;
    }
    let Some(shown) = lock(&desktop.window.shown).take() else { return };
    if !settings.close_notice_seen {
        let words = desktop.words();
        let (title, body) =
            (words.plain("shell-still-here-title"), words.plain("shell-still-here-body"));
        desktop.notify(&title, &body, Page::Preferences);
        let patch = SettingsPatch { close_notice_seen: Some(true), ..SettingsPatch::default() };
        desktop.engine().send(Action::ChangeSettings(patch));
    }
    shown.leave(desktop);
}

/// The window is off the screen, and had this size.
fn left(desktop: &Desktop, size: Option<Size>) {
    if size.is_some() {
        *lock(&desktop.window.left) = size;
        let patch = SettingsPatch { window_size: size, ..SettingsPatch::default() };
        desktop.engine().send(Action::ChangeSettings(patch));
    }
}

/// Remembers the size of an open window before the app ends. Waits, but not for long.
pub(crate) fn leave_for_good(desktop: &Arc<Desktop>) {
    let shown = lock(&desktop.window.shown).take();
    if let Some(shown) = shown {
        shown.leave_for_good(desktop);
    }
}

/// The window was destroyed, whoever did it.
#[cfg(not(target_os = "linux"))]
pub(crate) fn lost(desktop: &Desktop) {
    *lock(&desktop.window.shown) = None;
}

fn look(snapshot: &Snapshot) -> Look {
    let words = Words::new(snapshot.lang);
    let plain = |id| words.plain(id);
    Look {
        theme: theme(snapshot.settings.theme),
        name: plain("window-name"),
        picture: (plain("shell-picture-title"), plain("shell-picture-files")),
        presets: (
            plain("shell-import-title"),
            plain("shell-export-title"),
            plain("shell-preset-files"),
        ),
        all_files: plain("shell-all-files"),
    }
}

#[cfg(target_os = "linux")]
fn theme(theme: Theme) -> Theme {
    use crate::color_scheme::{self, ColorScheme};

    match (theme, color_scheme::now()) {
        (Theme::System, ColorScheme::Dark) => Theme::Dark,
        (Theme::System, ColorScheme::Light) => Theme::Light,
        (theme, _) => theme,
    }
}

/// Tauri follows the system by itself.
#[cfg(not(target_os = "linux"))]
fn theme(theme: Theme) -> Theme {
    theme
}

fn last_page(snapshot: &Snapshot) -> Page {
    if snapshot.account.is_none() && snapshot.token == TokenState::Missing {
        return Page::Account;
    }
    let name: serde::de::value::StrDeserializer<'_, serde::de::value::Error> =
        snapshot.settings.page.as_str().into_deserializer();
    Page::deserialize(name).unwrap_or(Page::Status)
}
