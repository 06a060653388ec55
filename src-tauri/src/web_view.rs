//! What WebKit on Linux has to be told. The web views of the other systems do all this by themselves.

use tauri::WebviewWindow;

#[cfg(target_os = "linux")]
pub(crate) use linux::{lighten, put_away};
#[cfg(not(target_os = "linux"))]
pub(crate) use others::{lighten, put_away};

#[cfg(target_os = "linux")]
mod linux {
    use gtk::prelude::WidgetExt;
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

    use super::WebviewWindow;

    /// Lets the processor paint. A graphics driver in the web process costs more memory than the whole page, takes time
    /// to load, and is where pages of other programs stay white.
    pub(crate) fn lighten(window: &WebviewWindow) -> tauri::Result<()> {
        window.with_webview(|view| {
            if let Some(settings) = WebViewExt::settings(&view.inner()) {
                settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
            }
        })
    }

    /// Takes the window off the screen and ends the web process. The window is not destroyed: wry's web view would never
    /// be freed, because it holds the handler of its messages, and that holds the web view. With each opening some 100 kB
    /// would stay. One web view is used again and again.
    pub(crate) fn put_away(window: &WebviewWindow) -> tauri::Result<()> {
        window.with_webview(|view| {
            let view = view.inner();
            if let Some(window) = view.toplevel() {
                window.hide();
                // The next one is a new window to the window system: it gets the focus as one.
                window.unrealize();
            }
            view.terminate_web_process();
        })
    }
}

#[cfg(not(target_os = "linux"))]
mod others {
    use super::WebviewWindow;

    /// Nothing to do.
    #[expect(clippy::unnecessary_wraps, reason = "as on Linux")]
    pub(crate) fn lighten(_window: &WebviewWindow) -> tauri::Result<()> {
        Ok(())
    }

    /// Destroys the window, and its web process with it.
    pub(crate) fn put_away(window: &WebviewWindow) -> tauri::Result<()> {
        window.destroy()
    }
}
