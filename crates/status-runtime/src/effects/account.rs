//! Connecting and disconnecting.

use std::{sync::Arc, time::Duration};

use pachca_client::{Client, ErrorKind, Token, TokenInfo};
use status_core::{Account, AccountId, Action, TokenState};

use super::{
    failure::{failure, failure_kind, not_kept},
    token,
};
use crate::{
    ErrorCode, IpcError, TokenView,
    engine::{Connection, Shared},
};

const FIRST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// Checks the token, stores it and connects its owner.
pub(crate) async fn connect(
    shared: &Arc<Shared>,
    text: String,
    session_only: bool,
) -> Result<TokenView, IpcError> {
    let token = Token::take(text).map_err(|_| ErrorCode::TokenMalformed)?;
    let server = shared.server()?;
    let origin = server.origin();
    let client = shared.client(server, token.clone())?;
    let info = client.token_info().await.map_err(|error| failure(&error))?;
    let id = AccountId { origin, user_id: info.user_id };
    let account = token::account(&client, id.clone(), &info).await;
    let newcomer = Newcomer {
        client,
        account,
        replaces: shared.snapshot().account.as_ref().map(|account| account.id.clone()),
    };
    let state = if session_only {
        TokenState::SessionOnly
    } else {
        let mut reply = shared.keyring.save(id.clone(), token);
        let Some(kept) = reply.soon().await else {
            // Perhaps a prompt is open. Should it be answered later, the account is connected then.
            let (weak, era) = (Arc::downgrade(shared), shared.era());
            shared.spawn(async move {
                let kept = reply.wait().await.is_ok();
                let shared = weak.upgrade().filter(|shared| kept && shared.era() == era);
                if let Some(shared) = shared {
                    welcome(&shared, newcomer, TokenState::Kept).await;
                }
            });
            return Err(IpcError::with_token(ErrorCode::KeyringUnavailable, TokenState::Slow));
        };
        kept.map_err(not_kept)?;
        TokenState::Kept
    };
    welcome(shared, newcomer, state).await;
    Ok(token::view(shared, id, &info, state))
}

/// Somebody whose token is good.
struct Newcomer {
    client: Client,
    account: Account,
    replaces: Option<AccountId>,
}

async fn welcome(shared: &Arc<Shared>, newcomer: Newcomer, state: TokenState) {
    let Newcomer { client, account, replaces } = newcomer;
    let (outbox, notices) = shared.writer.load_outbox(account.id.clone()).await;
    shared.set_connection(Some(Connection { account: account.id.clone(), client }));
    for notice in notices {
        shared.send(Action::Noticed(notice));
    }
    shared.journal.note("connected", &[("token", &format!("{state:?}"))]);
    let new = account.id.clone();
    shared.send(Action::Connected { account, token: state, outbox });
    // The old secret goes only now that the new one is known to be there.
    if let Some(old) = replaces.filter(|old| *old != new) {
        let shared = shared.clone();
        shared.clone().spawn(async move {
            if let Err(error) = shared.keyring.delete(old).wait().await {
                shared.journal.note("old token not removed", &[("reason", &format!("{error:?}"))]);
            }
        });
    }
}

/// Removes the token and says whether it is gone. When it is not, the account stays connected.
pub(crate) async fn disconnect(shared: &Arc<Shared>) -> Result<(), IpcError> {
    let snapshot = shared.snapshot();
    let Some(account) = snapshot.account.as_ref().map(|account| account.id.clone()) else {
        return Err(ErrorCode::NotConnected.into());
    };
    if !matches!(snapshot.token, TokenState::SessionOnly | TokenState::FromEnvironment) {
        let mut reply = shared.keyring.delete(account);
        let removed = reply.soon().await;
        let state = match removed {
            Some(Ok(())) => None,
            Some(Err(error)) => Some(error.state()),
            None => Some(TokenState::Slow),
        };
        if let Some(state) = state {
            return Err(IpcError::with_token(ErrorCode::KeyringNotRemoved, state));
        }
    }
    shared.set_connection(None);
    shared.journal.note("disconnected", &[]);
    shared.send(Action::Disconnected);
    Ok(())
}

/// Connects the owner of `PACHCA_TOKEN`; tries until the server says whose it is. Returns at once.
pub(crate) fn connect_from_environment(shared: &Arc<Shared>, token: Token) {
    let connecting =
        shared.server().and_then(|server| Ok((server.origin(), shared.client(server, token)?)));
    let Ok((origin, client)) = connecting else {
        shared.send(Action::TokenIs(TokenState::Missing));
        return;
    };
    let era = shared.era();
    let nudge = shared.nudge.clone();
    let shared_weakly = Arc::downgrade(shared);
    shared.spawn(async move {
        let mut pause = FIRST_PAUSE;
        loop {
            let answer = client.token_info().await;
            let Some(shared) = shared_weakly.upgrade().filter(|shared| shared.era() == era) else {
                return;
            };
            match answer {
                Ok(info) => return welcome_from_environment(&shared, client, origin, info).await,
                Err(error) if error.kind() == ErrorKind::TokenRejected => {
                    shared.send(Action::TokenIs(TokenState::Rejected));
                }
                Err(error) => shared.send(Action::NotReached(failure_kind(error.kind()))),
            }
            drop(shared);
            // The network's return is announced where the system does; otherwise the pauses grow to a minute.
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = nudge.notified() => {}
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    });
}

async fn welcome_from_environment(
    shared: &Arc<Shared>,
    client: Client,
    origin: String,
    info: TokenInfo,
) {
    let id = AccountId { origin, user_id: info.user_id };
    // The name can follow: what counts is that a click can be sent.
    let scopes = info.scopes.iter().map(|scope| scope.as_str().to_owned()).collect();
    let account = Account { id, name: String::new(), role: String::new(), scopes };
    welcome(shared, Newcomer { client, account, replaces: None }, TokenState::FromEnvironment)
        .await;
    token::check(shared);
}
