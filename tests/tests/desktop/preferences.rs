//! The Preferences page: what is chosen is done at once and kept.

use pachca_sandbox::{RecordedRequest, Status};
use pachca_status_tests::{Launch, PATIENCE, Setup, TOKEN, on_a_desktop};

use crate::desk::{connect, paste, press, settled, started_again, turn_to, with_window};

#[test]
fn what_is_chosen_is_there_after_a_restart() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = desktop.launch_with_window(&Launch::plain()).await?;
        connect(&window).await?;
        turn_to(&window, "preferences").await?;
        window.click("theme-dark").await?;
        window.click("day-5").await?;
        paste(&window, "hours-start", "10:30").await?;
        paste(&window, "hours-end", "19:15").await?;
        window.find("check-interval").await?.select_by_value("15").await?;
        window.find("tray-limit-preference").await?.select_by_value("3").await?;
        window.click("notify-expired").await?;
        window.click("start-at-login").await?;
        window.find("language").await?.select_by_value("ru").await?;
        window.reads("page-title", "Настройки").await?;
        let autostart = desktop.home().join(".config/autostart");
        let entries = std::fs::read_dir(&autostart)?.flatten().collect::<Vec<_>>();
        let entry = std::fs::read_to_string(entries[0].path())?;
        assert!(entry.contains("pachca-status"), "{entry}");
        drop(window);
        desktop.tray.wait_gone().await?;

        let window = started_again(desktop).await?;
        window.sees("page-preferences").await?;
        window.reads("page-title", "Настройки").await?;
        let chosen = "
            const value = (id) => document.querySelector(`[data-testid='${id}']`).value;
            const on = (id, state) => document.querySelector(`[data-testid='${id}']`).getAttribute(state);
            return JSON.stringify([document.documentElement.dataset.theme, value('language'), value('hours-start'), value('hours-end'),
                value('check-interval'), value('tray-limit-preference'), on('day-5', 'aria-pressed'), on('day-6', 'aria-pressed'),
                on('notify-expired', 'aria-checked'), on('start-at-login', 'aria-checked'), on('theme-dark', 'aria-checked')]);";
        let chosen = window.run(chosen, vec![]).await?;
        let expected =
            r#"["dark","ru","10:30","19:15","15","3","true","false","true","true","true"]"#;
        assert_eq!(chosen, expected);
        turn_to(&window, "status").await?;
        window.click("expiry-tomorrow_morning").await?;
        window.reads("expiry-result", "Закончится завтра в 10:30").await?;
        let few = desktop.tray.wait_for_line("Сбросить").await?;
        assert_eq!(few.menu.items.iter().filter(|line| line.checked.is_some()).count(), 3);

        turn_to(&window, "preferences").await?;
        window.click("start-at-login").await?;
        let off = "return document.querySelector('[data-testid=start-at-login]').dataset.busy !== 'true';";
        window.when("it is done", off, &[]).await?;
        assert_eq!(std::fs::read_dir(&autostart)?.count(), 0, "it starts by itself no more");
        Ok(())
    });
}

#[test]
fn the_window_is_as_dark_as_the_desktop() {
    on_a_desktop(Setup::default(), async |desktop| {
        let portal = desktop.portal().await?;
        portal.wants_dark(true).await?;
        let window = with_window(desktop).await?;
        let is = "return document.documentElement.dataset.theme === parameters[0];";
        window.when("it is dark from the start", is, &["dark"]).await?;
        portal.wants_dark(false).await?;
        window.when("it follows", is, &["light"]).await?;
        turn_to(&window, "preferences").await?;
        window.click("theme-dark").await?;
        window.when("it is what was chosen", is, &["dark"]).await?;
        window.click("theme-system").await?;
        window.when("it follows again", is, &["light"]).await?;
        settled(&window).await?;
        press(desktop, &["ctrl+w"])?;
        desktop.display.no_window().await?;

        // While there is no window nothing is drawn, and the next one is right from the start.
        let before = desktop.tray.wait_until_known().await?.icon;
        portal.wants_dark(true).await?;
        desktop.tray.wait_for("the panel is dark", |item| item.icon != before).await?;
        desktop.tray.activate().await?;
        let shown = desktop.display.window().await?;
        desktop.display.drawn(&shown).await?;
        assert!(desktop.display.is_dark(&shown)?, "the second window is dark too");
        Ok(())
    });
}

#[test]
fn a_server_address_is_checked_before_it_is_trusted() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = with_window(desktop).await?;
        turn_to(&window, "preferences").await?;
        let (origin, base) = (desktop.sandbox().origin(), desktop.sandbox().base_url());
        let elsewhere = format!("{origin}/nothing/here");
        for (address, says) in [
            ("not an address", "This address cannot be used"),
            ("http://example.com", "This address cannot be used"),
            ("http://127.0.0.1:1/api", "No connection to Pachca"),
            (elsewhere.as_str(), "Something other than Pachca answered"),
            (base.as_str(), "Answers in"),
        ] {
            window.fill("server-input", address).await?;
            window.click("server-check").await?;
            window.reads("server-result", says).await?;
        }
        assert!(
            !desktop.sandbox().requests().iter().any(|request| {
                request.path.contains("nothing") && request.header("authorization").is_some()
            }),
            "no token is shown to an address that is only checked"
        );

        // Another server is another token: that is asked first, and Enter in the field saves.
        window.fill("server-input", "https://pachca.example.com").await?;
        press(desktop, &["Return"])?;
        window.sees("dialog-confirm").await?;
        press(desktop, &["Escape"])?;
        window.sees_no("dialog-confirm").await?;
        window.reads("account-chip", "Online").await?;
        assert_eq!(window.value("server-input").await?, "https://pachca.example.com");
        window.click("server-save").await?;
        window.click("dialog-confirm").await?;
        window.reads("server-result", "Address saved").await?;
        window.sees("server-reset").await?;
        Ok(())
    });
}

#[test]
fn global_shortcuts_work_and_one_that_is_taken_is_said() {
    on_a_desktop(Setup::default(), async |desktop| {
        desktop.display.take_shortcut('j')?;
        desktop.sandbox().set_status(Status::new("🏖️", "On the beach"));
        let window = with_window(desktop).await?;
        turn_to(&window, "preferences").await?;
        window.when("the window has the keyboard", "return document.hasFocus();", &[]).await?;

        // Keys another program has taken do not reach the window: they come as from a desktop that lets them through.
        window.click("shortcut-open").await?;
        let taken = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyJ', key: 'j', ctrlKey: true, altKey: true, bubbles: true, cancelable: true }));";
        window.run(taken, vec![]).await?;
        window.reads("shortcut-error", "Another program has this shortcut").await?;
        window.reads("shortcut-open", "Not set").await?;

        window.click("shortcut-open").await?;
        window.reads("shortcut-open", "Press the keys").await?;
        press(desktop, &["ctrl+alt+o"])?;
        window.reads("shortcut-open", "O").await?;
        window.sees_no("shortcut-error").await?;
        window.click("shortcut-clear").await?;
        let same = taken.replace("KeyJ", "KeyO");
        window.run(&same, vec![]).await?;
        window.reads("shortcut-error", "already used by the other action").await?;
        window.click("shortcut-clear").await?;
        press(desktop, &["ctrl+alt+k"])?;
        window.reads("shortcut-clear", "K").await?;
        settled(&window).await?;

        // They work without a window.
        press(desktop, &["ctrl+w"])?;
        desktop.display.no_window().await?;
        press(desktop, &["ctrl+alt+k"])?;
        let cleared = |request: &RecordedRequest| request.is("DELETE", "/profile/status");
        desktop.sandbox().wait_for(cleared, PATIENCE).await?;
        press(desktop, &["ctrl+alt+o"])?;
        desktop.display.window().await?;
        Ok(())
    });
}

#[test]
fn where_the_desktop_has_no_global_shortcuts_that_is_said_instead() {
    on_a_desktop(Setup::default(), async |desktop| {
        let launch = Launch::with_token(TOKEN).variable("WAYLAND_DISPLAY", "wayland-9");
        let (window, clicked) =
            tokio::join!(desktop.launch_with_window(&launch), desktop.tray.activate());
        clicked?;
        let window = window?;
        turn_to(&window, "preferences").await?;
        window.reads("shortcuts-unavailable", "Wayland").await?;
        window.sees_no("shortcut-open").await?;
        window.sees_no("shortcut-clear").await?;
        Ok(())
    });
}

#[test]
fn closing_the_window_says_once_that_the_app_stays_and_ends_it_when_that_is_chosen() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = desktop.launch_with_window(&Launch::plain()).await?;
        connect(&window).await?;
        for _ in 0..2 {
            let frame = desktop.display.window().await?;
            desktop.display.close(&frame)?;
            desktop.display.no_window().await?;
            let note = desktop.notifications.wait_for("stays in the tray").await?;
            // By this name the desktop finds out whose it is.
            assert_eq!([note.entry.as_str(), note.icon.as_str()], ["pachca-status"; 2]);
            desktop.tray.activate().await?;
        }
        desktop.display.window().await?;
        let shown = desktop.notifications.shown();
        assert_eq!(shown.len(), 1, "once is enough");
        // Named and pictured like the entry that the packages bring.
        let entry = include_str!("../../../packaging/pachca-status.desktop");
        assert!(entry.contains("\nIcon=pachca-status\n"), "{entry}");
        assert_eq!([&shown[0].entry, &shown[0].icon], ["pachca-status", "pachca-status"]);
        drop(window);
        desktop.tray.wait_gone().await?;

        let window = started_again(desktop).await?;
        turn_to(&window, "preferences").await?;
        window.click("close-quit").await?;
        let chosen = "return document.querySelector('[data-testid=close-quit]').getAttribute('aria-checked') === 'true';";
        window.when("it is chosen", chosen, &[]).await?;
        let windows = desktop.display.windows();
        desktop.display.close(&windows[0])?;
        desktop.tray.wait_gone().await?;
        desktop.ended("pachca-status").await?;
        Ok(())
    });
}
