//! The tray menu as a panel gets it over `com.canonical.dbusmenu`.

use std::{collections::HashMap, fmt};

use anyhow::{Context as _, Result, bail};
use zbus::zvariant::{OwnedValue, Value};

/// What `GetLayout` answers for one item: number, properties, children.
pub(crate) type Layout = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MenuNode {
    /// The number a click names; all are others when a line is added.
    pub id: i32,
    /// Its words, without the mark of a keyboard shortcut.
    pub label: String,
    pub separator: bool,
    pub enabled: bool,
    /// `Some` when it can carry a check mark.
    pub checked: Option<bool>,
    pub items: Vec<MenuNode>,
}

#[derive(Clone, PartialEq, Eq, Default)]
pub struct Menu {
    pub items: Vec<MenuNode>,
}

impl Menu {
    /// Every line, those of submenus behind their parent.
    pub fn lines(&self) -> Vec<&MenuNode> {
        fn collect<'a>(nodes: &'a [MenuNode], lines: &mut Vec<&'a MenuNode>) {
            for node in nodes {
                lines.push(node);
                collect(&node.items, lines);
            }
        }
        let mut lines = Vec::new();
        collect(&self.items, &mut lines);
        lines
    }

    /// The line with a check mark, set or not, that has `words` in it: a preset.
    pub fn preset(&self, words: &str) -> Option<&MenuNode> {
        self.lines().into_iter().find(|line| line.checked.is_some() && line.label.contains(words))
    }

    /// The line without a check mark that has `words` in it.
    pub fn item(&self, words: &str) -> Option<&MenuNode> {
        self.lines().into_iter().find(|line| line.checked.is_none() && line.label.contains(words))
    }

    /// Whether the preset with `words` is the one that is set.
    pub fn is_checked(&self, words: &str) -> bool {
        self.preset(words).is_some_and(|line| line.checked == Some(true))
    }

    /// The words of every line that is checked.
    pub fn checked(&self) -> Vec<&str> {
        self.lines()
            .into_iter()
            .filter(|line| line.checked == Some(true))
            .map(|line| line.label.as_str())
            .collect()
    }
}

impl MenuNode {
    pub(crate) fn from_layout((id, properties, children): Layout) -> Result<Self> {
        let text = |key: &str| properties.get(key).and_then(|value| <&str>::try_from(value).ok());
        let checked = match text("toggle-type") {
            Some("checkmark" | "radio") => {
                let state =
                    properties.get("toggle-state").and_then(|value| i32::try_from(value).ok());
                Some(state == Some(1))
            }
            _ => None,
        };
        let enabled =
            properties.get("enabled").is_none_or(|value| bool::try_from(value).unwrap_or(true));
        let visible = |layout: &Layout| {
            layout.1.get("visible").is_none_or(|value| bool::try_from(value).unwrap_or(true))
        };
        let items = children
            .into_iter()
            .map(layout_of)
            .filter(|layout| layout.as_ref().map_or(true, visible))
            .map(|layout| Self::from_layout(layout?))
            .collect::<Result<_>>()?;
        Ok(Self {
            id,
            label: without_mnemonic(text("label").unwrap_or_default()),
            separator: text("type") == Some("separator"),
            enabled,
            checked,
            items,
        })
    }
}

/// A child comes as a variant that holds the structure of its parent.
fn layout_of(value: OwnedValue) -> Result<Layout> {
    let value = match Value::from(value) {
        Value::Value(inner) => *inner,
        other => other,
    };
    if !matches!(value, Value::Structure(_)) {
        bail!("a child of the menu is not a structure: {value:?}");
    }
    Layout::try_from(value).context("a child of the menu is not (number, properties, children)")
}

/// `_` marks the shortcut letter, `__` is one underscore.
fn without_mnemonic(label: &str) -> String {
    label.replace("__", "\u{0}").replace('_', "").replace('\u{0}', "_")
}

impl fmt::Debug for Menu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn draw(nodes: &[MenuNode], depth: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            for node in nodes {
                let indent = "    ".repeat(depth);
                let mark = match node.checked {
                    Some(true) => "[x] ",
                    Some(false) => "[ ] ",
                    None => "",
                };
                let words = if node.separator { "────" } else { node.label.as_str() };
                let grey = if node.enabled || node.separator { "" } else { "  (grey)" };
                writeln!(f, "{indent}{mark}{words}{grey}")?;
                draw(&node.items, depth + 1, f)?;
            }
            Ok(())
        }
        writeln!(f)?;
        draw(&self.items, 1, f)
    }
}
