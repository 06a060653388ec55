//! What happens next. One action changes the one state; what there is to do comes back as effects.
//!
//! The rooms: `intents` takes wishes, `sending` puts them on the wire, `answers` takes what comes back and
//! `failures` what does not, `clock` does what time does, `account`, `presets` and `settings` the rest.

mod account;
mod answers;
mod clock;
mod failures;
mod intents;
mod presets;
mod sending;
mod settings;

use jiff::Timestamp;

use crate::{Action, Arg, Effect, Moment, Notification, Page, State, Status, Text};

/// Lets `action` happen at `moment` and answers what has to be done about it, in this order.
pub fn update(state: &mut State, action: Action, moment: &Moment) -> Vec<Effect> {
    let mut turn = Turn {
        state,
        moment,
        now: moment.now.timestamp(),
        effects: Vec::new(),
        outbox_changed: false,
        settings_changed: false,
    };
    turn.settle();
    turn.act(action);
    turn.pump();
    turn.finish()
}

/// One run of [`update`].
struct Turn<'a> {
    state: &'a mut State,
    moment: &'a Moment,
    now: Timestamp,
    effects: Vec<Effect>,
    outbox_changed: bool,
    settings_changed: bool,
}

impl Turn<'_> {
    fn act(&mut self, action: Action) {
        match action {
            Action::ApplyPreset(id) => self.apply_preset(&id),
            Action::SetStatus(draft) => self.set_status(draft),
            Action::ClearStatus => self.want(None, None),
            Action::Extend(extension) => self.extend(extension),
            Action::Undo => self.undo(),
            Action::CancelPending => self.cancel_pending(),
            Action::ResolveConflict(ours) => self.resolve_conflict(ours),
            Action::Retry => self.retry(),
            Action::Refresh(reason) => self.refresh(reason),
            Action::DismissProblem => self.dismiss_problem(),
            Action::DismissNotice(notice) | Action::NoticeOver(notice) => {
                self.state.notices.retain(|known| *known != notice);
            }
            Action::ComposeTaken => self.state.compose = None,
            Action::SavePreset(preset) => self.save_preset(preset),
            Action::DuplicatePreset(id) => self.duplicate_preset(&id),
            Action::DeletePreset(id) => self.delete_preset(&id),
            Action::MovePreset(id, to) => self.move_preset(&id, to),
            Action::UndoPresets => self.undo_presets(),
            Action::RestoreDefaultPresets => self.restore_default_presets(),
            Action::ImportPresets(presets) => self.import_presets(presets),
            Action::RemoveRecent(recent) => self.remove_recent(&recent),
            Action::ChangeSettings(patch) => self.change_settings(patch),
            Action::TokenIs(token) => self.token_is(token),
            Action::Connected { account, token, outbox } => self.connected(account, token, outbox),
            Action::AccountIs(account) => self.account_is(account),
            Action::NotReached(failure) => self.not_reached(failure),
            Action::Disconnected => self.disconnected(),
            Action::StatusFetched(ticket, result) => self.status_fetched(ticket, result),
            Action::StatusWritten(ticket, result) => self.status_written(ticket, result),
            Action::OutboxSaved { id, saved } => {
                if saved {
                    self.state.on_disk = Some(id);
                }
            }
            Action::Noticed(notice) => self.noticed(notice),
            Action::Tick => {}
            Action::Woke => self.woke(),
            Action::LocaleChanged(locale) => self.state.locale = locale,
        }
    }

    /// The files come first: what is promised is on its way to disk before it is on its way to the server.
    fn finish(mut self) -> Vec<Effect> {
        if self.settings_changed {
            self.effects.insert(0, Effect::SaveSettings(Box::new(self.state.saved.clone())));
        }
        if self.outbox_changed
            && let Some(account) = &self.state.account
        {
            self.state.seen_saved = Some(self.now);
            self.effects
                .insert(0, Effect::SaveOutbox(account.id.clone(), self.state.outbox.clone()));
        }
        self.effects
    }

    fn tell_failure(&mut self, title: &'static str, body: Text, page: Page) {
        if self.state.saved.settings.notifications.failures {
            self.tell(title, body, page);
        }
    }

    fn tell(&mut self, title: &'static str, body: Text, page: Page) {
        self.effects.push(Effect::Notify(Notification { title: Text::plain(title), body, page }));
    }
}

/// A sentence about a status, or another one about «no status».
fn about(status: Option<&Status>, with: &'static str, without: &'static str) -> Text {
    status.map_or_else(
        || Text::plain(without),
        |status| {
            let emoji = Arg::Str(status.emoji.as_str().to_owned());
            let title = Arg::Str(status.title.as_str().to_owned());
            Text::new(with, vec![("emoji", emoji), ("title", title)])
        },
    )
}
