//! A versioned JSON document: read as far as it can be, set aside when it is damaged, rewritten without losing what a
//! newer version may have put there.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use jiff::{SignedDuration, Timestamp};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use status_core::Notice;

use super::atomic::{self, Found};

/// The version this program writes.
const VERSION: u64 = 2;
/// How many damaged files are kept.
const DAMAGED_KEPT: usize = 3;

/// What a file holds, and how older versions of it are read.
pub(super) trait Content: Default + Serialize + DeserializeOwned {
    /// Brings what a file of version 1 says into the form of version 2.
    fn upgrade(found: &mut Value);
}

/// A document as it was found.
#[derive(Debug)]
pub(super) struct Document<T> {
    /// What could be read; defaults for the rest.
    pub(super) value: T,
    /// The JSON it came from, with fields this version does not know.
    pub(super) raw: Value,
    /// What to tell the person.
    pub(super) notice: Option<Notice>,
    /// It must not be written.
    pub(super) read_only: bool,
    /// The file is damaged or gone, and what was read should be written in its place.
    pub(super) rewrite: bool,
}

/// How the content of one file turned out.
enum Reading<T> {
    Whole(T, Value),
    /// Some fields were lost.
    Partial(T, Value),
    Newer(T, Value),
    Damaged,
}

impl<T: Content> Document<T> {
    /// Reads the document at `path`, or its backup when `with_backup` and the document itself is no good.
    pub(super) fn load(path: &Path, with_backup: bool, now: Timestamp) -> Self {
        let content = match atomic::read(path) {
            Found::Content(content) => content,
            Found::Absent => {
                // The file was set aside and the program ended before it wrote a new one; or this is the first start.
                let backup = if with_backup { Self::backup(path) } else { None };
                let rewrite = backup.is_some();
                let (value, raw) = backup.unwrap_or_else(|| (T::default(), blank::<T>()));
                return Self { value, raw, notice: None, read_only: false, rewrite };
            }
            Found::TooLarge => return Self::after_damage(path, with_backup, now),
            Found::Foreign(error) => return Self::untouchable(path, &error),
        };
        match parse::<T>(&content) {
            Reading::Whole(value, raw) => {
                Self { value, raw, notice: None, read_only: false, rewrite: false }
            }
            Reading::Newer(value, raw) => {
                let notice = Notice::FileFromNewerVersion { path: path.display().to_string() };
                Self { value, raw, notice: Some(notice), read_only: true, rewrite: false }
            }
            Reading::Partial(value, raw) => match set_aside(path, now) {
                Ok(aside) => Self {
                    value,
                    raw,
                    notice: Some(damaged(&aside, true)),
                    read_only: false,
                    rewrite: true,
                },
                Err(error) => {
                    Self { read_only: true, ..Self::untouchable(path, &error).with(value, raw) }
                }
            },
            Reading::Damaged => Self::after_damage(path, with_backup, now),
        }
    }

    fn after_damage(path: &Path, with_backup: bool, now: Timestamp) -> Self {
        let backup = if with_backup { Self::backup(path) } else { None };
        let restored = backup.is_some();
        let (value, raw) = backup.unwrap_or_else(|| (T::default(), blank::<T>()));
        match set_aside(path, now) {
            Ok(aside) => Self {
                value,
                raw,
                notice: Some(damaged(&aside, restored)),
                read_only: false,
                rewrite: restored,
            },
            Err(error) => Self::untouchable(path, &error).with(value, raw),
        }
    }

    fn untouchable(path: &Path, error: &io::Error) -> Self {
        let notice =
            Notice::CannotSave { path: path.display().to_string(), reason: error.to_string() };
        Self {
            value: T::default(),
            raw: blank::<T>(),
            notice: Some(notice),
            read_only: true,
            rewrite: false,
        }
    }

    fn with(self, value: T, raw: Value) -> Self {
        Self { value, raw, ..self }
    }

    fn backup(path: &Path) -> Option<(T, Value)> {
        let Found::Content(content) = atomic::read(&atomic::backup_of(path)) else { return None };
        match parse::<T>(&content) {
            Reading::Whole(value, raw) | Reading::Partial(value, raw) => Some((value, raw)),
            Reading::Newer(..) | Reading::Damaged => None,
        }
    }
}

/// `value` as it is written: over `raw`, so that fields this version does not know stay.
pub(super) fn compose<T: Serialize>(value: &T, raw: &Value) -> Vec<u8> {
    let mut document = overlay(raw, to_json(value), 3);
    if let Value::Object(fields) = &mut document {
        fields.insert("version".to_owned(), VERSION.into());
    }
    let mut content = serde_json::to_vec_pretty(&document).expect("JSON in memory can be written");
    content.push(b'\n');
    content
}

fn to_json<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).expect("our own types have text keys and finite numbers")
}

fn blank<T: Default + Serialize>() -> Value {
    to_json(&T::default())
}

fn parse<T: Content>(content: &[u8]) -> Reading<T> {
    let Ok(mut found @ Value::Object(_)) = serde_json::from_slice::<Value>(content) else {
        return Reading::Damaged;
    };
    let Some(version) = found.get("version").and_then(Value::as_u64).filter(|&version| version > 0)
    else {
        return Reading::Damaged;
    };
    if version < VERSION {
        T::upgrade(&mut found);
    }
    let fits = |candidate: &Value| T::deserialize(candidate).is_ok();
    let mut raw = blank::<T>();
    let whole = graft(&mut raw, "", &found, &fits);
    let value = T::deserialize(&raw).expect("every graft was checked");
    match (version > VERSION, whole) {
        (true, _) => Reading::Newer(value, raw),
        (false, true) => Reading::Whole(value, raw),
        (false, false) => Reading::Partial(value, raw),
    }
}

/// Puts as much of `found` as fits into `document` at `pointer`: all of it, or else field by field and element by
/// element. Says whether all of it went in.
fn graft(
    document: &mut Value,
    pointer: &str,
    found: &Value,
    fits: &dyn Fn(&Value) -> bool,
) -> bool {
    let Some(place) = document.pointer_mut(pointer) else { return false };
    let before = std::mem::replace(place, found.clone());
    if fits(document) {
        return true;
    }
    let fields_before = before.is_object();
    *document.pointer_mut(pointer).expect("it was there a moment ago") = before;
    match found {
        Value::Object(fields) if fields_before => {
            for (name, value) in fields {
                let escaped = name.replace('~', "~0").replace('/', "~1");
                if let Some(Value::Object(known)) = document.pointer_mut(pointer) {
                    known.entry(name).or_insert(Value::Null);
                }
                graft(document, &format!("{pointer}/{escaped}"), value, fits);
            }
        }
        Value::Array(elements) => {
            let mut kept = Vec::new();
            for element in elements {
                let place = document.pointer_mut(pointer).expect("it was there a moment ago");
                let mut tried = kept.clone();
                tried.push(element.clone());
                let before = std::mem::replace(place, Value::Array(tried));
                if fits(document) {
                    kept.push(element.clone());
                } else {
                    *document.pointer_mut(pointer).expect("it was there a moment ago") = before;
                }
            }
        }
        _ => {}
    }
    false
}

/// `new` over `old`: fields only `old` has stay, down to `depth` levels; list elements are matched by their `id`.
fn overlay(old: &Value, new: Value, depth: u8) -> Value {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) if depth > 0 => {
            let mut fields: Map<String, Value> = old.clone();
            for (name, value) in new {
                let value = match old.get(&name) {
                    Some(before) => overlay(before, value, depth - 1),
                    None => value,
                };
                fields.insert(name, value);
            }
            Value::Object(fields)
        }
        (Value::Array(old), Value::Array(new)) if depth > 0 => {
            let before = |id: &Value| old.iter().find(|element| element.get("id") == Some(id));
            let merged = new.into_iter().map(|element| match element.get("id").and_then(before) {
                Some(before) => overlay(before, element, 1),
                None => element,
            });
            Value::Array(merged.collect())
        }
        (_, new) => new,
    }
}

fn damaged(aside: &Path, restored: bool) -> Notice {
    Notice::FileDamaged { path: aside.display().to_string(), restored }
}

/// Gives a damaged file another name, and forgets all but the newest few of those.
fn set_aside(path: &Path, now: Timestamp) -> io::Result<PathBuf> {
    // To the millisecond, and never a name that is taken: a damaged file is not written over either.
    let mut at = now;
    let mut aside;
    loop {
        aside = atomic::beside(path, &format!(".damaged-{}", at.strftime("%Y%m%dT%H%M%S%3f")));
        if fs::symlink_metadata(&aside).is_err() {
            break;
        }
        at = at.saturating_add(SignedDuration::from_millis(1)).unwrap_or(at);
    }
    fs::rename(path, &aside)?;
    forget_oldest(path);
    Ok(aside)
}

fn forget_oldest(path: &Path) {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return };
    let prefix = format!("{}.damaged-", name.to_string_lossy());
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut kept: Vec<PathBuf> = entries
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(&prefix))
        .map(|entry| entry.path())
        .collect();
    // The names hold the time, so they sort by it.
    kept.sort();
    for old in kept.iter().rev().skip(DAMAGED_KEPT) {
        // One damaged file too many is no harm.
        let _ = fs::remove_file(old);
    }
}
