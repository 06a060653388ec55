//! The eight operations: what is sent, and what is understood.

use pachca_client::{EntityType, ErrorKind, InviteStatus, PropertyType, Role, Scope, StatusUpdate};

use crate::server::{Reply, Server, TOKEN, answer, json};

const STATUS: &str = r#"{"data":{"emoji":"🎮","title":"Очень занят","expires_at":"2024-04-08T10:00:00.000Z","is_away":true,"away_message":{"text":"Вернусь после 15:00"},"new_field":[1]}}"#;

#[tokio::test]
async fn every_request_carries_the_token_and_asks_for_json() {
    let server = Server::always(json(200, "null")).await;
    assert_eq!(server.client().status().await.unwrap(), None);
    let request = &server.requests()[0];
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("GET", "/api/shared/v1/profile/status")
    );
    assert_eq!(request.header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("accept-encoding"), None, "nothing here can be unpacked");
    assert!(request.header("user-agent").unwrap().starts_with("pachca-client/"));
}

#[tokio::test]
async fn a_status_is_read_with_its_message_and_no_status_is_none() {
    let server = Server::always(json(200, STATUS)).await;
    let status = server.client().status().await.unwrap().unwrap();
    assert_eq!(
        (status.emoji.as_str(), status.title.as_str(), status.is_away),
        ("🎮", "Очень занят", true)
    );
    assert_eq!(status.expires_at, Some("2024-04-08T10:00:00Z".parse().unwrap()));
    assert_eq!(status.away_message.as_deref(), Some("Вернусь после 15:00"));

    for body in ["null", " null\n", r#"{"data":null}"#] {
        let server = Server::always(json(200, body)).await;
        assert_eq!(server.client().status().await.unwrap(), None, "{body}");
    }
    for body in [
        "{}",
        "",
        "[]",
        "0",
        r#"{"data":{}} x"#,
        r#"{"data":[]}"#,
        r#"{"data":{"expires_at":"soon"}}"#,
    ] {
        let server = Server::always(json(200, body)).await;
        let error = server.client().status().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unexpected, "{body}");
        assert_eq!(server.count(), 1, "what cannot be read is not asked for again: {body}");
    }
}

#[tokio::test]
async fn one_field_that_cannot_be_read_does_not_cost_the_status() {
    let end = "2026-11-23T15:00:00Z";
    for (fields, expected_end, away, message) in [
        (r#""title":"Фокус""#, None, false, None),
        (r#""title":"Фокус","expires_at":"","is_away":1,"away_message":7"#, None, false, None),
        (r#""title":"Фокус","expires_at":0,"is_away":"yes","away_message":[]"#, None, false, None),
        (r#""title":"Фокус","expires_at":"tomorrow","emoji":["🎧"]"#, None, false, None),
        (
            r#""title":"Фокус","expires_at":"2026-02-30T00:00:00Z","away_message":{}"#,
            None,
            false,
            None,
        ),
        (
            r#""title":"Фокус","expires_at":"2026-11-23T15:00:00","is_away":true"#,
            Some(end),
            true,
            None,
        ),
        (
            r#""title":"Фокус","expires_at":"2026-11-23T18:00:00+03:00","away_message":"Скоро""#,
            Some(end),
            false,
            Some("Скоро"),
        ),
        (r#""title":"Фокус","away_message":{"text":null},"is_away":true"#, None, true, None),
        (
            r#""title":"Фокус","emoji":"\ud83c","color":1e999,"expires_at":-1e999"#,
            None,
            false,
            None,
        ),
    ] {
        let server = Server::always(json(200, &format!(r#"{{"data":{{{fields}}}}}"#))).await;
        let client = server.client();
        let read = client.status().await.unwrap().unwrap();
        assert_eq!((read.title.as_str(), read.is_away), ("Фокус", away), "{fields}");
        assert_eq!(read.expires_at, expected_end.map(|end| end.parse().unwrap()), "{fields}");
        assert_eq!(read.away_message.as_deref(), message, "{fields}");
        assert_eq!(client.set_status(&StatusUpdate::new("🎧", "x")).await.unwrap(), read);
    }
    let mut broken = json(200, r#"{"data":{"emoji":"🎧","title":"Фокус"}}"#);
    let letter = broken.iter().position(|byte| *byte == 0xf0).unwrap();
    broken[letter] = 0xff;
    let read = Server::always(broken).await.client().status().await.unwrap().unwrap();
    assert_eq!(read.title, "Фокус");

    let profile = r#"{"data":{"id":7,"user_status":["?"],"first_name":"Марина"}}"#;
    let user = Server::always(json(200, profile)).await.client().profile().await.unwrap();
    assert_eq!((user.id, user.user_status), (7, None));
}

#[tokio::test]
async fn a_page_that_only_says_it_is_json_is_not_the_api() {
    for body in ["<!doctype html><html>", "OK", "[object Object]"] {
        let error = Server::always(json(200, body)).await.client().status().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotPachca, "{body}");
    }
}

#[tokio::test]
async fn a_set_status_leaves_out_what_is_not_meant_and_spells_the_time_in_milliseconds() {
    let server = Server::always(json(200, STATUS)).await;
    let client = server.client();
    client.set_status(&StatusUpdate::new("🏖️", "Отпуск")).await.unwrap();
    client
        .set_status(&StatusUpdate {
            expires_at: Some("2026-11-23T12:34:56.789123Z".parse().unwrap()),
            is_away: true,
            away_message: Some("До завтра".into()),
            ..StatusUpdate::new("🏖️", "Отпуск")
        })
        .await
        .unwrap();
    let bodies: Vec<_> = server
        .requests()
        .into_iter()
        .map(|request| String::from_utf8(request.body).unwrap())
        .collect();
    assert_eq!(bodies[0], r#"{"status":{"emoji":"🏖️","title":"Отпуск","is_away":false}}"#);
    assert_eq!(
        bodies[1],
        r#"{"status":{"emoji":"🏖️","title":"Отпуск","expires_at":"2026-11-23T12:34:56.789Z","is_away":true,"away_message":"До завтра"}}"#
    );
    let request = &server.requests()[0];
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("PUT", "/api/shared/v1/profile/status")
    );
    assert_eq!(request.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn a_cleared_status_is_a_success_in_each_way_a_server_may_say_so() {
    let stray = b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nstray".to_vec();
    for bytes in [
        answer(204, &[], ""),
        stray,
        answer(200, &[], ""),
        answer(200, &[("Content-Type", "text/plain")], ""),
        json(200, "null"),
        json(200, r#"{"data":null}"#),
    ] {
        let server = Server::start(move |_, _| Reply::Keep(bytes.clone())).await;
        let client = server.client();
        client.clear_status().await.unwrap();
        client.delete_avatar().await.unwrap();
        let requests = server.requests();
        assert_eq!(
            (requests[0].method.as_str(), requests[0].target.as_str()),
            ("DELETE", "/api/shared/v1/profile/status")
        );
        assert_eq!(
            (requests[1].method.as_str(), requests[1].target.as_str()),
            ("DELETE", "/api/shared/v1/profile/avatar")
        );
    }
}

#[tokio::test]
async fn a_profile_is_read_with_all_its_nulls_and_empty_strings() {
    let body = r#"{"data":{"id":12,"first_name":"Олег","last_name":"","nickname":"olegpetrov","email":null,"phone_number":null,
        "department":"","title":null,"role":"owner","suspended":false,"invite_status":"confirmed","inviter_id":null,
        "list_tags":["Product"],"custom_properties":[{"id":1,"name":"Город","data_type":"string","value":"Москва"},
        {"id":2,"name":"Дом","data_type":"link","value":null},{"id":3,"name":"X","data_type":"colour","value":""}],
        "user_status":null,"bot":false,"sso":true,"created_at":"2020-06-08T09:32:57.000Z","last_activity_at":null,
        "time_zone":"Europe/Moscow","image_url":null,"unknown":{"deep":[]}}}"#;
    let server = Server::always(json(200, body)).await;
    let user = server.client().profile().await.unwrap();
    assert_eq!(
        (user.id, user.first_name.as_deref(), user.last_name.as_deref()),
        (12, Some("Олег"), Some(""))
    );
    assert_eq!((user.email, user.department.as_deref(), user.title), (None, Some(""), None));
    assert_eq!(user.role, Some(Role::Other("owner".into())));
    assert_eq!(user.invite_status, Some(InviteStatus::Confirmed));
    assert_eq!(user.custom_properties[1].data_type, PropertyType::Link);
    assert_eq!(user.custom_properties[2].data_type.as_str(), "colour");
    assert_eq!(user.custom_properties[2].value.as_deref(), Some(""));
    assert_eq!((user.user_status, user.image_url), (None, None));
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_names_the_field_and_not_its_value() {
    let body = r#"{"data":{"id":12,"custom_properties":[{"id":1,"name":"n","data_type":"string"},{"id":"private words"}]}}"#;
    let server = Server::always(json(200, body)).await;
    let error = server.client().profile().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unexpected);
    assert!(error.to_string().contains("data.custom_properties[1].id"), "{error}");
    assert!(!format!("{error:?}").contains("private words"), "{error:?}");
}

#[tokio::test]
async fn a_token_tells_what_it_may_do_in_old_and_new_servers() {
    for (extra, authorized) in
        [("", None), (r#","authorized_at":"2025-01-15T10:30:00Z""#, Some("2025-01-15T10:30:00Z"))]
    {
        let body = format!(
            r#"{{"data":{{"id":4827,"token":"cH5kR9mN...x7Qp","name":null,"user_id":12,"scopes":["profile:read","future:scope"],
            "created_at":"2025-01-15T10:30:00.000Z","revoked_at":null,"expires_in":null,"last_used_at":null{extra}}}}}"#
        );
        let server = Server::always(json(200, &body)).await;
        let info = server.client().token_info().await.unwrap();
        assert_eq!(server.requests()[0].target, "/api/shared/v1/oauth/token/info");
        assert_eq!((info.id, info.user_id, info.name.as_deref()), (4827, 12, None));
        assert!(
            info.has(&Scope::ProfileRead)
                && info.has(&"future:scope".into())
                && !info.has(&Scope::StatusWrite)
        );
        assert_eq!(info.authorized_at, authorized.map(|text| text.parse().unwrap()));
    }
}

#[tokio::test]
async fn custom_properties_are_asked_for_by_whose_they_are() {
    let server =
        Server::always(json(200, r#"{"data":[{"id":1678,"name":"Город","data_type":"date"}]}"#))
            .await;
    let client = server.client();
    let found = client.custom_properties(EntityType::User).await.unwrap();
    assert_eq!(
        (found[0].id, found[0].name.as_str(), &found[0].data_type),
        (1678, "Город", &PropertyType::Date)
    );
    client.custom_properties(EntityType::Task).await.unwrap();
    let targets: Vec<_> = server.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(
        targets,
        [
            "/api/shared/v1/custom_properties?entity_type=User",
            "/api/shared/v1/custom_properties?entity_type=Task"
        ]
    );
}

#[tokio::test]
async fn the_probe_knows_the_api_from_anything_else_without_a_token() {
    let unauthorized = r#"{"error":"invalid_token","error_description":"Access token is missing"}"#;
    let server = Server::always(json(401, unauthorized)).await;
    pachca_client::probe(&server.url(), "Product/1.0").await.unwrap();
    assert_eq!(server.requests()[0].header("authorization"), None);

    for (bytes, expected) in [
        (json(200, r#"{"data":{}}"#), ErrorKind::NotPachca),
        (json(401, "{}"), ErrorKind::NotPachca),
        (json(404, "{}"), ErrorKind::NotPachca),
        (answer(401, &[("Content-Type", "text/html")], "<html>"), ErrorKind::NotPachca),
        (answer(302, &[("Location", "https://example.com/")], ""), ErrorKind::NotPachca),
        (json(502, "{}"), ErrorKind::Server),
    ] {
        let server = Server::always(bytes).await;
        assert_eq!(
            pachca_client::probe(&server.url(), "Product/1.0").await.unwrap_err().kind(),
            expected
        );
        assert_eq!(server.count(), 1);
    }
}
