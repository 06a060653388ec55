//! The tray of Windows and the menu bar of macOS.

mod menu;

use status_app::{
    event::ShellEvent,
    tray::{ID, PanelTheme, clicked, picture},
};
use status_core::{Command, MenuId};
use status_runtime::DrawnTray;
use tauri::{
    AppHandle, Manager as _, Wry,
    image::Image,
    tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent},
};

use self::menu::ShownMenu;
use crate::channel::Channel;

/// The icon as it is shown. Everything about it happens on the main thread.
pub(crate) struct ShownTray {
    icon: TrayIcon<Wry>,
    menu: ShownMenu,
    tray: DrawnTray,
    theme: PanelTheme,
}

impl ShownTray {
    /// Puts the icon into the tray. Main thread.
    pub(crate) fn show(app: &AppHandle, tray: DrawnTray, theme: PanelTheme) -> tauri::Result<Self> {
        let menu = ShownMenu::build(app, &tray.items)?;
        let builder = TrayIconBuilder::with_id(ID)
            .icon(Image::from_bytes(picture(tray.icon, theme))?)
            .icon_as_template(cfg!(target_os = "macos"))
            .tooltip(&tray.tooltip)
            .menu(&menu.menu())
            // The menu bar's own manners: a menu on any click. Elsewhere a left click opens the window.
            .show_menu_on_left_click(cfg!(target_os = "macos"))
            .on_menu_event(|app, event| clicked_line(app, event.id().as_ref()))
            .on_tray_icon_event(|tray, event| clicked_icon(tray.app_handle(), &event));
        Ok(Self { icon: builder.build(app)?, menu, tray, theme })
    }

    /// Draws what differs. What fails is left as it was, and logged by the caller. Main thread.
    pub(crate) fn draw(
        &mut self,
        app: &AppHandle,
        tray: DrawnTray,
        theme: PanelTheme,
    ) -> tauri::Result<()> {
        if (tray.icon, theme) != (self.tray.icon, self.theme) {
            let picture = Some(Image::from_bytes(picture(tray.icon, theme))?);
            self.icon.set_icon_with_as_template(picture, cfg!(target_os = "macos"))?;
            (self.tray.icon, self.theme) = (tray.icon, theme);
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

fn send(app: &AppHandle, event: ShellEvent) {
    app.state::<Channel>().0.events.send(event);
}

fn clicked_icon(app: &AppHandle, event: &TrayIconEvent) {
    // The menu is announced by nobody, but the pointer comes first: what the person is about to read is asked for now,
    // and the click that may follow finds a connection.
    if let TrayIconEvent::Enter { .. } = event {
        // The taskbar may have got other colours meanwhile, which nobody tells.
        send(app, ShellEvent::Redraw);
        send(app, ShellEvent::Do(Command::Refresh));
    }
    let opens = matches!(
        event,
        TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. }
    );
    if opens && !cfg!(target_os = "macos") {
        send(app, ShellEvent::OpenWindow(None));
    }
}

fn clicked_line(app: &AppHandle, id: &str) {
    match id.parse::<MenuId>() {
        Ok(id) => clicked(&id).into_iter().for_each(|event| send(app, event)),
        Err(_) => log::warn!("a menu line that is not ours was clicked"),
    }
    // The system turns a check mark by itself; this puts it back to what is true.
    send(app, ShellEvent::Redraw);
}
