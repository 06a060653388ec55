//! Connecting and disconnecting.

use std::sync::Arc;

use pachca_client::{Token, TokenError};
use status_core::{AccountId, Action, TokenState};

use crate::{
    context::Context,
    credentials::{SLOW, StoreError},
    effects::{
        connection::{Newcomer, welcome},
        credentials, token,
    },
    engine::Engine,
    failure::{failed, not_kept},
    ipc::{ErrorCode, IpcError, TokenView},
    sync::lock,
};

impl Engine {
    /// Checks the token, stores it and connects its owner. Without a keyring the token is kept only with `session_only`.
    pub async fn connect(&self, token: String, session_only: bool) -> Result<TokenView, IpcError> {
        let context = &self.context;
        let token = Token::take(token).map_err(|error| match error {
            TokenError::InvisibleCharacter => ErrorCode::TokenInvisible,
            _ => ErrorCode::TokenMalformed,
        })?;
        // A change of the server that was asked for before this counts.
        context.settled().await;
        let attempt = context.begin_attempt();
        let server = context.server()?;
        let origin = server.origin();
        let client = context.client(server, token.clone())?;
        let info = client.token_info().await.map_err(|error| failed(&error))?;
        let id = AccountId { origin, user_id: info.user_id };
        let account = token::account(&client, id.clone(), &info).await;
        let newcomer = Newcomer { client, account };
        if session_only {
            connect(context, newcomer, TokenState::SessionOnly, (attempt, 0)).await?;
            return Ok(token::view(context, id, &info, TokenState::SessionOnly));
        }
        let noted_before = lock(&context.secrets).contains(&id);
        let storing = credentials::note(context, &id).await;
        let mut reply = context.keyring.save(id.clone(), token);
        let Some(kept) = reply.within().await else {
            // Perhaps a prompt is open. Should it be answered later, the account is connected then.
            let weak = Arc::downgrade(context);
            context.spawn(async move {
                let kept = reply.wait().await.is_ok();
                if let Some(context) = weak.upgrade().filter(|_| kept) {
                    let _ = connect(&context, newcomer, TokenState::Kept, (attempt, storing)).await;
                }
            });
            return Err(IpcError::with_token(ErrorCode::KeyringUnavailable, TokenState::Slow));
        };
        if let Err(error) = kept {
            match error {
                StoreError::NoService | StoreError::Locked | StoreError::Denied => {
                    // Nothing was stored this time; what was before still may be.
                    if !noted_before {
                        context.send(Action::SecretRemoved(id));
                    }
                }
                // Something may have been stored all the same.
                _ => credentials::remove_storing(context, id, storing),
            }
            return Err(not_kept(error));
        }
        connect(context, newcomer, TokenState::Kept, (attempt, storing)).await?;
        Ok(token::view(context, id, &info, TokenState::Kept))
    }

    /// Removes the token and says whether it is gone. When it is not, the account stays connected.
    pub async fn disconnect(&self) -> Result<(), IpcError> {
        let context = &self.context;
        context.settled().await;
        let snapshot = context.snapshot();
        let account = context.account().ok_or(ErrorCode::NotConnected)?;
        let attempt = context.begin_attempt();
        // All that may be in the keyring goes, what is in use last.
        let mut stored = lock(&context.secrets).clone();
        stored.retain(|known| *known != account);
        match snapshot.token {
            TokenState::FromEnvironment => stored.clear(),
            TokenState::SessionOnly if !lock(&context.secrets).contains(&account) => {}
            _ => stored.push(account.clone()),
        }
        let weak = Arc::downgrade(context);
        // Perhaps a prompt is open. Should it be answered later, the account is disconnected then.
        let removing = context.runtime.spawn(async move {
            for stored in stored {
                let reply = weak.upgrade().map(|context| context.keyring.delete(stored.clone()));
                let result = reply.ok_or(StoreError::Broken)?.wait().await;
                if let Some(context) = weak.upgrade() {
                    credentials::removed(&context, stored, result);
                }
                result?;
            }
            if let Some(context) = weak.upgrade().filter(|context| context.is_newest(attempt)) {
                context.set_connection(None);
                context.journal.note("disconnected", &[]);
                context.send(Action::Disconnected(account));
            }
            Ok(())
        });
        let state = match tokio::time::timeout(SLOW, removing).await {
            Ok(Ok(Ok(()))) => {
                // Whoever disconnected finds nobody connected.
                context.settled().await;
                return Ok(());
            }
            Ok(Ok(Err(error))) => StoreError::state(error),
            Ok(Err(_)) => TokenState::Denied,
            Err(_) => TokenState::Slow,
        };
        Err(IpcError::with_token(ErrorCode::KeyringNotRemoved, state))
    }

    /// Reads the keyring again; the system may ask the person to unlock it.
    pub async fn retry_keyring(&self) -> Result<(), IpcError> {
        let context = &self.context;
        context.settled().await;
        let account = context.account().ok_or(ErrorCode::NotConnected)?;
        if context.connection().is_none() {
            context.set_connection(None);
            context.send(Action::TokenIs(Some(account.clone()), TokenState::Loading));
            token::load_token(context, account, true);
        }
        Ok(())
    }

    /// The token as it may be shown, fresh from the server.
    pub async fn token_info(&self) -> Result<TokenView, IpcError> {
        let context = &self.context;
        let connection = context.connected()?;
        let info = connection.client.token_info().await.map_err(|error| failed(&error))?;
        Ok(token::view(context, connection.account, &info, context.snapshot().token))
    }
}

/// Connects somebody whose token is where it belongs, unless the person did something else meanwhile or changed the
/// server: a token goes to no other. Then what was stored of it goes again.
async fn connect(
    context: &Arc<Context>,
    newcomer: Newcomer,
    state: TokenState,
    (attempt, storing): (u64, u64),
) -> Result<(), IpcError> {
    let id = newcomer.account.id.clone();
    let server = context.server().is_ok_and(|server| server.origin() == id.origin);
    if server && context.is_newest(attempt) {
        welcome(context, newcomer, state).await;
        return Ok(());
    }
    if state == TokenState::Kept {
        context.settled().await;
        credentials::remove_storing(context, id, storing);
    }
    Err(ErrorCode::Cancelled.into())
}
