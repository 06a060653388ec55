//! Every status a server can answer with.

use pachca_client::{ErrorKind, StatusUpdate};

use crate::server::{Server, answer, json};

fn expected_kind(status: u16) -> ErrorKind {
    match status {
        401 => ErrorKind::TokenRejected,
        402 => ErrorKind::PlanForbids,
        403 => ErrorKind::RoleForbids,
        404 => ErrorKind::NotFound,
        407 | 511 => ErrorKind::NotPachca,
        408 => ErrorKind::Timeout,
        429 => ErrorKind::RateLimited,
        400..=499 => ErrorKind::Refused,
        500..=599 => ErrorKind::Server,
        _ => ErrorKind::NotPachca,
    }
}

/// Each status is asked of a client of its own, a few at a time.
async fn each_status(statuses: impl Iterator<Item = u16>, write: bool) {
    let mut running = tokio::task::JoinSet::new();
    for status in statuses {
        running.spawn(async move {
            let server = Server::always(json(status, "{}")).await;
            let client = server.client();
            let error = if write {
                client.set_status(&StatusUpdate::new("🎧", "x")).await.unwrap_err()
            } else {
                client.profile().await.unwrap_err()
            };
            let tries = if matches!(status, 408 | 429 | 500 | 502 | 503 | 504) { 4 } else { 1 };
            assert_eq!(error.kind(), expected_kind(status), "{status}");
            assert_eq!(error.http_status(), Some(status));
            assert_eq!(server.count(), tries, "requests for {status}");
            let refused = matches!(status, 400..=499) && !matches!(status, 407 | 408);
            assert_eq!(
                error.may_have_arrived(),
                write && !refused,
                "only a refusal is certain: {status}"
            );
        });
        if running.len() >= 16 {
            running.join_next().await.unwrap().unwrap();
        }
    }
    while let Some(done) = running.join_next().await {
        done.unwrap();
    }
}

#[tokio::test]
async fn every_status_that_is_no_success_has_a_kind_and_its_number_of_tries_when_reading() {
    each_status(300..=599, false).await;
}

#[tokio::test]
async fn every_status_that_is_no_success_has_a_kind_and_its_number_of_tries_when_writing() {
    each_status(300..=599, true).await;
}

#[tokio::test]
async fn an_interim_answer_is_not_the_answer() {
    for status in 100..=199 {
        if status == 101 {
            continue;
        }
        let mut bytes = answer(status, &[], "");
        bytes.extend(json(200, "null"));
        let server = Server::always(bytes).await;
        assert_eq!(server.client().status().await.unwrap(), None, "{status}");
    }
    let server =
        Server::always(answer(101, &[("Upgrade", "x"), ("Connection", "upgrade")], "")).await;
    let error = server.client().status().await.unwrap_err();
    assert!(error.is_offline(), "{error:?}");
}

#[tokio::test]
async fn a_success_without_a_value_is_no_value() {
    for status in 200..=299 {
        let server = Server::always(json(status, "{}")).await;
        let error = server.client().profile().await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Unexpected), "{status}: {error:?}");
        assert_eq!(server.count(), 1, "{status}");
    }
}

#[tokio::test]
async fn a_refusal_says_what_the_server_says() {
    let body = r#"{"errors":[{"key":"status.emoji","value":{"x":1},"message":"Только эмодзи","code":"wrong_emoji","payload":null}]}"#;
    let bytes =
        answer(422, &[("Content-Type", "application/json"), ("X-Request-Id", "req-42")], body);
    let error = Server::always(bytes)
        .await
        .client()
        .set_status(&StatusUpdate::new("x", "y"))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Refused);
    assert!(error.has_code("wrong_emoji") && !error.is_retryable());
    assert_eq!(error.items()[0].key, "status.emoji");
    assert_eq!(error.server_message(), Some("Только эмодзи"));
    assert_eq!(error.request_id(), Some("req-42"));
}

#[tokio::test]
async fn a_403_names_the_scope_or_blames_the_role() {
    for (body, kind, scope) in [
        (
            r#"{"error":"insufficient_scope","error_description":"Insufficient scope. Required: profile_status:write"}"#,
            ErrorKind::ScopeMissing,
            Some("profile_status:write"),
        ),
        (
            r#"{"error":"insufficient_scope","error_description":""}"#,
            ErrorKind::ScopeMissing,
            Some("profile_status:write"),
        ),
        (r#"{"error":"role_forbidden","error_description":"No"}"#, ErrorKind::RoleForbids, None),
        (
            r#"{"errors":[{"code":"not_authorized","message":"Нельзя"}]}"#,
            ErrorKind::RoleForbids,
            None,
        ),
        ("", ErrorKind::RoleForbids, None),
    ] {
        let error =
            Server::always(json(403, body)).await.client().clear_status().await.unwrap_err();
        assert_eq!((error.kind(), error.missing_scope()), (kind, scope), "{body}");
    }
}

#[tokio::test]
async fn a_page_that_wants_a_sign_in_is_not_taken_for_a_bad_token() {
    for status in [200, 201, 302, 401, 403, 511] {
        let page = answer(
            status,
            &[("Content-Type", "text/html"), ("Location", "/login")],
            "<html>Sign in</html>",
        );
        let server = Server::always(page).await;
        let client = server.client();
        for (error, write) in [
            (client.profile().await.unwrap_err(), false),
            (client.set_status(&StatusUpdate::new("🎧", "x")).await.unwrap_err(), true),
            (client.clear_status().await.unwrap_err(), true),
        ] {
            assert_eq!(error.kind(), ErrorKind::NotPachca, "{status}");
            assert!(error.is_offline());
            assert_eq!(
                error.may_have_arrived(),
                write,
                "nobody knows what it did with the request"
            );
        }
    }
}

#[tokio::test]
async fn only_json_that_says_so_is_believed() {
    let status = r#"{"data":{"emoji":"🎮","title":"t","is_away":false}}"#;
    for (headers, believed) in [
        (vec![("Content-Type", "application/json")], true),
        (vec![("Content-Type", "Application/JSON ; charset=UTF-8")], true),
        (vec![("Content-Type", "application/problem+json")], true),
        (vec![("Content-Type", "application/json"), ("Content-Encoding", "identity")], true),
        (vec![("Content-Type", "text/html")], false),
        (vec![("Content-Type", "text/plain")], false),
        (vec![("Content-Type", "text/json+html")], false),
        (vec![("Content-Type", "application/jsonp")], false),
        (vec![("Content-Type", "")], false),
        (vec![], false),
        (vec![("Content-Type", "application/json"), ("Content-Encoding", "gzip")], false),
        (vec![("Content-Type", "application/json"), ("Content-Encoding", "zstd")], false),
    ] {
        let server = Server::always(answer(200, &headers, status)).await;
        let outcome = server.client().status().await;
        assert_eq!(outcome.is_ok(), believed, "{headers:?}");
        if let Err(error) = outcome {
            assert_eq!(error.kind(), ErrorKind::NotPachca, "{headers:?}");
        }
    }
}
