//! The shell of Pachca Status: tray, window, commands, notifications. It translates between the desktop and the
//! engine, and decides nothing.

#[cfg(target_os = "linux")]
mod appimage;
mod args;
mod autostart;
#[cfg(target_os = "linux")]
mod bus;
mod clipboard;
#[cfg(target_os = "linux")]
mod color_scheme;
mod commands;
mod desktop;
mod dialogs;
mod environment;
#[cfg(target_os = "linux")]
mod flatpak;
mod hardening;
mod instance;
mod links;
mod notifications;
mod quit;
mod shortcuts;
mod stderr_log;
mod tray;
mod updates;
mod versions;
mod web_view;
mod window;

#[cfg(test)]
mod policy;

use std::{io::Write, process::ExitCode, sync::Arc};

use status_runtime::{
    Clock, Directories, Engine, EngineOptions, Host, KeyringStore, system_directories,
    system_locale,
};
use tauri::{App, AppHandle, RunEvent, WindowEvent};
use tokio::runtime::{self, Runtime};

use crate::{
    args::Request,
    desktop::Desktop,
    instance::{First, Hold, Start},
};

/// Threads for everything that waits for the network, the bus or a timer. None of it computes for long.
const WORKERS: usize = 2;

/// The program: reads the command line and does what it says.
pub fn main() -> ExitCode {
    match args::parse(std::env::args_os().skip(1)) {
        Ok(Request::Version) => say(&format!("pachca-status {}", env!("CARGO_PKG_VERSION"))),
        Ok(Request::Help) => say(args::HELP),
        Ok(Request::Start { hidden }) => start(hidden),
        Err(sentence) => {
            complain(&sentence);
            ExitCode::from(2)
        }
    }
}

/// Writes to the standard output. Nobody there to read it is no failure.
fn say(text: &str) -> ExitCode {
    let _ = writeln!(std::io::stdout(), "{text}");
    ExitCode::SUCCESS
}

fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "pachca-status: {text}");
}

fn start(hidden: bool) -> ExitCode {
    let token = environment::take_token();
    stderr_log::start();
    hardening::harden();
    #[cfg(target_os = "linux")]
    environment::settle();
    let Some(directories) = system_directories() else {
        complain("the system does not say where your files belong: HOME is not set.");
        return ExitCode::FAILURE;
    };
    let runtime = runtime::Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .thread_name("pachca-status")
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            complain(&format!("the system gives no threads: {error}"));
            return ExitCode::FAILURE;
        }
    };
    match instance::find_out(&directories.state) {
        Start::First(first) => run(&runtime, engine_options(&directories, token), hidden, first),
        Start::Second => {
            if let Err(error) = runtime.block_on(instance::knock(&directories.state)) {
                complain(&format!("it is running already, but does not answer: {error}"));
            }
            runtime.shutdown_background();
            ExitCode::SUCCESS
        }
    }
}

fn run(runtime: &Runtime, options: EngineOptions, hidden: bool, first: First) -> ExitCode {
    let state = options.state_dir.clone();
    tauri::async_runtime::set(runtime.handle().clone());
    // The engine reads files and asks the keyring while Tauri is still getting up.
    let desktop = Arc::new(Desktop::default());
    let engine = Engine::start(options, Arc::clone(&desktop) as Arc<dyn Host>, runtime.handle());
    desktop.set_engine(engine);
    runtime.spawn(tray::keep(Arc::clone(&desktop), hidden));

    let mut context = tauri::generate_context!();
    let app = updates::prepare(tauri::Builder::default(), &mut context)
        .plugin(tauri_plugin_dialog::init())
        .manage(Arc::clone(&desktop))
        .manage(Hold::new(first))
        .invoke_handler(commands::all())
        .setup(move |app| {
            set_up(app, &desktop, state);
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

fn engine_options(directories: &Directories, token: Option<String>) -> EngineOptions {
    EngineOptions {
        config_dir: directories.config.clone(),
        state_dir: directories.state.clone(),
        api_url: environment::variable("PACHCA_API_URL"),
        token,
        store: Arc::new(KeyringStore::default()),
        locale: system_locale(&sys_locale::get_locale().unwrap_or_default()),
        versions: versions::at_start(),
        clock: Clock::system(),
    }
}

/// Tauri is up. Nothing here waits: the icon is next.
fn set_up(app: &mut App, desktop: &Arc<Desktop>, state: std::path::PathBuf) {
    #[cfg(target_os = "macos")]
    app.set_activation_policy(tauri::ActivationPolicy::Accessory);
    let app = app.handle();
    desktop.set_app(app);
    if let Some(page) = desktop.window.wanted() {
        window::open(app, Some(page));
    }
    let knocked = app.clone();
    tauri::async_runtime::spawn(async move {
        instance::answer(&state, move || window::open(&knocked, None)).await;
    });
    tauri::async_runtime::spawn(quit::on_signal(app.clone()));
    tauri::async_runtime::spawn(updates::watch(app.clone()));
    #[cfg(target_os = "linux")]
    {
        let desktop = Arc::clone(desktop);
        tauri::async_runtime::spawn(async move { color_scheme::watch(|| desktop.redraw()).await });
    }
}

fn on_event(app: &AppHandle, event: RunEvent) {
    match event {
        RunEvent::WindowEvent { event: WindowEvent::CloseRequested { api, .. }, .. } => {
            api.prevent_close();
            // Closing asks the window for its size, which waits for this very thread.
            let app = app.clone();
            tauri::async_runtime::spawn_blocking(move || window::close(&app));
        }
        RunEvent::WindowEvent { event: WindowEvent::Destroyed, .. } => window::gone(app),
        // The window is not the app: without it the app lives on in the tray.
        RunEvent::ExitRequested { code: None, api, .. } if !quit::is_ending() => api.prevent_exit(),
        RunEvent::Exit => quit::flush(app),
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { has_visible_windows: false, .. } => window::open(app, None),
        _ => {}
    }
}
