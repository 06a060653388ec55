//! The workflows of `.github` as GitHub reads them, by our rules for them, and the scripts they run.

use std::{fs, process::Command};

use anyhow::Result;

use crate::cmd::{command, root, run};

/// Checks them, and that the check finds what it should.
pub(crate) fn check() -> Result<()> {
    let folder = root().join(".github/lint");
    let npm = || {
        let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
        npm.current_dir(&folder);
        npm
    };
    let lock = fs::read(folder.join("package-lock.json"))?;
    let installed = folder.join("node_modules/.installed-lock.json");
    if !fs::read(&installed).is_ok_and(|installed| installed == lock) {
        run(npm().args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]))?;
        fs::write(&installed, lock)?;
    }
    run(npm().args(["test", "--silent"]))?;
    run(&mut command("node", ["--test", "packaging/updates.test.mjs"]))?;
    run(npm().args(["run", "--silent", "check"]))
}
