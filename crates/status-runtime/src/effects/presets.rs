//! Presets to and from files.

use std::{path::Path, sync::Arc};

use status_core::{Action, Preset, preset};

use super::pictures::read_at_most;
use crate::{ErrorCode, ImportReport, IpcError, engine::Shared};

/// Largest file that is read, in bytes: two hundred presets with full messages come to a third of it.
const FILE_MAX: usize = 1024 * 1024;

/// Reads presets from a file and adds them all, or none.
pub(crate) async fn import_presets(
    shared: &Arc<Shared>,
    path: &Path,
) -> Result<ImportReport, IpcError> {
    let bytes = read_at_most(path, FILE_MAX).await?.ok_or(ErrorCode::ImportTooMany)?;
    let text = String::from_utf8(bytes).map_err(|_| ErrorCode::ImportNotPresets)?;
    let imported = preset::import(&text).map_err(|error| refusal(&error))?;
    let present: Vec<Preset> =
        shared.snapshot().presets.iter().map(|view| view.preset.clone()).collect();
    let replaced =
        imported.iter().filter(|preset| present.iter().any(|known| known.id == preset.id)).count();
    let report = ImportReport { added: imported.len() - replaced, replaced };
    preset::merge(&present, imported.clone()).map_err(|error| refusal(&error))?;
    shared.send(Action::ImportPresets(imported));
    Ok(report)
}

/// Writes the presets to a file.
pub(crate) async fn export_presets(shared: &Arc<Shared>, path: &Path) -> Result<(), IpcError> {
    let presets: Vec<Preset> =
        shared.snapshot().presets.iter().map(|view| view.preset.clone()).collect();
    let text = preset::export(&presets);
    let path = path.to_owned();
    match tokio::task::spawn_blocking(move || std::fs::write(path, text)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(IpcError::with_detail(ErrorCode::FileUnwritable, error.to_string())),
        Err(_) => Err(ErrorCode::FileUnwritable.into()),
    }
}

fn refusal(error: &preset::ImportError) -> IpcError {
    use preset::ImportError as Refused;
    match error {
        Refused::NotJson { line, column } => {
            IpcError::with_detail(ErrorCode::ImportNotPresets, format!("{line}:{column}"))
        }
        Refused::NotPresets => ErrorCode::ImportNotPresets.into(),
        Refused::Newer(version) => {
            IpcError::with_detail(ErrorCode::ImportNotPresets, format!("version {version}"))
        }
        Refused::TooMany => ErrorCode::ImportTooMany.into(),
        Refused::Entry { .. } => {
            IpcError::with_detail(ErrorCode::ImportEntryInvalid, error.to_string())
        }
    }
}
