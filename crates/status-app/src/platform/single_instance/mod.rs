//! One app at a time for one person: the first holds a lock, a later start asks it to show its window, and ends.
//!
//! The lock is the operating system's lock on a file in the person's own folder: it ends with the process, however
//! that ends, so nothing stale is left behind. The request goes over a socket beside the file (a named pipe on Windows),
//! bounded, and only the person's own processes are answered: whoever connects can make the window appear and nothing
//! else.

mod serve;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

use std::{
    fs::{DirBuilder, File, OpenOptions, TryLockError},
    io,
    path::Path,
};

use self::serve::PATIENCE;
#[cfg(unix)]
use self::unix as socket;
#[cfg(windows)]
use self::windows as socket;
use crate::ipc::protocol::{self, FromSecondStart, SECOND_START, ToSecondStart};

/// What a start found.
pub(crate) enum Start {
    /// Nobody else: this is the app, as long as this value lives.
    First(InstanceLock),
    /// Another one runs.
    Second,
}

/// The right to be the app.
pub(crate) struct InstanceLock {
    /// Held, never read: closing it gives the lock up. `None` where the folder cannot be written.
    _file: Option<File>,
}

/// Finds out whether this is the first start. Where no lock can be taken (a folder that cannot be written) it counts
/// as the first: a second tray icon is a smaller evil than none.
pub(crate) fn find_out(folder: &Path) -> Start {
    match take(folder) {
        Ok(file) => Start::First(InstanceLock { _file: Some(file) }),
        Err(TryLockError::WouldBlock) => Start::Second,
        Err(TryLockError::Error(error)) => {
            log::warn!("no lock in the state folder ({error}); a second start will not be noticed");
            Start::First(InstanceLock { _file: None })
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

/// Asks the first app to show its window, and waits for its reply, but not for long.
pub(crate) async fn activate(folder: &Path) -> io::Result<()> {
    let asking = async {
        let mut stream = socket::connect(folder).await?;
        protocol::write_one(&mut stream, &FromSecondStart::Activate, &[], SECOND_START).await?;
        match protocol::read_one(&mut stream, SECOND_START).await? {
            Some((ToSecondStart::Activated, _)) => Ok(()),
            None => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    };
    tokio::time::timeout(PATIENCE, asking).await?
}

/// Answers second starts for as long as the app runs. `activate` must not block.
pub(crate) async fn listen(folder: &Path, activate: impl Fn() + Clone + Send + Sync + 'static) {
    if let Err(error) = socket::listen(folder, activate).await {
        log::warn!("a second start cannot reach this one: {error}");
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, time::Duration};

    use super::{
        serve::{AT_ONCE, folder_name},
        *,
    };

    #[test]
    fn the_second_start_is_told_apart_until_the_first_ends() {
        let folder = tempfile::tempdir().unwrap();
        let Start::First(lock) = find_out(folder.path()) else { panic!("nobody else runs") };
        assert!(matches!(find_out(folder.path()), Start::Second));
        drop(lock);
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

    /// Starts answering in `folder` and waits until the socket is there.
    fn first_app(runtime: &tokio::runtime::Runtime, folder: &Path) -> mpsc::Receiver<()> {
        let (activated, activations) = mpsc::channel();
        let place = folder.to_path_buf();
        runtime.spawn(async move {
            listen(&place, move || activated.send(()).unwrap_or_default()).await;
        });
        runtime.block_on(async { while activate(folder).await.is_err() {} });
        activations.recv().unwrap();
        activations
    }

    #[test]
    fn a_second_start_shows_the_window_of_the_first() {
        let (folder, runtime) = (tempfile::tempdir().unwrap(), runtime());
        let activations = first_app(&runtime, folder.path());
        runtime.block_on(activate(folder.path())).unwrap();
        activations.recv().unwrap();
    }

    #[test]
    fn a_socket_left_behind_by_a_crash_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let first = runtime();
        drop(first_app(&first, folder.path()));
        // Waits until it is gone: half gone, it could still answer.
        drop(first);
        let second = runtime();
        let activations = first_app(&second, folder.path());
        second.block_on(activate(folder.path())).unwrap();
        activations.recv().unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_wedged_first_app_does_not_hold_up_the_second() {
        let folder = tempfile::tempdir().unwrap();
        let runtime = runtime();
        // A listener nobody accepts from: the connection is made, the answer never comes.
        let _wedged = std::os::unix::net::UnixListener::bind(folder.path().join("socket")).unwrap();
        let before = std::time::Instant::now();
        assert!(runtime.block_on(activate(folder.path())).is_err());
        assert!(before.elapsed() < Duration::from_secs(3));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_request_does_no_harm() {
        use std::io::{Read as _, Write as _};
        let (folder, runtime) = (tempfile::tempdir().unwrap(), runtime());
        let activations = first_app(&runtime, folder.path());
        let connect =
            || std::os::unix::net::UnixStream::connect(folder.path().join("socket")).unwrap();
        for _ in 0..100 {
            // The other end may already have closed it: all the better.
            let _ = connect().write_all(&[b'x'; 4096]);
        }
        // Silent ones hold up nobody for long, and nothing is kept of what is too long.
        let silent = (0..AT_ONCE).map(|_| connect()).collect::<Vec<_>>();
        let mut long = connect();
        long.write_all(&[0, 0, 0x10, 0, 0, 0, 0, 0]).unwrap();
        assert_eq!(long.read(&mut [0; 1]).unwrap_or_default(), 0, "it is closed");
        drop(silent);
        runtime.block_on(activate(folder.path())).unwrap();
        activations.recv().unwrap();
        assert!(activations.try_recv().is_err(), "nothing else has opened the window");
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_enter_the_folder_of_the_socket() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        std::fs::create_dir(&state).unwrap();
        std::fs::set_permissions(&state, std::fs::Permissions::from_mode(0o755)).unwrap();
        let runtime = runtime();
        drop(first_app(&runtime, &state));
        assert_eq!(std::fs::metadata(&state).unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn two_people_do_not_share_a_socket() {
        assert_ne!(folder_name(Path::new("/home/anna/x")), folder_name(Path::new("/home/boris/x")));
        assert_eq!(folder_name(Path::new("/home/anna/x")), folder_name(Path::new("/home/anna/x")));
    }
}
