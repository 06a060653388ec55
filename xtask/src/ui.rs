//! The window: its packages, checks and build.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use anyhow::Result;

use crate::cmd::{root, run, step};

/// What the built window is made of, below the repository's root.
const SOURCES: &[&str] = &[
    "locales",
    "ui/build",
    "ui/index.html",
    "ui/package-lock.json",
    "ui/package.json",
    "ui/public",
    "ui/src",
    "ui/vite.config.js",
];

/// Its packages, and the window built from them.
pub(crate) fn ready() -> Result<()> {
    step("window", || {
        install()?;
        build()
    })
}

pub(crate) fn install() -> Result<()> {
    install_in(&folder(), &[])
}

/// Installs exactly what the lock file in `folder` names, unless it is there already.
pub(crate) fn install_in(folder: &Path, more: &[&str]) -> Result<()> {
    let lock = fs::read(folder.join("package-lock.json"))?;
    // Ours, inside `node_modules`, so that it goes with them.
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|installed| installed == lock) {
        eprintln!("   the packages are up to date");
        return Ok(());
    }
    run(npm(folder).args(["ci", "--no-audit", "--no-fund"]).args(more))?;
    Ok(fs::write(installed, lock)?)
}

/// Types and rules of the scripts.
pub(crate) fn check() -> Result<()> {
    run(npm(&folder()).args(["run", "--silent", "check"]))
}

pub(crate) fn test() -> Result<()> {
    run(npm(&folder()).args(["test", "--silent"]))
}

/// Builds the window, unless what is there is newer than everything it is made of.
pub(crate) fn build() -> Result<()> {
    let built = modified(&folder().join("dist/index.html"));
    let newest = SOURCES.iter().filter_map(|source| newest(&root().join(source))).max();
    if built.is_some() && built >= newest {
        eprintln!("   the window is up to date");
        return Ok(());
    }
    run(npm(&folder()).args(["run", "--silent", "build"]))
}

fn folder() -> PathBuf {
    root().join("ui")
}

pub(crate) fn npm(folder: &Path) -> Command {
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(folder);
    npm
}

fn modified(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|metadata| metadata.modified()).ok()
}

fn newest(path: &Path) -> Option<SystemTime> {
    let inside = fs::read_dir(path)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| newest(&entry.path()))
        .max();
    inside.max(modified(path))
}
