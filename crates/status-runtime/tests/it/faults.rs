use pachca_sandbox::{Fault, RecordedRequest, SCOPES};
use status_core::{Cause, Command, FailureKind, PendingPhase, TokenState};

use crate::app::{PATIENCE, TestApp, preset};

#[tokio::test]
async fn a_revoked_token_is_kept_and_works_again_when_access_is_restored() {
    let app = TestApp::new().await;
    let (engine, screen) = app.connected().await;
    app.sandbox.revoke_token();
    engine.command(preset("away"), Cause::Person);
    screen.shows("the token is refused", |now| now.token == TokenState::Rejected).await;
    assert!(app.store.holds(&app.account()), "the token is kept");
    assert!(screen.shows("the click is kept", |now| now.pending.is_some()).await.account.is_some());

    app.sandbox.restore_token();
    engine.command(Command::Refresh, Cause::Person);
    app.wait_for_status(Some("Отошёл")).await;
    screen.shows("all is well", |now| now.token == TokenState::Kept && now.pending.is_none()).await;
}

#[tokio::test]
async fn a_missing_scope_is_named() {
    let app = TestApp::new().await;
    app.sandbox.set_scopes(SCOPES.into_iter().filter(|scope| *scope != "profile_status:write"));
    let (engine, screen) = app.connected().await;
    assert_eq!(
        screen.shows("scopes", |now| !now.missing_scopes.is_empty()).await.missing_scopes,
        [status_core::Scope::StatusWrite]
    );
    engine.command(preset("away"), Cause::Person);
    let shown = screen.shows("the problem", |now| now.problem.is_some()).await;
    let failure = &shown.problem.as_ref().expect("a problem").failure;
    assert_eq!(
        (failure.kind, failure.scope.as_deref()),
        (FailureKind::ScopeMissing, Some("profile_status:write"))
    );
}

#[tokio::test]
async fn a_refused_status_is_explained_and_nothing_is_lost() {
    let app = TestApp::new().await;
    let (engine, screen) = app.connected().await;
    let body = r#"{"errors":[{"key":"emoji","value":"x","message":"Недопустимый эмодзи","code":"wrong_emoji","payload":null}]}"#;
    app.sandbox.fault(
        Fault::answer(422, &[("content-type", "application/json")], body)
            .on("PUT", "/profile/status"),
    );
    engine.command(preset("away"), Cause::Person);
    let shown = screen
        .shows("refused", |now| {
            now.pending.as_ref().is_some_and(|pending| pending.phase == PendingPhase::Refused)
        })
        .await;
    let failure = &shown.problem.as_ref().expect("a problem").failure;
    assert_eq!(failure.kind, FailureKind::WrongEmoji);
    assert_eq!(failure.server_message.as_deref(), Some("Недопустимый эмодзи"));
    assert_eq!(app.puts().len(), 1, "what is refused is not repeated");
    assert!(shown.presets.iter().any(|view| view.preset.id.0 == "away"), "the preset is kept");
}

#[tokio::test]
async fn a_lost_answer_does_not_make_a_second_change() {
    let app = TestApp::new().await;
    let (engine, screen) = app.connected().await;
    app.sandbox.fault(Fault::reset_after_apply().on("PUT", "/profile/status"));
    engine.command(preset("away"), Cause::Person);
    screen.shows("confirmed", |now| now.pending.is_none() && now.status.status.is_some()).await;
    assert_eq!(app.puts().len(), 1, "a look at the server said it had arrived");
}

#[tokio::test]
async fn a_sign_in_page_of_the_network_is_not_taken_for_success() {
    let app = TestApp::new().await;
    let (engine, screen) = app.connected().await;
    app.sandbox.fault(Fault::html_200().forever());
    engine.command(preset("away"), Cause::Person);
    screen
        .shows("waiting", |now| {
            now.pending.as_ref().is_some_and(|pending| pending.phase == PendingPhase::Waiting)
        })
        .await;
    app.sandbox.clear_faults();
    engine.command(Command::Refresh, Cause::Person);
    app.wait_for_status(Some("Отошёл")).await;
}

#[tokio::test]
async fn a_clock_that_is_off_is_noticed_and_forgiven_when_it_is_right_again() {
    let app = TestApp::new().await;
    app.sandbox.set_clock(jiff::SignedDuration::from_hours(1));
    let (engine, screen) = app.connected().await;
    let off = |now: &status_core::Snapshot| {
        now.notices.iter().any(|notice| matches!(notice, status_core::Notice::ClockOff { seconds } if (-3605..=-3595).contains(seconds)))
    };
    screen.shows("the notice", off).await;
    // Half an hour of the server's time, which is everybody else's too.
    let minutes = |minutes| jiff::SignedDuration::from_mins(minutes);
    let from = jiff::Timestamp::now() + minutes(90);
    engine.command(preset("away"), Cause::Person);
    app.wait_for_status(Some("Отошёл")).await;
    let until = jiff::Timestamp::now() + minutes(90);
    let ends = app.sandbox.state().status.and_then(|status| status.expires_at).expect("it ends");
    let second = jiff::SignedDuration::from_secs(2);
    assert!((from - second..=until + second).contains(&ends), "{from} {ends} {until}");
    screen.shows("it is confirmed", |now| now.pending.is_none()).await;
    app.sandbox.set_clock(jiff::SignedDuration::ZERO);
    // One answer is no proof.
    for _ in 0..2 {
        let mark = app.sandbox.mark();
        engine.command(Command::Refresh, Cause::Person);
        let fetch = |request: &RecordedRequest| request.is("GET", "/profile/status");
        app.sandbox.wait_for_after(mark, fetch, PATIENCE).await.expect("asked again");
    }
    screen.shows("no notice", |now| now.notices.is_empty()).await;
}
