//! What a test can see and wait for.

use std::time::Duration;

use pachca_sandbox::{DEMO_TOKEN, Fault, Status};
use serde_json::json;

use crate::http::{PATIENCE, bearer, call, call_json, sandbox, send};

#[tokio::test]
async fn a_request_is_recorded_as_it_was_sent() {
    let sandbox = sandbox().await;
    let headers = [
        bearer(DEMO_TOKEN),
        ("content-type", "application/json".to_owned()),
        ("x-odd", "да".to_owned()),
    ];
    send(&sandbox, "PUT", "/profile/status/?a=b%20c", &headers, b"{]");
    let record = sandbox.wait_for(|request| request.status.is_some(), PATIENCE).await.unwrap();
    assert_eq!(
        (record.method.as_str(), record.path.as_str()),
        ("PUT", "/api/shared/v1/profile/status/")
    );
    assert!(record.is("PUT", "/profile/status"));
    assert_eq!((record.query.as_deref(), record.header("X-Odd")), (Some("a=b%20c"), Some("да")));
    assert_eq!((&record.body[..], record.status), (&b"{]"[..], Some(400)));
    assert!(record.at_unix_us > 0 && record.at.elapsed() < PATIENCE);
}

#[tokio::test]
async fn waiting_wakes_for_a_request_to_come_and_for_its_answer() {
    let sandbox = std::sync::Arc::new(sandbox().await);
    sandbox.fault(Fault::latency(Duration::from_millis(50)));
    let client = std::sync::Arc::clone(&sandbox);
    let sent = std::thread::spawn(move || call(&client, "GET", "/profile").status);
    let arrived =
        sandbox.wait_for(|request| request.is("GET", "/profile"), PATIENCE).await.unwrap();
    assert_eq!(arrived.status, None, "seen before it was answered");
    let answered = sandbox.wait_for(|request| request.status == Some(200), PATIENCE).await.unwrap();
    assert_eq!(answered.number, arrived.number);
    assert_eq!(sent.join().unwrap(), 200);
}

#[tokio::test]
async fn waiting_from_a_mark_overlooks_what_came_before() {
    let sandbox = sandbox().await;
    call(&sandbox, "GET", "/profile");
    let mark = sandbox.mark();
    let soon = Duration::from_millis(20);
    let error = sandbox
        .wait_for_after(mark, |request| request.is("GET", "/profile"), soon)
        .await
        .unwrap_err();
    assert_eq!(error.seen, ["GET /api/shared/v1/profile → Some(200)"]);
    call(&sandbox, "GET", "/profile");
    let second = sandbox
        .wait_for_after(mark, |request| request.is("GET", "/profile"), PATIENCE)
        .await
        .unwrap();
    assert_eq!(second.number, 2);
    sandbox.forget_requests();
    assert!(sandbox.requests().is_empty());
}

#[tokio::test]
async fn the_state_can_be_waited_for() {
    let sandbox = std::sync::Arc::new(sandbox().await);
    let client = std::sync::Arc::clone(&sandbox);
    let body = json!({ "status": { "emoji": "🎮", "title": "Играю" } });
    let sent =
        std::thread::spawn(move || call_json(&client, "PUT", "/profile/status", &body).status);
    let state = sandbox.wait_for_state(|state| state.status.is_some(), PATIENCE).await.unwrap();
    assert_eq!(state.status, Some(Status::new("🎮", "Играю")));
    assert_eq!(sent.join().unwrap(), 200);
    sandbox.clear_status();
    assert!(sandbox.state().status.is_none());
}
