//! Starting at login, and what becomes of a running program whose file is replaced or removed.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, Result};
use pachca_status_tests::{
    Desktop, Launch, Setup, TOKEN, WINDOW_PROCESS, WINDOW_PROGRAM, install, on_a_desktop,
};

use crate::desk::{connect, turn_to};

/// What the desktop starts at login.
fn entry(desktop: &Desktop) -> Result<PathBuf> {
    let folder = desktop.home().join(".config/autostart");
    let mut entries = fs::read_dir(folder)?.flatten().map(|entry| entry.path());
    let entry = entries.next().context("there is an entry")?;
    assert_eq!(entries.next(), None, "one is enough");
    Ok(entry)
}

#[test]
fn what_is_turned_on_starts_hidden_at_the_next_login() {
    on_a_desktop(Setup::default(), async |desktop| {
        // A path that has to be quoted.
        let folder = desktop.home().join("my \"own\" $programs");
        fs::create_dir(&folder)?;
        let place = folder.join("pachca-status");
        install(&place)?;
        let window = desktop.launch_with_window(&Launch::plain().by(&place)).await?;
        connect(&window).await?;
        turn_to(&window, "preferences").await?;
        window.click("start-at-login").await?;
        let on = "return document.querySelector('[data-testid=start-at-login]').getAttribute('aria-checked') === 'true'
            && document.querySelector('[data-testid=start-at-login]').dataset.busy !== 'true';";
        window.when("it is done", on, &[]).await?;
        drop(window);
        desktop.tray.wait_gone().await?;

        // The desktop reads the entry as it does at login.
        let mut login = desktop.command("gio");
        login
            .arg("launch")
            .arg(entry(desktop)?)
            .env("PACHCA_API_URL", desktop.sandbox().base_url());
        assert!(login.status()?.success());
        let item = desktop.tray.wait_until_known().await?;
        let pid = item.service.split('-').nth(1).context("its name has its number")?;
        assert_eq!(fs::read_link(format!("/proc/{pid}/exe"))?, place);
        let words = fs::read_to_string(format!("/proc/{pid}/cmdline"))?;
        let words = words.trim_end_matches('\0').split('\0').skip(1).collect::<Vec<_>>();
        assert_eq!(words, ["--hidden"], "a late panel is no reason for a window");
        assert_eq!(desktop.display.windows(), [], "nobody asked for a window");
        desktop.tray.click_item("Quit").await?;
        desktop.tray.wait_gone().await?;
        Ok(())
    });
}

#[test]
fn started_at_login_it_waits_for_the_panel_and_opens_no_window() {
    on_a_desktop(Setup::default().no_tray(), async |desktop| {
        let _app = desktop.launch(&Launch::with_token(TOKEN).argument("--hidden"))?;
        // As long as this takes, a window of the other would have taken too.
        let beside = Desktop::start(Setup::default().no_tray()).await?;
        let _other = beside.launch(&Launch::with_token(TOKEN))?;
        beside.display.window().await?;
        assert_eq!(desktop.display.windows(), []);
        desktop.tray_appears().await?;
        desktop.tray.wait_until_known().await?;
        assert_eq!(desktop.display.windows(), []);
        beside.stop().await;
        Ok(())
    });
}

#[test]
fn started_at_login_without_a_token_it_opens_the_page_to_connect() {
    on_a_desktop(Setup::default(), async |desktop| {
        let launch = Launch::plain().argument("--hidden");
        let window = desktop.launch_with_window(&launch).await?;
        window.sees("token-input").await?;
        Ok(())
    });
}

#[test]
fn a_program_that_is_replaced_and_removed_while_it_runs_works_until_it_is_quit() {
    on_a_desktop(Setup::default(), async |desktop| {
        let place = desktop.home().join("pachca-status");
        install(&place)?;
        let launch = Launch::with_token(TOKEN).by(&place);
        let (window, clicked) =
            tokio::join!(desktop.launch_with_window(&launch), desktop.tray.activate());
        clicked?;
        let window = window?;

        install(&place)?;
        turn_to(&window, "preferences").await?;
        window.click("start-at-login").await?;
        let on = "return document.querySelector('[data-testid=start-at-login]').getAttribute('aria-checked') === 'true'
            && document.querySelector('[data-testid=start-at-login]').dataset.busy !== 'true';";
        window.when("it is done", on, &[]).await?;
        let written = fs::read_to_string(entry(desktop)?)?;
        let exec = format!("\nExec=\"{}\" --hidden\n", place.display());
        assert!(written.contains(&exec), "the new version starts at login: {written}");
        // The new version is started meanwhile, and shows the window of this one.
        desktop.display.close(&desktop.display.windows()[0])?;
        desktop.display.no_window().await?;
        assert!(desktop.launch(&launch)?.exited().await?.success());
        desktop.display.window().await?;

        fs::remove_file(place.with_file_name(WINDOW_PROGRAM))?;
        fs::remove_file(&place)?;
        desktop.display.close(&desktop.display.windows()[0])?;
        desktop.display.no_window().await?;
        desktop.tray.set("🚶 Away").await?;
        desktop.tray.activate().await?;
        desktop.display.window().await?;
        desktop.tray.click_item("Quit").await?;
        desktop.tray.wait_gone().await?;
        desktop.ended("pachca-status").await?;
        desktop.ended(WINDOW_PROCESS).await?;
        Ok(())
    });
}
