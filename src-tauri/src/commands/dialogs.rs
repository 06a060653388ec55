//! The system's own dialogs for choosing files. The window cannot open them; it can only ask for the choice.

use std::path::PathBuf;

use status_app::{ipc::protocol::Appearance, sync::Shared};
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};
use tokio::sync::oneshot;

use crate::webview::on_screen;

/// Endings of the pictures that can become an avatar. Others are still shown under «all files»: the content decides.
const PICTURES: &[&str] =
    &["png", "jpg", "jpeg", "webp", "gif", "bmp", "PNG", "JPG", "JPEG", "WEBP", "GIF", "BMP"];

/// Name offered for an export.
const EXPORT: &str = "pachca-status-presets.json";

/// A picture to make the avatar of; `None` when the person changed their mind.
pub(super) async fn picture(app: &AppHandle) -> Option<PathBuf> {
    let appearance = appearance(app)?;
    let (title, files) = appearance.picture;
    let dialog =
        dialog(app, &title).add_filter(files, PICTURES).add_filter(appearance.all_files, &["*"]);
    let (answer, chosen) = oneshot::channel();
    dialog.pick_file(move |file| drop(answer.send(file)));
    path(chosen).await
}

/// A file of presets to read.
pub(super) async fn import(app: &AppHandle) -> Option<PathBuf> {
    let appearance = appearance(app)?;
    let (title, _, files) = appearance.presets;
    let dialog =
        dialog(app, &title).add_filter(files, &["json"]).add_filter(appearance.all_files, &["*"]);
    let (answer, chosen) = oneshot::channel();
    dialog.pick_file(move |file| drop(answer.send(file)));
    path(chosen).await
}

/// Where presets are to be written.
pub(super) async fn export(app: &AppHandle) -> Option<PathBuf> {
    let appearance = appearance(app)?;
    let (_, title, files) = appearance.presets;
    let dialog = dialog(app, &title).add_filter(files, &["json"]).set_file_name(EXPORT);
    let (answer, chosen) = oneshot::channel();
    dialog.save_file(move |file| drop(answer.send(file)));
    path(chosen).await
}

/// The words of the language the person reads now; there are some as long as there is a window to ask from.
fn appearance(app: &AppHandle) -> Option<Appearance> {
    app.state::<Shared<Option<Appearance>>>().get()
}

fn dialog(app: &AppHandle, title: &str) -> FileDialogBuilder<tauri::Wry> {
    let dialog = app.dialog().file().set_title(title);
    match on_screen(app) {
        Some(window) => dialog.set_parent(&window),
        None => dialog,
    }
}

async fn path(chosen: oneshot::Receiver<Option<FilePath>>) -> Option<PathBuf> {
    chosen.await.ok().flatten()?.into_path().ok()
}
