//! The files of a package as they will lie on the disk.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

use super::{
    notices,
    release::{Release, WINDOW_PROGRAM, remove},
};
use crate::cmd::{command, read, root, run, target};

/// A folder that stands for `/`.
#[derive(Debug)]
pub(super) struct Tree {
    root: PathBuf,
    release: Release,
}

/// Where the program lies in a package, and where that of the window, which nobody starts by hand.
const PROGRAMS: [&str; 2] = ["usr/bin/pachca-status", "usr/lib/pachca-status/pachca-status-window"];

/// Where the files for one kind of package are staged.
pub(super) fn folder(release: &Release, kind: &str) -> PathBuf {
    target().join("package").join(&release.version).join(kind)
}

impl Tree {
    /// What every kind of package carries.
    pub(super) fn stage(release: &Release, kind: &str, program: &Path) -> Result<Self> {
        let tree = Self { root: folder(release, kind), release: release.clone() };
        remove(&tree.root)?;
        for (program, place) in
            [program.to_owned(), program.with_file_name(WINDOW_PROGRAM)].iter().zip(PROGRAMS)
        {
            tree.copy(program, place)?;
            fs::set_permissions(tree.root.join(place), fs::Permissions::from_mode(0o755))?;
        }

        let packaging = root().join("packaging");
        tree.copy(
            &packaging.join("pachca-status.desktop"),
            "usr/share/applications/pachca-status.desktop",
        )?;
        let metainfo = "dev.pachca-status.desktop.metainfo.xml";
        let target = format!("usr/share/metainfo/{metainfo}");
        tree.write(&target, tree.filled(&packaging.join(metainfo))?)?;
        run(command("appstreamcli", ["validate", "--no-net"]).arg(tree.root.join(&target)))?;
        for (source, folder) in [("pachca-status.1", "man1"), ("ru/pachca-status.1", "ru/man1")] {
            let page = tree.filled(&packaging.join("man").join(source))?;
            tree.write_compressed(&format!("usr/share/man/{folder}/pachca-status.1"), page)?;
        }
        tree.copy_folder(&root().join("icons/hicolor"), "usr/share/icons/hicolor")?;
        let document = |name: &str| format!("usr/share/doc/pachca-status/{name}");
        tree.write_compressed(&document("changelog"), fs::read(root().join("CHANGELOG.md"))?)?;
        tree.write_compressed(&document("THIRD-PARTY"), notices::collect()?)?;
        Ok(tree)
    }

    pub(super) fn programs(&self) -> [PathBuf; 2] {
        PROGRAMS.map(|place| self.root.join(place))
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// A template with the version and its day filled in.
    pub(super) fn filled(&self, template: &Path) -> Result<String> {
        let text = fs::read_to_string(template).with_context(|| template.display().to_string())?;
        Ok(text
            .replace("@VERSION@", &self.release.version)
            .replace("@DATE@", &self.release.date("+%F")?))
    }

    pub(super) fn write(&self, path: &str, contents: impl AsRef<[u8]>) -> Result<()> {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("a path below the root"))?;
        fs::write(&path, contents).with_context(|| path.display().to_string())?;
        Ok(fs::set_permissions(&path, fs::Permissions::from_mode(0o644))?)
    }

    /// Adds a file as `path.gz`, without its name and time inside.
    pub(super) fn write_compressed(&self, path: &str, contents: impl AsRef<[u8]>) -> Result<()> {
        self.write(path, contents)?;
        run(command("gzip", ["-9", "--no-name", "--force"]).arg(self.root.join(path)))
    }

    pub(super) fn copy(&self, from: &Path, path: &str) -> Result<()> {
        self.write(path, fs::read(from).with_context(|| from.display().to_string())?)
    }

    fn copy_folder(&self, from: &Path, path: &str) -> Result<()> {
        for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
            let entry = entry?;
            let path = format!("{path}/{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                self.copy_folder(&entry.path(), &path)?;
            } else {
                self.copy(&entry.path(), &path)?;
            }
        }
        Ok(())
    }

    /// Every file, as the path it will have, in a fixed order.
    pub(super) fn files(&self) -> Result<Vec<String>> {
        let mut files = Vec::new();
        let mut folders = vec![self.root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let inside = path.strip_prefix(&self.root).expect("found under the root");
                    files.push(format!("/{}", inside.display()));
                }
            }
        }
        files.sort();
        Ok(files)
    }

    /// Gives everything the time of the release and the permissions of a package, whatever the umask was.
    pub(super) fn finish(&self) -> Result<()> {
        let mut folders = vec![self.root.clone()];
        while let Some(folder) = folders.pop() {
            fs::set_permissions(&folder, fs::Permissions::from_mode(0o755))?;
            for entry in fs::read_dir(&folder)? {
                let entry = entry?;
                if entry.file_type()?.is_dir() {
                    folders.push(entry.path());
                }
            }
        }
        let time = format!("--date=@{}", self.release.epoch);
        let mut touch = command("find", [&self.root]);
        run(touch.args(["-exec", "touch", "--no-dereference", &time, "{}", "+"]))
    }
}

/// Bytes on the disk, as `du` counts them.
pub(super) fn size(folder: &Path) -> Result<u64> {
    let answer =
        read(command("du", ["--summarize", "--apparent-size", "--block-size=1"]).arg(folder))?;
    Ok(answer.split_whitespace().next().unwrap_or_default().parse()?)
}
