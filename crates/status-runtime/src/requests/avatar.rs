//! The avatar: looking, changing, and putting the previous one back.

use std::sync::Arc;

use bytes::Bytes;
use pachca_client::{AvatarUpload, Client, Error};
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
        let (_, present) = present(&connection.client).await?;
        Ok(view(context, &connection, &present))
    }

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
        let address = before.as_ref().ok().map(|(address, _)| address.clone());
        replace(context, &connection, upload, address).await?;
        {
            let mut pictures = lock(&context.pictures);
            // It has become the avatar: its pixels are no longer needed.
            pictures.current.take_if(|(id, _)| *id == crop.picture);
            // Without the right to see the profile there is nothing to put back.
            let before = before.ok().map(|(_, before)| (connection.account.clone(), before));
            pictures.previous = before;
        }
        Ok(view(context, &connection, &Avatar::Picture(bytes)))
    }

    /// Stops a running upload; it answers [`ErrorCode::Cancelled`], unless the server has the new picture by then.
    pub fn cancel_upload(&self) {
        if let Some(upload) = &lock(&self.context.pictures).upload {
            upload.send_replace(true);
        }
    }

    /// Removes the avatar.
    pub async fn remove_avatar(&self) -> Result<AvatarView, IpcError> {
        let context = &self.context;
        let connection = context.connected()?;
        let before = present(&connection.client).await;
        let removed = connection.client.delete_avatar().await;
        let address = before.as_ref().ok().map(|(address, _)| address.clone());
        arrived(&connection.client, address, removed).await?;
        lock(&context.pictures).previous =
            before.ok().map(|(_, before)| (connection.account.clone(), before));
        Ok(view(context, &connection, &Avatar::Nothing))
    }

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
                let address = address(&connection.client).await.ok();
                replace(context, &connection, upload, address).await?;
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
    before: Option<String>,
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
    let uploaded = tokio::select! {
        uploaded = connection.client.set_avatar(upload, progress) => Some(uploaded.map(drop)),
        // Dropping the request closes its connection; all of it may have been on its way by then.
        () = async { drop(stopped.wait_for(|stop| *stop).await) } => None,
    };
    match uploaded {
        Some(result) => arrived(&connection.client, before, result).await,
        None if has_changed(&connection.client, before).await => Ok(()),
        None => Err(ErrorCode::Cancelled.into()),
    }
}

/// What became of a change: when nobody knows, the server is asked what it shows now.
async fn arrived(
    client: &Client,
    before: Option<String>,
    result: Result<(), Error>,
) -> Result<(), IpcError> {
    match result {
        Err(error) if error.may_have_arrived() && has_changed(client, before).await => Ok(()),
        result => Ok(result?),
    }
}

/// Whether the server shows another avatar than before, as far as both are known.
async fn has_changed(client: &Client, before: Option<String>) -> bool {
    let Some(before) = before else { return false };
    address(client).await.is_ok_and(|now| now != before)
}

/// The address of the avatar; empty without one.
async fn address(client: &Client) -> Result<String, IpcError> {
    Ok(client.profile().await?.image_url.unwrap_or_default())
}

/// What the server shows now, and its address.
async fn present(client: &Client) -> Result<(String, Avatar), IpcError> {
    let address = address(client).await?;
    let avatar = if address.is_empty() {
        Avatar::Nothing
    } else {
        Avatar::Picture(client.fetch_image(&address).await?)
    };
    Ok((address, avatar))
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
