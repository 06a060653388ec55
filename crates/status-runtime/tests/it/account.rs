use pachca_sandbox::{DEMO_TOKEN, Fault, SCOPES};
use status_core::{Cause, TokenState};
use status_runtime::{ErrorCode, FieldKind};

use crate::app::{TestApp, preset};

#[tokio::test]
async fn a_token_that_cannot_be_one_is_refused_before_anything_is_sent() {
    let app = TestApp::new().await;
    let (engine, _screen) = app.start();
    for text in ["", "  ", "two words", "токен", "line\nbreak", &"x".repeat(513)] {
        let refused = engine.connect(text.to_owned(), false).await.expect_err("it is no token");
        assert_eq!(refused.code, ErrorCode::TokenMalformed, "{text:?}");
    }
    assert!(app.sandbox.requests().is_empty());
}

#[tokio::test]
async fn a_wrong_token_is_refused_and_nothing_is_stored() {
    let app = TestApp::new().await;
    let (engine, _screen) = app.start();
    let refused =
        engine.connect("a-wrong-token".to_owned(), false).await.expect_err("the server refuses it");
    assert_eq!(
        refused.failure.map(|failure| failure.kind),
        Some(status_core::FailureKind::TokenRejected)
    );
    assert!(!app.store.holds(&app.account()));
}

#[tokio::test]
async fn connecting_says_who_it_is_and_what_the_token_may_do() {
    let app = TestApp::new().await;
    app.sandbox.set_scopes([
        "profile:read",
        "profile_status:read",
        "profile_status:write",
        "messages:create",
    ]);
    let (engine, screen) = app.start();
    let view = engine.connect(format!("  {DEMO_TOKEN}\n"), false).await.expect("a good token");
    assert_eq!(
        (view.state, view.unneeded_scopes, view.account),
        (TokenState::Kept, vec!["messages:create".to_owned()], app.account())
    );
    assert!(
        !view.masked.contains(DEMO_TOKEN) && view.scopes.contains(&"messages:create".to_owned())
    );
    let shown = screen.shows("connected", |now| now.account.is_some()).await;
    assert!(!shown.account.as_ref().expect("somebody").name.is_empty());
    assert_eq!(shown.missing_scopes.len(), 2);
    assert_eq!(engine.token_info().await.expect("fresh").state, TokenState::Kept);
}

#[tokio::test]
async fn a_restart_needs_no_new_token() {
    let app = TestApp::new().await;
    let (engine, _screen) = app.connected().await;
    assert!(engine.flush(crate::app::PATIENCE));
    drop(engine);
    let (engine, screen) = app.start();
    screen
        .shows("connected", |now| {
            now.token == TokenState::Kept
                && now.account.as_ref().is_some_and(|account| !account.scopes.is_empty())
        })
        .await;
    engine.command(preset("away"), Cause::Person);
    app.wait_for_status(Some("Отошёл")).await;
}

#[tokio::test]
async fn a_token_from_the_environment_is_used_and_never_stored() {
    let app = TestApp::new().await;
    app.sandbox.fault(Fault::status(500).on_path("/oauth/token/info").times(1));
    let (engine, screen) = app.start_with(app.store.clone(), Some(DEMO_TOKEN));
    screen
        .shows("connected", |now| now.token == TokenState::FromEnvironment && now.account.is_some())
        .await;
    engine.command(preset("away"), Cause::Person);
    app.wait_for_status(Some("Отошёл")).await;
    assert!(!app.store.holds(&app.account()));
    assert_eq!(app.store.loads(), 0, "the keyring is not touched");
}

#[tokio::test]
async fn another_account_takes_the_place_of_the_first_and_leaves_no_secret_behind() {
    let app = TestApp::new().await;
    let other = app.sandbox.add_person(
        "second-token-11111111111111111111",
        &serde_json::json!({"first_name": "Пётр"}),
    );
    let (engine, screen) = app.connected().await;
    let first = app.account();
    let view = engine
        .connect("second-token-11111111111111111111".to_owned(), false)
        .await
        .expect("a good token");
    assert_eq!(u64::try_from(view.account.user_id), Ok(other));
    screen
        .shows("the other one", |now| {
            now.account.as_ref().is_some_and(|account| account.id == view.account)
        })
        .await;
    assert!(app.store.holds(&view.account));
    // The keyring works in order: once a later call is answered, the removal is done.
    engine.diagnostics().await;
    assert!(!app.store.holds(&first));
}

#[tokio::test]
async fn the_profile_joins_fields_with_their_definitions_even_without_the_right_to_them() {
    let app = TestApp::with(pachca_sandbox::SandboxOptions::default()).await;
    let (engine, _screen) = app.connected().await;
    let profile = engine.profile().await.expect("a profile");
    assert!(
        !profile.definitions_missing
            && profile.custom_fields.iter().any(|field| field.kind == FieldKind::Link)
    );

    app.sandbox.set_scopes(SCOPES.into_iter().filter(|scope| *scope != "custom_properties:read"));
    let profile = engine.profile().await.expect("a profile");
    assert!(profile.definitions_missing);
}

#[tokio::test]
async fn requests_without_an_account_say_so() {
    let app = TestApp::new().await;
    let (engine, _screen) = app.start();
    assert_eq!(engine.profile().await.err().map(|error| error.code), Some(ErrorCode::NotConnected));
    assert_eq!(
        engine.token_info().await.err().map(|error| error.code),
        Some(ErrorCode::NotConnected)
    );
    assert_eq!(
        engine.disconnect().await.err().map(|error| error.code),
        Some(ErrorCode::NotConnected)
    );
    assert_eq!(
        engine.undo_avatar().await.err().map(|error| error.code),
        Some(ErrorCode::NotConnected)
    );
}
