//! Runs the core: the loop that owns the state, the effects it decides on, the token store, the files, pictures and words.
//!
//! [`Engine::start`] is the way in. Everything a person does is an [`status_core::Action`] sent to it, or one of its
//! async requests when the window waits for an answer; everything to be drawn comes out through [`Host`].
//! Only the `effects` module talks to the network, the keyring and the disk.

mod clock;
mod effects;
mod engine;
mod files;
mod host;
mod ipc;
mod journal;
mod picture;
mod token_store;
mod words;

pub use clock::Clock;
pub use engine::{Engine, EngineOptions};
pub use files::{Directories, system_directories};
pub use host::{DrawnItem, DrawnTray, Host};
pub use ipc::*;
pub use picture::{Encoded, Picture, PictureError};
pub use token_store::{KeyringStore, MemoryStore, StoreError, TokenStore};
pub use words::{Words, system_locale};
