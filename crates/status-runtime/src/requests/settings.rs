//! Settings that need somebody else's consent: a server, and the desktop.

use pachca_client::ServerUrl;
use status_core::{Cause, Command, Outcome, SettingRefused, SettingsPatch};

use crate::{
    context::user_agent,
    engine::Engine,
    failure::failed,
    ipc::{ErrorCode, IpcError, ServerCheck},
};

impl Engine {
    /// Asks whether there is a Pachca API at this address. No token is sent.
    pub async fn check_server(&self, address: &str) -> Result<ServerCheck, IpcError> {
        let server = parse(address)?;
        let took = pachca_client::probe(&server, &user_agent()).await;
        let took = took.map_err(|error| failed(&error))?;
        let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        Ok(ServerCheck { address: server.as_str().to_owned(), milliseconds })
    }

    /// Changes settings. What the system refuses (a shortcut, start at login) is not changed.
    pub async fn change_settings(&self, mut patch: SettingsPatch) -> Result<(), IpcError> {
        if let Some(address) = patch.server.as_deref().map(str::trim)
            && !address.is_empty()
        {
            // The default address in full is the default address.
            let server = parse(address)?;
            let default = server == ServerUrl::default();
            patch.server = Some(if default { String::new() } else { server.as_str().to_owned() });
        }
        match self.command(Command::ChangeSettings(patch), Cause::Person).last().await? {
            Outcome::SettingRefused(SettingRefused::Shortcut(shortcut)) => {
                Err(IpcError::with_detail(ErrorCode::ShortcutUnavailable, shortcut))
            }
            Outcome::SettingRefused(SettingRefused::StartAtLogin(reason)) => {
                Err(IpcError::with_detail(ErrorCode::AutostartFailed, reason))
            }
            _ => Ok(()),
        }
    }
}

fn parse(address: &str) -> Result<ServerUrl, IpcError> {
    ServerUrl::parse(address)
        .map_err(|error| IpcError::with_detail(ErrorCode::ServerAddressInvalid, error.to_string()))
}
