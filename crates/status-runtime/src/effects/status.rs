//! The three requests of the main job.

use std::sync::{Arc, Weak};

use pachca_client::{Client, Error, StatusUpdate, UserStatus};
use status_core::{Action, Failure, FailureKind, Status, Ticket};

use super::failure::{failure, own_failure};
use crate::engine::Shared;

type Outcome = Result<Option<Status>, Failure>;

pub(super) fn fetch(shared: &Arc<Shared>, ticket: Ticket) {
    let answer = Answer::new(shared, false, move |outcome| Action::StatusFetched(ticket, outcome));
    run(shared, answer, |client| async move { Ok(client.status().await?.map(status)) });
}

pub(super) fn put(shared: &Arc<Shared>, ticket: Ticket, wanted: Status) {
    let answer = Answer::new(shared, true, move |outcome| Action::StatusWritten(ticket, outcome));
    run(shared, answer, |client| async move {
        Ok(Some(status(client.set_status(&update(&wanted)).await?)))
    });
}

pub(super) fn delete(shared: &Arc<Shared>, ticket: Ticket) {
    let answer = Answer::new(shared, true, move |outcome| Action::StatusWritten(ticket, outcome));
    run(shared, answer, |client| async move { client.clear_status().await.map(|()| None) });
}

fn run<F>(shared: &Arc<Shared>, answer: Answer, request: impl FnOnce(Client) -> F)
where
    F: Future<Output = Result<Option<Status>, Error>> + Send + 'static,
{
    let Some(connection) = shared.connection() else {
        // The core asks only when there is a token; should it be gone meanwhile, what is wanted waits.
        answer.give(Err(own_failure(FailureKind::Offline, false)));
        return;
    };
    let request = request(connection.client);
    shared.spawn(async move {
        let outcome = request.await;
        answer.give(outcome.map_err(|error| failure(&error)));
    });
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

/// A promise to answer. Kept even when the task panics: then the answer is that something unexpected happened.
///
/// Held weakly: a request that goes on trying does not keep an engine alive that nobody wants any more.
struct Answer {
    shared: Weak<Shared>,
    action: Option<Box<dyn FnOnce(Outcome) -> Action + Send>>,
    is_write: bool,
}

impl Answer {
    fn new(
        shared: &Arc<Shared>,
        is_write: bool,
        action: impl FnOnce(Outcome) -> Action + Send + 'static,
    ) -> Self {
        Self { shared: Arc::downgrade(shared), action: Some(Box::new(action)), is_write }
    }

    fn give(mut self, outcome: Outcome) {
        self.answer(outcome);
    }

    fn answer(&mut self, outcome: Outcome) {
        if let (Some(action), Some(shared)) = (self.action.take(), self.shared.upgrade()) {
            shared.send(action(outcome));
        }
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        let ambiguous = self.is_write;
        self.answer(Err(own_failure(FailureKind::Unexpected, ambiguous)));
    }
}

fn status(shown: UserStatus) -> Status {
    Status::observed(shown.emoji, shown.title, shown.expires_at, shown.is_away, shown.away_message)
}
