//! Reading the token, checking it, and showing what may be shown of it.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use pachca_client::{Client, ErrorKind, Scope, Token, TokenInfo};
use status_core::{Account, AccountId, Action, TokenState};

use super::failure::failure;
use crate::{
    ErrorCode, IpcError, StoreError, TokenView,
    engine::{Connection, Shared},
    token_store::Reply,
};

/// Pauses between looks at a keyring that was locked or not there.
const FIRST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_mins(1);
/// How long the name of the person may hold up what depends on the token.
const NAME_WAIT: Duration = Duration::from_secs(5);

/// Reads the token of this account and uses it. With `may_ask` the system may ask the person to unlock the keyring,
/// which it does at most once: after that the keyring is only watched. Returns at once.
pub(crate) fn load_token(shared: &Arc<Shared>, account: AccountId, may_ask: bool) {
    let era = shared.era();
    let reply = shared.keyring.load(account.clone(), may_ask);
    let shared_weakly = Arc::downgrade(shared);
    shared.spawn(async move {
        let answer = patiently(&shared_weakly, reply).await;
        let Some(shared) = shared_weakly.upgrade().filter(|shared| shared.era() == era) else {
            return;
        };
        match answer {
            Ok(token) => use_token(&shared, account, token),
            Err(error) => {
                shared.journal.note("token not read", &[("reason", &format!("{error:?}"))]);
                shared.send(Action::TokenIs(error.state()));
                drop(shared);
                if matches!(error, StoreError::Locked | StoreError::NoService | StoreError::Broken)
                {
                    watch_keyring(&shared_weakly, account, era).await;
                }
            }
        }
    });
}

/// Waits as long as it takes, and says so after three seconds.
async fn patiently<T>(shared: &Weak<Shared>, mut reply: Reply<T>) -> Result<T, StoreError> {
    if let Some(answer) = reply.soon().await {
        return answer;
    }
    if let Some(shared) = shared.upgrade() {
        shared.send(Action::TokenIs(TokenState::Slow));
    }
    reply.wait().await
}

/// Looks now and then, without asking anybody, whether the keyring is there and open, and reads the token once it is.
async fn watch_keyring(shared: &Weak<Shared>, account: AccountId, era: u64) {
    let wanted = || shared.upgrade().filter(|shared| shared.era() == era);
    let mut pause = FIRST_PAUSE;
    loop {
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
        let Some(locked) = wanted().map(|shared| shared.keyring.is_locked()) else { return };
        if locked.wait().await != Ok(false) {
            continue;
        }
        let Some(read) = wanted().map(|shared| shared.keyring.load(account.clone(), false)) else {
            return;
        };
        let answer = read.wait().await;
        let Some(shared) = wanted() else { return };
        match answer {
            Ok(token) => return use_token(&shared, account, token),
            Err(StoreError::NotStored) => return shared.send(Action::TokenIs(TokenState::Missing)),
            // Somebody was asked and said no, or has to choose: they are not asked again until they want to be.
            Err(error @ (StoreError::Denied | StoreError::Ambiguous)) => {
                return shared.send(Action::TokenIs(error.state()));
            }
            Err(_) => {}
        }
    }
}

fn use_token(shared: &Arc<Shared>, account: AccountId, token: Token) {
    let client = shared.server().and_then(|server| {
        // A token is for one origin and goes to no other.
        if server.origin() == account.origin {
            shared.client(server, token)
        } else {
            Err(ErrorCode::NotConnected.into())
        }
    });
    match client {
        Ok(client) => {
            shared.set_connection(Some(Connection { account, client }));
            shared.send(Action::TokenIs(TokenState::Kept));
            check(shared);
        }
        Err(_) => shared.send(Action::TokenIs(TokenState::Missing)),
    }
}

/// Asks the server whose token this is and what it may do.
pub(super) fn check(shared: &Arc<Shared>) {
    let Some(connection) = shared.connection() else { return };
    let era = shared.era();
    let shared_weakly = Arc::downgrade(shared);
    let wanted = move || shared_weakly.upgrade().filter(|shared| shared.era() == era);
    shared.spawn(async move {
        let answer = connection.client.token_info().await;
        let Some(shared) = wanted() else { return };
        match answer {
            Ok(info) if info.user_id != connection.account.user_id => {
                // Somebody replaced the token behind our back: it is not the one of this account.
                shared.journal.note("token of another user", &[]);
                shared.set_connection(None);
                shared.send(Action::TokenIs(TokenState::Missing));
            }
            Ok(info) => {
                drop(shared);
                let account = account(&connection.client, connection.account, &info).await;
                if let Some(shared) = wanted() {
                    shared.send(Action::AccountIs(account));
                }
            }
            Err(error) if error.kind() == ErrorKind::TokenRejected => {
                shared.send(Action::TokenIs(TokenState::Rejected));
            }
            // Whatever else it is, the next request of the main job will say so.
            Err(_) => {}
        }
    });
}

/// Reads the keyring (or the environment) again because the core wants it.
pub(super) fn reload(shared: &Arc<Shared>) {
    if shared.env_token.is_some() {
        shared.nudge.notify_waiters();
        return;
    }
    let snapshot = shared.snapshot();
    let Some(account) = snapshot.account.as_ref().map(|account| account.id.clone()) else {
        shared.send(Action::TokenIs(TokenState::Missing));
        return;
    };
    // The watch that may be running is over: this reading takes its place.
    shared.set_connection(None);
    load_token(shared, account, true);
}

/// Reads the keyring again because the person wants it.
pub(crate) async fn retry_keyring(shared: &Arc<Shared>) -> Result<(), IpcError> {
    let account = shared.snapshot().account.as_ref().map(|account| account.id.clone());
    let account = account.ok_or(ErrorCode::NotConnected)?;
    if shared.connection().is_some() {
        return Ok(());
    }
    shared.set_connection(None);
    shared.send(Action::TokenIs(TokenState::Loading));
    load_token(shared, account, true);
    Ok(())
}

/// The account a token belongs to.
pub(super) async fn account(client: &Client, id: AccountId, info: &TokenInfo) -> Account {
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

/// The token as it may be shown, fresh from the server.
pub(crate) async fn token_view(shared: &Arc<Shared>) -> Result<TokenView, IpcError> {
    let connection = shared.connected()?;
    let info = connection.client.token_info().await.map_err(|error| failure(&error))?;
    Ok(view(shared, connection.account, &info, shared.snapshot().token))
}

/// Puts together what may be shown.
pub(super) fn view(
    shared: &Shared,
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
        store: shared.keyring.name().to_owned(),
    }
}
