//! Commands and the headers they run under.

use std::{
    ffi::OsStr,
    fmt::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output},
    time::Instant,
};

use anyhow::{Context as _, Result, bail};

/// Features that add the tests which write the window's types.
const FEATURES: &str = "status-core/bindings,status-runtime/bindings,status-app/bindings";

/// The app and the program of its window, for cargo: one program but on Linux.
pub(crate) const PROGRAMS: &[&str] = if cfg!(target_os = "linux") {
    &["-p", "status-app", "-p", "status-tauri", "--bins"]
} else {
    &["-p", "status-tauri", "--no-default-features", "--features", "app,updates", "--bins"]
};

/// The repository: the one cargo was called in, also if this program was compiled in another copy of it.
pub(crate) fn root() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let package = package.filter(|package| package.ends_with("xtask"));
    let package = package.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    package.parent().expect("xtask is a folder of the repository").to_owned()
}

/// A cargo command for the whole workspace, always with the same packages and features: what is compiled for one of
/// these steps is compiled for all of them.
pub(crate) fn whole(command: &[&str]) -> Command {
    let mut cargo = cargo(command);
    cargo.args(["--workspace", "--locked", "--features", FEATURES]);
    if !cfg!(target_os = "linux") {
        // The desktop of these tests is a Linux one.
        cargo.args(["--exclude", "pachca-status-tests"]);
    }
    cargo
}

pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), |target| root().join(target))
}

pub(crate) fn command<A: AsRef<OsStr>>(
    program: &str,
    arguments: impl IntoIterator<Item = A>,
) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    command
}

pub(crate) fn cargo<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Command {
    command(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()), arguments)
}

/// What can be typed to do the same.
pub(crate) fn spelled(command: &Command) -> String {
    let mut text = command.get_program().to_string_lossy().into_owned();
    // The full path of cargo says nothing to a person.
    if let Some(name) = Path::new(&text).file_name().and_then(OsStr::to_str) {
        text = name.to_owned();
    }
    for argument in command.get_args() {
        let _ = write!(text, " {}", argument.to_string_lossy());
    }
    text
}

/// Runs a command; its output is the person's to see.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start: {}", spelled(command)))?;
    if !status.success() {
        bail!("failed ({status}): {}", spelled(command));
    }
    Ok(())
}

/// Runs a command and returns what it printed.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let output = output(command)?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        bail!("failed ({}): {}\n{errors}", output.status, spelled(command));
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// Runs a command quietly, whatever it answers.
pub(crate) fn output(command: &mut Command) -> Result<Output> {
    command.output().with_context(|| format!("cannot start: {}", spelled(command)))
}

pub(crate) fn answers(program: &str, arguments: &[&str]) -> bool {
    command(program, arguments).output().is_ok_and(|output| output.status.success())
}

/// Does one thing under a header, and says how long it took.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("\n\x1b[1m── {name}\x1b[0m");
    let start = Instant::now();
    let done = work().with_context(|| format!("step «{name}» failed"))?;
    eprintln!("   {name}: {:.1} s", start.elapsed().as_secs_f64());
    Ok(done)
}

#[expect(clippy::cast_precision_loss, reason = "two decimals are shown")]
pub(crate) fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// An executable script for the shell.
#[cfg(target_os = "linux")]
pub(crate) fn script(path: &Path, body: &str) -> Result<()> {
    use std::{fs, os::unix::fs::PermissionsExt as _};
    fs::write(path, format!("#!/bin/sh\n{body}"))?;
    Ok(fs::set_permissions(path, fs::Permissions::from_mode(0o755))?)
}

/// What this Linux says about itself in `/etc/os-release`.
pub(crate) fn os_release(field: &str) -> Result<String> {
    let text = std::fs::read_to_string("/etc/os-release")?;
    let value = text.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix('='));
    let value = value.with_context(|| format!("/etc/os-release has no {field}"))?;
    Ok(value.trim_matches('"').to_owned())
}
