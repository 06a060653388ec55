//! Edits of the preset list. The first edit makes the default presets the person's own.

use crate::action::Outcome;
use crate::preset::{self, EntryFault, ImportError, PRESETS_MAX, Preset, PresetId};
use crate::saved::Recent;
use crate::state::General;

/// What an edit does to the list: whether it found its preset.
type Edit<'a> = &'a mut dyn FnMut(&mut Vec<Preset>) -> bool;

impl General {
    fn edit(&mut self, change: Edit<'_>) -> Outcome {
        let mut list = self.presets().to_vec();
        if !change(&mut list) {
            return Outcome::NoSuchPreset;
        }
        if list.len() > PRESETS_MAX {
            return Outcome::Full;
        }
        if list != self.presets() {
            self.saved.presets = Some(list);
            self.saved_changed = true;
        }
        Outcome::Done
    }

    /// An edit that can be taken back.
    fn edit_with_undo(&mut self, change: Edit<'_>) -> Outcome {
        let before = self.saved.presets.clone();
        let outcome = self.edit(change);
        if self.saved.presets != before {
            self.presets_before = Some(before);
        }
        outcome
    }

    pub(super) fn save_preset(&mut self, preset: &Preset) -> Outcome {
        if let Err(fault) = preset.check() {
            return Outcome::PresetInvalid(fault);
        }
        self.edit(&mut |list| {
            preset::put(list, preset.clone());
            true
        })
    }

    pub(super) fn duplicate_preset(&mut self, id: &PresetId) -> Outcome {
        self.edit(&mut |list| preset::duplicate(list, id))
    }

    pub(super) fn delete_preset(&mut self, id: &PresetId) -> Outcome {
        self.edit_with_undo(&mut |list| {
            let before = list.len();
            list.retain(|preset| preset.id != *id);
            list.len() < before
        })
    }

    pub(super) fn move_preset(&mut self, id: &PresetId, to: usize) -> Outcome {
        self.edit(&mut |list| preset::shift(list, id, to))
    }

    pub(super) fn undo_presets(&mut self) -> Outcome {
        let Some(before) = self.presets_before.take() else { return Outcome::NothingToDo };
        self.saved.presets = before;
        self.saved_changed = true;
        Outcome::Done
    }

    pub(super) fn restore_default_presets(&mut self) -> Outcome {
        if self.saved.presets.is_some() {
            self.presets_before = Some(self.saved.presets.take());
            self.saved_changed = true;
        }
        Outcome::Done
    }

    /// All or nothing: a list that would grow too long stays as it is.
    pub(super) fn import_presets(&mut self, presets: Vec<Preset>) -> Outcome {
        let wrong = presets.iter().find_map(|preset| preset.check().err());
        if let Some(fault) = wrong {
            return Outcome::PresetInvalid(fault);
        }
        match preset::merge(self.presets(), presets) {
            Ok(merged) => self.edit_with_undo(&mut |list| {
                list.clone_from(&merged);
                true
            }),
            Err(ImportError::TooMany) => Outcome::Full,
            Err(error) => Outcome::PresetInvalid(EntryFault::Shape(error.to_string())),
        }
    }

    pub(super) fn remove_recent(&mut self, recent: &Recent) -> Outcome {
        let before = self.saved.recents.len();
        self.saved.recents.retain(|known| known != recent);
        if self.saved.recents.len() == before {
            return Outcome::NothingToDo;
        }
        self.saved_changed = true;
        Outcome::Done
    }
}
