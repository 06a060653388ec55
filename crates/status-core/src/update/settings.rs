//! Changes on the Preferences page.

use super::Turn;
use crate::delivery::later;
use crate::{Effect, SettingsPatch};

impl Turn<'_> {
    pub(super) fn change_settings(&mut self, patch: SettingsPatch) {
        let new = self.state.saved.settings.patched(patch);
        let old = std::mem::replace(&mut self.state.saved.settings, new);
        let new = &self.state.saved.settings;
        if old == *new {
            return;
        }
        self.settings_changed = true;
        if old.start_at_login != new.start_at_login {
            self.effects.push(Effect::ApplyStartAtLogin(new.start_at_login));
        }
        if (&old.shortcut_open, &old.shortcut_clear) != (&new.shortcut_open, &new.shortcut_clear) {
            let (open, clear) = (new.shortcut_open.clone(), new.shortcut_clear.clone());
            self.effects.push(Effect::ApplyShortcuts { open, clear });
        }
        let interval_changed = old.check_interval_minutes != new.check_interval_minutes;
        if old.server != new.server {
            // A token belongs to one server and is never sent to another.
            self.disconnected();
            self.effects.push(Effect::ForgetConnection);
        } else if interval_changed && self.state.link_is_live() && self.state.next_look.is_some() {
            let at = later(self.now, self.state.poll_interval(self.moment.jitter));
            self.look_soon(at);
        }
    }
}
