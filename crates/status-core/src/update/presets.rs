//! Edits of the preset list. The first edit makes the default presets the person's own.

use super::Turn;
use crate::preset::{self, PRESETS_MAX};
use crate::{Preset, PresetId, Recent};

impl Turn<'_> {
    fn edit(&mut self, change: impl FnOnce(&mut Vec<Preset>) -> bool) -> bool {
        let mut list = self.state.presets().to_vec();
        let changed = change(&mut list) && list.len() <= PRESETS_MAX;
        if changed {
            self.state.saved.presets = Some(list);
            self.settings_changed = true;
        }
        changed
    }

    /// An edit that can be taken back.
    fn edit_with_undo(&mut self, change: impl FnOnce(&mut Vec<Preset>) -> bool) {
        let before = self.state.saved.presets.clone();
        if self.edit(change) {
            self.state.presets_before = Some(before);
        }
    }

    pub(super) fn save_preset(&mut self, preset: Preset) {
        if preset.check().is_ok() {
            self.edit(|list| {
                preset::put(list, preset);
                true
            });
        }
    }

    pub(super) fn duplicate_preset(&mut self, id: &PresetId) {
        self.edit(|list| preset::duplicate(list, id));
    }

    pub(super) fn delete_preset(&mut self, id: &PresetId) {
        self.edit_with_undo(|list| {
            let before = list.len();
            list.retain(|preset| preset.id != *id);
            list.len() < before
        });
    }

    pub(super) fn move_preset(&mut self, id: &PresetId, to: usize) {
        self.edit(|list| preset::shift(list, id, to));
    }

    pub(super) fn undo_presets(&mut self) {
        if let Some(before) = self.state.presets_before.take() {
            self.state.saved.presets = before;
            self.settings_changed = true;
        }
    }

    pub(super) fn restore_default_presets(&mut self) {
        if self.state.saved.presets.is_some() {
            self.state.presets_before = Some(self.state.saved.presets.take());
            self.settings_changed = true;
        }
    }

    /// All or nothing: a list that would grow too long stays as it is.
    pub(super) fn import_presets(&mut self, presets: Vec<Preset>) {
        if presets.iter().any(|preset| preset.check().is_err()) {
            return;
        }
        if let Ok(merged) = preset::merge(self.state.presets(), presets) {
            self.edit_with_undo(|list| {
                let changed = *list != merged;
                *list = merged;
                changed
            });
        }
    }

    pub(super) fn remove_recent(&mut self, recent: &Recent) {
        let before = self.state.saved.recents.len();
        self.state.saved.recents.retain(|known| known != recent);
        self.settings_changed |= self.state.saved.recents.len() < before;
    }
}
