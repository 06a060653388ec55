//! The window itself, the settings, diagnostics, and links that leave the app.

use status_core::{Page, SettingsPatch};
use status_runtime::{Diagnostics, Engine};
use tauri::AppHandle;

use super::{Answer, Desk};
use crate::{links, quit, shortcuts, window};

#[tauri::command]
pub(crate) async fn initial_page(desk: Desk<'_>) -> Answer<Page> {
    Ok(desk.window.initial_page())
}

#[tauri::command]
pub(crate) async fn change_settings(desk: Desk<'_>, patch: SettingsPatch) -> Answer<()> {
    desk.engine().change_settings(patch).await
}

#[tauri::command]
pub(crate) async fn diagnostics(desk: Desk<'_>) -> Answer<Diagnostics> {
    Ok(desk.engine().diagnostics().await)
}

#[tauri::command]
pub(crate) async fn diagnostics_report(desk: Desk<'_>) -> Answer<String> {
    Ok(desk.engine().diagnostics_report().await)
}

#[tauri::command]
pub(crate) async fn inspect_link(url: String) -> Answer<String> {
    Engine::inspect_link(&url)
}

#[tauri::command]
pub(crate) async fn open_link(url: String) -> Answer<()> {
    links::open(Engine::checked_link(&url)?).await
}

/// Whether this desktop has global shortcuts for us at all: the page explains instead of offering dead fields.
#[tauri::command]
pub(crate) async fn shortcuts_available() -> Answer<bool> {
    Ok(shortcuts::desktop_has_them())
}

#[tauri::command]
pub(crate) async fn close_window(app: AppHandle) -> Answer<()> {
    window::close(&app);
    Ok(())
}

#[tauri::command]
pub(crate) async fn quit(app: AppHandle) -> Answer<()> {
    quit::begin(&app);
    Ok(())
}
