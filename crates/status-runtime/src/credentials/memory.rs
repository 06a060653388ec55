//! A store that forgets everything at the end: for tests and demonstrations.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use pachca_client::Token;
use status_core::AccountId;

use super::{CredentialStore, StoreError};

/// Keeps tokens in memory, and fails as it is told to.
#[derive(Debug, Default)]
pub struct MemoryStore {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    tokens: HashMap<AccountId, Token>,
    failure: Option<StoreError>,
    loads: usize,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// A store that holds this token.
    pub fn with(account: AccountId, token: Token) -> Self {
        let store = Self::new();
        store.lock().tokens.insert(account, token);
        store
    }

    /// From now on every call fails like this; `None` ends that.
    pub fn fail(&self, failure: Option<StoreError>) {
        self.lock().failure = failure;
    }

    /// Whether there is a token for this account.
    pub fn holds(&self, account: &AccountId) -> bool {
        self.lock().tokens.contains_key(account)
    }

    /// How often a token was asked for.
    pub fn loads(&self) -> usize {
        self.lock().loads
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn working(&self) -> Result<std::sync::MutexGuard<'_, Inner>, StoreError> {
        let inner = self.lock();
        inner.failure.map_or(Ok(inner), Err)
    }
}

impl CredentialStore for MemoryStore {
    fn load(&self, account: &AccountId) -> Result<Token, StoreError> {
        self.lock().loads += 1;
        self.working()?.tokens.get(account).cloned().ok_or(StoreError::NotStored)
    }

    fn save(&self, account: &AccountId, token: &Token) -> Result<(), StoreError> {
        self.working()?.tokens.insert(account.clone(), token.clone());
        Ok(())
    }

    fn delete(&self, account: &AccountId) -> Result<(), StoreError> {
        self.working()?.tokens.remove(account).map(drop).ok_or(StoreError::NotStored)
    }

    fn name(&self) -> &'static str {
        "memory"
    }

    fn is_locked(&self) -> Result<bool, StoreError> {
        match self.lock().failure {
            Some(StoreError::Locked) => Ok(true),
            Some(other) => Err(other),
            None => Ok(false),
        }
    }
}
