//! The tray of Windows and the menu bar of macOS.

mod menu;

use status_core::{Action, FetchReason, MenuId};
use status_runtime::DrawnTray;
use tauri::{
    AppHandle, Wry,
    tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent},
};
use tokio::sync::oneshot;

use self::menu::ShownMenu;
use super::{ID, Panel, clicked_line, icons};
use crate::{desktop, desktop::Desktop, window};

/// The icon as it is shown. Everything about it happens on the main thread.
pub(crate) struct ShownTray {
    icon: TrayIcon<Wry>,
    menu: ShownMenu,
    tray: DrawnTray,
    panel: Panel,
}

impl ShownTray {
    /// Puts the icon into the tray.
    pub(crate) async fn show(
        desktop: &Desktop,
        tray: DrawnTray,
        panel: Panel,
    ) -> tauri::Result<Self> {
        let app = desktop.app();
        let (answer, shown) = oneshot::channel();
        let handle = app.clone();
        app.run_on_main_thread(move || {
            // Nobody waits any more only when the app ends.
            let _ = answer.send(Self::show_now(&handle, tray, panel));
        })?;
        shown.await.unwrap_or(Err(tauri::Error::FailedToReceiveMessage))
    }

    /// Main thread.
    fn show_now(app: &AppHandle, tray: DrawnTray, panel: Panel) -> tauri::Result<Self> {
        let menu = ShownMenu::build(app, &tray.items)?;
        let builder = TrayIconBuilder::with_id(ID)
            .icon(icons::picture(tray.icon, panel)?)
            .icon_as_template(cfg!(target_os = "macos"))
            .tooltip(&tray.tooltip)
            .menu(&menu.menu())
            // The menu bar's own manners: a menu on any click. Elsewhere a left click opens the window.
            .show_menu_on_left_click(cfg!(target_os = "macos"))
            .on_menu_event(|app, event| clicked(app, event.id().as_ref()))
            .on_tray_icon_event(|tray, event| clicked_icon(tray.app_handle(), &event));
        Ok(Self { icon: builder.build(app)?, menu, tray, panel })
    }

    /// Draws what differs. What fails is left as it was, and logged by the caller. Main thread.
    pub(crate) fn draw(
        &mut self,
        app: &AppHandle,
        tray: DrawnTray,
        panel: Panel,
    ) -> tauri::Result<()> {
        if (tray.icon, panel) != (self.tray.icon, self.panel) {
            let picture = Some(icons::picture(tray.icon, panel)?);
            self.icon.set_icon_with_as_template(picture, cfg!(target_os = "macos"))?;
            (self.tray.icon, self.panel) = (tray.icon, panel);
        }
        if tray.tooltip != self.tray.tooltip {
            self.icon.set_tooltip(Some(&tray.tooltip))?;
        }
        if menu::same_lines(&self.tray.items, &tray.items) {
            self.menu.update(&self.tray.items, &tray.items)?;
        } else {
            let menu = ShownMenu::build(app, &tray.items)?;
            self.icon.set_menu(Some(menu.menu()))?;
            self.menu = menu;
        }
        self.tray = tray;
        Ok(())
    }
}

impl Drop for ShownTray {
    fn drop(&mut self) {
        // Tauri keeps a copy of its own, without which the icon would stay.
        self.icon.app_handle().remove_tray_by_id(ID);
    }
}

fn clicked_icon(app: &AppHandle, event: &TrayIconEvent) {
    // The menu is announced by nobody, but the pointer comes first: what the person is about to read is asked for now,
    // and the click that may follow finds a connection.
    if let TrayIconEvent::Enter { .. } = event {
        // The taskbar may have got other colours meanwhile, which nobody tells.
        desktop::of(app).redraw();
        desktop::of(app).engine().send(Action::Refresh(FetchReason::Asked));
    }
    let opens = matches!(
        event,
        TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. }
    );
    if opens && !cfg!(target_os = "macos") {
        window::open(&desktop::of(app), None);
    }
}

fn clicked(app: &AppHandle, id: &str) {
    match id.parse::<MenuId>() {
        Ok(id) => clicked_line(&desktop::of(app), &id),
        Err(_) => log::warn!("a menu line that is not ours was clicked"),
    }
    // The system turns a check mark by itself; this puts it back to what is true.
    desktop::of(app).redraw();
}
