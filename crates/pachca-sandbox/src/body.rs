//! The body of an answer: whole, or without an end.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};

/// Size of the pieces an endless body comes in.
const PIECE: usize = 16 * 1024;
/// How an endless body begins: a JSON answer whose title does not stop.
const BEGINNING: &[u8] = b"{\"data\":{\"emoji\":\"x\",\"title\":\"";

/// What hyper sends.
#[derive(Debug)]
pub(crate) enum SandboxBody {
    /// All there is, with its length in the head.
    Whole(Bytes),
    /// So many bytes still to come, without a length in the head; for ever if `None`.
    Huge { left: Option<u64>, begun: bool },
}

impl Body for SandboxBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let piece = match self.get_mut() {
            Self::Whole(bytes) => std::mem::take(bytes),
            Self::Huge { left, begun } => {
                let filler: &'static [u8] = if *begun { &[b'a'; PIECE] } else { BEGINNING };
                *begun = true;
                let room =
                    left.map_or(filler.len(), |left| usize::try_from(left).unwrap_or(usize::MAX));
                let piece = Bytes::from_static(&filler[..filler.len().min(room)]);
                if let Some(left) = left {
                    *left -= piece.len() as u64;
                }
                piece
            }
        };
        Poll::Ready((!piece.is_empty()).then(|| Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(bytes) if bytes.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Self::Huge { .. } => SizeHint::default(),
        }
    }
}
