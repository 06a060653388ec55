//! How intents travel: what is on the wire, how the link is, when to try again. Values and numbers only.

use jiff::{SignedDuration, Timestamp};

use crate::failure::FailureKind;
use crate::outbox::{Intent, Written};
use crate::request::{RequestId, Ticket};
use crate::snapshot::ConflictReason;

/// A status that would live less than this when it arrives is not sent any more.
pub(crate) const LEAST_LIFE: SignedDuration = SignedDuration::from_secs(60);
/// An intent without an end that waited longer than this is asked about before it is sent.
pub(crate) const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(24);
/// Undo is offered this long.
pub(crate) const UNDO_LIFE: SignedDuration = SignedDuration::from_mins(10);
/// Quiet time after the last click of a burst before it is sent.
pub(crate) const QUIET: SignedDuration = SignedDuration::from_millis(300);
/// Two writes never begin closer together than this.
pub(crate) const WRITE_GAP: SignedDuration = SignedDuration::from_millis(400);
/// Clicking without a pause holds a write back no longer than this after the one before.
pub(crate) const LONGEST_HOLD: SignedDuration = SignedDuration::from_secs(1);
/// A request nobody answered for is given up: longer than any deadline of the client.
const GIVE_UP: SignedDuration = SignedDuration::from_mins(3);
/// How often a role, a plan or a scope that forbids fetching is checked again.
pub(crate) const FORBIDDEN_RECHECK: SignedDuration = SignedDuration::from_hours(6);
/// A newer click waits no longer than this for the answer to an older one.
pub(crate) const SUPERSEDED_PATIENCE: SignedDuration = SignedDuration::from_secs(1);
/// A write that is older than this when the computer wakes up was on the wire before.
pub(crate) const STALE_AT_WAKE: SignedDuration = SignedDuration::from_secs(2);
/// Least pause between fetches that wake-ups cause.
pub(crate) const WAKE_GAP: SignedDuration = SignedDuration::from_secs(30);
/// Least pause between fetches a person causes while requests do not get through.
pub(crate) const ASKED_GAP: SignedDuration = SignedDuration::from_secs(5);
/// Least pause between fetches a person causes while they do.
pub(crate) const FETCH_GAP: SignedDuration = SignedDuration::from_secs(1);
/// The server's refusal of the token is checked after this.
const CONFIRM_AFTER: SignedDuration = SignedDuration::from_secs(5);
/// A person's click has a refused token checked at most this often.
pub(crate) const CHECK_GAP: SignedDuration = SignedDuration::from_secs(10);
/// After an ambiguous write: so many quick repeats before the slow timer takes over.
pub(crate) const QUICK_REPEATS: u32 = 3;

/// Where the intent in the outbox stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Stage {
    /// Just clicked: goes out without a fetch first, but not before this moment: a burst of clicks may go on.
    Fresh { send_at: Timestamp },
    /// Had to wait: the server is asked first.
    #[default]
    Waiting,
    /// The server refused it: stays for the person to see.
    Refused,
    /// The person decides.
    Asking(ConflictReason),
}

/// What is known about sending the intent in the outbox, besides the intent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Delivery {
    pub(crate) stage: Stage,
    /// Writes of it that failed.
    pub(crate) tries: u32,
    /// Not repeated before.
    pub(crate) hold: Option<Timestamp>,
    /// A left-over field was cleared away once already.
    pub(crate) leftovers_cleared: bool,
    /// It waited, so its arrival is news.
    pub(crate) waited: bool,
    /// A write of it before the one on the wire may have arrived.
    pub(crate) doubted: bool,
    /// Whoever waits for its outcome, and whether they were told that it is on its way.
    pub(crate) reply: Option<Waiter>,
    /// When the last write began, of whichever intent.
    pub(crate) last_write: Option<Timestamp>,
}

/// Somebody who waits for the outcome of an intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Waiter {
    pub(crate) id: RequestId,
    pub(crate) told: bool,
}

impl Delivery {
    /// Of an intent from the disk.
    pub(crate) fn restored(intent: Option<&Intent>) -> Self {
        let refused = intent.is_some_and(|intent| intent.refused.is_some());
        let stage = if refused { Stage::Refused } else { Stage::Waiting };
        Self { stage, waited: intent.is_some() && !refused, ..Self::default() }
    }

    /// There is nothing to send any more.
    pub(crate) fn clear(&mut self) {
        *self = Self { last_write: self.last_write, ..Self::default() };
    }
}

/// What a request on the wire is for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum RequestKind {
    Fetch,
    /// Writes the intent with this id.
    Write {
        id: u64,
        written: Written,
    },
    /// Clears the status so that the intent can be written without left-overs.
    ClearLeftovers {
        id: u64,
    },
}

/// A request on the wire. There is one at a time; a click overtakes a fetch, whose answer is then ignored.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct InFlight {
    pub(crate) ticket: Ticket,
    pub(crate) kind: RequestKind,
    pub(crate) since: Timestamp,
    /// It is called off if nobody answered by then.
    pub(crate) give_up_at: Timestamp,
}

impl InFlight {
    pub(crate) fn new(ticket: Ticket, kind: RequestKind, now: Timestamp) -> Self {
        Self { ticket, kind, since: now, give_up_at: later(now, GIVE_UP) }
    }

    pub(crate) fn is_write(&self) -> bool {
        self.kind != RequestKind::Fetch
    }
}

/// How the link to the server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct LinkState {
    pub(crate) kind: LinkKind,
    /// Requests that failed since the last success.
    pub(crate) failures: u32,
}

/// The kinds of [`crate::Link`]; the moment of the next try is the account's next fetch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum LinkKind {
    #[default]
    Unknown,
    Online,
    Trouble(FailureKind),
    /// Until the end of the account's pause.
    Paused,
}

/// When a refused token is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TokenCheck {
    pub(crate) next: Timestamp,
    pub(crate) last: Option<Timestamp>,
    /// Checks in a row that the server answered with a refusal.
    refusals: u32,
    /// Checks in a row that got no answer.
    unanswered: u32,
}

impl TokenCheck {
    /// The first check comes soon; when refusals repeat although checks succeed, they come slower.
    pub(crate) fn new(now: Timestamp, refusals: u32) -> Self {
        let wait = if refusals <= 1 { CONFIRM_AFTER } else { check_pause(refusals - 2) };
        Self { next: later(now, wait), last: None, refusals: 0, unanswered: 0 }
    }

    /// A check goes out. It counts as a refusal until it is known to have got no answer.
    pub(crate) fn begin(&mut self, now: Timestamp) {
        self.last = Some(now);
        self.next = later(now, check_pause(self.refusals));
        self.refusals = self.refusals.saturating_add(1);
    }

    /// It got no answer: that says nothing about the token.
    pub(crate) fn unanswered(&mut self, now: Timestamp, jitter: f64) {
        self.refusals = self.refusals.saturating_sub(1);
        self.unanswered = self.unanswered.saturating_add(1);
        self.next = self.next.min(later(now, circuit(self.unanswered, jitter)));
    }
}

/// 15 minutes, doubling up to six hours.
fn check_pause(step: u32) -> SignedDuration {
    doubled(SignedDuration::from_mins(15), step, SignedDuration::from_hours(6))
}

/// The slow timer: 30 s doubling up to 15 min. The spread keeps a day without network under 120 requests.
pub(crate) fn circuit(failures: u32, jitter: f64) -> SignedDuration {
    let longest = SignedDuration::from_mins(15);
    let pause = doubled(SignedDuration::from_secs(30), failures.saturating_sub(1), longest);
    let spread = if pause == longest { 0.1 } else { 0.2 };
    pause.mul_f64(1.0 + spread * (2.0 * jitter.clamp(0.0, 1.0) - 1.0))
}

/// The quick repeats: 1, 2, 4 s × 0.5 to 1.5.
pub(crate) fn backoff(tries: u32, jitter: f64) -> SignedDuration {
    let pause = doubled(
        SignedDuration::from_secs(1),
        tries.saturating_sub(1),
        SignedDuration::from_secs(4),
    );
    pause.mul_f64(0.5 + jitter.clamp(0.0, 1.0))
}

fn doubled(first: SignedDuration, step: u32, longest: SignedDuration) -> SignedDuration {
    first.saturating_mul(1_i32 << step.min(20)).min(longest)
}

/// `now` and a while, at the end of time at most.
pub(crate) fn later(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.saturating_add(wait).unwrap_or(Timestamp::MAX)
}
