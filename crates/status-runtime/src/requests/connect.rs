//! Connecting and disconnecting.

use std::sync::Arc;

use pachca_client::{Token, TokenError};
use status_core::{AccountId, Action, TokenState};

use crate::{
    context::Context,
    credentials::StoreError,
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
        let server = context.server()?;
        let origin = server.origin();
        let client = context.client(server, token.clone())?;
        let info = client.token_info().await.map_err(|error| failed(&error))?;
        let id = AccountId { origin, user_id: info.user_id };
        let account = token::account(&client, id.clone(), &info).await;
        let newcomer = Newcomer { client, account };
        let state = if session_only {
            TokenState::SessionOnly
        } else {
            let noted_before = lock(&context.secrets).contains(&id);
            credentials::note(context, &id).await;
            let mut reply = context.keyring.save(id.clone(), token);
            let Some(kept) = reply.within().await else {
                // Perhaps a prompt is open. Should it be answered later, the account is connected then.
                let (weak, generation) = (Arc::downgrade(context), context.generation());
                context.spawn(async move {
                    let kept = reply.wait().await.is_ok();
                    if let Some(context) = weak.upgrade().filter(|_| kept) {
                        saved_late(&context, newcomer, generation).await;
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
                    _ => remove_unless_connected(context, id).await,
                }
                return Err(not_kept(error));
            }
            TokenState::Kept
        };
        if !is_of_this_server(context, &id) {
            // The server was changed meanwhile, and a token goes to no other.
            remove_unless_connected(context, id).await;
            return Err(ErrorCode::NotConnected.into());
        }
        welcome(context, newcomer, state).await;
        Ok(token::view(context, id, &info, state))
    }

    /// Removes the token and says whether it is gone. When it is not, the account stays connected.
    pub async fn disconnect(&self) -> Result<(), IpcError> {
        let context = &self.context;
        context.settled().await;
        let snapshot = context.snapshot();
        let account = context.account().ok_or(ErrorCode::NotConnected)?;
        // Whoever still waits for a prompt to be connected is not wanted any more.
        context.supersede();
        // All that may be in the keyring goes, not only what is in use.
        let mut stored = lock(&context.secrets).clone();
        match snapshot.token {
            TokenState::FromEnvironment => stored.clear(),
            TokenState::SessionOnly => {}
            _ if stored.contains(&account) => {}
            _ => stored.push(account.clone()),
        }
        for stored in stored {
            let mut reply = context.keyring.delete(stored.clone(), true);
            let Some(result) = reply.within().await else {
                // Perhaps a prompt is open. Should it be answered later, the account is disconnected then.
                let (weak, generation) = (Arc::downgrade(context), context.generation());
                context.spawn(async move {
                    let result = reply.wait().await;
                    let Some(context) = weak.upgrade() else { return };
                    credentials::removed(&context, stored, result);
                    if result.is_ok() && context.generation() == generation {
                        leave(&context, account);
                    }
                });
                return Err(IpcError::with_token(ErrorCode::KeyringNotRemoved, TokenState::Slow));
            };
            credentials::removed(context, stored, result);
            if let Err(error) = result {
                return Err(IpcError::with_token(ErrorCode::KeyringNotRemoved, error.state()));
            }
        }
        leave(context, account);
        // Whoever disconnected finds nobody connected.
        context.settled().await;
        Ok(())
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

fn leave(context: &Arc<Context>, account: AccountId) {
    context.set_connection(None);
    context.journal.note("disconnected", &[]);
    context.send(Action::Disconnected(account));
}

/// The keyring kept a token after the window had been told that it takes its time. Whatever the person did meanwhile
/// counts more: then the token goes again, unless it is the one that is connected and kept by now.
async fn saved_late(context: &Arc<Context>, newcomer: Newcomer, generation: u64) {
    if context.generation() == generation && is_of_this_server(context, &newcomer.account.id) {
        return welcome(context, newcomer, TokenState::Kept).await;
    }
    remove_unless_connected(context, newcomer.account.id).await;
}

fn is_of_this_server(context: &Context, id: &AccountId) -> bool {
    context.server().is_ok_and(|server| server.origin() == id.origin)
}

/// Removes what the keyring may hold of this account, unless it is connected with just that.
async fn remove_unless_connected(context: &Arc<Context>, id: AccountId) {
    context.settled().await;
    let snapshot = context.snapshot();
    let connected = snapshot.account.as_ref().is_some_and(|account| account.id == id);
    if !(connected && snapshot.token == TokenState::Kept) {
        credentials::remove_in_time(context, id);
    }
}
