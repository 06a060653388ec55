//! What is asked for becomes the one intent in the outbox.

use jiff::Timestamp;

use super::transition::{Transition, open_window};
use crate::action::{Command, Effect, Outcome, Resolution};
use crate::cause::Cause;
use crate::delivery::{
    Delivery, LONGEST_HOLD, LinkKind, QUIET, RequestKind, SUPERSEDED_PATIENCE, Stage, WRITE_GAP,
    Waiter, later,
};
use crate::draft::Draft;
use crate::expiry::{Expiry, Extension};
use crate::locale::Moment;
use crate::outbox::{Baseline, Intent, Written};
use crate::page::Page;
use crate::preset::PresetId;
use crate::request::RequestId;
use crate::saved::Recent;
use crate::snapshot::ConflictReason;
use crate::state::General;
use crate::status::{Status, alive, same};

/// Most recent statuses kept.
const RECENTS_MAX: usize = 5;
/// Most unconfirmed statuses of ours that are remembered: clicking on and on must not grow the file.
const UNCONFIRMED_MAX: usize = 8;

/// What is to be shown, and what it is made of.
struct Wanted {
    status: Option<Status>,
    draft: Option<Draft>,
    preset: Option<PresetId>,
}

impl Wanted {
    const CLEAR: Self = Self { status: None, draft: None, preset: None };
}

impl Transition<'_> {
    /// What is asked of one account. `None` when the outcome comes later.
    pub(super) fn command(
        &mut self,
        command: &Command,
        cause: Cause,
        reply: Option<RequestId>,
    ) -> Option<Outcome> {
        let wanted = match command {
            Command::ClearStatus => Ok(Wanted::CLEAR),
            Command::SetStatus(draft) => self.composed(draft),
            Command::ApplyPreset(id) => self.preset(id, cause),
            Command::Extend(extension) => self.extended(*extension).ok_or(Outcome::NothingToDo),
            Command::Undo => self.previous().ok_or(Outcome::NothingToDo),
            Command::ResolveConflict(Resolution::Ours) => {
                self.conflicting().ok_or(Outcome::NothingToDo)
            }
            Command::Retry if self.account.delivery.stage == Stage::Refused => {
                self.pending().ok_or(Outcome::NothingToDo)
            }
            Command::ResolveConflict(Resolution::Theirs) => {
                let asking = matches!(self.account.delivery.stage, Stage::Asking(_));
                Err(if asking { self.cancel() } else { Outcome::NothingToDo })
            }
            Command::CancelPending => Err(self.cancel()),
            Command::DismissProblem => Err(self.dismiss_problem()),
            Command::Retry => Err(self.retry()),
            _ => {
                self.retry_soon();
                Err(Outcome::Done)
            }
        };
        match wanted {
            Ok(wanted) => {
                self.want(wanted, cause, reply);
                None
            }
            Err(outcome) => Some(outcome),
        }
    }

    /// Makes this the one intent, and sends it at once where that is possible.
    fn want(&mut self, wanted: Wanted, cause: Cause, reply: Option<RequestId>) {
        self.reply(Outcome::Superseded);
        let may_show = self.unconfirmed();
        let baseline = match &self.account.outbox.seen {
            Some((seen, _)) => Baseline::Known(alive(seen.as_ref(), self.now).cloned()),
            None => Baseline::Unknown,
        };
        self.account.outbox.may_show.clear();
        self.account.outbox.last_id += 1;
        let live = self.account.token.usable()
            && self.account.token_check.is_none()
            && self.account.link_is_live();
        let stage = if live { Stage::Fresh { send_at: self.burst_over() } } else { Stage::Waiting };
        self.account.delivery = Delivery {
            stage,
            waited: !live,
            reply: reply.map(|id| Waiter { id, told: false }),
            last_write: self.account.delivery.last_write,
            ..Delivery::default()
        };
        // The repeats of an older write hold a newer click up no longer than a moment.
        if let Some(request) = self.account.in_flight.as_mut().filter(|request| request.is_write())
        {
            request.give_up_at = request.give_up_at.min(later(self.now, SUPERSEDED_PATIENCE));
        }
        self.account.outbox.intent = Some(Intent {
            id: self.account.outbox.last_id,
            status: wanted.status,
            draft: wanted.draft,
            baseline,
            baseline_draft: self.account.outbox.seen_draft.clone(),
            asked_at: self.now,
            cause,
            preset: wanted.preset,
            ambiguous: false,
            may_show,
            refused: None,
        });
        self.account.outbox_changed = true;
        if !live {
            self.retry_soon();
        }
    }

    /// Everything of ours that the server may show although it was not confirmed, newest first.
    pub(super) fn unconfirmed(&self) -> Vec<Written> {
        let mut unconfirmed = Vec::new();
        match self.account.in_flight.as_ref().map(|request| &request.kind) {
            Some(RequestKind::Write { written, .. }) => unconfirmed.push(written.clone()),
            Some(RequestKind::ClearLeftovers { .. }) => {
                unconfirmed.push(Written { status: None, draft: None });
            }
            Some(RequestKind::Fetch) | None => {}
        }
        if let Some(intent) = self.account.intent() {
            let Intent { status, draft, .. } = intent;
            let own = Written { status: status.clone(), draft: draft.clone() };
            unconfirmed.extend(Some(own).filter(|_| intent.ambiguous));
            unconfirmed.extend_from_slice(&intent.may_show);
        }
        unconfirmed.extend_from_slice(&self.account.outbox.may_show);
        let mut kept: Vec<Written> = Vec::new();
        for written in unconfirmed {
            let known =
                kept.iter().any(|other| same(other.status.as_ref(), written.status.as_ref()));
            if kept.len() < UNCONFIRMED_MAX && !known {
                kept.push(written);
            }
        }
        kept
    }

    /// The first click goes out now. One that follows a write too closely waits for the burst to end, but
    /// not much longer than a second.
    fn burst_over(&self) -> Timestamp {
        let last_write = self.account.delivery.last_write.filter(|at| *at <= self.now);
        match last_write {
            Some(last) if later(last, WRITE_GAP) > self.now => {
                later(self.now, QUIET).max(later(last, WRITE_GAP)).min(later(last, LONGEST_HOLD))
            }
            // A burst that is being held already goes on.
            Some(last) if self.account.intent_due(self.now).is_some_and(|due| due > self.now) => {
                later(self.now, QUIET).min(later(last, LONGEST_HOLD)).max(self.now)
            }
            _ => self.now,
        }
    }

    fn composed(&mut self, draft: &Draft) -> Result<Wanted, Outcome> {
        let status = draft.resolve(self.general.context(self.moment)).map_err(Outcome::Invalid)?;
        self.general.remember_recent(draft);
        Ok(Wanted { status: Some(status), draft: Some(draft.clone()), preset: None })
    }

    fn preset(&mut self, id: &PresetId, cause: Cause) -> Result<Wanted, Outcome> {
        let (status, draft) = self.general.draft_of(id, cause, self.moment, self.effects)?;
        Ok(Wanted { status: Some(status), draft: Some(draft), preset: Some(id.clone()) })
    }

    /// The same status with a later end. A message that names the end is filled in anew.
    fn extended(&self, extension: Extension) -> Option<Wanted> {
        let mut status = self.account.intended_or_shown(self.now)?.clone();
        let context = self.general.context(self.moment);
        let end = extension.resolve(status.expires_at, context.now, context.hours)?;
        status.expires_at = Some(end);
        let (draft, preset) = match self.account.intent_on_its_way() {
            Some(intent) => (intent.draft.clone(), intent.preset.clone()),
            None => (self.account.outbox.seen_draft.clone(), self.account.shown_preset.clone()),
        };
        if let Some(draft) = &draft
            && let Ok(message) = draft.message_for(Some(end), context)
        {
            status.away_message = message;
        }
        Some(Wanted { status: Some(status), draft, preset })
    }

    fn previous(&self) -> Option<Wanted> {
        let undo = self.account.undo_offer(self.now)?;
        let status = alive(undo.previous.as_ref(), self.now).cloned();
        Some(Wanted { status, draft: undo.previous_draft.clone(), preset: None })
    }

    /// What waits for a decision. From here on it is a fresh click: what the server shows is meant to be replaced.
    fn conflicting(&mut self) -> Option<Wanted> {
        let Stage::Asking(reason) = self.account.delivery.stage else { return None };
        let wanted = self.pending()?;
        if reason == ConflictReason::Unreadable && self.account.pause.is_none() {
            // The API answers; asking it once more would only lead to the same question.
            self.account.link.kind = LinkKind::Unknown;
        }
        Some(wanted)
    }

    fn pending(&self) -> Option<Wanted> {
        let Intent { status, draft, preset, .. } = self.account.intent()?.clone();
        // An end that has passed meanwhile would only be refused or show nothing.
        let ended = status.as_ref().is_some_and(|status| status.expired(self.now));
        (!ended).then_some(Wanted { status, draft, preset })
    }

    fn cancel(&mut self) -> Outcome {
        if self.account.intent().is_none() {
            return Outcome::NothingToDo;
        }
        self.give_up_intent(Outcome::Cancelled);
        // What is on its way is ended; a fetch shows what came of it.
        if let Some(request) = self.account.in_flight.take_if(|request| request.is_write()) {
            self.effects.push(Effect::CallOff(request.ticket));
            self.fetch_soon(self.now);
        } else if self.account.next_fetch.is_none() {
            self.fetch_soon(self.now);
        }
        Outcome::Done
    }

    /// The intent is not sent any more. What of it may have arrived stays known as ours.
    pub(super) fn give_up_intent(&mut self, outcome: Outcome) {
        self.account.outbox.may_show = self.unconfirmed();
        self.reply(outcome);
        self.account.outbox.intent = None;
        self.account.delivery.clear();
        self.account.outbox_changed = true;
    }

    fn dismiss_problem(&mut self) -> Outcome {
        self.account.problem = None;
        if self.account.delivery.stage == Stage::Refused { self.cancel() } else { Outcome::Done }
    }
}

impl General {
    /// What a preset comes to now. One that asks for its date, or whose date has passed, goes to the composer.
    pub(super) fn draft_of(
        &mut self,
        id: &PresetId,
        cause: Cause,
        moment: &Moment,
        effects: &mut Vec<Effect>,
    ) -> Result<(Status, Draft), Outcome> {
        let preset = self.presets().iter().find(|preset| preset.id == *id);
        let draft = preset.map(|preset| preset.draft.clone()).ok_or(Outcome::NoSuchPreset)?;
        if let Ok(status) = draft.resolve(self.context(moment)) {
            return Ok((status, draft));
        }
        if cause.may_open_window() {
            self.compose = Some(draft);
        }
        open_window(Page::Status, cause, effects);
        Err(Outcome::NeedsDate)
    }

    /// Keeps a composed status among the recent ones, unless a preset offers it anyway.
    fn remember_recent(&mut self, draft: &Draft) {
        if self.presets().iter().any(|preset| preset.draft == *draft) {
            return;
        }
        // A date is for once: it does not make another status of it.
        let dated = |draft: &Draft| matches!(draft.expiry, Expiry::At { .. });
        let alike = |other: &Draft| {
            let same_but_end = Draft { expiry: draft.expiry, ..other.clone() } == *draft;
            other == draft || (same_but_end && dated(other) && dated(draft))
        };
        self.saved.recents.retain(|Recent(other)| !alike(other));
        self.saved.recents.insert(0, Recent(draft.clone()));
        self.saved.recents.truncate(RECENTS_MAX);
        self.saved_changed = true;
    }
}
