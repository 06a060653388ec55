//! Small rules that no compiler checks.

use std::{fs, path::Path};

use anyhow::{Result, bail};
use serde_json::Value;

use crate::{
    cmd::{command, read, root},
    evidence,
};

/// Files longer than this are named, so that somebody looks.
const LONG: usize = 500;

/// Fails when something is left over, or where it does not belong.
pub(crate) fn check() -> Result<()> {
    let files =
        read(&mut command("git", ["ls-files", "--cached", "--others", "--exclude-standard"]))?;
    let ignored = read(&mut command("git", ["ls-files", "-ci", "--exclude-standard"]))?;
    let mut wrong =
        ignored.lines().map(|file| format!("{file}: tracked, and ignored")).collect::<Vec<_>>();
    for file in files.lines() {
        // Deleted but not yet committed, or not text.
        let Ok(content) = fs::read_to_string(root().join(file)) else { continue };
        wrong.extend(leftovers(file, &content));
        wrong.extend(strangers(file, &content));
        if file.ends_with("package-lock.json") {
            wrong.extend(addresses(file, &content)?);
        }
        let lines = content.lines().count();
        if is_ours(file) && lines > LONG {
            eprintln!("   {file}: {lines} lines; is it still one idea?");
        }
    }
    if !wrong.is_empty() {
        bail!("to be tidied:\n   {}", wrong.join("\n   "));
    }
    evidence::check()
}

fn extension(file: &str) -> &str {
    Path::new(file).extension().and_then(|extension| extension.to_str()).unwrap_or_default()
}

/// Written by people, not by a tool.
fn is_ours(file: &str) -> bool {
    let generated = ["ui/src/bindings/", "src-tauri/gen/", "icons/"];
    matches!(extension(file), "rs" | "js" | "css" | "html")
        && !generated.iter().any(|folder| file.starts_with(folder))
}

/// What somebody meant to take out again.
fn leftovers(file: &str, content: &str) -> Vec<String> {
    // This file has to name them.
    if !is_ours(file) || file == "xtask/src/tidy.rs" {
        return Vec::new();
    }
    let words: &[&str] = match extension(file) {
        "rs" => &["dbg!(", "todo!(", "unimplemented!(", "FIXME", "XXX:", "#[ignore"],
        // The window's own tests have to name what they forbid.
        "js" if file.starts_with("ui/test/") => &["debugger;", "FIXME", "XXX:", ".only("],
        "js" => &[
            "debugger;",
            "console.log(",
            "FIXME",
            "XXX:",
            ".innerHTML",
            "insertAdjacentHTML",
            "eval(",
            ".only(",
        ],
        _ => &["FIXME", "XXX:"],
    };
    find(file, content, words)
}

/// What belongs to one room only.
fn strangers(file: &str, content: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    if extension(file) == "rs" && file.starts_with("crates/") {
        wrong.extend(find(file, content, &["tauri::", "use tauri"]));
    }
    let in_window = file.starts_with("ui/src/") && extension(file) == "js";
    if in_window && file != "ui/src/ipc.js" && !file.contains(".mock.") {
        wrong.extend(find(file, content, &["__TAURI", "@tauri-apps"]));
    }
    wrong
}

fn find(file: &str, content: &str, words: &[&str]) -> Vec<String> {
    let lines = content.lines().enumerate();
    lines
        .flat_map(|(number, line)| {
            let found = words.iter().filter(move |word| line.contains(**word));
            found.map(move |word| format!("{file}:{}: {word}", number + 1))
        })
        .collect()
}

/// The lock file names packages and checksums, not the mirror somebody's machine used.
fn addresses(file: &str, content: &str) -> Result<Vec<String>> {
    let lock: Value = serde_json::from_str(content)?;
    let packages = lock["packages"].as_object().into_iter().flatten();
    Ok(packages
        .filter(|(_, package)| package.get("resolved").is_some())
        .map(|(name, _)| {
            format!("{file}: {name} has an address (`omit-lockfile-registry-resolved`)")
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leftovers_are_named_with_their_line() {
        assert_eq!(
            leftovers("crates/a/src/lib.rs", "fn a() {\n    dbg!(1);\n}"),
            ["crates/a/src/lib.rs:2: dbg!("]
        );
        assert_eq!(leftovers("ui/src/a.js", "x.innerHTML = y"), ["ui/src/a.js:1: .innerHTML"]);
        assert_eq!(leftovers("README.md", "FIXME"), [""; 0]);
    }

    #[test]
    fn only_one_file_of_the_window_touches_tauri() {
        let import = "import { invoke } from '@tauri-apps/api/core';";
        assert_eq!(strangers("ui/src/ipc.js", import), [""; 0]);
        assert_eq!(strangers("ui/src/app.js", import).len(), 1);
        assert_eq!(strangers("crates/status-runtime/src/lib.rs", "use tauri::App;").len(), 2);
    }

    #[test]
    fn a_lock_file_with_addresses_is_named() {
        let lock = r#"{"packages": {"node_modules/a": {"version": "1", "resolved": "https://mirror/a.tgz"}}}"#;
        assert_eq!(addresses("ui/package-lock.json", lock).unwrap().len(), 1);
    }
}
