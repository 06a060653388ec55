//! The avatar: looking, changing, and putting the previous one back.

use std::sync::Arc;

use bytes::Bytes;
use pachca_client::{AvatarUpload, Client};
use tokio::sync::watch;

use super::pictures::{data_address, off_the_loop};
use crate::{
    AvatarView, Crop, ErrorCode, IpcError, UploadProgress,
    engine::{Connection, Previous, Shared, lock},
    picture,
};

/// The avatar as it is on the server.
pub(crate) async fn avatar(shared: &Arc<Shared>) -> Result<AvatarView, IpcError> {
    let connection = shared.connected()?;
    let present = present(&connection.client).await?;
    Ok(view(shared, &connection, &present))
}

/// Makes the square of the picture taken in last the avatar.
pub(crate) async fn upload_avatar(
    shared: &Arc<Shared>,
    crop: Crop,
) -> Result<AvatarView, IpcError> {
    let connection = shared.connected()?;
    let chosen = lock(&shared.pictures).current.clone().filter(|(id, _)| *id == crop.picture);
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
    replace(shared, &connection, upload).await?;
    {
        let mut pictures = lock(&shared.pictures);
        // It has become the avatar: its pixels are no longer needed.
        pictures.current.take_if(|(id, _)| *id == crop.picture);
        // Without the right to see the profile there is nothing to put back.
        pictures.previous = before.ok().map(|before| (connection.account.clone(), before));
    }
    Ok(view(shared, &connection, &Previous::Picture(bytes)))
}

/// Stops a running upload.
pub(crate) fn cancel_upload(shared: &Shared) {
    if let Some(upload) = &lock(&shared.pictures).upload {
        upload.send_replace(true);
    }
}

/// Removes the avatar.
pub(crate) async fn remove_avatar(shared: &Arc<Shared>) -> Result<AvatarView, IpcError> {
    let connection = shared.connected()?;
    let before = present(&connection.client).await;
    connection.client.delete_avatar().await?;
    lock(&shared.pictures).previous =
        before.ok().map(|before| (connection.account.clone(), before));
    Ok(view(shared, &connection, &Previous::Nothing))
}

/// Puts the previous avatar back.
pub(crate) async fn undo_avatar(shared: &Arc<Shared>) -> Result<AvatarView, IpcError> {
    let connection = shared.connected()?;
    let previous = lock(&shared.pictures).previous.clone();
    let Some((_, previous)) = previous.filter(|(account, _)| *account == connection.account) else {
        return Err(ErrorCode::NothingThere.into());
    };
    match &previous {
        Previous::Nothing => connection.client.delete_avatar().await?,
        Previous::Picture(bytes) => {
            let content_type = picture::content_type(bytes).ok_or(ErrorCode::PictureUnknown)?;
            let extension = content_type.trim_start_matches("image/");
            let upload = AvatarUpload {
                bytes: bytes.clone(),
                file_name: format!("avatar.{extension}"),
                content_type: content_type.to_owned(),
            };
            replace(shared, &connection, upload).await?;
        }
    }
    lock(&shared.pictures).previous = None;
    Ok(view(shared, &connection, &previous))
}

/// Uploads with progress, until it is done or stopped.
async fn replace(
    shared: &Arc<Shared>,
    connection: &Connection,
    upload: AvatarUpload,
) -> Result<(), IpcError> {
    let (stop, mut stopped) = watch::channel(false);
    // A second upload stops the first: the last one wins.
    if let Some(other) = lock(&shared.pictures).upload.replace(stop) {
        other.send_replace(true);
    }
    let host = shared.host.clone();
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
async fn present(client: &Client) -> Result<Previous, IpcError> {
    let address = client.profile().await?.image_url.filter(|address| !address.is_empty());
    Ok(match address {
        None => Previous::Nothing,
        Some(address) => Previous::Picture(client.fetch_image(&address).await?),
    })
}

fn view(shared: &Shared, connection: &Connection, shown: &Previous) -> AvatarView {
    let image = match shown {
        Previous::Nothing => None,
        Previous::Picture(bytes) => {
            picture::content_type(bytes).map(|kind| data_address(kind, bytes))
        }
    };
    AvatarView { image, can_undo: can_undo(shared, connection) }
}

fn can_undo(shared: &Shared, connection: &Connection) -> bool {
    lock(&shared.pictures)
        .previous
        .as_ref()
        .is_some_and(|(account, _)| *account == connection.account)
}
