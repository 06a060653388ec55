//! Changes on the Preferences page. What the system has a say in is decided once, by its answer.

use super::connecting::disconnected;
use super::transition::each;
use crate::action::{Effect, Outcome, SettingRefused};
use crate::locale::Moment;
use crate::request::RequestId;
use crate::settings::SettingsPatch;
use crate::state::{Applying, State};

/// `None` when the system is asked first.
pub(super) fn change(
    state: &mut State,
    patch: SettingsPatch,
    reply: Option<RequestId>,
    moment: &Moment,
    effects: &mut Vec<Effect>,
) -> Option<Outcome> {
    let general = &mut state.general;
    let old = &general.saved.settings;
    let new = old.patched(patch.clone());
    let login = (old.start_at_login != new.start_at_login).then_some(new.start_at_login);
    let shortcuts = ((&old.shortcut_open, &old.shortcut_clear)
        != (&new.shortcut_open, &new.shortcut_clear))
        .then_some((new.shortcut_open, new.shortcut_clear));
    if login.is_none() && shortcuts.is_none() {
        commit(state, patch, moment, effects);
        return Some(Outcome::Done);
    }
    general.last_applying += 1;
    let id = general.last_applying;
    general.applying.push(Applying { id, patch, reply });
    effects.push(Effect::ApplySettings { id, start_at_login: login, shortcuts });
    None
}

/// The system answered: the change is made, or nothing of it.
pub(super) fn applied(
    state: &mut State,
    id: u64,
    result: Result<(), SettingRefused>,
    moment: &Moment,
    effects: &mut Vec<Effect>,
) {
    let applying = &mut state.general.applying;
    let Some(index) = applying.iter().position(|change| change.id == id) else { return };
    let Applying { patch, reply, .. } = applying.remove(index);
    let outcome = match result {
        Ok(()) => {
            commit(state, patch, moment, effects);
            Outcome::Done
        }
        Err(refused) => Outcome::SettingRefused(refused),
    };
    effects.extend(reply.map(|id| Effect::Reply(id, outcome)));
}

fn commit(state: &mut State, patch: SettingsPatch, moment: &Moment, effects: &mut Vec<Effect>) {
    let general = &mut state.general;
    let new = general.saved.settings.patched(patch);
    let old = std::mem::replace(&mut general.saved.settings, new);
    let new = &general.saved.settings;
    general.saved_changed |= old != *new;
    if old.server != new.server {
        // A token belongs to one server and is never sent to another.
        let accounts = state.accounts().cloned().collect::<Vec<_>>();
        for id in accounts {
            disconnected(state, &id, effects);
            effects.push(Effect::ForgetAccount(id));
        }
    } else if old.check_interval_minutes != new.check_interval_minutes {
        each(state, moment, effects, |account| {
            if account.account.link_is_live() && account.account.next_fetch.is_some() {
                account.fetch_later();
            }
        });
    }
}
