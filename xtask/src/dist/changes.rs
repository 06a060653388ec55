//! The section of `CHANGELOG.md` that belongs to a release, in the forms of the packages.

use std::{fmt::Write as _, fs};

use anyhow::{Context as _, Result};

use super::release::Release;
use crate::cmd::root;

/// Debian's changelog with the entry of this release. What came before is in `changelog.gz`.
pub(super) fn debian(release: &Release, version: &str) -> Result<String> {
    let mut entry = format!("pachca-status ({version}) stable; urgency=medium\n\n");
    for item in items(release)? {
        let _ = writeln!(entry, "{}", wrapped("  *", &item));
    }
    let moment = release.date("+%a, %d %b %Y %H:%M:%S +0000")?;
    let _ = writeln!(entry, "\n -- {}  {moment}", maintainer()?);
    Ok(entry)
}

/// The same for the `%changelog` of a spec file.
pub(super) fn rpm(release: &Release, version: &str) -> Result<String> {
    let mut entry = format!("* {} {} - {version}\n", release.date("+%a %b %d %Y")?, maintainer()?);
    for item in items(release)? {
        // A per cent sign would start a macro.
        let _ = writeln!(entry, "{}", wrapped("-", &item).replace('%', "%%"));
    }
    Ok(entry)
}

/// Name and address, named once, where Debian wants them.
fn maintainer() -> Result<String> {
    let control = fs::read_to_string(root().join("packaging/debian/control"))?;
    let maintainer = control.lines().find_map(|line| line.strip_prefix("Maintainer: "));
    Ok(maintainer.context("packaging/debian/control names no maintainer")?.to_owned())
}

fn items(release: &Release) -> Result<Vec<String>> {
    let text = fs::read_to_string(root().join("CHANGELOG.md"))?;
    section(&text, &release.version).context("CHANGELOG.md has no section for this release")
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

/// One item in lines of at most 78 characters, those after the first below the word that follows the bullet.
fn wrapped(bullet: &str, item: &str) -> String {
    let indent = " ".repeat(bullet.len());
    let mut lines = vec![bullet.to_owned()];
    for word in item.split_whitespace() {
        let line = lines.last_mut().expect("there is a first line");
        if line.chars().count() + 1 + word.chars().count() <= 78 {
            *line = format!("{line} {word}");
        } else {
            lines.push(format!("{indent} {word}"));
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
        let text = wrapped("  *", &"word ".repeat(20));
        assert!(text.lines().all(|line| line.len() <= 78));
        assert_eq!(text.lines().count(), 2);
        assert!(text.starts_with("  * word") && text.contains("\n    word"));
    }
}
