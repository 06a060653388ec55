//! The section of `CHANGELOG.md` that belongs to a release, and Debian's form of it.

use std::{fmt::Write as _, fs};

use anyhow::{Context as _, Result};

use super::Release;
use crate::step::root;

/// Debian's changelog with the entry of this release. What came before is in `changelog.gz`.
pub(super) fn debian(release: &Release, version: &str, maintainer: &str) -> Result<String> {
    let text = fs::read_to_string(root().join("CHANGELOG.md"))?;
    let items =
        section(&text, &release.version).context("CHANGELOG.md has no section for this release")?;
    let mut entry = format!("pachca-status ({version}) stable; urgency=medium\n\n");
    for item in items {
        let _ = writeln!(entry, "{}", wrapped(&item));
    }
    let _ =
        writeln!(entry, "\n -- {maintainer}  {}", release.date("+%a, %d %b %Y %H:%M:%S +0000")?);
    Ok(entry)
}

/// The items of a version; those not released yet when the version has no section of its own.
fn section(text: &str, version: &str) -> Option<Vec<String>> {
    let items = |title: &str| {
        let mut lines = text.lines().skip_while(|line| !line.starts_with(title));
        lines.next()?;
        let mut items: Vec<String> = Vec::new();
        for line in lines.take_while(|line| !line.starts_with("## ")) {
            if let Some(item) = line.strip_prefix("- ") {
                items.push(item.trim().to_owned());
            } else if let (true, Some(item)) = (line.starts_with("  "), items.last_mut()) {
                *item = format!("{item} {}", line.trim());
            }
        }
        (!items.is_empty()).then_some(items)
    };
    items(&format!("## [{version}]")).or_else(|| items("## [Unreleased]"))
}

/// One item in lines of at most 78 characters.
fn wrapped(item: &str) -> String {
    let mut lines = vec!["  *".to_owned()];
    for word in item.split_whitespace() {
        let line = lines.last_mut().expect("there is a first line");
        if line.chars().count() + 1 + word.chars().count() <= 78 {
            *line = format!("{line} {word}");
        } else {
            lines.push(format!("    {word}"));
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# Changelog\n\n## [Unreleased]\n\n### Added\n- New.\n\n## [0.2.0] - 2026-12-01\n\n### Fixed\n- One\n  and a half.\n- Two.\n\n## [0.1.0]\n- First.\n";

    #[test]
    fn a_version_has_its_own_section() {
        assert_eq!(section(TEXT, "0.2.0").unwrap(), ["One and a half.", "Two."]);
    }

    #[test]
    fn a_version_without_a_section_is_what_is_not_released_yet() {
        assert_eq!(section(TEXT, "0.3.0").unwrap(), ["New."]);
    }

    #[test]
    fn long_items_are_wrapped_below_the_bullet() {
        let text = wrapped(&"word ".repeat(20));
        assert!(text.lines().all(|line| line.len() <= 78));
        assert_eq!(text.lines().count(), 2);
        assert!(text.starts_with("  * word") && text.contains("\n    word"));
    }
}
