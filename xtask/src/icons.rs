//! The icons: drawn by a program of its own, so that a plain `cargo xtask` does not compile a renderer.

use anyhow::Result;

use crate::cmd::{cargo, run};

/// Draws them, or checks that the committed ones are what their sources draw.
pub(crate) fn draw(check: bool) -> Result<()> {
    let mut draw = cargo(["run", "--quiet", "--locked", "--package", "xtask-icons", "--"]);
    run(draw.args(check.then_some("--check")))
}
