use std::time::Duration;

use pachca_sandbox::{Fault, RecordedRequest, Status};
use status_core::{Action, Cause, Command, PendingPhase, Resolution};

use crate::app::{PATIENCE, TestApp, draft, preset, start};

#[tokio::test]
async fn an_away_click_reaches_the_server_and_clear_removes_it() {
    let app = TestApp::new().await;
    let (engine, screen) = app.connected().await;
    engine.command(preset("away"), Cause::Person);
    app.wait_for_status(Some("Отошёл")).await;
    let shown = screen
        .shows("the status is confirmed", |now| {
            now.pending.is_none() && now.status.status.is_some()
        })
        .await;
    let status = shown.status.status.as_ref().expect("it is shown");
    assert!(status.is_away && status.ends.is_some());
    assert!(
        status.away_message.as_deref().is_some_and(|message| message
            .starts_with("Отошёл, вернусь в ")
            && !message.contains('{'))
    );
    assert!(screen.tray().tooltip.starts_with("🚶 Отошёл · до "), "{}", screen.tray().tooltip);

    engine.command(Command::ClearStatus, Cause::Person);
    app.wait_for_status(None).await;
    screen.shows("no status", |now| now.pending.is_none() && now.status.status.is_none()).await;
    assert_eq!(screen.tray().tooltip, "Без статуса");
}

#[tokio::test]
async fn a_click_without_network_is_on_disk_before_it_is_shown_as_waiting_and_is_sent_after_a_restart()
 {
    let app = TestApp::new().await;
    app.was_connected();
    app.sandbox.fault(Fault::reset().forever());
    let (engine, screen) = app.start();
    screen.shows("connected from what is stored", |now| now.account.is_some()).await;
    engine.command(preset("lunch"), Cause::Person);
    screen.shows("kept", |now| now.pending.as_ref().is_some_and(|pending| pending.saved)).await;
    assert!(engine.flush(PATIENCE));
    drop((engine, screen));

    app.sandbox.clear_faults();
    let (_engine, screen) = app.start();
    app.wait_for_status(Some("На обеде")).await;
    screen.shows("delivered", |now| now.pending.is_none() && now.status.status.is_some()).await;
}

#[tokio::test]
async fn a_click_without_network_is_sent_when_the_network_is_back() {
    let app = TestApp::new().await;
    let (engine, screen) = app.connected().await;
    app.sandbox.fault(Fault::reset().forever());
    engine.command(preset("meeting"), Cause::Person);
    screen
        .shows("waiting", |now| {
            now.pending
                .as_ref()
                .is_some_and(|pending| pending.phase == PendingPhase::Waiting && pending.saved)
        })
        .await;
    assert!(app.sandbox.state().status.is_none());
    app.sandbox.clear_faults();
    engine.command(Command::Refresh, Cause::Person);
    app.wait_for_status(Some("На встрече")).await;
    screen.shows("delivered", |now| now.pending.is_none()).await;
}

#[tokio::test]
async fn the_app_starts_without_any_server_and_keeps_clicks() {
    let app = TestApp::new().await;
    app.was_connected();
    // A port nobody listens on.
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = free.local_addr().expect("it has an address");
    drop(free);
    let folder = tempfile::tempdir().expect("a folder for tests");
    let config = folder.path().join("config");
    std::fs::create_dir_all(&config).expect("made");
    let account = status_core::AccountId { origin: format!("http://{address}"), user_id: 7 };
    std::fs::write(
        config.join("settings.json"),
        serde_json::json!({"version": 1, "account": account}).to_string(),
    )
    .expect("written");
    let store = std::sync::Arc::new(status_runtime::MemoryStore::with(
        account,
        pachca_client::Token::parse("some-token").expect("visible"),
    ));
    let (engine, screen) =
        start(folder.path(), &format!("http://{address}/api/shared/v1"), store, None);
    screen
        .shows("presets to click on", |now| now.account.is_some() && !now.presets.is_empty())
        .await;
    engine.command(preset("focus"), Cause::Person);
    screen.shows("kept", |now| now.pending.as_ref().is_some_and(|pending| pending.saved)).await;
}

#[tokio::test]
async fn of_a_hundred_clicks_in_a_row_the_last_one_wins_in_at_most_four_requests() {
    let app = TestApp::new().await;
    let (engine, screen) = app.connected().await;
    app.sandbox
        .fault(Fault::latency(Duration::from_millis(50)).on("PUT", "/profile/status").forever());
    for number in 0..100 {
        engine.command(Command::SetStatus(draft(&format!("Статус {number}"))), Cause::Person);
    }
    app.wait_for_status(Some("Статус 99")).await;
    screen.shows("confirmed", |now| now.pending.is_none()).await;
    let puts = app.puts();
    assert!(puts.len() <= 4, "{} requests", puts.len());
    assert_eq!(
        puts.last().and_then(RecordedRequest::json).expect("a body")["status"]["title"],
        "Статус 99"
    );
}

#[tokio::test]
async fn a_change_made_on_the_phone_is_not_overwritten_without_asking() {
    let app = TestApp::new().await;
    let (engine, screen) = app.connected().await;
    app.sandbox.fault(Fault::reset().forever());
    engine.command(preset("away"), Cause::Person);
    screen
        .shows("waiting", |now| {
            now.pending.as_ref().is_some_and(|pending| pending.phase == PendingPhase::Waiting)
        })
        .await;
    app.sandbox.set_status(Status::new("🏖️", "В отпуске"));
    app.sandbox.clear_faults();
    engine.command(Command::Refresh, Cause::Person);
    let conflict = screen
        .shows("the question", |now| now.conflict.is_some())
        .await
        .conflict
        .clone()
        .expect("a question");
    assert_eq!(conflict.theirs.expect("theirs").title, "В отпуске");
    assert_eq!(app.sandbox.state().status.expect("still there").title, "В отпуске");

    engine.command(Command::ResolveConflict(Resolution::Ours), Cause::Person);
    app.wait_for_status(Some("Отошёл")).await;
}

#[tokio::test]
async fn a_server_that_merges_is_made_to_drop_the_old_message_and_end() {
    let app = TestApp::new().await;
    app.sandbox.merge_mode(true);
    let (engine, screen) = app.connected().await;
    engine.command(preset("away"), Cause::Person);
    screen.shows("confirmed", |now| now.pending.is_none() && now.status.status.is_some()).await;
    engine.command(preset("meeting"), Cause::Person);
    app.wait_for_status(Some("На встрече")).await;
    let shown = screen
        .shows("confirmed", |now| {
            now.pending.is_none()
                && now.status.status.as_ref().is_some_and(|status| status.title == "На встрече")
        })
        .await;
    assert_eq!(shown.status.status.as_ref().expect("shown").away_message, None);
}

#[tokio::test]
async fn the_put_leaves_without_waiting_for_the_disk() {
    let app = TestApp::new().await;
    let (engine, screen) = app.connected().await;
    let clicked = std::time::Instant::now();
    engine.command(preset("away"), Cause::Person);
    let put = app
        .sandbox
        .wait_for(|request| request.is("PUT", "/profile/status"), PATIENCE)
        .await
        .expect("the click arrives");
    assert!(
        put.at.duration_since(clicked) < Duration::from_millis(500),
        "{:?}",
        put.at.duration_since(clicked)
    );
    screen.shows("confirmed", |now| now.pending.is_none() && now.status.status.is_some()).await;
}

#[tokio::test]
async fn a_draft_is_previewed_with_its_end_and_its_problems() {
    let app = TestApp::new().await;
    let (engine, _screen) = app.connected().await;
    let preview = engine.preview_draft(draft("Музыка")).await.expect("the engine runs");
    assert!(preview.ends.is_some() && preview.problems.is_empty());
    let preview = engine.preview_draft(draft(&"я".repeat(51))).await.expect("the engine runs");
    assert_eq!(preview.problems, [status_core::Invalid::TitleTooLong]);
}

#[tokio::test]
async fn after_a_wake_up_a_click_does_not_go_out_on_a_connection_from_before() {
    let app = TestApp::new().await;
    let (engine, _screen) = app.connected().await;
    let before: Vec<u16> =
        app.sandbox.requests().iter().map(|request| request.client_port).collect();
    engine.send(Action::Woke);
    engine.command(preset("away"), Cause::Person);
    app.wait_for_status(Some("Отошёл")).await;
    let put = app.puts().pop().expect("it was sent");
    assert!(!before.contains(&put.client_port), "{before:?}");
}
