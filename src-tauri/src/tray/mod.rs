//! The tray: draws what it is given, and says what was clicked. It decides nothing.

mod host;
mod icons;
mod keep;
mod menu;
mod panel;

use status_core::{Action, MenuId, Page};
use status_runtime::DrawnTray;
use tauri::{
    AppHandle, Wry,
    tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent},
};

use self::menu::ShownMenu;
#[cfg(target_os = "linux")]
pub(crate) use self::panel::watch as watch_panel;
pub(crate) use self::{keep::keep, panel::Panel};
use crate::{desktop, quit, window};

/// Names the icon on the desktop, for good: hosts remember by it where the person put the icon.
const ID: &str = "pachca-status";

/// The icon as it is shown. Everything about it happens on the main thread.
pub(crate) struct ShownTray {
    icon: TrayIcon<Wry>,
    menu: ShownMenu,
    tray: DrawnTray,
    panel: Panel,
}

impl ShownTray {
    /// Puts the icon into the tray.
    pub(crate) fn show(app: &AppHandle, tray: DrawnTray, panel: Panel) -> tauri::Result<Self> {
        let menu = ShownMenu::build(app, &tray.items)?;
        let builder = TrayIconBuilder::with_id(ID)
            .icon(icons::picture(tray.icon, panel)?)
            .icon_as_template(cfg!(target_os = "macos"))
            .tooltip(&tray.tooltip)
            .menu(&menu.menu())
            // The menu bar's own manners: a menu on any click. Elsewhere a left click opens the window.
            .show_menu_on_left_click(cfg!(target_os = "macos"))
            .on_tray_icon_event(|tray, event| clicked_icon(tray.app_handle(), &event));
        // Read out by screen readers on Linux; on macOS it would stand beside the icon.
        #[cfg(target_os = "linux")]
        let builder = builder.title("Pachca Status");
        Ok(Self { icon: builder.build(app)?, menu, tray, panel })
    }

    /// Draws what differs. What fails is left as it was, and logged by the caller.
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
    let opens = matches!(
        event,
        TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. }
    );
    if opens && !cfg!(target_os = "macos") {
        window::open(app, None);
    }
}

/// A line of the menu was clicked. Main thread: nothing here waits.
pub(crate) fn clicked_line(app: &AppHandle, id: &str) {
    let Ok(id) = id.parse::<MenuId>() else {
        log::warn!("a menu line that is not ours was clicked");
        return;
    };
    let send = |action| desktop::of(app).engine().send(action);
    match id {
        MenuId::Current | MenuId::CustomStatus => window::open(app, Some(Page::Status)),
        MenuId::Preset(preset) => send(Action::ApplyPreset(preset)),
        MenuId::Extend(extension) => send(Action::Extend(extension)),
        MenuId::Clear => send(Action::ClearStatus),
        MenuId::Undo => send(Action::Undo),
        MenuId::CancelPending => send(Action::CancelPending),
        MenuId::ApplyOurs => send(Action::ResolveConflict(true)),
        MenuId::KeepTheirs => send(Action::ResolveConflict(false)),
        MenuId::Retry => send(Action::Retry),
        MenuId::ChangeAvatar => window::open(app, Some(Page::Profile)),
        MenuId::OpenWindow => window::open(app, None),
        MenuId::Connect => window::open(app, Some(Page::Account)),
        MenuId::Settings => window::open(app, Some(Page::Preferences)),
        MenuId::Quit => quit::begin(app),
        MenuId::Inert(_) => {}
    }
    // The desktop turns a check mark by itself; this puts it back to what is true.
    desktop::of(app).redraw();
}
