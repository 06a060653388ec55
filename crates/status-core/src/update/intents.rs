//! Wishes: what a person clicks becomes the one intent in the outbox.

use super::Turn;
use crate::delivery::{Delivery, Errand, LONGEST_HOLD, QUIET, Stage, WRITE_GAP, later};
use crate::status::{alive, same};
use crate::{Draft, Effect, Expiry, Extension, Intent, Page, PresetId, Recent, Status, TokenState};

/// Most recent statuses kept.
const RECENTS_MAX: usize = 5;

impl Turn<'_> {
    /// Makes this the one thing that is wanted, and sends it at once where that is possible.
    pub(super) fn want(&mut self, wanted: Option<Status>, preset: Option<PresetId>) {
        if !self.takes_wishes() {
            self.effects.push(Effect::OpenWindow(Page::Account));
            return;
        }
        let may_show = self.own_traces();
        let baseline = self
            .state
            .outbox
            .seen
            .as_ref()
            .map(|(seen, _)| alive(seen.as_ref(), self.now).cloned());
        let id = self.state.outbox.last_id + 1;
        self.state.outbox.last_id = id;
        let live = self.state.account.is_some()
            && self.state.token.usable()
            && self.state.doubt.is_none()
            && self.state.link_is_live();
        let send_at = self.burst_over();
        self.state.delivery = Delivery {
            stage: if live { Stage::Fresh } else { Stage::Waiting },
            waited: !live,
            send_at: Some(send_at),
            last_write: self.state.delivery.last_write,
            ..Delivery::default()
        };
        self.state.outbox.intent = Some(Intent {
            id,
            wanted,
            baseline,
            asked_at: self.now,
            preset,
            ambiguous: false,
            may_show,
        });
        self.outbox_changed = true;
        if !live {
            self.hurry();
        }
    }

    /// Without an account a click is kept only while the token is still being read.
    fn takes_wishes(&self) -> bool {
        let expected = self.state.saved.account.is_some();
        let reading = matches!(self.state.token, TokenState::Loading | TokenState::Slow);
        self.state.account.is_some() || (expected && reading)
    }

    /// Everything of ours that the server may show although it was not confirmed.
    fn own_traces(&self) -> Vec<Option<Status>> {
        let mut traces = Vec::new();
        if let Some(old) = self.state.intent() {
            traces.clone_from(&old.may_show);
            if old.ambiguous {
                traces.push(old.wanted.clone());
            }
        }
        match self.state.flight.as_ref().map(|flight| &flight.errand) {
            Some(Errand::Write { wanted, .. }) => traces.push(wanted.clone()),
            Some(Errand::Sweep { .. }) => traces.push(None),
            Some(Errand::Look) | None => {}
        }
        // Newer traces matter more; clicking on and on must not grow the file.
        let mut kept: Vec<Option<Status>> = Vec::new();
        for trace in traces.into_iter().rev() {
            if kept.len() < 8 && !kept.iter().any(|other| same(other.as_ref(), trace.as_ref())) {
                kept.push(trace);
            }
        }
        kept
    }

    /// The first click goes out now. One that follows a write too closely waits for the burst to end, but
    /// not much longer than a second.
    fn burst_over(&self) -> jiff::Timestamp {
        let last_write = self.state.delivery.last_write.filter(|at| *at <= self.now);
        match last_write {
            Some(last) if later(last, WRITE_GAP) > self.now => {
                later(self.now, QUIET).max(later(last, WRITE_GAP)).min(later(last, LONGEST_HOLD))
            }
            // A burst that is being held already goes on.
            Some(last) if self.state.click_due(self.now).is_some_and(|due| due > self.now) => {
                later(self.now, QUIET).min(later(last, LONGEST_HOLD)).max(self.now)
            }
            _ => self.now,
        }
    }

    pub(super) fn apply_preset(&mut self, id: &PresetId) {
        let Some(preset) = self.state.presets().iter().find(|preset| preset.id == *id).cloned()
        else {
            return;
        };
        if let Ok(status) = preset.draft.resolve(self.state.setting(self.moment)) {
            self.want(Some(status), Some(preset.id));
        } else {
            // It asks for its date, or its date has passed: the person completes it.
            self.state.compose = Some(preset.draft);
            self.effects.push(Effect::OpenWindow(Page::Status));
        }
    }

    pub(super) fn set_status(&mut self, draft: Draft) {
        match draft.resolve(self.state.setting(self.moment)) {
            Ok(status) => {
                self.remember(draft);
                self.want(Some(status), None);
            }
            Err(_) => self.state.compose = Some(draft),
        }
    }

    /// Keeps a composed status among the recent ones, unless a preset offers it anyway.
    fn remember(&mut self, draft: Draft) {
        if self.state.presets().iter().any(|preset| preset.draft == draft) {
            return;
        }
        let recents = &mut self.state.saved.recents;
        // A date is for once: it does not make another status of it.
        let dated = |draft: &Draft| matches!(draft.expiry, Expiry::At { .. });
        let alike = |other: &Draft| {
            let same_but_end = Draft { expiry: draft.expiry, ..other.clone() } == draft;
            *other == draft || (same_but_end && dated(other) && dated(&draft))
        };
        recents.retain(|Recent(other)| !alike(other));
        recents.insert(0, Recent(draft));
        recents.truncate(RECENTS_MAX);
        self.settings_changed = true;
    }

    pub(super) fn extend(&mut self, extension: Extension) {
        let wanted = self.state.wished_or_shown(self.now).cloned();
        let Some(mut status) = wanted else { return };
        let hours = &self.state.saved.settings.working_hours;
        let Some(end) = extension.resolve(status.expires_at, &self.moment.now, hours) else {
            return;
        };
        status.expires_at = Some(end);
        let preset = self
            .state
            .intent_on_its_way()
            .map_or_else(|| self.state.shown_preset.clone(), |intent| intent.preset.clone());
        self.want(Some(status), preset);
    }

    pub(super) fn undo(&mut self) {
        let Some(undo) = self.state.undo_offer(self.now).cloned() else { return };
        self.want(alive(undo.previous.as_ref(), self.now).cloned(), None);
    }

    pub(super) fn cancel_pending(&mut self) {
        if self.state.outbox.intent.take().is_some() {
            // A write on its way cannot be called back: its answer will show what came of it.
            self.state.delivery =
                Delivery { last_write: self.state.delivery.last_write, ..Delivery::default() };
            self.outbox_changed = true;
            if self.state.flight_writes().is_none() {
                self.state.next_look.get_or_insert(self.now);
            }
        }
    }

    pub(super) fn resolve_conflict(&mut self, ours: bool) {
        if !matches!(self.state.delivery.stage, Stage::Asking { .. }) {
            return;
        }
        let Some(intent) = self.state.intent() else { return };
        if ours {
            // From here on it is a fresh click: what the server shows is known and meant to be replaced.
            let (wanted, preset) = (intent.wanted.clone(), intent.preset.clone());
            self.want(wanted, preset);
        } else {
            self.cancel_pending();
        }
    }

    pub(super) fn dismiss_problem(&mut self) {
        self.state.problem = None;
        if self.state.delivery.is_refused() {
            self.cancel_pending();
        }
    }
}

impl crate::State {
    /// The intent, unless it was refused or the person has to decide about it.
    pub(crate) fn intent_on_its_way(&self) -> Option<&Intent> {
        self.intent().filter(|_| matches!(self.delivery.stage, Stage::Fresh | Stage::Waiting))
    }

    /// What is on its way, or else what is shown.
    pub(crate) fn wished_or_shown(&self, now: jiff::Timestamp) -> Option<&Status> {
        match self.intent_on_its_way() {
            Some(intent) => alive(intent.wanted.as_ref(), now),
            None => self.shown(now),
        }
    }

    /// What undo would put back now: only while the server still shows our change, nothing else is on its
    /// way, and it would change anything.
    pub(crate) fn undo_offer(&self, now: jiff::Timestamp) -> Option<&crate::Undo> {
        let pending = self.intent().is_some_and(|_| !self.delivery.is_refused());
        self.outbox.undo.as_ref().filter(|undo| {
            !pending
                && now < undo.until
                && same(self.shown(now), alive(undo.ours.as_ref(), now))
                && !same(self.shown(now), alive(undo.previous.as_ref(), now))
        })
    }
}
