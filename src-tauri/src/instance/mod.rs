//! One app at a time for one person: the first holds a lock, a later start knocks and ends.
//!
//! The lock is the operating system's lock on a file in the person's own folder: it ends with the process, however
//! that ends, so nothing stale is left behind. The knock is a connection to a socket beside the file (a named pipe on
//! Windows). It carries no words: whoever connects can make the window appear and nothing else.

use std::{
    fs::{DirBuilder, File, OpenOptions, TryLockError},
    io,
    path::Path,
    sync::Mutex,
    time::Duration,
};

#[cfg(any(target_os = "linux", feature = "updates"))]
use crate::desktop::lock;

#[cfg_attr(unix, path = "unix.rs")]
#[cfg_attr(windows, path = "windows.rs")]
mod door;

/// Longest wait for the first app to answer a knock. A wedged one does not hold up the second for longer.
const KNOCK_PATIENCE: Duration = Duration::from_secs(2);

/// What a start found.
pub(crate) enum Start {
    /// Nobody else: this is the app, as long as this value lives.
    First(First),
    /// Another one runs.
    Second,
}

/// The right to be the app.
pub(crate) struct First {
    /// Held, never read: closing it gives the lock up. `None` where the folder cannot be written.
    _lock: Option<File>,
}

/// Keeps that right for as long as the app runs, or until it is handed to the next version.
pub(crate) struct Hold(
    #[cfg_attr(
        not(any(target_os = "linux", feature = "updates")),
        expect(dead_code, reason = "held, never given up")
    )]
    Mutex<Option<First>>,
);

impl Hold {
    /// Keeps it.
    pub(crate) fn new(first: First) -> Self {
        Self(Mutex::new(Some(first)))
    }

    /// Gives it up: the next start is the first.
    #[cfg(any(target_os = "linux", feature = "updates"))]
    pub(crate) fn let_go(&self) {
        drop(lock(&self.0).take());
    }
}

/// Finds out whether this is the first start. Where no lock can be taken (a folder that cannot be written) it counts
/// as the first: a second tray icon is a smaller evil than none.
pub(crate) fn find_out(folder: &Path) -> Start {
    match take(folder) {
        Ok(file) => Start::First(First { _lock: Some(file) }),
        Err(TryLockError::WouldBlock) => Start::Second,
        Err(TryLockError::Error(error)) => {
            log::warn!("no lock in the state folder ({error}); a second start will not be noticed");
            Start::First(First { _lock: None })
        }
    }
}

fn take(folder: &Path) -> Result<File, TryLockError> {
    let mut directories = DirBuilder::new();
    directories.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut directories, 0o700);
    directories.create(folder).map_err(TryLockError::Error)?;
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(folder.join("lock")).map_err(TryLockError::Error)?;
    file.try_lock()?;
    Ok(file)
}

/// Asks the first app to show its window. Waits for its answer, but not for long.
pub(crate) async fn knock(folder: &Path) -> io::Result<()> {
    tokio::time::timeout(KNOCK_PATIENCE, door::knock(folder)).await?
}

/// Answers knocks for as long as the app runs. `on_knock` must not block.
pub(crate) async fn answer(folder: &Path, on_knock: impl Fn() + Send + Sync + 'static) {
    if let Err(error) = door::answer(folder, on_knock).await {
        log::warn!("a second start cannot reach this one: {error}");
    }
}

/// A short name of the folder that is the same in every process of one person, and another for another.
fn folder_name(folder: &Path) -> String {
    // FNV-1a: it only has to be stable between versions and spread well; nothing secret depends on it.
    let hash = folder
        .as_os_str()
        .as_encoded_bytes()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("pachca-status-{hash:016x}")
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn the_second_start_is_told_apart_until_the_first_ends() {
        let folder = tempfile::tempdir().unwrap();
        let Start::First(first) = find_out(folder.path()) else { panic!("nobody else runs") };
        assert!(matches!(find_out(folder.path()), Start::Second));
        drop(first);
        assert!(matches!(find_out(folder.path()), Start::First(_)));
    }

    #[cfg(any(target_os = "linux", feature = "updates"))]
    #[test]
    fn the_next_version_is_the_first_as_soon_as_this_one_lets_go() {
        let folder = tempfile::tempdir().unwrap();
        let Start::First(first) = find_out(folder.path()) else { panic!("nobody else runs") };
        let hold = Hold::new(first);
        assert!(matches!(find_out(folder.path()), Start::Second));
        hold.let_go();
        assert!(matches!(find_out(folder.path()), Start::First(_)));
    }

    #[test]
    fn a_folder_that_cannot_be_made_does_not_keep_the_app_from_starting() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "in the way").unwrap();
        assert!(matches!(find_out(&file.join("below")), Start::First(_)));
    }

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
    }

    /// Starts answering in `folder` and waits until the door is there.
    fn first_app(runtime: &tokio::runtime::Runtime, folder: &Path) -> mpsc::Receiver<()> {
        let (knocked, knocks) = mpsc::channel();
        let place = folder.to_path_buf();
        runtime.spawn(
            async move { answer(&place, move || knocked.send(()).unwrap_or_default()).await },
        );
        runtime.block_on(async { while knock(folder).await.is_err() {} });
        knocks.recv().unwrap();
        knocks
    }

    #[test]
    fn a_second_start_shows_the_window_of_the_first() {
        let (folder, runtime) = (tempfile::tempdir().unwrap(), runtime());
        let knocks = first_app(&runtime, folder.path());
        runtime.block_on(knock(folder.path())).unwrap();
        knocks.recv().unwrap();
    }

    #[test]
    fn a_door_left_behind_by_a_crash_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let first = runtime();
        drop(first_app(&first, folder.path()));
        // Waits until it is gone: half gone, it could still answer.
        drop(first);
        let second = runtime();
        let knocks = first_app(&second, folder.path());
        second.block_on(knock(folder.path())).unwrap();
        knocks.recv().unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_wedged_first_app_does_not_hold_up_the_second() {
        let folder = tempfile::tempdir().unwrap();
        let runtime = runtime();
        // A listener nobody accepts from: the connection is made, the answer never comes.
        let _wedged = std::os::unix::net::UnixListener::bind(folder.path().join("door")).unwrap();
        let before = std::time::Instant::now();
        assert!(runtime.block_on(knock(folder.path())).is_err());
        assert!(before.elapsed() < Duration::from_secs(3));
    }

    #[cfg(unix)]
    #[test]
    fn what_a_stranger_sends_is_not_read_and_does_no_harm() {
        use std::io::Write;
        let (folder, runtime) = (tempfile::tempdir().unwrap(), runtime());
        let knocks = first_app(&runtime, folder.path());
        let mut stuck = Vec::new();
        for _ in 0..100 {
            let mut stream =
                std::os::unix::net::UnixStream::connect(folder.path().join("door")).unwrap();
            // The other end may already have closed it: all the better.
            let _ = stream.write_all(&[b'x'; 4096]);
            stuck.push(stream);
        }
        runtime.block_on(knock(folder.path())).unwrap();
        knocks.recv().unwrap();
    }

    #[test]
    fn two_people_do_not_share_a_door() {
        assert_ne!(folder_name(Path::new("/home/anna/x")), folder_name(Path::new("/home/boris/x")));
        assert_eq!(folder_name(Path::new("/home/anna/x")), folder_name(Path::new("/home/anna/x")));
    }
}
