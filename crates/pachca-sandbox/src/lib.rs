//! A strict stand-in Pachca workspace for demonstrations and tests.
//!
//! It answers the eight operations of the Pachca API that concern one's own profile with the rules of the real
//! server (bearer token, scopes, validation, limits, error shapes), keeps what a client did where a test can look at
//! it, and breaks on request: see [`Fault`]. It listens on the loopback interface only and never connects to
//! anything.
//!
//! ```no_run
//! # async fn example() -> std::io::Result<()> {
//! use std::time::Duration;
//! use pachca_sandbox::{Fault, Sandbox, SandboxOptions};
//!
//! let sandbox = Sandbox::start(SandboxOptions::default()).await?;
//! sandbox.fault(Fault::status(503).on("PUT", "/profile/status").times(2));
//! // … point a client at `sandbox.base_url()` …
//! let put = sandbox
//!     .wait_for(|request| request.is("PUT", "/profile/status") && request.status == Some(200), Duration::from_secs(5))
//!     .await
//!     .expect("the client repeats after 503");
//! assert!(sandbox.state().status.is_some());
//! # Ok(()) }
//! ```
//!
//! The same control is there over HTTP under `/sandbox/…`; the crate's README shows it with `curl`.

mod answer;
mod api;
mod auth;
mod avatar;
mod body;
mod bytes_serde;
mod connection;
mod control;
mod demo;
mod emoji;
mod fault;
mod faulty_stream;
mod options;
mod record;
mod sandbox;
mod server;
mod status;
mod timestamp;
mod workspace;

pub use fault::{Effect, Fault};
pub use options::{API_PREFIX, DEMO_TOKEN, SCOPES, SandboxOptions};
pub use record::{RecordedRequest, WaitError};
pub use sandbox::Sandbox;
pub use status::Status;
pub use workspace::{Avatar, SandboxState, TokenState};
