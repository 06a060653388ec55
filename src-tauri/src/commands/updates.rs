//! Newer versions of the program.

use status_runtime::UpdatesView;
use tauri::{AppHandle, State};

use super::Answer;
use crate::updates::{self, Updates};

#[tauri::command]
pub(crate) async fn updates(known: State<'_, Updates>) -> Answer<UpdatesView> {
    Ok(updates::view(&known))
}

#[tauri::command]
pub(crate) async fn look_for_update(app: AppHandle) -> Answer<UpdatesView> {
    updates::look(&app).await
}

#[tauri::command]
pub(crate) async fn install_update(app: AppHandle) -> Answer<()> {
    updates::install(&app).await
}
