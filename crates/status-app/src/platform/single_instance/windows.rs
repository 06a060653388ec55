//! The socket on Windows: a named pipe, named after the person's own folder.

use std::{ffi::OsString, io, path::Path, time::Duration};

use tokio::net::windows::named_pipe::{
    ClientOptions, NamedPipeClient, NamedPipeServer, ServerOptions,
};

use super::serve::{AT_ONCE, folder_name, serve};

/// `ERROR_PIPE_BUSY`: the first app is answering somebody else this very moment.
const PIPE_BUSY: i32 = 231;

fn name(folder: &Path) -> OsString {
    format!(r"\\.\pipe\{}", folder_name(folder)).into()
}

pub(super) async fn connect(folder: &Path) -> io::Result<NamedPipeClient> {
    loop {
        match ClientOptions::new().open(name(folder)) {
            Err(error) if error.raw_os_error() == Some(PIPE_BUSY) => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            result => return result,
        }
    }
}

pub(super) async fn listen(
    folder: &Path,
    activate: impl Fn() + Clone + Send + Sync + 'static,
) -> io::Result<()> {
    let name = name(folder);
    // `first`: a pipe of this name that somebody else made before us is refused, not shared. The system lets only the
    // person's own processes, and the administrator's, write to it.
    let make = |first| {
        ServerOptions::new()
            .first_pipe_instance(first)
            .reject_remote_clients(true)
            .max_instances(AT_ONCE)
            .create(&name)
    };
    let mut server: NamedPipeServer = make(true)?;
    loop {
        server.connect().await?;
        // The next instance is there before this one goes, so that the name never disappears.
        let next = loop {
            match make(false) {
                // All instances are in use.
                Err(error) if error.raw_os_error() == Some(PIPE_BUSY) => {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                result => break result?,
            }
        };
        let stream = std::mem::replace(&mut server, next);
        tokio::spawn(serve(stream, activate.clone()));
    }
}
