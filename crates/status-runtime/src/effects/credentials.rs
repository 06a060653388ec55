//! Secrets that have to go from the keyring, and the record of accounts that may have one.

use std::{sync::Arc, time::Duration};

use status_core::{AccountId, Action, TokenState};

use crate::{context::Context, credentials::StoreError, sync::lock};

/// Pauses between attempts to remove a secret.
const FIRST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_mins(5);

/// Notes that an account is about to have a secret in the keyring, before it has: it is found again whatever happens.
/// Answers the number of this storing. On a disk that takes nothing it is stored without the note.
pub(crate) async fn note(context: &Arc<Context>, account: &AccountId) -> u64 {
    let storing = {
        let mut storings = lock(&context.storings);
        let last = storings.entry(account.clone()).or_default();
        *last += 1;
        *last
    };
    context.send(Action::SecretStoring(account.clone()));
    context.settled().await;
    context.writer.flushed().await;
    storing
}

/// Removes what the last storing of an account's secret may have left, as soon as the keyring does so without asking
/// anybody; at a later start if not in this run.
pub(crate) fn remove_in_time(context: &Arc<Context>, account: AccountId) {
    let storing = last_storing(context, &account);
    remove_storing(context, account, storing);
}

/// The same of a certain storing: what was stored after it stays.
pub(crate) fn remove_storing(context: &Arc<Context>, account: AccountId, storing: u64) {
    let weak = Arc::downgrade(context);
    let may_go = {
        let (weak, account) = (weak.clone(), account.clone());
        move || {
            weak.upgrade().is_some_and(|context| {
                last_storing(&context, &account) == storing && !is_in_use(&context, &account)
            })
        }
    };
    context.spawn(async move {
        let mut pause = FIRST_PAUSE;
        while may_go() {
            let Some(context) = weak.upgrade() else { return };
            let reply = context.keyring.delete_if(account.clone(), may_go.clone());
            drop(context);
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

fn last_storing(context: &Context, account: &AccountId) -> u64 {
    lock(&context.storings).get(account).copied().unwrap_or_default()
}

/// Connected, with a token that is or may be in the keyring.
fn is_in_use(context: &Context, account: &AccountId) -> bool {
    let snapshot = context.snapshot();
    !matches!(
        snapshot.token,
        TokenState::SessionOnly | TokenState::FromEnvironment | TokenState::Missing
    ) && snapshot.account.as_ref().is_some_and(|connected| connected.id == *account)
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
