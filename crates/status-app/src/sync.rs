//! Locks.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A lock whose value is whole between any two statements, so a panic elsewhere does not spoil it.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A small value that several hold.
#[derive(Debug, Clone, Default)]
pub struct Shared<T>(Arc<Mutex<T>>);

impl<T: Clone> Shared<T> {
    /// Starts with this.
    pub fn new(value: T) -> Self {
        Self(Arc::new(Mutex::new(value)))
    }

    /// A copy of it.
    pub fn get(&self) -> T {
        lock(&self.0).clone()
    }

    /// Replaces it.
    pub fn set(&self, value: T) {
        *lock(&self.0) = value;
    }
}
