//! Linux: the program of the window. It is started by the app, told what to show, and ends with the window or the app.

use std::{
    ffi::OsString,
    io::{self, Write as _},
    os::{fd::AsFd as _, unix::net::UnixStream as Socket},
    process::ExitCode,
    time::Duration,
};

use tauri::{App, AppHandle, Manager, RunEvent, WindowEvent};
use tokio::{
    net::{
        UnixStream,
        unix::{OwnedReadHalf, OwnedWriteHalf},
    },
    runtime::{self, Runtime},
    sync::mpsc::unbounded_channel,
    task::JoinHandle,
};

use super::{Link, bring, builder, closing, context, draw, open, put_away, tell, updates};
use crate::{
    hardening, stderr_log, tasks,
    window::{LOOK, NAME},
    wire::{self, Order},
};

/// Said on the terminal of somebody who starts it by hand.
const BY_ITSELF: &str = "this is the window of pachca-status, which starts it by itself";

/// After this the process ends whoever is still busy.
const LAST_MOMENT: Duration = Duration::from_secs(1);

/// The program of the window.
pub(crate) fn main(mut words: impl Iterator<Item = OsString>) -> ExitCode {
    stderr_log::start();
    hardening::harden();
    // What lists of processes show; the name of the file says nothing, because the app holds it open.
    if let Err(error) = rustix::thread::set_name(c"pachca-window") {
        log::info!("it keeps its name: {error}");
    }
    // The desktop entry's: the desktop takes name and icon of the window from there.
    gtk::glib::set_prgname(Some("pachca-status"));
    let looks = words.next().is_some_and(|word| word == LOOK);
    match (runtime(), socket()) {
        (Ok(runtime), Ok(socket)) => {
            tasks::run_on(runtime.handle());
            tauri::async_runtime::set(runtime.handle().clone());
            run(&runtime, socket, looks).unwrap_or_else(|error| complain(&error.to_string()))
        }
        (_, Err(_)) => complain(BY_ITSELF),
        (Err(error), _) => complain(&error.to_string()),
    }
}

fn complain(sentence: &str) -> ExitCode {
    let _ = writeln!(io::stderr(), "{NAME}: {sentence}");
    ExitCode::FAILURE
}

fn runtime() -> io::Result<Runtime> {
    runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()
}

/// The way to the app, which is the standard input; and nobody after us has it as theirs.
fn socket() -> io::Result<Socket> {
    let socket = Socket::from(io::stdin().as_fd().try_clone_to_owned()?);
    socket.peer_addr()?;
    socket.set_nonblocking(true)?;
    rustix::stdio::dup2_stdin(std::fs::File::open("/dev/null")?)?;
    Ok(socket)
}

fn run(runtime: &Runtime, socket: Socket, looks: bool) -> io::Result<ExitCode> {
    let (mut from, to) = {
        let _threads = runtime.enter();
        UnixStream::from_std(socket)?.into_split()
    };
    let (reports, said) = unbounded_channel();
    let mut context = context();
    let app = builder(&mut context, Link::new(reports));
    if looks {
        return Ok(look(runtime, &app.build(context).map_err(io::Error::other)?, to));
    }
    let opening = match runtime.block_on(wire::read::<Order>(&mut from))? {
        Some((Order::Open(opening), _)) => opening,
        Some(_) => return Err(io::Error::other("the first order is to open")),
        None => return Ok(ExitCode::SUCCESS),
    };
    let app = app
        .setup(move |app| {
            open(app.handle(), opening)?;
            let writing = tasks::spawn(wire::write(to, said));
            tasks::spawn(obey(app.handle().clone(), from, writing));
            app.state::<Link>().parts(parts());
            Ok(())
        })
        .build(context);
    match app {
        Ok(app) => {
            app.run(on_event);
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => Err(io::Error::other(format!("there is no desktop to run on: {error}"))),
    }
}

/// What is loaded here.
fn parts() -> Vec<(String, String)> {
    let web = tauri::webview_version().unwrap_or_default();
    vec![("Tauri".to_owned(), tauri::VERSION.to_owned()), ("WebKitGTK".to_owned(), web)]
}

/// Does what the app says, until it says no more.
async fn obey(app: AppHandle, mut from: OwnedReadHalf, writing: JoinHandle<()>) {
    loop {
        match wire::read::<Order>(&mut from).await {
            Ok(Some((Order::Leave, _))) => {
                end_at_last();
                let leaving = app.clone();
                let left = tasks::spawn_blocking(move || put_away(&leaving)).await;
                app.state::<Link>().left(left.ok().flatten());
                // Said, not only meant to be.
                let _ = writing.await;
                break;
            }
            Ok(Some((order, body))) => carry_out(&app, order, body),
            Ok(None) => break,
            Err(error) => {
                log::error!("the app is not understood: {error}");
                break;
            }
        }
    }
    end(&app);
}

fn carry_out(app: &AppHandle, order: Order, body: Vec<u8>) {
    let text = |body| String::from_utf8(body).unwrap_or_default();
    match order {
        Order::Bring => bring(app),
        Order::Look(look) => draw(app, look),
        Order::Tell { event } => tell(app, &event, text(body)),
        Order::Answer { number, error: None } => {
            app.state::<Link>().answered(number, Ok(text(body)));
        }
        Order::Answer { number, error: Some(error) } => {
            app.state::<Link>().answered(number, Err(error));
        }
        Order::Open(_) | Order::Leave => log::error!("an order that is not for now"),
    }
}

fn end(app: &AppHandle) {
    end_at_last();
    app.exit(0);
}

/// Ends the process in a moment, should anything hang: nobody would be there to close the window.
fn end_at_last() {
    std::thread::spawn(|| {
        std::thread::sleep(LAST_MOMENT);
        std::process::exit(0);
    });
}

fn on_event(app: &AppHandle, event: RunEvent) {
    if let RunEvent::WindowEvent { event: WindowEvent::CloseRequested { api, .. }, .. } = event {
        api.prevent_close();
        closing(app);
    }
}

/// Writes what there is to the app, instead of showing a window.
fn look(runtime: &Runtime, app: &App, mut to: OwnedWriteHalf) -> ExitCode {
    use tokio::io::AsyncWriteExt as _;

    let told = runtime.block_on(async {
        let found = updates::look(app.handle()).await.map_err(|error| {
            io::Error::other(format!("no newer version was looked up: {:?}", error.code))
        })?;
        to.write_all(&serde_json::to_vec(&found)?).await
    });
    told.map_or_else(|error| complain(&error.to_string()), |()| ExitCode::SUCCESS)
}
