//! A small log for the rare day somebody needs one: failures and changes of state, one line each.
//!
//! It is written by hand rather than through a logging framework, because what may be in it is the point: only names
//! from this program, numbers and server ids, never a token, a status, a name or an address. Other crates cannot write
//! into it.

use std::{
    fmt::Write as _,
    fs::{self, File, OpenOptions},
    io::Write as _,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use jiff::Timestamp;

/// A file is put away at this size, in bytes.
const FILE_MAX: u64 = 1024 * 1024;
/// This many files in all.
const FILES: usize = 3;
/// Longest value, in characters.
const VALUE_MAX: usize = 200;

/// The log. Failures to write it are nobody's problem.
#[derive(Debug)]
pub(crate) struct Journal {
    inner: Mutex<Option<Inner>>,
}

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    file: File,
    size: u64,
}

impl Journal {
    /// Opens the log in this folder.
    pub(crate) fn open(folder: &Path) -> Self {
        Self { inner: Mutex::new(Inner::open(folder)) }
    }

    /// Writes a line: the moment, what happened, and facts about it. `event` and the names are this program's own words.
    pub(crate) fn note(&self, event: &'static str, facts: &[(&'static str, &str)]) {
        let mut line = format!("{} {event}", Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S.%3fZ"));
        for (name, value) in facts {
            let value: String = value.chars().take(VALUE_MAX).collect();
            // Escaped as Rust escapes it: a line break in a value stays one line.
            let _ = write!(line, " {name}={value:?}");
        }
        line.push('\n');
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(inner) = &mut *inner {
            inner.append(line.as_bytes());
        }
    }
}

impl Inner {
    fn open(folder: &Path) -> Option<Self> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt;
            builder.mode(0o700);
        }
        builder.create(folder).ok()?;
        let path = folder.join("pachca-status.log");
        let file = open(&path)?;
        let size = file.metadata().ok()?.len();
        Some(Self { path, file, size })
    }

    fn append(&mut self, line: &[u8]) {
        if self.size + line.len() as u64 > FILE_MAX {
            self.rotate();
        }
        if self.file.write_all(line).is_ok() {
            self.size += line.len() as u64;
        }
    }

    fn rotate(&mut self) {
        let numbered = |number: usize| self.path.with_extension(format!("{number}.log"));
        for number in (1..FILES - 1).rev() {
            let _ = fs::rename(numbered(number), numbered(number + 1));
        }
        let _ = fs::rename(&self.path, numbered(1));
        if let Some(file) = open(&self.path) {
            self.file = file;
            self.size = 0;
        }
    }
}

fn open(path: &Path) -> Option<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600).custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
    }
    options.open(path).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_fills_three_files_of_a_megabyte_and_no_more() {
        let folder = tempfile::tempdir().expect("a folder for tests");
        let journal = Journal::open(folder.path());
        let value = "x".repeat(VALUE_MAX);
        for _ in 0..20_000 {
            journal.note("flood", &[("value", &value)]);
        }
        let sizes: Vec<u64> = fs::read_dir(folder.path())
            .expect("the folder is there")
            .map(|entry| entry.expect("an entry").metadata().expect("a file").len())
            .collect();
        assert_eq!(sizes.len(), FILES);
        assert!(sizes.iter().all(|&size| size <= FILE_MAX), "{sizes:?}");
    }

    #[test]
    fn a_line_break_in_a_value_stays_one_line() {
        let folder = tempfile::tempdir().expect("a folder for tests");
        let journal = Journal::open(folder.path());
        journal.note("request", &[("id", "a\nstart everything=\"is fine\"")]);
        let text = fs::read_to_string(folder.path().join("pachca-status.log")).expect("the log");
        assert_eq!(text.lines().count(), 1, "{text}");
    }
}
