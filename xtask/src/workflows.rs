//! The workflows of `.github` as GitHub reads them, by our rules for them, and the scripts they run.

use anyhow::Result;

use crate::{
    cmd::{command, root, run},
    ui::{install_in, npm},
};

/// Checks them, and that the check finds what it should.
pub(crate) fn check() -> Result<()> {
    let folder = root().join(".github/lint");
    install_in(&folder, &["--ignore-scripts"])?;
    run(npm(&folder).args(["test", "--silent"]))?;
    run(&mut command("node", ["--test", "packaging/updates.test.mjs"]))?;
    run(npm(&folder).args(["run", "--silent", "check"]))
}
