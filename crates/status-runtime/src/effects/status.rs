//! The three requests of the main job.

use std::sync::{Arc, Weak};

use pachca_client::{Client, Error, Guard, StatusUpdate, UserStatus};
use status_core::{AccountId, Action, Failure, FailureKind, Status, Ticket};

use crate::{context::Context, failure::failure, sync::lock};

type Outcome = Result<Option<Status>, Failure>;

pub(super) fn fetch(context: &Arc<Context>, account: &AccountId, ticket: Ticket) {
    let answer = Answer::new(context, ticket, Action::StatusFetched, false);
    run(
        context,
        account,
        answer,
        None,
        |client| async move { Ok(client.status().await?.map(status)) },
    );
}

pub(super) fn put(context: &Arc<Context>, account: &AccountId, ticket: Ticket, wanted: Status) {
    let answer = Answer::new(context, ticket, Action::StatusWritten, true);
    run(context, account, answer, Some(wanted.clone()), |client| async move {
        Ok(Some(status(client.set_status(&update(&wanted)).await?)))
    });
}

pub(super) fn delete(context: &Arc<Context>, account: &AccountId, ticket: Ticket) {
    let answer = Answer::new(context, ticket, Action::StatusWritten, true);
    run(context, account, answer, None, |client| async move {
        client.clear_status().await.map(|()| None)
    });
}

fn run<F>(
    context: &Arc<Context>,
    account: &AccountId,
    answer: Answer,
    written: Option<Status>,
    request: impl FnOnce(Client) -> F,
) where
    F: Future<Output = Result<Option<Status>, Error>> + Send + 'static,
{
    let ticket = answer.ticket;
    // Read before the connection: one that is replaced in between is not taken for the new one.
    let generation = context.generation();
    let Some(connection) = context.connection().filter(|known| known.account == *account) else {
        // The core asks only when there is a token; should it be gone meanwhile, what is asked for waits.
        answer.give(Err(Failure::new(FailureKind::Offline)));
        return;
    };
    let client = connection.client.with_guard(guard(context, generation, ticket, written));
    let request = request(client);
    // Known before it starts: the guard asks, and its end takes it off the list.
    lock(&context.calls).insert(ticket, None);
    let task = context.runtime.spawn(async move {
        let outcome = request.await;
        answer.give(outcome.map_err(|error| failure(&error)));
    });
    if let Some(call) = lock(&context.calls).get_mut(&ticket) {
        *call = Some(task.abort_handle());
    }
}

/// Asked right before each attempt leaves: the same connection, not called off, and the status not over by then.
fn guard(
    context: &Arc<Context>,
    generation: u64,
    ticket: Ticket,
    written: Option<Status>,
) -> Guard {
    let weak = Arc::downgrade(context);
    Arc::new(move || {
        weak.upgrade().is_some_and(|context| {
            context.generation() == generation
                && lock(&context.calls).contains_key(&ticket)
                && written
                    .as_ref()
                    .is_none_or(|status| !status.expired(context.moment().now.timestamp()))
        })
    })
}

fn update(status: &Status) -> StatusUpdate {
    StatusUpdate {
        emoji: status.emoji.as_str().to_owned(),
        title: status.title.as_str().to_owned(),
        expires_at: status.expires_at,
        is_away: status.is_away,
        away_message: status.away_message.as_ref().map(|message| message.as_str().to_owned()),
    }
}

/// A promise to answer. Kept even when the task panics or is ended: then nobody knows what came of the request.
///
/// Held weakly: a request that goes on trying does not keep an engine alive that nobody wants any more.
struct Answer {
    context: Weak<Context>,
    ticket: Ticket,
    action: fn(Ticket, Outcome) -> Action,
    is_write: bool,
    given: bool,
}

impl Answer {
    fn new(
        context: &Arc<Context>,
        ticket: Ticket,
        action: fn(Ticket, Outcome) -> Action,
        is_write: bool,
    ) -> Self {
        Self { context: Arc::downgrade(context), ticket, action, is_write, given: false }
    }

    fn give(mut self, outcome: Outcome) {
        self.answer(outcome);
    }

    fn answer(&mut self, outcome: Outcome) {
        if std::mem::replace(&mut self.given, true) {
            return;
        }
        if let Some(context) = self.context.upgrade() {
            lock(&context.calls).remove(&self.ticket);
            context.send((self.action)(self.ticket, outcome));
        }
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        let ambiguous = self.is_write;
        self.answer(Err(Failure { ambiguous, ..Failure::new(FailureKind::CalledOff) }));
    }
}

fn status(shown: UserStatus) -> Status {
    Status::observed(shown.emoji, shown.title, shown.expires_at, shown.is_away, shown.away_message)
}
