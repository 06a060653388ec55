//! The shell of Pachca Status: tray, window, notifications. It translates between the desktop and the engine, and decides
//! nothing.

#[cfg(target_os = "linux")]
mod appimage;
mod args;
mod ask;
mod autostart;
#[cfg(target_os = "linux")]
mod bus;
#[cfg(target_os = "linux")]
mod color_scheme;
mod desktop;
mod environment;
#[cfg(target_os = "linux")]
mod flatpak;
mod hardening;
mod instance;
mod links;
mod notifications;
mod quit;
#[cfg_attr(target_os = "linux", path = "run_alone.rs")]
#[cfg_attr(not(target_os = "linux"), path = "run_tauri.rs")]
mod run;
mod shortcuts;
mod stderr_log;
mod tasks;
mod tray;
mod updates;
mod versions;
mod view;
mod window;
#[cfg(target_os = "linux")]
mod wire;

#[cfg(test)]
mod policy;

use std::{io::Write, path::PathBuf, process::ExitCode, sync::Arc};

use status_runtime::{
    Clock, Directories, Engine, EngineOptions, Host, KeyringStore, system_directories,
    system_locale,
};
use tokio::runtime;

use crate::{args::Request, desktop::Desktop, instance::Start};

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

/// The program of the window, which the other one starts. Linux.
#[cfg(target_os = "linux")]
pub fn window_main() -> ExitCode {
    view::main(std::env::args_os().skip(1))
}

fn start(hidden: bool) -> ExitCode {
    stderr_log::start();
    hardening::harden();
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
    tasks::run_on(runtime.handle());
    let code = match instance::find_out(&directories.state) {
        Start::First(first) => {
            let state = directories.state.clone();
            run::run(first, |desktop| begin(desktop, engine_options(&directories), state, hidden))
        }
        Start::Second => {
            if let Err(error) = runtime.block_on(instance::knock(&directories.state)) {
                complain(&format!("it is running already, but does not answer: {error}"));
            }
            ExitCode::SUCCESS
        }
    };
    runtime.shutdown_background();
    code
}

/// Everything that needs no window system. The engine reads files and asks the keyring while that is still getting up.
fn begin(desktop: &Arc<Desktop>, options: EngineOptions, state: PathBuf, hidden: bool) {
    let host = Arc::clone(desktop) as Arc<dyn Host>;
    desktop.set_engine(Engine::start(options, host, tasks::threads()));
    tasks::spawn(tray::keep(Arc::clone(desktop), hidden));
    let knocked = Arc::clone(desktop);
    tasks::spawn(async move {
        instance::answer(&state, move || window::open(&knocked, None)).await;
    });
    tasks::spawn(quit::on_signal(Arc::clone(desktop)));
    tasks::spawn(updates::watch(Arc::clone(desktop)));
    #[cfg(target_os = "linux")]
    {
        window::prepare();
        let desktop = Arc::clone(desktop);
        tasks::spawn(async move { color_scheme::watch(|| desktop.redraw()).await });
    }
}

fn engine_options(directories: &Directories) -> EngineOptions {
    EngineOptions {
        config_dir: directories.config.clone(),
        state_dir: directories.state.clone(),
        api_url: environment::variable("PACHCA_API_URL"),
        token: environment::token(),
        store: Arc::new(KeyringStore::default()),
        locale: system_locale(&sys_locale::get_locale().unwrap_or_default()),
        versions: versions::at_start(),
        clock: Clock::system(),
    }
}
