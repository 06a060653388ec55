//! Every check, in the order in which failures are cheapest.

use std::{collections::BTreeSet, thread::available_parallelism};

use anyhow::{Context as _, Result};
use clap::Args;
use serde_json::Value;

use crate::{
    bindings, circles,
    cmd::{cargo, read, run, step, whole},
    layering, licences, machine, tidy, ui, workflows,
};

const DESKTOP: &str = "desktop";

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Only the end-to-end tests whose names contain this.
    #[arg(long, value_name = "NAME")]
    e2e: Option<String>,
}

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
            layering::check(&metadata)?;
            circles::check(&metadata)?;
            layering::no_window_system()?;
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
    }
    step("build", build)?;
    if options.e2e.is_none() {
        step("window: types from Rust", exported_types)?;
    }
    if options.e2e.is_none() {
        step("unit, property and integration tests", other_tests)?;
        step("documentation tests", || run(&mut whole(&["test", "--doc", "--quiet"])))?;
    }
    step("end-to-end tests", || end_to_end(options.e2e.as_deref()))
}

/// The checks that take seconds once everything is built.
pub(crate) fn check() -> Result<()> {
    step("machine", || {
        machine::can_build()?;
        machine::can_lint()
    })?;
    step("format", || run(&mut cargo(["fmt", "--all", "--check"])))?;
    step("dependencies", || {
        let metadata = metadata()?;
        layering::check(&metadata)?;
        circles::check(&metadata)?;
        layering::no_window_system()
    })?;
    step("tidy", tidy::check)?;
    step("window", || {
        ui::install()?;
        ui::check()?;
        ui::build()
    })?;
    step("lints", lints)?;
    step("unit tests", || run(&mut whole(&["test", "--lib", "--bins"])))
}

pub(crate) fn circles() -> Result<()> {
    circles::check(&metadata()?)
}

fn metadata() -> Result<Value> {
    let metadata = read(&mut cargo(["metadata", "--format-version", "1", "--locked"]))?;
    Ok(serde_json::from_str(&metadata)?)
}

fn lints() -> Result<()> {
    run(whole(&["clippy", "--all-targets"]).args(["--", "-D", "warnings"]))
}

/// The app, the programs around it, and every test.
fn build() -> Result<()> {
    run(&mut whole(&["build", "--all-targets"]))
}

/// The tests that write the window's types, alone and elsewhere, and a comparison with what is kept.
fn exported_types() -> Result<()> {
    let mut export = whole(&["test", "--quiet", "--lib"]);
    export.args(["--", "export_bindings"]);
    bindings::redirect(&mut export)?;
    run(&mut export)?;
    bindings::compare()
}

/// Everything that needs no desktop.
fn other_tests() -> Result<()> {
    let metadata = metadata()?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let members =
        metadata["workspace_members"].as_array().context("cargo metadata has no members")?;
    let targets = packages
        .filter(|package| members.contains(&package["id"]))
        .flat_map(|package| package["targets"].as_array().into_iter().flatten());
    let names = targets
        .filter(|target| target["kind"][0] == "test" && target["name"] != DESKTOP)
        .filter_map(|target| target["name"].as_str())
        .collect::<BTreeSet<_>>();
    let mut tests = whole(&["test", "--no-fail-fast", "--lib", "--bins"]);
    for name in names {
        tests.args(["--test", name]);
    }
    bindings::redirect(&mut tests)?;
    run(&mut tests)
}

/// The real program on desktops of its own: all tests, or those whose names contain this.
fn end_to_end(name: Option<&str>) -> Result<()> {
    // A desktop mostly waits for the web view; one more than there are processors keeps them busy.
    let desktops = available_parallelism().map_or(2, |processors| processors.get() + 1);
    let mut tests = whole(&["test", "--test", DESKTOP]);
    tests.arg("--").arg(format!("--test-threads={desktops}")).args(name);
    run(&mut tests)
}
