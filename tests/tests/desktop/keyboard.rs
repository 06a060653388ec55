//! The window without a mouse.

use anyhow::{Context as _, Result};
use pachca_status_tests::{Desktop, Launch, Setup, Window, on_a_desktop};
use serde_json::json;

use crate::desk::{PAGES, earlier_settings, focus, has_focus, press, turn_to, with_window};

/// Where the focus is. Places are counted from the top of the page, wherever it is scrolled to.
#[derive(Debug)]
struct Stop {
    name: String,
    /// The sidebar, the page, or what is on top of them.
    area: String,
    top: f64,
    bottom: f64,
    left: f64,
    visible: bool,
    ring: bool,
}

/// Counts on the page how often Tab has come up, so that a test knows when it was heard.
const COUNT_KEYS: &str = "
    const page = document.documentElement;
    if (page.dataset.tabs === undefined) {
        addEventListener('keyup', (event) => { if (event.key === 'Tab') page.dataset.tabs = Number(page.dataset.tabs) + 1; }, true);
    }
    page.dataset.tabs = 0;
    document.activeElement?.blur();";

/// Whether that many have been heard.
const HEARD: &str =
    "return Number(document.documentElement.dataset.tabs) >= Number(parameters[0]);";

/// What has the focus, as [`Stop`] has it.
const STOP: &str = "
    const part = document.activeElement;
    const box = part.getBoundingClientRect();
    const style = getComputedStyle(part);
    const scrolled = document.querySelector('main').scrollTop;
    const main = part.closest('main') !== null;
    const said = part.dataset.testid ?? part.getAttribute('aria-label') ?? part.textContent ?? '';
    const down = main ? scrolled : 0;
    return [
        part === document.body ? '' : `${part.localName} ${said.trim().slice(0, 40)}`,
        part.closest('.sidebar') ? 'sidebar' : main ? 'main' : 'top',
        box.top + down, box.bottom + down, box.left,
        box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0,
        part.matches(':focus-visible') && ((style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'),
    ];";

/// How many parts of the page Tab has to reach.
const REACHABLE: &str = "
    const all = document.querySelectorAll('button, a[href], input, select, textarea, summary, [tabindex]');
    return String([...all].filter((part) => part.checkVisibility({ visibilityProperty: true }) && !part.disabled && part.tabIndex >= 0).length);";

/// Presses Tab until it has been everywhere; returns where it was, in order.
async fn walk(desktop: &Desktop, window: &Window) -> Result<Vec<Stop>> {
    window.when("the window has the keyboard", "return document.hasFocus();", &[]).await?;
    window.run(COUNT_KEYS, vec![]).await?;
    let mut stops: Vec<Stop> = Vec::new();
    for pressed in 1..200 {
        press(desktop, &["Tab"])?;
        window.when("Tab is heard", HEARD, &[&pressed.to_string()]).await?;
        // What got the focus is scrolled to in the next frame.
        window.painted().await?;
        let stop = window.run(STOP, vec![]).await?;
        let (name, area, top, bottom, left, visible, ring) = serde_json::from_value(stop)?;
        let stop = Stop { name, area, top, bottom, left, visible, ring };
        if stop.name.is_empty() || stops.first().is_some_and(|first| first.name == stop.name) {
            return Ok(stops);
        }
        // Fields of several parts, such as a date, take a Tab for each.
        if stops.last().is_none_or(|last| {
            (&last.name, last.top, last.left) != (&stop.name, stop.top, stop.left)
        }) {
            stops.push(stop);
        }
    }
    anyhow::bail!("Tab does not come round: {stops:#?}")
}

/// Tab goes everywhere, in the order of reading, and where it is can be seen.
async fn check(desktop: &Desktop, window: &Window, page: &str) -> Result<()> {
    let reachable = window.run(REACHABLE, vec![]).await?;
    let stops = walk(desktop, window).await.with_context(|| page.to_owned())?;
    let names = stops.iter().map(|stop| stop.name.as_str()).collect::<Vec<_>>();
    assert_eq!(stops.len().to_string(), reachable, "{page}: {names:#?}");
    for stop in &stops {
        assert!(stop.visible && stop.ring, "{page}: the focus cannot be seen: {stop:?}");
    }
    for pair in stops.windows(2) {
        let [before, after] = pair else { continue };
        if before.area != after.area {
            continue;
        }
        let same_line = after.top < before.bottom && before.top < after.bottom;
        let forth = if same_line { after.left >= before.left } else { after.top >= before.bottom };
        assert!(forth, "{page}: {before:?} is followed by {after:?}");
    }
    Ok(())
}

#[test]
fn tab_reaches_everything_on_every_page_in_the_order_of_reading() {
    on_a_desktop(Setup::default(), async |desktop| {
        let preset = |id: &str| {
            json!({
                "id": id, "emoji": "🍵", "title": id, "expiry": { "kind": "never" }, "is_away": false,
                "away_message": "", "in_tray": true,
            })
        };
        let presets = ["tea", "walk"].map(preset);
        earlier_settings(desktop, &json!({ "version": 1, "settings": {}, "presets": presets }))?;
        let window = with_window(desktop).await?;
        for page in PAGES {
            turn_to(&window, page).await?;
            check(desktop, &window, page).await?;
        }
        Ok(())
    });
}

#[test]
fn tab_reaches_everything_before_an_account_is_connected() {
    on_a_desktop(Setup::russian(), async |desktop| {
        let window = desktop.launch_with_window(&Launch::plain()).await?;
        for page in ["account", "status", "profile"] {
            turn_to(&window, page).await?;
            check(desktop, &window, page).await?;
        }
        Ok(())
    });
}

#[test]
fn arrows_enter_and_escape_do_what_they_do_everywhere() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = with_window(desktop).await?;
        turn_to(&window, "status").await?;
        // One of several: arrows choose, and go round.
        focus(&window, "expiry-60").await?;
        press(desktop, &["Right"])?;
        has_focus(&window, "expiry-90").await?;
        assert_eq!(window.attribute("expiry-90", "aria-checked").await?.as_deref(), Some("true"));
        press(desktop, &["Home", "Left"])?;
        has_focus(&window, "expiry-never").await?;
        window.reads("expiry-result", "Stays until you clear it").await?;

        // A switch by space, a form by Enter.
        focus(&window, "away-switch").await?;
        press(desktop, &["space"])?;
        window.sees("message-input").await?;
        focus(&window, "title-input").await?;
        desktop.display.type_text("Deep work")?;
        press(desktop, &["Return"])?;
        window.reads("current-title", "Deep work").await?;

        // A menu: arrows move, Escape closes, Enter chooses; the focus stays where it makes sense.
        turn_to(&window, "presets").await?;
        focus(&window, "preset-menu-lunch").await?;
        press(desktop, &["Return"])?;
        has_focus(&window, "preset-menu-duplicate").await?;
        press(desktop, &["End"])?;
        has_focus(&window, "preset-menu-delete").await?;
        press(desktop, &["Escape"])?;
        has_focus(&window, "preset-menu-lunch").await?;
        press(desktop, &["Return"])?;
        has_focus(&window, "preset-menu-duplicate").await?;
        press(desktop, &["Down", "Return"])?;
        has_focus(&window, "preset-menu-lunch").await?;
        let first = "return document.querySelector('[data-testid=presets-list]').firstElementChild.dataset.testid === 'preset-row-lunch';";
        window.when("it has moved up", first, &[]).await?;

        // A dialog keeps the focus, gives it back, and takes Enter and Escape.
        focus(&window, "preset-edit-lunch").await?;
        press(desktop, &["Return"])?;
        window.when("the dialog has the focus", "return document.activeElement.closest('[data-testid=preset-dialog]') && document.activeElement.dataset.testid === 'title-input';", &[]).await?;
        for _ in 0..30 {
            press(desktop, &["Tab"])?;
        }
        let inside = window.run("return document.activeElement === document.body || document.activeElement.closest('[data-testid=preset-dialog]') !== null;", vec![]).await?;
        assert_eq!(inside, true);
        press(desktop, &["Escape"])?;
        window.sees_no("preset-dialog").await?;
        has_focus(&window, "preset-edit-lunch").await?;
        press(desktop, &["Return"])?;
        window.sees("preset-dialog").await?;
        has_focus(&window, "title-input").await?;
        press(desktop, &["ctrl+a"])?;
        desktop.display.type_text("Dinner")?;
        press(desktop, &["Return"])?;
        window.reads("preset-row-lunch", "Dinner").await?;
        has_focus(&window, "preset-edit-lunch").await?;

        // Asked whether it is meant: the harmless answer is under Enter.
        focus(&window, "restore-presets").await?;
        press(desktop, &["Return"])?;
        window.sees("dialog-confirm").await?;
        press(desktop, &["Escape"])?;
        window.sees_no("dialog-confirm").await?;
        has_focus(&window, "restore-presets").await?;
        assert_eq!(desktop.display.windows().len(), 1, "the window is still there");
        Ok(())
    });
}
