//! The door on Windows: a named pipe, named after the person's own folder.

use std::{ffi::OsString, io, path::Path, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::windows::named_pipe::{ClientOptions, NamedPipeServer, ServerOptions},
};

/// `ERROR_PIPE_BUSY`: the first app is answering somebody else this very moment.
const PIPE_BUSY: i32 = 231;

/// What the first app says to a knock before it closes the door again.
const ANSWER: u8 = b'!';

fn door(folder: &Path) -> OsString {
    format!(r"\\.\pipe\{}", super::folder_name(folder)).into()
}

pub(super) async fn knock(folder: &Path) -> io::Result<()> {
    let mut client = loop {
        match ClientOptions::new().write(false).open(door(folder)) {
            Ok(client) => break client,
            Err(error) if error.raw_os_error() == Some(PIPE_BUSY) => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            Err(error) => return Err(error),
        }
    };
    client.read_u8().await.map(drop)
}

pub(super) async fn answer(folder: &Path, on_knock: impl Fn()) -> io::Result<()> {
    let door = door(folder);
    // `first`: a pipe of this name that somebody else made before us is refused, not shared.
    let make = |first| {
        ServerOptions::new()
            .access_inbound(false)
            .first_pipe_instance(first)
            .reject_remote_clients(true)
            .create(&door)
    };
    let mut server: NamedPipeServer = make(true)?;
    loop {
        server.connect().await?;
        // The next instance is there before this one goes, so that the name never disappears.
        let next = make(false)?;
        let mut answered = std::mem::replace(&mut server, next);
        on_knock();
        let _ = answered.write_u8(ANSWER).await;
        let _ = answered.flush().await;
    }
}
