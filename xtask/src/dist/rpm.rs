//! The RPM package, for Fedora, openSUSE and their kin.

use std::{
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

pub(super) fn wrap(release: &Release, program: &Path, shelf: &Path) -> Result<PathBuf> {
    let tree = Tree::stage(release, "rpm", program)?;
    tree.copy(&root().join("LICENSE"), "usr/share/licenses/pachca-status/LICENSE")?;
    completions::add(&tree, "site-functions")?;
    tree.finish()?;

    let work = tree::folder(release, "rpmbuild");
    remove(&work)?;
    fs::create_dir_all(&work)?;
    let spec = work.join("pachca-status.spec");
    let template = tree.filled(&root().join("packaging/rpm/pachca-status.spec"))?;
    let changelog = changes::rpm(release, &format!("{}-1", release.version))?;
    let filled =
        template.replace("@FILES@", &listed(&tree.files()?)).replace("@CHANGELOG@", &changelog);
    fs::write(&spec, filled)?;
    let mut build = command("rpmbuild", ["-bb", "--quiet"]);
    for (name, value) in [("_topdir", &work), ("staged", &tree.root().to_owned())] {
        build.arg("--define").arg(format!("{name} {}", value.display()));
    }
    build.arg(&spec).env("SOURCE_DATE_EPOCH", &release.epoch);
    run(&mut build)?;

    let architecture = read(&mut command("rpm", ["--eval", "%{_arch}"]))?.trim().to_owned();
    let made = fs::read_dir(work.join("RPMS").join(architecture))?
        .next()
        .context("rpmbuild made no package")??;
    let package = shelf.join(made.file_name());
    fs::copy(made.path(), &package)?;
    eprintln!("   {}", name(&package));
    Ok(package)
}

/// The `%files` section: documents, manual pages and licences marked as such, the folders that are ours alone.
fn listed(files: &[String]) -> String {
    let own = ["lib", "share/doc", "share/licenses"]
        .map(|folder| format!("%dir /usr/{folder}/pachca-status"));
    let files = files.iter().map(|file| {
        if file.starts_with("/usr/share/doc/") {
            format!("%doc %attr(0644,root,root) {file}")
        } else if file.starts_with("/usr/share/licenses/") {
            format!("%license %attr(0644,root,root) {file}")
        } else if file.starts_with("/usr/bin/") || file.starts_with("/usr/lib/") {
            format!("%attr(0755,root,root) {file}")
        } else if let Some(rest) = file.strip_prefix("/usr/share/man/ru/") {
            format!("%lang(ru) %attr(0644,root,root) /usr/share/man/ru/{rest}")
        } else {
            format!("%attr(0644,root,root) {file}")
        }
    });
    own.into_iter().chain(files).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_marked_by_where_they_lie() {
        let files = [
            "/usr/bin/pachca-status",
            "/usr/lib/pachca-status/pachca-status-window",
            "/usr/share/doc/pachca-status/changelog.gz",
            "/usr/share/man/ru/man1/p.1.gz",
        ];
        let listed = listed(&files.map(str::to_owned));
        let lines = listed.lines().skip(3).collect::<Vec<_>>();
        assert_eq!(
            lines,
            [
                "%attr(0755,root,root) /usr/bin/pachca-status",
                "%attr(0755,root,root) /usr/lib/pachca-status/pachca-status-window",
                "%doc %attr(0644,root,root) /usr/share/doc/pachca-status/changelog.gz",
                "%lang(ru) %attr(0644,root,root) /usr/share/man/ru/man1/p.1.gz",
            ]
        );
    }
}
