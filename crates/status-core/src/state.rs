//! The one value that is owned by the loop.

use jiff::{SignedDuration, Timestamp};

use crate::account::AccountState;
use crate::draft::{Context, Draft};
use crate::failure::FailureKind;
use crate::locale::{Locale, Moment, Wording};
use crate::outbox::Intent;
use crate::preset::Preset;
use crate::request::{RequestId, Ticket};
use crate::saved::SavedSettings;
use crate::settings::{Settings, SettingsPatch};
use crate::snapshot::Notice;
use crate::text::Lang;
use crate::token::{AccountId, TokenState};

/// Everything the product knows. Owned by one loop, changed only by [`crate::update`].
#[derive(Debug, Clone)]
pub struct State {
    pub(crate) general: General,
    /// The connected accounts; the last one is shown.
    pub(crate) accounts: Vec<AccountState>,
    pub(crate) connecting: Connecting,
}

/// What does not belong to one account.
#[derive(Debug, Clone)]
pub(crate) struct General {
    pub(crate) saved: SavedSettings,
    /// It differs from what was last handed to the disk.
    pub(crate) saved_changed: bool,
    languages: Vec<(Lang, Wording)>,
    pub(crate) locale: Locale,
    pub(crate) notices: Vec<Notice>,
    pub(crate) compose: Option<Draft>,
    /// The presets before the last deletion, import or restore; the inner `None` is the default ones.
    #[expect(
        clippy::option_option,
        reason = "whether there is something to return to, and whether that is a list of one's own"
    )]
    pub(crate) presets_before: Option<Option<Vec<Preset>>>,
    last_ticket: u64,
    /// Settings that the system has been asked to take.
    pub(crate) applying: Vec<Applying>,
    pub(crate) last_applying: u64,
}

/// A change of settings that waits for the system's answer.
#[derive(Debug, Clone)]
pub(crate) struct Applying {
    pub(crate) id: u64,
    pub(crate) patch: SettingsPatch,
    pub(crate) reply: Option<RequestId>,
}

/// While no account is connected.
#[derive(Debug, Clone)]
pub(crate) struct Connecting {
    pub(crate) token: TokenState,
    /// Why the token's owner could not be asked for.
    pub(crate) trouble: Option<FailureKind>,
    /// A click made while the token is being read, and whoever waits for its outcome.
    pub(crate) early: Option<(Intent, Option<RequestId>)>,
}

impl State {
    /// The state at the start of the app: nothing connected, the token not read yet. `languages` is what
    /// the product says in each language, `locale` is how the system writes things.
    pub fn new(mut saved: SavedSettings, languages: Vec<(Lang, Wording)>, locale: Locale) -> Self {
        assert!(!languages.is_empty(), "the product speaks a language");
        saved.settings.clamp();
        Self {
            general: General {
                saved,
                saved_changed: false,
                languages,
                locale,
                notices: Vec::new(),
                compose: None,
                presets_before: None,
                last_ticket: 0,
                applying: Vec::new(),
                last_applying: 0,
            },
            accounts: Vec::new(),
            connecting: Connecting { token: TokenState::Loading, trouble: None, early: None },
        }
    }

    /// Whose tokens to look for in the keyring: the accounts that were connected at the last end.
    pub fn saved(&self) -> &SavedSettings {
        &self.general.saved
    }

    /// What the person chose.
    pub fn settings(&self) -> &Settings {
        &self.general.saved.settings
    }

    /// The connected accounts, in order of connection.
    pub fn accounts(&self) -> impl Iterator<Item = &AccountId> {
        self.accounts.iter().map(|account| &account.account.id)
    }

    /// The account that is shown, and how things stand with its token.
    pub fn shown_account(&self) -> Option<(&AccountId, TokenState)> {
        self.shown().map(|shown| (&shown.account.id, shown.token))
    }

    /// The language tray and window speak.
    pub fn lang(&self) -> Lang {
        self.general.lang()
    }

    pub(crate) fn shown(&self) -> Option<&AccountState> {
        self.accounts.last()
    }

    /// When [`crate::Action::Tick`] is next wanted. Always after `moment`, or now for what is overdue;
    /// the tick that answers it settles everything that is due.
    pub fn next_deadline(&self, moment: &Moment) -> Option<Timestamp> {
        let now = moment.now.timestamp();
        let midnight = moment.now.tomorrow().and_then(|day| day.start_of_day()).ok();
        let accounts = self.accounts.iter().filter_map(|account| account.next_deadline(now));
        accounts.chain(midnight.map(|day| day.timestamp())).min()
    }
}

impl General {
    pub(crate) fn lang(&self) -> Lang {
        self.saved.settings.language.chosen().unwrap_or(self.locale.lang)
    }

    pub(crate) fn wording(&self) -> &Wording {
        let lang = self.lang();
        let spoken = self.languages.iter().find(|(known, _)| *known == lang);
        spoken.or(self.languages.first()).map(|(_, wording)| wording).expect("checked at the start")
    }

    pub(crate) fn presets(&self) -> &[Preset] {
        self.saved.presets.as_deref().unwrap_or(&self.wording().default_presets)
    }

    pub(crate) fn context<'a>(&'a self, moment: &'a Moment) -> Context<'a> {
        Context {
            now: &moment.now,
            hours: &self.saved.settings.working_hours,
            months: &self.wording().months,
            hour12: self.locale.hour12,
        }
    }

    pub(crate) fn ticket(&mut self) -> Ticket {
        self.last_ticket += 1;
        Ticket(self.last_ticket)
    }

    /// How long until the next fetch when all is well: the chosen interval, ±10 %.
    pub(crate) fn poll_interval(&self, jitter: f64) -> SignedDuration {
        let minutes = i64::from(self.saved.settings.check_interval_minutes.clamp(1, 60));
        SignedDuration::from_mins(minutes).mul_f64(0.9 + 0.2 * jitter.clamp(0.0, 1.0))
    }

    /// Adds what is to be known about this computer; a newer clock reading replaces the older one.
    pub(crate) fn noticed(&mut self, notice: Notice) {
        let clock = |notice: &Notice| matches!(notice, Notice::ClockOff { .. });
        if clock(&notice) {
            self.notices.retain(|known| !clock(known));
        }
        if !self.notices.contains(&notice) {
            self.notices.push(notice);
        }
    }

    pub(crate) fn dismiss_notice(&mut self, notice: &Notice) {
        self.notices.retain(|known| known != notice);
    }
}
