//! One connected account: its token, what is to be sent for it, and how things stand with its server.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::delivery::{
    Delivery, InFlight, LEAST_LIFE, LONGEST_HOLD, LinkKind, LinkState, Stage, TokenCheck, later,
};
use crate::outbox::{Intent, Outbox, SavedPause, Undo};
use crate::preset::PresetId;
use crate::snapshot::Problem;
use crate::status::{Status, alive, same};
use crate::token::{Account, TokenState};

/// Everything about one account. Connecting makes one, disconnecting removes it.
#[derive(Debug, Clone)]
pub(crate) struct AccountState {
    pub(crate) account: Account,
    pub(crate) token: TokenState,
    /// The last state in which the token could be used, to return to when a refusal is taken back.
    pub(crate) usable_token: TokenState,
    /// The server refused the token: nothing is sent until a check of it succeeds.
    pub(crate) token_check: Option<TokenCheck>,
    /// 401 answers since the last success.
    pub(crate) unauthorized: u32,
    pub(crate) outbox: Outbox,
    /// It differs from what was last handed to the disk.
    pub(crate) outbox_changed: bool,
    /// Id of the newest intent known to be on disk.
    pub(crate) on_disk: Option<u64>,
    /// When what was last seen went to disk, so that unchanged fetches do not write the file each time.
    pub(crate) seen_saved: Option<Timestamp>,
    /// The last fetch failed.
    pub(crate) stale: bool,
    /// The token may not see the status: waiting changes cannot be compared.
    pub(crate) blind: bool,
    pub(crate) link: LinkState,
    pub(crate) pause: Option<Pause>,
    pub(crate) delivery: Delivery,
    pub(crate) in_flight: Option<InFlight>,
    /// When the server is asked next, whatever for. The soonest wish wins.
    pub(crate) next_fetch: Option<Timestamp>,
    pub(crate) last_fetch: Option<Timestamp>,
    /// When the last wake-up was answered with a fetch.
    pub(crate) last_wake: Option<Timestamp>,
    /// The preset that is shown, when it was set from here.
    pub(crate) shown_preset: Option<PresetId>,
    pub(crate) problem: Option<Problem>,
}

/// The server asked for silence. It is over when either clock says so: the wall clock runs on in sleep, the monotonic
/// one is never set back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pause {
    pub(crate) until: Timestamp,
    ends: Duration,
}

impl Pause {
    pub(crate) fn new(until: Timestamp, now: Timestamp, monotonic: Duration) -> Self {
        let length = until.duration_since(now).max(SignedDuration::ZERO).unsigned_abs();
        Self { until, ends: monotonic.saturating_add(length) }
    }

    /// As the last run of the app left it. A clock that was set back meanwhile does not make it longer.
    fn restored(saved: SavedPause, now: Timestamp, monotonic: Duration) -> Option<Self> {
        let length = saved.until.duration_since(saved.since);
        let until = saved.until.min(later(now.max(saved.since.min(now)), length));
        (until > now).then(|| Self::new(until, now, monotonic))
    }

    /// The same end on a wall clock that may have been set back.
    pub(crate) fn follow_clock(&mut self, now: Timestamp, monotonic: Duration) {
        let left = SignedDuration::try_from(self.ends.saturating_sub(monotonic));
        self.until = self.until.min(later(now, left.unwrap_or(SignedDuration::MAX)));
    }
}

impl AccountState {
    /// Just connected, with what the account's file held.
    pub(crate) fn new(
        account: Account,
        token: TokenState,
        mut outbox: Outbox,
        now: Timestamp,
        monotonic: Duration,
    ) -> Self {
        outbox.last_id = outbox.last_id.max(outbox.intent.as_ref().map_or(0, |intent| intent.id));
        let pause = outbox.pause.and_then(|saved| Pause::restored(saved, now, monotonic));
        Self {
            account,
            token,
            usable_token: if token.usable() { token } else { TokenState::Kept },
            token_check: None,
            unauthorized: 0,
            on_disk: outbox.intent.as_ref().map(|intent| intent.id),
            seen_saved: outbox.seen.as_ref().map(|(_, at)| *at),
            stale: outbox.seen.is_some(),
            blind: false,
            link: LinkState {
                kind: if pause.is_some() { LinkKind::Paused } else { LinkKind::Unknown },
                failures: 0,
            },
            pause,
            delivery: Delivery::restored(outbox.intent.as_ref()),
            in_flight: None,
            next_fetch: Some(pause.map_or(now, |pause| pause.until)),
            last_fetch: None,
            last_wake: None,
            shown_preset: None,
            problem: outbox.intent.as_ref().and_then(|intent| intent.refused.clone()),
            outbox,
            outbox_changed: false,
        }
    }

    /// What the server last showed and is still in force, as far as is known.
    pub(crate) fn seen(&self) -> Option<&Status> {
        self.outbox.seen.as_ref().and_then(|(status, _)| status.as_ref())
    }

    /// What colleagues see now: the last seen status, unless its end has come.
    pub(crate) fn shown(&self, now: Timestamp) -> Option<&Status> {
        alive(self.seen(), now)
    }

    /// The intent that is still to be sent or decided.
    pub(crate) fn intent(&self) -> Option<&Intent> {
        self.outbox.intent.as_ref()
    }

    /// The intent, unless it was refused or the person has to decide about it.
    pub(crate) fn intent_on_its_way(&self) -> Option<&Intent> {
        self.intent()
            .filter(|_| matches!(self.delivery.stage, Stage::Fresh { .. } | Stage::Waiting))
    }

    /// What is on its way, or else what is shown.
    pub(crate) fn intended_or_shown(&self, now: Timestamp) -> Option<&Status> {
        match self.intent_on_its_way() {
            Some(intent) => alive(intent.status.as_ref(), now),
            None => self.shown(now),
        }
    }

    /// What undo would put back now: only while the server still shows our change, nothing else is on its
    /// way, and it would change anything.
    pub(crate) fn undo_offer(&self, now: Timestamp) -> Option<&Undo> {
        let pending = self.intent().is_some() && self.delivery.stage != Stage::Refused;
        self.outbox.undo.as_ref().filter(|undo| {
            !pending
                && now < undo.until
                && same(self.shown(now), alive(undo.ours.as_ref(), now))
                && !same(self.shown(now), alive(undo.previous.as_ref(), now))
        })
    }

    /// The write on the wire, if there is one.
    pub(crate) fn write_in_flight(&self) -> Option<&InFlight> {
        self.in_flight.as_ref().filter(|request| request.is_write())
    }

    /// Whether a click can go out at once: the last request got through, or none has been tried.
    pub(crate) fn link_is_live(&self) -> bool {
        matches!(self.link.kind, LinkKind::Unknown | LinkKind::Online)
    }

    /// When the fresh intent may go out; `None` when it is not up to the clock.
    pub(crate) fn intent_due(&self, now: Timestamp) -> Option<Timestamp> {
        let Stage::Fresh { send_at } = self.delivery.stage else { return None };
        self.intent().filter(|_| self.link_is_live())?;
        // A clock that was set back must not hold a click for hours.
        Some(if send_at <= later(now, LONGEST_HOLD) { send_at } else { now })
    }

    /// When the intent has become pointless. Not while a write is on its way (the answer decides), and not once
    /// it was refused: then it is never sent, and stays for the person to see.
    pub(crate) fn dropped_at(&self) -> Option<Timestamp> {
        let end = self.intent()?.status.as_ref()?.expires_at?;
        if self.write_in_flight().is_some() {
            return None;
        }
        match self.delivery.stage {
            Stage::Refused => None,
            Stage::Fresh { .. } => Some(end),
            Stage::Waiting | Stage::Asking(_) => {
                Some(end.saturating_sub(LEAST_LIFE).unwrap_or(Timestamp::MIN))
            }
        }
    }

    /// When something has to be shown, sent, checked or given up.
    pub(crate) fn next_deadline(&self, now: Timestamp) -> Option<Timestamp> {
        let undo = self.outbox.undo.as_ref();
        let previous_ends =
            undo.and_then(|undo| undo.previous.as_ref()?.expires_at).filter(|end| *end > now);
        let next = if let Some(request) = &self.in_flight {
            let click = if request.is_write() { None } else { self.intent_due(now) };
            [Some(request.give_up_at), click].into_iter().flatten().min()
        } else if let Some(check) = &self.token_check {
            Some(check.next)
        } else if self.token.usable() {
            [self.next_fetch, self.intent_due(now)].into_iter().flatten().min()
        } else {
            None
        };
        [
            self.seen().and_then(|status| status.expires_at),
            undo.map(|undo| undo.until),
            previous_ends,
            self.dropped_at(),
            next,
        ]
        .into_iter()
        .flatten()
        .min()
    }
}
