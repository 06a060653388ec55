//! Which requests a fault meets, and the answers that are put in place of the real one.

use pachca_sandbox::Fault;
use serde_json::json;

use crate::http::{call, call_json, sandbox};

fn status() -> serde_json::Value {
    json!({ "status": { "emoji": "🎮", "title": "Играю" } })
}

#[tokio::test]
async fn a_fault_meets_its_operation_so_often_and_leaves_the_rest_alone() {
    let sandbox = sandbox().await;
    sandbox.fault(Fault::status(503).on("PUT", "/profile/status").after(1).times(2));
    let puts: Vec<u16> =
        (0..4).map(|_| call_json(&sandbox, "PUT", "/profile/status", &status()).status).collect();
    assert_eq!(puts, [200, 503, 503, 200]);
    sandbox.fault(Fault::status(500).on_path("/profile*").forever());
    let gets = ["/profile", "/profile/status", "/oauth/token/info"]
        .map(|path| call(&sandbox, "GET", path).status);
    assert_eq!(gets, [500, 500, 200]);
    sandbox.clear_faults();
    assert_eq!(call(&sandbox, "GET", "/profile").status, 200);
}

#[tokio::test]
async fn faults_strike_in_the_order_they_were_added() {
    let sandbox = sandbox().await;
    sandbox.fault(Fault::status(500));
    sandbox.fault(Fault::status(502));
    let statuses: Vec<u16> = (0..3).map(|_| call(&sandbox, "GET", "/profile").status).collect();
    assert_eq!(statuses, [500, 502, 200]);
}

#[tokio::test]
async fn an_answer_in_place_of_the_real_one_carries_nothing_out_unless_told_to() {
    let sandbox = sandbox().await;
    sandbox.fault(Fault::status(504));
    assert_eq!(call_json(&sandbox, "PUT", "/profile/status", &status()).status, 504);
    assert!(sandbox.state().status.is_none());
    sandbox.fault(Fault::status(504).applied());
    assert_eq!(call_json(&sandbox, "PUT", "/profile/status", &status()).status, 504);
    assert!(sandbox.state().status.is_some());
}

#[tokio::test]
async fn an_answer_of_ones_own_replaces_headers_and_body() {
    let sandbox = sandbox().await;
    let headers = [
        ("date", "Thu, 01 Jan 1970 00:00:00 GMT"),
        ("content-type", "text/plain"),
        ("x-a", "1"),
        ("x-a", "2"),
    ];
    sandbox.fault(Fault::answer(418, &headers, "чайник"));
    let answer = call(&sandbox, "GET", "/profile");
    assert_eq!((answer.status, answer.body.as_slice()), (418, "чайник".as_bytes()));
    assert_eq!(answer.header("date"), Some("Thu, 01 Jan 1970 00:00:00 GMT"));
    assert_eq!(answer.headers.iter().filter(|(name, _)| name == "x-a").count(), 2);
    assert!(answer.header("x-request-id").is_some());
}

#[tokio::test]
async fn retry_after_is_sent_as_it_was_written() {
    let sandbox = sandbox().await;
    for value in ["7", "Wed, 21 Oct 2026 07:28:00 GMT", "-5", "soon", ""] {
        sandbox.fault(Fault::retry_after(value));
        let answer = call(&sandbox, "GET", "/profile");
        assert_eq!((answer.status, answer.header("retry-after")), (429, Some(value)));
    }
}

#[tokio::test]
async fn a_portal_a_redirect_and_a_wrong_content_type_are_what_they_say() {
    let sandbox = sandbox().await;
    sandbox.fault(Fault::html_200());
    let portal = call(&sandbox, "GET", "/profile");
    assert_eq!(
        (portal.status, portal.header("content-type")),
        (200, Some("text/html; charset=utf-8"))
    );
    sandbox.fault(Fault::redirect(307, "http://127.0.0.1:1/elsewhere"));
    let redirect = call(&sandbox, "GET", "/profile");
    assert_eq!(
        (redirect.status, redirect.header("location")),
        (307, Some("http://127.0.0.1:1/elsewhere"))
    );
    for (content_type, expected) in [("text/plain", Some("text/plain")), ("", None)] {
        sandbox.fault(Fault::new(pachca_sandbox::Effect::WrongContentType {
            content_type: content_type.into(),
        }));
        let odd = call(&sandbox, "GET", "/profile");
        assert_eq!((odd.status, odd.header("content-type")), (200, expected));
        assert_eq!(odd.json()["data"]["id"], 12);
    }
}

#[tokio::test]
#[should_panic(expected = "cannot be a final status")]
async fn a_fault_that_cannot_be_carried_out_is_a_mistake_of_the_test() {
    sandbox().await.fault(Fault::status(100));
}
