//! Linux: the program of the window. It is started by the app, told what to show, and ends with the window or the app.

use std::{
    ffi::OsString,
    io::{self, Write as _},
    os::{fd::AsFd as _, unix::net::UnixStream as Socket},
    process::ExitCode,
    time::Duration,
};

use status_app::{
    executor,
    ipc::protocol::{self, LOOK_FOR_UPDATE, ToWindow, WINDOW_PROGRAM},
    platform::{hardening, log as stderr_log},
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

use crate::{
    builder::{builder, context},
    channel::Channel,
    updates,
    webview::{bring, change_appearance, closing, open, put_away, send},
};

/// Said on the terminal of somebody who starts it by hand.
const BY_ITSELF: &str = "this is the window of pachca-status, which starts it by itself";

/// After this the process ends whoever is still busy.
const LAST_MOMENT: Duration = Duration::from_secs(1);

/// The program of the window.
pub(crate) fn main(mut args: impl Iterator<Item = OsString>) -> ExitCode {
    stderr_log::start();
    hardening::harden();
    // What lists of processes show; the name of the file says nothing, because the app holds it open.
    if let Err(error) = rustix::thread::set_name(c"pachca-window") {
        log::info!("it keeps its name: {error}");
    }
    // The desktop entry's: the desktop takes name and icon of the window from there.
    gtk::glib::set_prgname(Some("pachca-status"));
    let looks = args.next().is_some_and(|arg| arg == LOOK_FOR_UPDATE);
    match (runtime(), socket()) {
        (Ok(runtime), Ok(socket)) => {
            executor::set(runtime.handle());
            tauri::async_runtime::set(runtime.handle().clone());
            run(&runtime, socket, looks).unwrap_or_else(|error| complain(&error.to_string()))
        }
        (_, Err(_)) => complain(BY_ITSELF),
        (Err(error), _) => complain(&error.to_string()),
    }
}

fn complain(sentence: &str) -> ExitCode {
    let _ = writeln!(io::stderr(), "{WINDOW_PROGRAM}: {sentence}");
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
    let (messages, said) = unbounded_channel();
    let mut context = context();
    let app = builder(&mut context, Channel::new(messages));
    if looks {
        return Ok(look(runtime, &app.build(context).map_err(io::Error::other)?, to));
    }
    let opening = match runtime.block_on(protocol::read::<ToWindow>(&mut from))? {
        Some((ToWindow::Open(opening), _)) => opening,
        Some(_) => return Err(io::Error::other("the first message is to open")),
        None => return Ok(ExitCode::SUCCESS),
    };
    let app = app
        .setup(move |app| {
            open(app.handle(), opening)?;
            let writing = executor::spawn(protocol::write(to, said));
            executor::spawn(listen(app.handle().clone(), from, writing));
            app.state::<Channel>().shown(versions());
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
fn versions() -> Vec<(String, String)> {
    let web = tauri::webview_version().unwrap_or_default();
    vec![("Tauri".to_owned(), tauri::VERSION.to_owned()), ("WebKitGTK".to_owned(), web)]
}

/// Does what the app says, until it says no more.
async fn listen(app: AppHandle, mut from: OwnedReadHalf, writing: JoinHandle<()>) {
    loop {
        match protocol::read::<ToWindow>(&mut from).await {
            Ok(Some((ToWindow::Close, _))) => {
                end_at_last();
                let leaving = app.clone();
                let closed = executor::spawn_blocking(move || put_away(&leaving)).await;
                app.state::<Channel>().closed(closed.ok().flatten());
                // The message has left this process.

                let _ = writing.await;
                break;
            }
            Ok(Some((message, body))) => carry_out(&app, message, body),
            Ok(None) => break,
            Err(error) => {
                log::error!("the app is not understood: {error}");
                break;
            }
        }
    }
    end(&app);
}

fn carry_out(app: &AppHandle, message: ToWindow, body: Vec<u8>) {
    let text = |body| String::from_utf8(body).unwrap_or_default();
    match message {
        ToWindow::Bring => bring(app),
        ToWindow::Appearance(appearance) => change_appearance(app, appearance),
        ToWindow::Event { name } => send(app, &name, text(body)),
        ToWindow::Reply { number, error: None } => {
            app.state::<Channel>().replied(number, Ok(text(body)));
        }
        ToWindow::Reply { number, error: Some(error) } => {
            app.state::<Channel>().replied(number, Err(error));
        }
        ToWindow::Open(_) | ToWindow::Close => log::error!("a message that is not for now"),
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
