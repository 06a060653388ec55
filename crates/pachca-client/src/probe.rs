//! Is there a Pachca API at an address?

use std::time::Duration;

use tokio::time::Instant;

use crate::answer;
use crate::client::TOKEN_INFO;
use crate::error::{ErrorKind, Result};
use crate::http::{Connecting, Failed};
use crate::retry::Rules;
use crate::server_url::ServerUrl;
use crate::transport::{Operation, Payload, Transport};

/// Whether there is a Pachca API at this address, and how long it took to say so.
///
/// Asks for the token's description without a token: the API refuses with a 401 and JSON of its own shape.
/// `user_agent` names the program.
///
/// # Errors
/// [`ErrorKind::NotPachca`] when something else answers, or the kind of whatever kept it from answering.
pub async fn probe(server: &ServerUrl, user_agent: &str) -> Result<Duration> {
    let connecting = Connecting { user_agent: user_agent.to_owned(), ..Connecting::default() };
    let transport = Transport::new(server.clone(), connecting)?;
    let operation = Operation { rules: Rules::ONCE, ..TOKEN_INFO };
    let clock = Instant::now();
    let deadline = clock + transport.connecting.limits.attempt;
    match transport.attempt::<()>(&operation, &Payload::None, None, answer::nothing, deadline).await
    {
        Err(Failed { error, .. })
            if error.http_status() == Some(401) && error.oauth_error().is_some() =>
        {
            Ok(clock.elapsed())
        }
        Err(Failed { error, head: None, .. }) => Err(error),
        Err(Failed { error, .. }) if error.is_retryable() => Err(error),
        Err(Failed { head: Some(head), .. }) | Ok(((), head)) => {
            Err(head.error(ErrorKind::NotPachca))
        }
    }
}
