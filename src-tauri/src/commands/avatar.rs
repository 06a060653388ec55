//! The avatar.

use status_runtime::{AvatarView, Crop, ErrorCode, PictureView};
use tauri::{
    AppHandle,
    ipc::{InvokeBody, Request},
};

use super::{Answer, Desk};
use crate::{
    clipboard::{self, Copied},
    dialogs,
};

#[tauri::command]
pub(crate) async fn avatar(desk: Desk<'_>) -> Answer<AvatarView> {
    desk.engine().avatar().await
}

#[tauri::command]
pub(crate) async fn choose_picture(app: AppHandle, desk: Desk<'_>) -> Answer<Option<PictureView>> {
    let Some(path) = dialogs::picture(&app).await else { return Ok(None) };
    desk.engine().open_picture(&path).await.map(Some)
}

/// The picture is the body itself: as JSON its bytes would be four times as long.
#[tauri::command]
pub(crate) async fn load_picture(desk: Desk<'_>, request: Request<'_>) -> Answer<PictureView> {
    let InvokeBody::Raw(bytes) = request.body() else {
        return Err(ErrorCode::PictureUnknown.into());
    };
    desk.engine().load_picture(bytes.clone()).await
}

/// The picture another program has copied, where the web view does not hand it to the page; nothing when there is none.
#[tauri::command]
pub(crate) async fn paste_picture(app: AppHandle, desk: Desk<'_>) -> Answer<Option<PictureView>> {
    match clipboard::picture(&app).await {
        None => Ok(None),
        Some(Copied::Picture(bytes)) => desk.engine().load_picture(bytes).await.map(Some),
        Some(Copied::File(path)) => desk.engine().open_picture(&path).await.map(Some),
    }
}

#[tauri::command]
pub(crate) async fn upload_avatar(desk: Desk<'_>, crop: Crop) -> Answer<AvatarView> {
    desk.engine().upload_avatar(crop).await
}

#[tauri::command]
pub(crate) async fn cancel_upload(desk: Desk<'_>) -> Answer<()> {
    desk.engine().cancel_upload();
    Ok(())
}

#[tauri::command]
pub(crate) async fn remove_avatar(desk: Desk<'_>) -> Answer<AvatarView> {
    desk.engine().remove_avatar().await
}

#[tauri::command]
pub(crate) async fn undo_avatar(desk: Desk<'_>) -> Answer<AvatarView> {
    desk.engine().undo_avatar().await
}
