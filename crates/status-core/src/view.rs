//! The state as everybody else sees it.

use jiff::Timestamp;

use crate::delivery::{LinkKind, QUICK_REPEATS, Stage};
use crate::draft::Setting;
use crate::status::alive;
use crate::{
    Conflict, Extension, ExtensionView, Link, Moment, Pending, PendingPhase, Preset, PresetView,
    ShownStatus, Snapshot, State, Status, StatusView, UndoView, When,
};

impl State {
    /// Everything there is to draw, at `moment`.
    pub fn snapshot(&self, moment: &Moment) -> Snapshot {
        let now = moment.now.timestamp();
        let drawing = Drawing { state: self, moment, now };
        Snapshot {
            lang: self.lang(),
            account: self.account.clone(),
            token: self.token,
            missing_scopes: self
                .account
                .as_ref()
                .map(crate::Account::missing_scopes)
                .unwrap_or_default(),
            link: drawing.link(),
            status: drawing.status(),
            pending: drawing.pending(),
            conflict: drawing.conflict(),
            undo: drawing.undo(),
            presets: drawing.presets(),
            extensions: drawing.extensions(),
            presets_are_default: self.saved.presets.is_none(),
            presets_can_undo: self.presets_before.is_some(),
            recents: self.saved.recents.clone(),
            settings: self.saved.settings.clone(),
            problem: self.problem.clone(),
            notices: self.notices.clone(),
            compose: self.compose.clone(),
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

struct Drawing<'a> {
    state: &'a State,
    moment: &'a Moment,
    now: Timestamp,
}

impl Drawing<'_> {
    fn when(&self, at: Timestamp) -> When {
        When::new(at, &self.moment.now, self.state.locale.hour12)
    }

    fn view(&self, status: Option<&Status>) -> Option<StatusView> {
        status.map(|status| StatusView::new(status, status.expires_at.map(|end| self.when(end))))
    }

    fn link(&self) -> Link {
        // Without an account it counts only while its owner is being asked for.
        if self.state.account.is_none() && self.state.token != crate::TokenState::Loading {
            return Link::Unknown;
        }
        match self.state.link.kind {
            LinkKind::Unknown => Link::Unknown,
            LinkKind::Online => Link::Online,
            LinkKind::Trouble(failure) => {
                Link::Trouble { failure, retry: self.state.next_look.map(|at| self.when(at)) }
            }
            LinkKind::Paused(until) => Link::Paused { until: self.when(until) },
        }
    }

    fn status(&self) -> ShownStatus {
        ShownStatus {
            status: self.view(self.state.shown(self.now)),
            known: self.state.outbox.seen.is_some(),
            seen: self.state.outbox.seen.as_ref().map(|(_, at)| self.when(*at)),
            stale: self.state.stale,
        }
    }

    fn pending(&self) -> Option<Pending> {
        let intent = self.state.intent()?;
        let sending = self.state.flight_writes().is_some()
            || self.state.delivery.stage == Stage::Fresh
            || (self.state.link_is_live()
                && !self.state.delivery.waited
                && self.state.delivery.tries <= QUICK_REPEATS);
        let phase = match self.state.delivery.stage {
            Stage::Refused => PendingPhase::Refused,
            Stage::Fresh | Stage::Waiting if sending => PendingPhase::Sending,
            Stage::Fresh | Stage::Waiting | Stage::Asking { .. } => PendingPhase::Waiting,
        };
        let saved = self.state.on_disk == Some(intent.id);
        Some(Pending { wanted: self.view(intent.wanted.as_ref()), phase, saved })
    }

    fn conflict(&self) -> Option<Conflict> {
        let Stage::Asking { late } = self.state.delivery.stage else { return None };
        let ours = self.state.intent()?.wanted.as_ref();
        Some(Conflict {
            theirs: self.view(self.state.shown(self.now)),
            ours: self.view(ours),
            late,
        })
    }

    fn undo(&self) -> Option<UndoView> {
        let undo = self.state.undo_offer(self.now)?;
        let previous = alive(undo.previous.as_ref(), self.now);
        Some(UndoView { previous: self.view(previous), until: self.when(undo.until) })
    }

    fn extensions(&self) -> Vec<ExtensionView> {
        let Some(status) = self.state.wished_or_shown(self.now) else { return Vec::new() };
        let hours = &self.state.saved.settings.working_hours;
        EXTENSIONS
            .into_iter()
            .filter_map(|extension| {
                let end = extension.resolve(status.expires_at, &self.moment.now, hours)?;
                Some(ExtensionView { extension, would_end: self.when(end) })
            })
            .collect()
    }

    fn presets(&self) -> Vec<PresetView> {
        let shown = self.state.wished_or_shown(self.now);
        let named = match self.state.intent_on_its_way() {
            Some(intent) => intent.preset.as_ref(),
            None => self.state.shown_preset.as_ref(),
        };
        // Two presets may look alike: then only the one that was clicked is marked.
        let looks_like = |preset: &Preset| shown.is_some_and(|status| resembles(preset, status));
        let presets = self.state.presets();
        let named =
            named.filter(|id| presets.iter().any(|preset| preset.id == **id && looks_like(preset)));
        let setting: Setting<'_> = self.state.setting(self.moment);
        presets
            .iter()
            .map(|preset| {
                let end = preset.draft.expiry.resolve(setting.now, setting.hours).ok().flatten();
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
    preset.draft.emoji.trim() == status.emoji.as_str()
        && preset.draft.title.trim() == status.title.as_str()
        && preset.draft.is_away == status.is_away
}
