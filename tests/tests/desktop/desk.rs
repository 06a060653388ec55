//! What many tests do first.

use std::path::PathBuf;

use anyhow::Result;
use pachca_status_tests::{Desktop, Launch, TOKEN, Window};
use serde_json::Value;

/// Every page of the window, in the order of its sidebar.
pub(crate) const PAGES: [&str; 6] =
    ["status", "presets", "profile", "account", "preferences", "diagnostics"];

/// Whether nothing on the page is loading; what moves is brought to its end.
const QUIET: &str = "
    const busy = [...document.querySelectorAll('[data-busy=\"true\"], [data-testid$=\"-skeleton\"]')];
    const moving = document.getAnimations().filter((animation) => animation.playState === 'running');
    moving.filter(({ effect }) => effect.getComputedTiming().endTime < Infinity).forEach((animation) => animation.finish());
    return !busy.some((part) => part.checkVisibility()) && document.fonts.status === 'loaded';";

/// Pastes the token and waits until the account is there.
pub(crate) async fn connect(window: &Window) -> Result<()> {
    window.fill("token-input", TOKEN).await?;
    window.click("connect-button").await?;
    window.sees("account-chip").await?;
    window.sees_no("token-input").await
}

/// The program with a token from the environment, its window opened by a left click.
pub(crate) async fn with_window(desktop: &Desktop) -> Result<Window> {
    // The driver waits for the window, which opens when somebody clicks.
    let launch = Launch::with_token(TOKEN);
    let (window, clicked) =
        tokio::join!(desktop.launch_with_window(&launch), desktop.tray.activate());
    clicked?;
    window
}

/// Turns to a page and waits until all of it is there.
pub(crate) async fn turn_to(window: &Window, page: &str) -> Result<()> {
    window.click(&format!("nav-{page}")).await?;
    window.sees(&format!("page-{page}")).await?;
    settled(window).await
}

/// Waits until nothing on the page loads or moves.
pub(crate) async fn settled(window: &Window) -> Result<()> {
    window.when("the page is settled", QUIET, &[]).await?;
    window.painted().await
}

/// What an earlier run has left in the preferences' file.
pub(crate) fn earlier_settings(desktop: &Desktop, content: &Value) -> Result<()> {
    std::fs::create_dir_all(desktop.config())?;
    std::fs::write(desktop.config().join("settings.json"), content.to_string())?;
    Ok(())
}

/// Puts the focus on a part of the page, and makes sure that the keyboard writes into the window.
pub(crate) async fn focus(window: &Window, id: &str) -> Result<()> {
    window.sees(id).await?;
    let there = "
        const part = document.querySelector(parameters[0].split(' ').map((id) => `[data-testid='${id}']`).join(' '));
        if (document.activeElement !== part) part.focus();
        return document.hasFocus() && document.activeElement === part;";
    window.when(&format!("{id} has the focus"), there, &[id]).await.map(drop)
}

/// Waits until the focus is on this part of the page.
pub(crate) async fn has_focus(window: &Window, id: &str) -> Result<()> {
    let there =
        "return document.hasFocus() && document.activeElement?.dataset.testid === parameters[0];";
    window.when(&format!("{id} has the focus"), there, &[id]).await.map(drop)
}

/// Presses keys, one after the other.
pub(crate) fn press(desktop: &Desktop, keys: &[&str]) -> Result<()> {
    let mut arguments = vec!["key"];
    arguments.extend(keys);
    desktop.display.xdotool(&arguments)
}

/// Puts a value into a field at once, as pasting or choosing does.
pub(crate) async fn paste(window: &Window, id: &str, text: &str) -> Result<()> {
    const PASTE: &str = "
        const field = document.querySelector(`[data-testid='${arguments[0]}']`);
        field.value = arguments[1];
        for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));";
    window.sees(id).await?;
    window.run(PASTE, vec![id.into(), text.into()]).await.map(drop)
}

/// Starts the program with the token that is in the keyring, or without any; a click on its icon opens the window.
pub(crate) async fn started_again(desktop: &Desktop) -> Result<Window> {
    let launch = Launch::plain();
    let (window, clicked) =
        tokio::join!(desktop.launch_with_window(&launch), desktop.tray.activate());
    clicked?;
    window
}

/// Gives the desktop a browser that says where it was sent: the pipe it says it into, and a `PATH` that has it first.
pub(crate) fn browser(desktop: &Desktop) -> Result<(PathBuf, String)> {
    let programs = desktop.home().join("bin");
    std::fs::create_dir_all(&programs)?;
    let opened = desktop.home().join("opened");
    anyhow::ensure!(desktop.command("mkfifo").arg(&opened).status()?.success(), "a pipe");
    let browser = programs.join("xdg-open");
    std::fs::write(&browser, format!("#!/bin/sh\necho \"$1\" > {}\n", opened.display()))?;
    std::fs::set_permissions(&browser, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
    Ok((opened, format!("{}:{}", programs.display(), std::env::var("PATH")?)))
}

/// Copies the report of the Diagnostics page, and waits until it is there: other news may be on the screen, too.
pub(crate) async fn copy_report(window: &Window) -> Result<()> {
    const SAID: &str = "
        return [...document.querySelectorAll('[data-testid=toast]')].some((toast) => toast.innerText.includes(parameters[0]));";
    window.click("copy-report").await?;
    window
        .when("the report is copied", SAID, &["It holds neither the token nor personal data"])
        .await?;
    Ok(())
}

/// Drops a file on the page. The mouse is not involved: the event is made in the page, with the file in it.
pub(crate) async fn drop_file(window: &Window, content: &[u8]) -> Result<()> {
    const DROP: &str = "
        const file = new File([new Uint8Array(arguments[0])], 'dropped.png', { type: 'image/png' });
        const event = new Event('drop', { bubbles: true, cancelable: true });
        Object.defineProperty(event, 'dataTransfer', { value: { types: ['Files'], files: [file] } });
        document.querySelector('[data-testid=drop-zone]').dispatchEvent(event);
        return event.defaultPrevented;";
    let taken = window.run(DROP, vec![content.into()]).await?;
    anyhow::ensure!(taken == true, "the page leaves the file to the web view");
    Ok(())
}
