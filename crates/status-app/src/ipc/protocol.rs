//! What processes of the app say to each other: app and window over a pair of sockets that nobody else has, a second
//! start and the first over the socket of `platform/single_instance`.
//!
//! A message is the length of its head, the length of its body, a head in JSON and a body as it is.

use std::io;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use status_core::Theme;
use status_runtime::UpdateView;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    sync::mpsc::UnboundedReceiver,
};

/// A message: head and body.
pub type Message<T> = (T, Vec<u8>);

/// What the program of the window is called.
pub const WINDOW_PROGRAM: &str = "pachca-status-window";

/// Its argument for: no window, only look whether there is a newer version.
pub const LOOK_FOR_UPDATE: &str = "--look";

/// Inner size, logical pixels.
pub type Size = (u32, u32);

/// What of a snapshot is seen in the window's frame and in the system's dialogs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appearance {
    /// Light or dark; `System` leaves it to how the window system is set up.
    pub theme: Theme,
    /// The window's name.
    pub name: String,
    /// Title of the dialog for a picture, and the name of what can be chosen in it.
    pub picture: (String, String),
    /// Titles of the dialogs for a file of presets, to read and to write, and the name of such files.
    pub presets: (String, String, String),
    /// All files.
    pub all_files: String,
}

/// What a new window is made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    pub appearance: Appearance,
    /// As it was left, if that is known.
    pub size: Option<Size>,
    /// The newer version of the program that was found last.
    pub found: Option<UpdateView>,
}

/// What the app says to the window.
#[derive(Debug, Serialize, Deserialize)]
pub enum ToWindow {
    /// Show a window. The first message, and sent once.
    Open(Opening),
    /// Bring the window to the front.
    Bring,
    /// Look like this.
    Appearance(Appearance),
    /// Send an event to the page; the body is its payload, as JSON.
    Event { name: String },
    /// The reply to a request; the body is the reply as JSON, unless it is an error, as the page gets it.
    Reply { number: u64, error: Option<Value> },
    /// Say how large the window is, take it off the screen, and end.
    Close,
}

/// What the window says to the app.
#[derive(Debug, Serialize, Deserialize)]
pub enum FromWindow {
    /// It is on the screen; the versions of the parts that only it knows.
    Shown { versions: Vec<(String, String)> },
    /// The page asks for something; the body is a picture, if it brings one.
    Request { number: u64, command: String, arguments: Value },
    /// The person wants to close the window.
    CloseRequested,
    /// It is off the screen; its size, if that says something about what the person chose.
    Closed(Option<Size>),
    /// A newer version has taken the place of this one.
    Replaced,
}

/// What a second start says to the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FromSecondStart {
    /// Show your window.
    Activate,
}

/// What the first start answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToSecondStart {
    /// The window opens, or comes to the front.
    Activated,
}

/// The bounds of one message, bytes.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    pub head: u32,
    pub body: u32,
}

/// Between the app and its window. A picture has at most 10 MiB, in the reply a third more.
pub const WINDOW: Bounds = Bounds { head: 4 * 1024 * 1024, body: 32 * 1024 * 1024 };

/// Between two starts: a word.
pub const SECOND_START: Bounds = Bounds { head: 256, body: 0 };

/// Writes messages as they come, until nobody has any more to say or nobody listens.
pub async fn write<T: Serialize>(
    mut to: impl AsyncWriteExt + Unpin,
    mut messages: UnboundedReceiver<Message<T>>,
) {
    while let Some((head, body)) = messages.recv().await {
        if let Err(error) = write_one(&mut to, &head, &body, WINDOW).await {
            log::info!("the other side is gone: {error}");
            return;
        }
    }
}

/// Writes one message.
pub async fn write_one<T: Serialize>(
    to: &mut (impl AsyncWriteExt + Unpin),
    head: &T,
    body: &[u8],
    bounds: Bounds,
) -> io::Result<()> {
    let head = serde_json::to_vec(head)?;
    let length = |bytes: &[u8], most: u32| {
        u32::try_from(bytes.len()).ok().filter(|length| *length <= most).ok_or_else(too_long)
    };
    let mut message = Vec::with_capacity(8 + head.len());
    message.extend(length(&head, bounds.head)?.to_be_bytes());
    message.extend(length(body, bounds.body)?.to_be_bytes());
    message.extend(head);
    to.write_all(&message).await?;
    to.write_all(body).await
}

/// The window's or the app's next message; `None` when there will be none.
pub async fn read<T: DeserializeOwned>(
    from: &mut (impl AsyncReadExt + Unpin),
) -> io::Result<Option<Message<T>>> {
    read_one(from, WINDOW).await
}

/// The next message; `None` when there will be none.
pub async fn read_one<T: DeserializeOwned>(
    from: &mut (impl AsyncReadExt + Unpin),
    bounds: Bounds,
) -> io::Result<Option<Message<T>>> {
    let head = match from.read_u32().await {
        Ok(length) => length,
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    };
    let body = from.read_u32().await?;
    if head > bounds.head || body > bounds.body {
        return Err(too_long());
    }
    let (mut head, mut bytes) = (vec![0; head as usize], vec![0; body as usize]);
    from.read_exact(&mut head).await?;
    from.read_exact(&mut bytes).await?;
    Ok(Some((serde_json::from_slice(&head)?, bytes)))
}

fn too_long() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "a message is too long")
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc;

    use super::*;

    fn wait<T>(task: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(task)
    }

    #[test]
    fn what_is_said_is_heard_in_its_order() {
        wait(async {
            let (here, mut there) = tokio::io::duplex(16);
            let (say, said) = mpsc::unbounded_channel();
            for number in 0..3_u8 {
                let reply = ToWindow::Reply { number: number.into(), error: None };
                say.send((reply, vec![number; 100])).unwrap();
            }
            drop(say);
            let writing = tokio::spawn(write(here, said));
            for expected in 0..3_u8 {
                let (reply, body) = read::<ToWindow>(&mut there).await.unwrap().unwrap();
                assert!(
                    matches!(reply, ToWindow::Reply { number, .. } if number == u64::from(expected))
                );
                assert_eq!(body, [expected; 100]);
            }
            assert!(read::<ToWindow>(&mut there).await.unwrap().is_none(), "that was all");
            writing.await.unwrap();
        });
    }

    #[test]
    fn a_message_that_is_cut_short_too_long_or_no_message_is_an_error() {
        let heard =
            |bytes: &'static [u8]| wait(async move { read::<FromWindow>(&mut &*bytes).await });
        assert!(heard(b"").unwrap().is_none());
        assert!(heard(&[0, 0, 0, 9, 0, 0, 0, 0, b'"']).is_err(), "cut short");
        assert!(heard(&[0xff, 0, 0, 0, 0, 0, 0, 0]).is_err(), "a long head");
        assert!(heard(&[0, 0, 0, 2, 0xff, 0, 0, 0, b'{', b'}']).is_err(), "a long body");
        assert!(heard(&[0, 0, 0, 2, 0, 0, 0, 0, b'{', b'}']).is_err(), "not one of ours");
    }
}
