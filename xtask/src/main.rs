//! `cargo xtask`: the only place that knows about the machine.

mod bench;
mod bindings;
mod circles;
mod cmd;
#[cfg(target_os = "linux")]
mod dist;
mod evidence;
#[cfg(target_os = "linux")]
mod flatpak;
mod icons;
mod layering;
mod licences;
mod machine;
#[cfg(target_os = "linux")]
mod package_test;
#[cfg(target_os = "linux")]
mod platforms;
mod run;
mod screenshots;
mod soak;

mod test;
mod tidy;
mod ui;
mod workflows;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Build, run and check Pachca Status.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    /// Install what is missing without asking.
    #[arg(long, short, global = true)]
    yes: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build and start the app. With `PACHCA_TOKEN` it talks to Pachca, without it to a workspace of its own;
    /// without a display it shows the main job on a virtual desktop.
    Run,
    /// Every check that a change has to pass, the end-to-end tests among them.
    Test(test::Options),
    /// The quick checks: format, lints, unit tests.
    Check,
    /// Only the check that no files import each other; takes a second.
    Circles,
    /// Write the window's types (`ui/src/bindings`) from the Rust ones.
    Bindings {
        /// Change nothing; fail if they differ.
        #[arg(long)]
        check: bool,
    },
    /// Draw every icon from the sources in `icons/src`.
    Icons {
        /// Change nothing; fail if they differ.
        #[arg(long)]
        check: bool,
    },
    /// Make the packages of this system in `dist`.
    #[cfg(target_os = "linux")]
    Dist(dist::Options),
    /// Write the Flatpak manifest of this commit and the lists of its sources into `target/flatpak`.
    #[cfg(target_os = "linux")]
    Flatpak,
    /// Install, use, upgrade and remove the package in a clean Debian, as root.
    #[cfg(target_os = "linux")]
    PackageTest(package_test::Options),
    /// Link the Windows program and type-check the macOS code.
    #[cfg(target_os = "linux")]
    CheckPlatforms(platforms::Options),
    /// Random clicks, faults, crashes and restarts for as long as wanted; fails if an intent got lost.
    Soak(soak::Options),
    /// Measure the release program on a virtual desktop and fill `docs/benchmarks.md`.
    Bench(bench::Options),
    /// Photograph every page of the window in both languages and themes into `docs/screenshots`.
    Screenshots,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if arguments.yes {
        machine::assume_yes();
    }
    match obey(arguments.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // What failed has said the rest; where in this program it was called from helps nobody.
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn obey(command: Command) -> Result<()> {
    match command {
        Command::Run => run::run(),
        Command::Test(options) => test::test(&options),
        Command::Check => test::check(),
        Command::Circles => test::circles(),
        Command::Bindings { check: false } => bindings::write(),
        Command::Bindings { check: true } => bindings::check(),
        Command::Icons { check } => icons::draw(check),
        #[cfg(target_os = "linux")]
        Command::Dist(options) => dist::dist(&options),
        #[cfg(target_os = "linux")]
        Command::Flatpak => flatpak::write(),
        #[cfg(target_os = "linux")]
        Command::PackageTest(options) => package_test::test(&options),
        #[cfg(target_os = "linux")]
        Command::CheckPlatforms(options) => platforms::check(&options),
        Command::Soak(options) => soak::soak(&options),
        Command::Bench(options) => bench::bench(&options),
        Command::Screenshots => screenshots::screenshots(),
    }
}
