//! The profile, custom fields, and what every answer carries.

use pachca_sandbox::{Sandbox, SandboxOptions};
use serde_json::{Value, json};

use crate::http::{call, sandbox, send_to};

/// Required by the published schema of `User`.
const USER: [&str; 21] = [
    "id",
    "first_name",
    "last_name",
    "nickname",
    "email",
    "phone_number",
    "department",
    "title",
    "role",
    "suspended",
    "invite_status",
    "inviter_id",
    "list_tags",
    "custom_properties",
    "user_status",
    "bot",
    "sso",
    "created_at",
    "last_activity_at",
    "time_zone",
    "image_url",
];

#[tokio::test]
async fn both_demonstration_people_have_every_field_the_api_promises() {
    for empty in [false, true] {
        let sandbox =
            Sandbox::start(SandboxOptions { empty, ..SandboxOptions::default() }).await.unwrap();
        let profile = call(&sandbox, "GET", "/profile").json()["data"].clone();
        let mut given: Vec<&str> =
            profile.as_object().unwrap().keys().map(String::as_str).collect();
        let mut promised = USER.to_vec();
        given.sort_unstable();
        promised.sort_unstable();
        assert_eq!(given, promised);
        assert_eq!(profile["image_url"].is_null(), empty);
    }
}

#[tokio::test]
async fn custom_fields_come_in_all_four_types_and_one_of_them_has_no_value() {
    let sandbox = sandbox().await;
    let defined =
        call(&sandbox, "GET", "/custom_properties?entity_type=User").json()["data"].clone();
    let types: Vec<&str> = defined
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["data_type"].as_str().unwrap())
        .collect();
    for expected in ["string", "number", "date", "link"] {
        assert!(types.contains(&expected), "{expected}");
    }
    let filled = call(&sandbox, "GET", "/profile").json()["data"]["custom_properties"]
        .as_array()
        .unwrap()
        .len();
    assert_eq!(filled + 1, types.len());
}

#[tokio::test]
async fn the_kind_of_custom_field_must_be_said() {
    let sandbox = sandbox().await;
    assert_eq!(call(&sandbox, "GET", "/custom_properties?entity_type=Task").status, 200);
    let missing = call(&sandbox, "GET", "/custom_properties");
    assert_eq!(
        (missing.status, missing.errors()),
        (400, vec![("entity_type".into(), "required".into())])
    );
    let wrong = call(&sandbox, "GET", "/custom_properties?entity_type=user");
    assert_eq!(
        (wrong.status, wrong.errors()),
        (422, vec![("entity_type".into(), "inclusion".into())])
    );
}

#[tokio::test]
async fn definitions_and_profile_fields_can_be_replaced() {
    let sandbox = sandbox().await;
    sandbox.set_custom_properties(json!([{ "id": 1, "name": "Хобби", "data_type": "emoji" }]));
    sandbox.set_profile_json(&json!({ "department": null, "image_url": "javascript:alert(1)" }));
    assert_eq!(
        call(&sandbox, "GET", "/custom_properties?entity_type=User").json()["data"][0]["data_type"],
        "emoji"
    );
    let profile = call(&sandbox, "GET", "/profile").json()["data"].clone();
    assert_eq!(
        (&profile["department"], &profile["image_url"]),
        (&Value::Null, &json!("javascript:alert(1)"))
    );
}

#[tokio::test]
async fn every_answer_has_a_date_and_a_request_id_of_its_own() {
    let sandbox = sandbox().await;
    sandbox.set_clock(
        "2030-01-02T03:04:05Z"
            .parse::<jiff::Timestamp>()
            .unwrap()
            .duration_since(jiff::Timestamp::now()),
    );
    let mut seen = Vec::new();
    for path in [
        "/api/shared/v1/profile",
        "/api/shared/v1/nothing",
        "/",
        "/files/none.png",
        "/sandbox/state",
    ] {
        let answer = send_to(&sandbox, "GET", path, &[], b"");
        assert!(
            answer.header("date").unwrap().starts_with("Wed, 02 Jan 2030 03:0"),
            "{:?}",
            answer.headers
        );
        let id = answer.header("x-request-id").unwrap().to_owned();
        assert!(!seen.contains(&id));
        seen.push(id);
    }
}

#[tokio::test]
async fn other_paths_and_methods_are_404_but_slashes_and_encodings_are_forgiven() {
    let sandbox = sandbox().await;
    for (method, path) in
        [("GET", "/users"), ("POST", "/profile/status"), ("GET", "/profile/avatar"), ("GET", "")]
    {
        assert_eq!(call(&sandbox, method, path).status, 404, "{method} {path}");
    }
    for path in ["/profile/", "/profile/status/", "/%70rofile", "/profile%2Fstatus"] {
        assert_eq!(call(&sandbox, "GET", path).status, 200, "{path}");
    }
}
