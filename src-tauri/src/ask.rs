//! What the window may ask for. Each request is unpacked, handed to the engine, and answered; decisions are the engine's.
//!
//! Nothing here knows where the window is: in this process or in another.

use std::{path::PathBuf, sync::Arc};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use status_core::{
    Action, Draft, Extension, FetchReason, Notice, Preset, PresetId, Recent, SettingsPatch,
    Snapshot,
};
use status_runtime::{Crop, Engine, ErrorCode, IpcError};

use crate::{desktop::Desktop, links, quit, shortcuts};

/// A request, by the names the page has for it.
#[derive(Deserialize)]
#[serde(
    tag = "command",
    content = "arguments",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
enum Ask {
    Snapshot {},
    InitialPage {},
    SetStatus {
        draft: Draft,
    },
    ClearStatus {},
    Extend {
        extension: Extension,
    },
    UndoStatus {},
    ApplyPreset {
        id: PresetId,
    },
    CancelPending {},
    RefreshStatus {},
    DismissProblem {},
    ComposeTaken {},
    ResolveConflict {
        ours: bool,
    },
    DismissNotice {
        notice: Notice,
    },
    PreviewDraft {
        draft: Draft,
    },
    SavePreset {
        preset: Preset,
    },
    DuplicatePreset {
        id: PresetId,
    },
    DeletePreset {
        id: PresetId,
    },
    MovePreset {
        id: PresetId,
        to: usize,
    },
    UndoPresets {},
    RestoreDefaultPresets {},
    RemoveRecent {
        recent: Recent,
    },
    ChangeSettings {
        patch: SettingsPatch,
    },
    Connect {
        token: String,
        session_only: bool,
    },
    Disconnect {},
    RetryKeyring {},
    TokenInfo {},
    Profile {},
    Avatar {},
    LoadPicture {},
    UploadAvatar {
        crop: Crop,
    },
    CancelUpload {},
    RemoveAvatar {},
    UndoAvatar {},
    CheckServer {
        address: String,
    },
    Diagnostics {},
    DiagnosticsReport {},
    InspectLink {
        url: String,
    },
    OpenLink {
        url: String,
    },
    ShortcutsAvailable {},
    Quit {},
    /// A file the person has chosen in the system's dialog. The page has no name for these three.
    OpenPicture {
        path: PathBuf,
    },
    ImportFrom {
        path: PathBuf,
    },
    ExportTo {
        path: PathBuf,
    },
}

/// An answer as JSON, or an error as the page gets it.
pub(crate) type Answer = Result<String, Value>;

/// Answers a request. What is only told to the engine has been told when this returns, so that requests keep their order;
/// what has to be waited for is the rest.
///
/// `body` is a picture, for the one request that brings one: as JSON its bytes would be four times as long.
pub(crate) fn answer(
    desktop: &Arc<Desktop>,
    command: &str,
    arguments: Value,
    body: Vec<u8>,
) -> impl Future<Output = Answer> + Send + use<> {
    let asked = understood(command, arguments)
        .map_err(|error| Value::from(format!("{command}: {error}")))
        .map(|ask| told(desktop, ask));
    let desktop = Arc::clone(desktop);
    async move {
        match asked? {
            None => Ok(said(())),
            Some(ask) => waited_for(&desktop, ask, body).await.map_err(|error| refusal(&error)),
        }
    }
}

/// An error as the page gets it.
pub(crate) fn refusal(error: &IpcError) -> Value {
    serde_json::to_value(error).expect("plain data")
}

#[allow(clippy::needless_pass_by_value, reason = "an answer is nobody's any more")]
fn said(answer: impl Serialize) -> String {
    serde_json::to_string(&answer).expect("plain data")
}

fn understood(command: &str, arguments: Value) -> Result<Ask, serde_json::Error> {
    let ask = [("command".to_owned(), command.into()), ("arguments".to_owned(), arguments)];
    Ask::deserialize(Value::from_iter(ask))
}

/// Does what can be done at once and has no answer; gives back what has one.
fn told(desktop: &Arc<Desktop>, ask: Ask) -> Option<Ask> {
    let action = match ask {
        Ask::SetStatus { draft } => Action::SetStatus(draft),
        Ask::ClearStatus {} => Action::ClearStatus,
        Ask::Extend { extension } => Action::Extend(extension),
        Ask::UndoStatus {} => Action::Undo,
        Ask::ApplyPreset { id } => Action::ApplyPreset(id),
        Ask::CancelPending {} => Action::CancelPending,
        Ask::RefreshStatus {} => Action::Refresh(FetchReason::Asked),
        Ask::DismissProblem {} => Action::DismissProblem,
        Ask::ComposeTaken {} => Action::ComposeTaken,
        Ask::ResolveConflict { ours } => Action::ResolveConflict(ours),
        Ask::DismissNotice { notice } => Action::DismissNotice(notice),
        Ask::SavePreset { preset } => Action::SavePreset(preset),
        Ask::DuplicatePreset { id } => Action::DuplicatePreset(id),
        Ask::DeletePreset { id } => Action::DeletePreset(id),
        Ask::MovePreset { id, to } => Action::MovePreset(id, to),
        Ask::UndoPresets {} => Action::UndoPresets,
        Ask::RestoreDefaultPresets {} => Action::RestoreDefaultPresets,
        Ask::RemoveRecent { recent } => Action::RemoveRecent(recent),
        Ask::CancelUpload {} => {
            desktop.engine().cancel_upload();
            return None;
        }
        Ask::Quit {} => {
            quit::begin(desktop);
            return None;
        }
        ask => return Some(ask),
    };
    desktop.engine().send(action);
    None
}

async fn waited_for(desktop: &Desktop, ask: Ask, body: Vec<u8>) -> Result<String, IpcError> {
    let engine = desktop.engine();
    Ok(match ask {
        Ask::Snapshot {} => said(Snapshot::clone(&engine.snapshot())),
        Ask::InitialPage {} => said(desktop.window.initial_page()),
        Ask::PreviewDraft { draft } => said(engine.preview_draft(draft).await?),
        Ask::ChangeSettings { patch } => said(engine.change_settings(patch).await?),
        Ask::Connect { token, session_only } => said(engine.connect(token, session_only).await?),
        Ask::Disconnect {} => said(engine.disconnect().await?),
        Ask::RetryKeyring {} => said(engine.retry_keyring().await?),
        Ask::TokenInfo {} => said(engine.token_info().await?),
        Ask::Profile {} => said(engine.profile().await?),
        Ask::Avatar {} => said(engine.avatar().await?),
        Ask::LoadPicture {} if body.is_empty() => return Err(ErrorCode::PictureUnknown.into()),
        Ask::LoadPicture {} => said(engine.load_picture(body).await?),
        Ask::OpenPicture { path } => said(engine.open_picture(&path).await?),
        Ask::UploadAvatar { crop } => said(engine.upload_avatar(crop).await?),
        Ask::RemoveAvatar {} => said(engine.remove_avatar().await?),
        Ask::UndoAvatar {} => said(engine.undo_avatar().await?),
        Ask::CheckServer { address } => said(engine.check_server(&address).await?),
        Ask::ImportFrom { path } => said(engine.import_presets(&path).await?),
        Ask::ExportTo { path } => {
            engine.export_presets(&path).await?;
            said(path.display().to_string())
        }
        Ask::Diagnostics {} => said(engine.diagnostics().await),
        Ask::DiagnosticsReport {} => said(engine.diagnostics_report().await),
        Ask::InspectLink { url } => said(Engine::inspect_link(&url)?),
        Ask::OpenLink { url } => said(links::open(Engine::checked_link(&url)?).await?),
        // Whether this desktop has global shortcuts for us at all: the page explains instead of offering dead fields.
        Ask::ShortcutsAvailable {} => said(shortcuts::desktop_has_them()),
        _ => said(()),
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::*;

    /// Every command that is answered here, as the error about one that is not lists them.
    pub(crate) fn commands() -> BTreeSet<String> {
        let error = understood("", json!({})).err().map(|error| error.to_string());
        error.unwrap_or_default().split('`').skip(3).step_by(2).map(ToOwned::to_owned).collect()
    }

    #[test]
    fn requests_are_called_what_the_page_calls_them() {
        assert!(matches!(understood("clear_status", json!({})), Ok(Ask::ClearStatus {})));
        let connect = understood("connect", json!({ "token": "t", "sessionOnly": true }));
        assert!(matches!(connect, Ok(Ask::Connect { session_only: true, .. })));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        let names = |command, arguments, what| {
            understood(command, arguments).is_err_and(|error| error.to_string().contains(what))
        };
        assert!(names("nonsense", json!({}), "nonsense"));
        assert!(names("extend", json!({ "extension": "never" }), "never"));
        assert!(names("extend", json!({}), "extension"));
    }
}
