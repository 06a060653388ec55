//! The system's own dialogs for choosing files. The window cannot open them; it can only ask for the choice.

use std::path::PathBuf;

use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};
use tokio::sync::oneshot;

use crate::{desktop, window};

/// Endings of the pictures that can become an avatar. Others are still shown under «all files»: the content decides.
const PICTURES: &[&str] =
    &["png", "jpg", "jpeg", "webp", "gif", "bmp", "PNG", "JPG", "JPEG", "WEBP", "GIF", "BMP"];

/// Name offered for an export.
const EXPORT: &str = "pachca-status-presets.json";

/// A picture to make the avatar of; `None` when the person changed their mind.
pub(crate) async fn picture(app: &AppHandle) -> Option<PathBuf> {
    let words = desktop::of(app).words();
    let dialog = dialog(app, &words.plain("shell-picture-title"))
        .add_filter(words.plain("shell-picture-files"), PICTURES)
        .add_filter(words.plain("shell-all-files"), &["*"]);
    let (answer, chosen) = oneshot::channel();
    dialog.pick_file(move |file| drop(answer.send(file)));
    path(chosen).await
}

/// A file of presets to read.
pub(crate) async fn import(app: &AppHandle) -> Option<PathBuf> {
    let words = desktop::of(app).words();
    let dialog = dialog(app, &words.plain("shell-import-title"))
        .add_filter(words.plain("shell-preset-files"), &["json"])
        .add_filter(words.plain("shell-all-files"), &["*"]);
    let (answer, chosen) = oneshot::channel();
    dialog.pick_file(move |file| drop(answer.send(file)));
    path(chosen).await
}

/// Where presets are to be written.
pub(crate) async fn export(app: &AppHandle) -> Option<PathBuf> {
    let words = desktop::of(app).words();
    let dialog = dialog(app, &words.plain("shell-export-title"))
        .add_filter(words.plain("shell-preset-files"), &["json"])
        .set_file_name(EXPORT);
    let (answer, chosen) = oneshot::channel();
    dialog.save_file(move |file| drop(answer.send(file)));
    path(chosen).await
}

fn dialog(app: &AppHandle, title: &str) -> FileDialogBuilder<tauri::Wry> {
    let dialog = app.dialog().file().set_title(title);
    match window::on_screen(app) {
        Some(window) => dialog.set_parent(&window),
        None => dialog,
    }
}

async fn path(chosen: oneshot::Receiver<Option<FilePath>>) -> Option<PathBuf> {
    chosen.await.ok().flatten()?.into_path().ok()
}
