//! Runs the core: the loop that owns the state, the effects it decides on, the credentials, the files, pictures and
//! words.
//!
//! [`Engine::start`] is the way in. What somebody wants is a [`status_core::Command`] sent to it, or one of its async
//! requests; what is to be drawn comes out of [`Engine::views`], what is to be done on the desktop through [`Host`].

mod clock;
mod clock_skew;
mod context;
mod credentials;
mod effects;
mod engine;
mod failure;
mod files;
mod host;
mod ipc;
mod journal;
mod picture;
mod replies;
mod request_log;
mod requests;
mod sources;
mod sync;
mod words;

pub use clock::Clock;
pub use credentials::{CredentialStore, KeyringStore, MemoryStore, StoreError};
pub use engine::{Engine, EngineOptions};
pub use files::{Directories, system_directories};
pub use host::{DrawnItem, DrawnTray, Host, View};
pub use ipc::*;
pub use picture::{Encoded, Picture, PictureError};
pub use replies::Outcomes;
pub use words::{Words, system_locale};
