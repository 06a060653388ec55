//! The one window, as the app sees it: when it is there, what it looks like, and what closing it means.
//!
//! On Linux the window is a program of its own, which ends with it; elsewhere it is in this process. One task owns its
//! state, so opening and closing go one after the other: a second opening finds the window of the first.

#[cfg(not(target_os = "linux"))]
mod in_process;
#[cfg(target_os = "linux")]
mod process;

use std::sync::Arc;

use serde::Serialize;
use status_core::{Action, CloseWindow, Command, Page, SettingsPatch, Snapshot, Theme, TokenState};
use status_runtime::{UpdateView, View, Words};
use tokio::sync::{
    mpsc::{UnboundedReceiver, UnboundedSender},
    oneshot, watch,
};

#[cfg(not(target_os = "linux"))]
use self::in_process::OpenWindow;
#[cfg(target_os = "linux")]
use self::process::OpenWindow;
#[cfg(target_os = "linux")]
pub(crate) use self::process::{look_for_update, prepare};
use crate::{
    context::Context,
    event::{ShellEvent, TrayState},
    executor,
    ipc::protocol::{Appearance, Opening},
};

/// What the window's task is told.
pub(crate) enum Message {
    Open(Option<Page>),
    /// The person wants to close it.
    Close,
    /// Send an event to the page; the payload is JSON.
    Send(&'static str, String),
    /// The desktop has other colours.
    Redraw,
    /// The newer version of the program that was found last.
    UpdateFound(Option<UpdateView>),
    /// The window of this number is gone; it was, or was not, on the screen.
    Gone {
        number: u64,
        was_shown: bool,
    },
    /// The app ends. Answered when the window's size is known, or will not be.
    End(oneshot::Sender<()>),
}

/// Where the window's task is told.
pub(crate) type Messages = UnboundedSender<Message>;

fn json(payload: &impl Serialize) -> String {
    serde_json::to_string(payload).expect("plain data")
}

enum State {
    Closed,
    Open {
        window: OpenWindow,
        appearance: Box<Appearance>,
    },
    /// The app ends: it opens no more.
    Over,
}

/// Owns the window.
pub(crate) struct Task {
    context: Context,
    tray: watch::Receiver<TrayState>,
    state: State,
    found: Option<UpdateView>,
    last_number: u64,
}

impl Task {
    pub(crate) fn new(context: Context, tray: watch::Receiver<TrayState>) -> Self {
        Self { context, tray, state: State::Closed, found: None, last_number: 0 }
    }

    /// Runs as long as the app.
    pub(crate) async fn run(
        mut self,
        mut messages: UnboundedReceiver<Message>,
        mut views: watch::Receiver<Arc<View>>,
    ) {
        loop {
            tokio::select! {
                biased;
                Some(message) = messages.recv() => self.take(message).await,
                Ok(()) = views.changed() => {
                    let snapshot = Arc::clone(&views.borrow_and_update().snapshot);
                    self.redraw(&snapshot);
                    if let State::Open { window, .. } = &self.state {
                        window.send("snapshot", json(&*snapshot));
                    }
                }
                else => return,
            }
        }
    }

    async fn take(&mut self, message: Message) {
        match message {
            Message::Open(page) => self.open(page).await,
            Message::Close => self.close().await,
            Message::Send(event, payload) => {
                if let State::Open { window, .. } = &self.state {
                    window.send(event, payload);
                }
            }
            Message::Redraw => self.redraw(&self.context.engine.snapshot()),
            Message::UpdateFound(found) => self.found = found,
            Message::Gone { number, was_shown } => self.gone(number, was_shown),
            Message::End(done) => {
                if let State::Open { window, .. } = std::mem::replace(&mut self.state, State::Over)
                {
                    let context = self.context.clone();
                    log_panic(executor::spawn_blocking(move || window.end(&context)).await);
                }
                let _ = done.send(());
            }
        }
    }

    async fn open(&mut self, page: Option<Page>) {
        match &self.state {
            State::Over => return,
            State::Open { window, .. } => {
                if let Some(page) = page {
                    self.context.page.set(page);
                    window.send("navigate", json(&page));
                }
                window.bring();
                return;
            }
            State::Closed => {}
        }
        let snapshot = self.context.engine.snapshot();
        self.context.page.set(page.unwrap_or_else(|| last_page(&snapshot)));
        let appearance = appearance(&snapshot);
        let opening = Opening {
            appearance: appearance.clone(),
            size: snapshot.settings.window_size,
            found: self.found.clone(),
        };
        self.last_number += 1;
        let (context, number) = (self.context.clone(), self.last_number);
        // Starting a program takes time, and elsewhere making a window waits for the main thread.
        let opened = executor::spawn_blocking(move || OpenWindow::open(&context, opening, number));
        match opened.await {
            Ok(Ok(window)) => {
                self.state = State::Open { window, appearance: Box::new(appearance) };
                self.context.engine.send(Action::person(Command::Refresh));
            }
            Ok(Err(error)) => self.failed(&error.to_string()),
            Err(error) => self.failed(&error.to_string()),
        }
    }

    /// Follows language and theme.
    fn redraw(&mut self, snapshot: &Snapshot) {
        let State::Open { window, appearance: shown } = &mut self.state else { return };
        let wanted = appearance(snapshot);
        if **shown != wanted {
            window.change_appearance(wanted.clone());
            **shown = wanted;
        }
    }

    /// Does what closing means for this person: the window goes, and without a tray to return from the app goes with it.
    async fn close(&mut self) {
        let settings = self.context.engine.snapshot().settings.clone();
        if settings.close_window == CloseWindow::Quit || *self.tray.borrow() == TrayState::Absent {
            self.context.events.send(ShellEvent::Quit);
            return;
        }
        if !matches!(self.state, State::Open { .. }) {
            return;
        }
        let State::Open { window, .. } = std::mem::replace(&mut self.state, State::Closed) else {
            return;
        };
        if !settings.close_notice_seen {
            self.context.events.send(ShellEvent::Notify("shell-still-here", Page::Preferences));
            let patch = SettingsPatch { close_notice_seen: Some(true), ..SettingsPatch::default() };
            self.context.engine.send(Action::person(Command::ChangeSettings(patch)));
        }
        let context = self.context.clone();
        log_panic(executor::spawn_blocking(move || window.close(&context)).await);
    }

    /// There is no window although one was wanted. Says so; with no icon either there is nothing left of the app.
    fn failed(&self, reason: &str) {
        log::error!("the window does not open: {reason}");
        self.context.events.send(match *self.tray.borrow() {
            TrayState::Absent => ShellEvent::GiveUp,
            _ => ShellEvent::Notify("shell-no-window", Page::Status),
        });
    }

    /// The window is not there any more. If nobody closed it, says so; with no icon it opens anew, because it is the app
    /// then.
    fn gone(&mut self, number: u64, was_shown: bool) {
        match &self.state {
            State::Open { window, .. } if window.number() == number => self.state = State::Closed,
            _ => return,
        }
        if cfg!(not(target_os = "linux")) {
            return;
        }
        if !was_shown {
            self.failed("its program has ended");
            return;
        }
        log::error!("the window has ended by itself");
        let page = self.context.page.get();
        self.context.events.send(ShellEvent::Notify("shell-window-ended", page));
        if *self.tray.borrow() == TrayState::Absent {
            self.context.events.send(ShellEvent::OpenWindow(None));
        }
    }
}

fn log_panic(result: Result<(), tokio::task::JoinError>) {
    if let Err(error) = result {
        log::error!("the window did not close properly: {error}");
    }
}

fn appearance(snapshot: &Snapshot) -> Appearance {
    let words = Words::new(snapshot.lang);
    let plain = |id| words.plain(id);
    Appearance {
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
    use crate::platform::color_scheme::{self, ColorScheme};

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
    snapshot.settings.page
}
