//! Where the token goes: to one origin, and nowhere else.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pachca_client::testing::TestSettings as _;
use pachca_client::{
    AvatarUpload, Client, EntityType, Error, ErrorKind, RequestRecord, ServerUrl, StatusUpdate,
    Token,
};

use crate::server::{Server, TOKEN, answer, json, quick};

async fn every_operation(client: &Client) -> Vec<Error> {
    let picture = AvatarUpload {
        bytes: "x".into(),
        file_name: "a.png".into(),
        content_type: "image/png".into(),
    };
    let outcomes = [
        client.profile().await.err(),
        client.status().await.err(),
        client.set_status(&StatusUpdate::new("🎧", "x")).await.err(),
        client.clear_status().await.err(),
        client.set_avatar(picture, |_, _| {}).await.err(),
        client.delete_avatar().await.err(),
        client.token_info().await.err(),
        client.custom_properties(EntityType::User).await.err(),
    ];
    outcomes.into_iter().map(|error| error.expect("the server never says yes")).collect()
}

#[tokio::test]
async fn no_redirect_is_followed_by_any_operation() {
    let elsewhere = Server::always(json(200, "null")).await;
    for status in [301, 302, 303, 307, 308] {
        let host = elsewhere.origin();
        for location in [
            host.clone(),
            format!("{host}/x"),
            host.replace("http:", ""),
            host.replace("//", "//user@"),
            "file:///etc".into(),
        ] {
            let server = Server::always(answer(status, &[("Location", &location)], "")).await;
            for error in every_operation(&server.client()).await {
                assert_eq!(
                    (error.kind(), error.http_status()),
                    (ErrorKind::NotPachca, Some(status)),
                    "{location}"
                );
            }
            assert_eq!(server.count(), 8);
        }
    }
    assert_eq!(elsewhere.count(), 0, "nothing was sent to another address");
}

#[tokio::test]
async fn the_token_is_in_no_error_no_record_and_no_debug_output() {
    let records = Arc::new(Mutex::new(String::new()));
    let log = Arc::clone(&records);
    for bytes in [
        json(401, r#"{"error":"invalid_token","error_description":"bad"}"#),
        json(500, "{}"),
        b"junk\r\n\r\n".to_vec(),
    ] {
        let server = Server::always(bytes).await;
        let log = Arc::clone(&log);
        let client = Client::builder(server.url(), Token::parse(TOKEN).unwrap())
            .limits(quick())
            .observer(Arc::new(move |record| {
                writeln!(log.lock().unwrap(), "{record:?}").unwrap();
            }))
            .build()
            .unwrap();
        let mut said = format!("{client:?}");
        for error in every_operation(&client).await {
            write!(said, "{error} {error:?}").unwrap();
        }
        assert!(!said.contains("canary"), "{said}");
        assert!(!said.contains("entity_type"), "{said}");
    }
    let records = records.lock().unwrap();
    assert!(
        records.contains("/profile/status")
            && !records.contains("canary")
            && !records.contains("entity_type")
    );
}

#[tokio::test]
async fn a_record_tells_what_support_asks_for() {
    let records = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&records);
    let headers = [
        ("Content-Type", "application/json"),
        ("X-Request-Id", "req-7\tx"),
        ("Date", "Mon, 23 Nov 2026 12:00:00 GMT"),
    ];
    let server = Server::always(answer(200, &headers, "null")).await;
    let client = Client::builder(server.url(), Token::parse(TOKEN).unwrap())
        .user_agent("pachca-status/0.1.0")
        .observer(Arc::new(move |record| log.lock().unwrap().push(record)))
        .build()
        .unwrap();
    client.status().await.unwrap();
    let record = records.lock().unwrap().remove(0);
    assert_eq!((record.method, record.path, record.attempt), ("GET", "/profile/status", 1));
    assert_eq!((record.status, record.failure), (Some(200), None));
    assert_eq!(record.request_id.as_deref(), Some("req-7x"));
    assert_eq!(record.server_time, Some("2026-11-23T12:00:00Z".parse().unwrap()));
    assert_eq!(server.requests()[0].header("user-agent"), Some("pachca-status/0.1.0"));
}

/// What is recorded of the first request for the status.
async fn record_of(url: ServerUrl) -> RequestRecord {
    let (sender, mut records) = tokio::sync::mpsc::unbounded_channel();
    let client = Client::builder(url, Token::parse(TOKEN).unwrap())
        .limits(quick())
        .observer(Arc::new(move |record| sender.send(record).unwrap()))
        .build()
        .unwrap();
    let _ = client.status().await;
    records.recv().await.unwrap()
}

#[tokio::test]
async fn only_the_apis_own_answer_tells_the_time() {
    const OAUTH: &str = r#"{"error":"invalid_token","error_description":"No"}"#;
    for (status, content_type, body, believed) in [
        (200, "application/json", "null", true),
        (200, "application/json", r#"{"data":{"emoji":"🎧","title":"x"}}"#, true),
        (401, "application/json", OAUTH, true),
        (500, "application/json", r#"{"errors":[{"code":"unhandled"}]}"#, true),
        (401, "text/html", OAUTH, false),
        (200, "text/html", "<html>Sign in</html>", false),
        (200, "application/json", "<html>", false),
        (200, "application/json", "{}", false),
        (200, "application/json", r#"{"data":{"ip":"10.0.0.1"}}"#, false),
        (204, "application/json", "", false),
        (401, "application/json", r#"{"code":401}"#, false),
        (429, "application/json", "{}", false),
        (502, "text/html", "<html>", false),
        (503, "application/json", "{}", false),
        (302, "text/html", "", false),
        (511, "text/html", "<html>", false),
    ] {
        let headers = [("Content-Type", content_type), ("Date", "Sat, 01 Jan 2050 00:00:00 GMT")];
        let server = Server::always(answer(status, &headers, body)).await;
        let record = record_of(server.url()).await;
        assert_eq!(record.server_time.is_some(), believed, "{status} {content_type} {body}");
        assert_eq!(record.status, Some(status));
        assert!(record.started <= record.finished && record.duration < Duration::from_secs(5));
    }
}

#[tokio::test]
async fn a_record_says_why_a_request_failed() {
    let server = Server::always(json(200, r#"{"data":{"name":"canary-value"}}"#)).await;
    let reason = record_of(server.url()).await.reason.unwrap();
    assert!(reason.contains("`data`") && !reason.contains("canary"), "{reason}");

    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = ServerUrl::parse(&format!("http://{nobody}")).unwrap();
    let reason = record_of(url).await.reason.unwrap();
    assert!(reason.to_lowercase().contains("refused"), "{reason}");
    assert!(!reason.contains("127.0.0.1") && !reason.contains("http"), "{reason}");
}
