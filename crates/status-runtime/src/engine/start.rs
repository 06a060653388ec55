//! Starting: the files at once, the keyring and the network when they answer.

use std::sync::Arc;

use pachca_client::{ServerUrl, Token};
use status_core::{Account, AccountId, Action, Lang, Notice, State, TokenState};
use tokio::{runtime::Handle, sync::mpsc};

use super::{EngineOptions, Message, Shared, run, shared::Parts, world};
use crate::{
    Host, Words, effects,
    files::{Lock, OutboxFolder, SettingsFile, Writer, Written},
    journal::Journal,
    token_store::Desk,
};

pub(super) fn start(options: EngineOptions, host: Arc<dyn Host>, runtime: &Handle) -> Arc<Shared> {
    let now = options.clock.now().timestamp();
    let journal = Arc::new(Journal::open(&options.state_dir.join("log")));
    journal.note("started", &[("version", env!("CARGO_PKG_VERSION"))]);

    let lock = Lock::take(&options.config_dir);
    let (mut settings, saved, mut notices) = SettingsFile::open(&options.config_dir, now);
    let mut outboxes = OutboxFolder::new(&options.state_dir);
    match &lock {
        Ok(_) => settings.sweep(),
        Err(reason) => {
            settings.make_read_only();
            outboxes.make_read_only();
            notices.push(Notice::CannotSave {
                path: settings.path().display().to_string(),
                reason: reason.clone(),
            });
        }
    }

    let server = options.api_url.clone().or_else(|| saved.settings.server.clone());
    let origin = server
        .map_or_else(|| Ok(ServerUrl::default()), |address| ServerUrl::parse(&address))
        .map(|server| server.origin());
    let shortcuts = (saved.settings.shortcut_open.clone(), saved.settings.shortcut_clear.clone());
    let state = State::new(
        saved,
        Words::new(Lang::Ru).wording(),
        Words::new(Lang::En).wording(),
        options.locale,
    );
    let from_environment = options.token.is_some();
    let env_token = options.token.and_then(|token| Token::take(token).ok());
    // A token is kept for one origin: at another address it is as if there were none.
    let expected =
        state.expected_account().filter(|account| Ok(&account.origin) == origin.as_ref());
    let waiting = expected.as_ref().filter(|_| !from_environment).map(|account| {
        outboxes.sweep(account);
        let (outbox, found) = outboxes.load(account, now);
        notices.extend(found);
        outbox
    });

    let (messages, inbox) = mpsc::unbounded_channel();
    let written = {
        let messages = messages.downgrade();
        move |written| {
            if let Some(messages) = messages.upgrade() {
                let _ = messages.send(Message::Act(heard(written)));
            }
        }
    };
    let shared = Arc::new(Shared::new(Parts {
        messages,
        snapshot: state.snapshot(&options.clock.moment()),
        keyring: Desk::open(options.store),
        writer: Writer::start(settings, outboxes, lock.ok().flatten(), written),
        host,
        journal,
        clock: options.clock,
        runtime: runtime.clone(),
        api_url: options.api_url,
        env_token,
        versions: options.versions,
    }));

    for notice in notices {
        shared.send(Action::Noticed(notice));
    }
    if from_environment {
        match shared.env_token.clone() {
            Some(token) => effects::connect_from_environment(&shared, token),
            // Something is in the variable, and it is no token: as good as a token the server refuses.
            None => shared.send(Action::TokenIs(TokenState::Rejected)),
        }
    } else if let (Some(account), Some(outbox)) = (expected, waiting) {
        // Connected at once, so that a click is kept even if the keyring and the network take their time.
        shared.send(Action::Connected {
            account: unknown(account.clone()),
            token: TokenState::Loading,
            outbox,
        });
        effects::load_token(&shared, account, true);
    } else {
        shared.send(Action::TokenIs(TokenState::Missing));
    }
    if shortcuts != (None, None) {
        let effect = status_core::Effect::ApplyShortcuts { open: shortcuts.0, clear: shortcuts.1 };
        let shared = shared.clone();
        shared.clone().spawn(async move { effects::perform(&shared, effect) });
    }
    world::listen(&shared);
    runtime.spawn(run::run(state, shared.clone(), inbox));
    shared
}

/// Somebody of whom only the id is known yet. No scopes means «not known», not «none».
fn unknown(id: AccountId) -> Account {
    Account { id, name: String::new(), role: String::new(), scopes: Vec::new() }
}

fn heard(written: Written) -> Action {
    match written {
        Written::Outbox { id, saved } => Action::OutboxSaved { id, saved },
        Written::Failing(notice) => Action::Noticed(notice),
        Written::Mended(notice) => Action::NoticeOver(notice),
    }
}
