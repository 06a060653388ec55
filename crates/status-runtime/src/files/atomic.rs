//! Reading and writing one small file so that it is old or new, whatever happens.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

/// Largest file that is read. Two hundred presets with full messages come to less than a tenth of it.
const FILE_MAX: u64 = 4 * 1024 * 1024;

/// What is in a file's place.
#[derive(Debug)]
pub(crate) enum Found {
    /// Nothing.
    Absent,
    /// A file with this content.
    Content(Vec<u8>),
    /// A file over the limit; it can be set aside.
    TooLarge,
    /// A link, a folder, a pipe, or a file that may not be read: not to be touched.
    Foreign(io::Error),
}

/// A point in a write at which the power may fail. Tests let it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The temporary file is there, empty.
    Created,
    /// The content is in it, perhaps only in memory.
    Written,
    /// The content is on disk.
    Synced,
    /// The present file is the backup as well.
    BackedUp,
    /// The new file is in place.
    Renamed,
}

/// Reads a file that must be a plain one of ours.
pub(crate) fn read(path: &Path) -> Found {
    match try_read(path) {
        Ok(Some(content)) => Found::Content(content),
        Ok(None) => Found::TooLarge,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Found::Absent,
        Err(error) => Found::Foreign(error),
    }
}

fn try_read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // A link is not followed, and a pipe that nobody writes to is not waited for.
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        options.custom_flags(flags.bits().cast_signed());
    }
    let file = options.open(path)?;
    if !file.metadata()?.is_file() || !fs::symlink_metadata(path)?.is_file() {
        return Err(not_plain());
    }
    let mut content = Vec::new();
    file.take(FILE_MAX + 1).read_to_end(&mut content)?;
    Ok((content.len() as u64 <= FILE_MAX).then_some(content))
}

fn not_plain() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "not a regular file")
}

/// Puts `content` in `path`'s place. On an error the old file is as it was.
///
/// `step` is told how far it came and can stop it there.
pub(crate) fn write(
    path: &Path,
    content: &[u8],
    keep_backup: bool,
    mut step: impl FnMut(Step) -> io::Result<()>,
) -> io::Result<()> {
    let folder = folder_of(path);
    make_private_folder(folder)?;
    if fs::symlink_metadata(path).is_ok_and(|there| !there.is_file()) {
        return Err(not_plain());
    }
    // `tempfile` makes it readable by its owner only.
    let mut file = tempfile::Builder::new()
        .prefix(&temporary_prefix(path))
        .suffix(".tmp")
        .tempfile_in(folder)?;
    step(Step::Created)?;
    file.write_all(content)?;
    step(Step::Written)?;
    file.as_file().sync_all()?;
    step(Step::Synced)?;
    if keep_backup {
        back_up(path)?;
        step(Step::BackedUp)?;
    }
    file.persist(path).map_err(|error| error.error)?;
    step(Step::Renamed)?;
    sync_folder(folder)
}

/// The backup beside a file.
pub(crate) fn backup_of(path: &Path) -> PathBuf {
    beside(path, ".bak")
}

/// Removes what interrupted writes of this file left behind. Only for whoever holds the lock.
pub(crate) fn sweep(path: &Path) {
    let prefix = temporary_prefix(path);
    let Ok(entries) = fs::read_dir(folder_of(path)) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(&prefix) && name.ends_with(".tmp") {
            // Left for the next start if it cannot be removed now: it is in nobody's way.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Makes a folder that only its owner can look into.
pub(crate) fn make_private_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// `path` with `suffix` added to its name.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().expect("a file of ours lies in a folder")
}

fn temporary_prefix(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    format!(".{name}.")
}

/// Makes the present file the backup as well: a second name for it, so that it costs no copy and is never half.
fn back_up(path: &Path) -> io::Result<()> {
    if !path.exists() {
        return Ok(());
    }
    let backup = backup_of(path);
    let passing = folder_of(path).join(format!("{}bak.tmp", temporary_prefix(path)));
    // May be there from an interrupted write.
    let _ = fs::remove_file(&passing);
    if fs::hard_link(path, &passing).is_err() {
        // Some file systems have no second names.
        fs::copy(path, &passing)?;
        File::open(&passing)?.sync_all()?;
    }
    fs::rename(&passing, &backup)?;
    // Renaming onto another name of the same file does nothing, and leaves it.
    let _ = fs::remove_file(&passing);
    Ok(())
}

/// Makes the names in a folder last.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Windows writes names through with the rename and has no way to ask for it.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "the same signature as on unix")]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
