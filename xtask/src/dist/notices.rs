//! Licence texts of everything that ends up inside the program: their licences ask for them to come along.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::Path,
};

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::cmd::{cargo, command, read, root};

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Library {
    title: String,
    licence: String,
    texts: Vec<String>,
}

pub(super) fn collect() -> Result<String> {
    let mut libraries = crates()?;
    libraries.extend(modules()?);
    libraries.sort();
    Ok(written(&libraries))
}

/// Rust libraries that are linked into the program on this system.
fn crates() -> Result<Vec<Library>> {
    let host = read(&mut command("rustc", ["--print", "host-tuple"]))?;
    let mut metadata =
        cargo(["metadata", "--format-version", "1", "--locked", "--filter-platform", host.trim()]);
    let metadata: Value = serde_json::from_str(&read(&mut metadata)?)?;
    let packages = metadata["packages"].as_array().context("cargo metadata has no packages")?;
    let linked = linked(&metadata).context("cargo metadata has no such graph")?;
    let mut libraries = Vec::new();
    for package in packages {
        let text = |field: &str| package[field].as_str().unwrap_or_default().to_owned();
        // Ours have no source.
        if package["source"].is_null()
            || !linked.contains(package["id"].as_str().unwrap_or_default())
        {
            continue;
        }
        let folder = Path::new(package["manifest_path"].as_str().unwrap_or_default()).parent();
        libraries.push(Library {
            title: format!("{} {}", text("name"), text("version")),
            licence: text("license"),
            texts: texts(folder.context("a manifest lies in a folder")?)?,
        });
    }
    Ok(libraries)
}

/// Ids of the packages that the program reaches without build scripts and tests.
fn linked(metadata: &Value) -> Option<BTreeSet<String>> {
    let nodes = metadata["resolve"]["nodes"].as_array()?;
    let packages = metadata["packages"].as_array()?;
    let start =
        packages.iter().find(|package| package["name"] == "status-tauri")?["id"].as_str()?;
    let by_id: BTreeMap<&str, &Value> =
        nodes.iter().filter_map(|node| Some((node["id"].as_str()?, node))).collect();
    let mut seen = BTreeSet::new();
    let mut open = vec![start];
    while let Some(id) = open.pop() {
        if !seen.insert(id.to_owned()) {
            continue;
        }
        for dependency in by_id.get(id)?["deps"].as_array()? {
            let normal =
                dependency["dep_kinds"].as_array()?.iter().any(|kind| kind["kind"].is_null());
            if normal {
                open.push(dependency["pkg"].as_str()?);
            }
        }
    }
    Some(seen)
}

fn modules() -> Result<Vec<Library>> {
    let lock: Value = serde_json::from_slice(&fs::read(root().join("ui/package-lock.json"))?)?;
    let modules = lock["packages"].as_object().context("package-lock.json has no packages")?;
    let mut libraries = Vec::new();
    for (path, module) in modules {
        if path.is_empty()
            || module["dev"] == true
            || module["devOptional"] == true
            || module["optional"] == true
        {
            continue;
        }
        let name = path.rsplit("node_modules/").next().unwrap_or(path);
        libraries.push(Library {
            title: format!("{name} {}", module["version"].as_str().unwrap_or_default()),
            licence: module["license"].as_str().unwrap_or_default().to_owned(),
            texts: texts(&root().join("ui").join(path))?,
        });
    }
    Ok(libraries)
}

fn texts(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_uppercase();
        let starts = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];
        if entry.file_type()?.is_file() && starts.iter().any(|start| name.starts_with(start)) {
            names.push(entry.path());
        }
    }
    names.sort();
    names
        .iter()
        .map(|name| {
            Ok(String::from_utf8_lossy(&fs::read(name)?).replace('\r', "").trim().to_owned())
        })
        .collect()
}

/// Every text once, after the libraries it belongs to.
fn written(libraries: &[Library]) -> String {
    let mut notice =
        String::from("Libraries that are part of Pachca Status, and their licences.\n\n");
    let mut owners: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for library in libraries {
        let _ = writeln!(notice, "{}: {}", library.title, library.licence);
        for text in &library.texts {
            owners.entry(text).or_default().push(&library.title);
        }
    }
    let mut texts = owners.into_iter().collect::<Vec<_>>();
    texts.sort_by(|(_, left), (_, right)| left.cmp(right));
    for (text, owners) in texts {
        let _ = write!(notice, "\n{}\n{}\n\n{text}\n", "=".repeat(78), owners.join(", "));
    }
    notice
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_two_libraries_share_is_written_once() {
        let library = |title: &str, text: &str| Library {
            title: title.to_owned(),
            licence: "MIT".to_owned(),
            texts: vec![text.to_owned()],
        };
        let notice =
            written(&[library("a 1", "same"), library("b 2", "same"), library("c 3", "other")]);
        assert_eq!(notice.matches("same").count(), 1);
        assert!(notice.contains("a 1, b 2\n\nsame\n"));
        assert!(notice.contains("c 3: MIT\n"));
    }
}
