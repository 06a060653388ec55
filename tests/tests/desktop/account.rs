//! The Account page: by which token, what it may do, and what to do when it cannot be had.

use anyhow::Result;
use pachca_status_tests::{Desktop, KeyringKind, Launch, Setup, TOKEN, on_a_desktop};

use crate::desk::{connect, started_again, turn_to, with_window};

/// Scopes with what they unlock and how they stand with the token of the test.
const ROWS: [(&str, &str, &str); 5] = [
    ("profile-status-write", "Set and clear your status", "granted"),
    ("profile-status-read", "See your status", "granted"),
    ("profile-read", "See your profile", "granted"),
    ("profile-avatar-write", "Change and remove your avatar", "missing"),
    ("custom-properties-read", "See all custom fields", "missing"),
];

/// Connects and ends the program, as on the day before.
async fn yesterday(desktop: &Desktop) -> Result<()> {
    let window = desktop.launch_with_window(&Launch::plain()).await?;
    connect(&window).await?;
    drop(window);
    desktop.tray.wait_gone().await
}

#[test]
fn the_scopes_are_a_table_of_what_is_there_what_is_missing_and_what_each_unlocks() {
    on_a_desktop(Setup::default(), async |desktop| {
        desktop.sandbox().set_scopes([
            "profile:read",
            "profile_status:read",
            "profile_status:write",
            "messages:create",
        ]);
        let window = with_window(desktop).await?;
        turn_to(&window, "account").await?;
        window.reads("account-name", "Марина Соколова").await?;
        window.reads("token-name", "Статус в трее").await?;
        window.reads("token-created", "February 3, 2026").await?;
        let masked = window.reads("token-masked", "").await?;
        assert!(!masked.is_empty() && !TOKEN.contains(&masked), "{masked}");
        assert!(!window.everything().await?.contains(TOKEN));

        for (scope, unlocks, state) in ROWS {
            let row = window.reads(&format!("scope-{scope}"), unlocks).await?;
            assert!(row.trim_end().ends_with(state), "{row}");
        }
        window.reads("page-account", "create a new one in Pachca").await?;
        window.reads("scopes-more", "not needed here: messages:create").await?;

        // A token from the environment is not ours to change.
        window.reads("token-environment", "PACHCA_TOKEN").await?;
        window.reads("token-state", "PACHCA_TOKEN").await?;
        window.sees_no("disconnect-button").await?;
        window.sees_no("reconnect-button").await?;
        Ok(())
    });
}

#[test]
fn a_locked_keyring_is_said_tried_again_or_done_without_for_this_run() {
    on_a_desktop(Setup::default(), async |desktop| {
        yesterday(desktop).await?;
        desktop.keyring_becomes(KeyringKind::Locked).await?;
        let window = started_again(desktop).await?;
        turn_to(&window, "status").await?;
        window.reads("banner-token", "The keyring is locked").await?;
        turn_to(&window, "account").await?;
        window.reads("keyring-state", "try again, or paste a token without saving it").await?;
        window.click("keyring-retry").await?;
        window.reads("keyring-state", "The keyring is locked").await?;

        // A token for this run only.
        window.click("reconnect-button").await?;
        window.click("session-only").await?;
        window.fill("token-input", TOKEN).await?;
        window.click("connect-button").await?;
        window.reads("token-state", "only in memory").await?;
        window.sees_no("keyring-state").await?;
        desktop.tray.set("🚶 Away").await?;
        drop(window);
        desktop.tray.wait_gone().await?;

        // It was not kept, and the one in the keyring is still there once it opens.
        let window = started_again(desktop).await?;
        turn_to(&window, "account").await?;
        window.reads("keyring-state", "The keyring is locked").await?;
        desktop.keyring_becomes(KeyringKind::Unlocked).await?;
        window.click("keyring-retry").await?;
        window.reads("token-state", "In this computer’s keyring").await?;
        window.sees_no("keyring-state").await?;
        Ok(())
    });
}

#[test]
fn a_rejected_token_is_kept_until_another_is_pasted() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = desktop.launch_with_window(&Launch::plain()).await?;
        connect(&window).await?;
        turn_to(&window, "status").await?;
        desktop.sandbox().revoke_token();
        window.click("refresh-button").await?;
        window.reads("banner-token", "Pachca does not accept the token").await?;
        window.click("banner-token-action").await?;
        window.reads("keyring-state", "Paste a new token below").await?;
        assert_eq!(desktop.secrets().await?.len(), 1, "a suspended access may come back");

        let other = "another-3kZ8vQ1nB7xW5tR0yU2iO4pA6sD9fG";
        desktop.sandbox().add_person(other, &serde_json::json!({ "first_name": "Ольга" }));
        window.fill("token-input", other).await?;
        window.click("connect-button").await?;
        window.reads("toast", "Connected: Ольга Соколова").await?;
        window.reads("account-name", "Ольга").await?;
        window.sees_no("keyring-state").await?;
        turn_to(&window, "profile").await?;
        window.reads("profile-name", "Ольга Соколова").await?;
        turn_to(&window, "account").await?;
        window.click("disconnect-button").await?;
        window.click("dialog-cancel").await?;
        window.sees("disconnect-button").await?;
        window.click("disconnect-button").await?;
        window.click("dialog-confirm").await?;
        window.reads("toast", "Disconnected").await?;
        turn_to(&window, "profile").await?;
        let left = window.words().await?;
        assert!(!left.contains("Ольга"), "nothing of the person is left: {left}");
        Ok(())
    });
}
