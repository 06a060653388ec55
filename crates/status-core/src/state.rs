//! The one value that is owned by the loop.

use jiff::{SignedDuration, Timestamp, ZonedDateTime};

use crate::delivery::{Delivery, Flight, LinkState, TokenDoubt};
use crate::draft::Setting;
use crate::status::alive;
use crate::{
    Account, AccountId, Draft, DraftPreview, Intent, Lang, Language, Notice, Outbox, Preset,
    Problem, SavedSettings, Settings, Status, TokenState,
};

/// The moment an action happens at, and the luck it may use. Everything that is not in the state comes in here.
#[derive(Debug, Clone)]
pub struct Moment {
    /// Now, in the person's time zone. Whoever knows how far the computer's clock is from the server's
    /// passes the corrected instant.
    pub now: ZonedDateTime,
    /// Uniform in `0.0..1.0`, for jitter.
    pub jitter: f64,
}

/// What the product says before anybody says anything, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The default presets.
    pub default_presets: Vec<Preset>,
    /// «24 ноября», «24 November»: the twelve month names in the form that follows a day.
    pub months: [String; 12],
}

/// How the person's system writes things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locale {
    /// The system's language, or the nearest one the product speaks.
    pub lang: Lang,
    /// `2:05 PM` instead of `14:05`.
    pub hour12: bool,
}

/// Everything the product knows. Owned by one loop, changed only by [`crate::update`].
#[derive(Debug, Clone)]
pub struct State {
    pub(crate) saved: SavedSettings,
    pub(crate) ru: Wording,
    pub(crate) en: Wording,
    pub(crate) locale: Locale,
    pub(crate) account: Option<Account>,
    pub(crate) token: TokenState,
    /// The last state in which the token could be used, to return to when a refusal is taken back.
    pub(crate) usable_token: TokenState,
    /// Intent, undo and what was last seen. Without an account: a click made while the token is being read.
    pub(crate) outbox: Outbox,
    /// Id of the newest intent known to be on disk.
    pub(crate) on_disk: Option<u64>,
    /// When what was last seen went to disk, so that unchanged looks do not write the file each time.
    pub(crate) seen_saved: Option<Timestamp>,
    /// The last look failed.
    pub(crate) stale: bool,
    pub(crate) link: LinkState,
    pub(crate) delivery: Delivery,
    pub(crate) flight: Option<Flight>,
    pub(crate) last_ticket: u64,
    /// When the server is looked at next, whatever for.
    pub(crate) next_look: Option<Timestamp>,
    /// When the last look began.
    pub(crate) last_look: Option<Timestamp>,
    /// When the last wake-up was answered with a look.
    pub(crate) last_wake: Option<Timestamp>,
    /// The server said 401 and that is being confirmed, or was.
    pub(crate) doubt: Option<TokenDoubt>,
    /// 401 answers since the last success.
    pub(crate) unauthorized: u32,
    /// The token may not see the status: waiting changes cannot be compared.
    pub(crate) blind: bool,
    /// The preset that is shown, when it was set from here.
    pub(crate) shown_preset: Option<crate::PresetId>,
    pub(crate) problem: Option<Problem>,
    pub(crate) notices: Vec<Notice>,
    pub(crate) compose: Option<Draft>,
    /// The presets before the last deletion, import or restore; the inner `None` is the default ones.
    #[expect(
        clippy::option_option,
        reason = "whether there is something to return to, and whether that is a list of one's own"
    )]
    pub(crate) presets_before: Option<Option<Vec<Preset>>>,
}

impl State {
    /// The state at the start of the app: nothing connected, the token not read yet. `ru` and `en` are what
    /// the product says in each language, `locale` is how the system writes things.
    pub fn new(mut saved: SavedSettings, ru: Wording, en: Wording, locale: Locale) -> Self {
        saved.settings.clamp();
        Self {
            saved,
            ru,
            en,
            locale,
            account: None,
            token: TokenState::Loading,
            usable_token: TokenState::Kept,
            outbox: Outbox::default(),
            on_disk: None,
            seen_saved: None,
            stale: false,
            link: LinkState::default(),
            delivery: Delivery::default(),
            flight: None,
            last_ticket: 0,
            next_look: None,
            last_look: None,
            last_wake: None,
            doubt: None,
            unauthorized: 0,
            blind: false,
            shown_preset: None,
            problem: None,
            notices: Vec::new(),
            compose: None,
            presets_before: None,
        }
    }

    /// Whose token to look for in the keyring: the account that is connected, or was at the last end.
    pub fn expected_account(&self) -> Option<AccountId> {
        self.account
            .as_ref()
            .map(|account| account.id.clone())
            .or_else(|| self.saved.account.clone())
    }

    /// What the person chose.
    pub fn settings(&self) -> &Settings {
        &self.saved.settings
    }

    /// What a draft would come to if it were set now.
    pub fn preview(&self, draft: &Draft, moment: &Moment) -> DraftPreview {
        draft.preview(self.setting(moment))
    }

    /// The language tray and window speak.
    pub fn lang(&self) -> Lang {
        match self.saved.settings.language {
            Language::System => self.locale.lang,
            Language::Ru => Lang::Ru,
            Language::En => Lang::En,
        }
    }

    /// When [`crate::Action::Tick`] is next wanted. Always after `moment`, or now for what is overdue;
    /// the tick that answers it settles everything that is due.
    pub fn next_deadline(&self, moment: &Moment) -> Option<Timestamp> {
        let now = moment.now.timestamp();
        let shown_ends = self.seen().and_then(|status| status.expires_at);
        let undo_ends = self.outbox.undo.as_ref().map(|undo| undo.until);
        let previous_ends = self
            .outbox
            .undo
            .as_ref()
            .and_then(|undo| undo.previous.as_ref())
            .and_then(|status| status.expires_at);
        let midnight = moment
            .now
            .tomorrow()
            .and_then(|day| day.start_of_day())
            .ok()
            .map(|day| day.timestamp());
        [
            shown_ends,
            undo_ends,
            previous_ends.filter(|end| *end > now),
            midnight,
            self.next_sending(now),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// When something has to be sent, checked or given up.
    fn next_sending(&self, now: Timestamp) -> Option<Timestamp> {
        self.account.as_ref()?;
        let dropped = self.dropped_at();
        let next = if let Some(flight) = &self.flight {
            let click = if flight.is_write() { None } else { self.click_due(now) };
            [Some(flight.given_up_at()), click].into_iter().flatten().min()
        } else if let Some(doubt) = &self.doubt {
            Some(doubt.next_check)
        } else if !self.token.usable() {
            None
        } else {
            [self.next_look, self.click_due(now)].into_iter().flatten().min()
        };
        [dropped, next].into_iter().flatten().min()
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

    pub(crate) fn wording(&self) -> &Wording {
        match self.lang() {
            Lang::Ru => &self.ru,
            Lang::En => &self.en,
        }
    }

    pub(crate) fn presets(&self) -> &[Preset] {
        self.saved.presets.as_deref().unwrap_or(&self.wording().default_presets)
    }

    pub(crate) fn setting<'a>(&'a self, moment: &'a Moment) -> Setting<'a> {
        Setting {
            now: &moment.now,
            hours: &self.saved.settings.working_hours,
            wording: self.wording(),
            hour12: self.locale.hour12,
        }
    }

    /// How long until the next look when all is well: the chosen interval, ±10 %.
    pub(crate) fn poll_interval(&self, jitter: f64) -> SignedDuration {
        let minutes = i64::from(self.saved.settings.check_interval_minutes.clamp(1, 60));
        SignedDuration::from_mins(minutes).mul_f64(0.9 + 0.2 * jitter.clamp(0.0, 1.0))
    }
}
