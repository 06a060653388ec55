//! The window's types, written from the Rust ones by `ts-rs` when the tests of these crates run.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use anyhow::{Context as _, Result, bail};

use crate::cmd::{root, run, target, whole};

/// Where the types are kept, below the repository's root.
const KEPT: &str = "ui/src/bindings";

pub(crate) fn write() -> Result<()> {
    let kept = root().join(KEPT);
    run(&mut export())?;
    let written = read(&target().join("bindings"))?;
    for name in read(&kept)?.keys().filter(|name| !written.contains_key(*name)) {
        fs::remove_file(kept.join(name))?;
    }
    fs::create_dir_all(&kept)?;
    for (name, content) in &written {
        fs::write(kept.join(name), content)?;
    }
    eprintln!("   {} types in {KEPT}", written.len());
    Ok(())
}

pub(crate) fn check() -> Result<()> {
    run(&mut export())?;
    compare()
}

pub(crate) fn compare() -> Result<()> {
    let written = read(&target().join("bindings"))?;
    let kept = read(&root().join(KEPT))?;
    let names = written.keys().chain(kept.keys()).collect::<std::collections::BTreeSet<_>>();
    let different =
        names.into_iter().filter(|name| written.get(*name) != kept.get(*name)).collect::<Vec<_>>();
    if !different.is_empty() {
        bail!(
            "{KEPT} is not what the Rust types say: {different:?}. Run `cargo xtask bindings` and commit"
        );
    }
    Ok(())
}

/// Has the types written by a test run into an empty folder of the target.
pub(crate) fn redirect(command: &mut Command) -> Result<()> {
    let folder = target().join("bindings");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    command.env("TS_RS_EXPORT_DIR", folder);
    Ok(())
}

fn export() -> Command {
    let mut export = whole(&["test", "--quiet", "--lib"]);
    export.arg("export_bindings");
    redirect(&mut export).expect("the target folder is ours");
    export
}

fn read(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    for entry in
        fs::read_dir(folder).with_context(|| format!("{} cannot be listed", folder.display()))?
    {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if Path::new(&name)
            .extension()
            .is_some_and(|extension| extension == "ts" || extension == "js")
        {
            files.insert(name, fs::read_to_string(entry.path())?);
        }
    }
    Ok(files)
}
