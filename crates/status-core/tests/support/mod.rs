//! A person, their computer and a server that a test can play with.
#![allow(dead_code, reason = "each test uses its part")]

use jiff::{SignedDuration, Timestamp, ZonedDateTime};
use status_core::{
    Account, AccountId, Action, Draft, Effect, Expiry, Failure, FailureKind, Lang, Locale, Moment,
    Outbox, Preset, PresetId, SavedSettings, Snapshot, State, Status, Ticket, TokenState, Wording,
    update,
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
    State::new(saved, wording(), wording(), Locale { lang: Lang::Ru, hour12: false })
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
    Failure {
        kind,
        http_status: None,
        server_message: None,
        scope: None,
        request_id: None,
        retry_after_seconds: None,
        ambiguous: false,
    }
}

pub(crate) fn ambiguous() -> Failure {
    Failure { ambiguous: true, ..failure(FailureKind::Timeout) }
}

pub(crate) fn phone_status(title: &str) -> Status {
    Status::observed("📱", title, None, false, None)
}

/// The state at a desk, with every effect kept for the test to look at.
pub(crate) struct Desk {
    pub(crate) state: State,
    pub(crate) now: ZonedDateTime,
    pub(crate) jitter: f64,
    pub(crate) effects: Vec<Effect>,
}

impl Desk {
    /// Not connected yet.
    pub(crate) fn new(now: &str) -> Self {
        Self {
            state: fresh(SavedSettings::default()),
            now: at(now),
            jitter: 0.5,
            effects: Vec::new(),
        }
    }

    /// Connected, the server looked at and showing `status`.
    pub(crate) fn connected(now: &str, status: Option<Status>) -> Self {
        let mut desk = Self::new(now);
        desk.connect(Outbox::default());
        desk.answer_look(Ok(status));
        desk.effects.clear();
        desk
    }

    pub(crate) fn connect(&mut self, outbox: Outbox) {
        self.act(Action::Connected { account: account(), token: TokenState::Kept, outbox });
    }

    pub(crate) fn moment(&self) -> Moment {
        Moment { now: self.now.clone(), jitter: self.jitter }
    }

    /// Lets it happen and answers the new effects.
    pub(crate) fn act(&mut self, action: Action) -> Vec<Effect> {
        let moment = self.moment();
        let effects = update(&mut self.state, action, &moment);
        self.effects.extend(effects.iter().cloned());
        effects
    }

    pub(crate) fn click(&mut self, preset: &str) -> Vec<Effect> {
        self.act(Action::ApplyPreset(PresetId(preset.to_owned())))
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        self.state.snapshot(&self.moment())
    }

    pub(crate) fn skip(&mut self, duration: SignedDuration) {
        let then = self.now.timestamp() + duration;
        self.now = then.to_zoned_datetime(self.now.time_zone().clone());
    }

    pub(crate) fn skip_secs(&mut self, seconds: i64) {
        self.skip(SignedDuration::from_secs(seconds));
    }

    /// Moves the clock to the next deadline and ticks.
    pub(crate) fn tick(&mut self) -> Vec<Effect> {
        let due = self.state.next_deadline(&self.moment()).expect("something is due");
        if due > self.now.timestamp() {
            self.now = due.to_zoned_datetime(self.now.time_zone().clone());
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
        self.now = end.to_zoned_datetime(self.now.time_zone().clone());
    }

    pub(crate) fn last_ticket(&self, write: bool) -> Ticket {
        self.effects
            .iter()
            .rev()
            .find_map(|effect| match effect {
                Effect::FetchStatus(ticket) if !write => Some(*ticket),
                Effect::PutStatus(ticket, _) | Effect::DeleteStatus(ticket) if write => {
                    Some(*ticket)
                }
                _ => None,
            })
            .expect("such a request was sent")
    }

    pub(crate) fn answer_look(&mut self, result: Result<Option<Status>, Failure>) -> Vec<Effect> {
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
        Effect::PutStatus(_, status) => Some(status.clone()),
        _ => None,
    })
}

pub(crate) fn deletes(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::DeleteStatus(_)))
}

pub(crate) fn looks(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::FetchStatus(_)))
}

pub(crate) fn requests(effects: &[Effect]) -> usize {
    let request = |effect: &&Effect| {
        matches!(
            effect,
            Effect::FetchStatus(_)
                | Effect::PutStatus(..)
                | Effect::DeleteStatus(_)
                | Effect::CheckToken
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
