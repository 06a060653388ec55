//! The door on Unix: a socket in the person's own folder, which nobody else may enter.

use std::{
    io,
    os::unix::ffi::OsStrExt,
    path::{Path, PathBuf},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{UnixListener, UnixStream},
};

/// Longest path a socket can have everywhere, with its end mark: 104 bytes on macOS, 108 on Linux.
const PATH_MAX: usize = 103;

/// What the first app says to a knock before it closes the door again.
const ANSWER: u8 = b'!';

fn door(folder: &Path) -> PathBuf {
    let door = folder.join("door");
    if door.as_os_str().as_bytes().len() <= PATH_MAX {
        return door;
    }
    let short =
        std::env::var_os("XDG_RUNTIME_DIR").map_or_else(|| folder.to_path_buf(), PathBuf::from);
    short.join(super::folder_name(folder))
}

pub(super) async fn knock(folder: &Path) -> io::Result<()> {
    let mut stream = UnixStream::connect(door(folder)).await?;
    stream.read_u8().await.map(drop)
}

pub(super) async fn answer(folder: &Path, on_knock: impl Fn()) -> io::Result<()> {
    let door = door(folder);
    // Whoever holds the lock is the only one who may be here: a socket in the way is from a process that died.
    match std::fs::remove_file(&door) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let listener = UnixListener::bind(&door)?;
    loop {
        match listener.accept().await {
            Ok((mut stream, _)) => {
                on_knock();
                // One byte always fits into a fresh socket's buffer; nothing that comes from the other side is read.
                let _ = stream.write_u8(ANSWER).await;
            }
            // Out of file descriptors, for example. Not a reason to stop, nor to spin.
            Err(error) => {
                log::warn!("a knock was not heard: {error}");
                tokio::time::sleep(std::time::Duration::from_secs(1)).await;
            }
        }
    }
}
