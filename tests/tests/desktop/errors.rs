//! What the server or the network refuses is said where it was asked for, and nothing is lost.

use std::time::Duration;

use anyhow::Result;
use pachca_sandbox::{Fault, RecordedRequest};
use pachca_status_tests::{PATIENCE, Setup, TOKEN, Window, on_a_desktop};

use crate::{
    count,
    desk::{turn_to, with_window},
};

/// Loads the page anew, and waits until it can be used.
async fn reload(window: &Window) -> Result<()> {
    window.client().refresh().await?;
    let drawn = "return document.documentElement.dataset.ready === 'true';";
    window.when("the window is drawn anew", drawn, &[]).await.map(drop)
}

#[test]
fn what_the_server_refuses_is_said_on_the_page_that_asked_and_can_be_mended_there() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = with_window(desktop).await?;
        turn_to(&window, "status").await?;
        desktop.sandbox().set_scopes(["profile:read", "profile_status:read"]);
        window.fill("title-input", "Deep work").await?;
        window.click("expiry-90").await?;
        window.click("set-button").await?;
        window.reads("banner-problem", "profile_status:write").await?;
        window
            .run("document.querySelector('[data-testid=problem-details]').open = true;", vec![])
            .await?;
        let details = window.reads("problem-details", "403").await?;
        let put = desktop.sandbox().requests();
        let put = put.iter().find(|request| request.is("PUT", "/profile/status")).expect("sent");
        assert!(
            details.contains("Insufficient scope. Required:"),
            "the server's own words: {details}"
        );
        assert_eq!(put.status, Some(403));
        window.reads("banner-pending", "Pachca did not accept: 💬 Deep work").await?;
        window.click("edit-pending").await?;
        assert_eq!(window.value("title-input").await?, "Deep work");
        desktop.sandbox().set_scopes([
            "profile:read",
            "profile_status:read",
            "profile_status:write",
        ]);
        window.fill("title-input", "Deeper work").await?;
        window.click("set-button").await?;
        window.reads("current-title", "Deeper work").await?;
        window.sees_no("banner-pending").await?;
        window.sees_no("banner-problem").await?;

        // A click on another page: what became of it is said there.
        turn_to(&window, "presets").await?;
        desktop.sandbox().set_scopes(["profile:read", "profile_status:read"]);
        window.click("preset-apply-lunch").await?;
        window.reads("toast", "profile_status:write").await?;
        window.click("toast-action").await?;
        window.reads("banner-pending", "Pachca did not accept: 🍔 Lunch").await?;
        window.click("cancel-pending").await?;
        window.sees_no("banner-pending").await?;
        window.reads("current-title", "Deeper work").await?;

        // A server that stumbles: said in place, and asked again by a click.
        turn_to(&window, "profile").await?;
        desktop.sandbox().fault(Fault::status(500).on("GET", "/profile").forever());
        window.click("refresh-profile").await?;
        window.reads("profile-error", "Something failed on Pachca’s side").await?;
        window.reads("profile-email", "m.sokolova@example.com").await?;
        desktop.sandbox().clear_faults();
        window
            .run("document.querySelector('[data-testid=profile-error] button').click();", vec![])
            .await?;
        window.sees_no("profile-error").await?;

        // A right that is missing: the picture stays.
        window.click("remove-avatar").await?;
        window.click("dialog-confirm").await?;
        window.reads("picture-error", "profile_avatar:write").await?;
        window.sees("avatar-image").await?;
        assert!(desktop.sandbox().state().avatar.is_some());

        turn_to(&window, "account").await?;
        window.reads("token-name", "Статус в трее").await?;
        desktop.sandbox().fault(Fault::status(500).on("GET", "/oauth/token/info").forever());
        window.click("recheck-token").await?;
        window.reads("account-error", "Something failed on Pachca’s side").await?;
        window.reads("token-name", "Статус в трее").await?;
        desktop.sandbox().clear_faults();
        window.click("recheck-token").await?;
        window.sees_no("account-error").await?;
        Ok(())
    });
}

#[test]
fn without_a_network_every_page_says_so_keeps_what_it_shows_and_goes_on_afterwards() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = with_window(desktop).await?;
        for page in ["profile", "account", "status"] {
            turn_to(&window, page).await?;
        }
        desktop.network_goes();
        window.fill("title-input", "Deep work").await?;
        window.click("set-button").await?;
        window.reads("banner-pending", "Waiting to be sent: 💬 Deep work").await?;
        window.reads("banner-pending", "No connection to Pachca").await?;
        turn_to(&window, "profile").await?;
        window.click("refresh-profile").await?;
        window.reads("profile-error", "No connection to Pachca").await?;
        window.reads("profile-email", "m.sokolova@example.com").await?;
        turn_to(&window, "account").await?;
        window.click("recheck-token").await?;
        window.reads("account-error", "No connection to Pachca").await?;
        window.reads("token-name", "Статус в трее").await?;
        window.reads("account-chip", "No connection").await?;

        // What needs no server works.
        turn_to(&window, "presets").await?;
        window.click("preset-edit-lunch").await?;
        window.fill("preset-dialog title-input", "Dinner").await?;
        window.click("preset-save").await?;
        window.reads("preset-row-lunch", "Dinner").await?;
        turn_to(&window, "preferences").await?;
        window.click("theme-dark").await?;
        window
            .when("it is dark", "return document.documentElement.dataset.theme === 'dark';", &[])
            .await?;

        desktop.network_returns().await?;
        turn_to(&window, "status").await?;
        window.click("retry-pending").await?;
        window.reads("current-title", "Deep work").await?;
        window.sees_no("banner-pending").await?;
        assert_eq!(count(desktop, "PUT", "/profile/status"), 1);
        turn_to(&window, "profile").await?;
        window.click("refresh-profile").await?;
        window.sees_no("profile-error").await?;
        Ok(())
    });
}

#[test]
fn a_reload_in_the_middle_of_anything_loses_and_doubles_nothing() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = with_window(desktop).await?;
        turn_to(&window, "status").await?;
        let slow = Fault::latency(Duration::from_secs(4)).on("PUT", "/profile/status");
        desktop.sandbox().fault(slow);
        window.fill("title-input", "Deep work").await?;
        window.click("set-button").await?;
        let arrives = |request: &RecordedRequest| request.is("PUT", "/profile/status");
        desktop.sandbox().wait_for(arrives, PATIENCE).await?;
        reload(&window).await?;
        window.reads("current-stale", "Sending: 💬 Deep work").await?;
        window.reads("current-title", "Deep work").await?;
        window.sees_no("banner-pending").await?;
        assert_eq!(count(desktop, "PUT", "/profile/status"), 1);
        assert_eq!(window.value("title-input").await?, "", "what was sent is no draft any more");

        // What was typed and not sent is still there.
        window.fill("title-input", "Half a thou").await?;
        window.click("expiry-end_of_day").await?;
        window.click("away-switch").await?;
        window.fill("message-input", "Back at {time}").await?;
        turn_to(&window, "presets").await?;
        reload(&window).await?;
        window.sees("page-presets").await?;
        turn_to(&window, "status").await?;
        assert_eq!(window.value("title-input").await?, "Half a thou");
        assert_eq!(window.value("message-input").await?, "Back at {time}");
        let chosen = window.attribute("expiry-end_of_day", "aria-checked").await?;
        assert_eq!(chosen.as_deref(), Some("true"));

        // A preset saved at the very moment is there once.
        window.click("save-preset-button").await?;
        window.sees("preset-dialog").await?;
        window.run("document.querySelector('[data-testid=preset-save]').click();", vec![]).await?;
        window.sees_no("preset-dialog").await?;
        reload(&window).await?;
        turn_to(&window, "presets").await?;
        let count = "return String([...document.querySelectorAll('[data-testid=presets-list] .list-title')].filter((title) => title.textContent === 'Half a thou').length);";
        assert_eq!(window.run(count, vec![]).await?, "1");
        assert!(!window.everything().await?.contains(TOKEN));
        Ok(())
    });
}
