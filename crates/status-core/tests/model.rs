//! The engine against a model of the world: whatever happens in whatever order, the last click arrives or the
//! person is told; nothing older goes over anything newer, and nothing foreign is overwritten unasked.

mod support;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use status_core::{
    Action, Command, Effect, Failure, FailureKind, MenuItem, Notice, Outbox, PendingPhase,
    SavedSettings, Status, Ticket, TokenState, Tray, update,
};
use support::{Fixture, account, alive, ambiguous, failure, phone_status, same};

/// What comes of a request.
#[derive(Debug, Clone, Copy)]
enum Outcome {
    Fine,
    Offline,
    ServerError,
    /// Carried out, answer lost.
    AnswerLost,
    /// Not carried out, and nobody knows.
    RequestLost,
    RateLimited(u64),
    Unauthorized,
    Refused,
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Click(u8),
    Clear,
    Undo,
    Answer(Outcome),
    Wait(i64),
    Phone(u8),
    PhoneClears,
    Crash { arrived: bool },
    Woke,
    Asked,
    Cancel,
    Decide(bool),
    TokenChecked(bool),
}

fn outcomes() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        6 => Just(Outcome::Fine),
        2 => Just(Outcome::Offline),
        1 => Just(Outcome::ServerError),
        2 => Just(Outcome::AnswerLost),
        2 => Just(Outcome::RequestLost),
        1 => (0_u64..200).prop_map(Outcome::RateLimited),
        1 => Just(Outcome::Unauthorized),
        1 => Just(Outcome::Refused),
    ]
}

fn steps() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0_u8..5).prop_map(Step::Click),
        2 => Just(Step::Clear),
        1 => Just(Step::Undo),
        10 => outcomes().prop_map(Step::Answer),
        6 => prop_oneof![0_i64..400, 400_i64..5_000, 5_000_i64..2_000_000].prop_map(Step::Wait),
        2 => (0_u8..4).prop_map(Step::Phone),
        1 => Just(Step::PhoneClears),
        1 => any::<bool>().prop_map(|arrived| Step::Crash { arrived }),
        1 => Just(Step::Woke),
        1 => Just(Step::Asked),
        1 => Just(Step::Cancel),
        1 => any::<bool>().prop_map(Step::Decide),
        2 => any::<bool>().prop_map(Step::TokenChecked),
    ]
}

enum Request {
    Look(Ticket),
    Write(Ticket, Option<Status>),
}

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
    wish: Option<(Option<Status>, Timestamp)>,
    /// The person was told that the newest wish did not come true as it was meant.
    told: bool,
    /// The phone changed the status after the newest wish, and the person has not decided since.
    foreign: bool,
    /// What the app had last seen when the newest wish was made, and everything it ever wrote: back at one of
    /// these, the server looks as if nothing had happened.
    base: Option<Status>,
    written: Vec<Option<Status>>,
    sent: usize,
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
            wish: None,
            told: false,
            foreign: false,
            base: None,
            written: Vec::new(),
            sent: 0,
        };
        world.connect();
        world.answer(Outcome::Fine);
        world
    }

    fn now(&self) -> Timestamp {
        self.app.now.timestamp()
    }

    fn connect(&mut self) {
        let outbox = self.disk.clone();
        self.act(Action::Connected { account: account(), token: TokenState::Kept, outbox });
    }

    fn act(&mut self, action: Action) {
        let moment = self.app.moment();
        let effects = update(&mut self.app.state, action, &moment);
        for effect in effects {
            self.perform(effect);
        }
        self.check_views();
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::SaveOutbox(_, outbox) => {
                let id = outbox.last_id;
                self.disk = serde_json::from_str(&serde_json::to_string(&outbox).expect("json"))
                    .expect("outbox");
                let moment = self.app.moment();
                let more =
                    update(&mut self.app.state, Action::OutboxSaved { id, saved: true }, &moment);
                assert_eq!(more, [], "a note from the disk changes nothing else");
            }
            Effect::SaveSettings(settings) => self.settings = *settings,
            Effect::FetchStatus(_, ticket) => {
                self.sent += 1;
                assert!(
                    !matches!(self.request, Some(Request::Write(..))),
                    "no look beside a write"
                );
                self.since = self.now();
                self.request = Some(Request::Look(ticket));
            }
            Effect::PutStatus(_, ticket, status) => self.write(ticket, Some(status)),
            Effect::DeleteStatus(_, ticket) => self.write(ticket, None),
            Effect::CheckToken(_) => {
                self.sent += 1;
                self.token_checks += 1;
            }
            Effect::Notify(notification) => {
                let id = notification.title.id;
                self.told |=
                    id != "notification-delivered-title" && id != "notification-expired-title";
            }
            _ => {}
        }
    }

    fn write(&mut self, ticket: Ticket, status: Option<Status>) {
        self.sent += 1;
        assert!(!matches!(self.request, Some(Request::Write(..))), "one write at a time");
        let (wish, asked) = self.wish.as_ref().expect("nothing is written that is not wished for");
        // A merging server makes us clear before writing again.
        let sweep = self.merges && status.is_none();
        assert!(
            sweep || same(wish.as_ref(), status.as_ref()),
            "an older wish goes out: {status:?}, wished {wish:?}"
        );
        assert!(
            !status.as_ref().is_some_and(|status| status.expired(self.now())),
            "an ended status goes out"
        );
        let waited = self.now().duration_since(*asked) > SignedDuration::from_millis(1_500);
        let server = alive(self.server.as_ref(), self.now());
        let familiar = same(server, alive(self.base.as_ref(), self.now()))
            || self.written.iter().any(|ours| same(server, alive(ours.as_ref(), self.now())));
        assert!(!self.foreign || !waited || familiar, "overwrites the phone's {server:?}");
        self.written.push(status.clone());
        self.since = self.now();
        self.request = Some(Request::Write(ticket, status));
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

    fn answer(&mut self, outcome: Outcome) {
        let Some(request) = self.request.take() else { return };
        let error = match outcome {
            Outcome::Fine => None,
            Outcome::Offline => Some(failure(FailureKind::Offline)),
            Outcome::ServerError => Some(failure(FailureKind::ServerError)),
            Outcome::AnswerLost | Outcome::RequestLost => Some(ambiguous()),
            Outcome::RateLimited(seconds) => Some(Failure {
                retry_after_seconds: Some(seconds),
                ..failure(FailureKind::RateLimited)
            }),
            Outcome::Unauthorized => Some(failure(FailureKind::TokenRejected)),
            Outcome::Refused => Some(failure(FailureKind::TooLong)),
        };
        match request {
            Request::Look(ticket) => {
                let result = match error {
                    Some(error) => Err(Failure { ambiguous: false, ..error }),
                    None => Ok(self.server.clone()),
                };
                self.act(Action::StatusFetched(ticket, result));
            }
            Request::Write(ticket, status) => {
                if matches!(outcome, Outcome::Fine | Outcome::AnswerLost) {
                    self.apply(status);
                }
                let result = error.map_or_else(|| Ok(self.server.clone()), Err);
                self.act(Action::StatusWritten(ticket, result));
            }
        }
    }

    fn wished(&mut self, id_before: u64) {
        let intent = self.app.effects_of_intent();
        if let Some(intent) = intent.filter(|intent| intent.0 > id_before) {
            self.wish = Some((intent.1, self.now()));
            self.told = false;
            self.foreign = false;
            self.base = self.app.state_seen();
        }
    }

    /// Performs an action that may make a new wish.
    fn wish_by(&mut self, action: Action) {
        // The wish is known to the model before its write is looked at.
        let moment = self.app.moment();
        let before = self.disk.last_id;
        let effects = update(&mut self.app.state, action, &moment);
        self.app.effects.clone_from(&effects);
        self.wished(before);
        for effect in effects {
            self.perform(effect);
        }
        self.check_views();
    }

    /// Everything that can be drawn at any moment draws, and every sentence is a known one.
    fn check_views(&self) {
        let snapshot = self.app.snapshot();
        let ends = snapshot.status.status.as_ref().and_then(|status| status.ends.as_ref());
        assert!(ends.is_none_or(|ends| ends.at > self.now()), "an ended status is shown");
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
                let id = status_core::PresetId(presets[usize::from(preset)].to_owned());
                self.wish_by(Command::ApplyPreset(id));
            }
            Step::Clear => self.wish_by(Command::ClearStatus),
            Step::Undo => self.wish_by(Command::Undo),
            Step::Answer(outcome) => self.answer(outcome),
            Step::Wait(milliseconds) => self.wait(SignedDuration::from_millis(milliseconds)),
            Step::Phone(number) => {
                self.server =
                    Some(phone_status(["дома", "в пути", "занят", "отпуск"][usize::from(number)]));
                self.foreign = true;
            }
            Step::PhoneClears => {
                self.foreign |= alive(self.server.as_ref(), self.now()).is_some();
                self.server = None;
            }
            Step::Crash { arrived } => {
                if let Some(Request::Write(_, status)) = self.request.take()
                    && arrived
                {
                    self.apply(status);
                }
                self.app.state = support::fresh(self.settings.clone());
                self.connect();
            }
            Step::Woke => self.act(Action::Woke),
            Step::Asked => self.person(Command::Refresh),
            Step::Cancel => {
                self.told |= self.app.snapshot().pending.is_some();
                self.person(Command::CancelPending);
            }
            Step::Decide(ours) => {
                self.told |= !ours && self.app.snapshot().conflict.is_some();
                self.wish_by(Command::ResolveConflict(ours));
            }
            Step::TokenChecked(good) => {
                if std::mem::take(&mut self.token_checks) > 0 {
                    self.act(if good {
                        Action::AccountIs(account())
                    } else {
                        Action::TokenIs(TokenState::Rejected)
                    });
                }
            }
        }
    }

    fn wait(&mut self, duration: SignedDuration) {
        let end = self.now() + duration;
        let zone = self.app.now.time_zone().clone();
        loop {
            let answered = self.request.as_ref().map(|_| self.since + SignedDuration::from_mins(2));
            let deadline = self.app.state.next_deadline(&self.app.moment());
            let Some(due) =
                [answered, deadline].into_iter().flatten().min().filter(|due| *due <= end)
            else {
                break;
            };
            self.app.now = due.max(self.now()).to_zoned_datetime(zone.clone());
            if answered.is_some_and(|answered| answered <= self.now()) {
                let arrived = self.since.as_millisecond() % 2 == 0;
                self.answer(if arrived { Outcome::AnswerLost } else { Outcome::RequestLost });
            } else {
                self.act(Action::Tick);
                let next = self.app.state.next_deadline(&self.app.moment());
                assert!(
                    next.is_none_or(|next| next > self.now()),
                    "a deadline that its tick does not settle"
                );
            }
        }
        self.app.now = end.to_zoned_datetime(zone);
        self.act(Action::Tick);
    }

    /// The faults stop: everything is answered for forty minutes.
    fn calm(&mut self) {
        self.act(Action::Woke);
        let end = self.now() + SignedDuration::from_mins(40);
        while self.now() < end {
            self.step(Step::TokenChecked(true));
            while self.request.is_some() {
                self.answer(Outcome::Fine);
            }
            let due = self.app.state.next_deadline(&self.app.moment()).unwrap_or(end).min(end);
            let pause = due.duration_since(self.now()).max(SignedDuration::from_millis(1));
            self.wait(pause);
        }
        while self.request.is_some() {
            self.answer(Outcome::Fine);
        }
    }

    fn judge(&self) {
        let snapshot = self.app.snapshot();
        let server = alive(self.server.as_ref(), self.now());
        let quiet = snapshot.pending.as_ref().is_none_or(|pending| {
            pending.phase == PendingPhase::Refused || snapshot.conflict.is_some()
        });
        assert!(quiet, "still pending: {:?}, link {:?}", snapshot.pending, snapshot.link);
        assert!(
            snapshot.notices.iter().all(|notice| matches!(notice, Notice::WaitedTooLong { .. }))
        );
        let shown = snapshot.status.status.as_ref().map(|status| status.title.as_str());
        assert_eq!(shown, server.map(|status| status.title.as_str()), "tray and server differ");
        let Some((wish, _)) = &self.wish else { return };
        let arrived = same(server, alive(wish.as_ref(), self.now()));
        assert!(
            arrived || self.told || self.foreign,
            "lost without a word: wished {wish:?}, server {server:?}"
        );
    }
}

impl Fixture {
    /// What the app believes the server shows.
    fn state_seen(&self) -> Option<Status> {
        let seen = support::saved_outbox(&self.effects)?.seen?;
        seen.0
    }

    /// Id and content of the intent just saved, if the last effects saved one.
    fn effects_of_intent(&self) -> Option<(u64, Option<Status>)> {
        let outbox = support::saved_outbox(&self.effects)?;
        outbox.intent.map(|intent| (intent.id, intent.wanted))
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
        // A wait may run into many deadlines, but each wish and each deadline costs a request or two.
        prop_assert!(in_chaos <= 20 * steps.len() + 10, "{in_chaos} requests in {} steps", steps.len());
        world.calm();
        world.judge();
    }
}
