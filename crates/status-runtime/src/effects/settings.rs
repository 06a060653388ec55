//! Settings that need somebody else's consent: a server, and the desktop.

use std::sync::Arc;

use pachca_client::ServerUrl;
use status_core::{Action, SettingsPatch};

use crate::{
    ErrorCode, IpcError, ServerCheck,
    engine::{Shared, lock, user_agent},
};

/// Asks whether there is a Pachca API at this address. No token is sent.
pub(crate) async fn check_server(address: &str) -> Result<ServerCheck, IpcError> {
    let server = parse(address)?;
    let took = pachca_client::probe(&server, &user_agent()).await?;
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    Ok(ServerCheck { address: server.as_str().to_owned(), milliseconds })
}

/// Changes settings. The system is asked first, so that what it refuses is not changed.
pub(crate) async fn change_settings(
    shared: &Arc<Shared>,
    mut patch: SettingsPatch,
) -> Result<(), IpcError> {
    if let Some(address) = patch.server.as_deref().map(str::trim)
        && !address.is_empty()
    {
        // The default address in full is the default address.
        let server = parse(address)?;
        let address =
            if server == ServerUrl::default() { String::new() } else { server.as_str().to_owned() };
        patch.server = Some(address);
    }
    if patch.shortcut_open.is_some() || patch.shortcut_clear.is_some() {
        let settings = shared.snapshot().settings.clone();
        let wanted = |change: &Option<String>, present: Option<String>| match change.as_deref() {
            None => present,
            Some("") => None,
            Some(shortcut) => Some(shortcut.to_owned()),
        };
        let open = wanted(&patch.shortcut_open, settings.shortcut_open.clone());
        let clear = wanted(&patch.shortcut_clear, settings.shortcut_clear.clone());
        if let Err(refused) = apply_shortcuts(shared, open.as_deref(), clear.as_deref()) {
            // What was there before is registered again; should even that fail, the notice of the next start says so.
            let _ = apply_shortcuts(
                shared,
                settings.shortcut_open.as_deref(),
                settings.shortcut_clear.as_deref(),
            );
            return Err(IpcError::with_detail(ErrorCode::ShortcutUnavailable, refused));
        }
    }
    if let Some(on) = patch.start_at_login {
        let asking = Arc::clone(shared);
        let asked = shared.runtime.spawn_blocking(move || apply_start_at_login(&asking, on)).await;
        asked
            .map_err(|_| ErrorCode::Ending)?
            .map_err(|reason| IpcError::with_detail(ErrorCode::AutostartFailed, reason))?;
    }
    shared.send(Action::ChangeSettings(patch));
    Ok(())
}

/// Registers or removes the start at login, unless that was just done. Waits for the system, and for the person if it
/// asks them.
pub(super) fn apply_start_at_login(shared: &Shared, on: bool) -> Result<(), String> {
    let mut applied = lock(&shared.applied.start_at_login);
    if *applied != Some(on) {
        shared.host.set_start_at_login(on)?;
        *applied = Some(on);
    }
    Ok(())
}

/// Registers these shortcuts, unless they are. The error names the one that was refused.
pub(super) fn apply_shortcuts(
    shared: &Shared,
    open: Option<&str>,
    clear: Option<&str>,
) -> Result<(), String> {
    let wanted = (open.map(str::to_owned), clear.map(str::to_owned));
    if lock(&shared.applied.shortcuts).as_ref() == Some(&wanted) {
        return Ok(());
    }
    *lock(&shared.applied.shortcuts) = None;
    shared.host.set_shortcuts(open, clear)?;
    *lock(&shared.applied.shortcuts) = Some(wanted);
    Ok(())
}

fn parse(address: &str) -> Result<ServerUrl, IpcError> {
    ServerUrl::parse(address)
        .map_err(|error| IpcError::with_detail(ErrorCode::ServerAddressInvalid, error.to_string()))
}
