//! The engine against a model of the world: whatever happens in whatever order, the last click arrives or the
//! person is told; nothing older goes over anything newer, nothing foreign is overwritten unasked, nobody who waits for
//! an outcome waits for ever, and a server that asks for silence gets it.

mod support;

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use status_core::{
    Action, Cause, Command, ConflictReason, Effect, Extension, Failure, FailureKind, MenuItem,
    Notice, Outbox, PendingPhase, PresetId, RequestId, Resolution, SavedSettings, Status, Ticket,
    TokenState, Tray, update,
};
use support::{Fixture, account, alive, failure, phone_status, same};

/// What comes of a request.
#[derive(Debug, Clone, Copy)]
enum Answer {
    Fine,
    Offline,
    /// Carried out or not, and then a gateway's error.
    ServerError {
        arrived: bool,
    },
    /// Carried out or not, and nobody knows.
    Lost {
        arrived: bool,
    },
    RateLimited {
        seconds: u64,
        arrived: bool,
    },
    Unauthorized,
    /// Refused in the last attempt; an earlier one may have been carried out.
    Refused {
        arrived: bool,
    },
    /// JSON that this version cannot read.
    Unreadable,
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Click(u8),
    Clear,
    Extend,
    Undo,
    Answer(Answer),
    Wait(i64),
    /// The lid is closed: requests hang, the monotonic clock stands still.
    Sleep(i64),
    /// Somebody sets the computer's clock.
    SetClock(i64),
    Phone(u8),
    PhoneClears,
    Crash {
        arrived: bool,
    },
    /// The person disconnects while whatever is in flight, and connects again.
    Reconnect {
        arrived: bool,
    },
    Woke,
    Refresh,
    Retry,
    Cancel,
    Decide(bool),
    TokenChecked(Option<bool>),
}

fn answers() -> impl Strategy<Value = Answer> {
    let arrived = any::<bool>;
    prop_oneof![
        8 => Just(Answer::Fine),
        2 => Just(Answer::Offline),
        2 => arrived().prop_map(|arrived| Answer::ServerError { arrived }),
        4 => arrived().prop_map(|arrived| Answer::Lost { arrived }),
        2 => (prop_oneof![4 => 0_u64..200, 1 => Just(86_400)], arrived())
            .prop_map(|(seconds, arrived)| Answer::RateLimited { seconds, arrived }),
        1 => Just(Answer::Unauthorized),
        2 => arrived().prop_map(|arrived| Answer::Refused { arrived }),
        1 => Just(Answer::Unreadable),
    ]
}

fn steps() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (0_u8..5).prop_map(Step::Click),
        2 => Just(Step::Clear),
        3 => Just(Step::Extend),
        1 => Just(Step::Undo),
        14 => answers().prop_map(Step::Answer),
        8 => prop_oneof![0_i64..400, 400_i64..5_000, 5_000_i64..2_000_000].prop_map(Step::Wait),
        1 => (1_000_i64..40_000_000).prop_map(Step::Sleep),
        1 => (-90_000_000_i64..90_000_000).prop_map(Step::SetClock),
        2 => (0_u8..4).prop_map(Step::Phone),
        1 => Just(Step::PhoneClears),
        1 => any::<bool>().prop_map(|arrived| Step::Crash { arrived }),
        1 => any::<bool>().prop_map(|arrived| Step::Reconnect { arrived }),
        1 => Just(Step::Woke),
        1 => Just(Step::Refresh),
        1 => Just(Step::Retry),
        1 => Just(Step::Cancel),
        1 => any::<bool>().prop_map(Step::Decide),
        2 => prop_oneof![Just(None), any::<bool>().prop_map(Some)].prop_map(Step::TokenChecked),
    ]
}

enum Request {
    Fetch(Ticket),
    Write(Ticket, Option<Status>),
}

#[allow(clippy::struct_excessive_bools, reason = "each is one fact about the newest intent")]
struct World {
    app: Fixture,
    /// What the server keeps; it goes on returning what has ended.
    server: Option<Status>,
    /// Keeps fields that a write leaves out.
    merges: bool,
    request: Option<Request>,
    /// When it was sent: the client answers for each within two minutes.
    since: Timestamp,
    token_checks: u32,
    disk: Outbox,
    settings: SavedSettings,
    /// What the newest click asked for and when; `None` once it arrived, was refused, cancelled or dropped.
    intent: Option<(Option<Status>, Timestamp)>,
    /// The server refused it, and nobody asked for another try.
    refused: bool,
    /// A write began since it was asked for.
    sent_once: bool,
    /// The person was told that the newest intent did not come true as it was meant.
    told: bool,
    /// The phone changed the status after the newest intent, and the person has not decided since.
    foreign: bool,
    /// The phone did anything at all.
    phone_used: bool,
    /// What the app had last seen when the newest intent was made, and everything it ever wrote: back at one of
    /// these, the server looks as if nothing had happened.
    base: Option<Status>,
    written: Vec<Option<Status>>,
    sent: usize,
    /// Time as it really passes, whatever the clocks say.
    elapsed: Duration,
    /// Until then the server wants silence, in that time; the person's own tries excepted.
    quiet_until: Duration,
    /// One try within that silence is the person's to make.
    own_try: bool,
    /// Time asleep that a clock set back can hide: then no clock says that it passed.
    slept: Duration,
    /// Until then it may stay silent.
    silent_until: Duration,
    last_request_id: u64,
    /// Whoever waits for an outcome.
    waiting: BTreeSet<RequestId>,
}

impl World {
    fn new(merges: bool) -> Self {
        let mut world = Self {
            app: Fixture::new("2026-11-23T03:00:00+03:00[Europe/Moscow]"),
            server: None,
            merges,
            request: None,
            since: Timestamp::UNIX_EPOCH,
            token_checks: 0,
            disk: Outbox::default(),
            settings: SavedSettings::default(),
            intent: None,
            refused: false,
            sent_once: false,
            told: false,
            foreign: false,
            phone_used: false,
            base: None,
            written: Vec::new(),
            sent: 0,
            elapsed: Duration::ZERO,
            quiet_until: Duration::ZERO,
            own_try: false,
            slept: Duration::ZERO,
            silent_until: Duration::ZERO,
            last_request_id: 0,
            waiting: BTreeSet::new(),
        };
        world.connect();
        world.answer(Answer::Fine);
        world
    }

    fn now(&self) -> Timestamp {
        self.app.now.timestamp()
    }

    fn connect(&mut self) {
        let (account, outbox) = (account(), self.disk.clone());
        let token = TokenState::Kept;
        self.act(Action::Connected { account, token, server: None, outbox });
    }

    fn act(&mut self, action: Action) {
        let moment = self.app.moment();
        let effects = update(&mut self.app.state, action, &moment);
        self.perform_all(effects);
    }

    fn perform_all(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.perform(effect);
        }
        self.check_views();
    }

    /// Somebody asks for this and waits for the outcome. A new intent is known to the model before its write is seen.
    fn ask(&mut self, command: Command) {
        self.last_request_id += 1;
        let id = RequestId(self.last_request_id);
        self.waiting.insert(id);
        let action = Action::Do { command, account: None, cause: Cause::Person, reply: Some(id) };
        let (moment, before) = (self.app.moment(), self.disk.last_id);
        let effects = update(&mut self.app.state, action, &moment);
        if let Some(outbox) = support::saved_outbox(&effects)
            && let Some(intent) = outbox.intent.filter(|intent| intent.id > before)
        {
            self.intent = Some((intent.status, self.now()));
            self.refused = false;
            self.sent_once = false;
            self.told = false;
            self.foreign = false;
            self.base = outbox.seen.and_then(|(seen, _)| seen);
        }
        self.perform_all(effects);
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::SaveOutbox(account, outbox) => {
                let id = outbox.last_id;
                self.disk = serde_json::from_str(&serde_json::to_string(&outbox).expect("json"))
                    .expect("outbox");
                assert_eq!(self.disk, outbox, "what is read is what was written");
                let saved = Action::OutboxSaved { account, id, saved: true };
                let moment = self.app.moment();
                let more = update(&mut self.app.state, saved, &moment);
                assert_eq!(more, [], "a note from the disk changes nothing else");
            }
            Effect::SaveSettings(settings) => self.settings = *settings,
            Effect::FetchStatus(_, ticket) => {
                assert!(
                    !matches!(self.request, Some(Request::Write(..))),
                    "no fetch beside a write"
                );
                self.begin(Request::Fetch(ticket));
            }
            Effect::PutStatus(_, ticket, status) => self.write(ticket, Some(status)),
            Effect::DeleteStatus(_, ticket) => self.write(ticket, None),
            Effect::CallOff(ticket) => self.call_off(ticket),
            Effect::CheckToken(_) => {
                self.sent += 1;
                self.token_checks += 1;
            }
            Effect::Notify(notification) => {
                let id = notification.title.id;
                self.told |=
                    id != "notification-delivered-title" && id != "notification-expired-title";
            }
            Effect::Reply(id, outcome) => {
                assert!(self.waiting.contains(&id), "an outcome after the last one: {outcome:?}");
                if outcome.is_final() {
                    self.waiting.remove(&id);
                }
            }
            _ => {}
        }
    }

    fn begin(&mut self, request: Request) {
        let quiet = self.elapsed < self.quiet_until;
        assert!(!quiet || std::mem::take(&mut self.own_try), "comes back before the server wanted");
        self.sent += 1;
        self.since = self.now();
        self.request = Some(request);
    }

    /// Ended on its way: it may have arrived or not.
    fn call_off(&mut self, ticket: Ticket) {
        match self.request.take_if(|request| {
            matches!(request, Request::Fetch(known) | Request::Write(known, _) if *known == ticket)
        }) {
            Some(Request::Write(_, status)) if ticket.0.is_multiple_of(2) => self.apply(status),
            _ => {}
        }
    }

    fn write(&mut self, ticket: Ticket, status: Option<Status>) {
        assert!(!matches!(self.request, Some(Request::Write(..))), "one write at a time");
        assert!(!self.refused, "what was refused goes out again by itself");
        let (intent, asked) =
            self.intent.as_ref().expect("nothing is written that nobody asked for");
        // A merging server makes us clear before writing again.
        let clearing = self.merges && status.is_none();
        assert!(
            clearing || same(intent.as_ref(), status.as_ref()),
            "an older intent goes out: {status:?}, asked for {intent:?}"
        );
        assert!(
            !status.as_ref().is_some_and(|status| status.expired(self.now())),
            "an ended status goes out"
        );
        self.check_message(status.as_ref());
        let waited = self.now().duration_since(*asked) > SignedDuration::from_millis(1_500);
        let server = alive(self.server.as_ref(), self.now());
        let familiar = same(server, alive(self.base.as_ref(), self.now()))
            || self.written.iter().any(|ours| same(server, alive(ours.as_ref(), self.now())));
        assert!(!self.foreign || !waited || familiar, "overwrites the phone's {server:?}");
        self.written.push(status.clone());
        self.sent_once = true;
        self.begin(Request::Write(ticket, status));
    }

    /// A message that names the end of the status names the right one.
    fn check_message(&self, status: Option<&Status>) {
        let Some(status) = status else { return };
        let (Some(message), Some(end)) = (&status.away_message, status.expires_at) else { return };
        let Some((_, said)) = message.as_str().split_once("вернусь в ") else { return };
        let end = end.to_zoned_datetime(self.app.now.time_zone().clone());
        assert_eq!(said, end.strftime("%H:%M.").to_string(), "the message names another end");
    }

    fn apply(&mut self, status: Option<Status>) {
        let old = self.server.take().filter(|old| !old.expired(self.now()));
        self.server = match (status, old) {
            (Some(new), Some(old)) if self.merges => Some(Status {
                expires_at: new.expires_at.or(old.expires_at),
                away_message: new.away_message.clone().or(old.away_message),
                ..new
            }),
            (status, _) => status,
        };
        self.foreign = false;
    }

    fn answer(&mut self, answer: Answer) {
        let Some(request) = self.request.take() else { return };
        let refused = matches!(answer, Answer::Refused { .. });
        if matches!(answer, Answer::Fine) || refused && matches!(request, Request::Write(..)) {
            // A server that answers wants no silence any more.
            self.quiet_until = self.elapsed;
        }
        let (kind, arrived) = match answer {
            Answer::Fine => (None, true),
            Answer::Offline => (Some(FailureKind::Offline), false),
            Answer::ServerError { arrived } => (Some(FailureKind::ServerError), arrived),
            Answer::Lost { arrived } => (Some(FailureKind::Timeout), arrived),
            Answer::RateLimited { arrived, .. } => (Some(FailureKind::RateLimited), arrived),
            Answer::Unauthorized => (Some(FailureKind::TokenRejected), false),
            Answer::Refused { arrived } => (Some(FailureKind::TooLong), arrived),
            Answer::Unreadable => (Some(FailureKind::Unexpected), true),
        };
        let error = kind.map(|kind| Failure {
            // The client knows of every attempt whether it may have arrived; 5xx speaks for itself.
            ambiguous: arrived && kind != FailureKind::ServerError
                || matches!(answer, Answer::Lost { .. }),
            http_status: matches!(kind, FailureKind::ServerError).then_some(503),
            retry_after_seconds: match answer {
                Answer::RateLimited { seconds, .. } => Some(seconds),
                _ => None,
            },
            ..failure(kind)
        });
        if let Answer::RateLimited { seconds, .. } = answer {
            self.quiet_until = self.quiet_until.max(self.elapsed + Duration::from_secs(seconds));
            self.silent_until = self.silent_until.max(self.quiet_until);
        }
        match request {
            Request::Fetch(ticket) => {
                let result = match error {
                    Some(error) => Err(Failure { ambiguous: false, ..error }),
                    None => Ok(self.server.clone()),
                };
                self.act(Action::StatusFetched(ticket, result));
            }
            Request::Write(ticket, status) => {
                // A refused clearing of left-overs leaves what there is: the intent itself is not refused.
                let intended = |(intent, _): &(Option<Status>, Timestamp)| {
                    same(intent.as_ref(), status.as_ref())
                };
                let current = self.sent_once && self.intent.as_ref().is_some_and(intended);
                self.refused |= refused && current;
                // A left-over that may not be cleared away stays, and is shown as it is.
                self.told |= refused && !current && status.is_none();
                if arrived {
                    self.apply(status);
                }
                let result = error.map_or_else(|| Ok(self.server.clone()), Err);
                self.act(Action::StatusWritten(ticket, result));
            }
        }
    }

    /// Everything that can be drawn at any moment draws, and every sentence is a known one.
    fn check_views(&self) {
        let snapshot = self.app.snapshot();
        let ends = snapshot.status.status.as_ref().and_then(|status| status.ends.as_ref());
        assert!(ends.is_none_or(|ends| ends.at > self.now()), "an ended status is shown");
        let changed = snapshot.conflict.as_ref().map(|conflict| conflict.reason)
            == Some(ConflictReason::Changed);
        assert!(!changed || self.phone_used, "asked about the person's own change");
        for item in Tray::of(&snapshot).menu {
            if let MenuItem::Action { id, .. }
            | MenuItem::Check { id, .. }
            | MenuItem::Submenu { id, .. } = item
            {
                assert_eq!(id.to_string().parse(), Ok(id));
            }
        }
    }

    fn step(&mut self, step: Step) {
        let presets = ["away", "lunch", "remote", "done", "focus"];
        match step {
            Step::Click(preset) => {
                self.ask(Command::ApplyPreset(PresetId(presets[usize::from(preset)].to_owned())));
            }
            Step::Clear => self.ask(Command::ClearStatus),
            Step::Extend => self.ask(Command::Extend(Extension::Minutes { minutes: 30 })),
            Step::Undo => self.ask(Command::Undo),
            Step::Answer(answer) => self.answer(answer),
            Step::Wait(milliseconds) => self.wait(SignedDuration::from_millis(milliseconds)),
            Step::Sleep(milliseconds) => {
                let asleep = Duration::from_millis(milliseconds.unsigned_abs());
                self.elapsed += asleep;
                self.slept += asleep;
                self.set_clock(SignedDuration::from_millis(milliseconds));
            }
            Step::SetClock(milliseconds) => {
                let change = SignedDuration::from_millis(milliseconds);
                if change.is_positive() {
                    // A pause that the wall clock says is over is over.
                    self.quiet_until = self.elapsed;
                } else {
                    let hidden = self.slept.min(change.unsigned_abs());
                    self.slept -= hidden;
                    self.silent_until += hidden;
                }
                self.set_clock(change);
            }
            Step::Phone(number) => {
                self.server =
                    Some(phone_status(["дома", "в пути", "занят", "отпуск"][usize::from(number)]));
                self.foreign = true;
                self.phone_used = true;
            }
            Step::PhoneClears => {
                self.foreign |= alive(self.server.as_ref(), self.now()).is_some();
                self.server = None;
                self.phone_used = true;
            }
            Step::Crash { arrived } => {
                self.lose_request(arrived);
                self.waiting.clear();
                self.app.state = support::fresh(self.settings.clone());
                self.app.monotonic = Duration::ZERO;
                self.connect();
            }
            Step::Reconnect { arrived } => {
                self.lose_request(arrived);
                self.act(Action::Disconnected(account().id));
                assert_eq!(
                    self.waiting,
                    BTreeSet::new(),
                    "nobody waits for an account that is gone"
                );
                self.connect();
            }
            Step::Woke => self.act(Action::Woke),
            Step::Refresh => self.ask(Command::Refresh),
            Step::Retry => {
                self.own_try = true;
                self.ask(Command::Retry);
            }
            Step::Cancel => {
                self.told |= self.app.snapshot().pending.is_some();
                self.ask(Command::CancelPending);
            }
            Step::Decide(true) => self.ask(Command::ResolveConflict(Resolution::Ours)),
            Step::Decide(false) => {
                self.told |= self.app.snapshot().conflict.is_some();
                self.ask(Command::ResolveConflict(Resolution::Theirs));
            }
            Step::TokenChecked(accepted) => {
                if std::mem::take(&mut self.token_checks) > 0 {
                    let id = account().id;
                    self.act(match accepted {
                        None => Action::TokenUnchecked(id),
                        Some(true) => Action::AccountIs(account()),
                        Some(false) => Action::TokenIs(Some(id), TokenState::Rejected),
                    });
                }
            }
        }
    }

    fn lose_request(&mut self, arrived: bool) {
        if let Some(Request::Write(_, status)) = self.request.take()
            && arrived
        {
            self.apply(status);
        }
    }

    /// The wall clock says something else from here on, and the system says so.
    fn set_clock(&mut self, change: SignedDuration) {
        let zone = self.app.now.time_zone().clone();
        self.app.now = (self.now() + change).to_zoned_datetime(zone);
        self.act(Action::Woke);
    }

    fn wait(&mut self, duration: SignedDuration) {
        let end = self.now() + duration;
        loop {
            let answered = self.request.as_ref().map(|_| self.since + SignedDuration::from_mins(2));
            let deadline = self.app.state.next_deadline(&self.app.moment());
            let Some(due) =
                [answered, deadline].into_iter().flatten().min().filter(|due| *due <= end)
            else {
                break;
            };
            self.pass(due);
            if answered.is_some_and(|answered| answered <= self.now()) {
                let arrived = self.since.as_millisecond() % 2 == 0;
                self.answer(Answer::Lost { arrived });
            } else {
                self.act(Action::Tick);
                let next = self.app.state.next_deadline(&self.app.moment());
                assert!(
                    next.is_none_or(|next| next > self.now()),
                    "a deadline that its tick does not settle"
                );
            }
        }
        self.pass(end);
        self.act(Action::Tick);
    }

    fn pass(&mut self, until: Timestamp) {
        let time = until.duration_since(self.now()).max(SignedDuration::ZERO);
        self.elapsed += time.unsigned_abs();
        self.app.skip(time);
    }

    /// The faults stop: everything is answered until forty minutes after the last silence the server asked for.
    fn calm(&mut self) {
        self.act(Action::Woke);
        let end = self.elapsed.max(self.silent_until) + Duration::from_mins(40);
        while self.elapsed < end {
            self.step(Step::TokenChecked(Some(true)));
            while self.request.is_some() {
                self.answer(Answer::Fine);
            }
            let left =
                SignedDuration::try_from(end.saturating_sub(self.elapsed)).expect("some hours");
            let due = self.app.state.next_deadline(&self.app.moment());
            let pause = due.map_or(left, |due| due.duration_since(self.now()).min(left));
            self.wait(pause.max(SignedDuration::from_millis(1)));
        }
        while self.request.is_some() {
            self.answer(Answer::Fine);
        }
    }

    fn judge(&self) {
        let snapshot = self.app.snapshot();
        let server = alive(self.server.as_ref(), self.now());
        let quiet = snapshot.pending.as_ref().is_none_or(|pending| {
            pending.phase == PendingPhase::Refused || snapshot.conflict.is_some()
        });
        assert!(quiet, "still pending: {:?}, link {:?}", snapshot.pending, snapshot.link);
        assert_eq!(self.waiting, BTreeSet::new(), "somebody still waits for an outcome");
        assert!(
            snapshot.notices.iter().all(|notice| matches!(notice, Notice::WaitedTooLong { .. }))
        );
        let shown = snapshot.status.status.as_ref().map(|status| status.title.as_str());
        assert_eq!(shown, server.map(|status| status.title.as_str()), "tray and server differ");
        let Some((intent, _)) = &self.intent else { return };
        let arrived = same(server, alive(intent.as_ref(), self.now()));
        assert!(
            arrived || self.told || self.foreign,
            "lost without a word: asked for {intent:?}, server {server:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn last_click_arrives_or_the_person_is_told(steps in prop::collection::vec(steps(), 1..60), merges in any::<bool>()) {
        let mut world = World::new(merges);
        for step in &steps {
            world.step(*step);
        }
        let in_chaos = world.sent;
        // A wait may run into many deadlines, but each intent and each deadline costs a request or two.
        prop_assert!(in_chaos <= 20 * steps.len() + 10, "{in_chaos} requests in {} steps", steps.len());
        world.calm();
        world.judge();
    }
}
