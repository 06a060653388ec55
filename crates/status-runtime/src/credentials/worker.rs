//! The one thread that talks to the token store.
//!
//! A store may wait for a person, for minutes or for ever. The thread is detached: nobody joins it, so neither the
//! menu nor the end of the program waits with it. (A blocking task of the async runtime would be joined at exit.)

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use pachca_client::Token;
use status_core::AccountId;
use tokio::sync::oneshot;

use super::{CredentialStore, StoreError};

/// After this long an answer is reported as slow. A late one still counts.
pub(crate) const SLOW: Duration = Duration::from_secs(3);

type Job = Box<dyn FnOnce(&dyn CredentialStore) + Send>;

/// The way to the thread.
#[derive(Clone)]
pub(crate) struct KeyringWorker {
    jobs: mpsc::Sender<Job>,
    name: &'static str,
}

/// An answer that may take its time.
#[derive(Debug)]
pub(crate) struct Reply<T> {
    answer: oneshot::Receiver<Result<T, StoreError>>,
}

impl<T> Reply<T> {
    /// The answer, if it comes within three seconds. Otherwise it can be waited for again.
    pub(crate) async fn within(&mut self) -> Option<Result<T, StoreError>> {
        match tokio::time::timeout(SLOW, &mut self.answer).await {
            Ok(answer) => Some(answer.unwrap_or(Err(StoreError::Broken))),
            Err(_) => None,
        }
    }

    /// The answer, whenever it comes.
    pub(crate) async fn wait(self) -> Result<T, StoreError> {
        self.answer.await.unwrap_or(Err(StoreError::Broken))
    }
}

impl KeyringWorker {
    /// Starts the thread.
    pub(crate) fn open(store: Arc<dyn CredentialStore>) -> Self {
        let (jobs, inbox) = mpsc::channel::<Job>();
        let name = store.name();
        // When no thread can be had the channel is closed, and every call answers `Broken`.
        let _ = thread::Builder::new().name("keyring".to_owned()).spawn(move || {
            for job in inbox {
                // Stores are known to panic; the answer's sender is dropped then, which counts as `Broken`.
                let _ = catch_unwind(AssertUnwindSafe(|| job(&*store)));
            }
        });
        Self { jobs, name }
    }

    /// What the store is called.
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    /// Reads a token. Without `may_ask` a locked store answers [`StoreError::Locked`] and nobody is asked.
    pub(crate) fn load(&self, account: AccountId, may_ask: bool) -> Reply<Token> {
        self.call(move |store| {
            if !may_ask && store.is_locked()? {
                return Err(StoreError::Locked);
            }
            store.load(&account)
        })
    }

    /// Stores a token and reads it back.
    pub(crate) fn save(&self, account: AccountId, token: Token) -> Reply<()> {
        self.call(move |store| {
            store.save(&account, &token)?;
            // Whatever keeps it from being read back, something may be stored now.
            let kept = store.load(&account).map_err(|_| StoreError::Broken)?;
            if kept.expose() == token.expose() { Ok(()) } else { Err(StoreError::Broken) }
        })
    }

    /// Removes a token; one that is not there counts as removed.
    pub(crate) fn delete(&self, account: AccountId) -> Reply<()> {
        self.call(move |store| delete(store, &account))
    }

    /// The same if it may be removed by the time its turn comes, and nobody has to be asked to unlock the store.
    pub(crate) fn delete_if(
        &self,
        account: AccountId,
        may_go: impl FnOnce() -> bool + Send + 'static,
    ) -> Reply<()> {
        self.call(move |store| {
            if store.is_locked()? {
                Err(StoreError::Locked)
            } else if may_go() {
                delete(store, &account)
            } else {
                Err(StoreError::Denied)
            }
        })
    }

    /// Whether the store is there and open. Asks nobody.
    pub(crate) fn is_locked(&self) -> Reply<bool> {
        self.call(CredentialStore::is_locked)
    }

    fn call<T: Send + 'static>(
        &self,
        act: impl FnOnce(&dyn CredentialStore) -> Result<T, StoreError> + Send + 'static,
    ) -> Reply<T> {
        let (done, answer) = oneshot::channel();
        let _ = self.jobs.send(Box::new(move |store| {
            // Nobody may be waiting any more; what was done stays done.
            let _ = done.send(act(store));
        }));
        Reply { answer }
    }
}

fn delete(store: &dyn CredentialStore, account: &AccountId) -> Result<(), StoreError> {
    match store.delete(account) {
        Err(StoreError::NotStored) => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Panicking;

    impl CredentialStore for Panicking {
        fn load(&self, _: &AccountId) -> Result<Token, StoreError> {
            panic!("a store that panics");
        }
        fn save(&self, _: &AccountId, _: &Token) -> Result<(), StoreError> {
            Ok(())
        }
        fn delete(&self, _: &AccountId) -> Result<(), StoreError> {
            Ok(())
        }
        fn name(&self) -> &'static str {
            "panicking"
        }
    }

    fn account() -> AccountId {
        AccountId { origin: "https://api.pachca.com".to_owned(), user_id: 12 }
    }

    #[tokio::test]
    async fn a_store_that_panics_answers_and_goes_on() {
        let worker = KeyringWorker::open(Arc::new(Panicking));
        assert_eq!(worker.load(account(), true).wait().await.err(), Some(StoreError::Broken));
        assert_eq!(worker.delete(account()).wait().await, Ok(()));
    }

    #[tokio::test(start_paused = true)]
    async fn a_store_that_never_answers_is_reported_after_three_seconds() {
        struct Hanging(std::sync::Mutex<mpsc::Receiver<()>>);
        impl CredentialStore for Hanging {
            fn load(&self, _: &AccountId) -> Result<Token, StoreError> {
                let _ = self.0.lock().expect("not poisoned").recv();
                Ok(Token::parse("late-token").expect("visible ASCII"))
            }
            fn save(&self, _: &AccountId, _: &Token) -> Result<(), StoreError> {
                Ok(())
            }
            fn delete(&self, _: &AccountId) -> Result<(), StoreError> {
                Ok(())
            }
            fn name(&self) -> &'static str {
                "hanging"
            }
        }
        let (release, held) = mpsc::channel();
        let worker = KeyringWorker::open(Arc::new(Hanging(std::sync::Mutex::new(held))));
        let mut reply = worker.load(account(), true);
        let asked = tokio::time::Instant::now();
        assert!(reply.within().await.is_none());
        assert_eq!(asked.elapsed(), SLOW);
        release.send(()).expect("the store waits");
        assert_eq!(reply.wait().await.expect("a late answer counts").expose(), "late-token");
    }
}
