//! What the runtime asks of whoever draws it, and the tray in the person's own words.

use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::Arc,
};

use status_core::{Arg, MenuId, MenuItem, Page, Snapshot, Text, Tray, TrayIcon};

use crate::ipc::UploadProgress;
use crate::words::{self, Words};

/// Whoever draws: the desktop shell, or a test that looks. Called from the engine's task; must not block for long.
pub trait Host: Send + Sync + 'static {
    /// Show a notification whose click opens `page`.
    fn notify(&self, title: &str, body: &str, page: Page);
    /// Open the window on `page`, or bring it there.
    fn open_window(&self, page: Page);
    /// Register or remove the start at login. Errors in the system's own words. Called on a thread of its own: the system
    /// may ask the person.
    fn set_start_at_login(&self, on: bool) -> Result<(), String>;
    /// Register these global shortcuts instead of the present ones. The error names the one that was refused.
    fn set_shortcuts(&self, open: Option<&str>, clear: Option<&str>) -> Result<(), String>;
    /// An upload has come this far.
    fn upload_progress(&self, progress: UploadProgress);
    /// Whether the desktop shows a tray; `None` when it cannot be known.
    fn tray_host_present(&self) -> Option<bool>;
}

/// What is to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub snapshot: Arc<Snapshot>,
    pub tray: DrawnTray,
}

impl View {
    pub(crate) fn new(snapshot: Snapshot) -> Self {
        let tray = DrawnTray::new(&Tray::of(&snapshot), &Words::new(snapshot.lang));
        Self { snapshot: Arc::new(snapshot), tray }
    }
}

/// The tray with its words, ready to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnTray {
    pub icon: TrayIcon,
    /// At most 120 UTF-16 units: Windows cuts at 128, and leaves no room for the end mark.
    pub tooltip: String,
    /// The menu, top to bottom.
    pub items: Vec<DrawnItem>,
    /// Differs when the menu differs in anything but the moments in it, which pass by themselves.
    pub apart_from_moments: u64,
}

/// A line of the drawn menu. In labels `&` is already doubled, because menus take a single one for a mnemonic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DrawnItem {
    /// A line between groups.
    Separator,
    /// Something to click.
    Action {
        /// Its name; `to_string` is what crosses the desktop.
        id: MenuId,
        /// Its words.
        label: String,
        /// Greyed out when `false`.
        enabled: bool,
    },
    /// Something to click that carries a check mark.
    Check {
        /// Its name.
        id: MenuId,
        /// Its words.
        label: String,
        /// Whether the mark is on.
        checked: bool,
        /// Greyed out when `false`.
        enabled: bool,
    },
    /// A menu inside the menu.
    Submenu {
        /// Its name.
        id: MenuId,
        /// Its words.
        label: String,
        /// What is in it.
        items: Vec<DrawnItem>,
    },
}

impl DrawnTray {
    /// Puts the tray into words.
    pub fn new(tray: &Tray, words: &Words) -> Self {
        Self {
            icon: tray.icon,
            tooltip: words::tooltip(&words.text(&tray.tooltip)),
            items: tray.menu.iter().map(|item| DrawnItem::new(item, *words)).collect(),
            apart_from_moments: apart_from_moments(&tray.menu, *words),
        }
    }
}

fn apart_from_moments(menu: &[MenuItem], words: Words) -> u64 {
    fn text(text: &Text, hasher: &mut DefaultHasher) {
        text.id.hash(hasher);
        for (name, arg) in text.args.iter().filter(|(_, arg)| !matches!(arg, Arg::When(_))) {
            format!("{name} {arg:?}").hash(hasher);
        }
    }
    fn lines(items: &[MenuItem], hasher: &mut DefaultHasher) {
        items.len().hash(hasher);
        for item in items {
            std::mem::discriminant(item).hash(hasher);
            match item {
                MenuItem::Separator => {}
                MenuItem::Action { id, text: words, enabled } => {
                    (id, enabled).hash(hasher);
                    text(words, hasher);
                }
                MenuItem::Check { id, text: words, checked, enabled } => {
                    (id, checked, enabled).hash(hasher);
                    text(words, hasher);
                }
                MenuItem::Submenu { id, text: words, items } => {
                    id.hash(hasher);
                    text(words, hasher);
                    lines(items, hasher);
                }
            }
        }
    }
    let mut hasher = DefaultHasher::new();
    // Another language is another menu.
    words.plain("menu-quit").hash(&mut hasher);
    lines(menu, &mut hasher);
    hasher.finish()
}

impl DrawnItem {
    fn new(item: &MenuItem, words: Words) -> Self {
        let label = |text| words::menu_label(&words.text(text));
        match item {
            MenuItem::Separator => Self::Separator,
            MenuItem::Action { id, text, enabled } => {
                Self::Action { id: id.clone(), label: label(text), enabled: *enabled }
            }
            MenuItem::Check { id, text, checked, enabled } => Self::Check {
                id: id.clone(),
                label: label(text),
                checked: *checked,
                enabled: *enabled,
            },
            MenuItem::Submenu { id, text, items } => Self::Submenu {
                id: id.clone(),
                label: label(text),
                items: items.iter().map(|item| Self::new(item, words)).collect(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use status_core::{Lang, MenuId, PresetId};

    use super::*;

    fn preset(title: &str, checked: bool) -> MenuItem {
        let args = vec![("title", Arg::Str(title.to_owned()))];
        let text = Text { id: "menu-preset", args };
        MenuItem::Check {
            id: MenuId::Preset(PresetId("a".to_owned())),
            text,
            checked,
            enabled: true,
        }
    }

    #[test]
    fn another_title_mark_or_language_is_another_menu() {
        let (english, russian) = (Words::new(Lang::En), Words::new(Lang::Ru));
        let stamp = |item: MenuItem, words: &Words| apart_from_moments(&[item], *words);
        let one = stamp(preset("Tea", false), &english);
        assert_eq!(one, stamp(preset("Tea", false), &english));
        assert_ne!(one, stamp(preset("Walk", false), &english));
        assert_ne!(one, stamp(preset("Tea", true), &english));
        assert_ne!(one, stamp(preset("Tea", false), &russian));
        assert_ne!(one, stamp(MenuItem::Separator, &english));
    }
}
