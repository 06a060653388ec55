//! Secrets that have to go from the keyring, and the record of accounts that may have one.

use std::{sync::Arc, time::Duration};

use status_core::{AccountId, Action, TokenState};

use crate::{context::Context, credentials::StoreError};

/// Pauses between attempts to remove a secret.
const FIRST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_mins(5);

/// Notes that an account is about to have a secret in the keyring. It is on disk when this returns, so that the secret
/// is found again whatever happens.
pub(crate) async fn note(context: &Arc<Context>, account: &AccountId) {
    context.send(Action::SecretStoring(account.clone()));
    context.settled().await;
    context.writer.flushed().await;
}

/// Removes an account's secret as soon as the keyring does so without asking anybody; at a later start if not in this run.
pub(crate) fn remove_in_time(context: &Arc<Context>, account: AccountId) {
    let weak = Arc::downgrade(context);
    context.spawn(async move {
        let mut pause = FIRST_PAUSE;
        loop {
            let Some(reply) = weak
                .upgrade()
                .filter(|context| !is_in_use(context, &account))
                .map(|context| context.keyring.delete(account.clone(), false))
            else {
                return;
            };
            let result = reply.wait().await;
            let Some(context) = weak.upgrade() else { return };
            removed(&context, account.clone(), result);
            if result.is_ok() {
                return;
            }
            drop(context);
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    });
}

/// Connected, with a token that is in the keyring.
fn is_in_use(context: &Context, account: &AccountId) -> bool {
    let snapshot = context.snapshot();
    snapshot.token == TokenState::Kept
        && snapshot.account.as_ref().is_some_and(|connected| connected.id == *account)
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
