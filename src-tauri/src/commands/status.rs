//! The status, and the views' shared snapshot.

use status_core::{
    Action, Draft, DraftPreview, Extension, FetchReason, Notice, PresetId, Snapshot,
};

use super::{Answer, Desk};

#[tauri::command]
pub(crate) async fn snapshot(desk: Desk<'_>) -> Answer<Snapshot> {
    Ok(Snapshot::clone(&desk.engine().snapshot()))
}

#[tauri::command]
pub(crate) async fn set_status(desk: Desk<'_>, draft: Draft) -> Answer<()> {
    desk.engine().send(Action::SetStatus(draft));
    Ok(())
}

#[tauri::command]
pub(crate) async fn clear_status(desk: Desk<'_>) -> Answer<()> {
    desk.engine().send(Action::ClearStatus);
    Ok(())
}

#[tauri::command]
pub(crate) async fn extend(desk: Desk<'_>, extension: Extension) -> Answer<()> {
    desk.engine().send(Action::Extend(extension));
    Ok(())
}

#[tauri::command]
pub(crate) async fn undo_status(desk: Desk<'_>) -> Answer<()> {
    desk.engine().send(Action::Undo);
    Ok(())
}

#[tauri::command]
pub(crate) async fn apply_preset(desk: Desk<'_>, id: PresetId) -> Answer<()> {
    desk.engine().send(Action::ApplyPreset(id));
    Ok(())
}

#[tauri::command]
pub(crate) async fn cancel_pending(desk: Desk<'_>) -> Answer<()> {
    desk.engine().send(Action::CancelPending);
    Ok(())
}

#[tauri::command]
pub(crate) async fn refresh_status(desk: Desk<'_>) -> Answer<()> {
    desk.engine().send(Action::Refresh(FetchReason::Asked));
    Ok(())
}

#[tauri::command]
pub(crate) async fn dismiss_problem(desk: Desk<'_>) -> Answer<()> {
    desk.engine().send(Action::DismissProblem);
    Ok(())
}

#[tauri::command]
pub(crate) async fn compose_taken(desk: Desk<'_>) -> Answer<()> {
    desk.engine().send(Action::ComposeTaken);
    Ok(())
}

#[tauri::command]
pub(crate) async fn resolve_conflict(desk: Desk<'_>, ours: bool) -> Answer<()> {
    desk.engine().send(Action::ResolveConflict(ours));
    Ok(())
}

#[tauri::command]
pub(crate) async fn dismiss_notice(desk: Desk<'_>, notice: Notice) -> Answer<()> {
    desk.engine().send(Action::DismissNotice(notice));
    Ok(())
}

#[tauri::command]
pub(crate) async fn preview_draft(desk: Desk<'_>, draft: Draft) -> Answer<DraftPreview> {
    desk.engine().preview_draft(draft).await
}
