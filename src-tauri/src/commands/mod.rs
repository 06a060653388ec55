//! What the page calls. The app answers almost all of it; what needs a window system is done here first.

mod clipboard;
mod dialogs;

use std::{path::PathBuf, pin::Pin};

use serde_json::{Value, json};
use status_app::ipc::request::{Reply, WindowCommand, commands, reply};
use status_runtime::{ErrorCode, IpcError};
use tauri::{
    AppHandle, Manager, Wry,
    ipc::{Invoke, InvokeBody, InvokeError, InvokeResponseBody},
};

use self::clipboard::Copied;
use crate::{channel::Channel, updates, webview};

/// Performs a command; `false` when there is none of this name. Tauri has checked by now whether the page may call it.
pub(crate) fn perform(invoke: Invoke<Wry>) -> bool {
    let Invoke { message, resolver, .. } = invoke;
    let name = message.command();
    if !commands().iter().any(|command| command == name) {
        return false;
    }
    let app = message.webview_ref().app_handle().clone();
    let (arguments, body) = match message.payload() {
        InvokeBody::Json(arguments) => (arguments.clone(), Vec::new()),
        InvokeBody::Raw(body) => (json!({}), body.clone()),
    };
    let replying: Pin<Box<dyn Future<Output = Reply> + Send>> = match WindowCommand::named(name) {
        Some(command) => Box::pin(perform_here(app, command)),
        // Asked before anything is waited for: requests keep their order.
        None => Box::pin(request(&app, name, arguments, body)),
    };
    resolver.respond_async_serialized(async move {
        replying.await.map(InvokeResponseBody::Json).map_err(InvokeError)
    });
    true
}

async fn perform_here(app: AppHandle, command: WindowCommand) -> Reply {
    match command {
        WindowCommand::ChoosePicture => {
            with_file(&app, "open_picture", dialogs::picture(&app).await).await
        }
        WindowCommand::ImportPresets => {
            with_file(&app, "import_from", dialogs::import(&app).await).await
        }
        WindowCommand::ExportPresets => {
            with_file(&app, "export_to", dialogs::export(&app).await).await
        }
        WindowCommand::PastePicture => paste_picture(app).await,
        WindowCommand::Updates => reply(Ok(updates::view(&app))),
        WindowCommand::LookForUpdate => reply(updates::look(&app).await),
        WindowCommand::InstallUpdate => reply(updates::install(&app).await),
        WindowCommand::CloseWindow => {
            webview::closing(&app);
            reply(Ok(()))
        }
    }
}

/// Asks the app; it has been asked when this returns.
fn request(
    app: &AppHandle,
    command: &str,
    arguments: Value,
    body: Vec<u8>,
) -> impl Future<Output = Reply> + Send + use<> {
    app.state::<Channel>().request(command, arguments, body)
}

/// Asks the app to do something with a file; nothing when the person changed their mind about it.
async fn with_file(app: &AppHandle, command: &str, file: Option<PathBuf>) -> Reply {
    let Some(file) = file else { return reply(Ok(())) };
    match file.to_str() {
        Some(path) => request(app, command, json!({ "path": path }), Vec::new()).await,
        None => reply::<()>(Err(IpcError::with_detail(
            ErrorCode::FileUnreadable,
            file.display().to_string(),
        ))),
    }
}

/// The picture another program has copied, where the web view does not hand it to the page; nothing when there is none.
async fn paste_picture(app: AppHandle) -> Reply {
    match clipboard::picture(&app).await {
        Some(Copied::Picture(bytes)) => request(&app, "load_picture", json!({}), bytes).await,
        Some(Copied::File(path)) => with_file(&app, "open_picture", Some(path)).await,
        None => reply(Ok(())),
    }
}
