//! One call: its turn, its attempts, its pauses. The only place where a request is repeated.

use std::time::Duration;

use jiff::Timestamp;
use tokio::time::{Instant, timeout_at};

use crate::answer::{Head, Read};
use crate::client::Client;
use crate::retry::Trouble;
use crate::traffic::Held;
use crate::transport::{Failed, Operation, Payload, Subject};
use crate::{Error, ErrorKind, RequestRecord, Result};

impl Client {
    /// One call: its turn, its attempts, its pauses, all within its time.
    pub(crate) async fn call<T>(
        &self,
        operation: &Operation,
        payload: Payload,
        read: Read<T>,
    ) -> Result<T> {
        let shared = &*self.0;
        let limits = shared.transport.limits();
        let is_write = operation.method.is_write();
        let total =
            if matches!(payload, Payload::Avatar(..)) { limits.upload_call } else { limits.call };
        let deadline = Instant::now() + total;
        // The last moment at which connecting is begun once more, so that «no connection» is known in time.
        let connect_by = Instant::now() + limits.offline.saturating_sub(limits.connect);

        let order = match operation.subject {
            _ if !is_write => None,
            Subject::Status => Some(&shared.status_writes),
            Subject::Picture => Some(&shared.avatar_writes),
            Subject::Other => None,
        };
        let _order = match order {
            Some(lock) => Some(timeout_at(deadline, lock.lock()).await.map_err(|_| {
                Error::new(ErrorKind::Timeout).with_detail("an earlier change is still on its way")
            })?),
            None => None,
        };

        let mut repeats_made = 0;
        let mut last: Option<Error> = None;
        loop {
            let pass = match shared.traffic.enter(is_write, deadline).await {
                Ok(pass) => pass,
                Err(held) => return Err(held_error(held, last)),
            };
            let started = Timestamp::now();
            let clock = Instant::now();
            let outcome = shared
                .transport
                .attempt(operation, &payload, Some(&shared.token), read, deadline)
                .await;
            let record =
                Record { operation, started, attempt: repeats_made + 1, duration: clock.elapsed() };
            let Failed { error, trouble, .. } = match outcome {
                Ok((value, head)) => {
                    pass.answered(true);
                    self.observe(&record, Some(&head), None);
                    return Ok(value);
                }
                Err(failed) => {
                    self.observe(&record, failed.head.as_ref(), Some(failed.error.kind()));
                    failed
                }
            };
            // Judged before the place is given back: nobody slips through a gate that is about to close.
            let verdict = shared.traffic.judge(operation.rules, repeats_made, trouble);
            pass.answered(false);
            let error = match verdict.keep_still {
                Some(wait) => error.with_retry_after(wait),
                None => error,
            };
            let until =
                if trouble == Trouble::NotSent { deadline.min(connect_by) } else { deadline };
            match verdict.repeat_after {
                Some(pause) if Instant::now() + pause < until => {
                    last = Some(error);
                    repeats_made += 1;
                    // A pause the server asked for is the gate's, for everybody.
                    if verdict.keep_still.is_none() {
                        tokio::time::sleep(pause).await;
                    }
                }
                _ => return Err(error),
            }
        }
    }

    fn observe(&self, record: &Record<'_>, head: Option<&Head>, failure: Option<ErrorKind>) {
        if let Some(observer) = &self.0.observer {
            observer(RequestRecord {
                started: record.started,
                method: record.operation.method.as_str(),
                path: record.operation.path,
                attempt: record.attempt,
                status: head.map(|head| head.status),
                failure,
                duration: record.duration,
                request_id: head.and_then(|head| head.request_id.clone()),
                server_time: head.and_then(|head| head.server_time),
            });
        }
    }
}

struct Record<'a> {
    operation: &'a Operation,
    started: Timestamp,
    attempt: u8,
    duration: Duration,
}

/// A call whose turn did not come. What its last attempt failed of says more than that.
fn held_error(held: Held, last: Option<Error>) -> Error {
    match held {
        Held::Closed(wait) => {
            last.unwrap_or_else(|| Error::new(ErrorKind::RateLimited)).with_retry_after(wait)
        }
        Held::OutOfTime => last.unwrap_or_else(|| {
            Error::new(ErrorKind::Timeout).with_detail("earlier requests are still on their way")
        }),
    }
}
