//! Links that leave the app, by way of the system's browser.

use status_runtime::{ErrorCode, IpcError};

/// Opens a checked address. The browser is on its own from there.
pub(crate) async fn open(address: String) -> Result<(), IpcError> {
    let opened = tauri::async_runtime::spawn_blocking(move || open::that_detached(address)).await;
    match opened {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => {
            log::warn!("no browser opens: {}", error.kind());
            Err(IpcError {
                detail: Some(error.kind().to_string()),
                ..ErrorCode::LinkRefused.into()
            })
        }
        Err(_) => Err(ErrorCode::Ending.into()),
    }
}
