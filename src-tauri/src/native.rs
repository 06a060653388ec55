//! Windows and macOS: the icon, the shortcuts and the window belong to Tauri's event loop, on the main thread.

use std::{
    pin::Pin,
    process::ExitCode,
    sync::{Arc, Mutex, OnceLock, mpsc},
};

use status_app::{
    Launch,
    event::ShellEvent,
    executor,
    ipc::protocol::{Appearance, Opening, Size},
    is_ending,
    platform::log::complain,
    sync::lock,
    toolkit::Toolkit,
    tray::PanelTheme,
};
use status_runtime::{DrawnTray, UpdatesView};
use tauri::{AppHandle, Manager as _, RunEvent, WindowEvent};

use crate::{builder, channel::Channel, tray::ShownTray, updates, webview};

/// Tauri, as the app uses it.
#[derive(Default)]
struct Tauri {
    app: OnceLock<AppHandle>,
    /// Main thread only.
    tray: Arc<Mutex<Option<ShownTray>>>,
}

impl Tauri {
    /// Waits until it is up.
    fn app(&self) -> &AppHandle {
        self.app.wait()
    }
}

impl Toolkit for Tauri {
    fn on_main_thread(&self, task: Box<dyn FnOnce() + Send>) -> Result<(), String> {
        self.app().run_on_main_thread(task).map_err(|error| error.to_string())
    }

    fn show_tray(&self, tray: DrawnTray, theme: PanelTheme) -> Result<(), String> {
        let (answer, shown) = mpsc::channel();
        let (app, place) = (self.app().clone(), Arc::clone(&self.tray));
        self.on_main_thread(Box::new(move || {
            let result = ShownTray::show(&app, tray, theme).map_err(|error| error.to_string());
            // Nobody waits any more only when the app ends.
            let _ = answer.send(result.map(|shown| *lock(&place) = Some(shown)));
        }))?;
        shown.recv().map_err(|error| error.to_string())?
    }

    /// By way of another task: run from within a callback of the window system, it would run inside that.
    fn draw_tray(&self, tray: DrawnTray, theme: PanelTheme) {
        let (app, place) = (self.app().clone(), Arc::clone(&self.tray));
        let drawing = self.on_main_thread(Box::new(move || {
            if let Some(shown) = lock(&place).as_mut()
                && let Err(error) = shown.draw(&app, tray, theme)
            {
                log::error!("the tray keeps its old face: {error}");
            }
        }));
        if let Err(error) = drawing {
            log::error!("cannot reach the main thread: {error}");
        }
    }

    fn open_window(&self, opening: Opening) -> Result<(), String> {
        #[cfg(target_os = "macos")]
        self.app()
            .set_activation_policy(tauri::ActivationPolicy::Regular)
            .map_err(|error| error.to_string())?;
        webview::open(self.app(), opening).map_err(|error| error.to_string())
    }

    fn bring_window(&self) {
        webview::bring(self.app());
    }

    fn change_appearance(&self, appearance: Appearance) {
        webview::change_appearance(self.app(), appearance);
    }

    fn send_event(&self, event: &str, payload: String) {
        webview::send(self.app(), event, payload);
    }

    fn close_window(&self) -> Option<Size> {
        let size = webview::put_away(self.app());
        #[cfg(target_os = "macos")]
        if let Err(error) = self.app().set_activation_policy(tauri::ActivationPolicy::Accessory) {
            log::warn!("the Dock icon stays: {error}");
        }
        size
    }

    fn window_size(&self) -> Option<Size> {
        webview::measure(self.app())
    }

    fn look_for_update(&self) -> Pin<Box<dyn Future<Output = Result<UpdatesView, String>> + Send>> {
        let app = self.app().clone();
        Box::pin(
            async move { updates::look(&app).await.map_err(|error| format!("{:?}", error.code)) },
        )
    }

    fn exit(&self, code: ExitCode) {
        self.app().exit(i32::from(code != ExitCode::SUCCESS));
    }

    fn restart(&self) {
        tauri::process::restart(&self.app().env());
    }
}

/// Runs until it is over.
pub(crate) fn run(launch: Launch) -> ExitCode {
    tauri::async_runtime::set(executor::handle().clone());
    let tauri = Arc::new(Tauri::default());
    let toolkit = Arc::clone(&tauri) as Arc<dyn Toolkit>;
    let exit = Arc::clone(&toolkit);
    let shell = launch.start(move |code| exit.exit(code), &toolkit);
    shell.engine.add_version("Tauri", tauri::VERSION);
    let mut context = builder::context();
    let app = builder::builder(&mut context, Channel(shell))
        .setup(move |app| {
            #[cfg(target_os = "macos")]
            app.set_activation_policy(tauri::ActivationPolicy::Accessory);
            assert!(tauri.app.set(app.handle().clone()).is_ok(), "there is one app");
            Ok(())
        })
        .build(context);
    match app {
        Ok(app) => {
            app.run(on_event);
            ExitCode::SUCCESS
        }
        Err(error) => {
            complain(&format!("there is no desktop to run on: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn on_event(app: &AppHandle, event: RunEvent) {
    let channel = app.state::<Channel>();
    match event {
        RunEvent::WindowEvent { event: WindowEvent::CloseRequested { api, .. }, .. } => {
            api.prevent_close();
            channel.closing();
        }
        RunEvent::WindowEvent { event: WindowEvent::Destroyed, .. } => {
            channel.0.events.send(ShellEvent::WindowGone { number: 0, was_shown: true });
        }
        // The window is not the app: without it the app lives on in the tray.
        RunEvent::ExitRequested { code: None, api, .. } if !is_ending() => api.prevent_exit(),
        RunEvent::Exit => status_app::flush(&channel.0),
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { has_visible_windows: false, .. } => {
            channel.0.events.send(ShellEvent::OpenWindow(None));
        }
        _ => {}
    }
}
