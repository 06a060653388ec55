//! What the window may ask for. Each request is unpacked, handed to the engine, and answered; decisions are the engine's.
//!
//! Nothing here knows where the window is: in this process or in another.

use std::{future::ready, path::PathBuf, pin::Pin, sync::Arc};

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
    let answering = understood(command, arguments)
        .map_err(|error| Value::from(format!("{command}: {error}")))
        .map(|ask| perform(desktop, ask, body));
    async move { answering?.await.map_err(|error| refusal(&error)) }
}

/// An error as the page gets it.
pub(crate) fn refusal(error: &IpcError) -> Value {
    serde_json::to_value(error).expect("plain data")
}

fn understood(command: &str, arguments: Value) -> Result<Ask, serde_json::Error> {
    let ask = [("command".to_owned(), command.into()), ("arguments".to_owned(), arguments)];
    Ask::deserialize(Value::from_iter(ask))
}

/// An answer that is on its way.
type Answering = Pin<Box<dyn Future<Output = Result<String, IpcError>> + Send>>;

fn later<T: Serialize>(
    answer: impl Future<Output = Result<T, IpcError>> + Send + 'static,
) -> Answering {
    Box::pin(async move { Ok(serde_json::to_string(&answer.await?).expect("plain data")) })
}

fn now<T: Serialize + Send + 'static>(answer: T) -> Answering {
    later(ready(Ok(answer)))
}

fn perform(desktop: &Arc<Desktop>, ask: Ask, body: Vec<u8>) -> Answering {
    let engine = desktop.engine().clone();
    let tell = |action| {
        desktop.engine().send(action);
        now(())
    };
    match ask {
        Ask::SetStatus { draft } => tell(Action::SetStatus(draft)),
        Ask::ClearStatus {} => tell(Action::ClearStatus),
        Ask::Extend { extension } => tell(Action::Extend(extension)),
        Ask::UndoStatus {} => tell(Action::Undo),
        Ask::ApplyPreset { id } => tell(Action::ApplyPreset(id)),
        Ask::CancelPending {} => tell(Action::CancelPending),
        Ask::RefreshStatus {} => tell(Action::Refresh(FetchReason::Asked)),
        Ask::DismissProblem {} => tell(Action::DismissProblem),
        Ask::ComposeTaken {} => tell(Action::ComposeTaken),
        Ask::ResolveConflict { ours } => tell(Action::ResolveConflict(ours)),
        Ask::DismissNotice { notice } => tell(Action::DismissNotice(notice)),
        Ask::SavePreset { preset } => tell(Action::SavePreset(preset)),
        Ask::DuplicatePreset { id } => tell(Action::DuplicatePreset(id)),
        Ask::DeletePreset { id } => tell(Action::DeletePreset(id)),
        Ask::MovePreset { id, to } => tell(Action::MovePreset(id, to)),
        Ask::UndoPresets {} => tell(Action::UndoPresets),
        Ask::RestoreDefaultPresets {} => tell(Action::RestoreDefaultPresets),
        Ask::RemoveRecent { recent } => tell(Action::RemoveRecent(recent)),
        Ask::CancelUpload {} => {
            engine.cancel_upload();
            now(())
        }
        Ask::Quit {} => {
            quit::begin(desktop);
            now(())
        }
        Ask::Snapshot {} => now(Snapshot::clone(&engine.snapshot())),
        Ask::InitialPage {} => now(desktop.window.initial_page()),
        // Whether this desktop has global shortcuts for us at all: the page explains instead of offering dead fields.
        Ask::ShortcutsAvailable {} => now(shortcuts::desktop_has_them()),
        Ask::InspectLink { url } => later(ready(Engine::inspect_link(&url))),
        Ask::OpenLink { url } => {
            later(async move { links::open(Engine::checked_link(&url)?).await })
        }
        Ask::PreviewDraft { draft } => later(async move { engine.preview_draft(draft).await }),
        Ask::ChangeSettings { patch } => later(async move { engine.change_settings(patch).await }),
        Ask::Connect { token, session_only } => {
            later(async move { engine.connect(token, session_only).await })
        }
        Ask::Disconnect {} => later(async move { engine.disconnect().await }),
        Ask::RetryKeyring {} => later(async move { engine.retry_keyring().await }),
        Ask::TokenInfo {} => later(async move { engine.token_info().await }),
        Ask::Profile {} => later(async move { engine.profile().await }),
        Ask::Avatar {} => later(async move { engine.avatar().await }),
        Ask::LoadPicture {} if body.is_empty() => {
            later::<()>(ready(Err(ErrorCode::PictureUnknown.into())))
        }
        Ask::LoadPicture {} => later(async move { engine.load_picture(body).await }),
        Ask::OpenPicture { path } => later(async move { engine.open_picture(&path).await }),
        Ask::UploadAvatar { crop } => later(async move { engine.upload_avatar(crop).await }),
        Ask::RemoveAvatar {} => later(async move { engine.remove_avatar().await }),
        Ask::UndoAvatar {} => later(async move { engine.undo_avatar().await }),
        Ask::CheckServer { address } => later(async move { engine.check_server(&address).await }),
        Ask::ImportFrom { path } => later(async move { engine.import_presets(&path).await }),
        Ask::ExportTo { path } => later(async move {
            engine.export_presets(&path).await?;
            Ok(path.display().to_string())
        }),
        Ask::Diagnostics {} => later(async move { Ok(engine.diagnostics().await) }),
        Ask::DiagnosticsReport {} => later(async move { Ok(engine.diagnostics_report().await) }),
    }
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
