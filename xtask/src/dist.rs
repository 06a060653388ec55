//! Packages this machine can make: `.deb` and `.rpm`, the same bytes from the same commit.
//!
//! The files of a package are staged once; `dpkg-deb` and `rpmbuild` only wrap them. Tauri's own bundler is left to the
//! systems where it is the only choice (see `docs/release.md`): it does not set the times of files, so no two of its
//! packages are equal, and it has no place for what Debian expects beside a program.

mod changes;
mod completions;
mod deb;
mod notices;
mod release;
mod rpm;
mod tree;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};
use clap::Args;

use self::release::name;
pub(crate) use self::release::{Release, WINDOW_PROGRAM, remove};
use crate::{
    cmd::{answers, cargo, command, megabytes, read, root, run, step, target},
    machine, ui,
};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Build everything a second time from nothing and fail if a byte differs.
    #[arg(long, conflicts_with = "program")]
    twice: bool,
    /// Wrap this program, and that of its window beside it, instead of building them.
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
}

/// The licence texts of everything that is compiled into the program.
pub(crate) fn notices() -> Result<String> {
    notices::collect()
}

fn shelf() -> PathBuf {
    root().join("dist")
}

/// Builds the packages of this machine and says what they are.
pub(crate) fn dist(options: &Options) -> Result<()> {
    step("machine", machine::can_package)?;
    let release = Release::here()?;
    if !read(&mut command("git", ["status", "--porcelain", "--untracked-files=no"]))?.is_empty() {
        eprintln!(
            "   the working copy differs from its commit: these packages are for trying out, not for release"
        );
    }
    let program = options.program.clone().map_or_else(build, Ok)?;
    let shelf = shelf();
    let packages = package(&release, &program, &shelf)?;
    step("lint", || lint(&packages))?;
    if options.twice {
        step("the same again", || {
            let first = target().join("dist-first");
            remove(&first)?;
            fs::rename(target().join("dist"), &first)?;
            let again = package(&release, &build()?, &target().join("dist-again"))?;
            compare(&packages, &again)
        })?;
    }
    let sums = checksums(&packages)?;
    fs::write(shelf.join("SHA256SUMS"), &sums)?;
    println!("\nPachca Status {} of {}", release.version, release.date("+%F %T UTC")?);
    for (package, sum) in packages.iter().zip(sums.lines()) {
        let size = fs::metadata(package)?.len();
        let sum = sum.split_whitespace().next().unwrap_or_default();
        println!("{:40} {:>6.2} MB  {sum}", name(package), megabytes(size));
    }
    println!(
        "{:40} {:>6.2} MB",
        "installed",
        megabytes(tree::size(&tree::folder(&release, "deb"))?)
    );
    Ok(())
}

/// Bytes of what a package puts on the disk, when packages have been made here.
pub(crate) fn installed_size() -> Result<Option<u64>> {
    let folder = tree::folder(&Release::here()?, "deb");
    folder.is_dir().then(|| tree::size(&folder)).transpose()
}

/// What is compiled into them for a package, which is the package manager's to update.
pub(crate) const FEATURES: [&str; 3] =
    ["--no-default-features", "--features", "status-app/program,status-tauri/window-program"];

/// Compiles the program and that of its window as they are released.
pub(crate) fn build() -> Result<PathBuf> {
    ui::ready()?;
    step("release build", || {
        let target = target().join("dist");
        // Where the sources and libraries lie on this machine is nobody's business, and differs elsewhere.
        let home = std::env::var("CARGO_HOME").map_or_else(
            |_| PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cargo"),
            PathBuf::from,
        );
        // The last match wins: the innermost folder comes last.
        let flags = [(home.as_path(), "/cargo"), (&root(), "/pachca-status"), (&target, "/target")]
            .map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()));
        let mut build =
            cargo(["build", "--release", "--locked", "-p", "status-app", "-p", "status-tauri"]);
        build
            .arg("--target-dir")
            .arg(&target)
            .args(FEATURES)
            .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
        run(&mut build)?;
        Ok(target.join("release/pachca-status"))
    })
}

fn package(release: &Release, program: &Path, shelf: &Path) -> Result<Vec<PathBuf>> {
    fs::create_dir_all(shelf)?;
    Ok(vec![
        step("deb", || deb::wrap(release, program, shelf))?,
        step("rpm", || rpm::wrap(release, program, shelf))?,
    ])
}

pub(crate) fn deb(release: &Release, program: &Path, shelf: &Path) -> Result<PathBuf> {
    fs::create_dir_all(shelf)?;
    deb::wrap(release, program, shelf)
}

fn lint(packages: &[PathBuf]) -> Result<()> {
    for package in packages {
        let is_deb = package.extension().is_some_and(|extension| extension == "deb");
        if is_deb {
            // Only what is wrong by Debian's own policy stops a release; `lintian -i` explains the rest.
            let mut lintian = command(
                "lintian",
                ["--allow-root", "--no-cfg", "--fail-on", "error", "--pedantic"],
            );
            run(lintian.arg(package))?;
        } else if answers("rpmlint", &["--version"]) {
            // Its advice depends on the distribution it runs on.
            let config = root().join("packaging/rpm/rpmlint.toml");
            run(Command::new("rpmlint").arg("--config").arg(config).arg(package))?;
        }
    }
    Ok(())
}

fn compare(packages: &[PathBuf], again: &[PathBuf]) -> Result<()> {
    for (one, other) in packages.iter().zip(again) {
        if fs::read(one)? != fs::read(other)? {
            bail!("{} and {} differ; diffoscope shows where", one.display(), other.display());
        }
        eprintln!("   {}: the same bytes", name(one));
    }
    Ok(())
}

/// In the form `sha256sum --check` reads.
fn checksums(packages: &[PathBuf]) -> Result<String> {
    read(command("sha256sum", packages.iter().map(|package| name(package))).current_dir(shelf()))
}
