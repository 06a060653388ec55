//! A typed client for the profile part of the [Pachca](https://pachca.com) REST API: one's own profile, status,
//! picture and token, and the workspace's custom properties.
//!
//! ```no_run
//! use pachca_client::{Client, ServerUrl, StatusUpdate, Token};
//!
//! # async fn example() -> Result<(), pachca_client::Error> {
//! let client = Client::builder(ServerUrl::default(), Token::parse("…the token…")?).build()?;
//!
//! let status = client.set_status(&StatusUpdate::new("🎧", "Focus")).await?;
//! println!("{} {}", status.emoji, status.title);
//!
//! match client.clear_status().await {
//!     Ok(()) => println!("cleared"),
//!     // The answer was lost on the way: it may or may not have happened.
//!     Err(error) if error.may_have_arrived() => println!("{:?}", client.status().await?),
//!     Err(error) => return Err(error),
//! }
//! # Ok(()) }
//! ```
//!
//! # What it promises
//!
//! - **The token goes to one origin only**, over `https` (or `http` to this machine), and no redirect is followed.
//!   It is in no error, no record and no `Debug` output.
//! - **Every call ends**: after 30 s at most, an upload after 120 s, and after 15 s when no connection comes about. Bodies are capped while they are read.
//! - **Only the API's own answer is believed.** A sign-in page of a network is [`ErrorKind::NotPachca`], whatever its status.
//! - **Repeats follow one policy**: up to three, after 1, 2 and 4 s times a random 0.5–1.5, where that can help (its
//!   table stands in `src/retry/mod.rs`). A write whose answer was lost is never repeated here:
//!   [`Error::may_have_arrived`] says so, and whoever knows what was there before decides.
//! - **A call that is no longer wanted is not sent**: [`Client::with_guard`] is asked before each attempt. What waited
//!   while the computer slept is not sent either. Both end with [`ErrorKind::CalledOff`].
//! - **A pause the server asks for is kept**, by all clones of a client, for all operations, and never shortened.
//! - **Dropping a future cancels its request** and leaves nothing behind: the next call has its turn at once.
//!
//! # Requirements
//!
//! A tokio runtime with time and I/O enabled. TLS is rustls with the ring provider, and trusts what the system trusts.

#![warn(missing_docs)]

mod answer;
mod call;
mod client;
mod error;
mod http;
mod image_fetch;
mod limits;
mod model;
mod observer;
mod probe;
mod resolver;
mod retry;
mod server_url;
#[doc(hidden)]
pub mod testing;
mod throttle;
mod token;
mod transport;
mod upload;

pub use client::{Client, ClientBuilder, Guard};
pub use error::{Error, ErrorItem, ErrorKind, Result};
pub use model::{
    Avatar, CustomProperty, EntityType, InviteStatus, PropertyDefinition, PropertyType, Role,
    Scope, StatusUpdate, TokenInfo, User, UserStatus,
};
pub use observer::{Observer, RequestRecord};
pub use probe::probe;
pub use server_url::{ServerUrl, ServerUrlError};
pub use token::{Token, TokenError};
pub use upload::AvatarUpload;
