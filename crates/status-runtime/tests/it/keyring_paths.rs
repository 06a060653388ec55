//! Whatever a person and a keyring do, in whatever order: what the keyring holds is what the window says.

use std::sync::{Arc, Condvar, Mutex};

use pachca_client::Token;
use pachca_sandbox::DEMO_TOKEN;
use status_core::{AccountId, SettingsPatch, Snapshot, TokenState};
use status_runtime::{CredentialStore, Engine, MemoryStore, StoreError};
use tokio::sync::watch;

use crate::app::{PATIENCE, TestApp};

/// A keyring with a prompt that stays open until somebody answers it.
struct Prompting {
    inner: MemoryStore,
    open: (Mutex<bool>, Condvar),
    /// Counts changes, so that a test can wait for one.
    changed: watch::Sender<u64>,
}

impl Prompting {
    fn new() -> Arc<Self> {
        let open = (Mutex::new(false), Condvar::new());
        Arc::new(Self { inner: MemoryStore::new(), open, changed: watch::Sender::new(0) })
    }

    fn prompt(&self, open: bool) {
        *self.open.0.lock().expect("not poisoned") = open;
        self.open.1.notify_all();
    }

    fn answered(&self) {
        let open = self.open.0.lock().expect("not poisoned");
        drop(self.open.1.wait_while(open, |open| *open).expect("not poisoned"));
    }

    fn did<T>(&self, result: T) -> T {
        self.changed.send_modify(|count| *count += 1);
        result
    }
}

impl CredentialStore for Prompting {
    fn load(&self, account: &AccountId) -> Result<Token, StoreError> {
        self.inner.load(account)
    }
    fn save(&self, account: &AccountId, token: &Token) -> Result<(), StoreError> {
        self.answered();
        self.did(self.inner.save(account, token))
    }
    fn delete(&self, account: &AccountId) -> Result<(), StoreError> {
        self.answered();
        self.did(self.inner.delete(account))
    }
    fn name(&self) -> &'static str {
        "prompting"
    }
    fn is_locked(&self) -> Result<bool, StoreError> {
        self.inner.is_locked()
    }
}

/// What the window says about the keyring; `None` while it says that it does not know.
fn said(now: &Snapshot) -> Option<bool> {
    match (&now.account, now.token) {
        (None, _) | (Some(_), TokenState::SessionOnly) => Some(false),
        (Some(_), TokenState::Kept) => Some(true),
        _ => None,
    }
}

async fn kept(engine: &Engine, path: &str) {
    let mut views = engine.views();
    let kept = views.wait_for(|view| view.snapshot.token == TokenState::Kept);
    let kept = tokio::time::timeout(PATIENCE, kept).await;
    drop(kept.unwrap_or_else(|_| panic!("{path}: the late answer counts")));
}

async fn agree(engine: &Engine, store: &Prompting, account: &AccountId, path: &str) {
    let (mut views, mut changed) = (engine.views(), store.changed.subscribe());
    let agreed = async {
        loop {
            // Asks the keyring something: everything that was asked before has been answered then.
            engine.diagnostics().await;
            engine.settle().await;
            let held = store.inner.holds(account);
            if said(&engine.snapshot()).is_none_or(|said| said == held) {
                return;
            }
            tokio::select! {
                news = views.changed() => news.expect("the engine is there"),
                news = changed.changed() => news.expect("the store is there"),
            }
        }
    };
    let late = tokio::time::timeout(PATIENCE, agreed).await.is_err();
    let now = engine.snapshot();
    assert!(!late, "{path}: {:?}, held: {}", now.token, store.inner.holds(account));
}

/// Steps of a path, one letter each: `k`eep, for this `r`un only, `d`isconnect, a `s`low prompt and its late answer, a
/// prompt answered only after something else (`K` keep, `R` this run, `D` disconnect), a re`f`using keyring, a `c`rash,
/// another server (`o`).
async fn walk(path: &str) {
    let app = TestApp::new().await;
    let (store, account) = (Prompting::new(), app.account());
    let (mut engine, _screen) = app.start_with(store.clone(), None);
    let token = || DEMO_TOKEN.to_owned();
    for step in path.chars() {
        // What is refused is said to the person; what the keyring then holds is looked at below.
        match step {
            'k' => drop(engine.connect(token(), false).await),
            'r' => drop(engine.connect(token(), true).await),
            'd' => drop(engine.disconnect().await),
            's' | 'K' | 'R' | 'D' => {
                store.prompt(true);
                let slow = engine.connect(token(), false).await.expect_err("nobody answers");
                assert_eq!(slow.token, Some(TokenState::Slow), "{path}");
                match step {
                    'R' => drop(engine.connect(token(), true).await),
                    'D' => drop(engine.disconnect().await),
                    _ => {}
                }
                store.prompt(false);
                match step {
                    'K' => drop(engine.connect(token(), false).await),
                    's' => kept(&engine, path).await,
                    _ => {}
                }
            }
            'f' => {
                store.inner.fail(Some(StoreError::Denied));
                drop(engine.connect(token(), true).await);
                drop(engine.disconnect().await);
                store.inner.fail(None);
            }
            'c' => {
                drop(engine);
                engine = app.start_with(store.clone(), None).0;
            }
            'o' => {
                let server = Some("https://pachca.example/api/shared/v1".to_owned());
                let change = SettingsPatch { server, ..SettingsPatch::default() };
                drop(engine.change_settings(change).await);
            }
            other => unreachable!("{other}"),
        }
    }
    agree(&engine, &store, &account, path).await;
    if engine.snapshot().account.is_some() {
        engine.disconnect().await.unwrap_or_else(|error| panic!("{path}: {error:?}"));
    }
    agree(&engine, &store, &account, path).await;
    assert!(!store.inner.holds(&account), "{path}: after disconnecting nothing is left");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_keyring_holds_is_what_the_window_says() {
    let paths = [
        "kd", "kr", "krd", "kc", "kcd", "rc", "rk", "rkc", "ko", "kof", "s", "sd", "sc", "R", "Rd",
        "Rc", "D", "kD", "K", "Kd", "kR", "kfc", "fk", "kfrd", "krkc", "Ro", "kcrc", "sfd", "kok",
        "kfs", "kfK", "sK", "RK", "KD", "rs",
    ];
    let walks = paths.map(|path| tokio::spawn(walk(path)));
    for walk in walks {
        walk.await.expect("the path was walked");
    }
}
