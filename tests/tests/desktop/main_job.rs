//! One click in the tray sets the status; one more clears it.

use jiff::{SignedDuration, Timestamp};
use pachca_sandbox::RecordedRequest;
use pachca_status_tests::{Launch, PATIENCE, Setup, TOKEN, on_a_desktop};
use serde_json::json;

use crate::{count, request};

#[test]
fn starting_with_a_token_puts_an_icon_into_the_tray_and_opens_no_window() {
    on_a_desktop(Setup::default(), async |desktop| {
        let _app = desktop.launch(&Launch::with_token(TOKEN))?;
        let item = desktop.tray.wait_until_known().await?;
        assert!(item.icon.is_visible());
        assert_eq!(item.tooltip, "No status");
        for words in
            ["Away", "Lunch", "In a meeting", "Focus", "Working remotely", "Done for today"]
        {
            let preset =
                item.menu.preset(words).unwrap_or_else(|| panic!("no {words} in {:?}", item.menu));
            assert!(preset.enabled && preset.checked == Some(false), "{preset:?}");
            assert!(preset.label.contains("until"), "it says when it would end: {}", preset.label);
        }
        assert_eq!(desktop.display.windows(), []);
        assert_eq!(desktop.processes("WebKitWebProcess"), 0);
        Ok(())
    });
}

#[test]
fn away_click_sets_the_status_and_clear_takes_it_away() {
    on_a_desktop(Setup::default(), async |desktop| {
        let _app = desktop.launch(&Launch::with_token(TOKEN))?;
        let before = desktop.tray.wait_until_known().await?;

        let clicked = Timestamp::now();
        desktop.tray.click_preset("Away").await?;
        let put = request(desktop, "PUT", "/profile/status").await?;
        let mut status = put.json().unwrap()["status"].take();

        let ends: Timestamp = status["expires_at"].as_str().unwrap().parse()?;
        let expected = clicked + SignedDuration::from_mins(30);
        assert!(
            (ends - expected).abs() < SignedDuration::from_mins(1),
            "{ends} is not about {expected}"
        );
        // The desktop is in Moscow and speaks American English; the message says the time there, that way.
        let time = ends.in_tz("Europe/Moscow")?.strftime("%-I:%M %p").to_string();
        status["expires_at"].take();
        assert_eq!(
            status,
            json!({
                "emoji": "🚶",
                "title": "Away",
                "expires_at": null,
                "is_away": true,
                "away_message": format!("Away, back at {time}."),
            })
        );

        let set = desktop
            .tray
            .wait_for("Away carries the check mark", |item| item.is_set("🚶 Away"))
            .await?;
        assert_eq!(set.menu.checked().len(), 1, "{:?}", set.menu);
        assert!(
            set.menu.item("🚶 Away").is_some(),
            "the first line says what is set: {:?}",
            set.menu
        );
        assert!(set.tooltip.contains("🚶 Away"), "{}", set.tooltip);
        assert_ne!(set.icon, before.icon);

        desktop.tray.click_item("Clear status").await?;
        request(desktop, "DELETE", "/profile/status").await?;
        let cleared = desktop.tray.wait_until_known().await?;
        assert_eq!(cleared.menu.checked(), [""; 0]);
        assert_eq!(cleared.icon, before.icon);
        assert_eq!(cleared.tooltip, "No status");
        assert_eq!(desktop.sandbox().state().status, None);
        assert_eq!(count(desktop, "PUT", "/profile/status"), 1);
        assert_eq!(count(desktop, "DELETE", "/profile/status"), 1);
        Ok(())
    });
}

#[test]
fn another_preset_moves_the_check_mark() {
    on_a_desktop(Setup::default(), async |desktop| {
        let _app = desktop.launch_to_tray(&Launch::with_token(TOKEN)).await?;
        desktop.tray.click_preset("Lunch").await?;
        let away = desktop.tray.wait_for("Lunch is set", |item| item.is_set("🍔 Lunch")).await?;
        desktop.tray.click_preset("Focus").await?;
        let set = desktop.tray.wait_for("Focus is set", |item| item.is_set("🎯 Focus")).await?;
        assert_eq!(set.menu.checked().len(), 1, "{:?}", set.menu);
        assert_ne!(set.icon, away.icon, "away and not away look different");
        Ok(())
    });
}

#[test]
fn a_status_can_be_extended_and_undone_from_the_tray() {
    on_a_desktop(Setup::default(), async |desktop| {
        let _app = desktop.launch_to_tray(&Launch::with_token(TOKEN)).await?;
        desktop.tray.set("📅 In a meeting").await?;
        let first = ends(&request(desktop, "PUT", "/profile/status").await?);

        desktop.tray.click_item("By 30 minutes").await?;
        let later = first + SignedDuration::from_mins(30);
        let longer = |request: &RecordedRequest| {
            request.is("PUT", "/profile/status") && ends(request) == later
        };
        desktop.sandbox().wait_for(longer, PATIENCE).await?;

        let mark = desktop.sandbox().mark();
        desktop.tray.click_item("Back to").await?;
        let back = |request: &RecordedRequest| {
            request.is("PUT", "/profile/status") && ends(request) == first
        };
        desktop.sandbox().wait_for_after(mark, back, PATIENCE).await?;
        Ok(())
    });
}

#[test]
fn left_click_opens_the_window() {
    on_a_desktop(Setup::default(), async |desktop| {
        let _app = desktop.launch_to_tray(&Launch::with_token(TOKEN)).await?;
        desktop.tray.activate().await?;
        desktop.display.window().await?;
        Ok(())
    });
}

/// The end that a request asks for.
fn ends(request: &RecordedRequest) -> Timestamp {
    let body = request.json().expect("the body is JSON");
    body["status"]["expires_at"]
        .as_str()
        .expect("it has an end")
        .parse()
        .expect("the end is a moment")
}
