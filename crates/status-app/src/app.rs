//! The app: starts the engine and everything around it, and decides what follows from an event.

use std::{process::ExitCode, sync::Arc};

use status_core::{Action, Lang, Page, Snapshot, TokenState};
use status_runtime::{Engine, EngineOptions, Host, UploadProgress, View, Words};
use tokio::sync::{
    mpsc::{UnboundedReceiver, unbounded_channel},
    watch,
};

#[cfg(target_os = "linux")]
use crate::platform::{color_scheme, flatpak};
#[cfg(not(target_os = "linux"))]
use crate::toolkit::Toolkit;
use crate::{
    context::Context,
    event::{Events, ShellEvent, TrayState},
    executor,
    platform::{
        autostart,
        log::complain,
        notifications::{Note, Notifications},
        shortcuts::Shortcuts,
        single_instance::{self, InstanceLock},
    },
    shutdown::{self, Shutdown},
    sync::Shared,
    tray, updates,
    window::{self, Message, Messages},
};

/// What the app is started with.
pub struct Launch {
    pub(crate) options: EngineOptions,
    pub(crate) instance: InstanceLock,
    /// In the tray, without a window.
    pub(crate) hidden: bool,
}

/// Waits until everything is on disk. Blocks: for the way out only.
pub fn flush(context: &Context) {
    shutdown::flush(&context.engine);
}

impl Launch {
    /// Starts everything that needs no window system. `exit` ends the process. The engine reads files and asks the keyring
    /// while a window library is still getting up.
    pub fn start(
        self,
        exit: impl FnOnce(ExitCode) + Send + 'static,
        #[cfg(not(target_os = "linux"))] toolkit: &Arc<dyn Toolkit>,
    ) -> Context {
        let (events, received) = unbounded_channel();
        let events = Events(events);
        let (window, messages) = unbounded_channel();
        let lang = Shared::new(Lang::En);
        let (tray_state, tray) = watch::channel(TrayState::Unknown);
        let (redraw, redrawn) = watch::channel(());
        let state = self.options.state_dir.clone();
        let notifications = Arc::new(Notifications::default());
        let shell = Shell {
            events: events.clone(),
            tray: tray.clone(),
            notifications: Arc::clone(&notifications),
            lang: lang.clone(),
            shortcuts: Shortcuts::new(
                events.clone(),
                #[cfg(not(target_os = "linux"))]
                Arc::clone(toolkit),
            ),
        };
        let context = Context {
            engine: Engine::start(self.options, Arc::new(shell), executor::handle()),
            events: events.clone(),
            page: Shared::new(Page::Status),
            #[cfg(not(target_os = "linux"))]
            toolkit: Arc::clone(toolkit),
        };
        let views = context.engine.views();
        executor::spawn(tray::keep(tray::Presence {
            context: context.clone(),
            views: views.clone(),
            redraw: redrawn,
            hidden: self.hidden,
        }));
        let task = window::Task::new(context.clone(), tray);
        executor::spawn(task.run(messages, views.clone()));
        let shutdown = Shutdown {
            context: context.clone(),
            window: window.clone(),
            instance: self.instance,
            exit: Box::new(exit),
        };
        let router = Router {
            context: context.clone(),
            window,
            tray_state,
            redraw,
            lang,
            notifications,
            shutdown: Some(shutdown),
            greeted: false,
        };
        executor::spawn(router.run(received, views));
        let started = events.clone();
        executor::spawn(async move {
            single_instance::listen(&state, move || started.send(ShellEvent::OpenWindow(None)))
                .await;
        });
        executor::spawn(shutdown::on_signal(events.clone()));
        executor::spawn(updates::watch(context.clone()));
        #[cfg(target_os = "linux")]
        {
            window::prepare();
            executor::spawn(async move {
                color_scheme::watch(|| events.send(ShellEvent::Redraw)).await;
            });
        }
        context
    }
}

/// Decides what follows from an event.
struct Router {
    context: Context,
    window: Messages,
    tray_state: watch::Sender<TrayState>,
    redraw: watch::Sender<()>,
    lang: Shared<Lang>,
    notifications: Arc<Notifications>,
    /// Taken by the first event that ends the app.
    shutdown: Option<Shutdown>,
    /// It is known by now whether there is a token to work with.
    greeted: bool,
}

impl Router {
    async fn run(
        mut self,
        mut events: UnboundedReceiver<ShellEvent>,
        mut views: watch::Receiver<Arc<View>>,
    ) {
        views.mark_changed();
        loop {
            tokio::select! {
                biased;
                Some(event) = events.recv() => self.route(event),
                Ok(()) = views.changed() => {
                    let snapshot = Arc::clone(&views.borrow_and_update().snapshot);
                    self.lang.set(snapshot.lang);
                    self.greet(&snapshot);
                }
                else => return,
            }
        }
    }

    fn route(&mut self, event: ShellEvent) {
        match event {
            ShellEvent::Do(command) => self.context.engine.send(Action::person(command)),
            ShellEvent::Notice(notice, true) => self.context.engine.send(Action::Noticed(notice)),
            ShellEvent::Notice(notice, false) => {
                self.context.engine.send(Action::NoticeOver(notice));
            }
            ShellEvent::OpenWindow(page) => self.tell(Message::Open(page)),
            ShellEvent::CloseWindow => self.tell(Message::Close),
            ShellEvent::Notify(sentence, page) => self.notify(sentence, page),
            ShellEvent::SendToPage(event, payload) => self.tell(Message::Send(event, payload)),
            ShellEvent::WindowGone { number, was_shown } => {
                self.tell(Message::Gone { number, was_shown });
            }
            ShellEvent::Redraw => {
                self.tell(Message::Redraw);
                self.redraw.send_replace(());
            }
            ShellEvent::Tray(state) => drop(self.tray_state.send_replace(state)),
            ShellEvent::UpdateFound(found) => self.tell(Message::UpdateFound(found)),
            ShellEvent::Quit => self.end(ExitCode::SUCCESS, false),
            ShellEvent::GiveUp => {
                complain("there is no desktop to run on.");
                self.end(ExitCode::FAILURE, false);
            }
            ShellEvent::Restart => self.end(ExitCode::SUCCESS, true),
        }
    }

    fn tell(&self, message: Message) {
        // The window's task ends only with the app.
        let _ = self.window.send(message);
    }

    fn notify(&self, sentence: &str, page: Page) {
        let words = Words::new(self.context.engine.snapshot().lang);
        let part = |part| words.plain(&format!("{sentence}-{part}"));
        let note = Note { title: part("title"), body: part("body"), page };
        self.notifications.show(note, &self.context.events);
    }

    fn end(&mut self, code: ExitCode, restart: bool) {
        if let Some(shutdown) = self.shutdown.take() {
            shutdown.begin(code, restart);
        }
    }

    /// Once, as soon as it is known that there is nobody connected: opens the window on the connect page, whether or
    /// not the start was to be hidden. An icon that can do nothing would not explain itself.
    fn greet(&mut self, snapshot: &Snapshot) {
        if self.greeted || snapshot.token == TokenState::Loading {
            return;
        }
        self.greeted = true;
        if snapshot.account.is_none()
            && matches!(snapshot.token, TokenState::Missing | TokenState::Rejected)
        {
            self.tell(Message::Open(Some(Page::Account)));
        }
    }
}

/// The shell, as the engine sees it.
struct Shell {
    events: Events,
    tray: watch::Receiver<TrayState>,
    notifications: Arc<Notifications>,
    /// The language of the view.
    #[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "a sandbox says why"))]
    lang: Shared<Lang>,
    shortcuts: Shortcuts,
}

impl Host for Shell {
    fn notify(&self, title: &str, body: &str, page: Page) {
        let note = Note { title: title.to_owned(), body: body.to_owned(), page };
        self.notifications.show(note, &self.events);
    }

    fn open_window(&self, page: Page) {
        self.events.send(ShellEvent::OpenWindow(Some(page)));
    }

    fn set_start_at_login(&self, on: bool) -> Result<(), String> {
        #[cfg(target_os = "linux")]
        if flatpak::id().is_some() {
            let reason = Words::new(self.lang.get()).plain("shell-login-reason");
            return executor::handle().block_on(flatpak::start_at_login(on, &reason));
        }
        autostart::set(on)
    }

    fn set_shortcuts(&self, open: Option<&str>, clear: Option<&str>) -> Result<(), String> {
        self.shortcuts.set(open, clear)
    }

    fn upload_progress(&self, progress: UploadProgress) {
        let payload = serde_json::to_string(&progress).expect("plain data");
        self.events.send(ShellEvent::SendToPage("upload", payload));
    }

    fn tray_host_present(&self) -> Option<bool> {
        match *self.tray.borrow() {
            TrayState::Unknown => None,
            TrayState::Shown => Some(true),
            TrayState::Absent => Some(false),
        }
    }
}
