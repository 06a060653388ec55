//! Connecting somebody whose token is good.

use std::{sync::Arc, time::Duration};

use pachca_client::{Client, ErrorKind, Token, TokenInfo};
use status_core::{Account, AccountId, Action, TokenState};

use super::{credentials, token};
use crate::{
    context::{Connection, Context},
    failure::failure_kind,
    sync::lock,
};

const FIRST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// Somebody whose token is good.
pub(crate) struct Newcomer {
    pub(crate) client: Client,
    pub(crate) account: Account,
}

/// Connects them. What the keyring holds of anybody else goes, and of them, too, if their token is not kept there.
pub(crate) async fn welcome(context: &Arc<Context>, newcomer: Newcomer, state: TokenState) {
    let Newcomer { client, account } = newcomer;
    let (outbox, notices) = context.writer.load_outbox(account.id.clone()).await;
    let id = account.id.clone();
    let before = context.snapshot();
    let replaces_kept = before.token == TokenState::Kept
        && before.account.as_ref().is_some_and(|known| known.id == id);
    context.set_connection(Some(Connection { account: id.clone(), client }));
    for notice in notices {
        context.send(Action::Noticed(notice));
    }
    context.journal.note("connected", &[("token", &format!("{state:?}"))]);
    let server = context.server().ok().map(|server| server.as_str().to_owned());
    let server = server.filter(|server| *server != pachca_client::ServerUrl::default().as_str());
    context.send(Action::Connected { account, token: state, server, outbox });
    // What is in use from here on is known to whoever removes the rest.
    context.settled().await;
    if state != TokenState::FromEnvironment {
        // A keyring that could not be read is only done without for this run: what is in it stays.
        let kept = Some(&id).filter(|_| state == TokenState::Kept || !replaces_kept);
        credentials::remove_left_behind(context, &lock(&context.secrets).clone(), kept);
    }
}

/// Connects the owner of `PACHCA_TOKEN`; tries until the server says whose it is. Returns at once.
pub(crate) fn connect_from_environment(context: &Arc<Context>, token: Token) {
    let connecting =
        context.server().and_then(|server| Ok((server.origin(), context.client(server, token)?)));
    let Ok((origin, client)) = connecting else {
        context.send(Action::TokenIs(None, TokenState::Missing));
        return;
    };
    let generation = context.generation();
    let network_changed = context.network_changed.clone();
    let weak = Arc::downgrade(context);
    context.spawn(async move {
        let mut pause = FIRST_PAUSE;
        loop {
            let answer = client.token_info().await;
            let wanted = |context: &Arc<Context>| context.generation() == generation;
            let Some(context) = weak.upgrade().filter(wanted) else { return };
            match answer {
                Ok(info) => return welcome_from_environment(&context, client, origin, info).await,
                Err(error) if error.kind() == ErrorKind::TokenRejected => {
                    context.send(Action::TokenIs(None, TokenState::Rejected));
                }
                Err(error) => context.send(Action::NotReached(failure_kind(error.kind()))),
            }
            drop(context);
            // The network's return is announced where the system does; otherwise the pauses grow to a minute.
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = network_changed.notified() => {}
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    });
}

async fn welcome_from_environment(
    context: &Arc<Context>,
    client: Client,
    origin: String,
    info: TokenInfo,
) {
    let id = AccountId { origin, user_id: info.user_id };
    // The name can follow: what counts is that a click can be sent.
    let scopes = info.scopes.iter().map(|scope| scope.as_str().to_owned()).collect();
    let account = Account { id, name: String::new(), role: String::new(), scopes };
    welcome(context, Newcomer { client, account }, TokenState::FromEnvironment).await;
    token::check(context);
}
