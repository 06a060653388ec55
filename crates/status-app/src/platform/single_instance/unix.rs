//! The socket on Unix, in the person's own folder, which nobody else may enter.

use std::{
    fs, io,
    os::unix::{ffi::OsStrExt, fs::PermissionsExt as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use tokio::{
    net::{UnixListener, UnixStream},
    sync::Semaphore,
};

use super::serve::{AT_ONCE, folder_name, serve};

/// Longest path a socket can have everywhere, with its end mark: 104 bytes on macOS, 108 on Linux.
const PATH_MAX: usize = 103;

fn path(folder: &Path) -> PathBuf {
    let path = folder.join("socket");
    if path.as_os_str().as_bytes().len() <= PATH_MAX {
        return path;
    }
    let short =
        std::env::var_os("XDG_RUNTIME_DIR").map_or_else(|| folder.to_path_buf(), PathBuf::from);
    short.join(folder_name(folder)).join("socket")
}

pub(super) async fn connect(folder: &Path) -> io::Result<UnixStream> {
    let stream = UnixStream::connect(path(folder)).await?;
    if is_ours(&stream)? { Ok(stream) } else { Err(io::ErrorKind::PermissionDenied.into()) }
}

/// Whether a process of the same user is at the other end.
fn is_ours(stream: &UnixStream) -> io::Result<bool> {
    Ok(stream.peer_cred()?.uid() == rustix::process::geteuid().as_raw())
}

pub(super) async fn listen(
    folder: &Path,
    activate: impl Fn() + Clone + Send + Sync + 'static,
) -> io::Result<()> {
    let path = path(folder);
    let own = path.parent().unwrap_or(folder);
    fs::create_dir_all(own)?;
    fs::set_permissions(own, fs::Permissions::from_mode(0o700))?;
    // Whoever holds the lock is the only one who may be here: a socket in the way is from a process that died.
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = UnixListener::bind(&path)?;
    let places = Arc::new(Semaphore::new(AT_ONCE));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return Ok(()) };
        match listener.accept().await {
            Ok((stream, _)) if is_ours(&stream).unwrap_or_default() => {
                let activate = activate.clone();
                tokio::spawn(async move {
                    serve(stream, activate).await;
                    drop(place);
                });
            }
            Ok(_) => log::warn!("somebody else's process is at the socket"),
            // Out of file descriptors, for example. Not a reason to stop, nor to spin.
            Err(error) => {
                log::warn!("a second start was not heard: {error}");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}
