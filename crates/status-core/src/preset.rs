//! Saved statuses, the list of them, and their file for other people.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::draft::Draft;
use crate::expiry::{Expiry, MINUTES_MAX};
use crate::status::{AWAY_MESSAGE_MAX, Emoji, Invalid, Title};

/// Most presets kept; an import that would go over is refused whole.
pub const PRESETS_MAX: usize = 200;
/// Most bytes of a file that is looked at: 200 presets with the longest texts fit three times.
pub const IMPORT_BYTES_MAX: usize = 4 * 1024 * 1024;

const FORMAT: &str = "pachca-status-presets";
const VERSION: u64 = 1;
const ID_MAX: usize = 40;

/// Names a preset for good: stays the same when it is edited or moved. 1 to 40 characters of `a-z0-9-`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(transparent)]
pub struct PresetId(pub String);

impl PresetId {
    /// Whether it has the form every id has to have.
    pub fn is_valid(&self) -> bool {
        (1..=ID_MAX).contains(&self.0.len())
            && self.0.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    }
}

/// A saved status with the rule by which it ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Preset {
    /// Its lasting name.
    pub id: PresetId,
    /// What it sets.
    #[serde(flatten)]
    pub draft: Draft,
    /// Whether it has a line of its own in the tray menu.
    pub in_tray: bool,
}

/// Why an entry of a preset file is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntryFault {
    /// A field is missing, unknown, or of another type; the words name it.
    #[error("{0}")]
    Shape(String),
    /// The id is not 1 to 40 characters of `a-z0-9-`.
    #[error("the id is not 1 to 40 characters of a-z, 0-9 and -")]
    Id,
    /// An earlier entry has the same id.
    #[error("an earlier entry has the same id")]
    SameId,
    /// A text or the end cannot be part of a status.
    #[error(transparent)]
    Invalid(#[from] Invalid),
}

/// Why a preset file was refused. Nothing of a refused file is taken over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    #[error("line {line}, column {column}: not JSON")]
    NotJson {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
    },
    /// JSON, but not a list of presets.
    #[error("not a list of presets")]
    NotPresets,
    /// Written by a newer version of the product.
    #[error("version {0} of the format is newer than this program")]
    Newer(u64),
    /// More than [`PRESETS_MAX`] presets, in the file or together with those there are.
    #[error("more than {PRESETS_MAX} presets")]
    TooMany,
    /// One entry is wrong.
    #[error("entry {}{}: {fault}", index + 1, title.as_ref().map(|title| format!(" («{title}»)")).unwrap_or_default())]
    Entry {
        /// Counted from 0.
        index: usize,
        title: Option<String>,
        /// What is wrong with it.
        fault: EntryFault,
    },
}

#[derive(Serialize)]
struct Envelope<'a> {
    format: &'a str,
    version: u64,
    presets: &'a [Preset],
}

/// The same fields as [`Preset`], and no others.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: PresetId,
    emoji: String,
    title: String,
    expiry: Expiry,
    is_away: bool,
    away_message: String,
    in_tray: bool,
}

/// The presets as a file for another person or computer.
pub fn export(presets: &[Preset]) -> String {
    let envelope = Envelope { format: FORMAT, version: VERSION, presets };
    serde_json::to_string_pretty(&envelope)
        .expect("strings, numbers and booleans always become JSON")
}

/// Reads a file of [`export`]. Strict: what is not understood is refused, not skipped.
pub fn import(text: &str) -> Result<Vec<Preset>, ImportError> {
    if text.len() > IMPORT_BYTES_MAX {
        return Err(ImportError::TooMany);
    }
    // Editors of some systems put a byte order mark first.
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let value: Value = serde_json::from_str(text)
        .map_err(|error| ImportError::NotJson { line: error.line(), column: error.column() })?;
    let Value::Object(mut envelope) = value else { return Err(ImportError::NotPresets) };
    if envelope.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(ImportError::NotPresets);
    }
    match envelope.get("version").and_then(Value::as_u64) {
        Some(VERSION) => {}
        Some(version) if version > VERSION => return Err(ImportError::Newer(version)),
        _ => return Err(ImportError::NotPresets),
    }
    let Some(Value::Array(entries)) = envelope.remove("presets") else {
        return Err(ImportError::NotPresets);
    };
    if envelope.len() != 2 {
        return Err(ImportError::NotPresets);
    }
    if entries.len() > PRESETS_MAX {
        return Err(ImportError::TooMany);
    }
    let mut presets: Vec<Preset> = Vec::with_capacity(entries.len());
    for (index, entry) in entries.into_iter().enumerate() {
        let title = entry
            .get("title")
            .and_then(Value::as_str)
            .map(|title| title.chars().take(80).collect());
        let preset = read_entry(entry)
            .and_then(|preset| {
                let known = presets.iter().any(|other| other.id == preset.id);
                if known { Err(EntryFault::SameId) } else { Ok(preset) }
            })
            .map_err(|fault| ImportError::Entry { index, title, fault })?;
        presets.push(preset);
    }
    Ok(presets)
}

fn read_entry(entry: Value) -> Result<Preset, EntryFault> {
    let entry: Entry =
        serde_json::from_value(entry).map_err(|error| EntryFault::Shape(error.to_string()))?;
    let Entry { id, emoji, title, expiry, is_away, away_message, in_tray } = entry;
    let preset =
        Preset { id, draft: Draft { emoji, title, expiry, is_away, away_message }, in_tray };
    preset.check()?;
    Ok(preset)
}

impl Preset {
    /// Whether it can be kept: its id has the right form, and all but the moment of its end can become a status.
    pub fn check(&self) -> Result<(), EntryFault> {
        if !self.id.is_valid() {
            return Err(EntryFault::Id);
        }
        Emoji::parse(&self.draft.emoji)?;
        Title::parse(&self.draft.title)?;
        if self.draft.away_message.chars().count() > AWAY_MESSAGE_MAX {
            return Err(Invalid::AwayMessageTooLong.into());
        }
        match self.draft.expiry {
            Expiry::Minutes { minutes } if !(1..=MINUTES_MAX).contains(&minutes) => {
                Err(Invalid::MinutesOutOfRange.into())
            }
            _ => Ok(()),
        }
    }
}

/// `current` with the imported presets: those with a known id replace it where it is, the others come last.
pub fn merge(current: &[Preset], imported: Vec<Preset>) -> Result<Vec<Preset>, ImportError> {
    let mut merged = current.to_vec();
    for preset in imported {
        put(&mut merged, preset);
    }
    if merged.len() > PRESETS_MAX { Err(ImportError::TooMany) } else { Ok(merged) }
}

/// Replaces the preset with this id, or adds it last.
pub(crate) fn put(list: &mut Vec<Preset>, preset: Preset) {
    match list.iter_mut().find(|other| other.id == preset.id) {
        Some(place) => *place = preset,
        None => list.push(preset),
    }
}

/// Puts a copy with an id of its own right behind the original. Answers whether there is one.
pub(crate) fn duplicate(list: &mut Vec<Preset>, id: &PresetId) -> bool {
    let Some(index) = list.iter().position(|preset| preset.id == *id) else { return false };
    let Some(original) = list.get(index) else { return false };
    let stem: String = original.id.0.chars().take(ID_MAX - 4).collect();
    let free = (2..=PRESETS_MAX + 2)
        .map(|number| PresetId(format!("{stem}-{number}")))
        .find(|id| list.iter().all(|preset| preset.id != *id));
    let Some(id) = free else { return false };
    let copy = Preset { id, ..original.clone() };
    list.insert(index + 1, copy);
    true
}

/// Moves a preset to this place, counted after its removal.
pub(crate) fn shift(list: &mut Vec<Preset>, id: &PresetId, to: usize) -> bool {
    let Some(index) = list.iter().position(|preset| preset.id == *id) else { return false };
    let preset = list.remove(index);
    list.insert(to.min(list.len()), preset);
    true
}
