//! The pages of the window, each used the way it is meant to be.

use jiff::{SignedDuration, Timestamp};
use pachca_status_tests::{Setup, on_a_desktop};
use serde_json::json;

use crate::{
    desk::{PAGES, turn_to, with_window},
    request,
};

#[test]
fn a_status_composed_in_russian_with_an_emoji_found_by_keyboard_is_exactly_what_colleagues_get() {
    on_a_desktop(Setup::russian(), async |desktop| {
        let window = with_window(desktop).await?;
        turn_to(&window, "status").await?;
        window.run("document.querySelector('[data-testid=emoji-button]').focus();", vec![]).await?;
        window.when("the window has the keyboard", "return document.hasFocus();", &[]).await?;
        desktop.display.xdotool(&["key", "Return"])?;
        let search = "return document.querySelector('emoji-picker')?.shadowRoot.activeElement?.type === 'search';";
        window.when("the search has the focus", search, &[]).await?;
        desktop.display.type_text("гамбургер")?;
        let found = "const found = document.querySelector('emoji-picker').shadowRoot.querySelectorAll('[role=option][id^=emo-]');
            return found.length === 1 && found[0].textContent.includes('🍔');";
        window.when("one emoji is found", found, &[]).await?;
        desktop.display.xdotool(&["key", "Down"])?;
        let chosen = "return document.querySelector('emoji-picker').shadowRoot.querySelector('[id^=emo-][aria-selected=true]') !== null;";
        window.when("it is chosen", chosen, &[]).await?;
        desktop.display.xdotool(&["key", "Return"])?;
        window.sees_no("emoji-picker").await?;
        window.reads("emoji-button", "🍔").await?;

        window.fill("title-input", "Обед в парке").await?;
        window.reads("title-counter", "12").await?;
        window.click("expiry-90").await?;
        window.click("away-switch").await?;
        window.fill("message-input", "Вернусь к {time}").await?;
        window.reads("preview-message", "Вернусь к ").await?;
        let clicked = Timestamp::now();
        window.click("set-button").await?;

        let put = request(desktop, "PUT", "/profile/status").await?;
        let mut status = put.json().unwrap()["status"].take();
        let ends: Timestamp = status["expires_at"].as_str().unwrap().parse()?;
        let expected = clicked + SignedDuration::from_mins(90);
        assert!((ends - expected).abs() < SignedDuration::from_mins(1), "{ends} for {expected}");
        status["expires_at"].take();
        let time = ends.in_tz("Europe/Moscow")?.strftime("%H:%M").to_string();
        assert_eq!(
            status,
            json!({
                "emoji": "🍔",
                "title": "Обед в парке",
                "expires_at": null,
                "is_away": true,
                "away_message": format!("Вернусь к {time}"),
            })
        );
        window.reads("current-title", "Обед в парке").await?;
        window.reads("current-until", &time).await?;
        assert_eq!(window.value("title-input").await?, "", "the composer is ready for the next");
        desktop
            .tray
            .wait_for("the tray says it", |item| item.tooltip.contains("Обед в парке"))
            .await?;
        Ok(())
    });
}

#[test]
fn control_and_a_digit_turns_the_pages_and_escape_closes_what_is_on_top() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = with_window(desktop).await?;
        turn_to(&window, "status").await?;
        window.when("the window has the keyboard", "return document.hasFocus();", &[]).await?;
        for (digit, page) in (1..7_u8).zip(PAGES).rev() {
            desktop.display.xdotool(&["key", &format!("ctrl+{digit}")])?;
            window.sees(&format!("page-{page}")).await?;
        }
        window.click("emoji-button").await?;
        window.sees("emoji-popover").await?;
        let search = "return document.querySelector('emoji-picker')?.shadowRoot.activeElement?.type === 'search';";
        window.when("the search has the focus", search, &[]).await?;
        desktop.display.xdotool(&["key", "Escape"])?;
        window.sees_no("emoji-popover").await?;
        assert_eq!(desktop.display.windows().len(), 1, "only the popover was closed");
        desktop.display.xdotool(&["key", "Escape"])?;
        desktop.display.no_window().await?;
        Ok(())
    });
}
