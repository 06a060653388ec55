//! The Status page: a status is composed, set, made longer, taken back.

use anyhow::{Context as _, Result};
use jiff::{SignedDuration, Timestamp, ToSpan as _, ZonedDateTime, tz::TimeZone};
use pachca_sandbox::{RecordedRequest, Status};
use pachca_status_tests::{Desktop, Launch, PATIENCE, Setup, TOKEN, Window, on_a_desktop};
use serde_json::{Value, json};

use crate::{
    count,
    desk::{earlier_settings, focus, has_focus, paste, press, turn_to, with_window},
};

/// How a language says the ends.
struct Ends {
    setup: fn() -> Setup,
    today: &'static str,
    tomorrow: &'static str,
    time: &'static str,
    never: &'static str,
    past: &'static str,
    minutes: &'static str,
}

const RUSSIAN: Ends = Ends {
    setup: Setup::russian,
    today: "Закончится сегодня в ",
    tomorrow: "Закончится завтра в ",
    time: "%H:%M",
    never: "Останется, пока вы его не сбросите",
    past: "Это время уже прошло",
    minutes: "От одной минуты до года",
};

const ENGLISH: Ends = Ends {
    setup: Setup::default,
    today: "Ends today at ",
    tomorrow: "Ends tomorrow at ",
    time: "%-I:%M %p",
    never: "Stays until you clear it",
    past: "That time has passed",
    minutes: "From one minute to a year",
};

impl Ends {
    fn at(&self, end: &ZonedDateTime, now: &ZonedDateTime) -> String {
        let day = if end.date() == now.date() { self.today } else { self.tomorrow };
        format!("{day}{}", end.strftime(self.time))
    }

    /// Waits until one of these moments is said.
    async fn said(
        &self,
        window: &Window,
        ends: &[ZonedDateTime],
        now: &ZonedDateTime,
    ) -> Result<()> {
        let said = ends.iter().map(|end| self.at(end, now)).collect::<Vec<_>>();
        let said = said.iter().map(String::as_str).collect::<Vec<_>>();
        let look = "return parameters.includes(document.querySelector('[data-testid=expiry-result]').textContent);";
        window.when(&format!("one of {said:?} is said"), look, &said).await.map(drop)
    }
}

/// The time on the wall of the desktop.
fn wall() -> ZonedDateTime {
    Timestamp::now().to_zoned_datetime(TimeZone::get("Europe/Moscow").expect("a known zone"))
}

/// So many minutes later. It may have turned a minute since, or have been rounded up to the next second at its edge.
fn after(moment: &ZonedDateTime, minutes: i64) -> Result<[ZonedDateTime; 2]> {
    let later = |minutes: i64| moment.checked_add(minutes.minutes());
    Ok([later(minutes)?, later(minutes + 1)?])
}

/// The next write of the status.
async fn put(desktop: &Desktop, mark: u64) -> Result<Value> {
    let put = |request: &RecordedRequest| request.is("PUT", "/profile/status");
    let request = desktop.sandbox().wait_for_after(mark, put, PATIENCE).await?;
    Ok(request.json().context("JSON")?["status"].take())
}

fn end(status: &Value) -> Timestamp {
    status["expires_at"].as_str().expect("it has an end").parse().expect("a moment")
}

async fn every_end_says_its_moment(desktop: &mut Desktop, words: &Ends) -> Result<()> {
    // A day without end: whatever the hour, the ends by the clock are known.
    let hours = json!({ "start": "09:00:00", "end": "18:30:00", "days": [true, true, true, true, true, true, true] });
    let settings = json!({ "working_hours": hours, "close_notice_seen": true });
    earlier_settings(desktop, &json!({ "version": 1, "settings": settings }))?;
    let window = with_window(desktop).await?;
    turn_to(&window, "status").await?;

    for minutes in [15, 30, 45, 60, 90, 120, 240] {
        let before = wall();
        window.click(&format!("expiry-{minutes}")).await?;
        words.said(&window, &after(&before, minutes)?, &before).await?;
    }
    let now = wall();
    let tomorrow = now.date().tomorrow()?;
    let here = |day: jiff::civil::Date, hour: i8, minute: i8| {
        day.at(hour, minute, 0, 0).to_zoned_datetime(now.time_zone().clone())
    };
    let next = |hour: i8, minute: i8| {
        let today = here(now.date(), hour, minute)?;
        if today > now { Ok(today) } else { here(tomorrow, hour, minute) }
    };
    for (choice, end) in [
        ("end_of_workday", next(18, 30)?),
        ("end_of_day", here(tomorrow, 0, 0)?),
        ("tomorrow_morning", here(tomorrow, 9, 0)?),
        ("next_working_morning", next(9, 0)?),
    ] {
        window.click(&format!("expiry-{choice}")).await?;
        words.said(&window, &[end], &now).await.context(choice)?;
    }

    window.click("expiry-minutes").await?;
    window.fill("minutes-input", "0").await?;
    window.reads("expiry-error", words.minutes).await?;
    let before = wall();
    window.fill("minutes-input", "25").await?;
    words.said(&window, &after(&before, 25)?, &before).await?;

    window.click("expiry-at").await?;
    let soon = window.value("date-input").await?;
    assert!(soon.parse::<jiff::civil::Date>().is_ok(), "a date to start from: {soon}");
    paste(&window, "date-input", &now.date().yesterday()?.to_string()).await?;
    window.reads("expiry-error", words.past).await?;
    paste(&window, "date-input", &tomorrow.to_string()).await?;
    paste(&window, "time-input", "17:45").await?;
    words.said(&window, &[here(tomorrow, 17, 45)?], &now).await?;

    window.click("expiry-never").await?;
    window.reads("expiry-result", words.never).await?;
    Ok(())
}

#[test]
fn every_choice_of_an_end_says_the_moment_it_comes_to_in_russian() {
    on_a_desktop((RUSSIAN.setup)(), async |desktop| {
        every_end_says_its_moment(desktop, &RUSSIAN).await
    });
}

#[test]
fn every_choice_of_an_end_says_the_moment_it_comes_to_in_english() {
    on_a_desktop((ENGLISH.setup)(), async |desktop| {
        every_end_says_its_moment(desktop, &ENGLISH).await
    });
}

#[test]
fn what_is_typed_is_counted_as_the_server_counts_and_previewed_as_colleagues_see_it() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = with_window(desktop).await?;
        turn_to(&window, "status").await?;
        window.click("set-button").await?;
        window.reads("title-error", "Say what you are doing").await?;
        has_focus(&window, "title-input").await?;

        paste(&window, "title-input", &"🎉".repeat(51)).await?;
        window.reads("title-counter", "51 / 50").await?;
        window.reads("title-error", "At most 50 characters").await?;
        paste(&window, "title-input", &"🎉".repeat(50)).await?;
        window.reads("title-counter", "50 / 50").await?;
        window.sees_no("title-error").await?;

        // Without «away» there is no message; with it, the preview has the time filled in.
        window.sees_no("message-input").await?;
        window.click("away-switch").await?;
        window.fill("message-input", "Back at ").await?;
        window.click("insert-time").await?;
        has_focus(&window, "message-input").await?;
        window.find("message-input").await?.send_keys(", ").await?;
        window.click("insert-date").await?;
        assert_eq!(window.value("message-input").await?, "Back at {time}, {date}");
        let before = wall();
        window.click("expiry-240").await?;
        let filled =
            after(&before, 240)?.map(|end| end.strftime("Back at %-I:%M %p, %-d %B").to_string());
        let look = "return parameters.includes(document.querySelector('[data-testid=preview-message]').textContent);";
        window.when("the preview has it filled in", look, &[&filled[0], &filled[1]]).await?;

        // What counts is the message as it will be.
        let long = format!("{}{{time}}", "ё".repeat(1024));
        paste(&window, "message-input", &long).await?;
        window.reads("message-error", "At most 1024").await?;
        paste(&window, "message-input", &"ё".repeat(1025)).await?;
        window.reads("message-counter", "1,025 / 1,024").await?;
        window.click("set-button").await?;
        has_focus(&window, "message-input").await?;
        assert_eq!(count(desktop, "PUT", "/profile/status"), 0);
        let mark = desktop.sandbox().mark();
        paste(&window, "message-input", &"ё".repeat(1024)).await?;
        window.reads("message-counter", "1,024 / 1,024").await?;
        window.sees_no("message-error").await?;
        window.click("set-button").await?;
        let status = put(desktop, mark).await?;
        assert_eq!(status["title"], "🎉".repeat(50));
        assert_eq!(status["away_message"], "ё".repeat(1024));
        assert_eq!(status["is_away"], true);
        window.sees("current-away").await?;
        Ok(())
    });
}

#[test]
fn a_status_is_extended_cleared_and_brought_back() {
    on_a_desktop(Setup::default(), async |desktop| {
        let first = Timestamp::now() + SignedDuration::from_mins(40);
        desktop.sandbox().set_status(Status::new("🏖️", "On the beach").until(first));
        let window = with_window(desktop).await?;
        turn_to(&window, "status").await?;
        window.reads("current-title", "On the beach").await?;
        window.reads("current-left", "min left").await?;

        let mark = desktop.sandbox().mark();
        window.click("extend-15").await?;
        let longer = put(desktop, mark).await?;
        let by = end(&longer).duration_since(first);
        assert!((by - SignedDuration::from_mins(15)).abs() < SignedDuration::from_secs(2), "{by}");
        assert_eq!(longer["title"], "On the beach");
        window.reads("undo-button", "Back to 🏖️ On the beach").await?;
        let mark = desktop.sandbox().mark();
        window.click("undo-button").await?;
        let back = end(&put(desktop, mark).await?).duration_since(first);
        assert!(back.abs() < SignedDuration::from_secs(2), "{back}");

        window.click("clear-button").await?;
        window.reads("current-title", "No status").await?;
        window.sees_no("extend-15").await?;
        window.sees_no("clear-button").await?;
        assert_eq!(desktop.sandbox().state().status, None);
        let mark = desktop.sandbox().mark();
        window.click("undo-button").await?;
        assert_eq!(put(desktop, mark).await?["emoji"], "🏖️");
        window.reads("current-title", "On the beach").await?;

        // And taking back what brought it back leaves nothing again.
        window.reads("undo-button", "Back to no status").await?;
        window.click("undo-button").await?;
        window.reads("current-title", "No status").await?;
        Ok(())
    });
}

#[test]
fn the_last_five_statuses_are_offered_again_without_the_presets_and_each_can_be_removed() {
    on_a_desktop(Setup::default(), async |desktop| {
        let recent = |title: &str| {
            json!({
                "emoji": "🧪", "title": title, "expiry": { "kind": "minutes", "minutes": 45 },
                "is_away": false, "away_message": "",
            })
        };
        let recents = ["One", "Two", "Three", "Four", "Five"].map(recent);
        let settings = json!({ "close_notice_seen": true });
        earlier_settings(
            desktop,
            &json!({ "version": 1, "settings": settings, "recents": recents }),
        )?;
        let window = with_window(desktop).await?;
        turn_to(&window, "status").await?;
        let offers = async |expected: &str| {
            let list = "return [...document.querySelectorAll('[data-testid=recents] .list-title')].map((title) => title.textContent).join(' ') === parameters[0];";
            window.when(&format!("recent: {expected}"), list, &[expected]).await.map(drop)
        };
        offers("One Two Three Four Five").await?;

        window.fill("title-input", "Six").await?;
        window.click("set-button").await?;
        window.reads("current-title", "Six").await?;
        offers("Six One Two Three Four").await?;
        window.click("quick-preset-lunch").await?;
        window.reads("current-title", "Lunch").await?;
        offers("Six One Two Three Four").await?;

        window.click("recent-remove-1").await?;
        offers("Six Two Three Four").await?;
        window.click("recent-edit-1").await?;
        has_focus(&window, "title-input").await?;
        assert_eq!(window.value("title-input").await?, "Two");
        window.click("reset-button").await?;
        assert_eq!(window.value("title-input").await?, "");
        let mark = desktop.sandbox().mark();
        window.click("recent-apply-2").await?;
        let status = put(desktop, mark).await?;
        assert_eq!(status["title"], "Three");
        let rest = end(&status).duration_since(Timestamp::now());
        assert!(
            (rest - SignedDuration::from_mins(45)).abs() < SignedDuration::from_mins(1),
            "{rest}"
        );
        offers("Three Six Two Four").await?;
        Ok(())
    });
}

#[test]
fn a_preset_that_asks_for_its_date_opens_the_composer_at_the_date() {
    on_a_desktop(Setup::default(), async |desktop| {
        // Whether there is no window yet, or one that shows another page.
        let launch = Launch::with_token(TOKEN);
        let (window, clicked) = tokio::join!(
            desktop.launch_with_window(&launch),
            desktop.tray.click_preset("On vacation")
        );
        clicked?;
        let window = window?;
        has_focus(&window, "date-input").await?;
        window.click("reset-button").await?;
        turn_to(&window, "account").await?;
        desktop.tray.click_preset("On vacation").await?;
        window.sees("page-status").await?;
        has_focus(&window, "date-input").await?;
        assert_eq!(window.value("title-input").await?, "On vacation");
        window.reads("emoji-button", "🏖️").await?;
        assert_eq!(window.value("time-input").await?, "9:00 AM");
        window.click("set-button").await?;
        window.reads("expiry-error", "Choose a date and time").await?;
        assert_eq!(count(desktop, "PUT", "/profile/status"), 0);
        let day = wall().date().checked_add(14.days())?;
        paste(&window, "date-input", &day.to_string()).await?;
        window.click("set-button").await?;
        let status = put(desktop, 0).await?;
        let ends = end(&status).in_tz("Europe/Moscow")?;
        assert_eq!(ends.datetime(), day.at(9, 0, 0, 0));
        let message = status["away_message"].as_str().unwrap_or_default();
        assert_eq!(message, ends.strftime("On vacation until %-d %B.").to_string());
        Ok(())
    });
}

#[test]
fn the_emoji_picker_is_used_by_keyboard_alone() {
    const SHADOW: &str = "const shadow = document.querySelector('emoji-picker')?.shadowRoot; if (!shadow) return false;";
    on_a_desktop(Setup::default(), async |desktop| {
        let window = with_window(desktop).await?;
        turn_to(&window, "status").await?;
        focus(&window, "emoji-button").await?;
        let open = async || {
            press(desktop, &["Return"])?;
            let search = format!("{SHADOW} return shadow.activeElement?.type === 'search';");
            window.when("the search has the focus", &search, &[]).await.map(drop)
        };
        let found = async |count: &str| {
            let look = format!(
                "{SHADOW} return String(shadow.querySelectorAll('[role=option][id^=emo-]').length) === parameters[0];"
            );
            window.when(&format!("{count} are found"), &look, &[count]).await.map(drop)
        };

        // Escape closes it, changes nothing, and the focus is where it was.
        open().await?;
        desktop.display.type_text("hamburger")?;
        found("1").await?;
        press(desktop, &["Escape"])?;
        window.sees_no("emoji-picker").await?;
        has_focus(&window, "emoji-button").await?;
        window.reads("emoji-button", "💬").await?;

        // Nothing found is no end: other words are typed.
        open().await?;
        desktop.display.type_text("zzzz")?;
        found("0").await?;
        press(desktop, &["ctrl+a"])?;
        desktop.display.type_text("tea")?;
        let typed = format!("{SHADOW} return shadow.querySelector('input').value === 'tea';");
        window.when("it is typed", &typed, &[]).await?;
        // The picker takes up a word a moment after it was typed, and what was chosen until then is forgotten.
        window.painted().await?;
        let some = format!(
            "{SHADOW} return shadow.querySelectorAll('[role=option][id^=emo-]').length > 2;"
        );
        window.when("some are found", &some, &[]).await?;
        let chosen = format!(
            "{SHADOW} const all = [...shadow.querySelectorAll('[role=option][id^=emo-]')];
            const at = all.findIndex((one) => one.getAttribute('aria-selected') === 'true');
            return String(at) === parameters[0] && all[at].textContent;"
        );
        press(desktop, &["Down"])?;
        window.when("the first is chosen", &chosen, &["0"]).await?;
        press(desktop, &["Down"])?;
        window.when("the next is chosen", &chosen, &["1"]).await?;
        press(desktop, &["Up"])?;
        let first = window.when("the first again", &chosen, &["0"]).await?;
        press(desktop, &["Return"])?;
        window.sees_no("emoji-picker").await?;
        window.reads("emoji-button", first.as_str().unwrap_or("?").trim()).await?;
        has_focus(&window, "emoji-button").await?;

        // Without a search, arrows walk through the groups and the grid.
        open().await?;
        press(desktop, &["Tab", "Tab"])?;
        let group = format!("{SHADOW} const tab = shadow.activeElement;
            return tab?.getAttribute('role') === 'tab' && tab.getAttribute('aria-selected') === 'true' && tab.title !== parameters[0] && tab.title;");
        let first = window.when("a group has the focus", &group, &[""]).await?;
        press(desktop, &["Right", "Return"])?;
        let first = first.as_str().unwrap_or_default();
        window.when("the next group is open", &group, &[first]).await?;
        press(desktop, &["Escape"])?;
        has_focus(&window, "emoji-button").await?;
        Ok(())
    });
}
