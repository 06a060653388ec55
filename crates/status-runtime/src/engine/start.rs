//! Starting: the files at once, the keyring and the network when they answer.

use std::sync::{Arc, Mutex, atomic::AtomicU64};

use pachca_client::{ServerUrl, Token};
use status_core::{Account, AccountId, Action, Lang, Notice, State, TokenState};
use tokio::{
    runtime::Handle,
    sync::{mpsc, watch},
};

use super::{options::EngineOptions, run};
use crate::{
    clock_skew::ClockSkew,
    context::Context,
    credentials::KeyringWorker,
    effects::{connection::connect_from_environment, credentials, token::load_token},
    files::{Lock, OutboxFolder, SettingsFile, Writer, Written},
    host::{Host, View},
    journal::Journal,
    replies::Replies,
    request_log::RequestLog,
    sources,
    words::Words,
};

pub(super) fn start(options: EngineOptions, host: Arc<dyn Host>, runtime: &Handle) -> Arc<Context> {
    let now = options.clock.now().timestamp();
    let journal = Arc::new(Journal::open(&options.state_dir.join("log")));
    journal.note("started", &[("version", env!("CARGO_PKG_VERSION"))]);

    let lock = Lock::take(&options.config_dir);
    let sole = lock.is_ok();
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

    let server_of_account = saved.settings.server.clone();
    let server = options.api_url.clone().or_else(|| saved.settings.server.clone());
    let origin = server
        .map_or_else(|| Ok(ServerUrl::default()), |address| ServerUrl::parse(&address))
        .map(|server| server.origin());
    let shortcuts = (saved.settings.shortcut_open.clone(), saved.settings.shortcut_clear.clone());
    let secrets = saved.secrets.clone();
    let saved_ids: Vec<_> = saved.accounts.iter().map(|account| account.id.clone()).collect();
    let languages = [Lang::Ru, Lang::En].map(|lang| (lang, Words::new(lang).wording()));
    let state = State::new(saved, languages.into(), options.locale);
    let from_environment = options.token.is_some();
    let env_token = options.token.and_then(|token| Token::take(token).ok());
    // A token is kept for one origin: at another address it is as if there were none.
    let mut known = state.saved().accounts.iter().map(|account| account.id.clone());
    let expected = known.rfind(|account| Ok(&account.origin) == origin.as_ref());
    let waiting = expected.as_ref().filter(|_| !from_environment).map(|account| {
        outboxes.sweep(account);
        let (outbox, found) = outboxes.load(account, now);
        notices.extend(found);
        outbox
    });

    let (actions, inbox) = mpsc::unbounded_channel();
    let written = {
        let actions = actions.downgrade();
        move |written| {
            if let Some(actions) = actions.upgrade() {
                let _ = actions.send(heard(written));
            }
        }
    };
    let view = View::new(state.snapshot(&options.clock.moment()));
    let context = Arc::new(Context {
        actions,
        views: watch::Sender::new(Arc::new(view)),
        replies: Replies::default(),
        connection: Mutex::default(),
        generation: AtomicU64::new(0),
        secrets: Mutex::new(secrets.clone()),
        storings: Mutex::default(),
        attempts: AtomicU64::new(0),
        calls: Mutex::default(),
        requests: RequestLog::default(),
        clock_skew: ClockSkew::default(),
        versions: Mutex::new(options.versions),
        network_changed: Arc::default(),
        pictures: Mutex::default(),
        keyring: KeyringWorker::open(options.store),
        writer: Writer::start(settings, outboxes, lock.ok().flatten(), written),
        host,
        journal,
        clock: options.clock,
        runtime: runtime.clone(),
        api_url: options.api_url,
        env_token,
    });

    for notice in notices {
        context.send(Action::Noticed(notice));
    }
    if from_environment {
        match context.env_token.clone() {
            Some(token) => connect_from_environment(&context, token),
            // Something is in the variable, and it is no token: as good as a token the server refuses.
            None => context.send(Action::TokenIs(None, TokenState::Rejected)),
        }
    } else if let (Some(account), Some(outbox)) = (expected, waiting) {
        // Connected at once, so that a click is kept even if the keyring and the network take their time.
        context.send(Action::Connected {
            account: unknown(account.clone()),
            token: TokenState::Loading,
            server: server_of_account,
            outbox,
        });
        load_token(&context, account, true);
    } else {
        context.send(Action::TokenIs(None, TokenState::Missing));
        if sole {
            // Accounts of another server stay: their address may come back.
            let left: Vec<_> = secrets.into_iter().filter(|id| !saved_ids.contains(id)).collect();
            credentials::remove_left_behind(&context, &left, None);
        }
    }
    register_shortcuts(&context, shortcuts);
    sources::listen(&context);
    runtime.spawn(run::run(state, context.clone(), inbox));
    context
}

/// The shortcuts of the settings: open the window, clear the status.
fn register_shortcuts(context: &Arc<Context>, (open, clear): (Option<String>, Option<String>)) {
    if open.is_none() && clear.is_none() {
        return;
    }
    let context = context.clone();
    context.runtime.clone().spawn_blocking(move || {
        if let Err(shortcut) = context.host.set_shortcuts(open.as_deref(), clear.as_deref()) {
            context.send(Action::Noticed(Notice::ShortcutUnavailable { shortcut }));
        }
    });
}

/// Somebody of whom only the id is known yet. No scopes means «not known», not «none».
fn unknown(id: AccountId) -> Account {
    Account { id, name: String::new(), role: String::new(), scopes: Vec::new() }
}

fn heard(written: Written) -> Action {
    match written {
        Written::Outbox { account, id, saved } => Action::OutboxSaved { account, id, saved },
        Written::Failing(notice) => Action::Noticed(notice),
        Written::Mended(notice) => Action::NoticeOver(notice),
    }
}
