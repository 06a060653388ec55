//! The state as everybody else sees it.

use jiff::Timestamp;

use crate::account::AccountState;
use crate::delivery::{LinkKind, QUICK_REPEATS, Stage};
use crate::expiry::Extension;
use crate::locale::Moment;
use crate::preset::Preset;
use crate::snapshot::{
    Conflict, ExtensionView, Link, Pending, PendingPhase, PresetView, ShownStatus, Snapshot,
    StatusView, UndoView,
};
use crate::state::State;
use crate::status::{Status, alike, alive};
use crate::token::{Account, TokenState};
use crate::when::When;

impl State {
    /// Everything there is to draw, at `moment`.
    pub fn snapshot(&self, moment: &Moment) -> Snapshot {
        let view = View { state: self, shown: self.shown(), moment, now: moment.now.timestamp() };
        let account = view.shown.map(|shown| &shown.account);
        let saved = &self.general.saved;
        Snapshot {
            lang: self.lang(),
            account: account.cloned(),
            token: view.shown.map_or(self.connecting.token, |shown| shown.token),
            missing_scopes: account.map(Account::missing_scopes).unwrap_or_default(),
            link: view.link(),
            status: view.status(),
            pending: view.pending(),
            conflict: view.conflict(),
            undo: view.undo(),
            presets: view.presets(),
            extensions: view.extensions(),
            presets_are_default: saved.presets.is_none(),
            presets_can_undo: self.general.presets_before.is_some(),
            recents: saved.recents.clone(),
            settings: saved.settings.clone(),
            problem: view.shown.and_then(|shown| shown.problem.clone()),
            notices: self.general.notices.clone(),
            compose: self.general.compose.clone(),
        }
    }
}

/// What «extend» offers.
const EXTENSIONS: [Extension; 4] = [
    Extension::Minutes { minutes: 15 },
    Extension::Minutes { minutes: 30 },
    Extension::Minutes { minutes: 60 },
    Extension::EndOfWorkday,
];

struct View<'a> {
    state: &'a State,
    shown: Option<&'a AccountState>,
    moment: &'a Moment,
    now: Timestamp,
}

impl View<'_> {
    fn when(&self, at: Timestamp) -> When {
        When::new(at, &self.moment.now, self.state.general.locale.hour12)
    }

    fn of(&self, status: Option<&Status>) -> Option<StatusView> {
        status.map(|status| StatusView::new(status, status.expires_at.map(|end| self.when(end))))
    }

    fn link(&self) -> Link {
        let Some(shown) = self.shown else {
            // Without an account it counts only while its owner is being asked for.
            let reading = self.state.connecting.token == TokenState::Loading;
            let trouble = self.state.connecting.trouble.filter(|_| reading);
            return trouble.map_or(Link::Unknown, |failure| Link::Trouble { failure, retry: None });
        };
        match (shown.link.kind, shown.pause) {
            (LinkKind::Unknown, _) => Link::Unknown,
            (LinkKind::Paused, Some(pause)) => Link::Paused { until: self.when(pause.until) },
            (LinkKind::Online | LinkKind::Paused, _) => Link::Online,
            (LinkKind::Trouble(failure), _) => {
                Link::Trouble { failure, retry: shown.next_fetch.map(|at| self.when(at)) }
            }
        }
    }

    fn status(&self) -> ShownStatus {
        let seen = self.shown.and_then(|shown| shown.outbox.seen.as_ref());
        ShownStatus {
            status: self.of(self.shown.and_then(|shown| shown.shown(self.now))),
            known: seen.is_some(),
            seen: seen.map(|(_, at)| self.when(*at)),
            stale: self.shown.is_some_and(|shown| shown.stale),
        }
    }

    fn pending(&self) -> Option<Pending> {
        let shown = self.shown?;
        let intent = shown.intent()?;
        let delivery = &shown.delivery;
        let fresh = matches!(delivery.stage, Stage::Fresh { .. });
        let sending = shown.write_in_flight().is_some()
            || fresh
            || (shown.link_is_live() && !delivery.waited && delivery.tries <= QUICK_REPEATS);
        let phase = match delivery.stage {
            Stage::Refused => PendingPhase::Refused,
            Stage::Fresh { .. } | Stage::Waiting if sending => PendingPhase::Sending,
            Stage::Fresh { .. } | Stage::Waiting | Stage::Asking(_) => PendingPhase::Waiting,
        };
        let saved = shown.on_disk == Some(intent.id);
        Some(Pending { wanted: self.of(intent.status.as_ref()), phase, saved })
    }

    fn conflict(&self) -> Option<Conflict> {
        let shown = self.shown?;
        let Stage::Asking(reason) = shown.delivery.stage else { return None };
        let ours = self.of(shown.intent()?.status.as_ref());
        Some(Conflict { theirs: self.of(shown.shown(self.now)), ours, reason })
    }

    fn undo(&self) -> Option<UndoView> {
        let undo = self.shown?.undo_offer(self.now)?;
        let previous = alive(undo.previous.as_ref(), self.now);
        Some(UndoView { previous: self.of(previous), until: self.when(undo.until) })
    }

    fn intended_or_shown(&self) -> Option<&Status> {
        self.shown?.intended_or_shown(self.now)
    }

    fn extensions(&self) -> Vec<ExtensionView> {
        let Some(status) = self.intended_or_shown() else { return Vec::new() };
        let context = self.state.general.context(self.moment);
        EXTENSIONS
            .into_iter()
            .filter_map(|extension| {
                let end = extension.resolve(status.expires_at, context.now, context.hours)?;
                Some(ExtensionView { extension, would_end: self.when(end) })
            })
            .collect()
    }

    fn presets(&self) -> Vec<PresetView> {
        let status = self.intended_or_shown();
        let named = self.shown.and_then(|shown| match shown.intent_on_its_way() {
            Some(intent) => intent.preset.as_ref(),
            None => shown.shown_preset.as_ref(),
        });
        // Two presets may look alike: then only the one that was clicked is marked.
        let looks_like = |preset: &Preset| status.is_some_and(|status| resembles(preset, status));
        let presets = self.state.general.presets();
        let named =
            named.filter(|id| presets.iter().any(|preset| preset.id == **id && looks_like(preset)));
        let context = self.state.general.context(self.moment);
        presets
            .iter()
            .map(|preset| {
                let end = preset.draft.expiry.resolve(context.now, context.hours).ok().flatten();
                PresetView {
                    would_end: end.map(|end| self.when(end)),
                    active: looks_like(preset) && named.is_none_or(|id| *id == preset.id),
                    preset: preset.clone(),
                }
            })
            .collect()
    }
}

/// Whether the status could have been set from this preset; its end and message vary with the moment.
fn resembles(preset: &Preset, status: &Status) -> bool {
    alike(&preset.draft.emoji, status.emoji.as_str())
        && alike(&preset.draft.title, status.title.as_str())
        && preset.draft.is_away == status.is_away
}
