//! The tray of Linux desktops: a `StatusNotifierItem` on the session bus, drawn by whatever panel there is.
//!
//! Specification: <https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/>; the menu is
//! `com.canonical.dbusmenu`. Nothing here touches the main thread.

mod stable_menu;
mod watcher;

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use ksni::{Handle, TrayMethods, menu::MenuItem};
use status_core::{Command, MenuId};
use status_runtime::{DrawnTray, View};
use tokio::sync::watch;

use self::stable_menu::StableMenu;
pub(super) use self::watcher::Watcher;
use crate::{
    event::{Events, ShellEvent},
    platform::flatpak,
    sync::lock,
    tray::{
        click::{ID, clicked},
        icons,
        theme::PanelTheme,
    },
};

/// A menu may be open for so long after the panel asked for it, and wants to be kept true meanwhile.
const OPEN: Duration = Duration::from_mins(2);

/// A panel that has never asked is told the words of the menu this often: those that ask need not wake up for it.
const TOLD: Duration = Duration::from_mins(10);

/// The icon as it is shown.
pub(super) struct ShownTray {
    item: Handle<Item>,
    shown: Arc<Mutex<Shown>>,
}

/// What the panel has been told.
struct Shown {
    tray: DrawnTray,
    theme: PanelTheme,
    told: Instant,
    /// When the panel last asked for the menu, to show it.
    asked: Option<Instant>,
}

impl ShownTray {
    /// Puts the icon into the tray. It registers again by itself with a panel that comes back.
    pub(super) async fn show(
        tray: &DrawnTray,
        views: watch::Receiver<Arc<View>>,
        events: Events,
    ) -> Result<Self, String> {
        let (tray, theme) = (tray.clone(), PanelTheme::now());
        let mut menu = StableMenu::default();
        menu.put(&tray.items);
        let picture = icons::pixmap(tray.icon, theme);
        let shown = Arc::new(Mutex::new(Shown { tray, theme, told: Instant::now(), asked: None }));
        let item = Item { views, events, shown: Arc::clone(&shown), picture, menu };
        // Inside a sandbox nobody may own the name; the panel then knows the item by its connection.
        let sandboxed = flatpak::id().is_some();
        let item = item.disable_dbus_name(sandboxed).spawn().await;
        Ok(Self { item: item.map_err(|error| error.to_string())?, shown })
    }

    /// Shows the newest, if it looks different.
    pub(super) async fn draw(&self, tray: &DrawnTray) {
        if lock(&self.shown).may_wait(tray, PanelTheme::now()) {
            return;
        }
        if self.item.update(Item::show_newest).await.is_none() {
            log::warn!("the tray item has ended");
        }
    }
}

impl Shown {
    /// Whether the panel need not hear of this yet: it differs in moments of the menu, and the panel will ask for them.
    fn may_wait(&self, tray: &DrawnTray, theme: PanelTheme) -> bool {
        let may_be_old = match self.asked {
            Some(asked) => asked.elapsed() > OPEN,
            None => self.told.elapsed() < TOLD,
        };
        (tray.icon, &tray.tooltip, theme) == (self.tray.icon, &self.tray.tooltip, self.theme)
            && (tray.items == self.tray.items
                || may_be_old && tray.apart_from_moments == self.tray.apart_from_moments)
    }
}

struct Item {
    views: watch::Receiver<Arc<View>>,
    events: Events,
    shown: Arc<Mutex<Shown>>,
    picture: Vec<ksni::Icon>,
    menu: StableMenu,
}

impl Item {
    fn clicked(&mut self, id: &MenuId) {
        if let Some(event) = clicked(id) {
            self.events.send(event);
        }
    }

    fn show_newest(&mut self) {
        let view = Arc::clone(&self.views.borrow());
        let (tray, theme) = (&view.tray, PanelTheme::now());
        let mut shown = lock(&self.shown);
        if (tray.icon, theme) != (shown.tray.icon, shown.theme) {
            self.picture = icons::pixmap(tray.icon, theme);
        }
        self.menu.put(&tray.items);
        (shown.tray, shown.theme, shown.told) = (tray.clone(), theme, Instant::now());
    }
}

impl ksni::Tray for Item {
    fn id(&self) -> String {
        ID.to_owned()
    }

    /// Read out by screen readers.
    fn title(&self) -> String {
        "Pachca Status".to_owned()
    }

    fn icon_pixmap(&self) -> Vec<ksni::Icon> {
        self.picture.clone()
    }

    fn tool_tip(&self) -> ksni::ToolTip {
        ksni::ToolTip {
            title: self.title(),
            description: lock(&self.shown).tray.tooltip.clone(),
            ..ksni::ToolTip::default()
        }
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        self.menu.lines(Self::clicked)
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        self.events.send(ShellEvent::OpenWindow(None));
    }

    /// The person is about to read what their colleagues see: this is what is known now, and a request to the server
    /// follows.
    fn menu_about_to_show(&mut self) {
        self.show_newest();
        lock(&self.shown).asked = Some(Instant::now());
        self.events.send(ShellEvent::Do(Command::Refresh));
    }

    /// Another panel may have other manners.
    fn watcher_online(&self) {
        lock(&self.shown).asked = None;
    }
}
