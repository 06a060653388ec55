//! Nobody is left out: the rules of axe-core hold in the real window.

use std::path::Path;

use anyhow::{Context as _, Result};
use pachca_status_tests::{Launch, Setup, Window, on_a_desktop};
use serde_json::{Value, json};

use crate::desk::{PAGES, drop_file, settled, turn_to, with_window};

/// Gives what is wrong with the page, and how many rules held. Styles are read as they are drawn: nothing is fetched.
const CHECK: &str = "
const done = arguments[0];
const place = (node) => `${node.target.join(' ')} — ${node.failureSummary}`;
axe.run(document, { preload: false }).then(
    ({ violations, passes }) => done({
        wrong: violations.map(({ id, nodes }) => `${id}: ${nodes.map(place).join('; ')}`),
        held: passes.length,
    }),
    (error) => done({ wrong: [String(error)], held: 0 }),
);";

/// Puts the checker into the page: a package the window is developed with, and not part of it.
async fn bring_checker(window: &Window) -> Result<()> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js");
    let source = std::fs::read_to_string(&file)
        .with_context(|| format!("{}: `npm ci` in ui brings it", file.display()))?;
    window.run(&source, vec![]).await.map(drop)
}

/// Checks what is to be seen now.
async fn check(window: &Window, what: &str) -> Result<()> {
    settled(window).await?;
    let found = window.client().execute_async(CHECK, vec![]).await?;
    assert_eq!(found["wrong"], json!([]), "{what}: {found:#}");
    assert!(found["held"].as_u64().is_some_and(|held| held > 10), "{what} was looked at: {found}");
    Ok(())
}

/// Turns to this theme, and checks every page in it.
async fn check_pages(window: &Window, theme: &str, when: &str) -> Result<()> {
    turn_to(window, "preferences").await?;
    window.click(&format!("theme-{theme}")).await?;
    let drawn = "return document.documentElement.dataset.theme === parameters[0];";
    window.when(&format!("the window is {theme}"), drawn, &[theme]).await?;
    for page in PAGES {
        turn_to(window, page).await?;
        check(window, &format!("{page}{when}, {theme}")).await?;
    }
    Ok(())
}

/// Checks every page in both themes, and what opens over them.
async fn check_everything(window: &Window) -> Result<()> {
    bring_checker(window).await?;
    for theme in ["light", "dark"] {
        check_pages(window, theme, "").await?;

        turn_to(window, "status").await?;
        window.click("emoji-button").await?;
        let filled = "return document.querySelector('emoji-picker')?.shadowRoot.querySelector('[role=menuitem]') instanceof Element;";
        window.when("the picker is filled", filled, &[]).await?;
        check(window, &format!("emoji picker, {theme}")).await?;

        turn_to(window, "presets").await?;
        window.click("add-preset").await?;
        window.sees("preset-dialog").await?;
        check(window, &format!("preset dialog, {theme}")).await?;
        window.click("preset-cancel").await?;
        window.sees_no("preset-dialog").await?;

        turn_to(window, "profile").await?;
        drop_file(window, include_bytes!("../../../icons/128x128.png")).await?;
        window.sees("avatar-dialog").await?;
        check(window, &format!("avatar dialog, {theme}")).await?;
        window.click("dialog-close").await?;
        window.sees_no("avatar-dialog").await?;
    }
    Ok(())
}

#[test]
fn every_page_in_english_passes_the_accessibility_rules_in_light_and_dark() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = with_window(desktop).await?;
        check_everything(&window).await
    });
}

#[test]
fn every_page_in_russian_passes_the_accessibility_rules_in_light_and_dark() {
    on_a_desktop(Setup::russian(), async |desktop| {
        let window = with_window(desktop).await?;
        check_everything(&window).await
    });
}

/// Checks every page before anybody is connected, in both themes.
async fn check_without_account(window: &Window) -> Result<()> {
    bring_checker(window).await?;
    window.sees("connect-form").await?;
    for help in ["how-to-get", "cannot-get", "where-kept"] {
        let open = "document.querySelector(`[data-testid='${arguments[0]}']`).open = true;";
        window.run(open, vec![Value::from(help)]).await?;
    }
    window.fill("token-input", "my token, with spaces").await?;
    window.click("connect-button").await?;
    window.sees("connect-error").await?;
    for theme in ["light", "dark"] {
        check_pages(window, theme, " without an account").await?;
    }
    Ok(())
}

#[test]
fn the_pages_in_english_pass_the_accessibility_rules_before_an_account_is_connected() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = desktop.launch_with_window(&Launch::plain()).await?;
        check_without_account(&window).await
    });
}

#[test]
fn the_pages_in_russian_pass_the_accessibility_rules_before_an_account_is_connected() {
    on_a_desktop(Setup::russian(), async |desktop| {
        let window = desktop.launch_with_window(&Launch::plain()).await?;
        check_without_account(&window).await
    });
}
