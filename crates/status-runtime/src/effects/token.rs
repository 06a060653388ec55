//! Reading the token, checking it, and showing what may be shown of it.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use pachca_client::{Client, ErrorKind, Scope, Token, TokenInfo};
use status_core::{Account, AccountId, Action, TokenState};

use super::credentials;
use crate::{
    context::{Connection, Context},
    credentials::{Reply, StoreError},
    ipc::{ErrorCode, TokenView},
    sync::lock,
};

/// Pauses between looks at a keyring that was locked or not there.
const FIRST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_mins(1);
/// How long the name of the person may hold up what depends on the token.
const NAME_WAIT: Duration = Duration::from_secs(5);

/// Reads the token of this account and uses it. With `may_ask` the system may ask the person to unlock the keyring,
/// which it does at most once: after that the keyring is only watched. Returns at once.
pub(crate) fn load_token(context: &Arc<Context>, account: AccountId, may_ask: bool) {
    let generation = context.generation();
    let reply = context.keyring.load(account.clone(), may_ask);
    let weak = Arc::downgrade(context);
    context.spawn(async move {
        let answer = patiently(&weak, &account, reply).await;
        let Some(context) = weak.upgrade().filter(|context| context.generation() == generation)
        else {
            return;
        };
        match answer {
            Ok(token) => use_token(&context, account, token),
            Err(error) => {
                context.journal.note("token not read", &[("reason", &format!("{error:?}"))]);
                context.send(Action::TokenIs(Some(account.clone()), error.state()));
                drop(context);
                if matches!(error, StoreError::Locked | StoreError::NoService | StoreError::Broken)
                {
                    watch_keyring(&weak, account, generation).await;
                }
            }
        }
    });
}

/// Waits as long as it takes, and says so after three seconds.
async fn patiently<T>(
    context: &Weak<Context>,
    account: &AccountId,
    mut reply: Reply<T>,
) -> Result<T, StoreError> {
    if let Some(answer) = reply.within().await {
        return answer;
    }
    if let Some(context) = context.upgrade() {
        context.send(Action::TokenIs(Some(account.clone()), TokenState::Slow));
    }
    reply.wait().await
}

/// Looks now and then, without asking anybody, whether the keyring is there and open, and reads the token once it is.
async fn watch_keyring(context: &Weak<Context>, account: AccountId, generation: u64) {
    let wanted = || context.upgrade().filter(|context| context.generation() == generation);
    let mut pause = FIRST_PAUSE;
    loop {
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
        let Some(locked) = wanted().map(|context| context.keyring.is_locked()) else { return };
        if locked.wait().await != Ok(false) {
            continue;
        }
        let Some(read) = wanted().map(|context| context.keyring.load(account.clone(), false))
        else {
            return;
        };
        let answer = read.wait().await;
        let Some(context) = wanted() else { return };
        match answer {
            Ok(token) => return use_token(&context, account, token),
            Err(StoreError::NotStored) => {
                return context.send(Action::TokenIs(Some(account), TokenState::Missing));
            }
            // Somebody was asked and said no, or has to choose: they are not asked again until they want to be.
            Err(error @ (StoreError::Denied | StoreError::Ambiguous)) => {
                return context.send(Action::TokenIs(Some(account), error.state()));
            }
            Err(_) => {}
        }
    }
}

fn use_token(context: &Arc<Context>, account: AccountId, token: Token) {
    let client = context.server().and_then(|server| {
        // A token is for one origin and goes to no other.
        if server.origin() == account.origin {
            context.client(server, token)
        } else {
            Err(ErrorCode::NotConnected.into())
        }
    });
    match client {
        Ok(client) => {
            context.set_connection(Some(Connection { account: account.clone(), client }));
            context.send(Action::TokenIs(Some(account.clone()), TokenState::Kept));
            check(context);
            let noted = lock(&context.secrets).clone();
            credentials::remove_left_behind(context, &noted, Some(&account));
        }
        Err(_) => context.send(Action::TokenIs(Some(account), TokenState::Missing)),
    }
}

/// Asks the server whose token this is and what it may do.
pub(crate) fn check(context: &Arc<Context>) {
    let Some(connection) = context.connection() else { return };
    let generation = context.generation();
    let weak = Arc::downgrade(context);
    let wanted = move || weak.upgrade().filter(|context| context.generation() == generation);
    context.spawn(async move {
        let answer = connection.client.token_info().await;
        let Some(context) = wanted() else { return };
        match answer {
            Ok(info) if info.user_id != connection.account.user_id => {
                // Somebody replaced the token behind our back: it is not the one of this account.
                context.journal.note("token of another user", &[]);
                context.set_connection(None);
                context.send(Action::TokenIs(Some(connection.account), TokenState::Missing));
            }
            Ok(info) => {
                drop(context);
                let account = account(&connection.client, connection.account, &info).await;
                if let Some(context) = wanted() {
                    context.send(Action::AccountIs(account));
                }
            }
            Err(error) if error.kind() == ErrorKind::TokenRejected => {
                context.send(Action::TokenIs(Some(connection.account), TokenState::Rejected));
            }
            // No answer says nothing about the token.
            Err(_) => context.send(Action::TokenUnchecked(connection.account)),
        }
    });
}

/// Reads the keyring again, or asks again whose token the environment's is. Returns at once.
pub(super) fn reload(context: &Arc<Context>, account: Option<AccountId>) {
    match account {
        _ if context.env_token.is_some() => context.network_changed.notify_waiters(),
        None => context.send(Action::TokenIs(None, TokenState::Missing)),
        Some(account) => {
            // The watch that may be running is over: this reading takes its place.
            context.set_connection(None);
            load_token(context, account, true);
        }
    }
}

/// The account a token belongs to.
pub(crate) async fn account(client: &Client, id: AccountId, info: &TokenInfo) -> Account {
    let mut name = String::new();
    let mut role = String::new();
    if info.has(&Scope::ProfileRead)
        // Who it is is nice to know and nothing to wait for.
        && let Ok(Ok(user)) = tokio::time::timeout(NAME_WAIT, client.profile()).await
    {
        let full = [user.first_name, user.last_name]
            .into_iter()
            .flatten()
            .filter(|part| !part.trim().is_empty());
        let full = full.collect::<Vec<_>>().join(" ");
        name = if full.is_empty() { user.nickname } else { full };
        role = user.role.map(|role| role.as_str().to_owned()).unwrap_or_default();
    }
    Account {
        id,
        name,
        role,
        scopes: info.scopes.iter().map(|scope| scope.as_str().to_owned()).collect(),
    }
}

/// Puts together what may be shown.
pub(crate) fn view(
    context: &Context,
    account: AccountId,
    info: &TokenInfo,
    state: TokenState,
) -> TokenView {
    let scopes: Vec<String> = info.scopes.iter().map(|scope| scope.as_str().to_owned()).collect();
    TokenView {
        masked: info.masked.clone(),
        name: info.name.clone(),
        account,
        unneeded_scopes: status_core::Scope::unneeded(&scopes),
        scopes,
        created_at: info.created_at.map(|at| at.to_string()).unwrap_or_default(),
        last_used_at: info.last_used_at.map(|at| at.to_string()),
        expires_in: info.expires_in,
        state,
        store: context.keyring.name().to_owned(),
    }
}
