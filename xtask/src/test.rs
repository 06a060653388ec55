//! Every check, in the order in which failures are cheapest.

use std::thread::available_parallelism;

use anyhow::Result;
use clap::Args;
use serde_json::Value;

use crate::{
    arrows, bindings, licences, machine,
    step::{cargo, read, run, step},
    tidy, ui, workflows,
};

/// How `cargo xtask test` is to be run.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Only the end-to-end tests whose names contain this.
    #[arg(long, value_name = "NAME")]
    e2e: Option<String>,
}

/// Every check that a change has to pass.
pub(crate) fn test(options: &Options) -> Result<()> {
    step("machine", || {
        machine::can_build()?;
        machine::can_lint()?;
        machine::can_bring_up_a_desktop()
    })?;
    if options.e2e.is_none() {
        step("format", || run(&mut cargo(["fmt", "--all", "--check"])))?;
        step("dependencies", || {
            let metadata = metadata()?;
            arrows::check(&metadata)?;
            licences::check(&metadata)
        })?;
        step("tidy", tidy::check)?;
        step("workflows", workflows::check)?;
    }
    step("window: packages", ui::install)?;
    if options.e2e.is_none() {
        step("window: types", ui::check)?;
        step("window: tests", ui::test)?;
    }
    step("window: build", ui::build)?;
    if options.e2e.is_none() {
        step("lints", lints)?;
        step("unit, property and documentation tests", unit_tests)?;
        step("window: types from Rust", bindings::compare)?;
    }
    step("build", build)?;
    step("end-to-end tests", || end_to_end(options.e2e.as_deref()))
}

/// The checks that take seconds once everything is built.
pub(crate) fn check() -> Result<()> {
    step("machine", || {
        machine::can_build()?;
        machine::can_lint()
    })?;
    step("format", || run(&mut cargo(["fmt", "--all", "--check"])))?;
    step("dependencies", || arrows::check(&metadata()?))?;
    step("tidy", tidy::check)?;
    step("window", || {
        ui::install()?;
        ui::check()?;
        ui::build()
    })?;
    step("lints", lints)?;
    step("unit, property and documentation tests", unit_tests)
}

fn metadata() -> Result<Value> {
    let metadata = read(&mut cargo(["metadata", "--format-version", "1", "--locked"]))?;
    Ok(serde_json::from_str(&metadata)?)
}

fn lints() -> Result<()> {
    let mut clippy = cargo([
        "clippy",
        "--workspace",
        "--all-targets",
        "--locked",
        "--features",
        bindings::FEATURES,
    ]);
    run(clippy.args(["--", "-D", "warnings"]))
}

/// Everything but the end-to-end tests; writes the window's types on the way.
fn unit_tests() -> Result<()> {
    let mut tests = cargo(["test", "--workspace", "--locked", "--features", bindings::FEATURES]);
    tests.args(["--exclude", "pachca-status-tests"]);
    bindings::redirect(&mut tests)?;
    run(&mut tests)
}

/// The app as it is, and what drives it.
fn build() -> Result<()> {
    run(&mut cargo(["build", "--locked", "-p", "pachca-status"]))?;
    run(&mut cargo(["test", "--locked", "-p", "pachca-status-tests", "--lib", "--bins", "--quiet"]))
}

fn end_to_end(name: Option<&str>) -> Result<()> {
    // A desktop mostly waits for the web view; a few more than there are processors keep them busy.
    let desktops = available_parallelism().map_or(2, |processors| processors.get() + 1);
    let mut tests = cargo(["test", "--locked", "-p", "pachca-status-tests", "--test", "it", "--"]);
    tests.arg(format!("--test-threads={desktops}"));
    tests.args(name);
    run(&mut tests)
}
