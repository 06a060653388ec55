//! What a person gets, on a real desktop: the real program, tray, window, keyring and notifications.

mod accessibility;
mod account;
mod avatar;
mod bad_input;
mod busy;
mod composer;
mod connect;
mod demonstration;
mod desk;
mod diagnostics;
mod errors;
mod flatpak;
mod harness;
mod hostile;
mod keyboard;
mod languages;
mod lifecycle;
mod login;
mod main_job;
mod memory;
mod menu;
mod network;
mod pages;
mod preferences;
mod presets;
mod profile;
mod programs;
mod secrets;
mod together;
mod tray;
mod updates;
mod wake;
mod wayland;

use anyhow::{Context as _, Result};
use pachca_sandbox::RecordedRequest;
use pachca_status_tests::{Desktop, PATIENCE};

/// Waits for the next request of this kind that the workspace has not answered before `after` (its number).
async fn request(desktop: &Desktop, method: &str, path: &str) -> Result<RecordedRequest> {
    let found = desktop.sandbox().wait_for(|request| request.is(method, path), PATIENCE).await;
    found.with_context(|| format!("{method} {path}"))
}

/// How many requests of this kind there were.
fn count(desktop: &Desktop, method: &str, path: &str) -> usize {
    desktop.sandbox().requests().iter().filter(|request| request.is(method, path)).count()
}
