//! One call: its turn, its attempts, its pauses. The only place where a request is repeated.

use std::time::SystemTime;

use jiff::Timestamp;
use tokio::time::{Instant, timeout_at};

use crate::answer::{Head, Read};
use crate::client::Client;
use crate::error::{Error, ErrorKind, Result};
use crate::http::Failed;
use crate::observer::RequestRecord;
use crate::retry::FailureClass;
use crate::throttle::Rejected;
use crate::transport::{Operation, Payload, WriteLane};

impl Client {
    /// One call: its turn, its attempts, its pauses, all within its time.
    pub(crate) async fn call<T>(
        &self,
        operation: &Operation,
        payload: Payload,
        read: Read<T>,
    ) -> Result<T> {
        let shared = &*self.shared;
        let limits = &shared.transport.connecting.limits;
        let is_write = operation.method.is_write();
        let total =
            if matches!(payload, Payload::Avatar(..)) { limits.upload_call } else { limits.call };
        let (began, wall_began) = (Instant::now(), SystemTime::now());
        let deadline = began + total;
        // The last moment at which connecting is begun once more, so that «no connection» is known in time.
        let connect_by = began + limits.offline.saturating_sub(limits.connect);

        let lane = operation.lane.map(|lane| match lane {
            WriteLane::Status => &shared.status_lane,
            WriteLane::Avatar => &shared.avatar_lane,
        });
        let _turn = match lane {
            Some(lane) => Some(timeout_at(deadline, lane.lock()).await.map_err(|_| {
                Error::new(ErrorKind::Timeout).with_detail("an earlier change is still on its way")
            })?),
            None => None,
        };

        let mut attempt = 1;
        let mut last: Option<Error> = None;
        loop {
            let pass = match shared.throttle.enter(is_write, deadline).await {
                Ok(pass) => pass,
                Err(rejected) => return Err(rejected_error(rejected, last)),
            };
            let doubt = last.as_ref().is_some_and(Error::may_have_arrived);
            if let Some(why) = self.called_off(began, wall_began) {
                return Err(Error::new(ErrorKind::CalledOff).with_detail(why).with_doubt(doubt));
            }

            let (started, clock) = (Timestamp::now(), Instant::now());
            let outcome = shared
                .transport
                .attempt(operation, &payload, Some(&shared.token), read, deadline)
                .await;
            if let Some(observer) = &shared.observer {
                let (head, error) = match &outcome {
                    Ok((_, head)) => (Some(head), None),
                    Err(failed) => (failed.head.as_ref(), Some(&failed.error)),
                };
                observer(RequestRecord {
                    started,
                    finished: Timestamp::now(),
                    duration: clock.elapsed(),
                    method: operation.method.as_str(),
                    path: operation.path,
                    attempt,
                    status: head.map(|head| head.status),
                    failure: error.map(Error::kind),
                    reason: error.and_then(Error::detail).map(str::to_owned),
                    request_id: head.and_then(|head| head.request_id.clone()),
                    server_time: head.and_then(Head::server_time),
                });
            }
            let Failed { error, class, .. } = match outcome {
                Ok((value, _)) => {
                    pass.answered(true);
                    return Ok(value);
                }
                Err(failed) => failed,
            };
            let doubt = doubt || is_write && may_have_arrived(&error, class);
            let error = error.with_doubt(doubt);
            // Decided before the place is given back: nobody slips through a circuit breaker that is about to open.
            let decision = shared.throttle.decide(operation.rules, attempt - 1, class);
            pass.answered(false);
            let error = match decision.keep_still {
                Some(wait) => error.with_retry_after(wait),
                None => error,
            };
            let until =
                if class == FailureClass::NotSent { deadline.min(connect_by) } else { deadline };
            match decision.repeat_after {
                Some(pause) if Instant::now() + pause < until => {
                    last = Some(error);
                    attempt += 1;
                    // A pause the server asked for is the circuit breaker's, for everybody.
                    if decision.keep_still.is_none() {
                        tokio::time::sleep(pause).await;
                    }
                }
                _ => return Err(error),
            }
        }
    }

    /// Why the next attempt of a call that began then is not to be sent.
    fn called_off(&self, began: Instant, wall_began: SystemTime) -> Option<&'static str> {
        // The monotonic clock stands still in sleep (Linux, macOS), and with it every pause and deadline.
        let wall = SystemTime::now().duration_since(wall_began).unwrap_or_default();
        if wall > began.elapsed() + self.shared.transport.connecting.limits.asleep {
            return Some("the computer has slept since the call began");
        }
        let still_wanted = self.guard.as_ref().is_none_or(|still_wanted| still_wanted());
        (!still_wanted).then_some("it is no longer wanted")
    }
}

/// Whether a write that failed so may have been carried out. Only a refusal says that it was not: what answers 408 or
/// 5xx, and whatever stands in between, may not know what became of a request that it passed on.
fn may_have_arrived(error: &Error, class: FailureClass) -> bool {
    match class {
        FailureClass::NotSent => false,
        FailureClass::Lost => true,
        FailureClass::Status { code, .. } => {
            code == 408 || code >= 500 || error.kind() == ErrorKind::NotPachca
        }
        FailureClass::Final => error.http_status().is_some(),
    }
}

/// A call whose turn did not come. What its last attempt failed of says more than that.
fn rejected_error(rejected: Rejected, last: Option<Error>) -> Error {
    match rejected {
        Rejected::Paused(wait) => {
            last.unwrap_or_else(|| Error::new(ErrorKind::RateLimited)).with_retry_after(wait)
        }
        Rejected::OutOfTime => last.unwrap_or_else(|| {
            Error::new(ErrorKind::Timeout).with_detail("earlier requests are still on their way")
        }),
    }
}
