//! Completion of the command line for the shells, from the program's own description of its arguments.

use std::fs;

use anyhow::Result;

use super::tree::Tree;
use crate::cmd::{cargo, run, target};

/// Adds them. `zsh` is the folder in which this kind of package keeps zsh's.
pub(super) fn add(tree: &Tree, zsh: &str) -> Result<()> {
    let written = target().join("cli-files");
    fs::create_dir_all(&written)?;
    let mut write =
        cargo(["run", "--quiet", "--locked", "-p", "status-app", "--example", "cli-files"]);
    run(write.arg("--").arg(&written))?;
    for (file, path) in [
        ("pachca-status.bash", "usr/share/bash-completion/completions/pachca-status".to_owned()),
        ("_pachca-status", format!("usr/share/zsh/{zsh}/_pachca-status")),
        ("pachca-status.fish", "usr/share/fish/vendor_completions.d/pachca-status.fish".to_owned()),
    ] {
        tree.write(&path, fs::read(written.join(file))?)?;
    }
    Ok(())
}
