//! A picture on its way to the server.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use reqwest::Body;
use reqwest::multipart::{Form, Part};

use crate::error::{Error, ErrorKind};

/// How much is handed to the connection at once: small enough for a smooth bar, large enough not to cost.
const CHUNK: usize = 16 * 1024;

/// A picture to send.
#[derive(Clone, PartialEq, Eq)]
pub struct AvatarUpload {
    /// The file.
    pub bytes: Bytes,
    /// A file name. Some servers refuse a part without one.
    pub file_name: String,
    /// Its media type, such as `image/png`.
    pub content_type: String,
}

impl fmt::Debug for AvatarUpload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AvatarUpload({} bytes of {})", self.bytes.len(), self.content_type)
    }
}

/// Told `(sent, total)` in bytes of the picture. Begins anew with a repeat.
pub(crate) type Progress = Arc<Mutex<dyn FnMut(u64, u64) + Send>>;

impl AvatarUpload {
    /// The body. A form is a stream and can be sent once, so each attempt gets its own.
    pub(crate) fn form(&self, progress: &Progress) -> Result<Form, Error> {
        let total = self.bytes.len() as u64;
        let progress = Arc::clone(progress);
        let mut rest = self.bytes.clone();
        let mut sent = 0;
        let chunks = std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let chunk = rest.split_to(rest.len().min(CHUNK));
            sent += chunk.len() as u64;
            (progress.lock().unwrap_or_else(PoisonError::into_inner))(sent, total);
            Some(Ok::<_, std::convert::Infallible>(chunk))
        });
        let body = Body::wrap_stream(futures_util::stream::iter(chunks));
        let part = Part::stream_with_length(body, total)
            .file_name(self.file_name.clone())
            .mime_str(&self.content_type)
            .map_err(|_| {
                Error::new(ErrorKind::Invalid).with_detail("the picture's media type is not one")
            })?;
        Ok(Form::new().part("image", part))
    }
}
