//! What is kept on disk: the settings, and an outbox for each account. Never the token.
//!
//! Files are versioned JSON, written whole to a temporary file and renamed, so that they are old or new and never half.
//! What cannot be read is set aside under a name of its own, never overwritten.

mod atomic;
mod directories;
mod document;
mod lock;
mod outbox;
mod settings;
mod writer;

pub use self::directories::{Directories, system_directories};
pub(crate) use self::{
    lock::Lock,
    outbox::OutboxFolder,
    settings::SettingsFile,
    writer::{Writer, Written},
};

#[cfg(test)]
mod tests;
