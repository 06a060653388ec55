//! A menu whose places are stable: a line that comes and goes keeps its place, so a click that crosses a change on its way
//! does what the line said that was clicked, or nothing, and never something else.
//!
//! Panels name a line by its place. As long as no place is added, places mean the same; when one is, `ksni` gives new
//! names to all of them and refuses the old ones.

use ksni::menu::{CheckmarkItem, MenuItem, StandardItem, SubMenu};
use status_core::MenuId;
use status_runtime::DrawnItem;

/// What a click on a line does to the tray's item.
type Click<T> = fn(&mut T, &MenuId);

/// So many places may be empty before the menu is laid out anew.
const EMPTY_MAX: usize = 64;

/// A menu or a menu inside it.
#[derive(Default)]
pub(super) struct StableMenu {
    places: Vec<Place>,
    /// There is one more line that is never seen, so that the number of lines differs from the one before.
    filled: bool,
}

struct Place {
    name: Name,
    /// What stands here now; nothing while the line is not to be seen.
    line: Option<DrawnItem>,
    /// The last thing that stood here.
    inside: StableMenu,
}

/// What makes a line the same line: whatever it is called now. The number tells lines of one name apart.
#[derive(Clone, PartialEq, Eq)]
enum Name {
    Separator(usize),
    Action(MenuId, usize),
    Check(MenuId, usize),
    Submenu(MenuId, usize),
}

impl Name {
    fn of(item: &DrawnItem, number: usize) -> Self {
        match item {
            DrawnItem::Separator => Self::Separator(number),
            DrawnItem::Action { id, .. } => Self::Action(id.clone(), number),
            DrawnItem::Check { id, .. } => Self::Check(id.clone(), number),
            DrawnItem::Submenu { id, .. } => Self::Submenu(id.clone(), number),
        }
    }
}

fn names(items: &[DrawnItem]) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::with_capacity(items.len());
    for item in items {
        let mut number = 0;
        while names.contains(&Name::of(item, number)) {
            number += 1;
        }
        names.push(Name::of(item, number));
    }
    names
}

impl StableMenu {
    /// Puts these lines into their places; those that are not among them are not seen.
    pub(super) fn put(&mut self, items: &[DrawnItem]) {
        let names = names(items);
        if !self.fits(&names) {
            let before = self.places.len() + usize::from(self.filled);
            self.places.clear();
            self.filled = names.len() == before;
        }
        for place in &mut self.places {
            place.line = None;
        }
        let mut next = 0;
        for (name, item) in names.into_iter().zip(items) {
            let ahead = self.places.get(next..).unwrap_or_default();
            let known = ahead.iter().position(|place| place.name == name);
            let at = next + known.unwrap_or(0);
            if known.is_none() {
                self.places.insert(at, Place { name, line: None, inside: Self::default() });
            }
            let place = &mut self.places[at];
            if let DrawnItem::Submenu { items, .. } = item {
                place.inside.put(items);
            }
            place.line = Some(item.clone());
            next = at + 1;
        }
    }

    /// Whether these lines stand in the order of the places that are there, and not too many stay empty.
    fn fits(&self, names: &[Name]) -> bool {
        let known = names
            .iter()
            .filter_map(|name| self.places.iter().position(|place| place.name == *name))
            .collect::<Vec<_>>();
        known.is_sorted() && self.places.len() - known.len() <= EMPTY_MAX
    }

    /// The lines as the panel is told.
    pub(super) fn lines<T: 'static>(&self, click: Click<T>) -> Vec<MenuItem<T>> {
        let filler = self.filled.then(hidden);
        self.places.iter().map(|place| place.line(click)).chain(filler).collect()
    }
}

impl Place {
    fn line<T: 'static>(&self, click: Click<T>) -> MenuItem<T> {
        let activate = |id: &MenuId| {
            let id = id.clone();
            move |item: &mut T| click(item, &id)
        };
        match &self.line {
            Some(DrawnItem::Separator) => MenuItem::Separator,
            Some(DrawnItem::Action { id, label, enabled }) => StandardItem {
                label: mnemonics(label),
                enabled: *enabled,
                activate: Box::new(activate(id)),
                ..StandardItem::default()
            }
            .into(),
            Some(DrawnItem::Check { id, label, checked, enabled }) => CheckmarkItem {
                label: mnemonics(label),
                enabled: *enabled,
                checked: *checked,
                activate: Box::new(activate(id)),
                ..CheckmarkItem::default()
            }
            .into(),
            Some(DrawnItem::Submenu { label, .. }) => SubMenu {
                label: mnemonics(label),
                submenu: self.inside.lines(click),
                ..SubMenu::default()
            }
            .into(),
            // It still does what it said, for a click that is on its way.
            None => match &self.name {
                Name::Separator(_) => hidden(),
                Name::Action(id, _) | Name::Check(id, _) => StandardItem {
                    visible: false,
                    activate: Box::new(activate(id)),
                    ..StandardItem::default()
                }
                .into(),
                Name::Submenu(..) => SubMenu {
                    visible: false,
                    submenu: self.inside.lines(click),
                    ..SubMenu::default()
                }
                .into(),
            },
        }
    }
}

fn hidden<T>() -> MenuItem<T> {
    StandardItem { visible: false, enabled: false, ..StandardItem::default() }.into()
}

/// In the drawn menu `&&` is an ampersand; here `_` marks the letter to press, and `__` is one underscore.
fn mnemonics(label: &str) -> String {
    label.replace("&&", "&").replace('_', "__")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn action(id: MenuId) -> DrawnItem {
        DrawnItem::Action { id, label: String::new(), enabled: true }
    }

    fn preset(id: &str, label: &str) -> DrawnItem {
        let id = MenuId::Preset(status_core::PresetId(id.to_owned()));
        DrawnItem::Check { id, label: label.to_owned(), checked: false, enabled: true }
    }

    /// What the panel can name: each place, by its number, with what a click on it does; and how many there are.
    fn meanings(places: &StableMenu) -> Vec<Name> {
        let mut meanings: Vec<Name> =
            places.places.iter().map(|place| place.name.clone()).collect();
        meanings.extend(places.filled.then_some(Name::Separator(usize::MAX)));
        meanings
    }

    fn seen(places: &StableMenu) -> Vec<DrawnItem> {
        places.places.iter().filter_map(|place| place.line.clone()).collect()
    }

    #[test]
    fn a_line_that_comes_and_goes_moves_no_other() {
        let mut places = StableMenu::default();
        let with_undo = [action(MenuId::Clear), action(MenuId::Undo), action(MenuId::Quit)];
        let without = [action(MenuId::Clear), action(MenuId::Quit)];
        places.put(&with_undo);
        let before = meanings(&places);
        places.put(&without);
        assert!(meanings(&places) == before);
        assert_eq!(seen(&places), without);
        places.put(&with_undo);
        assert!(meanings(&places) == before);
    }

    #[test]
    fn ampersands_and_underscores_are_shown_as_they_were_typed() {
        assert_eq!(mnemonics("R&&D snake_case"), "R&D snake__case");
    }

    fn menus() -> impl Strategy<Value = Vec<DrawnItem>> {
        let line = prop_oneof![
            Just(DrawnItem::Separator),
            Just(action(MenuId::Clear)),
            Just(action(MenuId::Undo)),
            (0..6_u8).prop_map(|number| preset(&number.to_string(), "")),
        ];
        prop::collection::vec(line, 0..8)
    }

    proptest! {
        /// The number of places changes whenever a place means something else: that is what makes `ksni` refuse old names.
        #[test]
        fn as_long_as_the_number_of_places_is_the_same_each_means_the_same(
            menus in prop::collection::vec(menus(), 1..12)
        ) {
            let mut places = StableMenu::default();
            for menu in menus {
                let before = meanings(&places);
                places.put(&menu);
                prop_assert_eq!(seen(&places), menu);
                let after = meanings(&places);
                prop_assert!(after.len() != before.len() || after == before);
            }
        }
    }
}
