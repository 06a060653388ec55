//! Pages that promise something name the tests that show it: every such test has to exist.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Result, bail};

use crate::cmd::{command, read, root};

/// The pages, and how many promises each makes at least.
const PAGES: [(&str, usize); 3] =
    [("docs/reliability.md", 60), ("SECURITY.md", 19), ("docs/release.md", 15)];
/// What a name begins with, and where such tests are.
const ROOMS: [(&str, &str); 10] = [
    ("app", "tests/"),
    ("client", "crates/pachca-client/"),
    ("core", "crates/status-core/"),
    ("icons", "xtask/icons/"),
    ("runtime", "crates/status-runtime/"),
    ("sandbox", "crates/pachca-sandbox/"),
    ("shell", "crates/status-app/"),
    ("shell", "src-tauri/"),
    ("window", "ui/"),
    ("xtask", "xtask/"),
];

/// Fails when a page names a test that is not there, or a promise names none.
pub(crate) fn check() -> Result<()> {
    let files =
        read(&mut command("git", ["ls-files", "--cached", "--others", "--exclude-standard"]))?;
    let sources: Vec<(String, String)> = files
        .lines()
        .filter(|file| is_rust(file) || file.contains(".test."))
        .filter_map(|file| Some((file.to_owned(), fs::read_to_string(root().join(file)).ok()?)))
        .collect();
    let mut wrong = Vec::new();
    for (page, least) in PAGES {
        let promises = promises(&fs::read_to_string(root().join(page))?);
        if promises.len() < least {
            wrong.push(format!("{page}: {} promises, not {least}", promises.len()));
        }
        for (line, tests) in promises {
            if tests.is_empty() {
                wrong.push(format!("{page}:{line}: no test"));
            }
            let missing = tests.iter().filter(|name| !exists(name, &sources));
            wrong.extend(missing.map(|name| format!("{page}:{line}: there is no {name}")));
        }
    }
    if !wrong.is_empty() {
        bail!("promises without a test:\n   {}", wrong.join("\n   "));
    }
    Ok(())
}

/// Line numbers and test names of the rows of all tables whose last column is «Shown by». The column has the short name of
/// a list of tests, which stands in a block of code.
fn promises(page: &str) -> Vec<(usize, Vec<String>)> {
    let lists = lists(page);
    let mut rows = Vec::new();
    let mut inside = false;
    for (number, line) in page.lines().enumerate() {
        let cells = line.trim().strip_prefix('|').and_then(|line| line.strip_suffix('|'));
        let Some(cells) = cells else {
            inside = false;
            continue;
        };
        let last = cells.rsplit('|').next().unwrap_or_default().trim();
        if last == "Shown by" {
            inside = true;
        } else if inside && !last.starts_with("---") {
            rows.push((number + 1, lists.get(last).cloned().unwrap_or_default()));
        }
    }
    rows
}

/// What the blocks marked `tests` hold: short name, two spaces or more, test; further tests below it.
fn lists(page: &str) -> BTreeMap<&str, Vec<String>> {
    let mut lists = BTreeMap::<_, Vec<_>>::new();
    for block in page.split("\n```tests\n").skip(1) {
        let mut short = "";
        for line in block.lines().take_while(|line| *line != "```") {
            let (name, test) = line.split_once("  ").unwrap_or((line, ""));
            short = if name.is_empty() { short } else { name };
            lists.entry(short).or_default().push(test.trim().to_owned());
        }
    }
    lists
}

/// Whether `room::file::name` is a test: `file` is a file or folder of the room, `name` a test in it.
fn exists(name: &str, sources: &[(String, String)]) -> bool {
    let mut parts = name.splitn(3, "::");
    let (Some(room), Some(file), Some(test)) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let in_room =
        |path: &str| ROOMS.iter().any(|(known, folder)| *known == room && path.starts_with(folder));
    let inside = |path: &str| {
        Path::new(path).iter().any(|part| {
            let part = part.to_string_lossy();
            part.split('.').next() == Some(file)
        })
    };
    sources.iter().filter(|(path, _)| in_room(path) && inside(path)).any(|(path, content)| {
        if is_rust(path) { is_rust_test(content, test) } else { is_window_test(content, test) }
    })
}

/// A function of this name with a test attribute among the attributes and comments above it.
fn is_rust_test(content: &str, name: &str) -> bool {
    let lines: Vec<&str> = content.lines().map(str::trim).collect();
    let header = format!("fn {name}(");
    lines.iter().enumerate().any(|(number, line)| {
        let above = lines[..number].iter().rev();
        line.strip_prefix("async ").unwrap_or(line).starts_with(&header)
            && above
                .take_while(|line| line.starts_with('#') || line.starts_with("//"))
                .any(|line| line.starts_with("#[test]") || line.starts_with("#[tokio::test"))
    })
}

fn is_rust(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "rs")
}

fn is_window_test(content: &str, name: &str) -> bool {
    ["'", "\"", "`"].iter().any(|quote| content.contains(&format!("test({quote}{name}{quote}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_pages_name_only_tests_that_are_there() {
        check().expect("every name is one of a test");
    }

    #[test]
    fn every_row_of_a_table_with_evidence_is_a_promise() {
        let page = "| Fault | Shown by |\n|---|---|\n| a | N1 |\n| d | |\n\n\
            ```tests\nN1   core::delivery::b\n     window::app::c d\n```\n\n| x | y |\n|---|---|\n| 1 | N1 |";
        let tests = ["core::delivery::b", "window::app::c d"].map(str::to_owned).to_vec();
        let expected = [(3, tests), (4, vec![])];
        assert_eq!(promises(page), expected);
    }

    #[test]
    fn only_a_test_of_that_file_and_name_counts() {
        let rust =
            "#[test]\n// Why.\nfn real() {}\nfn helper() {}\n#[tokio::test]\nasync fn waits() {}";
        let sources = [
            ("crates/status-core/tests/delivery.rs".to_owned(), rust.to_owned()),
            ("ui/test/source.test.js".to_owned(), "test('stays text', () => {})".to_owned()),
        ];
        for name in ["core::delivery::real", "core::delivery::waits", "window::source::stays text"]
        {
            assert!(exists(name, &sources), "{name}");
        }
        for name in [
            "core::delivery::helper",
            "core::delivery::gone",
            "core::model::real",
            "client::delivery::real",
            "window::source::stays",
            "real",
        ] {
            assert!(!exists(name, &sources), "{name}");
        }
    }
}
