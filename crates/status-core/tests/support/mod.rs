//! A person, their computer and a server that a test can play with.
#![allow(dead_code, reason = "each test uses its part")]

use std::time::Duration;

use jiff::{SignedDuration, Timestamp, ZonedDateTime};
use status_core::{
    Account, AccountId, Action, Cause, Command, Draft, DraftPreview, Effect, Expiry, Failure,
    FailureKind, Lang, Locale, Moment, Outbox, Outcome, Preset, PresetId, RequestId, SavedSettings,
    Snapshot, State, Status, Ticket, TokenState, Wording, update,
};

pub(crate) fn at(text: &str) -> ZonedDateTime {
    text.parse().expect("a moment with a zone")
}

pub(crate) fn preset(
    id: &str,
    emoji: &str,
    title: &str,
    expiry: Expiry,
    message: Option<&str>,
) -> Preset {
    Preset {
        id: PresetId(id.to_owned()),
        draft: Draft {
            emoji: emoji.to_owned(),
            title: title.to_owned(),
            expiry,
            is_away: message.is_some(),
            away_message: message.unwrap_or_default().to_owned(),
        },
        in_tray: true,
    }
}

pub(crate) fn default_presets() -> Vec<Preset> {
    vec![
        preset(
            "away",
            "🚶",
            "Отошёл",
            Expiry::Minutes { minutes: 30 },
            Some("Отошёл, вернусь в {time}."),
        ),
        preset(
            "lunch",
            "🍔",
            "На обеде",
            Expiry::Minutes { minutes: 60 },
            Some("На обеде, вернусь в {time}."),
        ),
        preset("remote", "🏡", "Работаю удалённо", Expiry::EndOfWorkday, None),
        preset(
            "done",
            "🌙",
            "Рабочий день окончен",
            Expiry::NextWorkingMorning,
            Some("Отвечу {date} после {time}."),
        ),
        preset("focus", "🎯", "Не беспокоить", Expiry::Never, None),
        Preset {
            in_tray: false,
            ..preset("holiday", "🏖️", "В отпуске", Expiry::AskDate, Some("В отпуске до {date}."))
        },
    ]
}

pub(crate) fn wording() -> Wording {
    let months = [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ];
    Wording { default_presets: default_presets(), months: months.map(str::to_owned) }
}

pub(crate) fn fresh(saved: SavedSettings) -> State {
    let languages = vec![(Lang::Ru, wording()), (Lang::En, wording())];
    State::new(saved, languages, Locale { lang: Lang::Ru, hour12: false })
}

pub(crate) fn account() -> Account {
    let scopes =
        ["profile_status:read", "profile_status:write", "profile:read", "profile_avatar:write"];
    let scopes = [scopes.as_slice(), &["custom_properties:read"]].concat();
    Account {
        id: AccountId { origin: "https://api.pachca.com".to_owned(), user_id: 12 },
        name: "Анна".to_owned(),
        role: "user".to_owned(),
        scopes: scopes.into_iter().map(str::to_owned).collect(),
    }
}

pub(crate) fn failure(kind: FailureKind) -> Failure {
    Failure::new(kind)
}

pub(crate) fn ambiguous() -> Failure {
    Failure { ambiguous: true, ..failure(FailureKind::Timeout) }
}

pub(crate) fn phone_status(title: &str) -> Status {
    Status::observed("📱", title, None, false, None)
}

/// The state at a app, with every effect kept for the test to look at.
pub(crate) struct Fixture {
    pub(crate) state: State,
    pub(crate) now: ZonedDateTime,
    pub(crate) monotonic: Duration,
    pub(crate) jitter: f64,
    pub(crate) effects: Vec<Effect>,
}

impl Fixture {
    /// Not connected yet.
    pub(crate) fn new(now: &str) -> Self {
        Self {
            state: fresh(SavedSettings::default()),
            now: at(now),
            monotonic: Duration::ZERO,
            jitter: 0.5,
            effects: Vec::new(),
        }
    }

    /// Connected, the server looked at and showing `status`.
    pub(crate) fn connected(now: &str, status: Option<Status>) -> Self {
        let mut app = Self::new(now);
        app.connect(Outbox::default());
        app.answer_fetch(Ok(status));
        app.effects.clear();
        app
    }

    pub(crate) fn connect(&mut self, outbox: Outbox) {
        let token = TokenState::Kept;
        self.act(Action::Connected { account: account(), token, server: None, outbox });
    }

    pub(crate) fn moment(&self) -> Moment {
        Moment { now: self.now.clone(), monotonic: self.monotonic, jitter: self.jitter }
    }

    /// Lets it happen and answers the new effects.
    pub(crate) fn act(&mut self, action: Action) -> Vec<Effect> {
        let moment = self.moment();
        let effects = update(&mut self.state, action, &moment);
        self.effects.extend(effects.iter().cloned());
        effects
    }

    /// A person asks for this, and nobody waits for the outcome.
    pub(crate) fn person(&mut self, command: Command) -> Vec<Effect> {
        self.act(Action::person(command))
    }

    /// Asks for this and waits for the outcome.
    pub(crate) fn ask(&mut self, id: u64, command: Command) -> Vec<Effect> {
        let reply = Some(RequestId(id));
        self.act(Action::Do { command, account: None, cause: Cause::Person, reply })
    }

    pub(crate) fn click(&mut self, preset: &str) -> Vec<Effect> {
        self.person(Command::ApplyPreset(PresetId(preset.to_owned())))
    }

    pub(crate) fn preview(&mut self, draft: &Draft) -> DraftPreview {
        let effects = self.ask(u64::MAX, Command::Preview(draft.clone()));
        match outcomes(&effects, u64::MAX).pop() {
            Some(Outcome::Preview(preview)) => *preview,
            other => panic!("no preview: {other:?}"),
        }
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        self.state.snapshot(&self.moment())
    }

    pub(crate) fn skip(&mut self, duration: SignedDuration) {
        let then = self.now.timestamp() + duration;
        self.monotonic += duration.unsigned_abs();
        self.now = then.to_zoned_datetime(self.now.time_zone().clone());
    }

    pub(crate) fn skip_secs(&mut self, seconds: i64) {
        self.skip(SignedDuration::from_secs(seconds));
    }

    /// Moves the clock to the next deadline and ticks.
    pub(crate) fn tick(&mut self) -> Vec<Effect> {
        let due = self.state.next_deadline(&self.moment()).expect("something is due");
        if due > self.now.timestamp() {
            self.skip(due.duration_since(self.now.timestamp()));
        }
        self.act(Action::Tick)
    }

    /// Ticks every deadline until `duration` has passed.
    pub(crate) fn run(&mut self, duration: SignedDuration) {
        let end = self.now.timestamp() + duration;
        while self.state.next_deadline(&self.moment()).is_some_and(|due| due <= end) {
            let before = self.now.timestamp();
            self.tick();
            let next = self.state.next_deadline(&self.moment());
            assert!(
                next.is_none_or(|next| next > before),
                "a deadline that is not settled by its tick: {next:?}"
            );
        }
        self.skip(end.duration_since(self.now.timestamp()));
    }

    pub(crate) fn last_ticket(&self, write: bool) -> Ticket {
        self.effects
            .iter()
            .rev()
            .find_map(|effect| match effect {
                Effect::FetchStatus(_, ticket) if !write => Some(*ticket),
                Effect::PutStatus(_, ticket, _) | Effect::DeleteStatus(_, ticket) if write => {
                    Some(*ticket)
                }
                _ => None,
            })
            .expect("such a request was sent")
    }

    pub(crate) fn answer_fetch(&mut self, result: Result<Option<Status>, Failure>) -> Vec<Effect> {
        let ticket = self.last_ticket(false);
        self.act(Action::StatusFetched(ticket, result))
    }

    pub(crate) fn answer_write(&mut self, result: Result<Option<Status>, Failure>) -> Vec<Effect> {
        let ticket = self.last_ticket(true);
        self.act(Action::StatusWritten(ticket, result))
    }

    pub(crate) fn shown_title(&self) -> Option<String> {
        self.snapshot().status.status.map(|status| status.title)
    }
}

pub(crate) fn put_of(effects: &[Effect]) -> Option<Status> {
    effects.iter().find_map(|effect| match effect {
        Effect::PutStatus(_, _, status) => Some(status.clone()),
        _ => None,
    })
}

pub(crate) fn deletes(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::DeleteStatus(..)))
}

pub(crate) fn fetches(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::FetchStatus(..)))
}

pub(crate) fn requests(effects: &[Effect]) -> usize {
    let request = |effect: &&Effect| {
        matches!(
            effect,
            Effect::FetchStatus(..)
                | Effect::PutStatus(..)
                | Effect::DeleteStatus(..)
                | Effect::CheckToken(_)
        )
    };
    effects.iter().filter(request).count()
}

pub(crate) fn told(effects: &[Effect]) -> Vec<&'static str> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Notify(notification) => Some(notification.title.id),
            _ => None,
        })
        .collect()
}

pub(crate) fn saved_outbox(effects: &[Effect]) -> Option<Outbox> {
    effects.iter().rev().find_map(|effect| match effect {
        Effect::SaveOutbox(_, outbox) => Some(outbox.clone()),
        _ => None,
    })
}

/// Effective at a moment.
pub(crate) fn alive(status: Option<&Status>, now: Timestamp) -> Option<&Status> {
    status.filter(|status| !status.expired(now))
}

pub(crate) fn same(a: Option<&Status>, b: Option<&Status>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.same_as(b),
        (None, None) => true,
        _ => false,
    }
}

/// What whoever waits for this request was told, in order.
pub(crate) fn outcomes(effects: &[Effect], request: u64) -> Vec<Outcome> {
    let told = effects.iter().filter_map(|effect| match effect {
        Effect::Reply(RequestId(id), outcome) if *id == request => Some(outcome.clone()),
        _ => None,
    });
    told.collect()
}
