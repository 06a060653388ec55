//! What WebKit on Linux has to be told. The web views of the other systems do all this by themselves.

use tauri::{AppHandle, Theme, WebviewWindow};

#[cfg(target_os = "linux")]
pub(crate) use linux::{lighten, put_away, rest, set_theme, system_theme, theme};
#[cfg(not(target_os = "linux"))]
pub(crate) use others::{lighten, put_away, rest, set_theme, system_theme, theme};

#[cfg(target_os = "linux")]
mod linux {
    use std::{
        fs,
        sync::{OnceLock, mpsc},
    };

    use gtk::prelude::{GtkSettingsExt, WidgetExt};
    use rustix::process::{Pid, Signal, kill_process};
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

    use super::{AppHandle, Theme, WebviewWindow};
    use crate::color_scheme::{self, ColorScheme};

    /// Lets the processor paint. A graphics driver in the web process costs more memory than the whole page, takes time
    /// to load, and is where pages of other programs stay white.
    pub(crate) fn lighten(window: &WebviewWindow) -> tauri::Result<()> {
        window.with_webview(|view| {
            if let Some(settings) = WebViewExt::settings(&view.inner()) {
                settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
            }
        })
    }

    /// Light or dark, where the desktop has a wish; `None` leaves it to how GTK is set up.
    pub(crate) fn system_theme() -> Option<Theme> {
        match color_scheme::now() {
            ColorScheme::Dark => Some(Theme::Dark),
            ColorScheme::Light => Some(Theme::Light),
            ColorScheme::NoPreference | ColorScheme::Unknown => None,
        }
    }

    /// Makes the window light or dark, or as GTK is set up. Before there is one: a web view does not hear of it until it is
    /// on the screen.
    ///
    /// Not by Tauri's own means: that turns GTK's switch even if it stands there already, and each time GTK reads its
    /// theme anew, for some 400 kB and the time it takes. And it forgets how the switch stood at first.
    pub(crate) fn set_theme(app: &AppHandle, theme: Option<Theme>) -> tauri::Result<()> {
        app.run_on_main_thread(move || {
            static AT_FIRST: OnceLock<bool> = OnceLock::new();
            let Some(settings) = gtk::Settings::default() else { return };
            let is_dark = settings.is_gtk_application_prefer_dark_theme();
            let at_first = *AT_FIRST.get_or_init(|| is_dark);
            let dark = theme.map_or(at_first, |theme| theme == Theme::Dark);
            if dark != is_dark {
                settings.set_gtk_application_prefer_dark_theme(dark);
            }
        })
    }

    /// Which of them the window is now.
    pub(crate) fn theme(window: &WebviewWindow) -> tauri::Result<Theme> {
        let (tell, told) = mpsc::channel();
        window.run_on_main_thread(move || {
            let is_dark = gtk::Settings::default()
                .is_some_and(|settings| settings.is_gtk_application_prefer_dark_theme());
            // Nobody waits any more only if the app is ending.
            let _ = tell.send(is_dark);
        })?;
        Ok(if told.recv().unwrap_or_default() { Theme::Dark } else { Theme::Light })
    }

    /// Takes the window off the screen. It is not destroyed: wry's web view would never be freed, because it holds the
    /// handler of its messages, and that holds the web view. With each opening some 100 kB would stay. One web view is
    /// used again and again.
    pub(crate) fn put_away(window: &WebviewWindow) -> tauri::Result<()> {
        window.with_webview(|view| {
            if let Some(window) = view.inner().toplevel() {
                window.hide();
                // The next one is a new window to the window system: it gets the focus as one.
                window.unrealize();
            }
        })
    }

    /// Ends the processes of WebKit, until there is a page again.
    pub(crate) fn rest(window: &WebviewWindow) -> tauri::Result<()> {
        window.with_webview(|view| {
            view.inner().terminate_web_process();
            end_network_process();
        })
    }

    /// WebKit keeps this one for the next page, and starts another if it is gone. It is longer idle than in use here, and
    /// takes as much memory as everything else.
    fn end_network_process() {
        for child in children() {
            let name = fs::read_to_string(format!("/proc/{}/comm", child.as_raw_nonzero()));
            if name.is_ok_and(|name| name.trim_end() == "WebKitNetworkPr")
                && let Err(error) = kill_process(child, Signal::TERM)
            {
                log::info!("WebKit's network process stays: {error}");
            }
        }
    }

    /// The processes that threads of this one have started.
    fn children() -> Vec<Pid> {
        let Ok(threads) = fs::read_dir("/proc/self/task") else { return Vec::new() };
        let lists =
            threads.flatten().filter_map(|it| fs::read_to_string(it.path().join("children")).ok());
        let numbers = lists.flat_map(|list| {
            list.split_whitespace().map(str::parse).filter_map(Result::ok).collect::<Vec<_>>()
        });
        numbers.filter_map(Pid::from_raw).collect()
    }
}

#[cfg(not(target_os = "linux"))]
mod others {
    use tauri::Manager as _;

    use super::{AppHandle, Theme, WebviewWindow};
    use crate::window::LABEL;

    /// Tauri follows the system by itself.
    pub(crate) fn system_theme() -> Option<Theme> {
        None
    }

    /// Makes the window light or dark, or what the system is. One that is not there yet is made as it is to be.
    pub(crate) fn set_theme(app: &AppHandle, theme: Option<Theme>) -> tauri::Result<()> {
        app.get_webview_window(LABEL).map_or(Ok(()), |window| window.set_theme(theme))
    }

    /// Which of them the window is now.
    pub(crate) fn theme(window: &WebviewWindow) -> tauri::Result<Theme> {
        window.theme()
    }

    /// Nothing to do.
    #[expect(clippy::unnecessary_wraps, reason = "as on Linux")]
    pub(crate) fn lighten(_window: &WebviewWindow) -> tauri::Result<()> {
        Ok(())
    }

    /// Nothing to do: they are gone with the window.
    #[expect(clippy::unnecessary_wraps, reason = "as on Linux")]
    pub(crate) fn rest(_window: &WebviewWindow) -> tauri::Result<()> {
        Ok(())
    }

    /// Destroys the window, and its web process with it.
    pub(crate) fn put_away(window: &WebviewWindow) -> tauri::Result<()> {
        window.destroy()
    }
}
