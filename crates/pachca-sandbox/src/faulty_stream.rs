//! The connection under HTTP, where answers can be dripped, cut, replaced or reset.

use std::io;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Buf as _, Bytes};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

use crate::fault::Effect;

/// Ends the head of an answer.
const HEAD_END: &[u8] = b"\r\n\r\n";

/// What is to happen to the bytes of the answer that is being given.
#[derive(Debug, Default)]
pub(crate) enum StreamFault {
    /// Nothing.
    #[default]
    Plain,
    /// The connection is to end with RST when it is dropped.
    Reset,
    /// So many bytes per second.
    Drip(u32),
    /// So many bytes, then `then`. While `in_head`, the head passes without being counted.
    Limit { left: usize, in_head: bool, then: Then },
    /// These bytes and then the end, whatever HTTP has to say.
    Replace(Bytes),
}

impl StreamFault {
    pub(crate) fn of(effect: &Effect) -> Self {
        let limit = |left, in_head, then| Self::Limit { left, in_head, then };
        match effect {
            Effect::Reset | Effect::ResetUpload { .. } => Self::Reset,
            Effect::Drip { bytes_per_second } => Self::Drip(*bytes_per_second),
            Effect::StallBody { after } => limit(*after, true, Then::Silence),
            Effect::Truncate { bytes } => limit(*bytes, true, Then::End),
            Effect::CutAnswer { bytes } => limit(*bytes, false, Then::End),
            Effect::Garbage { bytes } => Self::Replace(bytes.clone()),
            _ => Self::Plain,
        }
    }
}

/// What comes after the last byte let through.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Then {
    /// The connection ends.
    End,
    /// The connection stays open and silent.
    Silence,
}

/// The current [`StreamFault`], shared by the connection and what answers on it.
#[derive(Clone, Debug, Default)]
pub(crate) struct CurrentFault(Arc<Mutex<StreamFault>>);

impl CurrentFault {
    pub(crate) fn set(&self, fault: StreamFault) {
        *self.current() = fault;
    }

    fn current(&self) -> MutexGuard<'_, StreamFault> {
        self.0.lock().expect("nothing panics while it holds an fault")
    }
}

/// A TCP connection that obeys.
#[derive(Debug)]
pub(crate) struct FaultyStream {
    stream: TcpStream,
    fault: CurrentFault,
    pause: Option<Pin<Box<Sleep>>>,
}

impl FaultyStream {
    pub(crate) fn new(stream: TcpStream, fault: CurrentFault) -> Self {
        Self { stream, fault, pause: None }
    }
}

impl Drop for FaultyStream {
    fn drop(&mut self) {
        if matches!(*self.fault.current(), StreamFault::Reset) {
            // Best effort: without it the client sees FIN, which the tests of this crate would notice.
            drop(self.stream.set_zero_linger());
        }
    }
}

impl AsyncRead for FaultyStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        pin!(&mut self.stream).poll_read(context, into)
    }
}

impl AsyncWrite for FaultyStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let Self { stream, fault, pause } = &mut *self;
        if let Some(waiting) = pause {
            std::task::ready!(waiting.as_mut().poll(context));
            *pause = None;
        }
        let mut stream = pin!(stream);
        match &mut *fault.current() {
            StreamFault::Plain | StreamFault::Reset => stream.poll_write(context, bytes),
            StreamFault::Drip(per_second) => {
                // Twenty drops a second at most, so that a fast drip is not a storm of timers.
                let drop_size = (*per_second / 20).max(1);
                let size = bytes.len().min(drop_size as usize);
                let written = std::task::ready!(stream.poll_write(context, &bytes[..size]))?;
                *pause = Some(Box::pin(sleep(Duration::from_secs(1) * drop_size / *per_second)));
                Poll::Ready(Ok(written))
            }
            StreamFault::Limit { left, in_head, then } => {
                if *in_head {
                    let head = bytes.windows(HEAD_END.len()).position(|window| window == HEAD_END);
                    let Some(head) = head else { return stream.poll_write(context, bytes) };
                    *left += head + HEAD_END.len();
                    *in_head = false;
                }
                if *left == 0 {
                    return match then {
                        Then::End => Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into())),
                        Then::Silence => Poll::Pending,
                    };
                }
                let written = std::task::ready!(
                    stream.poll_write(context, &bytes[..bytes.len().min(*left)])
                )?;
                *left -= written;
                Poll::Ready(Ok(written))
            }
            StreamFault::Replace(instead) => {
                while instead.has_remaining() {
                    let written = std::task::ready!(stream.as_mut().poll_write(context, instead))?;
                    instead.advance(written);
                }
                Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()))
            }
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        pin!(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if matches!(*self.fault.current(), StreamFault::Reset) {
            return Poll::Ready(Ok(()));
        }
        pin!(&mut self.stream).poll_shutdown(context)
    }
}
