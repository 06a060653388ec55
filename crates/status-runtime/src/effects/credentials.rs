//! Secrets that have to go from the keyring, and the record of accounts that may have one.

use std::sync::Arc;

use status_core::{AccountId, Action};

use crate::{context::Context, credentials::StoreError};

/// Notes that an account is about to have a secret in the keyring. It is on disk when this returns, so that the secret
/// is found again whatever happens.
pub(crate) async fn note(context: &Arc<Context>, account: &AccountId) {
    context.send(Action::SecretStoring(account.clone()));
    context.settled().await;
    context.writer.flushed().await;
}

/// Removes an account's secret some time: now if the keyring answers without asking anybody, at a later start if not.
pub(crate) fn remove_in_time(context: &Arc<Context>, account: AccountId) {
    let reply = context.keyring.delete(account.clone(), false);
    let weak = Arc::downgrade(context);
    context.spawn(async move {
        let result = reply.wait().await;
        if let Some(context) = weak.upgrade() {
            removed(&context, account, result);
        }
    });
}

/// Removes what is left of accounts that are not connected with a kept token.
pub(crate) fn remove_left_behind(
    context: &Arc<Context>,
    noted: &[AccountId],
    kept: Option<&AccountId>,
) {
    for account in noted.iter().filter(|account| Some(*account) != kept) {
        remove_in_time(context, account.clone());
    }
}

/// The keyring answered: what is gone needs no note any more.
pub(crate) fn removed(context: &Context, account: AccountId, result: Result<(), StoreError>) {
    match result {
        Ok(()) => context.send(Action::SecretRemoved(account)),
        Err(error) => {
            context.journal.note("token not removed", &[("reason", &format!("{error:?}"))]);
        }
    }
}
