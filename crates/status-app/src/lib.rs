//! The app without its window: tray, notifications, shortcuts, and the way to the engine. On Linux it is a program by
//! itself, and links no window library; on Windows and macOS `src-tauri` adds tray and window.

mod app;
pub mod cli;
pub mod context;
pub mod event;
pub mod executor;
pub mod ipc;
pub mod platform;
mod shutdown;
pub mod sync;
#[cfg(not(target_os = "linux"))]
pub mod toolkit;
#[cfg_attr(target_os = "linux", allow(unreachable_pub, reason = "elsewhere Tauri draws the tray"))]
pub mod tray;
mod updates;
mod window;

use std::{io::Write as _, process::ExitCode, sync::Arc};

use status_runtime::{
    Clock, Directories, EngineOptions, KeyringStore, system_directories, system_locale,
};
use tokio::runtime;

pub use self::{
    app::{Launch, flush},
    platform::notifications::WINDOWS_APP_ID,
    shutdown::is_ending,
};
use crate::platform::{
    env, hardening,
    log::{self as stderr_log, complain},
    single_instance::{self, Start},
    system_info,
};

/// Threads for everything that waits for the network, the bus or a timer. None of it computes for long.
const WORKERS: usize = 2;

/// The program: reads the command line and does what it says. `run` has the main thread until the app ends.
pub fn main(run: impl FnOnce(Launch) -> ExitCode) -> ExitCode {
    match cli::parse(std::env::args_os().skip(1)) {
        Ok(cli::Request::Version) => say(&format!("pachca-status {}", env!("CARGO_PKG_VERSION"))),
        Ok(cli::Request::Help) => say(cli::help().trim_end()),
        Ok(cli::Request::Start { hidden }) => start(hidden, run),
        Err(sentence) => {
            complain(&sentence);
            ExitCode::from(2)
        }
    }
}

/// Linux: the app needs no window system. It speaks to the panel over the session bus, and its window is another program.
#[cfg(target_os = "linux")]
pub fn run(launch: Launch) -> ExitCode {
    let (exit, exited) = std::sync::mpsc::channel();
    // Nobody waits any more only if it is over already.
    let _context = launch.start(move |code| {
        let _ = exit.send(code);
    });
    exited.recv().unwrap_or(ExitCode::FAILURE)
}

/// Writes to the standard output. Nobody there to read it is no failure.
fn say(text: &str) -> ExitCode {
    let _ = writeln!(std::io::stdout(), "{text}");
    ExitCode::SUCCESS
}

fn start(hidden: bool, run: impl FnOnce(Launch) -> ExitCode) -> ExitCode {
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
    executor::set(runtime.handle());
    let code = match single_instance::find_out(&directories.state) {
        Start::First(instance) => {
            run(Launch { options: engine_options(&directories), instance, hidden })
        }
        Start::Second => {
            if let Err(error) = runtime.block_on(single_instance::activate(&directories.state)) {
                complain(&format!("it is running already, but does not answer: {error}"));
            }
            ExitCode::SUCCESS
        }
    };
    runtime.shutdown_background();
    code
}

fn engine_options(directories: &Directories) -> EngineOptions {
    EngineOptions {
        config_dir: directories.config.clone(),
        state_dir: directories.state.clone(),
        api_url: env::variable("PACHCA_API_URL"),
        token: env::token(),
        store: Arc::new(KeyringStore::default()),
        locale: system_locale(&sys_locale::get_locale().unwrap_or_default()),
        versions: system_info::at_start(),
        clock: Clock::system(),
    }
}
