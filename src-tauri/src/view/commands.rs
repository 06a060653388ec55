//! What the page calls. The app answers almost all of it; what needs a window system is done here first.

use std::path::PathBuf;

use serde::Serialize;
use serde_json::{Value, json};
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
    let answering: std::pin::Pin<Box<dyn Future<Output = Answer> + Send>> =
        match *command {
            "choose_picture" => Box::pin(async move {
                with_file(&app, "open_picture", dialogs::picture(&app).await).await
            }),
            "import_presets" => Box::pin(async move {
                with_file(&app, "import_from", dialogs::import(&app).await).await
            }),
            "export_presets" => {
                Box::pin(
                    async move { with_file(&app, "export_to", dialogs::export(&app).await).await },
                )
            }
            "paste_picture" => Box::pin(paste_picture(app)),
            "updates" => Box::pin(async move { said(Ok(updates::view(&app))) }),
            "look_for_update" => Box::pin(async move { said(updates::look(&app).await) }),
            "install_update" => Box::pin(async move { said(updates::install(&app).await) }),
            "close_window" => {
                super::closing(&app);
                Box::pin(std::future::ready(said(Ok(()))))
            }
            // Asked before anything is waited for: requests keep their order.
            command => Box::pin(ask(&app, command, arguments, body)),
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

/// Asks the app; it has been asked when this returns.
fn ask(
    app: &AppHandle,
    command: &str,
    arguments: Value,
    body: Vec<u8>,
) -> impl Future<Output = Answer> + Send + use<> {
    app.state::<Link>().ask(command, arguments, body)
}

/// Asks the app to do something with a file; nothing when the person changed their mind about it.
async fn with_file(app: &AppHandle, command: &str, file: Option<PathBuf>) -> Answer {
    let Some(file) = file else { return said(Ok(())) };
    match file.to_str() {
        Some(path) => ask(app, command, json!({ "path": path }), Vec::new()).await,
        None => said::<()>(Err(IpcError::with_detail(
            ErrorCode::FileUnreadable,
            file.display().to_string(),
        ))),
    }
}

/// The picture another program has copied, where the web view does not hand it to the page; nothing when there is none.
async fn paste_picture(app: AppHandle) -> Answer {
    match clipboard::picture(&app).await {
        Some(Copied::Picture(bytes)) => ask(&app, "load_picture", json!({}), bytes).await,
        Some(Copied::File(path)) => with_file(&app, "open_picture", Some(path)).await,
        None => said(Ok(())),
    }
}
