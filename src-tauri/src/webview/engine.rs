//! What WebKit on Linux has to be told. The web views of the other systems do all this by themselves.

use tauri::{AppHandle, WebviewWindow};

#[cfg(target_os = "linux")]
pub(crate) use linux::{put_away, set_theme, set_up, theme};
#[cfg(not(target_os = "linux"))]
pub(crate) use others::{own_theme, put_away, set_theme, set_up, theme};

/// Its label: the one the capability names.
pub(super) const LABEL: &str = "main";

#[cfg(target_os = "linux")]
mod linux {
    use std::{
        cell::Cell,
        sync::{OnceLock, mpsc},
    };

    use gtk::prelude::GtkSettingsExt;
    use status_core::Theme;
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

    use super::{AppHandle, WebviewWindow};

    /// So often the page is loaded anew in one window, after its process has crashed.
    const AGAIN: u32 = 3;

    /// Where the page is: a web view without a process has forgotten it.
    const PAGE: &str = "tauri://localhost";

    /// Lets the page come back when its process crashes, and lets the processor paint. A graphics driver in the web process
    /// costs more memory than the whole page, takes time to load, and is where pages of other programs stay white.
    pub(crate) fn set_up(window: &WebviewWindow) -> tauri::Result<()> {
        window.with_webview(|view| {
            let crashes = Cell::new(0);
            view.inner().connect_web_process_terminated(move |view, reason| {
                log::warn!("the process of the page has ended: {reason:?}");
                if crashes.replace(crashes.get() + 1) < AGAIN {
                    view.load_uri(PAGE);
                }
            });
            if let Some(settings) = WebViewExt::settings(&view.inner()) {
                settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
            }
        })
    }

    /// Makes the window light or dark, or as GTK is set up. Before there is one: a web view does not hear of it until it is
    /// on the screen.
    ///
    /// Not by Tauri's own means: that turns GTK's switch even if it stands there already, and each time GTK reads its
    /// theme anew, for some 400 kB and the time it takes. And it forgets how the switch stood at first.
    pub(crate) fn set_theme(app: &AppHandle, theme: Theme) -> tauri::Result<()> {
        app.run_on_main_thread(move || {
            static AT_FIRST: OnceLock<bool> = OnceLock::new();
            let Some(settings) = gtk::Settings::default() else { return };
            let is_dark = settings.is_gtk_application_prefer_dark_theme();
            let at_first = *AT_FIRST.get_or_init(|| is_dark);
            let dark = match theme {
                Theme::System => at_first,
                Theme::Light => false,
                Theme::Dark => true,
            };
            if dark != is_dark {
                settings.set_gtk_application_prefer_dark_theme(dark);
            }
        })
    }

    /// Which of them the window is now.
    pub(crate) fn theme(window: &WebviewWindow) -> tauri::Result<tauri::Theme> {
        let (tell, told) = mpsc::channel();
        window.run_on_main_thread(move || {
            let is_dark = gtk::Settings::default()
                .is_some_and(|settings| settings.is_gtk_application_prefer_dark_theme());
            // Nobody waits any more only if the app is ending.
            let _ = tell.send(is_dark);
        })?;
        Ok(if told.recv().unwrap_or_default() { tauri::Theme::Dark } else { tauri::Theme::Light })
    }

    /// Takes the window off the screen. The program ends next, and everything in it.
    pub(crate) fn put_away(window: &WebviewWindow) -> tauri::Result<()> {
        window.hide()
    }
}

#[cfg(not(target_os = "linux"))]
mod others {
    use status_core::Theme;
    use tauri::Manager as _;

    use super::{AppHandle, LABEL, WebviewWindow};

    pub(crate) fn own_theme(theme: Theme) -> Option<tauri::Theme> {
        match theme {
            Theme::System => None,
            Theme::Light => Some(tauri::Theme::Light),
            Theme::Dark => Some(tauri::Theme::Dark),
        }
    }

    /// Makes the window light or dark, or what the system is. One that is not there yet is made as it is to be.
    pub(crate) fn set_theme(app: &AppHandle, theme: Theme) -> tauri::Result<()> {
        app.get_webview_window(LABEL).map_or(Ok(()), |window| window.set_theme(own_theme(theme)))
    }

    /// Which of them the window is now.
    pub(crate) fn theme(window: &WebviewWindow) -> tauri::Result<tauri::Theme> {
        window.theme()
    }

    /// Nothing to do.
    #[expect(clippy::unnecessary_wraps, reason = "as on Linux")]
    pub(crate) fn set_up(_window: &WebviewWindow) -> tauri::Result<()> {
        Ok(())
    }

    /// Destroys the window, and its web process with it.
    pub(crate) fn put_away(window: &WebviewWindow) -> tauri::Result<()> {
        window.destroy()
    }
}
