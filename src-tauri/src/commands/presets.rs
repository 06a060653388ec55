//! Presets and recent statuses.

use status_core::{Action, Preset, PresetId, Recent};
use status_runtime::ImportReport;
use tauri::AppHandle;

use super::{Answer, Desk};
use crate::dialogs;

#[tauri::command]
pub(crate) async fn save_preset(desk: Desk<'_>, preset: Preset) -> Answer<()> {
    desk.engine().send(Action::SavePreset(preset));
    Ok(())
}

#[tauri::command]
pub(crate) async fn duplicate_preset(desk: Desk<'_>, id: PresetId) -> Answer<()> {
    desk.engine().send(Action::DuplicatePreset(id));
    Ok(())
}

#[tauri::command]
pub(crate) async fn delete_preset(desk: Desk<'_>, id: PresetId) -> Answer<()> {
    desk.engine().send(Action::DeletePreset(id));
    Ok(())
}

#[tauri::command]
pub(crate) async fn move_preset(desk: Desk<'_>, id: PresetId, to: usize) -> Answer<()> {
    desk.engine().send(Action::MovePreset(id, to));
    Ok(())
}

#[tauri::command]
pub(crate) async fn undo_presets(desk: Desk<'_>) -> Answer<()> {
    desk.engine().send(Action::UndoPresets);
    Ok(())
}

#[tauri::command]
pub(crate) async fn restore_default_presets(desk: Desk<'_>) -> Answer<()> {
    desk.engine().send(Action::RestoreDefaultPresets);
    Ok(())
}

#[tauri::command]
pub(crate) async fn import_presets(app: AppHandle, desk: Desk<'_>) -> Answer<Option<ImportReport>> {
    let Some(path) = dialogs::import(&app).await else { return Ok(None) };
    desk.engine().import_presets(&path).await.map(Some)
}

#[tauri::command]
pub(crate) async fn export_presets(app: AppHandle, desk: Desk<'_>) -> Answer<Option<String>> {
    let Some(path) = dialogs::export(&app).await else { return Ok(None) };
    desk.engine().export_presets(&path).await?;
    Ok(Some(path.display().to_string()))
}

#[tauri::command]
pub(crate) async fn remove_recent(desk: Desk<'_>, recent: Recent) -> Answer<()> {
    desk.engine().send(Action::RemoveRecent(recent));
    Ok(())
}
