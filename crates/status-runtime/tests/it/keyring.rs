use std::sync::{Arc, Mutex, mpsc};

use pachca_client::Token;
use pachca_sandbox::DEMO_TOKEN;
use status_core::{AccountId, Cause, Command, TokenState};
use status_runtime::{CredentialStore, ErrorCode, MemoryStore, StoreError};

use crate::app::{TestApp, preset};

/// A store whose prompt stays open until somebody answers.
struct Prompting {
    answered: Mutex<mpsc::Receiver<()>>,
    inner: Arc<MemoryStore>,
}

impl Prompting {
    fn new(inner: Arc<MemoryStore>) -> (Arc<Self>, mpsc::Sender<()>) {
        let (answer, answered) = mpsc::channel();
        (Arc::new(Self { answered: Mutex::new(answered), inner }), answer)
    }

    fn wait(&self) {
        // An answer, or the end of the test.
        let _ = self.answered.lock().expect("not poisoned").recv();
    }
}

impl CredentialStore for Prompting {
    fn load(&self, account: &AccountId) -> Result<Token, StoreError> {
        self.wait();
        self.inner.load(account)
    }
    fn save(&self, account: &AccountId, token: &Token) -> Result<(), StoreError> {
        self.wait();
        self.inner.save(account, token)
    }
    fn delete(&self, account: &AccountId) -> Result<(), StoreError> {
        self.inner.delete(account)
    }
    fn name(&self) -> &'static str {
        "prompting"
    }
}

#[tokio::test]
async fn an_open_prompt_holds_nobody_up_and_its_late_answer_counts() {
    let app = TestApp::new().await;
    app.was_connected();
    let (store, answer) = Prompting::new(app.store.clone());
    let started = std::time::Instant::now();
    let (engine, screen) = app.start_with(store, None);
    assert!(started.elapsed().as_secs() < 1, "the start does not wait for the keyring");
    screen.shows("the account of the last time", |now| now.account.is_some()).await;
    engine.command(preset("away"), Cause::Person);
    screen
        .shows("slow, and the click kept", |now| {
            now.token == TokenState::Slow
                && now.pending.as_ref().is_some_and(|pending| pending.saved)
        })
        .await;
    answer.send(()).expect("the prompt is open");
    app.wait_for_status(Some("Отошёл")).await;
    screen.shows("kept", |now| now.token == TokenState::Kept).await;
}

#[tokio::test]
async fn a_locked_keyring_is_not_a_missing_token_and_heals_by_itself() {
    let app = TestApp::new().await;
    app.was_connected();
    app.store.fail(Some(StoreError::Locked));
    let (engine, screen) = app.start();
    screen.shows("locked", |now| now.token == TokenState::Locked).await;
    engine.command(preset("away"), Cause::Person);
    assert_eq!(app.store.loads(), 1, "nobody is asked twice");
    app.store.fail(None);
    screen.shows("read once it is open", |now| now.token == TokenState::Kept).await;
    app.wait_for_status(Some("Отошёл")).await;
}

#[tokio::test]
async fn without_a_keyring_the_token_is_kept_for_the_run_only_and_only_if_the_person_says_so() {
    let app = TestApp::new().await;
    app.store.fail(Some(StoreError::NoService));
    let (engine, screen) = app.start();
    let refused =
        engine.connect(DEMO_TOKEN.to_owned(), false).await.expect_err("there is no keyring");
    assert_eq!(
        (refused.code, refused.token),
        (ErrorCode::KeyringUnavailable, Some(TokenState::NoService))
    );
    assert!(engine.snapshot().account.is_none());

    let view = engine.connect(DEMO_TOKEN.to_owned(), true).await.expect("for this run");
    assert_eq!(view.state, TokenState::SessionOnly);
    screen
        .shows("connected", |now| now.token == TokenState::SessionOnly && now.account.is_some())
        .await;
    engine.command(preset("away"), Cause::Person);
    app.wait_for_status(Some("Отошёл")).await;
    engine.disconnect().await.expect("nothing has to be removed");
    screen.shows("disconnected", |now| now.account.is_none()).await;
}

#[tokio::test]
async fn a_late_yes_to_the_prompt_while_connecting_still_connects() {
    let app = TestApp::new().await;
    let (store, answer) = Prompting::new(app.store.clone());
    let (engine, screen) = app.start_with(store, None);
    let slow = engine.connect(DEMO_TOKEN.to_owned(), false).await.expect_err("the prompt is open");
    assert_eq!((slow.code, slow.token), (ErrorCode::KeyringUnavailable, Some(TokenState::Slow)));
    // Once for writing, once for reading back.
    answer.send(()).expect("the prompt is open");
    answer.send(()).expect("the prompt is open");
    screen.shows("connected", |now| now.token == TokenState::Kept && now.account.is_some()).await;
    assert!(app.store.holds(&app.account()));
}

#[tokio::test]
async fn a_token_that_cannot_be_removed_is_said_to_be_there() {
    let app = TestApp::new().await;
    let (engine, screen) = app.connected().await;
    app.store.fail(Some(StoreError::Denied));
    let refused = engine.disconnect().await.expect_err("the keyring refuses");
    assert_eq!(
        (refused.code, refused.token),
        (ErrorCode::KeyringNotRemoved, Some(TokenState::Denied))
    );
    assert!(engine.snapshot().account.is_some());
    app.store.fail(None);
    engine.disconnect().await.expect("now it goes");
    screen
        .shows("disconnected", |now| now.account.is_none() && now.token == TokenState::Missing)
        .await;
    assert!(!app.store.holds(&app.account()));
}

#[tokio::test]
async fn a_read_that_failed_deletes_nothing() {
    for failure in [
        StoreError::NotStored,
        StoreError::Denied,
        StoreError::Ambiguous,
        StoreError::Broken,
        StoreError::NoService,
    ] {
        let app = TestApp::new().await;
        app.was_connected();
        app.store.fail(Some(failure));
        let (_engine, screen) = app.start();
        screen
            .shows("the state", |now| !matches!(now.token, TokenState::Loading | TokenState::Kept))
            .await;
        assert!(app.store.holds(&app.account()), "{failure:?}");
    }
}

#[tokio::test]
async fn several_tokens_for_one_account_are_said_and_connecting_again_settles_it() {
    let app = TestApp::new().await;
    app.was_connected();
    app.store.fail(Some(StoreError::Ambiguous));
    let (engine, screen) = app.start();
    screen.shows("several", |now| now.token == TokenState::Several && now.account.is_some()).await;
    engine.command(preset("away"), Cause::Person);
    let refused = engine.disconnect().await.expect_err("it is not clear which one is meant");
    assert_eq!(
        (refused.code, refused.token),
        (ErrorCode::KeyringNotRemoved, Some(TokenState::Several))
    );
    assert!(app.store.holds(&app.account()), "nothing is removed");
    assert_eq!(app.store.loads(), 1, "and nothing is read again by itself");

    app.store.fail(None);
    engine.connect(DEMO_TOKEN.to_owned(), false).await.expect("the new one takes their place");
    screen.shows("kept", |now| now.token == TokenState::Kept).await;
    app.wait_for_status(Some("Отошёл")).await;
}

#[tokio::test]
async fn a_refused_keyring_is_asked_again_only_when_the_person_says_so() {
    let app = TestApp::new().await;
    app.was_connected();
    app.store.fail(Some(StoreError::Denied));
    let (engine, screen) = app.start();
    screen.shows("denied", |now| now.token == TokenState::Denied).await;
    assert_eq!(app.store.loads(), 1);
    app.store.fail(None);
    engine.command(Command::Retry, Cause::Person);
    screen.shows("read", |now| now.token == TokenState::Kept).await;
    assert_eq!(app.store.loads(), 2);
}

/// Locked at first; then somebody says no to the prompt.
#[derive(Default)]
struct Refusing(Mutex<usize>);

impl CredentialStore for Refusing {
    fn load(&self, _: &AccountId) -> Result<Token, StoreError> {
        let mut loads = self.0.lock().expect("not poisoned");
        *loads += 1;
        Err(if *loads == 1 { StoreError::Locked } else { StoreError::Denied })
    }
    fn save(&self, _: &AccountId, _: &Token) -> Result<(), StoreError> {
        Err(StoreError::Denied)
    }
    fn delete(&self, _: &AccountId) -> Result<(), StoreError> {
        Err(StoreError::Denied)
    }
    fn name(&self) -> &'static str {
        "refusing"
    }
}

#[tokio::test]
async fn who_refuses_while_the_keyring_is_watched_is_not_asked_again() {
    let app = TestApp::new().await;
    app.was_connected();
    let store = Arc::new(Refusing::default());
    let (_engine, screen) = app.start_with(store.clone(), None);
    screen.shows("locked", |now| now.token == TokenState::Locked).await;
    // The watch has ended with this: what is shown as refused is not tried by itself.
    screen.shows("refused", |now| now.token == TokenState::Denied).await;
    assert_eq!(*store.0.lock().expect("not poisoned"), 2);
}
