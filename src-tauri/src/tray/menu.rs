//! The menu: built once, then only its words and marks change, until its lines are others.

use status_runtime::DrawnItem;
use tauri::{
    AppHandle, Wry,
    menu::{CheckMenuItem, IsMenuItem, Menu, MenuItem, PredefinedMenuItem, Submenu},
};

/// A menu that is shown.
pub(super) struct ShownMenu {
    menu: Menu<Wry>,
    lines: Vec<Line>,
}

/// A line of it, by the handle its words are changed through.
enum Line {
    Separator(PredefinedMenuItem<Wry>),
    Action(MenuItem<Wry>),
    Check(CheckMenuItem<Wry>),
    Submenu(Submenu<Wry>, Vec<Line>),
}

impl ShownMenu {
    /// Builds it. Main thread.
    pub(super) fn build(app: &AppHandle, items: &[DrawnItem]) -> tauri::Result<Self> {
        let lines = build(app, items)?;
        let menu = Menu::with_items(app, &references(&lines))?;
        Ok(Self { menu, lines })
    }

    /// What the tray icon is given.
    pub(super) fn menu(&self) -> Menu<Wry> {
        self.menu.clone()
    }

    /// Changes what differs between `old`, which is shown, and `new`, which has the same lines. Main thread.
    pub(super) fn update(&self, old: &[DrawnItem], new: &[DrawnItem]) -> tauri::Result<()> {
        update(&self.lines, old, new)
    }
}

/// Whether both have the same lines in the same order, however they read.
pub(super) fn same_lines(old: &[DrawnItem], new: &[DrawnItem]) -> bool {
    old.len() == new.len()
        && old.iter().zip(new).all(|pair| match pair {
            (DrawnItem::Separator, DrawnItem::Separator) => true,
            (DrawnItem::Action { id: old, .. }, DrawnItem::Action { id: new, .. })
            | (DrawnItem::Check { id: old, .. }, DrawnItem::Check { id: new, .. }) => old == new,
            (
                DrawnItem::Submenu { id: old, items: old_items, .. },
                DrawnItem::Submenu { id: new, items: new_items, .. },
            ) => old == new && same_lines(old_items, new_items),
            _ => false,
        })
}

fn build(app: &AppHandle, items: &[DrawnItem]) -> tauri::Result<Vec<Line>> {
    items.iter().map(|item| Line::build(app, item)).collect()
}

fn references(lines: &[Line]) -> Vec<&dyn IsMenuItem<Wry>> {
    lines
        .iter()
        .map(|line| -> &dyn IsMenuItem<Wry> {
            match line {
                Line::Separator(separator) => separator,
                Line::Action(action) => action,
                Line::Check(check) => check,
                Line::Submenu(submenu, _) => submenu,
            }
        })
        .collect()
}

impl Line {
    fn build(app: &AppHandle, item: &DrawnItem) -> tauri::Result<Self> {
        let no_key: Option<&str> = None;
        Ok(match item {
            DrawnItem::Separator => Self::Separator(PredefinedMenuItem::separator(app)?),
            DrawnItem::Action { id, label, enabled } => {
                Self::Action(MenuItem::with_id(app, id.to_string(), label, *enabled, no_key)?)
            }
            DrawnItem::Check { id, label, checked, enabled } => Self::Check(
                CheckMenuItem::with_id(app, id.to_string(), label, *enabled, *checked, no_key)?,
            ),
            DrawnItem::Submenu { id, label, items } => {
                let lines = build(app, items)?;
                let submenu = Submenu::with_id_and_items(
                    app,
                    id.to_string(),
                    label,
                    true,
                    &references(&lines),
                )?;
                Self::Submenu(submenu, lines)
            }
        })
    }
}

fn update(lines: &[Line], old: &[DrawnItem], new: &[DrawnItem]) -> tauri::Result<()> {
    for ((line, old), new) in lines.iter().zip(old).zip(new) {
        match (line, old, new) {
            (
                Line::Action(action),
                DrawnItem::Action { label: old_label, enabled: was_enabled, .. },
                DrawnItem::Action { label, enabled, .. },
            ) => {
                if label != old_label {
                    action.set_text(label)?;
                }
                if enabled != was_enabled {
                    action.set_enabled(*enabled)?;
                }
            }
            (
                Line::Check(check),
                DrawnItem::Check { label: old_label, enabled: was_enabled, .. },
                DrawnItem::Check { label, checked, enabled, .. },
            ) => {
                if label != old_label {
                    check.set_text(label)?;
                }
                if enabled != was_enabled {
                    check.set_enabled(*enabled)?;
                }
                // A click turns the mark by itself, so what is shown is asked, not remembered.
                if check.is_checked()? != *checked {
                    check.set_checked(*checked)?;
                }
            }
            (
                Line::Submenu(submenu, lines),
                DrawnItem::Submenu { label: old_label, items: old_items, .. },
                DrawnItem::Submenu { label, items, .. },
            ) => {
                if label != old_label {
                    submenu.set_text(label)?;
                }
                update(lines, old_items, items)?;
            }
            // A separator; anything else has other lines and was rebuilt.
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use status_core::{MenuId, PresetId};

    use super::*;

    fn check(id: &str, label: &str, checked: bool) -> DrawnItem {
        let id = MenuId::Preset(PresetId(id.to_owned()));
        DrawnItem::Check { id, label: label.to_owned(), checked, enabled: true }
    }

    fn submenu(items: Vec<DrawnItem>) -> DrawnItem {
        DrawnItem::Submenu { id: MenuId::Inert("more"), label: "more".to_owned(), items }
    }

    #[test]
    fn other_words_and_marks_are_the_same_lines() {
        let old = [check("away", "Away · until 14:00", false), DrawnItem::Separator];
        let new = [check("away", "Away · until 14:01", true), DrawnItem::Separator];
        assert!(same_lines(&old, &new));
    }

    #[test]
    fn another_order_kind_or_number_is_another_menu() {
        let (away, lunch) = (check("away", "", false), check("lunch", "", false));
        assert!(!same_lines(&[away.clone(), lunch.clone()], &[lunch.clone(), away.clone()]));
        assert!(!same_lines(std::slice::from_ref(&away), &[DrawnItem::Separator]));
        assert!(!same_lines(std::slice::from_ref(&away), &[away.clone(), lunch.clone()]));
        assert!(!same_lines(&[submenu(vec![away.clone()])], &[submenu(vec![lunch])]));
        assert!(same_lines(&[submenu(vec![away.clone()])], &[submenu(vec![away])]));
    }
}
