//! Who waits for the outcome of which command.

use std::{
    collections::HashMap,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use status_core::{Outcome, RequestId};
use tokio::sync::mpsc;

use crate::ipc::{ErrorCode, IpcError};
use crate::sync::lock;

/// The way from the loop to whoever waits.
#[derive(Default)]
pub(crate) struct Replies {
    last: AtomicU64,
    waiting: Mutex<HashMap<RequestId, mpsc::UnboundedSender<Outcome>>>,
}

/// What becomes of a command. Dropping it means not being interested.
pub struct Outcomes(mpsc::UnboundedReceiver<Outcome>);

impl Replies {
    pub(crate) fn expect(&self) -> (RequestId, Outcomes) {
        let id = RequestId(self.last.fetch_add(1, Ordering::Relaxed) + 1);
        let (tell, told) = mpsc::unbounded_channel();
        lock(&self.waiting).insert(id, tell);
        (id, Outcomes(told))
    }

    pub(crate) fn give(&self, id: RequestId, outcome: Outcome) {
        let mut waiting = lock(&self.waiting);
        let is_final = outcome.is_final();
        if let Some(waiter) = waiting.get(&id) {
            // Whoever asked may have gone.
            let _ = waiter.send(outcome);
        }
        if is_final {
            waiting.remove(&id);
        }
    }
}

impl Outcomes {
    /// The first word: final, or that it is queued or on its way. [`ErrorCode::Ending`] when the app ends before.
    pub async fn first(&mut self) -> Result<Outcome, IpcError> {
        self.0.recv().await.ok_or_else(|| ErrorCode::Ending.into())
    }

    /// The last word, however long it takes.
    pub async fn last(mut self) -> Result<Outcome, IpcError> {
        loop {
            let outcome = self.first().await?;
            if outcome.is_final() {
                return Ok(outcome);
            }
        }
    }
}
