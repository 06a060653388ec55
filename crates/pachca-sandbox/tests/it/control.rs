//! The control interface over HTTP.

use pachca_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::http::{Answer, call, call_json, sandbox, send_to};

fn control(sandbox: &Sandbox, method: &str, path: &str, body: &Value) -> Answer {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    send_to(sandbox, method, &format!("/sandbox{path}"), &[], body.as_bytes())
}

#[tokio::test]
async fn status_profile_scopes_and_token_can_be_changed_and_seen() {
    let sandbox = sandbox().await;
    let status = json!({ "emoji": "📱", "title": "С телефона", "expires_at": "2099-01-01T00:00:00Z", "away_message": "x" });
    assert_eq!(control(&sandbox, "PUT", "/status", &status).status, 204);
    assert_eq!(
        call(&sandbox, "GET", "/profile/status").json()["data"]["away_message"],
        json!({ "text": "x" })
    );
    assert_eq!(
        control(&sandbox, "GET", "/state", &Value::Null).json()["status"]["title"],
        "С телефона"
    );
    assert_eq!(control(&sandbox, "DELETE", "/status", &Value::Null).status, 204);
    assert_eq!(call(&sandbox, "GET", "/profile/status").body, b"null");

    control(&sandbox, "PATCH", "/profile", &json!({ "first_name": null }));
    assert!(call(&sandbox, "GET", "/profile").json()["data"]["first_name"].is_null());
    control(&sandbox, "PUT", "/custom_properties", &json!([]));
    assert_eq!(
        call(&sandbox, "GET", "/custom_properties?entity_type=User").json()["data"],
        json!([])
    );
    control(&sandbox, "PUT", "/scopes", &json!(["profile:read"]));
    assert_eq!(call(&sandbox, "GET", "/profile/status").status, 403);
    control(&sandbox, "POST", "/revoke", &Value::Null);
    assert_eq!(call(&sandbox, "GET", "/profile").status, 401);
    control(&sandbox, "POST", "/restore", &Value::Null);
    assert_eq!(call(&sandbox, "GET", "/profile").status, 200);
}

#[tokio::test]
async fn every_kind_of_fault_can_be_added_by_json() {
    let sandbox = sandbox().await;
    let faults = json!([
        { "method": "GET", "path": "/profile", "times": 2, "skip": 1, "effect": { "kind": "status", "code": 503 } },
        { "effect": { "kind": "status", "code": 200, "headers": [["x-a", "1"]], "body": { "base64": "H4s=" } } },
        { "effect": { "kind": "retry_after", "value": "7" } },
        { "times": null, "applied": true, "effect": { "kind": "reset" } },
        { "effect": { "kind": "reset_upload", "after": 10 } },
        { "effect": { "kind": "close" } },
        { "effect": { "kind": "stall" } },
        { "effect": { "kind": "stall", "millis": 5 } },
        { "effect": { "kind": "stall_body", "after": 3 } },
        { "effect": { "kind": "drip", "bytes_per_second": 1 } },
        { "effect": { "kind": "truncate", "bytes": 3 } },
        { "effect": { "kind": "cut_answer", "bytes": 3 } },
        { "effect": { "kind": "huge_body" } },
        { "effect": { "kind": "html200" } },
        { "effect": { "kind": "redirect", "code": 302, "location": "http://127.0.0.1:1/" } },
        { "effect": { "kind": "wrong_content_type", "content_type": "text/html" } },
        { "effect": { "kind": "latency", "millis": 5 } },
        { "effect": { "kind": "garbage", "bytes": "nonsense" } }
    ]);
    let answer = control(&sandbox, "POST", "/faults", &faults);
    assert_eq!(answer.status, 204, "{}", String::from_utf8_lossy(&answer.body));
    let listed = control(&sandbox, "GET", "/faults", &Value::Null).json();
    assert_eq!(listed.as_array().unwrap().len(), faults.as_array().unwrap().len());
    assert_eq!(
        control(&sandbox, "POST", "/faults", &listed).status,
        204,
        "what is listed can be added again"
    );
    assert_eq!(control(&sandbox, "DELETE", "/faults", &Value::Null).status, 204);
    assert_eq!(call(&sandbox, "GET", "/profile").status, 200);

    let one = json!({ "effect": { "kind": "status", "code": 502 } });
    assert_eq!(control(&sandbox, "POST", "/faults", &one).status, 204);
    assert_eq!(call(&sandbox, "GET", "/profile").status, 502);
}

#[tokio::test]
async fn a_mistake_in_a_control_request_is_named_and_changes_nothing() {
    let sandbox = sandbox().await;
    for (method, path, body) in [
        ("POST", "/faults", json!({ "effect": { "kind": "nonsense" } })),
        ("POST", "/faults", json!([{ "effect": { "kind": "status", "code": 99 } }])),
        ("POST", "/faults", json!({ "effect": { "kind": "retry_after", "value": "1\r\nx: y" } })),
        ("PUT", "/status", json!({ "emoji": "🎮" })),
        ("PUT", "/scopes", json!("profile:read")),
        ("PATCH", "/settings", json!({ "unknown": true })),
    ] {
        let answer = control(&sandbox, method, path, &body);
        assert_eq!(answer.status, 422, "{method} {path} {body}");
        assert!(answer.json()["error"].is_string());
    }
    assert_eq!(control(&sandbox, "GET", "/nothing", &Value::Null).status, 404);
    assert!(sandbox.state().status.is_none() && sandbox.state().faults.is_empty());
}

#[tokio::test]
async fn settings_switch_merging_plan_limit_linger_and_clock() {
    let sandbox = sandbox().await;
    let settings = json!({ "merge": true, "paid": false, "rate_limit": 1, "linger_seconds": 5, "clock_ahead_seconds": 3600 });
    assert_eq!(control(&sandbox, "PATCH", "/settings", &settings).status, 204);
    assert_eq!(call(&sandbox, "GET", "/custom_properties?entity_type=User").status, 402);
    assert!((0..100).any(|_| call(&sandbox, "GET", "/profile").status == 429));
    let ahead = sandbox.state().now.duration_since(jiff::Timestamp::now());
    assert!(ahead > jiff::SignedDuration::from_mins(59));
}

#[tokio::test]
async fn requests_are_listed_with_their_bodies_and_without_control_requests() {
    let sandbox = sandbox().await;
    call_json(
        &sandbox,
        "PUT",
        "/profile/status",
        &json!({ "status": { "emoji": "🎮", "title": "Играю" } }),
    );
    send_to(&sandbox, "PUT", "/api/shared/v1/profile/status", &[], b"\xFF");
    let listed = control(&sandbox, "GET", "/requests", &Value::Null).json();
    assert_eq!(listed.as_array().unwrap().len(), 2);
    assert!(listed[0]["body"].as_str().unwrap().contains("Играю"));
    assert_eq!((&listed[0]["status"], &listed[0]["method"]), (&json!(200), &json!("PUT")));
    assert_eq!(listed[1]["body_base64"], "/w==");
    control(&sandbox, "DELETE", "/requests", &Value::Null);
    assert_eq!(control(&sandbox, "GET", "/requests", &Value::Null).json(), json!([]));
}

#[tokio::test]
async fn a_web_page_cannot_reach_the_control_interface() {
    let sandbox = sandbox().await;
    for headers in [
        [("host", "evil.example".to_owned()), ("x-a", String::new())],
        [("host", "127.0.0.1.nip.io:80".to_owned()), ("x-a", String::new())],
        [("host", "127.0.0.1".to_owned()), ("origin", "https://evil.example".to_owned())],
        [("host", "127.0.0.1".to_owned()), ("origin", "null".to_owned())],
    ] {
        assert_eq!(
            send_to(&sandbox, "POST", "/sandbox/revoke", &headers, b"").status,
            403,
            "{headers:?}"
        );
    }
    assert!(!sandbox.state().tokens[0].revoked);
}

#[tokio::test]
async fn no_fault_touches_the_control_interface() {
    let sandbox = sandbox().await;
    sandbox.fault(pachca_sandbox::Fault::stall().forever());
    assert_eq!(control(&sandbox, "GET", "/state", &Value::Null).status, 200);
}
