//! The Profile page: all that Pachca tells about a person, and what can be done with it.

use anyhow::Result;
use pachca_status_tests::{Desktop, Launch, Setup, TOKEN, Window, on_a_desktop, within};
use serde_json::json;

use crate::desk::{browser, turn_to, with_window};

/// What the demonstration person's fields say in English.
const FIELDS: &[(&str, &str)] = &[
    ("profile-name", "Марина Соколова"),
    ("profile-nickname", "msokolova"),
    ("profile-email", "m.sokolova@example.com"),
    ("profile-phone_number", "+79995550142"),
    ("profile-title", "Руководитель направления"),
    ("profile-department", "Продукт"),
    ("profile-role", "employee"),
    ("profile-tags", "Наставник"),
    ("custom-field-1678", "Москва"),
    ("custom-field-1679", "7"),
    ("custom-field-1680", "April 17, 1991"),
    ("custom-field-1681", "https://example.com/sokolova"),
    ("custom-field-1682", "not filled in"),
    ("profile-id", "12"),
    ("profile-time_zone", "Europe/Moscow"),
    ("zone-hint", "This computer is in another zone: Asia/Yekaterinburg"),
    ("profile-last_activity_at", "November 23, 2026"),
    ("profile-created_at", "September 6, 2021"),
    ("profile-invite_status", "accepted"),
    ("profile-inviter_id", "3"),
    ("profile-sso", "no"),
    ("profile-bot", "no"),
];

/// Clicks a copy button and returns what another program then pastes.
async fn copied(desktop: &Desktop, window: &Window, button: &str) -> Result<String> {
    const FORGET: &str = "document.querySelector('[data-testid=announcer]').textContent = '';";
    window.run(FORGET, vec![]).await?;
    window.click(button).await?;
    let said =
        "return document.querySelector('[data-testid=announcer]').textContent.includes('Copied');";
    window.when("it is said to be copied", said, &[]).await?;
    desktop.pasted()
}

#[test]
fn every_field_is_shown_in_the_persons_formats_and_copied_to_the_clipboard_as_it_is() {
    let setup = Setup { zone: "Asia/Yekaterinburg".to_owned(), ..Setup::default() };
    on_a_desktop(setup, async |desktop| {
        let window = with_window(desktop).await?;
        turn_to(&window, "profile").await?;
        for (field, words) in FIELDS {
            window.reads(field, words).await?;
        }
        window.sees("avatar-image").await?;
        for (button, text) in [
            ("copy-email", "m.sokolova@example.com"),
            ("copy-phone_number", "+79995550142"),
            ("copy-tags", "Продукт, Москва, Наставник"),
            ("copy-custom-field-1680", "1991-04-17T00:00:00.000Z"),
            ("copy-custom-field-1681", "https://example.com/sokolova"),
        ] {
            assert_eq!(copied(desktop, &window, button).await?, text, "{button}");
        }

        // What cannot be had now is said, and what is shown stays.
        desktop.sandbox().set_scopes(["profile_status:read", "profile_status:write"]);
        desktop.sandbox().set_profile_json(&json!({ "title": "Директор" }));
        window.click("refresh-profile").await?;
        window.reads("profile-error", "profile:read").await?;
        window.reads("profile-title", "Руководитель направления").await?;
        desktop.sandbox().set_scopes(["profile:read", "custom_properties:read"]);
        window.click("refresh-profile").await?;
        window.reads("profile-title", "Директор").await?;
        window.sees_no("profile-error").await?;
        Ok(())
    });
}

#[test]
fn what_is_empty_or_missing_is_said_plainly() {
    on_a_desktop(Setup::default(), async |desktop| {
        desktop.sandbox().set_scopes([
            "profile:read",
            "profile_status:read",
            "profile_status:write",
        ]);
        desktop.sandbox().set_profile_json(&json!({
            "last_name": "", "email": null, "phone_number": null, "department": "", "title": null,
            "list_tags": [], "inviter_id": null, "last_activity_at": null, "time_zone": null,
            "custom_properties": [
                { "id": 1, "name": "City", "data_type": "string", "value": null },
                { "id": 2, "name": "Years", "data_type": "number", "value": "" },
                { "id": 3, "name": "Site", "data_type": "link", "value": null },
                { "id": 4, "name": "Flavour", "data_type": "of tomorrow", "value": "vanilla" },
            ],
        }));
        let window = with_window(desktop).await?;
        turn_to(&window, "profile").await?;
        window.reads("profile-name", "Марина").await?;
        for field in [
            "profile-email",
            "profile-phone_number",
            "profile-department",
            "profile-title",
            "profile-tags",
            "profile-inviter_id",
            "profile-last_activity_at",
            "profile-time_zone",
            "custom-field-1",
            "custom-field-2",
            "custom-field-3",
        ] {
            window.reads(field, "not filled in").await?;
        }
        window.reads("custom-field-4", "vanilla").await?;
        for nothing in
            ["copy-email", "copy-tags", "copy-custom-field-1", "open-link-3", "zone-hint"]
        {
            window.sees_no(nothing).await?;
        }
        window.reads("profile-groups", "custom_properties:read").await?;
        Ok(())
    });
}

#[test]
fn a_link_opens_only_after_the_person_has_seen_where_it_leads() {
    on_a_desktop(Setup::default(), async |desktop| {
        let field = |id: u32, value: &str| json!({ "id": id, "name": format!("Link {id}"), "data_type": "link", "value": value });
        let fields = [
            field(1, "https://example.com/sokolova?a=1"),
            field(2, "javascript:alert(1)"),
            // The first letter is Cyrillic.
            field(3, "https://аpple.com/"),
        ];
        desktop.sandbox().set_custom_properties(json!([]));
        desktop.sandbox().set_profile_json(&json!({ "custom_properties": fields }));

        let (opened, path) = browser(desktop)?;
        let launch = Launch::with_token(TOKEN).variable("PATH", &path);
        let (window, clicked) =
            tokio::join!(desktop.launch_with_window(&launch), desktop.tray.activate());
        clicked?;
        let window = window?;
        turn_to(&window, "profile").await?;
        window.click("open-link-2").await?;
        window.reads("toast", "This link was not opened").await?;
        window.click("open-link-3").await?;
        window.reads("link-host", "xn--pple-43d.com").await?;
        window.click("dialog-cancel").await?;
        window.sees_no("link-dialog").await?;
        window.click("open-link-1").await?;
        window.reads("link-host", "example.com").await?;
        window.click("dialog-confirm").await?;
        let address = within("the browser", tokio::fs::read_to_string(&opened));
        assert_eq!(address.await?.trim(), "https://example.com/sokolova?a=1");
        Ok(())
    });
}
