//! Pictures of the window for the documentation.

use anyhow::Result;

use crate::{
    cmd::{command, root, run, step, target, whole},
    machine, ui,
};

/// Every page in both languages and themes, into `docs/screenshots`.
pub(crate) fn screenshots() -> Result<()> {
    step("machine", || {
        machine::can_build()?;
        machine::can_bring_up_a_desktop()
    })?;
    ui::ready()?;
    step("build", || run(&mut whole(&["build", "--bins"])))?;
    let program = target().join("debug/screenshots");
    step("screenshots", || {
        run(&mut command(&program.to_string_lossy(), [root().join("docs/screenshots")]))
    })
}
