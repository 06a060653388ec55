//! Tokens, scopes, roles, plan and rate.

use pachca_sandbox::SCOPES;
use serde_json::json;

use crate::http::{bearer, call, call_json, sandbox, send};

#[tokio::test]
async fn without_a_good_token_every_operation_answers_401_in_the_oauth_shape() {
    let sandbox = sandbox().await;
    for path in
        ["/profile", "/profile/status", "/oauth/token/info", "/custom_properties?entity_type=User"]
    {
        for (headers, description) in [
            (vec![], "Access token is missing"),
            (vec![("authorization", "Basic abc".to_owned())], "Access token is missing"),
            (vec![bearer("wrong")], "Access token is invalid"),
        ] {
            let answer = send(&sandbox, "GET", path, &headers, b"");
            assert_eq!(answer.status, 401, "{path}");
            assert_eq!(
                answer.json(),
                json!({ "error": "invalid_token", "error_description": description })
            );
        }
    }
}

#[tokio::test]
async fn a_revoked_token_opens_nothing_until_it_is_restored() {
    let sandbox = sandbox().await;
    sandbox.revoke_token();
    assert_eq!(call(&sandbox, "GET", "/oauth/token/info").status, 401);
    sandbox.restore_token();
    assert_eq!(call(&sandbox, "GET", "/oauth/token/info").status, 200);
}

#[tokio::test]
async fn each_operation_names_the_scope_it_misses() {
    let sandbox = sandbox().await;
    for (method, path, scope) in [
        ("GET", "/profile", "profile:read"),
        ("GET", "/profile/status", "profile_status:read"),
        ("PUT", "/profile/status", "profile_status:write"),
        ("DELETE", "/profile/status", "profile_status:write"),
        ("PUT", "/profile/avatar", "profile_avatar:write"),
        ("DELETE", "/profile/avatar", "profile_avatar:write"),
        ("GET", "/custom_properties", "custom_properties:read"),
    ] {
        sandbox.set_scopes(SCOPES.into_iter().filter(|granted| *granted != scope));
        let answer = call(&sandbox, method, path);
        assert_eq!(answer.status, 403, "{method} {path}");
        let expected = format!("Insufficient scope. Required: {scope}");
        assert_eq!(
            answer.json(),
            json!({ "error": "insufficient_scope", "error_description": expected })
        );
    }
}

#[tokio::test]
async fn the_token_question_needs_no_scope() {
    let sandbox = sandbox().await;
    sandbox.set_scopes(Vec::<String>::new());
    let answer = call(&sandbox, "GET", "/oauth/token/info");
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["data"]["scopes"], json!([]));
}

#[tokio::test]
async fn a_guest_has_the_scope_and_is_refused_all_the_same() {
    let sandbox = sandbox().await;
    for role in ["guest", "multi_guest"] {
        sandbox.set_role(role);
        let answer = call(&sandbox, "GET", "/profile/status");
        assert_eq!(
            (answer.status, answer.json()["error"].as_str()),
            (403, Some("role_forbidden")),
            "{role}"
        );
    }
    sandbox.set_role("admin");
    assert_eq!(call(&sandbox, "GET", "/profile/status").status, 200);
}

#[tokio::test]
async fn an_unpaid_plan_refuses_pictures_and_custom_fields_but_not_the_status() {
    let sandbox = sandbox().await;
    sandbox.set_paid(false);
    for (method, path) in
        [("DELETE", "/profile/avatar"), ("GET", "/custom_properties?entity_type=User")]
    {
        let answer = call(&sandbox, method, path);
        assert_eq!(answer.status, 402);
        assert_eq!(answer.errors(), [("base".to_owned(), "payment_required".to_owned())]);
    }
    let body = json!({ "status": { "emoji": "🎮", "title": "Играю" } });
    assert_eq!(call_json(&sandbox, "PUT", "/profile/status", &body).status, 200);
}

#[tokio::test]
async fn more_requests_than_the_limit_in_a_second_get_429_with_retry_after() {
    let sandbox = sandbox().await;
    sandbox.set_rate_limit(1);
    assert_eq!(call(&sandbox, "GET", "/oauth/token/info").status, 200);
    // Several, because on a very slow machine two may be a second apart.
    let refused = (0..100)
        .map(|_| call(&sandbox, "GET", "/oauth/token/info"))
        .find(|answer| answer.status == 429);
    assert_eq!(refused.unwrap().header("retry-after"), Some("1"));
    sandbox.set_rate_limit(0);
    assert_eq!(call(&sandbox, "GET", "/oauth/token/info").status, 200);
}

#[tokio::test]
async fn token_info_is_masked_and_last_use_moves_at_most_hourly() {
    let sandbox = sandbox().await;
    assert_eq!(sandbox.state().tokens[0].last_used_at, None);
    let first = call(&sandbox, "GET", "/oauth/token/info").json()["data"].clone();
    assert_eq!(first["token"], "sandbox-...0000");
    assert_eq!((&first["revoked_at"], &first["expires_in"]), (&json!(null), &json!(null)));
    let ahead = |minutes| jiff::SignedDuration::from_mins(minutes);
    sandbox.set_clock(ahead(59));
    let same = call(&sandbox, "GET", "/oauth/token/info").json()["data"]["last_used_at"].clone();
    assert_eq!(same, first["last_used_at"]);
    sandbox.set_clock(ahead(61));
    let moved = call(&sandbox, "GET", "/oauth/token/info").json()["data"]["last_used_at"].clone();
    assert_ne!(moved, same);
}

#[tokio::test]
async fn another_person_has_a_token_a_profile_and_a_status_of_their_own() {
    let sandbox = sandbox().await;
    let id = sandbox.add_person("another-token-1234567890", &json!({ "first_name": "Олег" }));
    sandbox.set_status(pachca_sandbox::Status::new("🎮", "Играю"));
    let headers = [bearer("another-token-1234567890")];
    let profile = send(&sandbox, "GET", "/profile", &headers, b"").json()["data"].clone();
    assert_eq!((profile["id"].as_u64(), profile["first_name"].as_str()), (Some(id), Some("Олег")));
    assert_eq!(send(&sandbox, "GET", "/profile/status", &headers, b"").body, b"null");
}
