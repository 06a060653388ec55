//! The Debian package. Policy: <https://www.debian.org/doc/debian-policy/>.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

use super::{
    changes, completions,
    release::{Release, name, remove},
    tree,
    tree::Tree,
};
use crate::cmd::{command, read, root, run};

/// The revision of the packaging; the program's version stands before it.
const REVISION: &str = "1";

pub(super) fn wrap(release: &Release, program: &Path, shelf: &Path) -> Result<PathBuf> {
    let version = format!("{}-{REVISION}", release.version);
    let packaging = root().join("packaging/debian");
    let tree = Tree::stage(release, "deb", program)?;
    completions::add(&tree, "vendor-completions")?;
    let document = |name: &str| format!("usr/share/doc/pachca-status/{name}");
    tree.copy(&packaging.join("copyright"), &document("copyright"))?;
    let control = fs::read_to_string(packaging.join("control"))?;
    let changelog = changes::debian(release, &version)?;
    tree.write_compressed(&document("changelog.Debian"), changelog)?;

    let architecture = read(&mut command("dpkg", ["--print-architecture"]))?.trim().to_owned();
    let kibibytes = tree::size(tree.root())?.div_ceil(1024);
    let libraries = libraries(release, &tree.programs())?;
    let control = control
        .replace("@DEB_VERSION@", &version)
        .replace("@ARCH@", &architecture)
        .replace("@SIZE@", &kibibytes.to_string())
        .replace("@SHLIBS@", &libraries);
    let sums = sums(&tree)?;
    tree.write("DEBIAN/control", control)?;
    tree.write("DEBIAN/md5sums", sums)?;
    tree.finish()?;

    let package = shelf.join(format!("pachca-status_{version}_{architecture}.deb"));
    // One thread: several would cut the archive into pieces by their number.
    let mut build = command("dpkg-deb", ["--root-owner-group", "-Zxz", "-z9", "--build"]);
    build
        .arg(tree.root())
        .arg(&package)
        .env("SOURCE_DATE_EPOCH", &release.epoch)
        .env("DPKG_DEB_THREADS_MAX", "1");
    run(&mut build)?;
    eprintln!("   {}: needs {libraries}", name(&package));
    Ok(package)
}

/// The packages and versions whose libraries the programs are linked with.
fn libraries(release: &Release, programs: &[PathBuf]) -> Result<String> {
    // dpkg-shlibdeps wants to stand in a source package.
    let source = tree::folder(release, "shlibdeps");
    remove(&source)?;
    fs::create_dir_all(source.join("debian"))?;
    fs::write(
        source.join("debian/control"),
        "Source: pachca-status\n\nPackage: pachca-status\nArchitecture: any\n",
    )?;
    let mut find = command("dpkg-shlibdeps", ["-O"]);
    let answer = read(find.args(programs).current_dir(&source))?;
    let libraries = answer.lines().find_map(|line| line.strip_prefix("shlibs:Depends="));
    Ok(libraries.context("dpkg-shlibdeps found no library")?.to_owned())
}

/// As `debsums` reads it.
fn sums(tree: &Tree) -> Result<String> {
    let mut sums = String::new();
    for file in tree.files()? {
        let path = file.trim_start_matches('/');
        let answer = read(command("md5sum", ["--", path]).current_dir(tree.root()))?;
        let _ = writeln!(sums, "{}", answer.trim_end());
    }
    Ok(sums)
}
