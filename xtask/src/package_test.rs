//! The life of the package in a clean Debian or Ubuntu: installed, used, upgraded, removed.
//!
//! The root is a folder with nothing in it but the smallest system. The program runs inside it, on a virtual
//! desktop that stands outside: bus, screen and network are reached as on any computer.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, bail};
use clap::Args;

use crate::{
    cmd::{command, os_release, read, run, script, step, target, whole},
    dist, machine,
};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Wrap this program, and that of its window beside it, instead of building them.
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
    /// Leave the root as it is at the end, to look at.
    #[arg(long)]
    keep: bool,
}

/// The number under which the same program is installed first, to be upgraded.
const PREDECESSOR: &str = "0.0.1";

/// Bind mounts live in a namespace that ends with the test: nothing can be left mounted.
const INSIDE: &str = r#"set -e
mount --rbind /tmp "$ROOT/tmp"
mount --rbind /dev "$ROOT/dev"
mount -t proc proc "$ROOT/proc"
mount --bind "$ARCHIVES" "$ROOT/var/cache/apt/archives"
exec "$@"
"#;

pub(crate) fn test(options: &Options) -> Result<()> {
    step("machine", machine::can_test_packages)?;
    if read(&mut command("id", ["-u"]))?.trim() != "0" {
        bail!(
            "a root of its own is root's to make: sudo env PATH=\"$PATH\" cargo xtask package-test"
        );
    }
    let folder = target().join("package-test");
    let release = dist::Release::here()?;
    let program = options.program.clone().map_or_else(dist::build, Ok)?;
    let (old, new) = step("packages", || {
        Ok((
            dist::deb(&release.called(PREDECESSOR), &program, &folder)?,
            dist::deb(&release, &program, &folder)?,
        ))
    })?;
    let root = folder.join("root");
    step("clean root", || clean_root(&folder, &root))?;
    step("test program", || run(&mut whole(&["build", "--bin", "package_life"])))?;
    step("life of the package", || {
        let archives = folder.join("archives");
        fs::create_dir_all(archives.join("partial"))?;
        let inside = folder.join("pachca-status");
        script(
            &inside,
            &format!("exec chroot '{}' /usr/bin/pachca-status \"$@\"\n", root.display()),
        )?;
        let life = target().join("debug/package_life");
        let mut test = command("unshare", ["--mount", "--", "sh", "-c", INSIDE, "sh"]);
        test.arg(life).arg(&root).arg(&old).arg(&new);
        test.env("ROOT", &root).env("ARCHIVES", &archives).env("PACHCA_STATUS_BIN", &inside);
        run(&mut test)
    })?;
    if options.keep { Ok(()) } else { dist::remove(&root) }
}

/// A fresh copy of the smallest system.
fn clean_root(folder: &Path, root: &Path) -> Result<()> {
    let base = folder.join("base");
    if !base.join("usr/sbin/policy-rc.d").is_file() {
        dist::remove(&base)?;
        let mut make = command("debootstrap", ["--variant=minbase", "--components=main,universe"]);
        run(make.arg(os_release("VERSION_CODENAME")?).arg(&base).arg(mirror()?))?;
        // Last, as the mark that it is complete: packages must not start anything in here.
        script(&base.join("usr/sbin/policy-rc.d"), "exit 101\n")?;
    }
    dist::remove(root)?;
    run(command("cp", ["--archive"]).arg(&base).arg(root))
}

/// Where this machine's system comes from. Its libraries are those the package was made for.
fn mirror() -> Result<&'static str> {
    Ok(match (os_release("ID")?.as_str(), std::env::consts::ARCH) {
        ("ubuntu", "x86_64") => "http://archive.ubuntu.com/ubuntu",
        ("ubuntu", _) => "http://ports.ubuntu.com/ubuntu-ports",
        // Debian has no component called universe, and does not mind.
        _ => "http://deb.debian.org/debian",
    })
}
