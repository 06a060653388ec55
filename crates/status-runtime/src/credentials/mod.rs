//! Where the token is kept: the operating system's own secret store, and nothing else.

#[cfg(any(target_os = "macos", test))]
mod keychain;
mod keyring_store;
mod memory;
#[cfg(target_os = "linux")]
mod secret_service;
mod worker;

use pachca_client::Token;
use status_core::{AccountId, TokenState};

pub(crate) use self::worker::{KeyringWorker, Reply, SLOW};
pub use self::{keyring_store::KeyringStore, memory::MemoryStore};

/// Why a store did not do what it was asked. Holds nothing secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum StoreError {
    /// The store works, and has no such entry.
    #[error("nothing is stored for this account")]
    NotStored,
    /// The store is locked, and nobody unlocked it.
    #[error("the keyring is locked")]
    Locked,
    /// The person or the system refused.
    #[error("access to the keyring was refused")]
    Denied,
    /// There is no store.
    #[error("there is no keyring")]
    NoService,
    /// Several entries match and hold different things: choosing one could be wrong.
    #[error("the keyring has several tokens for this account")]
    Ambiguous,
    /// Something else, which cannot be shown because it may hold the secret.
    #[error("the keyring failed")]
    Broken,
}

impl StoreError {
    /// How the account page shows it.
    pub(crate) fn state(self) -> TokenState {
        match self {
            Self::NotStored => TokenState::Missing,
            Self::Locked => TokenState::Locked,
            Self::NoService => TokenState::NoService,
            Self::Ambiguous => TokenState::Several,
            Self::Denied | Self::Broken => TokenState::Denied,
        }
    }
}

/// A place for tokens. Every call may block for as long as a person takes to answer a prompt, so all are made on one
/// thread of their own.
pub trait CredentialStore: Send + Sync + 'static {
    /// The account's token. May ask the person to unlock the store.
    fn load(&self, account: &AccountId) -> Result<Token, StoreError>;
    /// Stores the account's token in place of any other.
    fn save(&self, account: &AccountId, token: &Token) -> Result<(), StoreError>;
    /// Removes the account's token. Of several that differ none is removed.
    fn delete(&self, account: &AccountId) -> Result<(), StoreError>;
    /// What the store is called on this system, for the account page.
    fn name(&self) -> &'static str;
    /// Whether a call would have to ask the person to unlock the store. Never asks.
    fn is_locked(&self) -> Result<bool, StoreError> {
        Ok(false)
    }
}
