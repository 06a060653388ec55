//! Setting, reading and clearing the status.

use jiff::{SignedDuration, Timestamp};
use pachca_sandbox::{DEMO_TOKEN, Sandbox, Status};
use serde_json::{Value, json};

use crate::http::{bearer, call, call_json, sandbox, send};

const PATH: &str = "/profile/status";

fn put(sandbox: &Sandbox, status: &Value) -> crate::http::Answer {
    call_json(sandbox, "PUT", PATH, &json!({ "status": status }))
}

#[tokio::test]
async fn no_status_is_a_bare_null() {
    let sandbox = sandbox().await;
    let answer = call(&sandbox, "GET", PATH);
    assert_eq!((answer.status, answer.body.as_slice()), (200, &b"null"[..]));
}

#[tokio::test]
async fn the_away_message_goes_in_as_text_and_comes_out_as_an_object() {
    let sandbox = sandbox().await;
    let answer = put(
        &sandbox,
        &json!({ "emoji": "🏖️", "title": "В отпуске", "expires_at": "2099-04-08T10:00:00.000Z", "is_away": true, "away_message": "До понедельника" }),
    );
    let expected = json!({ "data": {
        "emoji": "🏖️", "title": "В отпуске", "expires_at": "2099-04-08T10:00:00.000Z", "is_away": true,
        "away_message": { "text": "До понедельника" }
    } });
    assert_eq!((answer.status, answer.json()), (200, expected.clone()));
    assert_eq!(call(&sandbox, "GET", PATH).json(), expected);
    assert_eq!(call(&sandbox, "GET", "/profile").json()["data"]["user_status"], expected["data"]);
}

#[tokio::test]
async fn the_least_a_status_needs_is_an_emoji_and_a_title() {
    let sandbox = sandbox().await;
    let answer = put(&sandbox, &json!({ "emoji": "🎮", "title": "Играю" }));
    let expected = json!({ "emoji": "🎮", "title": "Играю", "expires_at": null, "is_away": false, "away_message": null });
    assert_eq!(answer.json()["data"], expected);
}

#[tokio::test]
async fn a_wrong_field_is_named_with_its_code_and_a_russian_message() {
    let sandbox = sandbox().await;
    for (status, key, code) in [
        (json!({ "emoji": ":beach:", "title": "a" }), "emoji", "wrong_emoji"),
        (json!({ "emoji": "Я", "title": "a" }), "emoji", "wrong_emoji"),
        (json!({ "title": "a" }), "emoji", "blank"),
        (json!({ "emoji": "🎮" }), "title", "blank"),
        (json!({ "emoji": "🎮", "title": "" }), "title", "blank"),
        (json!({ "emoji": "🎮", "title": "я".repeat(51) }), "title", "too_long"),
        (json!({ "emoji": "🎮", "title": 5 }), "title", "invalid"),
        (json!({ "emoji": "🎮", "title": "a", "is_away": "true" }), "is_away", "invalid"),
        (json!({ "emoji": "🎮", "title": "a", "is_away": null }), "is_away", "invalid"),
        (json!({ "emoji": "🎮", "title": "a", "away_message": null }), "away_message", "invalid"),
        (
            json!({ "emoji": "🎮", "title": "a", "away_message": { "text": "x" } }),
            "away_message",
            "invalid",
        ),
        (
            json!({ "emoji": "🎮", "title": "a", "away_message": "я".repeat(1025) }),
            "away_message",
            "too_long",
        ),
        (json!({ "emoji": "🎮", "title": "a", "expires_at": null }), "expires_at", "invalid"),
        (json!({ "emoji": "🎮", "title": "a", "expires_at": "tomorrow" }), "expires_at", "invalid"),
        (
            json!({ "emoji": "🎮", "title": "a", "expires_at": "2099-01-01T10:00:00+03:00" }),
            "expires_at",
            "invalid",
        ),
        (
            json!({ "emoji": "🎮", "title": "a", "expires_at": 4_070_944_800_u64 }),
            "expires_at",
            "invalid",
        ),
        (
            json!({ "emoji": "🎮", "title": "a", "expiresAt": "2099-01-01T10:00:00Z" }),
            "expiresAt",
            "wrong_params",
        ),
    ] {
        let answer = put(&sandbox, &status);
        assert_eq!(answer.status, 422, "{status}");
        assert_eq!(answer.errors(), [(key.to_owned(), code.to_owned())], "{status}");
        let error = answer.json()["errors"][0].clone();
        assert!(
            error["message"].as_str().unwrap().chars().any(|letter| ('а'..='я').contains(&letter)),
            "{error}"
        );
        assert!(
            error["payload"].is_null() && (error["value"].is_null() || error["value"].is_string()),
            "{error}"
        );
    }
    assert!(sandbox.state().status.is_none(), "a refused status is not set");
}

#[tokio::test]
async fn a_body_of_another_shape_is_refused() {
    let sandbox = sandbox().await;
    for (body, status) in [
        (json!({}), 422),
        (json!({ "status": "busy" }), 422),
        (json!({ "status": null }), 422),
        (json!({ "emoji": "🎮", "title": "a" }), 422),
        (json!({ "status": { "emoji": "🎮", "title": "a" }, "extra": 1 }), 422),
        (json!([]), 422),
    ] {
        assert_eq!(call_json(&sandbox, "PUT", PATH, &body).status, status, "{body}");
    }
    let good = json!({ "status": { "emoji": "🎮", "title": "a" } }).to_string();
    for (content_type, body) in [
        ("application/json", "{"),
        ("application/json", ""),
        ("text/plain", &good),
        ("application/xml", &good),
    ] {
        let headers = [bearer(DEMO_TOKEN), ("content-type", content_type.to_owned())];
        assert_eq!(
            send(&sandbox, "PUT", PATH, &headers, body.as_bytes()).status,
            400,
            "{content_type} {body}"
        );
    }
    assert_eq!(send(&sandbox, "PUT", PATH, &[bearer(DEMO_TOKEN)], good.as_bytes()).status, 400);
}

#[tokio::test]
async fn clearing_is_204_without_a_body_also_when_nothing_is_set() {
    let sandbox = sandbox().await;
    sandbox.set_status(Status::new("🎮", "Играю"));
    for _ in 0..2 {
        let answer = call(&sandbox, "DELETE", PATH);
        assert_eq!((answer.status, answer.body.len()), (204, 0));
        assert!(sandbox.state().status.is_none());
    }
}

#[tokio::test]
async fn a_status_past_its_end_is_returned_for_a_while_and_then_gone() {
    let sandbox = sandbox().await;
    let end = Timestamp::now() + SignedDuration::from_mins(10);
    sandbox.set_status(Status::new("🎮", "Играю").until(end));
    sandbox.set_clock(SignedDuration::from_mins(10) + SignedDuration::from_secs(5));
    assert_eq!(call(&sandbox, "GET", PATH).json()["data"]["title"], "Играю");
    sandbox.set_clock(SignedDuration::from_mins(12));
    assert_eq!(call(&sandbox, "GET", PATH).body, b"null");
}

#[tokio::test]
async fn omitted_fields_are_cleared_or_kept_as_the_workspace_is_switched() {
    let sandbox = sandbox().await;
    let full = json!({ "emoji": "🚶", "title": "Отошёл", "expires_at": "2099-04-08T10:00:00Z", "is_away": true, "away_message": "Скоро" });
    let short = json!({ "emoji": "🎮", "title": "Играю" });
    put(&sandbox, &full);
    assert_eq!(put(&sandbox, &short).json()["data"]["away_message"], Value::Null);
    sandbox.merge_mode(true);
    put(&sandbox, &full);
    let kept = put(&sandbox, &short).json()["data"].clone();
    assert_eq!(kept["title"], "Играю");
    assert_eq!((&kept["away_message"]["text"], &kept["is_away"]), (&json!("Скоро"), &json!(true)));
    assert_eq!(kept["expires_at"], "2099-04-08T10:00:00.000Z");
}
