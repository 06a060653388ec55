//! What the page calls. The app answers almost all of it; what needs a window system is done here first.

use std::path::PathBuf;

use serde::Serialize;
use serde_json::json;
use status_runtime::{ErrorCode, IpcError};
use tauri::{
    AppHandle, Manager, Wry,
    ipc::{Invoke, InvokeBody, InvokeError, InvokeResponseBody},
};

use super::{Link, clipboard, clipboard::Copied, dialogs, list::COMMANDS, updates};
use crate::ask::{Answer, refusal};

/// Performs a command; `false` when there is none of this name. Tauri has looked by now whether the page may call it.
pub(super) fn perform(invoke: Invoke<Wry>) -> bool {
    let Invoke { message, resolver, .. } = invoke;
    let Some(command) = COMMANDS.iter().find(|name| **name == message.command()) else {
        return false;
    };
    let app = message.webview_ref().app_handle().clone();
    let (arguments, body) = match message.payload() {
        InvokeBody::Json(arguments) => (arguments.clone(), Vec::new()),
        InvokeBody::Raw(body) => (json!({}), body.clone()),
    };
    let answering: std::pin::Pin<Box<dyn Future<Output = Answer> + Send>> = match *command {
        "choose_picture" => Box::pin(choose_picture(app)),
        "paste_picture" => Box::pin(paste_picture(app)),
        "import_presets" => Box::pin(import_presets(app)),
        "export_presets" => Box::pin(export_presets(app)),
        "updates" => Box::pin(async move { said(Ok(updates::view(&app))) }),
        "look_for_update" => Box::pin(async move { said(updates::look(&app).await) }),
        "install_update" => Box::pin(async move { said(updates::install(&app).await) }),
        "close_window" => {
            super::closing(&app);
            Box::pin(std::future::ready(said(Ok(()))))
        }
        // Asked before anything is waited for: requests keep their order.
        command => Box::pin(app.state::<Link>().ask(command, arguments, body)),
    };
    resolver.respond_async_serialized(async move {
        answering.await.map(InvokeResponseBody::Json).map_err(InvokeError)
    });
    true
}

fn said<T: Serialize>(answer: Result<T, IpcError>) -> Answer {
    match answer {
        Ok(answer) => Ok(serde_json::to_string(&answer).expect("plain data")),
        Err(error) => Err(refusal(&error)),
    }
}

/// The answer when the person changed their mind.
fn nothing() -> Answer {
    said(Ok(()))
}

async fn with_file(app: &AppHandle, command: &str, path: PathBuf) -> Answer {
    match path.to_str() {
        Some(path) => {
            let asking = app.state::<Link>().ask(command, json!({ "path": path }), Vec::new());
            asking.await
        }
        None => said::<()>(Err(IpcError::with_detail(
            ErrorCode::FileUnreadable,
            path.display().to_string(),
        ))),
    }
}

async fn choose_picture(app: AppHandle) -> Answer {
    match dialogs::picture(&app).await {
        Some(path) => with_file(&app, "open_picture", path).await,
        None => nothing(),
    }
}

/// The picture another program has copied, where the web view does not hand it to the page; nothing when there is none.
async fn paste_picture(app: AppHandle) -> Answer {
    match clipboard::picture(&app).await {
        None => nothing(),
        Some(Copied::Picture(bytes)) => {
            let asking = app.state::<Link>().ask("load_picture", json!({}), bytes);
            asking.await
        }
        Some(Copied::File(path)) => with_file(&app, "open_picture", path).await,
    }
}

async fn import_presets(app: AppHandle) -> Answer {
    match dialogs::import(&app).await {
        Some(path) => with_file(&app, "import_from", path).await,
        None => nothing(),
    }
}

async fn export_presets(app: AppHandle) -> Answer {
    match dialogs::export(&app).await {
        Some(path) => with_file(&app, "export_to", path).await,
        None => nothing(),
    }
}
