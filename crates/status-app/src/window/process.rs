//! Linux: the window is a program of its own, and gone with it is everything that a window needs.
//!
//! Loading WebKit and GTK takes this long and this much memory only while there is a window; and whatever happens to
//! them happens to the window alone. The program is given one end of a pair of sockets as its standard input.

use std::{
    fs::File,
    io,
    os::{
        fd::{AsRawFd as _, OwnedFd},
        unix::{net::UnixStream as Socket, process::CommandExt as _},
    },
    path::Path,
    process::{Child, Command, Stdio},
    sync::{OnceLock, mpsc},
    time::{Duration, Instant},
};

use status_runtime::UpdatesView;
use tokio::{
    io::AsyncReadExt as _,
    net::{UnixStream, unix::OwnedReadHalf},
    sync::mpsc::{UnboundedSender, WeakUnboundedSender, unbounded_channel},
};

use crate::{
    context::Context,
    event::ShellEvent,
    executor,
    ipc::protocol::{
        self, Appearance, FromWindow, LOOK_FOR_UPDATE, Opening, ToWindow, WINDOW_PROGRAM,
    },
    platform::env,
};

/// Where packages of a distribution have programs that nobody starts by hand, from the folder of this one. Elsewhere the
/// window's program lies beside it.
const ELSEWHERE: &str = "../lib/pachca-status";

/// The program itself, whatever becomes of its place.
static PROGRAM: OnceLock<io::Result<File>> = OnceLock::new();

/// A window that opens within this time after the start is what the person has started the app for.
const AT_ONCE: Duration = Duration::from_secs(10);

/// Longest wait for the program to end after it was told to.
const PATIENCE: Duration = Duration::from_secs(2);

/// Longest wait for the size of the window when the app ends.
const LAST_WORD: Duration = Duration::from_millis(300);

/// The window's program, as long as it is wanted.
pub(super) struct OpenWindow {
    number: u64,
    to: UnboundedSender<protocol::Message<ToWindow>>,
    ended: mpsc::Receiver<()>,
}

impl OpenWindow {
    /// Starts the program.
    pub(super) fn open(context: &Context, opening: Opening, number: u64) -> io::Result<Self> {
        let (child, socket) = start(&[])?;
        let (to, messages) = unbounded_channel();
        let (ending, ended) = mpsc::channel();
        let (read, write) = {
            let _executor = executor::handle().enter();
            UnixStream::from_std(socket)?.into_split()
        };
        let window = Self { number, to, ended };
        window.tell(ToWindow::Open(opening));
        executor::spawn(protocol::write(write, messages));
        let mut listener =
            Listener { context: context.clone(), replies: window.to.downgrade(), is_shown: false };
        executor::spawn(async move {
            if let Err(error) = listener.listen(read).await {
                log::warn!("the window is not understood: {error}");
            }
            drop(ending);
            executor::spawn_blocking(move || {
                reap(child);
                let was_shown = listener.is_shown;
                listener.context.events.send(ShellEvent::WindowGone { number, was_shown });
            });
        });
        Ok(window)
    }

    pub(super) fn number(&self) -> u64 {
        self.number
    }

    fn tell(&self, message: ToWindow) {
        self.tell_with(message, Vec::new());
    }

    fn tell_with(&self, message: ToWindow, body: Vec<u8>) {
        // Nobody listens only when the program has ended, and that is noticed by itself.
        let _ = self.to.send((message, body));
    }

    pub(super) fn bring(&self) {
        self.tell(ToWindow::Bring);
    }

    pub(super) fn change_appearance(&self, appearance: Appearance) {
        self.tell(ToWindow::Appearance(appearance));
    }

    pub(super) fn send(&self, event: &str, payload: String) {
        self.tell_with(ToWindow::Event { name: event.to_owned() }, payload.into_bytes());
    }

    /// Takes it off the screen and ends the program, which says by itself how large the window was.
    pub(super) fn close(self, _context: &Context) {
        self.tell(ToWindow::Close);
    }

    /// The same, before the app ends: waits until it has said so, but not for long.
    pub(super) fn end(self, _context: &Context) {
        self.tell(ToWindow::Close);
        // It is over when the sender is gone. A window that says nothing is closed with the size of before.
        let _ = self.ended.recv_timeout(LAST_WORD);
    }
}

/// Lets the window's program look for a newer version, without a window.
pub(crate) async fn look_for_update() -> io::Result<UpdatesView> {
    let (child, socket) = start(&[LOOK_FOR_UPDATE])?;
    let mut found = Vec::new();
    let read = UnixStream::from_std(socket)?.read_to_end(&mut found).await;
    let code = executor::spawn_blocking(move || reap(child)).await?;
    read?;
    match code {
        Some(0) => Ok(serde_json::from_slice(&found)?),
        // It has said why.
        _ => Err(io::Error::other("the program that looks has failed")),
    }
}

/// Starts the window's program with these arguments; the socket leads to it.
fn start(args: &[&str]) -> io::Result<(Child, Socket)> {
    let (ours, theirs) = Socket::pair()?;
    ours.set_nonblocking(true)?;
    let program = PROGRAM.get_or_init(find).as_ref();
    let program = program.map_err(|error| io::Error::new(error.kind(), error.to_string()))?;
    let mut command = Command::new(format!("/proc/self/fd/{}", program.as_raw_fd()));
    env::for_the_window(&mut command, started().elapsed() > AT_ONCE);
    command
        .arg0(WINDOW_PROGRAM)
        .args(args)
        .stdin(Stdio::from(OwnedFd::from(theirs)))
        // Ctrl+C in a terminal is meant for the app, which then closes the window.
        .process_group(0);
    Ok((command.spawn()?, ours))
}

/// When the app was started.
fn started() -> Instant {
    static STARTED: OnceLock<Instant> = OnceLock::new();
    *STARTED.get_or_init(Instant::now)
}

/// Takes hold of the window's program at the start: after an upgrade or a removal of the package a running app still opens
/// the window that belongs to it.
pub(crate) fn prepare() {
    started();
    if let Err(error) = PROGRAM.get_or_init(find) {
        log::warn!("there will be no window: {WINDOW_PROGRAM}: {error}");
    }
}

fn find() -> io::Result<File> {
    let own = std::env::current_exe()?;
    let folder = own.parent().unwrap_or(Path::new("/"));
    File::open(folder.join(WINDOW_PROGRAM))
        .or_else(|_| File::open(folder.join(ELSEWHERE).join(WINDOW_PROGRAM)))
}

/// Waits for the program to end, and kills it if it does not. Its exit code, if it has one.
fn reap(mut child: Child) -> Option<i32> {
    let (tell, told) = mpsc::channel::<()>();
    let pid = rustix::process::Pid::from_child(&child);
    std::thread::spawn(move || {
        // Still there: it has nothing to say any more, so nothing is lost.
        if told.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
        }
    });
    let status = child.wait();
    drop(tell);
    status.ok()?.code()
}

/// Hears what the window says.
struct Listener {
    context: Context,
    replies: WeakUnboundedSender<protocol::Message<ToWindow>>,
    is_shown: bool,
}

impl Listener {
    async fn listen(&mut self, mut from: OwnedReadHalf) -> io::Result<()> {
        while let Some((message, body)) = protocol::read::<FromWindow>(&mut from).await? {
            self.hear(message, body);
        }
        Ok(())
    }

    fn hear(&mut self, message: FromWindow, body: Vec<u8>) {
        match message {
            FromWindow::Shown { versions } => {
                self.is_shown = true;
                for (name, version) in versions {
                    self.context.engine.add_version(&name, &version);
                }
            }
            FromWindow::Request { number, command, arguments } => {
                let replying = self.context.answer(&command, arguments, body);
                let replies = self.replies.clone();
                executor::spawn(async move {
                    let (error, body) = match replying.await {
                        Ok(reply) => (None, reply.into_bytes()),
                        Err(error) => (Some(error), Vec::new()),
                    };
                    if let Some(replies) = replies.upgrade() {
                        let _ = replies.send((ToWindow::Reply { number, error }, body));
                    }
                });
            }
            FromWindow::CloseRequested => self.context.events.send(ShellEvent::CloseWindow),
            FromWindow::Closed(size) => self.context.save_window_size(size),
            FromWindow::Replaced => self.context.events.send(ShellEvent::Restart),
        }
    }
}
