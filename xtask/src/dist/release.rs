//! What is released, and names that its packages share.

use std::{fs, path::Path};

use anyhow::{Context as _, Result};

use crate::cmd::{command, read, root};

/// What is released: the version of the workspace at the moment of the commit.
#[derive(Debug, Clone)]
pub(crate) struct Release {
    pub(crate) version: String,
    /// Seconds since 1970 of the commit, or `SOURCE_DATE_EPOCH`: the time every file of a package has.
    pub(crate) epoch: String,
}

impl Release {
    /// That of the commit that is checked out.
    pub(crate) fn here() -> Result<Self> {
        let manifest = fs::read_to_string(root().join("Cargo.toml"))?;
        let version = manifest
            .lines()
            .find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
            .context("Cargo.toml names no version")?;
        let epoch = match std::env::var("SOURCE_DATE_EPOCH") {
            Ok(epoch) => epoch,
            Err(_) => read(&mut command("git", ["log", "-1", "--format=%ct"]))?.trim().to_owned(),
        };
        epoch.parse::<u64>().with_context(|| format!("not a number of seconds: {epoch}"))?;
        Ok(Self { version: version.to_owned(), epoch })
    }

    /// The moment in words, in UTC; `format` as for date(1).
    pub(crate) fn date(&self, format: &str) -> Result<String> {
        let mut date = command("date", ["--utc", &format!("--date=@{}", self.epoch), format]);
        Ok(read(date.env("LC_ALL", "C"))?.trim().to_owned())
    }

    /// The same, with another version number: a predecessor to upgrade from.
    pub(crate) fn called(&self, version: &str) -> Self {
        Self { version: version.to_owned(), ..self.clone() }
    }
}

/// What the program of the window is called, which lies beside the program.
pub(crate) const WINDOW_PROGRAM: &str = "pachca-status-window";

pub(super) fn name(package: &Path) -> String {
    package.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Removes a folder that may not be there.
pub(crate) fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| folder.display().to_string())
        }
        _ => Ok(()),
    }
}
