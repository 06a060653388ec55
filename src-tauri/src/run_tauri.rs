//! Windows and macOS: the icon, the shortcuts and the window belong to Tauri's event loop, on the main thread.

use std::{process::ExitCode, sync::Arc};

use tauri::{AppHandle, RunEvent, WindowEvent};

use crate::{
    complain, desktop,
    desktop::Desktop,
    instance::{First, Hold},
    quit, tasks, view, window,
};

/// Runs until it is over.
pub(crate) fn run(first: First, begin: impl FnOnce(&Arc<Desktop>)) -> ExitCode {
    tauri::async_runtime::set(tasks::threads().clone());
    let desktop = Desktop::new(Hold::new(first));
    begin(&desktop);
    let mut context = view::context();
    let app = view::builder(&mut context, view::Link::new(Arc::clone(&desktop)))
        .setup(move |app| {
            #[cfg(target_os = "macos")]
            app.set_activation_policy(tauri::ActivationPolicy::Accessory);
            desktop.set_app(app.handle());
            Ok(())
        })
        .build(context);
    match app {
        Ok(app) => {
            app.run(on_event);
            ExitCode::SUCCESS
        }
        Err(error) => {
            complain(&format!("there is no desktop to run on: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn on_event(app: &AppHandle, event: RunEvent) {
    match event {
        RunEvent::WindowEvent { event: WindowEvent::CloseRequested { api, .. }, .. } => {
            api.prevent_close();
            view::closing(app);
        }
        RunEvent::WindowEvent { event: WindowEvent::Destroyed, .. } => {
            window::lost(&desktop::of(app));
        }
        // The window is not the app: without it the app lives on in the tray.
        RunEvent::ExitRequested { code: None, api, .. } if !quit::is_ending() => api.prevent_exit(),
        RunEvent::Exit => quit::flush(&desktop::of(app)),
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { has_visible_windows: false, .. } => {
            window::open(&desktop::of(app), None)
        }
        _ => {}
    }
}
