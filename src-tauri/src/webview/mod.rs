//! The side of the window: the web view, the system's dialogs, the clipboard, and whatever else needs a window system.
//!
//! It knows the app by its [`Channel`] alone. On Linux that leads to another process: this one is there for the window, and
//! ends with it. Elsewhere both are one process.

mod engine;

use std::sync::atomic::{AtomicBool, Ordering};

use status_app::{
    ipc::protocol::{Appearance, Opening, Size},
    sync::Shared,
};

use tauri::{
    AppHandle, Emitter, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    webview::{NewWindowResponse, PageLoadEvent},
    window::Color,
};

use self::engine::LABEL;
use crate::{channel::Channel, updates};

/// On Linux the window is there at once, and the page a moment later. Other web views paint white until then.
const SHOWN_EMPTY: bool = cfg!(target_os = "linux");

/// Smallest and first inner size, logical pixels.
const SMALLEST: (f64, f64) = (640.0, 480.0);
const FIRST: (f64, f64) = (960.0, 680.0);

/// Makes the window. Where there is another thread than the main one, it waits for that.
pub(crate) fn open(app: &AppHandle, opening: Opening) -> tauri::Result<()> {
    let theme = opening.appearance.theme;
    updates::know(app, opening.found);
    engine::set_theme(app, theme)?;
    let (width, height) = size(opening.size);
    let loaded = AtomicBool::new(false);
    let builder = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        .title(&opening.appearance.name)
        .inner_size(width, height)
        .min_inner_size(SMALLEST.0, SMALLEST.1)
        .center()
        // Until it has the colours of the page: no flash of white.
        .visible(false)
        .on_page_load(move |window, load| {
            if load.event() == PageLoadEvent::Finished
                && !loaded.swap(true, Ordering::Relaxed)
                && !SHOWN_EMPTY
            {
                show_first(&window);
            }
        })
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        // Files are dropped onto the page, which reads them itself.
        .disable_drag_drop_handler()
        .devtools(cfg!(debug_assertions));
    #[cfg(not(target_os = "linux"))]
    let builder = builder.theme(engine::own_theme(theme));
    let window = builder.build()?;
    engine::set_up(&window)?;
    window.set_background_color(Some(background(engine::theme(&window)?)))?;
    app.state::<Shared<Option<Appearance>>>().set(Some(opening.appearance));
    if SHOWN_EMPTY {
        show_first(&window);
    }
    Ok(())
}

fn show_first(window: &WebviewWindow) {
    let shown = window.show().and_then(|()| window.set_focus());
    if let Err(error) = shown {
        log::error!("the window stays hidden: {error}");
    }
}

pub(crate) fn on_screen(app: &AppHandle) -> Option<WebviewWindow> {
    app.get_webview_window(LABEL)
}

/// The person wants to close the window. What that means is the app's to say.
pub(crate) fn closing(app: &AppHandle) {
    app.state::<Channel>().closing();
}

/// Brings the window to the front.
pub(crate) fn bring(app: &AppHandle) {
    let Some(window) = on_screen(app) else { return };
    let brought =
        window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = brought {
        log::error!("the window stays where it is: {error}");
    }
}

/// Changes name and colours.
pub(crate) fn change_appearance(app: &AppHandle, appearance: Appearance) {
    let Some(window) = on_screen(app) else { return };
    let drawn =
        window.set_title(&appearance.name).and_then(|()| engine::set_theme(app, appearance.theme));
    if let Err(error) = drawn {
        log::error!("the window keeps its old look: {error}");
    }
    app.state::<Shared<Option<Appearance>>>().set(Some(appearance));
}

/// Sends an event to the page; `payload` is JSON.
pub(crate) fn send(app: &AppHandle, event: &str, payload: String) {
    if let Err(error) = app.emit_str_to(LABEL, event, payload) {
        log::error!("the window was not told: {error}");
    }
}

/// Takes the window off the screen and says how large it was: inner size in logical pixels, `None` when that says nothing
/// about what the person chose. Waits for the main thread.
pub(crate) fn put_away(app: &AppHandle) -> Option<Size> {
    let window = on_screen(app)?;
    let size = measured(&window);
    if let Err(error) = engine::put_away(&window) {
        log::error!("the window does not go: {error}");
    }
    size
}

/// How large the window is, as [`put_away`] says it.
#[cfg(not(target_os = "linux"))]
pub(crate) fn measure(app: &AppHandle) -> Option<Size> {
    on_screen(app).as_ref().and_then(measured)
}

fn measured(window: &WebviewWindow) -> Option<Size> {
    if window.is_maximized().ok()? || window.is_minimized().ok()? {
        return None;
    }
    let size = window.inner_size().ok()?.to_logical::<u32>(window.scale_factor().ok()?);
    Some((size.width, size.height))
}

fn size(left: Option<Size>) -> (f64, f64) {
    left.map_or(FIRST, |(width, height)| {
        (f64::from(width).max(SMALLEST.0), f64::from(height).max(SMALLEST.1))
    })
}

/// What is behind the page until it is painted: the page's own `--surface`.
fn background(theme: tauri::Theme) -> Color {
    match theme {
        tauri::Theme::Dark => Color(0x1b, 0x1b, 0x1f, 0xff),
        _ => Color(0xf5, 0xf5, 0xf7, 0xff),
    }
}

/// The page never leaves the app: `tauri://localhost`, and its name on Windows.
fn is_ours(url: &Url) -> bool {
    let ours = match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" => cfg!(windows) && url.host_str() == Some("tauri.localhost"),
        _ => false,
    };
    ours && url.port().is_none() && url.username().is_empty() && url.password().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(url: &str) -> bool {
        is_ours(&url.parse().unwrap())
    }

    #[test]
    fn an_empty_window_has_the_colours_of_the_page() {
        let (light, dark) = include_str!("../../../ui/src/styles/tokens.css")
            .split_once("[data-theme='dark']")
            .expect("both themes");
        for (theme, styles) in [(tauri::Theme::Light, light), (tauri::Theme::Dark, dark)] {
            let Color(red, green, blue, _) = background(theme);
            let surface = format!("--surface: #{red:02x}{green:02x}{blue:02x};");
            assert!(styles.contains(&surface), "{theme:?}: {surface}");
        }
    }

    #[test]
    fn the_page_cannot_be_led_away() {
        assert!(ours("tauri://localhost/index.html"));
        assert_eq!(ours("http://tauri.localhost/index.html"), cfg!(windows));
        for stranger in [
            "https://evil.example/",
            "http://tauri.evil.example/",
            "http://tauri.localhost.evil.example/",
            "http://tauri.localhost:8080/",
            "https://tauri.localhost/",
            "tauri://evil/",
            "tauri://user@localhost/",
            "tauri://localhost:1/",
            "file:///etc/passwd",
            "data:text/html,x",
            "javascript:alert(1)",
            "about:blank",
            "ipc://localhost/",
        ] {
            assert!(!ours(stranger), "{stranger}");
        }
    }
}
