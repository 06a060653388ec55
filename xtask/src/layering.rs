//! Dependencies point one way: the layering of ARCHITECTURE.md, checked.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::cmd::{cargo, read};

/// Who may depend on whom inside the repository: crate, what its product code may name, what its tests may name too.
const MAY_NAME: &[(&str, &[&str], &[&str])] = &[
    ("pachca-client", &[], &["pachca-sandbox"]),
    ("status-core", &[], &[]),
    ("status-runtime", &["pachca-client", "status-core"], &["pachca-sandbox"]),
    ("pachca-sandbox", &[], &["pachca-client"]),
    ("status-app", &["status-core", "status-runtime"], &[]),
    ("status-tauri", &["status-app", "status-core", "status-runtime"], &[]),
    ("pachca-status-tests", &["pachca-sandbox"], &[]),
    ("xtask", &[], &[]),
    ("xtask-icons", &[], &[]),
];

/// Crates that one room alone may name, because they are what that room is for.
const KEPT_IN: &[(&str, &[&str])] = &[
    ("tauri", &["status-tauri"]),
    ("tauri-build", &["status-tauri"]),
    ("reqwest", &["pachca-client"]),
    ("keyring", &["status-runtime"]),
    ("image", &["status-runtime"]),
];

/// Crates that do I/O or tell the time: never in the core.
const NOT_IN_CORE: &[&str] =
    &["tokio", "reqwest", "keyring", "tempfile", "zbus", "rand", "fastrand"];

/// Fails when a crate names what it must not know.
pub(crate) fn check(metadata: &Value) -> Result<()> {
    let wrong = wrong(metadata)?;
    if !wrong.is_empty() {
        bail!(
            "dependencies point the wrong way (ARCHITECTURE.md, «The rooms»):\n   {}",
            wrong.join("\n   ")
        );
    }
    Ok(())
}

/// What brings a window system along: nothing of it may be in the app of Linux.
const WINDOW_SYSTEM: [&str; 8] =
    ["tauri", "wry", "tao", "gtk", "gdk", "webkit2gtk", "javascriptcore", "libappindicator"];

/// Fails when the app is linked with a window system, on any processor and with any feature.
pub(crate) fn no_window_system() -> Result<()> {
    for machine in ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu"] {
        let mut tree = cargo(["tree", "-p", "status-app", "-e", "normal", "--all-features"]);
        tree.args(["--locked", "--prefix", "none", "--target", machine]);
        let tree = read(&mut tree)?;
        let found = of_a_window_system(&tree);
        if !found.is_empty() {
            bail!("status-app depends on a window system ({machine}): {}", found.join(", "));
        }
    }
    Ok(())
}

fn of_a_window_system(tree: &str) -> Vec<&str> {
    let names = tree.lines().filter_map(|line| line.split(' ').next());
    let ours = |name: &str| {
        let is = |family: &&str| {
            let rest =
                name.strip_prefix(family).map(|rest| rest.trim_start_matches(char::is_numeric));
            // tauri, tauri-utils, gtk3-macros, gdkx11, gdkwayland-sys
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', 'x', 'w']))
        };
        WINDOW_SYSTEM.iter().any(is)
    };
    names.filter(|name| ours(name)).collect()
}

fn wrong(metadata: &Value) -> Result<Vec<String>> {
    let members =
        metadata["workspace_members"].as_array().context("cargo metadata has no members")?;
    let packages = metadata["packages"].as_array().context("cargo metadata has no packages")?;
    let ours =
        packages.iter().filter(|package| members.contains(&package["id"])).collect::<Vec<_>>();
    let names = ours.iter().filter_map(|package| package["name"].as_str()).collect::<BTreeSet<_>>();
    let mut wrong = Vec::new();
    for package in &ours {
        let name = package["name"].as_str().unwrap_or_default();
        let Some((_, product, tests)) = MAY_NAME.iter().find(|(room, ..)| *room == name) else {
            wrong.push(format!("{name} is not on the map of xtask/src/layering.rs"));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let to = dependency["name"].as_str().unwrap_or_default();
            let in_tests = dependency["kind"].as_str() == Some("dev");
            let known = product.contains(&to) || (in_tests && (tests.contains(&to) || to == name));
            if names.contains(to) && !known {
                wrong.push(format!("{name} → {to}{}", if in_tests { " (in tests)" } else { "" }));
            }
            let kept = KEPT_IN.iter().find(|(kept, _)| {
                *kept == to || (*kept == "tauri" && to.starts_with("tauri-plugin"))
            });
            if kept.is_some_and(|(_, rooms)| !rooms.contains(&name)) {
                wrong.push(format!("{name} → {to}, which belongs to another room"));
            }
            if name == "status-core" && NOT_IN_CORE.contains(&to) && !in_tests {
                wrong.push(format!("{name} → {to}: the core does no I/O"));
            }
        }
    }
    Ok(wrong)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn workspace(name: &str, to: &str, kind: Option<&str>) -> Value {
        json!({
            "workspace_members": ["a", "b"],
            "packages": [
                { "id": "a", "name": name, "dependencies": [{ "name": to, "kind": kind }] },
                { "id": "b", "name": to, "dependencies": [] },
            ],
        })
    }

    #[test]
    fn arrows_of_the_map_are_fine() {
        assert_eq!(wrong(&workspace("status-runtime", "status-core", None)).unwrap(), [""; 0]);
        assert_eq!(
            wrong(&workspace("status-runtime", "pachca-sandbox", Some("dev"))).unwrap(),
            [""; 0]
        );
    }

    #[test]
    fn an_arrow_that_is_not_on_the_map_is_named() {
        assert_eq!(
            wrong(&workspace("status-core", "pachca-client", None)).unwrap(),
            ["status-core → pachca-client"]
        );
        assert_eq!(
            wrong(&workspace("status-runtime", "pachca-sandbox", None)).unwrap(),
            ["status-runtime → pachca-sandbox"]
        );
    }

    #[test]
    fn a_window_system_is_known_by_its_family() {
        let tree = "status-app v0.1.0 (/x)\ntokio v1\ntauri-plugin-dialog v2\ngtk3-macros v0\ngdkx11-sys v0\n\
            webkit2gtk-sys v2\njavascriptcore-rs v1\ntaos v1\nwry v0";
        let expected = [
            "tauri-plugin-dialog",
            "gtk3-macros",
            "gdkx11-sys",
            "webkit2gtk-sys",
            "javascriptcore-rs",
            "wry",
        ];
        assert_eq!(of_a_window_system(tree), expected);
    }

    #[test]
    fn tauri_stays_in_the_shell() {
        let metadata = json!({
            "workspace_members": ["a"],
            "packages": [{
                "id": "a",
                "name": "status-runtime",
                "dependencies": [{ "name": "tauri-plugin-dialog", "kind": null }],
            }],
        });
        assert_eq!(wrong(&metadata).unwrap().len(), 1);
    }
}
