//! What the app and the program of its window say to each other, over a pair of sockets that nobody else has.
//!
//! A message is the length of its head, the length of its body, a head in JSON and a body as it is.

use std::io;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    sync::mpsc::UnboundedReceiver,
};

use crate::window::{Look, Opening};

/// Longest head and longest body, bytes. A picture has at most 10 MiB, in the answer a third more.
const HEAD_MAX: u32 = 4 * 1024 * 1024;
pub(crate) const BODY_MAX: u32 = 32 * 1024 * 1024;

/// A message: head and body.
pub(crate) type Message<T> = (T, Vec<u8>);

/// What the app says.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Order {
    /// Show a window. The first order, and given once.
    Open(Opening),
    /// Bring the window to the front.
    Bring,
    /// Have another look.
    Look(Look),
    /// Tell the page; the body is what, as JSON.
    Tell {
        /// The event's name.
        event: String,
    },
    /// The answer to a question; the body is the answer as JSON, unless it is an error.
    Answer {
        /// Which question.
        number: u64,
        /// The error, as the page gets it.
        error: Option<Value>,
    },
    /// Say how large the window is, take it off the screen, and end.
    Leave,
}

/// What the window says.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Report {
    /// It is on the screen; the versions of the parts that only it knows.
    Parts(Vec<(String, String)>),
    /// The page asks for something; the body is a picture, if it brings one.
    Ask {
        /// To answer by.
        number: u64,
        /// What for.
        command: String,
        /// With these arguments.
        arguments: Value,
    },
    /// The person wants to close the window.
    Closing,
    /// It is off the screen; inner size in logical pixels, if it says something about what the person chose.
    Left(Option<(u32, u32)>),
    /// A newer version has taken the place of this one.
    Replaced,
}

/// Writes messages as they come, until nobody has any more to say or nobody listens.
pub(crate) async fn write<T: Serialize>(
    mut to: impl AsyncWriteExt + Unpin,
    mut messages: UnboundedReceiver<Message<T>>,
) {
    while let Some((head, body)) = messages.recv().await {
        if let Err(error) = write_one(&mut to, &head, &body).await {
            log::info!("the other side is gone: {error}");
            return;
        }
    }
}

async fn write_one<T: Serialize>(
    to: &mut (impl AsyncWriteExt + Unpin),
    head: &T,
    body: &[u8],
) -> io::Result<()> {
    let head = serde_json::to_vec(head)?;
    let length = |bytes: &[u8], most: u32| {
        u32::try_from(bytes.len()).ok().filter(|length| *length <= most).ok_or_else(too_long)
    };
    let mut message = Vec::with_capacity(8 + head.len());
    message.extend(length(&head, HEAD_MAX)?.to_be_bytes());
    message.extend(length(body, BODY_MAX)?.to_be_bytes());
    message.extend(head);
    to.write_all(&message).await?;
    to.write_all(body).await
}

/// The next message; `None` when there will be none.
pub(crate) async fn read<T: DeserializeOwned>(
    from: &mut (impl AsyncReadExt + Unpin),
) -> io::Result<Option<Message<T>>> {
    let head = match from.read_u32().await {
        Ok(length) if length <= HEAD_MAX => length,
        Ok(_) => return Err(too_long()),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    };
    let body = from.read_u32().await?;
    if body > BODY_MAX {
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
                let answer = Order::Answer { number: number.into(), error: None };
                say.send((answer, vec![number; 100])).unwrap();
            }
            drop(say);
            let writing = tokio::spawn(write(here, said));
            for expected in 0..3_u8 {
                let (order, body) = read::<Order>(&mut there).await.unwrap().unwrap();
                assert!(
                    matches!(order, Order::Answer { number, .. } if number == u64::from(expected))
                );
                assert_eq!(body, [expected; 100]);
            }
            assert!(read::<Order>(&mut there).await.unwrap().is_none(), "that was all");
            writing.await.unwrap();
        });
    }

    #[test]
    fn a_message_that_is_cut_short_too_long_or_no_message_is_an_error() {
        let heard = |bytes: &'static [u8]| wait(async move { read::<Report>(&mut &*bytes).await });
        assert!(heard(b"").unwrap().is_none());
        assert!(heard(&[0, 0, 0, 9, 0, 0, 0, 0, b'"']).is_err(), "cut short");
        assert!(heard(&[0xff, 0, 0, 0, 0, 0, 0, 0]).is_err(), "a long head");
        assert!(heard(&[0, 0, 0, 2, 0xff, 0, 0, 0, b'{', b'}']).is_err(), "a long body");
        assert!(heard(&[0, 0, 0, 2, 0, 0, 0, 0, b'{', b'}']).is_err(), "not one of ours");
    }
}
