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
//!     Err(error) if error.is_ambiguous() => println!("{:?}", client.status().await?),
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
//! - **Repeats follow one policy**, described in [`retry`]. A write that was sent and whose answer was lost is never
//!   repeated here: [`Error::is_ambiguous`] says so, and whoever knows what was there before decides.
//! - **A pause the server asks for is kept**, by all clones of a client, for all operations, and never shortened.
//! - **Dropping a future cancels its request.**
//!
//! # Requirements
//!
//! A tokio runtime with time and I/O enabled. TLS is rustls with the ring provider, and trusts what the system trusts.

mod answer;
mod call;
mod client;
mod connections;
mod error;
mod image;
mod limits;
mod model;
mod observer;
mod probe;
mod resolver;
pub mod retry;
mod server_url;
mod token;
mod traffic;
mod transport;
mod upload;

pub use client::{Client, ClientBuilder};
pub use error::{Error, ErrorItem, ErrorKind, Result};
pub use limits::{Limits, MAX_IMAGE, MAX_JSON, MAX_REFUSAL};
pub use model::{
    Avatar, CustomProperty, EntityType, InviteStatus, PropertyDefinition, PropertyType, Role,
    Scope, StatusUpdate, TokenInfo, User, UserStatus,
};
pub use observer::{Observer, RequestRecord};
pub use probe::probe;
pub use resolver::{Lookup, Resolver};
pub use server_url::{ServerUrl, ServerUrlError};
pub use token::{Token, TokenError};
pub use upload::AvatarUpload;
