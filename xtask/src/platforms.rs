//! Windows and macOS from a Linux machine: the Windows program is linked, the macOS code is type-checked.
//!
//! No branch for another system is left that no compiler has seen. It does not replace the real systems, where the
//! release workflow builds and tests.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use clap::{Args, ValueEnum};

use crate::{
    cmd::{command, megabytes, read, root, run, script, step, target},
    machine, ui,
};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Only this system.
    #[arg(long)]
    only: Option<System>,
    /// Run the Windows tests of everything without a window, under Wine.
    #[arg(long)]
    wine: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum System {
    Windows,
    Macos,
}

/// Everything that is compiled on people's machines; tests are for the systems themselves.
const PACKAGES: [&str; 6] = [
    "pachca-client",
    "status-core",
    "status-runtime",
    "pachca-sandbox",
    "status-app",
    "status-tauri",
];

/// Those of them whose tests run without a window.
const HEADLESS: [&str; 4] = ["pachca-client", "status-core", "status-runtime", "status-app"];

const WINDOWS: &str = "x86_64-pc-windows-gnu";

/// Debian's compiler that can build the standard library for other systems; rustup's has no sources beside it.
const COMPILER: &str = "/usr/bin/rustc";

/// Links the Windows program and type-checks the macOS code.
pub(crate) fn check(options: &Options) -> Result<()> {
    let wants = |system| options.only.is_none_or(|only| only == system);
    step("machine", machine::can_build_for_others)?;
    ui::ready()?;
    if wants(System::Windows) {
        let program = step("Windows: link", windows)?;
        println!(
            "{}: {:.1} MB, unoptimised",
            program.display(),
            megabytes(fs::metadata(&program)?.len())
        );
    }
    if options.wine && wants(System::Windows) {
        step("Wine", machine::can_run_windows_programs)?;
        step("Windows: tests under Wine", wine)?;
    }
    if wants(System::Macos) {
        step("macOS: type-check", macos)?;
        println!("macOS: every package type-checks");
    }
    Ok(())
}

fn windows() -> Result<PathBuf> {
    run(&mut cargo("build", WINDOWS, &PACKAGES))?;
    Ok(folder().join(WINDOWS).join("debug/pachca-status.exe"))
}

/// Preferences, presets, the client, the door of a second start: the same tests as on Linux.
fn wine() -> Result<()> {
    let prefix = folder().join("wine");
    let libraries = folder().join(WINDOWS).join("debug");
    let missing = libraries.join("bcryptprimitives.dll");
    let source = root().join("xtask/src/platforms/bcryptprimitives.c");
    let mut compile = command("x86_64-w64-mingw32-gcc", ["-shared", "-o"]);
    run(compile.arg(missing).arg(source).arg("-ladvapi32"))?;
    let runner = folder().join("run-in-wine");
    let windows = |path: &Path| format!("Z:{}", path.display()).replace('/', r"\");
    // `WINEPATH`: where the web view's library and ours lie. Wine's warnings are about itself.
    script(
        &runner,
        &format!(
            "export WINEPREFIX='{}' WINEPATH='{}' INSTA_WORKSPACE_ROOT='{}' INSTA_UPDATE=no\n\
             export WINEDEBUG=-all WINEDLLOVERRIDES=mscoree,mshtml=\n\
             exec wine \"$@\"\n",
            prefix.display(),
            windows(&libraries),
            windows(&root()),
        ),
    )?;
    let mut tests = cargo("test", WINDOWS, &HEADLESS);
    tests.args(["--lib", "--tests", "--no-fail-fast"]);
    run(tests.env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER", runner))
}

fn macos() -> Result<()> {
    let compiler = apple_compiler()?;
    let archiver = compiler.with_file_name("ar");
    let mut check = cargo("check", "aarch64-apple-darwin", &PACKAGES);
    check.env("CC_aarch64_apple_darwin", &compiler).env("AR_aarch64_apple_darwin", &archiver);
    run(&mut check)
}

/// Cargo that builds the standard library along.
fn cargo(verb: &str, triple: &str, packages: &[&str]) -> std::process::Command {
    let mut cargo =
        command("/usr/bin/cargo", [verb, "-Zbuild-std=std,panic_abort,panic_unwind", "--locked"]);
    cargo.args(["--target", triple, "--target-dir"]).arg(folder());
    // Nobody runs it for long: what is not optimised is compiled in half the time.
    cargo.args(["--config", "profile.dev.package.'*'.opt-level=0"]);
    for package in packages {
        cargo.args(["-p", package]);
    }
    // What started us may be another cargo that names its own compiler.
    cargo
        .env("RUSTC", COMPILER)
        .env("RUSTC_BOOTSTRAP", "1")
        // Symbols of the whole standard library would make the program a gigabyte.
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
        .env("CARGO_PROFILE_DEV_STRIP", "symbols")
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("CARGO");
    cargo
}

fn folder() -> PathBuf {
    target().join("platforms")
}

/// A C compiler for macOS: Zig's, behind a script that speaks as Apple's does.
fn apple_compiler() -> Result<PathBuf> {
    let folder = folder().join("apple");
    let zig = folder.join("zig");
    let python_path = zig.to_str().context("the target folder has a name in UTF-8")?;
    let works = || {
        let mut version = command("python3", ["-m", "ziglang", "version"]);
        read(version.env("PYTHONPATH", python_path)).is_ok()
    };
    if !works() {
        // No Debian package; the wheel holds the compiler itself and is pinned by its hash.
        let mut install = command(
            "python3",
            ["-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps", "--target"],
        );
        run(install.arg(&zig).arg("--requirement").arg(root().join("packaging/zig.txt")))?;
    }
    script(
        &folder.join("ar"),
        &format!("PYTHONPATH='{python_path}' exec python3 -m ziglang ar \"$@\"\n"),
    )?;
    let empty = folder.join("empty.c");
    fs::write(&empty, "")?;
    let compiler = folder.join("cc");
    script(&compiler, &apple_arguments(python_path, &empty))?;
    Ok(compiler)
}

/// Leaves out what Zig does not know. Objective-C needs Apple's headers: an empty file stands in, for nothing is linked.
fn apple_arguments(python_path: &str, empty: &Path) -> String {
    let empty = empty.display();
    format!(
        r#"skip=
for argument do
    shift
    if [ -n "$skip" ]; then skip=; continue; fi
    case "$argument" in
        -arch|-isysroot|-framework) skip=yes ;;
        --target=*|-mmacosx-version-min=*|-mmacos-version-min=*|-fobjc*) ;;
        *.m|*.mm) set -- "$@" '{empty}' ;;
        *) set -- "$@" "$argument" ;;
    esac
done
PYTHONPATH='{python_path}' exec python3 -m ziglang cc -target aarch64-macos "$@"
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_apple_compiler_is_given_only_what_zig_knows() {
        let folder = std::env::temp_dir().join(format!("apple-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let body = apple_arguments("/zig", Path::new("/empty.c"));
        // The same script, saying what it would run.
        let says = folder.join("cc");
        script(&says, &body.replace("exec python3 -m ziglang", "echo")).unwrap();
        let mut compile = command(
            says.to_str().unwrap(),
            ["-O2", "-arch", "arm64", "a b.c", "x.m", "-mmacosx-version-min=11.0"],
        );
        let said = read(&mut compile);
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(said.unwrap().trim(), "cc -target aarch64-macos -O2 a b.c /empty.c");
    }
}
