//! Taking in pictures.

use std::path::Path;

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::{
    ErrorCode, IpcError, PictureView,
    engine::Engine,
    picture::{FILE_MAX, Picture, PictureError},
    sync::lock,
};

impl Engine {
    /// Takes in a picture from memory.
    pub async fn load_picture(&self, bytes: Vec<u8>) -> Result<PictureView, IpcError> {
        let context = &self.context;
        // The one before is done with, and two large ones at a time would be too many.
        lock(&context.pictures).current = None;
        let (picture, preview) = off_the_loop(move || {
            let picture = Picture::decode(&bytes)?;
            let preview = picture.preview()?;
            Ok((picture, preview))
        })
        .await?;
        let mut pictures = lock(&context.pictures);
        pictures.last_id += 1;
        let id = pictures.last_id;
        let view = PictureView {
            id,
            width: picture.width(),
            height: picture.height(),
            preview: data_address(preview.content_type, &preview.bytes),
            was_animated: picture.was_animated(),
        };
        pictures.current = Some((id, picture));
        Ok(view)
    }

    /// Takes in a picture from a file.
    pub async fn open_picture(&self, path: &Path) -> Result<PictureView, IpcError> {
        let bytes = read_at_most(path, FILE_MAX).await?.ok_or(PictureError::TooLarge)?;
        self.load_picture(bytes).await
    }
}

/// Reads a file a person chose; `None` when it is larger than `limit`. Links are followed: the person chose it.
pub(super) async fn read_at_most(path: &Path, limit: usize) -> Result<Option<Vec<u8>>, IpcError> {
    use std::io::Read;
    let path = path.to_owned();
    let read = tokio::task::spawn_blocking(move || {
        if !std::fs::metadata(&path)?.is_file() {
            return Err(std::io::Error::new(
                std::io::ErrorKind::InvalidInput,
                "not a regular file",
            ));
        }
        let mut bytes = Vec::new();
        std::fs::File::open(&path)?.take(limit as u64 + 1).read_to_end(&mut bytes)?;
        Ok((bytes.len() <= limit).then_some(bytes))
    });
    match read.await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) => Err(IpcError::with_detail(ErrorCode::FileUnreadable, error.to_string())),
        Err(_) => Err(ErrorCode::FileUnreadable.into()),
    }
}

/// Does pixel work where it holds nobody up; a panic that slipped through is a broken picture.
pub(super) async fn off_the_loop<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, PictureError> + Send + 'static,
) -> Result<T, PictureError> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(PictureError::Broken))
}

/// The bytes as an address an `<img>` can show.
pub(super) fn data_address(content_type: &str, bytes: &[u8]) -> String {
    format!("data:{content_type};base64,{}", STANDARD.encode(bytes))
}
