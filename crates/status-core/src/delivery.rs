//! How wishes travel: what is on the wire, how the link is, when to try again. Values and numbers only.

use jiff::{SignedDuration, Timestamp};

use crate::{FailureKind, State, Status, Ticket};

/// A status that would live less than this when it arrives is not sent any more.
pub(crate) const LEAST_LIFE: SignedDuration = SignedDuration::from_secs(60);
/// A wish without an end that waited longer than this is asked about before it is sent.
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
/// How often a role, a plan or a scope that forbids looking is checked again.
pub(crate) const FORBIDDEN_RECHECK: SignedDuration = SignedDuration::from_hours(6);
/// Least pause between looks that wake-ups cause.
pub(crate) const WAKE_GAP: SignedDuration = SignedDuration::from_secs(30);
/// Least pause between looks a person causes while requests do not get through.
pub(crate) const ASKED_GAP: SignedDuration = SignedDuration::from_secs(5);
/// Least pause between looks a person causes while they do.
pub(crate) const LOOK_GAP: SignedDuration = SignedDuration::from_secs(1);
/// The server's refusal of the token is checked after this.
const CONFIRM_AFTER: SignedDuration = SignedDuration::from_secs(5);
/// A person's click has a refused token checked at most this often.
pub(crate) const CHECK_GAP: SignedDuration = SignedDuration::from_secs(10);
/// After an ambiguous write: so many quick repeats before the slow timer takes over.
pub(crate) const QUICK_REPEATS: u32 = 3;

/// Where the wish in the outbox stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Stage {
    /// Just clicked: goes out without looking first.
    Fresh,
    /// Had to wait: the server is looked at first.
    #[default]
    Waiting,
    /// The server refused it: stays for the person to see.
    Refused,
    /// Somebody changed the status meanwhile, or it waited too long: the person decides.
    Asking {
        /// Nobody changed anything, it is only old.
        late: bool,
    },
}

/// What is known about sending the wish in the outbox, besides the wish.
#[derive(Debug, Clone, Default)]
pub(crate) struct Delivery {
    pub(crate) stage: Stage,
    /// Writes of it that failed.
    pub(crate) tries: u32,
    /// Not repeated before.
    pub(crate) hold: Option<Timestamp>,
    /// A click is not sent before: the burst may go on.
    pub(crate) send_at: Option<Timestamp>,
    /// A left-over field was cleared away once already.
    pub(crate) repaired: bool,
    /// It waited, so its arrival is news.
    pub(crate) waited: bool,
    /// A write of it before the one on the wire may have arrived.
    pub(crate) doubted: bool,
    /// When the last write began, of whichever wish.
    pub(crate) last_write: Option<Timestamp>,
}

impl Delivery {
    pub(crate) fn is_refused(&self) -> bool {
        self.stage == Stage::Refused
    }
}

/// What a request on the wire is for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Errand {
    /// A look.
    Look,
    /// A write of the intent with this id.
    Write {
        /// The intent's id.
        id: u64,
        /// What is written.
        wanted: Option<Status>,
    },
    /// Clears the status so that the intent can be written without left-overs.
    Sweep {
        /// The intent's id.
        id: u64,
    },
}

/// A request on the wire. There is one at a time; a click overtakes a look, whose answer is then ignored.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Flight {
    pub(crate) ticket: Ticket,
    pub(crate) errand: Errand,
    pub(crate) since: Timestamp,
}

impl Flight {
    pub(crate) fn is_write(&self) -> bool {
        self.errand != Errand::Look
    }

    pub(crate) fn given_up_at(&self) -> Timestamp {
        self.since.saturating_add(GIVE_UP).unwrap_or(Timestamp::MAX)
    }
}

/// How the link to the server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct LinkState {
    pub(crate) kind: LinkKind,
    /// Requests that failed since the last success.
    pub(crate) failures: u32,
}

/// The kinds of [`crate::Link`]; the moment of the next try is the state's next look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum LinkKind {
    #[default]
    Unknown,
    Online,
    Trouble(FailureKind),
    Paused(Timestamp),
}

/// The server refused the token: nothing is sent until a check of the token succeeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TokenDoubt {
    pub(crate) next_check: Timestamp,
    pub(crate) last_check: Option<Timestamp>,
    pub(crate) checks: u32,
}

impl TokenDoubt {
    /// The first check comes soon; when refusals repeat although checks succeed, they come slower.
    pub(crate) fn new(now: Timestamp, refusals: u32) -> Self {
        let wait = if refusals <= 1 { CONFIRM_AFTER } else { check_pause(refusals - 2) };
        Self { next_check: later(now, wait), last_check: None, checks: 0 }
    }

    pub(crate) fn checked(&mut self, now: Timestamp) {
        self.last_check = Some(now);
        self.next_check = later(now, check_pause(self.checks));
        self.checks = self.checks.saturating_add(1);
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

impl State {
    /// The write on the wire, if there is one.
    pub(crate) fn flight_writes(&self) -> Option<&Flight> {
        self.flight.as_ref().filter(|flight| flight.is_write())
    }

    /// Whether a click can go out at once: the last request got through, or none has been tried.
    pub(crate) fn link_is_live(&self) -> bool {
        matches!(self.link.kind, LinkKind::Unknown | LinkKind::Online)
    }

    /// When the clicked wish may go out; `None` when it is not up to the clock.
    pub(crate) fn click_due(&self, now: Timestamp) -> Option<Timestamp> {
        let ready =
            self.intent().is_some() && self.delivery.stage == Stage::Fresh && self.link_is_live();
        // A clock that was set back must not hold a click for hours.
        let due = self.delivery.send_at.filter(|at| *at <= later(now, LONGEST_HOLD)).unwrap_or(now);
        ready.then_some(due)
    }

    /// When the wish has become pointless. Not while a write is on its way (the answer decides), and not once
    /// it was refused: then it is never sent, and stays for the person to see.
    pub(crate) fn dropped_at(&self) -> Option<Timestamp> {
        let end = self.intent()?.wanted.as_ref()?.expires_at?;
        if self.flight_writes().is_some() {
            return None;
        }
        match self.delivery.stage {
            Stage::Refused => None,
            Stage::Fresh => Some(end),
            Stage::Waiting | Stage::Asking { .. } => {
                Some(end.saturating_sub(LEAST_LIFE).unwrap_or(Timestamp::MIN))
            }
        }
    }
}
