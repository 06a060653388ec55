//! Token, profile and server.

use status_runtime::{ProfileView, ServerCheck, TokenView};

use super::{Answer, Desk};

#[tauri::command]
pub(crate) async fn connect(
    desk: Desk<'_>,
    token: String,
    session_only: bool,
) -> Answer<TokenView> {
    desk.engine().connect(token, session_only).await
}

#[tauri::command]
pub(crate) async fn disconnect(desk: Desk<'_>) -> Answer<()> {
    desk.engine().disconnect().await
}

#[tauri::command]
pub(crate) async fn retry_keyring(desk: Desk<'_>) -> Answer<()> {
    desk.engine().retry_keyring().await
}

#[tauri::command]
pub(crate) async fn token_info(desk: Desk<'_>) -> Answer<TokenView> {
    desk.engine().token_info().await
}

#[tauri::command]
pub(crate) async fn profile(desk: Desk<'_>) -> Answer<ProfileView> {
    desk.engine().profile().await
}

#[tauri::command]
pub(crate) async fn check_server(desk: Desk<'_>, address: String) -> Answer<ServerCheck> {
    desk.engine().check_server(&address).await
}
