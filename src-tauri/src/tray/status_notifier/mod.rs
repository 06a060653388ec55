//! The tray of Linux desktops: a `StatusNotifierItem` on the session bus, drawn by whatever panel there is.
//!
//! Specification: <https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/>; the menu is
//! `com.canonical.dbusmenu`. Nothing here touches the main thread, and a click goes straight to the engine.

mod places;

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use ksni::{Handle, TrayMethods, menu::MenuItem};
use status_core::{Action, FetchReason};
use status_runtime::DrawnTray;

use self::places::Places;
use super::{ID, Panel, icons};
use crate::{
    desktop::{Desktop, lock},
    flatpak, window,
};

/// A menu may be open for so long after the panel asked for it, and wants to be kept true meanwhile.
const OPEN: Duration = Duration::from_mins(2);

/// A panel that has never asked is told the words of the menu this often: those that ask need not wake up for it.
const TOLD: Duration = Duration::from_mins(10);

/// The icon as it is shown.
#[derive(Clone)]
pub(crate) struct ShownTray {
    item: Handle<Item>,
    shown: Arc<Mutex<Shown>>,
}

/// What the panel has been told.
struct Shown {
    tray: DrawnTray,
    panel: Panel,
    told: Instant,
    /// When the panel last asked for the menu, to show it.
    asked: Option<Instant>,
}

impl ShownTray {
    /// Puts the icon into the tray. It registers again by itself with a panel that comes back.
    pub(crate) async fn show(
        desktop: &Arc<Desktop>,
        tray: DrawnTray,
        panel: Panel,
    ) -> Result<Self, ksni::Error> {
        let mut places = Places::default();
        places.put(&tray.items);
        let picture = icons::pixmap(tray.icon, panel);
        let shown = Arc::new(Mutex::new(Shown { tray, panel, told: Instant::now(), asked: None }));
        let item =
            Item { desktop: Arc::clone(desktop), shown: Arc::clone(&shown), picture, places };
        // Inside a sandbox nobody may own the name; the panel then knows the item by its connection.
        let sandboxed = flatpak::id().is_some();
        Ok(Self { item: item.disable_dbus_name(sandboxed).spawn().await?, shown })
    }

    /// Shows the newest, if it looks different.
    pub(crate) async fn draw(&self, desktop: &Desktop) {
        let Some(tray) = desktop.newest_tray() else { return };
        if lock(&self.shown).may_wait(&tray, Panel::now()) {
            return;
        }
        // What is newest is asked at the moment of drawing, because drawings may overtake one another on their way here.
        if self.item.update(Item::take_newest).await.is_none() {
            log::warn!("the tray item has ended");
        }
    }
}

impl Shown {
    /// Whether the panel need not hear of this yet: it differs in moments of the menu, and the panel will ask for them.
    fn may_wait(&self, tray: &DrawnTray, panel: Panel) -> bool {
        let may_be_old = match self.asked {
            Some(asked) => asked.elapsed() > OPEN,
            None => self.told.elapsed() < TOLD,
        };
        (tray.icon, &tray.tooltip, panel) == (self.tray.icon, &self.tray.tooltip, self.panel)
            && (tray.items == self.tray.items
                || may_be_old && tray.apart_from_moments == self.tray.apart_from_moments)
    }
}

struct Item {
    desktop: Arc<Desktop>,
    shown: Arc<Mutex<Shown>>,
    picture: Vec<ksni::Icon>,
    places: Places,
}

impl Item {
    fn take_newest(&mut self) {
        let Some(tray) = self.desktop.newest_tray() else { return };
        let panel = Panel::now();
        let mut shown = lock(&self.shown);
        if (tray.icon, panel) != (shown.tray.icon, shown.panel) {
            self.picture = icons::pixmap(tray.icon, panel);
        }
        self.places.put(&tray.items);
        (shown.tray, shown.panel, shown.told) = (tray, panel, Instant::now());
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
        self.places.lines()
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        window::open(&self.desktop, None);
    }

    /// The person is about to read what their colleagues see: this is what is known now, and a look at the server follows.
    fn menu_about_to_show(&mut self) {
        self.take_newest();
        lock(&self.shown).asked = Some(Instant::now());
        self.desktop.engine().send(Action::Refresh(FetchReason::Asked));
    }

    /// Another panel may have other manners.
    fn watcher_online(&self) {
        lock(&self.shown).asked = None;
    }
}
