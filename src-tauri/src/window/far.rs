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
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
    time::{Duration, Instant},
};

use status_runtime::UpdatesView;
use tokio::{
    io::AsyncReadExt as _,
    net::{UnixStream, unix::OwnedReadHalf},
    sync::mpsc::{UnboundedSender, unbounded_channel},
};

use super::{Look, Opening, crashed, fail, left};
use crate::{
    ask,
    desktop::{Desktop, lock},
    environment, quit, tasks,
    wire::{self, Message, Order, Report},
};

/// What the program of the window is called. It lies beside this one, or where packages of a distribution have programs
/// that nobody starts by hand.
pub(crate) const NAME: &str = "pachca-status-window";
const ELSEWHERE: &str = "../lib/pachca-status";

/// The program itself, whatever becomes of its place.
static PROGRAM: OnceLock<io::Result<File>> = OnceLock::new();

/// The word that says: no window, only look whether there is a newer version.
pub(crate) const LOOK: &str = "--look";

/// A window that opens within this time after the start is what the person has started the app for.
const AT_ONCE: Duration = Duration::from_secs(10);

/// Longest wait for the program to end after it was told to.
const PATIENCE: Duration = Duration::from_secs(2);

/// Longest wait for the size of the window when the app ends.
const LAST_WORD: Duration = Duration::from_millis(300);

/// The window's program, as long as it is wanted.
pub(crate) struct Shown {
    number: u64,
    orders: UnboundedSender<Message<Order>>,
    ended: mpsc::Receiver<()>,
}

impl Shown {
    /// Starts the program.
    pub(super) fn show(desktop: &Arc<Desktop>, opening: Opening) -> io::Result<Self> {
        static NUMBERS: AtomicU64 = AtomicU64::new(0);
        let number = NUMBERS.fetch_add(1, Ordering::Relaxed);
        let (child, socket) = start(&[])?;
        let (orders, given) = unbounded_channel();
        let (ending, ended) = mpsc::channel();
        let (from, to) = {
            let _threads = tasks::threads().enter();
            UnixStream::from_std(socket)?.into_split()
        };
        let shown = Self { number, orders, ended };
        shown.say(Order::Open(opening));
        tasks::spawn(wire::write(to, given));
        let (desktop, answers) = (Arc::clone(desktop), shown.orders.downgrade());
        tasks::spawn(async move {
            let mut listener = Listener { desktop: Arc::clone(&desktop), answers, is_shown: false };
            if let Err(error) = listener.listen(from).await {
                log::warn!("the window is not understood: {error}");
            }
            drop(ending);
            let was_shown = listener.is_shown;
            tasks::spawn_blocking(move || {
                reap(child);
                gone(&desktop, number, was_shown);
            });
        });
        Ok(shown)
    }

    fn say(&self, order: Order) {
        self.hand_over((order, Vec::new()));
    }

    fn hand_over(&self, message: Message<Order>) {
        // Nobody listens only when the program has ended, and that is noticed by itself.
        let _ = self.orders.send(message);
    }

    /// Brings it to the front.
    pub(super) fn bring(&self) {
        self.say(Order::Bring);
    }

    /// Changes its frame.
    pub(super) fn look(&self, look: Look) {
        self.say(Order::Look(look));
    }

    /// Sends an event to the page.
    pub(super) fn tell(&self, event: &str, payload: String) {
        self.hand_over((Order::Tell { event: event.to_owned() }, payload.into_bytes()));
    }

    /// Takes it off the screen and ends the program. It says by itself how large it was.
    pub(super) fn leave(self, _desktop: &Desktop) {
        self.say(Order::Leave);
    }

    /// The same, before the app ends: waits until it has said so, but not for long.
    pub(super) fn leave_for_good(self, _desktop: &Desktop) {
        self.say(Order::Leave);
        // It is over when the sender is gone. A window that says nothing is closed with the size of before.
        let _ = self.ended.recv_timeout(LAST_WORD);
    }
}

/// Lets the window's program look for a newer version, without a window.
pub(crate) async fn look_for_update() -> io::Result<UpdatesView> {
    let (child, socket) = start(&[LOOK])?;
    let mut found = Vec::new();
    let read = UnixStream::from_std(socket)?.read_to_end(&mut found).await;
    let code = tasks::spawn_blocking(move || reap(child)).await?;
    read?;
    match code {
        Some(0) => Ok(serde_json::from_slice(&found)?),
        // It has said why.
        _ => Err(io::Error::other("the program that looks has failed")),
    }
}

/// Starts the window's program with these words; the socket leads to it.
fn start(words: &[&str]) -> io::Result<(Child, Socket)> {
    let (ours, theirs) = Socket::pair()?;
    ours.set_nonblocking(true)?;
    let program = PROGRAM.get_or_init(find).as_ref();
    let program = program.map_err(|error| io::Error::new(error.kind(), error.to_string()))?;
    let mut command = Command::new(format!("/proc/self/fd/{}", program.as_raw_fd()));
    environment::for_the_window(&mut command, started().elapsed() > AT_ONCE);
    command
        .arg0(NAME)
        .args(words)
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
        log::warn!("there will be no window: {NAME}: {error}");
    }
}

fn find() -> io::Result<File> {
    let own = std::env::current_exe()?;
    let folder = own.parent().unwrap_or(Path::new("/"));
    File::open(folder.join(NAME)).or_else(|_| File::open(folder.join(ELSEWHERE).join(NAME)))
}

/// Sees the program off, and makes sure that it goes. Its exit code, if it has one.
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

/// The program has ended, whoever ended it.
fn gone(desktop: &Arc<Desktop>, number: u64, was_shown: bool) {
    // One that ends at once is not known yet.
    let _turn = lock(&desktop.window.turn);
    let mut shown = lock(&desktop.window.shown);
    if shown.as_ref().is_none_or(|shown| shown.number != number) {
        // As it was told to.
        return;
    }
    *shown = None;
    drop(shown);
    if was_shown {
        crashed(desktop);
    } else {
        fail(desktop, "its program has ended");
    }
}

/// Hears what the window says.
struct Listener {
    desktop: Arc<Desktop>,
    answers: tokio::sync::mpsc::WeakUnboundedSender<Message<Order>>,
    is_shown: bool,
}

impl Listener {
    async fn listen(&mut self, mut from: OwnedReadHalf) -> io::Result<()> {
        while let Some((report, body)) = wire::read::<Report>(&mut from).await? {
            self.hear(report, body);
        }
        Ok(())
    }

    fn hear(&mut self, report: Report, body: Vec<u8>) {
        let desktop = Arc::clone(&self.desktop);
        match report {
            Report::Parts(parts) => {
                self.is_shown = true;
                for (name, version) in parts {
                    desktop.engine().add_version(&name, &version);
                }
            }
            Report::Ask { number, command, arguments } => {
                let answering = ask::answer(&desktop, &command, arguments, body);
                let answers = self.answers.clone();
                tasks::spawn(async move {
                    let (error, body) = match answering.await {
                        Ok(answer) => (None, answer.into_bytes()),
                        Err(error) => (Some(error), Vec::new()),
                    };
                    if let Some(answers) = answers.upgrade() {
                        let _ = answers.send((Order::Answer { number, error }, body));
                    }
                });
            }
            Report::Closing => drop(tasks::spawn_blocking(move || super::close(&desktop))),
            Report::Left(size) => left(&desktop, size),
            Report::Replaced => quit::start_anew(&desktop),
        }
    }
}
