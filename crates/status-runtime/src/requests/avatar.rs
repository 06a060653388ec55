//! The avatar: looking, changing, and putting the previous one back.

use std::sync::Arc;

use bytes::Bytes;
use pachca_client::{AvatarUpload, Client};
use tokio::sync::watch;

use super::pictures::{data_address, off_the_loop};
use crate::{
    AvatarView, Crop, ErrorCode, IpcError, UploadProgress,
    context::{Avatar, Connection, Context},
    engine::Engine,
    picture,
    sync::lock,
};

impl Engine {
    /// The avatar as it is on the server.
    pub async fn avatar(&self) -> Result<AvatarView, IpcError> {
        let context = &self.context;
        let connection = context.connected()?;
        let present = present(&connection.client).await?;
        Ok(view(context, &connection, &present))
    }
}

impl Engine {
    /// Makes the square of the picture taken in last the avatar.
    pub async fn upload_avatar(&self, crop: Crop) -> Result<AvatarView, IpcError> {
        let context = &self.context;
        let connection = context.connected()?;
        let chosen = lock(&context.pictures).current.clone().filter(|(id, _)| *id == crop.picture);
        let (_, picture) = chosen.ok_or(ErrorCode::NothingThere)?;
        // What there is now is fetched while the new one is cut out.
        let (before, square) = tokio::join!(
            present(&connection.client),
            off_the_loop(move || picture.crop(crop.x, crop.y, crop.size)),
        );
        let square = square?;
        let bytes = Bytes::from(square.bytes);
        let upload = AvatarUpload {
            bytes: bytes.clone(),
            file_name: square.file_name.to_owned(),
            content_type: square.content_type.to_owned(),
        };
        replace(context, &connection, upload).await?;
        {
            let mut pictures = lock(&context.pictures);
            // It has become the avatar: its pixels are no longer needed.
            pictures.current.take_if(|(id, _)| *id == crop.picture);
            // Without the right to see the profile there is nothing to put back.
            pictures.previous = before.ok().map(|before| (connection.account.clone(), before));
        }
        Ok(view(context, &connection, &Avatar::Picture(bytes)))
    }
}

impl Engine {
    /// Stops a running upload; it answers [`ErrorCode::Cancelled`], unless the server has the new picture by then.
    pub fn cancel_upload(&self) {
        if let Some(upload) = &lock(&self.context.pictures).upload {
            upload.send_replace(true);
        }
    }
}

impl Engine {
    /// Removes the avatar.
    pub async fn remove_avatar(&self) -> Result<AvatarView, IpcError> {
        let context = &self.context;
        let connection = context.connected()?;
        let before = present(&connection.client).await;
        connection.client.delete_avatar().await?;
        lock(&context.pictures).previous =
            before.ok().map(|before| (connection.account.clone(), before));
        Ok(view(context, &connection, &Avatar::Nothing))
    }
}

impl Engine {
    /// Puts the previous avatar back.
    pub async fn undo_avatar(&self) -> Result<AvatarView, IpcError> {
        let context = &self.context;
        let connection = context.connected()?;
        let previous = lock(&context.pictures).previous.clone();
        let Some((_, previous)) = previous.filter(|(account, _)| *account == connection.account)
        else {
            return Err(ErrorCode::NothingThere.into());
        };
        match &previous {
            Avatar::Nothing => connection.client.delete_avatar().await?,
            Avatar::Picture(bytes) => {
                let content_type = picture::content_type(bytes).ok_or(ErrorCode::PictureUnknown)?;
                let extension = content_type.trim_start_matches("image/");
                let upload = AvatarUpload {
                    bytes: bytes.clone(),
                    file_name: format!("avatar.{extension}"),
                    content_type: content_type.to_owned(),
                };
                replace(context, &connection, upload).await?;
            }
        }
        lock(&context.pictures).previous = None;
        Ok(view(context, &connection, &previous))
    }
}

/// Uploads with progress, until it is done or stopped.
async fn replace(
    context: &Arc<Context>,
    connection: &Connection,
    upload: AvatarUpload,
) -> Result<(), IpcError> {
    let (stop, mut stopped) = watch::channel(false);
    // A second upload stops the first: the last one wins.
    if let Some(other) = lock(&context.pictures).upload.replace(stop) {
        other.send_replace(true);
    }
    let host = context.host.clone();
    let mut shown = None;
    let progress = move |sent: u64, total: u64| {
        let percent = (sent * 100).checked_div(total);
        if shown != percent {
            shown = percent;
            host.upload_progress(UploadProgress { sent, total });
        }
    };
    tokio::select! {
        uploaded = connection.client.set_avatar(upload, progress) => Ok(uploaded.map(drop)?),
        // Dropping the request closes its connection; the server keeps the old avatar.
        _ = stopped.wait_for(|stop| *stop) => Err(ErrorCode::Cancelled.into()),
    }
}

/// What the server shows now.
async fn present(client: &Client) -> Result<Avatar, IpcError> {
    let address = client.profile().await?.image_url.filter(|address| !address.is_empty());
    Ok(match address {
        None => Avatar::Nothing,
        Some(address) => Avatar::Picture(client.fetch_image(&address).await?),
    })
}

fn view(context: &Context, connection: &Connection, shown: &Avatar) -> AvatarView {
    let image = match shown {
        Avatar::Nothing => None,
        Avatar::Picture(bytes) => {
            picture::content_type(bytes).map(|kind| data_address(kind, bytes))
        }
    };
    AvatarView { image, can_undo: can_undo(context, connection) }
}

fn can_undo(context: &Context, connection: &Connection) -> bool {
    lock(&context.pictures)
        .previous
        .as_ref()
        .is_some_and(|(account, _)| *account == connection.account)
}
