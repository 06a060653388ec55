//! The presets a person makes, and the tray that follows them.

use anyhow::{Context as _, Result};
use pachca_status_tests::{Launch, Menu, Setup, TOKEN, Window, on_a_desktop};
use serde_json::{Value, json};

use crate::desk::{earlier_settings, focus, has_focus, press, turn_to, with_window};

/// The titles on the page, in their order.
async fn titles(window: &Window) -> Result<Vec<String>> {
    let list = "return [...document.querySelectorAll('[data-testid=presets-list] > li .list-title')].map((title) => title.textContent);";
    Ok(serde_json::from_value(window.run(list, vec![]).await?)?)
}

/// Waits until the page has exactly these.
async fn shows(window: &Window, expected: &[&str]) -> Result<()> {
    let same = "return [...document.querySelectorAll('[data-testid=presets-list] > li .list-title')].map((title) => title.textContent).join('|') === parameters[0];";
    let shown = window.when("the page has the presets", same, &[&expected.join("|")]).await;
    let titles = titles(window).await?;
    shown.map(drop).with_context(|| format!("{titles:?} instead of {expected:?}"))
}

/// The presets one click away, and those one step further, as the menu has them.
fn offered(menu: &Menu) -> (Vec<String>, Vec<String>) {
    let name = |label: &str| label.split(" · ").next().unwrap_or_default().to_owned();
    let near = menu.items.iter().filter(|line| line.checked.is_some());
    let more = menu.items.iter().find(|line| line.label == "More");
    let far = more.iter().flat_map(|more| &more.items);
    (near.map(|line| name(&line.label)).collect(), far.map(|line| name(&line.label)).collect())
}

/// What an earlier run has left: three presets of the person's own.
fn three() -> Value {
    let preset = |id: &str, emoji: &str, title: &str| {
        json!({
            "id": id, "emoji": emoji, "title": title, "expiry": { "kind": "never" }, "is_away": false,
            "away_message": "", "in_tray": true,
        })
    };
    let presets =
        [preset("tea", "🍵", "Tea"), preset("walk", "🌳", "Walk"), preset("read", "📖", "Reading")];
    json!({ "version": 1, "settings": { "close_notice_seen": true }, "presets": presets })
}

#[test]
fn presets_made_edited_moved_and_deleted_are_what_the_tray_offers() {
    on_a_desktop(Setup::default(), async |desktop| {
        earlier_settings(desktop, &three())?;
        let window = with_window(desktop).await?;

        // What is in the composer becomes one.
        turn_to(&window, "status").await?;
        window.click("save-preset-button").await?;
        window.reads("composer title-error", "Say what you are doing").await?;
        window.fill("title-input", "Deep work").await?;
        window.click("expiry-90").await?;
        window.click("away-switch").await?;
        window.fill("message-input", "Back at {time}").await?;
        window.click("save-preset-button").await?;
        window.sees("preset-dialog").await?;
        assert_eq!(window.value("preset-dialog title-input").await?, "Deep work");
        assert_eq!(window.value("preset-dialog message-input").await?, "Back at {time}");
        window.click("preset-save").await?;
        window.reads("toast", "Added: Deep work").await?;
        desktop.tray.wait_for_line("💬 Deep work · until").await?;
        assert_eq!(window.value("title-input").await?, "Deep work", "the composer keeps its words");

        // Its words change, and nothing else.
        turn_to(&window, "presets").await?;
        shows(&window, &["Tea", "Walk", "Reading", "Deep work"]).await?;
        let own = window
            .run("return document.querySelector('[data-testid=presets-list]').lastChild.dataset.testid;", vec![])
            .await?;
        let own = own.as_str().and_then(|row| row.strip_prefix("preset-row-")).context("a row")?;
        window.click(&format!("preset-edit-{own}")).await?;
        window.fill("preset-dialog title-input", "Very deep work").await?;
        window.click("preset-save").await?;
        shows(&window, &["Tea", "Walk", "Reading", "Very deep work"]).await?;
        window.reads(&format!("preset-row-{own}"), "1.5 h").await?;
        desktop.tray.wait_for_line("Very deep work").await?;

        // A copy stands behind its original.
        window.click("preset-menu-tea").await?;
        window.click("preset-menu-duplicate").await?;
        shows(&window, &["Tea", "Tea", "Walk", "Reading", "Very deep work"]).await?;

        // The keyboard moves a row, and stays on it.
        focus(&window, "preset-handle-read").await?;
        press(desktop, &["alt+Up"])?;
        shows(&window, &["Tea", "Tea", "Reading", "Walk", "Very deep work"]).await?;
        window.when("the place is said", "return document.querySelector('[data-testid=announcer]').textContent.includes('Reading: place 3 of 5');", &[]).await?;
        press(desktop, &["alt+Up", "alt+Up"])?;
        shows(&window, &["Reading", "Tea", "Tea", "Walk", "Very deep work"]).await?;
        press(desktop, &["alt+Up"])?;
        has_focus(&window, "preset-handle-read").await?;
        let moved = desktop
            .tray
            .wait_for("the tray has the order", |item| {
                offered(&item.menu).0.first().is_some_and(|first| first == "📖 Reading")
            })
            .await?;
        let near = ["📖 Reading", "🍵 Tea", "🍵 Tea", "🌳 Walk", "💬 Very deep work"];
        assert_eq!(offered(&moved.menu), (near.map(str::to_owned).to_vec(), vec![]));

        // One that is not for the tray, and more than fit, are one step further.
        window.click("preset-tray-walk").await?;
        window.find("tray-limit").await?.select_by_value("3").await?;
        let far = |menu: &Menu| offered(menu).1 == ["🌳 Walk", "💬 Very deep work"];
        let short = desktop.tray.wait_for("the rest is under More", |item| far(&item.menu)).await?;
        assert_eq!(offered(&short.menu).0, ["📖 Reading", "🍵 Tea", "🍵 Tea"]);
        desktop.tray.set("🌳 Walk").await?;

        // A deleted one comes back where it was.
        window.click("preset-menu-tea").await?;
        window.click("preset-menu-delete").await?;
        shows(&window, &["Reading", "Tea", "Walk", "Very deep work"]).await?;
        has_focus(&window, "preset-menu-tea-2").await?;
        window.reads("toast", "Deleted: Tea").await?;
        window.click("toast-action").await?;
        shows(&window, &["Reading", "Tea", "Tea", "Walk", "Very deep work"]).await?;

        // The defaults come, and go again.
        window.click("restore-presets").await?;
        window.click("dialog-confirm").await?;
        window.sees("preset-row-lunch").await?;
        desktop.tray.wait_for_line("Lunch").await?;
        window.sees_no("restore-presets").await?;
        window.click("undo-presets").await?;
        shows(&window, &["Reading", "Tea", "Tea", "Walk", "Very deep work"]).await?;

        // All of it is there the next time.
        drop(window);
        desktop.tray.wait_gone().await?;
        let _app = desktop.launch(&Launch::with_token(TOKEN))?;
        desktop
            .tray
            .wait_for("the same is offered", |item| {
                offered(&item.menu).0 == ["📖 Reading", "🍵 Tea", "🍵 Tea"] && far(&item.menu)
            })
            .await?;
        Ok(())
    });
}

#[test]
fn presets_travel_in_a_file_and_a_bad_file_brings_nothing() {
    on_a_desktop(Setup::default(), async |desktop| {
        earlier_settings(desktop, &three())?;
        let file = desktop.home().join("Мои статусы.json");
        let bad = desktop.home().join("bad.json");

        let window = with_window(desktop).await?;
        turn_to(&window, "presets").await?;
        window.click("export-presets").await?;
        desktop.choose_in_dialog(&file).await?;
        window.reads("toast", "Мои статусы.json").await?;
        let exported: Value = serde_json::from_slice(&std::fs::read(&file)?)?;
        assert_eq!(exported["presets"], three()["presets"]);

        // The second of three entries is wrong: the first is not taken either.
        let mut wrong = exported.clone();
        wrong["presets"][0]["title"] = json!("Green tea");
        wrong["presets"][1]["title"] = json!("w".repeat(51));
        for (content, says) in [
            (wrong.to_string(), "Entry 2, “wwww"),
            (wrong.to_string().replace("\"emoji\"", "\"smiley\""), "Entry 1, “Green tea”"),
            ("{ \"format\": ".to_owned(), "Line 1, character 12"),
        ] {
            std::fs::write(&bad, content)?;
            window.click("import-presets").await?;
            desktop.choose_in_dialog(&bad).await?;
            window.reads("import-error", says).await?;
            assert_eq!(titles(&window).await?, ["Tea", "Walk", "Reading"], "{says}");
        }

        // A good one replaces what it knows and adds what is new.
        let mut good = exported.clone();
        good["presets"][0]["title"] = json!("Green tea");
        good["presets"][2]["id"] = json!("read-2");
        std::fs::write(&bad, good.to_string())?;
        window.click("import-presets").await?;
        desktop.choose_in_dialog(&bad).await?;
        window.reads("toast", "1 preset added, 2 updated").await?;
        window.sees_no("import-error").await?;
        shows(&window, &["Green tea", "Walk", "Reading", "Reading"]).await?;
        window.click("toast-action").await?;
        shows(&window, &["Tea", "Walk", "Reading"]).await?;

        // On another computer, which has the defaults.
        window.click("restore-presets").await?;
        window.click("dialog-confirm").await?;
        window.sees("preset-row-lunch").await?;
        let defaults = titles(&window).await?.len();
        window.click("import-presets").await?;
        desktop.choose_in_dialog(&file).await?;
        window.sees("preset-row-read").await?;
        assert_eq!(titles(&window).await?[defaults..], ["Tea", "Walk", "Reading"]);
        desktop.tray.wait_for_line("Reading").await?;
        Ok(())
    });
}
